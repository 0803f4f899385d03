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

  /// The holiday file against the Act on National Holidays, articles 2, 3(2) and 3(3).
  @Test(arguments: 2024...2027) func holidaysFollowTheAct(year: Int) throws {
    let file = try #require(try PatternLibrary().file(at: "criteria/holidays/jp.yaml"))
    var listed: Set<CivilDate> = []
    for value in try PatternValue(file).anyMapping().list("days") {
      let date = try value.anyMapping().required("date").date()
      if date.components.year == year { listed.insert(date) }
    }
    #expect(listed == Self.holidays(of: year))
  }

  private static func holidays(of year: Int) -> Set<CivilDate> {
    func day(_ month: Int, _ day: Int) -> CivilDate? {
      CivilDate(year: year, month: month, day: day)
    }
    func monday(_ number: Int, of month: Int) -> CivilDate? {
      day(month, 1).map { $0 + ((7 - $0.weekday) % 7 + 7 * (number - 1)) }
    }
    // Published by the observatory in the February before each year.
    let equinoxes = [2024: (20, 22), 2025: (20, 23), 2026: (20, 23), 2027: (21, 23)]
    guard let (spring, autumn) = equinoxes[year] else { return [] }
    let own = Set(
      [
        day(1, 1), monday(2, of: 1), day(2, 11), day(2, 23), day(3, spring), day(4, 29), day(5, 3),
        day(5, 4), day(5, 5), monday(3, of: 7), day(8, 11), monday(3, of: 9), day(9, autumn),
        monday(2, of: 10), day(11, 3), day(11, 23),
      ].compactMap { $0 }
    )
    var all = own
    for holiday in own where holiday.weekday == 6 {
      var substitute = holiday + 1
      while own.contains(substitute) { substitute = substitute + 1 }
      all.insert(substitute)
    }
    for holiday in own where own.contains(holiday + 2) && (holiday + 1).weekday != 6 {
      all.insert(holiday + 1)
    }
    return all
  }
}
