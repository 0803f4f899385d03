import ArgumentParser
import BreachKit

/// `breachscope notify`.
struct NotifyVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notify",
    abstract: "Whom to tell, by what, and who cannot be told: a list in clear.",
    discussion: """
      Reads the data once more with the key of the store, which holds no values itself; give it the
      options that the scan had. A row for each person: name, contacts, items, files, what to check.
      Organisations and sample data are not on the list. How many are reached by what goes to
      standard output; the list goes to a file, 0600, and nowhere else.

        notify --data dump/ --store case.breach --output list.xlsx

      Exit codes: 0 done, 2 usage, another key or other patterns, 3 something was not read or is not as
      it was scanned, 4 the list could not be written.
      """
  )

  @Option(parsing: .upToNextOption, help: "The files, folders and archives that were scanned.")
  var data: [String]

  @Option(help: "Their result store, as `scan --output NAME.breach` writes it.")
  var store: String

  @Option(name: .shortAndLong, help: "The list: NAME.xlsx or NAME.csv.")
  var output: String

  @Option(help: "Only those who can be reached, or cannot.")
  var only: Only?

  @Option(help: "Charset of a CSV list: utf-8 (default) or cp932.")
  var csvEncoding: String?

  @OptionGroup var reading: ReadingOptions

  @OptionGroup var containers: ContainerOptions

  enum Only: String, ExpressibleByArgument, CaseIterable {
    case reachable, unreachable
  }

  func run() throws {
    var asked = NotifyArguments(store: store, output: output)
    asked.only = only.flatMap { NotifyArguments.Only(rawValue: $0.rawValue) }
    var arguments = ScanArguments()
    arguments.take(reading)
    arguments.take(containers)
    arguments.paths = data
    arguments.csvEncoding = csvEncoding
    Program.exit(NotifyCommand.run(asked, arguments))
  }
}
