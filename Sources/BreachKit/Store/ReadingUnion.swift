internal import BreachBytes
internal import BreachModel

/// What several scans read, put together so that neither their order nor saying a thing twice matters.
struct ReadingUnion {
  private var leaves: [LeafKey: Scan.Leaf] = [:]
  private var gaps = Gathered<Gap>()
  private var notes = Gathered<Note>()
  private var unread = Gathered<Unread>()
  private var inputs = Gathered<Run.Input>()
  private var isInterrupted = false
  private var ageDays: Period?

  /// A leaf that stores may hold alike: by what is in it where that is known, else by all that is said of
  /// it; and the how many of its kind it is in its store.
  private struct LeafKey: Hashable {
    var file: [UInt8]
    var path: String
    var content: LeafContent?
    var told: [UInt8]
    var turn = 0
  }

  /// Adds what another run read; what both have said alike is said once, and dropped from where its records
  /// are kept, which is the same place for all.
  mutating func add(_ other: Reading) {
    var turns: [LeafKey: Int] = [:]
    for leaf in other.leaves {
      let content = LeafContent(leaf)
      var key = LeafKey(
        file: leaf.file,
        path: leaf.path,
        content: content,
        told: content == nil ? leaf.encoded : []
      )
      let turn = turns[key, default: 0]
      turns[key] = turn + 1
      key.turn = turn
      guard let known = leaves[key] else {
        leaves[key] = leaf
        continue
      }
      let (chosen, dropped) = Self.one(of: known, leaf)
      leaves[key] = chosen
      other.store.drop(dropped.entries.flatMap(\.identities))
    }
    gaps.add(other.gaps)
    notes.add(other.notes)
    unread.add(other.unread)
    inputs.add(other.inputs)
    isInterrupted = isInterrupted || other.isInterrupted
    ageDays = Period([ageDays, other.ageDays].compactMap(\.self))
  }

  /// Of two that hold the same, what both know; and that whose records are those of the other.
  private static func one(of left: Scan.Leaf, _ right: Scan.Leaf)
    -> (chosen: Scan.Leaf, dropped: Scan.Leaf)
  {
    var (chosen, other) = (left, right)
    if right.told.lexicographicallyPrecedes(left.told) { (chosen, other) = (right, left) }
    chosen.place = min(left.place, right.place)
    chosen.aliases = Set(chosen.aliases + other.aliases).sorted(by: Self.precedes)
    chosen.links = chosen.aliases.count
    return (chosen, other)
  }

  /// By file as bytes, and as they stand in it; where files of one path differ, by what is in them.
  func reading(_ store: BlobStore) -> Reading {
    let ordered = leaves.map { (key: $0, leaf: $1) }.sorted { left, right in
      if left.key.file != right.key.file {
        return left.key.file.lexicographicallyPrecedes(right.key.file)
      }
      if left.leaf.place != right.leaf.place { return left.leaf.place < right.leaf.place }
      if left.key.path != right.key.path { return Self.precedes(left.key.path, right.key.path) }
      let (one, other) = (left.key.content?.words ?? [], right.key.content?.words ?? [])
      if one != other { return one.lexicographicallyPrecedes(other) }
      if left.key.turn != right.key.turn { return left.key.turn < right.key.turn }
      return left.key.told.lexicographicallyPrecedes(right.key.told)
    }
    return Reading(
      leaves: ordered.map(\.leaf),
      gaps: gaps.elements,
      notes: notes.elements,
      unread: unread.elements,
      inputs: inputs.sorted {
        ($0.path, $0.bytes, $0.sha256 ?? "") < ($1.path, $1.bytes, $1.sha256 ?? "")
      },
      isInterrupted: isInterrupted,
      store: store,
      ageDays: ageDays
    )
  }

  private static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}

extension Scan.Leaf {
  /// What was found in it, in bytes that can be compared; without its other paths.
  fileprivate var told: [UInt8] {
    var alone = self
    alone.aliases = []
    return alone.encoded
  }
}

/// What several say, each thing as often as the one who says it most often.
struct Gathered<Element: Hashable> {
  /// In the order in which they came.
  private(set) var elements: [Element] = []
  private var counts: [Element: Int] = [:]

  mutating func add(_ others: [Element]) {
    var own: [Element: Int] = [:]
    for other in others {
      let count = own[other, default: 0] + 1
      own[other] = count
      if count > counts[other, default: 0] {
        counts[other] = count
        elements.append(other)
      }
    }
  }

  func sorted(by precedes: (Element, Element) -> Bool) -> [Element] {
    elements.sorted(by: precedes)
  }
}
