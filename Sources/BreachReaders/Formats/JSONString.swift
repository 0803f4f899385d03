/// Strings and scalars of JSON.
enum JSONString {
  struct End {
    var position: Int
    var isClosed = false
    var hasEscape = false
    var lines = 0
  }

  /// Looks for the closing quote; stops at `end`, or at a line end when a line is a document.
  @inline(__always)
  static func end(
    _ text: Span<UInt8>,
    _ from: Int,
    _ end: Int,
    _ linewise: Bool,
    _ marks: inout MarkCursor
  ) -> End {
    var result = End(position: end)
    // Mostly the cursor stands at the opening quote.
    if marks.peek(text) == from - 1 { marks.advance() } else { marks.seek(to: from) }
    while true {
      let at = marks.peek(text)
      guard at < end else { return result }
      marks.advance()
      let byte = text[at]
      if byte == 0x22 {
        result.isClosed = true
        result.position = at
        return result
      }
      if byte == 0x5C {
        result.hasEscape = true
        // A line end ends the line even behind a backslash.
        let isEscaped = at + 1 < end && !(linewise && text[at + 1] == 0x0A)
        if isEscaped && marks.peek(text) == at + 1 { marks.advance() }
      } else {
        if linewise {
          result.position = at
          return result
        }
        result.lines += 1
      }
    }
  }

  /// Where to cut a string: a seam that is not inside an escape sequence.
  static func seam(_ text: Span<UInt8>, floor: Int, limit: Int) -> Int {
    var cut = Seam.find(text, floor: floor, limit: limit)
    var back = 1
    while back <= 5 && cut - back > floor {
      if text[cut - back] == 0x5C && text[cut - back + 1] == 0x75 && cut - back + 1 < cut {
        cut -= back
        break
      }
      back += 1
    }
    var slashes = 0
    while cut - slashes > floor && text[cut - slashes - 1] == 0x5C { slashes += 1 }
    return slashes % 2 == 1 && cut - 1 > floor ? cut - 1 : cut
  }

  static func isScalar(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E: true
    default: false
    }
  }

  /// The words that stand for a value, in JSON and as programs write them.
  static func isWord(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count <= 8 else { return false }
    var letters: UInt64 = 0
    for at in range { letters = letters << 8 | UInt64(text[at]) }
    switch letters {
    // true, false, null; True, False, None; NaN, Infinity.
    case 0x7472_7565, 0x66_616C_7365, 0x6E75_6C6C: return true
    case 0x5472_7565, 0x46_616C_7365, 0x4E6F_6E65: return true
    case 0x4E_614E, 0x496E_6669_6E69_7479: return true
    default: return false
    }
  }
}
