internal import BreachModel

/// One pack as counsel reads it: what it says, from which source, and what its cases hold.
package struct PackPage: Sendable {
  package enum Block: Sendable, Hashable {
    case heading(Int, String)
    case paragraph(String)
    case list([String])
    case table([String], [[String]])
  }

  package private(set) var blocks: [Block] = []
  private let language: TemplateLanguage

  /// The whole pack in one language.
  package init(_ pack: Pack, language: TemplateLanguage) {
    self.language = language
    writeHead(pack)
    writeCriteria(pack)
    writeDuties(pack)
    writeQuestions(pack)
    writeCases(pack)
    writeSources(pack)
  }

  private func say(_ text: LocalizedText) -> String { language == .ja ? text.ja : text.en }

  private func say(_ ja: String, _ en: String) -> String { language == .ja ? ja : en }

  private mutating func writeHead(_ pack: Pack) {
    let head = pack.head
    blocks.append(.heading(1, "\(say(head.title)) (\(head.id))"))
    var facts = [
      say("版", "version") + ": \(head.version)",
      say("状態", "status") + ": \(say(head.status.words))",
      say("適用", "valid") + ": \(say(head.valid.words))",
      say("最後の照合", "last compared with its sources") + ": \(head.checkedOn)",
    ]
    if let last = head.inForceBy {
      facts.append(say("遅くとも施行", "in force at the latest") + ": \(last)")
    }
    if let scope = head.scope.words {
      facts.append(say("当てはめる場合", "applied when") + ": \(say(scope))")
    }
    blocks.append(.list(facts))
    blocks.append(
      .paragraph(
        say(
          "この道具の出力は法的助言ではない。この頁はパックの内容をそのまま示す。",
          "What this program says is not legal advice. This page shows the pack as it is judged by."
        )
      )
    )
    if !pack.unconfirmed.isEmpty {
      blocks.append(.heading(2, say("一次資料で確認していないこと", "What no primary text confirmed")))
      blocks.append(.list(pack.unconfirmed.map(say)))
    }
  }

  private mutating func writeCriteria(_ pack: Pack) {
    blocks.append(.heading(2, say("要件", "Criteria")))
    for criterion in pack.criteria {
      let mark = criterion.isUnconfirmed ? say(" [一次資料で未確認]", " [no primary text read]") : ""
      blocks.append(.heading(3, "\(criterion.id) \(say(criterion.title))\(mark)"))
      var facts = [say("条件", "when") + ": \(say(criterion.when.words))"]
      if criterion.valid != .always {
        facts.append(say("適用", "valid") + ": \(say(criterion.valid.words))")
      }
      if let days = criterion.days {
        facts.append(say("確報までの日数", "days to the final report") + ": \(days)")
      }
      if !criterion.duties.isEmpty {
        facts.append(say("義務", "duties") + ": \(criterion.duties.joined(separator: ", "))")
      }
      for note in criterion.notes {
        facts.append(say("補足", "note") + ": \(say(note.text)) (\(say(note.when.words)))")
      }
      facts += criterion.cite.map { say("出典", "source") + ": \($0)" }
      blocks.append(.list(facts))
    }
    guard !pack.exclusions.isEmpty else { return }
    blocks.append(.heading(2, say("除外(証明されたときだけ)", "Exclusions (only when proven)")))
    for exclusion in pack.exclusions {
      blocks.append(.heading(3, "\(exclusion.id) \(say(exclusion.title))"))
      var facts = [
        say("条件", "when") + ": \(say(exclusion.when.words))",
        say("外れる要件", "removes") + ": \(exclusion.removes.joined(separator: ", "))",
      ]
      if exclusion.valid != .always {
        facts.append(say("適用", "valid") + ": \(say(exclusion.valid.words))")
      }
      facts += exclusion.cite.map { say("出典", "source") + ": \($0)" }
      blocks.append(.list(facts))
    }
  }

  private mutating func writeDuties(_ pack: Pack) {
    guard !pack.duties.isEmpty else { return }
    blocks.append(.heading(2, say("義務と期限", "Duties and dates")))
    let columns = [
      say("義務", "duty"), say("相手", "toward"), say("期限", "when"), say("定め", "words"),
      say("条件", "if"), say("根拠", "basis"), say("出典", "sources"),
    ]
    let rows = pack.duties.map { rule in
      let conditions =
        [
          rule.when.map { say($0.words) },
          rule.unless.map { say("除く: ", "unless ") + say($0.words) },
          rule.valid == .always ? nil : say(rule.valid.words),
        ]
        .compactMap(\.self)
      return [
        "\(say(rule.title)) (\(rule.id))", authority(of: rule),
        rule.isUnconfirmed ? say("未確認、日付なし", "not confirmed; no day") : say(rule.clock),
        say(rule.text), conditions.joined(separator: "; "), rule.basis,
        rule.cite.joined(separator: "; "),
      ]
    }
    blocks.append(.table(columns, rows))
    guard !pack.advice.isEmpty else { return }
    blocks.append(.heading(2, say("次の手順", "Next steps")))
    blocks.append(
      .table(
        [say("条件", "when"), say("手順", "step"), say("出典", "sources")],
        pack.advice.map {
          [say($0.when.words), say($0.text), $0.cite.joined(separator: "; ")]
        }
      )
    )
  }

  /// Toward whom, and toward whom else when.
  private func authority(of rule: Pack.DutyRule) -> String {
    ([say(rule.authority)]
      + rule.authorities.map { "\(say($0.name)) (\(say("次のとき", "when")): \(say($0.when.words)))" })
      .joined(separator: "; ")
  }

  private mutating func writeQuestions(_ pack: Pack) {
    blocks.append(.heading(2, say("質問", "Questions")))
    blocks.append(
      .table(
        [
          "id", say("質問", "question"), say("はい", "if yes"), say("いいえ", "if no"),
          say("答える所", "answered by"),
        ],
        pack.askable.map { question in
          [
            question.id, say(question.text), say(question.ifYes), say(question.ifNo),
            question.fact?.rawValue ?? "answers: \(question.id)",
          ]
        }
      )
    )
  }

  private mutating func writeCases(_ pack: Pack) {
    guard !pack.cases.isEmpty else { return }
    blocks.append(.heading(2, say("事例(検証済み)", "Cases (checked)")))
    blocks.append(
      .table(
        [
          say("事例", "case"), say("データ", "data"), say("事実", "facts"),
          say("結果", "outcomes"), say("義務", "duties"),
        ],
        pack.cases.map { test in
          [
            test.name, test.facts.words, test.incident.words(test.asOf),
            test.outcomes.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
              .joined(separator: ", "),
            test.duties.map { duties in
              duties.isEmpty
                ? "–"
                : duties.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
                  .joined(separator: ", ")
            } ?? "",
          ]
        }
      )
    )
  }

  private mutating func writeSources(_ pack: Pack) {
    guard !pack.citations.isEmpty else { return }
    blocks.append(.heading(2, say("出典", "Sources")))
    blocks.append(
      .list(
        pack.citations.map { citation in
          let state =
            switch (citation.read, citation.isQuotation) {
            case (nil, _): say("本文は未読", "not read")
            case (let day?, false): say("\(day) に確認", "read \(day)")
            case (let day?, true): say("引用により \(day) に確認", "read as quoted, \(day)")
            }
          return "\(citation.text) — \(state)"
        }
      )
    )
  }
}

