internal import BreachBytes
internal import BreachModel

/// Counts entities and persons at each strength, from what each entity's records say together.
struct EntityCounter {
  private(set) var levels = LevelCounts()
  /// By shape: its profile.
  private let profiles: [Int]
  /// By record that begins an entity of several: its place in `entities`.
  private let numbers: Column<UInt32>
  private let room: ColumnRoom
  /// The entities of several that were counted last.
  private var entities: Column<Entity>?

  init(_ table: RecordTable, _ room: ColumnRoom) {
    self.room = room
    var levels = LevelCounts()
    profiles = table.facts.map { levels.profile($0.types, $0.certain) }
    self.levels = levels
    numbers = room.column(table.count)
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
    let (entities, found) = gather(table, &clusters, &alone, &residences, &ages, marked)
    self.entities = entities
    for (shape, count) in alone.enumerated() where count > 0 {
      let entity = Entity(UInt32(shape), table.facts[shape], 0, 0)
      if Self.isPerson(entity, count, &funnel) { add(entity, count, table.facts, level) }
    }
    for number in 0..<found {
      let entity = entities[number]
      guard Self.isPerson(entity, 1, &funnel) else { continue }
      add(entity, 1, table.facts, level)
      marked?[Int(entity.first >> 6)] |= 1 << UInt64(entity.first & 63)
      residences[Int(entity.residence)] += 1
      ages[Int(entity.age)] += 1
    }
    for (residence, count) in residences.enumerated() where count > 0 {
      levels.add(count, residence: residence, level)
    }
    for (age, count) in ages.enumerated() where count > 0 { levels.add(count, age: age, level) }
    funnel.rows = table.rows
    countTables(table, &clusters, level)
    return funnel
  }

  /// Counts the persons of each table: those with a record in it.
  private mutating func countTables(
    _ table: RecordTable,
    _ clusters: inout Clusters,
    _ level: LevelCounts.Level
  ) {
    guard let entities else { return }
    var ignored = Funnel()
    let persons = table.facts.map { Self.isPerson(Entity(0, $0, 0, 0), 1, &ignored) }
    // By the first record of an entity: the table that counted it last.
    let seen: Column<UInt32> = room.column(table.count)
    var stamp: UInt32 = 0
    table.forEachTable { leaf, number, records in
      stamp += 1
      var count = 0
      records.forEach { record in
        if !clusters.isJoined[record] {
          if persons[Int(table.shapeOf[record])] { count += 1 }
          return
        }
        let root = Int(clusters.root(of: UInt32(truncatingIfNeeded: record)))
        guard seen[root] != stamp else { return }
        seen[root] = stamp
        if Self.isPerson(entities[Int(numbers[root])], 1, &ignored) { count += 1 }
      }
      levels.add(count, TablePlace(leaf: leaf, table: Int(number)), level)
    }
  }

  /// Counts records that stand alone by shape and, if they are persons, by residence and age; makes the
  /// entities of all others.
  private func gather(
    _ table: RecordTable,
    _ clusters: inout Clusters,
    _ alone: inout [Int],
    _ residences: inout [Int],
    _ ages: inout [Int],
    _ marked: Column<UInt64>?
  ) -> (entities: Column<Entity>, count: Int) {
    var several = 0
    for record in 0..<table.count where clusters.isJoined[record] { several += 1 }
    // An entity of several has two records at least.
    let entities: Column<Entity> = room.column(several / 2)
    var count = 0
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
      if record & 0xFF == 0 { room.relax() }
      let shape = Int(shapeOf[record])
      if !clusters.isJoined[record] {
        guard facts[shape].isCounted else { continue }
        alone[shape] += 1
        if persons[shape] {
          residences[Int(residenceOf[record])] += 1
          ages[Int(ageOf[record])] += 1
          marked?[record >> 6] |= 1 << UInt64(record & 63)
        }
        continue
      }
      let root = Int(clusters.root(of: UInt32(record)))
      if root == record {
        numbers[root] = UInt32(count)
        entities[count] = Entity(UInt32(shape), facts[shape], residenceOf[record], ageOf[record])
        entities[count].first = UInt32(record)
        count += 1
      } else {
        entities[Int(numbers[root])].add(facts[shape], residenceOf[record], ageOf[record])
      }
    }
    return (entities, count)
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
