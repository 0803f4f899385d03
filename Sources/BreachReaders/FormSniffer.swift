internal import BreachModel

/// Tells form-encoded bodies and query strings: `a=b&c=d`, line by line.
enum FormSniffer {
  private static let linesLookedAt = 2_000

  /// True when every line but one in twenty is made of pairs, and most have several.
  static func isForm(_ text: [UInt8], isWhole: Bool) -> Bool {
    let text = text.span
    var (good, several, seen) = (0, 0, 0)
    var at = 0
    while at < text.count && seen < linesLookedAt {
      let start = at
      while at < text.count, text[at] != 0x0A { at += 1 }
      let line = Markup.trim(text, start..<at)
      at += 1
      if line.isEmpty { continue }
      if at > text.count && !isWhole && seen > 0 { break }
      seen += 1
      let pairs = self.pairs(text, line)
      if pairs > 0 { good += 1 }
      if pairs > 1 { several += 1 }
      if (seen - good) * 20 > max(seen, 20) { return false }
    }
    return several > 0 && several * 2 >= seen && (seen - good) * 20 <= seen
  }

  /// Pairs of a line; 0 when it is anything else.
  private static func pairs(_ text: Span<UInt8>, _ line: Range<Int>) -> Int {
    var at = query(text, line)
    var pairs = 0
    while at < line.upperBound {
      let start = at
      while at < line.upperBound, isKey(text[at]) { at += 1 }
      guard at > start, at < line.upperBound, text[at] == 0x3D else { return 0 }
      while at < line.upperBound, text[at] != 0x26 {
        // Blanks and brackets are escaped in values.
        guard isValue(text[at]) else { return 0 }
        at += 1
      }
      pairs += 1
      at += 1
    }
    return pairs
  }

  /// Where the pairs begin: behind the question mark of an address.
  private static func query(_ text: Span<UInt8>, _ line: Range<Int>) -> Int {
    for at in line {
      switch text[at] {
      case 0x3F: return at + 1
      case 0x3D, 0x26, 0x00...0x20: return line.lowerBound
      default: break
      }
    }
    return line.lowerBound
  }

  static func isKey(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5B, 0x61...0x7A, 0x5D, 0x5F, 0x2D, 0x2E, 0x25, 0x2B, 0x24, 0x3A:
      true
    default: false
    }
  }

  private static func isValue(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, 0x22, 0x3C, 0x3E, 0x7B, 0x7D, 0x7C, 0x5C, 0x5E, 0x60, 0x7F: false
    default: true
    }
  }
}
