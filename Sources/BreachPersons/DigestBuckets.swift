package import BreachBytes

/// Digests parted by their top bits, so that equal ones meet in a table that stays in the cache.
///
/// Several sets of digests can be filled in one pass. Digests are uniform, which keeps buckets
/// even; other numbers cost time, never correctness. Memory: 16 bytes a digest, kept for the next
/// filling, or a file of as many.
package struct DigestBuckets {
  /// A digest, the number under which it was added, and the record it stands in.
  package struct Entry: BitwiseCopyable {
    package var digest: UInt64
    package var number: UInt32
    package var record: UInt32

    package init(digest: UInt64, number: UInt32, record: UInt32) {
      (self.digest, self.number, self.record) = (digest, number, record)
    }
  }

  private let room: ColumnRoom
  /// Entries come to a bucket's part of `open`, a block long, and go from there to `blocks`.
  private var open: [Entry] = []
  /// By bucket: where its next entry goes.
  private var cursors: [Int] = []
  private var blocks: EntryBlocks
  private var bits = 1
  private var table = Table()

  /// How many digests to make room for at once when the first are added.
  private let expected: Int

  package init(expected: Int = 0, _ room: ColumnRoom = ColumnRoom()) {
    self.expected = expected
    self.room = room
    blocks = EntryBlocks(0, room)
  }

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
    if blocks.most < count {
      // Released first: both at once would be the peak.
      blocks = EntryBlocks(0, room)
      blocks = EntryBlocks(max(count, expected), room)
    }
    blocks.removeAll(buckets)
    let missing = buckets << EntryBlocks.bits - open.count
    if missing > 0 {
      open.append(contentsOf: repeatElement(Entry(digest: 0, number: 0, record: 0), count: missing))
    }
    cursors.removeAll(keepingCapacity: true)
    for bucket in 0..<buckets { cursors.append(bucket << EntryBlocks.bits) }
  }

  /// Adds digests to the first set.
  package mutating func add(_ added: [Entry]) {
    Self.part(added, bits, &open, &cursors, blocks)
  }

  /// Adds the digests of a chunk's records, numbered by record from `first` on.
  mutating func add(
    _ words: [UInt64],
    _ positions: Positions,
    _ table: RecordTable,
    first: Int
  ) {
    Self.part(words, positions, table, first, bits, &open, &cursors, blocks)
  }

  private static func part(
    _ added: [Entry],
    _ bits: Int,
    _ open: inout [Entry],
    _ cursors: inout [Int],
    _ blocks: EntryBlocks
  ) {
    let shift = UInt64(64 - bits)
    let added = added.span
    var open = open.mutableSpan
    var cursors = cursors.mutableSpan
    for index in added.indices {
      let entry = added[index]
      put(entry, Int(entry.digest >> shift), &open, &cursors, blocks)
    }
  }

  private static func part(
    _ words: [UInt64],
    _ positions: Positions,
    _ table: RecordTable,
    _ first: Int,
    _ bits: Int,
    _ open: inout [Entry],
    _ cursors: inout [Int],
    _ blocks: EntryBlocks
  ) {
    let shift = UInt64(64 - bits)
    let words = words.span
    let shapeOf = table.shapeOf.span
    let widths = table.widths.span
    let starts = positions.starts.span
    let items = positions.items.span
    var open = open.mutableSpan
    var cursors = cursors.mutableSpan
    var record = first
    var at = 0
    while at < words.count {
      let shape = Int(shapeOf[record])
      for index in Int(starts[shape])..<Int(starts[shape + 1]) {
        let item = items[index]
        let digest = words[at + Int(item.offset)]
        let bucket = Int(item.set) << bits | Int(digest >> shift)
        let number = UInt32(truncatingIfNeeded: record)
        let entry = Entry(digest: digest, number: number, record: number)
        put(entry, bucket, &open, &cursors, blocks)
      }
      record += 1
      at += Int(widths[shape])
    }
  }

  @inline(__always)
  private static func put(
    _ entry: Entry,
    _ bucket: Int,
    _ open: inout MutableSpan<Entry>,
    _ cursors: inout MutableSpan<Int>,
    _ blocks: EntryBlocks
  ) {
    let at = cursors[bucket]
    open[at] = entry
    if (at + 1) & (EntryBlocks.size - 1) != 0 {
      cursors[bucket] = at + 1
    } else {
      let start = bucket << EntryBlocks.bits
      blocks.append(open.span.extracting(start..<start + EntryBlocks.size), to: bucket)
      cursors[bucket] = start
    }
  }

  /// Calls `body` for each digest that was there before: with the first of its entries, with its own, and
  /// whether it is the second.
  ///
  /// The entries of one digest come in the order in which they were added; digests in no order that
  /// may mean anything.
  /// - Returns: how many different digests the set holds.
  @inline(__always)
  package mutating func forEachRepeat(
    in set: Int = 0,
    _ body: (_ first: Entry, _ later: Entry, _ isSecond: Bool) -> Void
  ) -> Int {
    var distinct = 0
    var read: [Entry] = []
    let open = open
    for bucket in set << bits..<(set + 1) << bits {
      var most = cursors[bucket] - bucket << EntryBlocks.bits
      var at = blocks.first(of: bucket)
      while let block = at {
        most += EntryBlocks.size
        at = blocks.next(after: block)
      }
      table.begin(most)
      at = blocks.first(of: bucket)
      while let block = at {
        if let inMemory = blocks.column {
          let start = block << EntryBlocks.bits
          table.meet(inMemory.span.extracting(start..<start + EntryBlocks.size), body)
        } else {
          blocks.read(block, into: &read)
          table.meet(read.span, body)
        }
        at = blocks.next(after: block)
      }
      table.meet(open.span.extracting(bucket << EntryBlocks.bits..<cursors[bucket]), body)
      distinct += table.used
    }
    return distinct
  }

  /// The open table of one bucket.
  private struct Table {
    /// The first entry of each digest; of these, so many are used.
    private var firsts: [Entry] = []
    private(set) var used = 0
    /// The place of a digest in `firsts`, plus one; 0 is an empty slot.
    ///
    /// The top bit of the lower half is set once another was met, and the upper half of the digest stands
    /// above.
    private var slots: [UInt64] = []
    /// Slots that are used, a power of two, less one.
    private var mask = 0

    private static let none = Entry(digest: 0, number: 0, record: 0)

    private static let repeated: UInt64 = 1 << 31
    private static let upper: UInt64 = 0xFFFF_FFFF << 32

    /// Forgets all and makes room for so many entries; half of the slots stay empty.
    mutating func begin(_ most: Int) {
      used = 0
      var count = 64
      while count < 2 * most { count *= 2 }
      mask = count - 1
      if firsts.count < most {
        firsts.append(contentsOf: repeatElement(Self.none, count: count / 2 - firsts.count))
      }
      if slots.count < count {
        slots = Array(repeating: 0, count: count)
      } else {
        for slot in 0..<count { slots[slot] = 0 }
      }
    }

    /// Puts entries in, no more than there is room for.
    @inline(__always)
    mutating func meet(_ entries: Span<Entry>, _ body: (Entry, Entry, Bool) -> Void) {
      Self.meet(entries, &firsts, &used, &slots, mask, body)
    }

    @inline(__always)
    private static func meet(
      _ entries: Span<Entry>,
      _ firsts: inout [Entry],
      _ used: inout Int,
      _ slots: inout [UInt64],
      _ mask: Int,
      _ body: (Entry, Entry, Bool) -> Void
    ) {
      var firsts = firsts.mutableSpan
      var slots = slots.mutableSpan
      for index in entries.indices {
        let entry = entries[index]
        var slot = Int(truncatingIfNeeded: entry.digest) & mask
        while true {
          let kept = slots[slot]
          if kept == 0 {
            firsts[used] = entry
            used += 1
            slots[slot] = entry.digest & upper | UInt64(used)
            break
          }
          if (kept ^ entry.digest) & upper == 0 {
            let first = firsts[Int(kept & (repeated - 1)) - 1]
            if first.digest == entry.digest {
              body(first, entry, kept & repeated == 0)
              slots[slot] = kept | repeated
              break
            }
          }
          slot = (slot + 1) & mask
        }
      }
    }
  }
}

