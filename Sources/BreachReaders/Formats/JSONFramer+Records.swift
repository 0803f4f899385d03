internal import BreachModel

/// Values of the records that are open, the innermost one's last.
struct HeldFields {
  private(set) var fields: [Field] = []
  /// Which of them hold escapes.
  private(set) var escaped: [Int] = []
  /// Bytes of the innermost record's values.
  private(set) var bytes = 0

  /// What was held when a record began.
  struct Mark {
    var fields: Int
    var escaped: Int
    var bytes: Int
  }

  /// Begins a record inside the innermost one.
  mutating func begin() -> Mark {
    defer { bytes = 0 }
    return Mark(fields: fields.count, escaped: escaped.count, bytes: bytes)
  }

  @inline(__always)
  mutating func append(_ field: Field, escaped isEscaped: Bool) {
    if isEscaped { escaped.append(fields.count) }
    fields.append(field)
    bytes += Int(field.length)
  }

  /// Forgets the values of the innermost record, which goes on.
  mutating func clear(to mark: Mark) {
    fields.removeLast(fields.count - mark.fields)
    escaped.removeLast(escaped.count - mark.escaped)
    bytes = 0
  }

  /// Goes back to what was held when a record began.
  mutating func drop(to mark: Mark) {
    clear(to: mark)
    bytes = mark.bytes
  }

  /// Copies the values as written to the next text.
  mutating func carry(
    from batch: borrowing RecordBatch,
    into text: inout [UInt8],
    _ marks: inout [OriginMark]
  ) {
    for number in fields.indices {
      let start = Int(fields[number].rawStart)
      let length = Int(fields[number].rawLength)
      fields[number].start = Int32(text.count)
      fields[number].rawStart = Int32(text.count)
      batch.carry(start..<start + length, into: &text, &marks)
    }
  }
}

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
    let key = pendingKey.flatMap { $0.isData ? $0 : nil }
    open.append(
      OpenRecord(
        start: key.map { $0.start - 1 } ?? at,
        line: key?.line ?? line,
        isKeyed: key != nil,
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
    guard let key = pendingKey else { return }
    pendingKey = nil
    if key.isData { give(key, text, &fields, &records) }
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
    if isLoose {
      closeRecord(text, range.upperBound, &fields, &records)
    } else if held.bytes > Self.longest {
      oversized += 1
      open[open.count - 1].isWhole = false
      emit(text, range.upperBound, &fields, &records)
    }
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
    fields.append(contentsOf: held.fields[record.held.fields...])
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
  mutating func unescape(_ text: [UInt8], _ fields: inout [Field]) {
    for number in escaped { fields[number].unescape(text, &behind, JSONEscape.unescape) }
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

/// Strings and scalars of JSON.
enum JSONString {
  struct End {
    var position: Int
    var isClosed = false
    var hasEscape = false
    var lines = 0
  }

  /// Looks for the closing quote; stops at `end`, or at a line end when a line is a document.
  @inline(__always)
  static func end(
    _ text: Span<UInt8>,
    _ from: Int,
    _ end: Int,
    _ linewise: Bool,
    _ marks: inout MarkCursor
  ) -> End {
    var result = End(position: end)
    // Mostly the cursor stands at the opening quote.
    if marks.peek(text) == from - 1 { marks.advance() } else { marks.seek(to: from) }
    while true {
      let at = marks.peek(text)
      guard at < end else { return result }
      marks.advance()
      let byte = text[at]
      if byte == 0x22 {
        result.isClosed = true
        result.position = at
        return result
      }
      if byte == 0x5C {
        result.hasEscape = true
        // A line end ends the line even behind a backslash.
        let isEscaped = at + 1 < end && !(linewise && text[at + 1] == 0x0A)
        if isEscaped && marks.peek(text) == at + 1 { marks.advance() }
      } else {
        if linewise {
          result.position = at
          return result
        }
        result.lines += 1
      }
    }
  }

  /// Where to cut a string: a seam that is not inside an escape sequence.
  static func seam(_ text: Span<UInt8>, floor: Int, limit: Int) -> Int {
    var cut = Seam.find(text, floor: floor, limit: limit)
    var back = 1
    while back <= 5 && cut - back > floor {
      if text[cut - back] == 0x5C && text[cut - back + 1] == 0x75 && cut - back + 1 < cut {
        cut -= back
        break
      }
      back += 1
    }
    var slashes = 0
    while cut - slashes > floor && text[cut - slashes - 1] == 0x5C { slashes += 1 }
    return slashes % 2 == 1 && cut - 1 > floor ? cut - 1 : cut
  }

  static func isScalar(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E: true
    default: false
    }
  }

  /// The words that stand for a value, in JSON and as programs write them.
  static func isWord(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count <= 8 else { return false }
    var letters: UInt64 = 0
    for at in range { letters = letters << 8 | UInt64(text[at]) }
    switch letters {
    // true, false, null; True, False, None; NaN, Infinity.
    case 0x7472_7565, 0x66_616C_7365, 0x6E75_6C6C: return true
    case 0x5472_7565, 0x46_616C_7365, 0x4E6F_6E65: return true
    case 0x4E_614E, 0x496E_6669_6E69_7479: return true
    default: return false
    }
  }
}
