internal import BreachBytes
internal import BreachModel
internal import BreachPatterns
internal import BreachPersons
internal import BreachReports

/// What is asked about the persons of a store.
public struct PersonsArguments: Sendable {
  /// The store.
  public var store: String
  /// One person or record: P000123, R17.
  public var id: String?
  /// Two persons or records.
  public var why: [String] = []
  /// The merges that are not proven.
  public var uncertain = false
  /// A file with decisions to be kept and honoured.
  public var decisions: String?
  /// text or json.
  public var format: String?
  /// Most persons or merges that are listed.
  public var limit = 50

  /// All persons of a store.
  public init(store: String) { self.store = store }
}

/// `breachscope persons STORE`: who was counted, from which records, and why.
public enum PersonsCommand {
  /// Runs the command; returns the exit code.
  public static func run(_ asked: PersonsArguments, _ arguments: ScanArguments) -> Int32 {
    Console.run(arguments) { (console) throws(CommandError) in
      guard ["text", "json", nil].contains(asked.format) else {
        throw .usage("--format of `persons` is text or json")
      }
      guard asked.limit > 0 else { throw .usage("--limit takes a number above 0") }
      let questions = [
        asked.id != nil, !asked.why.isEmpty, asked.uncertain, asked.decisions != nil,
      ]
      guard questions.count(where: { $0 }) < 2 else {
        throw .usage("one of --id, --why, --uncertain and --decisions at a time")
      }
      let page = PersonsPage(console.language, asJSON: asked.format == "json")
      try CaseFolder.refuseClosed(asked.store)
      let store = try StoreReader(asked.store)
      try store.requirePatterns(try arguments.patternLibrary())
      let persons = try StorePersons(store)
      if let file = asked.decisions {
        return try decide(file, asked, store, persons, arguments, console)
      }
      if asked.id == nil && asked.why.isEmpty && !asked.uncertain {
        Program.print(try list(persons, asked.limit, page))
        return ExitCode.done
      }
      if let id = asked.id {
        let entity = try persons.entity(of: try persons.record(named: id))
        let log = LinkLog(.records(try persons.numbers(ofEntity: entity)))
        let explainer = try explain(log, store, persons, arguments, console)
        Program.print(
          page.person(
            try persons.person(first: entity),
            try persons.records(try persons.records(ofEntity: entity)),
            try explainer.links(inEntity: entity)
          )
        )
      } else if asked.why.count == 2 {
        let (one, other) = (
          try persons.record(named: asked.why[0]), try persons.record(named: asked.why[1])
        )
        let records = try persons.numbers(ofEntity: try persons.entity(of: one))
          .union(try persons.numbers(ofEntity: try persons.entity(of: other)))
        let explainer = try explain(LinkLog(.records(records)), store, persons, arguments, console)
        if explainer.entity(one) == explainer.entity(other) {
          Program.print(page.same(try explainer.chain(from: one, to: other)))
        } else {
          let (apart, low) = try explainer.between(one, other)
          Program.print(page.different(apart, low))
        }
      } else {
        let worst = WorstLinks(persons, most: asked.limit)
        let explainer = try explain(worst.log, store, persons, arguments, console)
        let shown = try worst.worst.map { (link) throws(CommandError) in
          (try persons.person(first: explainer.entity(link.first.number)), link)
        }
        Program.print(page.uncertain(shown, of: worst.total))
      }
      return ExitCode.done
    }
  }

  private static func list(
    _ persons: StorePersons,
    _ limit: Int,
    _ page: PersonsPage
  ) throws(CommandError) -> String {
    var shown: [(Int, [StoredRecord])] = []
    let all = min(limit, persons.personCount)
    while shown.count < all {
      // Many at a time: their records lie near each other.
      var entities: [[Int]] = []
      for number in shown.count + 1...min(all, shown.count + portion) {
        guard let first = try persons.first(ofPerson: number) else { continue }
        entities.append(try persons.records(ofEntity: first))
      }
      if entities.isEmpty { break }
      var records: [Int: StoredRecord] = [:]
      for record in try persons.records(entities.joined().sorted()) {
        records[record.number] = record
      }
      for entity in entities { shown.append((shown.count + 1, entity.compactMap { records[$0] })) }
    }
    return page.list(shown, of: persons.personCount)
  }

