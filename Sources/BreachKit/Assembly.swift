internal import BreachBytes
internal import BreachModel
internal import BreachPersons

/// What was read, before anything is counted: by a scan, or out of stores.
struct Reading {
  /// In path order; copies among them are not told yet.
  var leaves: [Scan.Leaf]
  /// Gaps that belong to no leaf's report.
  var gaps: [Gap]
  var notes: [Note]
  /// What a stop left unread; gaps tell of it, too.
  var unread: [Unread]
  var inputs: [Run.Input]
  var isInterrupted: Bool
  var store: BlobStore
  /// When ages were reckoned; nil when none were.
  var ageDays: Period?
}

/// What a stop left unread at a path.
struct Unread: Hashable {
  var path: String
  /// Of how many files nothing was read.
  var files: Int
  /// 0 where some of a file was read.
  var bytes: Int
}

/// What tells that two leaves hold the same, whatever their paths.
struct LeafContent: Hashable {
  var bytes: Int
  var hashes: [UInt64]

  init(bytes: Int, hashes: [UInt64]) {
    self.bytes = bytes
    self.hashes = hashes
  }

  /// Nil when there is none, or some part of it is not known.
  init?(_ leaf: Scan.Leaf) {
    bytes = leaf.entries.reduce(0) { $0.clampedSum($1.report.readBytes) }
    hashes = leaf.entries.compactMap(\.report.contentHash)
    guard bytes > 0, hashes.count == leaf.entries.count else { return nil }
  }
}

/// A result and what it was counted from.
struct Assembled {
  var result: ScanResult
  /// With the paths of their copies.
  var leaves: [Scan.Leaf]
  /// The leaves whose records count, in order.
  var counted: [Int]
  var index: PersonIndex?
  /// Decisions of people that are about records which are not there.
  var lostDecisions: Int
}

/// From what was read to the result, the same way for one scan and for many put together.
struct Assembly {
  let request: ScanRequest
  let rules: LinkRules
  let patternsSHA256: String
  /// What people decided before.
  var decisions: [StoredDecision] = []
  /// Told why records are joined; nil when nobody asks.
  var log: LinkLog?

  /// Equal content counts once, under its first path; returns the leaves that are copies.
  private func mergeCopies(_ leaves: inout [Scan.Leaf]) -> Set<Int> {
    var first: [LeafContent: Int] = [:]
    var copies: Set<Int> = []
    for index in leaves.indices {
      guard let content = LeafContent(leaves[index]) else { continue }
      if let original = first[content] {
        if leaves[index].path != leaves[original].path {
          leaves[original].aliases.append(leaves[index].path)
        }
        leaves[original].aliases.append(contentsOf: leaves[index].aliases)
        copies.insert(index)
      } else {
        first[content] = index
      }
    }
    return copies
  }

  /// Decisions by the numbers that their records have now; what is about other data is left out.
  private func resolve(
    _ leaves: [Scan.Leaf],
    _ counted: [Int],
    _ store: BlobStore
  ) throws(ScanError) -> [LinkDecision] {
    guard !decisions.isEmpty else { return [] }
    var places = RecordNumbers()
    for index in counted { places.add(leaves[index], store) }
    return try places.agreed(decisions)
  }

  // MARK: the result

