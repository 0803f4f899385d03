internal import BreachBytes
internal import BreachModel

/// Columns of several tables that number the same persons: 会員番号 of a list and of the orders.
///
/// An id means something inside its table only, until the tables agree: where both have an id, both
/// have the same name. Unrelated tables number from 1, too, and give the numbers to others.
struct IDSpaces {
  /// By shape: what turns its id into that of the first space that numbers the same persons.
  private(set) var masks: [UInt64]
  /// By shape: other spaces number the same persons.
  private(set) var isShared: [Bool]
  /// By shape: the number of its space, or -1.
  private let spaceOf: [Int]
  private var spaces: [UInt64] = []
  /// By record: a digest of the full name, 0 without one.
  private var names: Column<UInt64>?
  private var tallies: [Pair: Tally] = [:]

  private struct Pair: Hashable {
    var first: Int
    var second: Int
  }

  /// Ids with a name in both spaces, and how often it is the same.
  private struct Tally {
    var compared = 0
    var agreed = 0

    /// Names change and are misspelled.
    var isOne: Bool { compared >= 3 && agreed * 10 >= compared * 8 }
  }

  init(_ table: RecordTable) {
    masks = Array(repeating: 0, count: table.shapes.count)
    isShared = Array(repeating: false, count: table.shapes.count)
    var spaces: [UInt64] = []
    spaceOf = table.shapes.map { shape in
      guard shape.idSpace != 0, shape.kinds.contains(AttributeKind(.memberID)) else { return -1 }
      if let known = spaces.firstIndex(of: shape.idSpace) { return known }
      spaces.append(shape.idSpace)
      return spaces.count - 1
    }
    self.spaces = spaces
  }

  /// There is something to compare.
  var areSeveral: Bool { spaces.count > 1 }

  /// Adds the ids of a chunk's records to `keys`, and keeps their names.
  mutating func load(
    _ words: [UInt64],
    _ records: Range<Int>,
    _ table: RecordTable,
    _ keys: inout SharedKeys,
    _ room: ColumnRoom
  ) {
    let names = names ?? room.column(table.count)
    self.names = names
    let ids = table.shapes.map { $0.kinds.firstIndex(of: AttributeKind(.memberID)) ?? 0 }
    let named = table.shapes.map { $0.kinds.firstIndex(of: AttributeKind(.personName)) }
    for record in records {
      let shape = Int(table.shapeOf[record])
      guard spaceOf[shape] >= 0 else { continue }
      let start = Int(table.offsets[record]) + 2
      if let named = named[shape] { names[record] = words[start + named] }
      keys.append(words[start + ids[shape]] ^ spaces[spaceOf[shape]], UInt32(record))
    }
  }

  /// Compares the names of the records of one id, the first of each space.
  mutating func compare(_ group: [UInt32], _ table: RecordTable) {
    var seen: [(space: Int, name: UInt64)] = []
    for record in group {
      let space = spaceOf[Int(table.shapeOf[Int(record)])]
      let name = names?[Int(record)] ?? 0
      if name == 0 || seen.contains(where: { $0.space == space }) { continue }
      for other in seen {
        let pair = Pair(first: min(space, other.space), second: max(space, other.space))
        tallies[pair, default: Tally()].compared += 1
        if other.name == name { tallies[pair, default: Tally()].agreed += 1 }
      }
      seen.append((space, name))
    }
  }

  /// Decides which spaces number the same persons.
  mutating func settle() {
    var roots = Array(spaces.indices)
    func root(_ space: Int) -> Int {
      var at = space
      while roots[at] != at { at = roots[at] }
      return at
    }
    for (pair, tally) in tallies where tally.isOne {
      let (one, other) = (root(pair.first), root(pair.second))
      roots[max(one, other)] = min(one, other)
    }
    let ends = spaces.indices.map(root)
    for (shape, space) in spaceOf.enumerated() where space >= 0 {
      masks[shape] = spaces[space] ^ spaces[ends[space]]
      isShared[shape] = ends.count { $0 == ends[space] } > 1
    }
    names = nil
  }
}
