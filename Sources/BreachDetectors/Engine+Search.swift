internal import BreachBytes
internal import BreachModel

/// A place where the rules of a group are tried.
private struct SearchPlace {
  /// Where the value may begin in the batch's text.
  var at: Int
  /// The same place in what the patterns see.
  var offset: Int
  /// Where what they see begins in the batch's text; nil when it is the folded text.
  var low: Int?
}

extension Engine {
  typealias HitHandler = (Engine, borrowing RecordBatch, TextHit) -> Void

  /// Bytes around the body that are searched, too: labels before it, '@' and honorifics behind it.
  private static let lead = 512
  private static let trail = 96

  /// Finds what `context.body` holds, in order.
  ///
  /// A hit belongs to the body in which it begins: cut anywhere, a text gives each hit once.
  func search(
    _ batch: borrowing RecordBatch,
    _ context: TextContext,
    _ handler: HitHandler
  ) {
    textState.floor = context.bounds.lowerBound
    if freeRules.isEmpty {
      searchAnchors(batch, context, handler)
    } else {
      searchAll(batch, context, handler)
    }
  }

  /// Finds candidates in and around `context.body` and verifies each in its window.
  func searchAnchors(
    _ batch: borrowing RecordBatch,
    _ context: TextContext,
    _ handler: HitHandler
  ) {
    let bounds = context.bounds
    var context = context
    context.isTraced = trace != nil
    var from = max(bounds.lowerBound, context.body.lowerBound - Self.lead)
    let end = min(bounds.upperBound, context.body.upperBound + Self.trail)
    var done = from
    while from < end {
      let next = candidates.fill(batch.text.span, from: from, to: end, literals: set.literalSet)
      let count = candidates.count
      for index in 0..<count {
        let candidate = candidates[index]
        if candidate.position < done { continue }
        switch candidate.kind {
        case .at:
          displayName(batch, candidate.position, done, context)
          _ = report(batch, &done, context, handler)
          email(batch, candidate.position, done, context)
        case .number:
          if number(batch, candidate.position, context) {
            numbers(batch, &done, context, handler)
            continue
          }
          if isBehindWord(batch.text.span, candidate.position) {
            spaced(batch, candidate.position, context)
          }
        case .fullWidth: folded(batch, candidate.position, context)
        case .literal:
          literal(batch, candidate.position, done, context)
          if isPostalMark(batch, candidate.position),
            report(batch, &done, context, handler)
          {
            addressBehind(batch, candidate.position, done, context)
          }
        case .mark: marked(batch, candidate.position, context)
        }
        _ = report(batch, &done, context, handler)
      }
      from = next
    }
  }

  /// Hands on the best reading of a candidate and forgets it; false when there is none.
  private func report(
    _ batch: borrowing RecordBatch,
    _ done: inout Int,
    _ context: TextContext,
    _ handler: HitHandler
  ) -> Bool {
    guard let found = hit else { return false }
    hit = nil
    guard found.confidence.level > .unreported else { return false }
    done = found.range.upperBound
    if context.body.contains(found.range.lowerBound) {
      restoreNormalForm(of: found, batch)
      handler(self, batch, found)
    }
    return true
  }

  /// Reports the number that was found, and those behind a slash in the same run:
  /// `03-1234-5600/090-1111-2200`.
  private func numbers(
    _ batch: borrowing RecordBatch,
    _ done: inout Int,
    _ context: TextContext,
    _ handler: HitHandler
  ) {
    repeat {
      guard report(batch, &done, context, handler), done < context.bounds.upperBound,
        batch.text[done] == 0x2F
      else { return }
    } while number(batch, done + 1, context)
  }

  // MARK: numbers

