internal import BreachBytes
internal import BreachModel

/// Passwords, tokens and other secrets.
enum SecretChecks {
  /// Anything that is there and not masked: `********` and `[FILTERED]` give nothing away.
  static func secret(_ text: Span<UInt8>, _ words: WordLists) -> Verdict {
    if words.isEmptyWord(text) { return .fail }
    // A dozen characters beyond ASCII are a sentence about secrets.
    if text.count >= 36 {
      for index in text.indices where text[index] >= 0x80 { return .fail }
    }
    return .plain(.unknown)
  }

  /// A token: a known prefix of a known issuer, a JSON Web Token, a private key; else anything long
  /// enough without blanks.
  static func token(_ text: Span<UInt8>, _ words: WordLists) -> Verdict {
    guard text.count >= 8, text.count <= 16_384, !words.isEmptyWord(text) else { return .fail }
    if isWebToken(text) || words.keyMarks.occurs(in: text) {
      return .plain(.pass, evidence: .format)
    }
    for index in text.indices where text[index] <= 0x20 || text[index] >= 0x7F {
      return .fail
    }
    for prefix in words.tokenPrefixes where begins(text, with: prefix) && text.count >= 16 {
      return .plain(.pass, evidence: .issuer)
    }
    return .plain(.unknown, weight: text.count >= 16 ? 0 : -15)
  }

  private static func begins(_ text: Span<UInt8>, with prefix: [UInt8]) -> Bool {
    guard text.count > prefix.count else { return false }
    for index in prefix.indices where text[index] != prefix[index] { return false }
    return true
  }

  /// RFC 7519: `eyJ…`, three parts in base64url, the last perhaps empty.
  private static func isWebToken(_ text: Span<UInt8>) -> Bool {
    guard text.count >= 20, text[0] == 0x65, text[1] == 0x79, text[2] == 0x4A else { return false }
    var dots = 0
    for index in text.indices {
      if text[index] == 0x2E {
        dots += 1
      } else if !isAlphanumeric(text[index]) && text[index] != 0x2D && text[index] != 0x5F {
        return false
      }
    }
    return dots == 2
  }
}