  /// Persons whose records are looked for at a time.
  private static let portion = 1 << 15

  /// Links all again and tells `log` why.
  private static func explain(
    _ log: LinkLog,
    _ store: StoreReader,
    _ persons: StorePersons,
    _ arguments: ScanArguments,
    _ console: Console
  ) throws(CommandError) -> LinkExplainer {
    var request = try arguments.request(linking: true)
    request.wantsStore = true
    let library = try arguments.patternLibrary()
    let linker = Linker(request, library, console, showsProgress: !arguments.noProgress)
    let output = try linker.output(
      try store.evidence(request.blobStore),
      try store.decisions(),
      log
    )
    guard let kept = output.kept else { throw store.broken("it holds no persons") }
    if try store.result().persons?.count != output.result.persons?.count {
      throw store.broken("its records give other persons")
    }
    return LinkExplainer(persons, log, kept.index)
  }

  /// Keeps decisions in the store, which is linked again and replaced.
  private static func decide(
    _ path: String,
    _ asked: PersonsArguments,
    _ store: StoreReader,
    _ persons: StorePersons,
    _ arguments: ScanArguments,
    _ console: Console
  ) throws(CommandError) -> Int32 {
    let library = try arguments.patternLibrary()
    var request = try arguments.request(linking: true)
    request.key = try store.key(arguments.seedKey)
    request.wantsStore = true
    let outputs = try Outputs(format: nil, paths: [store.path], keeps: true)
    if let directory = outputs.directory { request.spoolDirectory = directory }
    let evidence = try store.evidence(request.blobStore)
    let text = try ScanArguments.text(path, "--decisions")
    var decisions = try store.decisions()
    // What this file says of two records.
    var said: [Set<RecordPlace>: Bool] = [:]
    do {
      for entry in try DecisionFile(PatternFile(yaml: text, path: path)).entries {
        var places: [RecordPlace] = []
        for id in [entry.first, entry.second] {
          let name = try id.text()
          let number: Int
          do throws(CommandError) { number = try persons.record(named: name) } catch {
            throw id.error(error.message)
          }
          guard let record = try persons.records([number]).first else {
            throw id.error("there is no such record")
          }
          places.append(
            RecordPlace(
              path: record.path,
              content: LeafContent(evidence.leaves[record.leaf]),
              number: record.ordinal
            )
          )
        }
        guard Set(places).count == 2 else {
          throw entry.second.error("two different persons or records are expected")
        }
        guard said.updateValue(entry.isSame, forKey: Set(places)) ?? entry.isSame == entry.isSame
        else { throw entry.first.error("these two are decided the other way above") }
        // The last word on two records counts, of several files.
        decisions.removeAll { Set([$0.first, $0.second]) == Set(places) }
        decisions.append(
          StoredDecision(
            first: places[0],
            second: places[1],
            isSame: entry.isSame,
            reason: entry.reason
          )
        )
      }
    } catch let error as CommandError {
      throw error
    } catch {
      throw .usage("\(error)")
    }
    let linker = Linker(request, library, console, showsProgress: !arguments.noProgress)
    var output = try linker.output(evidence, decisions)
    let before = try store.result()
    output.result.run = before.run
    output.result.assessment = try Judge(arguments).assess(output.result)
    try outputs.writeStore(output)
    let page = PersonsPage(console.language, asJSON: asked.format == "json")
    Program.print(
      page.decided(decisions.count, before.persons?.count, output.result.persons?.count)
    )
    return ExitCode.done
  }
}

extension StorePersons {
  /// All records of an entity, as linking numbers them.
  fileprivate func numbers(ofEntity first: Int) throws(CommandError) -> Set<UInt32> {
    Set(try records(ofEntity: first).map { UInt32(truncatingIfNeeded: $0) })
  }

  /// The record of R17, or the first one of P000123.
  func record(named id: String) throws(CommandError) -> Int {
    let number = Int(id.dropFirst())
    switch (id.first, number) {
    case ("P", let number?), ("p", let number?):
      if let first = try first(ofPerson: number) { return first }
    case ("R", let number?), ("r", let number?):
      if (1...max(1, count)).contains(number) && count > 0 { return number - 1 }
    default: throw .usage("'\(id)' is neither a person (P000123) nor a record (R17)")
    }
    throw .usage("the store has no '\(id)'")
  }
}
