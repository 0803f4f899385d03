internal import BreachBytes
internal import BreachModel

/// Phone numbers, Japanese numbering plan (総務省 電気通信番号計画) first, then E.164.
package enum PhoneCheck {
  /// The digits of a number and how they were grouped.
  package struct Digits: Hashable {
    /// The first eight digits, the first of them in the lowest byte, and those behind them.
    fileprivate(set) var low: UInt64 = 0
    fileprivate(set) var high: UInt64 = 0
    fileprivate(set) var count = 0
    /// Digits of the first group as written.
    fileprivate(set) var firstGroup = 0
    fileprivate(set) var groupCount = 0
    fileprivate(set) var plus = false

    subscript(index: Int) -> UInt8 {
      UInt8(
        truncatingIfNeeded: index < 8 ? low >> UInt64(8 * index) : high >> UInt64(8 * index - 64)
      )
    }

    mutating func append(_ byte: UInt8, isNewGroup: Bool) {
      if isNewGroup || groupCount == 0 { groupCount += 1 }
      if groupCount == 1 { firstGroup += 1 }
      if count < 8 {
        low |= UInt64(byte) << UInt64(8 * count)
      } else {
        high |= UInt64(byte) << UInt64(8 * count - 64)
      }
      count += 1
    }

    /// Less than eight.
    mutating func dropFirst(_ number: Int) {
      low = low >> UInt64(8 * number) | high << UInt64(64 - 8 * number)
      high >>= UInt64(8 * number)
      count -= number
      groupCount = 0
    }

    mutating func insertZero() {
      guard count < 16 else { return }
      high = high << 8 | low >> 56
      low = low << 8 | 0x30
      count += 1
      groupCount = 0
    }

    /// Takes out one of 16 bytes.
    @inline(__always)
    mutating func remove(at index: Int) {
      let isLow = index < 8
      let before = (UInt64(1) << UInt64(8 * index & 63)) &- 1
      // What stays in its place, of either half.
      let (lowPart, highPart) = (isLow ? before : ~0, isLow ? 0 : before)
      low = low & lowPart | (low >> 8 | high << 56) & ~lowPart
      high = high & highPart | (high >> 8) & ~highPart
    }

    func hasPrefix(_ first: UInt8, _ second: UInt8) -> Bool {
      count >= 2 && low & 0xFFFF == UInt64(first) | UInt64(second) << 8
    }
  }

  /// Passes a number that fits the plan; unknown when only its shape is right.
  ///
  /// The normal form is E.164, `+81312345678`. An extension behind the number is left out.
  static func check(_ text: Span<UInt8>, _ normal: inout ByteBuffer, _ words: WordLists) -> Verdict
  {
    guard var digits = plainForm(text) ?? anyForm(text) else { return .fail }
    guard digits.count >= 8, digits.count <= 15 else { return .fail }
    if digits.plus || isInternational(digits) {
      if !digits.plus { digits.dropFirst(3) }
      guard digits.count >= 8, digits[0] != 0x30 else { return .fail }
      guard digits.hasPrefix(0x38, 0x31) else {
        write(digits, plus: true, &normal)
        let code = number(ofDigits: digits.low << 40 | 0x30_3030_3030) ?? 0
        let home = HomePlace.sign(ofCallingCode: Int(code))
        let kind: AttributeKind? = isMobile(normal.span, words) ? .mobilePhone : nil
        return Verdict(.unknown, evidence: .format, kind: kind, prefecture: home)
      }
      return japaneseAfterCountryCode(&digits, &normal, words)
    }
    if digits.count >= 11, digits.hasPrefix(0x38, 0x31), digits[2] != 0x30 {
      return japaneseAfterCountryCode(&digits, &normal, words)
    }
    let isTrunk = digits[0] == 0x30
    let verdict =
      isTrunk ? japanese(digits, &normal, words) : withoutZero(&digits, &normal, words)
    // What the plan of Japan does not explain may stand in the groups of another country's.
    guard verdict.result != .pass, verdict.weight <= -10 || verdict.result == .fail,
      words.phoneForms.fits(text)
    else { return verdict }
    if verdict.result == .fail { write(digits, plus: false, &normal) }
    return Verdict(.unknown, evidence: .format, weight: -5, isSample: verdict.isSample)
  }

  /// The number, with its plus, begins as mobile numbers of its country do.
  private static func isMobile(_ normal: Span<UInt8>, _ words: WordLists) -> Bool {
    for length in 2...5
    where words.mobileRanges.contains(normal.extracting(1..<length + 1)) { return true }
    return false
  }

  /// The digits of ten to thirteen bytes that are digits alone, or in three groups as in
  /// `03-1234-5678` and `03(1234)5678`; nil for all other forms.
  package static func plainForm(_ text: Span<UInt8>) -> Digits? {
    let length = text.count
    guard length >= 10, length <= 13 else { return nil }
    let (head, tail) = (loadWord(text, at: 0), loadWord(text, at: length - 8))
    var digits = Digits()
    (digits.low, digits.high) = (head, tail >> UInt64(128 - 8 * length))
    let others =
      gathered(highBits: otherThanDigits(head))
      | gathered(highBits: otherThanDigits(tail)) << UInt64(length - 8)
    if others == 0 {
      (digits.count, digits.firstGroup, digits.groupCount) = (length, length, 1)
      return digits
    }
    let (first, behind) = (others.trailingZeroBitCount, others & (others &- 1))
    let second = behind.trailingZeroBitCount
    guard behind & (behind &- 1) == 0, first > 0, second > first + 1, second < length - 1 else {
      return nil
    }
    switch (text[first], text[second]) {
    case (0x2D, 0x2D), (0x28, 0x29), (0x20, 0x20): break
    default: return nil
    }
    digits.remove(at: second)
    digits.remove(at: first)
    (digits.count, digits.firstGroup, digits.groupCount) = (length - 2, first, 3)
    return digits
  }

  /// The digits of any form, byte by byte; nil when something stands there that no number has.
  package static func anyForm(_ text: Span<UInt8>) -> Digits? {
    var digits = Digits()
    var separated = false
    var hasSlash = false
    var dots = 0
    var index = 0
    while index < text.count {
      let byte = text[index]
      if isDigit(byte) {
        guard digits.count < 16 else { return nil }
        digits.append(byte, isNewGroup: separated)
        separated = false
      } else {
        switch byte {
        case 0x2B where digits.count == 0: digits.plus = true
        case 0x2D, 0x20, 0x29: separated = true
        case 0x28:
          if digits.count >= 9, isExtension(text, index + 1) { return digits }
          separated = true
        case 0x2E:
          dots += 1
          separated = true
        case 0x2F:
          hasSlash = true
          separated = true
        default: return digits.count >= 9 && isExtension(text, index) ? digits : nil
        }
      }
      index += 1
    }
    // An IP address, but not 06.12.34.56.78; a date.
    if dots == 3 && digits.groupCount == 4 || dots > 4 { return nil }
    if hasSlash && digits.count > 0 && digits[0] != 0x30 { return nil }
    return digits
  }

  /// `x123`, `ext. 5`, `#5`, `内線123`, `(代)`: at most six digits follow, not a second number.
  private static func isExtension(_ text: Span<UInt8>, _ from: Int) -> Bool {
    guard from < text.count else { return true }
    switch text[from] {
    case 0x78, 0x58, 0x65, 0x45, 0x23, 0x2C, 0x3B, 0x28: break
    // 内, 代
    case 0xE5 where from + 2 < text.count && text[from + 1] == 0x86: break
    case 0xE4 where from + 2 < text.count && text[from + 1] == 0xBB: break
    default: return false
    }
    var digits = 0
    for index in from..<text.count where isDigit(text[index]) { digits += 1 }
    return digits <= 6
  }

  /// 010 before a country code, as dialled from Japan.
  private static func isInternational(_ digits: Digits) -> Bool {
    digits.count >= 12 && digits[0] == 0x30 && digits[1] == 0x31 && digits[2] == 0x30
  }

  private static func japaneseAfterCountryCode(
    _ digits: inout Digits,
    _ normal: inout ByteBuffer,
    _ words: WordLists
  ) -> Verdict {
    digits.dropFirst(2)
    if digits[0] != 0x30 { digits.insertZero() }
    return japanese(digits, &normal, words)
  }

  /// A number without its leading zero, as spreadsheets leave it, a local or a foreign one.
  private static func withoutZero(
    _ digits: inout Digits,
    _ normal: inout ByteBuffer,
    _ words: WordLists
  ) -> Verdict {
    if digits.groupCount == 1, digits.count == 9 || digits.count == 10 {
      var whole = digits
      whole.insertZero()
      let verdict = japanese(whole, &normal, words)
      if verdict.result == .pass {
        return Verdict(.unknown, evidence: .numberingPlan, weight: -10, kind: verdict.kind)
      }
    }
    write(digits, plus: false, &normal)
    // Mobiles of China, and with the country's code numbers of North America.
    if digits.groupCount == 1, digits.count == 11, digits[0] == 0x31, digits[1] >= 0x32 {
      return Verdict(.unknown, evidence: .format, weight: -5)
    }
    return Verdict(.unknown, weight: -25)
  }

  /// Leaves the digits in `normal`, behind a plus if there is one.
  private static func write(_ digits: Digits, plus: Bool, _ normal: inout ByteBuffer) {
    normal.clear()
    if plus { normal.append(0x2B) }
    normal.append(word: digits.low, count: min(8, digits.count))
    normal.append(word: digits.high, count: max(0, digits.count - 8))
  }

  /// Leaves `+81` and the digits behind the leading zero, eight at least, in `normal`.
  private static func writeJapanese(_ digits: Digits, _ normal: inout ByteBuffer) {
    normal.clear()
    normal.append(word: 0x31_382B | (digits.low >> 8) << 24, count: 8)
    normal.append(word: digits.low >> 48 | digits.high << 16, count: digits.count - 6)
  }

  /// `digits` with the leading zero.
  private static func japanese(_ digits: Digits, _ normal: inout ByteBuffer, _ words: WordLists)
    -> Verdict
  {
    guard digits.count >= 9, digits.count <= 11 else { return .fail }
    // The samples are listed with the leading zero.
    write(digits, plus: false, &normal)
    let isSample = words.samplePhones.contains(normal.span)
    writeJapanese(digits, &normal)
    if isService(digits) {
      return Verdict(.pass, evidence: .numberingPlan, kind: .businessPhone, isSample: isSample)
    }
    if digits[2] == 0x30 {
      // 0A0: mobile and IP phones have eleven digits; C = 0 is not given to them.
      switch digits[1] {
      case 0x36...0x39:
        guard digits.count == 11 else { return Verdict(.unknown, weight: -25, isSample: isSample) }
        let fits = digits[3] != 0x30
        let grouped = digits.groupCount <= 1 || digits.firstGroup == 3
        return Verdict(
          fits ? .pass : .unknown,
          evidence: .format | .numberingPlan.when(fits),
          weight: (fits ? 0 : -15) + (grouped ? 0 : -10),
          kind: .mobilePhone,
          isSample: isSample
        )
      case 0x35:
        guard digits.count == 11 else { return Verdict(.unknown, weight: -25, isSample: isSample) }
        let fits = digits[3] != 0x30
        return Verdict(
          fits ? .pass : .unknown,
          evidence: .numberingPlan.when(fits),
          weight: fits ? 0 : -15,
          isSample: isSample
        )
      default: break
      }
    }
    // Of another length it may be a number of another country.
    guard digits.count == 10 else { return Verdict(.unknown, weight: -28, isSample: isSample) }
    guard let prefix = number(ofDigits: digits.low << 16 & ~0xFF_FFFF | 0x30_3030),
      let area = AreaCodes.length(ofPrefix: prefix)
    else {
      return Verdict(.unknown, weight: -15, isSample: isSample)
    }
    guard digits.groupCount > 1 else {
      return Verdict(.pass, evidence: .numberingPlan, isSample: isSample)
    }
    guard digits.firstGroup == area else {
      return Verdict(.unknown, weight: -25, isSample: isSample)
    }
    return Verdict(
      .pass,
      evidence: .numberingPlan,
      weight: digits.groupCount == 3 ? 5 : 0,
      isSample: isSample
    )
  }

  /// 0120, 0170, 0180, 0570, 0800, 0990: numbers of businesses.
  ///
  /// 080-0… written as a mobile number is left to be judged as one.
  private static func isService(_ digits: Digits) -> Bool {
    guard digits[3] == 0x30 else { return false }
    switch (digits[1], digits[2]) {
    case (0x31, 0x32), (0x31, 0x37), (0x31, 0x38), (0x35, 0x37), (0x39, 0x39):
      return digits.count == 10
    case (0x38, 0x30):
      return digits.count == 11 && (digits.groupCount <= 1 || digits.firstGroup == 4)
    default: return false
    }
  }
}
