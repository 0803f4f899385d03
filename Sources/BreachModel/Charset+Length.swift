extension Charset {
  /// How many bytes UTF-8 text took up in this charset, between two marks of its decoder.
  ///
  /// A decoder sets a mark wherever this could not tell: at the escape sequences of ISO-2022-JP,
  /// behind the three-byte characters of EUC-JP, around those of four bytes of GB 18030 and what is invalid in UTF-8. In the double-byte
  /// charsets a replacement character stands for one byte.
  package func encodedLength(of text: Span<UInt8>, _ range: Range<Int>) -> Int {
    switch self {
    case .utf8: return range.count
    case .utf16LE, .utf16BE: return units(text, range, wide: 2, supplementary: 4)
    case .utf32LE, .utf32BE: return units(text, range, wide: 4, supplementary: 4)
    case .cp932, .iso2022JP: return doubleByte(text, range, kana: 1)
    case .eucJP, .eucKR, .gb18030, .big5: return doubleByte(text, range, kana: 2)
    default: return units(text, range, wide: 1, supplementary: 1)
    }
  }

  private func units(
    _ text: Span<UInt8>,
    _ range: Range<Int>,
    wide: Int,
    supplementary: Int
  ) -> Int {
    var length = 0
    for at in range {
      let byte = text[at]
      if byte & 0xC0 != 0x80 { length += byte >= 0xF0 ? supplementary : wide }
    }
    return length
  }

  private func doubleByte(_ text: Span<UInt8>, _ range: Range<Int>, kana: Int) -> Int {
    var length = 0
    var at = range.lowerBound
    while at < range.upperBound {
      let byte = text[at]
      if byte < 0x80 {
        length += 1
        at += 1
        continue
      }
      let width = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      length += at + width <= range.upperBound ? doubleByte(text, at, kana) : 2
      at += width
    }
    return length
  }

  private func doubleByte(_ text: Span<UInt8>, _ at: Int, _ kana: Int) -> Int {
    let (first, second) = (text[at], text[at + 1])
    if first == 0xEF {
      let third = text[at + 2]
      // U+FF61…FF9F are the half-width kana, U+FFFD stands for an invalid byte.
      if (second == 0xBD && third >= 0xA1) || (second == 0xBE && third <= 0x9F) { return kana }
      if second == 0xBF && third == 0xBD { return 1 }
    }
    // JIS X 0201 Roman has ¥ and ‾ in one byte.
    if self == .iso2022JP {
      if first == 0xC2 && second == 0xA5 { return 1 }
      if first == 0xE2 && second == 0x80 && text[at + 2] == 0xBE { return 1 }
    }
    return 2
  }
}
