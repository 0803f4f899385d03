internal import BreachModel
internal import BreachReaders

/// What of a leaf's format has to be known where something in it is replaced.
struct LeafSyntax {
  enum Kind: Equatable {
    /// A word may stand anywhere.
    case plain
    /// A word outside strings needs quotes.
    case json
    /// The same, but in rows of COPY.
    case sql(SQLDialect)
    /// Tags stay.
    case markup
    /// A star begins an alias: marks are low lines.
    case yaml
    /// Behind `::` stands base64.
    case entries
  }

  let kind: Kind
  private(set) var steps: CharacterSteps
  private var quote: UInt8 = 0
  private var isEscaped = false
  private var backslash = false
  /// In SQL: a comment up to the line's end, one in brackets, and the rows of COPY.
  private var aside = Aside.none
  private var last: UInt8 = 0
  /// The line at hand in small letters: its first characters and its last ones.
  private var lineHead: [UInt8] = []
  private var lineTail: [UInt8] = []

  private enum Aside { case none, line, block, rows }

  init(_ kind: Kind, _ charset: Charset) {
    self.kind = kind
    steps = CharacterSteps(charset)
  }

  /// A word that stands here alone needs these quotes; nil where it needs none.
  var neededQuote: UInt8? {
    switch kind {
    case .json: quote == 0 ? 0x22 : nil
    case .sql: quote == 0 && aside == .none ? 0x27 : nil
    case .plain, .markup, .yaml, .entries: nil
    }
  }

  /// The text is inside a string.
  var isInString: Bool { quote != 0 }

  /// Goes on by `bytes` of the leaf.
  mutating func feed(_ bytes: ArraySlice<UInt8>) {
    switch kind {
    case .json:
      for byte in bytes { if let code = steps.step(byte) { json(code) } }
    case .sql(let dialect):
      for byte in bytes { if let code = steps.step(byte) { sql(code, dialect) } }
    case .plain, .markup, .yaml, .entries:
      // Only designations matter; without an escape there are none.
      guard steps.charset == .iso2022JP || !steps.designation.isEmpty || bytes.contains(0x1B)
      else { return }
      for byte in bytes { _ = steps.step(byte) }
    }
  }

  private mutating func json(_ code: UInt8) {
    if isEscaped {
      isEscaped = false
    } else if code == 0x22 {
      quote = quote == 0 ? code : 0
    } else if code == 0x5C, quote != 0 {
      isEscaped = true
    }
  }

  // MARK: SQL

  private mutating func sql(_ code: UInt8, _ dialect: SQLDialect) {
    defer {
      last = code
      noteLine(code)
    }
    if quote != 0 {
      // A statement at the start of a line ends a string that was never closed.
      if code == 0x20, isStatement(lineHead) {
        quote = 0
        isEscaped = false
        return
      }
      if isEscaped {
        isEscaped = false
      } else if code == 0x5C, backslash {
        isEscaped = true
      } else if code == quote {
        // A doubled quote closes and opens again.
        quote = 0
      }
      return
    }
    switch aside {
    case .line: if code == 0x0A { aside = .none }
    case .block: if code == 0x2F, last == 0x2A { aside = .none }
    case .rows: if code == 0x0A, lineHead == [0x5C, 0x2E] { aside = .none }
    case .none:
      switch code {
      case 0x27, 0x22, 0x60:
        quote = code
        backslash = code != 0x60 && (dialect.backslashEscapes || last | 0x20 == 0x65)
      case 0x2D where last == 0x2D: aside = .line
      case 0x23 where lineHead.isEmpty: aside = .line
      case 0x2A where last == 0x2F: aside = .block
      case 0x0A where lineHead.starts(with: Array("copy ".utf8)) && lineTail == Self.rowsFollow:
        aside = .rows
      default: break
      }
    }
  }

  private static let rowsFollow = Array("from stdin;".utf8)
  private static let statements = ["insert into", "create table"].map { Array($0.utf8) }

  private func isStatement(_ head: [UInt8]) -> Bool {
    head.count >= 11 && Self.statements.contains(head)
  }

  private mutating func noteLine(_ code: UInt8) {
    if code == 0x0A {
      lineHead.removeAll(keepingCapacity: true)
      lineTail.removeAll(keepingCapacity: true)
      return
    }
    guard code != 0x0D else { return }
    let lower = (0x41...0x5A).contains(code) ? code | 0x20 : code
    if lineHead.count < 13 { lineHead.append(lower) }
    // COPY alone is told by how its line ends.
    if aside == .none, quote == 0, lineHead[0] == 0x63 {
      if lineTail.count == Self.rowsFollow.count { lineTail.removeFirst() }
      lineTail.append(lower)
    }
  }
}
