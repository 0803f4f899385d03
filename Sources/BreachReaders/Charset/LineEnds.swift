internal import BreachBytes

/// Line ends of one block of bytes, LF and CR alike, indexed some thousand at a time.
struct LineEnds: ~Copyable {
  private var index = ByteIndex()
  private var cursor = 0
  private var from = 0
  private var to = 0

  /// The next question is about another block.
  mutating func forget() {
    from = 0
    to = 0
  }

  /// The first line end of `start..<stop`; cheap when questions rise.
  mutating func first(in block: Span<UInt8>, from start: Int, to stop: Int) -> Int? {
    var start = start
    while start < stop {
      if start >= from && start < to {
        while cursor > 0 && index[cursor - 1] >= start { cursor -= 1 }
        while cursor < index.count && index[cursor] < start { cursor += 1 }
        if cursor < index.count { return index[cursor] < stop ? index[cursor] : nil }
        start = to
        continue
      }
      from = start
      to = index.fill(block, from: start, to: block.count, of: ByteMarks(0x0A, 0x0D))
      cursor = 0
    }
    return nil
  }
}
