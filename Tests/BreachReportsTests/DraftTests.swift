import BreachModel
import BreachPatterns
import Testing

@testable import BreachReports

/// The drafts of the program itself; a mistake in them fails every test that renders one.
let builtInDrafts: DraftLibrary = {
  do { return try DraftLibrary(PatternLibrary().files(under: "drafts/")) } catch {
    Issue.record("\(error)")
    return DraftLibrary()
  }
}()

/// Templates, the facts that fill them, and what is asked where a fact is missing.
@Suite struct DraftTests {
  static let asks = PatternFileText(
    path: "drafts/asks.yaml",
    text: """
      schema: breachscope.draft-asks/1
      roles: {lead: {ja: "責任者", en: "lead"}}
      asks:
        cause: {ask: {ja: "原因", en: "the cause"}, who: lead}
        persons: {ask: {ja: "人数", en: "the number"}, who: lead}
      groups: {numbers: [my_number]}
      """
  )

  struct PatternFileText {
    var path: String
    var text: String
  }

  static func template(
    _ items: String,
    drafts: String = "- {id: a, title: {ja: 案, en: Draft}, note: {ja: 注, en: n}}"
  )
    -> PatternFileText
  {
    PatternFileText(
      path: "drafts/own.yaml",
      text: """
        schema: breachscope.draft/1
        drafts:
          \(drafts)
        to: {ja: 先, en: them}
        cite: [Art. 1]
        items:
        \(items)
        """
    )
  }

  static func drafts(_ files: PatternFileText...) throws -> DraftLibrary {
    try DraftLibrary(
      ([asks] + files).map { try PatternFile(yaml: $0.text, path: $0.path) }
    )
  }

  static func text(_ items: String, _ result: ScanResult, _ language: ReportLanguage = .en) throws
    -> [String]
  {
    var content = ReportContent(result)
    content.drafts = try drafts(template(items))
    let draft = try #require(content.filled(language).first)
    return draft.items.flatMap(\.lines)
  }

  static func stating(_ facts: [Assessment.Stated]) -> ScanResult {
    var result = SampleResults.empty
    var assessment = Assessment(packs: [])
    assessment.stated = facts
    result.assessment = assessment
    return result
  }

