internal import BreachBytes

/// What is known of the endings of domains: `jp`, `example.co.jp`, `png`.
///
/// An ending of up to 16 bytes is two numbers, so that it is looked up without a walk over its bytes.
package struct DomainEndings: Sendable {
  /// What an ending is.
  package struct Traits: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// A top-level domain.
    package static var topLevel: Traits { Traits(rawValue: 1) }
    /// Reserved for examples.
    package static var reserved: Traits { Traits(rawValue: 2) }
    /// Rather the ending of a file's name.
    package static var file: Traits { Traits(rawValue: 4) }
  }

  /// The last 16 bytes of a text as two little-endian numbers; zero where it is shorter.
  struct Tail {
    fileprivate var low: UInt64
    fileprivate var high: UInt64

    init(_ text: Span<UInt8>) {
      let count = text.count
      if count >= 8 {
        high = loadWord(text, at: count - 8)
        low =
          count >= 16
          ? loadWord(text, at: count - 16) : loadWord(text, at: 0) << UInt64(128 - 8 * count)
      } else {
        (low, high) = (0, 0)
        for index in text.indices { high = high >> 8 | UInt64(text[index]) << 56 }
      }
    }

    /// The last `count` bytes alone; at most 16.
    func last(_ count: Int) -> Tail {
      var tail = self
      // A shift that leaves nothing is well defined, and gives 0.
      tail.high &= ~0 << UInt64(max(0, 64 - 8 * count))
      tail.low &= ~0 << UInt64(min(64, 128 - 8 * count))
      return tail
    }
  }

  /// Two numbers for each slot, open addressing; both 0 when it is free.
  private var tails: [UInt64]
  private var traits: [UInt8]
  private let shift: UInt64
  /// A bit for each length of an ending, the last for 63 and above.
  private var lengths: UInt64 = 0
  /// Longer ones, and what they are in the same order.
  private var long = ByteSet([])
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
        lengths |= 1 << UInt64(min(63, ending.count))
        if ending.count <= 16 {
          let tail = Tail(ending.span)
          let slot = slot(of: tail)
          (tails[2 * slot], tails[2 * slot + 1]) = (tail.low, tail.high)
          traits[slot] |= list.traits.rawValue
        } else if let known = longEndings.firstIndex(of: ending) {
          longTraits[known] |= list.traits.rawValue
        } else {
          longEndings.append(ending)
          longTraits.append(list.traits.rawValue)
        }
      }
    }
    long = ByteSet(longEndings)
  }

  /// What the last `count` bytes of `text` are; `tail` is that of `text`.
  func traits(ofLast count: Int, _ tail: Tail, _ text: Span<UInt8>) -> UInt8 {
    guard lengths >> UInt64(min(63, count)) & 1 == 1 else { return 0 }
    guard count > 16 else { return traits[slot(of: tail.last(count))] }
    return long.number(text, text.count - count..<text.count).map { longTraits[$0] } ?? 0
  }

  /// The slot of a tail, or the free one where it would stand.
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
