package import BreachModel

/// Decides how decoded text is laid out.
package enum FormatSniffer {
  /// - Parameters:
  ///   - text: the beginning of the leaf, decoded.
  ///   - isWhole: `text` is all of it.
  package static func sniff(_ text: [UInt8], isWhole: Bool) -> LeafFormat {
    if let json = json(text, isWhole: isWhole) { return json }
    if let sql = sql(text) { return sql }
    if let dialect = CSVSniffer.dialect(text, isWhole: isWhole) { return .csv(dialect) }
    return .text
  }

  // MARK: JSON

  private static func json(_ text: [UInt8], isWhole: Bool) -> LeafFormat? {
    var start = 0
    while start < text.count, text[start] <= 0x20 { start += 1 }
    guard start < text.count, text[start] == 0x7B || text[start] == 0x5B else { return nil }
    guard opensJSON(text, start) else { return nil }
    guard let end = valueEnd(text, start) else {
      // The value is longer than the probe, or the file is cut off.
      return .json
    }
    let isOneLine = !text[start..<end].contains(0x0A)
    var next = end
    while next < text.count, text[next] == 0x20 || text[next] == 0x09 || text[next] == 0x0D {
      next += 1
    }
    guard next < text.count else { return isOneLine && !isWhole ? .jsonLines : .json }
    guard text[next] == 0x0A else {
      // Concatenated documents; anything else behind a value is no JSON.
      return text[next] == 0x7B ? .json : nil
    }
    while next < text.count, text[next] <= 0x20 { next += 1 }
    guard next < text.count else { return isOneLine ? .jsonLines : .json }
    if isOneLine { return .jsonLines }
    return text[next] == 0x7B || text[next] == 0x5B ? .json : nil
  }

  /// `{` before a key or `}`, `[` before a value.
  private static func opensJSON(_ text: [UInt8], _ start: Int) -> Bool {
    var at = start + 1
    while at < text.count, text[at] <= 0x20 { at += 1 }
    guard at < text.count else { return false }
    if text[start] == 0x7B { return text[at] == 0x22 || text[at] == 0x7D }
    switch text[at] {
    case 0x22, 0x5B, 0x7B, 0x5D, 0x2D, 0x30...0x39, 0x74, 0x66, 0x6E: return true
    default: return false
    }
  }

  /// Position behind the bracketed value at `start`; nil when it does not end.
  private static func valueEnd(_ text: [UInt8], _ start: Int) -> Int? {
    var depth = 0
    var at = start
    while at < text.count {
      switch text[at] {
      case 0x7B, 0x5B: depth += 1
      case 0x7D, 0x5D:
        depth -= 1
        if depth == 0 { return at + 1 }
      case 0x22:
        at += 1
        while at < text.count, text[at] != 0x22 { at += text[at] == 0x5C ? 2 : 1 }
      default: break
      }
      at += 1
    }
    return nil
  }

  // MARK: SQL

  private static let openings: [StaticString] = [
    "--", "/*", "set ", "insert ", "create ", "copy ", "drop ", "begin", "use ", "start ",
    "replace ", "lock ", "\\connect", "pragma ", "select pg_catalog", "alter ", "truncate ", "go",
    "delete ", "#",
  ]

  private static func sql(_ text: [UInt8]) -> LeafFormat? {
    var first: Int?
    var heads = 0
    var lines = 0
    var backtick = false
    var at = 0
    while at < text.count && lines < 20_000 {
      var start = at
      while start < text.count, text[start] == 0x20 || text[start] == 0x09 { start += 1 }
      var end = start
      while end < text.count && text[end] != 0x0A { end += 1 }
      if end > start && text[start] != 0x0D {
        if first == nil { first = start }
        switch SQLHead.kind(text, start, end) {
        case .insert, .create: heads += isHead(text, start) ? 1 : 0
        case .copy: heads += SQLHead.copy(text, start, end) != nil ? 1 : 0
        case .other: break
        }
        lines += 1
      }
      at = end + 1
    }
    guard heads > 0, let first else { return nil }
    let opens = openings.contains { SQLHead.starts(text, first, text.count, with: $0) }
    guard opens || (heads >= 2 && heads * 3 >= lines) else { return nil }
    let probe = text.prefix(64 << 10)
    backtick = probe.contains(0x60)
    if !backtick {
      let head = String(decoding: text.prefix(4_096), as: UTF8.self)
      backtick = head.contains("MySQL") || head.contains("MariaDB")
    }
    return .sql(SQLDialect(backslashEscapes: backtick))
  }

  private static func isHead(_ text: [UInt8], _ at: Int) -> Bool {
    if case .no = SQLHead.insert(text, at, text.count) {
      if case .no = SQLHead.create(text, at, text.count) { return false }
    }
    return true
  }
}

