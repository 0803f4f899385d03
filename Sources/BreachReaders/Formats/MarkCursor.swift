internal import BreachBytes

/// Goes through a text from mark to mark; the text is indexed as far as it is needed.
struct MarkCursor: ~Copyable {
  private let marks: ByteMarks
  private var index = ByteIndex()
  private var entry = 0
  /// What of the text is indexed, and where the text ends.
  private var from = 0
  private var to = 0
  private var end = 0

  init(_ marks: ByteMarks) { self.marks = marks }

  /// Stands at the start of another text, which ends at `end`.
  mutating func begin(end: Int) {
    self.end = end
    start(at: 0)
  }

  /// Stands before the first mark at or behind `position`; cheap when that is near.
  mutating func seek(to position: Int) {
    if position < from || position > to {
      start(at: position)
      return
    }
    while entry > 0 && index[entry - 1] >= position { entry -= 1 }
    while entry < index.count && index[entry] < position { entry += 1 }
  }

  private mutating func start(at position: Int) {
    from = position
    to = position
    entry = 0
    index.removeAll()
  }

  /// Position of the next mark; the text's end when there is none.
  @inline(__always)
  mutating func peek(_ text: Span<UInt8>) -> Int {
    entry < index.count ? Int(index.positions[entry]) : fill(text)
  }

  /// Goes behind the next mark.
  @inline(__always)
  mutating func advance() { entry += 1 }

  @inline(never)
  private mutating func fill(_ text: Span<UInt8>) -> Int {
    while to < end {
      from = to
      to = index.fill(text, from: from, to: end, of: marks)
      entry = 0
      if index.count > 0 { return index[0] }
    }
    entry = index.count
    return end
  }
}
