internal import BreachBytes
internal import BreachModel

/// Numbers of Japanese documents and registers, and of passports.
enum DocumentChecks {
  /// What `check` says of `text`; letters and digits are left in `normal`.
  static func check(_ check: CheckName, _ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Verdict
  {
    if check == .passport, text.count >= 44, let verdict = machineReadable(text, &normal) {
      return verdict
    }
    guard text.count <= 40, NationalNumbers.compact(text, &normal), normal.count >= 4 else {
      return .fail
    }
    let n = normal.span
    return switch check {
    case .driversLicense: license(n)
    case .residentCode: resident(n)
    case .pensionNumber: NationalNumbers.has(n, "9999999999") ? NationalNumbers.shaped : .fail
    case .employmentInsurance: employment(n)
    case .residenceCard: NationalNumbers.has(n, "AA99999999AA") ? NationalNumbers.shaped : .fail
    case .healthInsurance: insurance(n)
    case .passport: passport(n)
    default: .fail
    }
  }

  /// 運転免許証: the commission that gave it out, year, serial, check digit, times lost.
  ///
  /// The formula is not official.
  private static func license(_ n: Span<UInt8>) -> Verdict {
    guard NationalNumbers.has(n, "999999999999") else { return .fail }
    switch CheckDigits.number(n, 0..<2) {
    case 10...14, 20...25, 30, 40...55, 60...65, 70...74, 80...83, 90...97: break
    default: return Verdict(.unknown, evidence: .format, weight: -40)
    }
    let sum = CheckDigits.sum(n, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2])
    return NationalNumbers.lenient((11 - sum % 11) % 10 == CheckDigits.value(n[10]))
  }

  /// 住民票コード: eleven digits, modulo 11; the rule for remainders of 0 and 1 is not published.
  private static func resident(_ n: Span<UInt8>) -> Verdict {
    guard NationalNumbers.has(n, "99999999999") else { return .fail }
    let rest = CheckDigits.sum(n, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
    let check = CheckDigits.value(n[10])
    return NationalNumbers.lenient(rest <= 1 ? check <= 1 : 11 - rest == check)
  }

  /// 雇用保険被保険者番号: 4-6-1; before July 1981 without the check digit.
  private static func employment(_ n: Span<UInt8>) -> Verdict {
    if NationalNumbers.has(n, "99999999999") { return NationalNumbers.shaped }
    return NationalNumbers.has(n, "9999999999")
      ? Verdict(.unknown, evidence: .format, weight: -10) : .fail
  }

  /// 保険者番号 (eight digits, of 国保 six) has a check digit, 被保険者記号・番号 is free.
  private static func insurance(_ n: Span<UInt8>) -> Verdict {
    guard n.count <= 20 else { return .fail }
    var digits = 0
    for index in n.indices where isDigit(n[index]) { digits += 1 }
    guard digits * 2 >= n.count else { return .fail }
    if digits == n.count, n.count == 8 || n.count == 6, CheckDigits.luhn(n) {
      return NationalNumbers.passed
    }
    return NationalNumbers.shaped
  }

  /// ICAO Doc 9303: up to nine letters and digits; what states give out has at least five digits.
  private static func passport(_ n: Span<UInt8>) -> Verdict {
    guard (6...10).contains(n.count) else { return .fail }
    var digits = 0
    for index in n.indices where isDigit(n[index]) { digits += 1 }
    guard digits >= 5 || n.count == 9 && digits >= 3 else { return .fail }
    return NationalNumbers.shaped
  }

  /// The second line of a passport's machine-readable zone (ICAO Doc 9303, part 4); nil when `text`
  /// does not end with one.
  private static func machineReadable(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Verdict? {
    let line = text.extracting(text.count - 44..<text.count)
    for index in line.indices
    where !isDigit(line[index]) && !(0x41...0x5A).contains(line[index]) && line[index] != 0x3C {
      return nil
    }
    guard CheckDigits.icao(line, 0..<9), CheckDigits.icao(line, 13..<19),
      CheckDigits.icao(line, 21..<27)
    else { return nil }
    normal.clear()
    for index in 0..<9 where line[index] != 0x3C { normal.append(line[index]) }
    return NationalNumbers.passed
  }
}
