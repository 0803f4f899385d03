internal import BreachBytes
internal import BreachModel

/// What becomes of a match: its check, its label, and how far it is believed.
extension Engine {
  /// Runs the detector's check on a range of the text and weighs the label.
  ///
  /// Apart from its callers: most of what they look at does not get so far.
  @inline(never)
  func judge(
    _ batch: borrowing RecordBatch,
    _ rule: SearchRule,
    _ range: Range<Int>,
    _ label: LabelReading,
    role: ColumnRole = .whole,
    isCoded: Bool = false
  ) -> TextHit? {
    let meaning = label.meaning
    let labelled = meaning.map { isLabel($0, of: rule) } ?? false
    if !labelled, rule.chance > 0 {
      cells.tallies[Int(rule.type.rawValue)].chance += rule.chance
      countSearched(rule.type, chance: rule.chance)
    }
    var confidence = labelled ? rule.labelled : rule.confidence
    // Like all that is no hit, it is told to who asks why.
    if labelled, isNoValue(batch, range.lowerBound, rule.type) { confidence = 0 }
    let isOpposed = meaning.map { speaksAgainst($0, rule.type) } ?? false
    // Nothing that the check says can make it a hit; only who asks why wants to know.
    if confidence == 0 && trace == nil { return nil }
    let verdict = check(batch, range, isCoded, rule.check, role, rule.detector)
    judged = (range, rule.check, role)
    if verdict.result == .unknown, let unknown = rule.unknown, !isShaped(verdict) {
      confidence = min(confidence, unknown)
    }
    if confidence > 0 {
      confidence += verdict.weight
      if let meaning, !labelled {
        // Another label stands before it: an order number, a time stamp, a different type.
        confidence -= meaning.isNegative ? 70 : isOpposed ? 40 : 0
      }
    }
    if verdict.result == .fail { confidence = 0 }
    let hit = TextHit(
      detector: rule.detector,
      type: rule.type,
      check: rule.check,
      range: range,
      confidence: Confidence(hundredths: confidence),
      evidence: verdict.evidence | .label.when(labelled),
      verdict: verdict,
      role: role,
      group: meaning?.group ?? .main,
      label: isOpposed || meaning?.type == nil ? nil : label.range,
      isWeak: Self.needsPerson(rule.type) || rule.isCell && isWeak(verdict, meaning, rule.type),
      alone: meaning?.isAmbiguous == true ? Confidence(rawValue: 0) : HitGroup.unlinked,
      isCoded: isCoded
    )
    trace?.append(TracedCandidate(hit: hit, meaning: meaning))
    return confidence > 0 ? hit : nil
  }

  /// What stands behind the label says how many there are of it, `住所: 約120人`, or joins it to the
  /// next of a list, `住所 + 電話番号`, `住所 1、電話番号 6`.
  private func isNoValue(_ batch: borrowing RecordBatch, _ start: Int, _ type: DataType) -> Bool {
    let first = batch.text[start]
    if first == 0x2B {
      return type != .phoneNumber && start + 1 < batch.text.count && batch.text[start + 1] == 0x20
    }
    var stop = start
    let limit = min(batch.text.count, start + 48)
    while stop < limit, batch.text[stop] >= 0x20 { stop += 1 }
    if set.words.counts.isCount(batch.text.span.extracting(start..<stop)) { return true }
    if Self.needsPerson(type), start > 0, batch.text[start - 1] == 0x20 {
      if isRowOfCounts(batch, start, stop) { return true }
    }
    // 1、 where a number alone is no value.
    var at = start
    guard type == .address || type == .gender || type == .employer else { return false }
    while at < stop, isDigit(batch.text[at]) { at += 1 }
    return at > start && at - start <= 6 && at + 3 < stop && batch.text[at] == 0xE3
      && batch.text[at + 1] == 0x80 && batch.text[at + 2] == 0x81
      && start > 0 && batch.text[start - 1] == 0x20
  }

  /// `会員番号    90   88-97   176`: three numbers and more in columns of their own say how many there
  /// are of what the line begins with.
  private func isRowOfCounts(_ batch: borrowing RecordBatch, _ start: Int, _ end: Int) -> Bool {
    var (at, numbers) = (start, 0)
    while at < end, isDigit(batch.text[at]) {
      let first = at
      // 1,204 0.1 88-97 17%
      while at < end, isDigit(batch.text[at]) || [0x25, 0x2C, 0x2D, 0x2E].contains(batch.text[at]) {
        at += 1
      }
      guard at - first <= 15 else { return false }
      numbers += 1
      let gap = at
      while at < end, batch.text[at] == 0x20 || batch.text[at] == 0x09 { at += 1 }
      if at == end || batch.text[at] < 0x20 { return numbers >= 3 }
      guard at - gap >= 2 || at > gap && batch.text[gap] == 0x09 else { return false }
    }
    return numbers >= 3
  }

