internal import BreachBytes
package import BreachModel

/// Links identities to persons and counts them at the three strengths.
///
/// Depends on the order of records only through their source order, never on digests' order.
package struct PersonCounter<Store: IdentityStore> {
  private let store: Store
  private let rules: [LinkRule]
  private var table: RecordTable
  private var buckets: DigestBuckets
  private var keys: SharedKeys
  private let separate: Clusters
  /// Names for records of persons that another record names.
  private var lent: LentNames?
  /// Values that are counted together.
  private let most: Int
  /// Passes over the records that are done; a rule takes one, and so does what comes before them.
  private var passes = 0

  package init(_ store: Store, _ rules: LinkRules) {
    self.store = store
    self.rules = rules.rules
    keys = SharedKeys(store.room)
    let shapes = (0..<store.chunkCount).reduce(into: Set()) { $0.formUnion(store.shapes(at: $1)) }
    separate = Clusters(shapes, store.recordCount, store.room)
    most = RecordTable.most(store.recordCount, store.room)
    buckets = DigestBuckets(expected: most, store.room)
    let kinds = rules.rules.flatMap(\.equal).flatMap(\.kinds)
    table = RecordTable(TypeSet(kinds.compactMap(\.type)), records: store.recordCount, store.room)
  }

  /// What came out, before bytes that were not read are considered.
  package struct Outcome {
    package var count: PersonCount
    package var funnel: Funnel
    package var profiles: [PersonProfile]
    package var byType: [DataType: PersonCount]
    package var byClass: [String: PersonCount]
    /// Persons of a class who have a type.
    package var byClassAndType: [String: [DataType: PersonCount]]
    package var byResidence: [String: PersonCount]
    package var residenceHints: [String: PersonCount]
    package var byAge: [String: PersonCount]
    /// Persons with a record there, of every table that has records.
    package var byTable: [TablePlace: PersonCount]
    /// How many different values each type has.
    package var distinct: [DataType: Int]
    /// Which records are one person; nil unless it was asked for.
    package var index: PersonIndex?
  }

  /// Which records are one person is wanted, too.
  package var wantsIndex = false
  /// What people decided before.
  package var decisions: [LinkDecision] = []
  /// Columns that hold keys of rows of persons, and where they stand.
  package var keyColumns: [KeyColumnPlace] = []
  /// Told why records are joined; nil when nobody asks.
  package var log: LinkLog?

  private func turn() throws(Store.Failure) {
    try store.turn(min(passes, rules.count + 2), of: rules.count + 3)
  }

  package mutating func run() throws(Store.Failure) -> Outcome {
    var clusters = separate
    keys.reset(store.recordCount, &buckets)
    try turn()
    for index in 0..<store.chunkCount {
      table.load(try store.chunk(at: index), leaf: store.leaf(at: index), clusters.marks, &keys)
      keys.flush(&buckets)
      try turn()
    }
    try turn()
    clusters.log = log
    clusters.decide(decisions)
    let repeated = clusters.joinEqualRows(keys, &buckets, table)
    passes += 1
    let distinct = try countDistinct()
    passes += 1
    try joinIDSpaces()
    try joinKeySpaces()
    lent = LentNames(table, beside: Self.besideName(rules), store.room)
    var entities = EntityCounter(table, store.room)
    let index = wantsIndex ? PersonIndex(table.count, store.room) : nil
    try apply(.primary, &clusters)
    clusters.joinDecided()
    try joinContactOnly(&clusters)
    entities.count(table, &clusters, .high)
    index?.note(.primary, &clusters, store.room)
    try apply(.secondary, &clusters)
    try joinNameOnly(&clusters)
    var funnel = entities.count(table, &clusters, .likely, marking: index?.persons)
    index?.note(.secondary, &clusters, store.room)
    funnel.afterExactDuplicates = funnel.rows - repeated
    try apply(.tertiary, &clusters)
    entities.count(table, &clusters, .low)
    index?.note(.tertiary, &clusters, store.room)
    log?.flush()
    var outcome: Outcome = entities.levels.outcome(funnel, distinct, table.classNames)
    outcome.index = index
    return outcome
  }

  /// Counts different values, and notes which records share theirs with others.
  private mutating func countDistinct() throws(Store.Failure) -> [DataType: Int] {
    var distinct: [DataType: Int] = [:]
    for round in table.rounds(of: most) {
      buckets.reset(
        sets: round.count,
        largest: round.map(\.values).max() ?? 0,
        count: round.map(\.values).reduce(0, +)
      )
      try turn()
      let positions = table.positions(of: round.map(\.type))
      for index in 0..<store.chunkCount {
        buckets.add(
          try store.chunk(at: index).words,
          positions,
          table,
          first: table.records(of: index).lowerBound
        )
        try turn()
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
      spaces.load(
        try store.chunk(at: index).words,
        table.records(of: index),
        table,
        &keys,
        store.room
      )
      keys.flush(&buckets)
    }
    let table = table
    keys.forEachGroup(&buckets) { spaces.compare($0, table) }
    spaces.settle()
    self.table.idSpaces = spaces
  }

  /// Finds tables that hold keys of each other's rows.
  private mutating func joinKeySpaces() throws(Store.Failure) {
    guard !keyColumns.isEmpty else { return }
    var spaces = KeySpaces(table, keyColumns)
    for round in spaces.rounds.indices {
      keys.reset(spaces.begin(round, table), &buckets)
      try turn()
      for index in 0..<store.chunkCount where spaces.reads(table.records(of: index), table) {
        spaces.load(
          try store.chunk(at: index).words,
          table.records(of: index),
          table,
          &keys,
          store.room
        )
        keys.flush(&buckets)
        try turn()
      }
      let table = table
      keys.forEachGroup(&buckets) { spaces.compare($0, table) }
    }
    spaces.settle(table)
    self.table.keySpaces = spaces
  }

  private mutating func apply(
    _ strength: LinkStrength,
    _ clusters: inout Clusters
  ) throws(Store.Failure) {
    for rule in rules where rule.strength == strength {
      if rule.asksBesideName { try loadLentNames() }
      passes += 1
      // Names stand in the way of those only that another rule would have joined.
      let chosen = [.names, .slips].contains(rule.despite) ? clusters.disputed : nil
      guard try findKeys(KeyPlan(rule, table, lent), among: chosen) else { continue }
      let table = table
      guard rule.isAcrossTables else {
        guard rule.asksIdentifier, var lent, lent.isPossible else {
          keys.forEachGroup(&buckets) { clusters.joinGroup($0, rule) }
          continue
        }
        keys.forEachGroup(&buckets) { group in
          clusters.joinGroup(group, rule)
          lent.note(group, table, &clusters)
        }
        self.lent = lent
        continue
      }
      keys.forEachGroup(&buckets) { clusters.joinAcross($0, rule, table.list) }
    }
  }

  /// What records borrow that have no name, before the first rule that asks for one.
  private mutating func loadLentNames() throws(Store.Failure) {
    guard lent?.isPossible ?? false else { return }
    lent?.settle(table)
    try turn()
    for index in 0..<store.chunkCount where lent?.lends(table.records(of: index)) ?? false {
      lent?.load(try store.chunk(at: index).words, table.records(of: index), table)
      try turn()
    }
  }

  /// The values that rules ask for together with a name.
  private static func besideName(_ rules: [LinkRule]) -> Set<AttributeKind> {
    Set(rules.filter(\.asksBesideName).flatMap(\.equal).filter { $0 != .name }.flatMap(\.kinds))
  }

  /// Gathers the keys of a rule; false when there are none that two records can share.
  private mutating func findKeys(
    _ plan: KeyPlan,
    among chosen: [UInt64]? = nil
  ) throws(Store.Failure) -> Bool {
    let candidates = plan.candidates(table, among: chosen, store.room)
    if candidates.count == 0 { return false }
    keys.reset(plan.count(candidates, table, store.room), &buckets)
    try turn()
    var start = 0
    for index in 0..<store.chunkCount {
      let behind = table.records(of: index).upperBound
      var end = start
      while end < candidates.count && candidates[end] < behind { end += 1 }
      // Not every chunk is worth reading back.
      if start == end { continue }
      plan.addKeys(candidates, start..<end, try store.chunk(at: index).words, table, &keys)
      keys.flush(&buckets)
      try turn()
      start = end
    }
    return true
  }

  /// Records with one mailbox or one mobile and nothing else that tells who it is say the same, as equal rows
  /// do: a thousand lines of a log are no thousand persons.
  private mutating func joinContactOnly(_ clusters: inout Clusters) throws(Store.Failure) {
    guard table.facts.contains(where: \.isContactOnly) else { return }
    let table = table
    for kind in ShapeFacts.contacts where try findKeys(KeyPlan([[kind]], table, most: .max)) {
      keys.forEachGroup(&buckets) { clusters.joinContactOnly($0, table) }
    }
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
