internal import BreachBytes
internal import BreachModel

/// A calendar day.
struct DayDate: Sendable, Hashable, Comparable {
  var year: Int
  var month: Int
  var day: Int

  static func < (left: Self, right: Self) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

/// Dates in every written form: Gregorian and Japanese eras, digits of any width, kanji numbers.
enum DateCheck {
  /// A day as read, with what speaks against it.
  struct Reading {
    var date: DayDate
    /// The day lies outside of the era that it is written in: 昭和64年2月1日, 平成31年5月1日.
    var isOutsideEra = false
  }

  /// Passes a whole, plausible birth date; the normal form is `YYYYMMDD`.
  ///
  /// The year must lie between 1890, when nobody alive was born, and 2030. A day outside of its era
  /// is unknown: programs and people go on counting an era that has ended.
  static func birth(_ text: Span<UInt8>, _ normal: inout ByteBuffer, _ words: WordLists) -> Verdict
  {
    guard let reading = read(text), plausible(reading.date) else { return .fail }
    normal.clear()
    append(reading.date.year, digits: 4, to: &normal)
    append(reading.date.month, digits: 2, to: &normal)
    append(reading.date.day, digits: 2, to: &normal)
    return Verdict(
      reading.isOutsideEra ? .unknown : .pass,
      evidence: .format,
      weight: reading.isOutsideEra ? -10 : 0,
      isSample: words.sampleDates.contains(normal.span)
    )
  }

  private static func append(_ number: Int, digits: Int, to out: inout ByteBuffer) {
    var scale = digits == 4 ? 1_000 : 10
    while scale > 0 {
      out.append(0x30 + UInt8(number / scale % 10))
      scale /= 10
    }
  }

  /// A day that exists, of a year between 1890 and 2030.
  static func plausible(_ date: DayDate) -> Bool {
    (1890...2030).contains(date.year) && exists(date)
  }

  private static func exists(_ date: DayDate) -> Bool {
    (1...12).contains(date.month) && date.day >= 1
      && date.day <= days(in: date.month, of: date.year)
  }

  static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Meiji, Taisho, Showa, Heisei, Reiwa: first and last day (元号を改める政令).
  ///
  /// The days of change 1912-07-30 and 1926-12-25 belong to both eras.
  private static let eras: [(first: DayDate, last: DayDate)] = [
    (DayDate(year: 1868, month: 1, day: 25), DayDate(year: 1912, month: 7, day: 30)),
    (DayDate(year: 1912, month: 7, day: 30), DayDate(year: 1926, month: 12, day: 25)),
    (DayDate(year: 1926, month: 12, day: 25), DayDate(year: 1989, month: 1, day: 7)),
    (DayDate(year: 1989, month: 1, day: 8), DayDate(year: 2019, month: 4, day: 30)),
    (DayDate(year: 2019, month: 5, day: 1), DayDate(year: 2099, month: 12, day: 31)),
  ]

  /// The day that the whole of `text` names; nil when it is none.
  static func parse(_ text: Span<UInt8>) -> DayDate? { read(text)?.date }

  /// Reads the whole of `text`.
  static func read(_ text: Span<UInt8>) -> Reading? {
    guard text.count >= 6, text.count <= 64 else { return nil }
    if let date = numeric(text) { return Reading(date: date) }
    var scan = DateScanner()
    if let month = scan.month(text) {
      scan.separators(text)
      guard let day = scan.number(text, 2) else { return nil }
      scan.ordinal(text)
      scan.separators(text)
      guard let year = scan.number(text, 4) else { return nil }
      return finish(&scan, text, DayDate(year: year, month: month, day: day))
    }
    if let era = scan.era(text) {
      scan.blanks(text)
      guard let number = scan.yearNumber(text) else { return nil }
      guard let date = monthAndDay(&scan, text, year: eras[era].first.year + number - 1) else {
        return nil
      }
      return inEra(date, era, number)
    }
    return digits(&scan, text)
  }

  /// The form of most exports, `1980-01-02` and `1980/01/02`, at one look; nil for all others.
  @inline(__always)
  private static func numeric(_ text: Span<UInt8>) -> DayDate? {
    guard text.count == 10 else { return nil }
    let mark = text[4]
    guard mark == 0x2D || mark == 0x2F, text[7] == mark else { return nil }
    var wrong: UInt8 = 0
    func digit(_ index: Int) -> Int {
      let digit = text[index] &- 0x30
      wrong |= digit < 10 ? 0 : 1
      return Int(digit)
    }
    let year = digit(0) * 1_000 + digit(1) * 100 + digit(2) * 10 + digit(3)
    let date = DayDate(year: year, month: digit(5) * 10 + digit(6), day: digit(8) * 10 + digit(9))
    return wrong == 0 ? date : nil
  }

