internal import BreachModel

extension Pack {
  /// The duties of the criteria that are met, with their days.
  func duties(
    by judge: Evaluator,
    on day: CivilDate,
    asOf: CivilDate?,
    asking asked: inout Set<String>
  ) -> (duties: [Duty], warnings: [LocalizedText]) {
    var due: [Duty] = []
    var warnings: [LocalizedText] = []
    for rule in duties where rule.valid.contains(day) {
      let fired = criteria.filter {
        judge.outcomes[$0.id] == .met && $0.duties.contains(rule.id)
      }
      guard !fired.isEmpty, applies(rule, judge, &asked) else { continue }
      var duty = Duty(
        id: rule.id,
        title: rule.title,
        authority: rule.authorities.first { judge.verdict($0.when).truth == .yes }?.name
          ?? rule.authority,
        due: nil,
        from: nil,
        dueText: rule.text,
        basis: rule.basis,
        firedBy: fired.map(\.id),
        cite: rule.cite
      )
      if let confirm = rule.confirm { asked.formUnion(judge.verdict(confirm).questions) }
      let confirmed = fired.filter { !$0.isUnconfirmed }
      if rule.isUnconfirmed || confirmed.isEmpty {
        duty.dueText.ja += "(根拠を一次資料で確認できていないため、日付は示さない)"
        duty.dueText.en += " (no primary text confirms the basis, so no day is named)"
      } else if head.status == .inForce, let calendar {
        var clock = Clock(rule: rule, calendar: calendar, duty: duty)
        clock.reckon(confirmed, judge.incident)
        duty = clock.duty
        asked.formUnion(clock.asked)
        warnings += clock.warnings
      }
      if let asOf, let last = duty.due.flatMap({ CivilDate(String($0.prefix(10))) }), last < asOf {
        warnings.append(
          LocalizedText(
            ja: "\(rule.title.ja)の期日 \(last) は \(asOf) の時点で過ぎている。",
            en: "\(rule.title.en) was due on \(last); that is past on \(asOf)."
          )
        )
      }
      due.append(duty)
    }
    return (due, warnings)
  }

  /// A duty's own condition must be proven, and so must what lifts it; either may ask.
  private func applies(
    _ rule: DutyRule,
    _ judge: Evaluator,
    _ asked: inout Set<String>
  ) -> Bool {
    if let when = rule.when {
      let verdict = judge.verdict(when)
      asked.formUnion(verdict.questions)
      if verdict.truth != .yes { return false }
    }
    if let unless = rule.unless {
      let verdict = judge.verdict(unless)
      asked.formUnion(verdict.questions)
      if verdict.truth == .yes { return false }
    }
    return true
  }
}
