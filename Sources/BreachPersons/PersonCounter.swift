package import BreachModel

/// Links identities to persons and counts them at the three strengths.
///
/// Depends on the order of records only through their source order, never on digests' order.
/// Memory: about 70 bytes a record; the digests themselves stay in the store and are read in passes.
package struct PersonCounter<Store: IdentityStore> {
  private let store: Store
  private let rules: [LinkRule]
  private var shapes: [ShapeFacts] = []
  private var shapeNumbers: [IdentityShape: Int] = [:]
  /// By record: number of the shape.
  private var shapeOf: [UInt32] = []
  private var residences: [UInt8] = []
  private var marks: [Clusters.Marks] = []
  /// By record: which of its values some other record has, too; a bit per kind of `linking`.
  private var shared: [UInt32] = []
  /// By chunk: its shapes' numbers, and the number of its first record.
  private var chunkShapes: [[Int]] = []
  private var chunkStarts: [Int] = []
  /// The kinds that rules ask for and that are counted as values of a type.
  private let linking: [AttributeKind]

  package init(_ store: Store, _ rules: LinkRules) {
    self.store = store
    self.rules = rules.rules
    var kinds: [AttributeKind] = []
    for rule in rules.rules {
      for kind in rule.equal.flatMap(\.kinds) where kind.type != nil && !kinds.contains(kind) {
        kinds.append(kind)
      }
    }
    linking = Array(kinds.prefix(32))
  }

  /// What came out, before bytes that were not read are considered.
  package struct Outcome: Sendable {
    package var count: PersonCount
    package var funnel: Funnel
    package var profiles: [PersonProfile]
    package var byType: [DataType: PersonCount]
    package var byClass: [String: PersonCount]
    package var byResidence: [String: PersonCount]
    /// How many different values each type has.
    package var distinct: [DataType: Int]
  }

  package mutating func run() throws(Store.Failure) -> Outcome {
    try load()
    let distinct = try countDistinct()
    var clusters = Clusters(marks)
    marks = []
    let unique = try joinDuplicates(&clusters)
    try apply(.primary, &clusters)
    var levels = LevelCounts()
    count(&clusters, .high, &levels)
    try apply(.secondary, &clusters)
    try joinNameOnly(&clusters)
    var funnel = count(&clusters, .likely, &levels)
    funnel.afterExactDuplicates = unique
    try apply(.tertiary, &clusters)
    count(&clusters, .low, &levels)
    return levels.outcome(funnel, distinct)
  }

  // MARK: loading

  private mutating func load() throws(Store.Failure) {
    let total = store.recordCount
    shapeOf.reserveCapacity(total)
    residences.reserveCapacity(total)
    marks.reserveCapacity(total)
    for index in 0..<store.chunkCount {
      let chunk = try store.chunk(at: index)
      chunkStarts.append(shapeOf.count)
      var numbers: [Int] = []
      for shape in chunk.shapes { numbers.append(number(of: shape)) }
      chunkShapes.append(numbers)
      var at = 0
      while at < chunk.words.count {
        let number = numbers[Int(chunk.words[at] & 0xFFFF_FFFF)]
        shapeOf.append(UInt32(number))
        residences.append(UInt8(truncatingIfNeeded: chunk.words[at] >> 32))
        marks.append(mark(chunk.words, at + 2, shapes[number]))
        at += shapes[number].width
      }
    }
  }

  private mutating func number(of shape: IdentityShape) -> Int {
    if let known = shapeNumbers[shape] { return known }
    shapeNumbers[shape] = shapes.count
    shapes.append(ShapeFacts(shape))
    return shapes.count - 1
  }

  private func mark(_ words: [UInt64], _ start: Int, _ facts: ShapeFacts) -> Clusters.Marks {
    func short(_ position: Int) -> UInt32 {
      position < 0 ? 0 : UInt32(truncatingIfNeeded: words[start + position] >> 32) | 1
    }
    // Only numbers of one kind can differ: the kind takes the place of the lowest bits.
    let official = facts.official.map { short($0.position) & ~0xF | $0.kind }
    return Clusters.Marks(
      birth: short(facts.birth),
      given: short(facts.given),
      givenKana: short(facts.givenKana),
      official: official ?? 0
    )
  }

  // MARK: passes over the store

  /// Digests at the positions that `positions` names for each shape, as pairs.
  private func pairs(
    _ positions: (ShapeFacts) -> [Int],
    _ isWanted: (Int) -> Bool = { _ in true }
  ) throws(Store.Failure) -> [DigestPair] {
    let wanted = shapes.map(positions)
    var pairs: [DigestPair] = []
    pairs.reserveCapacity(shapeOf.reduce(0) { $0 + wanted[Int($1)].count })
    for index in 0..<store.chunkCount {
      let numbers = chunkShapes[index]
      guard numbers.contains(where: { !wanted[$0].isEmpty }) else { continue }
      let chunk = try store.chunk(at: index)
      var record = chunkStarts[index]
      var at = 0
      while at < chunk.words.count {
        let number = Int(shapeOf[record])
        for position in wanted[number] where isWanted(record) {
          pairs.append(
            DigestPair(digest: chunk.words[at + 2 + position], record: UInt32(record))
          )
        }
        record += 1
        at += shapes[number].width
      }
    }
    return pairs
  }

  /// Counts different values, and notes which records share theirs with others.
  private mutating func countDistinct() throws(Store.Failure) -> [DataType: Int] {
    shared = [UInt32](repeating: 0, count: shapeOf.count)
    var present = TypeSet(rawValue: 0)
    for facts in shapes {
      for type in facts.shape.kinds.compactMap(\.type) { present.insert(type) }
    }
    var distinct: [DataType: Int] = [:]
    for type in present.types {
      let pairs = try pairs { facts in
        facts.shape.kinds.indices.filter { facts.shape.kinds[$0].type == type }
      }
      var bits: UInt32 = 0
      for (bit, kind) in linking.enumerated() where kind.type == type { bits |= 1 << UInt32(bit) }
      distinct[type] = DigestGroups(pairs).forEach(atLeast: bits == 0 ? .max : 2) { group in
        for pair in group { shared[Int(pair.record)] |= bits }
      }
    }
    return distinct
  }

  /// Rows that are equal to the letter are one entity; returns how many different ones there are.
  private func joinDuplicates(_ clusters: inout Clusters) throws(Store.Failure) -> Int {
    let pairs = try rows()
    var extras = 0
    let all = DigestGroups(pairs).forEach(atLeast: 1) { group in
      guard let first = group.first?.record else { return }
      if shapes[Int(shapeOf[Int(first)])].isExtra { extras += 1 }
      for pair in group.dropFirst() { clusters.join(first, pair.record) }
    }
    return all - extras
  }

  /// The hash of every counted record's row.
  private func rows() throws(Store.Failure) -> [DigestPair] {
    var rows: [DigestPair] = []
    rows.reserveCapacity(shapeOf.reduce(0) { $0 + (shapes[Int($1)].isCounted ? 1 : 0) })
    for index in 0..<store.chunkCount {
      let chunk = try store.chunk(at: index)
      var record = chunkStarts[index]
      var at = 0
      while at < chunk.words.count {
        let facts = shapes[Int(shapeOf[record])]
        if facts.isCounted {
          // A further person in a row is another row for this purpose.
          let extra = facts.isExtra ? (chunk.words[at + 2] | 1) : 0
          rows.append(DigestPair(digest: chunk.words[at + 1] ^ extra, record: UInt32(record)))
        }
        record += 1
        at += facts.width
      }
    }
    return rows
  }

  private func apply(_ strength: LinkStrength, _ clusters: inout Clusters) throws(Store.Failure) {
    for rule in rules where rule.strength == strength {
      let pairs = try keys(of: rule)
      _ = DigestGroups(pairs).forEach(atLeast: 2) { group in
        if let largest = rule.largestGroup, group.count > largest { return }
        clusters.joinGroup(group.lazy.map(\.record), rule)
      }
    }
  }

  /// Where a rule's values stand in a shape: one list per value; empty when one is missing.
  private func plan(_ rule: LinkRule, _ facts: ShapeFacts) -> [[(position: Int, alternative: Int)]]
  {
    guard facts.isCounted else { return [] }
    var plan: [[(position: Int, alternative: Int)]] = []
    for value in rule.equal {
      let positions = facts.positions(of: value.kinds)
      if positions.isEmpty { return [] }
      plan.append(positions)
    }
    return plan
  }

  /// One key per record and combination of alternatives: the rule's digests mixed into one.
  private func keys(of rule: LinkRule) throws(Store.Failure) -> [DigestPair] {
    let plans = shapes.map { plan(rule, $0) }
    // A value that no other record has links nothing: bits of which one per value must be set.
    let masks = rule.equal.map { value in
      linking.enumerated().reduce(UInt32(0)) { mask, entry in
        value.kinds.contains(entry.element) ? mask | 1 << UInt32(entry.offset) : mask
      }
    }
    var pairs: [DigestPair] = []
    for index in 0..<store.chunkCount
    where chunkShapes[index].contains(where: { !plans[$0].isEmpty }) {
      let chunk = try store.chunk(at: index)
      var record = chunkStarts[index]
      var at = 0
      while at < chunk.words.count {
        let number = Int(shapeOf[record])
        if !plans[number].isEmpty && mayLink(shared[record], masks) {
          mix(plans[number], chunk.words, at + 2, UInt32(record), &pairs)
        }
        record += 1
        at += shapes[number].width
      }
    }
    return pairs
  }

  @inline(__always)
  private func mayLink(_ bits: UInt32, _ masks: [UInt32]) -> Bool {
    for mask in masks where mask != 0 && bits & mask == 0 { return false }
    return true
  }

  private func mix(
    _ plan: [[(position: Int, alternative: Int)]],
    _ words: [UInt64],
    _ start: Int,
    _ record: UInt32,
    _ pairs: inout [DigestPair]
  ) {
    func add(_ value: Int, _ mixed: UInt64) {
      if value == plan.count {
        pairs.append(DigestPair(digest: mixed, record: record))
        return
      }
      for (position, alternative) in plan[value].prefix(4) {
        let digest = words[start + position] &+ UInt64(alternative) &* 0xA076_1D64_78BD_642F
        add(value + 1, (mixed ^ digest) &* 0x9E37_79B9_7F4A_7C15 ^ (mixed >> 29))
      }
    }
    add(0, 0)
  }

  /// A record with a full name and nothing else joins the first person of that name.
  ///
  /// It joins one person only: two that share its reading but not its kanji stay two.
  private func joinNameOnly(_ clusters: inout Clusters) throws(Store.Failure) {
    guard shapes.contains(where: \.isNameOnly) else { return }
    var settled: Set<UInt32> = []
    for name in LinkValue.name.kinds {
      let pairs = try pairs { facts in
        facts.isCounted ? facts.positions(of: [name]).map(\.position) : []
      }
      _ = DigestGroups(pairs).forEach(atLeast: 2) { group in
        var open: [UInt32] = []
        var known: [UInt32] = []
        for pair in group {
          if !shapes[Int(shapeOf[Int(pair.record)])].isNameOnly {
            known.append(pair.record)
          } else if !settled.contains(pair.record) {
            open.append(pair.record)
          }
        }
        guard let first = open.first else { return }
        for record in open {
          if let person = known.first(where: { !clusters.conflict($0, record) }) {
            clusters.join(person, record)
            settled.insert(record)
          } else if known.isEmpty && !clusters.conflict(first, record) {
            clusters.join(first, record)
          }
        }
      }
    }
  }

  // MARK: counting

  @discardableResult
  private func count(
    _ clusters: inout Clusters,
    _ level: LevelCounts.Level,
    _ out: inout LevelCounts
  )
    -> Funnel
  {
    var numbers = [Int32](repeating: -1, count: shapeOf.count)
    var entities: [Entity] = []
    entities.reserveCapacity(clusters.rootCount)
    var classes = ClassNames()
    var classOf = shapes.map { classes.number(of: $0.shape.personClass) }
    if classOf.isEmpty { classOf = [0] }
    var funnel = Funnel()
    for record in shapeOf.indices {
      let shape = Int(shapeOf[record])
      let facts = shapes[shape]
      guard facts.isCounted else { continue }
      if !facts.isExtra { funnel.rows += 1 }
      let root = Int(clusters.root(of: UInt32(record)))
      if numbers[root] < 0 {
        numbers[root] = Int32(entities.count)
        entities.append(Entity())
      }
      entities[Int(numbers[root])].add(facts, residences[record], classOf[shape])
    }
    for entity in entities {
      if entity.onlyExtra {
        if entity.isSample || !entity.isPerson { continue }
        funnel.extraInRows += 1
      } else {
        funnel.entities += 1
        if entity.isSample {
          funnel.sample += 1
          continue
        }
        if !entity.isPerson {
          funnel.organisations += 1
          continue
        }
      }
      funnel.persons += 1
      out.add(entity, classes.names[Int(entity.personClass)], level)
    }
    return funnel
  }
}
