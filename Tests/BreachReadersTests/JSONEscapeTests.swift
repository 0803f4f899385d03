import BreachBytes
import TestKit
import Testing

/// The kernel that unescapes JSON strings against the rules written plainly.
@Suite struct JSONEscapeTests {
  private func plain(_ text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var at = 0
    func unit(_ at: Int) -> UInt32? {
      guard at + 6 <= text.count, text[at] == 0x5C, text[at + 1] == 0x75 else { return nil }
      let digits = text[at + 2..<at + 6].map { Character(Unicode.Scalar($0)) }
      guard digits.allSatisfy(\.isHexDigit) else { return nil }
      return UInt32(String(digits), radix: 16)
    }
    let short: [UInt8: UInt8] = [0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09]
    while at < text.count {
      guard text[at] == 0x5C, at + 1 < text.count else {
        out.append(text[at])
        at += 1
        continue
      }
      if let high = unit(at) {
        at += 6
        var scalar = high
        if high >> 10 == 0x36, let low = unit(at), low >> 10 == 0x37 {
          scalar = 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
          at += 6
        }
        let valid = Unicode.Scalar(scalar) ?? "\u{FFFD}"
        out += Array(String(valid).utf8)
      } else {
        out += text[at + 1] == 0x75 ? [0x5C, 0x75] : [short[text[at + 1]] ?? text[at + 1]]
        at += 2
      }
    }
    return out
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func agreesWithTheRules(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "\\", "u", "\\u", "5c71", "\\u5c71", "\\u5C7f", "\\uD842\\uDFB7", "\\ud83d", "\\udfb7",
      "\\u0000", "\\u007F", "\\u00e9", "\\u07ff", "\\u0800", "\\uffff", "\\n", "\\t", "\\\"", "\\/",
      "\\b", "\\f", "\\r", "\\\\", "g", "12", "山", "@", "`", "\\u12`4", "\\u@bcd",
    ]
    var text: [UInt8] = []
    for _ in 0..<random.below(60) { text += Array(random.pick(pieces).utf8) }
    let start = text.isEmpty ? 0 : random.below(text.count)
    let end = start + random.below(text.count - start + 1)
    var out = Array("before".utf8)
    JSONEscape.unescape(text.span, start..<end, into: &out)
    #expect(out == Array("before".utf8) + plain(Array(text[start..<end])))
  }
}
