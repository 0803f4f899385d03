internal import BreachBytes
internal import BreachModel

/// Records joined to entities: a forest whose roots carry what must not conflict.
struct Clusters {
  private let parents: Column<UInt32>
  let marks: MarkTable
  /// By record: belongs to an entity of several.
  let isJoined: BitColumn
  /// A bit for each record that shared with another what a rule asks for, and conflicted with it.
  private(set) var disputed: [UInt64]
  /// Roots of the group that is being joined; kept for its memory.
  private var roots: [UInt32] = []
  /// What must not conflict with each of them; none before there is a second.
  private var rootMarks: [Marks] = []
  /// The record of the group that brought each of them.
  private var brought: [UInt32] = []
  /// Pairs of records that somebody decided to be two persons, and those that somebody decided to be one.
  private var decidedApart: [LinkDecision] = []
  private var decidedSame: [LinkDecision] = []
  /// Told of each join and each conflict; nil when nobody asks.
  var log: LinkLog?

  /// Entities told apart inside one group; what comes behind them joins one of these or none.
  private static let mostRoots = 64

  /// `count` records, each an entity by itself.
  ///
  /// These are what linking touches at any place: they ask for memory before all else.
  init(_ shapes: Set<IdentityShape>, _ count: Int, _ room: ColumnRoom) {
    parents = room.column(count)
    isJoined = BitColumn(count, room)
    marks = MarkTable(shapes.map { ShapeFacts($0, 0) }, count, room)
    disputed = Array(repeating: 0, count: (count + 63) / 64)
    for record in 0..<count { parents[record] = UInt32(truncatingIfNeeded: record) }
  }

  /// The earliest record of the entity.
  mutating func root(of record: UInt32) -> UInt32 {
    var at = record
    while parents[Int(at)] != at {
      parents[Int(at)] = parents[Int(parents[Int(at)])]
      at = parents[Int(at)]
    }
    return at
  }

  /// The record is the earliest of its entity.
  func isFirst(_ record: Int) -> Bool { Int(parents[record]) == record }

  /// Something that both entities know forbids that they are one.
  private mutating func conflict(_ left: UInt32, _ right: UInt32) -> Bool {
    let (first, second) = (root(of: left), root(of: right))
    return first != second
      && (marks[Int(first)].conflicts(with: marks[Int(second)]) || isDecidedApart(first, second))
  }

  /// Somebody decided that these entities are two.
  private mutating func isDecidedApart(_ first: UInt32, _ second: UInt32) -> Bool {
    for pair in decidedApart {
      let (one, other) = (root(of: pair.first), root(of: pair.second))
      if one == first && other == second || one == second && other == first { return true }
    }
    return false
  }

  /// Keeps in mind what was decided: whoever is two persons stays apart from all that is one with either.
  mutating func decide(_ decisions: [LinkDecision]) {
    decidedSame = decisions.filter(\.isSame)
    let groups = decidedSame.groups
    decidedApart = decisions.filter { !$0.isSame }.flatMap { pair in
      let (firsts, seconds) = (
        groups[pair.first] ?? [pair.first], groups[pair.second] ?? [pair.second]
      )
      return firsts.flatMap { first in
        seconds.map { LinkDecision(first: first, second: $0, isSame: false) }
      }
    }
  }

  /// Joins what was decided to be one person, whatever else forbids it.
  ///
  /// To be called when what is proven is joined: a decision is about persons, not about the two records
  /// that stand for them, and what differs between these must not part them from their own.
  mutating func joinDecided() {
    for decision in decidedSame {
      join(decision.first, decision.second, isDecided: true)
      log?.join(decision.first, decision.second, "decision")
    }
  }

  /// Joins two records' entities; the earlier root stays, so numbering follows the source.
  ///
  /// What somebody decided to be one may have two names, and whoever has one of them goes with it.
  private mutating func join(_ left: UInt32, _ right: UInt32, isDecided: Bool = false) {
    let (first, second) = (root(of: left), root(of: right))
    guard first != second else { return }
    let (low, high) = first < second ? (first, second) : (second, first)
    parents[Int(high)] = low
    isJoined.set(Int(high))
    isJoined.set(Int(low))
    let known = marks[Int(low)]
    var adopted = known
    if isDecided { adopted.accept(marks[Int(high)]) } else { adopted.adopt(marks[Int(high)]) }
    if adopted != known { marks[Int(low)] = adopted }
  }

  /// Joins the records of one group as far as nothing forbids it, unless more entities share what
  /// the rule asks for than one person can have become.
  mutating func joinGroup(_ records: [UInt32], _ rule: LinkRule) {
    if let largest = rule.largestGroup, hasMore(records, than: largest) { return }
    roots.removeAll(keepingCapacity: true)
    brought.removeAll(keepingCapacity: true)
    rootMarks.removeAll(keepingCapacity: true)
    for record in records {
      let own = root(of: record)
      if roots.contains(own) { continue }
      if let first = roots.first, rootMarks.isEmpty { rootMarks.append(marks[Int(first)]) }
      let ownMarks = roots.isEmpty ? nil : marks[Int(own)]
      var joined = false
      for position in roots.indices {
        let other = roots[position]
        if let ownMarks, !ownMarks.conflicts(with: rootMarks[position], rule),
          (decidedApart.isEmpty || !isDecidedApart(own, other))
        {
          join(own, other)
          log?.join(brought[position], record, rule.id, rule.strength)
          roots[position] = min(own, other)
          rootMarks[position] = marks[Int(roots[position])]
          joined = true
          break
        }
      }
      if joined { continue }
      if let log { for other in brought { log.keepApart(other, record, rule) } }
      if roots.count < Self.mostRoots {
        roots.append(own)
        if let ownMarks { rootMarks.append(ownMarks) }
        brought.append(record)
      }
    }
    guard roots.count > 1 else { return }
    for record in records { disputed[Int(record >> 6)] |= 1 << UInt64(record & 63) }
  }

