internal import BreachModel

/// Turns one pack file into a `Pack`; every name that is used must have been defined.
struct PackLoader {
  static let schema = "breachscope.criteria/1"

  let file: PatternFile
  let holidays: [String: Holidays]
  private let common: PackCommon
  /// Subtypes of official numbers that detectors tell apart.
  let subtypes: Set<String>
  var types: [String: Condition.TypeGroup] = ["personal": .init(types: .personal)]
  var citations: [String: String] = [:]
  var sources: [Pack.Citation] = []
  var questions: [Pack.Question] = []
  var predicates: [String: Condition] = [:]
  var criterionIDs: Set<String> = []

  init(
    file: PatternFile,
    common: PackCommon,
    subtypes: Set<String>,
    holidays: [String: Holidays]
  ) {
    self.file = file
    self.subtypes = subtypes
    self.common = common
    self.holidays = holidays
  }

  mutating func pack() throws(PatternError) -> Pack {
    let root = try PatternValue(file).mapping(keys: [
      "schema", "pack", "calendar", "types", "citations", "unconfirmed", "questions", "predicates",
      "exclusions", "criteria", "duties", "nothing_met", "advice", "cases",
    ])
    let head = try PackHead(file)
    criterionIDs = Set(
      try root.list("criteria").map { (value) throws(PatternError) in
        try value.anyMapping().string("id")
      }
    )
    try readNames(root, head)
    let dutyIDs = try root.list("duties").map { (value) throws(PatternError) in
      try value.anyMapping().string("id")
    }
    var pack = Pack(
      head: head,
      criteria: [],
      questions: questions,
      unconfirmed: try localizedList(root.list("unconfirmed")),
      citations: sources,
      calendar: try root.optional("calendar").map { (value) throws(PatternError) in
        try calendar(value)
      },
      exclusions: [],
      duties: [],
      advice: [],
      nothingMet: try nothingMet(root.required("nothing_met")),
      cases: []
    )
    for value in try root.required("criteria").list() {
      let criterion = try criterion(value, dutyIDs)
      guard !pack.criteria.contains(where: { $0.id == criterion.id }) else {
        throw value.error("the criterion \"\(criterion.id)\" is defined twice")
      }
      pack.criteria.append(criterion)
      if criterion.isUnconfirmed { questions.append(.aboutText(of: criterion)) }
    }
    pack.questions = questions
    for value in try root.list("exclusions") { pack.exclusions.append(try exclusion(value)) }
    for value in try root.list("duties") { pack.duties.append(try duty(value, pack.calendar)) }
    for value in try root.list("advice") {
      let fields = try value.mapping(keys: ["when", "text", "valid", "cite"])
      pack.advice.append(
        Pack.Advice(
          when: try condition(fields.required("when"), mayReadOutcomes: true),
          text: try fields.localized("text"),
          valid: try ClosedDays(fields.optional("valid")),
          cite: try cite(fields)
        )
      )
    }
    try readCases(root.list("cases"), into: &pack)
    return pack
  }

  private mutating func readNames(_ root: PatternFields, _ head: PackHead) throws(PatternError) {
    types.merge(common.types) { $1 }
    predicates = common.predicates
    for entry in try root.optional("types")?.anyMapping().entries ?? [] {
      types[entry.key] = try typeGroup(PatternValue(entry.value, in: file.path))
    }
    for entry in try root.optional("citations")?.anyMapping().entries ?? [] {
      let fields = try PatternValue(entry.value, in: file.path).mapping(keys: [
        "text", "url", "read", "through",
      ])
      let url = try fields.optionalString("url")
      let through = try fields.optional("through")?.choice(["text", "quotation"])
      let citation = Pack.Citation(
        text: try fields.string("text") + (url.map { " " + $0 } ?? ""),
        read: try fields.optional("read")?.date(),
        isQuotation: through == "quotation"
      )
      citations[entry.key] = citation.text
      sources.append(citation)
    }
    for value in try root.list("questions") { questions.append(try question(value)) }
    // A pack's own question goes before the shared one of the same id.
    let own = Set(questions.map(\.id))
    questions = common.questions.filter { !own.contains($0.id) } + questions
    var standing = Evaluator.standingQuestions
    if !head.scope.places.isEmpty { standing.append("residents") }
    if head.inForceBy != nil { standing.append("in_force") }
    for id in standing where !questions.contains(where: { $0.id == id }) {
      throw PatternError(
        path: file.path,
        place: root.place,
        message: "every pack must define the question \"\(id)\""
      )
    }
    for entry in try root.optional("predicates")?.anyMapping().entries ?? [] {
      predicates[entry.key] = try condition(PatternValue(entry.value, in: file.path))
    }
  }

