internal import BreachBytes

/// Where normal forms and folded text are written.
protocol ByteSink: ~Copyable {
  var count: Int { get }
  /// The last byte written; nil when there is none.
  var lastByte: UInt8? { get }
  mutating func append(_ byte: UInt8)
  mutating func truncate(to count: Int)
}

extension ByteBuffer: ByteSink {
  var lastByte: UInt8? { isEmpty ? nil : self[count - 1] }
}

extension [UInt8]: ByteSink {
  var lastByte: UInt8? { last }
  mutating func truncate(to count: Int) { removeSubrange(count...) }
}

/// A UTF-8 value cut into scalars, with where each begins.
struct Scalars: ~Copyable {
  /// Scalar values in order.
  private(set) var values = Buffer<UInt32>(capacity: 64)
  /// Byte offset of each scalar, and the end.
  private(set) var offsets = Buffer<Int32>(capacity: 64)

  var count: Int { values.count }

  mutating func load(_ bytes: [UInt8]) { load(bytes.span, 0..<bytes.count) }

  /// Loads `range`; offsets are those of `bytes`.
  mutating func load(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    values.clear()
    offsets.clear()
    var at = range.lowerBound
    let end = range.upperBound
    while at < end {
      let first = bytes[at]
      offsets.append(Int32(at))
      if first < 0x80 {
        values.append(UInt32(first))
        at += 1
      } else if first >= 0xE0, first < 0xF0, at + 3 <= end {
        values.append(
          UInt32(first & 0x0F) << 12 | UInt32(bytes[at + 1] & 0x3F) << 6
            | UInt32(bytes[at + 2] & 0x3F)
        )
        at += 3
      } else {
        let width = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard at + width <= end else {
          values.append(0xFFFD)
          break
        }
        var value = UInt32(first & (0x7F >> UInt8(width)))
        for index in 1..<width { value = value << 6 | UInt32(bytes[at + index] & 0x3F) }
        values.append(value)
        at += width
      }
    }
    offsets.append(Int32(end))
  }

  /// The bytes of a range of scalars.
  func bytes(of range: Range<Int>) -> Range<Int> {
    Int(offsets[range.lowerBound])..<Int(offsets[range.upperBound])
  }
}

/// Kinds of Japanese characters.
enum Script {
  /// Kanji, with 々, 〆 and 〇.
  static func isKanji(_ scalar: UInt32) -> Bool {
    (0x4E00...0x9FFF).contains(scalar) || (0x3400...0x4DBF).contains(scalar)
      || (0xF900...0xFAFF).contains(scalar) || (0x20000...0x2FA1F).contains(scalar)
      || scalar == 0x3005 || scalar == 0x3006 || scalar == 0x3007
  }
  /// Letters of Greek, Cyrillic, Armenian, Hebrew, Arabic, the scripts of India and Thailand, and
  /// Hangul.
  static func isForeignLetter(_ scalar: UInt32) -> Bool {
    (0x370...0x6FF).contains(scalar) || (0x900...0xEFF).contains(scalar)
      || (0xAC00...0xD7A3).contains(scalar)
  }
  static func isHiragana(_ scalar: UInt32) -> Bool { (0x3041...0x309F).contains(scalar) }
  /// Full width, with the long vowel mark and the middle dot.
  static func isKatakana(_ scalar: UInt32) -> Bool { (0x30A1...0x30FE).contains(scalar) }
  static func isHalfKana(_ scalar: UInt32) -> Bool { (0xFF65...0xFF9F).contains(scalar) }
  static func isJapanese(_ scalar: UInt32) -> Bool {
    isKanji(scalar) || isHiragana(scalar) || isKatakana(scalar)
  }
}

/// Kana in one form: full-width katakana.
enum Kana {
  private static let halfWidth: [UInt32] = Array(
    "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"
      .unicodeScalars.map(\.value)
  )

  /// Appends full-width katakana; blanks, middle dots and hyphen-like marks at word breaks go.
  ///
  /// - Returns: false when something is not kana.
  static func appendKatakana(_ scalars: borrowing Scalars, to out: inout some ByteSink & ~Copyable)
    -> Bool
  {
    appendKatakana(scalars, 0..<scalars.count, to: &out)
  }

  /// The same for a range of scalars.
  static func appendKatakana(
    _ scalars: borrowing Scalars,
    _ range: Range<Int>,
    to out: inout some ByteSink & ~Copyable
  ) -> Bool {
    var last: UInt32 = 0
    for index in range {
      let scalar = scalars.values[index]
      var value = scalar
      switch scalar {
      case 0x3041...0x3096: value = scalar + 0x60
      case 0x30A1...0x30FA, 0x30FC: break
      case 0x20, 0x30FB, 0xFF65, 0x2E: continue
      case 0x2D, 0xFF70: value = 0x30FC
      case 0xFF66...0xFF9D: value = halfWidth[Int(scalar - 0xFF66)]
      case 0xFF9E, 0x309B, 0x3099:
        guard let voiced = voiced(last) else { return false }
        out.truncate(to: out.count - 3)
        value = voiced
      case 0xFF9F, 0x309C, 0x309A:
        guard (0x30CF...0x30DB).contains(last) else { return false }
        out.truncate(to: out.count - 3)
        value = last + 2
      default: return false
      }
      out.append(0xE0 | UInt8(value >> 12))
      out.append(0x80 | UInt8(value >> 6 & 0x3F))
      out.append(0x80 | UInt8(value & 0x3F))
      last = value
    }
    return true
  }

  /// Makes katakana of hiragana in bytes of which each character has three and is one of both.
  static func turnKatakana(_ bytes: inout ByteBuffer) {
    for at in stride(from: 0, to: bytes.count - 2, by: 3) {
      let low = UInt16(bytes[at + 1] & 0x3F) << 6 | UInt16(bytes[at + 2] & 0x3F)
      guard low < 0xA0 else { continue }
      bytes[at + 1] = 0x80 | UInt8(truncatingIfNeeded: (low + 0x60) >> 6)
      bytes[at + 2] = 0x80 | UInt8(truncatingIfNeeded: (low + 0x60) & 0x3F)
    }
  }

  private static func voiced(_ scalar: UInt32) -> UInt32? {
    switch scalar {
    // カ…チ, ツ…ト: the voiced form follows.
    case 0x30AB...0x30C1 where scalar % 2 == 1: scalar + 1
    case 0x30C4, 0x30C6, 0x30C8: scalar + 1
    case 0x30CF, 0x30D2, 0x30D5, 0x30D8, 0x30DB: scalar + 1
    case 0x30A6: 0x30F4
    default: nil
    }
  }
}

/// Appends a scalar's UTF-8 bytes.
func appendUTF8(_ scalar: UInt32, to out: inout some ByteSink & ~Copyable) {
  switch scalar {
  case 0..<0x80: out.append(UInt8(scalar))
  case 0x80..<0x800:
    out.append(0xC0 | UInt8(scalar >> 6))
    out.append(0x80 | UInt8(scalar & 0x3F))
  case 0x800..<0x10000:
    out.append(0xE0 | UInt8(scalar >> 12))
    out.append(0x80 | UInt8(scalar >> 6 & 0x3F))
    out.append(0x80 | UInt8(scalar & 0x3F))
  default:
    out.append(0xF0 | UInt8(scalar >> 18 & 0x07))
    out.append(0x80 | UInt8(scalar >> 12 & 0x3F))
    out.append(0x80 | UInt8(scalar >> 6 & 0x3F))
    out.append(0x80 | UInt8(scalar & 0x3F))
  }
}
