internal import BreachModel

/// What a dump's statements say of keys: the columns of its tables, which of them is the key, and which
/// refer to other tables.
package struct SQLKeys: Sendable, Hashable {
  /// `orders.buyer` refers to the key `id` of `users`.
  package struct Reference: Sendable, Hashable {
    package var table: String
    package var column: String
    package var target: String
    /// The column there; nil when only the table is named.
    package var targetColumn: String?
  }

  /// In the order of the statements; a table of several schemas is one.
  package private(set) var references: [Reference] = []
  /// By table: the column that is its key.
  package private(set) var keys: [String: String] = [:]
  /// By table: its columns as CREATE TABLE lists them.
  package private(set) var columns: [String: [String]] = [:]

  package init() {}

  /// Statements that are longer are not looked at.
  private static let longest = 64 << 10

  /// Takes the CREATE TABLE and ALTER TABLE … ADD of `text` that begin a line, before or behind the rows
  /// of their tables.
  package mutating func add(statementsIn text: [UInt8]) {
    var at = 0
    // Heads that do not end are looked at in vain; so much of that is enough.
    var patience = 4 << 20
    while at < text.count, patience > 0 {
      let end = text[at...].firstIndex(of: 0x0A) ?? text.count
      if SQLHead.starts(text, at, text.count, with: "alter table ") {
        let stop = text[at...].prefix(Self.longest).firstIndex(of: 0x3B) ?? end
        add(alteration: text, at, stop)
      } else if SQLHead.kind(text, at, text.count) == .create {
        let limit = min(text.count, at + Self.longest)
        let head = SQLHead.create(text, at, limit)
        if case .head(let name, let columns, let next, let start) = head {
          add(table: name, columns: columns ?? [], text, start, next)
        } else {
          patience -= limit - at
        }
      }
      at = end + 1
    }
  }

  /// Takes all that others said.
  package mutating func add(_ other: SQLKeys) {
    for reference in other.references where !references.contains(reference) {
      references.append(reference)
    }
    keys.merge(other.keys) { own, _ in own }
    columns.merge(other.columns) { own, _ in own }
  }

  /// Takes ALTER TABLE [ONLY] name ADD …, ADD ….
  private mutating func add(alteration text: [UInt8], _ start: Int, _ end: Int) {
    guard end < text.count else { return }
    var words = SQLWords(text, start, end + 1)
    _ = (words.next(), words.next())
    var name = words.next()
    while let word = name, !word.isQuoted,
      ["only", "if", "exists"].contains(word.text.lowercased())
    {
      name = words.next()
    }
    guard let table = Self.last(name, &words) else { return }
    addItem(table, &words, column: nil)
  }

  /// Takes the column list of CREATE TABLE `table`, which begins behind its parenthesis.
  mutating func add(table: String, columns: [String], _ text: [UInt8], _ start: Int, _ end: Int) {
    if self.columns[table] == nil { self.columns[table] = columns }
    let columns = Set(columns)
    var at = start
    while at < end {
      var item = SQLWords(text, at, end)
      guard item.skipItem() != nil else { return }
      let behind = item.position
      var words = SQLWords(text, at, behind)
      let first = words.next()
      let isColumn = first.map { $0.isQuoted || columns.contains($0.text) } ?? false
      if !isColumn { words = SQLWords(text, at, behind) }
      addItem(table, &words, column: isColumn ? first?.text : nil)
      at = behind
    }
  }

  /// Takes what one item, or the rest of an alteration, says: PRIMARY KEY, FOREIGN KEY, REFERENCES.
  private mutating func addItem(_ table: String, _ words: inout SQLWords, column: String?) {
    var own = column
    while true {
      guard let word = words.next() else {
        guard words.advance() else { return }
        continue
      }
      guard !word.isQuoted else { continue }
      switch word.text.lowercased() {
      case "primary":
        guard words.next()?.text.lowercased() == "key" else { continue }
        let key = words.takes(0x28) ? words.next()?.text : column
        if let key, keys[table] == nil { keys[table] = key }
      case "foreign":
        guard words.next()?.text.lowercased() == "key" else { continue }
        // MySQL may name the index in between.
        if !words.takes(0x28) {
          _ = words.next()
          guard words.takes(0x28) else { continue }
        }
        own = words.next()?.text
      case "references":
        guard let target = Self.last(words.next(), &words), let column = own else { continue }
        let there = words.takes(0x28) ? words.next()?.text : nil
        references.append(
          Reference(table: table, column: column, target: target, targetColumn: there)
        )
      default: break
      }
    }
  }

  /// The last part of `app.users`.
  private static func last(_ word: SQLWords.Word?, _ words: inout SQLWords) -> String? {
    guard var word else { return nil }
    while words.takes(0x2E) {
      guard let next = words.next() else { return nil }
      word = next
    }
    return word.text
  }
}
