internal import BreachBytes
internal import BreachModel

/// Lines that a label has to itself, and what may stand before a label in its line.
extension Engine {
  /// What a short line that ends at `end` holds besides bullets before it and marks behind it; nil
  /// when it is not short, or empty.
  static func labelLine(_ text: Span<UInt8>, _ floor: Int, _ end: Int) -> Range<Int>? {
    var start = end
    while start > floor, end - start <= 60, text[start - 1] != 0x0A { start -= 1 }
    guard end - start <= 60, start == floor || text[start - 1] == 0x0A else { return nil }
    start = skipBullets(text, start, end)
    var stop = end
    while stop > start {
      if isLabelSeparator(text[stop - 1]) {
        stop -= 1
      } else if stop - start > 3, isWideSeparator(text, stop) {
        stop -= 3
      } else {
        break
      }
    }
    guard stop > start, !holdsValue(text, start..<stop) else { return nil }
    // `Age 42` is a label with its value.
    var digits = stop
    while digits > start, isDigit(text[digits - 1]) { digits -= 1 }
    if digits < stop, digits > start, text[digits - 1] == 0x20 { return nil }
    return start..<stop
  }

  /// A mark, or a bracket with more behind it: 勤務先：(株)…, 会社名 (株)…; or the end of one that
  /// another line opened.
  private static func holdsValue(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var isOpened = false
    var depth = 0
    for at in range where text[at] == 0x28 || text[at] == 0x29 {
      depth += text[at] == 0x28 ? 1 : -1
      if depth < 0 { return true }
    }
    for at in range {
      switch text[at] {
      case 0x3A, 0x3D: return true
      // ： ＝
      case 0xEF where at + 2 < range.upperBound && text[at + 1] == 0xBC:
        if text[at + 2] == 0x9A || text[at + 2] == 0x9D { return true }
      case 0x28: isOpened = at > range.lowerBound && (text[at - 1] >= 0x80 || text[at - 1] == 0x20)
      case 0x29 where isOpened: if at + 1 < range.upperBound { return true }
      default: break
      }
    }
    return false
  }

  /// Behind the blanks, numbers and marks with which a line of a form may begin.
  static func skipBullets(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var at = start
    var digits = 0
    while at < end {
      let byte = text[at]
      if byte < 0x80 {
        // `3. ` and `(12)` number the items of a form; longer numbers are something else.
        digits += isDigit(byte) ? 1 : 0
        if isLetter(byte) || digits > 2 || byte == 0x3A || byte == 0x3D || byte == 0x2F { break }
        at += 1
      } else if at + 3 <= end, isBullet(byte, text[at + 1], text[at + 2]) {
        at += 3
      } else {
        break
      }
    }
    return at
  }

  /// Marks before the items of a form: ■ ● ◆ ※ 【 「 ・ （ and a wide blank.
  private static func isBullet(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    switch (first, second) {
    case (0xE2, 0x80...0xAF): true
    case (0xE3, 0x80): third <= 0xBF && third != 0x85 && third != 0x92
    case (0xE3, 0x83): third == 0xBB
    case (0xEF, 0xBC): third < 0x90
    default: false
    }
  }
}
