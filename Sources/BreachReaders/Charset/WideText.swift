internal import BreachBytes
internal import BreachModel

/// How plausible bytes are as UTF-16 or UTF-32 text.
struct WideText {
  /// Whole code units looked at; surrogate pairs count as one.
  private(set) var units = 0
  /// Units that text in Japanese or a Western language holds.
  private(set) var good = 0
  /// Hiragana, katakana and Japanese punctuation.
  private(set) var kana = 0
  /// The natural logarithm of the likelihood, in hundredths, on the scale of `LegacyText`.
  private(set) var likelihood = 0

  /// Units beyond this say nothing new.
  private static let limit = 4096

  /// Judges `probe` from `start`, a multiple of the unit's size; a cut unit at the end is ignored.
  init(_ probe: Span<UInt8>, _ charset: Charset, from start: Int) {
    let isBig = charset == .utf16BE || charset == .utf32BE
    let isShort = charset == .utf16LE || charset == .utf16BE
    let width = isShort ? 2 : 4
    var at = start
    while at + width <= probe.count && units < Self.limit {
      var value = Self.unit(probe, at: at, width: width, isBig: isBig)
      at += width
      if isShort && value & 0xFC00 == 0xD800 {
        // A pair that the end cuts is no evidence.
        guard at + 2 <= probe.count else { break }
        let low = Self.unit(probe, at: at, width: 2, isBig: isBig)
        if low & 0xFC00 == 0xDC00 {
          value = 0x10000 + ((value & 0x3FF) << 10 | (low & 0x3FF))
          at += 2
        }
      }
      add(value, isShort: isShort)
    }
  }

  /// True when `probe` starts with the byte-order mark of a wide charset.
  static func startsWithMark(_ probe: Span<UInt8>, _ charset: Charset) -> Bool {
    let isShort = charset == .utf16LE || charset == .utf16BE
    let isBig = charset == .utf16BE || charset == .utf32BE
    return unit(probe, at: 0, width: isShort ? 2 : 4, isBig: isBig) == 0xFEFF
  }

  /// The code unit of `width` bytes at `offset`.
  private static func unit(
    _ probe: Span<UInt8>,
    at offset: Int,
    width: Int,
    isBig: Bool
  ) -> UInt32 {
    var value: UInt32 = 0
    for index in 0..<width {
      value = value << 8 | UInt32(probe[offset + (isBig ? index : width - 1 - index)])
    }
    return value
  }

  /// Counts one code point.
  ///
  /// The weights are the class shares of `LegacyText` over class sizes.
  private mutating func add(_ value: UInt32, isShort: Bool) {
    units += 1
    switch value {
    case 0x20...0x7E, 0x09, 0x0A, 0x0D:
      good += 1
      likelihood -= 340
    case 0x3000...0x30FF, 0xFF01...0xFF9F:
      good += 1
      kana += 1
      likelihood -= 600
    case 0x4E00...0x9FFF, 0xF900...0xFAFF:
      // ASCII in the other byte order: its units end in 00, which kanji seldom do (一 does).
      if isShort && value & 0xFF == 0 && value != 0x4E00 {
        likelihood -= 2000
      } else {
        good += 1
        likelihood -= 940
      }
    case 0xA0...0x17F, 0x370...0x6FF, 0xE00...0xE7F, 0x2010...0x2027, 0x2030...0x205E, 0x20AC,
      0x2100...0x22FF, 0x2460...0x266F, 0x3200...0x33FF, 0x3400...0x4DBF, 0xAC00...0xD7A3,
      0xFFE0...0xFFE6, 0xFEFF, 0x1F300...0x1FAFF, 0x20000...0x323AF, 0xE0100...0xE01EF:
      if isShort && value & 0xFF == 0 && value >= 0x100 {
        likelihood -= 2000
      } else {
        good += 1
        likelihood -= 1200
      }
    default:
      likelihood -= 2000
    }
  }
}
