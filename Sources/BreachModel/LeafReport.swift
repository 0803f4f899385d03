/// One finding as a small value; text is made only when something is printed.
package struct Finding: Sendable {
  package var type: DataType
  package var detector: UInt16
  package var confidence: Confidence
  package var evidence: Evidence
  package var isSample: Bool
  /// Byte offset in the leaf before decoding.
  package var offset: Int
  package var length: Int
  /// 1-based, counted from the start of the unit; nil in free text.
  package var record: Int?
  /// 1-based, counted from the start of the unit.
  package var line: Int
  /// Position in the leaf's column names; nil in free text.
  package var column: Int?
  package var digest: (UInt64, UInt64)
  /// Masked, or in clear on the user's word.
  package var value: Sensitive

  package init(
    type: DataType,
    detector: UInt16,
    confidence: Confidence,
    evidence: Evidence,
    isSample: Bool,
    offset: Int,
    length: Int,
    record: Int?,
    line: Int,
    column: Int?,
    digest: (UInt64, UInt64),
    value: Sensitive
  ) {
    self.type = type
    self.detector = detector
    self.confidence = confidence
    self.evidence = evidence
    self.isSample = isSample
    self.offset = offset
    self.length = length
    self.record = record
    self.line = line
    self.column = column
    self.digest = digest
    self.value = value
  }
}

/// How many findings of one type one leaf (or a part of it) had.
public struct TypeTally: Sendable, Hashable, BitwiseCopyable {
  /// Findings of this level.
  public var possible = 0
  /// Findings of this level.
  public var likely = 0
  /// Findings of this level.
  public var certain = 0
  /// Findings that are sample data, of any level.
  public var sample = 0
  /// Expected number of random values that would pass the same check.
  public var chance = 0.0

  /// Nothing found yet.
  public init() {}

  /// Findings of all levels.
  public var count: Int { possible + likely + certain }

  /// Counts one finding.
  @inlinable @inline(__always)
  public mutating func add(_ level: ConfidenceLevel, isSample: Bool) {
    switch level {
    case .certain: certain += 1
    case .likely: likely += 1
    case .possible: possible += 1
    case .unreported: return
    }
    if isSample { sample += 1 }
  }

  /// Adds what another part of the evidence gave.
  public static func += (left: inout Self, right: Self) {
    left.possible += right.possible
    left.likely += right.likely
    left.certain += right.certain
    left.sample += right.sample
    left.chance += right.chance
  }
}

/// What a worker says of one leaf, or of the part of it that its unit covers.
package struct LeafReport: Sendable {
  /// Path inside the unit's file, `!/`-joined; empty for the file itself.
  package var innerPath = ""
  package var format = ""
  package var encoding: String?
  package var bytes = 0
  package var readBytes = 0
  package var records = 0
  package var lines = 0
  package var persons = 0
  /// Which part of the leaf this is, where offsets in what was read are none in the leaf.
  package var place: String?
  /// Lines of the leaf before this part; nil where they are those of the parts before.
  package var linesBefore: Int?
  package var isNotText = false
  package var isContainer = false
  /// Identifies equal content; nil when nobody asked.
  package var contentHash: UInt64?
  package var tallies: [DataType: TypeTally] = [:]
  /// Official numbers by subtype (`us_ssn`).
  package var subtypes: [String: TypeTally] = [:]
  package var columns: [ColumnResult] = []
  /// Tables by their numbers, and why their persons count.
  package var tables: [TableReport] = []
  /// Headers of columns that hold free text.
  package var remarks: [String] = []
  package var gaps: [Gap] = []
  package var notes: [Note] = []

  package init() {}
}

/// What a worker says of one table.
package struct TableReport: Sendable, Hashable {
  package var name: String
  package var reason: TableReason
  /// Some column holds data of persons.
  package var hasPersons: Bool
  /// Its columns that say when something of a record was, with the days in them.
  package var dates: [DatedColumn]
  /// Its columns of keys.
  package var keys: [KeyColumn]

  package init(
    name: String,
    reason: TableReason,
    hasPersons: Bool,
    dates: [DatedColumn] = [],
    keys: [KeyColumn] = []
  ) {
    self.name = name
    self.reason = reason
    self.hasPersons = hasPersons
    self.dates = dates
    self.keys = keys
  }
}