  /// Joins those of a group's entities that stand in no list together, as far as nothing else forbids it.
  mutating func joinAcross(
    _ records: [UInt32],
    _ rule: LinkRule,
    _ list: (UInt32) -> UInt32
  ) {
    // Namesakes of one list stay what they are; unless somebody asks why, there is nothing to do.
    let first = list(records[0])
    if log == nil, records.allSatisfy({ list($0) == first }) { return }
    var entities: [(root: UInt32, lists: Set<UInt32>)] = []
    for record in records {
      let own = root(of: record)
      if let known = entities.firstIndex(where: { $0.root == own }) {
        entities[known].lists.insert(list(record))
      } else if entities.count < rule.largestGroup ?? Self.mostRoots {
        entities.append((own, [list(record)]))
      } else {
        return
      }
    }
    var kept: [(root: UInt32, lists: Set<UInt32>)] = []
    for entity in entities {
      let fitting = kept.firstIndex {
        $0.lists.isDisjoint(with: entity.lists)
          && !marks[Int($0.root)].conflicts(with: marks[Int(entity.root)], rule)
          && (decidedApart.isEmpty || !isDecidedApart($0.root, entity.root))
      }
      guard let fitting else {
        if let log { for other in kept { log.keepApart(other.root, entity.root, rule) } }
        kept.append(entity)
        continue
      }
      join(kept[fitting].root, entity.root)
      log?.join(kept[fitting].root, entity.root, rule.id, rule.strength)
      kept[fitting].root = min(kept[fitting].root, entity.root)
      kept[fitting].lists.formUnion(entity.lists)
    }
  }

  private mutating func hasMore(_ records: [UInt32], than largest: Int) -> Bool {
    roots.removeAll(keepingCapacity: true)
    for record in records {
      let own = root(of: record)
      if roots.contains(own) { continue }
      if roots.count == largest { return true }
      roots.append(own)
    }
    return false
  }

  /// Rows that are equal to the letter are one entity, but for rows of nothing but numbers in two files: (7, 7,
  /// 1980) is an order of each of two shops.
  ///
  /// - Returns: how many rows, further persons in them not counted, were there before.
  mutating func joinEqualRows(
    _ rows: SharedKeys,
    _ buckets: inout DigestBuckets,
    _ table: RecordTable
  ) -> Int {
    var repeated = 0
    rows.forEachRepeat(&buckets) { earlier, later in
      if table.facts[Int(table.shapeOf[Int(later)])].isIDOnly,
        table.leaf(of: Int(earlier)) != table.leaf(of: Int(later))
      {
        return
      }
      if decidedApart.isEmpty || !isDecidedApart(root(of: earlier), root(of: later)) {
        join(earlier, later)
        log?.join(earlier, later, "equal_rows")
      }
      if !table.facts[Int(table.shapeOf[Int(later)])].isExtra { repeated += 1 }
    }
    return repeated
  }

  /// Joins those of a contact's records that hold nothing else to the first of them.
  mutating func joinContactOnly(_ records: [UInt32], _ table: RecordTable) {
    var first: UInt32?
    for record in records where table.facts[Int(table.shapeOf[Int(record)])].isContactOnly {
      guard let first else {
        first = record
        continue
      }
      // Of another age, as far as that was told, is somebody else.
      if table.ages[Int(first)] != table.ages[Int(record)] { continue }
      if root(of: first) == root(of: record) || conflict(first, record) { continue }
      join(first, record)
      log?.join(first, record, "contact_only", .primary)
    }
  }

  /// Joins those of a name's records that hold nothing else to a person of that name.
  mutating func joinNameOnly(
    _ records: [UInt32],
    _ table: RecordTable,
    _ settled: inout Set<UInt32>
  ) {
    var open: [UInt32] = []
    var known: [UInt32] = []
    for record in records {
      if !table.facts[Int(table.shapeOf[Int(record)])].isNameOnly {
        known.append(record)
      } else if !settled.contains(record) {
        open.append(record)
      }
    }
    guard let first = open.first else { return }
    for record in open {
      if let person = known.first(where: { !conflict($0, record) }) {
        joinNameOnly(person, record)
        settled.insert(record)
      } else if known.isEmpty && !conflict(first, record) {
        joinNameOnly(first, record)
      }
    }
  }

  /// Says nothing of records that are one entity already: they share the other spelling, too.
  private mutating func joinNameOnly(_ person: UInt32, _ record: UInt32) {
    guard root(of: person) != root(of: record) else { return }
    join(person, record)
    log?.join(person, record, "name_only", .secondary)
  }
}
