internal import BreachBytes
internal import BreachModel

/// The records of a tree that are begun and not ended, and what they hold so far.
struct OpenRecords: ~Copyable {
  /// One of them.
  struct Item {
    var start: Int
    var line: Int
    var table: Int
    /// All of the record's text so far is in the batch.
    var isWhole = true
    /// What to go back to.
    var depth: Int
    var records: Int
    var fields: Int
    var tables: Int
    /// What was held before.
    var held: HeldFields.Mark
  }

  private(set) var items: [Item] = []
  private var held = HeldFields()
  private(set) var oversized = 0
  /// Fields given in this text whose value has to be unescaped.
  private(set) var escaped: [Int] = []
  /// What comes behind the text.
  var behind: [UInt8] = []

  static let longest = ReaderLimits.longestRecord
  /// Values of a record that is longer than one batch are carried from batch to batch.
  private static let mostFields = 64 << 10

  var isEmpty: Bool { items.isEmpty }
  var count: Int { items.count }
  /// Fields of the innermost one that wait to be given.
  var waiting: Int { held.fields.count - (items.last?.held.fields ?? 0) }

  mutating func beginText() {
    escaped.removeAll(keepingCapacity: true)
    behind.removeAll(keepingCapacity: true)
  }

  mutating func begin(_ item: Item) {
    var item = item
    item.held = held.begin()
    items.append(item)
  }

  static func none() -> HeldFields.Mark { HeldFields.Mark(fields: 0, escaped: 0, bytes: 0) }

  /// Puts a value into the innermost record; true when it has become too long and must be given.
  @inline(__always)
  mutating func add(_ range: Range<Int>, column: Int, escaped: Bool) -> Bool {
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
    return held.bytes > Self.longest
      || (held.fields.count > Self.mostFields && waiting > Self.mostFields)
  }

  /// Makes the last value of the innermost record end further behind; false when it is not at hand.
  mutating func extendLast(to end: Int) -> Bool {
    guard let item = items.last, item.isWhole, waiting > 0 else { return false }
    held.extendLast(to: end)
    return true
  }

  /// Gives what a record that was too long has so far.
  @inline(never)
  mutating func spill(
    _ text: Span<UInt8>,
    _ end: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    oversized += 1
    items[items.count - 1].isWhole = false
    emit(text, end, &fields, &records)
  }

  @inline(__always)
  mutating func end(
    _ text: Span<UInt8>,
    _ end: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    emit(text, end, &fields, &records)
    if let item = items.popLast() { held.drop(to: item.held) }
  }

  private mutating func emit(
    _ text: Span<UInt8>,
    _ end: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    guard let item = items.last else { return }
    let count = held.fields.count - item.held.fields
    guard count > 0 else { return }
    let isWhole = item.isWhole && end - item.start <= Self.longest
    let range = isWhole ? item.start..<end : pack(text, item)
    let firstField = fields.count
    for entry in item.held.escaped..<held.escaped.count {
      escaped.append(firstField + held.escaped[entry] - item.held.fields)
    }
    fields.append(addingCapacity: count) { out in
      for entry in item.held.fields..<held.fields.count { out.append(held.fields[entry]) }
    }
    records.append(
      Record(
        firstField: firstField,
        fieldCount: count,
        start: range.lowerBound,
        end: range.upperBound,
        table: item.table,
        line: item.line,
        depth: items.count - 1
      )
    )
    held.clear(to: item.held)
  }

  /// A long record's text is not at hand: its values one after the other stand for it.
  private mutating func pack(_ text: Span<UInt8>, _ item: Item) -> Range<Int> {
    let start = text.count + behind.count
    for number in item.held.fields..<held.fields.count {
      let field = held.fields[number]
      for at in Int(field.rawStart)..<Int(field.rawStart + field.rawLength) {
        behind.append(text[at])
      }
      behind.append(0x1F)
    }
    return start..<text.count + behind.count
  }

  /// The text ends at `end` inside records: back to before the outermost that may be framed again,
  /// with all that was given since; nil when there is none.
  mutating func goBack(
    _ end: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) -> Item? {
    for number in items.indices where items[number].isWhole {
      let item = items[number]
      guard end - item.start <= Self.longest else {
        items[number].isWhole = false
        continue
      }
      records.removeSubrange(item.records...)
      fields.removeSubrange(item.fields...)
      while let last = escaped.last, last >= item.fields { escaped.removeLast() }
      held.drop(to: item.held)
      items.removeSubrange(number...)
      return item
    }
    return nil
  }

  /// Puts what the fields that hold references stand for behind the text.
  mutating func unescape(
    _ batch: inout RecordBatch,
    _ form: (Span<UInt8>, Range<Int>, inout [UInt8]) -> Void
  ) {
    for number in escaped { batch.fields[number].unescape(batch.text, &behind, form) }
  }

  mutating func carry(
    from batch: borrowing RecordBatch,
    into text: inout [UInt8],
    _ marks: inout [OriginMark]
  ) {
    for number in items.indices { items[number].isWhole = false }
    held.carry(from: batch, into: &text, &marks)
  }
}
