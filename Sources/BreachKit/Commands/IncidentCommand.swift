internal import BreachBytes
internal import BreachCriteria
internal import BreachModel
internal import BreachPatterns
internal import BreachReports

/// `breachscope incident init|check|ask`.
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
  public static func check(_ path: String, patterns: String?, language: String?) -> Int32 {
    Console.run(language: language) { (console) throws(CommandError) in
      var arguments = ScanArguments()
      arguments.patterns = patterns
      arguments.incident = path
      let judge = try Judge(arguments)
      let warnings = judge.warn(nil, now: OwnProcess.wallSeconds, console)
      if warnings == 0 {
        console.say(ja: "\(path): 問題はありません。", en: "\(path): nothing is wrong with it")
      } else {
        console.say(
          ja: "\(path): 書き方に誤りはありません。確かめるべきことは\(warnings)件です。",
          en: "\(path): well written; to be looked at again: \(warnings)"
        )
      }
      return ExitCode.done
    }
  }

  /// Asks what still changes an outcome, most decisive first, and writes the answers to a file.
  ///
  /// An empty line leaves a question open; the end of the input, or `q`, ends the questions.
  /// The answers go to `output`, else back into the file of facts so far, else to a new
  /// `incident.yaml`.
  public static func ask(_ arguments: JudgeArguments, output: String?, language: String?) -> Int32 {
    Console.run(language: language) { (console) throws(CommandError) in
      let (result, judge) = try arguments.read()
      let incident = arguments.incident
      let target = output ?? incident ?? "incident.yaml"
      if output == nil, incident == nil, (try? File.open(Array(target.utf8))) != nil {
        throw .usage("'\(target)' is there already; go on with it by --incident \(target)")
      }
      var dialogue = Dialogue(
        interview: try judge.interview(ScanFacts(result)),
        incident: judge.incident,
        console: console
      )
      dialogue.run()
      return write(dialogue.incident, to: target, console)
    }
  }

  private static func write(_ facts: IncidentFacts, to path: String, _ console: Console) -> Int32 {
    let text = IncidentFile.template(language: console.language == .ja ? .ja : .en, stating: facts)
    do throws(SystemError) {
      let file = try OutputFile(path: Array(path.utf8))
      try file.write(Array(text.utf8))
      try file.finish()
    } catch {
      console.fail("'\(path)' cannot be written: \(error)")
      return ExitCode.notWritten
    }
    console.say(ja: "\(path) に書きました。", en: "written to \(path)")
    return ExitCode.done
  }
}
