package import BreachModel

/// What a pack says of itself, read without reading the rest of it.
package struct PackHead: Sendable {
  package var id: String
  package var version: String
  package var title: LocalizedText
  package var status: Status
  /// The days on which the pack's law is in force.
  package var valid: ClosedDays
  /// The last day on which law that is enacted comes into force; nil when nobody knows any.
  package var inForceBy: CivilDate?
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
      "id", "version", "title", "status", "valid", "in_force_by", "checked_on", "scope",
    ])
    id = try fields.string("id")
    version = try fields.string("version")
    title = try fields.localized("title")
    let status = try fields.required("status").choice(Status.allCases.map(\.rawValue))
    self.status = Status(rawValue: status) ?? .guidance
    valid = try ClosedDays(fields.optional("valid"))
    inForceBy = try fields.optional("in_force_by")?.date()
    checkedOn = try fields.required("checked_on").date()
    scope = try Scope(fields.optional("scope"))
    path = file.path
    isBuiltIn = file.isBuiltIn
  }

  /// Whether the pack is to be applied without being asked for by name.
  package func reach(_ facts: ScanFacts, _ incident: IncidentFacts, asOf: CivilDate?) -> Reach {
    if status == .enactedNotInForce {
      guard let last = inForceBy else {
        return .no(LocalizedText(ja: "成立済みだが未施行", en: "enacted, but not in force"))
      }
      guard let day = asOf ?? incident.knownAt?.day, last < day else {
        return .no(
          LocalizedText(
            ja: "成立済み。施行日を定める政令は \(checkedOn) の時点で未確認(遅くとも \(last) に施行)",
            en: "enacted; no order naming the day on which it comes into force was found by "
              + "\(checkedOn) (at the latest \(last))"
          )
        )
      }
    }
    let reach = scope.reach(facts, incident)
    // Guidance on what may not even be its own law's matter would only be noise.
    if case .unknown(let reason) = reach, status == .guidance { return .no(reason) }
    return reach
  }
}

extension PackHead {
  /// Law that is enacted may have come into force since the pack was last checked.
  func isCommencementOpen(on day: CivilDate) -> Bool {
    status == .enactedNotInForce && inForceBy != nil && day > checkedOn
  }
}

/// Whether a law reaches an incident, as far as can be told.
package enum Reach: Sendable, Hashable {
  case yes
  /// It may, if any of the persons live there: nothing is met before people say so.
  case unknown(LocalizedText)
  case no(LocalizedText)

  /// True unless it is a no.
  package var isOpen: Bool { if case .no = self { false } else { true } }
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

  func reach(_ facts: ScanFacts, _ incident: IncidentFacts) -> Reach {
    let reach = places.isEmpty ? .yes : placeReach(facts, incident)
    if case .no = reach { return reach }
    let sector = incident.sector?.rawValue
    if !sectors.isEmpty, !(sector.map { sectors.contains($0) } ?? false) {
      let names = Names.list(sectors.map { Names.stated($0, as: .sector) })
      return .no(
        LocalizedText(
          ja: "業種(sector)が\(names.ja)と記載されていない",
          en: "the sector is not stated to be \(names.en)"
        )
      )
    }
    if let sector, notSectors.contains(sector) {
      let name = Names.stated(sector, as: .sector)
      return .no(LocalizedText(ja: "業種が\(name.ja)", en: "the sector is \(name.en)"))
    }
    if found != TypeSet([]), !facts.mayHold(found, incident) {
      let list = Names.list(found.types.map(Names.type))
      return .no(LocalizedText(ja: "\(list.ja)の検出なし", en: "not found: \(list.en)"))
    }
    return reach
  }

  /// By residents and by what was stated.
  ///
  /// A stated place adds, and never takes away what the data shows. Only people who say that nobody lives there do.
  private func placeReach(_ facts: ScanFacts, _ incident: IncidentFacts) -> Reach {
    if incident.jurisdictions?.contains(where: isNear) ?? false { return .yes }
    let told = incident.residents.filter { isNear($0.key) }
    if told.contains(where: { $0.value.high > 0 }) { return .yes }
    if facts.byResidence.contains(where: { $0.value.high > 0 && isNear($0.key) }) { return .yes }
    let names = placeNames
    if !told.isEmpty {
      return .no(
        LocalizedText(
          ja: "\(names.ja)の居住者は0人と記載(residents)",
          en: "residents states that nobody lives in \(names.en)"
        )
      )
    }
    if isHome, incident.jurisdictions == nil { return .yes }
    let hints = facts.residenceHints.filter { isNear($0.key) && $0.value.high > 0 }
    if !hints.isEmpty {
      let count = Evaluator.range(hints.values.reduce(.zero, +))
      let where_ = Names.list(hints.keys.sorted().map(Names.place))
      return .unknown(
        LocalizedText(
          ja: "電話番号・公的番号・住所から\(where_.ja)に居住し得る本人が \(count.ja)いるが、居住地は未確認",
          en: "\(count.en) may live in \(where_.en), by phone numbers, official numbers or "
            + "addresses; where they live is open"
        )
      )
    }
    let elsewhere = incident.residents.values.reduce(.zero, +)
    if isHome, elsewhere.low < facts.persons.high {
      return .unknown(
        LocalizedText(
          ja: "jurisdictions に\(names.ja)の記載はないが、居住地の分からない本人がいる",
          en: "jurisdictions does not name \(names.en), but where some of the persons live is open"
        )
      )
    }
    return .no(
      LocalizedText(
        ja: "居住者も jurisdictions の記載もない(\(names.ja))",
        en: "no residents there, and jurisdictions does not name it (\(names.en))"
      )
    )
  }

  /// The places by name, many shortened.
  private var placeNames: LocalizedText {
    let list = Names.list(places.prefix(3).map(Names.place))
    return places.count <= 4
      ? Names.list(places.map(Names.place))
      : LocalizedText(ja: list.ja + "など", en: list.en + " …")
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
