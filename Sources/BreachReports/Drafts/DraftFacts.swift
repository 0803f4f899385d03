internal import BreachModel

/// What a scan and its judgement tell a draft; the raw value is the name in templates.
enum DraftFact: String, CaseIterable {
  case persons
  case personsHigh = "persons_high"
  case classes, countries, items
  case itemsWithPersons = "items_with_persons"
  case notFound = "not_found"
  case harms
  case harmsWithPersons = "harms_with_persons"
  case criteriaMet = "criteria_met"
  case openQuestions = "open_questions"
  case amount, formats, records, period, unread, method
  case asOf = "as_of"
  case knownDay = "known_day"
  case due, authority

  /// What is asked for where a result leaves the fact open; nil where none does.
  var asked: String? {
    switch self {
    case .persons, .personsHigh, .classes, .countries, .itemsWithPersons, .harmsWithPersons,
      .records:
      DraftFact.persons.rawValue
    case .knownDay: IncidentKey.knownAt.rawValue
    case .due, .authority: rawValue
    default: nil
    }
  }
}

/// The facts of one result in the language of the draft.
struct DraftFacts: ResultView {
  let result: ScanResult
  let language: ReportLanguage
  let drafts: DraftLibrary
  let template: DraftTemplate

  /// What a fact says.
  enum Value: Equatable {
    /// One line for each; none: there is nothing of the kind.
    case lines([String])
    case unknown
  }

  /// True for the keys and answers of an incident file.
  static func isStated(_ name: String) -> Bool {
    name.hasPrefix("answers.") || IncidentKey(rawValue: name) != nil
  }

  /// The value behind a place of the template.
  func value(_ place: String) -> Value {
    if let types = drafts.groups[place] { return .lines(withPersons { types.contains($0) }) }
    guard let fact = DraftFact(rawValue: place) else {
      let stated = result.assessment?.stated.first { $0.key == place }
      return stated.map { .lines([say($0.words)]) } ?? .unknown
    }
    return switch fact {
    case .persons: result.persons.map { .lines([number($0.count)]) } ?? .unknown
    case .personsHigh:
      result.persons.map { .lines([say(Messages.exactPersons(group($0.count.high)))]) } ?? .unknown
    case .classes: counted(classes)
    case .countries: counted(countries + abroad)
    case .items:
      .lines(DataType.allCases.filter { $0.isPersonal && result.findings[$0] != nil }.map(name))
    case .itemsWithPersons:
      result.persons == nil ? .unknown : .lines(withPersons(\.isPersonal))
    case .notFound:
      .lines(
        searches.filter { !$0.types.isEmpty }.map { search in
          search.types.map(name).joined(separator: say(Messages.comma))
            + say(Messages.inBrackets(say(search.how)))
        }
      )
    case .harms: .lines(harms.map { told($0.harm) })
    case .harmsWithPersons:
      result.persons == nil
        ? .unknown
        : .lines(
          harms.map { harm in
            say(Messages.harm(harm.harm).what) + say(Messages.inBrackets(combination(harm.harm)))
              + say(Messages.colon) + number(harm.count)
          }
        )
    case .criteriaMet: .lines(criteriaMet)
    case .openQuestions: .lines(decisions.map { say($0.question) })
    case .amount:
      .lines([
        say(
          Messages.draftAmount(files: result.coverage.files, byteText(result.coverage.readBytes))
        )
      ])
    case .formats:
      .lines(result.coverage.byFormat.keys.sorted(by: ResultEncoder.precedes).map(Display.safe))
    case .records: result.persons.map { .lines([group($0.funnel.rows)]) } ?? .unknown
    case .period: .lines(periodLine.map { [$0] } ?? [])
    case .unread: .lines([notReadLine])
    case .method: .lines([method])
    case .asOf: .lines([Display.safe(String(result.run.started.prefix(10)))])
    case .knownDay:
      result.assessment?.stated.first { $0.key == IncidentKey.knownAt.rawValue }
        .map { .lines([String($0.value.prefix(10))]) } ?? .unknown
    case .due: duty.map { .lines([due($0)]) } ?? .unknown
    case .authority: duty.map { .lines([say($0.authority)]) } ?? .unknown
    }
  }

  /// The first of the template's duties that is there.
  var duty: Duty? {
    let all = packs.flatMap(\.duties)
    return template.duties.lazy.compactMap { id in all.first { $0.id == id } }.first
  }

  /// How far the template's duties follow from what is known: met, open, or not met; nil where it fulfils none,
  /// or no criteria were applied.
  var outcome: Outcome? {
    guard !template.duties.isEmpty, result.assessment != nil else { return nil }
    if duty != nil { return .met }
    let own = packs.filter { template.packs.contains($0.id) }.flatMap(\.outcomes)
    return own.contains { $0.outcome == .undetermined } ? .undetermined : .notMet
  }

  private var criteriaMet: [String] {
    let own = packs.filter { template.packs.contains($0.id) }.flatMap(\.outcomes)
    return own.filter { $0.outcome == .met }.map {
      say($0.title) + say(Messages.inBrackets(say($0.because)))
    }
  }

  private var method: String {
    let funnel = result.persons?.funnel
    return say(
      Messages.draftMethod(
        version: Display.safe(result.tool.version),
        patterns: Display.safe(String(result.tool.patternsSHA256.prefix(12))),
        rows: funnel?.rows,
        left: (funnel?.organisations ?? 0) + (funnel?.sample ?? 0)
      )
    )
  }

  private func counted(_ counts: [(name: String, count: PersonCount)]) -> Value {
    guard result.persons != nil else { return .unknown }
    return .lines(counts.map { Display.safe($0.name) + say(Messages.colon) + number($0.count) })
  }

  private func withPersons(_ isIn: (DataType) -> Bool) -> [String] {
    let persons = result.persons
    let types = DataType.allCases.filter { type in
      isIn(type) && (persons.map { $0.byType[type] != nil } ?? (result.findings[type] != nil))
    }
    return types.map { type in
      name(type) + (persons?.byType[type].map { say(Messages.colon) + number($0) } ?? "")
    }
  }

  private func number(_ count: PersonCount) -> String {
    guard count.low != count.high else { return say(Messages.countedPersons(count.likely)) }
    return say(
      Messages.persons(
        low: group(count.low),
        likely: group(count.likely),
        high: group(count.high)
      )
    )
  }

  /// What may happen and what the person can do; the advice on exposure is for whoever tells the person.
  private func told(_ harm: Harm) -> String {
    let words = Messages.harm(harm)
    if harm == .exposure { return say(words.what) }
    return say(words.what) + say(Messages.colon) + say(words.tell)
  }
}
