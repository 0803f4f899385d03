import ArgumentParser
import BreachKit

/// `breachscope merge`.
struct MergeVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract:
      "Put result stores together: one result, with the numbers of one scan over everything.",
    discussion: """
      The stores must have been made with the same key (`scan --seed-key FILE --output PART.breach`).
      The records are linked again, so a person in two stores counts once.
      """
  )

  @Argument(help: "Result stores, as `scan --output NAME.breach` writes them.")
  var stores: [String]

  @OptionGroup var options: StoreOptions

  @OptionGroup var law: LawOptions

  @OptionGroup var outputs: OutputOptions

  @OptionGroup var files: FileOptions

  func run() throws {
    var arguments = options.arguments
    arguments.paths = stores
    arguments.take(law)
    arguments.take(outputs)
    arguments.take(files)
    Program.exit(MergeCommand.run(arguments))
  }
}

/// `breachscope lookup`.
struct LookupVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lookup",
    abstract: "Is this person in a result store, and with which items?",
    discussion: """
      Values come on standard input or, at a terminal, by prompt: one a line, the name first. They are
      never taken from the command line, and the data that was scanned is not needed.

        lookup case.breach --by name-birth < question.txt

      Exit codes: 0 found, 1 not found, 3 not found but something was not read.
      """
  )

  @Argument(help: "A result store, as `scan --output NAME.breach` writes it.")
  var store: String

  @Option(help: "What is asked for: email, phone, member-id, name-birth or name-address.")
  var by: Key = .email

  @Option(name: .shortAndLong, help: "text or json.")
  var format: String?

  @OptionGroup var options: StoreOptions

  enum Key: String, ExpressibleByArgument, CaseIterable {
    case email, phone
    case memberID = "member-id"
    case nameBirth = "name-birth"
    case nameAddress = "name-address"
  }

  func run() throws {
    let key = LookupKey(rawValue: by.rawValue) ?? .email
    Program.exit(LookupCommand.run(store, by: key, format: format, options.arguments))
  }
}

/// `breachscope persons`.
struct PersonsVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "persons",
    abstract: "Who was counted in a result store, from which records, and why.",
    discussion: """
      Shows places, types and rules, never a value. A person is P000123, a record R17. Decisions are a
      YAML file:

        decisions:
          - {same: [P000001, P000007], reason: "checked by phone"}
          - {different: [R3, R17], reason: "father and son"}

      They are kept in the store, which is linked again and replaced, and go along into `merge`.
      """
  )

  @Argument(help: "A result store, as `scan --output NAME.breach` writes it.")
  var store: String

  @Option(help: "One person or record, with all records and what joined them.")
  var id: String?

  @Option(
    parsing: .upToNextOption,
    help: "Two persons or records: which rule made them one, or what kept them apart."
  )
  var why: [String] = []

  @Flag(help: "Merges that are likely but not proven, the worst first.")
  var uncertain = false

  @Option(help: "Keep the decisions of this file, link again, and replace the store.")
  var decisions: String?

  @Option(help: "Most persons or merges listed (default: 50).")
  var limit = 50

  @Option(name: .shortAndLong, help: "text or json.")
  var format: String?

  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard why.isEmpty || why.count == 2 else {
      throw ValidationError("--why takes two persons or records, such as --why P000001 R17")
    }
  }

  func run() throws {
    var asked = PersonsArguments(store: store)
    asked.id = id
    asked.why = why
    asked.uncertain = uncertain
    asked.decisions = decisions
    asked.limit = limit
    asked.format = format
    Program.exit(PersonsCommand.run(asked, options.arguments))
  }
}

/// What the commands on result stores have in common.
struct StoreOptions: ParsableArguments {
  @Option(help: "The key of the stores (default: NAME.key beside NAME.breach).")
  var seedKey: String?

  @Option(help: "Memory for linking, such as 2G (default: 1G).")
  var memory: String?

  @Option(help: "A folder with further pattern files, as the scan had it.")
  var patterns: String?

  @Flag(help: "No progress line.")
  var noProgress = false

  @OptionGroup var console: ConsoleOptions

  var arguments: ScanArguments {
    var arguments = ScanArguments()
    arguments.seedKey = seedKey
    arguments.memory = memory
    arguments.patterns = patterns
    arguments.noProgress = noProgress
    arguments.take(console)
    return arguments
  }
}
