internal import BreachBytes
package import BreachModel

/// Detectors at work on one worker: batches in, cells.tallies, findings and identities out.
package final class Engine {
  package let set: DetectorSet
  package let options: DetectionOptions
  let scratch = Scratch()
  var cells: Cells
  /// What the headers of the table at hand say to the search of a cell.
  var meanings: [Meaning] = []
  let candidates = CandidateBatch()
  /// Windows in which a pattern met a limit.
  var limitedWindows = 0
  /// Those rules without an anchor that are asked for, and what they have cost.
  let freeRules: [FreeRule]
  var searchClock: SearchClock
  let rowKey: UInt64
  /// How the forms of numbers begin: most numbers are none.
  let formHeads: Buffer<UInt16>
  var textState = TextState()
  /// The best reading of the candidate at hand; nil between candidates.
  var hit: TextHit?
  /// What `value` holds the normal form of.
  var judged: (range: Range<Int>, check: CheckName, role: ColumnRole) = (0..<0, .filled, .whole)
  /// Reused buffers of the text search.
  var valueEnds: [Int] = []
  var foldedText = ByteBuffer()
  var foldedOrigins: [Int] = []
  var vocabularyKey = VocabularyKey()
  var formCells = FormCells()
  /// Every candidate looked at, when somebody asks why; nil costs nothing.
  var trace: [TracedCandidate]?
  var leafNamespace: UInt64 = 0
  /// The table of the last record; -1 at the start of a leaf.
  var currentTable = -1
  /// It is one of labels and values.
  var isForm = false

  package init(_ set: DetectorSet, _ options: DetectionOptions) {
    self.set = set
    self.options = options
    formHeads = set.formRules.heads
    freeRules = set.freeRules.filter { options.types.contains($0.rule.type) }
    cells = Cells(set, options, searchesAll: !freeRules.isEmpty)
    rowKey = cells.rowKey
    searchClock = SearchClock(options.searchBudget, rules: freeRules.count)
  }

  /// Begins a leaf; `name` keeps its member ids apart from those of other leaves.
  package func begin(leaf name: String) {
    for index in 0..<cells.tallies.count { cells.tallies[index] = TypeTally() }
    for index in 0..<cells.nationalIDs.count { cells.nationalIDs[index] = TypeTally() }
    cells.columnValues.clear()
    limitedWindows = 0
    searchClock.reset()
    cells.packer.begin()
    textState = TextState()
    leafNamespace = rowHash(Array(name.utf8).span, key: rowKey)
    (currentTable, isForm) = (-1, false)
    cells.personClass = 0
    cells.packer.table = 0
  }

  /// Counts and times what detectors check from now on.
  package func timeDetectors() { cells.clock.begin(detectors: set.detectors.count) }

  /// What detectors cost since the last call; nothing unless `timeDetectors` was called.
  package func takeCosts() -> [DetectorCost] { cells.clock.take(set) }

  /// What the leaf's batches gave so far.
  package var tally: [DataType: TypeTally] {
    var out: [DataType: TypeTally] = [:]
    for type in DataType.allCases {
      let tally = cells.tallies[Int(type.rawValue)]
      if tally.count > 0 || tally.chance > 0 { out[type] = tally }
    }
    return out
  }

  /// Whose official numbers the leaf held so far, by subtype.
  package var subtypes: [String: TypeTally] {
    var out: [String: TypeTally] = [:]
    for (number, detector) in set.detectors.enumerated() {
      guard let subtype = detector.subtype, cells.nationalIDs[number].count > 0 else { continue }
      out[subtype, default: TypeTally()] += cells.nationalIDs[number]
    }
    return out
  }

  /// Whether a header says that its column holds free text.
  package func holdsRemarks(_ header: String) -> Bool {
    set.vocabulary.meaning(ofPath: header)?.isFree ?? false
  }

  /// What of the leaf was not decided.
  package var gaps: [Gap] {
    var messages: [String] = []
    if limitedWindows > 0 {
      messages.append("\(limitedWindows) places were too costly for a pattern and not decided")
    }
    if let end = searchClock.end {
      let detector = set.detectors[freeRules[searchClock.costliest].rule.detector].id
      messages.append(
        "patterns without an anchor took too long, most of all that of \(detector); from byte \(end) "
          + "on, the rest was not searched for them; give it an anchor or a literal and scan again"
      )
    }
    return messages.map { Gap(path: "", reason: .patternLimit, bytes: 0, message: $0) }
  }

  /// Identities packed since the last call.
  package func takeIdentities() -> IdentityChunk { cells.packer.take() }
  package var packedIdentities: Int { cells.packer.chunk.words.count }
  package var persons: Int { cells.packer.persons }

  package var findings: [Finding] { cells.findings }

  package func takeFindings() -> [Finding] {
    let taken = cells.findings
    cells.findings.removeAll(keepingCapacity: true)
    return taken
  }

  /// How many typed values each column had, by column number.
  package func values(inColumn column: Int) -> Int {
    column < cells.columnValues.count ? cells.columnValues[column] : 0
  }
}

/// A candidate of the text search with what was made of it.
struct TracedCandidate {
  var hit: TextHit
  var meaning: Meaning?
}
