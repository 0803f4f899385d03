internal import BreachBytes

/// The arithmetic of check digits, on texts of ASCII digits and letters.
enum CheckDigits {
  /// The value of a digit, or of a letter from A = 10 on.
  @inline(__always)
  static func value(_ byte: UInt8) -> Int {
    isDigit(byte) ? Int(byte - 0x30) : Int((byte | 0x20) - 0x61) + 10
  }

  /// The number that the digits in `range` make.
  static func number(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    var number = 0
    for index in range { number = number * 10 + value(text[index]) }
    return number
  }

  /// The sum of the values from `start` on, each times its weight.
  static func sum(_ text: Span<UInt8>, _ weights: [Int], from start: Int = 0) -> Int {
    var sum = 0
    for index in weights.indices { sum += value(text[start + index]) * weights[index] }
    return sum
  }

  /// Luhn (ISO/IEC 7812-1, annex B) over digits of any length; with `from`, over those behind it.
  static func luhn(_ text: Span<UInt8>, from start: Int = 0) -> Bool {
    var (sum, isDoubled) = (0, false)
    for index in (start..<text.count).reversed() {
      let digit = value(text[index])
      let double = digit * 2
      sum += isDoubled ? (double > 9 ? double - 9 : double) : digit
      isDoubled.toggle()
    }
    return sum % 10 == 0
  }

  /// Verhoeff (1969): the dihedral group of order ten.
  static func verhoeff(_ text: Span<UInt8>) -> Bool {
    var check = 0
    for position in 0..<text.count {
      let digit = value(text[text.count - 1 - position])
      check = product(check, permuted(digit, position))
    }
    return check == 0
  }

  private static func product(_ left: Int, _ right: Int) -> Int {
    switch (left < 5, right < 5) {
    case (true, true): (left + right) % 5
    case (true, false): (left + right - 5) % 5 + 5
    case (false, true): (left - right) % 5 + 5
    case (false, false): (left - right + 5) % 5
    }
  }

  private static func permuted(_ digit: Int, _ times: Int) -> Int {
    var digit = digit
    for _ in 0..<times % 8 { digit = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4][digit] }
    return digit
  }

  /// ISO 7064 MOD 11,10: the last digit checks those before it.
  static func mod11And10(_ text: Span<UInt8>) -> Bool {
    var product = 10
    for index in 0..<text.count - 1 {
      let sum = (value(text[index]) + product) % 10
      product = (sum == 0 ? 10 : sum) * 2 % 11
    }
    return (product + value(text[text.count - 1])) % 10 == 1
  }

  /// The remainder by 97 of a text of digits and letters, A = 10 … Z = 35, read from `start` round
  /// to where it began (ISO 7064 MOD 97-10 as ISO 13616 applies it).
  static func mod97(_ text: Span<UInt8>, from start: Int = 0) -> Int {
    var rest = 0
    for offset in 0..<text.count {
      let value = value(text[(start + offset) % text.count])
      rest = (rest * (value > 9 ? 100 : 10) + value) % 97
    }
    return rest
  }

  /// 7-3-1 (ICAO Doc 9303, part 3): `<` counts 0; the digit at `range.upperBound` checks `range`.
  static func icao(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var sum = 0
    for (position, index) in range.enumerated() where text[index] != 0x3C {
      sum += value(text[index]) * [7, 3, 1][position % 3]
    }
    let check = text[range.upperBound]
    return isDigit(check) ? sum % 10 == value(check) : check == 0x3C && sum == 0
  }
}
