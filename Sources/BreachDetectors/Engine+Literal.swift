internal import BreachBytes
internal import BreachModel

/// Candidates that begin with a word: a label, a detector's literal, an honorific, a wide dash.
extension Engine {
  func literal(
    _ batch: borrowing RecordBatch,
    _ at: Int,
    _ done: Int,
    _ context: TextContext
  ) {
    guard at + 3 <= context.bounds.upperBound else { return }
    let end = context.bounds.upperBound
    for beginning in LiteralTable.Beginning.allCases {
      for number in set.literals.numbers(batch.text.span, at, beginning)
      where set.literals.stands(number, batch.text.span, at, end) {
        stand(batch, at, set.literals[number], done, context)
        if let hit, hit.confidence.level > .unreported { return }
      }
    }
  }

  /// Tries what a literal that stands at `at` announces.
  private func stand(
    _ batch: borrowing RecordBatch,
    _ at: Int,
    _ literal: LiteralTable.Literal,
    _ done: Int,
    _ context: TextContext
  ) {
    switch literal.kind {
    case .label: labelled(batch, at, literal, context)
    case .dash: dash(batch, at, done, context)
    case .detector(let detector):
      for number in set.wordRanges[detector] {
        switch set.wordRules.rules[number].anchor {
        case .literal: anchored(number, batch, at, context)
        case .honorific: honorific(number, batch, at, done, context)
        case .closing: closing(number, batch, at, literal, done, context)
        default: continue
        }
      }
    }
  }

  /// A dash other than '-' between ASCII digits: the number begins before it.
  private func dash(
    _ batch: borrowing RecordBatch,
    _ at: Int,
    _ done: Int,
    _ context: TextContext
  ) {
    let floor = max(context.bounds.lowerBound, done, at - 8)
    guard at > floor, isDigit(batch.text[at - 1]), at + 3 < context.bounds.upperBound,
      isDigit(batch.text[at + 3])
    else { return }
    var start = at
    while start > floor,
      isDigit(batch.text[start - 1]) || batch.text[start - 1] == 0x28
        || batch.text[start - 1] == 0x2B
    {
      start -= 1
    }
    folded(batch, start, context)
  }

  /// A pattern that begins with the detector's literal.
  private func anchored(
    _ number: Int,
    _ batch: borrowing RecordBatch,
    _ at: Int,
    _ context: TextContext
  ) {
    let rule = set.wordRules.rules[number]
    let high = min(context.bounds.upperBound, at + 400)
    switch set.wordRules.patterns.match(
      number,
      batch.text.span.extracting(at..<high),
      at: 0,
      scratch
    )
    {
    case .none: return
    case .limit: limitedWindows += 1
    case .match(let found):
      let range = found.lowerBound + at..<found.upperBound + at
      propose(judge(batch, rule, range, labelBefore(batch, at, context)))
    }
  }

  /// A date right before 生まれ, 生, 출생.
  @inline(never)
  private func closing(
    _ number: Int,
    _ batch: borrowing RecordBatch,
    _ at: Int,
    _ literal: LiteralTable.Literal,
    _ done: Int,
    _ context: TextContext
  ) {
    // A literal of one character may begin a longer word.
    let behind = at + literal.count
    if literal.count == 3, behind + 3 <= context.bounds.upperBound, isNameByte(batch, behind),
      !isPossessive(batch, behind)
    {
      return
    }
    let floor = max(context.bounds.lowerBound, done, at - 40)
    var end = at
    if end > floor, batch.text[end - 1] == 0x20 { end -= 1 }
    var start = end
    while start > floor {
      let length = dateCharacter(batch, before: start)
      guard length > 0, start - length >= floor else { break }
      start -= length
    }
    while end - start >= 6 {
      let before = hit
      propose(judge(batch, set.wordRules.rules[number], start..<end, LabelReading()))
      if hit?.verdict.result == .pass { return }
      hit = before
      start += batch.text[start] < 0x80 ? 1 : 3
    }
  }

