import BreachBytes
import TestKit
import Testing

/// Where the parts of a number end.
@Suite struct NumberPartsTests {
  private func parts(_ text: String) -> [Int] {
    let bytes = Array(text.utf8)
    let found = NumberParts(bytes.span, 0, bytes.count)
    return [found.start, found.digitsEnd, found.joinedEnd]
  }

  @Test func partsEndWhereTheyShould() {
    #expect(parts("090-1234-5600/x") == [0, 3, 13])
    #expect(parts("/126.0.0.0 Safari/537.36 and more behind it") == [1, 4, 10])
    #expect(parts(").-/12(34)5678 and so on and so on and on") == [4, 6, 6])
    #expect(parts("(03)1234-5678 and so on and so on and on") == [0, 0, 13])
    #expect(parts("+81-90(0)") == [0, 0, 6])
    #expect(parts("--") == [2, 2, 2])
    #expect(parts("") == [0, 0, 0])
    #expect(parts("x") == [0, 0, 1])
    // Longer than what is looked at first, and than what is looked at at all.
    #expect(parts(String(repeating: "7", count: 40) + "/") == [0, 40, 40])
    #expect(parts(String(repeating: "/", count: 30) + "12-3 and so on") == [30, 32, 34])
    #expect(parts(String(repeating: "7", count: 300)) == [0, 128, 128])
  }

  @Test func blocksAndBytesAgree() {
    var random = SeededGenerator(seed: 5)
    let bytes = Array("0123456789)-./+( a=".utf8)
    for _ in 0..<4_000 {
      let text = (0..<random.below(80)).map { _ in random.pick(bytes) }
      let at = random.below(text.count + 1)
      let end = at + random.below(text.count - at + 1)
      var start = at
      while start < end, ")-./".utf8.contains(text[start]) { start += 1 }
      var digits = start
      while digits < end, "0123456789".utf8.contains(text[digits]) { digits += 1 }
      var joined = min(start + 1, end)
      while joined < end, "0123456789)-.+".utf8.contains(text[joined]) { joined += 1 }
      let found = NumberParts(text.span, at, end)
      let isRight =
        found.start == start && found.digitsEnd == digits && found.joinedEnd == joined
      if !isRight { Issue.record("\(String(decoding: text[at..<end], as: UTF8.self))") }
    }
  }
}
