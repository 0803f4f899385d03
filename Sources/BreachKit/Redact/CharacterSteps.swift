internal import BreachModel

/// Goes through encoded text byte by byte and says which ASCII characters stand in it.
///
/// In the double-byte charsets a byte that looks like a quote or a bracket can be half of another
/// character; this is what tells them apart, without decoding.
struct CharacterSteps {
  let charset: Charset
  /// Bytes of the character at hand that are gone by.
  private var held: UInt32 = 0
  private var count = 0
  /// The escape sequence at hand, else the one in force; empty for ASCII.
  private var escape: [UInt8] = []
  /// The sequence that designated a set other than ASCII; empty where ASCII holds.
  private(set) var designation: [UInt8] = []

  /// What `step` gives for a character beyond ASCII.
  static let other: UInt8 = 0x80

  init(_ charset: Charset) { self.charset = charset }

  /// Bytes of one ASCII character.
  var width: Int {
    switch charset {
    case .utf16LE, .utf16BE: 2
    case .utf32LE, .utf32BE: 4
    default: 1
    }
  }

  /// An ASCII text in this charset.
  func encode(_ text: [UInt8]) -> [UInt8] {
    guard width > 1 else { return text }
    var out: [UInt8] = []
    out.reserveCapacity(text.count * width)
    let zeros = [UInt8](repeating: 0, count: width - 1)
    let isLittle = charset == .utf16LE || charset == .utf32LE
    for byte in text { out += isLittle ? [byte] + zeros : zeros + [byte] }
    return out
  }

  /// The character that ends with `byte`: itself when it is ASCII, else `other`; nil inside one.
  mutating func step(_ byte: UInt8) -> UInt8? {
    switch charset {
    case .utf16LE, .utf16BE, .utf32LE, .utf32BE: return wide(byte)
    case .cp932:
      if count == 1 {
        count = 0
        return Self.other
      }
      if (0x81...0x9F).contains(byte) || (0xE0...0xFC).contains(byte) {
        count = 1
        return nil
      }
      return escaped(byte)
    case .eucKR, .gb18030, .big5:
      if count == 1 {
        count = 0
        return Self.other
      }
      if byte > 0x80 && byte < 0xFF {
        count = 1
        return nil
      }
      return escaped(byte)
    default: return escaped(byte)
    }
  }

  private mutating func wide(_ byte: UInt8) -> UInt8? {
    let isLittle = charset == .utf16LE || charset == .utf32LE
    held = isLittle ? held | UInt32(byte) << (8 * UInt32(count)) : held << 8 | UInt32(byte)
    count += 1
    guard count == width else { return nil }
    let unit = held
    held = 0
    count = 0
    return unit < 0x80 ? UInt8(unit) : Self.other
  }

  /// Lines in ISO-2022-JP stand in files of every other charset, too.
  private mutating func escaped(_ byte: UInt8) -> UInt8? {
    if byte == 0x1B {
      escape = [byte]
      return nil
    }
    if !escape.isEmpty { return designate(byte) }
    if byte == 0x0A || byte == 0x0D { designation = [] }
    if !designation.isEmpty { return Self.other }
    return byte < 0x80 ? byte : Self.other
  }

  private mutating func designate(_ byte: UInt8) -> UInt8? {
    escape.append(byte)
    switch (escape[1], escape.count) {
    case (0x24, 2), (0x28, 2): return nil
    case (0x24, 3) where byte == 0x28: return nil
    case (0x24, _): designation = escape
    // Half-width katakana.
    case (0x28, 3) where byte == 0x49: designation = escape
    case (0x28, 3): designation = []
    // A terminal's: all that matters is that it is over.
    default: break
    }
    escape = []
    return Self.other
  }
}
