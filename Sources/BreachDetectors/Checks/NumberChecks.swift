package import BreachBytes
internal import BreachModel

/// Checks of numbers that carry a check digit.
package enum NumberChecks {
  /// Leaves the digits of `text` in `normal`; false when anything but digits and
  /// single separators is there.
  static func digits(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Bool {
    plainDigits(text, &normal) || anyDigits(text, &normal)
  }

  /// The same for the two forms of nearly all: digits alone, 8…24 of them, and four by four as on
  /// cards; false for all others.
  package static func plainDigits(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Bool {
    let count = text.count
    guard count >= 8, count <= 24 else { return false }
    if count == 19, isSeparator(text[4]), isSeparator(text[9]), isSeparator(text[14]) {
      let first = UInt64(loadHalfWord(text, at: 0)) | UInt64(loadHalfWord(text, at: 5)) << 32
      let last = UInt64(loadHalfWord(text, at: 10)) | UInt64(loadHalfWord(text, at: 15)) << 32
      guard otherThanDigits(first) | otherThanDigits(last) == 0 else { return false }
      normal.clear()
      normal.append(word: first, count: 8)
      normal.append(word: last, count: 8)
      return true
    }
    let middle = loadWord(text, at: min(8, count - 8))
    let (first, last) = (loadWord(text, at: 0), loadWord(text, at: count - 8))
    guard otherThanDigits(first) | otherThanDigits(middle) | otherThanDigits(last) == 0 else {
      return false
    }
    normal.clear()
    normal.append(text)
    return true
  }

  /// The same byte by byte, for digits in any groups.
  package static func anyDigits(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Bool {
    normal.clear()
    var lastWasDigit = false
    for index in text.indices {
      let byte = text[index]
      if isDigit(byte) {
        normal.append(byte)
        lastWasDigit = true
      } else {
        guard lastWasDigit, isSeparator(byte) else { return false }
        lastWasDigit = false
      }
    }
    return lastWasDigit
  }

  @inline(__always)
  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == 0x2D || byte == 0x20 || byte == 0x2E
  }

  /// Payment card: issuer's prefix and length, then Luhn (ISO/IEC 7812-1, annex B).
  static func card(_ text: Span<UInt8>, _ normal: inout ByteBuffer, _ words: WordLists) -> Verdict {
    guard digits(text, &normal) else { return .fail }
    let count = normal.count
    guard (12...19).contains(count), luhn(normal.span), !isOneDigit(normal.span) else {
      return .fail
    }
    let known = words.issuers.accepts(normal.span)
    guard known || count >= 14 else { return .fail }
    let isUsual = (14...16).contains(count) && !CardIssuers.isMaestro(normal.span)
    return Verdict(
      known ? .pass : .unknown,
      evidence: .checksum | .issuer.when(known),
      // One number in ten passes Luhn; rare lengths and prefixes take in many of them, and so do
      // tables of codes.
      weight: (known ? isUsual ? 0 : -20 : -25) - (isOfTable(normal.span) ? 25 : 0),
      isSample: words.testCards.contains(normal.span)
    )
  }

  /// The check digit holds; `digits` are 8…24.
  ///
  /// Eight digits a step, the last digit in the highest byte: every other one from there is doubled.
  package static func luhn(_ digits: Span<UInt8>) -> Bool {
    let count = digits.count
    precondition(count >= 8 && count <= 24)
    let head = loadWord(digits, at: 0)
    var sum = luhnSums(loadWord(digits, at: count - 8))
    if count <= 16 {
      // A shift that leaves nothing is well defined, and gives 0.
      sum &+= luhnSums(head << UInt64(128 - 8 * count))
    } else {
      sum &+=
        luhnSums(loadWord(digits, at: count - 16)) &+ luhnSums(head << UInt64(192 - 8 * count))
    }
    return ((sum &* 0x0101_0101_0101_0101) >> 56) % 10 == 0
  }

  /// What each of eight digits, or zero bytes, adds to the sum; at most 9 in each byte.
  @inline(__always)
  private static func luhnSums(_ word: UInt64) -> UInt64 {
    let digits = word & 0x0F0F_0F0F_0F0F_0F0F
    let doubled = (digits & 0x00FF_00FF_00FF_00FF) &* 2
    let above = (doubled &+ 0x0076_0076_0076_0076) >> 7 & 0x0001_0001_0001_0001
    return (digits & 0xFF00_FF00_FF00_FF00) &+ doubled &- above &* 9
  }

  /// Four codes of four digits with hardly a step from one to the next, `5430 5431 5432 5433`, or
  /// digits from 1 to 5 alone, as in codes for strokes and answers: of cards, one in a thousand.
  private static func isOfTable(_ digits: Span<UInt8>) -> Bool {
    var (low, high) = (digits[0], digits[0])
    for index in 1..<digits.count {
      low = min(low, digits[index])
      high = max(high, digits[index])
    }
    if low >= 0x31 && high <= 0x35 { return true }
    guard digits.count == 16 else { return false }
    var last = 0
    for group in 0..<4 {
      var code = 0
      for index in 0..<4 { code = code * 10 + Int(digits[4 * group + index] - 0x30) }
      if group > 0 && abs(code - last) > 300 { return false }
      last = code
    }
    return true
  }

  /// One digit over and over passes some check digits, and is a placeholder.
  private static func isOneDigit(_ digits: Span<UInt8>) -> Bool {
    for index in 1..<digits.count where digits[index] != digits[0] { return false }
    return true
  }

  /// 個人番号: 12 digits, check digit by article 5 of 総務省令第85号 (2014).
  static func myNumber(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Verdict {
    guard digits(text, &normal), normal.count == 12 else { return .fail }
    guard !isOneDigit(normal.span) else { return .fail }
    var sum = 0
    for position in 1...11 {
      sum += Int(normal[11 - position] - 0x30) * (position <= 6 ? position + 1 : position - 5)
    }
    let rest = sum % 11
    guard Int(normal[11] - 0x30) == (rest <= 1 ? 0 : 11 - rest) else { return .fail }
    return Verdict(.pass, evidence: .checksum)
  }

  /// 法人番号: 13 digits, the first a check digit by article 2 of 法人番号の指定に関する省令.
  static func corporateNumber(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Verdict {
    guard digits(text, &normal), normal.count == 13 else { return .fail }
    var sum = 0
    for position in 1...12 {
      sum += Int(normal[13 - position] - 0x30) * (position % 2 == 1 ? 1 : 2)
    }
    guard Int(normal[0] - 0x30) == 9 - sum % 9 else { return .fail }
    return Verdict(.pass, evidence: .checksum)
  }
}

/// Which card networks use which prefixes and lengths, from `card_issuers` of the word lists.
struct CardIssuers: Sendable {
  /// For each first four digits the lengths that a network gives out, a bit for each.
  private let lengths: [UInt32]

  /// Reads lines of a name, the first and the last four digits, and lengths.
  init(_ items: [PatternValue]) throws(PatternError) {
    var lengths = [UInt32](repeating: 0, count: 10_000)
    for item in items {
      let numbers = try item.text().split(separator: " ").compactMap { Int($0) }
      guard numbers.count >= 3, (0...9_999).contains(numbers[0]),
        (numbers[0]...9_999).contains(numbers[1]),
        numbers.dropFirst(2).allSatisfy({ (12...19).contains($0) })
      else { throw item.error("a network, its first and last four digits, and its lengths") }
      for length in numbers.dropFirst(2) {
        for prefix in numbers[0]...numbers[1] { lengths[prefix] |= 1 << UInt32(length) }
      }
    }
    self.lengths = lengths
  }

  /// A prefix of Maestro, whose numbers have 12…19 digits.
  static func isMaestro(_ number: Span<UInt8>) -> Bool {
    switch (number[0], number[1]) {
    case (0x35, 0x30), (0x35, 0x36...0x38), (0x36, 0x30), (0x36, 0x33), (0x36, 0x37):
      // 6011 is Discover's.
      !(number[0] == 0x36 && number[1] == 0x30 && number[2] == 0x31 && number[3] == 0x31)
    default: false
    }
  }

  /// True when a network gives out numbers of this prefix and length; at least four digits.
  func accepts(_ number: Span<UInt8>) -> Bool {
    var prefix = 0
    for index in 0..<4 { prefix = prefix * 10 + Int(number[index] - 0x30) }
    return lengths[prefix] >> UInt32(number.count) & 1 == 1
  }
}
