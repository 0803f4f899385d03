extension Charset {
  /// How many bytes UTF-8 text took up in this charset.
  ///
  /// Exact for text that was decoded without replacement characters; ISO-2022-JP is reckoned with
  /// an escape sequence at each change between ASCII and kanji, as encoders write it.
  package func encodedLength(of text: Span<UInt8>, _ range: Range<Int>) -> Int {
    if self == .utf8 { return range.count }
    var length = 0
    var inKanji = false
    var at = range.lowerBound
    while at < range.upperBound {
      let byte = text[at]
      let width = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      let isHalfKana =
        width == 3 && byte == 0xEF && at + 2 < range.upperBound
        && (text[at + 1] == 0xBD || (text[at + 1] == 0xBE && text[at + 2] <= 0x9F))
      switch self {
      case .utf8, .latin1: length += 1
      case .cp932: length += width == 1 || isHalfKana ? 1 : 2
      case .eucJP: length += width == 1 ? 1 : 2
      case .utf16LE, .utf16BE: length += width == 4 ? 4 : 2
      case .utf32LE, .utf32BE: length += 4
      case .iso2022JP:
        if (width > 1) != inKanji {
          length += 3
          inKanji.toggle()
        }
        length += width == 1 ? 1 : 2
      }
      at += width
    }
    return length
  }
}
