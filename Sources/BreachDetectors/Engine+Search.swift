internal import BreachBytes
internal import BreachModel

extension Engine {
  typealias HitHandler = (Engine, borrowing RecordBatch, TextHit) -> Void

  /// Finds candidates in `context.body` and verifies each in its window.
  func search(
    _ batch: borrowing RecordBatch, _ context: TextContext, _ handler: HitHandler
  ) {
    // A candidate at the very end may need bytes behind the body to show what it is.
    let end = min(context.bounds.upperBound, context.body.upperBound + 64)
    var from = context.body.lowerBound
    var done = context.body.lowerBound
    while from < end {
      let next = candidates.fill(batch.text.span, from: from, to: end, literals: set.literalSet)
      for index in 0..<candidates.count {
        let candidate = candidates[index]
        if candidate.position >= context.body.upperBound { return }
        if candidate.position < done { continue }
        let stop: Int?
        switch candidate.kind {
        case .at: stop = email(batch, candidate.position, done, context, handler)
        case .number: stop = number(batch, candidate.position, context, handler)
        case .fullWidth: stop = fullWidth(batch, candidate.position, context, handler)
        case .literal: stop = literal(batch, candidate.position, done, context, handler)
        }
        if let stop { done = stop }
      }
      from = next
    }
  }

  // MARK: '@'

  private func email(
    _ batch: borrowing RecordBatch, _ at: Int, _ done: Int, _ context: TextContext,
    _ handler: HitHandler
  ) -> Int? {
    var start = at
    let floor = max(context.bounds.lowerBound, at - 65, done)
    while start > floor && mailboxByte(batch.text[start - 1]) { start -= 1 }
    while start < at && [0x2E, 0x2B, 0x2D, 0x27, 0x3D].contains(batch.text[start]) { start += 1 }
    // `mail=taro@…` and `&to=taro@…`: what stands before the last mark is a key.
    if let mark = lastKeyMark(batch, start, at) { start = mark + 1 }
    guard start < at else { return nil }
    return verify(batch, .at, start, context, lookAhead: 320, handler)
  }

  private func mailboxByte(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || [0x2E, 0x5F, 0x25, 0x2B, 0x2D, 0x3D, 0x26, 0x2F, 0x27].contains(byte)
  }

  private func lastKeyMark(_ batch: borrowing RecordBatch, _ start: Int, _ at: Int) -> Int? {
    var position = at - 1
    while position >= start {
      if [0x3D, 0x26, 0x2F, 0x27].contains(batch.text[position]) { return position }
      if batch.text[position] == 0x25, position + 3 < at,
        batch.text[position + 1] == 0x33 || batch.text[position + 1] == 0x32
      {
        // %3D, %26, %2F of an encoded query
        return position + 2
      }
      position -= 1
    }
    return nil
  }

  // MARK: numbers

  private func number(
    _ batch: borrowing RecordBatch, _ at: Int, _ context: TextContext, _ handler: HitHandler
  ) -> Int? {
    if context.meaning?.isNegative == true { return nil }
    var start = at
    var attempts = 0
    while attempts < 4 {
      while start < context.body.upperBound,
        [0x29, 0x2D, 0x2E, 0x2F].contains(batch.text[start])
      {
        start += 1
      }
      if let stop = verify(batch, .number, start, context, lookAhead: 48, handler) { return stop }
      // Behind a slash or a bracket another number may begin.
      var next = start
      while next < context.body.upperBound, isRunByte(batch.text[next]),
        batch.text[next] != 0x2F && batch.text[next] != 0x28
      {
        next += 1
      }
      guard next < context.body.upperBound, next - start < 64,
        batch.text[next] == 0x2F || (batch.text[next] == 0x28 && next > start)
      else { return nil }
      start = batch.text[next] == 0x2F ? next + 1 : next
      attempts += 1
    }
    return nil
  }