  /// The result, without an assessment.
  func result(
    _ evidence: Reading,
    _ progress: ((ScanProgress) -> Void)? = nil
  ) throws(ScanError) -> Assembled {
    var leaves = evidence.leaves
    let copies = mergeCopies(&leaves)
    for copy in copies {
      for entry in leaves[copy].entries.indices {
        evidence.store.drop(leaves[copy].entries[entry].identities)
        leaves[copy].entries[entry].identities = []
      }
    }
    var coverage = Coverage()
    coverage.gaps = evidence.gaps
    coverage.files = evidence.unread.reduce(0) { $0.clampedSum($1.files) }
    coverage.bytes = evidence.unread.reduce(0) { $0.clampedSum($1.bytes) }
    var notes = NoteList()
    // What counts many of a kind has no path and comes last.
    let said = evidence.notes.sorted {
      ($0.path.isEmpty ? 1 : 0, $0.path, $0.kind, $0.message)
        < ($1.path.isEmpty ? 1 : 0, $1.path, $1.kind, $1.message)
    }
    for note in said { notes.add(note) }
    var findings: [DataType: TypeFindings] = [:]
    var files: [FileResult] = []
    var counted: [Int] = []
    for (index, leaf) in leaves.enumerated() {
      cover(leaf, &coverage, &notes)
      guard let first = leaf.entries.first, !first.report.isContainer, !copies.contains(index)
      else {
        continue
      }
      counted.append(index)
      files.append(file(leaf))
      for (type, tally) in total(leaf) {
        findings[type, default: TypeFindings()].add(tally)
      }
      for (subtype, tally) in leaf.entries.flatMap(\.report.subtypes) {
        findings[.nationalID]?.add(tally, of: subtype)
      }
    }
    coverage.notes = notes.notes
    for entry in files { for type in entry.findings.keys { findings[type]?.files += 1 } }
    findings = findings.filter { $0.value.count > 0 }
    for type in findings.keys { findings[type]?.roundChance() }
    coverage.gaps.sort {
      ($0.path, $0.reason.rawValue, $0.message, $0.bytes ?? -1)
        < ($1.path, $1.reason.rawValue, $1.message, $1.bytes ?? -1)
    }
    var (chunks, leafOfChunk): ([Int], [Int]) = ([], [])
    for (number, index) in counted.enumerated() {
      let own = leaves[index].entries.flatMap(\.identities)
      chunks += own
      leafOfChunk += own.map { _ in number }
    }
    let decided = try resolve(leaves, counted, evidence.store)
    var (persons, index) = try countPersons(
      counted.map { leaves[$0] },
      chunks,
      leafOfChunk,
      evidence.store,
      decided,
      coverage,
      &findings,
      progress
    )
    persons?.agesOn = evidence.ageDays
    if evidence.ageDays == nil { persons?.byAge = [:] }
    let result = ScanResult(
      tool: Tool(name: "breachscope", version: Version.current, patternsSHA256: patternsSHA256),
      run: Run(
        started: "",
        seconds: 0,
        complete: coverage.gaps.isEmpty && !evidence.isInterrupted,
        jobs: request.jobs,
        inputs: evidence.inputs
      ),
      coverage: coverage,
      findings: findings,
      persons: persons,
      assessment: nil,
      files: files
    )
    return Assembled(
      result: result,
      leaves: leaves,
      counted: counted,
      index: index,
      lostDecisions: decisions.count - decided.count
    )
  }

  private func cover(_ leaf: Scan.Leaf, _ coverage: inout Coverage, _ notes: inout NoteList) {
    for entry in leaf.entries {
      let report = entry.report
      if report.isContainer {
        coverage.containerBytes = coverage.containerBytes.clampedSum(report.bytes)
      } else {
        coverage.bytes = coverage.bytes.clampedSum(report.bytes)
        coverage.readBytes = coverage.readBytes.clampedSum(report.readBytes)
      }
      for gap in report.gaps {
        coverage.gaps.append(
          Gap(path: leaf.path, reason: gap.reason, bytes: gap.bytes, message: gap.message)
        )
      }
      for note in report.notes {
        let path = note.path.isEmpty ? leaf.path : note.path
        notes.add(Note(path: path, kind: note.kind, message: note.message))
      }
    }
    guard let first = leaf.entries.first?.report, !first.isContainer else { return }
    coverage.files += 1 + leaf.links
    if first.isNotText { coverage.notText += 1 + leaf.links }
    coverage.byFormat[Self.format(leaf), default: 0] += 1 + leaf.links
  }

