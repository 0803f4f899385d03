internal import BreachBytes
internal import BreachModel

/// Finds the fields and records of delimited text; reading and cutting into units share it.
///
/// The rules depend on a record's own text alone. A quote opens a field only at the field's start;
/// inside, two stand for one. A record that does not end within 1 MiB, or before the file does with
/// its quote open, is framed again with quotes as plain characters up to its first line end. A line
/// longer than 1 MiB is given in pieces that end at delimiters, or at a seam inside a field that is
/// longer than 2 MiB.
struct CSVFramer: ~Copyable {
  private let dialect: CSVDialect
  private static let longest = ReaderLimits.longestRecord
  private var index = ByteIndex()
  /// For looking ahead.
  private var ahead = ByteIndex(capacity: 1_024)
  private var entry = 0
  /// Where the next filling of `index` begins.
  private var indexed = 0
  /// The entry behind the start of the record; -1 when it was in an earlier filling.
  private var recordEntry = 0

  private var recordStart = 0
  private var fieldStart = 0
  private var firstField = 0
  private var lineNow = 1
  /// Line at the start of the record.
  private(set) var line = 1
  /// Columns of the current line given in earlier pieces.
  private(set) var columnBase = 0
  /// Quotes are ordinary characters up to the next line end.
  private var isPlain = false
  private var inQuotes = false
  private var wasQuoted = false
  private var hasQuotes = false
  private var isDoubled = false
  private var quoteEnd = -1
  /// The second of a pair of quotes.
  private var skip = -1
  /// The record was looked at up to its end: it does end.
  private var isTrusted = false
  /// How a quote that was never closed went on: a later record that is inside quotes at a line end
  /// before `position` goes on alike, so that no stretch is looked at twice.
  private var dead = Snapshot(position: -1, inQuotes: false, fieldStart: 0)

  /// Fields that hold doubled quotes.
  private(set) var escaped: [Int] = []
  private(set) var brokenQuotes = 0

  private struct Snapshot {
    var position: Int
    var inQuotes: Bool
    var fieldStart: Int
  }

  private enum Verdict { case ends, never, needsMore }

  init(_ dialect: CSVDialect) { self.dialect = dialect }

  /// Stands at the start of a line, outside quotes.
  var isAtLineStart: Bool { columnBase == 0 && !isPlain }

  /// Goes over whole lines without quotes.
  mutating func skip(lines: Int, bytes: Int) {
    line += lines
    dead.position = max(-1, dead.position - bytes)
    dead.fieldStart -= bytes
  }

  /// Appends the fields and records of `batch.text`; returns where the first unfinished begins.
  mutating func frame(_ batch: inout RecordBatch, atEnd: Bool) -> Int {
    escaped.removeAll(keepingCapacity: true)
    begin(record: 0, firstField: 0)
    lineNow = line
    fieldStart = 0
    indexed = 0
    entry = index.count
    recordEntry = -1
    let end = batch.text.count
    while scan(&batch, end, atEnd) || finish(&batch, end, atEnd) {}
    batch.fields.removeSubrange(firstField...)
    let consumed = recordStart
    dead.position = max(-1, dead.position - consumed)
    dead.fieldStart -= consumed
    return consumed
  }

  private mutating func begin(record start: Int, firstField: Int) {
    recordStart = start
    self.firstField = firstField
    inQuotes = false
    wasQuoted = false
    hasQuotes = false
    isDoubled = false
    isTrusted = false
    quoteEnd = -1
    skip = -1
  }

  // MARK: the loop

  /// Frames up to the end of the text; true when a record has to be framed again.
  private mutating func scan(_ batch: inout RecordBatch, _ end: Int, _ atEnd: Bool) -> Bool {
    let (delimiter, quote, newline) = (dialect.delimiter, dialect.quote, dialect.newline)
    while true {
      if entry >= index.count {
        if indexed >= end { return false }
        recordEntry = recordStart == indexed ? 0 : -1
        indexed = index.fill(
          batch.text.span,
          from: indexed,
          to: end,
          of: (delimiter, quote, newline, newline)
        )
        entry = 0
        continue
      }
      let at = index[entry]
      entry += 1
      if !isPlain && at - recordStart > Self.longest {
        if hasQuotes { return giveUp(&batch, at: recordStart + Self.longest + 1) }
        isPlain = true
      }
      let byte = batch.text[at]
      if byte == quote {
        if !isPlain && at != skip { take(quote: at, batch.text.span, end) }
      } else if byte == newline {
        lineNow += 1
        if inQuotes {
          guard at < dead.position && !isTrusted else { continue }
          switch probe(batch.text.span, end, atEnd) {
          case .ends: isTrusted = true
          case .never: return giveUp(&batch, at: nil)
          case .needsMore:
            // Nothing behind the record's start is taken this time.
            entry = index.count
            indexed = end
            isTrusted = true
            isWaiting = true
            return false
          }
          continue
        }
        splitField(&batch, to: at)
        closeField(&batch, at: at, isLineEnd: true)
        closeRecord(&batch, at: at, next: at + 1, isLineEnd: true)
      } else if !inQuotes {
        splitField(&batch, to: at)
        closeField(&batch, at: at, isLineEnd: false)
        fieldStart = at + 1
        if at - recordStart > Self.longest {
          closeRecord(&batch, at: at, next: at + 1, isLineEnd: false)
        }
      }
    }
  }

  /// More text is needed before the record can be judged.
  private var isWaiting = false

