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
    /// What a result store is made of; nil unless one is wanted.
    var kept: KeptScan?
    /// Where columns lie when the store is written.
    var room = ColumnRoom()
    /// In path order; those of equal content too.
    private(set) var leaves: [Leaf] = []
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
    /// The file as the user gave it, and the leaf in it.
    var file: [UInt8]
    var path: String
    /// How many leaves of the file come before it.
    var place: Int
    var entries: [LeafEntry]
    /// Further paths of the same content.
    var aliases: [String]
    /// How many of those are names of the same file.
    var links: Int

    /// How many lines of the leaf come before one of its parts.
    func linesBefore(_ part: Int) -> Int {
      entries[part].report.linesBefore
        ?? entries[..<part].reduce(0) { $0.clampedSum($1.report.lines) }
    }
  }

  /// Reads, counts and links; `takeFindings`, where there is one, is given the findings in no order, those
  /// of a leaf that ended a worker perhaps twice, and none is kept.
  package func run(
    _ progress: ((ScanProgress) -> Void)? = nil,
    takeFindings: (([Finding]) -> Void)? = nil
  ) throws(ScanError) -> Output {
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
    if walker.files.isEmpty && walker.gaps.isEmpty {
      throw ScanError(
        "nothing to scan: there is no file to read in "
          + request.paths.map(PathText.text).joined(separator: ", ")
      )
    }
    walker.sort()
    let walked = OwnProcess.monotonicSeconds
    let store = request.blobStore
    let supervisor = Supervisor(request, walker.files, store, progress)
    supervisor.takeFindings = takeFindings
    try supervisor.run()
    let scanned = OwnProcess.monotonicSeconds
    let evidence = evidence(walker, supervisor, store)
    let assembly = Assembly(request: request, rules: rules, patternsSHA256: library.sha256)
    let assembled = try assembly.result(evidence, progress)
    var result = assembled.result
    result.run.seconds = OwnProcess.monotonicSeconds - started
    result.run.started = Moment.text(secondsSince1970: wall)
    if request.types != TypeSet(DataType.allCases) { result.run.types = request.types }
    var output = Output(
      result: result,
      stoppedBy: supervisor.interrupted ? StopRequest.signal : nil,
      leaves: assembled.leaves,
      store: store,
      detectors: detectors
    )
    if request.wantsStore {
      output.kept = KeptScan(
        evidence,
        assembled,
        request.key,
        readingSHA256: library.readingSHA256
      )
      output.room = request.columnRoom
    }
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
      let parts = entries[index].sorted { $0.key < $1.key }.flatMap(\.value)
      // A leaf may come in parts, those of a mail with its attachments between them.
      var known: [String: Int] = [:]
      for (place, entry) in parts.enumerated() {
        let inner = entry.report.innerPath
        if !entry.report.isContainer {
          if let leaf = known[inner] {
            leaves[leaf].entries.append(entry)
            continue
          }
          known[inner] = leaves.count
        }
        leaves.append(
          Leaf(
            file: file.path,
            path: inner.isEmpty ? file.text : file.text + "!/" + inner,
            place: place,
            entries: [entry],
            aliases: file.aliases.map { inner.isEmpty ? $0 : $0 + "!/" + inner },
            links: file.aliases.count
          )
        )
      }
    }
    return leaves
  }

  /// What the walk and the workers gave.
  private func evidence(_ walker: Walker, _ supervisor: Supervisor, _ store: BlobStore) -> Reading {
    let grown = supervisor.grown.sorted().map {
      Note(
        path: walker.files[$0].text,
        kind: "changed",
        message: "grew after it was found; read to the size it had then"
      )
    }
    return Reading(
      leaves: leaves(walker.files, supervisor.entries),
      gaps: walker.gaps + supervisor.gaps,
      notes: walker.notes + grown,
      unread: supervisor.unread,
      inputs: inputs(walker),
      isInterrupted: supervisor.interrupted,
      store: store,
      ageDays: request.ageDay.map { Period(from: $0, to: $0) }
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
}

extension Scan.Output {
  /// Why findings are missing from what `forEachFinding` gave; nil when none are.
  var loss: SystemError? { store.failure }

  /// Gives each finding in source order, with numbers counted over the whole leaf.
  ///
  /// Digests and evidence stay empty where only `places` are wanted: they cost most of the time.
  package func forEachFinding<Failure: Error>(
    places: Bool = false,
    _ body: (FindingRow) throws(Failure) -> Void
  ) throws(Failure) {
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
          for finding in findings {
            let before = entry.report.linesBefore ?? lines
            var row = row(finding, leaf.path, columns, records, before, detailed: !places)
            if let place = entry.report.place {
              (row.offset, row.length, row.place) = (nil, nil, place)
            }
            try body(row)
          }
        }
        records += entry.report.records
        lines += entry.report.lines
      }
    }
  }

  /// Gives the findings of one part of a leaf, in the order in which they were found.
  func forEachFinding(in entry: LeafEntry, _ body: (Finding) -> Void) {
    for blob in entry.findings {
      guard let bytes = store.findings(blob) else { continue }
      var reader = WireReader(bytes)
      guard case .findings(let findings, _)? = try? WorkerReply(&reader) else { continue }
      for finding in findings { body(finding) }
    }
  }

  private func row(
    _ finding: Finding,
    _ path: String,
    _ columns: [String],
    _ records: Int,
    _ lines: Int,
    detailed: Bool
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
      digest: detailed ? Self.hex(finding.digest.0) + Self.hex(finding.digest.1) : "",
      confidence: finding.confidence,
      evidence: detailed ? finding.evidence.names(column: column) : [],
      sample: finding.isSample
    )
  }

  private static func hex(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