  private func total(_ leaf: Scan.Leaf) -> [DataType: TypeTally] {
    var total: [DataType: TypeTally] = [:]
    for entry in leaf.entries {
      for (type, tally) in entry.report.tallies { total[type, default: TypeTally()] += tally }
    }
    return total
  }

  /// The format of a leaf, of which some parts may be lost.
  static func format(_ leaf: Scan.Leaf) -> String {
    let formats = leaf.entries.lazy.map(\.report.format)
    return formats.first { $0 != "unread" } ?? "unread"
  }

  private func file(_ leaf: Scan.Leaf) -> FileResult {
    let reports = leaf.entries.map(\.report)
    var columns: [ColumnResult] = []
    for column in reports.flatMap(\.columns) {
      if let known = columns.firstIndex(where: column.isSame) {
        columns[known] += column
      } else {
        columns.append(column)
      }
    }
    return FileResult(
      path: leaf.path,
      format: Self.format(leaf),
      encoding: reports.lazy.compactMap(\.encoding).first,
      bytes: reports.reduce(0) { $0.clampedSum($1.bytes) },
      records: reports.reduce(0) { $0 + $1.records },
      persons: reports.reduce(0) { $0 + $1.persons },
      findings: total(leaf).mapValues(\.count).filter { $0.value > 0 },
      columns: columns,
      remarks: reports.flatMap(\.remarks).reduce(into: []) { list, name in
        if !list.contains(name) { list.append(name) }
      },
      dates: dates(reports),
      alsoAt: leaf.aliases
    )
  }

  /// The days of the records of tables with columns of persons, from all parts of a leaf.
  private func dates(_ reports: [LeafReport]) -> [DatedColumn] {
    let count = reports.map(\.tables.count).max() ?? 0
    return (0..<count).flatMap { number -> [DatedColumn] in
      let parts = reports.compactMap { number < $0.tables.count ? $0.tables[number] : nil }
      guard parts.contains(where: \.hasPersons) else { return [] }
      var columns: [DatedColumn] = []
      for column in parts.flatMap(\.dates) {
        if let known = columns.firstIndex(where: { $0.name == column.name }) {
          columns[known].period = columns[known].period + column.period
        } else {
          columns.append(column)
        }
      }
      return columns
    }
  }

  // MARK: persons

  /// Tells whole percents only, each once.
  private static func percents(_ tell: @escaping (ScanProgress) -> Void) -> (Double) -> Void {
    var last = -1
    return { done in
      let percent = Int(done * 100)
      if percent == last { return }
      last = percent
      tell(ScanProgress(linked: done))
    }
  }

  private func countPersons(
    _ counted: [Scan.Leaf],
    _ chunks: [Int],
    _ leafOfChunk: [Int],
    _ store: BlobStore,
    _ decided: [LinkDecision],
    _ coverage: Coverage,
    _ findings: inout [DataType: TypeFindings],
    _ progress: ((ScanProgress) -> Void)?
  ) throws(ScanError) -> (PersonsResult?, PersonIndex?) {
    guard request.wantsPersons else { return (nil, nil) }
    if let failure = store.failure {
      throw ScanError("what was found could not be kept: \(failure); free some disk space")
    }
    let identities = OrderedIdentities(
      store: store,
      order: chunks,
      leaves: leafOfChunk,
      room: request.columnRoom,
      progress: progress.map(Self.percents)
    )
    var counter = PersonCounter(identities, rules)
    counter.wantsIndex = request.wantsStore
    counter.decisions = decided
    counter.keyColumns = counted.flatMap(\.keyColumns)
    counter.log = log
    let outcome: PersonCounter<OrderedIdentities>.Outcome
    do throws(SystemError) { outcome = try counter.run() } catch {
      throw ScanError(
        "what was found could not be linked: \(error); free some disk space or give more --memory"
      )
    }
    for (type, distinct) in outcome.distinct { findings[type]?.distinct = distinct }
    var persons = PersonsResult(
      count: outcome.count,
      unread: unread(coverage, outcome.count),
      funnel: outcome.funnel,
      byType: outcome.byType,
      byCombination: combinations(outcome.profiles),
      byClass: outcome.byClass,
      byClassAndType: outcome.byClassAndType,
      byResidence: outcome.byResidence,
      residenceHints: outcome.residenceHints,
      profiles: outcome.profiles
    )
    persons.byAge = outcome.byAge
    persons.byTable = tables(counted, outcome.byTable)
    return (persons, outcome.index)
  }

