internal import BreachBytes
internal import BreachModel
internal import BreachPersons

/// Which persons of a list of our own are in a store, how surely, and where in it.
struct Matching {
  /// How surely somebody of the list is in the store; by the strength of what joins them.
  enum Level: String, CaseIterable {
    case certain, likely, weak, none
  }

  /// A person of the list.
  struct Person {
    var level = Level.none
    /// The records of the list, in order.
    var records: [StoredRecord] = []
    /// The persons of the store, by number; empty where it counts what is found as no person.
    var numbers: [Int] = []
    /// What the store has of them.
    var types = TypeSet(rawValue: 0)
  }

  /// A table of the store in which persons of the list are.
  struct Table {
    var place: TablePlace
    /// How many of them.
    var count: Int
  }

  /// All persons of the list, in the order of their numbers.
  private(set) var persons: [Person] = []
  /// The tables with the most of them first.
  private(set) var tables: [Table] = []

  func count(_ level: Level) -> Int { persons.count { $0.level == level } }

  init(store first: StorePersons, list second: StorePersons, _ comparison: Comparison)
    throws(CommandError)
  {
    let links = Links(comparison)
    // Where each person of the list comes together with the store.
    var meetings: [(person: Int, record: Int)] = []
    try second.forEachPerson { (_, start) throws(CommandError) in
      let own = try second.records(ofEntity: start)
      let (level, record) = links.best(own.map { first.count + $0 })
      if let record { meetings.append((persons.count, record)) }
      persons.append(Person(level: level, records: try second.records(own)))
    }
    try look(meetings, first, comparison)
    try findTables(meetings, first, comparison)
  }

  // MARK: how surely

  /// By the first record of an entity at each strength: the first record of the store in it, from 1.
  private struct Links {
    private let index: PersonIndex
    private let high: Column<UInt32>
    private let likely: Column<UInt32>
    private let low: Column<UInt32>

    init(_ comparison: Comparison) {
      index = comparison.index
      high = comparison.room.column(index.count)
      likely = comparison.room.column(index.count)
      low = comparison.room.column(index.count)
      for record in (0..<comparison.first.count).reversed() {
        let number = UInt32(truncatingIfNeeded: record + 1)
        high[Int(index.high[record])] = number
        likely[Int(index.likely[record])] = number
        low[Int(index.low[record])] = number
        if record & 0xFFF == 0 { comparison.room.relax() }
      }
    }

    /// The strongest link of any of these records, and the first record of the store that it leads to.
    func best(_ records: [Int]) -> (Level, Int?) {
      let levels = [
        (Level.certain, index.high, high), (.likely, index.likely, likely),
        (.weak, index.low, low),
      ]
      for (level, roots, found) in levels {
        let first = records.map { found[Int(roots[$0])] }.filter { $0 > 0 }.min()
        if let first { return (level, Int(first) - 1) }
      }
      return (.none, nil)
    }
  }

  // MARK: what the store has of them

  /// Records in memory at a time.
  private static let portion = 1 << 16

  private mutating func look(
    _ meetings: [(person: Int, record: Int)],
    _ store: StorePersons,
    _ comparison: Comparison
  ) throws(CommandError) {
    var wanted: [(record: Int, person: Int)] = []
    for (at, meeting) in meetings.enumerated() {
      let entity = Int(comparison.index.likely[meeting.record])
      for record in comparison.records(ofEntity: entity) where record < store.count {
        wanted.append((record, meeting.person))
      }
      guard wanted.count >= Self.portion || at == meetings.count - 1 else { continue }
      var records: [Int: StoredRecord] = [:]
      for record in try store.records(Set(wanted.map(\.record)).sorted()) {
        records[record.number] = record
      }
      for (number, person) in wanted {
        guard let record = records[number] else { continue }
        persons[person].types.formUnion(record.shape.types)
        if let known = try store.person(first: try store.entity(of: number)),
          !persons[person].numbers.contains(known)
        {
          persons[person].numbers.append(known)
        }
      }
      wanted = []
    }
  }

  // MARK: where they are

  private mutating func findTables(
    _ meetings: [(person: Int, record: Int)],
    _ store: StorePersons,
    _ comparison: Comparison
  ) throws(CommandError) {
    // By the first record of an entity: how many persons of the list are in it, surely or likely.
    let ours: Column<UInt32> = comparison.room.column(comparison.index.count)
    for meeting in meetings where persons[meeting.person].level != .weak {
      ours[Int(comparison.index.likely[meeting.record])] += 1
    }
    var found: [TablePlace: Set<UInt32>] = [:]
    try store.forEach { record in
      let entity = comparison.index.likely[record.number]
      guard ours[Int(entity)] > 0 else { return }
      let isText = record.shape.flags.contains(.freeText)
      let table = isText ? 0 : Int(record.shape.table & 0xFFFF)
      found[TablePlace(leaf: record.leaf, table: table), default: []].insert(entity)
    }
    tables = found.map { place, entities in
      Table(place: place, count: entities.reduce(0) { $0 + Int(ours[Int($1)]) })
    }.sorted {
      ($1.count, $0.place.leaf, $0.place.table) < ($0.count, $1.place.leaf, $1.place.table)
    }
  }
}
