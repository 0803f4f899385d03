internal import BreachBytes
internal import BreachModel

/// What stands before a value, read once for all patterns that match it.
struct LabelReading {
  var meaning: Meaning?
  /// The label; nil where the meaning is the context's, or there is none.
  var range: Range<Int>?
}

extension Engine {
  /// What the word before `start` announces: `tel=`, `電話番号：`, `"mail": "`; what the context
  /// says without one.
  func labelBefore(_ batch: borrowing RecordBatch, _ start: Int, _ context: TextContext)
    -> LabelReading
  {
    if let above = labelAbove(batch, start, context) { return above }
    let floor = max(context.bounds.lowerBound, start - 72)
    var at = start
    var separators = 0
    var hasColon = false
    scan: while at > floor && separators < 8 {
      let byte = batch.text[at - 1]
      if Self.isLabelSeparator(byte) {
        at -= 1
        if byte == 0x20 || byte == 0x09 {
          // The blanks that bring marks into line are as many as that takes.
          if hasColon { continue }
        } else if byte == 0x3A {
          hasColon = true
        } else if byte == 0x3D, at > floor, batch.text[at - 1] <= 0x20 {
          // Around `size=2 ip=` each word is a label's own.
          hasColon = true
        }
      } else if byte == 0x2E, hasColon {
        // Tel.: and Nr. =
        at -= 1
      } else {
        guard byte >= 0x80, at - 3 >= floor, Self.isWideSeparator(batch.text.span, at) else {
          break scan
        }
        at -= 3
      }
      separators += 1
    }
    if separators == 0, at - 2 >= floor, isSlashed(batch, at) { (at, separators) = (at - 1, 1) }
    if !hasColon, separators == 1, let verb = verbBefore(batch, at, floor) {
      (at, hasColon) = (verb, true)
    }
    let end = at
    // 氏名（カナ）：
    if at - 3 > floor, batch.text[at - 1] == 0x29 || batch.text[at - 1] == 0x89,
      isBracketEnd(batch, at)
    {
      at = bracketStart(batch, at, floor) ?? at
    }
    while at > floor, end - at < 48,
      !isLabelBreak(batch.text[at - 1]) || isApostrophe(batch, at - 1, floor)
    {
      if at - 3 >= floor, isWideBreak(batch, at) { break }
      at -= 1
    }
    while at < end, batch.text[at] & 0xC0 == 0x80 { at += 1 }
    if at > floor, hasColon, batch.text[at - 1] == 0x3D || batch.text[at - 1] == 0x3B,
      let property = propertyBefore(batch, at, floor)
    {
      return property
    }
    guard at < end else { return LabelReading(meaning: context.meaning) }
    let isJapanese = batch.text[end - 1] >= 0x80
    guard separators > 0 || isJapanese else { return LabelReading(meaning: context.meaning) }
    var meaning = meaning(of: batch.text.span, at..<end) ?? tail(isJapanese)
    // Date of Birth: the longest run of words that means something.
    // Two words are looked at where the last is short, too: born on, née le, geboren am; and where it
    // says nothing by itself: NHS number.
    var start = at
    // Bits for 2, 3, 6 and 7 bytes: number, número.
    let lengths = meaning == nil ? 0b1100_1100 : 0b100
    let isShort =
      separators == 1 && batch.text[end] == 0x20 && end - at < 8 && lengths >> (end - at) & 1 == 1
    for _ in 0..<(hasColon ? 3 : isShort ? 1 : 0) {
      guard let word = wordBefore(batch, start, floor) else { break }
      start = word
      guard let longer = self.meaning(of: batch.text.span, start..<end) else { continue }
      (meaning, at) = (longer, start)
    }
    guard let meaning else { return LabelReading(meaning: context.meaning) }
    return LabelReading(meaning: meaning, range: at..<end)
  }

  /// Where the verb begins that ends a blank before `at` and a blank behind a label: `my number is`;
  /// nil where none does.
  private func verbBefore(_ batch: borrowing RecordBatch, _ at: Int, _ floor: Int) -> Int? {
    // s, t, é, è
    guard at > floor, [0x73, 0x74, 0xA8, 0xA9].contains(batch.text[at - 1]) else { return nil }
    var start = at
    while start > floor, at - start < 7, batch.text[start - 1] > 0x20 { start -= 1 }
    guard start < at, start - 2 >= floor, batch.text[start - 1] == 0x20,
      batch.text[start - 2] > 0x20,
      set.words.verbs.contains(batch.text.span.extracting(start..<at))
    else { return nil }
    return start - 1
  }