  /// Tries the rules at the start of a run of digits and marks, and at other starts in it; false
  /// when nothing was proposed.
  private func number(_ batch: borrowing RecordBatch, _ at: Int, _ context: TextContext) -> Bool {
    if context.meaning?.isNegative == true { return false }
    let end = context.bounds.upperBound
    let text = batch.text.span
    var start = at
    for _ in 0..<4 {
      let parts = NumberParts(text, start, end)
      start = parts.start
      guard start < end else { return false }
      var isFound = verify(
        batch,
        set.numberRules,
        start,
        context,
        lookAhead: 48,
        digitsEnd: parts.digitsEnd
      )
      let place = SearchPlace(at: start, offset: start, low: 0)
      if forms(text, upTo: end, batch, place, context) { isFound = true }
      if start == at, code(batch, start, context) { isFound = true }
      if isFound { return true }
      // Behind a slash or a bracket another number may begin.
      guard let next = nextStart(text, parts, end) else { return false }
      start = next
    }
    return false
  }

  /// A code that begins with letters before the run: `DE89…`.
  private func code(_ batch: borrowing RecordBatch, _ at: Int, _ context: TextContext) -> Bool {
    guard at > context.bounds.lowerBound else { return false }
    let before = batch.text[at - 1]
    // Groups of four go on in groups of four.
    let isGroup = before == 0x20 && at + 4 < batch.text.count && batch.text[at + 4] == 0x20
    guard isGroup || isAlphanumeric(before) else { return false }
    let start = codeStart(batch, at, context.bounds.lowerBound)
    return start < at && verify(batch, set.codeRules, start, context, lookAhead: 64)
  }

  /// Digits in a fixed form, `529.982.247-25`: most numbers differ within their first two runs.
  @inline(__always)
  private func forms(
    _ text: Span<UInt8>,
    upTo limit: Int,
    _ batch: borrowing RecordBatch,
    _ place: SearchPlace,
    _ context: TextContext
  ) -> Bool {
    let at = place.offset
    // A longer word or number, and the version of a program: Chrome/126.0.0.0.
    if at > 0 {
      let before = text[at - 1]
      if isAlphanumeric(before) || (0x2B...0x2F).contains(before) && before != 0x2C { return false }
      if before == 0x5F { return false }
    }
    if at + 16 <= text.count {
      let word = loadWord(text, at: at)
      let others = otherThanDigits(word)
      // Longer runs are forms of digits alone.
      if others == 0 {
        return text.count > at + 16 && isDigit(text[at + 16])
          && form(text, upTo: limit, batch, place, context)
      }
      let run = others.trailingZeroBitCount >> 3
      let mark = UInt8(truncatingIfNeeded: word >> UInt64(run * 8)) &- 0x20
      guard mark < 16 else { return false }
      let lengths = formHeads[run * 16 + Int(mark)]
      if lengths == 0 { return false }
      let rest = otherThanDigits(loadWord(text, at: at + run + 1))
      let second = rest == 0 ? 8 : rest.trailingZeroBitCount >> 3
      guard lengths >> UInt16(second) & 1 == 1 else { return false }
    }
    return form(text, upTo: limit, batch, place, context)
  }

  /// Tries the forms at a place of the batch's text, or of the folded text.
  private func form(
    _ text: Span<UInt8>,
    upTo limit: Int,
    _ batch: borrowing RecordBatch,
    _ place: SearchPlace,
    _ context: TextContext
  ) -> Bool {
    var isProposed = false
    for number in set.formRules.numbers(text, place.offset, limit) {
      guard let end = set.formRules.end(of: number, text, place.offset, limit) else { continue }
      let range = range(of: place.offset..<end, place)
      let rule = set.formRules[number]
      if rule.check == .ip, isChapter(batch, range.lowerBound, range.upperBound) { continue }
      if let found = judge(batch, rule, range, labelBefore(batch, place.at, context)) {
        propose(found)
        isProposed = true
      }
    }
    return isProposed
  }

