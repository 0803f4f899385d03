internal import BreachBytes
internal import BreachModel

/// Counts entities and persons at each strength, from what each entity's records say together.
struct EntityCounter {
  private(set) var levels = LevelCounts()
  /// By shape: its profile.
  private let profiles: [Int]
  private let room: ColumnRoom

  init(_ table: RecordTable, _ room: ColumnRoom) {
    self.room = room
    var levels = LevelCounts()
    profiles = table.facts.map { levels.profile($0.types, $0.certain) }
    self.levels = levels
  }

  @discardableResult
  mutating func count(
    _ table: RecordTable,
    _ clusters: inout Clusters,
    _ level: LevelCounts.Level,
    marking marked: Column<UInt64>? = nil
  ) -> Funnel {
    var funnel = Funnel()
    // Most records are an entity by themselves and need not be looked at one by one.
    var alone = [Int](repeating: 0, count: table.shapes.count)
    var residences = [Int](repeating: 0, count: 256)
    var ages = [Int](repeating: 0, count: 256)
    countAlone(table, clusters, &alone, &residences, &ages, marked)
    for (shape, count) in alone.enumerated() where count > 0 {
      let entity = Entity(UInt32(shape), table.facts[shape], 0, 0)
      if Self.isPerson(entity, count, &funnel) { add(entity, count, table.facts, level) }
    }
    let firsts = RankedRecords(clusters.isJoined, room) { clusters.isFirst($0) }
    let persons = BitColumn(firsts.count, room)
    // As many entities at a time as there is memory for.
    let most = max(1 << 20, room.left(.anywhere) / MemoryLayout<Entity>.stride)
    for start in stride(from: 0, to: firsts.count, by: most) {
      let range = start..<min(firsts.count, start + most)
      for (index, entity) in gather(table, &clusters, firsts, range).enumerated()
      where Self.isPerson(entity, 1, &funnel) {
        add(entity, 1, table.facts, level)
        persons.set(start + index)
        marked?[Int(entity.first >> 6)] |= 1 << UInt64(entity.first & 63)
        residences[Int(entity.residence)] += 1
        ages[Int(entity.age)] += 1
      }
    }
    for (residence, count) in residences.enumerated() where count > 0 {
      levels.add(count, residence: residence, level)
    }
    for (age, count) in ages.enumerated() where count > 0 { levels.add(count, age: age, level) }
    funnel.rows = table.rows
    countTables(table, &clusters, firsts, persons, level)
    return funnel
  }

  /// Counts the persons of each table: those with a record in it.
  private mutating func countTables(
    _ table: RecordTable,
    _ clusters: inout Clusters,
    _ firsts: RankedRecords,
    _ persons: BitColumn,
    _ level: LevelCounts.Level
  ) {
    var ignored = Funnel()
    let alone = table.facts.map { Self.isPerson(Entity(0, $0, 0, 0), 1, &ignored) }
    // By entity: the table that counted it last.
    let seen: Column<UInt32> = room.column(firsts.count)
    var stamp: UInt32 = 0
    // A closure that sees the table takes a copy of it, for each leaf.
    let shapeOf = table.shapeOf
    table.forEachTable { leaf, number, records in
      stamp += 1
      var count = 0
      records.forEach { record in
        if record & 0xFFF == 0 { room.relax() }
        if !clusters.isJoined[record] {
          if alone[Int(shapeOf[record])] { count += 1 }
          return
        }
        let entity = firsts.place(of: Int(clusters.root(of: UInt32(truncatingIfNeeded: record))))
        guard seen[entity] != stamp else { return }
        seen[entity] = stamp
        if persons[entity] { count += 1 }
      }
      levels.add(count, TablePlace(leaf: leaf, table: Int(number)), level)
    }
  }

  /// Counts records that stand alone by shape and, if they are persons, by residence and age.
  private func countAlone(
    _ table: RecordTable,
    _ clusters: Clusters,
    _ alone: inout [Int],
    _ residences: inout [Int],
    _ ages: inout [Int],
    _ marked: Column<UInt64>?
  ) {
    var ignored = Funnel()
    let persons = table.facts.map { Self.isPerson(Entity(0, $0, 0, 0), 1, &ignored) }
    let facts = table.facts.span
    let shapeOf = table.shapeOf.span
    let residenceOf = table.residences.span
    let ageOf = table.ages.span
    var alone = alone.mutableSpan
    var residences = residences.mutableSpan
    var ages = ages.mutableSpan
    for record in 0..<table.count {
      if record & 0xFFFF == 0 { room.relax() }
      let shape = Int(shapeOf[record])
      guard !clusters.isJoined[record], facts[shape].isCounted else { continue }
      alone[shape] += 1
      if persons[shape] {
        residences[Int(residenceOf[record])] += 1
        ages[Int(ageOf[record])] += 1
        marked?[record >> 6] |= 1 << UInt64(record & 63)
      }
    }
  }

  /// Those entities of several that are in `range`, counted by the records that begin them.
  private func gather(
    _ table: RecordTable,
    _ clusters: inout Clusters,
    _ firsts: RankedRecords,
    _ range: Range<Int>
  ) -> [Entity] {
    var entities: [Entity] = []
    entities.reserveCapacity(range.count)
    let facts = table.facts.span
    let shapeOf = table.shapeOf.span
    let residenceOf = table.residences.span
    let ageOf = table.ages.span
    var seen = 0
    clusters.isJoined.forEach { record in
      if record - seen > 0xFFFF {
        seen = record
        room.relax()
      }
      let root = Int(clusters.root(of: UInt32(record)))
      let place = firsts.place(of: root)
      guard range.contains(place) else { return }
      let shape = Int(shapeOf[record])
      if root == record {
        entities.append(Entity(UInt32(shape), facts[shape], residenceOf[record], ageOf[record]))
        entities[entities.count - 1].first = UInt32(record)
      } else {
        entities[place - range.lowerBound].add(facts[shape], residenceOf[record], ageOf[record])
      }
    }
    return entities
  }

  /// Notes what `count` entities of one kind are; true when they are persons.
  private static func isPerson(_ entity: Entity, _ count: Int, _ funnel: inout Funnel) -> Bool {
    if !entity.isCounted { return false }
    if entity.onlyExtra {
      if entity.isSample || !entity.isPerson { return false }
      funnel.extraInRows += count
    } else {
      funnel.entities += count
      if entity.isSample {
        funnel.sample += count
        return false
      }
      if !entity.isPerson {
        funnel.organisations += count
        return false
      }
    }
    funnel.persons += count
    return true
  }

  private mutating func add(
    _ entity: Entity,
    _ count: Int,
    _ facts: [ShapeFacts],
    _ level: LevelCounts.Level
  ) {
    // Most entities have the types of their first record, whose profile is known.
    let first = facts[Int(entity.shape)]
    let isKnown = first.types == entity.types && first.certain == entity.certain
    levels.add(
      count,
      profile: isKnown
        ? profiles[Int(entity.shape)] : levels.profile(entity.types, entity.certain),
      personClass: entity.personClass,
      level
    )
  }
}
