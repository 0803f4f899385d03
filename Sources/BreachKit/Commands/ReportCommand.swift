internal import BreachBytes
internal import BreachModel
internal import BreachPatterns
internal import BreachReports

/// `breachscope report RESULT`: any report of a result, without reading the data again.
public enum ReportCommand {
  /// What the user asked for.
  public struct Arguments: Sendable {
    /// A result of `scan --format json`, or a result store.
    public var result: String
    /// Report format of standard output.
    public var format: String?
    /// Files to write; the format follows the name.
    public var outputs: [String] = []
    /// An iCalendar file for the days of the duties.
    public var calendar: String?
    /// `utf-8` or `cp932`, for tables.
    public var csvEncoding: String?
    /// Possible damages are reckoned by the model.
    public var damage = false
    /// A folder with pattern files beside the built-in ones, for drafts of one's own.
    public var patterns: String?
    /// Gap reasons that do not change the exit code.
    public var acceptGaps: [String] = []
    /// `ja` or `en`; nil: as the locale says.
    public var language: String?
    /// One line only.
    public var quiet = false
    /// Colour always or never; nil: by the terminal.
    public var colour: Bool?

    /// The text report of a result on standard output.
    public init(result: String) { self.result = result }
  }

  /// The formats by their names, for help and messages.
  public static var formats: String {
    ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
  }

  /// Runs the command; returns the exit code.
  public static func run(_ arguments: Arguments) -> Int32 {
    run(arguments) { (_) throws(CommandError) in try StoredResult.read(arguments.result) }
  }

  /// Writes the reports of what `read` gives, a stream only where it `streams`; `finally` may still refuse
  /// the result.
  static func run(
    _ arguments: Arguments,
    streams: Bool = true,
    _ read: (Console) throws(CommandError) -> ScanResult,
    finally: (ScanResult) throws(CommandError) -> Void = { _ in }
  ) -> Int32 {
    Console.run(language: arguments.language, isQuiet: arguments.quiet, colour: arguments.colour) {
      (console) throws(CommandError) in
      OwnProcess.ignoreWriteSignals()
      for reason in arguments.acceptGaps {
        try ScanArguments.checkGapReason(reason, "--accept-gaps")
      }
      let result = try read(console)
      var outputs = try Outputs(
        format: arguments.format,
        paths: arguments.outputs,
        calendar: arguments.calendar,
        csvEncoding: arguments.csvEncoding
      )
      try outputs.read(damage: arguments.damage) { () throws(CommandError) in
        var scan = ScanArguments()
        scan.patterns = arguments.patterns
        return try scan.patternLibrary()
      }
      try outputs.allow(
        where: { streams || !$0.streams },
        "a result holds no findings; ndjson comes from `scan`"
      )
      var content = ReportContent(result)
      content.accepted = Set(arguments.acceptGaps)
      try outputs.write(Scan.Output(result), content, console)
      try finally(result)
      let isRead = result.coverage.gaps.isEmpty ? result.run.complete : content.acceptsGaps
      return isRead ? ExitCode.done : ExitCode.incomplete
    }
  }
}
