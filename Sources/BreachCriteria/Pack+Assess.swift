package import BreachModel

extension Pack {
  /// What this pack says of one scan.
  ///
  /// Judged by the law in force on `asOf`; without it, on the day the event became known; without
  /// that, as the pack was last checked.
  package func assess(
    _ facts: ScanFacts,
    incident: IncidentFacts,
    asOf: CivilDate?,
    reach: Reach = .yes
  ) -> PackAssessment {
    var judge = Evaluator(facts: facts, incident: incident, questions: questions)
    let day = asOf ?? incident.knownAt?.day(atOffset: calendar?.offset ?? 0) ?? head.checkedOn
    var asked: Set<String> = []
    var outcomes: [CriterionOutcome] = []
    for criterion in criteria where criterion.valid.contains(day) {
      var outcome = judgement(of: criterion, on: day, by: judge, asking: &asked)
      if head.isCommencementOpen(on: day) {
        hold(&outcome, Self.commencement(head), "in_force", incident, &asked)
      }
      if case .unknown(let reason) = reach { hold(&outcome, reason, "residents", nil, &asked) }
      judge.outcomes[criterion.id] = outcome.outcome
      for note in criterion.notes where judge.verdict(note.when).truth == .yes {
        outcome.because.ja += "。" + note.text.ja
        outcome.because.en += ". " + note.text.en
        outcome.cite += note.cite.filter { !outcome.cite.contains($0) }
      }
      outcomes.append(outcome)
    }
    // While nothing is sure to apply, there is no use in asking for anything else.
    if case .unknown = reach, asked.contains("residents") { asked = ["residents"] }
    var warnings = forceWarnings(day, incident)
    var duties: [Duty] = []
    if warnings.isEmpty {
      let reckoning = self.duties(by: judge, on: day, asOf: asOf, asking: &asked)
      duties = reckoning.duties
      warnings = reckoning.warnings
    }
    var advice: [LocalizedText] = []
    if !judge.outcomes.values.contains(.met) { advice.append(nothingMet(outcomes, asked)) }
    if reach == .yes {
      advice += self.advice.filter {
        $0.valid.contains(day) && judge.verdict($0.when).truth == .yes
      }
      .map(\.text)
    }
    return PackAssessment(
      id: head.id,
      version: head.version,
      title: head.title,
      status: head.status.rawValue,
      outcomes: outcomes,
      duties: duties,
      decisions: questions.filter { asked.contains($0.id) }.map { $0.hinted(facts).decision },
      advice: advice,
      warnings: warnings
    )
  }

  /// A criterion's condition first, then what may take the event out of it.
  ///
  /// An exclusion counts only when it is proven; one that is merely possible leaves the criterion as
  /// it is and asks.
  private func judgement(
    of criterion: Criterion,
    on day: CivilDate,
    by judge: Evaluator,
    asking asked: inout Set<String>
  ) -> CriterionOutcome {
    let main = judge.verdict(criterion.when)
    var outcome = CriterionOutcome(
      criterion: criterion.id,
      title: criterion.title,
      outcome: .met,
      confidence: main.firmness.id,
      because: Self.joined(main.reasons),
      cite: criterion.cite,
      persons: main.persons,
      isUnconfirmed: criterion.isUnconfirmed
    )
    var questions = main.questions
    switch main.truth {
    case .yes: outcome.outcome = .met
    case .unknown:
      outcome.outcome = .undetermined
      outcome.confidence = Firmness.likely.id
    case .no:
      outcome.outcome = .notMet
      outcome.confidence = (questions.isEmpty ? Firmness.certain : .likely).id
    }
    if main.truth != .no {
      let applicable = exclusions.filter {
        $0.removes.contains(criterion.id) && $0.valid.contains(day)
      }
      for exclusion in applicable {
        let verdict = judge.verdict(exclusion.when)
        if verdict.truth == .yes {
          let reasons = Self.joined(verdict.reasons)
          outcome.outcome = .notMet
          outcome.confidence = (verdict.questions.isEmpty ? Firmness.certain : .likely).id
          outcome.because = LocalizedText(
            ja: "\(exclusion.title.ja)により除外(\(reasons.ja))",
            en: "excluded: \(exclusion.title.en) (\(reasons.en))"
          )
          outcome.cite += exclusion.cite.filter { !outcome.cite.contains($0) }
          questions = verdict.questions
          break
        }
        questions += verdict.questions
      }
    }
    asked.formUnion(questions)
    if criterion.isUnconfirmed { checkText(of: criterion, &outcome, judge.incident, &asked) }
    return outcome
  }

