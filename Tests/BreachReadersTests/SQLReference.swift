/// The rules of the values of an INSERT once more, byte by byte, for statements on one line each.
struct SQLReference {
  private let text: [UInt8]
  private let backslashEscapes: Bool
  private var at = 0
  /// The text ended inside a string.
  private var isOpen = false
  private(set) var rows: [[[UInt8]]] = []

  /// `line` stands behind VALUES.
  init(_ line: [UInt8], backslashEscapes: Bool) {
    text = line
    self.backslashEscapes = backslashEscapes
    while at < text.count {
      switch text[at] {
      case 0x20, 0x09, 0x0D, 0x2C: at += 1
      case 0x28:
        at += 1
        row()
      default: return
      }
    }
  }

  private mutating func row() {
    var values: [[UInt8]] = []
    while let end = value(&values) {
      if end == 0x2C { continue }
      break
    }
    rows.append(values)
  }

  /// Takes a value and the mark behind it, which is given; nil at the end.
  private mutating func value(_ values: inout [[UInt8]]) -> UInt8? {
    let start = at
    var depth = 0
    var strings: [[UInt8]] = []
    var isPlain = true
    while at < text.count {
      let byte = text[at]
      if byte == 0x27 || byte == 0x22 {
        strings.append(string())
        continue
      }
      if depth == 0 && (byte == 0x2C || byte == 0x29) || byte == 0x3B { break }
      if byte == 0x28 { depth += 1 }
      if byte == 0x29 { depth -= 1 }
      if byte > 0x20 {
        let isAllowed = strings.isEmpty ? byte == 0x28 || Self.isName(byte) : byte == 0x29
        if !isAllowed { isPlain = false }
      }
      at += 1
    }
    if strings.count == 1 && isPlain {
      values.append(strings[0])
    } else {
      let whole = trimmed(start, at, keepingEnd: isOpen)
      let isNull = strings.isEmpty && String(decoding: whole, as: UTF8.self).lowercased() == "null"
      values.append(isNull ? [] : whole)
    }
    guard at < text.count else { return nil }
    // A semicolon ends the tuple and stays.
    if text[at] == 0x3B { return 0x3B }
    at += 1
    return text[at - 1]
  }

  /// The content of the string at `at`, and what it stands for.
  private mutating func string() -> [UInt8] {
    let quote = text[at]
    let isMarked = at > 0 && text[at - 1] | 0x20 == 0x65 && (at < 2 || !Self.isName(text[at - 2]))
    let backslash = backslashEscapes || isMarked
    var plain: [UInt8] = []
    at += 1
    while at < text.count {
      let byte = text[at]
      if byte == 0x5C && backslash && at + 1 < text.count {
        let forms: [UInt8: UInt8] = [0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09, 0x30: 0, 0x5A: 0x1A]
        plain.append(forms[text[at + 1]] ?? text[at + 1])
        at += 2
      } else if byte == quote {
        guard at + 1 < text.count, text[at + 1] == quote else { break }
        plain.append(byte)
        at += 2
      } else {
        plain.append(byte)
        at += 1
      }
    }
    isOpen = at == text.count
    at = min(text.count, at + 1)
    return plain
  }

  private func trimmed(_ start: Int, _ end: Int, keepingEnd: Bool) -> [UInt8] {
    var (start, end) = (start, end)
    while start < end && text[start] <= 0x20 { start += 1 }
    while !keepingEnd && end > start && text[end - 1] <= 0x20 { end -= 1 }
    return Array(text[start..<end])
  }

  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x24, 0x80...0xFF: true
    default: false
    }
  }
}
