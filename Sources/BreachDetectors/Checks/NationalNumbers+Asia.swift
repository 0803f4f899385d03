internal import BreachBytes
internal import BreachModel

extension NationalNumbers {
  /// Asia and the Near East; nil for other checks.
  static func asia(_ check: CheckName, _ n: Span<UInt8>) -> Verdict? {
    switch check {
    case .cnRIC: residentIdentity(n)
    case .krRRN: residentRegistration(n, foreigners: false)
    case .krFRN: residentRegistration(n, foreigners: true)
    case .twID: taiwan(n)
    case .hkHKID: hongKong(n)
    case .sgNRIC: singapore(n)
    case .myNRIC: malaysia(n)
    case .thID: thailand(n)
    case .idNIK: indonesia(n)
    case .vnCCCD: vietnam(n)
    case .inAadhaar:
      has(n, "999999999999") && n[0] >= 0x32 ? strict(CheckDigits.verhoeff(n)) : .fail
    case .inPAN:
      // Income Tax Department: the fourth letter is P for a person; no public check letter.
      has(n, "AAAP*9999A") && isLetter(n[4]) ? shaped : .fail
    case .pkCNIC: has(n, "9999999999999") && (0x31...0x37).contains(n[0]) ? shaped : .fail
    case .ilID: has(n, "999999999") ? strict(CheckDigits.luhn(n)) : .fail
    case .trTCKN: turkey(n)
    case .aeID: has(n, "784999999999999") ? lenient(CheckDigits.luhn(n)) : .fail
    case .saID:
      has(n, "9999999999") && (n[0] == 0x31 || n[0] == 0x32) ? strict(CheckDigits.luhn(n)) : .fail
    default: nil
    }
  }

  /// GB 11643-1999: area, birth date, serial, ISO 7064 MOD 11-2.
  private static func residentIdentity(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "99999999999999999*"), isDigit(n[17]) || n[17] == 0x58 else { return .fail }
    let year = number(n, 6..<10)
    guard (1880...2099).contains(year), isDate(year, number(n, 10..<12), number(n, 12..<14)) else {
      return .fail
    }
    switch number(n, 0..<2) {
    case 11...15, 21...23, 31...37, 41...46, 50...54, 61...65, 71, 81...83, 91: break
    default: return .fail
    }
    let sum = sum(n, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
    return strict(n[17] == character("10X98765432", sum % 11))
  }

  /// Ministry of the Interior and Safety: birth date, century and sex, modulo 11; numbers given out
  /// since October 2020 end at random.
  private static func residentRegistration(_ n: Span<UInt8>, foreigners: Bool) -> Verdict {
    guard has(n, "9999999999999"),
      isShortDate(number(n, 0..<2), number(n, 2..<4), number(n, 4..<6))
    else { return .fail }
    guard foreigners ? (5...8).contains(digit(n, 6)) : ![5, 6, 7, 8].contains(digit(n, 6)) else {
      return .fail
    }
    let rest = 11 - sum(n, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11
    return lenient((rest + (foreigners ? 2 : 0)) % 10 == digit(n, 12) || rest % 10 == digit(n, 12))
  }

  /// Ministry of the Interior: a letter for the place, sex (8, 9 for foreigners), modulo 10.
  private static func taiwan(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "A999999999"), [1, 2, 8, 9].contains(digit(n, 1)) else { return .fail }
    // The letters in the order of their numbers, from 10 on.
    let order = "ABCDEFGHJKLMNPQRSTUVXYWZIO".utf8
    guard let place = order.enumerated().first(where: { $0.element == n[0] })?.offset else {
      return .fail
    }
    let code = place + 10
    let sum = code / 10 + code % 10 * 9 + sum(n, [8, 7, 6, 5, 4, 3, 2, 1, 1], from: 1)
    return strict(sum % 10 == 0)
  }

  /// Immigration Department: one or two letters, six digits, modulo 11 with A for 10.
  private static func hongKong(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "A999999*") || has(n, "AA999999*") else { return .fail }
    let last = n.count - 1
    guard isDigit(n[last]) || n[last] == 0x41 else { return .fail }
    // A missing first letter counts 36.
    var sum = n.count == 8 ? 36 * 9 : digit(n, 0) * 9
    for index in 0..<8 { sum += digit(n, n.count - 8 + index) * (8 - index) }
    return strict(sum % 11 == 0)
  }

  /// ICA: modulo 11 with a letter by series; the table of the M series (2022) is not published.
  private static func singapore(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "A9999999A") else { return .fail }
    let sum = sum(n, [2, 7, 6, 5, 4, 3, 2], from: 1)
    switch n[0] {
    case 0x53: return strict(n[8] == character("JZIHGFEDCBA", sum % 11))
    case 0x54: return strict(n[8] == character("JZIHGFEDCBA", (sum + 4) % 11))
    case 0x46: return strict(n[8] == character("XWUTRQPNMLK", sum % 11))
    case 0x47: return strict(n[8] == character("XWUTRQPNMLK", (sum + 4) % 11))
    case 0x4D: return lenient(n[8] == character("KLJNPQRTUWX", 10 - (sum + 3) % 11))
    default: return .fail
    }
  }

  /// JPN: birth date, place of birth, serial; no check digit.
  private static func malaysia(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "999999999999"),
      isShortDate(number(n, 0..<2), number(n, 2..<4), number(n, 4..<6))
    else { return .fail }
    switch number(n, 6..<8) {
    case 0, 17...20, 69, 70, 73, 80, 81, 94...97: return .fail
    default: return shaped
    }
  }

  /// Department of Provincial Administration: modulo 11 with weights 13–2.
  private static func thailand(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "9999999999999"), n[0] != 0x30, n[0] != 0x39 else { return .fail }
    let sum = sum(n, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2])
    return strict((11 - sum % 11) % 10 == digit(n, 12))
  }

  /// Dukcapil: region, birth date (day + 40 for women), serial; no check digit.
  private static func indonesia(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "9999999999999999") else { return .fail }
    switch number(n, 0..<2) {
    case 11...19, 21, 31...36, 51...53, 61...65, 71...76, 81, 82, 91...97: break
    default: return .fail
    }
    let day = number(n, 6..<8)
    guard isShortDate(number(n, 10..<12), number(n, 8..<10), day > 40 ? day - 40 : day),
      number(n, 2..<4) > 0, number(n, 12..<16) > 0
    else { return .fail }
    return shaped
  }

  /// Decree 137/2015: province 001–096, century and sex, year, serial; no check digit.
  private static func vietnam(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "999999999999"), (1...96).contains(number(n, 0..<3)), n[3] <= 0x33 else {
      return .fail
    }
    return shaped
  }

  /// NVİ: two check digits modulo 10.
  private static func turkey(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "99999999999"), n[0] != 0x30 else { return .fail }
    let odd = sum(n, [1, 0, 1, 0, 1, 0, 1, 0, 1])
    let even = sum(n, [0, 1, 0, 1, 0, 1, 0, 1])
    let tenth = ((odd * 7 - even) % 10 + 10) % 10
    return strict(tenth == digit(n, 9) && (odd + even + tenth) % 10 == digit(n, 10))
  }
}
