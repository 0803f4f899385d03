import BreachBytes
import TestKit
import Testing

/// Words of bytes and what is asked of them, against plain twins.
@Suite struct WordTests {
  @Test func numbersOfDigits() {
    var random = SeededGenerator(seed: 1)
    for round in 0..<50_000 {
      var text = (0..<8).map { _ in UInt8(0x30 + random.below(10)) }
      if round % 2 == 1 { text[random.below(8)] = UInt8(random.below(256)) }
      let isNumber = text.allSatisfy { (0x30...0x39).contains($0) }
      let expected = isNumber ? text.reduce(0) { $0 * 10 + Int($1 - 0x30) } : nil
      #expect(number(ofDigits: loadWord(text.span, at: 0)) == expected, "\(text)")
    }
  }

  @Test func loadsAndAppends() {
    let text = [UInt8](1...20)
    for at in 0...12 {
      var buffer = ByteBuffer()
      for count in 0...8 { buffer.append(word: loadWord(text.span, at: at), count: count) }
      #expect(buffer.array == (0...8).flatMap { text[at..<at + $0] })
      let half = UInt64(loadHalfWord(text.span, at: at))
      #expect(half == loadWord(text.span, at: at) & 0xFFFF_FFFF)
    }
  }

  /// What may be folded, in a text of any length and at any place in it.
  @Test func mayFoldAnywhere() {
    let yes = ["１", "　", "—", "─", "2ー", "ｱ", "\u{200B}", "\u{FEFF}"].map { Array($0.utf8) }
    let no = ["ー", "1丁", "、", "コー", "é", "𠮷", "ンー"].map { Array($0.utf8) }
    for filler in ["a", "漢", "カ", "ー"].map({ Array($0.utf8) }) {
      for length in 0..<24 {
        for place in 0...length {
          for (words, expected) in [(yes, true), (no, false)] {
            for word in words {
              let before = Array([[UInt8]](repeating: filler, count: place).joined())
              let behind = Array([[UInt8]](repeating: filler, count: length - place).joined())
              #expect(mayFold((before + word + behind).span) == expected)
            }
          }
        }
      }
    }
    let nothing: [UInt8] = []
    let isFolded = mayFold(nothing.span)
    #expect(!isFolded)
  }
}
