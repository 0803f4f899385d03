internal import BreachBytes
internal import BreachModel

/// Values of the records that are open, the innermost one's last.
struct HeldFields: ~Copyable {
  private(set) var fields = Buffer<Field>(capacity: 64)
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

  /// Makes the last value end further behind; what it stands for has to be made of it.
  mutating func extendLast(to end: Int) {
    let number = fields.count - 1
    let length = Int32(end) - fields[number].rawStart
    bytes += Int(length - fields[number].length)
    fields[number].length = length
    fields[number].rawLength = length
    if escaped.last != number { escaped.append(number) }
  }

  /// Forgets the values of the innermost record, which goes on.
  mutating func clear(to mark: Mark) {
    fields.truncate(to: mark.fields)
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
    for number in 0..<fields.count {
      let start = Int(fields[number].rawStart)
      let length = Int(fields[number].rawLength)
      fields[number].start = Int32(text.count)
      fields[number].rawStart = Int32(text.count)
      batch.carry(start..<start + length, into: &text, &marks)
    }
  }
}
