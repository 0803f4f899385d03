internal import BreachBytes
internal import BreachModel

/// Email addresses by RFC 5321 shape, with the liberties that Japanese carriers took.
enum EmailCheck {
  /// The normal form is lower case.
  static func check(_ value: inout Value, _ words: WordLists) -> Verdict {
    var text = value.folded
    if text.starts(with: Array("mailto:".utf8)) { text.removeFirst(7) }
    if text.last == 0x3E, let open = text.lastIndex(of: 0x3C) {
      // Name <address>
      text = Array(text[(open + 1)..<(text.count - 1)])
    }
    guard text.count >= 6, text.count <= 254, let at = text.lastIndex(of: 0x40), at > 0, at <= 64
    else { return .fail }
    for byte in text[..<at] where !isMailbox(byte) { return .fail }
    let domain = text[(at + 1)...]
    guard let dot = domain.lastIndex(of: 0x2E), dot > at + 1 else { return .fail }
    var label = 0
    for byte in domain {
      if byte == 0x2E {
        guard label > 0 else { return .fail }
        label = 0
      } else {
        guard isAlphanumeric(byte) || byte == 0x2D || byte == 0x5F else { return .fail }
        label += 1
      }
    }
    let top = Array(domain[(dot + 1)...].map(lower))
    guard top.count >= 2, top.allSatisfy({ isLetter($0) || isDigit($0) || $0 == 0x2D }),
      isLetter(top[0])
    else { return .fail }
    value.normal.removeAll(keepingCapacity: true)
    for byte in text { value.normal.append(lower(byte)) }
    let reserved = isReserved(Array(domain.map(lower)), words)
    let known = reserved || TopLevelDomains.contains(top.span)
    if !known && words.fileSuffixes.contains(top) { return .fail }
    let isRole = words.roleMailboxes.contains(Array(text[..<at].map(lower)))
    return Verdict(
      known ? .pass : .unknown,
      evidence: (known ? Evidence.topLevelDomain : []).union(reserved ? .reserved : []),
      weight: known ? 0 : -30, kind: isRole ? .roleEmail : nil)
  }

  private static func isMailbox(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || ".!#$%&'*+/=?^_`{|}~-".utf8.contains(byte)
  }

  static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  private static func isReserved(_ domain: [UInt8], _ words: WordLists) -> Bool {
    words.reservedDomains.contains { reserved in
      domain.count >= reserved.count && domain.suffix(reserved.count).elementsEqual(reserved)
        && (domain.count == reserved.count || domain[domain.count - reserved.count - 1] == 0x2E)
    }
  }
}
