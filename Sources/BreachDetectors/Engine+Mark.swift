internal import BreachBytes
internal import BreachModel

/// Candidates that are marks behind a label: what follows is taken for a cell, the label for its
/// header.
extension Engine {
  /// How a value behind a mark is written.
  struct MarkedValue {
    var start: Int
    /// `key=value` without blanks: the value has none either.
    var isTight = false
    /// The key begins its line.
    var isLine = false
    /// Blanks stand around the '=': the value may be an expression of a program.
    var isAssigned = false
    /// One of a list in brackets, `User(name=Taro Yamada, zip=…)`: commas part the pairs, not blanks.
    var isListed = false
    /// The quote that ends it; 0 for none.
    var quote: UInt8 = 0
    /// A blank, or 】, is all that stands between.
    var isSoft = false
    /// It stands on the line below its label.
    var isBelow = false
    /// Its label begins a line.
    var isItem = false
  }

  func marked(_ batch: borrowing RecordBatch, _ mark: Int, _ context: TextContext) {
    let end = context.bounds.upperBound
    let isLineEnd = batch.text[mark] < 0x20
    let label =
      isLineEnd
      ? labelOfLine(batch, mark, context) : labelBefore(batch, markEnd(batch, mark), context)
    guard let range = label.range, let meaning = label.meaning, let type = meaning.type,
      var value = isLineEnd
        ? valueBelow(batch, mark, range.lowerBound, end)
        : markedValue(batch, mark, range.lowerBound, end)
    else { return }
    if value.isSoft {
      // Only a whole label needs no better mark.
      guard self.meaning(of: batch.text.span, range) != nil else { return }
    }
    if takesOther(batch, label, meaning, value, end) { return }
    // 〒 and its number are found first, then the address behind them, with the same label.
    if type == .address, isPostalMark(batch, value.start) { return }
    if type == .apiToken { value.start = behindScheme(batch, value.start, end) }
    findMarkedEnds(batch, value, type, end)
    proposeMarked(batch, value, label, meaning, type)
  }

  /// Proposes the first end of `valueEnds` under which what begins at `value` is one of the type.
  func proposeMarked(
    _ batch: borrowing RecordBatch,
    _ value: MarkedValue,
    _ label: LabelReading,
    _ meaning: Meaning,
    _ type: DataType
  ) {
    for number in set.detectors(of: type)
    where meaning.detector.map({ Int($0) == number }) ?? true {
      guard let rule = set.cellRules[number] else { continue }
      for index in valueEnds.indices {
        let range = value.start..<valueEnds[index]
        let isSent = value.isTight && isQuery(batch, label.range, range)
        guard
          var hit = judge(
            batch,
            rule,
            range,
            label,
            role: meaning.role,
            isCoded: isSent && isCoded(batch, range)
          )
        else { continue }
        // What is written like any line has to stand beside something.
        if value.isSoft, hit.verdict.result != .pass { hit.isWeak = true }
        if hit.isWeak,
          cells.value.saysNothing(set.words) || isPlaceholder(batch, range, value, type)
        {
          continue
        }
        if hit.isWeak, isLabel(batch, range, type) { return }
        // A mailbox is a mailbox, whatever it serves as.
        if type == .loginID || type == .memberID, holdsAt(batch, range) { return }
        // Who sent the query had it.
        if isSent, !meaning.isAmbiguous, HitGroup.secrets.contains(type) {
          hit.alone = HitGroup.credentials
        }
        propose(hit)
        break
      }
    }
    // SSN is what other countries call theirs, too.
    guard type == .nationalID, meaning.detector != nil, hit == nil else { return }
    var other = meaning
    other.detector = nil
    var reading = label
    reading.meaning = other
    for number in set.detectors(of: type) {
      guard let rule = set.cellRules[number], let stop = valueEnds.first else { continue }
      guard let found = judge(batch, rule, value.start..<stop, reading) else { continue }
      // Digits alone have the shape of many.
      let isForeign = isShaped(found.verdict) && holdsLetter(batch, value.start..<stop)
      if found.verdict.result == .pass || isForeign { propose(found) }
    }
  }

  /// `?a=b&`: the value is one of a query's.
  func isQuery(
    _ batch: borrowing RecordBatch,
    _ label: Range<Int>?,
    _ value: Range<Int>
  ) -> Bool {
    guard let label else { return false }
    let before = label.lowerBound > 0 ? batch.text[label.lowerBound - 1] : 0x0A
    let behind = value.upperBound < batch.text.count ? batch.text[value.upperBound] : 0x0A
    return before == 0x3F || before == 0x26 || behind == 0x26
  }

  private func isCoded(_ batch: borrowing RecordBatch, _ range: Range<Int>) -> Bool {
    for at in range where batch.text[at] == 0x25 || batch.text[at] == 0x2B { return true }
    return false
  }

  /// Behind the mark, which is the last that stands between label and value.
  private func markEnd(_ batch: borrowing RecordBatch, _ mark: Int) -> Int {
    min(batch.text.count, mark + (batch.text[mark] < 0x80 ? 1 : 3))
  }

  /// What the line that ends at `end` announces when a label is all there is in it.
  private func labelOfLine(_ batch: borrowing RecordBatch, _ end: Int, _ context: TextContext)
    -> LabelReading
  {
    let floor = max(context.bounds.lowerBound, end - 80)
    guard let range = Self.labelLine(batch.text.span, floor, end) else { return LabelReading() }
    return LabelReading(meaning: meaning(of: batch.text.span, range), range: range)
  }

  private func holdsAt(_ batch: borrowing RecordBatch, _ range: Range<Int>) -> Bool {
    for at in range where batch.text[at] == 0x40 { return true }
    return false
  }

  private func holdsLetter(_ batch: borrowing RecordBatch, _ range: Range<Int>) -> Bool {
    for at in range where isLetter(batch.text[at]) { return true }
    return false
  }

  /// The next label stands where a value would, in a form with an empty field.
  private func isLabel(
    _ batch: borrowing RecordBatch,
    _ range: Range<Int>,
    _ type: DataType
  ) -> Bool {
    switch type {
    case .password, .loginID, .memberID: return false
    default:
      return meaning(of: batch.text.span, range)?.type.map { $0 != type } ?? false
    }
  }
}
