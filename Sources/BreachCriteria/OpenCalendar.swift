internal import BreachModel

/// Which days an authority is closed, as far as the holiday data reaches.
struct OpenCalendar: Sendable, Hashable {
  /// Minutes east of UTC of the place whose days count.
  var offset: Int
  /// Whether the day of the event is day 1, or the day after it.
  var isFromDayOne: Bool
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

  /// The last of `count` days after an event on `start`.
  func day(_ count: Int, from start: CivilDate) -> CivilDate {
    start + (isFromDayOne ? count - 1 : count)
  }

  /// The day itself when it is open, else the next open one; nil where the holidays are not known.
  func nextOpen(_ day: CivilDate) -> CivilDate? {
    var candidate = day
    while true {
      guard let closed = isClosed(candidate) else { return nil }
      if !closed { return candidate }
      candidate = candidate + 1
    }
  }

  /// Nil when nobody knows yet whether the day is a holiday.
  func isClosed(_ day: CivilDate) -> Bool? {
    let (year, month, dayOfMonth) = day.components
    if let holidays, !holidays.covers.contains(year) { return nil }
    if closedWeekdays.contains(day.weekday) { return true }
    if closedSpans.contains(where: { $0.contains(month * 100 + dayOfMonth) }) { return true }
    guard let holidays else { return false }
    return holidays.isHoliday(day)
  }
}
