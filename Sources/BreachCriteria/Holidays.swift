internal import BreachModel

/// The public holidays of one country, by the rules of its law.
struct Holidays: Sendable, Hashable {
  /// The years for which the rules are taken to hold.
  var covers: ClosedRange<Int>
  /// Days that are listed one by one.
  private var days: Set<CivilDate> = []
  private var rules: [Rule] = []
  /// A holiday on a Sunday moves to the next day that is none.
  private var movesFromSunday = false
  /// A day between two holidays is one.
  private var fillsGaps = false

  /// A holiday that comes every year.
  private enum Rule: Sendable, Hashable {
    case date(month: Int, day: Int)
    case monday(Int, month: Int)
    /// Announced for each year; until then one of these days of the month.
    case announced(month: Int, days: [Int: Int], else: ClosedRange<Int>)
  }

  init(_ file: PatternFile) throws(PatternError) {
    let fields = try PatternValue(file).mapping(
      keys: [
        "schema", "region", "source", "covers", "days", "yearly", "moves_from_sunday", "fills_gaps",
      ])
    let schema = try fields.required("schema")
    guard try schema.text() == "breachscope.holidays/1" else {
      throw schema.error("expected the schema breachscope.holidays/1")
    }
    let span = try fields.required("covers").mapping(keys: ["from", "to"])
    let (from, to) = (try span.int("from"), try span.int("to"))
    guard from <= to else { throw try fields.required("covers").error("the years run backwards") }
    covers = from...to
    for value in try fields.list("days") {
      let entry = try value.mapping(keys: ["date", "name"])
      let date = try entry.required("date").date()
      _ = try entry.localized("name")
      guard covers.contains(date.components.year) else {
        throw try entry.required("date").error("\(date) lies outside the covered years")
      }
      guard days.insert(date).inserted else {
        throw try entry.required("date").error("\(date) is listed twice")
      }
    }
    for value in try fields.list("yearly") { rules.append(try Self.rule(value)) }
    movesFromSunday = try fields.bool("moves_from_sunday", otherwise: false)
    fillsGaps = try fields.bool("fills_gaps", otherwise: false)
  }

  /// `{date: MM-DD}`, `{monday: 2, month: 1}` or `{announced: {2026: MM-DD}, else: MM-DD..MM-DD}`.
  private static func rule(_ value: PatternValue) throws(PatternError) -> Rule {
    let fields = try value.mapping(keys: ["date", "monday", "month", "announced", "else", "name"])
    _ = try fields.localized("name")
    if let date = fields.optional("date") {
      let (month, day) = try monthAndDay(date, date.text())
      return .date(month: month, day: day)
    }
    if let number = try fields.optionalInt("monday") {
      let month = try fields.int("month")
      guard (1...4).contains(number), (1...12).contains(month) else {
        throw value.error("there is no such Monday")
      }
      return .monday(number, month: month)
    }
    let otherwise = try fields.required("else")
    let ends = try otherwise.text().split(separator: ".", omittingEmptySubsequences: true)
    guard ends.count == 2 else { throw otherwise.error("expected MM-DD..MM-DD") }
    let first = try monthAndDay(otherwise, String(ends[0]))
    let last = try monthAndDay(otherwise, String(ends[1]))
    guard first.month == last.month, first.day <= last.day else {
      throw otherwise.error("the days are not in one month, in order")
    }
    var days: [Int: Int] = [:]
    for entry in try fields.required("announced").anyMapping().entries {
      let value = PatternValue(entry.value, in: value.path)
      let (month, day) = try monthAndDay(value, value.text())
      guard let year = Int(entry.key), month == first.month else {
        throw value.error("expected YEAR: MM-DD in the month of \"else\"")
      }
      days[year] = day
    }
    return .announced(month: first.month, days: days, else: first.day...last.day)
  }

  private static func monthAndDay(_ value: PatternValue, _ text: String) throws(PatternError)
    -> (month: Int, day: Int)
  {
    guard let date = CivilDate("2024-" + text) else {
      throw value.error("\"\(text)\" is not a day of the form MM-DD")
    }
    return (date.components.month, date.components.day)
  }

  /// Nil when the day depends on one that has not been announced.
  func isHoliday(_ day: CivilDate) -> Bool? {
    if days.contains(day) { return true }
    let sets = possible(in: day.components.year)
    let hits = sets.count { $0.contains(day) }
    return hits == 0 ? false : hits == sets.count ? true : nil
  }

  /// Every set of holidays that a year can have; one where all days are announced.
  private func possible(in year: Int) -> [Set<CivilDate>] {
    var sets: [Set<CivilDate>] = [[]]
    for rule in rules {
      let days: [CivilDate?]
      switch rule {
      case .date(let month, let day): days = [CivilDate(year: year, month: month, day: day)]
      case .monday(let number, let month):
        let first = CivilDate(year: year, month: month, day: 1)
        days = [first.map { $0 + ((7 - $0.weekday) % 7 + 7 * (number - 1)) }]
      case .announced(let month, let known, let otherwise):
        let candidates = known[year].map { [$0] } ?? Array(otherwise)
        days = candidates.map { CivilDate(year: year, month: month, day: $0) }
      }
      sets = sets.flatMap { set in days.compactMap(\.self).map { set.union([$0]) } }
    }
    return sets.map(completed)
  }

  private func completed(_ own: Set<CivilDate>) -> Set<CivilDate> {
    var all = own
    if movesFromSunday {
      for holiday in own where holiday.weekday == 6 {
        var substitute = holiday + 1
        while own.contains(substitute) { substitute = substitute + 1 }
        all.insert(substitute)
      }
    }
    if fillsGaps {
      for holiday in own where own.contains(holiday + 2) { all.insert(holiday + 1) }
    }
    return all
  }
}
