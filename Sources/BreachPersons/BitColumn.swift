internal import BreachBytes

/// A bit for each of many records.
struct BitColumn {
  /// Record 0 is the lowest bit of the first word.
  let words: Column<UInt64>

  init(_ count: Int, _ room: ColumnRoom) { words = room.column((count + 63) / 64) }

  subscript(record: Int) -> Bool {
    @inline(__always) get { words[record >> 6] >> UInt64(record & 63) & 1 != 0 }
  }

  /// Calls `body` with each record whose bit is set, in order.
  @inline(__always)
  func forEach(_ body: (Int) -> Void) {
    for index in 0..<words.room {
      var rest = words[index]
      while rest != 0 {
        body(index << 6 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }

  @inline(__always)
  func set(_ record: Int) { words[record >> 6] |= 1 << UInt64(record & 63) }
}

/// Some of many records, and the place of each among them.
struct RankedRecords {
  private let bits: BitColumn
  /// By word of the bits: how many are set before it.
  private let before: Column<UInt32>
  private(set) var count = 0

  /// Those of `records` that are wanted.
  init(_ records: BitColumn, _ room: ColumnRoom, where isWanted: (Int) -> Bool) {
    bits = BitColumn(records.words.room << 6, room)
    before = room.column(records.words.room)
    let bits = bits
    records.forEach { if isWanted($0) { bits.set($0) } }
    for index in 0..<records.words.room {
      before[index] = UInt32(truncatingIfNeeded: count)
      count += bits.words[index].nonzeroBitCount
    }
  }

  /// The record is one of them.
  func contains(_ record: Int) -> Bool { bits[record] }

  /// How many come before `record`, which is one of them.
  @inline(__always)
  func place(of record: Int) -> Int {
    let below = bits.words[record >> 6] & (1 << UInt64(record & 63) - 1)
    return Int(before[record >> 6]) + below.nonzeroBitCount
  }
}
