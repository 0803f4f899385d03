package import BreachModel
package import BreachPatterns

/// The criteria packs in force, and the only door to their judgement.
package struct CriteriaLibrary: Sendable {
  /// What every pack says of itself, in the path order of their files.
  package private(set) var heads: [PackHead] = []
  /// The packs that were wanted, in the same order.
  package private(set) var packs: [Pack] = []

  /// Reads the heads of all packs below `criteria/`, and those packs in full that are wanted; the
  /// first mistake in any of them is thrown.
  ///
  /// Without `cases` the program's own packs lack them: only who runs them needs them.
  package init(
    _ library: PatternLibrary,
    cases: Bool = true,
    where isWanted: (PackHead) -> Bool = { _ in true }
  ) throws(PatternError) {
    var wanted: Set<String> = []
    for file in try library.heads(under: "criteria/", keys: 2)
    where !file.path.hasPrefix("criteria/holidays/") && file.path != Self.common {
      let head = try PackHead(file)
      if let twin = heads.first(where: { $0.id == head.id }) {
        throw PatternValue(file).error("the pack id \"\(head.id)\" is taken by \(twin.path)")
      }
      heads.append(head)
      if isWanted(head) { wanted.insert(head.path) }
    }
    guard !wanted.isEmpty else { return }
    var holidays: [String: Holidays] = [:]
    for file in try library.files(under: "criteria/holidays/") {
      holidays[file.path] = try Holidays(file)
    }
    let subtypes = try Self.subtypes(library)
    let common = try PackCommon(library.file(at: Self.common), subtypes: subtypes)
    for head in heads where wanted.contains(head.path) {
      guard let file = try library.file(at: head.path, examples: cases) else { continue }
      var loader = PackLoader(
        file: file,
        common: common,
        subtypes: subtypes,
        holidays: holidays
      )
      packs.append(try loader.pack())
    }
  }

  /// The subtypes of official numbers that detectors tell apart.
  private static func subtypes(_ library: PatternLibrary) throws(PatternError) -> Set<String> {
    var subtypes: Set<String> = []
    for file in try library.heads(under: "detectors/", keys: 4) {
      let fields = try PatternValue(file).anyMapping()
      guard try fields.optionalString("type") == DataType.nationalID.id else { continue }
      if let subtype = try fields.optionalString("subtype") { subtypes.insert(subtype) }
    }
    return subtypes
  }

  /// The file of what packs share.
  private static let common = "criteria/common.yaml"

  /// The ids of all questions, each of which `answers:` of an incident file can answer.
  package var questionIDs: Set<String> { Set(packs.flatMap(\.questions).map(\.id)) }

  /// The ids of all criteria.
  package var criterionIDs: Set<String> { Set(packs.flatMap(\.criteria).map(\.id)) }

  /// What the packs say of one scan.
  ///
  /// - Parameters:
  ///   - facts: Counts of the scan.
  ///   - incident: What people stated.
  ///   - only: Pack ids to judge by; nil means those whose law may apply.
  ///   - asOf: The day whose law is asked for; nil means the day on which the event became known.
  /// - Returns: One assessment a pack, in the path order of the packs, and which were left out.
  package func assess(
    _ facts: ScanFacts,
    incident: IncidentFacts,
    only: [String]? = nil,
    asOf: CivilDate? = nil
  ) -> Assessment {
    var assessment = Assessment(packs: [])
    for head in heads {
      let reach = only == nil ? head.reach(facts, incident, asOf: asOf) : .yes
      if case .no(let reason) = reach {
        assessment.notApplied.append(
          Assessment.NotApplied(id: head.id, title: head.title, because: reason)
        )
      } else if only?.contains(head.id) ?? true, let pack = packs.first(where: { $0.id == head.id })
      {
        assessment.packs.append(pack.assess(facts, incident: incident, asOf: asOf, reach: reach))
      }
    }
    assessment.uncovered = uncovered(facts, incident)
    assessment.warnings = incident.contradictions(facts, asOf: asOf).map(\.text)
    assessment.stated = incident.told
    return assessment
  }

  /// Places that the facts name, or the data hints at, and whose law no pack states; sorted.
  private func uncovered(_ facts: ScanFacts, _ incident: IncidentFacts) -> [String] {
    let stated = incident.jurisdictions ?? []
    let told = incident.residents.filter { $0.value.high > 0 }.map(\.key)
    let hinted = facts.residenceHints.keys.filter { incident.residents[$0]?.high != 0 }
    let places = heads.flatMap(\.scope.places)
    return Set(stated + told + hinted).filter { code in
      !places.contains { covers($0, code) || covers(code, $0) }
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Runs the cases that the packs carry; one line for each expectation that was not fulfilled.
  package func failedCases() -> [PatternError] { packs.flatMap { $0.failedCases() } }
}
