internal import BreachBytes
internal import BreachModel

/// A decoder that marks where its text came from, densely enough that offsets are exact.
struct MarkingDecoder {
  private var decoder: CharsetDecoder
  /// Bytes decoded between two marks: what looking up an offset has to walk over.
  private static let stride = 512

  init(_ charset: Charset) { decoder = CharsetDecoder(charset: charset) }

  /// Sets a mark; a second one at the same place of the text replaces the first.
  static func mark(_ text: Int, _ leaf: Int, _ charset: Charset, _ origins: inout [OriginMark]) {
    if let last = origins.last {
      if charset == .utf8 && last.charset == .utf8 && leaf - last.leaf == text - last.text {
        return
      }
      if last.text == text { origins.removeLast() }
    }
    origins.append(OriginMark(text: text, leaf: leaf, charset: charset))
  }

  /// Appends `bytes` as UTF-8; what a cut leaves undecided is not consumed unless `final`.
  mutating func decode(
    _ bytes: Span<UInt8>,
    at leaf: Int,
    final: Bool,
    _ text: inout [UInt8],
    _ origins: inout [OriginMark]
  ) -> (consumed: Int, invalid: Int) {
    if decoder.charset == .utf8 {
      return decodeUTF8(bytes, at: leaf, final: final, &text, &origins)
    }
    var at = 0
    var invalid = 0
    var end = stop(bytes, 0)
    Self.mark(text.count, leaf, decoder.charset, &origins)
    while at < bytes.count {
      let result = decoder.decode(
        bytes.extracting(at..<end),
        final: final && end == bytes.count,
        into: &text
      )
      invalid += result.invalid
      if result.consumed == 0 {
        guard end < bytes.count else { break }
        end = min(bytes.count, end + 4)
        continue
      }
      at += result.consumed
      Self.mark(text.count, leaf + at, decoder.charset, &origins)
      end = stop(bytes, at)
    }
    return (at, invalid)
  }

  /// Where the next mark has to stand: behind what the text alone does not give away.
  private func stop(_ bytes: Span<UInt8>, _ at: Int) -> Int {
    let end = min(bytes.count, at + Self.stride)
    let special: UInt8
    switch decoder.charset {
    case .eucJP: special = 0x8F
    case .iso2022JP: special = 0x1B
    case .gb18030: return stopAtFourBytes(bytes, at, end)
    default: return end
    }
    guard at < end else { return end }
    if bytes[at] == special {
      if special == 0x8F { return min(bytes.count, at + 3) }
      let isLong = at + 2 < bytes.count && bytes[at + 1] == 0x24 && bytes[at + 2] == 0x28
      return min(bytes.count, at + (isLong ? 4 : 3))
    }
    var stop = at + 1
    if count(special, in: bytes, stop..<end) == 0 { return end }
    while bytes[stop] != special { stop += 1 }
    return stop
  }

  /// Before what looks like a character of four bytes, or behind the one that `at` is.
  private func stopAtFourBytes(_ bytes: Span<UInt8>, _ at: Int, _ end: Int) -> Int {
    for stop in at..<end {
      guard bytes[stop] > 0x80, stop + 3 < bytes.count, isDigit(bytes[stop + 1]),
        bytes[stop + 2] > 0x80, isDigit(bytes[stop + 3])
      else { continue }
      return stop == at ? stop + 4 : stop
    }
    return end
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// UTF-8 with damage: each invalid byte becomes U+FFFD with a mark on both sides.
  private func decodeUTF8(
    _ bytes: Span<UInt8>,
    at leaf: Int,
    final: Bool,
    _ text: inout [UInt8],
    _ origins: inout [OriginMark]
  ) -> (consumed: Int, invalid: Int) {
    var at = 0
    var invalid = 0
    while at < bytes.count {
      let valid = UTF8Check.validPrefix(bytes.extracting(at..<bytes.count))
      if valid > 0 {
        Self.mark(text.count, leaf + at, .utf8, &origins)
        for index in at..<at + valid { text.append(bytes[index]) }
        at += valid
        continue
      }
      if !final && bytes.count - at < 4 { break }
      Self.mark(text.count, leaf + at, .utf8, &origins)
      text.append(contentsOf: [0xEF, 0xBF, 0xBD])
      at += 1
      invalid += 1
    }
    Self.mark(text.count, leaf + at, .utf8, &origins)
    return (at, invalid)
  }
}

/// Escape sequences that designate a Japanese set.
enum Designation {
  /// Position of the first `ESC $` or `ESC (` before a letter that ISO-2022-JP knows; the end of
  /// the range when there is none.
  static func find(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    guard count(0x1B, in: bytes, range) > 0 else { return range.upperBound }
    var at = range.lowerBound
    while at + 2 < range.upperBound {
      if bytes[at] == 0x1B {
        switch (bytes[at + 1], bytes[at + 2]) {
        case (0x24, 0x40), (0x24, 0x42), (0x24, 0x28), (0x28, 0x49), (0x28, 0x4A): return at
        default: break
        }
      }
      at += 1
    }
    return range.upperBound
  }
}

/// The charset of one line that does not look like its leaf's.
enum LineCharset {
  static func judge(_ line: Span<UInt8>, leaf: Charset) -> Charset {
    let counts = ByteCounts(line)
    if counts.high == 0 {
      let isEscaped = counts.escape > 0 && EscapedText.isISO2022JP(line, isWhole: false)
      return isEscaped ? .iso2022JP : leaf == .iso2022JP ? leaf : .utf8
    }
    let wrong = invalid(line, .utf8)
    // Multi-byte sequences of UTF-8 hardly arise by chance: what has many of them is damaged UTF-8.
    if wrong == 0 || (counts.high >= 6 && counts.high - wrong >= 2 * wrong) { return .utf8 }
    // One line is too little to tell more charsets than those of Japanese dumps.
    let own = CharsetDetector.detect(line, isWhole: false, foreign: false)
    return own.charset.unitWidth == 1 ? own.charset : leaf
  }

  /// Invalid bytes of the line under a charset.
  static func invalid(_ line: Span<UInt8>, _ charset: Charset) -> Int {
    var decoder = CharsetDecoder(charset: charset)
    var text: [UInt8] = []
    return decoder.decode(line, final: true, into: &text).invalid
  }
}
