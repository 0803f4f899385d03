internal import BreachBytes
internal import BreachModel

/// Scans the values of one tuple `(…)`, piece by piece when it is longer than a record may be.
///
/// It goes from mark to mark: what lies between two marks is looked at only where it decides
/// something.
struct SQLRow: ~Copyable {
  private let dialect: SQLDialect
  private var marks = MarkCursor(ByteMarks(0x27, 0x22, 0x5C, 0x2C, 0x28, 0x29, 0x3B, 0x0A))
  /// Fields of the text whose value has to be unescaped, and whether a backslash escapes.
  private(set) var escaped: [(number: Int, backslash: Bool)] = []
  /// Line ends in the piece scanned last.
  private(set) var lines = 0

  /// Column of the next value.
  private(set) var column = 0
  /// The quote of the string that the piece begins in, else 0.
  private var quote: UInt8 = 0
  private var backslash = false
  private var depth = 0
  /// In a line that is a comment.
  private var isComment = false

  // The value under way.
  /// Behind the mark before the value.
  private var valueStart = 0
  /// Its first byte, once a string has begun.
  private var start = 0
  /// Inside the first string of the value, and of the string under way.
  private var content = 0..<0
  private var stringStart = 0
  private var strings = 0
  private var hasEscape = false
  /// Something other than a function's name stands around the string.
  private var isMixed = false
  /// How far the bytes behind strings were looked at.
  private var behind = 0

  enum Outcome {
    /// The position behind the tuple.
    case ended(Int)
    /// The tuple goes on; where the next piece begins.
    case piece(Int)
    /// The leaf is over, or a new statement begins: where.
    case cutOff(Int)
    case needsMore
    /// There is no room for all fields.
    case full
  }

  init(dialect: SQLDialect) { self.dialect = dialect }

  /// Rows of another text follow.
  mutating func begin(text: [UInt8]) {
    marks.begin(end: text.count)
    escaped.removeAll(keepingCapacity: true)
  }

  /// Forgets the tuple.
  mutating func beginTuple() {
    column = 0
    quote = 0
    depth = 0
    isComment = false
  }

  /// Scans from `from`, behind the parenthesis or where the piece before ended.
  ///
  /// `base` fields stand before `out`; a row that is not finished leaves none.
  mutating func scan(
    _ text: [UInt8],
    from: Int,
    atEnd: Bool,
    _ base: Int,
    _ out: inout OutputSpan<Field>
  ) -> Outcome {
    let saved = (column, quote, backslash, depth, isComment)
    let before = out.count
    lines = 0
    beginValue(at: from)
    marks.seek(to: from)
    let outcome = take(text, from, from + ReaderLimits.longestRecord, atEnd: atEnd, base, &out)
    switch outcome {
    case .needsMore, .full:
      (column, quote, backslash, depth, isComment) = saved
      out.removeLast(out.count - before)
      while let last = escaped.last, last.number >= base + before { escaped.removeLast() }
    case .ended, .piece, .cutOff: break
    }
    return outcome
  }

  private mutating func take(
    _ text: [UInt8],
    _ from: Int,
    _ limit: Int,
    atEnd: Bool,
    _ base: Int,
    _ out: inout OutputSpan<Field>
  ) -> Outcome {
    let stop = min(text.count, limit)
    if quote == 0 {
      if let next = plainValues(text.span, stop, &out) { return .ended(next) }
    } else {
      strings = 1
      start = from
      content = from..<from
      stringStart = from
    }
    while true {
      guard !out.isFull else { return .full }
      if quote != 0 {
        switch string(text, stop, atEnd: atEnd) {
        case .closed: break
        case .cutOff(let at):
          close(text, at, endsAt: at, base, &out)
          quote = 0
          return .cutOff(at)
        case .needsMore: return .needsMore
        case .open: return finish(text, limit, atEnd: atEnd, base, &out)
        }
      }
      let at = marks.peek(text.span)
      guard at < stop else {
        if strings > 0 { lookBehind(text, to: stop) }
        return finish(text, limit, atEnd: atEnd, base, &out)
      }
      marks.advance()
      let byte = text[at]
      if isComment && byte != 0x0A { continue }
      if strings > 0 { lookBehind(text, to: at) }
      if byte == 0x2C && depth == 0 {
        close(text, at, endsAt: nil, base, &out)
        beginValue(at: at + 1)
        if let next = plainValues(text.span, stop, &out) { return .ended(next) }
        continue
      }
      if byte == 0x27 || byte == 0x22 {
        open(text, at)
        continue
      }
      switch byte {
      case 0x28:
        depth += 1
        isMixed = true
      case 0x29:
        if depth == 0 {
          close(text, at, endsAt: nil, base, &out)
          return .ended(at + 1)
        }
        depth -= 1
      case 0x3B:
        // No value holds one: the tuple was cut off.
        close(text, at, endsAt: nil, base, &out)
        return .cutOff(at)
      case 0x0A:
        guard at + SQLHead.lookAhead <= text.count || atEnd else { return .needsMore }
        if SQLHead.breaks(text, at, text.count, inString: false, atEnd: atEnd) {
          close(text, at, endsAt: nil, base, &out)
          return .cutOff(at)
        }
        lines += 1
        isComment = SQLHead.isComment(text, behind: at, text.count)
      default: isMixed = true
      }
    }
  }

