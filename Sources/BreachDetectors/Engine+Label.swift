internal import BreachBytes
internal import BreachModel

/// What stands before a value, read once for all patterns that match it.
struct LabelReading {
  var meaning: Meaning?
}

extension Engine {
  /// What the word before `start` announces: `tel=`, `電話番号：`, `"mail": "`; what the context
  /// says without one.
  func labelBefore(_ batch: borrowing RecordBatch, _ start: Int, _ context: TextContext)
    -> LabelReading
  {
    let floor = max(context.bounds.lowerBound, start - 72)
    var at = start
    var separators = 0
    scan: while at > floor && separators < 8 {
      if Self.isLabelSeparator(batch.text[at - 1]) {
        at -= 1
      } else {
        guard at - 3 >= floor, isWideSeparator(batch, at) else { break scan }
        at -= 3
      }
      separators += 1
    }
    let end = at
    while at > floor, end - at < 48, !isLabelBreak(batch.text[at - 1]) {
      if at - 3 >= floor, isWideBreak(batch, at) { break }
      at -= 1
    }
    while at < end, batch.text[at] & 0xC0 == 0x80 { at += 1 }
    guard at < end else { return LabelReading(meaning: context.meaning) }
    let isJapanese = batch.text[end - 1] >= 0x80
    guard separators > 0 || isJapanese else { return LabelReading(meaning: context.meaning) }
    vocabularyKey.load(batch.text.span, at..<end)
    let meaning = set.vocabulary.meaning(of: vocabularyKey) ?? tail(isJapanese)
    return LabelReading(meaning: meaning ?? context.meaning)
  }

