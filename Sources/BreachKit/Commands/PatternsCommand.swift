internal import BreachBytes
internal import BreachCriteria
internal import BreachDetectors
internal import BreachModel
internal import BreachPatterns
internal import BreachPersons
internal import BreachReports

/// `breachscope patterns list|check|explain`: what is in force, whether its examples hold, and why a
/// text is or is not a finding.
public enum PatternsCommand {
  /// One line per detector, then the files of the other patterns.
  public static func list(patterns: String?) -> Int32 {
    with(patterns) { (library, set) throws(PatternError) in
      var text = ""
      for detector in set.detectors.sorted(by: { $0.id < $1.id }) {
        let ways =
          Set(detector.text.map(\.anchor.rawValue)).sorted()
          + (detector.column > 0 ? ["column"] : [])
        text +=
          "\(detector.id)\t\(detector.type.id)\t\(ways.joined(separator: ","))\t\(detector.source)\n"
      }
      for path in library.paths where !path.hasPrefix("detectors/") { text += "\(path)\n" }
      return (text + "sha256 \(library.sha256)", ExitCode.done)
    }
  }

  /// Runs every example of every detector through all detectors, and every case of every pack, and
  /// warns of patterns without an anchor.
  public static func check(patterns: String?) -> Int32 {
    with(patterns) { (library, set) throws(PatternError) in
      let runner = ExampleRunner(set)
      let failures = runner.run() + runner.lint()
      var text = ""
      for failure in failures { text += "\(displaySafe(failure.description))\n" }
      for cost in runner.searchCosts() { text += "\(displaySafe(cost.description))\n" }
      let examples = set.detectors.reduce(0) { $0 + $1.matches.count + $1.misses.count }
      let criteria = try CriteriaLibrary(library)
      let wrong = criteria.failedCases()
      for failure in wrong { text += "\(displaySafe("\(failure)"))\n" }
      let rules = try LinkRules(library).rules.count
      if let model = try library.file(at: DamageModel.path) { _ = try DamageModel(model) }
      let drafts = try DraftLibrary(library.files(under: "drafts/")).templates.count
      let cases = criteria.packs.reduce(0) { $0 + $1.caseCount }
      text +=
        "\(set.detectors.count) detectors, \(examples) examples, \(failures.count) failed; "
        + "\(criteria.packs.count) criteria packs, \(cases) cases, \(wrong.count) failed; "
        + "\(rules) linking rules, \(drafts) drafts"
      return (text, failures.isEmpty && wrong.isEmpty ? ExitCode.done : ExitCode.usage)
    }
  }

  /// Shows each candidate in `text`, or in a cell under the header `column`, and what became of it.
  public static func explain(_ text: String, column: String?, patterns: String?) -> Int32 {
    with(patterns) { _, set in
      let explained = ExampleRunner(set).explain(text: text, column: column)
      var out = ""
      if let column = explained.column {
        let why = explained.columnEvidence.joined(separator: ", ")
        out += "column: \(displaySafe(column))\(why.isEmpty ? "" : " (\(displaySafe(why)))")\n"
      }
      for candidate in explained.candidates {
        out +=
          "\(candidate.isReported ? "FOUND" : "not reported") \(candidate.type) by \(candidate.detector)"
        out +=
          ", bytes \(candidate.range.lowerBound)–\(candidate.range.upperBound): \(displaySafe(candidate.value))\n"
        out += "  check: \(candidate.check)\n"
        if !candidate.evidence.isEmpty {
          out += "  evidence: \(displaySafe(candidate.evidence.joined(separator: ", ")))\n"
        }
        if let meaning = candidate.meaning { out += "  label: \(displaySafe(meaning))\n" }
        out += "  confidence: \(candidate.confidence)/100 (\(candidate.level))"
        out += "\(candidate.isSample ? ", a listed sample" : "")\n"
        if !candidate.reason.isEmpty { out += "  because: \(displaySafe(candidate.reason))\n" }
      }
      if explained.candidates.isEmpty { out += "no place in this text looks like any type\n" }
      return (String(out.dropLast()), ExitCode.done)
    }
  }

  private static func with(
    _ patterns: String?,
    _ body: (PatternLibrary, DetectorSet) throws(PatternError) -> (String, Int32)
  ) -> Int32 {
    var arguments = ScanArguments()
    arguments.patterns = patterns
    let files: [(path: String, text: String)]
    do throws(CommandError) { files = try arguments.patternFiles() } catch {
      Program.sayUsage("breachscope: \(error.message)")
      return error.code
    }
    do throws(PatternError) {
      let library = try PatternLibrary(adding: files)
      let (text, code) = try body(library, try DetectorSet(library, examples: true))
      Program.print(text)
      return code
    } catch {
      Program.sayUsage("breachscope: \(error)")
      return ExitCode.usage
    }
  }
}
