internal import BreachBytes
internal import BreachModel

/// Postal codes: Japanese ones of three and four digits, for which the table of codes is evidence and
/// never a gate, and those of other countries by their shape.
enum PostalCheck {
  /// The normal form is seven digits.
  static func check(_ text: Span<UInt8>, _ normal: inout ByteBuffer, _ words: WordLists) -> Verdict
  {
    normal.clear()
    if let code = plainCode(text, &normal) { return verdict(code, normal.span, words) }
    let verdict = japanese(text, &normal, words)
    return verdict.result == .fail || verdict.weight <= -30 ? foreign(text, &normal) : verdict
  }

  private static func japanese(
    _ text: Span<UInt8>,
    _ normal: inout ByteBuffer,
    _ words: WordLists
  ) -> Verdict {
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

  /// Shapes of other countries' codes, `9` for a digit, `A` for a letter, `-` for a hyphen or blank,
  /// from the postal services' own descriptions; letters and digits in these orders are telling.
  private static let telling = shapes(
    "A9-9AA A99-9AA AA9-9AA AA99-9AA A9A-9AA AA9A-9AA 9999-AA A9A-9A9 A99-A999 A99-AA99 A99-AAAA"
  )
  private static let plain = shapes(
    "9999 99999 999999 99999-9999 999999999 99-999 99999-999 999-99 9999-999 A-9999 A-99999 AA-9999 "
      + "AA-99999 A9999 A99AA 9999AA A9A9A9 A99AAA AA99AA AA999AA A9A9AA AA9A9AA A9999AAA"
  )

  private static func shapes(_ list: String) -> Set<UInt64> {
    Set(list.split(separator: " ").map { $0.utf8.reduce(0) { $0 << 4 | kind(of: $1) } })
  }

  /// What a byte is in a shape, in four bits; 0 for what no code has.
  @inline(__always)
  private static func kind(of byte: UInt8) -> UInt64 {
    if isDigit(byte) { return 1 }
    if isLetter(byte) { return 2 }
    return byte == 0x2D || byte == 0x20 ? 3 : 0
  }

  /// A code of another country; the normal form is letters in capitals and digits.
  private static func foreign(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Verdict {
    var start = 0
    while start < text.count, text[start] == 0x20 || text[start] == 0x3A { start += 1 }
    guard text.count - start >= 4, text.count - start <= 10 else { return .fail }
    normal.clear()
    var shape: UInt64 = 0
    for index in start..<text.count {
      let kind = kind(of: text[index])
      if kind == 0 { return .fail }
      shape = shape << 4 | kind
      if kind == 1 { normal.append(text[index]) }
      if kind == 2 { normal.append(text[index] & 0xDF) }
    }
    if telling.contains(shape) { return Verdict(.pass, evidence: .format, weight: -2) }
    return plain.contains(shape) ? Verdict(.unknown, evidence: .format, weight: -12) : .fail
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
