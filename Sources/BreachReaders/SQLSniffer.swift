internal import BreachModel

/// Tells SQL dumps by the heads of their statements, and how they write strings.
enum SQLSniffer {
  private static let openings: [StaticString] = [
    "--", "/*", "set ", "insert ", "create ", "copy ", "drop ", "begin", "use ", "start ",
    "replace ", "lock ", "\\connect", "pragma ", "select pg_catalog", "alter ", "truncate ", "go",
    "delete ",
  ]
  private static let linesLookedAt = 20_000

  static func dialect(_ text: [UInt8]) -> SQLDialect? {
    var first: Int?
    var heads = 0
    var rows = 0
    var lines = 0
    var quotesNames = false
    var endsCopy = false
    var lineFeeds = LineFeeds()
    var at = 0
    while at < text.count && lines < linesLookedAt {
      var start = at
      while start < text.count, text[start] == 0x20 || text[start] == 0x09 { start += 1 }
      let end = lineFeeds.next(from: at, in: text)
      at = end + 1
      guard end > start && text[start] != 0x0D else { continue }
      if first == nil { first = start }
      lines += 1
      if isHead(text, start, end) {
        heads += 1
        if quotesName(text, start, end) { quotesNames = true }
      } else if text[start] == 0x28 && endsRow(text, start, end) {
        rows += 1
      } else if text[start] == 0x5C && start + 1 < end && text[start + 1] == 0x2E {
        endsCopy = true
      }
    }
    guard heads > 0, let first else { return nil }
    let opens = openings.contains { SQLHead.starts(text, first, text.count, with: $0) }
    guard opens || endsCopy || (heads + rows) * 3 >= lines else { return nil }
    return SQLDialect(backslashEscapes: quotesNames || escapes(text))
  }

  /// A statement that holds rows, or says what a table's columns are.
  private static func isHead(_ text: [UInt8], _ start: Int, _ end: Int) -> Bool {
    // Most lines are told by their first letters: INSERT, REPLACE, COPY, CREATE.
    guard end - start > 3 else { return false }
    switch (text[start] | 0x20, text[start + 1] | 0x20, text[start + 2] | 0x20) {
    case (0x69, 0x6E, 0x73), (0x72, 0x65, 0x70), (0x63, 0x6F, 0x70), (0x63, 0x72, 0x65): break
    default: return false
    }
    let stop = min(text.count, start + SQLHead.longest)
    switch SQLHead.kind(text, start, end) {
    case .insert:
      guard case .head(_, _, let next, _) = SQLHead.insert(text, start, stop) else { return false }
      var at = next
      while at < text.count, text[at] <= 0x20 { at += 1 }
      return at == text.count || text[at] == 0x28
    case .copy: return SQLHead.copy(text, start, end) != nil
    case .create:
      switch SQLHead.create(text, start, stop) {
      case .head(_, let columns, _, _): return columns?.isEmpty == false
      case .needsMore: return text[start..<stop].contains(0x28)
      case .no: return false
      }
    case .other: return false
    }
  }

  /// The table's name stands between backticks.
  private static func quotesName(_ text: [UInt8], _ start: Int, _ end: Int) -> Bool {
    for at in start..<min(end, start + 200) {
      if text[at] == 0x60 { return true }
      if text[at] == 0x28 || text[at] == 0x27 { return false }
    }
    return false
  }

  /// `),` or `);` ends the line.
  private static func endsRow(_ text: [UInt8], _ start: Int, _ end: Int) -> Bool {
    var last = end - 1
    while last > start && text[last] <= 0x20 { last -= 1 }
    return last > start && (text[last] == 0x2C || text[last] == 0x3B) && text[last - 1] == 0x29
  }

  /// MySQL by its comments; else by quotes behind backslashes that do not end a string.
  private static func escapes(_ text: [UInt8]) -> Bool {
    let head = String(decoding: text.prefix(4_096), as: UTF8.self)
    for word in ["MySQL", "MariaDB", "/*!", "phpMyAdmin"] where head.contains(word) { return true }
    for word in ["PostgreSQL", "pg_catalog", "PRAGMA", "SQLite"] where head.contains(word) {
      return false
    }
    var at = 0
    let end = min(text.count, 256 << 10) - 2
    while at < end {
      if text[at] == 0x5C && text[at + 1] == 0x27 {
        switch text[at + 2] {
        case 0x2C, 0x29, 0x27, 0x20, 0x3B: break
        default: return true
        }
      }
      at += 1
    }
    return false
  }
}
