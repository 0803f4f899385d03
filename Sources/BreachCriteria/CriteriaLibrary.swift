package import BreachModel
package import BreachPatterns

/// All criteria packs in force, and the only door to their judgement.
package struct CriteriaLibrary: Sendable {
  /// In the path order of their files.
  package private(set) var packs: [Pack]

  /// Loads every pack below `criteria/`; the first mistake in any of them is thrown.
  ///
  /// Without `cases` the program's own packs lack them: only who runs them needs them.
  package init(_ library: PatternLibrary, cases: Bool = true) throws(PatternError) {
    var holidays: [String: Holidays] = [:]
    for file in try library.files(under: "criteria/holidays/") {
      holidays[file.path] = try Holidays(file)
    }
    packs = []
    for file in try library.files(under: "criteria/", examples: cases)
    where !file.path.hasPrefix("criteria/holidays/") {
      var loader = PackLoader(file: file, holidays: holidays)
      let pack = try loader.pack()
      if let twin = packs.first(where: { $0.id == pack.id }) {
        throw PatternValue(file).error("the pack id \"\(pack.id)\" is taken by \(twin.path)")
      }
      packs.append(pack)
    }
  }

  /// The ids of all questions that `answers:` of an incident file can answer.
  package var questionIDs: Set<String> {
    Set(packs.flatMap(\.questions).filter { $0.fact == nil }.map(\.id))
  }

  /// The ids of all criteria.
  package var criterionIDs: Set<String> { Set(packs.flatMap(\.criteria).map(\.id)) }

  /// What every pack says of one scan.
  ///
  /// - Parameters:
  ///   - facts: Counts of the scan.
  ///   - incident: What people stated.
  ///   - only: Pack ids to judge by; nil means all that are in force or guidance.
  ///   - asOf: The day whose law is asked for; nil asks no questions of time.
  /// - Returns: One assessment a pack, in the path order of the packs.
  package func assess(
    _ facts: ScanFacts,
    incident: IncidentFacts,
    only: [String]? = nil,
    asOf: CivilDate? = nil
  ) -> Assessment {
    let chosen = packs.filter { pack in
      only.map { $0.contains(pack.id) } ?? (pack.status != .enactedNotInForce)
    }
    return Assessment(packs: chosen.map { $0.assess(facts, incident: incident, asOf: asOf) })
  }

  /// Runs the cases that the packs carry; one line for each expectation that was not fulfilled.
  package func failedCases() -> [PatternError] { packs.flatMap { $0.failedCases() } }
}
