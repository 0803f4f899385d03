internal import BreachModel

extension Condition {
  /// The condition as a sentence for people who read packs.
  var words: LocalizedText {
    switch self {
    case .all(let parts): Self.joined(parts, ja: "かつ", en: "and")
    case .any(let parts): Self.joined(parts, ja: "又は", en: "or")
    case .steps(let parts): Self.joined(parts, ja: "、次いで", en: "and then")
    case .not(let part):
      LocalizedText(ja: "(\(part.words.ja))でない", en: "not (\(part.words.en))")
    case .likely(let part):
      LocalizedText(ja: "(\(part.words.ja))と推定される", en: "presumably (\(part.words.en))")
    case .found(let found): found.words
    case .persons(let persons): persons.words
    case .stated(let stated): stated.words
    case .unstated(let key):
      LocalizedText(ja: "\(key.title.ja)が不明", en: "\(key.title.en) is unknown")
    case .within(let within):
      LocalizedText(
        ja: "\(within.key.title.ja)が、\(within.of.title.ja)の日を1日目として\(within.days)日以内",
        en: "\(within.key.title.en) within \(within.days) days, counting the day of "
          + "\(within.of.title.en) as day 1"
      )
    case .unexplained(let text):
      LocalizedText(
        ja: "自由記述に\(text.label.ja)がある(あれば質問する: \(text.question))",
        en: "free text holds \(text.label.en) (where there is any, \(text.question) is asked)"
      )
    case .ask(let ask):
      LocalizedText(
        ja: "質問「\(ask.question)」が「はい」\(ask.presume.words.ja)",
        en: "the answer to “\(ask.question)” is yes\(ask.presume.words.en)"
      )
    case .outcome(let criterion, let outcome):
      LocalizedText(
        ja: "\(criterion ?? "いずれかの要件")が \(outcome.rawValue)",
        en: "\(criterion ?? "some criterion") is \(outcome.rawValue)"
      )
    }
  }

  private static func joined(_ parts: [Condition], ja: String, en: String) -> LocalizedText {
    guard parts.count > 1 else { return parts.first?.words ?? LocalizedText(ja: "", en: "") }
    func wrapped(_ part: Condition, _ text: String) -> String {
      switch part {
      case .all, .any, .steps: "(\(text))"
      default: text
      }
    }
    return LocalizedText(
      ja: parts.map { wrapped($0, $0.words.ja) }.joined(separator: " \(ja) "),
      en: parts.map { wrapped($0, $0.words.en) }.joined(separator: " \(en) ")
    )
  }
}

extension Condition {
  /// The questions that the condition may ask.
  var questions: Set<String> {
    switch self {
    case .all(let parts), .any(let parts), .steps(let parts):
      parts.reduce(into: []) { $0.formUnion($1.questions) }
    case .not(let part), .likely(let part): part.questions
    case .found(let found): [found.question, "unread"]
    case .persons(let persons):
      Set([persons.refine, persons.ask].compactMap(\.self) + ["unread", "count_persons"])
        .union(persons.residents.isEmpty ? [] : ["residents"])
    case .stated(let stated): [stated.question]
    case .unstated(let key): [key.rawValue]
    case .within(let within): [within.key.rawValue, within.of.rawValue]
    case .unexplained(let text): [text.question]
    case .ask(let ask): [ask.question]
    case .outcome: []
    }
  }
}

extension Pack {
  /// The questions that this pack may ask, shared ones that it never uses left out.
  var askable: [Question] {
    var used: Set<String> = head.scope.places.isEmpty ? [] : ["residents"]
    if head.inForceBy != nil { used.insert("in_force") }
    for criterion in criteria {
      used.formUnion(criterion.when.questions)
      used.insert(Question.lawText + criterion.id)
    }
    for exclusion in exclusions { used.formUnion(exclusion.when.questions) }
    for duty in duties {
      for condition in [duty.when, duty.unless, duty.confirm].compactMap(\.self) {
        used.formUnion(condition.questions)
      }
      if duty.time != .none { used.insert(duty.from.rawValue) }
      if case .days(_, true) = duty.time { used.insert("holidays_uncovered") }
    }
    return questions.filter { used.contains($0.id) }
  }
}

