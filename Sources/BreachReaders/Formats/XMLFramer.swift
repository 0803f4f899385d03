internal import BreachBytes
internal import BreachModel

/// Finds the records and fields of XML text.
///
/// The root is a record, and so is every element whose path the dialect names; other elements lend
/// their values to the record around them. A record of up to 1 MiB is always framed from one piece
/// of text: when the text ends inside it, framing goes back to its start. Of a longer one only the
/// values are kept. What cannot be framed is given as a value of the element around it, or as free
/// text.
struct XMLFramer: ~Copyable, StreamFramer {
  var names: XMLNames
  var line = 1
  private var lastByte: UInt8 = 0x0A
  /// The element that the text stands in, and those around it.
  var frame = XMLNames.Frame.document
  var outer: [XMLNames.Frame] = []
  /// Elements inside the deepest one that are passed over.
  private var beyond = 0
  var open = OpenRecords()
  var state = State.content
  /// The comment or instruction that the text stands in.
  var aside = MarkupAside(.comment)
  var malformed = 0
  var atEnd = false
  /// `<`, `&` and line ends.
  var marks = MarkCursor(ByteMarks(0x3C, 0x26, 0x0A))
  /// The tables in the order in which they came; the one of paths has columns.
  private var tables: [Bool] = []

  static let longest = ReaderLimits.longestRecord
  static let deepest = 512
  static let mostTables = 1_024
  static let mostCells = 16_000

  enum State: UInt8 {
    case content
    case aside
    /// Inside a text, or a CDATA section, that is longer than a record may be.
    case longText, longData
  }

  init(_ dialect: XMLDialect, columns: [String]) {
    names = XMLNames(dialect, columns: columns)
  }

  var catalogue: [CatalogueEntry] {
    tables.enumerated().map { number, hasPaths in
      CatalogueEntry(
        name: number == 0 || hasPaths ? "" : String(number + 1),
        columns: hasPaths ? names.paths.columns : []
      )
    }
  }

  var remarks: [String] {
    var remarks: [String] = []
    if malformed > 0 { remarks.append("\(malformed) tags match no other; read as they stand") }
    if open.oversized > 0 {
      remarks.append("\(open.oversized) records were too long and given in pieces")
    }
    return remarks
  }

