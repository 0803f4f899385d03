/// Everything one scan found, in counts; holds no value that was found.
///
/// Mirrors the JSON schema `breachscope.result/1`.
package struct ScanResult: Sendable, Hashable {
  package static let schema = "breachscope.result/1"

  package var tool: Tool
  package var run: Run
  package var coverage: Coverage
  /// In the order of `DataType`; types without findings are absent.
  package var findings: [DataType: TypeFindings]
  /// Nil with `--no-persons`.
  package var persons: PersonsResult?
  /// Nil before criteria were applied.
  package var assessment: Assessment?
  /// In path order.
  package var files: [FileResult]

  package init(
    tool: Tool,
    run: Run,
    coverage: Coverage,
    findings: [DataType: TypeFindings],
    persons: PersonsResult?,
    assessment: Assessment?,
    files: [FileResult]
  ) {
    self.tool = tool
    self.run = run
    self.coverage = coverage
    self.findings = findings
    self.persons = persons
    self.assessment = assessment
    self.files = files
  }
}

/// Which program and which patterns made a result.
package struct Tool: Sendable, Hashable {
  package var name: String
  package var version: String
  /// Hex SHA-256 over all pattern files in path order.
  package var patternsSHA256: String

  package init(name: String, version: String, patternsSHA256: String) {
    self.name = name
    self.version = version
    self.patternsSHA256 = patternsSHA256
  }
}

/// The only part of a result that differs between two runs on the same input.
package struct Run: Sendable, Hashable {
  /// RFC 3339, UTC.
  package var started: String
  package var seconds: Double
  /// False when interrupted, or when something was not read.
  package var complete: Bool
  package var jobs: Int
  package var inputs: [Input]
  /// The only types that were looked for; nil for all.
  package var types: TypeSet?

  package init(started: String, seconds: Double, complete: Bool, jobs: Int, inputs: [Input]) {
    self.started = started
    self.seconds = seconds
    self.complete = complete
    self.jobs = jobs
    self.inputs = inputs
  }

  /// One path that the user gave.
  package struct Input: Sendable, Hashable {
    package var path: String
    package var bytes: Int
    /// Hex; nil unless `--manifest` was asked for.
    package var sha256: String?

    package init(path: String, bytes: Int, sha256: String?) {
      self.path = path
      self.bytes = bytes
      self.sha256 = sha256
    }
  }
}

/// The findings of one type over the whole scan.
package struct TypeFindings: Sendable, Hashable {
  /// At `possible` or above, samples included.
  package var count = 0
  package var distinct = 0
  package var files = 0
  /// How many of `count` are published test values or sample persons.
  package var sample = 0
  /// How many would pass their check in random data of the same shape.
  package var expectedByChance = 0.0
  /// `count` by level.
  package var certain = 0
  package var likely = 0
  package var possible = 0
  /// `count` by subtype and level (`us_ssn`); only official numbers have any.
  package var subtypes: [String: FindingFact] = [:]

  package init() {}
}

