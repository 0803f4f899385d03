internal import BreachModel

/// Password hashes by their written form: modular crypt format, LDAP schemes, bare hexadecimal.
enum HashCheck {
  /// Passes a known form; anything else is unknown, since a column's word may stand for it.
  ///
  /// A few digits are no hash: the shortest, those of DES, have thirteen characters.
  static func check(_ text: Span<UInt8>) -> Verdict {
    if text.count < 8, isNumber(text) { return .fail }
    if hasScheme(text) { return .plain(.pass, evidence: .format) }
    switch text.count {
    // MD5, SHA-1, SHA-224, SHA-256, SHA-384, SHA-512 in hexadecimal.
    case 32, 40, 56, 64, 96, 128:
      if isHexadecimal(text) { return .plain(.pass, evidence: .format) }
    default: break
    }
    return .plain(.unknown, weight: -10)
  }

  private static func isHexadecimal(_ text: Span<UInt8>) -> Bool {
    for index in text.indices where !isDigit(text[index]) && (text[index] | 0x20) &- 0x61 >= 6 {
      return false
    }
    return true
  }

  /// The value begins as password hashes alone do: not bare hexadecimal.
  static func hasScheme(_ text: Span<UInt8>) -> Bool {
    guard text.count >= 20 else { return false }
    // All of them begin with one of these.
    switch text[0] {
    // MySQL 4.1: * and forty hexadecimal digits
    case 0x2A: return text.count == 41 && isHexadecimal(text.extracting(1..<41))
    case 0x24, 0x7B, 0x70, 0x62, 0x73, 0x61: break
    default: return false
    }
    next: for scheme in schemes where text.count >= scheme.count {
      for index in scheme.indices where text[index] != scheme[index] { continue next }
      return true
    }
    return false
  }

  /// bcrypt, argon2, scrypt, yescrypt, MD5, SHA-2 and PBKDF2 crypts; LDAP; Django.
  private static let schemes: [[UInt8]] = [
    "$2a$", "$2b$", "$2y$", "$argon2", "$scrypt$", "$7$", "$y$", "$1$", "$5$", "$6$", "$apr1$",
    "$P$", "$H$", "{SSHA", "{SHA", "{CRYPT}", "{MD5}", "{SMD5}", "{PBKDF2", "{bcrypt}", "pbkdf2_",
    "pbkdf2:", "$pbkdf2", "bcrypt$", "bcrypt_sha256$", "sha1$", "sha256$", "scrypt:", "scrypt$",
    "argon2$", "$gy$", "$sha1$", "$md5", "$2x$",
  ].map { Array($0.utf8) }
}
