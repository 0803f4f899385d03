import ArgumentParser
import BreachKit

/// `breachscope scan`.
struct ScanVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Size a leak: what, about how many people, which duties."
  )

  @OptionGroup var shared: ScanOptions

  @Option(help: "Facts of the incident, a YAML file (see `incident init`).")
  var incident: String?

  @Option(help: "Write the days of the duties to this file (iCalendar).")
  var calendar: String?

  @Option(
    parsing: .singleValue,
    help: "Apply only these criteria packs; comma-separated.",
    transform: { $0.split(separator: ",").map(String.init) }
  )
  var criteria: [[String]] = []

  @Option(help: "Judge by the law in force on this day, YYYY-MM-DD.")
  var asOf: String?

  @Flag(help: "Exit with 2 when a criteria pack warns (out of its time, days not known …).")
  var strict = false

  @Option(help: "Charset of CSV reports: utf-8 (default) or cp932.")
  var csvEncoding: String?

  @Flag(help: "Values in clear in files of the finding stream.")
  var reveal = false

  @Flag(help: "Do not link records to persons.")
  var noPersons = false

  @Flag(help: "SHA-256 of each input in the result; reads the input once more.")
  var manifest = false

  @Flag(help: "Say where the time went, on standard error.")
  var timings = false

  @Flag(help: "List what would be read, and stop.")
  var dryRun = false

  func run() throws {
    var arguments = shared.arguments
    arguments.incident = incident
    arguments.calendar = calendar
    arguments.csvEncoding = csvEncoding
    arguments.criteria = criteria.flatMap { $0 }
    arguments.asOf = asOf
    arguments.strict = strict
    arguments.reveal = reveal
    arguments.noPersons = noPersons
    arguments.dryRun = dryRun
    arguments.timings = timings
    arguments.manifest = manifest
    Program.exit(ScanCommand.run(arguments))
  }
}
