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

  @OptionGroup var answers: AnswerOptions

  @OptionGroup var options: StoreOptions

  func run() throws {
    var asked = DiffArguments(old: old, new: new)
    asked.format = format
    asked.outputs = answers.output
    asked.limit = answers.limit
    Program.exit(DiffCommand.run(asked, options.arguments))
  }
}

/// `breachscope match`.
struct MatchVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "match",
    abstract: "Which persons of a list of ours are in a result store, and in which of its tables.",
    discussion: """
      The list is read with the key of the store and its records are linked with those of the store, by
      the rules that count persons. Shown are places, levels and types, never a value: rows of the list
      by file and line, persons of the store by number.

        match --against customers.csv --store case.breach --output rows.csv

      Levels: certain, likely and weak, as the evidence is that joins a row of the list with the store.
      Tables with nearly all of our persons and few others point to the system that the data is from. A
      result store under the same key may stand for the list.

      Exit codes: 0 whether or not anybody was found, 2 usage or a store without its key, 3 when the
      store or the list was not read whole.
      """
  )

  @Option(
    parsing: .upToNextOption,
    help: "Our list: files, folders, archives, as `scan` reads them; or one result store."
  )
  var against: [String]

  @Option(help: "The result store, as `scan --output NAME.breach` writes it.")
  var store: String

  @Option(name: .shortAndLong, help: "text, json or csv.")
  var format: String?

  @OptionGroup var answers: AnswerOptions

  @Option(help: "Charset of CSV: utf-8 (default) or cp932.")
  var csvEncoding: String?

  @Option(help: "Charset of the list, instead of finding it out.")
  var encoding: String?

  @Option(help: "Delimiter of the list, one character or `tab`.")
  var delimiter: String?

  @Flag(inversion: .prefixedNo, help: "The first record of the list is a header.")
  var header: Bool?

  @OptionGroup var options: StoreOptions

  func run() throws {
    var asked = MatchArguments(store: store)
    asked.format = format
    asked.outputs = answers.output
    asked.limit = answers.limit
    var arguments = options.arguments
    arguments.paths = against
    arguments.csvEncoding = csvEncoding
    arguments.encoding = encoding
    arguments.delimiter = delimiter
    arguments.header = header
    Program.exit(MatchCommand.run(asked, arguments))
  }
}

/// Where an answer goes, and how long its lists are.
struct AnswerOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    parsing: .singleValue,
    help: "Write to this file; its format follows the name. May be repeated."
  )
  var output: [String] = []

  @Option(help: "Most entries of each list; JSON and CSV have all.")
  var limit = 50
}
