internal import BreachBytes
package import BreachModel

/// Detectors at work on one worker: batches in, tallies, findings and identities out.
package final class Engine {
  package let set: DetectorSet
  package let options: DetectionOptions
  var checks: Checks
  let scratch = Scratch()
  var value = Value()
  var candidates = CandidateBatch()
  var packer = IdentityPacker()
  /// By the raw value of `DataType`.
  var tallies = [TypeTally](repeating: TypeTally(), count: DataType.allCases.count)
  package internal(set) var findings: [Finding] = []
  /// Windows in which a pattern met a limit.
  package internal(set) var limitedWindows = 0
  /// Findings per column name of the leaf.
  var columnValues: [Int] = []
  let rowKey: UInt64
  /// Children of a JSON record that wait for the record around them.
  var waiting: [(draft: IdentityDraft, row: UInt64, flags: IdentityFlags, depth: Int)] = []
  var textState = TextState()
  /// The best reading of the candidate at hand.
  var hit: TextHit?
  /// What `value` holds the normal form of.
  var judged: (range: Range<Int>, check: CheckName, role: ColumnRole) = (0..<0, .filled, .whole)
  /// Reused buffers of the text search.
  var valueEnds: [Int] = []
  var foldedText: [UInt8] = []
  var foldedOrigins: [Int] = []
  var vocabularyKey = VocabularyKey()
  /// Every candidate looked at, when somebody asks why; nil costs nothing.
  var trace: [TracedCandidate]?
  /// Fields of the current record whose value was not of their column's type.
  var unread: [Int32] = []
  var drafts: [IdentityDraft]
  var names: [NameParts]
  /// Distinguishes member ids of different tables.
  var namespace: UInt64 = 0
  var leafNamespace: UInt64 = 0
  var currentTable = -1
  /// By column: what tells the keys of its table apart; nil for columns that hold no keys.
  var keyNamespaces: [UInt64?] = []

  package init(_ set: DetectorSet, _ options: DetectionOptions) {
    self.set = set
    self.options = options
    checks = Checks(set.words)
    rowKey = options.key.bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) }
    drafts = FieldGroup.allCases.map { _ in IdentityDraft() }
    names = FieldGroup.allCases.map { _ in NameParts() }
  }

  /// Begins a leaf; `name` keeps its member ids apart from those of other leaves.
  package func begin(leaf name: String) {
    for index in tallies.indices { tallies[index] = TypeTally() }
    columnValues.removeAll(keepingCapacity: true)
    limitedWindows = 0
    packer.resetPersons()
    textState = TextState()
    leafNamespace = rowHash(Array(name.utf8).span, key: rowKey)
    currentTable = -1
    keyNamespaces = []
  }

  /// What the leaf's batches gave so far.
  package var tally: [DataType: TypeTally] {
    var out: [DataType: TypeTally] = [:]
    for type in DataType.allCases {
      let tally = tallies[Int(type.rawValue)]
      if tally.count > 0 || tally.chance > 0 { out[type] = tally }
    }
    return out
  }

  /// Identities packed since the last call.
  package func takeIdentities() -> IdentityChunk { packer.take() }
  package var packedIdentities: Int { packer.chunk.words.count }
  package var persons: Int { packer.persons }

  package func takeFindings() -> [Finding] {
    let taken = findings
    findings.removeAll(keepingCapacity: true)
    return taken
  }

  /// How many typed values each column had, by column number.
  package func values(inColumn column: Int) -> Int {
    column < columnValues.count ? columnValues[column] : 0
  }

  // MARK: counting one finding

  /// Digest of a normal form: its type's name goes in first, so equal digits of two types differ.
  func digest(of normal: [UInt8], _ type: DataType) -> (UInt64, UInt64) {
    digestBuffer.removeAll(keepingCapacity: true)
    digestBuffer.append(type.rawValue)
    digestBuffer.append(contentsOf: normal)
    return BreachBytes.digest(digestBuffer, key: options.key)
  }

  private var digestBuffer: [UInt8] = []

  /// Digest of a derived form, such as a family name.
  func digest(of bytes: ArraySlice<UInt8>, kind: AttributeKind) -> UInt64 {
    digestBuffer.removeAll(keepingCapacity: true)
    digestBuffer.append(kind.rawValue)
    digestBuffer.append(contentsOf: bytes)
    return BreachBytes.digest(digestBuffer, key: options.key).0
  }

  /// Where a finding stands, for the stream of findings.
  struct Place {
    var start: Int
    var length: Int
    var record: Int?
    var line: Int
    var column: Int?
  }

  /// Counts a finding; nil when it is below the wanted confidence or of an unwanted type.
  func count(
    _ type: DataType,
    detector: Int,
    confidence: Confidence,
    evidence: Evidence,
    isSample: Bool,
    normal: [UInt8],
    batch: borrowing RecordBatch,
    at place: Place
  ) -> (UInt64, UInt64)? {
    guard options.types.contains(type), confidence.level > .unreported,
      confidence >= options.minConfidence
    else { return nil }
    tallies[Int(type.rawValue)].add(confidence.level, isSample: isSample)
    let digest = digest(of: normal, type)
    if options.wantsFindings {
      let offset = batch.leafOffset(of: place.start)
      let end = batch.leafOffset(of: place.start + place.length)
      let text = String(
        decoding: batch.text[place.start..<place.start + place.length],
        as: UTF8.self
      )
      findings.append(
        Finding(
          type: type,
          detector: UInt16(detector),
          confidence: confidence,
          evidence: evidence,
          isSample: isSample,
          offset: offset,
          length: end - offset,
          record: place.record,
          line: place.line,
          column: place.column,
          digest: digest,
          value: Sensitive(options.reveals ? text : Masking.mask(text, as: type))
        )
      )
    }
    return digest
  }
}

/// A candidate of the text search with what was made of it.
struct TracedCandidate {
  var hit: TextHit
  var meaning: Meaning?
}

/// Parts of a name and of other values spread over columns, until the record is over.
struct NameParts: Sendable {
  var family: [UInt8] = []
  var given: [UInt8] = []
  var familyKana: [UInt8] = []
  var givenKana: [UInt8] = []
  var address: [UInt8] = []
  var year: [UInt8] = []
  var month: [UInt8] = []
  var day: [UInt8] = []
  var isUsed = false

  mutating func removeAll() {
    guard isUsed else { return }
    family.removeAll(keepingCapacity: true)
    given.removeAll(keepingCapacity: true)
    familyKana.removeAll(keepingCapacity: true)
    givenKana.removeAll(keepingCapacity: true)
    address.removeAll(keepingCapacity: true)
    year.removeAll(keepingCapacity: true)
    month.removeAll(keepingCapacity: true)
    day.removeAll(keepingCapacity: true)
    isUsed = false
  }
}
