internal import BreachBytes
internal import BreachModel

/// Checks of numbers that carry a check digit.
enum NumberChecks {
  /// Leaves the digits of `value.folded` in `value.normal`; false when anything but digits and
  /// single separators is there.
  static func digits(_ value: inout Value) -> Bool {
    value.normal.removeAll(keepingCapacity: true)
    var lastWasDigit = false
    for byte in value.folded {
      if isDigit(byte) {
        value.normal.append(byte)
        lastWasDigit = true
      } else {
        guard lastWasDigit, byte == 0x2D || byte == 0x20 || byte == 0x2E else { return false }
        lastWasDigit = false
      }
    }
    return lastWasDigit
  }

  /// Payment card: issuer's prefix and length, then Luhn (ISO/IEC 7812-1, annex B).
  static func card(_ value: inout Value, _ words: WordLists) -> Verdict {
    guard digits(&value) else { return .fail }
    let number = value.normal
    guard (12...19).contains(number.count), luhn(number) else { return .fail }
    guard number.contains(where: { $0 != number[0] }) else { return .fail }
    let known = CardIssuers.accepts(number)
    guard known || number.count >= 14 else { return .fail }
    return Verdict(
      known ? .pass : .unknown, evidence: known ? [.checksum, .issuer] : [.checksum],
      weight: known ? 0 : -25, isSample: words.testCards.contains(number))
  }

  static func luhn(_ digits: [UInt8]) -> Bool {
    var sum = 0
    var double = false
    for byte in digits.reversed() {
      var digit = Int(byte - 0x30)
      if double {
        digit *= 2
        if digit > 9 { digit -= 9 }
      }
      sum += digit
      double.toggle()
    }
    return sum % 10 == 0
  }

  /// 個人番号: 12 digits, check digit by 総務省令第85号 (2014) Art. 5.
  static func myNumber(_ value: inout Value) -> Verdict {
    guard digits(&value), value.normal.count == 12 else { return .fail }
    let digits = value.normal.map { Int($0 - 0x30) }
    guard digits.contains(where: { $0 != digits[0] }) else { return .fail }
    var sum = 0
    for position in 1...11 {
      sum += digits[11 - position] * (position <= 6 ? position + 1 : position - 5)
    }
    let rest = sum % 11
    guard digits[11] == (rest <= 1 ? 0 : 11 - rest) else { return .fail }
    return Verdict(.pass, evidence: .checksum)
  }

  /// 法人番号: 13 digits, the first a check digit (国税庁, 法人番号の指定に関する省令 Art. 2).
  static func corporateNumber(_ value: inout Value) -> Verdict {
    guard digits(&value), value.normal.count == 13 else { return .fail }
    let digits = value.normal.map { Int($0 - 0x30) }
    var sum = 0
    for position in 1...12 { sum += digits[13 - position] * (position % 2 == 1 ? 1 : 2) }
    guard digits[0] == 9 - sum % 9 else { return .fail }
    return Verdict(.pass, evidence: .checksum)
  }
}

/// Which card networks use which prefixes and lengths (public issuer ranges, 2026).
enum CardIssuers {
  private struct Range {
    var low: Int
    var high: Int
    var digits: Int
    var lengths: ClosedRange<Int>
  }

  private static func range(_ low: Int, _ high: Int, _ lengths: ClosedRange<Int>) -> Range {
    Range(low: low, high: high, digits: String(low).count, lengths: lengths)
  }

  private static let ranges: [Range] = [
    range(4, 4, 13...19), range(51, 55, 16...16), range(2221, 2720, 16...16),
    range(34, 34, 15...15), range(37, 37, 15...15), range(3528, 3589, 16...19),
    range(300, 305, 14...19), range(309, 309, 14...19), range(36, 36, 14...19),
    range(38, 39, 14...19), range(6011, 6011, 16...19), range(644, 649, 16...19),
    range(65, 65, 16...19), range(622126, 622925, 16...19), range(62, 62, 16...19),
    range(81, 81, 16...19), range(50, 50, 12...19), range(56, 58, 12...19),
    range(60, 60, 12...19), range(63, 63, 12...19), range(67, 67, 12...19),
    range(2200, 2204, 16...19), range(9792, 9792, 16...16),
  ]

  static func accepts(_ number: [UInt8]) -> Bool {
    for range in ranges where range.lengths.contains(number.count) {
      if range.low == 4 && number.count != 13 && number.count != 16 && number.count != 19 {
        continue
      }
      var prefix = 0
      for index in 0..<range.digits { prefix = prefix * 10 + Int(number[index] - 0x30) }
      if prefix >= range.low && prefix <= range.high { return true }
    }
    return false
  }
}
