internal import BreachModel

/// The tables of a dump by number; a number stands for a name with one list of columns.
///
/// Which number a row gets depends only on the tables known: a unit in the middle of a dump that was
/// told the catalogue of the whole numbers its rows as the whole would.
struct SQLCatalogue {
  private(set) var entries: [CatalogueEntry]
  /// What CREATE TABLE said of keys, of tables whose head was seen.
  var keys = SQLKeys()
  private var numbers: [CatalogueEntry: Int] = [:]
  private var byName: [String: [Int]] = [:]
  /// The head of the last INSERT: most are like the one before.
  fileprivate var lastHead: [UInt8] = []
  fileprivate var lastTarget: (name: String, number: Int?) = ("", nil)
  /// Dumps have thousands of tables, never this many.
  private static let mostEntries = 65_536

  init(_ known: [CatalogueEntry]) {
    entries = known
    for (number, entry) in known.enumerated() where numbers[entry] == nil {
      numbers[entry] = number
      byName[entry.name, default: []].append(number)
    }
  }

  /// The number of a table with these columns, as CREATE TABLE or a list in INSERT or COPY give it.
  @discardableResult
  mutating func number(of name: String, columns: [String]) -> Int {
    let entry = CatalogueEntry(name: name, columns: columns)
    if let number = numbers[entry] { return number }
    guard entries.count < Self.mostEntries else { return 0 }
    entries.append(entry)
    numbers[entry] = entries.count - 1
    byName[name, default: []].append(entries.count - 1)
    return entries.count - 1
  }

  /// The number of a table whose columns are not listed: the first of that name.
  @discardableResult
  mutating func number(of name: String) -> Int {
    byName[name]?.first ?? number(of: name, columns: [])
  }

  /// The number of a table whose columns are not listed, for a row of `count` values: the first of
  /// that name with so many columns, else the first.
  func number(of name: String, count: Int) -> Int {
    guard let known = byName[name], let first = known.first else { return 0 }
    return known.first { entries[$0].columns.count == count } ?? first
  }
}

extension SQLCatalogue {
  /// The head at `start`, when it is that of the last INSERT once more.
  func known(_ text: [UInt8], _ start: Int, _ end: Int) -> SQLStatement? {
    let count = lastHead.count
    guard count > 0, start + count < end, !SQLWords.isName(text[start + count]) else { return nil }
    for index in 0..<count where text[start + index] != lastHead[index] { return nil }
    return .insert(lastTarget.name, lastTarget.number, start + count)
  }

  mutating func keep(_ head: ArraySlice<UInt8>, _ name: String, _ number: Int?) {
    guard head.count <= 1_024 else { return }
    lastHead = Array(head)
    lastTarget = (name, number)
  }
}

/// The head of a statement, and what it does to the catalogue.
enum SQLStatement {
  /// Table name, its number when its columns are listed, and the position behind VALUES.
  case insert(String, Int?, Int)
  /// The table's number; rows follow on the next line.
  case copy(Int)
  /// The position behind the column list.
  case create(Int)
  case needsMore
  case none

  /// Reads the head at `start`; `stop` bounds how far it may reach.
  init(
    _ text: [UInt8],
    _ start: Int,
    _ lineEnd: Int,
    _ stop: Int,
    _ tables: inout SQLCatalogue
  ) {
    switch SQLHead.kind(text, start, lineEnd) {
    case .insert:
      switch SQLHead.insert(text, start, stop) {
      case .needsMore: self = .needsMore
      case .no: self = .none
      case .head(let name, let columns, let next, _):
        if columns == nil { tables.number(of: name) }
        let number = columns.map { tables.number(of: name, columns: $0) }
        tables.keep(text[start..<next], name, number)
        self = .insert(name, number, next)
      }
    case .copy:
      let isLine = lineEnd == text.count || text[lineEnd] == 0x0A
      guard isLine, let (name, columns) = SQLHead.copy(text, start, lineEnd) else {
        self = .none
        return
      }
      self = .copy(
        columns.map { tables.number(of: name, columns: $0) } ?? tables.number(of: name)
      )
    case .create:
      switch SQLHead.create(text, start, stop) {
      case .needsMore: self = .needsMore
      case .no: self = .none
      case .head(let name, let columns, let next, let start):
        tables.number(of: name, columns: columns ?? [])
        tables.keys.add(table: name, columns: columns ?? [], text, start, next)
        self = .create(next)
      }
    case .other: self = .none
    }
  }
}
