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
  /// What each table's columns gave, by table and column; that of the table at hand is in `cells`.
  var columnCounts: [[ColumnCount]] = []
  /// The column of the cell that is searched; -1 in text.
  var searchedColumn = -1
  /// It is one of labels and values, and where its records have them.
  var isForm = false
  var pairs: PairPlan?

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
    cells.columnFails.clear()
    cells.columnDates.clear()
    columnCounts.removeAll()
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

  /// What the columns of a table gave that have a type, and those whose numbers are no better than
  /// random ones; `isFirst` when the leaf's first unit is at hand, which says what the probe set aside.
  package func columnResults(_ table: TablePlan, number: Int, isFirst: Bool) -> [ColumnResult] {
    storeColumns()
    let counts = number < columnCounts.count ? columnCounts[number] : []
    var results: [ColumnResult] = []
    for (position, column) in table.columns.enumerated() {
      let count = position < counts.count ? counts[position] : ColumnCount()
      let name = column.name.isEmpty ? "#\(position + 1)" : column.name
      func add(_ type: DataType, _ values: Int, tries: Int, _ chance: Double) {
        results.append(
          ColumnResult(
            table: table.name,
            name: name,
            type: type,
            values: values,
            expectedByChance: (Double(tries) * chance * 1e6).rounded() / 1e6
          )
        )
      }
      if let type = column.type {
        let detector = column.detector.map(Int.init) ?? set.detector(of: type)
        let chance = detector.map { set.detectors[$0].chance } ?? 0
        add(type, count.values, tries: count.values + count.fails, chance)
      }
      if isFirst, column.atChance > 0, let cards = set.detector(of: .cardNumber) {
        add(.cardNumber, 0, tries: column.atChance, set.detectors[cards].chance)
      }
      for (type, searched) in count.searched.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        add(type, searched.values, tries: searched.millionths, 1e-6)
      }
    }
    return results
  }

  /// The days that the columns of a table gave which say when something of a record was.
  package func datedColumns(_ table: TablePlan, number: Int) -> [DatedColumn] {
    storeColumns()
    guard number < columnCounts.count else { return [] }
    return zip(table.columns, columnCounts[number]).compactMap { column, count in
      count.days.period.map { DatedColumn(table: table.name, name: column.name, period: $0) }
    }
  }

  /// Puts what the columns of the table at hand gave to the rest of its table's.
  func storeColumns() {
    guard currentTable >= 0 else { return }
    while columnCounts.count <= currentTable { columnCounts.append([]) }
    for column in 0..<cells.columnValues.count {
      while columnCounts[currentTable].count <= column {
        columnCounts[currentTable].append(ColumnCount())
      }
      columnCounts[currentTable][column].values += cells.columnValues[column]
      columnCounts[currentTable][column].fails += cells.columnFails[column]
      columnCounts[currentTable][column].days += cells.columnDates[column]
      cells.columnValues[column] = 0
      cells.columnFails[column] = 0
      cells.columnDates[column] = DayRange()
    }
  }

  /// Counts a value of a searched cell that passes its check by chance as often as `chance` says, or
  /// one that is reported.
  func countSearched(_ type: DataType, values: Int = 0, chance: Double = 0) {
    guard searchedColumn >= 0, currentTable >= 0 else { return }
    while columnCounts.count <= currentTable { columnCounts.append([]) }
    while columnCounts[currentTable].count <= searchedColumn {
      columnCounts[currentTable].append(ColumnCount())
    }
    var count = columnCounts[currentTable][searchedColumn].searched[type] ?? (0, 0)
    count.values += values
    count.millionths += Int((chance * 1e6).rounded())
    columnCounts[currentTable][searchedColumn].searched[type] = count
  }
}

/// What one column gave.
struct ColumnCount {
  /// Findings of its type.
  var values = 0
  /// Values that do not pass its check.
  var fails = 0
  /// When something of its records was.
  var days = DayRange()
  /// Of a searched column: findings, and in millionths how many random numbers would have given.
  var searched: [DataType: (values: Int, millionths: Int)] = [:]
}

/// A candidate of the text search with what was made of it.
struct TracedCandidate {
  var hit: TextHit
  var meaning: Meaning?
}
