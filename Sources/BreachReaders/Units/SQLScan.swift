internal import BreachBytes
internal import BreachModel

/// Goes through a dump statement by statement, looking at quotes, semicolons and line ends only.
///
/// Its states are those of `SQLReader` with everything inside an INSERT taken together: a string is a
/// string wherever it stands, and a semicolon outside strings ends the statement.
struct SQLScan: ~Copyable {
  private(set) var tables: SQLCatalogue
  /// Tables that statements with rows were seen for.
  private var filledNames: Set<String> = []
  /// Boundaries are wanted.
  var collects = false
  /// Lines at which a unit may begin, in the text scanned last.
  private(set) var boundaries: [(position: Int, copyTable: Int?)] = []

  private let dialect: SQLDialect
  private var state = State.outside(isStart: true)
  /// The text before ended inside a very long row of COPY.
  private var isInsideRow = false
  /// Quotes, semicolons and line ends; kept from statement to statement.
  private var index = ByteIndex()
  private var entry = 0
  private var indexed = 0
  private var rows = ByteIndex(capacity: 4_224)
  /// Text before the scanned part that has to be at hand for looking back.
  static let context = 1_024
  /// Rows indexed at a time.
  private static let window = 4_096

  private enum State {
    case outside(isStart: Bool)
    /// Behind VALUES; the quote of the string that the text stands in, else 0.
    case statement(Lexing)
    case copy(Int)
  }

  private struct Lexing {
    var quote: UInt8 = 0
    var backslash = false
    /// In a line that is a comment.
    var isComment = false
  }

  init(_ dialect: SQLDialect, _ known: [CatalogueEntry]) {
    self.dialect = dialect
    tables = SQLCatalogue(known)
  }

  /// The tables that may have rows, by number: those of a name for which rows were seen.
  var filled: Set<Int> {
    Set(tables.entries.indices.filter { filledNames.contains(tables.entries[$0].name) })
  }

  /// Scans whole lines from `from`; returns where the next text has to go on.
  mutating func scan(_ text: [UInt8], from: Int, to end: Int, atEnd: Bool) -> Int {
    boundaries.removeAll(keepingCapacity: true)
    indexed = 0
    entry = index.count
    var at = from
    while at < end {
      let next: Int?
      switch state {
      case .outside(let isStart): next = outside(text, at, end, isStart: isStart, atEnd: atEnd)
      case .statement(let lexing):
        let reached = statement(text, at, end, lexing, atEnd: atEnd)
        next = reached > at ? reached : nil
      case .copy(let table): next = copyRow(text, table, at, end, atEnd: atEnd)
      }
      guard let next else { return at }
      at = next
    }
    return at
  }

  private mutating func offer(_ text: [UInt8], _ at: Int, _ table: Int?) {
    guard collects, at > 0, text[at - 1] == 0x0A else { return }
    boundaries.append((at, table))
  }

  private mutating func outside(
    _ text: [UInt8],
    _ at: Int,
    _ end: Int,
    isStart: Bool,
    atEnd: Bool
  ) -> Int? {
    if isStart { offer(text, at, nil) }
    var start = at
    while start < end, SQLHead.isBlank(text[start]) { start += 1 }
    guard start < end else { return atEnd ? end : nil }
    if text[start] == 0x0A {
      state = .outside(isStart: true)
      return start + 1
    }
    if isStart, case .insert(_, _, let next) = tables.known(text, start, end) {
      state = .statement(Lexing())
      return next
    }
    guard let lineEnd = lineEnd(text, start, end, atEnd: atEnd) else { return nil }
    if isStart {
      let stop = min(end, start + SQLHead.longest)
      switch SQLStatement(text, start, lineEnd, stop, &tables) {
      case .insert(let name, _, let next):
        filledNames.insert(name)
        state = .statement(Lexing())
        return next
      case .copy(let table):
        filledNames.insert(tables.entries[table].name)
        state = .copy(table)
        return min(end, lineEnd + 1)
      case .create(let next):
        state = .outside(isStart: false)
        return next
      case .needsMore where !atEnd && stop == end: return nil
      case .needsMore, .none: break
      }
    }
    let isLine = lineEnd < end && text[lineEnd] == 0x0A
    state = .outside(isStart: isLine)
    return isLine ? lineEnd + 1 : lineEnd
  }

  private func lineEnd(_ text: [UInt8], _ at: Int, _ end: Int, atEnd: Bool) -> Int? {
    let limit = min(end, at + ReaderLimits.linePiece)
    var stop = at
    while stop < limit {
      if text[stop] == 0x0A { return stop }
      stop += 1
    }
    if stop < end { return Seam.find(text.span, floor: at, limit: stop) }
    return atEnd ? end : nil
  }

