internal import BreachModel

/// Conditions over what the scan found.
extension Evaluator {
  /// Whether one person's data of the asked types is there.
  ///
  /// Only the level that decides makes a yes; weaker findings ask, because one false hit would
  /// create a false legal duty.
  func verdict(_ found: Condition.Found) -> Verdict {
    let (groups, firmness) = narrowed(found.groups)
    if let firmness, var proof = proof(of: found, groups) {
      if firmness < .certain {
        // Among several countries' numbers nobody knows whose are whose persons'.
        let number = Self.number(found.groups.map { genuine($0.subtypes) }.max() ?? 0)
        proof = Verdict(
          .yes,
          firmness: firmness,
          ja: "\(found.label.ja): 検出 \(number) 件(ほかの国の番号もあり、人数は分けられない)",
          en: "\(found.label.en): \(number) findings (among numbers of other countries, so that "
            + "persons are not told apart)"
        )
      }
      return proof
    }
    let label = found.label
    if let weak = weakEvidence(of: groups) {
      switch incident.answers[found.question] ?? .unknown {
      case .yes:
        return Verdict(
          .yes,
          ja: "\(label.ja): 検出を人が確認済み",
          en: "\(label.en): findings confirmed by a person"
        )
      case .no:
        return Verdict(
          .no,
          ja: "\(label.ja): 人が確認し該当せず",
          en: "\(label.en): findings refuted by a person"
        )
      case .unknown:
        return Verdict(
          .unknown,
          firmness: .likely,
          questions: [found.question],
          ja: "\(label.ja): \(weak.ja)",
          en: "\(label.en): \(weak.en)"
        )
      }
    }
    if mayHideInUnread {
      return Verdict(
        .unknown,
        questions: ["unread"],
        ja: "\(label.ja): 検出なし。ただし\(unreadText.ja)に含まれ得る",
        en: "\(label.en): not found, but \(unreadText.en) may hold it"
      )
    }
    return Verdict(.no, ja: "\(label.ja): 検出なし", en: "\(label.en): not found")
  }

  /// Whether a number of persons is passed.
  ///
  /// A number that cannot be fixed is judged by its maximum where the law says so, and is a question
  /// elsewhere.
  func verdict(_ persons: Condition.Persons) -> Verdict {
    let count = self.count(persons)
    var verdict = verdict(persons, count)
    verdict.persons = count
    // A table of residents would settle what is open, and goes before a single answer.
    let isStated = incident.residents.contains { told in
      persons.residents.contains { covers($0, told.key) }
    }
    if !persons.residents.isEmpty, !isStated, count.high > persons.moreThan || verdict.truth != .no,
      count.low <= persons.moreThan
    {
      verdict.questions.append("residents")
    }
    return verdict
  }

  private func verdict(_ persons: Condition.Persons, _ count: PersonCount) -> Verdict {
    let limit = persons.moreThan
    let words = Self.words(persons, count)
    if count.low > limit { return Verdict(.yes, because: [words.over]) }
    if count.high > limit {
      if let question = persons.ask {
        switch incident.answers[question] ?? .unknown {
        case .yes: return Verdict(.yes, because: [words.toldOver])
        case .no: return Verdict(.no, because: [words.toldUnder])
        case .unknown:
          return Verdict(.unknown, questions: [question], because: [words.straddles])
        }
      }
      if incident.answers[persons.refine ?? ""] != .yes {
        return Verdict(
          .yes,
          firmness: .byMaximum,
          questions: persons.refine.map { [$0] } ?? [],
          because: [words.byMaximum]
        )
      }
    }
    if count == .zero, persons.having.isEmpty, uncounted > limit {
      guard limit > 0 || !persons.residents.isEmpty else {
        return Verdict(
          .yes,
          firmness: .likely,
          ja: "個人データの検出 \(Self.number(uncounted)) 件(人数は未集計)",
          en: "\(Self.number(uncounted)) findings of personal data (persons not counted)"
        )
      }
      return Verdict(
        .unknown,
        questions: ["count_persons"],
        ja: "本人の数を数えていない(検出 \(Self.number(uncounted)) 件)",
        en: "persons were not counted (\(Self.number(uncounted)) findings)"
      )
    }
    if hasUnread, incident.answers["unread"] != .no, count.high <= limit,
      facts.unread.couldAdd.map({ count.high + $0 > limit }) ?? true
    {
      return Verdict(
        .unknown,
        questions: ["unread"],
        ja: "\(words.under.ja)が、\(unreadText.ja)を加えると変わり得る",
        en: "\(words.under.en), but with \(unreadText.en) it may be"
      )
    }
    return Verdict(.no, because: [words.under])
  }

