import ArgumentParser
import BreachKit

/// What is read, and how: options of every command that reads data.
struct DataOptions: ParsableArguments {
  @Argument(help: "Files, folders, archives; - for standard input.")
  var paths: [String] = []

  @Option(help: "Read further paths from this file, one a line.")
  var filesFrom: String?

  @Option(
    parsing: .singleValue,
    help: "Look for these types only; comma-separated, sensitive.* allowed.",
    transform: { $0.split(separator: ",").map(String.init) }
  )
  var types: [[String]] = []

  @Option(help: "Count findings from this confidence on, 0…1 (default: 0.3).")
  var minConfidence: Double?

  @OptionGroup var how: ReadingOptions

  var arguments: ScanArguments {
    var out = ScanArguments()
    out.paths = paths
    out.filesFrom = filesFrom
    out.types = types.flatMap { $0 }
    out.minConfidence = minConfidence
    out.take(how)
    return out
  }
}

/// Options that `scan` and `check` share.
struct ScanOptions: ParsableArguments {
  @OptionGroup var reading: DataOptions

  @OptionGroup var outputs: OutputOptions

  @Option(
    parsing: .singleValue,
    help: "Count the persons of tables (or files with one table) that match this glob, even makers."
  )
  var countTable: [String] = []

  @Option(parsing: .singleValue, help: "Do not count the persons of tables that match this glob.")
  var skipTable: [String] = []

  @OptionGroup var containers: ContainerOptions

  var arguments: ScanArguments {
    var out = reading.arguments
    out.take(outputs)
    out.countTable = countTable
    out.skipTable = skipTable
    out.take(containers)
    return out
  }
}

/// How data is read, whatever for.
struct ReadingOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "Worker processes (default: one per core).")
  var jobs: Int?

  @Option(help: "Memory for the whole run, such as 2G (default: 1G).")
  var memory: String?

  @Option(parsing: .singleValue, help: "Read only files that match this glob.")
  var include: [String] = []

  @Option(parsing: .singleValue, help: "Leave out files and folders that match this glob.")
  var exclude: [String] = []

  @Option(help: "Charset of all text, instead of finding it out.")
  var encoding: String?

  @Option(help: "Delimiter of all tables, one character or `tab`.")
  var delimiter: String?

  @Flag(inversion: .prefixedNo, help: "The first record of tables is a header.")
  var header: Bool?

  @Option(help: "A folder with further pattern files.")
  var patterns: String?

  @Flag(help: "No progress line.")
  var noProgress = false

  @Option(help: "A file with 32 hexadecimal digits: the key of all digests.")
  var seedKey: String?

  @OptionGroup var console: ConsoleOptions
}

/// What may be unfolded.
struct ContainerOptions: ParsableArguments {
  @Option(help: "A file with passwords for encrypted archives, one a line.")
  var passwords: String?

  @Option(help: "How deep containers may be nested (default: 16).")
  var maxDepth: Int?

  @Option(help: "Members read of one container (default: 1000000).")
  var maxMembers: Int?

  @Option(help: "Bytes that one file may unfold to (default: 64G).")
  var maxExpanded: String?
}

extension ScanArguments {
  mutating func take(_ reading: ReadingOptions) {
    jobs = reading.jobs
    memory = reading.memory
    include = reading.include
    exclude = reading.exclude
    encoding = reading.encoding
    delimiter = reading.delimiter
    header = reading.header
    patterns = reading.patterns
    noProgress = reading.noProgress
    seedKey = reading.seedKey
    take(reading.console)
  }

  mutating func take(_ containers: ContainerOptions) {
    passwords = containers.passwords
    maxDepth = containers.maxDepth
    maxMembers = containers.maxMembers
    maxExpanded = containers.maxExpanded
  }
}