  /// The number counts parts of a text, or versions: 第10.1.2.3項, 版 10.1.2.3.
  private func isChapter(_ batch: borrowing RecordBatch, _ start: Int, _ end: Int) -> Bool {
    let before = start > 0 && batch.text[start - 1] == 0x20 ? start - 1 : start
    if before >= 3, batch.text[before - 1] >= 0x80,
      set.words.numbering.contains(batch.text.span, before - 3..<before)
    {
      return true
    }
    return end + 3 <= batch.text.count && batch.text[end] >= 0x80
      && set.words.numbering.contains(batch.text.span, end..<end + 3)
  }

  /// Where the word begins that a run is in, or the groups of four before it, `GB82 WEST 1234…`; the
  /// run itself when no letter begins them.
  private func codeStart(_ batch: borrowing RecordBatch, _ at: Int, _ floor: Int) -> Int {
    var start = at
    let floor = max(floor, at - 16)
    while start > floor {
      let end = start
      while start > floor, isAlphanumeric(batch.text[start - 1]) { start -= 1 }
      if end < at && end - start != 4 { return at }
      if start < end, isLetter(batch.text[start]) { return start }
      guard start - 5 >= floor, batch.text[start - 1] == 0x20 else { return at }
      start -= 1
    }
    return at
  }

  /// True when the label names the rule's type, and no other detector of it.
  func isLabel(_ meaning: Meaning, of rule: SearchRule) -> Bool {
    meaning.type == rule.type && (meaning.detector.map { Int($0) == rule.detector } ?? true)
  }

  /// Behind the first slash of the run that a number is in, or at its first bracket that does not begin
  /// it; nil when that is farther than what stands behind a piece of text is looked at (`trail`).
  private func nextStart(_ text: Span<UInt8>, _ number: NumberParts, _ end: Int) -> Int? {
    let next = number.joinedEnd
    guard next < min(end, number.start + 64), isRunByte(text[number.start]) else { return nil }
    return text[next] == 0x2F ? next + 1 : text[next] == 0x28 ? next : nil
  }

  /// `0`…`9 ( ) + - . /`, a bit for each from 28 on.
  private func isRunByte(_ byte: UInt8) -> Bool {
    let offset = byte &- 0x28
    return offset < 18 && 0b11_1111_1111_1110_1011 as UInt32 >> UInt32(offset) & 1 == 1
  }

  /// Tries the rules of a group at `start`, which lies in the bounds, the best hit wins; false when
  /// nothing was proposed.
  ///
  /// `digitsEnd` is where the digits end that begin at `start`, if that is known.
  @inline(__always)
  func verify(
    _ batch: borrowing RecordBatch,
    _ group: borrowing RuleGroup,
    _ start: Int,
    _ context: TextContext,
    lookAhead: Int,
    digitsEnd: Int? = nil
  ) -> Bool {
    let low = max(context.bounds.lowerBound, start - 16)
    let high = min(context.bounds.upperBound, start + lookAhead)
    let place = SearchPlace(at: start, offset: start - low, low: low)
    let seen =
      if let digitsEnd {
        PatternPlace(batch.text.span, at: start, digitsEnd: digitsEnd, in: low..<high)
      } else { PatternPlace(batch.text.span, at: start, in: low..<high) }
    guard group.patterns.mayMatch(at: seen) else { return false }
    let window = batch.text.span.extracting(low..<high)
    return attempt(group, batch, window, place, seen, context)
  }

  /// Tries those rules that the bytes around the place allow.
  @inline(never)
  private func attempt(
    _ group: borrowing RuleGroup,
    _ batch: borrowing RecordBatch,
    _ window: Span<UInt8>,
    _ place: SearchPlace,
    _ seen: PatternPlace,
    _ context: TextContext
  ) -> Bool {
    var label: LabelReading?
    var isProposed = false
    for word in 0..<group.patterns.words {
      var possible = group.patterns.possible(at: seen, word: word)
      while possible != 0 {
        let number = word * 64 + possible.trailingZeroBitCount
        possible &= possible - 1
        if attempt(number, of: group, batch, window, place, context, &label) { isProposed = true }
      }
    }
    return isProposed
  }

