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
      let word = loadWord(text.span, at: 0)
      #expect(number(ofDigits: word) == expected, "\(text)")
    }
  }

  @Test func loadsAndAppends() {
    let text = [UInt8](1...20)
    for at in 0...12 {
      var buffer = ByteBuffer()
      for count in 0...8 { buffer.append(word: loadWord(text.span, at: at), count: count) }
      #expect(buffer.array == (0...8).flatMap { text[at..<at + $0] })
      let half = UInt64(loadHalfWord(text.span, at: at))
      let word = loadWord(text.span, at: at)
      #expect(half == word & 0xFFFF_FFFF)
    }
  }
}
