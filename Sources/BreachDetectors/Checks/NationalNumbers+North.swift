internal import BreachBytes
internal import BreachModel

extension NationalNumbers {
  /// Northern and eastern Europe; nil for other checks.
  static func northAndEast(_ check: CheckName, _ n: Span<UInt8>, _ text: Span<UInt8>) -> Verdict? {
    switch check {
    case .sePNR: sweden(n)
    case .fiHETU: finland(text)
    case .noFNR: norway(n)
    case .dkCPR: denmark(n)
    case .isKT: iceland(n)
    case .plPESEL: poland(n)
    case .czRC: czechia(n)
    case .roCNP: romania(n)
    case .bgEGN: bulgaria(n)
    case .hrOIB: has(n, "99999999999") ? strict(CheckDigits.mod11And10(n)) : .fail
    case .eeIK: baltic(n)
    case .rsJMBG: yugoslavia(n)
    case .ruSNILS: snils(n)
    case .ruINN: inn(n)
    case .uaRNOKPP: ukraine(n)
    case .kzIIN: kazakhstan(n)
    default: nil
    }
  }

  /// Skatteverket: birth date (day + 60 for coordination numbers), Luhn over the last ten digits.
  private static func sweden(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "9999999999") || has(n, "999999999999") else { return .fail }
    let start = n.count - 10
    if start == 2, ![18, 19, 20].contains(number(n, 0..<2)) { return .fail }
    let day = number(n, start + 4..<start + 6)
    guard
      isShortDate(
        number(n, start..<start + 2),
        number(n, start + 2..<start + 4),
        day > 60 ? day - 60 : day
      )
    else { return .fail }
    return strict(CheckDigits.luhn(n, from: start))
  }

  /// Digital and Population Data Services Agency: birth date, century sign, serial, modulo 31.
  private static func finland(_ text: Span<UInt8>) -> Verdict {
    guard text.count == 11 else { return .fail }
    let century = text[6] >= 0x61 ? text[6] & 0xDF : text[6]
    guard "+-YXWVUABCDEF".utf8.contains(century) else { return .fail }
    for index in 0..<10 where index != 6 && !isDigit(text[index]) { return .fail }
    guard isShortDate(number(text, 4..<6), number(text, 2..<4), number(text, 0..<2)) else {
      return .fail
    }
    let value = number(text, 0..<6) * 1000 + number(text, 7..<10)
    let last = isLetter(text[10]) ? text[10] & 0xDF : text[10]
    return strict(last == character("0123456789ABCDEFHJKLMNPRSTUVWXY", value % 31))
  }

  /// Skatteetaten: birth date (day + 40 for D-numbers), two check digits modulo 11.
  private static func norway(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "99999999999") else { return .fail }
    let (day, month) = (number(n, 0..<2), number(n, 2..<4))
    guard isShortDate(number(n, 4..<6), month > 40 ? month - 40 : month, day > 40 ? day - 40 : day)
    else { return .fail }
    let first = (11 - sum(n, [3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11) % 11
    let second = (11 - sum(n, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11
    return strict(first == digit(n, 9) && second == digit(n, 10))
  }

  /// CPR-kontoret: birth date, serial; since 2007 numbers need not pass the test of eleven.
  private static func denmark(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "9999999999"),
      isShortDate(number(n, 4..<6), number(n, 2..<4), number(n, 0..<2))
    else { return .fail }
    let holds = sum(n, [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0
    return holds ? passed : Verdict(.unknown, evidence: .format, weight: -5)
  }

  /// Þjóðskrá: birth date, two digits, check digit modulo 11, century 8, 9 or 0.
  private static func iceland(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "9999999999"), [0, 8, 9].contains(digit(n, 9)),
      isShortDate(number(n, 4..<6), number(n, 2..<4), number(n, 0..<2))
    else { return .fail }
    return strict((11 - sum(n, [3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11 == digit(n, 8))
  }

  /// Ministry of Digital Affairs: birth date with the century in the month, weights 1 3 7 9.
  private static func poland(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "99999999999") else { return .fail }
    let month = number(n, 2..<4)
    guard isShortDate(number(n, 0..<2), month % 20, number(n, 4..<6)) else { return .fail }
    return strict((10 - sum(n, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10) % 10 == digit(n, 10))
  }

  /// Act 133/2000: birth date (month + 50 for women, + 20 where numbers ran out), divisible by 11.
  private static func czechia(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "9999999999") else { return .fail }
    var month = number(n, 2..<4)
    if month > 50 { month -= 50 }
    if month > 20 { month -= 20 }
    guard isShortDate(number(n, 0..<2), month, number(n, 4..<6)) else { return .fail }
    let (first, check) = (number(n, 0..<9), digit(n, 9))
    return strict(first % 11 % 10 == check)
  }

  /// Law 105/1996: sex and century, birth date, county, weights 279146358279 modulo 11.
  private static func romania(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "9999999999999"), n[0] != 0x30,
      isShortDate(number(n, 1..<3), number(n, 3..<5), number(n, 5..<7))
    else { return .fail }
    let rest = sum(n, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11
    return strict((rest == 10 ? 1 : rest) == digit(n, 12))
  }

  /// GRAO: birth date with the century in the month, weights 2 4 8 5 10 9 7 3 6 modulo 11.
  private static func bulgaria(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "9999999999") else { return .fail }
    let month = number(n, 2..<4)
    guard isShortDate(number(n, 0..<2), month % 20, number(n, 4..<6)) else { return .fail }
    return strict(sum(n, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == digit(n, 9))
  }

  /// Estonia and Lithuania: sex and century, birth date, two sets of weights modulo 11.
  private static func baltic(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "99999999999"), (1...8).contains(digit(n, 0)),
      isShortDate(number(n, 1..<3), number(n, 3..<5), number(n, 5..<7))
    else { return .fail }
    var rest = sum(n, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11
    if rest == 10 { rest = sum(n, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11 }
    return strict(rest % 10 == digit(n, 10))
  }

  /// The successors of Yugoslavia: birth date with three digits of the year, region, modulo 11.
  private static func yugoslavia(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "9999999999999") else { return .fail }
    let year = number(n, 4..<7)
    guard isDate(year >= 800 ? 1000 + year : 2000 + year, number(n, 2..<4), number(n, 0..<2)) else {
      return .fail
    }
    let rest = 11 - sum(n, [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
    return strict((rest >= 10 ? 0 : rest) == digit(n, 12))
  }

  /// Pension Fund of Russia: weights 9–1, modulo 101.
  private static func snils(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "99999999999"), number(n, 0..<9) > 1_001_998 else { return .fail }
    let check = sum(n, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100
    return strict(check == number(n, 9..<11))
  }

  /// Federal Tax Service of Russia: twelve digits are a person's, two check digits modulo 11.
  private static func inn(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "999999999999"), number(n, 0..<2) > 0 else { return .fail }
    let first = sum(n, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10
    let second = sum(n, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10
    return strict(first == digit(n, 10) && second == digit(n, 11))
  }

  /// State Tax Service of Ukraine: days since 1899-12-31, serial, modulo 11.
  private static func ukraine(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "9999999999"), (5_000...47_000).contains(number(n, 0..<5)) else { return .fail }
    let rest = (sum(n, [-1, 5, 7, 9, 4, 6, 10, 5, 7]) % 11 + 11) % 11 % 10
    return strict(rest == digit(n, 9))
  }

  /// Ministry of Justice of Kazakhstan: birth date, century and sex, two sets of weights modulo 11.
  private static func kazakhstan(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "999999999999"), (1...6).contains(digit(n, 6)),
      isShortDate(number(n, 0..<2), number(n, 2..<4), number(n, 4..<6))
    else { return .fail }
    var rest = sum(n, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) % 11
    if rest == 10 { rest = sum(n, [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) % 11 }
    return strict(rest != 10 && rest == digit(n, 11))
  }
}
