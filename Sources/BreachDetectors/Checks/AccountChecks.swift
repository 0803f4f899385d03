internal import BreachBytes
internal import BreachModel

/// Accounts at banks.
enum AccountChecks {
  /// IBAN (ISO 13616): country, its length, MOD 97-10 with the first four characters at the end.
  static func iban(_ text: Span<UInt8>, _ normal: inout ByteBuffer, _ words: WordLists) -> Verdict {
    guard text.count <= 48, NationalNumbers.compact(text, &normal) else { return .fail }
    let n = normal.span
    guard n.count >= 15, n.count <= 34, isLetter(n[0]), isLetter(n[1]), isDigit(n[2]),
      isDigit(n[3]), CheckDigits.mod97(n, from: 4) == 1
    else { return .fail }
    switch words.ibanLength(n[0], n[1]) {
    case n.count?: return Verdict(.pass, evidence: .checksum | .issuer)
    case .some: return .fail
    // Of a country that joined later.
    case nil: return Verdict(.unknown, evidence: .checksum, weight: -20)
    }
  }

  /// A number of an account, alone or behind the numbers of its bank and branch.
  ///
  /// Japan: bank (4), branch (3), account (7), and ゆうちょ 記号 (5) and 番号 (6–8); the United States:
  /// routing number (9, ABA check digit) and account; Britain: sort code (6) and account (8). No
  /// account number alone has a public check digit.
  static func account(_ text: Span<UInt8>, _ normal: inout ByteBuffer, _ words: WordLists)
    -> Verdict
  {
    // Kinds of account and the names of bank and branch may stand before it; its number comes last.
    guard text.count <= 64 else { return .fail }
    normal.clear()
    var groups: [Int] = []
    var run = 0
    for index in text.indices {
      if isDigit(text[index]) {
        normal.append(text[index])
        run += 1
      } else {
        if run > 0 { groups.append(run) }
        run = 0
        switch text[index] {
        case 0x20, 0x2D, 0x2E, 0x2F, 0x3A: continue
        // Nothing but digits and marks is a number of no bank's.
        default: return .fail
        }
      }
    }
    if run > 0 { groups.append(run) }
    let n = normal.span
    guard n.count >= 4, n.count <= 26 else { return .fail }
    return grouped(n, groups, words) ?? single(n)
  }

  /// What its groups say; nil when they are none of the known.
  private static func grouped(_ n: Span<UInt8>, _ groups: [Int], _ words: WordLists) -> Verdict? {
    switch (groups.count, groups.first ?? 0, groups.last ?? 0) {
    case (3, 4, 7) where groups[1] == 3:
      let known = words.bankCodes.contains(n, 0..<4)
      return Verdict(known ? .pass : .unknown, evidence: known ? .dictionary : .format)
    case (2...3, 5, 6...8) where groups.count == 2 || groups[1] == 1:
      // 記号 of 総合口座 begins with 1 and ends with 0, 番号 ends with 1; of 振替口座 it begins with 0.
      let isSavings = n[0] == 0x31 && n[4] == 0x30 && n[n.count - 1] == 0x31
      return Verdict(isSavings ? .pass : .unknown, evidence: .format)
    case (2, 9, 4...17): return routing(n) ? NationalNumbers.passed : nil
    case (4, 2, 8) where groups[1] == 2 && groups[2] == 2, (2, 6, 8): return NationalNumbers.shaped
    default: return nil
    }
  }

  private static func single(_ n: Span<UInt8>) -> Verdict {
    switch n.count {
    case 6...18: NationalNumbers.shaped
    default: Verdict(.unknown, evidence: .format, weight: -25)
    }
  }

  /// American Bankers Association: weights 3 7 1, and a first pair of digits that is given out.
  static func routing(_ n: Span<UInt8>) -> Bool {
    switch CheckDigits.number(n, 0..<2) {
    case 0...12, 21...32, 61...72, 80: break
    default: return false
    }
    return CheckDigits.sum(n, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 == 0
  }
}
