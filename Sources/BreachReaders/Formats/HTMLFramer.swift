internal import BreachBytes
internal import BreachModel

/// Finds the tables, lists and lines of HTML.
///
/// The rows of a table are records; a table whose rows begin with a heading cell, a definition list
/// and a form are one record each. Everything else is free text, a stretch between two elements that
/// break lines at a time: without its tags, and with its references resolved. Scripts, styles and
/// comments are text line by line, and values of attributes are texts by themselves.
///
/// A stretch or row of up to 1 MiB is always framed from one piece of text: when the text ends
/// inside it, framing goes back to where it began.
struct HTMLFramer: ~Copyable, StreamFramer {
  var line = 1
  var lastByte: UInt8 = 0x0A
  var paths = JSONPaths([])
  var open = OpenRecords()
  /// The tables in the order in which they came; the one of lists and forms has columns.
  var tables: [Bool] = []
  var containers: [Container] = []
  /// What is not yet given; empty where framing may begin anew.
  var pending = Pending()
  var mode = Mode.content
  var aside = MarkupAside(.comment)
  /// Stretches of `open.behind`, and where they came from.
  var marks: [(place: Int, origin: Int)]? = []
  var atEnd = false

  static let longest = ReaderLimits.longestRecord
  static let mostTables = 1_024
  static let mostContainers = 64
  static let mostCells = 4_096
  static let star: [UInt8] = [0x2A]

  /// A table, list or form that the text stands in.
  struct Container {
    var kind: HTMLNames.Kind
    var layout = Layout.unknown
    /// The number of its rows' table.
    var table = -1
    var hasRecord = false
  }

  enum Layout { case unknown, rows, pairs }

  struct Cell {
    var kind: HTMLNames.Kind
    var range: Range<Int>
    var span = 1
  }

  struct Pending {
    /// Where the stretch or row began.
    var start = 0
    var isRow = false
    /// The cell, term or value that the text stands in.
    var cell: Cell?
    var cells: [Cell] = []
    /// Where the text outside cells begins, while no cell is open.
    var outside = 0
    var inputs: [(node: Int, range: Range<Int>, isEscaped: Bool)] = []
    /// Records given since.
    var records = 0
    /// Up to where line ends are counted, and how many there were.
    var counted = 0
    var lines = 0
  }

  enum Mode { case content, aside, script, style }

  var catalogue: [CatalogueEntry] {
    tables.enumerated().map { number, hasPaths in
      CatalogueEntry(
        name: number == 0 || hasPaths ? "" : String(number + 1),
        columns: hasPaths ? paths.columns : []
      )
    }
  }

  var remarks: [String] {
    open.oversized > 0 ? ["\(open.oversized) records were too long and given in pieces"] : []
  }

  // MARK: texts

  mutating func frame(
    _ text: [UInt8],
    from: Int,
    _ fields: inout [Field],
    _ records: inout [Record],
    atEnd: Bool
  ) -> Int {
    self.atEnd = atEnd
    open.beginText()
    marks = []
    if text.count > from { lastByte = text[text.count - 1] }
    let span = text.span
    begin(from, records)
    var at = from
    while at < span.count {
      let next: Int?
      switch mode {
      case .content: next = content(span, at, &fields, &records)
      case .aside: next = asideText(span, at, &records)
      case .script: next = scriptText(span, at, "</script", &records)
      case .style: next = scriptText(span, at, "</style", &records)
      }
      guard let next else { break }
      at = next
    }
    if atEnd && at == span.count {
      giveUp(span, at, &records)
      begin(at, records)
      return at
    }
    if at - pending.start > Self.longest {
      giveUp(span, at, &records)
      begin(at, records)
      return at
    }
    records.removeSubrange(pending.records...)
    let start = pending.start
    begin(start, records)
    return start
  }

  /// From here on nothing is pending.
  mutating func begin(_ at: Int, _ records: borrowing [Record]) {
    pending = Pending(start: at, records: records.count)
  }

  mutating func finish(_ text: [UInt8], _ fields: inout [Field], _ records: inout [Record]) {
    while !containers.isEmpty { leave(text.span, text.count, &fields, &records) }
    if lastByte != 0x0A { line += 1 }
    lastByte = 0x0A
  }

  mutating func complete(_ batch: inout RecordBatch) {
    let base = batch.text.count
    var origins: [OriginMark] = []
    for mark in marks ?? [] {
      guard var origin = batch.origin(at: mark.origin) else { continue }
      origin.text = base + mark.place
      origins.append(origin)
    }
    open.unescape(&batch) { text, range, out in
      var marks: [(place: Int, origin: Int)]?
      MarkupText.append(text, range, isHTML: true, to: &out, marks: &marks)
    }
    batch.text.append(contentsOf: open.behind)
    batch.origins += origins
  }

  mutating func carryOpen(
    from batch: borrowing RecordBatch,
    into text: inout [UInt8],
    _ marks: inout [OriginMark]
  ) {
    open.carry(from: batch, into: &text, &marks)
  }

  // MARK: content

