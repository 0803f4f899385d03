internal import BreachBytes
internal import BreachModel

extension JSONFramer {
  // MARK: where values belong

  /// Objects and arrays that the text stands in.
  var depth: Int { outer.count }

  mutating func enterFrame(_ inner: Frame) {
    outer.append(frame)
    frame = inner
  }

  mutating func leaveFrame() { frame = outer.removeLast() }

  /// The node of an object or array that begins now.
  var containerNode: Int {
    mutating get {
      guard depth > 0 else { return paths.root }
      return frame.isArray ? paths.element(of: frame.node) : pendingNode
    }
  }

  /// The node of a scalar that begins now; elements of an array in an array are columns.
  private var scalarNode: Int {
    mutating get {
      guard depth > 0 else { return paths.root }
      guard frame.isArray else { return pendingNode }
      guard frame.isRecord else { return paths.element(of: frame.node) }
      return paths.child(of: frame.node, position: frame.element)
    }
  }

  @inline(never)
  mutating func openRecord(_ at: Int, _ fieldCount: Int, _ recordCount: Int) {
    let isKeyed = hasKey && pendingKey.isData
    open.append(
      OpenRecord(
        start: isKeyed ? pendingKey.start - 1 : at,
        line: isKeyed ? pendingKey.line : line,
        isKeyed: isKeyed,
        depth: depth,
        records: recordCount,
        fields: fieldCount,
        held: held.begin()
      )
    )
  }

  /// Gives the key that is data as a value of the record that it names, or that it stands in.
  @inline(__always)
  mutating func giveKey(
    _ text: Span<UInt8>,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    guard hasKey else { return }
    hasKey = false
    if pendingKey.isData { give(pendingKey, text, &fields, &records) }
  }

  @inline(never)
  private mutating func give(
    _ key: PendingKey,
    _ text: Span<UInt8>,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    let column = paths.column(of: pendingNode)
    let range = key.start..<key.start + key.length
    add(text, range, column: column, escaped: key.isEscaped, &fields, &records)
  }

  // MARK: fields and records

  /// Makes sure that the value's key is among the columns.
  mutating func name() { _ = paths.column(of: scalarNode) }

  @inline(__always)
  mutating func add(
    _ text: Span<UInt8>,
    _ range: Range<Int>,
    escaped: Bool,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    let column = paths.column(of: scalarNode)
    add(text, range, column: column, escaped: escaped, &fields, &records)
  }

  @inline(__always)
  private mutating func add(
    _ text: Span<UInt8>,
    _ range: Range<Int>,
    column: Int,
    escaped: Bool,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    // A scalar outside every object is a record of its own.
    let isLoose = open.isEmpty
    if isLoose { openRecord(range.lowerBound, fields.count, records.count) }
    hold(text, range, column: column, escaped: escaped, &fields, &records)
    if isLoose { closeRecord(text, range.upperBound, &fields, &records) }
  }

  /// Adds a value of `node` to the record that is open.
  @inline(__always)
  mutating func hold(
    _ text: Span<UInt8>,
    _ range: Range<Int>,
    _ node: Int,
    escaped: Bool,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    let column = paths.column(of: node)
    hold(text, range, column: column, escaped: escaped, &fields, &records)
  }

  @inline(__always)
  private mutating func hold(
    _ text: Span<UInt8>,
    _ range: Range<Int>,
    column: Int,
    escaped: Bool,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    held.append(
      Field(
        start: range.lowerBound,
        length: range.count,
        rawStart: range.lowerBound,
        rawLength: range.count,
        column: column
      ),
      escaped: escaped
    )
    if held.bytes > Self.longest { split(text, range.upperBound, &fields, &records) }
  }

  /// Gives what a record has that is longer than a record may be.
  @inline(never)
  private mutating func split(
    _ text: Span<UInt8>,
    _ end: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    oversized += 1
    open[open.count - 1].isWhole = false
    emit(text, end, &fields, &records)
  }

  @inline(never)
  mutating func closeRecord(
    _ text: Span<UInt8>,
    _ end: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    guard !open.isEmpty else { return }
    emit(text, end, &fields, &records)
    if let record = open.popLast() { held.drop(to: record.held) }
  }

  @inline(never)
  mutating func closeAll(
    _ text: Span<UInt8>,
    _ end: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    giveKey(text, &fields, &records)
    while !open.isEmpty { closeRecord(text, end, &fields, &records) }
    while depth > 0 { leaveFrame() }
  }

  /// Gives what the innermost record has so far.
  @inline(never)
  private mutating func emit(
    _ text: Span<UInt8>,
    _ end: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    let number = open.count - 1
    let record = open[number]
    let count = held.fields.count - record.held.fields
    guard count > 0 else { return }
    var range = record.start..<end
    if !record.isWhole || end - record.start > Self.longest { range = pack(text, record) }
    let firstField = fields.count
    for entry in record.held.escaped..<held.escaped.count {
      escaped.append(firstField + held.escaped[entry] - record.held.fields)
    }
    fields.append(addingCapacity: count) { out in
      for entry in record.held.fields..<held.fields.count { out.append(held.fields[entry]) }
    }
    records.append(
      Record(
        firstField: firstField,
        fieldCount: count,
        start: range.lowerBound,
        end: range.upperBound,
        table: 0,
        line: record.line,
        depth: number
      )
    )
    held.clear(to: record.held)
  }

  /// A long record's text is not at hand: its values one after the other stand for it.
  private mutating func pack(_ text: Span<UInt8>, _ record: OpenRecord) -> Range<Int> {
    let start = text.count + behind.count
    for number in record.held.fields..<held.fields.count {
      let field = held.fields[number]
      for at in Int(field.rawStart)..<Int(field.rawStart + field.rawLength) {
        behind.append(text[at])
      }
      behind.append(0x1F)
    }
    return start..<text.count + behind.count
  }

  /// Puts what the fields that hold escapes stand for behind the text.
  mutating func complete(_ batch: inout RecordBatch) {
    for number in escaped {
      batch.fields[number].unescape(batch.text, &behind) { JSONEscape.unescape($0, $1, into: &$2) }
    }
    batch.text.append(contentsOf: behind)
  }

  /// Copies the values of records that are still open to the next batch's text.
  mutating func carryOpen(
    from batch: borrowing RecordBatch,
    into text: inout [UInt8],
    _ marks: inout [OriginMark]
  ) {
    for record in open.indices { open[record].isWhole = false }
    held.carry(from: batch, into: &text, &marks)
  }
}
