import ArgumentParser
import BreachKit

/// `breachscope case`.
struct CaseVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "case",
    abstract: "One folder for one incident: facts, store and key, reports, and a log of each step.",
    discussion: """
      Whatever command reads or writes something in the folder of a case adds a line to its log.ndjson:
      time, command, versions, digests of inputs and outputs, exit code. Each line carries the digest
      of the one before, so that a change shows. All stores in the folder share one key.
      """,
    subcommands: [New.self, Status.self, Close.self]
  )

  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "new",
      abstract: "Make the folder of a case, and say what to type next."
    )

    @Argument(help: "The folder: new or empty.")
    var folder: String

    @Option(help: "What the case is called (default: as the folder).")
    var title: String?

    @Option(help: "Language of messages and of the files' comments: ja or en.")
    var lang: String?

    func run() throws { Program.exit(CaseCommand.create(folder, title: title, language: lang)) }
  }

  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status",
      abstract: "Say what was done, what is due by when, and what is open.",
      discussion:
        "Exit codes: 0 all was read, 2 no case, 3 something was not read, or the log was changed."
    )

    @Argument(help: "The folder of a case.")
    var folder: String

    @Option(help: "Tell what is due as of this day, YYYY-MM-DD (default: today).")
    var asOf: String?

    @Option(name: .shortAndLong, help: "text or json.")
    var format: String?

    @Option(help: "A folder with further pattern files.")
    var patterns: String?

    @Option(help: "Language: ja or en.")
    var lang: String?

    func run() throws {
      Program.exit(
        CaseCommand.status(folder, asOf: asOf, format: format, patterns: patterns, language: lang)
      )
    }
  }

  struct Close: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "close",
      abstract: "Destroy the key: nothing can be looked up or compared any more."
    )

    @Argument(help: "The folder of a case.")
    var folder: String

    @Flag(help: "Do not ask.")
    var yes = false

    @Option(help: "Language of messages: ja or en.")
    var lang: String?

    func run() throws {
      Program.exit(CaseCommand.close(folder, isConfirmed: yes, language: lang))
    }
  }
}
