package import BreachModel

/// What is still worth asking about one scan, most decisive first.
package struct Interview: Sendable {
  private let packs: CriteriaLibrary
  private let facts: ScanFacts
  private let only: [String]?
  private let asOf: CivilDate?

  /// - Parameters:
  ///   - packs: All packs that an answer may bring in, not only those that apply now.
  ///   - facts: Counts of the scan.
  ///   - only: Pack ids to judge by; nil means those whose law may apply.
  ///   - asOf: The day whose law is asked for.
  package init(
    _ packs: CriteriaLibrary,
    facts: ScanFacts,
    only: [String]? = nil,
    asOf: CivilDate? = nil
  ) {
    self.packs = packs
    self.facts = facts
    self.only = only
    self.asOf = asOf
  }

  /// One question with the place of its answer.
  package struct Item: Sendable {
    package var id: String
    package var text: LocalizedText
    package var ifYes: LocalizedText
    package var ifNo: LocalizedText
    /// The key of the incident file that takes the answer; nil when `answers:` does.
    package var fact: IncidentKey?
    /// Grows with the outcomes, duties and days that one answer could change at once.
    package var weight: Int

    /// What the answer is written behind.
    package var name: String { fact?.rawValue ?? id }
  }

  /// The judgement of an incident.
  package func assess(_ incident: IncidentFacts) -> Assessment {
    packs.assess(facts, incident: incident, only: only, asOf: asOf)
  }

  /// Every question whose answer could still change an outcome, a duty or a day.
  ///
  /// The weightiest comes first, then the order of the packs. A question that changes nothing by
  /// itself stays as long as what it leads to could.
  package func questions(_ incident: IncidentFacts, except skipped: Set<String> = []) -> [Item] {
    let now = assess(incident)
    let base = Self.essence(now)
    var items = asked(now).filter { !skipped.contains($0.name) }
    if only == nil, incident.jurisdictions == nil, !skipped.contains(Self.places.name) {
      items.append(Self.places)
    }
    for index in items.indices {
      let answers = answers(to: items[index], incident)
      let changes = answers.map { Self.distance(base, Self.essence(assess($0))) }
      // The most that one answer changes; among equals, the most that all of them do.
      let mean = changes.isEmpty ? 0 : changes.reduce(0, +) * 100 / changes.count
      items[index].weight = (changes.max() ?? 0) * 10_000 + mean
      if items[index].weight == 0, answers.contains(where: { leads($0, from: now, base, 2) }) {
        items[index].weight = 1
      }
    }
    let worth = items.enumerated().filter { $0.element.weight > 0 }
    return worth.sorted {
      $0.element.weight == $1.element.weight
        ? $0.offset < $1.offset : $0.element.weight > $1.element.weight
    }
    .map(\.element)
  }

  /// Which law is asked for is no question of a pack, but decides which packs there are.
  private static let places = Item(
    id: "jurisdictions",
    text: LocalizedText(
      ja: "どの国・州の法律の適用を検討しますか(本人の居住地、事業の拠点)。",
      en: "The law of which places may apply (where the persons live, where the business is)?"
    ),
    ifYes: LocalizedText(ja: "その法律の要件も判断します。", en: "Their criteria are judged as well."),
    ifNo: LocalizedText(ja: "日本の法律だけで判断します。", en: "Only the law of Japan is judged."),
    fact: .jurisdictions,
    weight: 0
  )

  /// The open questions of all packs, each key once.
  private func asked(_ assessment: Assessment) -> [Item] {
    var items: [Item] = []
    for result in assessment.packs {
      guard let pack = packs.packs.first(where: { $0.id == result.id }) else { continue }
      let open = Set(result.decisions.map(\.id))
      for question in pack.questions where open.contains(question.id) {
        // A fact is asked for in its own words, whatever a pack wants of it.
        let own = pack.questions.first { $0.id == question.fact?.rawValue } ?? question
        let plain = own.hinted(facts)
        let item = Item(
          id: question.id,
          text: plain.text,
          ifYes: plain.ifYes,
          ifNo: plain.ifNo,
          fact: question.fact,
          weight: 0
        )
        if !items.contains(where: { $0.name == item.name }) { items.append(item) }
      }
    }
    return items
  }

  /// Whether questions that only this answer raises could change something.
  private func leads(
    _ incident: IncidentFacts,
    from before: Assessment,
    _ base: [String: String],
    _ depth: Int
  ) -> Bool {
    let after = assess(incident)
    let known = Set(asked(before).map(\.name))
    for item in asked(after) where !known.contains(item.name) {
      for next in answers(to: item, incident) {
        if Self.distance(base, Self.essence(assess(next))) > 0 { return true }
        if depth > 0, leads(next, from: after, base, depth - 1) { return true }
      }
    }
    return false
  }

  /// The incident with each answer that may matter.
  private func answers(to item: Item, _ incident: IncidentFacts) -> [IncidentFacts] {
    guard let fact = item.fact else {
      return [Truth.yes, .no].map { answer in
        var next = incident
        next.answers[item.id] = answer
        return next
      }
    }
    let texts: [String]
    switch fact.kind {
    case .yesNo: texts = ["yes", "no"]
    case .choice(let words): texts = words
    case .moment: texts = [incident.stated(fact).midday ?? "2026-11-20T12:00:00+09:00"]
    case .text: texts = ["AES-256", "none"]
    case .codes: texts = [packs.places.joined(separator: ", ")]
    case .counts:
      texts = packs.places.flatMap { ["\($0): 0", "\($0): \(max(1, facts.persons.high))"] }
    }
    return texts.compactMap { try? IncidentFile.answer(item, $0, incident) }
  }

  /// What people act on: outcomes, duties and days; reasons and advice are left out.
  private static func essence(_ assessment: Assessment) -> [String: String] {
    var essence: [String: String] = [:]
    for pack in assessment.packs {
      for outcome in pack.outcomes {
        essence["\(pack.id) \(outcome.criterion)"] = outcome.outcome.rawValue
      }
      for duty in pack.duties {
        essence["\(pack.id) duty \(duty.id)"] = "\(duty.from ?? "")..\(duty.due ?? "")"
      }
    }
    return essence
  }

  private static func distance(_ left: [String: String], _ right: [String: String]) -> Int {
    Set(left.keys).union(right.keys).count { left[$0] != right[$0] }
  }
}

