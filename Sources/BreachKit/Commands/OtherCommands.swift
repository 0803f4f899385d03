internal import BreachBytes
internal import BreachCriteria
internal import BreachModel
internal import BreachPatterns
internal import BreachReports

/// A result to be judged again, and by what, as the user wrote it.
public struct JudgeArguments: Sendable {
  /// A result of `scan --format json`, or a result store.
  public var result: String
  /// Incident facts.
  public var incident: String?
  /// Packs to apply; empty for all.
  public var criteria: [String] = []
  /// Judge by the law in force on this day.
  public var asOf: String?
  /// A folder with pattern files beside the built-in ones.
  public var patterns: String?
  /// What a pack warns of is an error.
  public var strict = false

  /// The result in this file, by the packs that apply to it, without any facts.
  public init(result: String) { self.result = result }

  func read() throws(CommandError) -> (result: ScanResult, judge: Judge) {
    let read = try StoredResult.read(result)
    var arguments = ScanArguments()
    arguments.patterns = patterns
    let judge = try Judge(
      patterns: try arguments.patternFiles(),
      incident: incident,
      criteria: criteria,
      asOf: asOf
    )
    return (read, judge)
  }
}

/// The one place where a command's RESULT becomes a result, whatever it is kept in.
enum StoredResult {
  /// Reads the JSON document or the result store at `path`.
  static func read(_ path: String) throws(CommandError) -> ScanResult {
    if StoreReader.isStore(path) { return try StoreReader(path).result() }
    let text = try ScanArguments.text(path, "RESULT")
    do throws(ResultReadError) { return try ScanResult(json: Array(text.utf8)) } catch {
      throw .usage("'\(path)' is no result of `scan`, neither JSON nor a store: \(error)")
    }
  }
}

/// `breachscope assess RESULT --incident FILE`: criteria again, without reading the data again.
public enum AssessCommand {
  /// Runs the command and writes what `report` asks for; returns the exit code.
  public static func run(_ arguments: JudgeArguments, _ report: ReportCommand.Arguments) -> Int32 {
    ReportCommand.run(report, streams: false) { (console) throws(CommandError) in
      var (result, judge) = try arguments.read()
      result.assessment = try judge.assess(result)
      judge.warn(result, now: OwnProcess.wallSeconds, console)
      return result
    } finally: { (result) throws(CommandError) in
      if arguments.strict { try ScanCommand.refuseWarnings(result) }
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
                form-encoded bodies, query strings; vCard, LDIF; zip, tar, gz, bz2, xz, zst, 7z, nested;
                mail (.eml, mbox, Maildir, MHTML) with what is attached to it
      charsets  UTF-8, CP932 (Shift_JIS), EUC-JP, ISO-2022-JP, UTF-16, UTF-32, ISO-8859-1
      reports   \(ReportCommand.formats)
      Everything else is reported as not read, with its size.
      """
    )
    return ExitCode.done
  }
}
