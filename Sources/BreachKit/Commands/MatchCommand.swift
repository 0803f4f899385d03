internal import BreachBytes
internal import BreachModel
internal import BreachPersons
internal import BreachReports

/// What is asked about a list of our own.
public struct MatchArguments: Sendable {
  /// The store.
  public var store: String
  /// text, json or csv, on standard output.
  public var format: String?
  /// Files to write; the format follows the name.
  public var outputs: [String] = []
  /// Most rows of the list in text; the other formats have all.
  public var limit = 50

  /// All that a store tells of a list.
  public init(store: String) { self.store = store }
}

/// `breachscope match --against LIST --store STORE`: how many of our persons are in a dump, and which
/// of our systems it is from.
public enum MatchCommand {
  /// Runs the command on the lists that `arguments.paths` names; returns the exit code, which tells
  /// nothing of whether anybody was found.
  public static func run(_ asked: MatchArguments, _ arguments: ScanArguments) -> Int32 {
    Console.run(arguments) { (console) throws(CommandError) in
      try match(asked, arguments, console)
    }
  }

  private static func match(
    _ asked: MatchArguments,
    _ arguments: ScanArguments,
    _ console: Console
  ) throws(CommandError) -> Int32 {
    guard asked.limit > 0 else { throw .usage("--limit takes a number above 0") }
    guard !arguments.paths.isEmpty else { throw .usage("say which list of yours: --against FILE") }
    let answers = try Answers(
      format: asked.format,
      paths: asked.outputs,
      allowed: [.text, .json, .csv],
      csvEncoding: arguments.csvEncoding
    )
    let store = try StoreReader(asked.store)
    let library = try arguments.patternLibrary()
    try store.requirePatterns(library)
    let (list, stopped) = try read(arguments, store, console)
    if let stopped { return 128 + stopped }
    let linker = Linker(
      try arguments.request(linking: true),
      library,
      console,
      showsProgress: !arguments.noProgress
    )
    let comparison = try Comparison(store, list, linker)
    let matching = try Matching(
      store: comparison.first,
      list: comparison.second,
      comparison
    )
    let page = MatchPage(
      matching,
      store: try store.result(),
      leaves: try store.leaves(),
      list: try list.result(),
      paths: (asked.store, arguments.paths),
      limit: asked.limit
    )
    try answers.write(console) { page.bytes($0, $1) }
    return page.isComplete ? ExitCode.done : ExitCode.incomplete
  }

  /// The list as a store under the same key: one that is there, or a scan's that is never written under
  /// a name; or the signal that stopped the scan.
  private static func read(
    _ arguments: ScanArguments,
    _ store: StoreReader,
    _ console: Console
  ) throws(CommandError) -> (StoreReader, stoppedBy: Int32?) {
    if arguments.paths.count == 1, StoreReader.isStore(arguments.paths[0]) {
      return (try StoreReader(arguments.paths[0]), nil)
    }
    var request = try arguments.request()
    request.key = try store.key(arguments.seedKey)
    request.wantsStore = true
    let output = try ScanCommand.perform(request, arguments, console)
    guard let kept = output.kept else { throw .usage("nobody was looked for") }
    do {
      let database = try Database.unnamed()
      try StoreWriter.write(kept, output.result, in: database, output.room)
      let list = try StoreReader(database, arguments.paths.joined(separator: ", "))
      return (list, output.stoppedBy)
    } catch let error as CommandError {
      throw error
    } catch {
      throw CommandError(ExitCode.notWritten, "what was read of the list cannot be kept: \(error)")
    }
  }
}
