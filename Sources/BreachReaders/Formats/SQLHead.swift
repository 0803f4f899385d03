internal import BreachModel

/// Reads the heads of statements.
enum SQLHead {
  enum Kind { case insert, copy, create, other }

  enum Parsed {
    /// Table, columns when listed, and the position behind; of CREATE also where its columns begin.
    case head(String, [String]?, Int, from: Int = 0)
    case needsMore
    case no
  }

  static func kind(_ text: [UInt8], _ at: Int, _ end: Int) -> Kind {
    guard at < end else { return .other }
    // Most lines are none: the first letter says so.
    switch text[at] | 0x20 {
    case 0x69: return starts(text, at, end, with: "insert ") ? .insert : .other
    case 0x72: return starts(text, at, end, with: "replace into ") ? .insert : .other
    case 0x63:
      if starts(text, at, end, with: "copy ") { return .copy }
      let isCreate =
        starts(text, at, end, with: "create table ")
        || starts(text, at, end, with: "create temporary table ")
        || starts(text, at, end, with: "create unlogged table ")
      return isCreate ? .create : .other
    default: return .other
    }
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  /// Bytes that `kind` looks at, at most.
  static let lookAhead = 32
  /// A head that is longer is none.
  static let longest = 64 << 10

  /// True when the line end at `newline` ends the statement it stands in.
  ///
  /// Outside strings it does when a statement's head follows; inside only when the line before also
  /// ends a statement, so that a broken quote, or a cut between units, costs one statement. The end
  /// of the text counts as a head.
  static func breaks(
    _ text: [UInt8],
    _ newline: Int,
    _ end: Int,
    inString: Bool,
    atEnd: Bool
  ) -> Bool {
    if inString {
      var before = newline - 1
      while before >= 0 && (text[before] == 0x0D || text[before] == 0x20) { before -= 1 }
      guard before >= 0, text[before] == 0x3B else { return false }
    }
    if atEnd && newline + 1 == end { return true }
    return kind(text, newline + 1, end) != .other || (!inString && isGo(text, newline + 1, end))
  }

  /// `GO`, which ends a batch of SQL Server and stands alone.
  private static func isGo(_ text: [UInt8], _ at: Int, _ end: Int) -> Bool {
    guard at < end, text[at] | 0x20 == 0x67, starts(text, at, end, with: "go") else { return false }
    return at + 2 == end || text[at + 2] <= 0x20
  }

  /// True when the line behind `newline`, outside strings, is a comment: quotes in it are none.
  static func isComment(_ text: [UInt8], behind newline: Int, _ end: Int) -> Bool {
    var at = newline + 1
    let last = min(end, newline + lookAhead) - 2
    while at < last, text[at] == 0x20 || text[at] == 0x09 { at += 1 }
    return at <= last && text[at] == 0x2D && text[at + 1] == 0x2D
  }

  /// True when a backslash escapes in the string whose opening quote is at `quote`: in MySQL, and in
  /// PostgreSQL behind E.
  static func escapes(_ text: [UInt8], _ quote: Int, _ dialect: SQLDialect) -> Bool {
    if dialect.backslashEscapes { return true }
    guard quote > 0, text[quote - 1] | 0x20 == 0x65 else { return false }
    return quote < 2 || !SQLWords.isName(text[quote - 2])
  }

  /// ASCII letters without regard to case; a blank stands for one blank.
  static func starts(_ text: [UInt8], _ at: Int, _ end: Int, with word: StaticString) -> Bool {
    let word = String(describing: word).utf8
    guard at + word.count <= end else { return false }
    var position = at
    for byte in word {
      let own = text[position]
      guard own == byte || (own | 0x20 == byte && byte >= 0x61) else { return false }
      position += 1
    }
    return true
  }

  static func insert(_ text: [UInt8], _ at: Int, _ end: Int) -> Parsed {
    var words = SQLWords(text, at, end)
    guard words.next() != nil else { return .needsMore }
    // INTO, IGNORE, OVERWRITE … up to the table's name.
    var name = words.next()
    while let word = name, !word.isQuoted,
      ["into", "ignore", "low_priority", "delayed", "high_priority", "or", "replace"].contains(
        word.text.lowercased()
      )
    {
      name = words.next()
    }
    guard var table = name else { return .needsMore }
    while words.takes(0x2E) {
      guard let last = words.next() else { return .needsMore }
      table = last
    }
    var columns: [String]?
    if words.takes(0x28) {
      var list: [String] = []
      while true {
        guard let column = words.next() else { return words.isOver ? .needsMore : .no }
        list.append(column.text)
        if words.takes(0x29) { break }
        guard words.takes(0x2C) else { return words.isOver ? .needsMore : .no }
      }
      columns = list
    }
    guard let values = words.next() else { return words.isOver ? .needsMore : .no }
    if values.text.lowercased() == "overriding" { return .no }
    guard ["values", "value"].contains(values.text.lowercased()) else { return .no }
    return .head(table.text, columns, words.position)
  }

  static func copy(_ text: [UInt8], _ at: Int, _ end: Int) -> (String, [String]?)? {
    var words = SQLWords(text, at, end)
    guard words.next() != nil, var table = words.next() else { return nil }
    while words.takes(0x2E) {
      guard let last = words.next() else { return nil }
      table = last
    }
    var columns: [String]?
    if words.takes(0x28) {
      var list: [String] = []
      while let column = words.next() {
        list.append(column.text)
        if words.takes(0x29) { break }
        guard words.takes(0x2C) else { return nil }
      }
      columns = list
    }
    guard words.next()?.text.lowercased() == "from", words.next()?.text.lowercased() == "stdin"
    else { return nil }
    return (table.text, columns)
  }

  static func create(_ text: [UInt8], _ at: Int, _ end: Int) -> Parsed {
    var words = SQLWords(text, at, end)
    var name: SQLWords.Word?
    while let word = words.next() {
      let lower = word.text.lowercased()
      if word.isQuoted
        || !["create", "table", "temporary", "unlogged", "if", "not", "exists"].contains(lower)
      {
        name = word
        break
      }
    }
    guard var table = name else { return .needsMore }
    while words.takes(0x2E) {
      guard let last = words.next() else { return .needsMore }
      table = last
    }
    guard words.takes(0x28) else { return words.isOver ? .needsMore : .no }
    let start = words.position
    var columns: [String] = []
    let constraints: Set = [
      "primary", "key", "unique", "constraint", "foreign", "index", "check", "fulltext", "spatial",
      "exclude", "like", "period",
    ]
    while true {
      guard let word = words.next() else { return words.isOver ? .needsMore : .no }
      if word.isQuoted || !constraints.contains(word.text.lowercased()) {
        columns.append(word.text)
      }
      guard let stop = words.skipItem() else { return .needsMore }
      if stop == 0x29 { break }
    }
    return .head(table.text, columns, words.position, from: start)
  }
}

/// Words of SQL: names (quoted or bare) and the marks between them.
struct SQLWords {
  struct Word {
    var text: String
    var isQuoted: Bool
  }

