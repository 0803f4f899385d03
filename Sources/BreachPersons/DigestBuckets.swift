package import BreachBytes

/// Digests parted by their top bits, so that equal ones meet in a table that stays in the cache.
///
/// Several sets of digests can be filled in one pass. Digests are uniform, which keeps buckets
/// even; other numbers cost time, never correctness. Memory: 16 bytes a digest, kept for the next
/// filling.
package struct DigestBuckets {
  private struct Entry: BitwiseCopyable {
    var digest: UInt64
    var number: UInt32
  }

  private let room: ColumnRoom

  /// Blocks of 128 entries, chained by `links`; bucket n begins with block n.
  private var entries: Column<Entry>
  private var links: Column<UInt32>
  /// By bucket: where its next entry goes.
  private var cursors: [UInt32] = []
  private var free = 0
  private var bits = 1
  private var table = Table()

  private static let blockBits = 7

  /// How many digests to make room for at once when the first are added.
  private let expected: Int

  package init(expected: Int = 0, _ room: ColumnRoom = ColumnRoom()) {
    self.expected = expected
    self.room = room
    // First of all that asks for room: everything is written here again in each pass, and what lies in
    // a file costs most where all of it is touched.
    let blocks = Self.blocks(expected)
    entries = room.column(blocks << Self.blockBits)
    links = room.column(blocks)
  }

  /// Blocks that are not full take an eighth at most.
  private static func blocks(_ entries: Int) -> Int { (entries + entries >> 3) >> blockBits }

  /// Where the digests of one set stand in the records of each shape.
  struct Positions {
    /// By shape: where its part of `items` begins; one more at the end.
    private(set) var starts: [UInt32] = [0]
    private(set) var items: [Item] = []

    struct Item {
      /// In words from the beginning of the record.
      var offset: UInt32
      var set: UInt32
    }

    mutating func addShape(_ more: [Item]) {
      items.append(contentsOf: more)
      starts.append(UInt32(items.count))
    }
  }

  /// Empties all and makes room for `count` digests in all, at most `largest` of them in one set.
  package mutating func reset(sets: Int, largest: Int, count: Int) {
    let target = UInt(max(1, largest >> 11))
    bits = min(12, UInt.bitWidth - target.leadingZeroBitCount)
    let buckets = sets << bits
    var blocks = buckets + count >> Self.blockBits + 1
    if links.room < blocks {
      blocks = max(blocks, Self.blocks(expected))
      // Released first: both at once would be the peak.
      entries = room.column(0)
      links = room.column(0)
      entries = room.column(blocks << Self.blockBits)
      links = room.column(blocks)
    }
    cursors.removeAll(keepingCapacity: true)
    for bucket in 0..<buckets { cursors.append(UInt32(bucket << Self.blockBits)) }
    free = buckets
  }

  /// Adds digests to the first set, numbered from `first` on.
  package mutating func add(_ added: [UInt64], first: Int) {
    Self.part(added, first, bits, entries, links, &cursors, &free)
  }

  /// Adds the digests of a chunk's records, numbered by record from `first` on.
  mutating func add(
    _ words: [UInt64],
    _ positions: Positions,
    _ table: RecordTable,
    first: Int
  ) {
    Self.part(words, positions, table, first, bits, entries, links, &cursors, &free)
  }

  private static func part(
    _ added: [UInt64],
    _ first: Int,
    _ bits: Int,
    _ entries: Column<Entry>,
    _ links: Column<UInt32>,
    _ cursors: inout [UInt32],
    _ free: inout Int
  ) {
    let shift = UInt64(64 - bits)
    let added = added.span
    var entries = entries.mutableSpan
    var links = links.mutableSpan
    var cursors = cursors.mutableSpan
    for index in added.indices {
      let digest = added[index]
      let bucket = Int(digest >> shift)
      put(digest, first + index, bucket, &entries, &links, &cursors, &free)
    }
  }

  private static func part(
    _ words: [UInt64],
    _ positions: Positions,
    _ table: RecordTable,
    _ first: Int,
    _ bits: Int,
    _ entries: Column<Entry>,
    _ links: Column<UInt32>,
    _ cursors: inout [UInt32],
    _ free: inout Int
  ) {
    let shift = UInt64(64 - bits)
    let words = words.span
    let shapeOf = table.shapeOf.span
    let widths = table.widths.span
    let starts = positions.starts.span
    let items = positions.items.span
    var entries = entries.mutableSpan
    var links = links.mutableSpan
    var cursors = cursors.mutableSpan
    var record = first
    var at = 0
    while at < words.count {
      let shape = Int(shapeOf[record])
      for index in Int(starts[shape])..<Int(starts[shape + 1]) {
        let item = items[index]
        let digest = words[at + Int(item.offset)]
        let bucket = Int(item.set) << bits | Int(digest >> shift)
        put(digest, record, bucket, &entries, &links, &cursors, &free)
      }
      record += 1
      at += Int(widths[shape])
    }
  }

  @inline(__always)
  private static func put(
    _ digest: UInt64,
    _ number: Int,
    _ bucket: Int,
    _ entries: inout MutableSpan<Entry>,
    _ links: inout MutableSpan<UInt32>,
    _ cursors: inout MutableSpan<UInt32>,
    _ free: inout Int
  ) {
    let at = Int(cursors[bucket])
    entries[at] = Entry(digest: digest, number: UInt32(truncatingIfNeeded: number))
    if (at + 1) & (1 << blockBits - 1) != 0 {
      cursors[bucket] = UInt32(at + 1)
    } else {
      links[at >> blockBits] = UInt32(free)
      cursors[bucket] = UInt32(free << blockBits)
      free += 1
    }
  }

  /// Calls `body` for each digest that was there before, with the number it had last and its own.
  ///
  /// The numbers of one digest come in the order in which they were added; digests in no order that
  /// may mean anything.
  /// - Returns: how many different digests the set holds.
  @inline(__always)
  package mutating func forEachRepeat(in set: Int = 0, _ body: (UInt32, UInt32) -> Void) -> Int {
    var distinct = 0
    for bucket in set << bits..<(set + 1) << bits {
      let end = Int(cursors[bucket])
      var at = bucket << Self.blockBits
      guard at != end else { continue }
      room.relax()
      table.removeAll()
      while true {
        at = table.meet(entries, links, from: at, to: end, body)
        if at == end { break }
        table.grow()
      }
      distinct += table.used
    }
    return distinct
  }

  /// The open table of one bucket.
  private struct Table {
    /// Digests with the top bit set, which is the same all over a bucket; so 0 is an empty slot.
    private var slots = [UInt64](repeating: 0, count: 1 << 13)
    /// By slot: the number that was met last.
    private var latest = [UInt32](repeating: 0, count: 1 << 13)
    private(set) var used = 0

    private static let topBit: UInt64 = 1 << 63

    mutating func removeAll() {
      for slot in slots.indices { slots[slot] = 0 }
      used = 0
    }

    /// Puts entries in until all are there or it is half full; returns where it stopped.
    @inline(__always)
    mutating func meet(
      _ entries: Column<Entry>,
      _ links: Column<UInt32>,
      from start: Int,
      to end: Int,
      _ body: (UInt32, UInt32) -> Void
    ) -> Int {
      Self.meet(entries, links, from: start, to: end, &slots, &latest, &used, body)
    }

    @inline(__always)
    private static func meet(
      _ entries: Column<Entry>,
      _ links: Column<UInt32>,
      from start: Int,
      to end: Int,
      _ slots: inout [UInt64],
      _ latest: inout [UInt32],
      _ used: inout Int,
      _ body: (UInt32, UInt32) -> Void
    ) -> Int {
      let entries = entries.span
      let links = links.span
      var slots = slots.mutableSpan
      var latest = latest.mutableSpan
      let mask = slots.count - 1
      var at = start
      while at != end && used * 2 <= mask {
        let (digest, number) = (entries[at].digest, entries[at].number)
        let key = digest | topBit
        var slot = Int(truncatingIfNeeded: key) & mask
        while slots[slot] != key && slots[slot] != 0 { slot = (slot + 1) & mask }
        if slots[slot] == key {
          body(latest[slot], number)
        } else {
          slots[slot] = key
          used += 1
        }
        latest[slot] = number
        at += 1
        if at & (1 << blockBits - 1) == 0 { at = Int(links[at >> blockBits - 1]) << blockBits }
      }
      return at
    }

    mutating func grow() {
      let (oldSlots, oldLatest) = (slots, latest)
      let mask = oldSlots.count * 2 - 1
      slots = Array(repeating: 0, count: mask + 1)
      latest = Array(repeating: 0, count: mask + 1)
      for (key, number) in zip(oldSlots, oldLatest) where key != 0 {
        var slot = Int(truncatingIfNeeded: key) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = key
        latest[slot] = number
      }
    }
  }
}
