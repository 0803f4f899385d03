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
    for number in set.literals.numbers(batch.text.span, at) {
      let literal = set.literals[number]
      guard set.literals.stands(literal, batch.text.span, at, context.bounds.upperBound) else {
        continue
      }
      switch literal.kind {
      case .label: labelled(batch, at, literal, context)
      case .dash: dash(batch, at, done, context)
      case .detector(let detector):
        for number in set.wordRanges[detector] {
          switch set.wordRules.rules[number].anchor {
          case .literal: anchored(number, batch, at, context)
          case .honorific: honorific(number, batch, at, done, context)
          default: continue
          }
        }
      }
      if let hit, hit.confidence.level > .unreported { return }
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