  /// Goes to the end of the statement, or as far as the text is there.
  private mutating func statement(
    _ text: [UInt8],
    _ from: Int,
    _ end: Int,
    _ before: Lexing,
    atEnd: Bool
  ) -> Int {
    var now = before
    var skip = -1
    while true {
      if now.quote == 0 && !now.isComment { skipPlainStrings(text, from, end) }
      if entry >= index.count {
        indexed = max(indexed, from)
        if indexed >= end { break }
        indexed = index.fill(
          text.span,
          from: indexed,
          to: end,
          of: ByteMarks(0x27, 0x22, 0x3B, 0x0A)
        )
        entry = 0
        continue
      }
      let at = Int(index.positions[entry])
      entry += 1
      if at < from { continue }
      let byte = text[at]
      if byte == 0x0A {
        if at + SQLHead.lookAhead > end && !atEnd {
          state = .statement(now)
          return at
        }
        if SQLHead.breaks(text, at, end, inString: now.quote != 0, atEnd: atEnd) {
          state = .outside(isStart: true)
          return at + 1
        }
        now.isComment = now.quote == 0 && SQLHead.isComment(text, behind: at, end)
      } else if now.isComment {
        continue
      } else if now.quote == 0 {
        if byte == 0x3B {
          state = .outside(isStart: true)
          return at + 1
        }
        now.quote = byte
        now.backslash = SQLHead.escapes(text, at, dialect)
      } else if byte == now.quote {
        if at == skip || (now.backslash && isEscaped(text, at)) { continue }
        if at + 1 == end && !atEnd {
          state = .statement(now)
          return at
        }
        if at + 1 < end && text[at + 1] == byte { skip = at + 1 } else { now.quote = 0 }
      }
    }
    state = .statement(now)
    return end
  }

  /// Goes over strings without a quote inside, doubled or escaped: nearly all there are.
  @inline(__always)
  private mutating func skipPlainStrings(_ text: [UInt8], _ from: Int, _ end: Int) {
    while entry + 1 < index.count {
      let (open, close) = (Int(index.positions[entry]), Int(index.positions[entry + 1]))
      guard open >= from, close + 1 < end, text[open] == 0x27, text[close] == 0x27,
        text[close - 1] != 0x5C, text[close + 1] != 0x27
      else { return }
      entry += 2
    }
  }

  /// An odd number of backslashes stands before the quote.
  private func isEscaped(_ text: [UInt8], _ quote: Int) -> Bool {
    var at = quote
    while at > 0 && text[at - 1] == 0x5C { at -= 1 }
    return (quote - at) % 2 == 1
  }

  /// Goes over rows of COPY up to the line that ends them.
  private mutating func copyRow(
    _ text: [UInt8],
    _ table: Int,
    _ at: Int,
    _ end: Int,
    atEnd: Bool
  ) -> Int? {
    var start = at
    if isInsideRow {
      while start < end && text[start] != 0x0A { start += 1 }
      guard start < end else { return end }
      isInsideRow = false
      start += 1
    }
    var window = start
    while true {
      // `start` is the start of a row.
      guard start + 4 <= end || atEnd else { return start > at ? start : nil }
      if start < end && text[start] == 0x5C, let over = endsCopy(text, start, end) {
        state = .outside(isStart: true)
        return over
      }
      offer(text, start, table)
      let line = start
      window = start
      while start == line {
        if window >= end {
          if atEnd || line > at { return atEnd ? end : line }
          guard end - line >= ReaderLimits.batch else { return nil }
          isInsideRow = true
          return end
        }
        let next = rows.fill(
          text.span,
          from: window,
          to: min(end, window + Self.window),
          of: ByteMarks(0x0A)
        )
        for entry in 0..<rows.count {
          let row = rows[entry] + 1
          if row < end && text[row] != 0x5C && row + 4 <= end {
            if collects { offer(text, row, table) }
            continue
          }
          start = row
          break
        }
        if start == line && rows.count > 0 { start = rows[rows.count - 1] + 1 }
        window = next
      }
    }
  }

  /// The position behind `\.`, when the row is that.
  private func endsCopy(_ text: [UInt8], _ start: Int, _ end: Int) -> Int? {
    guard start + 1 < end, text[start + 1] == 0x2E else { return nil }
    var at = start + 2
    if at < end && text[at] == 0x0D { at += 1 }
    if at == end { return end }
    return text[at] == 0x0A ? at + 1 : nil
  }
}
