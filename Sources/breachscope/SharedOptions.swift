import ArgumentParser
import BreachKit

/// How a command talks.
struct ConsoleOptions: ParsableArguments {
  @Option(help: "Language of messages and reports: ja or en.")
  var lang: String?

  @Flag(name: .shortAndLong, help: "One line only.")
  var quiet = false

  @Option(name: .customLong("color"), help: "Colour: auto, always or never.")
  var colour: Colour = .auto

  enum Colour: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
  }

  /// Nil: by the terminal.
  var isColoured: Bool? { colour == .auto ? nil : colour == .always }
}

/// Which reports a command writes, and what they are forgiven.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: "Report on standard output: \(ReportCommand.formats)."
  )
  var format: String?

  @Option(
    name: .shortAndLong,
    parsing: .singleValue,
    help:
      "Write a report to this file; its format follows the name (NAME.breach, of `scan` and `merge`: a result store). May be repeated."
  )
  var output: [String] = []

  @Option(
    parsing: .singleValue,
    help: "Gap reasons that do not change the exit code; comma-separated.",
    transform: { $0.split(separator: ",").map(String.init) }
  )
  var acceptGaps: [[String]] = []
}

/// Files that come with a report's law and tables.
struct FileOptions: ParsableArguments {
  @Option(help: "Write the days of the duties to this file (iCalendar).")
  var calendar: String?

  @Option(help: "Charset of CSV reports: utf-8 (default) or cp932.")
  var csvEncoding: String?

  @Flag(help: "Add to text, md and html what damages may cost by the model of JNSA.")
  var damage = false
}

/// By what facts and laws a result is judged.
struct LawOptions: ParsableArguments {
  @Option(help: "Facts of the incident, a YAML file (see `incident init`).")
  var incident: String?

  @Option(
    parsing: .singleValue,
    help: "Apply only these criteria packs; comma-separated.",
    transform: { $0.split(separator: ",").map(String.init) }
  )
  var criteria: [[String]] = []

  @Option(
    help: """
      Judge by the law in force on this day, YYYY-MM-DD; `scan` reckons ages on it, where the incident \
      file has no `known_at`.
      """
  )
  var asOf: String?
}

/// What `assess` and `report` have in common.
struct ReportOptions: ParsableArguments {
  @OptionGroup var outputs: OutputOptions
  @OptionGroup var files: FileOptions
  @OptionGroup var console: ConsoleOptions

  func arguments(_ result: String) -> ReportCommand.Arguments {
    var arguments = ReportCommand.Arguments(result: result)
    arguments.format = outputs.format
    arguments.outputs = outputs.output
    arguments.acceptGaps = outputs.acceptGaps.flatMap { $0 }
    arguments.calendar = files.calendar
    arguments.csvEncoding = files.csvEncoding
    arguments.damage = files.damage
    arguments.language = console.lang
    arguments.quiet = console.quiet
    arguments.colour = console.isColoured
    return arguments
  }
}

extension ScanArguments {
  mutating func take(_ outputs: OutputOptions) {
    format = outputs.format
    self.outputs = outputs.output
    acceptGaps = outputs.acceptGaps.flatMap { $0 }
  }

  mutating func take(_ files: FileOptions) {
    calendar = files.calendar
    csvEncoding = files.csvEncoding
    damage = files.damage
  }

  mutating func take(_ law: LawOptions) {
    incident = law.incident
    criteria = law.criteria.flatMap { $0 }
    asOf = law.asOf
  }

  mutating func take(_ console: ConsoleOptions) {
    language = console.lang
    quiet = console.quiet
    colour = console.isColoured
  }
}