extension Condition.TypeGroup {
  /// Type ids; where subtypes are asked for, theirs in place of the official number's.
  var ids: [String] {
    subtypes.isEmpty
      ? types.types.map(\.id)
      : types.types.filter { $0 != .nationalID }.map(\.id) + subtypes.sorted()
  }
}

extension Condition.Found {
  fileprivate var words: LocalizedText {
    let ids = groups.map { "[" + $0.ids.joined(separator: ", ") + "]" }.joined(separator: " + ")
    let level =
      switch decides {
      case nil: LocalizedText(ja: "検出があれば質問する", en: "findings only ask")
      case .certain?:
        LocalizedText(ja: "確実な検出で該当、弱い検出は質問", en: "certain findings decide, weaker ones ask")
      default: LocalizedText(ja: "検出で該当", en: "findings decide")
      }
    return LocalizedText(
      ja: "\(label.ja)がある(\(ids)、\(level.ja)、質問 \(question))",
      en: "\(label.en) are there (\(ids); \(level.en); question \(question))"
    )
  }
}

extension Condition.Persons {
  fileprivate var words: LocalizedText {
    let limit = Evaluator.number(isAtLeast ? moreThan + 1 : moreThan)
    let who = having.map { "[" + $0.types.map(\.id).joined(separator: ", ") + "]" }
      .joined(separator: " + ")
    let place = residents.joined(separator: ", ")
    let unsure =
      if let refine {
        LocalizedText(
          ja: "。確定できないときは最大値で判断(質問 \(refine))",
          en: "; an uncertain number is judged by its maximum (question \(refine))"
        )
      } else if let ask {
        LocalizedText(
          ja: "。境界をまたぐときは質問 \(ask)",
          en: "; a range around it is a question (\(ask))"
        )
      } else {
        LocalizedText(ja: "", en: "")
      }
    return LocalizedText(
      ja: (place.isEmpty ? "" : "\(place) に居住する")
        + (who.isEmpty ? "" : "\(who) を持つ") + "本人の数が \(limit) 人"
        + (isAtLeast ? "以上" : "を超える") + unsure.ja,
      en: (isAtLeast ? "at least \(limit) persons" : "more than \(limit) persons")
        + (who.isEmpty ? "" : " with \(who)") + (place.isEmpty ? "" : " living in \(place)")
        + unsure.en
    )
  }
}

extension Condition.Stated {
  fileprivate var words: LocalizedText {
    let list = values.joined(separator: ", ")
    return LocalizedText(
      ja: "\(key.title.ja)が \(list) と記載\(presume.words.ja)",
      en: "\(key.title.en) is stated as \(list)\(presume.words.en)"
    )
  }
}

extension Truth {
  /// What holds while nobody answered.
  fileprivate var words: LocalizedText {
    switch self {
    case .yes: LocalizedText(ja: "(不明なら、そうとみなして質問)", en: " (presumed while unknown, and asked)")
    case .no: LocalizedText(ja: "(不明なら、否とみなして質問)", en: " (presumed not while unknown, and asked)")
    case .unknown: LocalizedText(ja: "", en: "")
    }
  }
}

extension Pack.DutyRule {
  /// When it is due, as a sentence.
  var clock: LocalizedText {
    let event = from.title
    switch time {
    case .none: return LocalizedText(ja: "日付の定めなし", en: "no day named")
    case .window(let first, let last):
      return LocalizedText(
        ja: "\(event.ja)の日を1日目として\(first)〜\(last)日目",
        en: "days \(first) to \(last), counting the day of \(event.en) as day 1"
      )
    case .days(let count, let rolls):
      let days = count.map(String.init)
      let roll = LocalizedText(
        ja: rolls ? "、閉庁日なら翌開庁日" : "、繰下げなし",
        en: rolls ? ", moved on from closed days" : ", not moved"
      )
      return LocalizedText(
        ja: "\(event.ja)から\(days ?? "要件ごとの")日\(roll.ja)",
        en: "\(days ?? "the criterion's") days from \(event.en)\(roll.en)"
      )
    case .hours(let hours):
      return LocalizedText(ja: "\(event.ja)から\(hours)時間", en: "\(hours) hours from \(event.en)")
    case .daysAfterYear(let days):
      return LocalizedText(
        ja: "\(event.ja)の年の末日から\(days)日",
        en: "\(days) days from the end of the year of \(event.en)"
      )
    }
  }
}
