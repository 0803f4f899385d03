import BreachBytes
import BreachPersons
import Testing

/// Values come back by key, those of one key in the order they came in, however many runs there are.
@Suite struct SortedRunTests {
  @Test(arguments: [1, 2, 7, 1_000, 1 << 21], [0, Int.max])
  func groupsAreThoseOfADictionary(_ most: Int, _ budget: Int) {
    var generator = SeededGenerator(seed: 3)
    let room = ColumnRoom(budget: budget, directory: Array("/tmp".utf8), mostMapped: 0)
    for (count, keys) in [(0, 1), (1, 1), (500, 20), (3_000, UInt32.max), (50, 1)] {
      // Each run of one value is a file with a budget of nothing.
      if most == 1 && budget == 0 && count > 500 { continue }
      var runs = SortedRuns(room, most: most)
      var expected: [UInt32: [UInt32]] = [:]
      for value in 0..<UInt32(count) {
        let key = UInt32.random(in: 0..<keys, using: &generator)
        // The highest value and key are values and keys, too.
        let (shown, stood) = (UInt32.max - value, key == keys - 1 ? UInt32.max : key)
        runs.append(stood, shown)
        expected[stood, default: []].append(shown)
      }
      let sorted = expected.sorted { $0.key < $1.key }.map(\.value)
      for _ in 0..<2 {
        var found: [[UInt32]] = []
        runs.forEachGroup { found.append($0) }
        // They are given back once.
        #expect(found == sorted || found.isEmpty && count == 0)
        runs.forEachGroup { _ in Issue.record("something was left") }
        for (key, values) in expected { for value in values { runs.append(key, value) } }
      }
    }
    #expect(room.failure == nil)
  }

  @Test func aFileKeepsWhatIsWritten() throws {
    let room = ColumnRoom(budget: 0, directory: Array("/tmp".utf8), mostMapped: 0)
    let made: RecordFile<UInt16>? = room.file(100)
    let file = try #require(made)
    file.write(3, [1, 2, 3, 4, 5, 6, 7, 8, 9])
    file.write(5, [20, 30])
    var read: [UInt16] = [7]
    file.read(3, 5, into: &read)
    #expect(read == [1, 2, 20, 30, 5])
    #expect(file.few(4, 3) == [2, 20, 30, 0, 0, 0, 0, 0])
    file.read(6, 5, into: &read)
    #expect(read == [30, 5, 6, 7, 8])
    file.read(98, 5, into: &read)
    #expect(read == [0, 0])
    file.write(99, [9])
    #expect(file.few(98, 8) == [0, 9, 0, 0, 0, 0, 0, 0])
    let nowhere = ColumnRoom(budget: 0, directory: Array("/no such".utf8), mostMapped: 0)
    let none: RecordFile<UInt16>? = nowhere.file(1)
    #expect(none == nil && nowhere.failure == .notFound)
  }

  @Test func whatIsTouchedInOrderLeavesMemoryToTheRest() {
    let room = ColumnRoom(budget: 80 << 10, directory: Array("/tmp".utf8), mostMapped: 0)
    #expect(room.left(.anywhere) == 80 << 10)
    #expect(room.left(.inOrder) == 70 << 10)
    let first: Column<UInt8> = room.column(64 << 10, .inOrder)
    let onDisk: Column<UInt8> = room.column(8 << 10, .inOrder)
    #expect(room.left(.anywhere) == 16 << 10)
    let last: Column<UInt8> = room.column(16 << 10)
    #expect(room.left(.anywhere) == 0)
    #expect(first.room + onDisk.room + last.room == 88 << 10)
  }
}
