package import BreachModel

/// Links identities to persons and counts them at the three strengths.
///
/// Depends on the order of records only through their source order, never on digests' order.
package struct PersonCounter<Store: IdentityStore> {
  private let store: Store
  private let rules: [LinkRule]
  private var table: RecordTable
  private var buckets: DigestBuckets
  private var keys = SharedKeys()

  package init(_ store: Store, _ rules: LinkRules) {
    self.store = store
    self.rules = rules.rules
    buckets = DigestBuckets(expected: RecordTable.room(records: store.recordCount))
    let kinds = rules.rules.flatMap(\.equal).flatMap(\.kinds)
    table = RecordTable(TypeSet(kinds.compactMap(\.type)), records: store.recordCount)
  }

  /// What came out, before bytes that were not read are considered.
  package struct Outcome: Sendable {
    package var count: PersonCount
    package var funnel: Funnel
    package var profiles: [PersonProfile]
    package var byType: [DataType: PersonCount]
    package var byClass: [String: PersonCount]
    package var byResidence: [String: PersonCount]
    package var residenceHints: [String: PersonCount]
    /// How many different values each type has.
    package var distinct: [DataType: Int]
  }

  package mutating func run() throws(Store.Failure) -> Outcome {
    keys.reset(store.recordCount, &buckets)
    for index in 0..<store.chunkCount {
      table.load(try store.chunk(at: index), &keys)
      keys.flush(&buckets)
    }
    var clusters = Clusters(table.takeMarks())
    let repeated = clusters.joinEqualRows(keys, &buckets, table)
    let distinct = try countDistinct()
    try joinIDSpaces()
    var entities = EntityCounter(table)
    try apply(.primary, &clusters)
    entities.count(table, &clusters, .high)
    try apply(.secondary, &clusters)
    try joinNameOnly(&clusters)
    var funnel = entities.count(table, &clusters, .likely)
    funnel.afterExactDuplicates = funnel.rows - repeated
    try apply(.tertiary, &clusters)
    entities.count(table, &clusters, .low)
    return entities.levels.outcome(funnel, distinct, table.classNames)
  }

  /// Counts different values, and notes which records share theirs with others.
  private mutating func countDistinct() throws(Store.Failure) -> [DataType: Int] {
    var distinct: [DataType: Int] = [:]
    for round in table.rounds() {
      buckets.reset(
        sets: round.count,
        largest: round.map(\.values).max() ?? 0,
        count: round.map(\.values).reduce(0, +)
      )
      let positions = table.positions(of: round.map(\.type))
      for index in 0..<store.chunkCount {
        buckets.add(
          try store.chunk(at: index).words,
          positions,
          table,
          first: table.records(of: index).lowerBound
        )
      }
      for (set, entry) in round.enumerated() {
        distinct[entry.type] = table.countDistinct(&buckets, set, entry.type)
      }
    }
    return distinct
  }

  /// Finds tables that number the same persons.
  private mutating func joinIDSpaces() throws(Store.Failure) {
    var spaces = IDSpaces(table)
    guard spaces.areSeveral else { return }
    keys.reset(store.recordCount, &buckets)
    for index in 0..<store.chunkCount {
      spaces.load(try store.chunk(at: index).words, table.records(of: index), table, &keys)
      keys.flush(&buckets)
    }
    let table = table
    keys.forEachGroup(&buckets) { spaces.compare($0, table) }
    spaces.settle()
    self.table.idSpaces = spaces
  }

  private mutating func apply(
    _ strength: LinkStrength,
    _ clusters: inout Clusters
  ) throws(Store.Failure) {
    for rule in rules where rule.strength == strength {
      // Names stand in the way of those only that another rule would have joined.
      let chosen = rule.despite == .names ? clusters.disputed : nil
      guard try findKeys(KeyPlan(rule, table), among: chosen) else { continue }
      keys.forEachGroup(&buckets) { clusters.joinGroup($0, rule) }
    }
  }

  /// Gathers the keys of a rule; false when there are none that two records can share.
  private mutating func findKeys(
    _ plan: KeyPlan,
    among chosen: [UInt64]? = nil
  ) throws(Store.Failure) -> Bool {
    let candidates = plan.candidates(table, among: chosen)
    if candidates.isEmpty { return false }
    keys.reset(plan.count(candidates, table), &buckets)
    var start = 0
    for index in 0..<store.chunkCount {
      let behind = table.records(of: index).upperBound
      var end = start
      while end < candidates.count && candidates[end] < behind { end += 1 }
      // Not every chunk is worth reading back.
      if start == end { continue }
      plan.addKeys(candidates[start..<end], try store.chunk(at: index).words, table, &keys)
      keys.flush(&buckets)
      start = end
    }
    return true
  }

  /// A record with a full name and nothing else joins the first person of that name.
  ///
  /// It joins one person only: two that share its reading but not its kanji stay two.
  private mutating func joinNameOnly(_ clusters: inout Clusters) throws(Store.Failure) {
    guard table.facts.contains(where: \.isNameOnly) else { return }
    var settled: Set<UInt32> = []
    let table = table
    let kana: [AttributeKind] = [AttributeKind(.personNameKana), .reading]
    for names in [[AttributeKind(.personName)], kana]
    where try findKeys(KeyPlan([names], table, most: .max)) {
      keys.forEachGroup(&buckets) { group in
        clusters.joinNameOnly(group, table, &settled)
      }
    }
  }
}