  /// Tries rule `number`; `label` is read when it first matters.
  @inline(never)
  private func attempt(
    _ number: Int,
    of group: borrowing RuleGroup,
    _ batch: borrowing RecordBatch,
    _ window: Span<UInt8>,
    _ place: SearchPlace,
    _ context: TextContext,
    _ label: inout LabelReading?
  ) -> Bool {
    let rule = group.rules[number]
    if rule.needsLabel && !context.isTraced {
      guard label.map({ $0.meaning?.type == rule.type }) ?? mayBeLabelled(batch, place, context)
      else { return false }
    }
    switch group.patterns.match(number, window, at: place.offset, scratch) {
    case .none: return false
    case .limit:
      limitedWindows += 1
      return false
    case .match(let found):
      let reading = label ?? labelBefore(batch, place.at, context)
      label = reading
      guard let hit = judge(batch, rule, range(of: found, place), reading) else { return false }
      propose(hit)
      return true
    }
  }

  /// Where a match in the window, or in the folded text, stands in the batch's text.
  private func range(of found: Range<Int>, _ place: SearchPlace) -> Range<Int> {
    guard let low = place.low else {
      return foldedOrigins[found.lowerBound]..<foldedOrigins[found.upperBound]
    }
    return found.lowerBound + low..<found.upperBound + low
  }

  /// False when the byte before the value alone says that no label stands there.
  private func mayBeLabelled(
    _ batch: borrowing RecordBatch,
    _ place: SearchPlace,
    _ context: TextContext
  ) -> Bool {
    if context.meaning != nil { return true }
    guard place.at > context.bounds.lowerBound else { return false }
    let byte = batch.text[place.at - 1]
    if byte == 0x2F { return place.at > 1 && isSlashed(batch, place.at) }
    return byte >= 0x80 || Self.isLabelSeparator(byte)
  }

  // MARK: full-width digits and dashes

  /// A number in full-width digits or with full-width dashes: patterns see it folded.
  func folded(_ batch: borrowing RecordBatch, _ at: Int, _ context: TextContext) {
    if context.meaning?.isNegative == true { return }
    // ＋８１-…
    var at = at
    if at - 3 >= context.bounds.lowerBound, batch.text[at - 3] == 0xEF, batch.text[at - 2] == 0xBC,
      batch.text[at - 1] == 0x8B
    {
      at -= 3
    }
    // What stands before belongs to the look-behinds.
    var from = at
    let floor = max(context.bounds.lowerBound, at - 24)
    while from > floor && at - from < 20 { from -= 1 }
    while from < at, batch.text[from] & 0xC0 == 0x80 { from += 1 }
    let high = min(context.bounds.upperBound, at + 128)
    foldedText.clear()
    foldedOrigins.removeAll(keepingCapacity: true)
    var position = from
    var start = 0
    while position < high {
      if position == at { start = foldedText.count }
      let byte = batch.text[position]
      let width = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      guard position + width <= high else { break }
      Folding.append(batch.text.span, position..<position + width, to: &foldedText)
      while foldedOrigins.count < foldedText.count { foldedOrigins.append(position) }
      position += width
    }
    foldedOrigins.append(position)
    guard start < foldedText.count else { return }
    let place = SearchPlace(at: at, offset: start, low: nil)
    // The buffer is taken out, so that it can be read while all else is written.
    var text = ByteBuffer()
    swap(&text, &foldedText)
    let seen = PatternPlace(text.span, at: start, in: 0..<text.count)
    let isProposed = attempt(set.numberRules, batch, text.span, place, seen, context)
    if !isProposed { _ = forms(text.span, upTo: text.count, batch, place, context) }
    swap(&text, &foldedText)
  }
}
