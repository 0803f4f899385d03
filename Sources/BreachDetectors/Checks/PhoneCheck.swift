internal import BreachBytes
internal import BreachModel

/// Phone numbers, Japanese numbering plan (総務省 電気通信番号計画) first, then E.164.
enum PhoneCheck {
  /// Passes a number that fits the plan; unknown when only its shape is right.
  ///
  /// The normal form is E.164, `+81312345678`.
  static func check(_ value: inout Value, _ words: WordLists) -> Verdict {
    let text = value.folded
    var digits: [UInt8] = []
    digits.reserveCapacity(20)
    var groups: [Int] = [0]
    var plus = false
    var extensionAt: Int?
    for (index, byte) in text.enumerated() {
      if isDigit(byte) {
        digits.append(byte)
        groups[groups.count - 1] += 1
        continue
      }
      switch byte {
      case 0x2B where digits.isEmpty: plus = true
      case 0x2D, 0x20, 0x28, 0x29, 0x2E, 0x2F:
        if groups[groups.count - 1] > 0 { groups.append(0) }
      case 0x78, 0x58, 0x65, 0x45, 0xE5, 0x23, 0x2C, 0x3B:
        // x123, ext. 123, 内線123
        if digits.count >= 9 { extensionAt = index }
      default:
        return .fail
      }
      if extensionAt != nil { break }
    }
    guard digits.count >= 8, digits.count <= 15 else { return .fail }
    if groups.last == 0 { groups.removeLast() }
    if plus || isIDD(digits) {
      if !plus { digits.removeFirst(3) }
      guard digits.count >= 8 else { return .fail }
      if digits.starts(with: [0x38, 0x31]) {
        digits.removeFirst(2)
        if digits.first != 0x30 { digits.insert(0x30, at: 0) }
        return japanese(digits, groups: [], &value, words)
      }
      guard digits[0] != 0x30 else { return .fail }
      value.normal = [0x2B] + digits
      return Verdict(.unknown, evidence: .format)
    }
    if digits.count >= 11, digits.starts(with: [0x38, 0x31]), digits[2] != 0x30 {
      digits.removeFirst(2)
      digits.insert(0x30, at: 0)
      return japanese(digits, groups: [], &value, words)
    }
    guard digits[0] == 0x30 else {
      // A number without its leading zero, as spreadsheets leave it, or a foreign one.
      if groups.count == 1, digits.count == 9 || digits.count == 10 {
        let whole = [0x30] + digits
        let verdict = japanese(whole, groups: [], &value, words)
        if verdict.result == .pass {
          return Verdict(.unknown, evidence: .numberingPlan, weight: -10, kind: verdict.kind)
        }
      }
      value.normal = digits
      return Verdict(.unknown, weight: -25)
    }
    return japanese(digits, groups: groups, &value, words)
  }

  private static func isIDD(_ digits: [UInt8]) -> Bool {
    digits.count >= 12 && digits.starts(with: [0x30, 0x31, 0x30])
  }

  /// `digits` with the leading zero; `groups` as written, empty when that says nothing.
  private static func japanese(_ digits: [UInt8], groups: [Int], _ value: inout Value, _ words: WordLists)
    -> Verdict {
    value.normal = [0x2B, 0x38, 0x31] + digits.dropFirst()
    guard digits.count >= 9, digits.count <= 11 else { return .fail }
    let isSample = words.samplePhones.contains(digits)
    let second = digits[1]
    let third = digits[2]
    if third == 0x30 && digits.count >= 4 {
      // 0A0: mobile, IP phone, and the short service ranges.
      switch second {
      case 0x36, 0x37, 0x38, 0x39:
        guard digits.count == 11 else { return Verdict(.unknown, weight: -25) }
        let fits = digits[3] != 0x30
        return Verdict(
          fits ? .pass : .unknown, evidence: fits ? [.numberingPlan, .format] : .format,
          weight: fits ? 0 : -15, kind: .mobilePhone, isSample: isSample)
      case 0x35:
        guard digits.count == 11 else { return Verdict(.unknown, weight: -25) }
        return Verdict(.pass, evidence: .numberingPlan, isSample: isSample)
      default: break
      }
    }
    if isService(digits) {
      return Verdict(.pass, evidence: .numberingPlan, kind: .businessPhone, isSample: isSample)
    }
    guard digits.count == 10 else { return Verdict(.unknown, weight: -30) }
    guard let area = areaLength(digits) else { return Verdict(.unknown, weight: -15) }
    let fits = groups.count <= 1 || groups[0] == area
    return Verdict(
      fits ? .pass : .unknown, evidence: fits ? [.numberingPlan] : [],
      weight: groups.count == 3 && fits ? 5 : 0, isSample: isSample)
  }

  private static func areaLength(_ digits: [UInt8]) -> Int? { AreaCodes.length(of: digits.span) }

  /// 0120, 0800, 0570, 0990, 0180: numbers of businesses.
  private static func isService(_ digits: [UInt8]) -> Bool {
    let head = digits.prefix(4)
    return [[0x30, 0x31, 0x32, 0x30], [0x30, 0x35, 0x37, 0x30], [0x30, 0x39, 0x39, 0x30]]
      .contains { head.elementsEqual($0) }
      || (head.elementsEqual([0x30, 0x38, 0x30, 0x30]) && digits.count == 11)
  }
}
