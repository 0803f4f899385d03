internal import BreachBytes
internal import BreachModel

extension NationalNumbers {
  /// The Americas, Britain, Ireland and the south; nil for other checks.
  static func americas(_ check: CheckName, _ n: Span<UInt8>) -> Verdict? {
    switch check {
    case .usSSN: socialSecurity(n)
    case .usITIN: taxpayer(n)
    case .caSIN: has(n, "999999999") && n[0] != 0x30 ? strict(CheckDigits.luhn(n)) : .fail
    case .brCPF: has(n, "99999999999") ? strict(cpf(n)) : .fail
    case .mxCURP: curp(n)
    case .clRUT: rut(n)
    case .arCUIT: cuit(n)
    case .gbNINO: insuranceNumber(n)
    case .gbNHS: has(n, "9999999999") ? strict(nhs(n)) : .fail
    case .iePPS: pps(n)
    case .auTFN: taxFile(n)
    case .auMedicare: medicare(n)
    case .nzIRD: inlandRevenue(n)
    case .zaID: southAfrica(n)
    default: nil
    }
  }

  /// SSA: area not 000, 666 or 9…, group not 00, serial not 0000; no check digit.
  private static func socialSecurity(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "999999999") else { return .fail }
    let (area, group, serial) = (number(n, 0..<3), number(n, 3..<5), number(n, 5..<9))
    guard area != 0, area != 666, area < 900, group != 0, serial != 0 else { return .fail }
    // Printed on cards in wallets and in advertisements, and the number of manuals.
    let isSample = [78_051_120, 219_099_999, 123_456_789].contains(number(n, 0..<9))
    return Verdict(.unknown, evidence: .format, isSample: isSample)
  }

  /// IRS: 9…, fourth and fifth digit 50–65, 70–88, 90–92, 94–99; no check digit.
  private static func taxpayer(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "999999999"), n[0] == 0x39 else { return .fail }
    switch number(n, 3..<5) {
    case 50...65, 70...88, 90...92, 94...99: return shaped
    default: return .fail
    }
  }

  /// Receita Federal: two check digits modulo 11.
  private static func cpf(_ n: Span<UInt8>) -> Bool {
    let first = sum(n, [10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10 % 11 % 10
    let second = sum(n, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10 % 11 % 10
    return first == digit(n, 9) && second == digit(n, 10)
  }

  /// RENAPO: names, birth date, sex, state, and a check digit modulo 10 with Ñ behind N.
  private static func curp(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "AAAA999999AAAAAA*9"), letter(n, 10, in: "HMX"),
      isShortDate(number(n, 4..<6), number(n, 6..<8), number(n, 8..<10))
    else { return .fail }
    var sum = 0
    for index in 0..<17 {
      let value = digit(n, index)
      // Ñ has the value 24: letters from O on have one more.
      sum += (value >= 24 ? value + 1 : value) * (18 - index)
    }
    return strict((10 - sum % 10) % 10 == digit(n, 17))
  }

  /// Servicio de Registro Civil: modulo 11 with weights 2–7 from the right, K for 10.
  private static func rut(_ n: Span<UInt8>) -> Verdict {
    guard n.count == 8 || n.count == 9 else { return .fail }
    let last = n.count - 1
    for index in 0..<last where !isDigit(n[index]) { return .fail }
    // From 50 million on they are companies'.
    guard n[0] != 0x30, number(n, 0..<last) < 50_000_000 else { return .fail }
    var sum = 0
    for index in 0..<last { sum += digit(n, last - 1 - index) * (2 + index % 6) }
    let rest = (11 - sum % 11) % 11
    return strict(n[last] == (rest == 10 ? 0x4B : UInt8(0x30 + rest)))
  }

  /// AFIP: modulo 11; 20, 23, 24 and 27 are persons.
  private static func cuit(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "99999999999"), [20, 23, 24, 27].contains(number(n, 0..<2)) else { return .fail }
    let rest = (11 - sum(n, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11
    return strict((rest == 10 ? 9 : rest) == digit(n, 10))
  }

  /// HMRC: two letters of which some are never used, six digits, A–D; no check digit.
  private static func insuranceNumber(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "AA999999A") || has(n, "AA999999"), !letter(n, 0, in: "DFIQUV"),
      !letter(n, 1, in: "DFIOQUV"), n.count == 8 || letter(n, 8, in: "ABCD")
    else { return .fail }
    switch (n[0], n[1]) {
    // BG GB KN NK NT TN ZZ
    case (0x42, 0x47), (0x47, 0x42), (0x4B, 0x4E), (0x4E, 0x4B), (0x4E, 0x54), (0x54, 0x4E),
      (0x5A, 0x5A):
      return .fail
    default:
      return Verdict(.unknown, evidence: .format, weight: n.count == 8 ? -15 : 0)
    }
  }

  /// NHS Data Dictionary: modulo 11 with weights 10–2.
  private static func nhs(_ n: Span<UInt8>) -> Bool {
    let rest = 11 - sum(n, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11
    return rest % 11 == digit(n, 9) && rest != 10
  }

  /// Department of Social Protection: modulo 23 with weights 8–2, the second letter times 9.
  private static func pps(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "9999999A") || has(n, "9999999AA") else { return .fail }
    var sum = sum(n, [8, 7, 6, 5, 4, 3, 2])
    if n.count == 9, n[8] != 0x57 { sum += (digit(n, 8) - 9) * 9 }
    return strict(n[7] == character("WABCDEFGHIJKLMNOPQRSTUV", sum % 23))
  }

  /// ATO: modulo 11 with weights 1 4 3 7 5 8 6 9 10; older numbers have eight digits.
  private static func taxFile(_ n: Span<UInt8>) -> Verdict {
    if has(n, "999999999") { return strict(sum(n, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 == 0) }
    guard has(n, "99999999") else { return .fail }
    return strict(sum(n, [10, 7, 8, 4, 6, 3, 5, 1]) % 11 == 0)
  }

  /// Services Australia: first digit 2–6, the ninth checks eight with weights 1 3 7 9.
  private static func medicare(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "9999999999") || has(n, "99999999999"), (0x32...0x36).contains(n[0]) else {
      return .fail
    }
    return strict(sum(n, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 == digit(n, 8))
  }

  /// Inland Revenue: modulo 11, a second set of weights where the first gives 10.
  private static func inlandRevenue(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "99999999") || has(n, "999999999") else { return .fail }
    let all = number(n, 0..<n.count)
    guard (10_000_000...150_000_000).contains(all) else { return .fail }
    var digits = [0, 0, 0, 0, 0, 0, 0, 0]
    var rest = all / 10
    for index in (0..<8).reversed() {
      digits[index] = rest % 10
      rest /= 10
    }
    for weights in [[3, 2, 7, 6, 5, 4, 3, 2], [7, 4, 3, 2, 5, 2, 7, 6]] {
      let sum = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
      let check = (11 - sum % 11) % 11
      if check != 10 { return strict(check == all % 10) }
    }
    return .fail
  }

  /// Department of Home Affairs: birth date, citizenship 0–2, Luhn.
  private static func southAfrica(_ n: Span<UInt8>) -> Verdict {
    guard has(n, "9999999999999"), n[10] <= 0x32,
      isShortDate(number(n, 0..<2), number(n, 2..<4), number(n, 4..<6))
    else { return .fail }
    return strict(CheckDigits.luhn(n))
  }
}
