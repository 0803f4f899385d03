internal import BreachBytes
internal import BreachModel

/// Values behind a mark that are by their own form something else than their label says, or nothing.
extension Engine {
  /// Proposes what the value is by its own form where that is something else than its label says;
  /// false where it is not.
  func takesOther(
    _ batch: borrowing RecordBatch,
    _ label: LabelReading,
    _ meaning: Meaning,
    _ value: MarkedValue,
    _ end: Int
  ) -> Bool {
    switch meaning.type {
    case .personName where meaning.isAmbiguous && meaning.role == .whole:
      takesLogin(batch, label, value, end)
    case .memberID where meaning.detector == nil && beginsWithWord(batch, value.start, end):
      takesLogin(batch, label, value, end)
    case .loginID: takesName(batch, label, value, end)
    default: false
    }
  }

  /// `user_id=tanaka01`: four small letters and more are a word, which no number begins with.
  private func beginsWithWord(_ batch: borrowing RecordBatch, _ start: Int, _ end: Int) -> Bool {
    guard start + 4 <= end else { return false }
    for at in start..<start + 4 where !(0x61...0x7A).contains(batch.text[at]) { return false }
    return true
  }

  /// `user=taro01`: where a word may mean a name or a login, one word with a digit or a mark in it is
  /// a login.
  private func takesLogin(
    _ batch: borrowing RecordBatch,
    _ label: LabelReading,
    _ value: MarkedValue,
    _ end: Int
  ) -> Bool {
    findMarkedEnds(batch, value, .loginID, end)
    guard let stop = valueEnds.first, let number = set.detector(of: .loginID),
      let rule = set.cellRules[number]
    else { return false }
    guard isWord(batch, value.start..<stop, label) else { return false }
    var isPlain = true
    var hasLetter = false
    for at in value.start..<stop {
      // O'Connell
      if batch.text[at] == 0x27, at > value.start, isLetter(batch.text[at - 1]) { continue }
      isPlain = isPlain && isLetter(batch.text[at])
      hasLetter = hasLetter || isLetter(batch.text[at])
    }
    // What a thing is called need not log in, and what a name goes on behind is part of it.
    if !hasLetter && !isTrunkNumber(batch, value.start..<stop)
      || isPlain && endsWithName(batch, label.range)
    {
      return false
    }
    if goesOn(batch, stop, end) { return false }
    guard !isPlain || lowercased(batch.text[value.start]) == batch.text[value.start],
      !isPlaceholder(batch, value.start..<stop, value, .loginID)
    else { return false }
    var login = label
    login.meaning?.type = .loginID
    guard let hit = judge(batch, rule, value.start..<stop, login) else { return false }
    propose(hit)
    return true
  }

  /// `USER: 09033451182`: a phone number serves as a login; other numbers of users are no secret.
  private func isTrunkNumber(_ batch: borrowing RecordBatch, _ range: Range<Int>) -> Bool {
    guard range.count == 10 || range.count == 11, batch.text[range.lowerBound] == 0x30 else {
      return false
    }
    for at in range where !isDigit(batch.text[at]) { return false }
    return true
  }

  /// name, display_name: the label is one of a name's.
  private func endsWithName(_ batch: borrowing RecordBatch, _ label: Range<Int>?) -> Bool {
    guard let label, label.count >= 4 else { return false }
    for (offset, letter) in "name".utf8.enumerated()
    where lowercased(batch.text[label.upperBound - 4 + offset]) != letter { return false }
    return true
  }

  /// A word with a capital stands behind the blank at `stop`, or behind a comma and a blank:
  /// O'Connell, Doreen.
  private func goesOn(_ batch: borrowing RecordBatch, _ stop: Int, _ end: Int) -> Bool {
    let blank = stop < end && batch.text[stop] == 0x2C ? stop + 1 : stop
    guard blank + 1 < end, batch.text[blank] == 0x20 else { return false }
    return batch.text[blank + 1] &- 0x41 < 26 || batch.text[blank + 1] >= 0x80
  }

  /// `userName=Taro+Yamada`: a login is one word; two that are written as a name is are one.
  private func takesName(
    _ batch: borrowing RecordBatch,
    _ label: LabelReading,
    _ value: MarkedValue,
    _ end: Int
  ) -> Bool {
    findMarkedEnds(batch, value, .personName, end)
    guard let stop = valueEnds.first, !isWord(batch, value.start..<stop, label),
      var meaning = label.meaning
    else { return false }
    (meaning.type, meaning.detector, meaning.isAmbiguous) = (.personName, nil, true)
    var name = label
    name.meaning = meaning
    proposeMarked(batch, value, name, meaning, .personName)
    if let hit, hit.verdict.result == .pass || isShaped(hit.verdict) { return true }
    hit = nil
    return false
  }

  /// One word of ASCII letters, digits and marks, and no mailbox.
  private func isWord(_ batch: borrowing RecordBatch, _ range: Range<Int>, _ label: LabelReading)
    -> Bool
  {
    let isCoded = isQuery(batch, label.range, range)
    var at = range.lowerBound
    while at < range.upperBound {
      var byte = batch.text[at]
      if isCoded, let (plain, length) = coded(batch, at, range.upperBound) {
        byte = plain
        at += length - 1
      }
      if byte >= 0x80 || byte == 0x20 || byte == 0x40 { return false }
      at += 1
    }
    return true
  }

  /// What stands where a value would: a variable, a call, a mask.
  func isPlaceholder(
    _ batch: borrowing RecordBatch,
    _ range: Range<Int>,
    _ value: MarkedValue,
    _ type: DataType
  ) -> Bool {
    switch batch.text[range.lowerBound] {
    // $ % & *
    case 0x25 where value.isTight: break
    case 0x24, 0x25, 0x26, 0x2A: return isVariable(batch, range.lowerBound + 1..<range.upperBound)
    // (0)3 is a number's.
    case 0x28: return range.count == 1 || !isDigit(batch.text[range.lowerBound + 1])
    // < [ {
    case 0x3C, 0x5B, 0x7B: return true
    // PWD=/home/…
    case 0x2F, 0x7E: if type == .password, isPath(batch, range) { return true }
    default: break
    }
    guard value.quote == 0 else { return false }
    var isOpen = false
    for at in range {
      switch batch.text[at] {
      // A call, a subscript, a member.
      case 0x28 where at > range.lowerBound && isAlphanumeric(batch.text[at - 1]):
        if type != .phoneNumber { return true }
      case 0x28: isOpen = true
      case 0x29 where !isOpen: return true
      case 0x5B, 0x7B: return true
      case 0x2E
      where type == .password && (value.isTight || value.isAssigned) && at > range.lowerBound
        && isLetter(batch.text[at - 1]):
        return true
      default: break
      }
    }
    return false
  }

  private func isPath(_ batch: borrowing RecordBatch, _ range: Range<Int>) -> Bool {
    for at in range {
      switch batch.text[at] {
      // - . / _ ~
      case 0x2D...0x2F, 0x5F, 0x7E: break
      case let byte: if !isAlphanumeric(byte) { return false }
      }
    }
    return true
  }

  /// What may stand behind a `$` or `%`: a name, in brackets or not, or nothing.
  private func isVariable(_ batch: borrowing RecordBatch, _ range: Range<Int>) -> Bool {
    for at in range {
      switch batch.text[at] {
      // $ % ( ) * - . _ { }
      case 0x24, 0x25, 0x28...0x2A, 0x2D, 0x2E, 0x5F, 0x7B, 0x7D: break
      case let byte: if !isAlphanumeric(byte) { return false }
      }
    }
    return true
  }
}
