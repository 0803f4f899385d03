internal import BreachBytes
internal import BreachModel

/// Finds the delimiter under which the rows of a file have the same number of fields.
enum CSVSniffer {
  private static let delimiters: [UInt8] = [0x2C, 0x09, 0x3B, 0x7C]
  private static let rowsLookedAt = 400

  static func dialect(_ text: [UInt8], isWhole: Bool) -> CSVDialect? {
    let newline: UInt8 = holds(0x0A, text) ? 0x0A : holds(0x0D, text) ? 0x0D : 0x0A
    let dialects = delimiters.filter { holds($0, text) }.map {
      CSVDialect(delimiter: $0, newline: newline)
    }
    var best: (score: Double, dialect: CSVDialect)?
    for (dialect, rows) in zip(dialects, rows(text.span, dialects)) {
      guard let score = score(rows, dialect, isWhole: isWhole) else { continue }
      if best.map({ score > $0.score }) ?? true { best = (score, dialect) }
    }
    return best?.dialect
  }

  private static func holds(_ byte: UInt8, _ text: [UInt8]) -> Bool {
    stride(from: 0, to: text.count, by: 4_096).contains { at in
      count(byte, in: text.span, at..<min(text.count, at + 4_096)) > 0
    }
  }

  /// Consistency plus a little for more columns; nil when it is no table.
  private static func score(_ rows: [Row], _ dialect: CSVDialect, isWhole: Bool) -> Double? {
    var rows = rows
    if !isWhole && rows.count > 1 { rows.removeLast() }
    // What terminals and Markdown draw around a table, and what terminals say behind it.
    let isRuled = dialect.delimiter == 0x7C && rows.contains(where: \.isRuler)
    if isRuled { rows.removeAll { $0.isRuler || $0.isCount } }
    guard let mode = mode(rows) else { return nil }
    let inTable = rows.drop { $0.fields < mode }
    guard !inTable.isEmpty, rows.count - inTable.count <= 12 else { return nil }
    let same = inTable.count { $0.fields == mode }
    let near = inTable.count { abs($0.fields - mode) <= 2 && $0.fields >= 2 }
    let share = (Double(same) + 0.5 * Double(near - same)) / Double(inTable.count)
    if inTable.count == 1 {
      guard mode >= 3, inTable.allSatisfy({ $0.longest <= 64 && !$0.hasSentence }) else {
        return nil
      }
    }
    guard share >= 0.8 else { return nil }
    if mode == 2 {
      // `statement;` and `key,` are no tables: the second field has to hold something.
      let empty = inTable.count(where: \.lastIsEmpty)
      guard empty * 2 < inTable.count, inTable.count >= 2 else { return nil }
    }
    let half = inTable.count / 2
    // Indented source, logs of pairs, logs with a comma in their time stamps.
    if mode <= 3 && inTable.count(where: \.firstIsEmpty) > half { return nil }
    if inTable.count(where: { $0.pairs >= 2 && $0.pairs * 2 >= $0.fields - 1 }) > half {
      return nil
    }
    if inTable.count(where: \.isTimed) > half { return nil }
    let sentences = inTable.count(where: \.hasSentence)
    guard isRuled || sentences * 2 <= inTable.count || (mode > 3 && dialect.delimiter != 0x3B)
    else {
      return nil
    }
    // A header that lacks the delimiter speaks against it (decimal commas between semicolons).
    let titles = inTable.count == rows.count ? 0 : 0.1
    return share + min(Double(mode), 50) / 100 - titles
  }

  private struct Row {
    var fields = 1
    var longest = 0
    var lastIsEmpty = true
    /// A delimiter followed by a blank, as in prose.
    var hasSentence = false
    var firstIsEmpty = false
    /// Fields of the form `key=value`.
    var pairs = 0
    /// The comma before the milliseconds of a log's time is the first delimiter.
    var isTimed = false
    /// Hyphens and crosses alone: `+----+-----+`, `|---|:--:|`.
    var isRuler = false
    /// It counts the rows: `(3 rows)`, `3 rows in set`.
    var isCount = false
  }

  /// The number of fields that most rows have, of those with two and more the widest.
  ///
  /// Titles above a table are narrower; the table itself is the widest common shape.
  private static func mode(_ rows: [Row]) -> Int? {
    var counts = [Int](repeating: 0, count: (rows.max { $0.fields < $1.fields }?.fields ?? 0) + 1)
    for row in rows { counts[row.fields] += 1 }
    var mode: Int?
    for fields in counts.indices.dropFirst(2)
    where counts[fields] > 0 && counts[fields] >= mode.map({ counts[$0] }) ?? 0 {
      mode = fields
    }
    return mode
  }