  /// A label of another type speaks against a value, but for words that mean much, and logins, which
  /// mailboxes and phone numbers are.
  private func speaksAgainst(_ meaning: Meaning, _ type: DataType) -> Bool {
    guard let other = meaning.type, other != type, !meaning.isAmbiguous else { return false }
    let isLogin = other == .loginID || other == .memberID
    if other == .bankAccount, type == .iban { return false }
    return !(isLogin && (type == .emailAddress || type == .phoneNumber))
  }

  /// Types that are nobody's data by themselves: a disease, a gender, an expiry date.
  private static func needsPerson(_ type: DataType) -> Bool {
    switch type {
    case .gender, .age, .cardExpiry, .cardSecurityCode, .secretAnswer, .password, .loginID,
      .memberID, .creditInformation:
      true
    default: type.isSensitive
    }
  }

  /// The value says nothing for itself, and the label could say something else.
  private func isWeak(_ verdict: Verdict, _ meaning: Meaning?, _ type: DataType) -> Bool {
    if verdict.result == .pass { return false }
    if type == .address, meaning?.isAmbiguous == false, verdict.evidence == .format,
      set.words.streets.occurWithNumber(in: cells.value.folded.span)
    {
      return false
    }
    return meaning?.isAmbiguous != false || !isShaped(verdict)
  }

  /// Unknown to the dictionaries, yet of the very shape: a Latin name behind a label.
  func isShaped(_ verdict: Verdict) -> Bool {
    verdict.evidence == .format && verdict.weight > -10
  }

  /// The normal form in `value` belongs to whatever was judged last.
  func restoreNormalForm(of hit: TextHit, _ batch: borrowing RecordBatch) {
    if judged.range == hit.range && judged.check == hit.check && judged.role == hit.role { return }
    _ = check(batch, hit.range, hit.isCoded, hit.check, hit.role, nil)
  }

  /// What a check says of a range of the text, as it is or out of the code of a query, `a%20b+c`; it
  /// counts as the detector's, if any.
  @inline(__always)
  private func check(
    _ batch: borrowing RecordBatch,
    _ range: Range<Int>,
    _ isCoded: Bool,
    _ check: CheckName,
    _ role: ColumnRole,
    _ detector: Int?
  ) -> Verdict {
    isCoded
      ? self.check(coded: range, batch, check, role, detector)
      : cells.check(check, batch.text.span, range, role: role, of: detector)
  }

  private func check(
    coded range: Range<Int>,
    _ batch: borrowing RecordBatch,
    _ check: CheckName,
    _ role: ColumnRole,
    _ detector: Int?
  ) -> Verdict {
    // The buffer is taken out, so that it can be read while all else is written.
    var plain = ByteBuffer()
    swap(&plain, &foldedText)
    decode(range, batch, into: &plain)
    let verdict = cells.check(check, plain.span, 0..<plain.count, role: role, of: detector)
    swap(&plain, &foldedText)
    return verdict
  }

  /// The text of a range of a query's code.
  func decode(_ range: Range<Int>, _ batch: borrowing RecordBatch, into plain: inout ByteBuffer) {
    plain.clear()
    var at = range.lowerBound
    while at < range.upperBound {
      let (byte, length) = coded(batch, at, range.upperBound) ?? (batch.text[at], 1)
      plain.append(byte)
      at += length
    }
  }

  /// What `%20` or `+` at `at` stands for, and how long it is; nil for what stands for itself.
  func coded(_ batch: borrowing RecordBatch, _ at: Int, _ end: Int) -> (byte: UInt8, length: Int)? {
    if batch.text[at] == 0x2B { return (0x20, 1) }
    guard batch.text[at] == 0x25, at + 2 < end, let high = hexValue(batch.text[at + 1]),
      let low = hexValue(batch.text[at + 2])
    else { return nil }
    return (high << 4 | low, 3)
  }

  private func hexValue(_ byte: UInt8) -> UInt8? {
    if isDigit(byte) { return byte - 0x30 }
    let letter = (byte | 0x20) &- 0x61
    return letter < 6 ? letter + 10 : nil
  }

  /// Keeps a hit when it is better than what the candidate has given so far.
  func propose(_ found: TextHit?) {
    guard let found, found.confidence > hit?.confidence ?? Confidence(rawValue: 0) else { return }
    hit = found
  }
}