extension ClosedDays {
  static let always = ClosedDays()

  private init() {}

  fileprivate var words: LocalizedText {
    switch (from, to) {
    case (nil, nil): LocalizedText(ja: "期間の定めなし", en: "no limit of time")
    case (let from?, nil): LocalizedText(ja: "\(from) から", en: "from \(from)")
    case (nil, let to?): LocalizedText(ja: "\(to) まで", en: "until \(to)")
    case (let from?, let to?): LocalizedText(ja: "\(from) から \(to)", en: "\(from) to \(to)")
    }
  }
}

extension Scope {
  /// Nil for always.
  fileprivate var words: LocalizedText? {
    var parts: [LocalizedText] = []
    if !places.isEmpty {
      let list = places.joined(separator: ", ")
      parts.append(
        LocalizedText(
          ja: "居住者又は jurisdictions に \(list)" + (isHome ? "、又は jurisdictions の記載なし" : "")
            + "。電話番号・公的番号・住所の手掛かりだけなら未確定",
          en: "residents in, or jurisdictions naming, \(list)"
            + (isHome ? ", or no jurisdictions stated" : "")
            + "; open while phone numbers, official numbers or addresses only hint at it"
        )
      )
    }
    if !sectors.isEmpty {
      let list = sectors.joined(separator: ", ")
      parts.append(LocalizedText(ja: "sector が \(list)", en: "sector is \(list)"))
    }
    if !notSectors.isEmpty {
      let list = notSectors.joined(separator: ", ")
      parts.append(LocalizedText(ja: "sector が \(list) でない", en: "sector is not \(list)"))
    }
    if found != TypeSet([]) {
      let list = found.types.map(\.id).joined(separator: ", ")
      parts.append(LocalizedText(ja: "\(list) の検出", en: "\(list) found"))
    }
    guard !parts.isEmpty else { return nil }
    return LocalizedText(
      ja: parts.map(\.ja).joined(separator: " かつ "),
      en: parts.map(\.en).joined(separator: " and ")
    )
  }
}

extension ScanFacts {
  /// `1,001 × person_name + email_address`, findings and gaps; for cases only.
  fileprivate var words: String {
    var parts = profiles.map {
      Evaluator.range($0.count).en + ": " + $0.types.types.map(\.id).joined(separator: " + ")
    }
    if profiles.isEmpty, persons != .zero { parts.append(Evaluator.range(persons).en) }
    if profiles.isEmpty {
      for (type, found) in findings.sorted(by: { $0.key.id < $1.key.id }) {
        parts.append(
          "\(type.id): \(found.certain) certain, \(found.likely) likely, "
            + "\(found.possible) possible, \(found.sample) sample"
        )
      }
    }
    if gaps > 0 { parts.append("\(gaps) gaps") }
    return parts.isEmpty ? "–" : parts.joined(separator: "; ")
  }
}

extension IncidentFacts {
  /// What is stated, as `key: value`; for cases only.
  fileprivate func words(_ asOf: CivilDate?) -> String {
    var parts = IncidentKey.allCases.compactMap { key in
      written(key).map { "\(key.rawValue): \($0)" }
    }
    parts += answers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    if let asOf { parts.append("as of \(asOf)") }
    return parts.isEmpty ? "–" : parts.joined(separator: ", ")
  }
}

extension PackHead.Status {
  /// The status in words, its id in front.
  var words: LocalizedText {
    switch self {
    case .inForce: LocalizedText(ja: "施行中 (\(rawValue))", en: rawValue)
    case .enactedNotInForce: LocalizedText(ja: "成立済み・未施行 (\(rawValue))", en: rawValue)
    case .guidance: LocalizedText(ja: "指針(法令ではない) (\(rawValue))", en: rawValue)
    case .contract: LocalizedText(ja: "契約(法令ではない) (\(rawValue))", en: rawValue)
    }
  }
}
