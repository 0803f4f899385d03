import ArgumentParser
import BreachKit

/// `breachscope diff`.
struct DiffVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Who and what is new, gone or changed between two result stores.",
    discussion: """
      The stores must have been made with the same key (`scan --seed-key FILE --output DAY.breach`).
      The records of both are linked as one: a person who is in both is the same by the rules that
      count persons, whatever was added or changed. Values are never shown.

        diff monday.breach tuesday.breach --output changes.html

      Exit codes: 0 whether or not there is a difference (`equal` in JSON tells), 2 usage or stores
      that do not go together, 3 when one of the stores has not read everything.
      """
  )

  @Argument(help: "The older result store.")
  var old: String

  @Argument(help: "The newer one.")
  var new: String

  @Option(name: .shortAndLong, help: "text, json, html or md.")
  var format: String?

  @Option(
    name: .shortAndLong,
    parsing: .singleValue,
    help: "Write to this file; its format follows the name. May be repeated."
  )
  var output: [String] = []

  @Option(help: "Most entries of each list, but in JSON (default: 50).")
  var limit = 50

  @OptionGroup var options: StoreOptions

  func run() throws {
    var asked = DiffArguments(old: old, new: new)
    asked.format = format
    asked.outputs = output
    asked.limit = limit
    Program.exit(DiffCommand.run(asked, options.arguments))
  }
}
