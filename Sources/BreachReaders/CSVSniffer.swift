internal import BreachBytes
internal import BreachModel

/// Finds the delimiter under which the rows of a file have the same number of fields.
enum CSVSniffer {
  private static let delimiters: [UInt8] = [0x2C, 0x09, 0x3B, 0x7C]
  private static let rowsLookedAt = 400

  static func dialect(_ text: [UInt8], isWhole: Bool) -> CSVDialect? {
    let newline: UInt8 = holds(0x0A, text) ? 0x0A : holds(0x0D, text) ? 0x0D : 0x0A
    var best: (score: Double, dialect: CSVDialect)?
    var index = ByteIndex(capacity: 2_048)
    for delimiter in delimiters where holds(delimiter, text) {
      let dialect = CSVDialect(delimiter: delimiter, newline: newline)
      guard let score = score(text, dialect, &index, isWhole: isWhole) else { continue }
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
  private static func score(
    _ text: [UInt8],
    _ dialect: CSVDialect,
    _ index: inout ByteIndex,
    isWhole: Bool
  ) -> Double? {
    var rows = rows(text.span, dialect, &index)
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

  /// Where the row at hand and its last field begin, and what is known of them.
  private struct Place {
    var row = Row()
    var rowStart = 0
    var fieldStart = 0
    var inQuotes = false
    var hasPair = false

    mutating func closeField(_ at: Int) {
      if hasPair { row.pairs += 1 }
      hasPair = false
      row.longest = max(row.longest, at - fieldStart)
    }
  }

  /// The first rows, by the bytes that matter to them.
  private static func rows(
    _ text: Span<UInt8>,
    _ dialect: CSVDialect,
    _ index: inout ByteIndex
  ) -> [Row] {
    let marks = ByteMarks(dialect.delimiter, dialect.quote, dialect.newline, 0x3D)
    var rows: [Row] = []
    var place = Place()
    var indexed = 0
    while indexed < text.count {
      indexed = index.fill(text, from: indexed, to: text.count, of: marks)
      let positions = index.positions.span
      for number in 0..<index.count {
        let at = Int(positions[number])
        let byte = text[at]
        if byte == dialect.quote {
          if place.inQuotes {
            place.inQuotes = false
          } else if at == place.fieldStart || (at > 0 && text[at - 1] == dialect.quote) {
            place.inQuotes = true
          }
        } else if byte == dialect.newline {
          if place.inQuotes && at - place.rowStart < 16_384 { continue }
          close(&place, at, text, dialect, &rows)
          if rows.count == rowsLookedAt { return rows }
        } else if place.inQuotes {
          continue
        } else if byte == dialect.delimiter {
          place.closeField(at)
          if place.row.fields == 1 {
            place.row.firstIsEmpty = at == place.fieldStart
            place.row.isTimed = isTimed(text, place.rowStart, at)
          }
          place.row.fields += 1
          if at + 1 < text.count, text[at + 1] == 0x20 { place.row.hasSentence = true }
          place.fieldStart = at + 1
        } else if at > place.fieldStart && at - place.fieldStart < 40 {
          place.hasPair = true
        }
      }
    }
    if text.count > place.rowStart { close(&place, text.count, text, dialect, &rows) }
    return rows
  }

  /// Keeps the row that ends at `at`, unless nothing is in it, and begins the next one.
  private static func close(
    _ place: inout Place,
    _ at: Int,
    _ text: Span<UInt8>,
    _ dialect: CSVDialect,
    _ rows: inout [Row]
  ) {
    let lineEnd = at > 0 && text[at - 1] == 0x0D ? 1 : 0
    place.closeField(at)
    place.row.lastIsEmpty = at - place.fieldStart <= lineEnd
    if dialect.delimiter == 0x7C {
      (place.row.isRuler, place.row.isCount) = lineKind(text, place.rowStart, at)
    }
    if at - place.rowStart > lineEnd { rows.append(place.row) }
    place = Place()
    (place.rowStart, place.fieldStart) = (at + 1, at + 1)
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
