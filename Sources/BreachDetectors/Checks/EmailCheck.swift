internal import BreachBytes
package import BreachModel

/// Email addresses by RFC 5321 shape, with the liberties that Japanese carriers took.
enum EmailCheck {
  /// The normal form is lower case.
  static func check(_ value: inout Value) -> Verdict {
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
    let reserved = isReserved(Array(domain.map(lower)), top)
    let known = reserved || TopLevelDomains.contains(top.span)
    if !known && isFileSuffix(top) { return .fail }
    let isRole = roles.contains(Array(text[..<at].map(lower)))
    return Verdict(
      known ? .pass : .unknown,
      evidence: (known ? Evidence.topLevelDomain : []).union(reserved ? .reserved : []),
      weight: known ? 0 : -30, kind: isRole ? .roleEmail : nil)
  }

  private static func isMailbox(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || ".!#$%&'*+/=?^_`{|}~-".utf8.contains(byte)
  }

  static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  /// RFC 2606 and RFC 6761, and the Japanese registry's example domains.
  private static func isReserved(_ domain: [UInt8], _ top: [UInt8]) -> Bool {
    if reservedTops.contains(top) { return true }
    return reservedDomains.contains { reserved in
      domain.count >= reserved.count && domain.suffix(reserved.count).elementsEqual(reserved)
        && (domain.count == reserved.count || domain[domain.count - reserved.count - 1] == 0x2E)
    }
  }

  private static let reservedTops: [[UInt8]] = ["example", "test", "invalid", "localhost", "local"]
    .map { Array($0.utf8) }
  private static let reservedDomains: [[UInt8]] = [
    "example.com", "example.net", "example.org", "example.jp", "example.co.jp", "example.ne.jp",
    "example.edu",
  ].map { Array($0.utf8) }

  private static func isFileSuffix(_ top: [UInt8]) -> Bool { fileSuffixes.contains(top) }
  private static let fileSuffixes: Set<[UInt8]> = Set(
    [
      "png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js", "ts", "json", "html", "htm", "xml",
      "txt", "log", "py", "rb", "java", "cpp", "swift", "php", "pdf", "so", "dll", "exe", "jar",
      "service", "socket", "timer", "target", "mount", "device", "slice", "scope", "conf", "yaml",
    ].map { Array($0.utf8) })

  /// Mailboxes of a role, not of a person (RFC 2142 and everyday use).
  private static let roles: Set<[UInt8]> = Set(
    [
      "info", "support", "admin", "administrator", "webmaster", "postmaster", "hostmaster",
      "abuse", "sales", "contact", "office", "help", "helpdesk", "noreply", "no-reply",
      "donotreply", "root", "security", "billing", "hr", "recruit", "saiyo", "soumu", "keiri",
      "privacy", "press", "newsletter", "mailer-daemon", "shop", "order", "customer", "inquiry",
      "toiawase", "mail", "service",
    ].map { Array($0.utf8) })
}
