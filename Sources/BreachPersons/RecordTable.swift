internal import BreachBytes
internal import BreachModel

/// What linking and counting keep of each record, by its number in source order.
///
/// Ten bytes a record, and a bit for each type that links, in the store's room for columns, read and
/// written in the order of records; the digests themselves stay in the store and are read in passes.
struct RecordTable {
  /// The types whose values link records.
  private let linking: TypeSet
  private(set) var shapes: [IdentityShape] = []
  private(set) var facts: [ShapeFacts] = []
  /// Which ids of different tables may be compared.
  var idSpaces: IDSpaces?
  /// Which keys of different tables may be compared.
  var keySpaces: KeySpaces?
  /// By the raw value of a kind: some shape has it.
  private(set) var used = [Bool](repeating: false, count: 256)
  /// By shape: words of a record.
  private(set) var widths: [UInt32] = []
  /// By shape: how many records have it.
  private(set) var uses: [Int] = []
  private var numbers: [IdentityShape: Int] = [:]
  private var classes = ClassNames()

  /// By record: number of the shape.
  let shapeOf: Column<UInt32>
  let residences: Column<UInt8>
  let ages: Column<UInt8>
  /// By record: where its words begin in its chunk.
  let offsets: Column<UInt32>
  /// By type that links: a bit per record that shares a value with another; empty when none does.
  private var shared: [DataType: BitColumn] = [:]
  private let room: ColumnRoom
  /// How many records there are.
  let count: Int
  /// By chunk: the number of its first record; one more at the end.
  private var starts = [0]
  /// By chunk: its leaf.
  private var leaves: [Int] = []

  init(_ linking: TypeSet, records: Int, _ room: ColumnRoom) {
    self.linking = linking
    self.room = room
    count = records
    shapeOf = room.column(records, .inOrder)
    residences = room.column(records, .inOrder)
    ages = room.column(records, .inOrder)
    offsets = room.column(records, .inOrder)
  }

  var classNames: [String] { classes.names }

  /// Records that stand for somebody, further persons in a row not counted.
  var rows: Int {
    facts.indices.reduce(0) { facts[$1].isCounted && !facts[$1].isExtra ? $0 + uses[$1] : $0 }
  }

  func records(of chunk: Int) -> Range<Int> { starts[chunk]..<starts[chunk + 1] }

  /// The leaf that a record stands in.
  func leaf(of record: Int) -> Int {
    var range = 0..<leaves.count
    while range.count > 1 {
      let middle = (range.lowerBound + range.upperBound) / 2
      range = starts[middle] <= record ? middle..<range.upperBound : range.lowerBound..<middle
    }
    return leaves[range.lowerBound]
  }

  /// What records of one list have in common, however many files it is cut into.
  func list(of record: UInt32) -> UInt32 { facts[Int(shapeOf[Int(record)])].layout }

  /// Calls `body` with each table of each leaf in source order, and its records in theirs.
  func forEachTable(_ body: (_ leaf: Int, _ table: UInt32, _ records: TableRecords) -> Void) {
    // There may be as many leaves as records, and seldom more than one table.
    let known = Set(facts.indices.filter { uses[$0] > 0 }.map { facts[$0].table })
    var chunk = 0
    while chunk < leaves.count {
      var behind = chunk + 1
      while behind < leaves.count, leaves[behind] == leaves[chunk] { behind += 1 }
      forEachTable(of: starts[chunk]..<starts[behind], known) { body(leaves[chunk], $0, $1) }
      chunk = behind
    }
  }

  private func forEachTable(
    of range: Range<Int>,
    _ known: Set<UInt32>,
    _ body: (_ table: UInt32, _ records: TableRecords) -> Void
  ) {
    if range.isEmpty { return }
    if known.count == 1, let table = known.first {
      body(table, TableRecords(range: range, order: nil))
      return
    }
    // By table: how many records it has, then where its next one goes.
    var counts = [Int](repeating: 0, count: Int(known.max() ?? 0) + 1)
    for record in range {
      if record & 0xFFFF == 0 { room.relax() }
      counts[Int(facts[Int(shapeOf[record])].table)] += 1
    }
    let tables = counts.indices.filter { counts[$0] > 0 }
    if tables.count < 2 {
      if let table = tables.first {
        body(UInt32(table), TableRecords(range: range, order: nil))
      }
      return
    }
    var places = counts
    var place = 0
    for table in tables {
      places[table] = place
      place += counts[table]
    }
    let order: Column<UInt32> = room.column(range.count, .inOrder)
    for record in range {
      if record & 0xFFFF == 0 { room.relax() }
      let table = Int(facts[Int(shapeOf[record])].table)
      order[places[table]] = UInt32(truncatingIfNeeded: record)
      places[table] += 1
    }
    for table in tables {
      let end = places[table]
      body(UInt32(table), TableRecords(range: end - counts[table]..<end, order: order))
    }
  }

