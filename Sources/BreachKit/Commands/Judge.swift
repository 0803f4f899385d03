internal import BreachCriteria
internal import BreachModel
internal import BreachPatterns

/// Criteria packs with the incident's facts, ready to judge a result.
///
/// Only the packs whose law may apply are read, and only when there is a result to judge; a user's
/// own packs, and the names that an incident file uses, are checked before any work begins.
struct Judge {
  let patterns: PatternLibrary
  var incident: IncidentFacts
  private let only: [String]?
  private let asOf: CivilDate?

  init(_ arguments: ScanArguments) throws(CommandError) {
    try self.init(
      patterns: try arguments.patternFiles(),
      incident: arguments.incident,
      criteria: arguments.criteria,
      asOf: arguments.asOf
    )
  }

  init(
    patterns files: [(path: String, text: String)],
    incident path: String?,
    criteria: [String],
    asOf: String?
  ) throws(CommandError) {
    let heads: [PackHead]
    do throws(PatternError) {
      patterns = try PatternLibrary(adding: files)
      heads = try CriteriaLibrary(patterns, cases: false) { !$0.isBuiltIn }.heads
    } catch {
      throw .usage("\(error)")
    }
    if let path {
      incident = try Self.incident(path, patterns)
    } else {
      incident = IncidentFacts()
    }
    for id in criteria where !heads.contains(where: { $0.id == id }) {
      throw .usage(
        "no criteria pack is called '\(id)'; there are "
          + heads.map(\.id).joined(separator: ", ")
      )
    }
    only = criteria.isEmpty ? nil : criteria
    if let asOf {
      guard let day = CivilDate(asOf) else { throw .usage("--as-of takes a day, YYYY-MM-DD") }
      self.asOf = day
    } else {
      self.asOf = nil
    }
  }

  /// Reads an incident file; packs are asked for ids only when it names any.
  private static func incident(
    _ path: String,
    _ patterns: PatternLibrary
  ) throws(CommandError) -> IncidentFacts {
    let text = try ScanArguments.text(path, "--incident")
    do throws(PatternError) {
      let file = try PatternFile(yaml: text, path: path)
      let facts = try IncidentFile.read(file)
      guard !facts.answers.isEmpty || !facts.knownAtByCriterion.isEmpty else { return facts }
      let library = try CriteriaLibrary(patterns, cases: false)
      return try IncidentFile.read(
        file,
        questions: library.questionIDs,
        criteria: library.criterionIDs
      )
    } catch {
      throw .usage("\(error)")
    }
  }

  func assess(_ result: ScanResult) throws(CommandError) -> Assessment {
    let facts = ScanFacts(result)
    do throws(PatternError) {
      return try library(for: facts).assess(facts, incident: incident, only: only, asOf: asOf)
    } catch {
      throw .usage("\(error)")
    }
  }

  /// What is still worth asking; an answer may bring in any pack.
  func interview(_ facts: ScanFacts) throws(CommandError) -> Interview {
    do throws(PatternError) {
      let all = try CriteriaLibrary(patterns, cases: false)
      return Interview(all, facts: facts, only: only, asOf: asOf)
    } catch {
      throw .usage("\(error)")
    }
  }

  /// The packs that are to be applied to these facts.
  func library(for facts: ScanFacts) throws(PatternError) -> CriteriaLibrary {
    try CriteriaLibrary(patterns, cases: false) {
      only?.contains($0.id) ?? ($0.exempts(facts, incident) == nil)
    }
  }
}
