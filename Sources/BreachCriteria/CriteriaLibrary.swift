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
    let common = try PackCommon(library.file(at: Self.common))
    for head in heads where wanted.contains(head.path) {
      guard let file = try library.file(at: head.path, examples: cases) else { continue }
      var loader = PackLoader(file: file, common: common, holidays: holidays)
      packs.append(try loader.pack())
    }
  }

  /// The file of what packs share.
  private static let common = "criteria/common.yaml"

  /// The ids of all questions that `answers:` of an incident file can answer.
  package var questionIDs: Set<String> {
    Set(packs.flatMap(\.questions).filter { $0.fact == nil }.map(\.id))
  }

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
      let reason = only == nil ? head.exempts(facts, incident) : nil
      if let reason {
        assessment.notApplied.append(
          Assessment.NotApplied(id: head.id, title: head.title, because: reason)
        )
      } else if only?.contains(head.id) ?? true, let pack = packs.first(where: { $0.id == head.id })
      {
        assessment.packs.append(pack.assess(facts, incident: incident, asOf: asOf))
      }
    }
    return assessment
  }

  /// Runs the cases that the packs carry; one line for each expectation that was not fulfilled.
  package func failedCases() -> [PatternError] { packs.flatMap { $0.failedCases() } }
}