  /// The particle の.
  private func isPossessive(_ batch: borrowing RecordBatch, _ at: Int) -> Bool {
    (batch.text[at], batch.text[at + 1], batch.text[at + 2]) == (0xE3, 0x81, 0xAE)
  }

  /// The length of the character before `end` when dates are written with it; else 0.
  private func dateCharacter(_ batch: borrowing RecordBatch, before end: Int) -> Int {
    let last = batch.text[end - 1]
    if last < 0x80 { return isDigit(last) || (0x2D...0x2F).contains(last) || isEra(last) ? 1 : 0 }
    guard end >= 3 else { return 0 }
    switch (batch.text[end - 3], batch.text[end - 2], last) {
    // 年 月 日 元
    case (0xE5, 0xB9, 0xB4), (0xE6, 0x9C, 0x88), (0xE6, 0x97, 0xA5), (0xE5, 0x85, 0x83): return 3
    // 明治 大正 昭和 平成 令和
    case (0xE6, 0x98, 0x8E), (0xE6, 0xB2, 0xBB), (0xE5, 0xA4, 0xA7), (0xE6, 0xAD, 0xA3): return 3
    case (0xE6, 0x98, 0xAD), (0xE5, 0x92, 0x8C), (0xE5, 0xB9, 0xB3), (0xE6, 0x88, 0x90): return 3
    case (0xE4, 0xBB, 0xA4): return 3
    // 년 월 일
    case (0xEB, 0x85, 0x84), (0xEC, 0x9B, 0x94), (0xEC, 0x9D, 0xBC): return 3
    // Full-width digits and marks
    case (0xEF, 0xBC, 0x8D...0x99): return 3
    default: return 0
    }
  }

  /// A blank, as in Korean dates, or the letter of an era.
  private func isEra(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x4D, 0x54, 0x53, 0x48, 0x52: true
    default: false
    }
  }

  /// A name right before 様, さん, 殿: kanji and kana back to whatever else there is.
  private func honorific(
    _ number: Int,
    _ batch: borrowing RecordBatch,
    _ at: Int,
    _ done: Int,
    _ context: TextContext
  ) {
    let rule = set.wordRules.rules[number]
    let floor = max(context.bounds.lowerBound, done, at - 30)
    var end = at
    if end > floor, batch.text[end - 1] == 0x20 { end -= 1 }
    var start = end
    var blanks = 0
    while start > floor {
      if start - 3 >= floor, isNameByte(batch, start - 3) {
        start -= 3
      } else if batch.text[start - 1] == 0x20, blanks == 0, start < end {
        start -= 1
        blanks += 1
      } else {
        break
      }
    }
    // The longest tail that the dictionaries know as family and given name.
    while end - start >= 6 {
      if end - start <= 25, batch.text[start] != 0x20, hasKanji(batch, start) {
        propose(judge(batch, rule, start..<end, LabelReading()))
        if let hit, hit.verdict.result == .pass, cells.checks.name.split != nil { return }
        hit = nil
      }
      start += batch.text[start] == 0x20 ? 1 : 3
    }
  }

  /// Names in front of an honorific begin with a kanji, or with katakana.
  private func hasKanji(_ batch: borrowing RecordBatch, _ at: Int) -> Bool {
    batch.text[at] >= 0xE4 || (batch.text[at] == 0xE3 && batch.text[at + 1] >= 0x83)
  }

  private func isNameByte(_ batch: borrowing RecordBatch, _ at: Int) -> Bool {
    let first = batch.text[at]
    guard first >= 0xE3, first <= 0xE9, batch.text[at + 1] & 0xC0 == 0x80 else { return false }
    let scalar =
      UInt32(first & 0x0F) << 12 | UInt32(batch.text[at + 1] & 0x3F) << 6
      | UInt32(batch.text[at + 2] & 0x3F)
    return Script.isJapanese(scalar) || scalar == 0x3000
  }
}
