internal import BreachBytes
internal import BreachModel

/// Finds the statements, the rows and the free lines of a dump.
struct SQLFramer: ~Copyable {
  private let dialect: SQLDialect
  private(set) var tables: SQLCatalogue
  private(set) var line = 1
  private(set) var unterminated = 0
  private var state: State
  private var target = Target()
  private var row: SQLRow
  private var copy = SQLCopyRow()
  private var atEnd = false
  /// Fields framed between two looks at how much room there is.
  private static let room = 2_048

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

  /// How far a step went; the position is where the next begins.
  private enum Step {
    case reached(Int)
    /// The text ends in the middle of something.
    case needsText(Int)
    /// There is no room for the fields of the next row.
    case full(Int)
  }

  init(_ dialect: SQLDialect, _ catalogue: [CatalogueEntry], copyTable: Int?) {
    self.dialect = dialect
    tables = SQLCatalogue(catalogue)
    row = SQLRow(dialect: dialect)
    state = copyTable.map(State.copy) ?? .outside(isStart: true)
  }

  /// Takes whole lines, statements' heads and rows; returns where the first unfinished begins.
  mutating func frame(
    _ text: [UInt8],
    _ fields: inout [Field],
    _ records: inout [Record],
    atEnd: Bool
  ) -> Int {
    self.atEnd = atEnd
    row.begin(text: text)
    copy.begin(text: text)
    var at = 0
    var room = Self.room
    while at < text.count {
      var step = Step.needsText(at)
      switch state {
      case .outside(let isStart): step = outside(text, at, isStart: isStart, &records)
      case .tail(let scanner): step = tail(text, at, scanner, &records)
      case .tuples, .row, .copy:
        let base = fields.count
        fields.append(addingCapacity: room) { out in
          step = rows(text, at, base, &out, &records)
        }
      }
      switch step {
      case .reached(let next): at = next
      case .full(let next):
        room = next > at ? Self.room : 2 * room
        at = next
      case .needsText(let next):
        guard next == 0 && atEnd else { return next }
        // Nothing can be waited for: never the case, but an end is better than a loop.
        giveText(0..<text.count, &records)
        return text.count
      }
    }
    return at
  }

  /// Puts what the fields that hold escapes stand for into `plain`, which comes behind `text`.
  mutating func unescape(_ text: [UInt8], _ fields: inout [Field], into plain: inout [UInt8]) {
    plain.removeAll(keepingCapacity: true)
    for (number, backslash) in row.escaped {
      fields[number].unescape(text, &plain) { text, range, plain in
        plain.append(addingCapacity: range.count) { out in
          SQLEscape.unescape(text, range, backslash: backslash, into: &out)
        }
      }
    }
    for number in copy.escaped {
      fields[number].unescape(text, &plain) { text, range, plain in
        plain.append(addingCapacity: range.count) { out in
          SQLEscape.unescapeCopy(text, range, into: &out)
        }
      }
    }
  }

  // MARK: between statements

  private mutating func outside(
    _ text: [UInt8],
    _ at: Int,
    isStart: Bool,
    _ records: inout [Record]
  ) -> Step {
    let end = text.count
    var start = at
    while start < end, SQLHead.isBlank(text[start]) { start += 1 }
    guard start < end else { return .reached(end) }
    if text[start] == 0x0A {
      line += 1
      state = .outside(isStart: true)
      return .reached(start + 1)
    }
    if isStart, case .insert(let name, let fixed, let next) = tables.known(text, start, end) {
      return begin(text, name, fixed, start..<next)
    }
    guard let lineEnd = lineEnd(text, start) else { return .needsText(at) }
    if isStart {
      let stop = min(end, start + SQLHead.longest)
      let isAll = atEnd || stop < end
      switch SQLStatement(text, start, lineEnd, stop, &tables) {
      case .insert(let name, let fixed, let next):
        return begin(text, name, fixed, start..<next)
      case .copy(let table):
        if lineEnd < end { line += 1 }
        state = .copy(table)
        return .reached(min(end, lineEnd + 1))
      case .create(let next):
        giveText(start..<next, &records)
        line += count(0x0A, in: text.span, start..<next)
        state = .outside(isStart: false)
        return .reached(next)
      case .needsMore where !isAll: return .needsText(at)
      case .needsMore, .none: break
      }
    }
    giveText(start..<lineEnd, &records)
    guard lineEnd < end, text[lineEnd] == 0x0A else {
      state = .outside(isStart: false)
      return .reached(lineEnd)
    }
    line += 1
    state = .outside(isStart: true)
    return .reached(lineEnd + 1)
  }

  /// Goes on behind the head of an INSERT.
  private mutating func begin(
    _ text: [UInt8],
    _ name: String,
    _ fixed: Int?,
    _ head: Range<Int>
  ) -> Step {
    target = Target(name: name, fixed: fixed)
    line += count(0x0A, in: text.span, head)
    state = .tuples(isComment: false)
    return .reached(head.upperBound)
  }

  private func giveText(_ range: Range<Int>, _ records: inout [Record]) {
    records.append(
      Record(
        firstField: 0,
        fieldCount: 0,
        start: range.lowerBound,
        end: range.upperBound,
        table: 0,
        line: line
      )
    )
  }

  /// Position of the line end, or of a seam in a very long line; nil to read on.
  private func lineEnd(_ text: [UInt8], _ at: Int) -> Int? {
    let limit = min(text.count, at + ReaderLimits.linePiece)
    var stop = at
    while stop < limit {
      if text[stop] == 0x0A { return stop }
      stop += 1
    }
    if stop < text.count { return Seam.find(text.span, floor: at, limit: stop) }
    return atEnd ? text.count : nil
  }

