internal import BreachBytes

/// The forms that nearly all dates are written in, read eight bytes at a time.
extension DateCheck {
  /// The day when it stands in one of the common forms, digits unpadded or not; nil for all others:
  /// `1980-01-02` (also with `/` or `.`), `1980年1月2日`, `昭和55年1月2日`, `S55.1.2`.
  ///
  /// At least six bytes.
  package static func plainForm(_ text: Span<UInt8>) -> Reading? {
    let head = UInt64(loadHalfWord(text, at: 0))
    let first = UInt8(truncatingIfNeeded: head)
    if isDigit(first) {
      let rest = isMark(text[4]) ? dotted(text, from: 5) : afterYear(text, from: 4)
      guard let rest, let day = number(ofDigits: head | rest << 32) else { return nil }
      return Reading(date: DayDate(number: day))
    }
    if first < 0x80 {
      guard let era = DateScanner.era(ofLetter: first) else { return nil }
      let (year, width) = oneOrTwo(head >> 8)
      guard isMark(UInt8(truncatingIfNeeded: head >> UInt64(8 + 8 * width))),
        let rest = dotted(text, from: 2 + width)
      else { return nil }
      return inEra(era, year, rest)
    }
    guard text.count >= 18, let era = era(named: loadWord(text, at: 0) << 16) else { return nil }
    let (year, width) = oneOrTwo(loadWord(text, at: 6))
    guard let rest = afterYear(text, from: 6 + width) else { return nil }
    return inEra(era, year, rest)
  }

  /// A day from four digits of month and day and two of a year of an era.
  @inline(__always)
  private static func inEra(_ era: Int, _ year: UInt64, _ rest: UInt64) -> Reading? {
    guard let day = number(ofDigits: 0x3030 | year << 16 | rest << 32) else { return nil }
    var date = DayDate(number: day)
    let count = date.year
    date.year += firstYear(ofEra: era) - 1
    return inEra(era, count, date)
  }

  /// The one or two digits in the lowest bytes as two, and how many they were.
  @inline(__always)
  private static func oneOrTwo(_ word: UInt64) -> (digits: UInt64, width: Int) {
    isDigit(UInt8(truncatingIfNeeded: word >> 8))
      ? (word & 0xFFFF, 2) : (0x30 | (word & 0xFF) << 8, 1)
  }

  /// `-`, `.` and `/`.
  @inline(__always)
  private static func isMark(_ byte: UInt8) -> Bool { byte &- 0x2D < 3 }

  /// The digits of month and day, two each, of a text that goes on from `start` as `1/2`.
  @inline(__always)
  private static func dotted(_ text: Span<UInt8>, from start: Int) -> UInt64? {
    let length = text.count - start
    guard length >= 3, length <= 5 else { return nil }
    let lastFive =
      UInt64(loadHalfWord(text, at: text.count - 5)) | UInt64(text[text.count - 1]) << 32
    let rest = lastFive >> UInt64(40 - 8 * length)
    let (month, width) = oneOrTwo(rest)
    guard isMark(UInt8(truncatingIfNeeded: rest >> UInt64(8 * width))) else { return nil }
    let day = rest >> UInt64(8 * width + 8)
    switch length - width {
    case 2: return month | (0x30 | day << 8) << 16
    case 3: return month | day << 16
    default: return nil
    }
  }

  /// The digits of month and day, two each, of a text that goes on from `start` as `年1月2日`.
  @inline(__always)
  private static func afterYear(_ text: Span<UInt8>, from start: Int) -> UInt64? {
    let end = text.count
    guard end - start >= 11, end - start <= 13 else { return nil }
    let (head, tail) = (loadWord(text, at: start), loadWord(text, at: end - 8))
    let (month, width) = oneOrTwo(head >> 24)
    let after = loadWord(text, at: start + 3) >> UInt64(8 * width)
    // 年, 月 and 日, the first byte lowest.
    guard head & 0xFF_FFFF == 0xB4_B9E5, after & 0xFF_FFFF == 0x88_9CE6, tail >> 40 == 0xA5_97E6
    else { return nil }
    switch end - start - width {
    case 10: return month | (0x30 | (tail >> 24 & 0xFF00)) << 16
    case 11: return month | (tail >> 24 & 0xFFFF) << 16
    default: return nil
    }
  }

  /// The era whose two characters are the six upper bytes of `name`.
  @inline(__always)
  private static func era(named name: UInt64) -> Int? {
    switch name {
    case 0xBBB2_E68E_98E6_0000: 0  // 明治
    case 0xA3AD_E6A7_A4E5_0000: 1  // 大正
    case 0x8C92_E5AD_98E6_0000: 2  // 昭和
    case 0x9088_E6B3_B9E5_0000: 3  // 平成
    case 0x8C92_E5A4_BBE4_0000: 4  // 令和
    default: nil
    }
  }
}
