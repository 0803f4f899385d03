import BreachCriteria
import BreachModel
import BreachPatterns
import Testing

/// What an incident file may say, and what it is told when it says something else.
@Suite struct IncidentFileTests {
  private func read(_ text: String) throws -> IncidentFacts {
    try IncidentFile.read(
      PatternFile(yaml: text, path: "incident.yaml"),
      questions: ["hash_strength"],
      criteria: ["appi.7.iv"]
    )
  }

  @Test(arguments: [
    (
      "cause: stolen\n",
      "incident.yaml:1:8: \"stolen\" is not one of: paper_loss, mis_sent_paper, mis_sent_mail, theft,"
        + " virus, unauthorized_access, insider_takeout, misconfiguration_public, web_skimming,"
        + " processor_incident, other, unknown"
    ),
    (
      "known_at: 2026-02-30\n",
      "incident.yaml:1:11: \"2026-02-30\" is not a day that exists (YYYY-MM-DD), nor a time with its"
        + " offset (2026-11-20T18:00:00+09:00)"
    ),
    (
      "role: owner\n\nwrongful_purpose: maybe\n",
      "incident.yaml:3:19: \"maybe\" is not one of: yes, no, unknown"
    ),
    (
      "encrypted: {at_leak: yes, key: no}\n",
      "incident.yaml:1:27: unknown key \"key\"; known here: at_leak, algorithm, key_leaked"
    ),
    (
      "known_at: {appi.7.v: 2026-11-20}\n",
      "incident.yaml:1:12: \"appi.7.v\" is neither a criterion nor \"default\""
    ),
    (
      "answers: {hash_strengh: yes}\n",
      "incident.yaml:1:11: no pack asks a question \"hash_strengh\""
    ),
    (
      "jurisdictions: [JP, Japan]\n",
      "incident.yaml:1:21: \"Japan\" is not an ISO 3166 code such as JP or US-CA"
    ),
    (
      "residents: {California: 501}\n",
      "incident.yaml:1:13: \"California\" is not an ISO 3166 code such as JP or US-CA"
    ),
    (
      "residents: {KR: {low: 5, likely: 4, high: 6}}\n",
      "incident.yaml:1:17: low, likely and high are not in order"
    ),
    (
      "known_at: 2026-11-20\nassessed_at: 2026-11-18\n",
      "incident.yaml:2:14: 2026-11-18 lies before the event became known (2026-11-20)"
    ),
    ("- a\n", "incident.yaml:1:1: expected a mapping, found a list"),
    (
      "cause: theft\nanswers: {cause: virus}\n",
      "incident.yaml:2:11: \"cause\" is stated above as something else"
    ),
    (
      "answers: {recovered_unread: perhaps}\n",
      "incident.yaml:1:29: \"perhaps\" is not one of: yes, no, unknown"
    ),
  ])
  func errors(text: String, complaint: String) {
    let error = #expect(throws: PatternError.self) { try read(text) }
    #expect(error?.description == complaint)
  }

  @Test func unknownKeysAreErrors() {
    let error = #expect(throws: PatternError.self) { try read("cause: theft\nnown_at: x\n") }
    #expect(error?.description.hasPrefix("incident.yaml:2:1: unknown key \"nown_at\"") == true)
  }

