package import BreachModel

/// SQL dumps: rows of INSERT and COPY become records, everything else is free text, line by line.
///
/// Cut off anywhere, a dump gives what was whole and what was begun. A line that begins a new
/// statement right behind a line that ends one is believed even inside a string, so that one broken
/// quote, or a cut between units, costs one statement. A row longer than 1 MiB is given in pieces.
package final class SQLReader: FormatReader {
  private let stream: TextStream
  private let dialect: SQLDialect
  private var tables: SQLCatalogue
  private var carry: [UInt8] = []
  private var carryOrigins: [OriginMark] = []
  private var atEnd = false
  private var line = 1
  private var recordCount = 0
  private var state: State
  private var target = Target()
  private var row: SQLRow
  private var copy = SQLCopyRow()
  private var unterminated = 0
  private var lastByte: UInt8 = 0x0A

  private enum State {
    /// Between statements; one may begin here, or the rest of a line is left.
    case outside(isStart: Bool)
    /// Behind VALUES, before a tuple; or before a line that is a comment.
    case tuples(isComment: Bool)
    /// Inside a tuple.
    case row
    /// Behind the tuples, up to the semicolon; the quote of the string that it stands in.
    case tail(SQLTail)
    /// Rows of COPY … FROM stdin.
    case copy(Int)
  }

  /// The table that an INSERT fills; without a list of columns, the row's length decides.
  private struct Target {
    var name = ""
    var fixed: Int?
    var count = -1
    var number = 0
  }

  package init(
    _ stream: TextStream,
    _ dialect: SQLDialect,
    _ catalogue: [CatalogueEntry],
    copyTable: Int?
  ) {
    self.stream = stream
    self.dialect = dialect
    tables = SQLCatalogue(catalogue)
    row = SQLRow(dialect: dialect)
    state = copyTable.map(State.copy) ?? .outside(isStart: true)
  }

  package var catalogue: [CatalogueEntry] { tables.entries }
  package var lines: Int { line - 1 + (atEnd && carry.isEmpty && lastByte != 0x0A ? 1 : 0) }
  package var remarks: [String] {
    unterminated == 0 ? [] : ["\(unterminated) rows do not end; read as far as they go"]
  }

  package func next(into batch: inout RecordBatch) -> Bool {
    var wanted = ReaderLimits.batch
    repeat {
      batch.removeAll()
      batch.recordBase = recordCount
      swap(&batch.text, &carry)
      swap(&batch.origins, &carryOrigins)
      while !atEnd && batch.text.count < wanted {
        if !stream.fill(&batch.text, origins: &batch.origins) { atEnd = true }
      }
      let end = batch.text.count
      guard end > 0 else { return false }
      lastByte = batch.text[end - 1]
      var consumed = frame(&batch, end)
      if consumed == 0 && atEnd {
        // Nothing can be waited for: never the case, but an end is better than a loop.
        giveText(&batch, 0..<end)
        consumed = end
      }
      wanted = consumed == 0 ? 2 * end : ReaderLimits.batch
      carry.removeAll(keepingCapacity: true)
      carryOrigins.removeAll(keepingCapacity: true)
      batch.carry(consumed..<end, into: &carry, &carryOrigins)
    } while batch.records.isEmpty
    recordCount += batch.records.count
    return true
  }

  /// Takes whole lines, statements' heads and rows; returns where the first unfinished begins.
  private func frame(_ batch: inout RecordBatch, _ end: Int) -> Int {
    var at = 0
    while at < end {
      let next: Int?
      switch state {
      case .outside(let isStart): next = outside(&batch, at, end, isStart: isStart)
      case .tuples(let isComment): next = tuple(&batch, at, end, isComment: isComment)
      case .row: next = rowPiece(&batch, start: at, from: at, end)
      case .tail(let scanner): next = tail(&batch, at, end, scanner)
      case .copy(let table): next = copyRow(&batch, table, at, end)
      }
      guard let next else { return at }
      at = next
    }
    return at
  }

  // MARK: between statements

  private func outside(
    _ batch: inout RecordBatch,
    _ at: Int,
    _ end: Int,
    isStart: Bool
  ) -> Int? {
    var start = at
    while start < end, SQLHead.isBlank(batch.text[start]) { start += 1 }
    guard start < end else { return end }
    if batch.text[start] == 0x0A {
      line += 1
      state = .outside(isStart: true)
      return start + 1
    }
    if isStart, case .insert(let name, let fixed, let next) = tables.known(batch.text, start, end) {
      return begin(batch, name, fixed, start..<next)
    }
    let lineEnd = lineEnd(batch, start, end)
    guard let lineEnd else { return nil }
    if isStart {
      let stop = min(end, start + SQLHead.longest)
      let isAll = atEnd || stop < end
      switch SQLStatement(batch.text, start, lineEnd, stop, &tables) {
      case .insert(let name, let fixed, let next):
        return begin(batch, name, fixed, start..<next)
      case .copy(let table):
        if lineEnd < end { line += 1 }
        state = .copy(table)
        return min(end, lineEnd + 1)
      case .create(let next):
        giveText(&batch, start..<next)
        line += newlines(batch, start, next)
        state = .outside(isStart: false)
        return next
      case .needsMore where !isAll: return nil
      case .needsMore, .none: break
      }
    }
    giveText(&batch, start..<lineEnd)
    guard lineEnd < end, batch.text[lineEnd] == 0x0A else {
      state = .outside(isStart: false)
      return lineEnd
    }
    line += 1
    state = .outside(isStart: true)
    return lineEnd + 1
  }

  /// Goes on behind the head of an INSERT.
  private func begin(_ batch: RecordBatch, _ name: String, _ fixed: Int?, _ head: Range<Int>) -> Int
  {
    target = Target(name: name, fixed: fixed)
    line += newlines(batch, head.lowerBound, head.upperBound)
    state = .tuples(isComment: false)
    return head.upperBound
  }

  private func giveText(_ batch: inout RecordBatch, _ range: Range<Int>) {
    batch.records.append(
      Record(
        firstField: batch.fields.count,
        fieldCount: 0,
        start: range.lowerBound,
        end: range.upperBound,
        table: 0,
        line: line
      )
    )
  }

  /// Position of the line end, or of a seam in a very long line; nil to read on.
  private func lineEnd(_ batch: RecordBatch, _ at: Int, _ end: Int) -> Int? {
    let limit = min(end, at + ReaderLimits.linePiece)
    var stop = at
    while stop < limit {
      if batch.text[stop] == 0x0A { return stop }
      stop += 1
    }
    if stop < end { return Seam.find(batch.text.span, floor: at, limit: stop) }
    return atEnd ? end : nil
  }

  private func newlines(_ batch: RecordBatch, _ from: Int, _ to: Int) -> Int {
    var count = 0
    for at in from..<to where batch.text[at] == 0x0A { count += 1 }
    return count
  }

  // MARK: INSERT

  private func tuple(
    _ batch: inout RecordBatch,
    _ from: Int,
    _ end: Int,
    isComment: Bool
  ) -> Int? {
    var at = from
    if isComment {
      guard let lineEnd = lineEnd(batch, at, end) else { return nil }
      giveText(&batch, at..<lineEnd)
      // The line end, or a further piece of the comment, comes next.
      let isLine = lineEnd == end || batch.text[lineEnd] == 0x0A
      state = .tuples(isComment: !isLine)
      return lineEnd
    }
    while at < end {
      switch batch.text[at] {
      case 0x20, 0x09, 0x0D, 0x2C: at += 1
      case 0x0A:
        guard at + SQLHead.lookAhead <= end || atEnd else { return at > from ? at : nil }
        line += 1
        // What was counted must not be seen again.
        if SQLHead.breaks(batch.text, at, end, inString: false, atEnd: atEnd) {
          state = .outside(isStart: true)
        } else {
          state = .tuples(isComment: SQLHead.isComment(batch.text, behind: at, end))
        }
        return at + 1
      case 0x28:
        row.begin()
        return rowPiece(&batch, start: at, from: at + 1, end)
      case 0x3B:
        state = .outside(isStart: true)
        return at + 1
      default:
        // ON DUPLICATE KEY …, RETURNING …, or damage.
        state = .tail(SQLTail(dialect: dialect))
        return at
      }
    }
    return at
  }

  private func rowPiece(_ batch: inout RecordBatch, start: Int, from: Int, _ end: Int) -> Int? {
    let next: Int
    switch row.scan(batch.text, from: from, to: end, atEnd: atEnd) {
    case .needsMore: return nil
    case .ended(let position):
      next = position
      state = .tuples(isComment: false)
    case .piece(let position):
      next = position
      state = .row
    case .cutOff(let position):
      next = position
      unterminated += 1
      state =
        position < end && batch.text[position] == 0x3B
        ? .tuples(isComment: false) : .outside(isStart: false)
    }
    let firstField = batch.fields.count
    batch.fields.append(contentsOf: row.fields)
    for (number, backslash) in row.escaped {
      let field = row.fields[number]
      let at = batch.text.count
      SQLEscape.unescape(
        &batch.text,
        Int(field.rawStart),
        Int(field.rawLength),
        backslash: backslash
      )
      batch.fields[firstField + number].start = Int32(at)
      batch.fields[firstField + number].length = Int32(batch.text.count - at)
    }
    if !row.fields.isEmpty {
      batch.records.append(
        Record(
          firstField: firstField,
          fieldCount: row.fields.count,
          start: start,
          end: next,
          table: table(for: row.column),
          line: line
        )
      )
    }
    line += row.lines
    return next
  }

  private func table(for count: Int) -> Int {
    if let fixed = target.fixed { return fixed }
    if target.count != count {
      target.count = count
      target.number = tables.number(of: target.name, count: count)
    }
    return target.number
  }

  /// One line behind the tuples as text; strings in it hide semicolons.
  private func tail(
    _ batch: inout RecordBatch,
    _ at: Int,
    _ end: Int,
    _ before: SQLTail
  ) -> Int? {
    var scanner = before
    guard let stop = scanner.scan(batch.text, at, end, atEnd: atEnd) else { return nil }
    if stop > at { giveText(&batch, at..<stop) }
    state = .tail(scanner)
    guard stop < end else { return stop }
    switch batch.text[stop] {
    case 0x3B where scanner.isOpen:
      state = .outside(isStart: true)
      return stop + 1
    case 0x0A:
      line += 1
      let inString = scanner.quote != 0
      if SQLHead.breaks(batch.text, stop, end, inString: inString, atEnd: atEnd) {
        state = .outside(isStart: true)
      } else {
        scanner.isComment = !inString && SQLHead.isComment(batch.text, behind: stop, end)
        state = .tail(scanner)
      }
      return stop + 1
    default: return stop
    }
  }

  // MARK: COPY

  private func copyRow(_ batch: inout RecordBatch, _ table: Int, _ at: Int, _ end: Int) -> Int? {
    switch copy.scan(batch.text.span, at, end, atEnd: atEnd) {
    case .needsMore: return nil
    case .over(let next):
      if batch.text[next - 1] == 0x0A { line += 1 }
      state = .outside(isStart: true)
      return next
    case .row(let next, let textEnd, let isWhole):
      let firstField = batch.fields.count
      batch.fields.append(contentsOf: copy.fields)
      for number in copy.escaped {
        let field = copy.fields[number]
        let start = batch.text.count
        SQLEscape.unescapeCopy(&batch.text, Int(field.rawStart), Int(field.rawLength))
        batch.fields[firstField + number].start = Int32(start)
        batch.fields[firstField + number].length = Int32(batch.text.count - start)
      }
      if !copy.fields.isEmpty {
        batch.records.append(
          Record(
            firstField: firstField,
            fieldCount: copy.fields.count,
            start: at,
            end: textEnd,
            table: table,
            line: line
          )
        )
      }
      if isWhole { line += 1 }
      return next
    }
  }
}