/// Blocks of entries, each behind the last one of its bucket; in memory or in a file.
private final class EntryBlocks {
  typealias Entry = DigestBuckets.Entry

  static let bits = 6
  static let size = 1 << bits

  /// Entries that there is room for.
  let most: Int
  /// Where they are when they are in memory, block behind block.
  let column: Column<Entry>?
  private let file: RecordFile<Entry>?
  /// What goes to the file next, blocks in their order.
  private var fresh: [Entry] = []
  private var written = 0
  private var count = 0
  /// By bucket: its first and last block, plus one; 0 without one.
  private var firsts: [UInt32] = []
  private var lasts: [UInt32] = []
  /// By block: the next one of its bucket, plus one.
  private var links: [UInt32] = []

  init(_ most: Int, _ room: ColumnRoom) {
    self.most = most
    let fits = most * MemoryLayout<Entry>.stride <= room.left(.inOrder)
    file = fits ? nil : room.file(most)
    column = file == nil ? room.column(most, .inOrder) : nil
  }

  func removeAll(_ buckets: Int) {
    (count, written) = (0, 0)
    fresh.removeAll(keepingCapacity: true)
    links.removeAll(keepingCapacity: true)
    firsts = Array(repeating: 0, count: buckets)
    lasts = Array(repeating: 0, count: buckets)
  }

  func append(_ entries: borrowing Span<Entry>, to bucket: Int) {
    if let column {
      column.write(entries, at: count << Self.bits)
    } else {
      for index in entries.indices { fresh.append(entries[index]) }
      if fresh.count == Self.size << 8 { flush() }
    }
    count += 1
    links.append(0)
    let number = UInt32(truncatingIfNeeded: count)
    if lasts[bucket] == 0 {
      firsts[bucket] = number
    } else {
      links[Int(lasts[bucket]) - 1] = number
    }
    lasts[bucket] = number
  }

  private func flush() {
    file?.write(written, fresh)
    written += fresh.count
    fresh.removeAll(keepingCapacity: true)
  }

  func first(of bucket: Int) -> Int? { firsts[bucket] == 0 ? nil : Int(firsts[bucket]) - 1 }

  func next(after block: Int) -> Int? { links[block] == 0 ? nil : Int(links[block]) - 1 }

  /// Puts a block's entries, read from the file, in place of what `entries` holds.
  func read(_ block: Int, into entries: inout [Entry]) {
    if !fresh.isEmpty { flush() }
    file?.read(block << Self.bits, Self.size, into: &entries)
  }
}
