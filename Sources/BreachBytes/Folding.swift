internal import CScan

extension Buffer where Element == UInt8 {
  /// Appends `range` of `text` in plain form: full-width ASCII and U+3000 as ASCII, dashes behind a
  /// digit as hyphens, without invisible characters, all else as it is.
  package mutating func append(folding text: Span<UInt8>, _ range: Range<Int>) {
    let bytes = text.extracting(range)
    let isAfterDigit = length > 0 && self[length - 1] &- 0x30 < 10
    if room - length < bytes.count { grow(to: length + bytes.count) }
    let count = unsafe bytes.withUnsafeBufferPointer { source -> Int in
      guard let start = source.baseAddress, let base = unsafe base else { return 0 }
      // SAFETY: there is room for as many bytes as there are, and the plain form is never longer.
      return unsafe cs_fold(start, source.count, isAfterDigit ? 1 : 0, base + length)
    }
    length += count
  }
}

/// Where a text holds characters with a plainer form: a bit for each byte.
///
/// Public, like `Buffer`, so that it is inlined.
@frozen
public struct FoldMarks: ~Copyable {
  @usableFromInline internal var words = Buffer<UInt64>()

  /// The marks of no text.
  public init() {}

  /// Reads another text.
  package mutating func load(_ text: Span<UInt8>) {
    let count = (text.count + 63) / 64
    if words.room <= count { words.grow(to: count + 1) }
    unsafe text.withUnsafeBufferPointer { text in
      guard let start = text.baseAddress, let base = unsafe words.base else { return }
      // SAFETY: there is room for all words and one more, so that two can be read anywhere.
      unsafe cs_fold_marks(start, text.count, base)
      unsafe base[count] = 0
    }
    words.length = text.isEmpty ? 0 : count + 1
  }

  /// True when `range` of the text may hold a character with a plainer form; false is certain.
  @inlinable @inline(__always)
  public func mayFold(_ range: Range<Int>) -> Bool {
    var at = range.lowerBound
    while at < range.upperBound {
      let shift = UInt64(at & 63)
      let next = (words[at >> 6 + 1] &<< 1) &<< (63 - shift)
      let some = words[at >> 6] &>> shift | next
      let left = UInt64(range.upperBound - at)
      if left <= 64 { return some &<< (64 - left) != 0 }
      if some != 0 { return true }
      at += 64
    }
    return false
  }
}

/// False when the search of `range` of `text`, by itself, would find no candidate, whatever the
/// literals.
///
/// Without `numbers`, runs of ASCII digits do not count. True where a search mostly finds one.
package func mayHoldCandidate(_ text: Span<UInt8>, _ range: Range<Int>, numbers: Bool) -> Bool {
  precondition(range.lowerBound >= 0 && range.upperBound <= text.count)
  return unsafe text.withUnsafeBufferPointer { text in
    guard let base = text.baseAddress else { return false }
    let left = text.count - range.lowerBound
    // SAFETY: the range lies inside the text, of which so many bytes are left.
    return unsafe cs_may_hold_candidate(
      base + range.lowerBound,
      range.count,
      left,
      numbers ? 1 : 0
    ) != 0
  }
}
