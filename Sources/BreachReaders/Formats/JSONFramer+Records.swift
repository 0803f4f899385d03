internal import BreachModel

extension JSONFramer {
  // MARK: where values belong

  /// The node of an object or array that begins now.
  var containerNode: Int {
    mutating get {
      guard let frame = frames.last else { return paths.root }
      return frame.isArray ? paths.element(of: frame.node) : pendingNode
    }
  }

  /// The node of a scalar that begins now; elements of an array in an array are columns.
  private var scalarNode: Int {
    mutating get {
      guard let frame = frames.last else { return paths.root }
      guard frame.isArray else { return pendingNode }
      guard frame.isRecord else { return paths.element(of: frame.node) }
      return paths.child(of: frame.node, position: frame.element)
    }
  }

  mutating func openRecord(_ batch: borrowing RecordBatch, _ at: Int) {
    var record = spare.popLast() ?? OpenRecord()
    record.start = at
    record.line = line
    record.bytes = 0
    record.isWhole = true
    record.isKeyed = false
    if let pendingKey, pendingKey.isData {
      record.start = pendingKey.start - 1
      record.line = pendingKey.line
      record.isKeyed = true
    }
    record.frames = frames.count
    record.records = batch.records.count
    record.batchFields = batch.fields.count
    open.append(record)
  }

  /// Gives the key that is data as a value of the record that it names, or that it stands in.
  mutating func giveKey(_ batch: inout RecordBatch) {
    guard let key = pendingKey else { return }
    pendingKey = nil
    guard key.isData else { return }
    let column = paths.column(of: pendingNode)
    add(key.start, key.length, column: column, escaped: key.isEscaped, in: &batch)
  }

  // MARK: fields and records

  /// Makes sure that the value's key is among the columns.
  mutating func name() { _ = paths.column(of: scalarNode) }

  mutating func add(_ start: Int, _ length: Int, escaped: Bool, in batch: inout RecordBatch) {
    add(start, length, column: paths.column(of: scalarNode), escaped: escaped, in: &batch)
  }

  private mutating func add(
    _ start: Int,
    _ length: Int,
    column: Int,
    escaped: Bool,
    in batch: inout RecordBatch
  ) {
    let field = Field(
      start: start,
      length: length,
      rawStart: start,
      rawLength: length,
      column: column
    )
    if open.isEmpty {
      // A scalar outside every object is a record of its own.
      openRecord(batch, start)
      if escaped { open[0].escaped.append(0) }
      open[0].fields.append(field)
      closeRecord(&batch, start + length)
      return
    }
    let last = open.count - 1
    if escaped { open[last].escaped.append(open[last].fields.count) }
    open[last].fields.append(field)
    open[last].bytes += length
    if open[last].bytes > Self.longest {
      oversized += 1
      open[last].isWhole = false
      emit(&batch, start + length)
    }
  }

  mutating func closeRecord(_ batch: inout RecordBatch, _ end: Int) {
    guard !open.isEmpty else { return }
    emit(&batch, end)
    dropRecord()
  }

  mutating func dropRecord() {
    guard var record = open.popLast() else { return }
    record.fields.removeAll(keepingCapacity: true)
    record.escaped.removeAll(keepingCapacity: true)
    if spare.count < 16 { spare.append(record) }
  }

  mutating func closeAll(_ batch: inout RecordBatch, _ end: Int) {
    giveKey(&batch)
    while !open.isEmpty { closeRecord(&batch, end) }
    frames.removeAll(keepingCapacity: true)
  }

  /// Gives what the innermost record has so far.
  private mutating func emit(_ batch: inout RecordBatch, _ end: Int) {
    let last = open.count - 1
    guard !open[last].fields.isEmpty else { return }
    for number in open[last].escaped {
      let field = open[last].fields[number]
      let start = batch.text.count
      JSONEscape.unescape(&batch.text, Int(field.rawStart), Int(field.rawLength))
      open[last].fields[number].start = Int32(start)
      open[last].fields[number].length = Int32(batch.text.count - start)
    }
    var range = open[last].start..<end
    if !open[last].isWhole || end - open[last].start > Self.longest { range = pack(&batch, last) }
    let firstField = batch.fields.count
    batch.fields.append(contentsOf: open[last].fields)
    batch.records.append(
      Record(
        firstField: firstField,
        fieldCount: open[last].fields.count,
        start: range.lowerBound,
        end: range.upperBound,
        table: 0,
        line: open[last].line,
        depth: last
      )
    )
    open[last].fields.removeAll(keepingCapacity: true)
    open[last].escaped.removeAll(keepingCapacity: true)
    open[last].bytes = 0
  }

  /// A long record's text is not at hand: its values one after the other stand for it.
  private func pack(_ batch: inout RecordBatch, _ number: Int) -> Range<Int> {
    let start = batch.text.count
    for field in open[number].fields {
      for at in Int(field.rawStart)..<Int(field.rawStart + field.rawLength) {
        batch.text.append(batch.text[at])
      }
      batch.text.append(0x1F)
    }
    return start..<batch.text.count
  }

  /// Copies the values of records that are still open to the next batch's text.
  mutating func carryOpen(
    from batch: borrowing RecordBatch,
    into text: inout [UInt8],
    _ marks: inout [OriginMark]
  ) {
    for record in open.indices {
      open[record].isWhole = false
      for number in open[record].fields.indices {
        let start = Int(open[record].fields[number].rawStart)
        let length = Int(open[record].fields[number].rawLength)
        open[record].fields[number].start = Int32(text.count)
        open[record].fields[number].rawStart = Int32(text.count)
        batch.carry(start..<start + length, into: &text, &marks)
      }
    }
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
  static func end(_ text: Span<UInt8>, _ from: Int, _ end: Int, _ linewise: Bool) -> End {
    var result = End(position: from)
    var at = from
    while at < end {
      let byte = text[at]
      if byte == 0x22 {
        result.isClosed = true
        break
      }
      if byte == 0x5C {
        result.hasEscape = true
        // A line end ends the line even behind a backslash.
        at += at + 1 < end && !(linewise && text[at + 1] == 0x0A) ? 2 : 1
        continue
      }
      if byte == 0x0A {
        if linewise { break }
        result.lines += 1
      }
      at += 1
    }
    result.position = min(at, end)
    return result
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

  private static let words = ["true", "false", "null", "NaN", "Infinity", "None", "True", "False"]
    .map { Array($0.utf8) }

  static func isWord(_ word: Span<UInt8>) -> Bool {
    guard word.count <= 8 else { return false }
    return words.contains { known in
      guard known.count == word.count else { return false }
      for index in known.indices where known[index] != word[index] { return false }
      return true
    }
  }
}
