package import BreachModel

/// Links identities to persons and counts them at the three strengths.
///
/// Depends on the order of records only through their source order, never on digests' order.
package struct PersonCounter<Store: IdentityStore> {
  private let store: Store
  private let rules: [LinkRule]
  private var shapes: [IdentityShape] = []
  private var shapeNumbers: [IdentityShape: Int] = [:]
  /// By record: number of the shape.
  private var shapeOf: [UInt32] = []
  private var residences: [UInt8] = []
  private var rows: [DigestPair] = []
  private var marks: [Clusters.Marks] = []
  /// By chunk: its shapes' numbers, and the number of its first record.
  private var chunkShapes: [[Int]] = []
  private var chunkStarts: [Int] = []

  package init(_ store: Store, _ rules: LinkRules) {
    self.store = store
    self.rules = rules.rules
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
    let unique = joinDuplicates(&clusters)
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
    for index in 0..<store.chunkCount {
      let chunk = try store.chunk(at: index)
      chunkStarts.append(shapeOf.count)
      var numbers: [Int] = []
      for shape in chunk.shapes {
        if let known = shapeNumbers[shape] {
          numbers.append(known)
        } else {
          shapeNumbers[shape] = shapes.count
          numbers.append(shapes.count)
          shapes.append(shape)
        }
      }
      chunkShapes.append(numbers)
      var at = 0
      while at < chunk.words.count {
        let number = numbers[Int(chunk.words[at] & 0xFFFF_FFFF)]
        let shape = shapes[number]
        let record = UInt32(shapeOf.count)
        shapeOf.append(UInt32(number))
        residences.append(UInt8(truncatingIfNeeded: chunk.words[at] >> 32))
        var mark = Clusters.Marks()
        for (position, kind) in shape.kinds.enumerated() {
          note(kind, chunk.words[at + 2 + position], &mark)
        }
        marks.append(mark)
        if isCounted(shape) {
          // A further person in a row is another row for this purpose.
          let extra = shape.flags.contains(.extra) ? (chunk.words[at + 2] | 1) : 0
          rows.append(DigestPair(digest: chunk.words[at + 1] ^ extra, record: record))
        }
        at += 2 + shape.kinds.count
      }
    }
  }

  private func note(_ kind: AttributeKind, _ digest: UInt64, _ mark: inout Clusters.Marks) {
    let short = UInt32(truncatingIfNeeded: digest >> 32) | 1
    switch kind {
    case AttributeKind(.birthDate): if mark.birth == 0 { mark.birth = short }
    case .givenName: if mark.given == 0 { mark.given = short }
    case .givenKana: if mark.givenKana == 0 { mark.givenKana = short }
    case AttributeKind(.myNumber): if mark.official == 0 { mark.official = short }
    default: break
    }
  }

  /// Does the record stand for somebody, person or organisation?
  private func isCounted(_ shape: IdentityShape) -> Bool {
    isPerson(shape) || shape.flags.contains(.organisation) || isRole(shape)
  }

  private func isRole(_ shape: IdentityShape) -> Bool { shape.kinds.contains(.roleEmail) }

  private func isPerson(_ shape: IdentityShape) -> Bool {
    if shape.flags.contains(.organisation) { return false }
    let inProse = shape.flags.contains(.freeText)
    for kind in shape.kinds {
      switch kind {
      case AttributeKind(.personName), AttributeKind(.personNameKana):
        if !inProse || shape.kinds.contains(where: isContact) { return true }
      case .familyName, .givenName, .familyKana, .givenKana:
        if !inProse { return true }
      case AttributeKind(.emailAddress), .mobilePhone: return true
      case AttributeKind(.memberID), AttributeKind(.loginID), AttributeKind(.cardNumber),
        AttributeKind(.bankAccount):
        return true
      case let kind where officials.contains(kind): return true
      default: continue
      }
    }
    return false
  }

  private func isContact(_ kind: AttributeKind) -> Bool {
    kind == AttributeKind(.address) || kind == AttributeKind(.phoneNumber)
      || kind == AttributeKind(.birthDate) || kind == .roleEmail
  }

  private let officials: Set<AttributeKind> = Set(
    [
      DataType.myNumber, .residentCode, .pensionNumber, .driversLicense, .passportNumber,
      .residenceCard, .healthInsurance, .employmentInsurance, .nationalID,
    ].map { AttributeKind($0) })

  // MARK: passes over the store

  /// Calls `body` with each record's number, shape and digests.
  private func forEachRecord(
    _ wanted: (Int) -> Bool,
    _ body: (UInt32, IdentityShape, ArraySlice<UInt64>) -> Void
  ) throws(Store.Failure) {
    for index in 0..<store.chunkCount {
      let numbers = chunkShapes[index]
      guard numbers.contains(where: wanted) else { continue }
      let chunk = try store.chunk(at: index)
      var record = chunkStarts[index]
      var at = 0
      while at < chunk.words.count {
        let number = numbers[Int(chunk.words[at] & 0xFFFF_FFFF)]
        let end = at + 2 + shapes[number].kinds.count
        if wanted(number) { body(UInt32(record), shapes[number], chunk.words[at + 2..<end]) }
        record += 1
        at = end
      }
    }
  }

  private func countDistinct() throws(Store.Failure) -> [DataType: Int] {
    var present = TypeSet(rawValue: 0)
    for shape in shapes { for kind in shape.kinds { if let type = kind.type { present.insert(type) } } }
    var distinct: [DataType: Int] = [:]
    for type in present.types {
      var pairs: [DigestPair] = []
      try forEachRecord({ shapes[$0].kinds.contains { $0.type == type } }) { record, shape, digests in
        for (position, kind) in shape.kinds.enumerated() where kind.type == type {
          pairs.append(DigestPair(digest: digests[digests.startIndex + position], record: record))
        }
      }
      distinct[type] = DigestGroups(pairs).forEach(atLeast: .max) { _ in }
    }
    return distinct
  }

  /// Rows that are equal to the letter are one entity; returns how many different ones there are.
  private mutating func joinDuplicates(_ clusters: inout Clusters) -> Int {
    let pairs = rows
    rows = []
    let main = pairs.filter { !shapes[Int(shapeOf[Int($0.record)])].flags.contains(.extra) }
    let unique = DigestGroups(main).forEach(atLeast: .max) { _ in }
    _ = DigestGroups(pairs).forEach(atLeast: 2) { group in
      guard let first = group.first?.record else { return }
      for pair in group.dropFirst() { clusters.join(first, pair.record) }
    }
    return unique
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

  /// One key per record and alternative: the rule's digests mixed into one.
  private func keys(of rule: LinkRule) throws(Store.Failure) -> [DigestPair] {
    var pairs: [DigestPair] = []
    try forEachRecord({ number in
      rule.equal.allSatisfy { value in value.kinds.contains { shapes[number].kinds.contains($0) } }
    }) { record, shape, digests in
      guard isCounted(shape) else { return }
      var mixes: [UInt64] = [0]
      for value in rule.equal {
        var next: [UInt64] = []
        for (position, kind) in shape.kinds.enumerated() {
          guard let alternative = value.kinds.firstIndex(of: kind) else { continue }
          let digest = digests[digests.startIndex + position]
          for mix in mixes {
            next.append(
              (mix ^ digest &+ UInt64(alternative)) &* 0x9E37_79B9_7F4A_7C15 ^ (mix >> 29))
          }
        }
        mixes = next
      }
      for mix in mixes.prefix(8) { pairs.append(DigestPair(digest: mix, record: record)) }
    }
    return pairs
  }

  /// A record with a full name and nothing else joins the person of that name.
  private func joinNameOnly(_ clusters: inout Clusters) throws(Store.Failure) {
    let names = LinkValue.name.kinds
    func isNameOnly(_ shape: IdentityShape) -> Bool {
      isCounted(shape) && !shape.kinds.contains { kind in
        !names.contains(kind)
          && [.familyName, .givenName, .familyKana, .givenKana].allSatisfy { $0 != kind }
          && kind.rawValue < 128
      }
    }
    guard shapes.contains(where: isNameOnly) else { return }
    for name in names {
      var pairs: [DigestPair] = []
      try forEachRecord({ shapes[$0].kinds.contains(name) }) { record, shape, digests in
        guard isCounted(shape), let position = shape.kinds.firstIndex(of: name) else { return }
        pairs.append(DigestPair(digest: digests[digests.startIndex + position], record: record))
      }
      _ = DigestGroups(pairs).forEach(atLeast: 2) { group in
        let only = group.filter { isNameOnly(shapes[Int(shapeOf[Int($0.record)])]) }
        guard !only.isEmpty else { return }
        let known = group.first { !isNameOnly(shapes[Int(shapeOf[Int($0.record)])]) } ?? only[0]
        for pair in only { clusters.join(known.record, pair.record) }
      }
    }
  }

  // MARK: counting

  @discardableResult
  private func count(_ clusters: inout Clusters, _ level: LevelCounts.Level, _ out: inout LevelCounts)
    -> Funnel
  {
    var entities: [UInt32: Entity] = [:]
    entities.reserveCapacity(shapeOf.count / 2)
    var funnel = Funnel()
    for record in shapeOf.indices {
      let shape = shapes[Int(shapeOf[record])]
      guard isCounted(shape) else { continue }
      if !shape.flags.contains(.extra) { funnel.rows += 1 }
      let root = clusters.root(of: UInt32(record))
      entities[root, default: Entity()].add(
        shape, residence: residences[record], isPerson: isPerson(shape))
    }
    for entity in entities.values {
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
      out.add(entity, level)
    }
    return funnel
  }
}

/// What one entity's records say together.
struct Entity {
  var types = TypeSet(rawValue: 0)
  var certain = TypeSet(rawValue: 0)
  var records = 0
  var samples = 0
  var onlyExtra = true
  var isPerson = false
  var residence: UInt8 = 0
  var personClass = ""

  mutating func add(_ shape: IdentityShape, residence: UInt8, isPerson: Bool) {
    types.formUnion(shape.types)
    certain.formUnion(shape.certain)
    records += 1
    if shape.flags.contains(.sample) { samples += 1 }
    if !shape.flags.contains(.extra) { onlyExtra = false }
    if isPerson { self.isPerson = true }
    if self.residence == 0 { self.residence = residence }
    if personClass.isEmpty { personClass = shape.personClass }
  }

  /// Most of its records are samples.
  var isSample: Bool { samples * 2 > records }
}

/// The same counts at three strengths.
struct LevelCounts {
  enum Level { case low, likely, high }

  private struct Key: Hashable {
    var types: TypeSet
    var certain: TypeSet
  }

  private var total = PersonCount.zero
  private var profiles: [Key: PersonCount] = [:]
  private var classes: [String: PersonCount] = [:]
  private var residences: [UInt8: PersonCount] = [:]

  mutating func add(_ entity: Entity, _ level: Level) {
    Self.bump(&total, level)
    Self.bump(&profiles[Key(types: entity.types, certain: entity.certain), default: .zero], level)
    let name = entity.personClass.isEmpty ? "unspecified" : entity.personClass
    Self.bump(&classes[name, default: .zero], level)
    Self.bump(&residences[entity.residence, default: .zero], level)
  }

  private static func bump(_ count: inout PersonCount, _ level: Level) {
    switch level {
    case .low: count.low += 1
    case .likely: count.likely += 1
    case .high: count.high += 1
    }
  }

  func outcome<Store: IdentityStore>(_ funnel: Funnel, _ distinct: [DataType: Int])
    -> PersonCounter<Store>.Outcome
  {
    var byType: [DataType: PersonCount] = [:]
    for (key, count) in profiles {
      for type in key.types.types { byType[type, default: .zero] = byType[type, default: .zero] + count }
    }
    var byResidence: [String: PersonCount] = [:]
    for (number, count) in residences {
      let digits = number < 10 ? "0\(number)" : "\(number)"
      byResidence[number == 0 ? "unknown" : "JP-\(digits)"] = count.ordered
    }
    let sorted = profiles.map { PersonProfile(types: $0.key.types, certain: $0.key.certain, count: $0.value) }
      .sorted {
        ($1.count.likely, $0.types.rawValue, $0.certain.rawValue)
          < ($0.count.likely, $1.types.rawValue, $1.certain.rawValue)
      }
    return .init(
      count: total, funnel: funnel, profiles: sorted, byType: byType.mapValues(\.ordered),
      byClass: classes.mapValues(\.ordered), byResidence: byResidence, distinct: distinct)
  }
}