  /// What the word in `range` means as a label; where it is not short or not ASCII, `vocabularyKey` is
  /// its key.
  @inline(__always)
  func meaning(of text: Span<UInt8>, _ range: Range<Int>) -> Meaning? {
    if let key = ShortKey(text, range) { return set.vocabulary.meaning(of: key) }
    vocabularyKey.load(text, range)
    return set.vocabulary.meaning(of: vocabularyKey)
  }

  /// `TEL/`, `電話/`: a slash behind a label; those of paths stand behind small letters.
  func isSlashed(_ batch: borrowing RecordBatch, _ at: Int) -> Bool {
    guard batch.text[at - 1] == 0x2F else { return false }
    let before = batch.text[at - 2]
    return before >= 0x80 || before &- 0x41 < 26
  }

  /// ） ends before `at`, or ) behind a character that is no ASCII.
  private func isBracketEnd(_ batch: borrowing RecordBatch, _ at: Int) -> Bool {
    if batch.text[at - 1] == 0x29 { return batch.text[at - 2] >= 0x80 }
    return (batch.text[at - 3], batch.text[at - 2], batch.text[at - 1]) == (0xEF, 0xBC, 0x89)
  }

  /// Where the bracket opens that closes before `end`; nil when it does not, or not there.
  private func bracketStart(_ batch: borrowing RecordBatch, _ end: Int, _ floor: Int) -> Int? {
    var at = end - 3
    while at > floor, end - at < 36, batch.text[at] >= 0x20 {
      if batch.text[at] == 0x28 { return at }
      if (batch.text[at], batch.text[at + 1], batch.text[at + 2]) == (0xEF, 0xBC, 0x88) {
        return at
      }
      at -= 1
    }
    return nil
  }

  /// Start of the word of letters that ends one blank before `at`; nil where there is none.
  private func wordBefore(_ batch: borrowing RecordBatch, _ at: Int, _ floor: Int) -> Int? {
    guard at - 2 >= floor, batch.text[at - 1] == 0x20 else { return nil }
    var start = at - 1
    while start > floor, at - start < 16,
      isLetter(batch.text[start - 1]) || batch.text[start - 1] >= 0x80
        || batch.text[start - 1] == 0x2E || isApostrophe(batch, start - 1, floor)
    {
      start -= 1
    }
    return start < at - 1 && batch.text[start] & 0xC0 != 0x80 ? start : nil
  }

  /// `TEL;TYPE=CELL:` the name of a property before its parameters, at the start of a line; nil where
  /// there is none that means anything.
  private func propertyBefore(_ batch: borrowing RecordBatch, _ end: Int, _ floor: Int)
    -> LabelReading?
  {
    var start = end
    var name = -1
    while start > floor, batch.text[start - 1] > 0x20 {
      start -= 1
      if batch.text[start] == 0x3B { name = start }
    }
    guard name > start, start == 0 || batch.text[start - 1] == 0x0A else { return nil }
    guard let meaning = meaning(of: batch.text.span, start..<name) else { return nil }
    return LabelReading(meaning: meaning, range: start..<name)
  }

  /// A label that has the line above to itself, when the value begins its line; nil otherwise.
  private func labelAbove(
    _ batch: borrowing RecordBatch,
    _ start: Int,
    _ context: TextContext
  ) -> LabelReading? {
    let floor = max(context.bounds.lowerBound, start - 80)
    var end = start
    while end > floor, batch.text[end - 1] == 0x20 || batch.text[end - 1] == 0x09 { end -= 1 }
    guard end > floor, batch.text[end - 1] == 0x0A else { return nil }
    end -= 1
    if end > floor, batch.text[end - 1] == 0x0D { end -= 1 }
    guard let range = Self.labelLine(batch.text.span, floor, end) else { return nil }
    guard let meaning = meaning(of: batch.text.span, range) else { return nil }
    return LabelReading(meaning: meaning, range: range)
  }

