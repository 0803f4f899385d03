/// What the beginning of a mail or a mailbox looks like.
package enum MailSniffer {
  /// Bytes that a decision needs at most.
  package static let headSize = 64 << 10

  /// Headers that hardly anything but mail has, and those that count beside one of them.
  private static let strong: Set<String> = [
    "from", "received", "return-path", "message-id", "mime-version", "delivered-to", "reply-to",
    "in-reply-to", "sender", "x-mailer", "dkim-signature", "x-original-to", "resent-from",
    "x-mozilla-status",
  ]
  private static let weak: Set<String> = [
    "to", "cc", "bcc", "subject", "date", "sent", "content-type", "content-transfer-encoding",
    "references", "x-priority", "user-agent",
  ]

  /// True for a mailbox, false for one mail; nil where `head`, the first bytes of a leaf, begins neither.
  ///
  /// Two headers of mail are asked for, one of them of no other kind of text and not in small letters,
  /// with nothing but headers up to the first empty line; or a separator and one; or a multipart type with
  /// its boundary.
  package static func isMailbox(_ head: Span<UInt8>) -> Bool? {
    let end = min(head.count, headSize)
    var at = head.count >= 3 && head[0] == 0xEF && head[1] == 0xBB && head[2] == 0xBF ? 3 : 0
    guard at < end, isLetter(head[at]) else { return nil }
    var isMailbox = false
    var (strongs, weaks, lines) = (0, 0, 0)
    var isMultipart = false
    while at < end {
      var stop = at
      while stop < end, head[stop] != 0x0A, head[stop] != 0x0D { stop += 1 }
      let line = Array(head.extracting(at..<stop))
      let isCut = stop == end && end < head.count || stop == head.count && stop - at > 4_096
      if stop + 1 < end, head[stop] == 0x0D, head[stop + 1] == 0x0A { stop += 1 }
      lines += 1
      if lines == 1, isSeparator(line[...]) {
        isMailbox = true
      } else if line.isEmpty {
        break
      } else if line[0] != 0x20 && line[0] != 0x09 {
        guard let name = MailField.name(of: line[...]) else {
          // What the head cuts off is no evidence; a body that follows at once is.
          return isCut || strongs >= 2 && weaks >= 1
            ? verdict(isMailbox, strongs, weaks, isMultipart) : nil
        }
        if strong.contains(name), line[0] < 0x60 || name == "mime-version" {
          strongs += 1
        } else if strong.contains(name) || weak.contains(name) {
          weaks += 1
        }
        isMultipart = isMultipart || name == "content-type" && isMultipartType(line)
        // One header that never ends: a text would have ended its line.
        if isCut, lines == 1, name == "subject" || name == "to" { return false }
      }
      at = stop + 1
    }
    return verdict(isMailbox, strongs, weaks, isMultipart)
  }

  private static func verdict(_ isMailbox: Bool, _ strong: Int, _ weak: Int, _ multipart: Bool)
    -> Bool?
  {
    let isMail = strong >= 1 && strong + weak >= 2 || multipart || isMailbox && strong + weak >= 1
    return isMail ? isMailbox : nil
  }

  private static func isMultipartType(_ line: [UInt8]) -> Bool {
    let text = String(decoding: line.prefix(512), as: UTF8.self).lowercased()
    return text.contains("multipart/") && text.contains("boundary=")
  }

  /// `From ` before an address, a time of day and a year begins a message of a mailbox.
  package static func isSeparator(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.count < 256, line.starts(with: [0x46, 0x72, 0x6F, 0x6D, 0x20]) else { return false }
    var (hasTime, hasYear) = (false, false)
    for word in line.dropFirst(5).split(whereSeparator: { $0 <= 0x20 }) {
      let digits = word.allSatisfy { (0x30...0x39).contains($0) }
      if word.count == 4, digits, (0x31...0x32).contains(word[word.startIndex]) { hasYear = true }
      if (5...8).contains(word.count), word.contains(0x3A),
        word.allSatisfy({ (0x30...0x3A).contains($0) })
      {
        hasTime = true
      }
    }
    return hasTime && hasYear
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}

extension Array where Element == UInt8 {
  init(_ span: Span<UInt8>) {
    self = []
    reserveCapacity(span.count)
    for index in span.indices { append(span[index]) }
  }
}
