internal import BreachBytes
internal import BreachModel

extension XMLFramer {
  // MARK: text

  /// Takes a text up to the markup that ends it; `from` is behind what is text in any case.
  @inline(__always)
  mutating func run(
    _ text: Span<UInt8>,
    _ at: Int,
    _ from: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) -> Int? {
    let limit = min(text.count, at + Self.longest)
    var hasEscape = false
    var lines = 0
    var end = limit
    marks.seek(to: at)
    while true {
      let mark = marks.peek(text)
      guard mark < limit else { break }
      if text[mark] == 0x3C {
        if mark >= from {
          guard mark + 1 < text.count else {
            if atEnd { break }
            return nil
          }
          let next = text[mark + 1]
          if next == 0x2F || next == 0x21 || next == 0x3F || Markup.startsName(next) {
            end = mark
            break
          }
        }
      } else if text[mark] == 0x26 {
        hasEscape = true
      } else {
        lines += 1
      }
      marks.advance()
    }
    state = .content
    if end == limit {
      if limit == text.count {
        if !atEnd && limit < at + Self.longest { return nil }
      } else {
        end = Seam.find(text, floor: at, limit: limit)
        lines = count(0x0A, in: text, at..<end)
        state = .longText
      }
    }
    value(text, at..<end, escaped: hasEscape, &fields, &records)
    line += lines
    return end
  }

  /// A CDATA section whose content goes on at `from`.
  mutating func data(
    _ text: Span<UInt8>,
    _ at: Int,
    _ from: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) -> Int? {
    let limit = min(text.count, from + Self.longest)
    if let end = MarkupText.end(text, from, limit, (0x5D, 0x5D, 0x3E)) {
      value(text, from..<end - 3, escaped: false, &fields, &records)
      line += count(0x0A, in: text, at..<end)
      state = .content
      return end
    }
    if limit == text.count && limit < from + Self.longest {
      guard atEnd else { return nil }
      malformed += 1
      value(text, from..<limit, escaped: false, &fields, &records)
      line += count(0x0A, in: text, at..<limit)
      state = .content
      return limit
    }
    // Never between the brackets that end it.
    let cut = Seam.find(text, floor: from, limit: limit - 2)
    value(text, from..<cut, escaped: false, &fields, &records)
    line += count(0x0A, in: text, at..<cut)
    state = .longData
    return cut
  }

  /// Gives a text as a value of the element that it stands in.
  @inline(__always)
  private mutating func value(
    _ text: Span<UInt8>,
    _ whole: Range<Int>,
    escaped: Bool,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    let range = Markup.trim(text, whole)
    if range.isEmpty { return }
    if depth == 0 || frame.kind == .row {
      let above = count(0x0A, in: text, whole.lowerBound..<range.lowerBound)
      loose(range, line + above, fields.count, &records)
      return
    }
    if frame.kind == .cell {
      cellValue(text, range, escaped: escaped, &fields, &records)
      return
    }
    if frame.kind == .key, depth > 1 {
      let parent = outer[depth - 1].node
      let key = names.paths.child(of: parent, after: -1, key: text, range)
      outer[depth - 1].keyed = key
      if !names.paths.isWild(key) { return }
    }
    let node = frame.kind == .key ? outer[depth - 1].keyed : frame.node
    if open.add(range, column: names.paths.column(of: node), escaped: escaped) {
      open.spill(text, range.upperBound, &fields, &records)
    }
  }

  /// All texts of a cell are one value, with the markup between them left out.
  private mutating func cellValue(
    _ text: Span<UInt8>,
    _ range: Range<Int>,
    escaped: Bool,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    guard let row = outer.lastIndex(where: { $0.kind == .row }) else { return }
    outer[row].values += 1
    if outer[row].values > 1 && open.extendLast(to: range.upperBound) { return }
    let column = min(outer[row].cells, Self.mostCells) - 1
    if open.add(range, column: column, escaped: escaped) {
      open.spill(text, range.upperBound, &fields, &records)
    }
  }

  func loose(_ range: Range<Int>, _ line: Int, _ field: Int, _ records: inout [Record]) {
    records.append(
      Record(
        firstField: field,
        fieldCount: 0,
        start: range.lowerBound,
        end: range.upperBound,
        table: 0,
        line: line
      )
    )
  }

  /// A line of a comment, an instruction or a declaration, or a piece of a long one.
  mutating func asideText(
    _ text: Span<UInt8>,
    _ at: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) -> Int? {
    var next = aside
    var stop = next.take(text, at, min(text.count, at + ReaderLimits.linePiece))
    let isDone = next.isOver || text[stop - 1] == 0x0A
    if !isDone {
      if stop == text.count && stop < at + ReaderLimits.linePiece {
        if !atEnd { return nil }
      } else {
        stop = Seam.find(text, floor: at, limit: stop)
        next = aside
        _ = next.take(text, at, stop)
      }
    }
    aside = next
    let range = Markup.trim(text, at..<stop)
    if !range.isEmpty { loose(range, line, fields.count, &records) }
    if text[stop - 1] == 0x0A { line += 1 }
    if aside.isOver { state = .content }
    return stop
  }
}
