import ArgumentParser
import BreachKit

/// The program: arguments in, exit codes out; everything else happens in BreachKit.
@main
struct Breachscope: ParsableCommand {
  // A name of its own for every command: one worked out from its type costs a million instructions.
  static let configuration = CommandConfiguration(
    commandName: "breachscope",
    abstract: "Size a leak of personal data: what, about how many people, which duties, by when.",
    discussion: """
      Reads only. Nothing is extracted to disk, sent anywhere or shown unmasked unless you ask.
      Exit codes: 0 done, 1 policy violated (check), 2 usage, 3 something was not read, 4 a report
      could not be written, 130/143 stopped.
      """,
    version: Program.version,
    subcommands: [
      ScanVerb.self, CheckVerb.self, AssessVerb.self, ReportVerb.self, MergeVerb.self,
      LookupVerb.self, PersonsVerb.self, DiffVerb.self, MatchVerb.self, NotifyVerb.self,
      RedactVerb.self, CaseVerb.self, IncidentVerb.self, PatternsVerb.self, CriteriaVerb.self,
      FormatsVerb.self,
    ]
  )

  static func main() {
    Program.start()
    // A worker never parses options: it is started by ourselves.
    if Program.isWorker { Program.runWorker() }
    do {
      var command = try verb() ?? parseAsRoot()
      try command.run()
    } catch {
      let code = exitCode(for: error)
      let text = fullMessage(for: error)
      if code == .success {
        Program.print(text)
        Program.exit(0)
      }
      Program.sayUsage(text)
      Program.exit(2)
    }
  }

  /// The verb that was asked for, when it takes all that follows; nil where the whole tree of commands has to
  /// word a complaint or help, which takes longer to set up than a small file takes to scan.
  private static func verb() -> (any ParsableCommand)? {
    let words = CommandLine.arguments.dropFirst()
    guard
      let verb = configuration.subcommands.first(where: {
        $0.configuration.commandName == words.first
      }),
      verb.configuration.subcommands.isEmpty
    else { return nil }
    return try? verb.parse(Array(words.dropFirst()))
  }
}