/// How many persons, and how that number came about.
package struct PersonsResult: Sendable, Hashable {
  package var count: PersonCount
  package var unread: Unread
  package var funnel: Funnel
  package var byType: [DataType: PersonCount]
  /// Largest `likely` first, then by type order.
  package var byCombination: [Combination]
  /// Keys: customer, employee, family, patient, student, applicant, partner, unspecified.
  package var byClass: [String: PersonCount]
  /// Persons of a class who have a type; empty in results of versions that did not tell.
  package var byClassAndType: [String: [DataType: PersonCount]]
  /// Keys: ISO 3166-2 (`JP-13`), or `unknown`.
  package var byResidence: [String: PersonCount]
  /// Of those whose residence is unknown, who may live abroad.
  ///
  /// A phone number, an official number or the end of an address names a country. Keys: ISO 3166, or `unknown` for an address abroad that
  /// names none.
  package var residenceHints: [String: PersonCount]
  package var profiles: [PersonProfile]
  /// Keys: codes of `AgeBand`; empty in results of versions that did not tell.
  package var byAge: [String: PersonCount] = [:]
  /// The day on which ages were reckoned, the first and the last one of runs put together; nil when
  /// none were.
  package var agesOn: Period?

  package init(
    count: PersonCount,
    unread: Unread,
    funnel: Funnel,
    byType: [DataType: PersonCount],
    byCombination: [Combination],
    byClass: [String: PersonCount],
    byClassAndType: [String: [DataType: PersonCount]] = [:],
    byResidence: [String: PersonCount],
    residenceHints: [String: PersonCount] = [:],
    profiles: [PersonProfile]
  ) {
    self.count = count
    self.unread = unread
    self.funnel = funnel
    self.byType = byType
    self.byCombination = byCombination
    self.byClass = byClass
    self.byClassAndType = byClassAndType
    self.byResidence = byResidence
    self.residenceHints = residenceHints
    self.profiles = profiles
  }

  /// Persons of each table with columns of persons, in source order.
  package var byTable: [Table] = []

  /// One table: whether its persons count, and why.
  package struct Table: Sendable, Hashable {
    package var path: String
    /// SQL table, sheet; empty for a leaf with one table.
    package var name: String
    package var reason: TableReason
    /// Persons with a record in it, who may have records elsewhere.
    package var count: PersonCount

    package init(path: String, name: String, reason: TableReason, count: PersonCount) {
      self.path = path
      self.name = name
      self.reason = reason
      self.count = count
    }
  }

  /// Persons who have at least these types.
  package struct Combination: Sendable, Hashable {
    package var types: TypeSet
    package var count: PersonCount

    package init(types: TypeSet, count: PersonCount) {
      self.types = types
      self.count = count
    }
  }

  /// What the bytes that were not read could add; never part of the counts.
  package struct Unread: Sendable, Hashable {
    package var bytes: Int
    /// Nil when nothing tells how many (a gap of unknown size).
    package var couldAdd: Int?
    /// One English sentence saying how `couldAdd` was reckoned.
    package var basis: String

    package init(bytes: Int, couldAdd: Int?, basis: String) {
      self.bytes = bytes
      self.couldAdd = couldAdd
      self.basis = basis
    }
  }
}

/// What one leaf held.
package struct FileResult: Sendable, Hashable {
  package var path: String
  package var format: String
  /// Nil for formats without one.
  package var encoding: String?
  package var bytes: Int
  package var records: Int
  /// Records of this leaf that identify a person, before linking across records.
  package var persons: Int
  package var findings: [DataType: Int]
  /// Columns that were given a type, with the header as written when there is one.
  package var columns: [ColumnResult]
  /// Headers of columns that hold free text (備考): only labelled values are found in them.
  package var remarks: [String]
  /// Columns that say when something of a record was, of tables that hold data of persons.
  package var dates: [DatedColumn]
  /// Further paths with the same content, scanned once.
  package var alsoAt: [String]

  package init(
    path: String,
    format: String,
    encoding: String?,
    bytes: Int,
    records: Int,
    persons: Int,
    findings: [DataType: Int],
    columns: [ColumnResult],
    remarks: [String] = [],
    dates: [DatedColumn] = [],
    alsoAt: [String]
  ) {
    self.path = path
    self.format = format
    self.encoding = encoding
    self.bytes = bytes
    self.records = records
    self.persons = persons
    self.findings = findings
    self.columns = columns
    self.remarks = remarks
    self.dates = dates
    self.alsoAt = alsoAt
  }
}

/// One column, key path or SQL column that was given a type, or whose numbers were put to the check of
/// one.
package struct ColumnResult: Sendable, Hashable {
  /// SQL table, JSON record path, sheet; empty where a leaf has one table.
  package var table: String
  /// The header as written, or `#3` for the third column of a table without a header.
  package var name: String
  package var type: DataType
  /// Findings of the type in it.
  package var values: Int
  /// How many of the values that were put to the type's check would pass it were they random; to six
  /// places, so that no sum depends on its order.
  package var expectedByChance: Double

  package init(
    table: String,
    name: String,
    type: DataType,
    values: Int,
    expectedByChance: Double = 0
  ) {
    self.table = table
    self.name = name
    self.type = type
    self.values = values
    self.expectedByChance = expectedByChance
  }

  /// Nothing in it is reported: what passes does so by chance.
  package var isSetAside: Bool { values == 0 && expectedByChance > 0 }

  /// True when both are of the same column and type.
  package func isSame(_ other: Self) -> Bool {
    table == other.table && name == other.name && type == other.type
  }

  /// Adds what another part of the leaf gave for the same column.
  package static func += (left: inout Self, right: Self) {
    left.values += right.values
    let sum = left.expectedByChance + right.expectedByChance
    left.expectedByChance = (sum * 1e6).rounded() / 1e6
  }
}
