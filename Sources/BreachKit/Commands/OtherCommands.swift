internal import BreachBytes
internal import BreachCriteria
internal import BreachModel
internal import BreachPatterns
internal import BreachReports

/// `breachscope assess RESULT --incident FILE`: criteria again, without reading the data again.
public enum AssessCommand {
  /// Runs the command; returns the exit code.
  public static func run(
    result path: String,
    incident: String?,
    criteria: [String],
    asOf: String?,
    patterns: String?,
    format: String?,
    outputs: [String],
    language: String?,
    colour: Bool?
  ) -> Int32 {
    let console = Console(language: language, isQuiet: false, colour: colour)
    do throws(CommandError) {
      let text = try ScanArguments.text(path, "RESULT")
      var result: ScanResult
      do throws(ResultReadError) { result = try ScanResult(json: Array(text.utf8)) } catch {
        throw .usage("'\(path)' is no result of `scan --format json`: \(error)")
      }
      var arguments = ScanArguments()
      arguments.patterns = patterns
      let judge = try Judge(
        patterns: try arguments.patternFiles(),
        incident: incident,
        criteria: criteria,
        asOf: asOf
      )
      result.assessment = try judge.assess(result)
      let writer = try Outputs(format: format, paths: outputs)
      guard !writer.wantsFindings else {
        throw .usage("a result holds no findings; ndjson comes from `scan`")
      }
      try writer.write(Scan.Output(result), console)
      return result.coverage.gaps.isEmpty && result.run.complete
        ? ExitCode.done : ExitCode.incomplete
    } catch {
      console.fail(error.message)
      return error.code
    }
  }
}

/// `breachscope incident init|check`.
public enum IncidentCommand {
  /// Prints a commented incident file to be filled in, or writes it to `path`.
  public static func initialise(language: String?, path: String?) -> Int32 {
    let console = Console(language: language, isQuiet: false, colour: false)
    let text = IncidentFile.template(language: console.language == .ja ? .ja : .en)
    do throws(SystemError) {
      if let path {
        let file = try OutputFile(path: Array(path.utf8))
        try file.write(Array(text.utf8))
        try file.finish()
      } else {
        try writeAll(Array(text.utf8), to: 1)
      }
      return ExitCode.done
    } catch {
      console.fail("\(path.map { "'\($0)'" } ?? "standard output") cannot be written: \(error)")
      return ExitCode.notWritten
    }
  }

  /// Reads an incident file and says what is wrong with it, with line and column.
  public static func check(_ path: String, language: String?) -> Int32 {
    let console = Console(language: language, isQuiet: false, colour: false)
    do throws(CommandError) {
      _ = try Judge(patterns: [], incident: path, criteria: [], asOf: nil)
      console.say(ja: "\(path): 問題はありません。", en: "\(path): nothing is wrong with it")
      return ExitCode.done
    } catch {
      console.fail(error.message)
      return error.code
    }
  }
}

/// `breachscope criteria list|check`.
public enum CriteriaCommand {
  /// One line per pack.
  public static func list(patterns: String?) -> Int32 {
    with(patterns) { library in
      var text = ""
      for pack in library.packs {
        let head = pack.head
        text += "\(head.id)\t\(head.version)\t\(head.status.rawValue)\t\(head.title.ja)"
        text += " / \(head.title.en)\n"
      }
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
    _ body: (CriteriaLibrary) -> (String, Int32)
  ) -> Int32 {
    var arguments = ScanArguments()
    arguments.patterns = patterns
    do {
      let library = try CriteriaLibrary(try PatternLibrary(adding: try arguments.patternFiles()))
      let (text, code) = body(library)
      Program.print(String(text.dropLast()))
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

/// `breachscope formats`: what is read and what is written.
public enum FormatsCommand {
  /// Prints the list.
  public static func run() -> Int32 {
    Program.print(
      """
      read      text and logs; CSV, TSV and other delimited text; JSON, JSON lines; SQL dumps
                (INSERT, COPY); XML (elements, attributes, property lists, spreadsheets); HTML;
                form-encoded bodies, query strings; zip, tar, gz, bz2, xz, zst, 7z, nested
      charsets  UTF-8, CP932 (Shift_JIS), EUC-JP, ISO-2022-JP, UTF-16, UTF-32, ISO-8859-1
      reports   \(ReportFormat.allCases.map(\.rawValue).joined(separator: ", "))
      Everything else is reported as not read, with its size.
      """
    )
    return ExitCode.done
  }
}
