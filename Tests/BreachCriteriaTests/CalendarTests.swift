import BreachCriteria
import BreachModel
import BreachPatterns
import Testing

/// Deadlines over weekends, holidays and the turn of the year.
@Suite struct CalendarTests {
  /// The final report's day for an event known on `known`, with 30 or 60 days.
  @Test(arguments: [
    ("2026-11-20", false, "2026-12-21"), ("2026-11-16", false, "2026-12-15"),
    ("2026-11-25", false, "2026-12-24"), ("2026-11-30", false, "2027-01-04"),
    ("2026-11-29", false, "2026-12-28"), ("2026-12-01", false, "2027-01-04"),
    ("2026-12-03", false, "2027-01-04"), ("2026-12-05", false, "2027-01-04"),
    ("2026-12-06", false, "2027-01-04"), ("2026-11-05", true, "2027-01-04"),
    ("2026-12-14", true, "2027-02-12"), ("2026-12-13", true, "2027-02-10"),
    ("2026-04-04", false, "2026-05-07"), ("2026-08-23", false, "2026-09-24"),
    ("2027-02-20", false, "2027-03-23"), ("2025-09-29", true, "2025-11-27"),
  ])
  func finalReports(known: String, wrongful: Bool, due: String) throws {
    let library = try CriteriaLibrary(PatternLibrary())
    var incident = IncidentFacts()
    incident.knownAt = Moment(known)
    incident.wrongfulPurpose = wrongful ? .yes : .no
    let result = library.assess(
      Facts.of([.personName], 1001),
      incident: incident,
      only: ["jp-appi-private"]
    )
    #expect(result.packs[0].duties.first { $0.id == "jp.report_final" }?.due == due)
  }

  /// The days that the Cabinet Office lists for each year.
  @Test(arguments: [
    (
      2022,
      "01-01 01-10 02-11 02-23 03-21 04-29 05-03 05-04 05-05 07-18"
        + " 08-11 09-19 09-23 10-10 11-03 11-23"
    ),
    (
      2023,
      "01-01 01-02 01-09 02-11 02-23 03-21 04-29 05-03 05-04 05-05"
        + " 07-17 08-11 09-18 09-23 10-09 11-03 11-23"
    ),
    (
      2024,
      "01-01 01-08 02-11 02-12 02-23 03-20 04-29 05-03 05-04 05-05"
        + " 05-06 07-15 08-11 08-12 09-16 09-22 09-23 10-14 11-03 11-04 11-23"
    ),
    (
      2025,
      "01-01 01-13 02-11 02-23 02-24 03-20 04-29 05-03 05-04 05-05"
        + " 05-06 07-21 08-11 09-15 09-23 10-13 11-03 11-23 11-24"
    ),
    (
      2026,
      "01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06"
        + " 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23"
    ),
    (
      2027,
      "01-01 01-11 02-11 02-23 03-21 03-22 04-29 05-03 05-04 05-05"
        + " 07-19 08-11 09-20 09-23 10-11 11-03 11-23"
    ),
  ]) func holidaysAreThoseOfTheAct(year: Int, days: String) throws {
    let library = try CriteriaLibrary(PatternLibrary())
    let closed = Self.closedDays(of: year, library)
    let listed = days.split(separator: " ").compactMap { CivilDate("\(year)-\($0)") }
    // Weekends and the turn of the year are closed anyway.
    #expect(listed.filter { !closed.contains($0) } == [])
    let rest = closed.filter { day in
      day.weekday < 5 && !listed.contains(day)
        && !["12-29", "12-30", "12-31", "01-02", "01-03"].contains(
          String(day.description.dropFirst(5))
        )
    }
    #expect(rest == [])
  }

  /// The days on which a final report would move on.
  private static func closedDays(of year: Int, _ library: CriteriaLibrary) -> [CivilDate] {
    guard let first = CivilDate(year: year, month: 1, day: 1) else { return [] }
    var incident = IncidentFacts()
    incident.wrongfulPurpose = .no
    var closed: [CivilDate] = []
    for number in 0..<365 {
      let day = first + number
      // Day 30 of what became known 29 days before; the law of 2022-04-01 is asked for.
      incident.knownAt = Moment(day: day + -29)
      let duties = library.assess(
        Facts.of([.personName], 1001),
        incident: incident,
        only: ["jp-appi-private"],
        asOf: CivilDate("2024-04-01")
      ).packs[0].duties
      let due = duties.first { $0.id == "jp.report_final" }?.due
      if due != day.description { closed.append(day) }
    }
    return closed
  }
}