/// Finds the delimiter under which the rows of a file have the same number of fields.
enum CSVSniffer {
  private static let delimiters: [UInt8] = [0x2C, 0x09, 0x3B, 0x7C]
  private static let rowsLookedAt = 400

  static func dialect(_ text: [UInt8], isWhole: Bool) -> CSVDialect? {
    let newline: UInt8 = text.contains(0x0A) ? 0x0A : text.contains(0x0D) ? 0x0D : 0x0A
    var best: (score: Double, dialect: CSVDialect)?
    for delimiter in delimiters where text.contains(delimiter) {
      let dialect = CSVDialect(delimiter: delimiter, newline: newline)
      guard let score = score(text, dialect, isWhole: isWhole) else { continue }
      if best.map({ score > $0.score }) ?? true { best = (score, dialect) }
    }
    return best?.dialect
  }

  /// Consistency plus a little for more columns; nil when it is no table.
  private static func score(_ text: [UInt8], _ dialect: CSVDialect, isWhole: Bool) -> Double? {
    var rows = rows(text, dialect)
    if !isWhole && rows.count > 1 { rows.removeLast() }
    guard !rows.isEmpty else { return nil }
    var histogram: [Int: Int] = [:]
    for row in rows { histogram[row.fields, default: 0] += 1 }
    // Titles above the table are narrower; the table itself is the widest common shape.
    let wide = histogram.filter { $0.key >= 2 }
    guard let mode = wide.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else { return nil }
    let inTable = rows.drop { $0.fields < mode.key }
    guard !inTable.isEmpty, rows.count - inTable.count <= 12 else { return nil }
    let same = inTable.filter { $0.fields == mode.key }.count
    let near = inTable.filter { abs($0.fields - mode.key) <= 2 && $0.fields >= 2 }.count
    let share = (Double(same) + 0.5 * Double(near - same)) / Double(inTable.count)
    if inTable.count == 1 {
      guard mode.key >= 3, inTable.allSatisfy({ $0.longest <= 64 && !$0.hasSentence }) else {
        return nil
      }
    }
    guard share >= 0.8 else { return nil }
    if mode.key == 2 {
      // `statement;` and `key,` are no tables: the second field has to hold something.
      let empty = inTable.filter(\.lastIsEmpty).count
      guard empty * 2 < inTable.count, inTable.count >= 2 else { return nil }
    }
    let sentences = inTable.filter(\.hasSentence).count
    guard sentences * 2 <= inTable.count || mode.key > 3 else { return nil }
    return share + min(Double(mode.key), 50) / 100
  }

  private struct Row {
    var fields = 1
    var longest = 0
    var lastIsEmpty = true
    /// A delimiter followed by a blank, as in prose.
    var hasSentence = false
  }

  private static func rows(_ text: [UInt8], _ dialect: CSVDialect) -> [Row] {
    var rows: [Row] = []
    var row = Row()
    var fieldStart = 0
    var rowStart = 0
    var inQuotes = false
    var at = 0
    func close() {
      row.longest = max(row.longest, at - fieldStart)
      row.lastIsEmpty = at - fieldStart <= (at > 0 && text[at - 1] == 0x0D ? 1 : 0)
      if at - rowStart > (at > 0 && text[at - 1] == 0x0D ? 1 : 0) { rows.append(row) }
      row = Row()
    }
    while at < text.count && rows.count < rowsLookedAt {
      let byte = text[at]
      if byte == dialect.quote {
        if inQuotes {
          inQuotes = false
        } else if at == fieldStart || (at > 0 && text[at - 1] == dialect.quote) {
          inQuotes = true
        }
      } else if byte == dialect.newline {
        if inQuotes && at - rowStart < 16_384 {
          at += 1
          continue
        }
        inQuotes = false
        close()
        fieldStart = at + 1
        rowStart = at + 1
      } else if byte == dialect.delimiter && !inQuotes {
        row.longest = max(row.longest, at - fieldStart)
        row.fields += 1
        if at + 1 < text.count, text[at + 1] == 0x20 { row.hasSentence = true }
        fieldStart = at + 1
      }
      at += 1
    }
    if at > rowStart { close() }
    return rows
  }
}
