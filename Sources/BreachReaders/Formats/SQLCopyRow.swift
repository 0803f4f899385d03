internal import BreachBytes
internal import BreachModel

/// Scans the rows of COPY … FROM stdin (PostgreSQL, COPY, text format).
struct SQLCopyRow: ~Copyable {
  private var marks = MarkCursor(ByteMarks(0x09, 0x0A, 0x5C))
  /// Fields of the text whose value has to be unescaped.
  private(set) var escaped: [Int] = []
  /// Column of the first field; above 0 only inside a row that is longer than a record may be.
  private var column = 0
  private var isInside = false

  enum Outcome {
    /// Where the next begins, where this one's text ends, and whether its line ends there.
    case row(Int, Int, isWhole: Bool)
    /// `\.`
    case over(Int)
    case needsMore
    /// There is no room for all fields.
    case full
  }

  /// Rows of another text follow.
  mutating func begin(text: [UInt8]) {
    marks.begin(end: text.count)
    escaped.removeAll(keepingCapacity: true)
  }

  /// Scans the row at `at`; `base` fields stand before `out`, and no field is left of a row that is
  /// not finished.
  mutating func scan(
    _ text: Span<UInt8>,
    _ at: Int,
    atEnd: Bool,
    _ base: Int,
    _ out: inout OutputSpan<Field>
  ) -> Outcome {
    let before = out.count
    marks.seek(to: at)
    let outcome = take(text, at, atEnd: atEnd, base, &out)
    switch outcome {
    case .needsMore, .full, .over:
      out.removeLast(out.count - before)
      while let last = escaped.last, last >= base + before { escaped.removeLast() }
    case .row: break
    }
    return outcome
  }

  private mutating func take(
    _ text: Span<UInt8>,
    _ at: Int,
    atEnd: Bool,
    _ base: Int,
    _ out: inout OutputSpan<Field>
  ) -> Outcome {
    let end = text.count
    let limit = at + ReaderLimits.longestRecord
    let bound = min(end, limit)
    var now = column
    var fieldStart = at
    var hasEscape = false
    var stop = bound
    while true {
      guard !out.isFull else { return .full }
      let mark = marks.peek(text)
      guard mark < bound else { break }
      marks.advance()
      let byte = text[mark]
      if byte == 0x09 {
        add(text, fieldStart..<mark, hasEscape, &now, base, &out)
        fieldStart = mark + 1
        hasEscape = false
      } else if byte == 0x5C {
        hasEscape = true
      } else {
        stop = mark
        break
      }
    }
    if stop == bound {
      if end > limit {
        // A row without end: this piece ends in the field under way.
        var cut = fieldStart + 1 < stop ? Seam.find(text, floor: fieldStart, limit: stop) : stop
        var slashes = 0
        while cut - slashes > fieldStart && text[cut - slashes - 1] == 0x5C { slashes += 1 }
        if slashes % 2 == 1 && cut > fieldStart + 1 { cut -= 1 }
        add(text, fieldStart..<cut, hasEscape, &now, base, &out)
        column = now - 1
        isInside = true
        return .row(cut, cut, isWhole: false)
      }
      guard atEnd else { return .needsMore }
    }
    var textEnd = stop
    if textEnd > at && text[textEnd - 1] == 0x0D { textEnd -= 1 }
    let next = min(end, stop + 1)
    if !isInside && textEnd == at + 2 && text[at] == 0x5C && text[at + 1] == 0x2E {
      return .over(next)
    }
    if textEnd > at {
      add(text, fieldStart..<max(fieldStart, textEnd), hasEscape, &now, base, &out)
    }
    column = 0
    isInside = false
    return .row(next, stop, isWhole: stop < end)
  }

  @inline(__always)
  private mutating func add(
    _ text: Span<UInt8>,
    _ range: Range<Int>,
    _ hasEscape: Bool,
    _ column: inout Int,
    _ base: Int,
    _ out: inout OutputSpan<Field>
  ) {
    var length = range.count
    if hasEscape {
      if length == 2 && text[range.lowerBound] == 0x5C && text[range.lowerBound + 1] == 0x4E {
        // NULL.
        length = 0
      } else {
        escaped.append(base + out.count)
      }
    }
    out.append(
      Field(
        start: range.lowerBound,
        length: length,
        rawStart: range.lowerBound,
        rawLength: range.count,
        column: column
      )
    )
    column += 1
  }
}
