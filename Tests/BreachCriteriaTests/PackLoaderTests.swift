import BreachCriteria
import BreachModel
import BreachPatterns
import Testing

/// What a pack is told when it is wrong, and what an unconfirmed one may not do.
@Suite struct PackLoaderTests {
  /// A whole pack in few lines; `changed` replaces the first text by the second.
  private func library(
    changing old: String = "",
    to new: String = ""
  ) throws -> CriteriaLibrary {
    var text = Self.pack
    if !old.isEmpty {
      #expect(text.contains(old))
      text = text.replacing(old, with: new)
    }
    return try CriteriaLibrary(
      PatternLibrary(only: [
        ("criteria/holidays/xx.yaml", Self.holidays), ("criteria/xx/small.yaml", text),
      ])
    )
  }

  @Test(arguments: [
    (
      "schema: breachscope.criteria/1", "schema: breachscope.criteria/2", "1:9: expected the schema"
    ),
    ("more_than: 10", "more_then: 10", "24:22: unknown key \"more_then\""),
    ("when: {persons: {more_than: 10}}", "when: few", "24:11: there is no predicate \"few\" above"),
    ("cite: [act]", "cite: [law]", "27:12: there is no citation \"law\""),
    ("duties: [x.report]", "duties: [x.reprot]", "26:14: \"x.reprot\" is not one of: x.report"),
    ("status: in_force", "status: valid", "2:84: \"valid\" is not one of"),
    ("closed: [sun]", "closed: [sunday]", "3:63: \"sunday\" is neither a weekday nor"),
    ("expect: {outcomes: {x.1: met}}", "expect: {outcomes: {x.2: met}}", "unknown key \"x.2\""),
    ("ask: refine", "ask: what", "the pack defines no question \"what\""),
    ("unread,", "unraed,", "every pack must define the question \"unread\""),
    (
      "unread,", "unread, completes: [x.2],", "\"x.2\" is not one of: x.1"
    ),
    ("xx.yaml}", "yy.yaml}", "there is no holiday file \"criteria/holidays/yy.yaml\""),
    ("en: \"{criteria} {questions}\"", "en: none", "\"nothing_met\" lacks {criteria}"),
    ("more_than: 10}", "at_least: 0}", "such a number of persons is always there"),
    ("roll: next_open", "roll: next_open, from: cause", "\"cause\" is no time"),
    ("status: in_force", "status: in_force, scope: {sectors: [bank]}", "\"bank\" is not one of"),
    ("url: \"https://example.org/\"", "read: 2026-13-01", "is not a day"),
    ("2026-02-28", "2026-02-30", "is not a day of the form YYYY-MM-DD that exists"),
  ])
  func mistakesHavePlaces(old: String, new: String, complaint: String) {
    let error = #expect(throws: PatternError.self) { try library(changing: old, to: new) }
    let text = error?.description ?? ""
    #expect(text.hasPrefix("criteria/xx/small.yaml:") && text.contains(complaint), "\(text)")
  }

  @Test func aCaseThatDoesNotHoldIsReportedWithItsPlace() throws {
    #expect(try library().failedCases().isEmpty)
    let failures = try library(changing: "{x.1: met}", to: "{x.1: not_met}").failedCases()
    #expect(failures.count == 1)
    #expect(failures.first?.description.contains("x.1 is met, expected not_met") == true)
    #expect(failures.first?.place != nil)
  }

  @Test func unconfirmedCriteriaNameNoDays() throws {
    var incident = IncidentFacts()
    incident.knownAt = Moment("2026-11-20")
    let facts = Facts.of([.personName], 11)
    let dated = try library().assess(facts, incident: incident).packs[0].duties
    #expect(dated.map(\.due) == ["2026-11-30"])
    let undated = try library(changing: "days: 10", to: "days: 10\n    unconfirmed: yes")
      .assess(facts, incident: incident).packs[0]
    #expect(undated.outcomes[0].outcome == .met)
    #expect(undated.duties.map(\.due) == [nil])
    #expect(undated.outcomes[0].because.en.contains("No primary text"))
  }

  @Test func lawThatIsNotInForceIsJudgedOnlyByName() throws {
    let library = try library(changing: "status: in_force", to: "status: enacted_not_in_force")
    let facts = Facts.of([.personName], 11)
    #expect(library.assess(facts, incident: IncidentFacts()).packs.isEmpty)
    let pack = library.assess(facts, incident: IncidentFacts(), only: ["x"]).packs[0]
    #expect(pack.outcomes[0].outcome == .met)
    #expect(pack.duties.isEmpty && pack.warnings.count == 1)
  }

  @Test func packIDsAreUnique() {
    #expect(throws: PatternError.self) {
      try CriteriaLibrary(
        PatternLibrary(only: [
          ("criteria/holidays/xx.yaml", Self.holidays), ("criteria/xx/a.yaml", Self.pack),
          ("criteria/xx/b.yaml", Self.pack),
        ])
      )
    }
  }

  private static let holidays = """
    schema: breachscope.holidays/1
    region: xx
    covers: {from: 2026, to: 2026}
    days: [{date: 2026-01-01, name: {ja: 元日, en: New Year}}]
    """

  private static let pack = """
    schema: breachscope.criteria/1
    pack: {id: x, version: "1", title: {ja: 試, en: T}, checked_on: 2026-02-28, status: in_force}
    calendar: {offset_minutes: 0, count: inclusive_day1, closed: [sun], holidays: criteria/holidays/xx.yaml}
    citations: {act: {text: Act 1, url: "https://example.org/"}}
    questions:
      - {id: unread, text: {ja: 問, en: Q}, if_yes: {ja: 可, en: Y}, if_no: {ja: 否, en: N}}
      - {id: count_persons, text: {ja: 問, en: Q}, if_yes: {ja: 可, en: Y}, if_no: {ja: 否, en: N}}
      - {id: refine, text: {ja: 問, en: Q}, if_yes: {ja: 可, en: Y}, if_no: {ja: 否, en: N}}
      - {id: known_at, fact: known_at, text: {ja: 問, en: Q}, if_yes: {ja: 可, en: Y}, if_no: {ja: 否, en: N}}
      - {id: holidays_uncovered, text: {ja: 問, en: Q}, if_yes: {ja: 可, en: Y}, if_no: {ja: 否, en: N}}
    predicates:
      asked: {ask: refine}
    duties:
      - id: x.report
        title: {ja: 報告, en: report}
        authority: {ja: 庁, en: office}
        basis: rule
        due: {days: by_criterion, roll: next_open}
        text: {ja: 十日, en: ten days}
    criteria:
      - id: x.1
        title: {ja: 要件, en: criterion}
        # The condition may also be a predicate's name.
        when: {persons: {more_than: 10}}
        days: 10
        duties: [x.report]
        cite: [act]
    nothing_met: {ja: "{criteria}{questions}", en: "{criteria} {questions}"}
    cases:
      - name: eleven
        facts: {persons: 11}
        expect: {outcomes: {x.1: met}}
    """
}
