import BreachBytes
import TestKit
import Testing

/// The index of bytes against a plain loop, however it is found and however little it holds.
@Suite struct ByteIndexTests {
  @Test(arguments: ByteIndex.Way.allCases, 0..<40 as Range<UInt64>)
  func allWaysFindTheSame(way: ByteIndex.Way, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let values: [UInt8] = [0x22, 0x27, 0x5C, 0x2C, 0x28, 0x29, 0x3B, 0x0A].map { value in
      seed % 3 == 0 ? UInt8.random(in: 0...255, using: &random) : value
    }
    let marks = ByteMarks(
      values[0],
      values[1],
      values[2],
      values[3],
      values[4],
      values[5],
      values[6],
      values[7]
    )
    let density = 1 + random.below(20)
    let text = (0..<random.below(900)).map { _ in
      random.once(in: density) ? random.pick(values) : UInt8.random(in: 0...255, using: &random)
    }
    let start = text.isEmpty ? 0 : random.below(text.count)
    let end = start + random.below(text.count - start + 1)
    var index = ByteIndex(capacity: 64 + random.below(300), way: way)
    var found: [Int] = []
    var at = start
    while at < end {
      let next = index.fill(text.span, from: at, to: end, of: marks)
      #expect(next > at)
      for entry in 0..<index.count { found.append(index[entry]) }
      at = next
    }
    #expect(found == (start..<end).filter { values.contains(text[$0]) })
  }

  @Test func fewerValuesAreRepeated() {
    var index = ByteIndex()
    let text = Array("a,b\0;c\n".utf8)
    #expect(index.fill(text.span, from: 0, to: text.count, of: ByteMarks(0x2C, 0x0A)) == text.count)
    #expect(index.count == 2)
    #expect([index[0], index[1]] == [1, 6])
  }
}