  // MARK: INSERT and COPY

  /// Takes rows one after the other; `base` fields stand before `out`.
  private mutating func rows(
    _ text: [UInt8],
    _ from: Int,
    _ base: Int,
    _ out: inout OutputSpan<Field>,
    _ records: inout [Record]
  ) -> Step {
    var at = from
    while at < text.count {
      let step: Step
      switch state {
      case .row: step = rowPiece(text, start: at, from: at, base, &out, &records)
      case .tuples(isComment: false): step = tuple(text, at, base, &out, &records)
      case .tuples:
        guard let lineEnd = lineEnd(text, at) else { return .needsText(at) }
        giveText(at..<lineEnd, &records)
        // The line end, or a further piece of the comment, comes next.
        let isLine = lineEnd == text.count || text[lineEnd] == 0x0A
        state = .tuples(isComment: !isLine)
        step = .reached(lineEnd)
      case .copy(let table): step = copyRow(text, table, at, base, &out, &records)
      case .outside, .tail: return .reached(at)
      }
      guard case .reached(let next) = step else { return step }
      at = next
    }
    return .reached(at)
  }

  /// Takes one tuple, or what stands between two.
  private mutating func tuple(
    _ text: [UInt8],
    _ from: Int,
    _ base: Int,
    _ out: inout OutputSpan<Field>,
    _ records: inout [Record]
  ) -> Step {
    let end = text.count
    var at = from
    while at < end {
      switch text[at] {
      case 0x20, 0x09, 0x0D, 0x2C: at += 1
      case 0x0A:
        guard at + SQLHead.lookAhead <= end || atEnd else { return .needsText(at) }
        line += 1
        // What was counted must not be seen again.
        if SQLHead.breaks(text, at, end, inString: false, atEnd: atEnd) {
          state = .outside(isStart: true)
        } else {
          state = .tuples(isComment: SQLHead.isComment(text, behind: at, end))
        }
        return .reached(at + 1)
      case 0x28:
        row.beginTuple()
        return rowPiece(text, start: at, from: at + 1, base, &out, &records)
      case 0x3B:
        state = .outside(isStart: true)
        return .reached(at + 1)
      default:
        // ON DUPLICATE KEY …, RETURNING …, or damage.
        state = .tail(SQLTail(dialect: dialect))
        return .reached(at)
      }
    }
    return .reached(at)
  }

  private mutating func rowPiece(
    _ text: [UInt8],
    start: Int,
    from: Int,
    _ base: Int,
    _ out: inout OutputSpan<Field>,
    _ records: inout [Record]
  ) -> Step {
    let firstField = base + out.count
    let next: Int
    switch row.scan(text, from: from, atEnd: atEnd, base, &out) {
    case .needsMore: return .needsText(start)
    case .full: return .full(start)
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
        position < text.count && text[position] == 0x3B
        ? .tuples(isComment: false) : .outside(isStart: false)
    }
    let fieldCount = base + out.count - firstField
    if fieldCount > 0 {
      records.append(
        Record(
          firstField: firstField,
          fieldCount: fieldCount,
          start: start,
          end: next,
          table: table(for: row.column),
          line: line
        )
      )
    }
    line += row.lines
    return .reached(next)
  }

  private mutating func table(for count: Int) -> Int {
    if let fixed = target.fixed { return fixed }
    if target.count != count {
      target.count = count
      target.number = tables.number(of: target.name, count: count)
    }
    return target.number
  }

  private mutating func copyRow(
    _ text: [UInt8],
    _ table: Int,
    _ at: Int,
    _ base: Int,
    _ out: inout OutputSpan<Field>,
    _ records: inout [Record]
  ) -> Step {
    let firstField = base + out.count
    switch copy.scan(text.span, at, atEnd: atEnd, base, &out) {
    case .needsMore: return .needsText(at)
    case .full: return .full(at)
    case .over(let next):
      if text[next - 1] == 0x0A { line += 1 }
      state = .outside(isStart: true)
      return .reached(next)
    case .row(let next, let textEnd, let isWhole):
      let fieldCount = base + out.count - firstField
      if fieldCount > 0 {
        records.append(
          Record(
            firstField: firstField,
            fieldCount: fieldCount,
            start: at,
            end: textEnd,
            table: table,
            line: line
          )
        )
      }
      if isWhole { line += 1 }
      return .reached(next)
    }
  }

  // MARK: behind the tuples

  /// One line behind the tuples as text; strings in it hide semicolons.
  private mutating func tail(
    _ text: [UInt8],
    _ at: Int,
    _ before: SQLTail,
    _ records: inout [Record]
  ) -> Step {
    let end = text.count
    var scanner = before
    guard let stop = scanner.scan(text, at, end, atEnd: atEnd) else { return .needsText(at) }
    if stop > at { giveText(at..<stop, &records) }
    state = .tail(scanner)
    guard stop < end else { return .reached(stop) }
    switch text[stop] {
    case 0x3B where scanner.isOpen:
      state = .outside(isStart: true)
      return .reached(stop + 1)
    case 0x0A:
      line += 1
      let inString = scanner.quote != 0
      if SQLHead.breaks(text, stop, end, inString: inString, atEnd: atEnd) {
        state = .outside(isStart: true)
      } else {
        scanner.isComment = !inString && SQLHead.isComment(text, behind: stop, end)
        state = .tail(scanner)
      }
      return .reached(stop + 1)
    default: return .reached(stop)
    }
  }
}
