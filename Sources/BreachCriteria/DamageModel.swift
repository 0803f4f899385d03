package import BreachModel

/// A model of possible damages, read from `damage/jnsa.yaml`.
package struct DamageModel: Sendable {
  private let title: LocalizedText
  private let source: LocalizedText
  private let base: Int
  private var identifiability: [(needs: [TypeSet], factor: Int)] = []
  private var levels: [Level] = []
  private let responsibility: Int
  private let sectors: [String]
  private let response: Int

  private struct Level: Sendable {
    var needs: [TypeSet]
    var mental: Int
    var economic: Int
    var isOurs: Bool
  }

  /// Where the model lies below a patterns folder.
  package static let path = "damage/jnsa.yaml"

  /// Reads the file.
  ///
  /// - Throws: The first mistake in it, with its place.
  package init(_ file: PatternFile) throws(PatternError) {
    let root = try PatternValue(file).mapping(keys: [
      "schema", "title", "source", "base", "identifiability", "levels", "responsibility",
      "response",
    ])
    let schema = try root.required("schema")
    guard try schema.text() == "breachscope.damage/1" else {
      throw schema.error("expected the schema breachscope.damage/1")
    }
    title = try root.localized("title")
    source = try root.localized("source")
    base = try Self.number(root.required("base"), in: 1...1_000_000)
    let organisation = try root.required("responsibility").mapping(keys: ["factor", "sectors"])
    responsibility = try Self.number(organisation.required("factor"), in: 1...10)
    sectors = try organisation.list("sectors").map { (value) throws(PatternError) in
      try value.choice(IncidentFacts.Sector.allCases.map(\.rawValue))
    }
    let answer = try root.required("response").mapping(keys: ["factor"])
    response = try Self.number(answer.required("factor"), in: 1...10)
    for value in try root.list("identifiability") {
      let fields = try value.mapping(keys: ["needs", "factor"])
      let factor = try Self.number(fields.required("factor"), in: 1...10)
      identifiability.append((try Self.needs(fields), factor))
    }
    for value in try root.list("levels") {
      let fields = try value.mapping(keys: ["needs", "mental", "economic", "by"])
      levels.append(
        Level(
          needs: try Self.needs(fields),
          mental: try Self.number(fields.required("mental"), in: 1...3),
          economic: try Self.number(fields.required("economic"), in: 1...3),
          isOurs: try fields.required("by").choice(["published", "ours"]) == "ours"
        )
      )
    }
  }

  private static func number(_ value: PatternValue, in range: ClosedRange<Int>)
    throws(PatternError) -> Int
  {
    let number = try value.int()
    guard range.contains(number) else {
      throw value.error("expected a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  private static func needs(_ fields: PatternFields) throws(PatternError) -> [TypeSet] {
    try fields.required("needs").list().map { (group) throws(PatternError) in
      TypeSet(try group.list().map { (value) throws(PatternError) in try value.dataType() })
    }
  }

  /// What the damages of a result may be; nil when persons were not counted.
  ///
  /// Each person counts with the items that were seen of that person at `likely` or above. The sector comes from
  /// what was stated; a sector that the model does not raise, and an unknown one, may still be a well-known company.
  package func estimate(_ result: ScanResult) -> DamageEstimate? {
    guard let persons = result.persons else { return nil }
    var parts: [DamageEstimate.Part] = []
    for profile in persons.profiles {
      var part = part(profile.types)
      part.persons = profile.count
      let known = parts.firstIndex {
        $0.mental == part.mental && $0.economic == part.economic
          && $0.identifiability == part.identifiability && $0.isOurs == part.isOurs
      }
      if let known {
        parts[known].persons = parts[known].persons + part.persons
      } else {
        parts.append(part)
      }
    }
    parts.sort {
      ($1.sensitivity * $1.identifiability, $1.mental, $1.isOurs ? 1 : 0)
        < ($0.sensitivity * $0.identifiability, $0.mental, $0.isOurs ? 1 : 0)
    }
    let sector = result.assessment?.stated.first { $0.key == IncidentKey.sector.rawValue }?.value
    let isRaised = sector.map(sectors.contains) ?? false
    return DamageEstimate(
      title: title,
      source: source,
      base: base,
      parts: parts,
      responsibility: isRaised ? responsibility...responsibility : 1...responsibility,
      response: 1...response
    )
  }

  /// The highest level of each kind that the items reach, and how easily they tell the person.
  private func part(_ types: TypeSet) -> DamageEstimate.Part {
    func fits(_ needs: [TypeSet]) -> Bool { needs.allSatisfy { !$0.isDisjoint(with: types) } }
    var part = DamageEstimate.Part(
      mental: 1,
      economic: 1,
      identifiability: identifiability.first { fits($0.needs) }?.factor ?? 1,
      isOurs: false,
      persons: .zero
    )
    let reached = levels.filter { fits($0.needs) }
    part.mental = reached.map(\.mental).max() ?? 1
    part.economic = reached.map(\.economic).max() ?? 1
    // What only our own lines reach is ours.
    let published = reached.filter { !$0.isOurs }
    part.isOurs =
      part.mental > published.map(\.mental).max() ?? 1
      || part.economic > published.map(\.economic).max() ?? 1
    return part
  }
}
