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
    case .within(let within): verdict(within)
    case .unexplained(let text): verdict(text)
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
    var verdict = answer(ask.question, incident.answers[ask.question] ?? .unknown)
    if verdict.truth == .unknown {
      verdict.truth = ask.presume
      verdict.questions = [ask.question]
    }
    return verdict
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
    // A question of its own about a key may be answered by itself.
    if stated.question != stated.key.rawValue, let answer = incident.answers[stated.question],
      answer != .unknown
    {
      return self.answer(stated.question, answer)
    }
    let shown = value.shown(as: stated.key)
    return Verdict(
      stated.presume,
      questions: [stated.question],
      ja: "\(title.ja): \(shown.ja)",
      en: "\(title.en): \(shown.en)"
    )
  }

  /// What people answered to a question.
  private func answer(_ question: String, _ answer: Truth) -> Verdict {
    let words = questions[question] ?? LocalizedText(ja: question, en: question)
    let ja = "質問「\(words.ja)」への答え"
    let en = "the answer to “\(words.en)”"
    switch answer {
    case .yes: return Verdict(.yes, ja: "\(ja): はい", en: "\(en): yes")
    case .no: return Verdict(.no, ja: "\(ja): いいえ", en: "\(en): no")
    case .unknown: return Verdict(.unknown, ja: "\(ja): 不明", en: "\(en): unknown")
    }
  }

  private func verdict(_ within: Condition.Within) -> Verdict {
    guard case .moment(let done) = incident.stated(within.key) else {
      return Verdict(.unknown, questions: [within.key.rawValue])
    }
    guard case .moment(let start) = incident.stated(within.of) else {
      return Verdict(.unknown, questions: [within.of.rawValue])
    }
    let last = start.day + (within.days - 1)
    let isIn = done.day <= last
    return Verdict(
      isIn ? .yes : .no,
      ja: "\(within.key.title.ja) \(done.day) は\(within.label.ja)(\(last)まで)"
        + (isIn ? "のうち" : "を過ぎている"),
      en: "\(within.key.title.en), \(done.day), is \(isIn ? "within" : "after") "
        + "\(within.label.en) (until \(last))"
    )
  }

  /// Presumed not, but asked: what is written there nobody has looked at.
  private func verdict(_ text: Condition.Unexplained) -> Verdict {
    let seen = facts.unexplained
    guard !seen.isEmpty else { return Verdict(.no) }
    if let answer = incident.answers[text.question], answer != .unknown {
      return self.answer(text.question, answer)
    }
    var ja: [String] = []
    var en: [String] = []
    if !seen.columns.isEmpty {
      let more = seen.columns.count > 3 ? ", …" : ""
      let names = seen.columns.prefix(3).joined(separator: ", ") + more
      ja.append("自由記述の列(\(names))")
      en.append("columns of free text (\(names))")
    }
    if seen.texts > 0 {
      ja.append("本人の情報がある文章 \(Self.number(seen.texts)) ファイル")
      en.append("\(Self.number(seen.texts)) files of text with persons")
    }
    return Verdict(
      .no,
      questions: [text.question],
      ja: "\(ja.joined(separator: "と"))の中の\(text.label.ja)は調べていない",
      en: "\(en.joined(separator: " and ")) were not searched for \(text.label.en)"
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
      if Self.names(word, excluded, beside) { return false }
      return Self.names(word, values, beside) ? true : nil
    }
  }

  /// Whether a text is one of the names, alone or with words that say more of it: `AES-256 (GCM)` and
  /// `aes256gcm` are AES, `AES ではない` is nothing known.
  private static func names(_ text: String, _ names: [String], _ beside: [String]) -> Bool {
    let words = Self.words(text)
    let extra = Set(beside.flatMap(Self.words))
    return names.contains { name in
      let name = Self.words(name)
      guard !name.isEmpty, let start = words.firstRange(of: name) else { return false }
      return (words[..<start.lowerBound] + words[start.upperBound...]).allSatisfy(extra.contains)
    }
  }

  /// Runs of letters and runs of digits.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var wasDigit = false
    var isOpen = false
    for character in text.lowercased() {
      let isDigit = character.isNumber
      guard isDigit || character.isLetter else {
        isOpen = false
        continue
      }
      if isOpen, isDigit == wasDigit {
        words[words.count - 1].append(character)
      } else {
        words.append(String(character))
      }
      (isOpen, wasDigit) = (true, isDigit)
    }
    return words
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