  var depth: Int { outer.count }

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
    marks.begin(end: text.count)
    if text.count > from { lastByte = text[text.count - 1] }
    let at = scan(text.span, from, &fields, &records)
    if atEnd && at == text.count { return at }
    guard let item = open.goBack(text.count, &fields, &records) else { return at }
    while depth > item.depth { frame = outer.removeLast() }
    beyond = 0
    tables.removeSubrange(item.tables...)
    if item.table >= tables.count { frame.table = -1 }
    line = item.line
    state = .content
    return item.start
  }

  private mutating func scan(
    _ text: Span<UInt8>,
    _ from: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) -> Int {
    var at = from
    while at < text.count {
      let next: Int?
      switch state {
      case .content where text[at] == 0x3C: next = markup(text, at, &fields, &records)
      case .content, .longText: next = run(text, at, at, &fields, &records)
      case .aside: next = asideText(text, at, &fields, &records)
      case .longData: next = data(text, at, at, &fields, &records)
      }
      guard let next else { return at }
      at = next
    }
    return at
  }

  mutating func finish(_ text: [UInt8], _ fields: inout [Field], _ records: inout [Record]) {
    malformed += depth
    while depth > 0 { leave(text.span, text.count, &fields, &records) }
    if lastByte != 0x0A { line += 1 }
    lastByte = 0x0A
  }

  mutating func complete(_ batch: inout RecordBatch) {
    open.unescape(&batch) { text, range, out in
      var marks: [(place: Int, origin: Int)]?
      MarkupText.append(text, range, isHTML: false, to: &out, marks: &marks)
    }
    batch.text.append(contentsOf: open.behind)
  }

  mutating func carryOpen(
    from batch: borrowing RecordBatch,
    into text: inout [UInt8],
    _ marks: inout [OriginMark]
  ) {
    open.carry(from: batch, into: &text, &marks)
  }

  // MARK: markup

  private mutating func markup(
    _ text: Span<UInt8>,
    _ at: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) -> Int? {
    let tag = Markup.tag(text, at, atEnd: atEnd)
    switch tag.kind {
    case .open:
      if isCut(text, tag) { return nil }
      enter(text, at, tag, &fields, &records)
      line += tag.lines
      return tag.end
    case .close:
      line += tag.lines
      close(text, tag, &fields, &records)
      return tag.end
    case .cdata: return data(text, at, tag.end, &fields, &records)
    case .comment, .instruction, .declaration:
      aside = MarkupAside(tag.kind)
      state = .aside
      return at
    case .text:
      malformed += 1
      return run(text, at, at + 1, &fields, &records)
    case .cut: return nil
    }
  }

  /// What follows a cell's tag has to be seen, to know whether a link says the same.
  private func isCut(_ text: Span<UInt8>, _ tag: Markup.Tag) -> Bool {
    guard frame.kind == .row || frame.kind == .cell, !atEnd else { return false }
    var at = tag.attributes.lowerBound
    while let attribute = MarkupAttribute.next(text, &at, tag.attributes.upperBound) {
      if attribute.isRepeated(text, from: tag.end, atEnd: atEnd) == nil { return true }
    }
    return false
  }

  @inline(__always)
  private mutating func enter(
    _ text: Span<UInt8>,
    _ at: Int,
    _ tag: Markup.Tag,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    guard depth < Self.deepest else {
      if !tag.isEmpty { beyond += 1 }
      give(text, tag, in: frame, &fields, &records)
      return
    }
    var inner = names.enter(text, tag, in: &frame)
    if frame.kind == .row { beginCell(text, at, tag, &fields, &records) }
    inner.isRecord = inner.isRecord || depth == 0
    if inner.isRecord {
      let count = tables.count
      let table = inner.kind == .row ? rowTable() : pathTable()
      open.begin(
        OpenRecords.Item(
          start: at,
          line: line,
          table: table,
          depth: depth,
          records: records.count,
          fields: fields.count,
          tables: count,
          held: OpenRecords.none()
        )
      )
    }
    if !tag.attributes.isEmpty { give(text, tag, in: inner, &fields, &records) }
    outer.append(frame)
    frame = inner
    if tag.isEmpty { leave(text, tag.end, &fields, &records) }
  }

  private mutating func pathTable() -> Int {
    if let known = tables.firstIndex(of: true) { return known }
    tables.append(true)
    return tables.count - 1
  }

  /// Rows in one element are one table, up to a number of tables.
  private mutating func rowTable() -> Int {
    if frame.table >= 0 { return frame.table }
    if tables.count >= Self.mostTables, let last = tables.lastIndex(of: false) {
      frame.table = last
    } else {
      tables.append(false)
      frame.table = tables.count - 1
    }
    return frame.table
  }

  /// Fields of a row stand for columns in their order: cells left out are empty ones.
  private mutating func beginCell(
    _ text: Span<UInt8>,
    _ at: Int,
    _ tag: Markup.Tag,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    endCell(at)
    frame.values = 0
    var place = frame.cells
    var next = tag.attributes.lowerBound
    while let attribute = MarkupAttribute.next(text, &next, tag.attributes.upperBound) {
      guard Markup.equals(text, attribute.localName(text), "index") else { continue }
      var index = 0
      for at in attribute.value where index < Self.mostCells {
        guard (0x30...0x39).contains(text[at]) else { break }
        index = index * 10 + Int(text[at] - 0x30)
      }
      if index <= Self.mostCells { place = max(place, index - 1) }
    }
    while frame.cells < place {
      _ = open.add(at..<at, column: frame.cells, escaped: false)
      frame.cells += 1
    }
    frame.cells += 1
  }

  /// A cell that held nothing is an empty one.
  private mutating func endCell(_ at: Int) {
    if frame.cells > 0 && frame.values == 0 {
      _ = open.add(at..<at, column: min(frame.cells, Self.mostCells) - 1, escaped: false)
    }
  }

  /// Gives the attributes of a tag as values of its element.
  private mutating func give(
    _ text: Span<UInt8>,
    _ tag: Markup.Tag,
    in frame: XMLNames.Frame,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    var at = tag.attributes.lowerBound
    var before = -1
    while let attribute = MarkupAttribute.next(text, &at, tag.attributes.upperBound) {
      let range = Markup.trim(text, attribute.value)
      if range.isEmpty { continue }
      if frame.kind == .cell || frame.kind == .row {
        let isRepeated = attribute.isRepeated(text, from: tag.end, atEnd: true) ?? false
        if !isRepeated && !attribute.isWord(text) { loose(range, line, fields.count, &records) }
        continue
      }
      var node = frame.node
      if !attribute.name.isEmpty {
        if frame.kind == .named {
          if names.isLabel(text, attribute) {
            // A label that is data is a value, too.
            if names.paths.isWild(node) { add(text, range, node, attribute, &fields, &records) }
            continue
          }
        }
        // `<family value="…"/>` says the same as a text in the element.
        if !Markup.equals(text, attribute.localName(text), "value") {
          node = names.paths.child(
            of: frame.node,
            after: before,
            key: text,
            attribute.localName(text)
          )
          before = node
        }
      }
      add(text, range, node, attribute, &fields, &records)
    }
  }

  private mutating func add(
    _ text: Span<UInt8>,
    _ range: Range<Int>,
    _ node: Int,
    _ attribute: MarkupAttribute,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    let column = names.paths.column(of: node)
    if open.add(range, column: column, escaped: attribute.hasEscape) {
      open.spill(text, range.upperBound, &fields, &records)
    }
  }

  @inline(__always)
  private mutating func close(
    _ text: Span<UInt8>,
    _ tag: Markup.Tag,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    let digest = Markup.digest(text, tag.name)
    if beyond > 0 {
      beyond -= 1
      return
    }
    if depth > 0 && frame.digest == digest {
      leave(text, tag.end, &fields, &records)
      return
    }
    malformed += 1
    guard outer.dropFirst().contains(where: { $0.digest == digest }) else { return }
    while frame.digest != digest { leave(text, tag.end, &fields, &records) }
    leave(text, tag.end, &fields, &records)
  }

  @inline(__always)
  private mutating func leave(
    _ text: Span<UInt8>,
    _ end: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    if frame.isRecord {
      if frame.kind == .row { endCell(end) }
      open.end(text, end, &fields, &records)
    }
    frame = outer.removeLast()
  }
}
