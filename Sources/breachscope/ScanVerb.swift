import ArgumentParser
import BreachKit

/// `breachscope scan`.
struct ScanVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Size a leak: what, about how many people, which duties."
  )

  @OptionGroup var shared: ScanOptions

  @OptionGroup var law: LawOptions

  @OptionGroup var files: FileOptions

  @Flag(help: "Exit with 2 when a criteria pack warns (out of its time, days not known …).")
  var strict = false

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
    arguments.take(law)
    arguments.take(files)
    arguments.strict = strict
    arguments.reveal = reveal
    arguments.noPersons = noPersons
    arguments.dryRun = dryRun
    arguments.timings = timings
    arguments.manifest = manifest
    Program.exit(ScanCommand.run(arguments))
  }
}
