internal import BreachModel
internal import BreachReports

/// How many persons of each age two stores have, and how many of those who are new or gone.
struct AgeDifference {
  /// A band of ages, or all below an age that laws name.
  struct Row {
    /// The band's code, or the age below which they are.
    var code: String
    var name: LocalizedText
    var old: PersonCount
    var new: PersonCount
    /// Who is in one store only.
    var more: Int
    var fewer: Int

    fileprivate var isNone: Bool { old == new && more == 0 && fewer == 0 }
  }

  /// Those of which something is different: below 16 and 18, and each band in rising order; none when no age is
  /// known, or one of the results is of a time when none were reckoned.
  let below: [Row]
  let bands: [Row]
  /// When ages were reckoned; a birthday between the two days is a difference, too.
  let days: (old: Period?, new: Period?)

  init(_ difference: Difference, old: PersonsResult?, new: PersonsResult?) {
    days = (old?.agesOn, new?.agesOn)
    let isKnown = [old, new].contains { $0?.byAge.contains { $0.key != AgeBand.unknown } ?? false }
    guard isKnown, let old, let new, old.agesOn != nil, new.agesOn != nil else {
      (below, bands) = ([], [])
      return
    }
    let (more, fewer) = (
      Self.counts(difference.new, \.new), Self.counts(difference.gone, \.old)
    )
    bands = (0..<AgeBand.count).map(AgeBand.code).sorted().map { code in
      Row(
        code: code,
        name: Names.age(code),
        old: old.byAge[code] ?? .zero,
        new: new.byAge[code] ?? .zero,
        more: more[code]?.likely ?? 0,
        fewer: fewer[code]?.likely ?? 0
      )
    }.filter { !$0.isNone }
    below = [16, 18].map { age in
      Row(
        code: "\(age)",
        name: Messages.below(age: age),
        old: AgeBand.count(below: age, old.byAge),
        new: AgeBand.count(below: age, new.byAge),
        more: AgeBand.count(below: age, more).likely,
        fewer: AgeBand.count(below: age, fewer).likely
      )
    }.filter { !$0.isNone }
  }

  private static func counts(
    _ persons: [Difference.Person],
    _ numbers: (Difference.Person) -> [Int]
  ) -> [String: PersonCount] {
    var counts: [String: PersonCount] = [:]
    for person in persons { counts[person.ageBand, default: .zero].likely += numbers(person).count }
    return counts
  }

  /// The day or days of both, or of each.
  var heading: LocalizedText {
    if days.old == days.new { return Messages.agesHeading(days.old) }
    return Messages.agesHeading(days.old, days.new)
  }
}
