/// A fixed set of short byte strings, asked by span: no array is made to look one up.
struct ByteSet: Sendable {
  /// All words, one behind the other.
  private var bytes: [UInt8] = []
  /// Where each word begins in `bytes`, and the end.
  private var starts: [Int32] = [0]
  /// Numbers of words by hash, open addressing; −1 is free.
  private var slots: [Int32]
  private let mask: Int
  private let lengths: ClosedRange<Int>

  init(_ words: [[UInt8]]) {
    var size = 16
    while size < words.count * 3 { size *= 2 }
    lengths = (words.map(\.count).min() ?? 1)...(words.map(\.count).max() ?? 1)
    slots = [Int32](repeating: -1, count: size)
    mask = size - 1
    for word in words where !contains(word.span, 0..<word.count) {
      var slot = Self.hash(word.span, 0..<word.count) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(starts.count - 1)
      bytes.append(contentsOf: word)
      starts.append(Int32(bytes.count))
    }
  }

  /// True when `range` of `text` is one of the words.
  func contains(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool { number(text, range) != nil }

  /// The number of the word that `range` of `text` is, in the order given and without doubles.
  func number(_ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    guard lengths.contains(range.count) else { return nil }
    var slot = Self.hash(text, range) & mask
    while slots[slot] >= 0 {
      if matches(Int(slots[slot]), text, range) { return Int(slots[slot]) }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// True when the whole of `text` is one of the words.
  func contains(_ text: [UInt8]) -> Bool { contains(text.span, 0..<text.count) }

  private func matches(_ word: Int, _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = Int(starts[word])
    guard Int(starts[word + 1]) - start == range.count else { return false }
    for offset in 0..<range.count where bytes[start + offset] != text[range.lowerBound + offset] {
      return false
    }
    return true
  }

  /// FNV-1a; the words are short and ours, so nobody can choose them to collide.
  private static func hash(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in range { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash ^ hash >> 32)
  }
}

/// Words that tell something wherever they stand in a value.
struct MarkSet: Sendable {
  /// By first byte.
  private var words: [[[UInt8]]]
  /// First and last byte of the first character of a mark, as a filter.
  private var filter: [Bool]

  init(_ marks: [[UInt8]]) {
    words = [[[UInt8]]](repeating: [], count: 256)
    filter = [Bool](repeating: false, count: 1 << 16)
    for mark in marks where mark.count >= 2 {
      words[Int(mark[0])].append(mark)
      filter[Int(mark[0]) << 8 | Int(mark[1])] = true
    }
  }

  /// True when one of the marks stands somewhere in `text`.
  func occurs(in text: [UInt8]) -> Bool {
    guard text.count >= 2 else { return false }
    for start in 0..<text.count - 1 where filter[Int(text[start]) << 8 | Int(text[start + 1])] {
      for mark in words[Int(text[start])] where text.count - start >= mark.count {
        var offset = 2
        while offset < mark.count, text[start + offset] == mark[offset] { offset += 1 }
        if offset >= mark.count, mark[1] == text[start + 1] { return true }
      }
    }
    return false
  }
}
