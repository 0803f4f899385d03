import BreachCriteria
import BreachModel
import BreachPatterns
import Testing

/// The packs that ship, by the cases they carry.
@Suite struct PackTests {
  @Test func everyCaseHolds() throws {
    let library = try CriteriaLibrary(PatternLibrary())
    #expect(library.packs.allSatisfy { $0.caseCount >= 10 })
    for failure in library.failedCases() { Issue.record("\(failure)") }
  }

  @Test func thePacksAreThese() throws {
    let library = try CriteriaLibrary(PatternLibrary())
    #expect(
      library.heads.map(\.id) == [
        "au-ndb", "eu-gdpr", "jp-appi-2026", "jp-appi-private", "jp-appi-public", "jp-finance",
        "jp-founding-guideline", "jp-mynumber", "jp-telecom", "kr-pipa", "sg-pdpa", "uk-gdpr",
        "us-ca", "us-hipaa", "pci-dss",
      ]
    )
    // What was read in secondary sources only, or not at all, says so.
    let open = library.packs.flatMap(\.criteria).filter(\.isUnconfirmed).map(\.id)
    #expect(
      open == [
        "aundb.26we", "appi2026.notice", "appi2026.surcharge", "appi2026.minors", "ukgdpr.33",
        "ukgdpr.34", "hipaa.406", "pci.account_data", "pci.sensitive_authentication",
      ]
    )
  }

  /// A criterion rests on something that was read, or says that no primary text confirms it.
  @Test func everyCriterionWasRead() throws {
    let library = try CriteriaLibrary(PatternLibrary(), cases: false)
    for pack in library.packs {
      let read = Set(pack.citations.filter { $0.read != nil }.map(\.text))
      for criterion in pack.criteria where !criterion.isUnconfirmed {
        #expect(!read.isDisjoint(with: criterion.cite), "\(criterion.id)")
      }
      #expect(pack.citations.allSatisfy { ($0.read ?? pack.head.checkedOn) <= pack.head.checkedOn })
    }
  }

  /// Nothing stated: the law at home, and what the data itself calls for.
  @Test func whatIsAppliedWithoutBeingAsked() throws {
    let library = try CriteriaLibrary(PatternLibrary(), cases: false)
    func applied(_ facts: ScanFacts, _ incident: IncidentFacts = IncidentFacts()) -> [String] {
      library.assess(facts, incident: incident).packs.map(\.id)
    }
    let home = ["jp-appi-private", "jp-founding-guideline"]
    #expect(applied(Facts.of([.personName], 1)) == home)
    #expect(applied(Facts.of([.myNumber], 1)) == home + ["jp-mynumber"])
    #expect(applied(Facts.of([.cardNumber], 1)) == home + ["pci-dss"])
    var incident = IncidentFacts()
    incident.jurisdictions = ["KR", "DE", "US-CA"]
    #expect(applied(Facts.of([.personName], 1), incident) == ["eu-gdpr", "kr-pipa", "us-ca"])
    incident.jurisdictions = ["US"]
    #expect(applied(Facts.of([.personName], 1), incident) == ["us-ca"])
    incident.jurisdictions = nil
    incident.residents = ["SG": PersonCount(1), "GB": PersonCount(0)]
    #expect(applied(Facts.of([.personName], 1), incident) == home + ["sg-pdpa"])
    incident.residents = [:]
    incident.sector = .public
    #expect(
      applied(Facts.of([.personName], 1), incident) == ["jp-appi-public", "jp-founding-guideline"]
    )
    var unread = Facts.of([.personName], 1)
    unread.gaps = 1
    #expect(applied(unread) == home + ["jp-mynumber", "pci-dss"])
    let left = library.assess(Facts.of([.personName], 1), incident: IncidentFacts()).notApplied
    #expect(left.count == 13)
    #expect(left.allSatisfy { !$0.because.ja.isEmpty && !$0.because.en.isEmpty })
  }

  @Test func criterionIDsAreThePromisedOnes() throws {
    let library = try CriteriaLibrary(PatternLibrary())
    let private_ = try #require(library.packs.first { $0.id == "jp-appi-private" })
    #expect(
      private_.criteria.map(\.id) == ["appi.7.i", "appi.7.ii", "appi.7.iii", "appi.7.iv"]
    )
    let founding = try #require(library.packs.first { $0.id == "jp-founding-guideline" })
    #expect(founding.criteria.map(\.id) == (1...13).map { "founding.f\($0)" })
  }

  @Test func foundingDutiesNeverHaveDates() throws {
    let library = try CriteriaLibrary(PatternLibrary())
    let facts = Facts.of([.personName, .cardNumber, .sensitiveCreed], 5000)
    var incident = IncidentFacts()
    incident.knownAt = Moment("2026-11-20")
    let result = library.assess(facts, incident: incident, only: ["jp-founding-guideline"])
    #expect(result.packs.count == 1)
    #expect(result.packs[0].duties.count == 6)
    #expect(result.packs[0].duties.allSatisfy { $0.due == nil && $0.from == nil })
  }

  @Test func nothingMetIsNeverTheWholeAnswer() throws {
    let library = try CriteriaLibrary(PatternLibrary())
    let facts = Facts.of([.personName], 12)
    let result = library.assess(facts, incident: IncidentFacts(), only: ["jp-appi-private"])
    let text = try #require(result.packs.first?.advice.first)
    for id in ["appi.7.i ", "appi.7.ii ", "appi.7.iii ", "appi.7.iv ", "wrongful_purpose"] {
      #expect(text.ja.contains(id) && text.en.contains(id))
    }
    #expect(!text.ja.contains("報告不要"))
  }

  @Test func reasonsNameTheCountInBothLanguages() throws {
    let library = try CriteriaLibrary(PatternLibrary())
    let result = library.assess(
      Facts.of([.personName], 1001),
      incident: IncidentFacts(),
      only: ["jp-appi-private"]
    )
    let outcome = try #require(result.packs.first?.outcomes.last)
    #expect(outcome.because.ja == "本人の数 1,001 人は 1,000 人を超える")
    #expect(outcome.because.en == "1,001 persons is more than 1,000")
    #expect(outcome.cite.contains { $0.contains("施行規則7条4号") && $0.contains("https://") })
  }

  @Test func theGuidelinePackListsTheTypes() throws {
    let library = try CriteriaLibrary(PatternLibrary())
    let result = library.assess(
      Facts.of([.personName, .emailAddress], 3),
      incident: IncidentFacts(),
      only: ["jp-founding-guideline"]
    )
    #expect(
      result.packs[0].outcomes[1].because.en
        == "information about persons: 3 persons (Name, Email address)"
    )
    #expect(result.packs[0].outcomes[1].because.ja.hasSuffix("3 人分(氏名、メールアドレス)"))
  }

  /// Whatever is stated, a reason speaks in the words of the catalogue, never in ids.
  @Test(arguments: IncidentFacts.Cause.allCases) func reasonsHoldNoIDs(
    cause: IncidentFacts.Cause
  ) throws {
    let library = try CriteriaLibrary(PatternLibrary(), cases: false)
    var incident = IncidentFacts()
    incident.cause = cause
    incident.dataScope = .beingAcquired
    incident.role = .processor
    incident.sector = .myNumberSystem
    incident.personsClass = .employee
    incident.jurisdictions = ["JP", "JP-13"]
    for (facts, answer) in [
      (Facts.of([.personName, .emailAddress, .passwordHash], 1_001), Truth.unknown),
      (Facts.of([.personName, .cardNumber, .sensitiveCreed], 3), .yes),
    ] {
      for question in library.questionIDs { incident.answers[question] = answer }
      let result = library.assess(facts, incident: incident, only: library.packs.map(\.id))
      #expect(result.packs.count == library.packs.count)
      for outcome in result.packs.flatMap(\.outcomes) {
        for text in [outcome.because.ja, outcome.because.en] {
          let isPlain = !text.contains("_")
          #expect(isPlain, "\(outcome.criterion): \(text)")
        }
      }
    }
    #expect(Names.stated("unauthorized_access", as: .cause).ja == "不正アクセス")
    #expect(Names.stated("JP-13", as: .jurisdictions).ja == "東京都")
    #expect(Names.stated("AES_256", as: .encryptedAlgorithm).ja == "AES_256")
  }

  @Test func cardDigitsCiteTheAnswerOfTheCommission() throws {
    let library = try CriteriaLibrary(PatternLibrary())
    var incident = IncidentFacts()
    incident.wrongfulPurpose = .no
    let result = library.assess(
      Facts.of([.personName, .cardExpiry], 300),
      incident: incident,
      only: ["jp-appi-private"]
    )
    let outcome = try #require(result.packs.first?.outcomes.first { $0.criterion == "appi.7.ii" })
    #expect(outcome.outcome == .notMet)
    #expect(outcome.cite.contains { $0.contains("6-12") })
  }

  @Test func employeesReportsGoToTheCommission() throws {
    let library = try CriteriaLibrary(PatternLibrary())
    var incident = IncidentFacts()
    incident.personsClass = .employee
    let result = library.assess(
      Facts.of([.personName, .sensitiveHealthCheck], 1),
      incident: incident,
      only: ["jp-appi-private"]
    )
    #expect(result.packs[0].advice.contains { $0.en.contains("go to the Commission") })
    #expect(result.packs[0].outcomes[0].because.en.contains("employees' data counts"))
  }

  @Test func aPastDueDayIsAWarning() throws {
    let library = try CriteriaLibrary(PatternLibrary())
    var incident = IncidentFacts()
    incident.knownAt = Moment("2026-11-20")
    let facts = Facts.of([.personName], 1001)
    let late = library.assess(
      facts,
      incident: incident,
      only: ["jp-appi-private"],
      asOf: CivilDate("2026-11-25")
    )
    #expect(late.packs[0].warnings.count == 1)
    let early = library.assess(
      facts,
      incident: incident,
      only: ["jp-appi-private"],
      asOf: CivilDate("2026-11-24")
    )
    #expect(early.packs[0].warnings.isEmpty)
  }

  @Test func beforeItsTimeAPackNamesNoDuties() throws {
    let library = try CriteriaLibrary(PatternLibrary())
    let result = library.assess(
      Facts.of([.personName], 1001),
      incident: IncidentFacts(),
      only: ["jp-appi-private"],
      asOf: CivilDate("2022-03-31")
    )
    #expect(result.packs[0].duties.isEmpty)
    #expect(result.packs[0].warnings.count == 1)
  }
}

/// Short ways to write facts.
enum Facts {
  static func of(_ types: [DataType], _ persons: Int) -> ScanFacts {
    ScanFacts(
      persons: PersonCount(persons),
      profiles: [
        PersonProfile(
          types: TypeSet(types),
          certain: TypeSet(types),
          count: PersonCount(persons)
        )
      ],
      findings: Dictionary(
        uniqueKeysWithValues: types.map {
          ($0, FindingFact(certain: persons, likely: 0, possible: 0, sample: 0))
        }
      ),
      byClass: [:],
      byResidence: [:],
      files: 1,
      unread: .init(bytes: 0, couldAdd: 0, basis: ""),
      gaps: 0
    )
  }
}
