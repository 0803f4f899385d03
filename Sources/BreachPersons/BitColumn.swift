internal import BreachBytes

/// A bit for each of many records.
struct BitColumn {
  /// Record 0 is the lowest bit of the first word.
  let words: Column<UInt64>

  init(_ count: Int, _ room: ColumnRoom) { words = room.column((count + 63) / 64) }

  subscript(record: Int) -> Bool {
    @inline(__always) get { words[record >> 6] >> UInt64(record & 63) & 1 != 0 }
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
  init(_ records: Int, _ room: ColumnRoom, where isWanted: (Int) -> Bool) {
    bits = BitColumn(records, room)
    before = room.column((records + 63) / 64)
    for record in 0..<records {
      if record & 63 == 0 { before[record >> 6] = UInt32(truncatingIfNeeded: count) }
      guard isWanted(record) else { continue }
      bits.set(record)
      count += 1
    }
  }

  /// How many come before `record`, which is one of them.
  @inline(__always)
  func place(of record: Int) -> Int {
    let below = bits.words[record >> 6] & (1 << UInt64(record & 63) - 1)
    return Int(before[record >> 6]) + below.nonzeroBitCount
  }
}