  /// Those who have the data, and of them those who live in the asked places.
  ///
  /// Who lives there is taken to have the data as far as the numbers allow: more of either never
  /// gives fewer.
  private func count(_ persons: Condition.Persons) -> PersonCount {
    let all =
      persons.having.isEmpty
      ? facts.persons : facts.persons(having: persons.having, certain: false)
    guard !persons.residents.isEmpty else { return all }
    let there = residents(of: persons.residents)
    return PersonCount(
      low: min(there.low, all.low),
      likely: min(there.likely, all.likely),
      high: min(there.high, all.high)
    ).ordered
  }

  /// Those who live in the places: as stated, but no fewer than were found; else as found, and
  /// whose home is unknown may live there.
  private func residents(of places: [String]) -> PersonCount {
    func isThere(_ code: String) -> Bool { places.contains { covers($0, code) } }
    let found = facts.byResidence.filter { isThere($0.key) }.values.reduce(.zero, +)
    let told = incident.residents.filter { isThere($0.key) }
    if !told.isEmpty {
      let sum = told.values.reduce(.zero, +)
      return PersonCount(
        low: max(sum.low, found.low),
        likely: max(sum.likely, found.low),
        high: max(sum.high, found.low)
      )
    }
    let elsewhere = facts.byResidence.filter { $0.key != "unknown" && !isThere($0.key) }
      .values.reduce(.zero, +)
    return PersonCount(
      low: found.low,
      likely: found.likely,
      high: max(found.high, facts.persons.high - elsewhere.low)
    ).ordered
  }

  /// The types to look for, where only some countries' official numbers are asked for, and how firm a
  /// person's number is one of those; nil when nothing says that any is.
  private func narrowed(
    _ groups: [Condition.TypeGroup]
  ) -> (groups: [TypeSet], firmness: Firmness?) {
    var narrowed: [TypeSet] = []
    var firmness: Firmness? = .certain
    for group in groups {
      var types = group.types
      if !group.subtypes.isEmpty, let all = facts.findings[.nationalID] {
        let asked = facts.subtypes.filter { group.subtypes.contains($0.key) }.values
        let genuine = asked.map(\.genuine).reduce(0, +)
        if genuine == 0, facts.subtypes.values.map(\.genuine).reduce(0, +) >= all.genuine {
          types.subtract(TypeSet(.nationalID))
        } else if asked.allSatisfy({ $0.certain <= $0.sample }) {
          // Other types of the group may still prove it.
          let rest = types.subtracting(TypeSet(.nationalID))
          if facts.persons(having: [rest], certain: true).likely == 0 { firmness = nil }
        } else if genuine < all.genuine {
          // Whose name stands beside whose number is not known.
          firmness = firmness.map { min($0, .likely) }
        }
      }
      narrowed.append(types)
    }
    return (narrowed, firmness)
  }

  private func genuine(_ subtypes: Set<String>) -> Int {
    facts.subtypes.filter { subtypes.contains($0.key) }.values.map(\.genuine).reduce(0, +)
  }

