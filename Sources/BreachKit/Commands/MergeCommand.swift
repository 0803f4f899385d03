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
    for path in arguments.paths { try CaseFolder.refuseClosed(path) }
    let stores = try read(arguments.paths)
    let library = try arguments.patternLibrary()
    try stores[0].requirePatterns(library)
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
    let linker = Linker(request, library, console, showsProgress: !arguments.noProgress)
    var output = try linker.output(try evidence(stores, request), try decisions(stores))
    output.result.run.types = try stores[0].result().run.types
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
      if let first = stores.first { try store.requireSameKind(as: first) }
      if results.insert(store.resultBytes).inserted { stores.append(store) }
    }
    return stores
  }

  /// What was read for all of them, in path order.
  private static func evidence(_ stores: [StoreReader], _ request: ScanRequest)
    throws(CommandError) -> Reading
  {
    let kept = request.blobStore
    var all = ReadingUnion()
    for store in stores { all.add(try store.evidence(kept)) }
    return all.reading(kept)
  }

  private static func decisions(_ stores: [StoreReader]) throws(CommandError) -> [StoredDecision] {
    var decisions = Gathered<StoredDecision>()
    for store in stores { decisions.add(try store.decisions()) }
    return decisions.sorted { ($0.first.path, $0.first.number) < ($1.first.path, $1.first.number) }
  }
}

/// Counts what stores hold again.
struct Linker {
  let request: ScanRequest
  let patterns: PatternLibrary
  let console: Console
  let showsProgress: Bool

  init(
    _ request: ScanRequest,
    _ patterns: PatternLibrary,
    _ console: Console,
    showsProgress: Bool
  ) {
    self.request = request
    self.patterns = patterns
    self.console = console
    self.showsProgress =
      showsProgress && !console.isQuiet && OwnProcess.isTerminal(2)
      && OwnProcess.environment("CI") == nil
  }

  /// A result of its own, with what a store is made of when the request wants one; says how many
  /// decisions are about nothing that is there.
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
      var assembly = Assembly(
        request: request,
        rules: try LinkRules(patterns),
        patternsSHA256: patterns.sha256
      )
      assembly.decisions = decisions
      assembly.log = log
      let assembled = try assembly.result(evidence, showsProgress ? { console.show($0) } : nil)
      if showsProgress { Console.clearProgress() }
      var output = Scan.Output(assembled.result)
      output.result.run.seconds = OwnProcess.monotonicSeconds - started
      output.result.run.started = Moment.text(secondsSince1970: wall)
      output.room = request.columnRoom
      output.kept = KeptScan(
        evidence,
        assembled,
        request.key,
        readingSHA256: patterns.readingSHA256
      )
      output.kept?.decisions = decisions
      let lost = assembled.lostDecisions
      if lost > 0 {
        console.say(
          ja: "注意: 判断\(lost)件は、その記録がこの中にないため適用していません。",
          en: "note: \(lost) decisions are about records that are not here, and were not applied"
        )
      }
      return output
    } catch let error as CommandError {
      throw error
    } catch {
      throw .usage("\(error)")
    }
  }
}