  /// Bytes that stand between a label and its value; `isWideSeparator` knows the others.
  static func isLabelSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x3A, 0x3D, 0x22, 0x27, 0x28, 0x3C, 0x3E, 0x09, 0x5B, 0x5C, 0x7C: true
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
  static func isWideSeparator(_ text: Span<UInt8>, _ at: Int) -> Bool {
    switch (text[at - 3], text[at - 2], text[at - 1]) {
    case (0xEF, 0xBC, 0x9A), (0xEF, 0xBC, 0x9D), (0xE3, 0x80, 0x80), (0xE3, 0x80, 0x8C),
      (0xEF, 0xBC, 0x88), (0xE3, 0x80, 0x91), (0xE2, 0x86, 0x92):
      true
    default: false
    }
  }

  /// An apostrophe in a word: Driver's, d'identité.
  private func isApostrophe(_ batch: borrowing RecordBatch, _ at: Int, _ floor: Int) -> Bool {
    at > floor && batch.text[at] == 0x27 && isLetter(batch.text[at - 1])
      && isLetter(batch.text[at + 1])
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
    let end = context.bounds.upperBound
    guard let meaning = meaning(of: literal, batch, at, end), let type = meaning.type else {
      return
    }
    let label = LabelReading(meaning: meaning, range: at..<at + literal.count)
    for number in set.detectors(of: type)
    where meaning.detector.map({ Int($0) == number }) ?? true {
      for index in set.wordRanges[number] where set.wordRules.rules[index].anchor == .label {
        guard let start = valueStart(batch, at, literal, end),
          type != .address || !isPostalMark(batch, start)
        else { return }
        let rule = set.wordRules.rules[index]
        if rule.hasPattern {
          let window = batch.text.span.extracting(start..<min(end, start + 400))
          switch set.wordRules.patterns.match(index, window, at: 0, scratch) {
          case .none: continue
          case .limit: limitedWindows += 1
          case .match(let found):
            let range = found.lowerBound + start..<found.upperBound + start
            propose(judge(batch, rule, range, label, role: meaning.role))
          }
          continue
        }
        findValueEnds(batch, start, end, brackets: rule.check == .birthDate)
        for index in valueEnds.indices {
          guard
            let hit = judge(batch, rule, start..<valueEnds[index], label, role: meaning.role),
            hit.verdict.kind != AttributeKind(.companyName),
            // [パスワード] [nvarchar](255)
            !hit.isWeak || batch.text[start] != 0x5B
          else { continue }
          propose(withoutHonorific(batch, hit))
        }
      }
    }
  }

  /// What a label says, with the bracket behind it where that says more: お名前（カナ）.
  private func meaning(
    of literal: LiteralTable.Literal,
    _ batch: borrowing RecordBatch,
    _ at: Int,
    _ end: Int
  ) -> Meaning? {
    let behind = skipBracket(batch, at + literal.count, end)
    guard behind > at + literal.count else { return literal.meaning }
    return meaning(of: batch.text.span, at..<behind) ?? literal.meaning
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
    if at < end, batch.text[at] == 0x0A || batch.text[at] == 0x0D {
      return lineBelow(batch, label, at, end)
    }
    guard at < end, marks > 0 || blanks > 0 && !isShortKana else { return nil }
    return at
  }

  /// Where the value begins below a label that has its line to itself; nil where there is none.
  func lineBelow(_ batch: borrowing RecordBatch, _ label: Int, _ lineEnd: Int, _ end: Int) -> Int? {
    guard beginsLine(batch, label) else { return nil }
    var at = lineEnd
    if at < end, batch.text[at] == 0x0D { at += 1 }
    guard at < end, batch.text[at] == 0x0A else { return nil }
    at += 1
    while at < end, batch.text[at] == 0x20 || batch.text[at] == 0x09 { at += 1 }
    guard at < end, batch.text[at] > 0x20 else { return nil }
    return at
  }

  /// True when nothing but bullets and blanks stands before `label` in its line.
  func beginsLine(_ batch: borrowing RecordBatch, _ label: Int) -> Bool {
    let floor = max(textState.floor, label - 24)
    var start = label
    while start > floor, batch.text[start - 1] != 0x0A { start -= 1 }
    guard start == textState.floor || batch.text[start - 1] == 0x0A else { return false }
    var at = Self.skipBullets(batch.text.span, start, label)
    // Words that say more of the label: Your e-mail, 現在の住所.
    while at < label, isLetter(batch.text[at]) || batch.text[at] >= 0x80 || batch.text[at] == 0x20 {
      at += 1
    }
    return at == label
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
