/// Writes JSON as UTF-8 bytes that are safe to show anywhere.
///
/// Control characters, DEL, C1, bidirectional controls and U+2028/2029 are escaped, so a document
/// shown on a terminal or pasted into a script holds none of them.
package enum JSONWriter {
  /// One line without spaces, or two-space indentation.
  package enum Style: Sendable {
    case compact, pretty
  }

  /// The document as bytes, without a newline at its end.
  package static func bytes(_ value: JSONValue, style: Style = .compact) -> [UInt8] {
    var bytes: [UInt8] = []
    append(value, to: &bytes, style: style)
    return bytes
  }

  /// Appends a document; `indent` is the number of levels it stands at.
  package static func append(
    _ value: JSONValue,
    to bytes: inout [UInt8],
    style: Style = .compact,
    indent: Int = 0
  ) {
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    case .integer(let number): bytes.append(contentsOf: String(number).utf8)
    case .number(let number): append(number, to: &bytes)
    case .string(let text): append(text, to: &bytes)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (position, element) in elements.enumerated() {
        separate(position, indent + 1, style, &bytes)
        append(element, to: &bytes, style: style, indent: indent + 1)
      }
      close(elements.isEmpty, indent, style, &bytes)
      bytes.append(UInt8(ascii: "]"))
    case .object(let object):
      bytes.append(UInt8(ascii: "{"))
      for (position, member) in object.members.enumerated() {
        separate(position, indent + 1, style, &bytes)
        append(member.key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        if style == .pretty { bytes.append(UInt8(ascii: " ")) }
        append(member.value, to: &bytes, style: style, indent: indent + 1)
      }
      close(object.members.isEmpty, indent, style, &bytes)
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// Appends a string with its quotes.
  package static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    // Most strings are ids and need no look at their scalars.
    let isPlain = text.utf8.allSatisfy {
      $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }
    if isPlain {
      bytes.append(contentsOf: text.utf8)
    } else {
      for scalar in text.unicodeScalars { append(escaped: scalar, to: &bytes) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Appends the shortest decimal that reads back as the same number; `null` when not finite.
  ///
  /// From 1e-10 up to 1e20 it is written without an exponent.
  package static func append(_ number: Double, to bytes: inout [UInt8]) {
    guard number.isFinite else {
      bytes.append(contentsOf: "null".utf8)
      return
    }
    let text = number.description
    guard let mark = text.firstIndex(of: "e"), let exponent = Int(text[text.index(after: mark)...]),
      (-10...20).contains(exponent)
    else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    var digits = text[..<mark].utf8.filter { $0 != UInt8(ascii: ".") }
    if digits.first == UInt8(ascii: "-") { bytes.append(digits.removeFirst()) }
    // `1.0e+20` has a zero that only the notation needs.
    while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
    let zero = UInt8(ascii: "0")
    if exponent < 0 {
      bytes.append(contentsOf: [zero, UInt8(ascii: ".")])
      bytes.append(contentsOf: repeatElement(zero, count: -exponent - 1))
      bytes.append(contentsOf: digits)
    } else {
      let whole = exponent + 1
      bytes.append(contentsOf: digits.prefix(whole))
      bytes.append(contentsOf: repeatElement(zero, count: max(0, whole - digits.count)))
      bytes.append(UInt8(ascii: "."))
      if digits.count > whole {
        bytes.append(contentsOf: digits.dropFirst(whole))
      } else {
        bytes.append(zero)
      }
    }
  }

  private static func separate(
    _ position: Int,
    _ indent: Int,
    _ style: Style,
    _ bytes: inout [UInt8]
  ) {
    if position > 0 { bytes.append(UInt8(ascii: ",")) }
    if style == .pretty { newline(indent, &bytes) }
  }

  private static func close(
    _ isEmpty: Bool,
    _ indent: Int,
    _ style: Style,
    _ bytes: inout [UInt8]
  ) {
    if style == .pretty, !isEmpty { newline(indent, &bytes) }
  }

  private static func newline(_ indent: Int, _ bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent * 2))
  }

  private static func append(escaped scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    switch scalar {
    case "\"": bytes.append(contentsOf: #"\""#.utf8)
    case "\\": bytes.append(contentsOf: #"\\"#.utf8)
    case "\n": bytes.append(contentsOf: #"\n"#.utf8)
    case "\r": bytes.append(contentsOf: #"\r"#.utf8)
    case "\t": bytes.append(contentsOf: #"\t"#.utf8)
    case _ where Display.needsEscape(scalar):
      let hex = String(scalar.value, radix: 16)
      bytes.append(contentsOf: #"\u"#.utf8)
      bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 4 - hex.utf8.count))
      bytes.append(contentsOf: hex.utf8)
    default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
  }
}
