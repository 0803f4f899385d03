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
    // Named places add; that nobody lives in Japan has to be said.
    incident.jurisdictions = ["KR", "DE", "US-CA"]
    let named = ["eu-gdpr", "kr-pipa", "us-ca"]
    #expect(
      applied(Facts.of([.personName], 1), incident) == ["eu-gdpr", "jp-appi-private"] + named[1...]
    )
    incident.residents = ["JP": PersonCount(0)]
    #expect(applied(Facts.of([.personName], 1), incident) == named)
    incident.residents = ["KR": PersonCount(1)]
    #expect(applied(Facts.of([.personName], 1), incident) == named)
    incident.residents = [:]
    incident.jurisdictions = ["US"]
    #expect(applied(Facts.of([.personName], 1), incident) == ["jp-appi-private", "us-ca"])
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

  /// A country that the data hints at may be anybody's home: nothing is met before people say so.
  @Test func aHintAtAnotherCountryAsks() throws {
    let library = try CriteriaLibrary(PatternLibrary(), cases: false)
    var facts = Facts.of([.personName, .sensitiveMedicalHistory], 9)
    facts.residenceHints = ["DE": PersonCount(3), "TH": PersonCount(1)]
    var incident = IncidentFacts()
    func pack(_ id: String) -> PackAssessment? {
      library.assess(facts, incident: incident).packs.first { $0.id == id }
    }
    let open = try #require(pack("eu-gdpr"))
    #expect(open.outcomes.map(\.outcome) == [.undetermined, .undetermined])
    #expect(open.outcomes[0].because.ja.contains("ドイツに居住し得る本人が 3 人"))
    #expect(open.decisions.map(\.id) == ["residents"] && open.duties.isEmpty)
    #expect(library.assess(facts, incident: incident).uncovered == ["TH"])
    incident.residents = ["DE": PersonCount(0), "TH": PersonCount(0)]
    #expect(pack("eu-gdpr") == nil)
    #expect(library.assess(facts, incident: incident).uncovered == [])
    incident.residents = ["DE": PersonCount(1)]
    #expect(pack("eu-gdpr")?.outcomes.map(\.outcome) == [.met, .met])
    #expect(pack("jp-appi-private")?.outcomes[0].outcome == .met)
    // Another place that is named takes Japan's law away from nobody.
    incident.residents = [:]
    incident.jurisdictions = ["DE"]
    let home = try #require(pack("jp-appi-private"))
    #expect(home.outcomes[0].outcome == .undetermined && home.decisions.map(\.id) == ["residents"])
    facts.byResidence = ["JP-13": PersonCount(1), "unknown": PersonCount(8)]
    #expect(pack("jp-appi-private")?.outcomes[0].outcome == .met)
  }

  /// The amendment may have come into force behind the back of a pack that was checked before.
  @Test func whetherEnactedLawIsInForceIsAQuestion() throws {
    let library = try CriteriaLibrary(PatternLibrary(), cases: false)
    let facts = Facts.of([.personName], 1)
    func assess(_ day: String, named: Bool, _ answer: Truth = .unknown) -> PackAssessment? {
      var incident = IncidentFacts()
      incident.answers["in_force"] = answer
      return library.assess(
        facts,
        incident: incident,
        only: named ? ["jp-appi-2026"] : nil,
        asOf: CivilDate(day)
      ).packs.first { $0.id == "jp-appi-2026" }
    }
    #expect(assess("2028-07-16", named: false) == nil)
    #expect(assess("2028-07-17", named: false)?.decisions.map(\.id).contains("in_force") == true)
    let before = try #require(assess("2026-11-26", named: true))
    #expect(before.outcomes[0].outcome == .met && before.duties.isEmpty)
    #expect(before.warnings.map(\.ja) == ["このパックは成立済みだが未施行の法令によるもので、義務を示さない。"])
    let after = try #require(assess("2026-11-27", named: true))
    #expect(after.outcomes[0].outcome == .undetermined)
    #expect(after.warnings[0].ja.contains("施行されているかは未確定"))
    #expect(assess("2026-11-27", named: true, .yes)?.outcomes[0].outcome == .met)
    #expect(assess("2026-11-27", named: true, .no)?.outcomes[0].outcome == .notMet)
  }

  /// Whose official numbers they are decides whose law they meet.
  @Test func subtypesReachTheCriteria() throws {
    let library = try CriteriaLibrary(PatternLibrary(), cases: false)
    func outcome(_ numbers: [String: Int], _ pack: String, _ criterion: String) -> String {
      var facts = Facts.of([.personName, .nationalID], 10)
      for (subtype, number) in numbers {
        facts.subtypes[subtype] = FindingFact(certain: number, likely: 0, possible: 0, sample: 0)
      }
      var incident = IncidentFacts()
      incident.residents = ["US-CA": PersonCount(10)]
      let judged = library.assess(facts, incident: incident, only: [pack])
      let found = judged.packs[0].outcomes.first { $0.criterion == criterion }
      return "\(found?.outcome.rawValue ?? "") \(found?.confidence ?? "")"
    }
    #expect(outcome(["us_ssn": 10], "us-ca", "usca.1798.82.a") == "met certain")
    #expect(outcome(["us_ssn": 4, "kr_rrn": 6], "us-ca", "usca.1798.82.a") == "met likely")
    #expect(outcome(["kr_rrn": 10], "us-ca", "usca.1798.82.a") == "undetermined likely")
    #expect(outcome([:], "us-ca", "usca.1798.82.a") == "undetermined likely")
    #expect(outcome(["kr_rrn": 10], "kr-pipa", "pipa.40.ii") == "met certain")
    #expect(outcome(["us_ssn": 10], "kr-pipa", "pipa.40.ii") == "not_met certain")
    #expect(outcome([:], "kr-pipa", "pipa.40.ii") == "undetermined likely")
  }

  @Test func criterionIDsAreThePromisedOnes() throws {
    let library = try CriteriaLibrary(PatternLibrary())
    let private_ = try #require(library.packs.first { $0.id == "jp-appi-private" })
    #expect(
      private_.criteria.map(\.id) == ["appi.7.i", "appi.7.ii", "appi.7.iii", "appi.7.iv"]
    )
    let founding = try #require(library.packs.first { $0.id == "jp-founding-guideline" })
    #expect(founding.criteria.map(\.id) == (1...13).map { "founding.f\($0)" })
    // Every row of the sheet can lack an answer, and nothing but a criterion is a row.
    #expect(Set(founding.questions.flatMap(\.completes)) == Set(founding.criteria.map(\.id)))
    #expect(private_.questions.flatMap(\.completes) == [])
  }

  @Test func questionsNameTheRowsThatLackTheirAnswer() throws {
    let library = try CriteriaLibrary(PatternLibrary())
    let facts = Facts.of([.personName], 12)
    let result = library.assess(
      facts,
      incident: IncidentFacts(),
      only: ["jp-founding-guideline"]
    )
    let asked = try #require(result.packs.first).decisions
    let rows = Dictionary(uniqueKeysWithValues: asked.map { ($0.id, $0.completes) })
    #expect(rows["published"] == ["founding.f12"])
    #expect(rows["cause"] == ["founding.f4", "founding.f6", "founding.f7", "founding.f13"])
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

  /// The note on the last four digits is for data without whole numbers.
  @Test func theLastFourDigitsAreNoNoteBesideWholeNumbers() throws {
    let library = try CriteriaLibrary(PatternLibrary(), cases: false)
    var incident = IncidentFacts()
    incident.recoveredUnread = .yes
    func because(_ types: [DataType]) throws -> String {
      let judged = library.assess(
        Facts.of(types, 3),
        incident: incident,
        only: ["jp-appi-private"]
      )
      return try #require(judged.packs[0].outcomes.first { $0.criterion == "appi.7.ii" }).because.ja
    }
    #expect(try because([.personName, .cardExpiry]).contains("下4桁"))
    #expect(try !because([.personName, .cardExpiry, .cardNumber]).contains("下4桁"))
  }

  /// Numbers that differ from those of the report say why.
  @Test func whatIsOnlyLikelyStandsBesideWhatIsCertain() throws {
    let library = try CriteriaLibrary(PatternLibrary(), cases: false)
    var facts = Facts.of([.personName, .cardNumber], 6)
    let likely = PersonProfile(
      types: TypeSet([.personName, .cardNumber]),
      certain: TypeSet(.personName),
      count: PersonCount(1)
    )
    #expect(try because(facts).hasPrefix("クレジットカード番号(全桁): 6 人分。"))
    facts.profiles.append(likely)
    facts.persons = PersonCount(7)
    #expect(
      try because(facts)
        .hasPrefix("クレジットカード番号(全桁): 6 人分(確実な検出。確からしい検出を含めると 7 人)。")
    )
    func because(_ facts: ScanFacts) throws -> String {
      let judged = library.assess(facts, incident: IncidentFacts(), only: ["jp-appi-private"])
      return try #require(judged.packs[0].outcomes.first { $0.criterion == "appi.7.ii" }).because.ja
    }
  }

  @Test(arguments: [
    ("", "個人情報保護委員会(権限委任分野は事業所管大臣)"), ("persons_class: employee", "個人情報保護委員会(従業員のデータ)"),
    ("sector: general", "個人情報保護委員会"), ("sector: finance", "個人情報保護委員会(権限委任分野は事業所管大臣)"),
    ("{sector: finance, persons_class: employee}", "個人情報保護委員会(従業員のデータ)"),
    ("answers: {authority: yes}", "個人情報保護委員会"), ("answers: {authority: no}", "権限を委任された事業所管大臣"),
  ])
  func whomToReportTo(facts: String, authority: String) throws {
    let library = try CriteriaLibrary(PatternLibrary(), cases: false)
    let incident = try IncidentFile.read(
      PatternFile(yaml: facts + "\n", path: "incident.yaml"),
      questions: library.questionIDs
    )
    let judged = library.assess(
      Facts.of([.personName], 1_001),
      incident: incident,
      only: ["jp-appi-private"]
    )
    let report = try #require(judged.packs[0].duties.first { $0.id == "jp.report_final" })
    #expect(report.authority.ja == authority)
  }

  @Test func whatIsStatedAndHardlyCanBe() {
    func found(_ change: (inout IncidentFacts) -> Void, _ persons: Int = 100) -> [IncidentKey] {
      var incident = IncidentFacts()
      change(&incident)
      return incident.contradictions(
        Facts.of([.personName], persons),
        asOf: CivilDate("2026-11-26")
      ).map(\.key)
    }
    #expect(found { _ in } == [])
    for cause in IncidentFacts.Cause.allCases {
      let isWrongful = IncidentFacts.wrongfulCauses.contains(cause)
      #expect(
        found { ($0.cause, $0.wrongfulPurpose) = (cause, .no) }
          == (isWrongful ? [.wrongfulPurpose] : [])
      )
      #expect(found { ($0.cause, $0.wrongfulPurpose) = (cause, .yes) } == [])
    }
    #expect(found { $0.knownAt = Moment("2026-11-26") } == [])
    #expect(found { $0.knownAt = Moment("2026-11-27") } == [.knownAt])
    #expect(found { $0.knownAtByCriterion["appi.7.iv"] = Moment("2026-11-27") } == [.knownAt])
    #expect(found { $0.residents = ["US-CA": PersonCount(100)] } == [])
    #expect(
      found { $0.residents = ["US-CA": PersonCount(60), "DE": PersonCount(41)] } == [.residents]
    )
    #expect(found { $0.residents = ["US": PersonCount(60), "US-CA": PersonCount(41)] } == [])
    #expect(
      found { ($0.residents, $0.dumpIsWholeIncident) = (["DE": PersonCount(101)], .no) } == []
    )
    #expect(
      found { ($0.encrypted.atLeak, $0.encrypted.algorithm) = (.no, "AES") } == [.encryptedAtLeak]
    )
    #expect(found { ($0.role, $0.clientNotifiedAt) = (.owner, Moment("2026-11-20")) } == [.role])
    #expect(found { ($0.role, $0.clientNotifiedAt) = (.processor, Moment("2026-11-20")) } == [])
  }

  /// Days of Japan end at midnight in Japan; an hour passes at once.
  @Test func whatHasPassed() {
    func duty(_ due: String?) -> Duty {
      Duty(
        id: due ?? "none",
        title: LocalizedText(ja: "", en: ""),
        authority: LocalizedText(ja: "", en: ""),
        due: due,
        from: nil,
        dueText: LocalizedText(ja: "", en: ""),
        basis: "rule",
        firedBy: [],
        cite: []
      )
    }
    func passed(_ due: String?, _ pack: String, _ now: String, status: String = "in_force") -> Bool
    {
      let assessed = PackAssessment(
        id: pack,
        version: "1",
        title: LocalizedText(ja: "", en: ""),
        status: status,
        outcomes: [],
        duties: [duty(due)],
        decisions: [],
        advice: [],
        warnings: []
      )
      let seconds = Moment(now)?.secondsSince1970 ?? 0
      return !Assessment(packs: [assessed]).passed(at: seconds).isEmpty
    }
    #expect(!passed("2026-11-24", "jp-appi-private", "2026-11-24T23:59:59+09:00"))
    #expect(passed("2026-11-24", "jp-appi-private", "2026-11-25T00:00:00+09:00"))
    #expect(!passed("2026-11-24", "us-ca", "2026-11-25T11:59:59+00:00"))
    #expect(passed("2026-11-24", "us-ca", "2026-11-25T12:00:00+00:00"))
    #expect(!passed("2026-11-24T18:00:00+09:00", "eu-gdpr", "2026-11-24T09:00:00+00:00"))
    #expect(passed("2026-11-24T18:00:00+09:00", "eu-gdpr", "2026-11-24T09:00:01+00:00"))
    #expect(!passed(nil, "eu-gdpr", "2027-11-24T09:00:01+00:00"))
    #expect(!passed("2026-11-24", "own", "2027-11-24T09:00:01+00:00", status: "contract"))
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
