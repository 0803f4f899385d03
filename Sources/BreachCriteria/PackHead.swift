package import BreachModel

/// What a pack says of itself, read without reading the rest of it.
package struct PackHead: Sendable {
  package var id: String
  package var version: String
  package var title: LocalizedText
  package var status: Status
  /// The days on which the pack's law is in force.
  package var valid: ClosedDays
  /// The day on which a person last compared the pack with its sources.
  package var checkedOn: CivilDate
  package var path: String
  /// Packed into the program, not given by a user.
  package var isBuiltIn: Bool
  var scope: Scope

  /// Whether a pack can bind anybody.
  package enum Status: String, Sendable, Hashable, CaseIterable {
    case inForce = "in_force"
    /// Passed, but not yet in force: judged only when asked for by name, and emits no duty.
    case enactedNotInForce = "enacted_not_in_force"
    /// Not law: emits duties without dates.
    case guidance
    /// What somebody promised by contract, not law.
    case contract
  }

  /// Reads `schema:` and `pack:`, which stand first in every pack.
  init(_ file: PatternFile) throws(PatternError) {
    let root = try PatternValue(file).anyMapping()
    let schema = try root.required("schema")
    guard try schema.text() == PackLoader.schema else {
      throw schema.error("expected the schema \(PackLoader.schema)")
    }
    let fields = try root.required("pack").mapping(keys: [
      "id", "version", "title", "status", "valid", "checked_on", "scope",
    ])
    id = try fields.string("id")
    version = try fields.string("version")
    title = try fields.localized("title")
    let status = try fields.required("status").choice(Status.allCases.map(\.rawValue))
    self.status = Status(rawValue: status) ?? .guidance
    valid = try ClosedDays(fields.optional("valid"))
    checkedOn = try fields.required("checked_on").date()
    scope = try Scope(fields.optional("scope"))
    path = file.path
    isBuiltIn = file.isBuiltIn
  }

  /// Why the pack is left out unless asked for by name; nil when it is to be applied.
  package func exempts(_ facts: ScanFacts, _ incident: IncidentFacts) -> LocalizedText? {
    if status == .enactedNotInForce {
      return LocalizedText(ja: "成立済みだが未施行", en: "enacted, but not in force")
    }
    return scope.exempts(facts, incident)
  }
}

/// A span of days; an end that is nil is open.
package struct ClosedDays: Sendable, Hashable {
  package var from: CivilDate?
  package var to: CivilDate?

  /// `{from:, to:}`, both optional; absent means always.
  init(_ value: PatternValue?) throws(PatternError) {
    guard let value else { return }
    let fields = try value.mapping(keys: ["from", "to"])
    from = try fields.optional("from")?.date()
    to = try fields.optional("to")?.date()
    if let from, let to, to < from { throw value.error("the days run backwards") }
  }

  /// Whether a day lies inside.
  package func contains(_ day: CivilDate) -> Bool {
    (from.map { $0 <= day } ?? true) && (to.map { day <= $0 } ?? true)
  }
}

/// When a pack is applied without being named; every part that is written must hold.
struct Scope: Sendable, Hashable {
  /// ISO 3166 codes; a country stands for its subdivisions.
  var places: [String] = []
  /// Applied while nobody stated `jurisdictions`.
  var isHome = false
  var sectors: [String] = []
  var notSectors: [String] = []
  /// Applied when such data was found, or may stand in what was not read.
  var found = TypeSet([])

  /// Absent means always.
  init(_ value: PatternValue?) throws(PatternError) {
    guard let value else { return }
    let fields = try value.mapping(keys: ["places", "home", "sectors", "not_sectors", "found"])
    places = try fields.strings("places")
    isHome = try fields.bool("home", otherwise: false)
    let known = IncidentFacts.Sector.allCases.map(\.rawValue)
    for element in try fields.list("sectors") { sectors.append(try element.choice(known)) }
    for element in try fields.list("not_sectors") { notSectors.append(try element.choice(known)) }
    for element in try fields.list("found") { found.insert(try element.dataType()) }
  }

  func exempts(_ facts: ScanFacts, _ incident: IncidentFacts) -> LocalizedText? {
    if !places.isEmpty, !reaches(facts, incident) {
      let names = places.count > 4 ? places.prefix(3) + ["…"] : places[...]
      let list = names.joined(separator: ", ")
      return LocalizedText(
        ja: "居住者も jurisdictions の記載もない(\(list))",
        en: "no residents there, and jurisdictions does not name it (\(list))"
      )
    }
    let sector = incident.sector?.rawValue
    if !sectors.isEmpty, !(sector.map { sectors.contains($0) } ?? false) {
      let list = sectors.joined(separator: ", ")
      return LocalizedText(
        ja: "業種(sector)が \(list) と記載されていない",
        en: "the sector is not stated to be \(list)"
      )
    }
    if let sector, notSectors.contains(sector) {
      return LocalizedText(ja: "業種が \(sector)", en: "the sector is \(sector)")
    }
    if found != TypeSet([]), !facts.mayHold(found, incident) {
      let list = found.types.map(\.id).joined(separator: ", ")
      return LocalizedText(ja: "\(list) の検出なし", en: "no \(list) found")
    }
    return nil
  }

  private func reaches(_ facts: ScanFacts, _ incident: IncidentFacts) -> Bool {
    if let stated = incident.jurisdictions {
      if stated.contains(where: isNear) { return true }
    } else if isHome {
      return true
    }
    let found = facts.byResidence.filter { $0.value.high > 0 }.map(\.key)
    let told = incident.residents.filter { $0.value.high > 0 }.map(\.key)
    return (found + told).contains(where: isNear)
  }

  /// A country may mean any of its parts.
  private func isNear(_ code: String) -> Bool {
    places.contains { covers($0, code) || covers(code, $0) }
  }
}

/// Whether a place is the other one or holds it: `US` covers `US-CA`.
func covers(_ place: String, _ code: String) -> Bool {
  code == place || code.hasPrefix(place + "-")
}

extension ScanFacts {
  /// Whether data of these types was found at any level, or may stand in what was not read.
  func mayHold(_ types: TypeSet, _ incident: IncidentFacts) -> Bool {
    if profiles.contains(where: { !$0.types.isDisjoint(with: types) }) { return true }
    for (type, found) in findings where types.contains(type) {
      if found.certain + found.likely + found.possible > found.sample { return true }
    }
    return (gaps > 0 || unread.bytes > 0) && incident.answers["unread"] != .no
  }
}
