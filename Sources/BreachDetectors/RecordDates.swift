internal import BreachBytes
internal import BreachModel

/// The earliest and the latest day that a column of dates gave, each as the number `YYYYMMDD`.
struct DayRange: BitwiseCopyable {
  /// 0 before the first day.
  private(set) var first: Int32 = 0
  private(set) var last: Int32 = 0

  var isEmpty: Bool { last == 0 }

  /// True when the day changes nothing, whether there is such a day or not.
  @inline(__always)
  func holds(_ day: Int) -> Bool { day >= Int(first) && day <= Int(last) }

  /// Takes in a day; what is no day, or none that a record can be of, is left out.
  mutating func add(_ day: Int) {
    guard RecordDate.isCredible(day) else { return }
    if isEmpty { first = Int32(day) }
    first = min(first, Int32(day))
    last = max(last, Int32(day))
  }

  static func += (left: inout Self, right: Self) {
    guard !right.isEmpty else { return }
    left.add(Int(right.first))
    left.add(Int(right.last))
  }

  /// Nil when there was none.
  var period: Period? {
    guard let from = Self.date(first), let to = Self.date(last) else { return nil }
    return Period(from: from, to: to)
  }

  private static func date(_ day: Int32) -> CivilDate? {
    let date = DayDate(number: Int(day))
    return CivilDate(year: date.year, month: date.month, day: date.day)
  }
}

/// When something of a record was: a day with or without a time, or seconds since 1970.
package enum RecordDate {
  /// Programs write the first days of their reckonings for "never": Unix, also west of Greenwich, and
  /// DOS.
  private static var zeros: [Int] { [1969_12_31, 1970_01_01, 1980_01_01] }

  /// A day that exists, of a year in which somebody may have kept records: 1950 to 2030.
  package static func isCredible(_ day: Int) -> Bool {
    let date = DayDate(number: day)
    return date.year >= 1950 && DateCheck.plausible(date) && !zeros.contains(day)
  }

  /// The day `YYYYMMDD` of a text that begins like 2024-01-02; it need not exist.
  ///
  /// Marks are `-`, `/` or `.`; behind the day stands nothing, a blank or a T. Nil for all other forms.
  @inline(__always)
  static func common(_ text: Span<UInt8>) -> Int? {
    guard text.count >= 10 else { return nil }
    let head = loadWord(text, at: 0)
    let mark = UInt8(truncatingIfNeeded: head >> 32)
    guard mark == 0x2D || mark == 0x2F || mark == 0x2E,
      UInt8(truncatingIfNeeded: head >> 56) == mark
    else { return nil }
    if text.count > 10, text[10] != 0x20, text[10] | 0x20 != 0x74 { return nil }
    let day = UInt64(text[8]) | UInt64(text[9]) << 8
    let month = head >> 40 & 0xFFFF
    return number(ofDigits: head & 0xFFFF_FFFF | month << 32 | day << 48)
  }

  /// The same of every form, without blanks around it; `dayFirst` where 03/04/2024 is in April.
  package static func any(_ text: Span<UInt8>, dayFirst: Bool) -> Int? {
    if let day = common(text) { return day }
    guard text.count >= 6, text.count <= 64 else { return nil }
    var digits = 0
    while digits < text.count, isDigit(text[digits]) { digits += 1 }
    // 1704067200.123
    if digits == text.count || digits >= 10 && text[digits] == 0x2E {
      return numeric(text.extracting(0..<digits))
    }
    let start = afterWeekday(text)
    if let end = beforeTime(text, from: start),
      let day = day(text.extracting(start..<end), dayFirst: dayFirst)
    {
      return day
    }
    if let day = day(text.extracting(start..<text.count), dayFirst: dayFirst) { return day }
    // 2024/1/2(火), 2024年1月2日 10時
    for end in start..<text.count where text[end] == 0x28 || text[end] == 0x20 {
      return day(text.extracting(start..<end), dayFirst: dayFirst)
    }
    return nil
  }

  /// Seconds or milliseconds since 1970, or the digits of a day and a time.
  private static func numeric(_ text: Span<UInt8>) -> Int? {
    var number = 0
    for index in text.indices {
      guard index < 14 else { return nil }
      number = number * 10 + Int(text[index] & 15)
    }
    switch text.count {
    case 8: return number
    case 10:
      let day = self.day(ofSecond: number)
      return isCredible(day) ? day : number / 100
    case 12: return number / 10_000
    case 13: return day(ofSecond: number / 1_000)
    case 14: return number / 1_000_000
    default: return nil
    }
  }

  private static func day(ofSecond second: Int) -> Int {
    let (year, month, day) = CivilDate(dayNumber: second / 86_400).components
    return (year * 100 + month) * 100 + day
  }

  /// Where the day begins: `Tue, 02 Jan 2024`.
  private static func afterWeekday(_ text: Span<UInt8>) -> Int {
    var end = 0
    while end < text.count, isLetter(text[end]) { end += 1 }
    guard end > 0, end + 1 < text.count, text[end] == 0x2C else { return 0 }
    return text[end + 1] == 0x20 ? end + 2 : end + 1
  }

  /// Where the day ends that a time with colons stands behind; nil without one.
  private static func beforeTime(_ text: Span<UInt8>, from start: Int) -> Int? {
    var colon = start
    while colon < text.count, text[colon] != 0x3A { colon += 1 }
    guard colon < text.count else { return nil }
    var end = colon
    while end > start, isDigit(text[end - 1]), colon - end < 2 { end -= 1 }
    // 02/Jan/2024:10:11:12
    if end > start, isDigit(text[end - 1]) { return colon }
    while end > start, text[end - 1] == 0x20 || text[end - 1] | 0x20 == 0x74 { end -= 1 }
    return end
  }

  private static func day(_ text: Span<UInt8>, dayFirst: Bool) -> Int? {
    func number(_ date: DayDate) -> Int { (date.year * 100 + date.month) * 100 + date.day }
    if let (first, second) = DateCheck.pair(text) {
      // Nobody puts the month first before a point.
      let isDayFirst = dayFirst || text[first.upperBound] == 0x2E
      let (one, two) = (value(text, first), value(text, second))
      let year = value(text, second.upperBound + 1..<min(text.count, second.upperBound + 5))
      let read = DayDate(year: year, month: isDayFirst ? two : one, day: isDayFirst ? one : two)
      let other = DayDate(year: year, month: read.day, day: read.month)
      return number(DateCheck.plausible(read) ? read : other)
    }
    return DateCheck.parse(text).map(number)
  }

  private static func value(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    range.reduce(0) { $0 * 10 + Int(text[$1] & 15) }
  }
}

extension Cells {
  /// Takes the day of a cell of a column of dates.
  @inline(__always)
  mutating func takeDate(_ text: Span<UInt8>, _ range: Range<Int>, _ column: Int) {
    // Most days lie between two that were seen.
    if let day = RecordDate.common(text.extracting(range)), columnDates[column].holds(day) {
      return
    }
    takeOtherDate(text, range, column)
  }

  @inline(never)
  private mutating func takeOtherDate(_ text: Span<UInt8>, _ range: Range<Int>, _ column: Int) {
    let (bare, _) = Value.bare(text, range)
    value.fold(text, bare)
    let isDayFirst = columns[column].role == .dayFirst
    guard let day = RecordDate.any(value.folded.span, dayFirst: isDayFirst) else { return }
    columnDates[column].add(day)
  }
}
