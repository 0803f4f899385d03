internal import BreachBytes
internal import BreachModel

/// ISO-2022-JP, told by its escape sequences.
enum EscapedText {
  /// Bytes decoded to make sure that the escapes are not a terminal's or chance.
  private static let limit = 64 * 1024

  /// True when seven-bit `probe` designates a Japanese set and decodes without error.
  static func isISO2022JP(_ probe: Span<UInt8>, isWhole: Bool) -> Bool {
    guard let first = firstDesignation(probe) else { return false }
    // Start at the escape: what is before it is ASCII and may hold terminal colours.
    let end = min(probe.count, first + limit)
    var decoder = CharsetDecoder(charset: .iso2022JP)
    var text: [UInt8] = []
    let result = decoder.decode(
      probe.extracting(first..<end),
      final: isWhole && end == probe.count,
      into: &text
    )
    return result.invalid * 100 <= end - first
  }

  /// The offset of the first escape sequence that designates a set other than ASCII.
  private static func firstDesignation(_ probe: Span<UInt8>) -> Int? {
    guard probe.count >= 3 else { return nil }
    for at in 0..<(probe.count - 2) where probe[at] == 0x1B {
      switch (probe[at + 1], probe[at + 2]) {
      case (0x24, 0x40), (0x24, 0x42), (0x24, 0x28), (0x28, 0x49), (0x28, 0x4A): return at
      default: continue
      }
    }
    return nil
  }
}
