package import BreachModel

extension Pack {
  /// What this pack says of one scan.
  package func assess(
    _ facts: ScanFacts,
    incident: IncidentFacts,
    asOf: CivilDate?
  ) -> PackAssessment {
    var judge = Evaluator(facts: facts, incident: incident)
    var asked: Set<String> = []
    var outcomes: [CriterionOutcome] = []
    for criterion in criteria {
      var outcome = judgement(of: criterion, by: judge, asking: &asked)
      judge.outcomes[criterion.id] = outcome.outcome
      for note in criterion.notes where judge.verdict(note.when).truth == .yes {
        outcome.because.ja += "。" + note.text.ja
        outcome.because.en += ". " + note.text.en
        outcome.cite += note.cite.filter { !outcome.cite.contains($0) }
      }
      outcomes.append(outcome)
    }
    var warnings = forceWarnings(asOf)
    var duties: [Duty] = []
    if warnings.isEmpty {
      let reckoning = self.duties(by: judge, asOf: asOf, asking: &asked)
      duties = reckoning.duties
      warnings = reckoning.warnings
    }
    var advice: [LocalizedText] = []
    if !judge.outcomes.values.contains(.met) { advice.append(nothingMet(outcomes, asked)) }
    advice += self.advice.filter { judge.verdict($0.when).truth == .yes }.map(\.text)
    return PackAssessment(
      id: id,
      version: version,
      title: title,
      outcomes: outcomes,
      duties: duties,
      decisions: questions.filter { asked.contains($0.id) }.map(\.decision),
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
      cite: criterion.cite
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
      let applicable = exclusions.filter { $0.removes.contains(criterion.id) }
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
    if criterion.isUnconfirmed {
      outcome.because.ja += "。この要件は一次資料で未確認"
      outcome.because.en += ". No primary text confirms this criterion"
    }
    asked.formUnion(questions)
    return outcome
  }

  /// Why duties cannot be told for the day asked; empty when they can.
  private func forceWarnings(_ asOf: CivilDate?) -> [LocalizedText] {
    if status == .enactedNotInForce {
      return [
        LocalizedText(
          ja: "このパックは成立済みだが未施行の法令によるもので、義務を示さない。",
          en: "This pack states law that is enacted but not in force; it names no duties."
        )
      ]
    }
    guard let asOf else { return [] }
    if let validFrom, asOf < validFrom {
      return [
        LocalizedText(
          ja: "このパックは \(validFrom) 以降の法令によるもので、\(asOf) の義務を示さない。",
          en: "This pack states the law from \(validFrom) on; it names no duties for \(asOf)."
        )
      ]
    }
    if let validTo, asOf > validTo {
      return [
        LocalizedText(
          ja: "このパックは \(validTo) までの法令によるもので、\(asOf) の義務を示さない。",
          en: "This pack states the law until \(validTo); it names no duties for \(asOf)."
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
