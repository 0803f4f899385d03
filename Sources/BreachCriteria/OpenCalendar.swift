internal import BreachModel

/// Which days an authority is closed, as far as the holiday data reaches.
struct OpenCalendar: Sendable, Hashable {
  /// Minutes east of UTC of the place whose days count.
  var offset: Int
  /// 0 = Monday … 6 = Sunday.
  var closedWeekdays: Set<Int>
  /// Yearly spans of closed days, `month * 100 + day`; a span may pass the turn of the year.
  var closedSpans: [ClosedSpan]
  /// Nil when the pack counts no holidays.
  var holidays: Holidays?

  /// A yearly span of closed days, both ends included.
  struct ClosedSpan: Sendable, Hashable {
    var first: Int
    var last: Int

    func contains(_ day: Int) -> Bool {
      first <= last ? (first...last).contains(day) : day >= first || day <= last
    }
  }

  /// Day `count` of a period whose day 1 is `start`.
  func day(_ count: Int, from start: CivilDate) -> CivilDate { start + (count - 1) }

  /// The day itself when it is open, else the next open one; nil outside the holiday data's years.
  func nextOpen(_ day: CivilDate) -> CivilDate? {
    var candidate = day
    while true {
      guard let closed = isClosed(candidate) else { return nil }
      if !closed { return candidate }
      candidate = candidate + 1
    }
  }

  /// Nil when the day lies outside the years that the holiday data covers.
  func isClosed(_ day: CivilDate) -> Bool? {
    let (year, month, dayOfMonth) = day.components
    if let holidays, !holidays.covers.contains(year) { return nil }
    if closedWeekdays.contains(day.weekday) { return true }
    if closedSpans.contains(where: { $0.contains(month * 100 + dayOfMonth) }) { return true }
    return holidays?.days.contains(day) ?? false
  }
}

/// The public holidays of one country over whole years.
struct Holidays: Sendable, Hashable {
  var covers: ClosedRange<Int>
  var days: Set<CivilDate>

  init(_ file: PatternFile) throws(PatternError) {
    let fields = try PatternValue(file).mapping(
      keys: ["schema", "region", "source", "covers", "days"])
    let schema = try fields.required("schema")
    guard try schema.text() == "breachscope.holidays/1" else {
      throw schema.error("expected the schema breachscope.holidays/1")
    }
    let span = try fields.required("covers").mapping(keys: ["from", "to"])
    let (from, to) = (try span.int("from"), try span.int("to"))
    guard from <= to else { throw try fields.required("covers").error("the years run backwards") }
    covers = from...to
    days = []
    for value in try fields.required("days").list() {
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
  }
}
