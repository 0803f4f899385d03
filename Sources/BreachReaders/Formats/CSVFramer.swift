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
  /// Its three bytes differ, and blanks are part of the fields.
  private let isUsual: Bool
  private static let longest = ReaderLimits.longestRecord
  /// Fields framed between two looks at how much room there is.
  private static let room = 2_048
  /// Delimiters, quotes and line ends.
  private var marks: MarkCursor
  /// For looking ahead.
  private var ahead = ByteIndex(capacity: 1_024)

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

  /// Why the scan stopped.
  private enum Stop {
    case textEnd
    /// There is no room for another field.
    case full
    /// The field that ends at the next mark is endless.
    case endless
    /// A quote is never closed; where that was found out, unless it was known.
    case broken(at: Int?)
    /// More text is needed before the record can be judged.
    case waiting
  }

  init(_ dialect: CSVDialect) {
    self.dialect = dialect
    let isApart = Set([dialect.delimiter, dialect.quote, dialect.newline]).count == 3
    isUsual = isApart && dialect.delimiter != 0x7C
    marks = MarkCursor(ByteMarks(dialect.delimiter, dialect.quote, dialect.newline))
  }

  /// Stands at the start of a line, outside quotes.
  var isAtLineStart: Bool { columnBase == 0 && !isPlain }

  /// Goes over whole lines without quotes.
  mutating func skip(lines: Int, bytes: Int) {
    line += lines
    dead.position = max(-1, dead.position - bytes)
    dead.fieldStart -= bytes
  }

  /// Appends the fields and records of `text`; returns where the first unfinished begins.
  mutating func frame(
    _ text: [UInt8],
    _ fields: inout [Field],
    _ records: inout [Record],
    atEnd: Bool
  ) -> Int {
    escaped.removeAll(keepingCapacity: true)
    begin(record: 0, firstField: 0)
    lineNow = line
    fieldStart = 0
    marks.begin(end: text.count)
    var isOver = false
    while !isOver {
      var stop = Stop.textEnd
      let base = fields.count
      fields.append(addingCapacity: Self.room) { out in
        stop = scan(text.span, base, &out, &records, atEnd)
      }
      if case .textEnd = stop { stop = finish(text.span, &fields, &records, atEnd) }
      switch stop {
      case .full: break
      case .endless: splitField(text.span, to: marks.peek(text.span), &fields, &records)
      case .broken(let position): giveUp(&fields, at: position)
      case .textEnd, .waiting: isOver = true
      }
    }
    fields.removeSubrange(firstField...)
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

  /// Frames up to the end of the text if nothing comes between; `base` fields stand before `out`.
  private mutating func scan(
    _ text: Span<UInt8>,
    _ base: Int,
    _ out: inout OutputSpan<Field>,
    _ records: inout [Record],
    _ atEnd: Bool
  ) -> Stop {
    let (quote, newline) = (dialect.quote, dialect.newline)
    while true {
      if isUsual && !inQuotes && !wasQuoted && !isPlain { takePlain(text, base, &out) }
      let at = marks.peek(text)
      guard at < text.count else { return .textEnd }
      guard !out.isFull else { return .full }
      let byte = text[at]
      if at - recordStart > Self.longest {
        if !isPlain && hasQuotes { return .broken(at: recordStart + Self.longest + 1) }
        isPlain = true
        if byte != quote && at - fieldStart >= 2 * Self.longest { return .endless }
      }
      marks.advance()
      if byte == quote {
        if !isPlain && at != skip { take(quote: at, text) }
      } else if byte == newline {
        lineNow += 1
        if inQuotes {
          guard at < dead.position && !isTrusted else { continue }
          switch probe(text, atEnd) {
          case .ends: isTrusted = true
          case .never: return .broken(at: nil)
          // Nothing behind the record's start is taken this time.
          case .needsMore: return .waiting
          }
          continue
        }
        let last = field(text, base + out.count, to: at, isLineEnd: true)
        if last.length > 0 || base + out.count > firstField { out.append(last) }
        closeRecord(base + out.count, at: at, next: at + 1, isLineEnd: true, &records)
      } else if !inQuotes {
        out.append(field(text, base + out.count, to: at, isLineEnd: false))
        fieldStart = at + 1
        if at - recordStart > Self.longest {
          closeRecord(base + out.count, at: at, next: at + 1, isLineEnd: false, &records)
        }
      }
    }
  }

  /// Takes fields that end at a delimiter, up to the first quote or line end: nearly all there are.
  @inline(__always)
  private mutating func takePlain(
    _ text: Span<UInt8>,
    _ base: Int,
    _ out: inout OutputSpan<Field>
  ) {
    let (delimiter, limit) = (dialect.delimiter, recordStart + Self.longest)
    var start = fieldStart
    var column = columnBase + base + out.count - firstField
    while !out.isFull {
      let at = marks.peek(text)
      guard at <= limit, at < text.count, text[at] == delimiter else { break }
      marks.advance()
      let length = at - start
      out.append(
        Field(start: start, length: length, rawStart: start, rawLength: length, column: column)
      )
      column += 1
      start = at + 1
    }
    fieldStart = start
  }

  @inline(__always)
  private mutating func take(quote at: Int, _ text: Span<UInt8>) {
    if inQuotes {
      if at + 1 < text.count, text[at + 1] == dialect.quote {
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

  /// What the end of the text means.
  private mutating func finish(
    _ text: Span<UInt8>,
    _ fields: inout [Field],
    _ records: inout [Record],
    _ atEnd: Bool
  ) -> Stop {
    let end = text.count
    if !isPlain {
      let isLong = end - recordStart > Self.longest + (atEnd ? 0 : 1)
      if isLong && !hasQuotes { isPlain = true }
      if hasQuotes && isLong { return .broken(at: min(end, recordStart + Self.longest + 1)) }
      if inQuotes && atEnd { return .broken(at: end) }
      if !isPlain && !atEnd { return .textEnd }
    }
    splitField(text, to: end, &fields, &records)
    if atEnd && recordStart < end {
      let last = field(text, fields.count, to: end, isLineEnd: true)
      if last.length > 0 || fields.count > firstField { fields.append(last) }
      lineNow += 1
      closeRecord(fields.count, at: end, next: end, isLineEnd: true, &records)
    }
    return .textEnd
  }

  // MARK: quotes that are never closed

  /// Back to the start of the record, quotes being plain this time.
  private mutating func giveUp(_ fields: inout [Field], at position: Int?) {
    if let position {
      let at = skip == position ? position + 1 : position
      if at > dead.position {
        dead = Snapshot(position: at, inQuotes: inQuotes, fieldStart: fieldStart)
      }
    }
    brokenQuotes += 1
    fields.removeSubrange(firstField...)
    while let last = escaped.last, last >= firstField { escaped.removeLast() }
    begin(record: recordStart, firstField: firstField)
    fieldStart = recordStart
    lineNow = line
    isPlain = true
    marks.seek(to: recordStart)
  }

  /// Follows the quote that was never closed on to where this record's 1 MiB ends.
  private mutating func probe(_ text: Span<UInt8>, _ atEnd: Bool) -> Verdict {
    let end = text.count
    let limit = recordStart + Self.longest
    var state = dead
    var skip = -1
    let set = ByteMarks(dialect.delimiter, dialect.quote, dialect.newline)
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

  /// The field that ends at `end`; the `number`-th of the batch.
  @inline(__always)
  private mutating func field(
    _ text: Span<UInt8>,
    _ number: Int,
    to end: Int,
    isLineEnd: Bool
  ) -> Field {
    var start = fieldStart
    var end = end
    if isLineEnd && end > start && text[end - 1] == 0x0D { end -= 1 }
    // `| name   | mail |`: the blanks bring the bars into line.
    if dialect.delimiter == 0x7C {
      while start < end, text[start] == 0x20 { start += 1 }
      while end > start, text[end - 1] == 0x20 { end -= 1 }
    }
    if wasQuoted {
      // Behind the closing quote only blanks may stand, or the field is what it looks like.
      var tail = end
      while tail > quoteEnd + 1 && text[tail - 1] == 0x20 { tail -= 1 }
      if quoteEnd > start && tail == quoteEnd + 1 {
        start += 1
        end = quoteEnd
        if isDoubled { escaped.append(number) }
      }
      wasQuoted = false
      isDoubled = false
      quoteEnd = -1
    }
    return Field(
      start: start,
      length: end - start,
      rawStart: start,
      rawLength: end - start,
      column: columnBase + number - firstField
    )
  }

  /// Gives an endless field in pieces.
  private mutating func splitField(
    _ text: Span<UInt8>,
    to end: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    while end - fieldStart >= 2 * Self.longest {
      let cut = Seam.find(text, floor: fieldStart, limit: fieldStart + Self.longest)
      fields.append(field(text, fields.count, to: cut, isLineEnd: false))
      closeRecord(fields.count, at: cut, next: cut, isLineEnd: false, &records)
    }
  }

  /// Ends the record whose fields end before the `total`-th of the batch; a lone empty field is no
  /// record and was left out.
  @inline(__always)
  private mutating func closeRecord(
    _ total: Int,
    at: Int,
    next: Int,
    isLineEnd: Bool,
    _ records: inout [Record]
  ) {
    let count = total - firstField
    if count > 0 {
      records.append(
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
    fieldStart = next
    begin(record: next, firstField: total)
  }
}
