internal import BreachModel

extension Assessment {
  /// Reads `assessment` of a result.
  init(_ place: JSONPlace) throws(ResultReadError) {
    self.init(
      packs: try place.member("packs").array(PackAssessment.init(_:)),
      notApplied: try place.later("not_applied")?.array { (left) throws(ResultReadError) in
        NotApplied(
          id: try left.member("id").string(),
          title: try LocalizedText(left.member("title")),
          because: try LocalizedText(left.member("because"))
        )
      } ?? [],
      uncovered: try place.later("uncovered")?.strings() ?? [],
      warnings: try place.later("warnings")?.array(LocalizedText.init(_:)) ?? [],
      stated: try place.later("stated")?.array { (fact) throws(ResultReadError) in
        Stated(
          key: try fact.member("key").string(),
          value: try fact.member("value").string(),
          words: try LocalizedText(fact.member("words"))
        )
      } ?? []
    )
  }
}

extension PackAssessment {
  fileprivate init(_ place: JSONPlace) throws(ResultReadError) {
    let id = try place.member("id").string()
    let status = try place.later("status")?.string()
    self.init(
      id: id,
      version: try place.member("version").string(),
      title: try LocalizedText(place.member("title")),
      status: status ?? Self.statusBefore(id),
      outcomes: try place.member("outcomes").array(CriterionOutcome.init(_:)),
      duties: try place.member("duties").array(Duty.init(_:)),
      decisions: try place.member("decisions").array { (decision) throws(ResultReadError) in
        Decision(
          id: try decision.member("id").string(),
          question: try LocalizedText(decision.member("question")),
          ifYes: try LocalizedText(decision.member("if_yes")),
          ifNo: try LocalizedText(decision.member("if_no")),
          completes: try decision.later("completes")?.strings() ?? []
        )
      },
      advice: try place.member("advice").array(LocalizedText.init(_:)),
      warnings: try place.member("warnings").array(LocalizedText.init(_:))
    )
  }
}

extension PackAssessment {
  /// What results said nothing of at first.
  private static func statusBefore(_ id: String) -> String {
    switch id {
    case "jp-founding-guideline": "guidance"
    case "pci-dss": "contract"
    case "jp-appi-2026": "enacted_not_in_force"
    default: "in_force"
    }
  }
}

extension CriterionOutcome {
  fileprivate init(_ place: JSONPlace) throws(ResultReadError) {
    let outcome = try place.member("outcome")
    let word = try outcome.string()
    guard let known = Outcome(rawValue: word) else { throw .unknown(at: outcome.path, word) }
    self.init(
      criterion: try place.member("criterion").string(),
      title: try LocalizedText(place.member("title")),
      outcome: known,
      confidence: try place.member("confidence").string(),
      because: try LocalizedText(place.member("because")),
      cite: try place.member("cite").strings(),
      persons: try place.later("persons")?.orNull { (count) throws(ResultReadError) in
        try PersonCount(count)
      } ?? nil,
      isUnconfirmed: try place.later("unconfirmed")?.bool() ?? false
    )
  }
}

extension Duty {
  fileprivate init(_ place: JSONPlace) throws(ResultReadError) {
    self.init(
      id: try place.member("id").string(),
      title: try LocalizedText(place.member("title")),
      authority: try LocalizedText(place.member("authority")),
      due: try place.member("due").orNull { (day) throws(ResultReadError) in try day.string() },
      from: try place.member("from").orNull { (day) throws(ResultReadError) in try day.string() },
      dueText: try LocalizedText(place.member("due_text")),
      basis: try place.member("basis").string(),
      firedBy: try place.member("fired_by").strings(),
      cite: try place.member("cite").strings()
    )
  }
}

extension LocalizedText {
  fileprivate init(_ place: JSONPlace) throws(ResultReadError) {
    self.init(ja: try place.member("ja").string(), en: try place.member("en").string())
  }
}