  /// That nothing is met is never said without what was looked at and what is open.
  private func nothingMet(_ value: PatternValue) throws(PatternError) -> LocalizedText {
    let text = try value.localized()
    for part in ["{criteria}", "{questions}"] {
      if text.ja.contains(part), text.en.contains(part) { continue }
      throw value.error("\"nothing_met\" lacks \(part) in one of its languages")
    }
    return text
  }

  func question(_ value: PatternValue) throws(PatternError) -> Pack.Question {
    let fields = try value.mapping(keys: [
      "id", "text", "if_yes", "if_no", "fact", "yes", "completes",
    ])
    let id = try fields.string("id")
    guard !questions.contains(where: { $0.id == id }) else {
      throw value.error("the question \"\(id)\" is defined twice")
    }
    let direction = try fields.optional("yes")?.choice(["raises", "lowers"])
    var completes: [String] = []
    for element in try fields.list("completes") {
      completes.append(try element.choice(criterionIDs.sorted()))
    }
    return Pack.Question(
      id: id,
      text: try fields.localized("text"),
      ifYes: try fields.localized("if_yes"),
      ifNo: try fields.localized("if_no"),
      fact: try fields.optional("fact").map { (value) throws(PatternError) in try key(value) },
      yesRaises: direction.map { $0 == "raises" },
      completes: completes
    )
  }

  private func calendar(_ value: PatternValue) throws(PatternError) -> OpenCalendar {
    let fields = try value.mapping(keys: ["offset_minutes", "count", "closed", "holidays"])
    let count = try fields.required("count").choice(["inclusive_day1", "after"])
    let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    var closed: Set<Int> = []
    var spans: [OpenCalendar.ClosedSpan] = []
    for element in try fields.list("closed") {
      let text = try element.text()
      if let weekday = weekdays.firstIndex(of: text) {
        closed.insert(weekday)
      } else {
        spans.append(try span(element, text))
      }
    }
    var days: Holidays?
    if let path = fields.optional("holidays") {
      days = holidays[try path.text()]
      if days == nil { throw path.error("there is no holiday file \"\(try path.text())\"") }
    }
    return OpenCalendar(
      offset: try fields.int("offset_minutes"),
      isFromDayOne: count == "inclusive_day1",
      closedWeekdays: closed,
      closedSpans: spans,
      holidays: days
    )
  }

  /// `12-29..01-03`; days are checked in a leap year.
  private func span(
    _ value: PatternValue,
    _ text: String
  ) throws(PatternError) -> OpenCalendar.ClosedSpan {
    let ends = text.split(separator: ".", omittingEmptySubsequences: true).compactMap {
      CivilDate("2024-" + $0)?.components
    }
    guard ends.count == 2 else {
      throw value.error("\"\(text)\" is neither a weekday nor MM-DD..MM-DD")
    }
    return OpenCalendar.ClosedSpan(
      first: ends[0].month * 100 + ends[0].day,
      last: ends[1].month * 100 + ends[1].day
    )
  }

  private func criterion(
    _ value: PatternValue,
    _ dutyIDs: [String]
  ) throws(PatternError) -> Pack.Criterion {
    let fields = try value.mapping(keys: [
      "id", "title", "when", "days", "duties", "cite", "notes", "unconfirmed", "valid",
    ])
    var duties: [String] = []
    for element in try fields.list("duties") { duties.append(try element.choice(dutyIDs)) }
    var notes: [Pack.Note] = []
    for element in try fields.list("notes") {
      let note = try element.mapping(keys: ["when", "text", "cite"])
      notes.append(
        Pack.Note(
          when: try condition(note.required("when"), mayReadOutcomes: true),
          text: try note.localized("text"),
          cite: try cite(note)
        )
      )
    }
    return Pack.Criterion(
      id: try fields.string("id"),
      title: try fields.localized("title"),
      cite: try cite(fields),
      isUnconfirmed: try fields.bool("unconfirmed", otherwise: false),
      valid: try ClosedDays(fields.optional("valid")),
      when: try condition(fields.required("when")),
      days: try fields.optionalInt("days"),
      duties: duties,
      notes: notes
    )
  }

