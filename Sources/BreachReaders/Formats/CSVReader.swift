internal import BreachBytes
package import BreachModel

/// Delimited files: RFC 4180 as real programs write it, ragged rows and stray quotes included.
///
/// A quote opens a field only at the field's start; inside, two stand for one. A quoted record that
/// does not end within 1 MiB, or before the file does, is taken for a quote that was never closed:
/// quotes then count as ordinary characters up to the end of its first line. A line longer than
/// 1 MiB is given in pieces cut at the next delimiter.
package final class CSVReader: FormatReader {
  private let stream: TextStream
  private let dialect: CSVDialect
  private var carry: [UInt8] = []
  private var carryOrigin: OriginMark?
  private var atEnd = false
  private var line = 1
  private var recordCount = 0
  /// Columns of the current line given in earlier pieces.
  private var columnBase = 0
  private var index = ByteIndex()
  /// Fields that hold doubled quotes.
  private var escaped: [Int] = []
  private var brokenQuotes = 0

  package init(_ stream: TextStream, _ dialect: CSVDialect) {
    self.stream = stream
    self.dialect = dialect
  }

  package var catalogue: [CatalogueEntry] { [] }
  package var lines: Int { line - 1 }
  package var remarks: [String] {
    brokenQuotes == 0 ? [] : ["\(brokenQuotes) quotes were never closed; read as plain characters"]
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
      var framing = Framing(line: line, columnBase: columnBase)
      frame(&batch, &framing)
      wanted = framing.consumed == 0 ? batch.text.count + ReaderLimits.batch : ReaderLimits.batch
      line = framing.recordLine
      columnBase = framing.columnBase
      keepRest(of: &batch, from: framing.consumed)
      unescape(&batch)
    } while batch.records.isEmpty
    recordCount += batch.records.count
    return true
  }

  /// Where framing stands; begins anew with each batch.
  private struct Framing {
    var fieldStart = 0
    var firstField = 0
    var recordStart = 0
    var recordLine: Int
    var lineNow: Int
    var columnBase: Int
    var inQuotes = false
    /// The field began with a quote.
    var wasQuoted = false
    var quoteEnd = -1
    var doubled = false
    /// Quotes are ordinary characters up to the next line end.
    var plain = false
    /// Some field of the record was quoted.
    var hasQuotes = false
    var consumed: Int { recordStart }

    init(line: Int, columnBase: Int) {
      recordLine = line
      lineNow = line
      self.columnBase = columnBase
    }
  }

  private func frame(_ batch: inout RecordBatch, _ state: inout Framing) {
    escaped.removeAll(keepingCapacity: true)
    let end = batch.text.count
    var from = 0
    while true {
      let restart = scan(&batch, &state, from: from)
      if restart || isNeverClosed(state, end) {
        brokenQuotes += 1
        rewind(&batch, &state)
        from = state.recordStart
        continue
      }
      if atEnd {
        if state.recordStart < end {
          closeField(&batch, &state, at: end, isLineEnd: true)
          state.lineNow += 1
          closeRecord(&batch, &state, at: end, next: end, isLineEnd: true)
        }
      } else if end - state.fieldStart >= 2 * ReaderLimits.longestRecord && !state.inQuotes {
        // One endless field: a piece of fixed size.
        var cut = state.fieldStart + ReaderLimits.longestRecord
        while cut > state.fieldStart && batch.text[cut] & 0xC0 == 0x80 { cut -= 1 }
        closeField(&batch, &state, at: cut, isLineEnd: false)
        closeRecord(&batch, &state, at: cut, next: cut, isLineEnd: false)
        from = cut
        continue
      }
      break
    }
    batch.fields.removeSubrange(state.firstField...)
  }

  private func isNeverClosed(_ state: Framing, _ end: Int) -> Bool {
    state.inQuotes && (atEnd || end - state.recordStart > ReaderLimits.longestRecord)
  }

  /// Back to the start of the record, quotes being plain this time.
  private func rewind(_ batch: inout RecordBatch, _ state: inout Framing) {
    batch.fields.removeSubrange(state.firstField...)
    escaped.removeAll { $0 >= state.firstField }
    state.fieldStart = state.recordStart
    state.lineNow = state.recordLine
    state.inQuotes = false
    state.wasQuoted = false
    state.doubled = false
    state.hasQuotes = false
    state.quoteEnd = -1
    state.plain = true
  }

  /// Frames from `from` to the end of the text; true when the record has to be framed again.
  private func scan(_ batch: inout RecordBatch, _ state: inout Framing, from: Int) -> Bool {
    let end = batch.text.count
    let (delimiter, quote, newline) = (dialect.delimiter, dialect.quote, dialect.newline)
    var from = from
    var skip = -1
    while from < end {
      from = index.fill(batch.text.span, from: from, to: end, of: (delimiter, quote, newline, newline))
      for entry in 0..<index.count {
        let at = index[entry]
        let byte = batch.text[at]
        if byte == quote {
          if at == skip || state.plain { continue }
          if state.inQuotes {
            if at + 1 < end, batch.text[at + 1] == quote {
              skip = at + 1
              state.doubled = true
            } else {
              state.inQuotes = false
              state.quoteEnd = at
            }
          } else if at == state.fieldStart {
            state.inQuotes = true
            state.wasQuoted = true
            state.hasQuotes = true
          }
        } else if byte == newline {
          state.lineNow += 1
          if state.inQuotes { continue }
          if state.hasQuotes && at - state.recordStart > ReaderLimits.longestRecord { return true }
          state.plain = false
          closeField(&batch, &state, at: at, isLineEnd: true)
          closeRecord(&batch, &state, at: at, next: at + 1, isLineEnd: true)
        } else if !state.inQuotes {
          closeField(&batch, &state, at: at, isLineEnd: false)
          state.fieldStart = at + 1
          if at - state.recordStart > ReaderLimits.longestRecord {
            if state.hasQuotes && !state.plain { return true }
            closeRecord(&batch, &state, at: at, next: at + 1, isLineEnd: false)
          }
        }
      }
    }
    return false
  }

  @inline(__always)
  private func closeField(
    _ batch: inout RecordBatch, _ state: inout Framing, at: Int, isLineEnd: Bool
  ) {
    var start = state.fieldStart
    var end = at
    if state.wasQuoted && state.quoteEnd > start {
      start += 1
      end = state.quoteEnd
      if state.doubled { escaped.append(batch.fields.count) }
    } else if isLineEnd && end > start && batch.text[end - 1] == 0x0D {
      end -= 1
    }
    batch.fields.append(
      Field(
        start: start, length: end - start, rawStart: start, rawLength: end - start,
        column: state.columnBase + batch.fields.count - state.firstField))
    state.wasQuoted = false
    state.doubled = false
    state.quoteEnd = -1
  }

  @inline(__always)
  private func closeRecord(
    _ batch: inout RecordBatch, _ state: inout Framing, at: Int, next: Int, isLineEnd: Bool
  ) {
    let count = batch.fields.count - state.firstField
    if count == 1, batch.fields[state.firstField].length == 0 {
      batch.fields.removeLast()
    } else {
      batch.records.append(
        Record(
          firstField: state.firstField, fieldCount: count, start: state.recordStart, end: at,
          table: 0, line: state.recordLine))
    }
    state.columnBase = isLineEnd ? 0 : state.columnBase + count
    state.firstField = batch.fields.count
    state.recordStart = next
    state.fieldStart = next
    state.recordLine = state.lineNow
    state.hasQuotes = false
  }

  private func keepRest(of batch: inout RecordBatch, from consumed: Int) {
    carryOrigin = batch.origin(at: consumed)
    carry.removeAll(keepingCapacity: true)
    guard consumed < batch.text.count else { return }
    carry.append(contentsOf: batch.text[consumed...])
    batch.text.removeSubrange(consumed...)
  }

  private func unescape(_ batch: inout RecordBatch) {
    for number in escaped where number < batch.fields.count {
      let field = batch.fields[number]
      let start = batch.text.count
      var at = Int(field.rawStart)
      let end = at + Int(field.rawLength)
      while at < end {
        let byte = batch.text[at]
        batch.text.append(byte)
        at += byte == dialect.quote && at + 1 < end && batch.text[at + 1] == dialect.quote ? 2 : 1
      }
      batch.fields[number].start = Int32(start)
      batch.fields[number].length = Int32(batch.text.count - start)
    }
  }
}