  /// The tables with columns of persons, and how many persons each has.
  private func tables(
    _ leaves: [Scan.Leaf],
    _ counts: [TablePlace: PersonCount]
  ) -> [PersonsResult.Table] {
    leaves.enumerated().flatMap { number, leaf in
      let reports = leaf.entries.map(\.report.tables).max { $0.count < $1.count } ?? []
      return reports.enumerated().compactMap { index, report -> PersonsResult.Table? in
        guard report.hasPersons else { return nil }
        let count = counts[TablePlace(leaf: number, table: index + 1)] ?? .zero
        return .init(path: leaf.path, name: report.name, reason: report.reason, count: count)
      }
    }
  }

  /// Persons per byte read, held against the bytes not read.
  private func unread(_ coverage: Coverage, _ count: PersonCount) -> PersonsResult.Unread {
    let known = coverage.gaps.knownBytes
    if coverage.gaps.isEmpty {
      return .init(bytes: 0, couldAdd: 0, basis: "everything was read")
    }
    if coverage.gaps.contains(where: { $0.bytes == nil }) {
      return .init(
        bytes: known,
        couldAdd: nil,
        basis: "the size of some of what was not read is unknown"
      )
    }
    guard coverage.readBytes > 0, count.high > 0 else {
      return .init(
        bytes: known,
        couldAdd: known == 0 ? 0 : nil,
        basis: "nothing was found in what was read, so nothing can be reckoned from it"
      )
    }
    let added = Double(known) * Double(count.high) / Double(coverage.readBytes)
    return .init(
      bytes: known,
      // There are fewer people than that.
      couldAdd: Int(min(added.rounded(.up), 1e15)),
      basis: "as many persons per byte as in what was read; compressed or binary data can hold more"
    )
  }

  /// The twenty most common combinations of types.
  private func combinations(_ profiles: [PersonProfile]) -> [PersonsResult.Combination] {
    var counts: [TypeSet: PersonCount] = [:]
    for profile in profiles {
      counts[profile.types, default: .zero] = counts[profile.types, default: .zero] + profile.count
    }
    let sorted = counts.sorted {
      ($1.value.likely, $0.key.rawValue) < ($0.value.likely, $1.key.rawValue)
    }
    return sorted.prefix(20).map { .init(types: $0.key, count: $0.value.ordered) }
  }
}

extension Scan.Leaf {
  /// Its columns of keys, and where they stand.
  var keyColumns: [KeyColumnPlace] {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    let tables = entries.map(\.report.tables).max { $0.count < $1.count } ?? []
    return tables.enumerated().flatMap { number, table in
      table.keys.map { KeyColumnPlace(folder: folder, table: number + 1, column: $0) }
    }
  }
}

extension TypeFindings {
  /// Leaves off the digits in which a sum depends on its order, and with it on the units.
  mutating func roundChance() { expectedByChance = (expectedByChance * 1e9).rounded() / 1e9 }

  mutating func add(_ tally: TypeTally) {
    count += tally.count
    certain += tally.certain
    likely += tally.likely
    possible += tally.possible
    sample += tally.sample
    expectedByChance += tally.chance
  }

  mutating func add(_ tally: TypeTally, of subtype: String) {
    var fact =
      subtypes[subtype] ?? FindingFact(certain: 0, likely: 0, possible: 0, sample: 0)
    fact.certain += tally.certain
    fact.likely += tally.likely
    fact.possible += tally.possible
    fact.sample += tally.sample
    subtypes[subtype] = fact
  }
}
