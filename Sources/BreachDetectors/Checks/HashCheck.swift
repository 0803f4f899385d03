internal import BreachModel

/// Password hashes by their written form: modular crypt format, LDAP schemes, bare hexadecimal.
enum HashCheck {
  /// Passes a known form; anything else is unknown, since a column's word may stand for it.
  static func check(_ value: inout Value) -> Verdict {
    let text = value.folded
    value.normal.append(contentsOf: text)
    if schemes.contains(where: { text.starts(with: $0) }) && text.count >= 20 {
      return Verdict(.pass, evidence: .format)
    }
    // MD5, SHA-1, SHA-224, SHA-256, SHA-384, SHA-512 in hexadecimal.
    let isHex = text.allSatisfy { isDigit($0) || ($0 | 0x20) &- 0x61 < 6 }
    if isHex && [32, 40, 56, 64, 96, 128].contains(text.count) {
      return Verdict(.pass, evidence: .format)
    }
    return Verdict(.unknown, weight: -10)
  }

  /// bcrypt, argon2, scrypt, yescrypt, MD5, SHA-2 and PBKDF2 crypts; LDAP; Django.
  private static let schemes: [[UInt8]] = [
    "$2a$", "$2b$", "$2y$", "$argon2", "$scrypt$", "$7$", "$y$", "$1$", "$5$", "$6$", "$apr1$",
    "$P$", "$H$", "{SSHA", "{SHA", "{CRYPT}", "{MD5}", "pbkdf2_", "bcrypt$", "sha1$", "sha256$",
  ].map { Array($0.utf8) }
}
