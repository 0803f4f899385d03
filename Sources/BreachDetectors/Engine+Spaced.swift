internal import BreachBytes
internal import BreachModel

/// Numbers in groups, and dates with the name of a month, behind a label without a mark: `NHS number
/// 943 476 5919`, `born on 12 March 1985`.
extension Engine {
  /// The longest date with a month's name, and the longest such name.
  private static let longestDate = 40
  private static let longestMonth = 24

  /// A blank, and a word before it, stand before `at`.
  @inline(__always)
  func isBehindWord(_ text: Span<UInt8>, _ at: Int) -> Bool {
    guard at >= 3, text[at - 1] == 0x20 else { return false }
    let last = text[at - 2]
    return last >= 0x41 || last == 0x2E
  }

  /// Tries the digits at `at`, which a blank and a word stand before, as what the label there says.
  @inline(never)
  func spaced(_ batch: borrowing RecordBatch, _ at: Int, _ context: TextContext) {
    let floor = context.bounds.lowerBound
    guard at - 2 >= floor, isDigit(batch.text[at]) else { return }
    let end = min(context.bounds.upperBound, at + Self.longestDate)
    guard NumberParts(batch.text.span, at, end).joinedEnd < at + 6 else { return }
    if let stop = yearEnd(batch, at, end) {
      let start = monthBefore(batch, at, floor) ?? at
      proposeSpaced(batch, start..<stop, labelBefore(batch, start, context), dates: true)
    } else {
      let stop = groupsEnd(batch, at, end)
      proposeSpaced(batch, at..<stop, labelBefore(batch, at, context), dates: false)
    }
  }

  /// Proposes what a label that means one thing announces, where the value passes its check, or has the very shape.
  private func proposeSpaced(
    _ batch: borrowing RecordBatch,
    _ range: Range<Int>,
    _ label: LabelReading,
    dates: Bool
  ) {
    guard let meaning = label.meaning, let type = meaning.type, !meaning.isAmbiguous,
      (type == .birthDate) == dates, meaning.role == .whole
    else { return }
    for number in set.detectors(of: type)
    where meaning.detector.map({ Int($0) == number }) ?? true {
      guard let rule = set.cellRules[number], let found = judge(batch, rule, range, label),
        found.verdict.result == .pass || isShaped(found.verdict)
      else { continue }
      propose(found)
    }
  }

  /// Behind the year of a date that begins with the day at `at`, all before it words; nil where there
  /// is none.
  private func yearEnd(_ batch: borrowing RecordBatch, _ at: Int, _ end: Int) -> Int? {
    var next = at
    while next < end, isDigit(batch.text[next]) { next += 1 }
    guard next - at <= 2 else { return nil }
    while next < end, !isDigit(batch.text[next]) {
      let byte = batch.text[next]
      guard isLetter(byte) || byte >= 0x80 || [0x20, 0x2C, 0x2E].contains(byte) else { return nil }
      next += 1
    }
    let year = next
    guard batch.text[year - 1] == 0x20 else { return nil }
    while next < end, isDigit(batch.text[next]) { next += 1 }
    return next - year == 4 ? next : nil
  }

  /// Where the name of a month begins that ends a blank before `at`; nil where none does.
  private func monthBefore(_ batch: borrowing RecordBatch, _ at: Int, _ floor: Int) -> Int? {
    let end = at - 1
    var start = end
    let limit = max(floor, end - Self.longestMonth)
    while start > limit,
      isLetter(batch.text[start - 1]) || batch.text[start - 1] >= 0x80
        || batch.text[start - 1] == 0x2E
    {
      start -= 1
    }
    let word = batch.text.span.extracting(start..<end)
    var scanner = DateScanner()
    return scanner.month(word) != nil && scanner.isDone(word) ? start : nil
  }

  /// Behind the last of the groups of digits that begin at `at`, a blank between each two.
  private func groupsEnd(_ batch: borrowing RecordBatch, _ at: Int, _ end: Int) -> Int {
    var next = at
    while next < end {
      if isDigit(batch.text[next]) {
        next += 1
      } else if batch.text[next] == 0x20, next + 1 < end, isDigit(batch.text[next + 1]) {
        next += 2
      } else {
        break
      }
    }
    return next
  }
}
