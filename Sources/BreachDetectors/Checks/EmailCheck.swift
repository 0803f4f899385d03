package import BreachBytes
internal import BreachModel

/// Email addresses by RFC 5321 shape, with the liberties that Japanese carriers took.
package enum EmailCheck {
  /// Where the domain and its last label begin in a normal form.
  package struct Parts: Hashable {
    /// Behind the '@'.
    package var domain: Int
    /// Behind the last dot.
    package var top: Int
  }

  /// The normal form is lower case.
  ///
  /// Two dots in a row and a dot before '@' pass: carriers gave out such addresses until 2009.
  static func check(_ text: Span<UInt8>, _ normal: inout ByteBuffer, _ words: WordLists) -> Verdict
  {
    guard let parts = plainForm(text, &normal) ?? anyForm(text, &normal) else { return .fail }
    let whole = normal.span
    let traits = words.domainEndings.traits(of: whole, domain: parts.domain, top: parts.top)
    let reserved = traits.shares(.reserved)
    let known = reserved || traits.shares(.topLevel)
    if !known && traits.shares(.file) { return .fail }
    let isRole = words.roleMailboxes.contains(whole, 0..<parts.domain - 1)
    return Verdict(
      known ? .pass : .unknown,
      evidence: .topLevelDomain.when(known) | .reserved.when(reserved),
      weight: known ? 0 : -30,
      kind: isRole ? .roleEmail : nil
    )
  }

  /// Letters, digits, `.`, `-`, `_` and `+` around one '@', at most 64 bytes: told by the marks of
  /// all bytes at once; nil for all other forms, and for what is no address.
  package static func plainForm(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Parts? {
    guard text.count >= 8, text.count <= 64 else { return nil }
    let marks = normal.write(lowerCased: text)
    let domain = marks.ats.trailingZeroBitCount + 1
    // One '@', neither first nor last.
    guard domain > 1, domain < text.count, marks.ats & (marks.ats &- 1) == 0 else { return nil }
    let all = ~0 >> UInt64(64 - text.count) as UInt64
    guard marks.words | marks.dots | marks.dashes | marks.pluses | marks.ats == all else {
      return nil
    }
    let (dots, top) = (marks.dots >> UInt64(domain), 64 - marks.dots.leadingZeroBitCount)
    // A dot, none of them first, last or behind another; no plus.
    guard dots & 1 == 0, dots & dots << 1 == 0, marks.pluses >> UInt64(domain) == 0,
      top > domain, text.count - top >= 2, isLetter(text[top])
    else { return nil }
    return Parts(domain: domain, top: top)
  }

  /// The same byte by byte, for all that an address may hold.
  package static func anyForm(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Parts? {
    let (start, end) = addressRange(text)
    guard end - start >= 6 else { return nil }
    var at = end - 1
    while at > start, text[at] != 0x40 { at -= 1 }
    guard at > start else { return encoded(text, &normal) }
    guard end - start <= 254, at - start <= 64 else { return nil }
    normal.clear()
    for index in start..<at {
      let byte = text[index]
      guard isMailbox(byte) else { return nil }
      normal.append(lowercased(byte))
    }
    normal.append(0x40)
    let domain = normal.count
    guard let top = appendDomain(text, at + 1, end, to: &normal) else { return nil }
    return Parts(domain: domain, top: top)
  }

  /// `%40` for '@', as addresses stand in queries of log lines.
  private static func encoded(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Parts? {
    var mark = 0
    while mark < text.count, text[mark] != 0x25 { mark += 1 }
    guard mark + 2 < text.count, text[mark + 1] == 0x34, text[mark + 2] == 0x30 else {
      return nil
    }
    for index in text.indices where text[index] == 0x40 { return nil }
    var decoded = ByteBuffer(capacity: text.count)
    decoded.append(text.extracting(0..<mark))
    decoded.append(0x40)
    decoded.append(text.extracting(mark + 3..<text.count))
    return anyForm(decoded.span, &normal)
  }

  /// The address alone: without `mailto:`, or between the marks of `Name <address>`.
  private static func addressRange(_ text: Span<UInt8>) -> (start: Int, end: Int) {
    if text.count > 0, text[text.count - 1] == 0x3E {
      var open = text.count - 1
      while open > 0, text[open] != 0x3C { open -= 1 }
      if text[open] == 0x3C { return (open + 1, text.count - 1) }
    }
    let isLink =
      text.count > 7 && text[6] == 0x3A && text[0] | 0x20 == 0x6D && text[5] | 0x20 == 0x6F
    return (isLink ? 7 : 0, text.count)
  }

  /// Appends the domain in lower case; returns where its last label begins, nil when it is none.
  private static func appendDomain(
    _ text: Span<UInt8>,
    _ from: Int,
    _ end: Int,
    to normal: inout ByteBuffer
  ) -> Int? {
    var label = 0
    var top = -1
    for index in from..<end {
      let byte = text[index]
      if byte == 0x2E {
        guard label > 0 else { return nil }
        label = 0
        top = normal.count + 1
      } else {
        guard isAlphanumeric(byte) || byte == 0x2D || byte == 0x5F else { return nil }
        label += 1
        guard label <= 63 else { return nil }
      }
      normal.append(lowercased(byte))
    }
    guard top >= 0, label >= 2, isLetter(normal[top]) else { return nil }
    return top
  }

  /// A byte of a mailbox name that is not quoted (RFC 5322 atext, and the dot).
  @inline(__always)
  private static func isMailbox(_ byte: UInt8) -> Bool {
    byte < 0x80 && (byte < 0x40 ? mailboxLow >> byte : mailboxHigh >> (byte & 63)) & 1 == 1
  }

  // A bit for each byte below 0x40, and for each from there to 0x7F; written out, because a value
  // reckoned at first use is asked for at every byte whether it is there.
  private static let mailboxLow: UInt64 = 0xA3FF_ECFA_0000_0000
  private static let mailboxHigh: UInt64 = 0x7FFF_FFFF_C7FF_FFFE
}
