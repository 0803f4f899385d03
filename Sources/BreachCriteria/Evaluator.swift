internal import BreachModel

/// Judges conditions over one scan and one incident.
struct Evaluator: Sendable {
  let facts: ScanFacts
  let incident: IncidentFacts
  /// Question id → its words, for reasons that rest on an answer.
  let questions: [String: LocalizedText]
  /// Outcomes settled so far, for conditions of duties, notes and advice.
  var outcomes: [String: Outcome] = [:]

  init(facts: ScanFacts, incident: IncidentFacts, questions: [Pack.Question] = []) {
    self.facts = facts
    self.incident = incident
    self.questions = Dictionary(
      questions.map { ($0.id, $0.text) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// The ids that packs must define when they look at scanned data.
  static let standingQuestions = ["unread", "count_persons"]

  func verdict(_ condition: Condition) -> Verdict {
    switch condition {
    case .all(let parts): all(parts.map(verdict))
    case .any(let parts): any(parts.map(verdict))
    case .steps(let parts): steps(parts)
    case .not(let part): not(verdict(part))
    case .likely(let part): likely(verdict(part))
    case .found(let found): verdict(found)
    case .persons(let persons): verdict(persons)
    case .stated(let stated): verdict(stated)
    case .unstated(let key): unstated(key)
    case .ask(let ask): verdict(ask)
    case .outcome(let criterion, let outcome): verdict(criterion, outcome)
    }
  }

  private func all(_ parts: [Verdict]) -> Verdict {
    let refuted = parts.filter { $0.truth == .no }
    if !refuted.isEmpty { return Verdict(.no, from: refuted) }
    let isOpen = parts.contains { $0.truth == .unknown }
    return Verdict(isOpen ? .unknown : .yes, from: parts, reasonsOnly: isOpen)
  }

  private func any(_ parts: [Verdict]) -> Verdict {
    let proven = parts.filter { $0.truth == .yes }
    // What is known beyond question settles it; what is only presumed need not be asked then.
    let settled = proven.filter { $0.firmness == .certain && $0.questions.isEmpty }
    if !settled.isEmpty { return Verdict(.yes, from: settled) }
    guard proven.isEmpty else {
      // Firmest first: one certain part is enough.
      var verdict = Verdict(.yes, from: proven)
      verdict.firmness = proven.map(\.firmness).max() ?? .certain
      if verdict.firmness == .certain {
        verdict.questions = Verdict(.yes, from: proven.filter { $0.firmness == .certain }).questions
      }
      return verdict
    }
    let isOpen = parts.contains { $0.truth == .unknown }
    return Verdict(isOpen ? .unknown : .no, from: parts, reasonsOnly: isOpen)
  }

  private func steps(_ parts: [Condition]) -> Verdict {
    var done: [Verdict] = []
    for part in parts {
      let next = verdict(part)
      done.append(next)
      if next.truth != .yes {
        return Verdict(next.truth, from: done, reasonsOnly: next.truth == .unknown)
      }
    }
    return Verdict(.yes, from: done)
  }

  private func not(_ part: Verdict) -> Verdict {
    var verdict = part
    switch part.truth {
    case .yes: verdict.truth = .no
    case .no: verdict.truth = .yes
    case .unknown: break
    }
    return verdict
  }

  private func likely(_ part: Verdict) -> Verdict {
    var verdict = part
    if part.truth == .yes { verdict.firmness = min(part.firmness, .likely) }
    return verdict
  }

  private func unstated(_ key: IncidentKey) -> Verdict {
    guard incident.stated(key) == .unknown else { return Verdict(.no) }
    let title = key.title
    return Verdict(
      .yes,
      questions: [key.rawValue],
      ja: "\(title.ja): 不明",
      en: "\(title.en): unknown"
    )
  }

  private func verdict(_ ask: Condition.Ask) -> Verdict {
    let question = ask.question
    let words = questions[question] ?? LocalizedText(ja: question, en: question)
    let reason = LocalizedText(
      ja: "質問「\(words.ja)」への答え",
      en: "the answer to “\(words.en)”"
    )
    switch incident.answers[ask.question] ?? .unknown {
    case .yes: return Verdict(.yes, ja: "\(reason.ja): はい", en: "\(reason.en): yes")
    case .no: return Verdict(.no, ja: "\(reason.ja): いいえ", en: "\(reason.en): no")
    case .unknown:
      return Verdict(
        ask.presume,
        questions: [ask.question],
        ja: "\(reason.ja): 不明",
        en: "\(reason.en): unknown"
      )
    }
  }

  private func verdict(_ criterion: String?, _ outcome: Outcome) -> Verdict {
    guard let criterion else {
      return Verdict(outcomes.values.contains(outcome) ? .yes : .no)
    }
    return Verdict(outcomes[criterion] == outcome ? .yes : .no)
  }

  private func verdict(_ stated: Condition.Stated) -> Verdict {
    let title = stated.key.title
    let value = incident.stated(stated.key)
    if let match = stated.matches(value) {
      let shown = value.shown(as: stated.key)
      return Verdict(
        match ? .yes : .no,
        ja: "\(title.ja): \(shown.ja)",
        en: "\(title.en): \(shown.en)"
      )
    }
    let shown = value.shown(as: stated.key)
    return Verdict(
      stated.presume,
      questions: [stated.question],
      ja: "\(title.ja): \(shown.ja)",
      en: "\(title.en): \(shown.en)"
    )
  }
}

extension Condition.Stated {
  /// Nil when the value is unknown, or a text that is in neither list.
  func matches(_ value: IncidentFacts.Stated) -> Bool? {
    switch value {
    case .unknown: return nil
    case .truth(let truth): return values.contains(truth ? "yes" : "no")
    case .moment: return values.contains("stated")
    case .words(let words): return words.contains { values.contains($0) }
    case .word(let word):
      guard case .text = key.kind else { return values.contains(word) }
      let name = Self.normalised(word)
      if excluded.contains(where: { name.hasPrefix(Self.normalised($0)) }) { return false }
      return values.contains { name.hasPrefix(Self.normalised($0)) } ? true : nil
    }
  }

  /// `AES-256 GCM` and `aes256gcm` are one name.
  private static func normalised(_ text: String) -> String {
    String(
      text.lowercased().unicodeScalars.filter {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
      }
    )
  }
}

extension IncidentFacts.Stated {
  /// The value in the words of the catalogue.
  func shown(as key: IncidentKey) -> LocalizedText {
    switch self {
    case .unknown: LocalizedText(ja: "不明", en: "unknown")
    case .truth(true): LocalizedText(ja: "はい", en: "yes")
    case .truth(false): LocalizedText(ja: "いいえ", en: "no")
    case .word(let word): Names.stated(word, as: key)
    case .words(let words): Names.list(words.map { Names.stated($0, as: key) })
    case .moment(let moment): LocalizedText(ja: "\(moment)", en: "\(moment)")
    }
  }
}