  private func exclusion(_ value: PatternValue) throws(PatternError) -> Pack.Exclusion {
    let fields = try value.mapping(keys: ["id", "title", "removes", "when", "cite", "valid"])
    var removes: [String] = []
    for element in try fields.required("removes").list() {
      removes.append(try element.choice(criterionIDs.sorted()))
    }
    return Pack.Exclusion(
      id: try fields.string("id"),
      title: try fields.localized("title"),
      removes: removes,
      when: try condition(fields.required("when")),
      valid: try ClosedDays(fields.optional("valid")),
      cite: try cite(fields)
    )
  }

  private func duty(
    _ value: PatternValue,
    _ calendar: OpenCalendar?
  ) throws(PatternError) -> Pack.DutyRule {
    let fields = try value.mapping(keys: [
      "id", "title", "authority", "authority_when", "basis", "due", "text", "when", "unless",
      "confirm", "cite",
      "unconfirmed", "valid",
    ])
    var time = Pack.DutyRule.Time.none
    var from = IncidentKey.knownAt
    if let due = fields.optional("due") {
      guard calendar != nil else { throw due.error("a due day needs the pack's calendar") }
      (time, from) = try self.time(due)
      var needed = [from.rawValue]
      switch time {
      case .days(_, true): needed.append("holidays_uncovered")
      default: break
      }
      for id in needed where !questions.contains(where: { $0.id == id }) {
        throw due.error("a pack with such due days must define the question \"\(id)\"")
      }
    }
    var authorities: [(when: Condition, name: LocalizedText)] = []
    for element in try fields.list("authority_when") {
      let other = try element.mapping(keys: ["when", "authority"])
      let when = try condition(other.required("when"), mayReadOutcomes: true)
      authorities.append((when, try other.localized("authority")))
    }
    return Pack.DutyRule(
      id: try fields.string("id"),
      title: try fields.localized("title"),
      authority: try fields.localized("authority"),
      authorities: authorities,
      basis: try fields.required("basis").choice(["statute", "rule", "guideline", "contract"]),
      time: time,
      from: from,
      isUnconfirmed: try fields.bool("unconfirmed", otherwise: false),
      text: try fields.localized("text"),
      when: try optionalCondition(fields, "when"),
      unless: try optionalCondition(fields, "unless"),
      confirm: try optionalCondition(fields, "confirm"),
      valid: try ClosedDays(fields.optional("valid")),
      cite: try cite(fields)
    )
  }

  private func time(
    _ value: PatternValue
  ) throws(PatternError) -> (Pack.DutyRule.Time, IncidentKey) {
    let fields = try value.mapping(keys: [
      "first_day", "last_day", "days", "hours", "days_after_year", "roll", "from",
    ])
    let rolls = try fields.optional("roll")?.choice(["none", "next_open"]) == "next_open"
    var from = IncidentKey.knownAt
    if let key = fields.optional("from") {
      from = try self.key(key)
      guard case .moment = from.kind else { throw key.error("\"\(from.rawValue)\" is no time") }
    }
    if let first = try fields.optionalInt("first_day") {
      let last = try fields.int("last_day")
      guard first >= 1, first <= last else { throw value.error("the window runs backwards") }
      return (.window(first: first, last: last), from)
    }
    if let hours = try fields.optionalInt("hours") {
      guard hours >= 1, !rolls else { throw value.error("hours are at least 1 and do not roll") }
      return (.hours(hours), from)
    }
    if let days = try fields.optionalInt("days_after_year") { return (.daysAfterYear(days), from) }
    let days = try fields.required("days")
    if try days.text() == "by_criterion" { return (.days(nil, rolls: rolls), from) }
    let count = try days.int()
    guard count >= 1 else { throw days.error("a period has at least one day") }
    return (.days(count, rolls: rolls), from)
  }

  private func optionalCondition(
    _ fields: PatternFields,
    _ key: String
  ) throws(PatternError) -> Condition? {
    guard let value = fields.optional(key) else { return nil }
    return try condition(value, mayReadOutcomes: true)
  }

  private func cite(_ fields: PatternFields) throws(PatternError) -> [String] {
    var result: [String] = []
    for element in try fields.list("cite") {
      guard let citation = citations[try element.text()] else {
        throw element.error("there is no citation \"\(try element.text())\"")
      }
      result.append(citation)
    }
    return result
  }

  private func localizedList(_ values: [PatternValue]) throws(PatternError) -> [LocalizedText] {
    var texts: [LocalizedText] = []
    for value in values { texts.append(try value.localized()) }
    return texts
  }
}
