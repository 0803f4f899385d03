internal import BreachBytes

/// What is known of the endings of domains: `jp`, `example.co.jp`, `png`.
///
/// An ending of up to 16 bytes is two numbers, so that it is looked up without a walk over its bytes.
struct DomainEndings: Sendable {
  /// What an ending is.
  struct Traits: OptionSet, Sendable {
    let rawValue: UInt8
    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// A top-level domain.
    static var topLevel: Traits { Traits(rawValue: 1) }
    /// Reserved for examples.
    static var reserved: Traits { Traits(rawValue: 2) }
    /// Rather the ending of a file's name.
    static var file: Traits { Traits(rawValue: 4) }

    /// True when the two have a trait in common.
    func shares(_ other: Traits) -> Bool { rawValue & other.rawValue != 0 }
  }

  /// The last 16 bytes of a text as two little-endian numbers; zero where it is shorter.
  private struct Tail {
    var low: UInt64 = 0
    var high: UInt64 = 0

    @inline(__always)
    init(_ text: Span<UInt8>) {
      let count = text.count
      if count >= 16 {
        low = loadWord(text, at: count - 16)
        high = loadWord(text, at: count - 8)
      } else {
        for index in text.indices {
          low = low >> 8 | high << 56
          high = high >> 8 | UInt64(text[index]) << 56
        }
      }
    }

    /// The last `count` bytes alone; 1…16.
    @inline(__always)
    func last(_ count: Int) -> Tail {
      var tail = self
      if count < 8 {
        tail.low = 0
        tail.high &= ~0 << UInt64(64 - 8 * count)
      } else {
        // A shift that leaves nothing is well defined, and gives 0.
        tail.low &= ~0 << UInt64(128 - 8 * count)
      }
      return tail
    }
  }

  /// Two numbers for each slot, open addressing; both 0 when it is free.
  private var tails: [UInt64]
  private var traits: [UInt8]
  private let shift: UInt64
  /// The lengths of the endings that are more than a last label, each of them once.
  private var lengths: [Int] = []
  /// Endings above 16 bytes, and what they are in the same order.
  private let long: ByteSet
  private var longTraits: [UInt8] = []

  init(_ lists: [(endings: [[UInt8]], traits: Traits)]) {
    var (count, bits) = (0, 8)
    for list in lists { count += list.endings.count }
    while 1 << bits < count * 2 { bits += 1 }
    tails = [UInt64](repeating: 0, count: 2 << bits)
    traits = [UInt8](repeating: 0, count: 1 << bits)
    shift = UInt64(64 - bits)
    var longEndings: [[UInt8]] = []
    for list in lists {
      for ending in list.endings where !ending.isEmpty {
        if ending.contains(0x2E), !lengths.contains(ending.count) { lengths.append(ending.count) }
        if ending.count > 16 { longEndings.append(ending) }
      }
    }
    long = ByteSet(longEndings)
    longTraits = [UInt8](repeating: 0, count: longEndings.count)
    for list in lists {
      for ending in list.endings where !ending.isEmpty {
        if let number = long.number(ending.span, 0..<ending.count) {
          longTraits[number] |= list.traits.rawValue
        } else {
          let tail = Tail(ending.span)
          let slot = slot(of: tail)
          (tails[2 * slot], tails[2 * slot + 1]) = (tail.low, tail.high)
          traits[slot] |= list.traits.rawValue
        }
      }
    }
  }

  /// What is known of the domain that begins at `domain` and whose last label begins at `top`, both
  /// running to the end of `text`: the traits of that label, or that the domain, or one that it lies
  /// in, is reserved.
  func traits(of text: Span<UInt8>, domain: Int, top: Int) -> Traits {
    let tail = Tail(text)
    for count in lengths {
      let start = text.count - count
      guard start == domain || start > domain && text[start - 1] == 0x2E else { continue }
      let known = traits(ofLast: count, tail, text)
      if known & Traits.reserved.rawValue != 0 { return .reserved }
    }
    return Traits(rawValue: traits(ofLast: text.count - top, tail, text))
  }

  @inline(__always)
  private func traits(ofLast count: Int, _ tail: Tail, _ text: Span<UInt8>) -> UInt8 {
    guard count > 16 else { return traits[slot(of: tail.last(count))] }
    return long.number(text, text.count - count..<text.count).map { longTraits[$0] } ?? 0
  }

  /// The slot of a tail, or the free one where it would stand.
  @inline(__always)
  private func slot(of tail: Tail) -> Int {
    let hash = (tail.high ^ tail.low &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93
    var slot = Int(truncatingIfNeeded: hash >> shift)
    while tails[2 * slot + 1] != tail.high || tails[2 * slot] != tail.low {
      if tails[2 * slot + 1] == 0 { return slot }
      slot = (slot + 1) & (traits.count - 1)
    }
    return slot
  }
}
