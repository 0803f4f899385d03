internal import BreachBytes
internal import BreachModel

extension NationalNumbers {
  /// Western and southern Europe; nil for other checks.
  static func europe(_ check: CheckName, _ n: Span<UInt8>, _ text: Span<UInt8>) -> Verdict? {
    switch check {
    case .deIDNr: taxIdentification(n)
    case .deSVNR: pensionInsurance(n)
    case .frNIR: socialInsurance(n)
    case .esDNI: identityLetter(n)
    case .itCF: fiscalCode(n)
    case .ptNIF: portugal(n)
    case .nlBSN: has(n, "999999999") ? strict(citizenService(n)) : .fail
    case .beRRN: belgium(n)
    case .chAHV: has(n, "7569999999999") ? strict(oldAge(n)) : .fail
    case .atSVNR: austria(n)
    case .grAMKA:
      has(n, "99999999999") && isShortDate(number(n, 4..<6), number(n, 2..<4), number(n, 0..<2))
        ? strict(CheckDigits.luhn(n)) : .fail
    default: nil
    }
  }

  /// Bundeszentralamt für Steuern: among the first ten digits one comes twice or three times, ISO
  /// 7064 MOD 11,10.
  private static func taxIdentification(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "99999999999"), n[0] != 0x30 else { return .fail }
    var counts = [Int](repeating: 0, count: 10)
    for index in 0..<10 { counts[digit(n, index)] += 1 }
    guard counts.filter({ $0 == 0 }).count >= 1, counts.filter({ $0 > 1 }).count == 1,
      counts.allSatisfy({ $0 <= 3 })
    else { return .fail }
    return strict(CheckDigits.mod11And10(n))
  }

  /// Deutsche Rentenversicherung, VKVV § 2: area, birth date, letter, serial, modulo 10.
  private static func pensionInsurance(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "99999999A999") else { return .fail }
    let day = number(n, 2..<4)
    guard (1...31).contains(day > 50 ? day - 50 : day), (1...12).contains(number(n, 4..<6)) else {
      return .fail
    }
    let letter = digit(n, 8) - 9
    let digits =
      (0..<8).map { digit(n, $0) } + [letter / 10, letter % 10] + (9..<11).map { digit(n, $0) }
    var sum = 0
    for (value, weight) in zip(digits, [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) {
      sum += value * weight / 10 + value * weight % 10
    }
    return strict(sum % 10 == digit(n, 11))
  }

  /// INSEE: sex, year, month, place, order, and 97 less the remainder; 2A and 2B are Corsica.
  private static func socialInsurance(_ n: Span<UInt8>) -> Verdict {
    guard n.count == 15, has(n, "99999**99999999"), [1, 2, 3, 4, 7, 8].contains(digit(n, 0)),
      isDigit(n[5])
    else { return .fail }
    switch number(n, 3..<5) {
    case 1...12, 20...42, 50...99: break
    default: return .fail
    }
    var offset = 0
    if !isDigit(n[6]) {
      guard n[5] == 0x32, n[6] == 0x41 || n[6] == 0x42 else { return .fail }
      // 2A counts as 19, 2B as 18.
      offset = n[6] == 0x41 ? 1_000_000 : 2_000_000
    }
    var rest = 0
    for index in 0..<13 { rest = rest * 10 + (isDigit(n[index]) ? digit(n, index) : 0) }
    return strict(97 - (rest - offset) % 97 == number(n, 13..<15))
  }

  /// Ministerio del Interior: modulo 23; X, Y, Z of a foreigner count 0, 1, 2.
  private static func identityLetter(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "99999999A") || has(n, "A9999999A") else { return .fail }
    var value = number(n, 1..<8)
    switch n[0] {
    case 0x30...0x39: value += digit(n, 0) * 10_000_000
    case 0x58...0x5A: value += Int(n[0] - 0x58) * 10_000_000
    default: return .fail
    }
    guard n[8] == character("TRWAGMYFPDXBNJZSQVHLCKE", value % 23) else { return .fail }
    return Verdict(.pass, evidence: .checksum, isSample: value == 0 || value == 12_345_678)
  }

  /// DM 23 December 1976: names, birth date (day + 40 for women), place, check letter; digits may be
  /// letters where two persons would share a code.
  private static func fiscalCode(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "AAAAAA**A**A***A") else { return .fail }
    var digits: [Int] = []
    for index in [6, 7, 9, 10, 12, 13, 14] {
      guard isDigit(n[index]) || letter(n, index, in: "LMNPQRSTUV") else { return .fail }
      let stand = "LMNPQRSTUV".utf8.enumerated().first { $0.element == n[index] }?.offset ?? 0
      digits.append(isDigit(n[index]) ? digit(n, index) : stand)
    }
    guard letter(n, 8, in: "ABCDEHLMPRST") else { return .fail }
    let day = digits[2] * 10 + digits[3]
    guard (1...31).contains(day > 40 ? day - 40 : day) else { return .fail }
    let odd = [
      1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
    ]
    var sum = 0
    for index in 0..<15 {
      let value = isDigit(n[index]) ? digit(n, index) : digit(n, index) - 10
      sum += index % 2 == 0 ? odd[value] : value
    }
    return strict(n[15] == UInt8(0x41 + sum % 26))
  }

  /// Autoridade Tributária: modulo 11; 1, 2, 3 and 45 are persons.
  private static func portugal(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "999999999"), (1...3).contains(digit(n, 0)) || number(n, 0..<2) == 45 else {
      return .fail
    }
    let rest = 11 - sum(n, [9, 8, 7, 6, 5, 4, 3, 2]) % 11
    return strict((rest >= 10 ? 0 : rest) == digit(n, 8))
  }

  /// Rijksdienst voor Identiteitsgegevens: the test of eleven with −1 at the end.
  private static func citizenService(_ n: Span<UInt8>) -> Bool {
    let sum = sum(n, [9, 8, 7, 6, 5, 4, 3, 2, -1])
    return sum % 11 == 0 && sum != 0
  }

  /// Rijksregister: birth date, order, 97 less the remainder; with 2 in front from 2000 on.
  private static func belgium(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "99999999999") else { return .fail }
    let month = number(n, 2..<4)
    // Month + 20 or + 40: numbers of persons outside the register; day 00: unknown.
    guard (0...12).contains(month % 20), month < 60, number(n, 4..<6) <= 31 else { return .fail }
    let (first, check) = (number(n, 0..<9), number(n, 9..<11))
    return strict(97 - first % 97 == check || 97 - (2_000_000_000 + first) % 97 == check)
  }

  /// ZAS: EAN-13 over a number that begins with the country.
  private static func oldAge(_ n: Span<UInt8>) -> Bool {
    let sum = sum(n, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3])
    return (10 - sum % 10) % 10 == digit(n, 12)
  }

  /// Hauptverband: serial of three, check digit, birth date; modulo 11.
  private static func austria(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "9999999999"), n[0] != 0x30, (1...31).contains(number(n, 4..<6)),
      // Months 13–15 where a day has run out of numbers.
      (1...15).contains(number(n, 6..<8))
    else { return .fail }
    return strict(sum(n, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 == digit(n, 3))
  }
}
