internal import BreachBytes
package import BreachModel

/// Encodes text the other way round than the product does, by asking its decoder for every code.
package struct CharsetEncoder: Sendable {
  private let charset: Charset
  private let table: [UInt32: [UInt8]]

  /// Cheap but for the double-byte charsets, of which all codes are decoded once.
  package init(_ charset: Charset) {
    self.charset = charset
    switch charset {
    case .cp932: table = Self.pairs(.cp932, 0x81...0xFC, 0x40...0xFC, prefix: [])
    case .eucJP, .iso2022JP:
      let wide = Self.pairs(.eucJP, 0xA1...0xFE, 0xA1...0xFE, prefix: [])
      let more =
        charset == .eucJP ? Self.pairs(.eucJP, 0xA1...0xFE, 0xA1...0xFE, prefix: [0x8F]) : [:]
      table = wide.merging(more) { first, _ in first }
    case .eucKR, .gb18030, .big5:
      table = Self.pairs(charset, 0x81...0xFE, 0x40...0xFE, prefix: [])
    case _ where charset.isSingleByte && charset != .latin1:
      table = Self.singles(charset)
    default: table = [:]
    }
  }

  private static func singles(_ charset: Charset) -> [UInt32: [UInt8]] {
    var table: [UInt32: [UInt8]] = [:]
    for byte in UInt8(0x80)...0xFF {
      var decoder = CharsetDecoder(charset: charset)
      var text: [UInt8] = []
      guard decoder.decode([byte].span, final: true, into: &text).invalid == 0 else { continue }
      for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
        table[scalar.value] = [byte]
      }
    }
    return table
  }

  private static func pairs(
    _ charset: Charset,
    _ leads: ClosedRange<UInt8>,
    _ trails: ClosedRange<UInt8>,
    prefix: [UInt8]
  ) -> [UInt32: [UInt8]] {
    var table: [UInt32: [UInt8]] = [:]
    for lead in leads {
      for trail in trails {
        let bytes = prefix + [lead, trail]
        var decoder = CharsetDecoder(charset: charset)
        var text: [UInt8] = []
        let result = decoder.decode(bytes.span, final: true, into: &text)
        let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
        guard result.invalid == 0, scalars.count == 1, table[scalars[0].value] == nil else {
          continue
        }
        table[scalars[0].value] = bytes
      }
    }
    return table
  }

  /// The bytes of `text`; what the charset lacks becomes `?`.
  package func encode(_ text: String) -> [UInt8] {
    var out: [UInt8] = []
    var set = Designated.ascii
    for scalar in text.unicodeScalars {
      guard charset == .iso2022JP else {
        append(scalar, to: &out)
        continue
      }
      let wide = table[scalar.value]
      let isKana = (0xFF61...0xFF9F).contains(scalar.value)
      let wanted: Designated = isKana ? .kana : wide == nil ? .ascii : .kanji
      if wanted != set { out += wanted.rawValue.utf8 }
      set = wanted
      if isKana {
        out.append(UInt8(scalar.value - 0xFF61 + 0x21))
      } else {
        out += wide.map { $0.map { $0 & 0x7F } } ?? [scalar.isASCII ? UInt8(scalar.value) : 0x3F]
      }
    }
    if set != .ascii { out += Designated.ascii.rawValue.utf8 }
    return out
  }

  /// The sets of ISO-2022-JP by their escape sequences.
  private enum Designated: String {
    case ascii = "\u{1B}(B"
    case kanji = "\u{1B}$B"
    case kana = "\u{1B}(I"
  }

  private func append(_ scalar: Unicode.Scalar, to out: inout [UInt8]) {
    let value = scalar.value
    switch charset {
    case .utf8: out += Array(String(scalar).utf8)
    case .utf16LE, .utf16BE:
      for unit in String(scalar).utf16 {
        let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        out += charset == .utf16LE ? bytes : bytes.reversed()
      }
    case .utf32LE, .utf32BE:
      let bytes = (0..<4).map { UInt8(value >> (8 * UInt32($0)) & 0xFF) }
      out += charset == .utf32LE ? bytes : bytes.reversed()
    case .latin1: out.append(value < 0x100 ? UInt8(value) : 0x3F)
    default:
      if value < 0x80 {
        out.append(UInt8(value))
      } else if (0xFF61...0xFF9F).contains(value), charset == .cp932 || charset == .eucJP {
        if charset == .eucJP { out.append(0x8E) }
        out.append(UInt8(value - 0xFF61 + 0xA1))
      } else {
        out += table[value] ?? [0x3F]
      }
    }
  }
}