  private func proof(of found: Condition.Found, _ groups: [TypeSet]) -> Verdict? {
    guard let level = found.decides else { return nil }
    let count = facts.persons(having: groups, certain: level == .certain)
    let label = found.label
    if count.likely >= 1 {
      let shown = Self.range(count)
      let list = found.lists ? inventory(of: groups) : LocalizedText(ja: "", en: "")
      let all = facts.persons(having: groups, certain: false)
      var more = LocalizedText(ja: "", en: "")
      if all != count {
        let range = Self.range(all)
        more = LocalizedText(
          ja: "(確実な検出。確からしい検出を含めると \(range.ja))",
          en: " certain; \(range.en) with what is only likely"
        )
      }
      var verdict = Verdict(
        .yes,
        ja: "\(label.ja): \(shown.ja)分\(more.ja)\(list.ja)",
        en: "\(label.en): \(shown.en)\(more.en)\(list.en)"
      )
      verdict.persons = count
      return verdict
    }
    guard found.alone, groups.count == 1, let types = groups.first else { return nil }
    let loose = findings(of: types, from: level)
    guard loose > 0 else { return nil }
    return Verdict(
      .yes,
      ja: "\(label.ja): \(Self.number(loose)) 件(本人と結び付いていない)",
      en: "\(label.en): \(Self.number(loose)) findings (linked to no person)"
    )
  }

  /// The names of the types that are there, at `likely` or above, in the order of `DataType`.
  private func inventory(of groups: [TypeSet]) -> LocalizedText {
    var seen = TypeSet([])
    for profile in facts.profiles { seen.formUnion(profile.types) }
    for (type, found) in facts.findings where found.certain + found.likely > found.sample {
      seen.insert(type)
    }
    let asked = seen.types.filter { type in groups.contains { $0.contains(type) } }
    let names = Names.list(asked.map(Names.type))
    return LocalizedText(ja: "(\(names.ja))", en: " (\(names.en))")
  }

  private func weakEvidence(of groups: [TypeSet]) -> LocalizedText? {
    let count = facts.persons(having: groups, certain: false)
    if count.high >= 1 {
      let shown = Self.range(count)
      return LocalizedText(
        ja: "\(shown.ja)分の検出があり、確認が必要",
        en: "found for \(shown.en); to be confirmed"
      )
    }
    let level: ConfidenceLevel = groups.count == 1 ? .possible : .likely
    let numbers = groups.map { findings(of: $0, from: level) }
    guard let fewest = numbers.min(), fewest > 0 else { return nil }
    return LocalizedText(
      ja: "\(Self.number(fewest)) 件の検出があり、確認が必要",
      en: "\(Self.number(fewest)) findings; to be confirmed"
    )
  }

  /// Findings at a level or above, less all samples of the type (which level those had is unknown).
  private func findings(of types: TypeSet, from level: ConfidenceLevel) -> Int {
    var sum = 0
    for (type, found) in facts.findings where types.contains(type) {
      var number = found.certain
      if level <= .likely { number += found.likely }
      if level <= .possible { number += found.possible }
      sum += max(0, number - found.sample)
    }
    return sum
  }

  /// Findings of types that make a person by themselves, where no person was counted at all.
  private var uncounted: Int {
    findings(
      of: TypeSet([
        .personName, .emailAddress, .phoneNumber, .cardNumber, .myNumber, .bankAccount, .memberID,
      ]),
      from: .likely
    )
  }

  private var hasUnread: Bool { facts.gaps > 0 || facts.unread.bytes > 0 }

  private var mayHideInUnread: Bool {
    hasUnread && incident.answers["unread"] != .no
      && (facts.unread.bytes > 0 || facts.unread.couldAdd != 0)
  }

  private var unreadText: LocalizedText {
    let bytes = Self.number(facts.unread.bytes)
    let gaps = Self.number(facts.gaps)
    if facts.unread.bytes == 0 {
      return LocalizedText(
        ja: "未読の部分(\(gaps) か所、大きさ不明)",
        en: "the unread parts (\(gaps) gaps of unknown size)"
      )
    }
    return LocalizedText(
      ja: "未読の部分(\(gaps) か所、分かる範囲で \(bytes) バイト)",
      en: "the unread parts (\(gaps) gaps, \(bytes) known bytes)"
    )
  }
}

extension FindingFact {
  /// Findings of any level that are no samples.
  fileprivate var genuine: Int { max(0, certain + likely + possible - sample) }
}
