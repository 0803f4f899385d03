/// Escapes of SQL strings and of COPY text; the plain form is never longer than the written one.
enum SQLEscape {
  /// Appends the unescaped range: doubled quotes, and backslashes where they escape.
  static func unescape(
    _ text: Span<UInt8>,
    _ range: Range<Int>,
    backslash: Bool,
    into out: inout OutputSpan<UInt8>
  ) {
    var at = range.lowerBound
    let end = range.upperBound
    let quote: UInt8 = at > 0 && text[at - 1] == 0x22 ? 0x22 : 0x27
    while at < end {
      let byte = text[at]
      if byte == 0x5C && backslash && at + 1 < end {
        switch text[at + 1] {
        case 0x6E: out.append(0x0A)
        case 0x72: out.append(0x0D)
        case 0x74: out.append(0x09)
        case 0x30: out.append(0x00)
        case 0x5A: out.append(0x1A)
        case let other: out.append(other)
        }
        at += 2
      } else {
        out.append(byte)
        at += byte == quote && at + 1 < end && text[at + 1] == quote ? 2 : 1
      }
    }
  }

  /// Appends the unescaped range of a COPY column (PostgreSQL, COPY, text format).
  static func unescapeCopy(
    _ text: Span<UInt8>,
    _ range: Range<Int>,
    into out: inout OutputSpan<UInt8>
  ) {
    var at = range.lowerBound
    let end = range.upperBound
    while at < end {
      let byte = text[at]
      guard byte == 0x5C, at + 1 < end else {
        out.append(byte)
        at += 1
        continue
      }
      switch text[at + 1] {
      case 0x62: out.append(0x08)
      case 0x66: out.append(0x0C)
      case 0x6E: out.append(0x0A)
      case 0x72: out.append(0x0D)
      case 0x74: out.append(0x09)
      case 0x76: out.append(0x0B)
      case let other: out.append(other)
      }
      at += 2
    }
  }
}
