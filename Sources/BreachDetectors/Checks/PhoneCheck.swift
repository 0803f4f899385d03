internal import BreachBytes
internal import BreachModel

/// Phone numbers, Japanese numbering plan (総務省 電気通信番号計画) first, then E.164.
enum PhoneCheck {
  /// The digits of a number and how they were grouped.
  private struct Digits {
    var bytes = [16 of UInt8](repeating: 0)
    var count = 0
    /// Digits of the first three groups as written.
    var groups = [3 of Int](repeating: 0)
    var groupCount = 0
    var plus = false
    var hasSlash = false
    var dots = 0

    subscript(index: Int) -> UInt8 { bytes[index] }

    mutating func append(_ byte: UInt8, isNewGroup: Bool) {
      if isNewGroup || groupCount == 0 { groupCount += 1 }
      if groupCount <= 3 { groups[groupCount - 1] += 1 }
      bytes[count] = byte
      count += 1
    }

    mutating func dropFirst(_ number: Int) {
      for index in number..<count { bytes[index - number] = bytes[index] }
      count -= number
      groupCount = 0
    }

    mutating func insertZero() {
      guard count < 16 else { return }
      for index in stride(from: count, to: 0, by: -1) { bytes[index] = bytes[index - 1] }
      bytes[0] = 0x30
      count += 1
      groupCount = 0
    }

    func hasPrefix(_ first: UInt8, _ second: UInt8) -> Bool {
      count >= 2 && bytes[0] == first && bytes[1] == second
    }
  }

  /// Passes a number that fits the plan; unknown when only its shape is right.
  ///
  /// The normal form is E.164, `+81312345678`. An extension behind the number is left out.
  static func check(_ text: Span<UInt8>, _ normal: inout ByteBuffer, _ words: WordLists) -> Verdict {
    guard var digits = read(text) else { return .fail }
    guard digits.count >= 8, digits.count <= 15 else { return .fail }
    if digits.plus || isInternational(digits) {
      if !digits.plus { digits.dropFirst(3) }
      guard digits.count >= 8, digits[0] != 0x30 else { return .fail }
      guard digits.hasPrefix(0x38, 0x31) else {
        write(digits, .plus, from: 0, &normal)
        return Verdict(.unknown, evidence: .format)
      }
      return japaneseAfterCountryCode(&digits, &normal, words)
    }
    if digits.count >= 11, digits.hasPrefix(0x38, 0x31), digits[2] != 0x30 {
      return japaneseAfterCountryCode(&digits, &normal, words)
    }
    guard digits[0] == 0x30 else { return withoutZero(&digits, &normal, words) }
    return japanese(digits, &normal, words)
  }

  /// Nil when something stands there that no number has.
  private static func read(_ text: Span<UInt8>) -> Digits? {
    var digits = Digits()
    var separated = false
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
          digits.dots += 1
          separated = true
        case 0x2F:
          digits.hasSlash = true
          separated = true
        default: return digits.count >= 9 && isExtension(text, index) ? digits : nil
        }
      }
      index += 1
    }
    // An IP address; a date.
    if digits.dots >= 3 || digits.hasSlash && digits.count > 0 && digits[0] != 0x30 { return nil }
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
    write(digits, .nothing, from: 0, &normal)
    return Verdict(.unknown, weight: -25)
  }

  /// What stands before the digits of a normal form.
  private enum Prefix {
    case nothing, plus, japan
  }

  private static func write(_ digits: Digits, _ prefix: Prefix, from: Int, _ normal: inout ByteBuffer) {
    normal.clear()
    if prefix != .nothing { normal.append(0x2B) }
    if prefix == .japan {
      normal.append(0x38)
      normal.append(0x31)
    }
    for index in from..<digits.count { normal.append(digits[index]) }
  }

  /// `digits` with the leading zero.
  private static func japanese(_ digits: Digits, _ normal: inout ByteBuffer, _ words: WordLists)
    -> Verdict
  {
    guard digits.count >= 9, digits.count <= 11 else { return .fail }
    write(digits, .japan, from: 1, &normal)
    let isSample = words.samplePhones.contains(digits.bytes.span, 0..<digits.count)
    if isService(digits) {
      return Verdict(.pass, evidence: .numberingPlan, kind: .businessPhone, isSample: isSample)
    }
    if digits[2] == 0x30 {
      // 0A0: mobile and IP phones have eleven digits; C = 0 is not given to them.
      switch digits[1] {
      case 0x36...0x39:
        guard digits.count == 11 else { return Verdict(.unknown, weight: -25, isSample: isSample) }
        let fits = digits[3] != 0x30
        let grouped = digits.groupCount <= 1 || digits.groups[0] == 3
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
    guard digits.count == 10 else { return Verdict(.unknown, weight: -30, isSample: isSample) }
    guard let area = AreaCodes.length(of: digits.bytes.span.extracting(0..<10)) else {
      return Verdict(.unknown, weight: -15, isSample: isSample)
    }
    guard digits.groupCount > 1 else {
      return Verdict(.pass, evidence: .numberingPlan, isSample: isSample)
    }
    guard digits.groups[0] == area else {
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
      return digits.count == 11 && (digits.groupCount <= 1 || digits.groups[0] == 4)
    default: return false
    }
  }
}