  @Test func theProgramsDraftsAreTheseAndSayTheSameInBothLanguages() {
    #expect(
      builtInDrafts.templates.map(\.id) == [
        "inquiry-desk", "press-release", "eu-gdpr-34", "eu-gdpr-33", "jp-mynumber-preliminary",
        "jp-mynumber-final", "jp-notice-persons", "jp-report-preliminary", "jp-report-final",
      ]
    )
    for template in builtInDrafts.templates {
      for text in [template.to] + template.items.map(\.text) {
        #expect(Self.facts(text.ja) == Self.facts(text.en), "\(template.id)")
        let lines = (DraftText.lines(text.ja), DraftText.lines(text.en))
        #expect(lines.0.count == lines.1.count, "\(template.id): \(lines)")
      }
    }
  }

  /// 施行規則10条 leaves out item iii: nobody is told how many others there are.
  @Test func theNoticeToThePersonsHasItsFiveItemsAndNoNumberOfPersons() throws {
    let notice = try #require(builtInDrafts.templates.first { $0.id == "jp-notice-persons" })
    #expect(notice.items.map(\.id) == ["head", "i", "ii", "iv", "v", "ix"])
    let facts = notice.items.flatMap { Self.facts($0.text.en) }
    #expect(facts == ["known_day", "items", "cause", "harms"])
    let report = try #require(builtInDrafts.templates.first { $0.id == "jp-report-final" })
    #expect(
      report.items.map(\.id) == [
        "reporter", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix",
      ]
    )
  }

  static func facts(_ text: String) -> [String] {
    DraftText.parts(text[...]).compactMap {
      if case .fact(let name) = $0 { name } else { nil }
    }
  }

  @Test func aStatedFactIsFilledInAndAMissingOneIsAskedFor() throws {
    let items =
      "  - {id: i, title: {ja: 一, en: One}, text: {ja: \"原因は{cause}。\", en: \"It was {cause}.\"}}"
    let cause = Assessment.Stated(
      key: "cause",
      value: "theft",
      words: LocalizedText(ja: "盗難", en: "theft")
    )
    #expect(try Self.text(items, Self.stating([cause])) == ["It was theft."])
    #expect(try Self.text(items, Self.stating([cause]), .ja) == ["原因は盗難。"])
    #expect(
      try Self.text(items, Self.stating([])) == ["It was [TO FILL IN: the cause - lead]."]
    )
    #expect(try Self.text(items, Self.stating([]), .ja) == ["原因は【要記入】原因〔責任者〕。"])
  }

  @Test func aListIsALineEachBehindADashAndOneLineElsewhere() throws {
    var result = SampleResults.empty
    result.findings = [.cardNumber: TypeFindings(), .personName: TypeFindings()]
    let dashed =
      "  - {id: i, title: {ja: 一, en: One}, text: {ja: \"- {items}\", en: \"- {items}\"}}"
    #expect(try Self.text(dashed, result) == ["- Name", "- Card number"])
    let inline =
      "  - {id: i, title: {ja: 一, en: One}, text: {ja: \"{items}\", en: \"Of: {items}.\"}}"
    #expect(try Self.text(inline, result) == ["Of: Name, Card number."])
    #expect(try Self.text(dashed, SampleResults.empty) == ["- none"])
  }

  @Test func itemsStandOnlyWhereTheirTypesWereFoundOrNot() throws {
    let items = """
        - {id: yes, title: {ja: 一, en: One}, found: [card_number], text: {ja: 有, en: "there"}}
        - {id: no, title: {ja: 二, en: Two}, absent: [card_number], text: {ja: 無, en: "not there"}}
      """
    var result = SampleResults.empty
    #expect(try Self.text(items, result) == ["not there"])
    result.findings = [.cardNumber: TypeFindings()]
    #expect(try Self.text(items, result) == ["there"])
  }

  @Test(arguments: [
    ("text: {ja: \"{nothing}\", en: \"x\"}", "\"{nothing}\" is no fact that drafts know"),
    ("text: {ja: \"x\", en: \"{role}\"}", "{role} may be unknown"),
    ("text: {ja: \"x\", en: \"{classes} {authority}\"}", "{authority} may be unknown"),
    ("asks: [{ask: {ja: 問, en: q}, who: nobody}]", "no such role; there are lead"),
    (
      "asks: [{ask: {ja: 問, en: q}, who: lead, only: [b]}]", "no draft of this file is called \"b\""
    ),
    ("found: [card], text: {ja: x, en: y}", "unknown data type \"card\""),
    ("found: [card_number]", "an item needs a text"),
    ("wen: x", "unknown key \"wen\""),
  ])
  func aMistakeIsNamed(_ body: String, _ message: String) throws {
    let items = "  - {id: i, title: {ja: 一, en: One}, \(body)}"
    let error = #expect(throws: PatternError.self) {
      try Self.drafts(Self.template(items))
    }
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    #expect(error?.path == "drafts/own.yaml")
  }

  @Test func namesOfFilesAreSafeAndStandOnce() throws {
    let items = "  - {id: i, title: {ja: 一, en: One}, text: {ja: x, en: y}}"
    for id in ["../a", "A", "a/b", "a.b"] {
      #expect(throws: PatternError.self) {
        try Self.drafts(
          Self.template(
            items,
            drafts: "- {id: \"\(id)\", title: {ja: 案, en: D}, note: {ja: 注, en: n}}"
          )
        )
      }
    }
    var again = Self.template(items)
    again.path = "drafts/second.yaml"
    #expect(throws: PatternError.self) { try Self.drafts(Self.template(items), again) }
  }

  /// A draft is due, open or not due as its pack says, and stands only where the pack was applied.
  @Test func aDraftFollowsItsPack() throws {
    func pack(_ outcome: Outcome, duties: [Duty]) -> ScanResult {
      var result = SampleResults.empty
      result.assessment = Assessment(packs: [
        PackAssessment(
          id: "jp-own",
          version: "1",
          title: LocalizedText(ja: "法", en: "law"),
          outcomes: [
            CriterionOutcome(
              criterion: "own.1",
              title: LocalizedText(ja: "要件", en: "criterion"),
              outcome: outcome,
              confidence: "certain",
              because: LocalizedText(ja: "理由", en: "reason"),
              cite: []
            )
          ],
          duties: duties,
          decisions: [],
          advice: [],
          warnings: []
        )
      ])
      return result
    }
    let duty = Duty(
      id: "own.report",
      title: LocalizedText(ja: "報告", en: "report"),
      authority: LocalizedText(ja: "委員会", en: "commission"),
      due: "2026-12-21",
      from: nil,
      dueText: LocalizedText(ja: "", en: ""),
      basis: "rule",
      firedBy: ["own.1"],
      cite: []
    )
    let items = "  - {id: i, title: {ja: 一, en: One}, text: {ja: x, en: \"- {criteria_met}\"}}"
    let drafts =
      "- {id: a, title: {ja: 案, en: Draft}, packs: [jp-own], duties: [own.report], note: {ja: 注, en: n}}"
    func draft(_ result: ScanResult) throws -> Draft? {
      var content = ReportContent(result)
      content.drafts = try Self.drafts(Self.template(items, drafts: drafts))
      return content.filled(.en).first
    }
    let due = try #require(try draft(pack(.met, duties: [duty])))
    #expect(due.facts.outcome == .met)
    #expect(due.items[0].lines == ["- criterion(reason)"])
    #expect(
      due.text.contains("duties: due\ndue: 2026-12-21\n") || due.text.contains("Duties: due\n")
    )
    #expect(try draft(pack(.undetermined, duties: []))?.facts.outcome == .undetermined)
    let not = try #require(try draft(pack(.notMet, duties: [])))
    #expect(not.facts.outcome == .notMet)
    #expect(not.items[0].lines == ["- none"])
    var other = pack(.met, duties: [duty])
    other.assessment?.packs[0].id = "jp-other"
    #expect(try draft(other) == nil)
    // Nothing was judged yet: every draft stands, without a state.
    #expect(try draft(SampleResults.empty)?.facts.outcome == nil)
  }

  @Test func theJSONHoldsTheSameItemsAndGaps() throws {
    var content = ReportContent(Self.stating([]))
    let items =
      "  - {id: i, title: {ja: 一, en: One}, text: {ja: x, en: \"{cause}, {cause}\"}, asks: [{ask: {ja: 問, en: why}, who: lead}]}"
    content.drafts = try Self.drafts(Self.template(items))
    let files = FilingReport.files(content, options: ReportOptions(language: .en))
    #expect(files.map(\.name) == ["a.txt", "a.json"])
    let json = try JSONParser.parse(files[1].bytes)
    #expect(
      json
        == .object([
          ("schema", .string("breachscope.draft/1")), ("id", .string("a")),
          ("language", .string("en")), ("title", .string("Draft")), ("to", .string("them")),
          ("complete", .bool(true)), ("outcome", .null), ("duty", .null),
          (
            "items",
            .array([
              .object([
                ("id", .string("i")), ("title", .string("One")),
                (
                  "text",
                  .string(
                    "[TO FILL IN: the cause - lead], [TO FILL IN: the cause - lead]\n"
                      + "[TO FILL IN: why - lead]"
                  )
                ),
                (
                  "missing",
                  .array([
                    .object([
                      ("fact", .string("cause")), ("ask", .string("the cause")),
                      ("who", .string("lead")),
                    ]),
                    .object([
                      ("fact", .null), ("ask", .string("why")), ("who", .string("lead")),
                    ]),
                  ])
                ),
              ])
            ])
          ),
          (
            "missing",
            .array([
              .object([
                ("fact", .string("cause")), ("ask", .string("the cause")), ("who", .string("lead")),
              ]),
              .object([("fact", .null), ("ask", .string("why")), ("who", .string("lead"))]),
            ])
          ),
          ("cite", .strings(["Art. 1"])),
        ])
    )
  }
}
