import BreachModel
import BreachPatterns
import Testing

@testable import BreachCriteria

/// The model of damages: which persons weigh how much, and what the range hangs on.
@Suite struct DamageTests {
  static func model() throws -> DamageModel {
    try DamageModel(#require(try PatternLibrary().file(at: DamageModel.path)))
  }

  static func result(_ profiles: [([DataType], PersonCount)], sector: String? = nil) -> ScanResult {
    let profiles = profiles.map {
      PersonProfile(types: TypeSet($0.0), certain: TypeSet($0.0), count: $0.1)
    }
    var assessment = Assessment(packs: [])
    if let sector {
      assessment.stated = [
        .init(key: "sector", value: sector, words: LocalizedText(ja: sector, en: sector))
      ]
    }
    return ScanResult(
      tool: Tool(name: "breachscope", version: "1", patternsSHA256: ""),
      run: Run(started: "", seconds: 0, complete: true, jobs: 1, inputs: []),
      coverage: Coverage(),
      findings: [:],
      persons: PersonsResult(
        count: profiles.reduce(.zero) { $0 + $1.count },
        unread: .init(bytes: 0, couldAdd: 0, basis: ""),
        funnel: Funnel(),
        byType: [:],
        byCombination: [],
        byClass: [:],
        byResidence: [:],
        profiles: profiles
      ),
      assessment: assessment,
      files: []
    )
  }

  /// The yen that one person with these items comes to, before the organisation's factors.
  @Test(
    arguments: [
      ([], 1_000), ([.emailAddress], 1_000), ([.personName], 3_000), ([.personNameKana], 3_000),
      ([.address, .phoneNumber], 3_000), ([.address], 1_000), ([.personName, .address], 6_000),
      ([.personName, .address, .cardNumber], 18_000),
      ([.personName, .address, .cardNumber, .cardExpiry], 78_000),
      ([.personName, .passportNumber], 9_000), ([.emailAddress, .password], 3_000),
      ([.password], 1_000), ([.personName, .sensitiveMedicalHistory], 16_500),
      ([.personName, .address, .sensitiveCreed], 303_000),
      ([.personName, .address, .sensitiveCrimeRecord], 375_000),
      // The highest of each kind, not the sum of items: 100 + 25.
      ([.personName, .address, .sensitiveCreed, .cardNumber, .cardExpiry], 375_000),
    ] as [([DataType], Int)]
  )
  func onePerson(_ types: [DataType], _ yen: Int) throws {
    let estimate = try #require(
      try Self.model().estimate(Self.result([(types, PersonCount(1))], sector: "general"))
    )
    #expect(estimate.low == yen)
    #expect(estimate.high == yen * 4)
    #expect(estimate.parts.map(estimate.value) == [yen])
  }

  @Test func theRangeGoesFromTheFewestPersonsToTheMostAndFromOneToTwo() throws {
    let some = PersonCount(low: 10, likely: 12, high: 20)
    let profiles: [([DataType], PersonCount)] = [
      ([.personName, .address], some), ([.personName, .address, .gender], PersonCount(5)),
      ([.emailAddress], PersonCount(3)),
    ]
    let open = try #require(try Self.model().estimate(Self.result(profiles)))
    #expect(open.parts.map(\.persons.likely) == [17, 3])
    #expect(open.low == 15 * 6_000 + 3 * 1_000)
    #expect(open.high == (25 * 6_000 + 3 * 1_000) * 4)
    // A hospital's responsibility is known to be the higher one.
    let raised = try #require(try Self.model().estimate(Self.result(profiles, sector: "medical")))
    #expect(raised.responsibility == 2...2)
    #expect(raised.low == open.low * 2 && raised.high == open.high)
  }

  @Test func levelsOfOurOwnAreMarkedWhereTheyDecide() throws {
    func isOurs(_ types: DataType...) throws -> Bool {
      let estimate = try Self.model().estimate(Self.result([(types, PersonCount(1))]))
      return try #require(estimate).parts[0].isOurs
    }
    #expect(try isOurs(.cardNumber))
    #expect(try !isOurs(.cardNumber, .cardExpiry))
    #expect(try !isOurs(.cardNumber, .passportNumber))
    #expect(try isOurs(.sensitiveJuvenile))
    #expect(try !isOurs(.personName))
  }

  @Test func withoutPersonsThereIsNoEstimate() throws {
    var result = Self.result([])
    #expect(try Self.model().estimate(result)?.high == 0)
    result.persons = nil
    #expect(try Self.model().estimate(result) == nil)
  }

  @Test(arguments: [
    ("base: 500", "base: 0", "expected a number from 1 to 1000000"),
    ("mental: 3", "mental: 4", "expected a number from 1 to 3"),
    ("by: ours", "by: them", "\"them\" is not one of: published, ours"),
    ("[card_number]", "[card]", "unknown data type \"card\""),
    ("medical, finance", "medical, bakery", "\"bakery\" is not one of"),
  ])
  func aMistakeIsNamed(_ right: String, _ wrong: String, _ message: String) throws {
    let yaml = """
      schema: breachscope.damage/1
      title: {ja: 題, en: t}
      source: {ja: 出, en: s}
      base: 500
      identifiability: [{needs: [[person_name]], factor: 3}]
      levels: [{needs: [[card_number]], mental: 3, economic: 1, by: ours}]
      responsibility: {factor: 2, sectors: [medical, finance]}
      response: {factor: 2}
      """
    #expect(throws: Never.self) { try DamageModel(PatternFile(yaml: yaml, path: "own.yaml")) }
    let error = #expect(throws: PatternError.self) {
      try DamageModel(PatternFile(yaml: yaml.replacing(right, with: wrong), path: "own.yaml"))
    }
    #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
  }
}
