internal import BreachBytes
internal import BreachModel

extension Engine {
  /// What the word before `start` announces: `tel=`, `電話番号：`, `"mail": "`; nil without one.
  func labelBefore(_ batch: borrowing RecordBatch, _ start: Int, _ context: TextContext)
    -> Meaning?
  {
    let floor = max(context.bounds.lowerBound, start - 72)
    var at = start
    var separators = 0
    scan: while at > floor && separators < 8 {
      switch batch.text[at - 1] {
      case 0x20, 0x3A, 0x3D, 0x22, 0x27, 0x28, 0x3E, 0x09, 0x5B:
        at -= 1
        separators += 1
      default:
        guard at - 3 >= floor, let width = wideSeparator(batch, at) else { break scan }
        at -= width
        separators += 1
      }
    }
    guard at > floor || separators > 0 else { return context.meaning }
    let end = at
    let hasMark = separators > 0
    while at > floor, end - at < 48, !isLabelBreak(batch.text[at - 1]) {
      if at - 3 >= floor, wideBreak(batch, at) { break }
      at -= 1
    }
    guard at < end else { return context.meaning }
    var word: [UInt8] = []
    for index in at..<end { word.append(batch.text[index]) }
    // 電話番号は03-…
    for particle in Self.particles where word.count > particle.count && word.suffix(particle.count)
      .elementsEqual(particle)
    {
      word.removeLast(particle.count)
    }
    let isJapanese = (word.last ?? 0) >= 0x80
    guard hasMark || isJapanese || word.allSatisfy({ isLetter($0) }) else {
      return context.meaning
    }
    return set.vocabulary.meaning(of: word) ?? tail(of: word) ?? context.meaning
  }

  private static let particles: [[UInt8]] = ["は", "が", "、", "も"].map { Array($0.utf8) }

  /// In running text without blanks the label is the end of a longer run of characters.
  private func tail(of word: [UInt8]) -> Meaning? {
    guard let first = word.first, first >= 0xE3, word.count > 6 else { return nil }
    var start = 3
    while start + 6 <= word.count {
      if let meaning = set.vocabulary.meaning(of: word[start...]), meaning.type != nil {
        return meaning
      }
      start += 3
    }
    return nil
  }

  /// ： ＝ 　 「 （ 】: bytes of the separator that ends at `at`.
  private func wideSeparator(_ batch: borrowing RecordBatch, _ at: Int) -> Int? {
    switch (batch.text[at - 3], batch.text[at - 2], batch.text[at - 1]) {
    case (0xEF, 0xBC, 0x9A), (0xEF, 0xBC, 0x9D), (0xE3, 0x80, 0x80), (0xE3, 0x80, 0x8C),
      (0xEF, 0xBC, 0x88), (0xE3, 0x80, 0x91), (0xE2, 0x86, 0x92):
      3
    default: nil
    }
  }