extension CriteriaLibrary {
  /// One place for each pack that names any.
  fileprivate var places: [String] { heads.compactMap { $0.scope.places.first }.uniqued }
}

extension [String] {
  fileprivate var uniqued: [String] {
    reduce(into: []) { list, text in if !list.contains(text) { list.append(text) } }
  }
}

extension IncidentFacts.Stated {
  /// A day that was stated without a time, at noon in UTC; nil for anything else.
  fileprivate var midday: String? {
    guard case .moment(let moment) = self, moment.secondOfDay == nil else { return nil }
    return "\(moment.day)T12:00:00Z"
  }
}

extension IncidentFile {
  /// The facts with one more answer, as a person typed it.
  ///
  /// - Throws: What is wrong with the answer, in the words of `incident check`.
  package static func answer(
    _ item: Interview.Item,
    _ text: String,
    _ facts: IncidentFacts
  ) throws(PatternError) -> IncidentFacts {
    let origin = PatternNode.Place(line: 1, column: 1)
    func scalar(_ text: some StringProtocol) -> PatternNode {
      PatternNode(.scalar(String(text).trimmed), at: origin)
    }
    func mapping(_ key: String, _ value: PatternNode) -> PatternNode {
      PatternNode(.mapping([.init(key: key, keyPlace: origin, value: value)]), at: origin)
    }
    var value = scalar(text)
    switch item.fact?.kind {
    case .codes: value = PatternNode(.sequence(text.split(separator: ",").map(scalar)), at: origin)
    case .counts:
      var entries: [PatternNode.Entry] = []
      for part in text.split(separator: ",") {
        let sides = part.split(separator: ":", maxSplits: 1)
        entries.append(
          .init(
            key: String(sides.first ?? "").trimmed,
            keyPlace: origin,
            value: scalar(sides.count == 2 ? sides[1] : "")
          )
        )
      }
      value = PatternNode(.mapping(entries), at: origin)
    default: break
    }
    guard let key = item.fact else {
      let root = mapping("answers", mapping(item.id, value))
      let read = try read(PatternFile(path: item.name, root: root))
      var facts = facts
      facts.answers[item.id] = read.answers[item.id]
      return facts
    }
    return facts.adding(try read(PatternFile(path: item.name, root: node(of: key, value))), key)
  }
}

extension IncidentFacts {
  /// This with what the other states behind one key.
  func adding(_ other: IncidentFacts, _ key: IncidentKey) -> IncidentFacts {
    var facts = self
    switch key {
    case .knownAt: facts.knownAt = other.knownAt
    case .assessedAt: facts.assessedAt = other.assessedAt
    case .cause: facts.cause = other.cause
    case .wrongfulPurpose: facts.wrongfulPurpose = other.wrongfulPurpose
    case .dataScope: facts.dataScope = other.dataScope
    case .role: facts.role = other.role
    case .clientNotifiedAt: facts.clientNotifiedAt = other.clientNotifiedAt
    case .personsNotifiedAt: facts.personsNotifiedAt = other.personsNotifiedAt
    case .recoveredUnread: facts.recoveredUnread = other.recoveredUnread
    case .encryptedAtLeak: facts.encrypted.atLeak = other.encrypted.atLeak
    case .encryptedAlgorithm: facts.encrypted.algorithm = other.encrypted.algorithm
    case .encryptedKeyLeaked: facts.encrypted.keyLeaked = other.encrypted.keyLeaked
    case .pseudonymisedByLaw: facts.pseudonymisedByLaw = other.pseudonymisedByLaw
    case .dumpIsWholeIncident: facts.dumpIsWholeIncident = other.dumpIsWholeIncident
    case .publiclyViewable: facts.publiclyViewable = other.publiclyViewable
    case .serviceHasPayment: facts.serviceHasPayment = other.serviceHasPayment
    case .sourceWasDatabase: facts.sourceWasDatabase = other.sourceWasDatabase
    case .sector: facts.sector = other.sector
    case .personsClass: facts.personsClass = other.personsClass
    case .jurisdictions: facts.jurisdictions = other.jurisdictions
    case .residents: facts.residents.merge(other.residents) { $1 }
    }
    return facts
  }
}

extension String {
  /// Without blanks at its ends.
  fileprivate var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