  private let text: [UInt8]
  private(set) var position: Int
  private let end: Int

  init(_ text: [UInt8], _ at: Int, _ end: Int) {
    self.text = text
    position = at
    self.end = end
  }

  /// The text ended before the next word did.
  var isOver: Bool {
    var at = position
    while at < end, text[at] <= 0x20 { at += 1 }
    return at == end
  }

  private mutating func skipBlank() {
    while position < end, text[position] <= 0x20 { position += 1 }
  }

  /// Goes over what is no word: a text in quotes, a comment, or one byte; false at the end.
  mutating func advance() -> Bool {
    guard position < end else { return false }
    let (first, second) = (text[position], position + 1 < end ? text[position + 1] : 0)
    position += 1
    switch (first, second) {
    case (0x27, _): skipText(0x27)
    case (0x2D, 0x2D), (0x23, _): while position < end, text[position] != 0x0A { position += 1 }
    case (0x2F, 0x2A):
      position += 1
      while position + 1 < end, (text[position], text[position + 1]) != (0x2A, 0x2F) {
        position += 1
      }
      position += 2
    default: break
    }
    position = min(position, end)
    return true
  }

  /// Goes behind the quote that closes a text; it may end up behind the end.
  private mutating func skipText(_ quote: UInt8) {
    while position < end && text[position] != quote {
      position += text[position] == 0x5C && quote == 0x27 ? 2 : 1
    }
    position += 1
  }

  /// Takes one mark when it is next.
  mutating func takes(_ mark: UInt8) -> Bool {
    skipBlank()
    guard position < end, text[position] == mark else { return false }
    position += 1
    return true
  }

  mutating func next() -> Word? {
    skipBlank()
    guard position < end else { return nil }
    let first = text[position]
    let closing: UInt8? =
      switch first {
      case 0x60, 0x22: first
      case 0x5B: 0x5D
      default: nil
      }
    if let closing {
      var stop = position + 1
      while stop < end && text[stop] != closing { stop += 1 }
      guard stop < end else {
        position = end
        return nil
      }
      let word = String(decoding: text[position + 1..<stop], as: UTF8.self)
      position = stop + 1
      return Word(text: word, isQuoted: true)
    }
    var stop = position
    while stop < end, Self.isName(text[stop]) { stop += 1 }
    guard stop > position else { return nil }
    if stop == end {
      position = end
      return nil
    }
    let word = String(decoding: text[position..<stop], as: UTF8.self)
    position = stop
    return Word(text: word, isQuoted: false)
  }

  /// Skips to the comma or the closing parenthesis of a column list; returns that mark.
  mutating func skipItem() -> UInt8? {
    var depth = 0
    while position < end {
      let byte = text[position]
      position += 1
      switch byte {
      case 0x28: depth += 1
      case 0x29:
        if depth == 0 { return byte }
        depth -= 1
      case 0x2C where depth == 0: return byte
      case 0x27, 0x22, 0x60: skipText(byte)
      default: break
      }
    }
    return nil
  }

  static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x24, 0x80...0xFF: true
    default: false
    }
  }
}
