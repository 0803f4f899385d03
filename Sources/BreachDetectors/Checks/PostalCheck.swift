internal import BreachBytes
internal import BreachModel

/// Japanese postal codes: three and four digits; the table of codes is evidence, never a gate.
enum PostalCheck {
  /// The normal form is seven digits.
  static func check(_ text: Span<UInt8>, _ normal: inout ByteBuffer, _ words: WordLists) -> Verdict
  {
    normal.clear()
    if let code = plainCode(text, &normal) { return verdict(code, normal.span, words) }
    var at = 0
    // 〒
    if text.count > 3, text[0] == 0xE3, text[1] == 0x80, text[2] == 0x92 { at = 3 }
    while at < text.count, text[at] == 0x20 || text[at] == 0x2E || text[at] == 0x3A { at += 1 }
    var groups = 1
    var firstGroup = 0
    var code = 0
    while at < text.count {
      let byte = text[at]
      if isDigit(byte) {
        guard normal.count < 7 else { return .fail }
        normal.append(byte)
        code = code &* 10 &+ Int(byte - 0x30)
      } else {
        guard byte == 0x2D || byte == 0x20, !normal.isEmpty else { return .fail }
        if firstGroup == 0 {
          firstGroup = normal.count
          groups = 2
        } else if normal.count != firstGroup {
          return .fail
        }
      }
      at += 1
    }
    let count = normal.count
    guard groups == 1 || firstGroup == count - 4 else { return .fail }
    guard count == 7 else { return withoutZeros(&normal, code) }
    return verdict(code, normal.span, words)
  }

  /// The code of `ddddddd` or `ddd-dddd`, as nearly all are written; its digits are left in `normal`.
  @inline(__always)
  private static func plainCode(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Int? {
    guard text.count == 7 || text.count == 8 && text[3] == 0x2D else { return nil }
    let first = UInt64(loadHalfWord(text, at: 0) & 0xFF_FFFF)
    let last = UInt64(loadHalfWord(text, at: text.count - 4))
    let digits = last << 32 | first << 8 | 0x30
    guard let code = number(ofDigits: digits) else { return nil }
    normal.append(word: digits >> 8, count: 7)
    return code
  }

  private static func verdict(_ code: Int, _ normal: Span<UInt8>, _ words: WordLists) -> Verdict {
    let prefecture = PostalCodes.prefecture(of: code)
    return Verdict(
      prefecture == nil ? .unknown : .pass,
      evidence: .format | .postalTable.when(prefecture != nil),
      weight: prefecture == nil ? -5 : 0,
      isSample: words.samplePostalCodes.contains(normal),
      prefecture: prefecture ?? 0
    )
  }

  /// Spreadsheets drop leading zeros; then only a code in use is believed.
  private static func withoutZeros(_ normal: inout ByteBuffer, _ code: Int) -> Verdict {
    let missing = 7 - normal.count
    guard missing == 1 || missing == 2, let prefecture = PostalCodes.prefecture(of: code) else {
      return .fail
    }
    let zeros: [2 of UInt8] = [0x30, 0x30]
    normal.prepend(zeros.span.extracting(0..<missing))
    return Verdict(.unknown, evidence: .postalTable, weight: -15 * missing, prefecture: prefecture)
  }
}
