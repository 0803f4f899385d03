internal import BreachModel

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
  private var residences = [PersonCount](repeating: .zero, count: 256)

  mutating func add(_ entity: Entity, _ personClass: String, _ level: Level) {
    Self.bump(&total, level)
    Self.bump(
      &profiles[Key(types: entity.types, certain: entity.certain), default: .zero],
      level
    )
    Self.bump(&classes[personClass.isEmpty ? "unspecified" : personClass, default: .zero], level)
    Self.bump(&residences[Int(entity.residence)], level)
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
      for type in key.types.types {
        byType[type, default: .zero] = byType[type, default: .zero] + count
      }
    }
    var byResidence: [String: PersonCount] = [:]
    for (number, count) in residences.enumerated() where count != .zero {
      let digits = number < 10 ? "0\(number)" : "\(number)"
      byResidence[number == 0 ? "unknown" : "JP-\(digits)"] = count.ordered
    }
    let sorted = profiles.map {
      PersonProfile(types: $0.key.types, certain: $0.key.certain, count: $0.value)
    }.sorted {
      ($1.count.likely, $0.types.rawValue, $0.certain.rawValue)
        < ($0.count.likely, $1.types.rawValue, $1.certain.rawValue)
    }
    return .init(
      count: total.ordered,
      funnel: funnel,
      profiles: sorted,
      byType: byType.mapValues(\.ordered),
      byClass: classes.mapValues(\.ordered),
      byResidence: byResidence,
      distinct: distinct
    )
  }
}