  /// Leaves an outcome undetermined that rests on what is open; nothing when it is not met anyway.
  private func hold(
    _ outcome: inout CriterionOutcome,
    _ reason: LocalizedText,
    _ question: String,
    _ incident: IncidentFacts?,
    _ asked: inout Set<String>
  ) {
    guard outcome.outcome != .notMet else { return }
    switch incident?.answers[question] ?? .unknown {
    case .yes: return
    case .no:
      outcome.outcome = .notMet
      outcome.confidence = Firmness.certain.id
    case .unknown:
      outcome.outcome = .undetermined
      outcome.confidence = Firmness.likely.id
      asked.insert(question)
    }
    outcome.because.ja = reason.ja + "。" + outcome.because.ja
    outcome.because.en = reason.en + ". " + outcome.because.en
  }

  /// Why it is open whether enacted law is in force.
  private static func commencement(_ head: PackHead) -> LocalizedText {
    LocalizedText(
      ja: "施行日を定める政令を \(head.checkedOn) の時点で確認できておらず、施行されているかは未確定",
      en:
        "no order naming the day of commencement was found by \(head.checkedOn), so whether it is "
        + "in force is open"
    )
  }

  /// Says that no primary text was read, and asks people to read it; their no ends the criterion.
  private func checkText(
    of criterion: Criterion,
    _ outcome: inout CriterionOutcome,
    _ incident: IncidentFacts,
    _ asked: inout Set<String>
  ) {
    outcome.because.ja += "。この要件は一次資料で未確認"
    outcome.because.en += ". No primary text confirms this criterion"
    guard outcome.outcome != .notMet else { return }
    let question = Question.lawText + criterion.id
    switch incident.answers[question] ?? .unknown {
    case .yes:
      outcome.because.ja += "(人が条文で確認済み)"
      outcome.because.en += " (people have read it in the law's own text)"
    case .no:
      outcome.outcome = .notMet
      outcome.confidence = Firmness.certain.id
      outcome.because = LocalizedText(
        ja: "条文の本文で確認した人が、この要件はないと判断",
        en: "people read the law's own text, and it does not say so"
      )
    case .unknown: asked.insert(question)
    }
  }

  /// Why duties cannot be told for the day asked; empty when they can.
  private func forceWarnings(_ day: CivilDate, _ incident: IncidentFacts) -> [LocalizedText] {
    if head.status == .enactedNotInForce {
      let isOpen = head.isCommencementOpen(on: day) && incident.answers["in_force"] != .no
      return [
        isOpen
          ? LocalizedText(
            ja: Self.commencement(head).ja + "。義務は示さない。",
            en: "Of this pack, " + Self.commencement(head).en + "; it names no duties."
          )
          : LocalizedText(
            ja: "このパックは成立済みだが未施行の法令によるもので、義務を示さない。",
            en: "This pack states law that is enacted but not in force; it names no duties."
          )
      ]
    }
    if let from = head.valid.from, day < from {
      return [
        LocalizedText(
          ja: "このパックは \(from) 以降の法令によるもので、\(day) の義務を示さない。",
          en: "This pack states the law from \(from) on; it names no duties for \(day)."
        )
      ]
    }
    if let to = head.valid.to, day > to {
      return [
        LocalizedText(
          ja: "このパックは \(to) までの法令によるもので、\(day) の義務を示さない。",
          en: "This pack states the law until \(to); it names no duties for \(day)."
        )
      ]
    }
    return []
  }

  /// Says what was looked at and what is open; that nothing was met is never the whole answer.
  private func nothingMet(_ outcomes: [CriterionOutcome], _ asked: Set<String>) -> LocalizedText {
    let open = questions.map(\.id).filter(asked.contains)
    func line(_ outcome: CriterionOutcome, _ because: String, _ word: String) -> String {
      "\(outcome.criterion) \(word)(\(because))"
    }
    let ja = outcomes.map {
      line($0, $0.because.ja, $0.outcome == .notMet ? "該当なし" : "未確定")
    }
    let en = outcomes.map {
      "\($0.criterion) \($0.outcome == .notMet ? "not met" : "undetermined") (\($0.because.en))"
    }
    return LocalizedText(
      ja: nothingMet.ja.replacing("{criteria}", with: ja.joined(separator: "、"))
        .replacing("{questions}", with: open.isEmpty ? "なし" : open.joined(separator: "、")),
      en: nothingMet.en.replacing("{criteria}", with: en.joined(separator: "; "))
        .replacing("{questions}", with: open.isEmpty ? "none" : open.joined(separator: ", "))
    )
  }

  private static func joined(_ reasons: [LocalizedText]) -> LocalizedText {
    LocalizedText(
      ja: reasons.map(\.ja).joined(separator: "、"),
      en: reasons.map(\.en).joined(separator: "; ")
    )
  }
}
