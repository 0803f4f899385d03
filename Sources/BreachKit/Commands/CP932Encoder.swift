internal import BreachBytes
internal import BreachModel
internal import BreachReports

/// Windows-31J for spreadsheets that open nothing else, made of the table that reading uses.
enum CP932Encoder {
  /// The charset of a report.
  static let charset = ReportCharset(name: "cp932", encode: encode)

  private static func encode(_ scalar: Unicode.Scalar) -> [UInt8]? {
    if scalar.isASCII { return [UInt8(scalar.value)] }
    // Half-width katakana are one byte.
    if (0xFF61...0xFF9F).contains(scalar.value) { return [UInt8(scalar.value - 0xFF61 + 0xA1)] }
    guard let code = codes[scalar.value] else { return nil }
    return [UInt8(code >> 8), UInt8(code & 0xFF)]
  }

  /// Scalar → code.
  ///
  /// Where one character has several codes Windows writes the lowest, but those of
  /// NEC's selection (ED, EE) only where there is no other.
  private static let codes: [UInt32: UInt16] = {
    var codes: [UInt32: UInt16] = [:]
    let leads = Array(UInt8(0x81)...0x9F) + Array(UInt8(0xE0)...0xFC)
    for lead in leads.filter({ $0 != 0xED && $0 != 0xEE }) + [0xED, 0xEE] {
      for trail in Array(UInt8(0x40)...0x7E) + Array(UInt8(0x80)...0xFC) {
        var decoder = CharsetDecoder(charset: .cp932)
        var text: [UInt8] = []
        let input = [lead, trail]
        guard decoder.decode(input.span, final: true, into: &text).invalid == 0 else { continue }
        let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
        guard scalars.count == 1, codes[scalars[0].value] == nil else { continue }
        codes[scalars[0].value] = UInt16(lead) << 8 | UInt16(trail)
      }
    }
    // Signs that JIS X 0208 and Windows name by different characters.
    for (other, known) in [
      (0x301C, 0xFF5E), (0x2014, 0x2015), (0x2212, 0xFF0D), (0x2016, 0x2225), (0xA2, 0xFFE0),
      (0xA3, 0xFFE1), (0xAC, 0xFFE2),
    ] as [(UInt32, UInt32)] where codes[other] == nil { codes[other] = codes[known] }
    return codes
  }()
}
