internal import BreachBytes
internal import BreachModel

extension HTMLFramer {
  // MARK: records

  mutating func beginRecord(_ at: Int, _ records: Int, _ fields: Int) {
    open.begin(
      OpenRecords.Item(
        start: at,
        line: line,
        table: pathTable(),
        isWhole: false,
        depth: 0,
        records: records,
        fields: fields,
        tables: 0,
        held: OpenRecords.none()
      )
    )
    containers[containers.count - 1].hasRecord = true
  }

  private mutating func pathTable() -> Int {
    if let known = tables.firstIndex(of: true) { return known }
    tables.append(true)
    return tables.count - 1
  }

  private mutating func rowTable() -> Int {
    if tables.count >= Self.mostTables, let last = tables.lastIndex(of: false) { return last }
    tables.append(false)
    return tables.count - 1
  }

  /// Leaves the innermost container.
  mutating func leave(
    _ text: Span<UInt8>,
    _ at: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    if let last = containers.popLast(), last.hasRecord { open.end(text, at, &fields, &records) }
  }

  /// Gives what is pending before `at`.
  mutating func flush(
    _ text: Span<UInt8>,
    _ at: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    endCell(text, at, &records)
    let number = containers.lastIndex { $0.kind == .table || $0.kind == .list }
    guard pending.isRow, let number, !pending.cells.isEmpty else {
      giveUp(text, at, &records)
      return
    }
    let from = pending.cells[0].range.lowerBound
    line += count(0x0A, in: text, pending.start..<from)
    pending.start = from
    pending.counted = -1
    if containers[number].kind == .table && containers[number].layout == .unknown {
      decide(number, pending.start, records.count, fields.count)
    }
    let isPairs = containers[number].kind == .list || containers[number].layout == .pairs
    if isPairs && number == containers.count - 1 {
      givePairs(text, &fields, &records)
    } else if containers[number].layout == .rows {
      giveRow(text, at, containers[number].table, &fields, &records)
    } else {
      for cell in pending.cells { plain(text, cell.range, &records) }
    }
    giveInputs(text, &fields, &records)
    line += count(0x0A, in: text, from..<at)
    pending.start = at
    pending.cells = []
  }

  /// What a table is, by its first row of more than one cell.
  private mutating func decide(_ number: Int, _ start: Int, _ records: Int, _ fields: Int) {
    let cells = pending.cells
    guard cells.count > 1 else { return }
    let alternates =
      cells.count <= 4 && cells.count % 2 == 0
      && cells.indices.allSatisfy { ($0 % 2 == 0) == (cells[$0].kind == .head) }
    if alternates && number == containers.count - 1 {
      containers[number].layout = .pairs
      beginRecord(start, records, fields)
    } else {
      containers[number].layout = .rows
      containers[number].table = rowTable()
    }
  }

  /// Headings and what stands beside them.
  private mutating func givePairs(
    _ text: Span<UInt8>,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    var node = -1
    let star = Self.star
    let rest = paths.child(of: paths.root, after: -1, key: star.span, 0..<1)
    for cell in pending.cells {
      let range = Markup.trim(text, cell.range)
      if range.isEmpty { continue }
      if cell.kind == .head || cell.kind == .term {
        var label: [UInt8] = []
        var marks: [(place: Int, origin: Int)]?
        MarkupText.append(text, range, isHTML: true, to: &label, marks: &marks)
        node =
          label.isEmpty
          ? -1 : paths.child(of: paths.root, after: -1, key: label.span, 0..<label.count)
        // What is called a heading may be data.
        add(text, range, rest, &fields, &records)
      } else {
        add(text, range, node < 0 ? rest : node, &fields, &records)
      }
    }
  }

  private mutating func add(
    _ text: Span<UInt8>,
    _ range: Range<Int>,
    _ node: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    let isLong = open.add(
      range,
      column: paths.column(of: node),
      escaped: hasMarkup(text, range)
    )
    if isLong { open.spill(text, range.upperBound, &fields, &records) }
  }

  func hasMarkup(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for at in range where text[at] == 0x26 || text[at] == 0x3C { return true }
    return false
  }

  private mutating func giveRow(
    _ text: Span<UInt8>,
    _ at: Int,
    _ table: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    open.begin(
      OpenRecords.Item(
        start: pending.cells[0].range.lowerBound,
        line: line,
        table: table,
        depth: 0,
        records: records.count,
        fields: fields.count,
        tables: 0,
        held: OpenRecords.none()
      )
    )
    var column = 0
    for cell in pending.cells {
      let range = Markup.trim(text, cell.range)
      _ = open.add(range, column: column, escaped: hasMarkup(text, range))
      column += 1
      for _ in 1..<max(1, cell.span) {
        _ = open.add(range.upperBound..<range.upperBound, column: column, escaped: false)
        column += 1
      }
    }
    open.end(text, at, &fields, &records)
  }

  /// What is pending is text and nothing else.
  mutating func giveUp(_ text: Span<UInt8>, _ at: Int, _ records: inout [Record]) {
    endCell(text, at, &records)
    if pending.isRow {
      for cell in pending.cells { plain(text, cell.range, &records) }
    } else {
      plain(text, pending.start..<at, &records)
    }
    for input in pending.inputs { plain(text, input.range, &records) }
    line += count(0x0A, in: text, pending.start..<at)
    pending = Pending(start: at, records: records.count)
  }

  mutating func giveInputs(
    _ text: Span<UInt8>,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    for input in pending.inputs {
      if open.isEmpty {
        plain(text, input.range, &records)
      } else if open.add(
        input.range,
        column: paths.column(of: input.node),
        escaped: input.isEscaped
      ) {
        open.spill(text, input.range.upperBound, &fields, &records)
      }
    }
    pending.inputs = []
  }
}
