import ArgumentParser
import BreachKit

/// `breachscope redact`.
struct RedactVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redact",
    abstract: "Write copies in which every value that is found is replaced.",
    discussion: """
      Text, logs, CSV, JSON, SQL, XML, HTML, YAML and mail keep their structure, rows and charset. The
      same value becomes the same token (***0123*4567*8901) in all files of the run, so that joins
      survive; the key of the tokens is drawn anew for each run and not kept, unless --seed-key names
      one. Each copy is scanned again, and only what holds no finding any more is given. What cannot be
      replaced (archives, documents, images, attachments) is not copied, and is named.

        breachscope redact dump/ --output for-counsel

      Exit codes: 0 all was copied, 2 usage, 3 something was not copied, 4 cannot be written.
      """
  )

  @OptionGroup var reading: DataOptions

  @Option(name: .shortAndLong, help: "The folder of the copies: new or empty, outside of PATH.")
  var output: String

  @Flag(help: "Put **** in place of every value, without tokens.")
  var mask = false

  @Option(name: .shortAndLong, help: "The summary on standard output: text or json.")
  var format: String?

  func run() throws {
    var arguments = reading.arguments
    arguments.outputs = [output]
    arguments.format = format
    Program.exit(RedactCommand.run(arguments, masks: mask))
  }
}
