internal import BreachModel

/// A table by its leaf, in source order, and its number there, from 1; 0 for what stands beside tables.
package struct TablePlace: Sendable, Hashable {
  package var leaf: Int
  package var table: Int

  package init(leaf: Int, table: Int) {
    self.leaf = leaf
    self.table = table
  }
}

/// The same counts at three strengths.
struct LevelCounts {
  enum Level { case low, likely, high }

  private struct Key: Hashable {
    var types: TypeSet
    var certain: TypeSet
  }

  private var total = PersonCount.zero
  private var numbers: [Key: Int] = [:]
  private var profiles: [(key: Key, count: PersonCount)] = []
  /// By number of the class; 0 is the one that nothing tells.
  private var classes = [PersonCount](repeating: .zero, count: 256)
  /// By number of the class, then of the profile; a row ends where nothing was counted.
  private var pairs = [[PersonCount]](repeating: [], count: 256)
  private var residences = [PersonCount](repeating: .zero, count: 256)
  private var ages = [PersonCount](repeating: .zero, count: AgeBand.count)

  private var tables: [TablePlace: PersonCount] = [:]

  mutating func add(_ persons: Int, _ place: TablePlace, _ level: Level) {
    tables[place, default: .zero][level] += persons
  }

  /// The number of a combination of types.
  mutating func profile(_ types: TypeSet, _ certain: TypeSet) -> Int {
    let key = Key(types: types, certain: certain)
    if let known = numbers[key] { return known }
    numbers[key] = profiles.count
    profiles.append((key, .zero))
    return profiles.count - 1
  }

  /// Adds persons of one profile and class.
  mutating func add(_ persons: Int, profile: Int, personClass: UInt8, _ level: Level) {
    total[level] += persons
    profiles[profile].count[level] += persons
    let row = Int(personClass)
    classes[row][level] += persons
    while pairs[row].count <= profile { pairs[row].append(.zero) }
    pairs[row][profile][level] += persons
  }

  mutating func add(_ persons: Int, residence: Int, _ level: Level) {
    residences[residence][level] += persons
  }

  /// `age` as a chunk has it.
  mutating func add(_ persons: Int, age: Int, _ level: Level) {
    let band = age & ~IdentityChunk.statedAge
    ages[band < ages.count ? band : 0][level] += persons
  }

  func outcome<Store: IdentityStore>(
    _ funnel: Funnel,
    _ distinct: [DataType: Int],
    _ classNames: [String]
  ) -> PersonCounter<Store>.Outcome {
    let profiles = profiles.filter { $0.count != .zero }
    var byType: [DataType: PersonCount] = [:]
    for (key, count) in profiles {
      for type in key.types.types {
        byType[type, default: .zero] = byType[type, default: .zero] + count
      }
    }
    var byClass: [String: PersonCount] = [:]
    for (name, count) in zip(classNames, classes) where count != .zero {
      byClass[name.isEmpty ? "unspecified" : name] = count.ordered
    }
    var byClassAndType: [String: [DataType: PersonCount]] = [:]
    for (name, row) in zip(classNames, pairs) {
      var types: [DataType: PersonCount] = [:]
      for (number, count) in row.enumerated() where count != .zero {
        for type in self.profiles[number].key.types.types {
          types[type, default: .zero] = types[type, default: .zero] + count
        }
      }
      guard !types.isEmpty else { continue }
      byClassAndType[name.isEmpty ? "unspecified" : name] = types.mapValues(\.ordered)
    }
    var byResidence: [String: PersonCount] = [:]
    var hints: [String: PersonCount] = [:]
    for (number, count) in residences.enumerated() where count != .zero {
      let isSign = HomePlace.isSign(number)
      let home = isSign ? "unknown" : HomePlace.code(number)
      byResidence[home] = ((byResidence[home] ?? .zero) + count).ordered
      if isSign { hints[HomePlace.code(number)] = count.ordered }
    }
    var byAge: [String: PersonCount] = [:]
    for (band, count) in ages.enumerated() where count != .zero {
      byAge[AgeBand.code(band)] = count.ordered
    }
    let sorted = profiles.map {
      PersonProfile(types: $0.key.types, certain: $0.key.certain, count: $0.count)
    }.sorted {
      ($1.count.likely, $0.types.rawValue, $0.certain.rawValue)
        < ($0.count.likely, $1.types.rawValue, $1.certain.rawValue)
    }
    return .init(
      count: total.ordered,
      funnel: funnel,
      profiles: sorted,
      byType: byType.mapValues(\.ordered),
      byClass: byClass,
      byClassAndType: byClassAndType,
      byResidence: byResidence,
      residenceHints: hints,
      byAge: byAge,
      byTable: tables.mapValues(\.ordered),
      distinct: distinct
    )
  }
}

extension PersonCount {
  fileprivate subscript(_ level: LevelCounts.Level) -> Int {
    get {
      switch level {
      case .low: low
      case .likely: likely
      case .high: high
      }
    }
    set {
      switch level {
      case .low: low = newValue
      case .likely: likely = newValue
      case .high: high = newValue
      }
    }
  }
}
