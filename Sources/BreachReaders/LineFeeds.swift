internal import BreachBytes

/// The line feeds of one text in order, indexed some hundred at a time.
struct LineFeeds: ~Copyable {
  private var index = ByteIndex(capacity: 512)
  private var entry = 0
  private var indexed = 0

  /// The first at or behind `at`, else the end of the text; `at` only grows.
  mutating func next(from at: Int, in text: [UInt8]) -> Int {
    while true {
      while entry < index.count {
        if index[entry] >= at { return index[entry] }
        entry += 1
      }
      if indexed >= text.count { return text.count }
      indexed = index.fill(text.span, from: indexed, to: text.count, of: ByteMarks(0x0A))
      entry = 0
    }
  }
}
