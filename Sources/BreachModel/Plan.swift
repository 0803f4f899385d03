/// How the bytes of a leaf are laid out; decided by content, never by name.
package enum LeafFormat: Sendable, Hashable {
  case text
  case csv(CSVDialect)
  /// A document, or many one after the other.
  case json
  /// One document a line.
  case jsonLines
  case sql(SQLDialect)
  case xml(XMLDialect)
  case html
  /// `a=b&c=d`, a record a line.
  case form
  /// Entries of an address book or a directory, a property a line.
  case entries(EntryDialect)

  package var id: String {
    switch self {
    case .text: "text"
    case .csv(let dialect): dialect.delimiter == 0x09 ? "tsv" : "csv"
    case .json: "json"
    case .jsonLines: "jsonl"
    case .sql: "sql"
    case .xml: "xml"
    case .html: "html"
    case .form: "form"
    case .entries(let dialect): dialect.rawValue
    }
  }

  /// Columns are called by the keys around them, and come as the text shows them.
  package var hasPaths: Bool {
    switch self {
    case .json, .jsonLines, .xml, .html, .form, .entries: true
    case .text, .csv, .sql: false
    }
  }
}

/// Which elements of a document are records, by their paths, `persons.person`.
package struct XMLDialect: Sendable, Hashable {
  package var records: [String]
  /// Those whose children are cells of a table, whatever they are called.
  package var rows: [String]

  package init(records: [String] = [], rows: [String] = []) {
    self.records = records
    self.rows = rows
  }
}

/// How entries are written.
package enum EntryDialect: String, Sendable, Hashable, CaseIterable {
  case vcard, ldif
}

/// How a dump writes its strings.
package struct SQLDialect: Sendable, Hashable {
  /// MySQL and MariaDB: a backslash escapes inside strings; elsewhere it is a character.
  package var backslashEscapes: Bool

  package init(backslashEscapes: Bool) { self.backslashEscapes = backslashEscapes }
}

/// How a delimited file separates fields and records.
package struct CSVDialect: Sendable, Hashable {
  package var delimiter: UInt8
  package var quote: UInt8
  /// LF, or CR for files of old Macintosh programs.
  package var newline: UInt8

  package init(delimiter: UInt8, quote: UInt8 = 0x22, newline: UInt8 = 0x0A) {
    self.delimiter = delimiter
    self.quote = quote
    self.newline = newline
  }
}

/// What part of a value a column holds, where a value is spread over columns.
public enum ColumnRole: UInt8, Sendable, CaseIterable, BitwiseCopyable {
  case whole, family, given, middle
  case addressPart
  case year, month, day
  /// A whole date, the day before the month: 03/04/1980 is in April.
  case dayFirst
  /// One of several columns that make up a number: the first, one between, the last.
  case numberStart, numberPart, numberEnd
}

/// Whose data a group of columns is; every group is a person of its own.
public enum FieldGroup: UInt8, Sendable, CaseIterable {
  case main, delivery, billing, family, emergency, representative, employer
  /// Further persons of a group that has several: the second child, the second contact.
  case further1, further2, further3, further4, further5

  /// How many there are.
  public static var count: Int { 12 }
}

/// What the columns of a table hold.
package struct ColumnPlan: Sendable, Hashable {
  /// The header as written, the key path, the SQL column; empty when there is none.
  package var name: String
  /// Nil: the column is searched as free text.
  package var type: DataType?
  /// The number of the detector that checks the values, where the type has several.
  package var detector: UInt16?
  package var role: ColumnRole
  package var group: FieldGroup
  /// Confidence of a well-formed value here.
  package var confidence: UInt8
  package var evidence: Evidence
  /// The header says that the numbers here are not personal (order numbers, time stamps …).
  package var isNegative: Bool
  /// The header says that the column tells when something of the record was.
  package var isDated: Bool
  /// A person's column without a type that may say anything: delicate words in it are the person's.
  package var isRemark = false
  /// The values are the keys of this table's rows (`users.id`, `orders.user_id`); its name's stem.
  package var keyOf: String?
  /// The probe's numbers that were put to the check of cards and pass it no oftener than random ones:
  /// the column is searched for none.
  package var atChance = 0

  package init(
    name: String,
    type: DataType? = nil,
    detector: UInt16? = nil,
    role: ColumnRole = .whole,
    group: FieldGroup = .main,
    confidence: UInt8 = 0,
    evidence: Evidence = [],
    isNegative: Bool = false,
    isDated: Bool = false,
    keyOf: String? = nil
  ) {
    self.name = name
    self.type = type
    self.detector = detector
    self.role = role
    self.group = group
    self.confidence = confidence
    self.evidence = evidence
    self.isNegative = isNegative
    self.isDated = isDated
    self.keyOf = keyOf
  }
}

/// Why the persons that a table names are counted, or are not.
package enum TableReason: String, Sendable, CaseIterable {
  /// It holds data of persons.
  case persons
  /// It lists things and who made them.
  case makers
  /// The user said so.
  case asked = "count_table"
  case skipped = "skip_table"

  package var isCounted: Bool { self == .persons || self == .asked }
}

