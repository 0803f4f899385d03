internal import BreachCriteria
internal import BreachModel
internal import BreachPatterns
internal import BreachReports

/// `breachscope criteria list|show|check`.
public enum CriteriaCommand {
  /// One line per pack.
  public static func list(language: String?, patterns: String?) -> Int32 {
    let console = Console(language: language, isQuiet: false, colour: false)
    return with(patterns) { library in
      var text = ""
      for pack in library.packs {
        let head = pack.head
        let title = console.language == .ja ? head.title.ja : head.title.en
        text += "\(head.id)\t\(head.version)\t\(head.status.rawValue)\t\(title)\n"
      }
      return (text, ExitCode.done)
    }
  }

  /// Prints packs for whoever has to check them: criteria, sources, questions and cases.
  ///
  /// No ids means all packs; the format is `md` or `html`.
  public static func show(
    _ ids: [String],
    format: String,
    language: String?,
    patterns: String?
  ) -> Int32 {
    let console = Console(language: language, isQuiet: false, colour: false)
    guard ["md", "html"].contains(format) else {
      console.fail("a pack is shown as md or html, not as '\(format)'")
      return ExitCode.usage
    }
    return with(patterns) { library in
      let known = library.packs.map(\.id)
      for id in ids where !known.contains(id) {
        console.fail(
          "no criteria pack is called '\(id)'; there are \(known.joined(separator: ", "))"
        )
        return (nil, ExitCode.usage)
      }
      let packs = library.packs.filter { ids.isEmpty || ids.contains($0.id) }
      let tongue: TemplateLanguage = console.language == .ja ? .ja : .en
      let pages = packs.map { PackPage($0, language: tongue) }
      let text =
        format == "html"
        ? PackPage.html(pages, language: tongue) : pages.map(\.markdown).joined()
      return (text, ExitCode.done)
    }
  }

  /// Runs the cases of every pack.
  public static func check(patterns: String?) -> Int32 {
    with(patterns) { library in
      let failures = library.failedCases()
      let cases = library.packs.reduce(0) { $0 + $1.caseCount }
      var text = ""
      for failure in failures { text += "\(failure)\n" }
      text += "\(cases) cases in \(library.packs.count) packs, \(failures.count) failed\n"
      return (text, failures.isEmpty ? ExitCode.done : ExitCode.usage)
    }
  }

  private static func with(
    _ patterns: String?,
    _ body: (CriteriaLibrary) -> (String?, Int32)
  ) -> Int32 {
    var arguments = ScanArguments()
    arguments.patterns = patterns
    do {
      let library = try CriteriaLibrary(try PatternLibrary(adding: try arguments.patternFiles()))
      let (text, code) = body(library)
      if let text { Program.print(String(text.dropLast())) }
      return code
    } catch let error as CommandError {
      Program.sayUsage("breachscope: \(error.message)")
      return error.code
    } catch {
      Program.sayUsage("breachscope: \(error)")
      return ExitCode.usage
    }
  }
}