  /// Takes text up to a tag, and the tag; nil when it does not end in the text.
  private mutating func content(
    _ text: Span<UInt8>,
    _ start: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) -> Int? {
    var at = start
    while at < text.count, text[at] != 0x3C { at += 1 }
    guard at < text.count else { return at }
    let tag = Markup.tag(text, at, atEnd: atEnd)
    switch tag.kind {
    case .cut: return nil
    case .text: return at + 1
    case .cdata: return tag.end
    case .comment, .instruction, .declaration:
      if pending.isRow || pending.cell != nil {
        // The cell goes on behind it.
        return skip(text, at, tag, &records)
      }
      flush(text, at, &fields, &records)
      begin(at, records)
      aside = MarkupAside(tag.kind == .comment ? .comment : .declaration)
      mode = .aside
      return at
    case .open, .close:
      guard HTMLNames.isName(text, tag.name) else { return tag.end }
      if tag.kind == .open && isCut(text, tag) { return nil }
      return element(text, at, tag, HTMLNames.kind(text, tag.name), &fields, &records)
    }
  }

  /// What follows a link has to be seen, to know whether it says the same.
  private func isCut(_ text: Span<UInt8>, _ tag: Markup.Tag) -> Bool {
    if atEnd || tag.attributes.isEmpty { return false }
    var at = tag.attributes.lowerBound
    while let attribute = MarkupAttribute.next(text, &at, tag.attributes.upperBound) {
      if attribute.isRepeated(text, from: tag.end, atEnd: atEnd) == nil { return true }
    }
    return false
  }

  /// A comment in a cell is a text of its own.
  private mutating func skip(
    _ text: Span<UInt8>,
    _ at: Int,
    _ tag: Markup.Tag,
    _ records: inout [Record]
  ) -> Int? {
    let end: Int?
    if tag.kind == .comment {
      end = MarkupText.end(text, tag.end, text.count, (0x2D, 0x2D, 0x3E))
    } else {
      var stop = tag.end
      while stop < text.count, text[stop] != 0x3E { stop += 1 }
      end = stop < text.count ? stop + 1 : nil
    }
    guard let end else {
      if atEnd || text.count - at > Self.longest { return at + 1 }
      return nil
    }
    raw(at..<end, line + lines(before: at, text), &records)
    return end
  }

  private mutating func element(
    _ text: Span<UInt8>,
    _ at: Int,
    _ tag: Markup.Tag,
    _ kind: HTMLNames.Kind,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) -> Int {
    let opens = tag.kind == .open
    let isInRow = pending.isRow || pending.cell != nil
    switch kind {
    case .inline:
      giveAttributes(text, tag, kind, &records)
      return tag.end
    case .block where isInRow, .input where isInRow, .form where isInRow:
      giveAttributes(text, tag, kind, &records)
      return tag.end
    case .cell, .head, .term, .value:
      if startCell(text, at, tag, kind, &fields, &records) {
        giveAttributes(text, tag, kind, &records)
        return tag.end
      }
      flush(text, at, &fields, &records)
    case .row, .section:
      flush(text, at, &fields, &records)
      begin(at, records)
      pending.isRow = opens && kind == .row && containers.contains { $0.kind == .table }
      pending.outside = tag.end
      giveAttributes(text, tag, kind, &records)
      return tag.end
    case .block, .input: flush(text, at, &fields, &records)
    case .table, .list, .form:
      if opens { giveUp(text, at, &records) } else { flush(text, at, &fields, &records) }
      if opens {
        if containers.count < Self.mostContainers {
          containers.append(Container(kind: kind))
          if kind != .table { beginRecord(at, records.count, fields.count) }
        }
      } else if containers.contains(where: { $0.kind == kind }) {
        while let last = containers.last {
          leave(text, at, &fields, &records)
          if last.kind == kind { break }
        }
      }
    case .script, .style:
      if isInRow { giveUp(text, at, &records) } else { flush(text, at, &fields, &records) }
      if opens && !tag.isEmpty { mode = kind == .script ? .script : .style }
    }
    giveAttributes(text, tag, kind, &records)
    giveInputs(text, &fields, &records)
    line += tag.lines
    begin(tag.end, records)
    return tag.end
  }

  /// A cell, term or value begins or ends; false when it stands in no table or list.
  private mutating func startCell(
    _ text: Span<UInt8>,
    _ at: Int,
    _ tag: Markup.Tag,
    _ kind: HTMLNames.Kind,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) -> Bool {
    let isList = kind == .term || kind == .value
    let inside = containers.last { $0.kind == .table || $0.kind == .list }
    guard inside?.kind == (isList ? .list : .table) else { return pending.isRow }
    endCell(text, at, &records)
    pending.outside = tag.end
    guard tag.kind == .open else { return pending.isRow }
    if !pending.isRow || (kind == .term && !pending.cells.isEmpty) {
      flush(text, at, &fields, &records)
      begin(at, records)
      pending.isRow = true
    }
    pending.cell = Cell(kind: kind, range: tag.end..<tag.end, span: span(text, tag))
    return true
  }

  private func span(_ text: Span<UInt8>, _ tag: Markup.Tag) -> Int {
    var at = tag.attributes.lowerBound
    while let attribute = MarkupAttribute.next(text, &at, tag.attributes.upperBound) {
      guard Markup.equals(text, attribute.name, "colspan"), attribute.value.count == 1 else {
        continue
      }
      return max(1, Int(text[attribute.value.lowerBound]) - 0x30)
    }
    return 1
  }

  /// Ends the cell at hand, or the text outside cells.
  mutating func endCell(_ text: Span<UInt8>, _ at: Int, _ records: inout [Record]) {
    guard var cell = pending.cell else {
      if pending.isRow && pending.outside < at { plain(text, pending.outside..<at, &records) }
      pending.outside = at
      return
    }
    cell.range = cell.range.lowerBound..<at
    pending.cell = nil
    if pending.cells.count < Self.mostCells {
      pending.cells.append(cell)
    } else {
      plain(text, cell.range, &records)
    }
  }
}