  /// Takes values from `valueStart` on, as long as each is a string without quotes, backslashes and
  /// line ends inside, or a number or a word, right before a comma or the end of the tuple.
  ///
  /// Nearly all there is; mark by mark would give the same.
  /// - Returns: the position behind the tuple; nil where something else begins, at `valueStart`.
  @inline(__always)
  private mutating func plainValues(
    _ text: Span<UInt8>,
    _ stop: Int,
    _ out: inout OutputSpan<Field>
  ) -> Int? {
    guard depth == 0, !isComment else { return nil }
    var start = valueStart
    var over: Int?
    while over == nil, !out.isFull {
      let first = start < stop && text[start] == 0x20 ? start + 1 : start
      let mark = marks.peek(text)
      guard mark < stop else { break }
      var range = start..<mark
      var end = mark
      if mark == first && text[mark] == 0x27 {
        marks.advance()
        var close = marks.peek(text)
        while close < stop, !Self.endsPlain(text[close]) {
          marks.advance()
          close = marks.peek(text)
        }
        range = first + 1..<max(first + 1, close)
        end = close + 1
        guard end < stop, text[close] == 0x27, text[end] == 0x2C || text[end] == 0x29 else {
          marks.seek(to: start)
          break
        }
        marks.advance()
        _ = marks.peek(text)
      } else {
        guard text[mark] == 0x2C || text[mark] == 0x29 else { break }
        range = bare(text, range)
      }
      marks.advance()
      out.append(
        Field(
          start: range.lowerBound,
          length: range.count,
          rawStart: range.lowerBound,
          rawLength: range.count,
          column: column
        )
      )
      column += 1
      start = end + 1
      if text[end] == 0x29 { over = start }
    }
    valueStart = start
    return over
  }

  /// A single quote, a backslash or a line end: of the marks, those that mean something in a string.
  @inline(__always)
  private static func endsPlain(_ byte: UInt8) -> Bool {
    byte == 0x27 || byte == 0x5C || byte == 0x0A
  }

  // MARK: strings

  private mutating func open(_ text: [UInt8], _ at: Int) {
    quote = text[at]
    backslash = SQLHead.escapes(text, at, dialect)
    strings += 1
    stringStart = at + 1
    guard strings == 1 else { return }
    start = at
    content = at + 1..<at + 1
    hasEscape = false
    isMixed = false
    // A function's name may stand before the string, and an opening parenthesis.
    var before = at
    while before > valueStart {
      before -= 1
      let byte = text[before]
      guard byte > 0x20 else { continue }
      start = before
      if byte != 0x28 && !SQLWords.isName(byte) { isMixed = true }
    }
  }

  private enum StringEnd {
    case closed
    /// A new statement begins at the line end.
    case cutOff(Int)
    case needsMore
    /// The text, or the piece, ends first.
    case open
  }

  private mutating func string(_ text: [UInt8], _ stop: Int, atEnd: Bool) -> StringEnd {
    while true {
      let at = marks.peek(text.span)
      guard at < stop else { return .open }
      marks.advance()
      let byte = text[at]
      if byte == quote {
        guard at + 1 < text.count || atEnd else { return .needsMore }
        if at + 1 < text.count, text[at + 1] == quote {
          hasEscape = true
          _ = marks.peek(text.span)
          marks.advance()
          continue
        }
        if strings == 1 { content = content.lowerBound..<at }
        quote = 0
        behind = at + 1
        return .closed
      }
      if byte == 0x5C && backslash {
        hasEscape = true
        // A line end counts even behind a backslash.
        if at + 1 < text.count, text[at + 1] != 0x0A, marks.peek(text.span) == at + 1 {
          marks.advance()
        }
      } else if byte == 0x0A {
        guard at + SQLHead.lookAhead <= text.count || atEnd else { return .needsMore }
        if SQLHead.breaks(text, at, text.count, inString: true, atEnd: atEnd) {
          return .cutOff(at)
        }
        lines += 1
      }
    }
  }