  private func isLabelBreak(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00...0x20, 0x22, 0x26, 0x27, 0x28, 0x29, 0x2C, 0x3A, 0x3B, 0x3C, 0x3D, 0x3E, 0x3F, 0x5B,
      0x5D, 0x7B, 0x7C, 0x7D, 0x2F:
      true
    default: false
    }
  }

  /// 、 。 ， 　 （ ） 【 「 』 … ends a label that ends before `at`.
  private func wideBreak(_ batch: borrowing RecordBatch, _ at: Int) -> Bool {
    let (first, second) = (batch.text[at - 3], batch.text[at - 2])
    switch (first, second) {
    case (0xE3, 0x80): return batch.text[at - 1] < 0x92 && batch.text[at - 1] != 0x85
    case (0xEF, 0xBC): return batch.text[at - 1] < 0x90 || batch.text[at - 1] == 0x9A
    default: return false
    }
  }

  // MARK: the value behind a label

  /// `氏名：山田太郎`: the value of a type that has no shape of its own to be found by.
  func labelled(
    _ batch: borrowing RecordBatch, _ at: Int, _ length: Int, _ context: TextContext,
    _ handler: HitHandler
  ) -> Int? {
    var word: [UInt8] = []
    for index in at..<at + length { word.append(batch.text[index]) }
    guard let meaning = set.vocabulary.meaning(of: word), let type = meaning.type,
      let detectors = set.byType[type]
    else { return nil }
    guard let start = valueStart(batch, at + length, context.bounds.upperBound) else { return nil }
    for number in detectors {
      for rule in set.detectors[number].text where rule.anchor == .label {
        for end in valueEnds(batch, start, context.bounds.upperBound) {
          value.load(batch.text.span, start..<end)
          guard !value.folded.isEmpty else { continue }
          let verdict = checks.run(set.detectors[number].check, &value, role: meaning.role)
          guard verdict.result != .fail, verdict.kind != AttributeKind(.companyName) else {
            continue
          }
          let confidence = Confidence(hundredths: rule.labelled + verdict.weight)
          guard confidence.level > .unreported else { continue }
          handler(
            self, batch,
            TextHit(
              detector: number, range: start..<end, confidence: confidence,
              evidence: verdict.evidence.union(.label), verdict: verdict))
          return end
        }
      }
    }
    return nil
  }

  /// Behind a label: an optional bracket, then a colon, an equals sign or blanks.
  private func valueStart(_ batch: borrowing RecordBatch, _ from: Int, _ end: Int) -> Int? {
    var at = from
    var marks = 0
    while at < end && at - from < 24 {
      switch batch.text[at] {
      case 0x3A, 0x3D, 0x09:
        marks += 1
        at += 1
      case 0x20, 0x22, 0x27, 0x5D, 0x29:
        at += 1
        marks += batch.text[at - 1] == 0x20 ? 1 : 0
      default:
        guard at + 3 <= end, let mark = wideMark(batch, at) else { return marks > 0 ? at : nil }
        marks += mark
        at += 3
      }
    }
    return nil
  }

  /// ：＝　】」 count as marks; ） does not.
  private func wideMark(_ batch: borrowing RecordBatch, _ at: Int) -> Int? {
    switch (batch.text[at], batch.text[at + 1], batch.text[at + 2]) {
    case (0xEF, 0xBC, 0x9A), (0xEF, 0xBC, 0x9D), (0xE3, 0x80, 0x80), (0xE3, 0x80, 0x91),
      (0xE3, 0x80, 0x8D):
      1
    case (0xEF, 0xBC, 0x89): 0
    default: nil
    }
  }

  /// Where the value may end, the longest first: at a delimiter, then at blanks before it.
  private func valueEnds(_ batch: borrowing RecordBatch, _ start: Int, _ end: Int) -> [Int] {
    let limit = min(end, start + 240)
    var stop = start
    var blanks: [Int] = []
    scan: while stop < limit {
      switch batch.text[stop] {
      case 0x0A, 0x0D, 0x09, 0x2C, 0x22, 0x7C, 0x3B, 0x3C, 0x7D, 0x26: break scan
      case 0x20: blanks.append(stop)
      case 0xE3 where stop + 2 < limit && batch.text[stop + 1] == 0x80:
        // 、 。 「 【 end a value; 　 may stand in a name
        if batch.text[stop + 2] == 0x80 {
          blanks.append(stop)
        } else if batch.text[stop + 2] <= 0x91 && batch.text[stop + 2] != 0x85 {
          break scan
        }
      case 0xEF where stop + 2 < limit && batch.text[stop + 1] == 0xBC:
        // （ ， ／
        if [0x88, 0x8C, 0x8F].contains(batch.text[stop + 2]) { break scan }
      default: break
      }
      stop += 1
    }
    while stop > start && stop < end && batch.text[stop] & 0xC0 == 0x80 { stop -= 1 }
    guard stop > start else { return [] }
    var ends = [stop]
    if blanks.count > 1 { ends.append(blanks[1]) }
    if let first = blanks.first, first > start { ends.append(first) }
    return ends
  }
}
