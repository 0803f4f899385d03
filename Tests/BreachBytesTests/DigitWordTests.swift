import BreachBytes
import Testing

/// Eight bytes at a time against one byte at a time.
@Suite struct DigitWordTests {
  /// Bytes at the edges of the ranges that are told apart.
  static let edges: [UInt8] = [
    0x00, 0x2F, 0x30, 0x31, 0x39, 0x3A, 0x40, 0x41, 0x5A, 0x5B, 0x60, 0x61, 0x7A, 0x7B, 0x7F, 0x80,
    0xB0, 0xB9, 0xC1, 0xE1, 0xFF, 0x2D, 0x2E, 0x5F, 0x2B,
  ]

  @Test func everyByteAtEveryPlace() {
    for byte in UInt8.min...UInt8.max {
      for place in 0..<8 {
        for filler in [UInt8(0x30), 0x39, 0x2F, 0x3A, 0xFF, 0x00] {
          let word = (0..<8).reduce(UInt64(0)) {
            $0 | UInt64($1 == place ? byte : filler) << UInt64(8 * $1)
          }
          let isOther = { (byte: UInt8) in !(0x30...0x39).contains(byte) }
          var wanted: UInt64 = 0
          for index in 0..<8 where isOther(index == place ? byte : filler) {
            wanted |= 1 << UInt64(index)
          }
          let others = otherThanDigits(word)
          #expect(others & ~0x8080_8080_8080_8080 == 0)
          #expect(gathered(highBits: others) == wanted)
        }
      }
    }
  }

  @Test func numbersAndTheirDigits() {
    var number = 0
    while number < 100_000_000 {
      let word = digitWord(of: number)
      let text = (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
      let digits = String(number)
      #expect(
        String(decoding: text, as: UTF8.self)
          == String(repeating: "0", count: 8 - digits.count) + digits
      )
      number += number < 12_000 ? 1 : 9_973
    }
  }

  @Test func marksOfMailboxes() {
    var state: UInt64 = 7
    for round in 0..<4_000 {
      let count = 8 + round % 57
      var text: [UInt8] = []
      for _ in 0..<count {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text.append(
          round % 2 == 0
            ? UInt8(truncatingIfNeeded: state >> 40)
            : Self.edges[Int(state >> 40) % Self.edges.count]
        )
      }
      var buffer = ByteBuffer()
      let marks = buffer.write(lowerCased: text.span)
      let isWord = { (byte: UInt8) in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      }
      #expect(buffer.array == text.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 })
      #expect(marks.words == Self.mask(text, isWord))
      #expect(marks.dots == Self.mask(text) { $0 == 0x2E })
      #expect(marks.ats == Self.mask(text) { $0 == 0x40 })
      #expect(marks.dashes == Self.mask(text) { $0 == 0x2D || $0 == 0x5F })
      #expect(marks.pluses == Self.mask(text) { $0 == 0x2B })
    }
  }

  private static func mask(_ text: [UInt8], _ holds: (UInt8) -> Bool) -> UInt64 {
    text.indices.reduce(0) { $0 | (holds(text[$1]) ? 1 << UInt64($1) : 0) }
  }
}
