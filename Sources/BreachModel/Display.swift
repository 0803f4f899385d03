/// Makes text from evidence safe to show on a terminal, in a log or in a report.
package enum Display {
  /// True for C0, DEL, C1, bidirectional controls and the line and paragraph separators.
  ///
  /// All of them lie in the basic plane, so four hexadecimal digits are enough.
  package static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F: true
    case 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// The text with every such character as `\x1b` (below U+0100) or `\u{202e}`.
  ///
  /// Newlines and tabs too: a name is one line, wherever it is shown.
  package static func safe(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: needsEscape) else { return text }
    var shown = ""
    for scalar in text.unicodeScalars {
      if needsEscape(scalar) {
        shown += escape(scalar)
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  /// Raw bytes of a name as text: UTF-8 is kept, each byte that is none becomes `%hh`.
  ///
  /// A caller that knows another charset (CP932 names in a zip) decodes first and shows the text.
  package static func safe(_ bytes: some Sequence<UInt8>) -> String {
    let bytes = Array(bytes)
    if let text = String(validating: bytes, as: UTF8.self) { return safe(text) }
    var shown = ""
    var position = 0
    while position < bytes.count {
      let length = characterLength(bytes, at: position)
      if length > 0,
        let text = String(validating: bytes[position..<position + length], as: UTF8.self)
      {
        shown += safe(text)
        position += length
      } else {
        shown += "%" + hex(UInt32(bytes[position]), digits: 2)
        position += 1
      }
    }
    return shown
  }

  /// Bytes of the UTF-8 character that starts here by its lead byte; 0 when none can.
  private static func characterLength(_ bytes: [UInt8], at position: Int) -> Int {
    let length =
      switch bytes[position] {
      case 0...0x7F: 1
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    return position + length <= bytes.count ? length : 0
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    scalar.value < 0x100
      ? "\\x" + hex(scalar.value, digits: 2) : "\\u{" + hex(scalar.value, digits: 1) + "}"
  }

  private static func hex(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}

/// Text from evidence as it may be shown; see `Display.safe`.
package func displaySafe(_ text: String) -> String { Display.safe(text) }

/// Raw bytes of a name as they may be shown; see `Display.safe`.
package func displaySafe(_ bytes: some Sequence<UInt8>) -> String { Display.safe(bytes) }

/// Text from evidence as it may stand between tags and in quoted attributes of HTML and XML: shown
/// safely, and without what XML 1.0 (2.2) does not allow at all.
package func markupSafe(_ text: String) -> String {
  var out = ""
  for scalar in displaySafe(text).unicodeScalars {
    if let entity = markupEntity(scalar) {
      out += entity
    } else {
      out.unicodeScalars.append(scalar)
    }
  }
  return out
}

/// What stands for a character in markup; nil for one that stands for itself.
package func markupEntity(_ scalar: Unicode.Scalar) -> String? {
  switch scalar {
  case "&": "&amp;"
  case "<": "&lt;"
  case ">": "&gt;"
  case "\"": "&quot;"
  case "'": "&#39;"
  case "\u{FFFE}", "\u{FFFF}": "\u{FFFD}"
  default: nil
  }
}
