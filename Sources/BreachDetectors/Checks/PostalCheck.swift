internal import BreachBytes
internal import BreachModel

/// Japanese postal codes: three and four digits; the table of codes is evidence, never a gate.
enum PostalCheck {
  /// The normal form is seven digits.
  static func check(_ value: inout Value) -> Verdict {
    var text = value.folded[...]
    // 〒
    if text.starts(with: [0xE3, 0x80, 0x92]) { text = text.dropFirst(3) }
    while text.first == 0x20 || text.first == 0x2E || text.first == 0x3A { text = text.dropFirst() }
    value.normal.removeAll(keepingCapacity: true)
    var separators = 0
    var code = 0
    for byte in text {
      if isDigit(byte) {
        value.normal.append(byte)
        code = code &* 10 &+ Int(byte - 0x30)
      } else if (byte == 0x2D || byte == 0x20) && (value.normal.count == 3) && separators == 0 {
        separators = 1
      } else {
        return .fail
      }
      if value.normal.count > 7 { return .fail }
    }
    guard value.normal.count == 7 else {
      // Spreadsheets drop a leading zero.
      guard value.normal.count == 6, separators == 0,
        let prefecture = PostalCodes.prefecture(of: code)
      else { return .fail }
      value.normal.insert(0x30, at: 0)
      return Verdict(.unknown, evidence: .postalTable, weight: -15, prefecture: prefecture)
    }
    let prefecture = PostalCodes.prefecture(of: code)
    return Verdict(
      prefecture == nil ? .unknown : .pass,
      evidence: prefecture == nil ? .format : [.format, .postalTable],
      weight: prefecture == nil ? -5 : 0,
      isSample: code == 0 || code == 1_000_001 || code == 1_234_567,
      prefecture: prefecture ?? 0)
  }
}