  private func isRunByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || [0x28, 0x29, 0x2B, 0x2D, 0x2E, 0x2F].contains(byte)
  }

  /// Tries the rules of `anchor` at `start`; the best hit wins.
  private func verify(
    _ batch: borrowing RecordBatch, _ anchor: Detector.Anchor, _ start: Int,
    _ context: TextContext, lookAhead: Int, _ handler: HitHandler
  ) -> Int? {
    guard let rules = set.rules[anchor], start < batch.text.count else { return nil }
    let low = max(context.bounds.lowerBound, start - 16)
    let high = min(context.bounds.upperBound, start + lookAhead)
    guard start < high else { return nil }
    let first = batch.text[start]
    var best: TextHit?
    var label: Meaning??
    for entry in rules {
      guard let pattern = entry.rule.pattern, pattern.canStart(with: first) else { continue }
      let window = batch.text.span.extracting(low..<high)
      switch pattern.match(window, at: start - low, scratch) {
      case .none: continue
      case .limit: limitedWindows += 1
      case .match(let found):
        let range = found.lowerBound + low..<found.upperBound + low
        let meaning = label ?? labelBefore(batch, start, context)
        label = .some(meaning)
        value.load(batch.text.span, range)
        if let hit = judge(entry, range, meaning), hit.confidence > best?.confidence ?? Confidence(rawValue: 0) {
          best = hit
        }
      }
    }
    return report(best, batch, handler)
  }

  private func report(_ hit: TextHit?, _ batch: borrowing RecordBatch, _ handler: HitHandler)
    -> Int?
  {
    guard let hit, hit.confidence.level > .unreported else { return nil }
    // The normal form belongs to whatever was judged last.
    if !isFolded(hit) { value.load(batch.text.span, hit.range) }
    _ = checks.run(set.detectors[hit.detector].check, &value)
    handler(self, batch, hit)
    return hit.range.upperBound
  }

  private func isFolded(_ hit: TextHit) -> Bool { false }

  /// Runs the detector's check on the loaded value and weighs the label.
  private func judge(_ entry: DetectorSet.Rule, _ range: Range<Int>, _ meaning: Meaning?)
    -> TextHit?
  {
    let detector = set.detectors[entry.detector]
    let verdict = checks.run(detector.check, &value)
    let labelled = meaning?.type == detector.type
    if !labelled { tallies[Int(detector.type.rawValue)].chance += entry.rule.chance }
    guard verdict.result != .fail else { return nil }
    var confidence = labelled ? entry.rule.labelled : entry.rule.confidence
    guard confidence > 0 else { return nil }
    confidence += verdict.weight
    if let meaning, !labelled {
      // Another label stands before it: an order number, a time stamp, a different type.
      if meaning.isNegative {
        confidence -= 60
      } else if meaning.type != nil {
        confidence -= 40
      }
    }
    return TextHit(
      detector: entry.detector, range: range, confidence: Confidence(hundredths: confidence),
      evidence: verdict.evidence.union(labelled ? .label : []), verdict: verdict)
  }

  // MARK: full-width digits

  private func fullWidth(
    _ batch: borrowing RecordBatch, _ at: Int, _ context: TextContext, _ handler: HitHandler
  ) -> Int? {
    if context.meaning?.isNegative == true { return nil }
    let high = min(context.bounds.upperBound, at + 96)
    var folded: [UInt8] = []
    var origins: [Int] = []
    var position = at
    while position < high {
      let before = folded.count
      let byte = batch.text[position]
      let width = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      guard position + width <= high else { break }
      Folding.append(batch.text.span, position..<position + width, to: &folded)
      for _ in before..<folded.count { origins.append(position) }
      position += width
    }
    origins.append(position)
    guard let rules = set.rules[.number], let first = folded.first else { return nil }
    var best: TextHit?
    let meaning = labelBefore(batch, at, context)
    for entry in rules {
      guard let pattern = entry.rule.pattern, pattern.canStart(with: first) else { continue }
      guard case .match(let found) = pattern.match(folded.span, at: 0, scratch) else { continue }
      let range = origins[found.lowerBound]..<origins[found.upperBound]
      value.load(batch.text.span, range)
      if let hit = judge(entry, range, meaning), hit.confidence > best?.confidence ?? Confidence(rawValue: 0) {
        best = hit
      }
    }
    return report(best, batch, handler)
  }

  // MARK: literals

  private func literal(
    _ batch: borrowing RecordBatch, _ at: Int, _ done: Int, _ context: TextContext,
    _ handler: HitHandler
  ) -> Int? {
    guard at + 3 <= context.bounds.upperBound else { return nil }
    let key =
      UInt32(batch.text[at]) << 16 | UInt32(batch.text[at + 1]) << 8 | UInt32(batch.text[at + 2])
    guard let literals = set.literals[key] else { return nil }
    for literal in literals where stands(literal.bytes, batch, at, context.bounds.upperBound) {
      guard let number = literal.detector else {
        if let stop = labelled(batch, at, literal.bytes.count, context, handler) { return stop }
        continue
      }
      for rule in set.detectors[number].text {
        let entry = DetectorSet.Rule(detector: number, rule: rule)
        switch rule.anchor {
        case .literal:
          if let stop = anchored(entry, batch, at, context, handler) { return stop }
        case .honorific:
          if let stop = honorific(entry, batch, at, literal.bytes.count, done, context, handler) {
            return stop
          }
        default: continue
        }
      }
    }
    return nil
  }

  private func stands(_ word: [UInt8], _ batch: borrowing RecordBatch, _ at: Int, _ end: Int)
    -> Bool
  {
    guard at + word.count <= end else { return false }
    for index in word.indices where batch.text[at + index] != word[index] { return false }
    return true
  }

  /// A pattern that begins with the detector's literal.
  private func anchored(
    _ entry: DetectorSet.Rule, _ batch: borrowing RecordBatch, _ at: Int, _ context: TextContext,
    _ handler: HitHandler
  ) -> Int? {
    guard let pattern = entry.rule.pattern else { return nil }
    let high = min(context.bounds.upperBound, at + 400)
    let window = batch.text.span.extracting(at..<high)
    guard case .match(let found) = pattern.match(window, at: 0, scratch) else { return nil }
    let range = found.lowerBound + at..<found.upperBound + at
    let meaning = labelBefore(batch, at, context)
    value.load(batch.text.span, range)
    guard let hit = judge(entry, range, meaning) else { return nil }
    return report(hit, batch, handler)
  }

  /// A name right before 様, さん, 殿: kanji and kana back to whatever else there is.
  private func honorific(
    _ entry: DetectorSet.Rule, _ batch: borrowing RecordBatch, _ at: Int, _ length: Int,
    _ done: Int, _ context: TextContext, _ handler: HitHandler
  ) -> Int? {
    var start = at
    let floor = max(context.bounds.lowerBound, done, at - 30)
    while start - 3 >= floor, isNameByte(batch, start - 3) { start -= 3 }
    guard at - start >= 6 else { return nil }
    // The longest tail that the dictionaries know as family and given name.
    while at - start >= 6 {
      if at - start <= 24 {
        value.load(batch.text.span, start..<at)
        let verdict = checks.run(.personName, &value)
        if verdict.result == .pass, checks.name.split != nil {
          let hit = TextHit(
            detector: entry.detector, range: start..<at,
            confidence: Confidence(hundredths: entry.rule.confidence + verdict.weight),
            evidence: verdict.evidence.union(.honorific), verdict: verdict)
          return report(hit, batch, handler)
        }
      }
      start += 3
    }
    return nil
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