  /// The reading of a day written as year `number` of an era; nil when the era had no such year.
  private static func inEra(_ reading: Reading, _ era: Int, _ number: Int) -> Reading? {
    let last = eras[era].last.year - eras[era].first.year + 1
    guard number >= 1, number <= last else { return nil }
    var reading = reading
    reading.isOutsideEra = reading.date < eras[era].first || reading.date > eras[era].last
    return reading
  }

  private static func digits(_ scan: inout DateScanner, _ text: Span<UInt8>) -> Reading? {
    switch scan.digitRun(text) {
    case 14:
      // 19800102000000
      guard let all = scan.number(text, 8), scan.number(text, 6) == 0 else { return nil }
      return finish(&scan, text, DayDate(year: all / 10_000, month: all / 100 % 100, day: all % 100))
    case 8:
      guard let all = scan.number(text, 8) else { return nil }
      return finish(&scan, text, DayDate(year: all / 10_000, month: all / 100 % 100, day: all % 100))
    case 7:
      // 3550102: era digit (1 Meiji … 5 Reiwa), then yymmdd.
      guard let all = scan.number(text, 7), scan.isDone(text) else { return nil }
      let (era, year) = (all / 1_000_000 - 1, all / 10_000 % 100)
      guard eras.indices.contains(era) else { return nil }
      let date = DayDate(
        year: eras[era].first.year + year - 1,
        month: all / 100 % 100,
        day: all % 100
      )
      return inEra(Reading(date: date), era, year)
    case 4:
      guard let year = scan.number(text, 4) else { return nil }
      return monthAndDay(&scan, text, year: year)
    case 1, 2: return shortFirst(&scan, text)
    case 0:
      // 一九八〇年一月二日
      guard let year = scan.kanjiOrNumber(text, 4), year >= 1_000 else { return nil }
      return monthAndDay(&scan, text, year: year)
    default: return nil
    }
  }

  /// `2 January 1980`, `01/02/1980`, `80/01/02`.
  private static func shortFirst(_ scan: inout DateScanner, _ text: Span<UInt8>) -> Reading? {
    guard let first = scan.number(text, 2), let mark = scan.peek(text) else { return nil }
    if mark >= 0x80 {
      // 80年1月2日
      return monthAndDay(&scan, text, year: century(first))
    }
    scan.ordinal(text)
    scan.separators(text)
    if let month = scan.month(text) {
      scan.separators(text)
      guard scan.digitRun(text) == 4, let year = scan.number(text, 4) else { return nil }
      return finish(&scan, text, DayDate(year: year, month: month, day: first))
    }
    guard mark == 0x2F || mark == 0x2D || mark == 0x2E, let second = scan.number(text, 2),
      scan.peek(text) == mark
    else { return nil }
    scan.separators(text)
    if scan.digitRun(text) == 4, let year = scan.number(text, 4) {
      // Month first or day first: the one that is possible, month first when both are.
      let monthFirst = DayDate(year: year, month: first, day: second)
      return finish(
        &scan,
        text,
        exists(monthFirst) ? monthFirst : DayDate(year: year, month: second, day: first)
      )
    }
    guard (1...2).contains(scan.digitRun(text)), let third = scan.number(text, 2) else { return nil }
    return finish(&scan, text, DayDate(year: century(first), month: second, day: third))
  }

  /// The year that two digits stand for: the last one that is over.
  private static func century(_ year: Int) -> Int { year + (year > 26 ? 1_900 : 2_000) }

  /// Month and day behind a year.
  private static func monthAndDay(_ scan: inout DateScanner, _ text: Span<UInt8>, year: Int) -> Reading? {
    scan.separators(text)
    guard let month = scan.kanjiOrNumber(text, 2) else { return nil }
    scan.separators(text)
    guard let day = scan.kanjiOrNumber(text, 2) else { return nil }
    return finish(&scan, text, DayDate(year: year, month: month, day: day))
  }

  private static func finish(_ scan: inout DateScanner, _ text: Span<UInt8>, _ date: DayDate) -> Reading? {
    switch scan.rest(text) {
    case .day: Reading(date: date)
    case .dayBeforeInUTC: exists(date) ? Reading(date: next(date)) : nil
    case .other: nil
    }
  }

  private static func next(_ date: DayDate) -> DayDate {
    var next = date
    next.day += 1
    if next.day > days(in: date.month, of: date.year) {
      (next.month, next.day) = (date.month + 1, 1)
    }
    if next.month > 12 { (next.year, next.month) = (date.year + 1, 1) }
    return next
  }
}
