internal import BreachBytes
internal import BreachModel
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
    let console = Console(
      language: arguments.language,
      isQuiet: arguments.quiet,
      colour: arguments.colour
    )
    do throws(CommandError) {
      OwnProcess.ignoreWriteSignals()
      let result = try StoredResult.read(arguments.result)
      let outputs = try Outputs(
        format: arguments.format,
        paths: arguments.outputs,
        calendar: arguments.calendar,
        csvEncoding: arguments.csvEncoding
      )
      var content = ReportContent(result)
      content.accepted = Set(arguments.acceptGaps)
      try outputs.write(Scan.Output(result), content, console)
      let gaps = result.coverage.gaps
      let isRead = gaps.isEmpty ? result.run.complete : content.acceptsGaps
      return isRead ? ExitCode.done : ExitCode.incomplete
    } catch {
      console.fail(error.message)
      return error.code
    }
  }
}
