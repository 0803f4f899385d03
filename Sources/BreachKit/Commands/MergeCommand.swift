internal import BreachBytes
internal import BreachModel
internal import BreachPatterns
internal import BreachPersons
internal import BreachReports

/// `breachscope merge STORE…`: shards into one result, with the numbers of one run over everything.
public enum MergeCommand {
  /// Runs the command on the stores that `paths` names; returns the exit code.
  public static func run(_ arguments: ScanArguments) -> Int32 {
    let console = Console(
      language: arguments.language,
      isQuiet: arguments.quiet,
      colour: arguments.colour
    )
    do throws(CommandError) { return try merge(arguments, console) } catch {
      console.fail(error.message)
      return error.code
    }
  }

  private static func merge(_ arguments: ScanArguments, _ console: Console) throws(CommandError)
    -> Int32
  {
    guard !arguments.paths.isEmpty else { throw .usage("say which stores to merge") }
    let stores = try read(arguments.paths)
    let judge = try Judge(arguments)
    var outputs = try Outputs(
      format: arguments.format,
      paths: arguments.outputs,
      calendar: arguments.calendar,
      csvEncoding: arguments.csvEncoding,
      keeps: true
    )
    try outputs.read(damage: arguments.damage) { judge.patterns }
    try outputs.allow(where: { !$0.streams }, "stores hold no findings; ndjson comes from `scan`")
    var request = try arguments.request(linking: true)
    if let directory = outputs.directory { request.spoolDirectory = directory }
    if outputs.wantsStore {
      let key = try stores[0].key(arguments.seedKey)
      request.key = try outputs.key(asked: key) ?? key
      request.wantsStore = true
    }
    let linker = Linker(request, console, showsProgress: !arguments.noProgress)
    var output = try linker.output(try evidence(stores, request), try decisions(stores))
    output.result.assessment = try judge.assess(output.result)
    let content = outputs.content(output, keepsValues: false, accepted: arguments.acceptGaps)
    try outputs.write(output, content, console)
    return ScanCommand.exitCode(output, accepted: arguments.acceptGaps)
  }

  /// The stores that can be put together; one that was named twice counts once.
  private static func read(_ paths: [String]) throws(CommandError) -> [StoreReader] {
    var stores: [StoreReader] = []
    var results: Set<[UInt8]> = []
    for path in paths {
      let store = try StoreReader(path)
      if let first = stores.first {
        guard store.keyCheck == first.keyCheck else {
          throw .usage(
            "'\(path)' and '\(first.path)' were made with different keys and cannot be compared; "
              + "scan again with the same --seed-key FILE"
          )
        }
        guard store.patternsSHA256 == first.patternsSHA256 else {
          throw .usage(
            "'\(path)' and '\(first.path)' were made with different patterns; scan again"
          )
        }
      }
      if results.insert(store.resultBytes).inserted { stores.append(store) }
    }
    return stores
  }

  /// What was read for all of them, in path order.
  private static func evidence(_ stores: [StoreReader], _ request: ScanRequest)
    throws(CommandError) -> Reading
  {
    let kept = request.blobStore
    var all = Reading(store: kept)
    for store in stores { all.add(try store.evidence(kept)) }
    all.sort()
    return all
  }

  private static func decisions(_ stores: [StoreReader]) throws(CommandError) -> [StoredDecision] {
    var decisions: [StoredDecision] = []
    for store in stores {
      for decision in try store.decisions() where !decisions.contains(decision) {
        decisions.append(decision)
      }
    }
    return decisions
  }
}

/// Counts what stores hold again.
struct Linker {
  private let request: ScanRequest
  private let console: Console
  private let showsProgress: Bool

  init(_ request: ScanRequest, _ console: Console, showsProgress: Bool) {
    self.request = request
    self.console = console
    self.showsProgress =
      showsProgress && !console.isQuiet && OwnProcess.isTerminal(2)
      && OwnProcess.environment("CI") == nil
  }

  /// A result of its own, with what a store is made of when the request wants one.
  func output(
    _ evidence: Reading,
    _ decisions: [StoredDecision],
    _ log: LinkLog? = nil
  ) throws(CommandError) -> Scan.Output {
    OwnProcess.forbidCoreFiles()
    OwnProcess.ignoreWriteSignals()
    let started = OwnProcess.monotonicSeconds
    let wall = OwnProcess.wallSeconds
    do {
      let library = try PatternLibrary(adding: request.patterns)
      var assembly = Assembly(
        request: request,
        rules: try LinkRules(library),
        patternsSHA256: library.sha256
      )
      assembly.decisions = decisions
      assembly.log = log
      let assembled = try assembly.result(evidence, showsProgress ? { console.show($0) } : nil)
      if showsProgress { Console.clearProgress() }
      var output = Scan.Output(assembled.result)
      output.result.run.seconds = OwnProcess.monotonicSeconds - started
      output.result.run.started = Moment.text(secondsSince1970: wall)
      output.room = request.columnRoom
      output.kept = KeptScan(evidence, assembled, request.key)
      output.kept?.decisions = decisions
      return output
    } catch let error as CommandError {
      throw error
    } catch {
      throw .usage("\(error)")
    }
  }
}

extension Reading {
  /// Nothing read yet.
  init(store: BlobStore) {
    self.init(
      leaves: [],
      gaps: [],
      notes: [],
      unreadFiles: 0,
      unreadBytes: 0,
      inputs: [],
      isInterrupted: false,
      store: store
    )
  }

  /// Adds what another run read; what both have said alike is said once.
  mutating func add(_ other: Reading) {
    var known = Set(leaves.map(LeafIdentity.init))
    for leaf in other.leaves {
      let identity = LeafIdentity(leaf)
      // Without a hash nothing tells that two leaves are one.
      if identity.isKnown && known.contains(identity) { continue }
      leaves.append(leaf)
      if identity.isKnown { known.insert(identity) }
    }
    for gap in other.gaps where !gaps.contains(gap) { gaps.append(gap) }
    for note in other.notes where !notes.contains(note) { notes.append(note) }
    for input in other.inputs where !inputs.contains(input) { inputs.append(input) }
    unreadFiles += other.unreadFiles
    unreadBytes += other.unreadBytes
    isInterrupted = isInterrupted || other.isInterrupted
  }

  /// By file as bytes; leaves of one file stay as they are.
  mutating func sort() {
    let order = leaves.indices.sorted {
      let (left, right) = (leaves[$0].file, leaves[$1].file)
      return left == right ? $0 < $1 : left.lexicographicallyPrecedes(right)
    }
    leaves = order.map { leaves[$0] }
  }
}

/// The same content under the same path.
private struct LeafIdentity: Hashable {
  var file: [UInt8]
  var path: String
  var bytes: Int
  var hashes: [UInt64]
  var isKnown: Bool

  init(_ leaf: Scan.Leaf) {
    file = leaf.file
    path = leaf.path
    bytes = leaf.entries.reduce(0) { $0 + $1.report.bytes }
    hashes = leaf.entries.compactMap(\.report.contentHash)
    isKnown = !hashes.isEmpty && hashes.count == leaf.entries.count
  }
}
