internal import BreachModel

/// Reckons the day or the hour of one duty, and says in words how.
struct Clock {
  let rule: Pack.DutyRule
  let calendar: OpenCalendar
  private(set) var duty: Duty
  private(set) var asked: Set<String> = []
  private(set) var warnings: [LocalizedText] = []

  init(rule: Pack.DutyRule, calendar: OpenCalendar, duty: Duty) {
    self.rule = rule
    self.calendar = calendar
    self.duty = duty
  }

  /// Counts from the earliest time at which a fired criterion became known, or from the duty's own
  /// event.
  mutating func reckon(_ fired: [Pack.Criterion], _ incident: IncidentFacts) {
    guard rule.time != .none else { return }
    var starts: [Moment] = []
    if rule.from == .knownAt {
      starts = fired.compactMap { incident.knownAtByCriterion[$0.id] ?? incident.knownAt }
      if starts.count < fired.count { asked.insert(rule.from.rawValue) }
    } else if case .moment(let moment) = incident.stated(rule.from) {
      starts = [moment]
    } else {
      asked.insert(rule.from.rawValue)
    }
    guard let first = starts.min(by: { earlier($0, $1) }) else {
      add(
        ja: "\(rule.from.title.ja)が不明のため日付を計算できない",
        en: "no day can be reckoned while \(rule.from.title.en) is unknown"
      )
      return
    }
    let start = first.day(atOffset: calendar.offset)
    switch rule.time {
    case .none: break
    case .window(let first, let last):
      duty.from = calendar.day(first, from: start).description
      duty.due = calendar.day(last, from: start).description
      add(
        ja: "知った日 \(start) を1日目として\(first)〜\(last)日目。閉庁日による繰下げなし",
        en: "days \(first) to \(last), counting \(start) as day 1; not moved by closed days"
      )
    case .days(let count, let rolls):
      finish(count ?? fired.compactMap(\.days).max() ?? 0, rolls, start)
    case .hours(let hours): finish(hours: hours, first)
    case .daysAfterYear(let days): finish(daysAfterYear: days, start)
    }
  }

  /// A day without a time begins with that day.
  private func earlier(_ left: Moment, _ right: Moment) -> Bool {
    let (a, b) = (left.day(atOffset: calendar.offset), right.day(atOffset: calendar.offset))
    return a == b ? left.secondsSince1970 < right.secondsSince1970 : a < b
  }

  private mutating func finish(_ count: Int, _ rolls: Bool, _ start: CivilDate) {
    guard count > 0 else { return }
    let last = calendar.day(count, from: start)
    let event = rule.from.title
    let reckoned =
      calendar.isFromDayOne
      ? LocalizedText(
        ja: "知った日 \(start) を1日目として\(count)日目は \(last)",
        en: "day \(count), counting \(start) as day 1, is \(last)"
      )
      : LocalizedText(
        ja: "\(event.ja)(\(start))から\(count)日は \(last)",
        en: "\(count) days after \(start) (\(event.en)) is \(last)"
      )
    guard rolls else {
      duty.due = last.description
      add(ja: reckoned.ja, en: reckoned.en)
      return
    }
    guard let open = calendar.nextOpen(last) else {
      asked.insert("holidays_uncovered")
      add(
        ja: reckoned.ja + "。その日の前後の祝日が未公表で、繰下げを判断できない",
        en: reckoned.en + "; the holidays around it are not published, so it may move"
      )
      warnings.append(
        LocalizedText(
          ja: "\(last) の前後の祝日が未公表のため、\(duty.title.ja)の期日を示さない。",
          en: "The holidays around \(last) are not known; the day of \(duty.title.en) is not named."
        )
      )
      return
    }
    duty.due = open.description
    add(
      ja: reckoned.ja + (open == last ? "" : "、閉庁日のため翌開庁日 \(open)"),
      en: reckoned.en + (open == last ? "" : ", a closed day; the next open day is \(open)")
    )
  }

  /// Hours run through nights, weekends and holidays; a day without a time gives its day only.
  private mutating func finish(hours: Int, _ start: Moment) {
    if let end = start.adding(hours: hours) {
      duty.due = end.description
      add(
        ja: "\(start) から\(hours)時間。閉庁日による繰下げなし",
        en: "\(hours) hours from \(start); not moved by closed days"
      )
      return
    }
    asked.insert(rule.from.rawValue)
    let day = start.day + hours / 24
    duty.due = (day + -1).description
    add(
      ja: "\(start.day) の時刻が不明のため、\(hours)時間後は \(day) のうちとしか言えない。確実に間に合うのは \(day + -1) まで",
      en: "the hour on \(start.day) is unknown, so \(hours) hours end some time on \(day); "
        + "until the end of \(day + -1) is safe"
    )
  }

  private mutating func finish(daysAfterYear days: Int, _ start: CivilDate) {
    guard let end = CivilDate(year: start.components.year, month: 12, day: 31) else { return }
    duty.due = (end + days).description
    add(
      ja: "\(start) の年の末日 \(end) から\(days)日",
      en: "\(days) days after \(end), the end of the year of \(start)"
    )
  }

  private mutating func add(ja: String, en: String) {
    duty.dueText.ja += "(\(ja))"
    duty.dueText.en += " (\(en))"
  }
}
