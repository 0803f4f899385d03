import BreachBytes
import BreachModel
import BreachPersons
import Testing

/// Where columns lie changes no number.
@Suite struct RoomTests {
  /// A room that keeps nothing in memory.
  private static var onDisk: ColumnRoom {
    ColumnRoom(budget: 0, directory: Array("/tmp".utf8), mostMapped: 0)
  }

  @Test(arguments: [1, 511, 512, 513, 3_000]) func aFileKeepsWhatAColumnHolds(_ count: Int) {
    let rooms = [ColumnRoom(), Self.onDisk]
    for room in rooms {
      let column: Column<UInt64> = room.column(count)
      #expect((0..<count).allSatisfy { column[$0] == 0 })
      for index in 0..<count {
        column[index] = UInt64(index) &* 0x9E37_79B9_7F4A_7C15
        // Lets go of all pages.
        room.relax()
      }
      column[count - 1] &+= 1
      let last = UInt64(count - 1)
      #expect(
        (0..<count).allSatisfy {
          let kept = column[$0]
          return kept == UInt64($0) &* 0x9E37_79B9_7F4A_7C15 &+ (UInt64($0) == last ? 1 : 0)
        }
      )
      column.clear(count)
      #expect((0..<count).allSatisfy { column[$0] == 0 })
      #expect(room.failure == nil)
    }
  }

  @Test func aFolderThatIsNotThereIsSaid() {
    let room = ColumnRoom(budget: 0, directory: Array("/tmp/no such folder".utf8), mostMapped: 0)
    let column: Column<UInt8> = room.column(10)
    column[9] = 7
    #expect(column[9] == 7)
    #expect(room.failure == .notFound)
  }

  @Test(arguments: [0, 40_000, 400_000, Int.max]) func countsAreTheSameWhateverFits(
    _ budget: Int
  ) throws {
    var generator = SeededGenerator(seed: 7)
    let sheet = CountTests.random(4_000, &generator)
    let plain = try sheet.count()
    let room = ColumnRoom(budget: budget, directory: Array("/tmp".utf8), mostMapped: 0)
    let other = try sheet.count(room: room)
    #expect(room.failure == nil)
    #expect(other.count == plain.count && other.funnel == plain.funnel)
    #expect(other.profiles == plain.profiles && other.byType == plain.byType)
    #expect(other.byClass == plain.byClass && other.byResidence == plain.byResidence)
    #expect(other.distinct == plain.distinct)
  }
}
