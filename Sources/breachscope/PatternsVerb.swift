import ArgumentParser
import BreachKit

/// `breachscope patterns`.
struct PatternsVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "patterns",
    abstract: "What is looked for, and why a text is or is not found.",
    subcommands: [List.self, Check.self, Explain.self]
  )

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "Name detectors and pattern files."
    )

    @Option(help: "A folder with further pattern files.")
    var patterns: String?

    func run() throws { Program.exit(PatternsCommand.list(patterns: patterns)) }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Run the examples of every detector and the cases of every criteria pack."
    )

    @Option(help: "A folder with further pattern files.")
    var patterns: String?

    func run() throws { Program.exit(PatternsCommand.check(patterns: patterns)) }
  }

  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "explain",
      abstract: "Show every candidate in a text and what became of it."
    )

    @Argument(help: "A text; with --column, one cell.")
    var text: String

    @Option(help: "The header under which the text stands as a cell.")
    var column: String?

    @Option(help: "A folder with further pattern files.")
    var patterns: String?

    func run() throws {
      Program.exit(PatternsCommand.explain(text, column: column, patterns: patterns))
    }
  }
}
