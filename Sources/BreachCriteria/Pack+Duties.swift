internal import BreachModel

extension Pack {
  /// The duties of the criteria that are met, with their days.
  func duties(
    by judge: Evaluator,
    asOf: CivilDate?,
    asking asked: inout Set<String>
  ) -> (duties: [Duty], warnings: [LocalizedText]) {
    var due: [Duty] = []
    var warnings: [LocalizedText] = []
    for rule in duties {
      let fired = criteria.filter {
        judge.outcomes[$0.id] == .met && $0.duties.contains(rule.id)
      }
      guard !fired.isEmpty, applies(rule, judge, &asked) else { continue }
      var duty = Duty(
        id: rule.id,
        title: rule.title,
        authority: rule.authority,
        due: nil,
        from: nil,
        dueText: rule.text,
        basis: rule.basis,
        firedBy: fired.map(\.id),
        cite: rule.cite
      )
      if let confirm = rule.confirm { asked.formUnion(judge.verdict(confirm).questions) }
      let confirmed = fired.filter { !$0.isUnconfirmed }
      if confirmed.isEmpty {
        duty.dueText.ja += "(根拠を一次資料で確認できていないため、日付は示さない)"
        duty.dueText.en += " (no primary text confirms the basis, so no day is named)"
      } else if rule.time != .none, status == .inForce {
        reckon(&duty, rule.time, confirmed, judge.incident, &asked, &warnings)
      }
      if let asOf, let last = duty.due.flatMap(CivilDate.init), last < asOf {
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

  /// Sets the days of one duty from the earliest time at which a fired criterion became known.
  private func reckon(
    _ duty: inout Duty,
    _ time: DutyRule.Time,
    _ fired: [Criterion],
    _ incident: IncidentFacts,
    _ asked: inout Set<String>,
    _ warnings: inout [LocalizedText]
  ) {
    let known = fired.compactMap { incident.knownAtByCriterion[$0.id] ?? incident.knownAt }
    if known.count < fired.count { asked.insert("known_at") }
    guard let calendar, let start = known.map({ $0.day(atOffset: calendar.offset) }).min() else {
      duty.dueText.ja += "(知った日が不明のため日付を計算できない)"
      duty.dueText.en += " (no day can be reckoned while the day it became known is unknown)"
      return
    }
    switch time {
    case .none: break
    case .window(let first, let last):
      duty.from = calendar.day(first, from: start).description
      duty.due = calendar.day(last, from: start).description
      duty.dueText.ja += "(知った日 \(start) を1日目として\(first)〜\(last)日目。閉庁日による繰下げなし)"
      duty.dueText.en +=
        " (days \(first) to \(last), counting \(start) as day 1; not moved by closed days)"
    case .criterionDays(let rolls):
      finish(&duty, fired.compactMap(\.days).max() ?? 0, rolls, start, &asked, &warnings)
    case .days(let count, let rolls):
      finish(&duty, count, rolls, start, &asked, &warnings)
    }
  }

  private func finish(
    _ duty: inout Duty,
    _ count: Int,
    _ rolls: Bool,
    _ start: CivilDate,
    _ asked: inout Set<String>,
    _ warnings: inout [LocalizedText]
  ) {
    guard let calendar, count > 0 else { return }
    let last = calendar.day(count, from: start)
    duty.dueText.ja += "(知った日 \(start) を1日目として\(count)日目は \(last)"
    duty.dueText.en += " (day \(count), counting \(start) as day 1, is \(last)"
    guard rolls else {
      duty.due = last.description
      duty.dueText.ja += ")"
      duty.dueText.en += ")"
      return
    }
    guard let open = calendar.nextOpen(last) else {
      asked.insert("holidays_uncovered")
      duty.dueText.ja += "。その年の祝日データがなく、繰下げを判断できない)"
      duty.dueText.en += "; the holiday data does not reach that year, so it may move)"
      warnings.append(
        LocalizedText(
          ja: "\(last) の年の祝日データがないため、\(duty.title.ja)の期日を示さない。",
          en: "No holiday data for the year of \(last); the day of \(duty.title.en) is not named."
        )
      )
      return
    }
    duty.due = open.description
    duty.dueText.ja += open == last ? ")" : "、閉庁日のため翌開庁日 \(open))"
    duty.dueText.en += open == last ? ")" : ", a closed day; the next open day is \(open))"
  }
}
