internal import BreachModel

/// A calendar day; month or day 0 when the value names only a year, or a year and a month.
struct DayDate: Sendable, Hashable {
  var year: Int
  var month: Int
  var day: Int
}

/// Dates in every written form: Gregorian and Japanese eras, digits of any width, kanji numbers.
enum DateCheck {
  /// Passes a whole, plausible birth date; the normal form is `YYYYMMDD`.
  ///
  /// The year must lie between 1890 and 2026: the oldest living person was born after 1890.
  static func birth(_ value: inout Value) -> Verdict {
    guard let date = parse(value.folded), plausible(date) else { return .fail }
    value.normal.removeAll(keepingCapacity: true)
    append(date.year, digits: 4, to: &value.normal)
    append(date.month, digits: 2, to: &value.normal)
    append(date.day, digits: 2, to: &value.normal)
    let isSample =
      [(1900, 1, 1), (1970, 1, 1), (9999, 12, 31), (2000, 1, 1)].contains {
        $0 == (date.year, date.month, date.day)
      } && date.year != 2000
    return Verdict(.pass, evidence: .format, isSample: isSample)
  }

  private static func append(_ number: Int, digits: Int, to out: inout [UInt8]) {
    var scale = 1
    for _ in 1..<digits { scale *= 10 }
    while scale > 0 {
      out.append(0x30 + UInt8(number / scale % 10))
      scale /= 10
    }
  }

  static func plausible(_ date: DayDate) -> Bool {
    (1890...2026).contains(date.year) && (1...12).contains(date.month)
      && (1...days(in: date.month, of: date.year)).contains(date.day)
  }

  static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// First years of the eras: Meiji 1868, Taisho 1912, Showa 1926, Heisei 1989, Reiwa 2019.
  private static let eras: [(names: [[UInt8]], first: Int, last: Int)] = [
    (["明治", "㍾", "M", "m", "明"].map { Array($0.utf8) }, 1868, 45),
    (["大正", "㍽", "T", "t", "大"].map { Array($0.utf8) }, 1912, 15),
    (["昭和", "㍼", "S", "s", "昭"].map { Array($0.utf8) }, 1926, 64),
    (["平成", "㍻", "H", "h", "平"].map { Array($0.utf8) }, 1989, 31),
    (["令和", "㋿", "R", "r", "令"].map { Array($0.utf8) }, 2019, 99),
  ]

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ].map { Array($0.utf8) }

  /// Reads the whole of `text`; trailing clock times at midnight are allowed, others are not a day
  /// of birth.
  static func parse(_ text: [UInt8]) -> DayDate? {
    var scan = DateScanner(text)
    var era: (first: Int, last: Int)?
    for candidate in eras where era == nil {
      for name in candidate.names where scan.take(name) {
        era = (candidate.first, candidate.last)
        break
      }
    }
    scan.blanks()
    if let era {
      guard let number = scan.yearNumber(), number >= 1, number <= era.last else { return nil }
      return rest(&scan, year: era.first + number - 1)
    }
    if let month = monthName(&scan) {
      scan.separators()
      guard let day = scan.number(2) else { return nil }
      scan.ordinal()
      scan.separators()
      guard let year = scan.number(4), scan.isDone else { return nil }
      return DayDate(year: year, month: month, day: day)
    }
    return digits(&scan)
  }

  private static func digits(_ scan: inout DateScanner) -> DayDate? {
    let run = scan.digitRun
    switch run {
    case 8:
      guard let all = scan.number(8), scan.finish() else { return nil }
      return DayDate(year: all / 10_000, month: all / 100 % 100, day: all % 100)
    case 7:
      // 3550102: era digit (1 Meiji … 5 Reiwa), then yymmdd.
      guard let all = scan.number(7), scan.finish() else { return nil }
      let index = all / 1_000_000 - 1
      let year = all / 10_000 % 100
      guard eras.indices.contains(index), year >= 1, year <= eras[index].last else { return nil }
      return DayDate(year: eras[index].first + year - 1, month: all / 100 % 100, day: all % 100)
    case 4:
      guard let year = scan.number(4) else { return nil }
      return rest(&scan, year: year)
    case 1, 2:
      guard let first = scan.number(2) else { return nil }
      let mark = scan.peek
      scan.separators()
      scan.ordinal()
      if let month = monthName(&scan) {
        scan.separators()
        guard let year = scan.number(4), scan.finish() else { return nil }
        return DayDate(year: year, month: month, day: first)
      }
      guard mark == 0x2F || mark == 0x2D || mark == 0x2E, let second = scan.number(2) else {
        return nil
      }
      scan.separators()
      if scan.digitRun == 4, let year = scan.number(4), scan.finish() {
        // Month first or day first: the one that is possible, month first when both are.
        if first <= 12 && second <= days(in: first, of: year) {
          return DayDate(year: year, month: first, day: second)
        }
        return DayDate(year: year, month: second, day: first)
      }
      if scan.digitRun == 2, let third = scan.number(2), scan.finish() {
        return DayDate(year: first + (first > 26 ? 1_900 : 2_000), month: second, day: third)
      }
      return nil
    default:
      return nil
    }
  }

  /// Month and day behind a year.
  private static func rest(_ scan: inout DateScanner, year: Int) -> DayDate? {
    scan.separators()
    guard let month = scan.kanjiOrNumber(2) else { return nil }
    scan.separators()
    guard let day = scan.kanjiOrNumber(2) else { return nil }
    guard scan.finish() else { return nil }
    return DayDate(year: year, month: month, day: day)
  }

  private static func monthName(_ scan: inout DateScanner) -> Int? {
    for (index, name) in months.enumerated() where scan.takeLetters(startingWith: name) {
      return index + 1
    }
    return nil
  }
}