  /// Bytes that stand between a label and its value; `isWideSeparator` knows the others.
  static func isLabelSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x3A, 0x3D, 0x22, 0x27, 0x28, 0x3E, 0x09, 0x5B, 0x5C: true
    default: false
    }
  }

  /// In running text without blanks the label is the end of a longer run of characters.
  ///
  /// A particle may stand behind it: 電話番号は03-…
  private func tail(_ isJapanese: Bool) -> Meaning? {
    guard isJapanese else { return nil }
    var end = vocabularyKey.bytes.count
    if end > 6, isParticle(end) { end -= 3 }
    var start = 0
    while start + 6 <= end {
      if vocabularyKey.bytes[start] & 0xC0 != 0x80,
        let meaning = set.vocabulary.meaning(of: vocabularyKey, start..<end)
      {
        return meaning
      }
      start += 1
    }
    return nil
  }

  /// は, が, も, を before `end`.
  private func isParticle(_ end: Int) -> Bool {
    let bytes = vocabularyKey.bytes
    guard bytes[end - 3] == 0xE3 else { return false }
    switch (bytes[end - 2], bytes[end - 1]) {
    case (0x81, 0xAF), (0x81, 0x8C), (0x82, 0x82), (0x82, 0x92): return true
    default: return false
    }
  }

  /// ： ＝ 　 「 （ 】 → ends at `at`.
  private func isWideSeparator(_ batch: borrowing RecordBatch, _ at: Int) -> Bool {
    switch (batch.text[at - 3], batch.text[at - 2], batch.text[at - 1]) {
    case (0xEF, 0xBC, 0x9A), (0xEF, 0xBC, 0x9D), (0xE3, 0x80, 0x80), (0xE3, 0x80, 0x8C),
      (0xEF, 0xBC, 0x88), (0xE3, 0x80, 0x91), (0xE2, 0x86, 0x92):
      true
    default: false
    }
  }

  private func isLabelBreak(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00...0x20, 0x22, 0x26, 0x27, 0x28, 0x29, 0x2C, 0x3A...0x3F, 0x5B...0x5D, 0x7B...0x7D,
      0x2F:
      true
    default: false
    }
  }

  /// 、 。 ， 　 （ ） 【 「 』 … ends a label that ends before `at`.
  private func isWideBreak(_ batch: borrowing RecordBatch, _ at: Int) -> Bool {
    switch (batch.text[at - 3], batch.text[at - 2]) {
    case (0xE3, 0x80): batch.text[at - 1] < 0x92 && batch.text[at - 1] != 0x85
    case (0xEF, 0xBC): batch.text[at - 1] < 0x90 || batch.text[at - 1] == 0x9A
    default: false
    }
  }

  // MARK: the value behind a label

  /// `氏名：山田太郎`: the value of a type that has no shape of its own to be found by.
  func labelled(
    _ batch: borrowing RecordBatch,
    _ at: Int,
    _ literal: LiteralTable.Literal,
    _ context: TextContext
  ) {
    guard let meaning = literal.meaning, let type = meaning.type else { return }
    let end = context.bounds.upperBound
    for number in set.detectors(of: type)
    where meaning.detector.map({ Int($0) == number }) ?? true {
      for index in set.wordRanges[number] where set.wordRules.rules[index].anchor == .label {
        guard let start = valueStart(batch, at, literal, end) else { return }
        let rule = set.wordRules.rules[index]
        if rule.hasPattern {
          let window = batch.text.span.extracting(start..<min(end, start + 400))
          switch set.wordRules.patterns.match(index, window, at: 0, scratch) {
          case .none: continue
          case .limit: limitedWindows += 1
          case .match(let found):
            let range = found.lowerBound + start..<found.upperBound + start
            propose(judge(batch, rule, range, meaning, role: meaning.role))
          }
          continue
        }
        findValueEnds(batch, start, end, brackets: rule.check == .birthDate)
        for index in valueEnds.indices {
          guard
            let hit = judge(batch, rule, start..<valueEnds[index], meaning, role: meaning.role),
            hit.verdict.kind != AttributeKind(.companyName)
          else { continue }
          propose(withoutHonorific(batch, hit))
        }
      }
    }
  }

  private func withoutHonorific(_ batch: borrowing RecordBatch, _ hit: TextHit) -> TextHit {
    guard hit.evidence.contains(.honorific) else { return hit }
    var end = hit.range.upperBound
    let isTwoLong = batch.text[end - 3] == 0xE3 && batch.text[end - 2] >= 0x81
    end -= isTwoLong ? 6 : 3
    while end > hit.range.lowerBound + 6, batch.text[end - 1] == 0x20 { end -= 1 }
    var shorter = hit
    shorter.range = hit.range.lowerBound..<end
    return shorter
  }

  /// Behind a label: an optional bracket, then a colon, an equals sign or blanks.
  private func valueStart(
    _ batch: borrowing RecordBatch,
    _ label: Int,
    _ literal: LiteralTable.Literal,
    _ end: Int
  ) -> Int? {
    var at = skipBracket(batch, label + literal.count, end)
    let origin = at
    var (blanks, marks) = (0, 0)
    scan: while at < end && at - origin < 24 {
      switch batch.text[at] {
      case 0x3A, 0x3D:
        marks += 1
        at += 1
      case 0x20, 0x09:
        blanks += 1
        at += 1
      case 0x22, 0x27, 0x5D, 0x29, 0x5C: at += 1
      default:
        guard at + 3 <= end else { break scan }
        switch (batch.text[at], batch.text[at + 1], batch.text[at + 2]) {
        case (0xEF, 0xBC, 0x9A), (0xEF, 0xBC, 0x9D), (0xE3, 0x80, 0x91), (0xE3, 0x80, 0x8D):
          marks += 1
        // は
        case (0xE3, 0x81, 0xAF) where at == origin: marks += 1
        case (0xE3, 0x80, 0x80): blanks += 1
        case (0xEF, 0xBC, 0x89): break
        default: break scan
        }
        at += 3
      }
    }
    // カナ, せい and other short words in kana are labels only with a mark.
    let isShortKana = literal.count <= 6 && batch.text[label] == 0xE3
    guard at < end, batch.text[at] != 0x0A, marks > 0 || blanks > 0 && !isShortKana else {
      return nil
    }
    return at
  }

  /// `氏名（漢字）：`: behind the bracket.
  private func skipBracket(_ batch: borrowing RecordBatch, _ from: Int, _ end: Int) -> Int {
    let limit = min(end, from + 36)
    guard from + 3 < limit else { return from }
    if batch.text[from] == 0x28 {
      for at in from..<limit where batch.text[at] == 0x29 { return at + 1 }
    } else if (batch.text[from], batch.text[from + 1], batch.text[from + 2]) == (0xEF, 0xBC, 0x88) {
      for at in from..<limit - 2
      where (batch.text[at], batch.text[at + 1], batch.text[at + 2]) == (0xEF, 0xBC, 0x89) {
        return at + 3
      }
    }
    return from
  }

  /// Where the value may end, the most likely first: at a delimiter, at blanks before it; for dates
  /// behind 日.
  private func findValueEnds(
    _ batch: borrowing RecordBatch,
    _ start: Int,
    _ end: Int,
    brackets: Bool
  ) {
    valueEnds.removeAll(keepingCapacity: true)
    let limit = min(end, start + 240)
    var stop = start
    var blanks = (first: 0, second: 0)
    var day = 0
    var bracket = -1
    scan: while stop < limit {
      let byte = batch.text[stop]
      switch byte {
      case 0x0A, 0x0D, 0x09, 0x2C, 0x22, 0x7C, 0x3B, 0x3C, 0x7D, 0x26, 0x5C: break scan
      case 0x28 where bracket < 0: bracket = stop
      case 0x20:
        if blanks.first == 0 {
          blanks.first = stop
        } else if blanks.second == 0 {
          blanks.second = stop
        }
      case 0xE3 where stop + 2 < limit && batch.text[stop + 1] == 0x80:
        // 、 。 「 【 end a value; 　 may stand in a name
        let third = batch.text[stop + 2]
        if third == 0x80 {
          if blanks.first == 0 {
            blanks.first = stop
          } else if blanks.second == 0 {
            blanks.second = stop
          }
        } else if third <= 0x91 && third != 0x85 && third != 0x87 {
          break scan
        }
      case 0xEF where stop + 2 < limit && batch.text[stop + 1] == 0xBC:
        // （ ， ／
        let third = batch.text[stop + 2]
        if third == 0x88, bracket < 0 { bracket = stop }
        if third == 0x8C || third == 0x8F && !brackets { break scan }
      case 0xE6 where day == 0 && stop + 2 < limit:
        if batch.text[stop + 1] == 0x97, batch.text[stop + 2] == 0xA5 { day = stop + 3 }
      default: break
      }
      if bracket == stop && !brackets { break scan }
      stop += 1
    }
    while stop > start && stop < end && batch.text[stop] & 0xC0 == 0x80 { stop -= 1 }
    if brackets, day > start { valueEnds.append(day) }
    if bracket > start { addValueEnd(batch, start, bracket) }
    addValueEnd(batch, start, stop)
    if blanks.second > start { addValueEnd(batch, start, blanks.second) }
    if blanks.first > start { valueEnds.append(blanks.first) }
  }

  /// Adds an end, moved before the blanks that stand there.
  private func addValueEnd(_ batch: borrowing RecordBatch, _ start: Int, _ stop: Int) {
    var end = stop
    while end > start {
      if batch.text[end - 1] == 0x20 {
        end -= 1
      } else if end - start >= 3, batch.text[end - 3] == 0xE3, batch.text[end - 2] == 0x80,
        batch.text[end - 1] == 0x80
      {
        end -= 3
      } else {
        break
      }
    }
    if end > start { valueEnds.append(end) }
  }
}
