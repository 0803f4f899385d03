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
  /// The incident file, for the places of what is said of it; nil without one.
  private let file: PatternFile?

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
      (incident, file) = try Self.incident(path, patterns)
    } else {
      (incident, file) = (IncidentFacts(), nil)
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
  ) throws(CommandError) -> (IncidentFacts, PatternFile?) {
    let text = try ScanArguments.text(path, "--incident")
    do throws(PatternError) {
      let file = try PatternFile(yaml: text, path: path)
      let facts = try IncidentFile.read(file)
      guard !facts.answers.isEmpty || !facts.knownAtByCriterion.isEmpty else {
        return (facts, file)
      }
      let library = try CriteriaLibrary(patterns, cases: false)
      let checked = try IncidentFile.read(
        file,
        questions: library.questionIDs,
        criteria: library.criterionIDs
      )
      return (checked, file)
    } catch {
      throw .usage("\(error)")
    }
  }

  /// The day on which ages are reckoned: when the event became known, else `--as-of`, else today in
  /// Japan; `now` is the wall clock.
  func ageDay(now: Int) -> CivilDate {
    incident.knownAt?.day ?? asOf ?? Self.today(now)
  }

  private static func today(_ now: Int) -> CivilDate {
    CivilDate(dayNumber: (now + 9 * 3_600) / 86_400)
  }

  func assess(_ result: ScanResult) throws(CommandError) -> Assessment {
    let facts = ScanFacts(result)
    do throws(PatternError) {
      return try library(for: facts).assess(facts, incident: incident, only: only, asOf: asOf)
    } catch {
      throw .usage("\(error)")
    }
  }

  /// Says on the console what is stated and hardly can be, each with its line and column, and which
  /// days have passed; gives how many that were.
  ///
  /// `now` is the wall clock, which no report depends on.
  @discardableResult
  func warn(_ result: ScanResult?, now: Int, _ console: Console) -> Int {
    var count = 0
    let day = asOf ?? Self.today(now)
    for (key, text) in incident.contradictions(result.map(ScanFacts.init), asOf: day) {
      var place = ""
      if let file {
        let at = IncidentFile.place(of: key, in: file)
        place = file.path + (at.map { ":\($0.line):\($0.column)" } ?? "") + ": "
      }
      console.say(ja: "\(place)注意: \(text.ja)", en: "\(place)warning: \(text.en)")
      count += 1
    }
    for duty in result?.assessment?.passed(at: now) ?? [] {
      let due = duty.due ?? ""
      console.say(
        ja: "注意: \(duty.title.ja)(\(duty.id))の期限 \(due) は過ぎています。",
        en: "warning: \(duty.title.en) (\(duty.id)) was due on \(due); that has passed"
      )
      count += 1
    }
    return count
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
      only?.contains($0.id) ?? $0.reach(facts, incident, asOf: asOf).isOpen
    }
  }
}