  /// The first rows as each dialect cuts them, by the bytes that matter to them.
  private static func rows(_ text: Span<UInt8>, _ dialects: [CSVDialect]) -> [[Row]] {
    guard let first = dialects.first else { return [] }
    let marks = ByteMarks([first.quote, first.newline, 0x3D] + dialects.map(\.delimiter))
    var index = ByteIndex(capacity: 2_048)
    var cuts = dialects.map { Cut($0) }
    var indexed = 0
    while indexed < text.count, cuts.contains(where: { !$0.isDone }) {
      indexed = index.fill(text, from: indexed, to: text.count, of: marks)
      let positions = index.positions.span
      for number in 0..<index.count {
        let at = Int(positions[number])
        for cut in cuts.indices { cuts[cut].take(text, at) }
      }
    }
    for cut in cuts.indices { cuts[cut].end(text) }
    return cuts.map(\.rows)
  }

  /// The rows as one dialect cuts them: where the row at hand and its last field begin, and what is known
  /// of them.
  private struct Cut {
    private(set) var rows: [Row] = []
    private let dialect: CSVDialect
    private var row = Row()
    private var rowStart = 0
    private var fieldStart = 0
    private var inQuotes = false
    private var hasPair = false

    init(_ dialect: CSVDialect) { self.dialect = dialect }

    /// As many rows are cut as are looked at.
    var isDone: Bool { rows.count == rowsLookedAt }

    /// Takes one of the bytes that matter; a delimiter of another dialect is none.
    mutating func take(_ text: Span<UInt8>, _ at: Int) {
      if isDone { return }
      let byte = text[at]
      if byte == dialect.quote {
        if inQuotes {
          inQuotes = false
        } else if at == fieldStart || (at > 0 && text[at - 1] == dialect.quote) {
          inQuotes = true
        }
      } else if byte == dialect.newline {
        if !inQuotes || at - rowStart >= 16_384 { closeRow(text, at) }
      } else if inQuotes {
        return
      } else if byte == dialect.delimiter {
        closeField(at)
        if row.fields == 1 {
          row.firstIsEmpty = at == fieldStart
          row.isTimed = isTimed(text, rowStart, at)
        }
        row.fields += 1
        if at + 1 < text.count, text[at + 1] == 0x20 { row.hasSentence = true }
        fieldStart = at + 1
      } else if byte == 0x3D, at > fieldStart, at - fieldStart < 40 {
        hasPair = true
      }
    }

    /// The text ends.
    mutating func end(_ text: Span<UInt8>) {
      if !isDone, text.count > rowStart { closeRow(text, text.count) }
    }

    private mutating func closeField(_ at: Int) {
      if hasPair { row.pairs += 1 }
      hasPair = false
      row.longest = max(row.longest, at - fieldStart)
    }

    /// Keeps the row that ends at `at`, unless nothing is in it, and begins the next one.
    private mutating func closeRow(_ text: Span<UInt8>, _ at: Int) {
      let lineEnd = at > 0 && text[at - 1] == 0x0D ? 1 : 0
      closeField(at)
      row.lastIsEmpty = at - fieldStart <= lineEnd
      if dialect.delimiter == 0x7C { (row.isRuler, row.isCount) = lineKind(text, rowStart, at) }
      if at - rowStart > lineEnd { rows.append(row) }
      row = Row()
      (rowStart, fieldStart, inQuotes) = (at + 1, at + 1, false)
    }
  }

  /// A line of hyphens and crosses; one that counts rows.
  private static func lineKind(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> (Bool, Bool) {
    var hyphens = 0
    for at in start..<end {
      switch text[at] {
      // - =
      case 0x2D, 0x3D: hyphens += 1
      // CR blank + : |
      case 0x0D, 0x20, 0x2B, 0x3A, 0x7C: break
      case 0x28, 0x30...0x39: return (false, end - start < 60 && countsRows(text, start, end))
      default: return (false, false)
      }
    }
    return (hyphens >= 2, false)
  }

  private static func countsRows(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var at = start
    while at < end, text[at] == 0x28 || (0x30...0x39).contains(text[at]) { at += 1 }
    let word = Array(" row".utf8)
    guard at + word.count <= end else { return false }
    return word.indices.allSatisfy { text[at + $0] == word[$0] }
  }

  /// `12:34:56,789 ` as Python, Java and others write times; no field of three digits.
  private static func isTimed(_ text: Span<UInt8>, _ start: Int, _ at: Int) -> Bool {
    guard text[at] == 0x2C, at - start >= 8, at + 4 < text.count, text[at - 3] == 0x3A,
      text[at - 6] == 0x3A
    else { return false }
    let digits = UInt8(0x30)...0x39
    for index in [at - 2, at - 1, at + 1, at + 2, at + 3] where !digits.contains(text[index]) {
      return false
    }
    let next = text[at + 4]
    return !digits.contains(next) && next != 0x2C && next != 0x0A && next != 0x0D
  }
}