  @inline(__always)
  private mutating func take(quote at: Int, _ text: Span<UInt8>, _ end: Int) {
    if inQuotes {
      if at + 1 < end, text[at + 1] == dialect.quote {
        skip = at + 1
        isDoubled = true
      } else {
        inQuotes = false
        quoteEnd = at
      }
    } else if at == fieldStart {
      inQuotes = true
      wasQuoted = true
      hasQuotes = true
    }
  }

  /// What the end of the text means; true when framing goes on.
  private mutating func finish(_ batch: inout RecordBatch, _ end: Int, _ atEnd: Bool) -> Bool {
    if isWaiting {
      isWaiting = false
      return false
    }
    if !isPlain {
      let isLong = end - recordStart > Self.longest + (atEnd ? 0 : 1)
      if isLong && !hasQuotes { isPlain = true }
      if hasQuotes && isLong { return giveUp(&batch, at: min(end, recordStart + Self.longest + 1)) }
      if inQuotes && atEnd { return giveUp(&batch, at: end) }
      if !isPlain && !atEnd { return false }
    }
    splitField(&batch, to: end)
    if atEnd && recordStart < end {
      closeField(&batch, at: end, isLineEnd: true)
      lineNow += 1
      closeRecord(&batch, at: end, next: end, isLineEnd: true)
    }
    return false
  }

  // MARK: quotes that are never closed

  /// Back to the start of the record, quotes being plain this time.
  private mutating func giveUp(_ batch: inout RecordBatch, at position: Int?) -> Bool {
    if let position {
      let at = skip == position ? position + 1 : position
      if at > dead.position {
        dead = Snapshot(position: at, inQuotes: inQuotes, fieldStart: fieldStart)
      }
    }
    brokenQuotes += 1
    batch.fields.removeSubrange(firstField...)
    while let last = escaped.last, last >= firstField { escaped.removeLast() }
    begin(record: recordStart, firstField: firstField)
    fieldStart = recordStart
    lineNow = line
    isPlain = true
    if recordEntry >= 0 {
      entry = recordEntry
    } else {
      indexed = recordStart
      entry = index.count
    }
    return true
  }

  /// Follows the quote that was never closed on to where this record's 1 MiB ends.
  private mutating func probe(_ text: Span<UInt8>, _ end: Int, _ atEnd: Bool) -> Verdict {
    let limit = recordStart + Self.longest
    var state = dead
    var skip = -1
    let set = (dialect.delimiter, dialect.quote, dialect.newline, dialect.newline)
    let stop = min(end, limit + 1)
    var from = min(dead.position, stop)
    while from < stop {
      from = ahead.fill(text, from: from, to: stop, of: set)
      for number in 0..<ahead.count {
        let at = ahead[number]
        if text[at] == dialect.quote {
          if at == skip { continue }
          if !state.inQuotes {
            state.inQuotes = at == state.fieldStart
          } else if at + 1 < end && text[at + 1] == dialect.quote {
            skip = at + 1
          } else {
            state.inQuotes = false
          }
        } else if !state.inQuotes {
          if text[at] == dialect.newline { return .ends }
          state.fieldStart = at + 1
        }
      }
    }
    guard atEnd || end > limit + 1 else { return .needsMore }
    if atEnd && end <= limit && !state.inQuotes { return .ends }
    if stop >= dead.position {
      state.position = skip == stop ? stop + 1 : stop
      dead = state
    }
    return .never
  }

  // MARK: fields and records

  @inline(__always)
  private mutating func closeField(_ batch: inout RecordBatch, at: Int, isLineEnd: Bool) {
    var start = fieldStart
    var end = at
    if isLineEnd && end > start && batch.text[end - 1] == 0x0D { end -= 1 }
    if wasQuoted {
      // Behind the closing quote only blanks may stand, or the field is what it looks like.
      var tail = end
      while tail > quoteEnd + 1 && batch.text[tail - 1] == 0x20 { tail -= 1 }
      if quoteEnd > start && tail == quoteEnd + 1 {
        start += 1
        end = quoteEnd
        if isDoubled { escaped.append(batch.fields.count) }
      }
      wasQuoted = false
      isDoubled = false
      quoteEnd = -1
    }
    batch.fields.append(
      Field(
        start: start,
        length: end - start,
        rawStart: start,
        rawLength: end - start,
        column: columnBase + batch.fields.count - firstField
      )
    )
  }

  /// Gives an endless field in pieces.
  @inline(__always)
  private mutating func splitField(_ batch: inout RecordBatch, to end: Int) {
    while end - fieldStart >= 2 * Self.longest {
      let cut = Seam.find(
        batch.text.span,
        floor: fieldStart,
        limit: fieldStart + Self.longest
      )
      closeField(&batch, at: cut, isLineEnd: false)
      closeRecord(&batch, at: cut, next: cut, isLineEnd: false)
    }
  }

  @inline(__always)
  private mutating func closeRecord(
    _ batch: inout RecordBatch,
    at: Int,
    next: Int,
    isLineEnd: Bool
  ) {
    let count = batch.fields.count - firstField
    if count == 1, batch.fields[firstField].length == 0 {
      batch.fields.removeLast()
    } else {
      batch.records.append(
        Record(
          firstField: firstField,
          fieldCount: count,
          start: recordStart,
          end: at,
          table: 0,
          line: line
        )
      )
    }
    columnBase = isLineEnd ? 0 : columnBase + count
    line = lineNow
    if isLineEnd { isPlain = false }
    recordEntry = entry
    fieldStart = next
    begin(record: next, firstField: batch.fields.count)
  }
}
