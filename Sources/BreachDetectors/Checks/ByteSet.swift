/// A fixed set of short byte strings, asked by span: no array is made to look one up.
struct ByteSet: Sendable {
  /// All words, one behind the other.
  private(set) var bytes: [UInt8] = []
  /// Where each word begins in `bytes`, and the end.
  private var starts: [Int32] = [0]
  /// Numbers of words by hash, open addressing; −1 is free.
  private var slots: [Int32]
  private let mask: Int
  /// A bit for each look of a word: nearly all that is asked for is none of the words, and is told
  /// so here.
  private var looks: [UInt64]
  /// Bits of a look's hash that are not used.
  private let lookShift: UInt32
  /// A bit for each length of a word, the last for 63 and above.
  private var lengths: UInt64 = 0

  init(_ words: [[UInt8]]) {
    self.init(capacity: words.count)
    for word in words { insert(word) }
  }

  /// An empty set that has room for so many words.
  init(capacity: Int) {
    var size = 16
    while size < capacity * 3 { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
    mask = size - 1
    var lookBits: UInt32 = 12
    while 1 << lookBits < capacity * 8 { lookBits += 1 }
    lookShift = 32 - lookBits
    looks = [UInt64](repeating: 0, count: 1 << Int(lookBits - 6))
  }

  /// Adds a word; false when it is empty or known.
  @discardableResult
  mutating func insert(_ word: [UInt8]) -> Bool {
    if word.isEmpty || contains(word.span, 0..<word.count) { return false }
    insert(new: word)
    return true
  }

  /// Adds a word that is not empty, and not known.
  mutating func insert(new word: [UInt8]) {
    precondition(starts.count * 2 < slots.count, "a set has no room for more words")
    let look = look(word.span, 0..<word.count)
    looks[look >> 6] |= 1 << UInt64(look & 63)
    lengths |= 1 << UInt64(min(63, word.count))
    var slot = Self.hash(word.span, 0..<word.count) & mask
    while slots[slot] >= 0 { slot = (slot + 1) & mask }
    slots[slot] = Int32(starts.count - 1)
    bytes.append(contentsOf: word)
    starts.append(Int32(bytes.count))
  }

  /// The word of a number.
  func word(_ number: Int) -> [UInt8] { Array(bytes[place(of: number)]) }

  /// Where the word of a number stands in `bytes`.
  func place(of number: Int) -> Range<Int> { Int(starts[number])..<Int(starts[number + 1]) }

  /// True when `range` of `text` is one of the words.
  @inline(__always)
  func contains(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool { number(text, range) != nil }

  /// The number of the word that `range` of `text` is, in the order given and without doubles.
  @inline(__always)
  func number(_ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    guard !range.isEmpty else { return nil }
    let look = look(text, range)
    guard looks[look >> 6] >> UInt64(look & 63) & 1 == 1 else { return nil }
    return search(text, range)
  }

  private func search(_ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var slot = Self.hash(text, range) & mask
    while slots[slot] >= 0 {
      if matches(Int(slots[slot]), text, range) { return Int(slots[slot]) }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// The words, in order.
  var words: [[UInt8]] {
    (0..<starts.count - 1).map(word)
  }

  /// False when no word has `count` bytes.
  func hasWord(ofLength count: Int) -> Bool { lengths >> UInt64(min(63, count)) & 1 == 1 }

  /// True when the whole of `text` is one of the words.
  @inline(__always)
  func contains(_ text: Span<UInt8>) -> Bool { contains(text, 0..<text.count) }

  /// The number of a word's look, of its length, a byte of its middle and its last bytes.
  ///
  /// The first byte would tell little: most Japanese characters begin with one of seven.
  @inline(__always)
  private func look(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    let end = range.upperBound
    let last = UInt32(text[end - 1])
    let before = UInt32(text[max(range.lowerBound, end - 2)])
    let middle = UInt32(text[range.lowerBound &+ range.count >> 1])
    let all = last | before << 8 | middle << 16 | UInt32(truncatingIfNeeded: range.count) << 24
    return Int((all &* 0x9E37_79B1) &>> lookShift)
  }

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
  /// A bit for each pair of bytes that begins a mark.
  private var pairs: [UInt64]

  init(_ marks: [[UInt8]]) {
    words = [[[UInt8]]](repeating: [], count: 256)
    pairs = [UInt64](repeating: 0, count: 1_024)
    for mark in marks where mark.count >= 2 {
      words[Int(mark[0])].append(mark)
      pairs[Int(mark[0]) << 2 | Int(mark[1] >> 6)] |= 1 << UInt64(mark[1] & 63)
    }
  }

  /// The marks, by their first byte.
  var marks: [[UInt8]] { words.flatMap { $0 } }

  /// True when one of the marks stands somewhere in `text`.
  func occurs(in text: Span<UInt8>) -> Bool { first(in: text, 0..<text.count) != nil }

  /// Where the first mark stands that lies in `range` of `text`; of several that begin there the longest.
  func first(in text: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
    guard range.count >= 2 else { return nil }
    let pairs = pairs.span
    var first = text[range.lowerBound]
    for start in range.lowerBound..<range.upperBound - 1 {
      let second = text[start + 1]
      let isBegun = pairs[Int(first) << 2 | Int(second >> 6)] >> UInt64(second & 63) & 1 == 1
      if isBegun {
        let count = longest(in: text, start..<range.upperBound)
        if count > 0 { return start..<start + count }
      }
      first = second
    }
    return nil
  }

  /// The length of the longest mark that begins a range of `text`; 0 where none does.
  func longest(in text: Span<UInt8>, _ range: Range<Int>) -> Int {
    guard range.count >= 2 else { return 0 }
    let start = range.lowerBound
    var longest = 0
    for mark in words[Int(text[start])] where mark.count > longest && mark.count <= range.count {
      var offset = 1
      while offset < mark.count, text[start + offset] == mark[offset] { offset += 1 }
      if offset == mark.count { longest = mark.count }
    }
    return longest
  }
}
