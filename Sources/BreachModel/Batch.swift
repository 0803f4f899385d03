/// One value of a record: a range of its batch's text.
public struct Field: Sendable, BitwiseCopyable {
  /// Where the value's bytes are, unescaped.
  public var start: Int32
  /// Bytes of the value, unescaped.
  public var length: Int32
  /// Where the value stands as written; differs from `start` only when something was unescaped.
  public var rawStart: Int32
  /// Bytes of the value as written.
  public var rawLength: Int32
  /// Position in the table, or the number of a key path.
  public var column: Int32

  /// A value from its places in the batch.
  @inlinable @inline(__always)
  public init(start: Int, length: Int, rawStart: Int, rawLength: Int, column: Int) {
    self.start = Int32(truncatingIfNeeded: start)
    self.length = Int32(truncatingIfNeeded: length)
    self.rawStart = Int32(truncatingIfNeeded: rawStart)
    self.rawLength = Int32(truncatingIfNeeded: rawLength)
    self.column = Int32(truncatingIfNeeded: column)
  }

  /// The value's bytes in the text of its batch.
  public var range: Range<Int> { Int(start)..<Int(start) + Int(length) }
}

/// One record: a run of fields, or a stretch of free text when it has none.
public struct Record: Sendable {
  /// The first of its fields among those of the batch.
  public var firstField: Int32
  /// How many fields it has.
  public var fieldCount: Int32
  /// The stretch of the batch's text that the record came from.
  public var start: Int32
  /// Where that stretch ends.
  public var end: Int32
  /// Which table of the leaf.
  public var table: Int32
  /// 1-based, counted from the start of the unit.
  public var line: Int
  /// How many records it stands inside; a record comes before the one that encloses it.
  public var depth: Int32

  /// A record from its places in the batch.
  public init(
    firstField: Int,
    fieldCount: Int,
    start: Int,
    end: Int,
    table: Int,
    line: Int,
    depth: Int = 0
  ) {
    self.firstField = Int32(truncatingIfNeeded: firstField)
    self.fieldCount = Int32(truncatingIfNeeded: fieldCount)
    self.start = Int32(truncatingIfNeeded: start)
    self.end = Int32(truncatingIfNeeded: end)
    self.table = Int32(truncatingIfNeeded: table)
    self.line = line
    self.depth = Int32(truncatingIfNeeded: depth)
  }
}

/// Where a stretch of decoded text came from in the leaf.
package struct OriginMark: Sendable {
  /// Offset in the batch's text.
  package var text: Int
  /// Byte offset in the leaf, before decoding.
  package var leaf: Int
  package var charset: Charset

  package init(text: Int, leaf: Int, charset: Charset) {
    self.text = text
    self.leaf = leaf
    self.charset = charset
  }
}

/// A piece of a leaf: decoded text with the records framed in it.
///
/// Readers fill batches, detectors read them; neither knows the other.
package struct RecordBatch: Sendable {
  package var text: [UInt8] = []
  package var records: [Record] = []
  package var fields: [Field] = []
  /// Rising by `text`; the first mark stands at 0.
  package var origins: [OriginMark] = []
  /// Free text has no fields; its records are lines or pieces of very long lines.
  package var isText = false
  /// In free text, the part that belongs to this batch; what lies around it is context.
  package var body: Range<Int> = 0..<0
  /// Line number (1-based in the unit) at `body.lowerBound`.
  package var firstLine = 1
  /// Distance of `body.lowerBound` from the start of its line; above 0 only inside very long lines.
  package var lineOffset = 0
  /// Records framed in the unit before this batch.
  package var recordBase = 0

  package init() {}

  package mutating func removeAll() {
    text.removeAll(keepingCapacity: true)
    records.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
    origins.removeAll(keepingCapacity: true)
    isText = false
    body = 0..<0
  }
}

extension RecordBatch {
  /// The mark that holds for `position`, an offset of `text`, moved to stand there.
  ///
  /// Marks stand densely wherever a charset needs reckoning, so this costs a binary search and a
  /// walk over at most some hundred bytes.
  package func origin(at position: Int) -> OriginMark? {
    let number = markNumber(at: position)
    guard number >= 0 else { return nil }
    let mark = origins[number]
    let leaf = mark.leaf + mark.charset.encodedLength(of: text.span, mark.text..<position)
    return OriginMark(text: 0, leaf: leaf, charset: mark.charset)
  }

  /// The leaf's byte offset of a position in `text`.
  package func leafOffset(of position: Int) -> Int { origin(at: position)?.leaf ?? position }

  /// Appends a range of the text, and the marks that say where it came from, to another buffer.
  package func carry(
    _ range: Range<Int>,
    into other: inout [UInt8],
    _ marks: inout [OriginMark]
  ) {
    guard !range.isEmpty else { return }
    let shift = other.count - range.lowerBound
    if var first = origin(at: range.lowerBound) {
      first.text = other.count
      marks.append(first)
    }
    var number = markNumber(at: range.lowerBound) + 1
    while number < origins.count, origins[number].text < range.upperBound {
      var mark = origins[number]
      mark.text += shift
      marks.append(mark)
      number += 1
    }
    other.append(contentsOf: text[range])
  }

  /// The last mark at or before `position`, -1 when there is none.
  private func markNumber(at position: Int) -> Int {
    var low = 0
    var high = origins.count
    while low < high {
      let middle = (low + high) / 2
      if origins[middle].text <= position {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low - 1
  }
}