  /// What stands behind a string, but a closing parenthesis, makes it a part of the value.
  @inline(__always)
  private mutating func lookBehind(_ text: [UInt8], to at: Int) {
    while behind < at {
      if text[behind] > 0x20 && text[behind] != 0x29 { isMixed = true }
      behind += 1
    }
    behind = at + 1
  }

  // MARK: values

  @inline(__always)
  private mutating func beginValue(at position: Int) {
    valueStart = position
    strings = 0
    hasEscape = false
    isMixed = false
  }

  /// Ends the value before `at`; `end` where it ends inside a string or a piece.
  @inline(__always)
  private mutating func close(
    _ text: [UInt8],
    _ at: Int,
    endsAt end: Int?,
    _ base: Int,
    _ out: inout OutputSpan<Field>
  ) {
    let range: Range<Int>
    if strings == 1 && !isMixed {
      range = content.lowerBound..<(quote == 0 ? content.upperBound : at)
      if hasEscape { escaped.append((base + out.count, backslash)) }
    } else {
      range = whole(text, at, endsAt: end)
    }
    out.append(
      Field(
        start: range.lowerBound,
        length: range.count,
        rawStart: range.lowerBound,
        rawLength: range.count,
        column: column
      )
    )
    column += 1
  }

  /// A value as it is written, without the blanks around it; NULL is empty.
  private func whole(_ text: [UInt8], _ at: Int, endsAt end: Int?) -> Range<Int> {
    var first = start
    if strings == 0 {
      if end == nil { return bare(text.span, valueStart..<at) }
      first = valueStart
      while first < at && text[first] <= 0x20 { first += 1 }
      if first == at { return at..<at }
    }
    var last = end ?? at
    if end == nil {
      while last > first && text[last - 1] <= 0x20 { last -= 1 }
    }
    return strings == 0 && isNull(text.span, first..<last) ? first..<first : first..<last
  }

  /// A number or a word without the blanks around it; NULL is empty.
  @inline(__always)
  private func bare(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var (first, last) = (range.lowerBound, range.upperBound)
    while first < last && text[first] <= 0x20 { first += 1 }
    while last > first && text[last - 1] <= 0x20 { last -= 1 }
    return isNull(text, first..<last) ? first..<first : first..<last
  }

  @inline(__always)
  private func isNull(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    // In small letters whatever the case, the first lowest.
    range.count == 4 && loadHalfWord(text, at: range.lowerBound) | 0x2020_2020 == 0x6C6C_756E
  }

  // MARK: long and unfinished tuples

  /// The text, or what a record may hold, ends in the middle of the tuple.
  private mutating func finish(
    _ text: [UInt8],
    _ limit: Int,
    atEnd: Bool,
    _ base: Int,
    _ out: inout OutputSpan<Field>
  ) -> Outcome {
    let end = text.count
    guard end < limit else { return cut(text, limit, base, &out) }
    guard atEnd else { return .needsMore }
    close(text, end, endsAt: quote != 0 ? end : nil, base, &out)
    return .cutOff(end)
  }

  /// Ends the piece at a seam inside the value under way; the next goes on in the same column.
  private mutating func cut(
    _ text: [UInt8],
    _ limit: Int,
    _ base: Int,
    _ out: inout OutputSpan<Field>
  ) -> Outcome {
    if strings == 0 {
      var first = valueStart
      while first < limit && text[first] <= 0x20 { first += 1 }
      if first == limit { return .piece(limit) }
    }
    let floor = stringStart
    var at = limit
    if quote != 0 && limit > floor + 1 {
      at = Seam.find(text.span, floor: floor, limit: limit)
      while at > floor + 1 && text[at - 1] == quote { at -= 1 }
      var slashes = 0
      while at - slashes > floor && text[at - slashes - 1] == 0x5C { slashes += 1 }
      if slashes % 2 == 1 && at > floor + 1 { at -= 1 }
      lines -= count(0x0A, in: text.span, at..<limit)
    } else if quote == 0 && strings > 0 {
      isMixed = true
    }
    close(text, at, endsAt: at, base, &out)
    column -= 1
    return .piece(at)
  }
}
