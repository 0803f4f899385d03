internal import BreachBytes
internal import BreachModel

/// Candidates that are an '@': mailboxes, and the names that stand before them.
extension Engine {
  func email(
    _ batch: borrowing RecordBatch,
    _ at: Int,
    _ done: Int,
    _ context: TextContext
  ) {
    var start = at
    let floor = max(context.bounds.lowerBound, at - 65, done)
    while start > floor && Self.mailbox[Int(batch.text[start - 1])] { start -= 1 }
    while start < at, !isAlphanumeric(batch.text[start]), batch.text[start] != 0x5F { start += 1 }
    // `mail=taro@…` and `&to=taro@…`: what stands before the last mark is a key.
    if let mark = lastKeyMark(batch, start, at) { start = mark + 1 }
    if at - start >= Self.shortestToken, isToken(batch, start..<at) { return }
    guard start < at, !isUserOfSite(batch, start) else { return }
    _ = verify(batch, set.atRules, start, context, lookAhead: 320)
  }

  /// Shorter ones are names of mailboxes.
  private static let shortestToken = 20

  /// `https://ghp_…@github.com`: what stands before the '@' is a token of a known issuer, and proposed.
  @inline(never)
  private func isToken(_ batch: borrowing RecordBatch, _ range: Range<Int>) -> Bool {
    guard let number = set.detector(of: .apiToken), let rule = set.cellRules[number],
      let hit = judge(batch, rule, range, LabelReading(meaning: Meaning(type: .apiToken))),
      hit.verdict.result == .pass
    else { return false }
    propose(hit)
    return true
  }

  /// `山田太郎 <taro@…>`: the name before a mailbox in brackets.
  func displayName(
    _ batch: borrowing RecordBatch,
    _ at: Int,
    _ done: Int,
    _ context: TextContext
  ) {
    let floor = max(context.bounds.lowerBound, done, at - 65)
    var end = at
    while end > floor, Self.mailbox[Int(batch.text[end - 1])] { end -= 1 }
    guard end > floor, batch.text[end - 1] == 0x3C else { return }
    end -= 1
    let low = max(context.bounds.lowerBound, done, end - 60)
    while end > low, batch.text[end - 1] == 0x20 || batch.text[end - 1] == 0x22 { end -= 1 }
    var start = end
    scan: while start > low {
      switch batch.text[start - 1] {
      case 0x00...0x1F, 0x22, 0x2C, 0x3A...0x3E, 0x28, 0x29, 0x40, 0x5B, 0x5D: break scan
      default: start -= 1
      }
    }
    while start < end, isBeforeName(batch.text[start]) { start += 1 }
    start = behindStopWords(batch, start, end)
    guard end - start >= 4, let number = set.detector(of: .personName),
      let rule = set.cellRules[number]
    else { return }
    let label = LabelReading(meaning: Meaning(type: .personName))
    guard let hit = judge(batch, rule, start..<end, label),
      hit.verdict.result == .pass || !endsAsRole(batch, end)
    else { return }
    propose(hit)
  }

  /// 経理部, お客様窓口: a department or a desk, and nobody's name.
  private func endsAsRole(_ batch: borrowing RecordBatch, _ end: Int) -> Bool {
    for word in set.words.roleEndings where end >= word.count {
      var length = 0
      while length < word.count, batch.text[end - word.count + length] == word[length] {
        length += 1
      }
      if length == word.count { return true }
    }
    return false
  }

  /// A blank, a bullet, or the rest of a character.
  private func isBeforeName(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x2D || byte == 0x2A || byte == 0x23 || byte & 0xC0 == 0x80
  }

  /// `reported by Jane Miller`: behind the last word that stands in no name.
  private func behindStopWords(_ batch: borrowing RecordBatch, _ from: Int, _ end: Int) -> Int {
    var (start, word) = (from, from)
    for at in from..<end where batch.text[at] == 0x20 {
      if at > word, set.words.latinStopWords.contains(batch.text.span, word..<at) {
        start = at + 1
      }
      word = at + 1
    }
    return start
  }

  /// `ssh://git@host/`: who logs in at a site, unless it is `mailto://`.
  private func isUserOfSite(_ batch: borrowing RecordBatch, _ start: Int) -> Bool {
    guard start > 3, batch.text[start - 1] == 0x2F, batch.text[start - 2] == 0x2F,
      batch.text[start - 3] == 0x3A
    else { return false }
    return lowercased(batch.text[start - 4]) != 0x6F
  }

  /// Bytes that may stand in a mailbox name or in the query before it.
  private static let mailbox: [256 of Bool] = {
    var table = [256 of Bool](repeating: false)
    for byte in UInt8(0x30)...0x7A where isAlphanumeric(byte) { table[Int(byte)] = true }
    for byte in "._%+-=&/'".utf8 { table[Int(byte)] = true }
    return table
  }()

  private func lastKeyMark(_ batch: borrowing RecordBatch, _ start: Int, _ at: Int) -> Int? {
    var position = at - 1
    while position >= start {
      switch batch.text[position] {
      case 0x3D, 0x26, 0x2F, 0x27: return position
      case 0x25 where position + 3 < at && (0x32...0x33).contains(batch.text[position + 1]):
        // %3D, %26, %2F of an encoded query
        return position + 2
      default: position -= 1
      }
    }
    return nil
  }
}
