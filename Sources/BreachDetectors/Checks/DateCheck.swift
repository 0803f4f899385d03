internal import BreachBytes
internal import BreachModel

/// A calendar day.
package struct DayDate: Sendable, Hashable, Comparable {
  /// Of the Gregorian calendar.
  package var year: Int
  /// 1…12 in a day that exists.
  package var month: Int
  /// 1…31 in a day that exists.
  package var day: Int

  /// A day that need not exist.
  package init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// From the number that the eight digits `YYYYMMDD` make.
  init(number: Int) {
    self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
  }

  /// By year, month and day.
  package static func < (left: Self, right: Self) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

/// Dates in every written form: Gregorian and Japanese eras, digits of any width, kanji numbers.
package enum DateCheck {
  /// A day as read, with what speaks against it.
  package struct Reading: Hashable {
    /// The day.
    package var date: DayDate
    /// The day lies outside of the era that it is written in: 昭和64年2月1日, 平成31年5月1日.
    package var isOutsideEra = false
  }

  /// Passes a whole, plausible birth date; the normal form is `YYYYMMDD`.
  ///
  /// The year must lie between 1890, when nobody alive was born, and 2030. A day outside of its era
  /// is unknown: programs and people go on counting an era that has ended.
  static func birth(_ text: Span<UInt8>, _ normal: inout ByteBuffer, _ words: WordLists) -> Verdict
  {
    guard let reading = read(text), plausible(reading.date) else { return .fail }
    normal.clear()
    let date = reading.date
    let number = date.year * 10_000 + date.month * 100 + date.day
    normal.append(word: digitWord(of: number), count: 8)
    return Verdict(
      reading.isOutsideEra ? .unknown : .pass,
      evidence: .format,
      weight: reading.isOutsideEra ? -10 : 0,
      isSample: words.sampleDates.contains(normal.span)
    )
  }

  /// A day that exists, of a year between 1890 and 2030.
  static func plausible(_ date: DayDate) -> Bool {
    (1890...2030).contains(date.year) && exists(date)
  }

  private static func exists(_ date: DayDate) -> Bool {
    (1...12).contains(date.month) && date.day >= 1
      && date.day <= days(in: date.month, of: date.year)
  }

  /// How many days a month has, 1…12.
  private static func days(in month: Int, of year: Int) -> Int {
    if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
    // Long and short months alternate, and begin anew with August.
    return 30 + (month + (month >> 3)) % 2
  }

  /// Meiji, Taisho, Showa, Heisei, Reiwa: first and last day (元号を改める政令).
  ///
  /// The days of change 1912-07-30 and 1926-12-25 belong to both eras.
  private static func days(ofEra era: Int) -> (first: DayDate, last: DayDate)? {
    switch era {
    case 0: (DayDate(year: 1868, month: 1, day: 25), DayDate(year: 1912, month: 7, day: 30))
    case 1: (DayDate(year: 1912, month: 7, day: 30), DayDate(year: 1926, month: 12, day: 25))
    case 2: (DayDate(year: 1926, month: 12, day: 25), DayDate(year: 1989, month: 1, day: 7))
    case 3: (DayDate(year: 1989, month: 1, day: 8), DayDate(year: 2019, month: 4, day: 30))
    case 4: (DayDate(year: 2019, month: 5, day: 1), DayDate(year: 2099, month: 12, day: 31))
    default: nil
    }
  }

  /// The year of the Gregorian calendar that year 1 of an era is, 0 for none.
  static func firstYear(ofEra era: Int) -> Int { days(ofEra: era)?.first.year ?? 0 }

  /// The day that the whole of `text` names; nil when it is none.
  static func parse(_ text: Span<UInt8>) -> DayDate? { read(text)?.date }

  /// Reads the whole of `text`.
  package static func read(_ text: Span<UInt8>) -> Reading? {
    guard text.count >= 6, text.count <= 64 else { return nil }
    return plainForm(text) ?? anyForm(text)
  }

  /// The same by walking through the text, which takes longer and knows all forms.
  package static func anyForm(_ text: Span<UInt8>) -> Reading? {
    guard text.count >= 6, text.count <= 64 else { return nil }
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
      guard let date = monthAndDay(&scan, text, year: firstYear(ofEra: era) + number - 1)?.date
      else { return nil }
      return inEra(era, number, date)
    }
    return digits(&scan, text)
  }

  /// The reading of a day of year `number` of an era; nil when the era had no such year.
  static func inEra(_ era: Int, _ number: Int, _ date: DayDate) -> Reading? {
    guard let (first, last) = days(ofEra: era), number >= 1, number <= last.year - first.year + 1
    else { return nil }
    return Reading(date: date, isOutsideEra: date < first || date > last)
  }

  private static func digits(_ scan: inout DateScanner, _ text: Span<UInt8>) -> Reading? {
    switch scan.digitRun(text) {
    case 14:
      // 19800102000000
      guard let all = scan.number(text, 8), scan.number(text, 6) == 0 else { return nil }
      return finish(&scan, text, DayDate(number: all))
    case 8:
      guard let all = scan.number(text, 8) else { return nil }
      return finish(&scan, text, DayDate(number: all))
    case 7:
      // 3550102: era digit (1 Meiji … 5 Reiwa), then yymmdd.
      guard let all = scan.number(text, 7), scan.isDone(text) else { return nil }
      let (era, number) = (all / 1_000_000 - 1, all / 10_000 % 100)
      var date = DayDate(number: all % 1_000_000)
      date.year += firstYear(ofEra: era) - 1
      return inEra(era, number, date)
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

  /// `2 January 1980`, `2 de enero de 1980`, `01/02/1980`, `80/01/02`.
  private static func shortFirst(_ scan: inout DateScanner, _ text: Span<UInt8>) -> Reading? {
    guard let first = scan.number(text, 2), let mark = scan.peek(text) else { return nil }
    if mark >= 0x80 {
      // 80年1月2日
      return monthAndDay(&scan, text, year: century(first))
    }
    scan.ordinal(text)
    scan.separators(text)
    if let month = scan.month(text) {
      scan.ordinal(text)
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
    guard (1...2).contains(scan.digitRun(text)), let third = scan.number(text, 2) else {
      return nil
    }
    // 80/01/02; where that is no day, 01/25/80, and where that is none either, 25/01/80.
    let yearFirst = DayDate(year: century(first), month: second, day: third)
    let monthFirst = DayDate(year: century(third), month: first, day: second)
    let dayFirst = DayDate(year: century(third), month: second, day: first)
    // Who writes points has the month in the middle: 6.21.18 is a version.
    let isMonthFirst = mark != 0x2E && exists(monthFirst)
    let date = exists(yearFirst) ? yearFirst : isMonthFirst ? monthFirst : dayFirst
    return finish(&scan, text, date)
  }

  /// A birth date of a column that has the day before the month, with '/', '.' or '-' between.
  static func birthDayFirst(_ text: Span<UInt8>, _ normal: inout ByteBuffer, _ words: WordLists)
    -> Verdict
  {
    guard let (first, second) = pair(text), text.count <= 32 else {
      return birth(text, &normal, words)
    }
    var swapped = [32 of UInt8](repeating: 0)
    var count = 0
    func put(_ range: Range<Int>) {
      for index in range {
        swapped[count] = text[index]
        count += 1
      }
    }
    put(second)
    put(first.upperBound..<second.lowerBound)
    put(first)
    put(second.upperBound..<text.count)
    return birth(swapped.span.extracting(0..<count), &normal, words)
  }

  /// The two numbers of one or two digits before a year of four.
  static func pair(_ text: Span<UInt8>) -> (first: Range<Int>, second: Range<Int>)? {
    func number(_ start: Int, _ most: Int) -> Range<Int> {
      var at = start
      while at < text.count, at - start < most, isDigit(text[at]) { at += 1 }
      return start..<at
    }
    let first = number(0, 2)
    guard !first.isEmpty, first.upperBound < text.count,
      [0x2D, 0x2E, 0x2F].contains(text[first.upperBound])
    else { return nil }
    let second = number(first.upperBound + 1, 2)
    guard !second.isEmpty, second.upperBound < text.count,
      text[second.upperBound] == text[first.upperBound],
      number(second.upperBound + 1, 4).count == 4
    else { return nil }
    return (first, second)
  }

  /// The year that two digits stand for: the last one that is over.
  private static func century(_ year: Int) -> Int { year + (year > 26 ? 1_900 : 2_000) }

  /// Month and day behind a year.
  private static func monthAndDay(_ scan: inout DateScanner, _ text: Span<UInt8>, year: Int)
    -> Reading?
  {
    scan.separators(text)
    guard let month = scan.kanjiOrNumber(text, 2) else { return nil }
    scan.separators(text)
    guard let day = scan.kanjiOrNumber(text, 2) else { return nil }
    return finish(&scan, text, DayDate(year: year, month: month, day: day))
  }

  private static func finish(_ scan: inout DateScanner, _ text: Span<UInt8>, _ date: DayDate)
    -> Reading?
  {
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