  /// Reads the next chunk; what stands for somebody adds the hash of its row to `rows`,
  /// and what must not conflict goes to `marks`.
  mutating func load(
    _ chunk: IdentityChunk,
    leaf: Int,
    _ marks: MarkTable,
    _ rows: inout SharedKeys
  ) {
    leaves.append(leaf)
    let local = chunk.shapes.map { number(of: $0) }
    starts.append(
      Self.load(
        chunk.words,
        first: starts[starts.count - 1],
        local,
        facts,
        &uses,
        shapeOf,
        residences,
        ages,
        offsets,
        marks,
        &rows
      )
    )
  }

  /// Reads a chunk's records into the columns; returns the number behind the last.
  private static func load(
    _ words: [UInt64],
    first: Int,
    _ local: [Int],
    _ facts: [ShapeFacts],
    _ uses: inout [Int],
    _ shapeOf: Column<UInt32>,
    _ residences: Column<UInt8>,
    _ ages: Column<UInt8>,
    _ offsets: Column<UInt32>,
    _ marks: MarkTable,
    _ rows: inout SharedKeys
  ) -> Int {
    let words = words.span
    var uses = uses.mutableSpan
    var shapeOf = shapeOf.mutableSpan
    var residences = residences.mutableSpan
    var ages = ages.mutableSpan
    var offsets = offsets.mutableSpan
    var filling = MarkTable.Filling(marks, from: first)
    var record = first
    var at = 0
    while at < words.count {
      let number = local[Int(words[at] & 0xFFFF_FFFF)]
      let facts = facts[number]
      uses[number] += 1
      shapeOf[record] = UInt32(number)
      residences[record] = UInt8(truncatingIfNeeded: words[at] >> 32)
      ages[record] = UInt8(truncatingIfNeeded: words[at] >> 40)
      offsets[record] = UInt32(at)
      filling.append(Marks(words, at + 2, facts))
      if facts.isCounted {
        // A further person in a row is another row for this purpose.
        let extra = facts.isExtra ? (words[at + 2] | 1) : 0
        rows.append(words[at + 1] ^ extra, UInt32(record))
      }
      record += 1
      at += facts.width
    }
    filling.flush()
    return record
  }

  private mutating func number(of shape: IdentityShape) -> Int {
    if let known = numbers[shape] { return known }
    numbers[shape] = shapes.count
    shapes.append(shape)
    for kind in shape.kinds { used[Int(kind.rawValue)] = true }
    let facts = ShapeFacts(shape, classes.number(of: shape.personClass))
    self.facts.append(facts)
    widths.append(UInt32(facts.width))
    uses.append(0)
    return shapes.count - 1
  }

  // MARK: different values

  /// Values that are counted together, unless a single type has more: twice as many as records where
  /// there is memory for them.
  static func most(_ records: Int, _ room: ColumnRoom) -> Int {
    let stride = MemoryLayout<DigestBuckets.Entry>.stride
    return 2 * records * stride <= room.left(.inOrder) ? 2 * records : records
  }

  /// Types in groups whose values are few enough to be counted together.
  func rounds(of most: Int) -> [[(type: DataType, values: Int)]] {
    var values: [DataType: Int] = [:]
    for (shape, uses) in zip(shapes, uses) {
      for type in shape.kinds.compactMap(\.type) { values[type, default: 0] += uses }
    }
    var rounds: [[(type: DataType, values: Int)]] = []
    var sum = 0
    for type in DataType.allCases {
      guard let count = values[type] else { continue }
      if rounds.isEmpty || sum + count > most {
        rounds.append([])
        sum = 0
      }
      rounds[rounds.count - 1].append((type, count))
      sum += count
    }
    return rounds
  }

  /// Where the values of `types` stand, each type a set of its own.
  func positions(of types: [DataType]) -> DigestBuckets.Positions {
    var positions = DigestBuckets.Positions()
    for shape in shapes {
      positions.addShape(
        shape.kinds.enumerated().compactMap { position, kind in
          kind.type.flatMap { types.firstIndex(of: $0) }.map {
            DigestBuckets.Positions.Item(offset: UInt32(2 + position), set: UInt32($0))
          }
        }
      )
    }
    return positions
  }

  /// Counts the different values of a set, and notes which records share theirs with others.
  mutating func countDistinct(
    _ buckets: inout DigestBuckets,
    _ set: Int,
    _ type: DataType
  ) -> Int {
    guard linking.contains(type) else { return buckets.forEachRepeat(in: set) { _, _, _ in } }
    let bits = BitColumn(count, room)
    var found = false
    let distinct = buckets.forEachRepeat(in: set) { first, later, _ in
      bits.set(Int(first.record))
      bits.set(Int(later.record))
      found = true
    }
    if found { shared[type] = bits }
    return distinct
  }

  /// A bit per record that shares a value of one of `types` with another; nil when none does.
  func sharing(_ types: [DataType]) -> [UInt64]? {
    let found = types.compactMap { shared[$0] }
    if found.isEmpty { return nil }
    var all = [UInt64](repeating: 0, count: (count + 63) / 64)
    for bits in found { for index in all.indices { all[index] |= bits.words[index] } }
    return all
  }
}

/// The records of one table.
struct TableRecords {
  /// Places in `order`; without one, the records themselves.
  fileprivate let range: Range<Int>
  fileprivate let order: Column<UInt32>?

  func forEach(_ body: (Int) -> Void) {
    for place in range { body(order.map { Int($0[place]) } ?? place) }
  }
}