/// What one table of a leaf is.
package struct TablePlan: Sendable, Hashable {
  /// The class of those whose names stand in a catalogue: they made what it lists, and are not counted.
  package static var makers: String { "makers" }

  /// SQL table, key path of the records; empty for a leaf with one table.
  package var name: String
  package var columns: [ColumnPlan]
  /// Records before this one (titles, the header) hold no data.
  package var firstData: Int
  /// customer, employee, …; empty when nothing tells; `makers` for a catalogue.
  package var personClass: String
  /// Its records are labels with their values; no column has a type.
  package var isForm: Bool
  /// Of a form whose records have one label and one value each: which columns they stand in.
  package var pairs: PairPlan?
  /// `makers` is the class of those that are not counted, for whatever reason.
  package var reason = TableReason.persons

  package init(
    name: String,
    columns: [ColumnPlan],
    firstData: Int,
    personClass: String,
    isForm: Bool = false
  ) {
    self.name = name
    self.columns = columns
    self.firstData = firstData
    self.personClass = personClass
    self.isForm = isForm
  }
}

/// Where a table of keys and values, `user_id, meta_key, meta_value`, has them.
package struct PairPlan: Sendable, Hashable {
  /// The column of the words that say what the values are.
  package var key: Int
  package var value: Int
  /// The column that tells whose values they are, row after row; nil where a key that comes again
  /// begins the next one's.
  package var owner: Int?

  package init(key: Int, value: Int, owner: Int?) {
    (self.key, self.value, self.owner) = (key, value, owner)
  }
}

/// What a leaf is, fixed by its probe and carried to every unit of it.
package struct LeafPlan: Sendable, Hashable {
  package var charset: Charset
  /// Bytes of the byte-order mark.
  package var bomLength: Int
  package var format: LeafFormat
  /// Tables known before reading; the position is the number that records carry.
  package var tables: [TablePlan]
  /// JSON key paths by number, SQL column lists by table.
  package var catalogue: [CatalogueEntry]

  package init(
    charset: Charset,
    bomLength: Int,
    format: LeafFormat,
    tables: [TablePlan] = [],
    catalogue: [CatalogueEntry] = []
  ) {
    self.charset = charset
    self.bomLength = bomLength
    self.format = format
    self.tables = tables
    self.catalogue = catalogue
  }
}

/// A table's name and its columns' names, as a reader saw them.
package struct CatalogueEntry: Sendable, Hashable {
  package var name: String
  package var columns: [String]

  package init(name: String, columns: [String]) {
    self.name = name
    self.columns = columns
  }
}

/// Why a finding is believed; the names appear in the finding stream.
public struct Evidence: OptionSet, Sendable, Hashable, BitwiseCopyable {
  /// A bit for each reason.
  public var rawValue: UInt32
  /// The reasons of these bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The column's header, or the key.
  public static var header: Evidence { Evidence(rawValue: 1 << 0) }
  /// The values of the whole column.
  public static var values: Evidence { Evidence(rawValue: 1 << 1) }
  /// A label before the value.
  public static var label: Evidence { Evidence(rawValue: 1 << 2) }
  /// A check digit.
  public static var checksum: Evidence { Evidence(rawValue: 1 << 3) }
  /// A prefix and length that some issuer gives out.
  public static var issuer: Evidence { Evidence(rawValue: 1 << 4) }
  /// A dictionary knows it.
  public static var dictionary: Evidence { Evidence(rawValue: 1 << 5) }
  /// It fits the numbering plan.
  public static var numberingPlan: Evidence { Evidence(rawValue: 1 << 6) }
  /// Its domain exists.
  public static var topLevelDomain: Evidence { Evidence(rawValue: 1 << 7) }
  /// An honorific stands behind it.
  public static var honorific: Evidence { Evidence(rawValue: 1 << 8) }
  /// Its shape alone.
  public static var format: Evidence { Evidence(rawValue: 1 << 9) }
  /// The columns beside it.
  public static var neighbour: Evidence { Evidence(rawValue: 1 << 10) }
  /// The code is in use.
  public static var postalTable: Evidence { Evidence(rawValue: 1 << 11) }
  /// It begins with a prefecture.
  public static var prefecture: Evidence { Evidence(rawValue: 1 << 12) }
  /// Its domain is reserved for examples.
  public static var reserved: Evidence { Evidence(rawValue: 1 << 13) }
  /// No better than chance.
  public static var chance: Evidence { Evidence(rawValue: 1 << 14) }

  private static let names: [(Evidence, String)] = [
    (.header, "column"), (.values, "values"), (.label, "label"), (.checksum, "checksum"),
    (.issuer, "issuer"), (.dictionary, "dictionary"), (.numberingPlan, "numbering_plan"),
    (.topLevelDomain, "tld"), (.honorific, "honorific"), (.format, "format"),
    (.neighbour, "neighbour"), (.postalTable, "postal_table"), (.prefecture, "prefecture"),
    (.reserved, "reserved"), (.chance, "chance"),
  ]

  /// The names in a fixed order; `header` becomes `column:<name>` where a name is given.
  package func names(column: String?) -> [String] {
    Self.names.compactMap { evidence, name in
      guard contains(evidence) else { return nil }
      if evidence == .header, let column, !column.isEmpty { return "column:\(column)" }
      return name
    }
  }

  /// The evidence with this name.
  package init?(name: String) {
    guard let found = Self.names.first(where: { $0.1 == name }) else { return nil }
    self = found.0
  }
}
