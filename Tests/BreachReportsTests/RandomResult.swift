import BreachModel

/// Results with anything in any place, for properties that hold for all of them.
enum RandomResult {
  static func make(_ random: inout SeededGenerator) -> ScanResult {
    var coverage = Coverage()
    coverage.files = number(&random)
    coverage.bytes = number(&random)
    coverage.readBytes = number(&random)
    coverage.containerBytes = number(&random)
    coverage.byFormat = map(&random, number)
    coverage.notText = number(&random)
    coverage.gaps = list(&random) {
      Gap(
        path: text(&$0),
        reason: GapReason(text(&$0)),
        bytes: optional(&$0, number),
        message: text(&$0)
      )
    }
    coverage.notes = list(&random) { Note(path: text(&$0), kind: text(&$0), message: text(&$0)) }
    var run = Run(
      started: text(&random),
      seconds: .random(in: 0...1e6, using: &random),
      complete: .random(using: &random),
      jobs: number(&random),
      inputs: list(&random) {
        .init(path: text(&$0), bytes: number(&$0), sha256: optional(&$0, text))
      }
    )
    run.types = optional(&random, set)
    return ScanResult(
      tool: Tool(name: text(&random), version: text(&random), patternsSHA256: text(&random)),
      run: run,
      coverage: coverage,
      findings: types(&random, findings),
      persons: optional(&random, persons),
      assessment: optional(&random) {
        Assessment(
          packs: list(&$0, pack),
          notApplied: list(&$0) {
            Assessment.NotApplied(id: text(&$0), title: localized(&$0), because: localized(&$0))
          },
          stated: list(&$0) {
            Assessment.Stated(key: text(&$0), value: text(&$0), words: localized(&$0))
          }
        )
      },
      files: list(&random, file)
    )
  }

  private static func findings(_ random: inout SeededGenerator) -> TypeFindings {
    var found = TypeFindings()
    found.count = number(&random)
    found.distinct = number(&random)
    found.files = number(&random)
    found.sample = number(&random)
    found.expectedByChance = .random(in: 0...1e-3, using: &random)
    found.certain = number(&random)
    found.likely = number(&random)
    found.possible = number(&random)
    return found
  }

  private static func persons(_ random: inout SeededGenerator) -> PersonsResult {
    var funnel = Funnel()
    funnel.rows = number(&random)
    funnel.afterExactDuplicates = number(&random)
    funnel.entities = number(&random)
    funnel.organisations = number(&random)
    funnel.sample = number(&random)
    funnel.extraInRows = number(&random)
    funnel.persons = number(&random)
    var persons = PersonsResult(
      count: count(&random),
      unread: .init(
        bytes: number(&random),
        couldAdd: optional(&random, number),
        basis: text(&random)
      ),
      funnel: funnel,
      byType: types(&random, count),
      byCombination: list(&random) { .init(types: set(&$0), count: count(&$0)) },
      byClass: map(&random, count),
      byClassAndType: map(&random) { types(&$0, count) },
      byResidence: map(&random, count),
      profiles: list(&random) {
        PersonProfile(types: set(&$0), certain: set(&$0), count: count(&$0))
      }
    )
    persons.byAge = map(&random, count)
    persons.agesOn = optional(&random, period)
    return persons
  }

  private static func period(_ random: inout SeededGenerator) -> Period {
    let (one, other) = (day(&random), day(&random))
    return Period(from: min(one, other), to: max(one, other))
  }

  private static func pack(_ random: inout SeededGenerator) -> PackAssessment {
    PackAssessment(
      id: text(&random),
      version: text(&random),
      title: localized(&random),
      outcomes: list(&random) {
        CriterionOutcome(
          criterion: text(&$0),
          title: localized(&$0),
          outcome: [.met, .notMet, .undetermined].randomElement(using: &$0) ?? .met,
          confidence: text(&$0),
          because: localized(&$0),
          cite: list(&$0, text),
          persons: optional(&$0) { PersonCount(number(&$0)) },
          isUnconfirmed: Bool.random(using: &$0)
        )
      },
      duties: list(&random) {
        Duty(
          id: text(&$0),
          title: localized(&$0),
          authority: localized(&$0),
          due: optional(&$0, text),
          from: optional(&$0, text),
          dueText: localized(&$0),
          basis: text(&$0),
          firedBy: list(&$0, text),
          cite: list(&$0, text)
        )
      },
      decisions: list(&random) {
        Decision(
          id: text(&$0),
          question: localized(&$0),
          ifYes: localized(&$0),
          ifNo: localized(&$0),
          completes: list(&$0, text)
        )
      },
      advice: list(&random, localized),
      warnings: list(&random, localized)
    )
  }

  private static func file(_ random: inout SeededGenerator) -> FileResult {
    FileResult(
      path: text(&random),
      format: text(&random),
      encoding: optional(&random, text),
      bytes: number(&random),
      records: number(&random),
      persons: number(&random),
      findings: types(&random, number),
      columns: list(&random) {
        ColumnResult(
          table: text(&$0),
          name: text(&$0),
          type: DataType.allCases.randomElement(using: &$0) ?? .age,
          values: number(&$0),
          expectedByChance: Double(number(&$0) & 0xFFFF) / 8
        )
      },
      dates: list(&random) {
        DatedColumn(table: text(&$0), name: text(&$0), period: period(&$0))
      },
      alsoAt: list(&random, text)
    )
  }

  private static func day(_ random: inout SeededGenerator) -> CivilDate {
    CivilDate(dayNumber: .random(in: -700_000...2_900_000, using: &random))
  }

  private static func number(_ random: inout SeededGenerator) -> Int {
    .random(in: 0...(.max), using: &random) >> Int.random(in: 0...62, using: &random)
  }

  private static func text(_ random: inout SeededGenerator) -> String {
    let parts = [
      "a", "氏名", "\u{1B}", "\u{2028}", "\"", "\\", "e\u{301}", "\u{E9}", "😀", "\n", "", "ｶﾞ", "\0",
    ]
    return list(&random) { parts.randomElement(using: &$0) ?? "" }.joined()
  }

  private static func localized(_ random: inout SeededGenerator) -> LocalizedText {
    LocalizedText(ja: text(&random), en: text(&random))
  }

  private static func count(_ random: inout SeededGenerator) -> PersonCount {
    PersonCount(low: number(&random), likely: number(&random), high: number(&random))
  }

  private static func set(_ random: inout SeededGenerator) -> TypeSet {
    TypeSet(DataType.allCases.filter { _ in Bool.random(using: &random) })
  }

  private static func list<Value>(
    _ random: inout SeededGenerator,
    _ make: (inout SeededGenerator) -> Value
  ) -> [Value] {
    (0..<Int.random(in: 0..<4, using: &random)).map { _ in make(&random) }
  }

  private static func optional<Value>(
    _ random: inout SeededGenerator,
    _ make: (inout SeededGenerator) -> Value
  ) -> Value? {
    Int.random(in: 0..<4, using: &random) == 0 ? nil : make(&random)
  }

  private static func map<Value>(
    _ random: inout SeededGenerator,
    _ make: (inout SeededGenerator) -> Value
  ) -> [String: Value] {
    var map: [String: Value] = [:]
    for _ in 0..<Int.random(in: 0..<4, using: &random) { map[text(&random)] = make(&random) }
    return map
  }

  private static func types<Value>(
    _ random: inout SeededGenerator,
    _ make: (inout SeededGenerator) -> Value
  ) -> [DataType: Value] {
    var map: [DataType: Value] = [:]
    for type in DataType.allCases where Bool.random(using: &random) { map[type] = make(&random) }
    return map
  }
}
