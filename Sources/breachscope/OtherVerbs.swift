import ArgumentParser
import BreachKit

/// `breachscope check`.
struct CheckVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Fail when an export holds what a policy forbids."
  )

  @OptionGroup var shared: ScanOptions

  @Option(
    help:
      "The policy, a YAML file (default: no card numbers, My Numbers, passwords, sensitive data)."
  )
  var policy: String?

  func run() throws { Program.exit(CheckCommand.run(shared.arguments, policy: policy)) }
}

/// What `assess` and `incident ask` have in common.
struct JudgeOptions: ParsableArguments {
  @Argument(help: "A result of `scan --format json`, or a result store.")
  var result: String

  @OptionGroup var law: LawOptions

  @Option(help: "A folder with further pattern files.")
  var patterns: String?

  var arguments: JudgeArguments {
    var arguments = JudgeArguments(result: result)
    arguments.incident = law.incident
    arguments.criteria = law.criteria.flatMap { $0 }
    arguments.asOf = law.asOf
    arguments.patterns = patterns
    return arguments
  }
}

/// `breachscope assess`.
struct AssessVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assess",
    abstract: "Apply criteria again to a result, without rescanning."
  )

  @OptionGroup var judged: JudgeOptions

  @OptionGroup var report: ReportOptions

  @Flag(help: "Exit with 2 when a criteria pack warns (out of its time, days not known …).")
  var strict = false

  func run() throws {
    var arguments = judged.arguments
    arguments.strict = strict
    var reported = report.arguments(judged.result)
    reported.patterns = judged.patterns
    Program.exit(AssessCommand.run(arguments, reported))
  }
}

/// `breachscope report`.
struct ReportVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write any report of a result, without rescanning."
  )

  @Argument(help: "A result of `scan --format json`, or a result store.")
  var result: String

  @Option(help: "A folder with further pattern files, such as drafts of your own.")
  var patterns: String?

  @OptionGroup var report: ReportOptions

  func run() throws {
    var arguments = report.arguments(result)
    arguments.patterns = patterns
    Program.exit(ReportCommand.run(arguments))
  }
}

/// `breachscope incident`.
struct IncidentVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "incident",
    abstract: "The facts that content can never tell.",
    subcommands: [Init.self, Check.self, Ask.self]
  )

  struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "init",
      abstract: "Print a commented incident file to be filled in."
    )

    @Option(help: "Language of the comments: ja or en.")
    var lang: String?

    @Option(name: .shortAndLong, help: "Write it to this file.")
    var output: String?

    func run() throws { Program.exit(IncidentCommand.initialise(language: lang, path: output)) }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Say what is wrong with an incident file."
    )

    @Argument(help: "The incident file.")
    var file: String

    @Option(help: "Language of messages: ja or en.")
    var lang: String?

    @Option(help: "A folder with further pattern files.")
    var patterns: String?

    func run() throws {
      Program.exit(IncidentCommand.check(file, patterns: patterns, language: lang))
    }
  }

  struct Ask: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "ask",
      abstract: "Ask what still changes an outcome, and write the answers to a file."
    )

    @OptionGroup var judged: JudgeOptions

    @Option(name: .shortAndLong, help: "Write to this file (default: --incident, incident.yaml).")
    var output: String?

    @Option(help: "Language of questions and comments: ja or en.")
    var lang: String?

    func run() throws {
      Program.exit(IncidentCommand.ask(judged.arguments, output: output, language: lang))
    }
  }
}

/// `breachscope criteria`.
struct CriteriaVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "criteria",
    abstract: "The criteria packs in force.",
    subcommands: [List.self, Show.self, Check.self]
  )

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "Name the packs: id, version, status, title."
    )

    @Option(help: "Language of the titles: ja or en.")
    var lang: String?

    @Option(help: "A folder with further pattern files.")
    var patterns: String?

    func run() throws {
      Program.exit(CriteriaCommand.list(language: lang, patterns: patterns))
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Print packs with their sources and cases, for whoever checks them."
    )

    @Argument(help: "Pack ids (default: all).")
    var packs: [String] = []

    @Option(name: .shortAndLong, help: "md or html.")
    var format = "md"

    @Option(help: "Language: ja or en.")
    var lang: String?

    @Option(help: "A folder with further pattern files.")
    var patterns: String?

    func run() throws {
      Program.exit(
        CriteriaCommand.show(packs, format: format, language: lang, patterns: patterns)
      )
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Run the cases of every pack."
    )

    @Option(help: "A folder with further pattern files.")
    var patterns: String?

    func run() throws { Program.exit(CriteriaCommand.check(patterns: patterns)) }
  }
}

/// `breachscope formats`.
struct FormatsVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "formats",
    abstract: "What is read and what is written."
  )

  func run() throws { Program.exit(FormatsCommand.run()) }
}
