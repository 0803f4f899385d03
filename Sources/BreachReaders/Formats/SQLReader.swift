package import BreachModel

/// SQL dumps: rows of INSERT and COPY become records, everything else is free text, line by line.
///
/// Cut off anywhere, a dump gives what was whole and what was begun. A line that begins a new
/// statement right behind a line that ends one is believed even inside a string, so that one broken
/// quote, or a cut between units, costs one statement.
package final class SQLReader: FormatReader {
  private let stream: TextStream
  private let dialect: SQLDialect
  private var tables: SQLCatalogue
  private var carry: [UInt8] = []
  private var carryOrigin: OriginMark?
  private var atEnd = false
  private var line = 1
  private var recordCount = 0
  private var state: State
  private var unterminated = 0

  enum State {
    /// Between statements.
    case outside
    /// Behind VALUES, before a tuple of this table.
    case tuples(Int)
    /// Rows of COPY … FROM stdin.
    case copy(Int)
  }

  package init(
    _ stream: TextStream, _ dialect: SQLDialect, _ catalogue: [CatalogueEntry], copyTable: Int?
  ) {
    self.stream = stream
    self.dialect = dialect
    tables = SQLCatalogue(catalogue)
    state = copyTable.map(State.copy) ?? .outside
  }

  package var catalogue: [CatalogueEntry] { tables.entries }
  package var lines: Int { line - 1 }
  package var remarks: [String] {
    unterminated == 0 ? [] : ["\(unterminated) statements do not end; read as far as they go"]
  }

  package func next(into batch: inout RecordBatch) -> Bool {
    var wanted = ReaderLimits.batch
    repeat {
      batch.removeAll()
      swap(&batch.text, &carry)
      if let carryOrigin { batch.origins = [carryOrigin] }
      batch.recordBase = recordCount
      while !atEnd && batch.text.count < wanted {
        if !stream.fill(&batch.text, origins: &batch.origins) { atEnd = true }
      }
      if batch.text.isEmpty { return false }
      let end = batch.text.count
      let isLong = end >= ReaderLimits.longestRecord
      let consumed = frame(&batch, end, isLong: isLong)
      wanted = consumed == 0 ? end + ReaderLimits.batch : ReaderLimits.batch
      carryOrigin = batch.origin(at: consumed)
      carry.removeAll(keepingCapacity: true)
      carry.append(contentsOf: batch.text[consumed..<end])
    } while batch.records.isEmpty
    recordCount += batch.records.count
    return true
  }

  /// Takes whole lines, statements' heads and tuples; returns where the first unfinished begins.
  private func frame(_ batch: inout RecordBatch, _ end: Int, isLong: Bool) -> Int {
    var at = 0
    while at < end {
      let next: Int?
      switch state {
      case .outside: next = outside(&batch, at, end)
      case .tuples(let table): next = tuple(&batch, table, at, end)
      case .copy(let table): next = copyRow(&batch, table, at, end)
      }
      guard let next else {
        guard atEnd || (isLong && at == 0) else { return at }
        // The end of the leaf, or something longer than a record may be.
        unterminated += 1
        state = .outside
        at = textLine(&batch, at, end, force: true) ?? end
        continue
      }
      at = next
    }
    return at
  }

  // MARK: between statements

  private func outside(_ batch: inout RecordBatch, _ at: Int, _ end: Int) -> Int? {
    var start = at
    while start < end, batch.text[start] == 0x20 || batch.text[start] == 0x09 { start += 1 }
    guard let lineEnd = lineEnd(batch, start, end) else { return nil }
    if start == lineEnd {
      line += 1
      return min(end, lineEnd + 1)
    }
    switch SQLHead.kind(batch.text, start, lineEnd) {
    case .insert:
      switch SQLHead.insert(batch.text, start, end) {
      case .needsMore: return atEnd ? textLine(&batch, at, end, force: true) : nil
      case .no: return textLine(&batch, at, end, force: true)
      case .head(let name, let columns, let next):
        line += newlines(batch, start, next)
        state = .tuples(tables.number(of: name, columns: columns))
        return next
      }
    case .copy:
      guard let (name, columns) = SQLHead.copy(batch.text, start, lineEnd) else { break }
      line += 1
      state = .copy(tables.number(of: name, columns: columns))
      return min(end, lineEnd + 1)
    case .create:
      switch SQLHead.create(batch.text, start, end) {
      case .needsMore where !atEnd: return nil
      case .needsMore, .no: break
      case .head(let name, let columns, let next):
        tables.define(name, columns: columns ?? [])
        batch.records.append(
          Record(firstField: 0, fieldCount: 0, start: start, end: next, table: 0, line: line))
        line += newlines(batch, start, next)
        return next
      }
    case .other: break
    }
    return textLine(&batch, at, end, force: true)
  }

  /// One line (or a piece of a very long one) as free text.
  private func textLine(_ batch: inout RecordBatch, _ at: Int, _ end: Int, force: Bool) -> Int? {
    let limit = min(end, at + ReaderLimits.linePiece)
    var stop = at
    while stop < limit && batch.text[stop] != 0x0A { stop += 1 }
    if stop == end && !force && !atEnd { return nil }
    let isLine = stop < end && batch.text[stop] == 0x0A
    while !isLine && stop < end && stop > at + 1 && batch.text[stop] & 0xC0 == 0x80 { stop -= 1 }
    batch.records.append(
      Record(firstField: 0, fieldCount: 0, start: at, end: stop, table: 0, line: line))
    if isLine { line += 1 }
    return isLine ? stop + 1 : stop
  }

  private func lineEnd(_ batch: RecordBatch, _ at: Int, _ end: Int) -> Int? {
    let limit = min(end, at + ReaderLimits.linePiece)
    var stop = at
    while stop < limit {
      if batch.text[stop] == 0x0A { return stop }
      stop += 1
    }
    return atEnd || limit < end ? limit : nil
  }

  private func newlines(_ batch: RecordBatch, _ from: Int, _ to: Int) -> Int {
    var count = 0
    for at in from..<to where batch.text[at] == 0x0A { count += 1 }
    return count
  }

  // MARK: INSERT

  private func tuple(_ batch: inout RecordBatch, _ table: Int, _ from: Int, _ end: Int) -> Int? {
    var at = from
    while at < end {
      switch batch.text[at] {
      case 0x20, 0x09, 0x0D, 0x2C:
        at += 1
        continue
      case 0x0A:
        line += 1
        at += 1
        // What was counted must not be seen again.
        return at
      case 0x28:
        return row(&batch, table, at, end)
      case 0x3B:
        state = .outside
        return at + 1
      default:
        // ON DUPLICATE KEY …, RETURNING …, or damage.
        state = .outside
        return at
      }
    }
    return at
  }

  private func row(_ batch: inout RecordBatch, _ table: Int, _ start: Int, _ end: Int) -> Int? {
    let firstField = batch.fields.count
    var scanner = SQLRow(dialect: dialect, line: line)
    let next = scanner.scan(&batch, from: start + 1, to: end, atEnd: atEnd)
    guard let next else {
      batch.fields.removeSubrange(firstField...)
      return nil
    }
    let startLine = line
    line = scanner.line
    if scanner.isCutOff {
      unterminated += 1
      state = .outside
    }
    finishRow(&batch, table, firstField, start, next, startLine, scanner.escaped)
    return next
  }

  private func finishRow(
    _ batch: inout RecordBatch, _ table: Int, _ firstField: Int, _ start: Int, _ end: Int,
    _ startLine: Int, _ escaped: [Int]
  ) {
    for number in escaped {
      let field = batch.fields[number]
      let at = batch.text.count
      SQLEscape.unescape(
        &batch.text, Int(field.rawStart), Int(field.rawLength),
        backslash: dialect.backslashEscapes)
      batch.fields[number].start = Int32(at)
      batch.fields[number].length = Int32(batch.text.count - at)
    }
    guard batch.fields.count > firstField else { return }
    batch.records.append(
      Record(
        firstField: firstField, fieldCount: batch.fields.count - firstField, start: start,
        end: end, table: table, line: startLine))
  }

  // MARK: COPY

  private func copyRow(_ batch: inout RecordBatch, _ table: Int, _ at: Int, _ end: Int) -> Int? {
    var stop = at
    let firstField = batch.fields.count
    var fieldStart = at
    var escaped: [Int] = []
    var hasEscape = false
    func close(_ stop: Int) {
      let length = stop - fieldStart
      let isNull = length == 2 && batch.text[fieldStart] == 0x5C && batch.text[fieldStart + 1] == 0x4E
      if hasEscape && !isNull { escaped.append(batch.fields.count) }
      batch.fields.append(
        Field(
          start: fieldStart, length: isNull ? 0 : length, rawStart: fieldStart, rawLength: length,
          column: batch.fields.count - firstField))
      hasEscape = false
    }
    while stop < end && batch.text[stop] != 0x0A {
      if batch.text[stop] == 0x09 {
        close(stop)
        fieldStart = stop + 1
      } else if batch.text[stop] == 0x5C {
        hasEscape = true
      }
      stop += 1
    }
    guard stop < end || atEnd else {
      batch.fields.removeSubrange(firstField...)
      return nil
    }
    if stop - at >= 2, batch.text[at] == 0x5C, batch.text[at + 1] == 0x2E {
      batch.fields.removeSubrange(firstField...)
      state = .outside
    } else if stop > at {
      let textEnd = stop > at && batch.text[stop - 1] == 0x0D ? stop - 1 : stop
      close(textEnd)
      for number in escaped {
        let field = batch.fields[number]
        let start = batch.text.count
        SQLEscape.unescapeCopy(&batch.text, Int(field.rawStart), Int(field.rawLength))
        batch.fields[number].start = Int32(start)
        batch.fields[number].length = Int32(batch.text.count - start)
      }
      batch.records.append(
        Record(
          firstField: firstField, fieldCount: batch.fields.count - firstField, start: at,
          end: stop, table: table, line: line))
    }
    line += 1
    return min(end, stop + 1)
  }
}
