internal import BreachBytes
internal import BreachModel

/// Email addresses by RFC 5321 shape, with the liberties that Japanese carriers took.
enum EmailCheck {
  /// The normal form is lower case.
  ///
  /// Two dots in a row and a dot before '@' pass: carriers gave out such addresses until 2009.
  static func check(_ value: inout Value, _ words: WordLists) -> Verdict {
    decodeAt(&value.folded)
    let (start, end) = addressRange(value.folded)
    guard end - start >= 6, end - start <= 254 else { return .fail }
    var at = end - 1
    while at > start, value.folded[at] != 0x40 { at -= 1 }
    guard at > start, at - start <= 64 else { return .fail }
    value.clearNormal()
    for index in start..<at {
      let byte = value.folded[index]
      guard isMailbox[Int(byte)] else { return .fail }
      value.normal.append(lowercased(byte))
    }
    value.normal.append(0x40)
    let domain = value.normal.count
    guard let top = appendDomain(&value, at + 1, end) else { return .fail }
    let text = value.normal.span
    let reserved = isReserved(text, domain, words)
    let known = reserved || TopLevelDomains.contains(text.extracting(top..<text.count))
    if !known && words.fileSuffixes.contains(text, top..<text.count) { return .fail }
    let isRole = words.roleMailboxes.contains(text, 0..<domain - 1)
    return Verdict(
      known ? .pass : .unknown,
      evidence: .topLevelDomain.when(known) | .reserved.when(reserved),
      weight: known ? 0 : -30,
      kind: isRole ? .roleEmail : nil
    )
  }

  /// `%40`, as addresses stand in queries of log lines.
  private static func decodeAt(_ text: inout [UInt8]) {
    guard let mark = text.firstIndex(of: 0x25), mark + 2 < text.count, text[mark + 1] == 0x34,
      text[mark + 2] == 0x30, !text.contains(0x40)
    else { return }
    text.replaceSubrange(mark...(mark + 2), with: CollectionOfOne(0x40))
  }

  /// The address alone: without `mailto:`, or between the marks of `Name <address>`.
  private static func addressRange(_ text: [UInt8]) -> (start: Int, end: Int) {
    var start = 0
    if text.last == 0x3E, let open = text.lastIndex(of: 0x3C) { return (open + 1, text.count - 1) }
    if text.count > 7, text[6] == 0x3A, text[0] | 0x20 == 0x6D, text[5] | 0x20 == 0x6F { start = 7 }
    return (start, text.count)
  }

  /// Appends the domain in lower case; returns where its last label begins, nil when it is none.
  private static func appendDomain(_ value: inout Value, _ from: Int, _ end: Int) -> Int? {
    var label = 0
    var top = -1
    for index in from..<end {
      let byte = value.folded[index]
      if byte == 0x2E {
        guard label > 0 else { return nil }
        label = 0
        top = value.normal.count + 1
      } else {
        guard isAlphanumeric(byte) || byte == 0x2D || byte == 0x5F else { return nil }
        label += 1
        guard label <= 63 else { return nil }
      }
      value.normal.append(lowercased(byte))
    }
    guard top >= 0, label >= 2, isLetter(value.normal[top]) else { return nil }
    return top
  }

  /// Bytes of a mailbox name that is not quoted (RFC 5322 atext, and the dot).
  private static let isMailbox: [256 of Bool] = {
    var table = [256 of Bool](repeating: false)
    for byte in UInt8(0x30)...0x7A where isAlphanumeric(byte) { table[Int(byte)] = true }
    for byte in ".!#$%&'*+/=?^_`{|}~-".utf8 { table[Int(byte)] = true }
    return table
  }()

  private static func isReserved(_ text: Span<UInt8>, _ domain: Int, _ words: WordLists) -> Bool {
    next: for reserved in words.reservedDomains {
      let start = text.count - reserved.count
      guard start >= domain, reserved[reserved.count - 1] == text[text.count - 1] else { continue }
      guard start == domain || text[start - 1] == 0x2E else { continue }
      for offset in reserved.indices where text[start + offset] != reserved[offset] {
        continue next
      }
      return true
    }
    return false
  }
}
