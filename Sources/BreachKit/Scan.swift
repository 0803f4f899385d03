internal import BreachBytes
internal import BreachCriteria
internal import BreachDetectors
package import BreachModel
internal import BreachPatterns
internal import BreachPersons
internal import BreachReports

/// One scan from sources to a result: walk, units, workers, persons.
package struct Scan {
  private let request: ScanRequest
  private let library: PatternLibrary
  private let rules: LinkRules
  private let detectors: [(id: String, subtype: String?)]

  /// Reads patterns; nothing of the evidence is touched yet.
  package init(_ request: ScanRequest) throws(PatternError) {
    self.request = request
    library = try PatternLibrary(adding: request.patterns)
    rules = try LinkRules(library)
    if request.wantsFindings {
      detectors = try DetectorSet(library).detectors.map { ($0.id, $0.subtype) }
    } else {
      detectors = []
    }
  }

  /// What a scan gave, and the findings in source order when they were asked for.
  package struct Output {
    package var result: ScanResult
    /// Stopped by the user or the system: the number of the signal.
    package var stoppedBy: Int32?
    /// Empty unless they were wanted.
    var timings = Timings()
    fileprivate var leaves: [Leaf] = []
    fileprivate var store: BlobStore
    fileprivate var detectors: [(id: String, subtype: String?)]

    fileprivate init(
      result: ScanResult,
      stoppedBy: Int32?,
      leaves: [Leaf],
      store: BlobStore,
      detectors: [(id: String, subtype: String?)]
    ) {
      self.result = result
      self.stoppedBy = stoppedBy
      self.leaves = leaves
      self.store = store
      self.detectors = detectors
    }

    /// A result read back; it has no findings to stream.
    package init(_ result: ScanResult) {
      self.init(
        result: result,
        stoppedBy: nil,
        leaves: [],
        store: BlobStore(budget: 0, directory: []),
        detectors: []
      )
    }
  }

  /// A leaf of the result with its parts in order.
  struct Leaf {
    var path: String
    var entries: [LeafEntry]
    /// Further paths of the same content.
    var aliases: [String]
    /// How many of those are names of the same file.
    var links: Int
  }

  package func run(_ progress: ((ScanProgress) -> Void)? = nil) throws(ScanError) -> Output {
    let started = OwnProcess.monotonicSeconds
    let wall = OwnProcess.wallSeconds
    var walker = Walker(
      include: request.include,
      exclude: request.exclude,
      own: Set(request.ownFiles.map { Walker.Identity(device: $0.device, inode: $0.inode) })
    )
    var found = 0
    for path in request.paths where walker.add(path) { found += 1 }
    if found == 0 && walker.files.isEmpty {
      throw ScanError(
        "nothing to scan: \(request.paths.map(PathText.text).joined(separator: ", ")) does not exist"
      )
    }
    walker.sort()
    let walked = OwnProcess.monotonicSeconds
    let reserve = (128 << 20) * (request.jobs + 1)
    let store = BlobStore(
      budget: max(32 << 20, (request.memory - reserve) / 4),
      directory: request.spoolDirectory
    )
    let supervisor = Supervisor(request, walker.files, store, progress)
    try supervisor.run()
    let scanned = OwnProcess.monotonicSeconds
    var leaves = leaves(walker.files, supervisor.entries)
    let copies = mergeCopies(&leaves)
    var result = try assemble(walker, supervisor, leaves, copies, store)
    result.run.seconds = OwnProcess.monotonicSeconds - started
    result.run.started = Moment.text(secondsSince1970: wall)
    var output = Output(
      result: result,
      stoppedBy: supervisor.interrupted ? StopRequest.signal : nil,
      leaves: leaves,
      store: store,
      detectors: detectors
    )
    if request.wantsTimings {
      output.timings = supervisor.timings
      output.timings.add(walked - started, to: .walk)
      output.timings.add(OwnProcess.monotonicSeconds - scanned, to: .link)
    }
    return output
  }

  // MARK: leaves

  /// Leaves in path order: first by file, then as they stand in it.
  private func leaves(_ files: [SourceFile], _ entries: [[Int: [LeafEntry]]]) -> [Leaf] {
    var leaves: [Leaf] = []
    for (index, file) in files.enumerated() {
      let parts = entries[index].sorted { $0.key < $1.key }
      if parts.count > 1 {
        leaves.append(
          Leaf(
            path: file.text,
            entries: parts.flatMap(\.value),
            aliases: file.aliases,
            links: file.aliases.count
          )
        )
        continue
      }
      for entry in parts.first?.value ?? [] {
        let inner = entry.report.innerPath
        leaves.append(
          Leaf(
            path: inner.isEmpty ? file.text : file.text + "!/" + inner,
            entries: [entry],
            aliases: file.aliases.map { inner.isEmpty ? $0 : $0 + "!/" + inner },
            links: file.aliases.count
          )
        )
      }
    }
    return leaves
  }

  /// Equal content counts once, under its first path; returns the leaves that are copies.
  private func mergeCopies(_ leaves: inout [Leaf]) -> Set<Int> {
    struct Content: Hashable {
      var bytes: Int
      var hashes: [UInt64]
    }
    var first: [Content: Int] = [:]
    var copies: Set<Int> = []
    for index in leaves.indices {
      let bytes = leaves[index].entries.reduce(0) { $0 + $1.report.readBytes }
      let hashes = leaves[index].entries.compactMap(\.report.contentHash)
      guard bytes > 0, hashes.count == leaves[index].entries.count else { continue }
      let content = Content(bytes: bytes, hashes: hashes)
      if let original = first[content] {
        leaves[original].aliases.append(leaves[index].path)
        leaves[original].aliases.append(contentsOf: leaves[index].aliases)
        copies.insert(index)
      } else {
        first[content] = index
      }
    }
    return copies
  }

  // MARK: the result

  private func assemble(
    _ walker: Walker,
    _ supervisor: Supervisor,
    _ leaves: [Leaf],
    _ copies: Set<Int>,
    _ store: BlobStore
  ) throws(ScanError) -> ScanResult {
    var coverage = Coverage()
    coverage.gaps = walker.gaps + supervisor.gaps
    coverage.files = supervisor.unreadFiles
    coverage.bytes = supervisor.unreadBytes
    var notes = NoteList()
    for note in walker.notes { notes.add(note) }
    for index in supervisor.grown.sorted() {
      notes.add(
        Note(
          path: walker.files[index].text,
          kind: "changed",
          message: "grew after it was found; read to the size it had then"
        )
      )
    }
    var findings: [DataType: TypeFindings] = [:]
    var files: [FileResult] = []
    var chunks: [Int] = []
    for (index, leaf) in leaves.enumerated() {
      cover(leaf, &coverage, &notes)
      guard let first = leaf.entries.first, !first.report.isContainer, !copies.contains(index)
      else {
        continue
      }
      chunks.append(contentsOf: leaf.entries.flatMap(\.identities))
      files.append(file(leaf))
      for (type, tally) in total(leaf) {
        findings[type, default: TypeFindings()].add(tally)
      }
    }
    coverage.notes = notes.notes
    for entry in files { for type in entry.findings.keys { findings[type]?.files += 1 } }
    findings = findings.filter { $0.value.count > 0 }
    for type in findings.keys { findings[type]?.roundChance() }
    coverage.gaps.sort {
      ($0.path, $0.reason.rawValue, $0.message) < ($1.path, $1.reason.rawValue, $1.message)
    }
    let persons = try countPersons(chunks, store, coverage, &findings)
    return ScanResult(
      tool: Tool(name: "breachscope", version: Version.current, patternsSHA256: library.sha256),
      run: Run(
        started: "",
        seconds: 0,
        complete: coverage.gaps.isEmpty && !supervisor.interrupted,
        jobs: request.jobs,
        inputs: inputs(walker)
      ),
      coverage: coverage,
      findings: findings,
      persons: persons,
      assessment: nil,
      files: files
    )
  }

  /// What was asked for, with the bytes found there; the files are in byte order.
  private func inputs(_ walker: Walker) -> [Run.Input] {
    var sums = [0]
    for file in walker.files { sums.append(sums[sums.count - 1] + file.size) }
    func first(_ isBehind: ([UInt8]) -> Bool) -> Int {
      var range = 0..<walker.files.count
      while !range.isEmpty {
        let middle = (range.lowerBound + range.upperBound) / 2
        if isBehind(walker.files[middle].path) {
          range = range.lowerBound..<middle
        } else {
          range = middle + 1..<range.upperBound
        }
      }
      return range.lowerBound
    }
    func bytes(_ from: [UInt8], _ to: [UInt8]) -> Int {
      let start = first { !$0.lexicographicallyPrecedes(from) }
      let end = first { !$0.lexicographicallyPrecedes(to) }
      return sums[max(start, end)] - sums[start]
    }
    return request.paths.map { path in
      let inside = path.last == 0x2F ? path : path + [0x2F]
      // What begins with "path/" stands between it and "path0", the next byte's.
      let total = bytes(path, path + [0]) + bytes(inside, inside.dropLast() + [0x30])
      return Run.Input(path: PathText.text(of: path), bytes: total, sha256: nil)
    }
  }

  private func cover(_ leaf: Leaf, _ coverage: inout Coverage, _ notes: inout NoteList) {
    for entry in leaf.entries {
      let report = entry.report
      if report.isContainer {
        coverage.containerBytes += report.bytes
      } else {
        coverage.bytes += report.bytes
        coverage.readBytes += report.readBytes
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

  private func total(_ leaf: Leaf) -> [DataType: TypeTally] {
    var total: [DataType: TypeTally] = [:]
    for entry in leaf.entries {
      for (type, tally) in entry.report.tallies { total[type, default: TypeTally()] += tally }
    }
    return total
  }

  /// The format of a leaf, of which some parts may be lost.
  private static func format(_ leaf: Leaf) -> String {
    let formats = leaf.entries.lazy.map(\.report.format)
    return formats.first { $0 != "unread" } ?? "unread"
  }

  private func file(_ leaf: Leaf) -> FileResult {
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
      bytes: reports.reduce(0) { $0 + $1.bytes },
      records: reports.reduce(0) { $0 + $1.records },
      persons: reports.reduce(0) { $0 + $1.persons },
      findings: total(leaf).mapValues(\.count).filter { $0.value > 0 },
      columns: columns,
      alsoAt: leaf.aliases
    )
  }

  // MARK: persons

  private func countPersons(
    _ chunks: [Int],
    _ store: BlobStore,
    _ coverage: Coverage,
    _ findings: inout [DataType: TypeFindings]
  ) throws(ScanError) -> PersonsResult? {
    guard request.wantsPersons else { return nil }
    if let failure = store.failure {
      throw ScanError("what was found could not be kept: \(failure); free some disk space")
    }
    var counter = PersonCounter(OrderedIdentities(store: store, order: chunks), rules)
    let outcome: PersonCounter<OrderedIdentities>.Outcome
    do throws(SystemError) { outcome = try counter.run() } catch {
      throw ScanError("what was found could not be read back: \(error)")
    }
    for (type, distinct) in outcome.distinct { findings[type]?.distinct = distinct }
    return PersonsResult(
      count: outcome.count,
      unread: unread(coverage, outcome.count),
      funnel: outcome.funnel,
      byType: outcome.byType,
      byCombination: combinations(outcome.profiles),
      byClass: outcome.byClass,
      byResidence: outcome.byResidence,
      profiles: outcome.profiles
    )
  }

  /// Persons per byte read, held against the bytes not read.
  private func unread(_ coverage: Coverage, _ count: PersonCount) -> PersonsResult.Unread {
    let known = coverage.gaps.compactMap(\.bytes).reduce(0, +)
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
    let added = Int((Double(known) * Double(count.high) / Double(coverage.readBytes)).rounded(.up))
    return .init(
      bytes: known,
      couldAdd: added,
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
}

extension Scan.Output {
  /// Why findings are missing from what `forEachFinding` gave; nil when none are.
  var loss: SystemError? { store.failure }

  /// Gives each finding in source order, with numbers counted over the whole leaf.
  package func forEachFinding<Failure: Error>(_ body: (FindingRow) throws(Failure) -> Void)
    throws(Failure)
  {
    for leaf in leaves {
      var records = 0
      var lines = 0
      for entry in leaf.entries {
        for blob in entry.findings {
          guard let bytes = store.findings(blob) else { continue }
          var reader = WireReader(bytes)
          guard case .findings(let findings, let columns)? = try? WorkerReply(&reader) else {
            continue
          }
          for finding in findings { try body(row(finding, leaf.path, columns, records, lines)) }
        }
        records += entry.report.records
        lines += entry.report.lines
      }
    }
  }

  private func row(
    _ finding: Finding,
    _ path: String,
    _ columns: [String],
    _ records: Int,
    _ lines: Int
  ) -> FindingRow {
    let column = finding.column.flatMap { $0 < columns.count ? columns[$0] : nil }
    return FindingRow(
      type: finding.type,
      subtype: detectors[Int(finding.detector)].subtype,
      detector: detectors[Int(finding.detector)].id,
      path: path,
      line: finding.line + lines,
      field: column,
      offset: finding.offset,
      length: finding.length,
      place: nil,
      record: finding.record.map { $0 + records },
      value: finding.value.revealed,
      digest: Self.hex(finding.digest.0) + Self.hex(finding.digest.1),
      confidence: finding.confidence,
      evidence: finding.evidence.names(column: column),
      sample: finding.isSample
    )
  }

  private static func hex(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
