package import BreachModel

extension IncidentFacts {
  /// Causes that are somebody's wrongful act by their nature.
  package static let wrongfulCauses: [Cause] = [
    .theft, .virus, .unauthorizedAccess, .insiderTakeout, .webSkimming,
  ]

  /// What is stated and hardly can be, by itself or beside what was counted, each with the key that it
  /// is written behind.
  ///
  /// Without facts nothing is compared with counts. `asOf` is the day up to which something can be
  /// known; nil leaves that open.
  package func contradictions(
    _ facts: ScanFacts?,
    asOf: CivilDate?
  ) -> [(key: IncidentKey, text: LocalizedText)] {
    var found: [(IncidentKey, LocalizedText)] = []
    if wrongfulPurpose == .no, let cause, Self.wrongfulCauses.contains(cause) {
      let name = Names.stated(cause.rawValue, as: .cause)
      found.append(
        (
          .wrongfulPurpose,
          LocalizedText(
            ja: "原因は「\(name.ja)」とされているのに、不正の目的のおそれはないとされている。",
            en: "The cause is stated as \(name.en), yet a wrongful purpose is denied."
          )
        )
      )
    }
    if let asOf {
      let times = [knownAt].compactMap(\.self) + Array(knownAtByCriterion.values)
      if let late = times.map(\.day).filter({ $0 > asOf }).max() {
        found.append(
          (
            .knownAt,
            LocalizedText(
              ja: "知った日 \(late) は \(asOf) より後である。",
              en: "The day on which it became known, \(late), lies after \(asOf)."
            )
          )
        )
      }
    }
    if encrypted.atLeak == .no, encrypted.algorithm != nil || encrypted.keyLeaked != .unknown {
      found.append(
        (
          .encryptedAtLeak,
          LocalizedText(
            ja: "暗号化されていなかったとされているのに、方式や鍵の記載がある。",
            en: "Encryption is denied, yet an algorithm or a key is stated."
          )
        )
      )
    }
    if role == .owner, clientNotifiedAt != nil {
      found.append(
        (
          .role,
          LocalizedText(
            ja: "自社のデータ(owner)とされているのに、委託元へ通知した日時の記載がある。",
            en: "The data is stated to be your own, yet a notice to a client is stated, too."
          )
        )
      )
    }
    if let facts, let text = tooManyResidents(facts) { found.append((.residents, text)) }
    return found
  }

  /// More residents than there are persons in data that is said to be the whole, or may be.
  private func tooManyResidents(_ facts: ScanFacts) -> LocalizedText? {
    // A country and its parts may both be stated.
    let apart = residents.filter { place in
      !residents.keys.contains { $0 != place.key && covers($0, place.key) }
    }
    let told = apart.values.reduce(.zero, +)
    guard dumpIsWholeIncident != .no, told.low > facts.persons.high, facts.gaps == 0,
      facts.persons != .zero
    else { return nil }
    return LocalizedText(
      ja:
        "residents の合計 \(Evaluator.range(told).ja)は、数えた本人の数 \(Evaluator.range(facts.persons).ja)を上回る。"
        + "ほかにもデータがあるなら dump_is_whole_incident: no と書く。",
      en: "residents states \(Evaluator.range(told).en) in all, more than the "
        + "\(Evaluator.range(facts.persons).en) that were counted; state dump_is_whole_incident: no "
        + "if there is more data."
    )
  }
}