  @Test func everyKeyIsRead() throws {
    let facts = try read(
      """
      known_at: {default: 2026-11-02, appi.7.iv: "2026-11-16T10:00:00+09:00"}
      assessed_at: 2026-11-24
      cause: theft
      wrongful_purpose: yes
      data_scope: held
      role: processor
      client_notified_at: 2026-11-03
      persons_notified_at: 2026-11-20
      recovered_unread: no
      encrypted: {at_leak: yes, algorithm: AES-256, key_leaked: unknown}
      pseudonymised_by_law: no
      dump_is_whole_incident: yes
      publicly_viewable: no
      service_has_payment: yes
      source_was_database: yes
      sector: telecom
      persons_class: mixed
      jurisdictions: [JP, US-CA]
      residents: {US-CA: 501, KR: {low: 1, likely: 2, high: 3}, DE: unknown}
      answers: {hash_strength: no}
      """
    )
    #expect(facts.knownAt?.description == "2026-11-02")
    #expect(facts.knownAtByCriterion["appi.7.iv"]?.day.description == "2026-11-16")
    #expect(facts.cause == .theft)
    #expect(facts.encrypted.algorithm == "AES-256")
    #expect(facts.encrypted.keyLeaked == .unknown)
    #expect(facts.jurisdictions == ["JP", "US-CA"])
    #expect(
      facts.residents == ["US-CA": PersonCount(501), "KR": PersonCount(low: 1, likely: 2, high: 3)]
    )
    #expect(facts.answers == ["hash_strength": .no])
    for key in IncidentKey.allCases where key != .encryptedKeyLeaked {
      #expect(facts.stated(key) != .unknown, "\(key)")
    }
  }

  /// The id that a report prints beside a question is a key that answers it.
  @Test func everyQuestionIsAnsweredByItsID() throws {
    let library = try CriteriaLibrary(PatternLibrary(), cases: false)
    for id in library.questionIDs {
      let value =
        switch IncidentKey(rawValue: id)?.kind {
        case nil, .yesNo: "yes"
        case .choice(let words): words[0]
        case .moment: "2026-11-20"
        case .text: "AES-256"
        case .codes: "[JP]"
        case .counts: "{JP: 1}"
        }
      let facts = try IncidentFile.read(
        PatternFile(yaml: "answers: {\(id): \(value)}\n", path: "incident.yaml"),
        questions: library.questionIDs
      )
      #expect(facts != IncidentFacts(), "\(id)")
    }
    #expect(try read("answers: {encrypted.at_leak: yes}\n").encrypted.atLeak == .yes)
    #expect(try read("role: owner\nanswers: {role: owner}\n").role == .owner)
  }

  @Test func aKeyIsFoundWhereItStands() throws {
    let file = try PatternFile(
      yaml: "cause: theft\nencrypted: {at_leak: no,\n  algorithm: AES}\n",
      path: "incident.yaml"
    )
    #expect(IncidentFile.place(of: .cause, in: file) == .init(line: 1, column: 8))
    #expect(IncidentFile.place(of: .encryptedAlgorithm, in: file) == .init(line: 3, column: 14))
    #expect(IncidentFile.place(of: .role, in: file) == nil)
  }

  @Test func unknownAndEmptyAreUnknown() throws {
    #expect(try read("cause: unknown\nrole:\nknown_at:\nencrypted: unknown\n") == IncidentFacts())
  }

  @Test(arguments: [TemplateLanguage.ja, .en]) func templatesStateNothing(
    language: TemplateLanguage
  ) throws {
    let template = IncidentFile.template(language: language)
    // Every line is a comment, which the program must be able to read back.
    #expect(template.split(separator: "\n").allSatisfy { $0.hasPrefix("#") })
    #expect(try IncidentFile.read(template: template) == IncidentFacts())
    for key in IncidentKey.allCases {
      let name = key.rawValue.split(separator: ".").last.map(String.init) ?? ""
      #expect(template.contains("\(name):"))
    }
  }

  @Test(arguments: [TemplateLanguage.ja, .en]) func templatesAreValidOnceUncommented(
    language: TemplateLanguage
  ) throws {
    let lines = IncidentFile.template(language: language).split(separator: "\n")
    let keys = lines.filter { !$0.hasPrefix("# ") || $0.hasPrefix("#  ") }.map { $0.dropFirst() }
    let facts = try IncidentFile.read(
      PatternFile(yaml: keys.joined(separator: "\n"), path: "incident.yaml")
    )
    #expect(facts.knownAt != nil)
    #expect(facts.encrypted.algorithm == "AES-256-GCM")
  }
}

extension IncidentFile {
  /// Reads a text the way the program does.
  static func read(template text: String) throws -> IncidentFacts {
    try read(PatternFile(yaml: text, path: "incident.yaml"))
  }
}
