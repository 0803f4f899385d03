package import BreachModel

/// The language that a text is written in.
package enum TemplateLanguage: Sendable, Hashable {
  case ja, en
}

extension IncidentFile {
  /// A commented incident file; what is stated stands in it, everything else is commented out.
  package static func template(
    language: TemplateLanguage,
    stating facts: IncidentFacts = IncidentFacts()
  ) -> String {
    var lines = heading[pick(language)].map { "# " + $0 }
    var nested = false
    for key in IncidentKey.allCases {
      lines.append("")
      let isNested = key.rawValue.hasPrefix("encrypted.")
      if isNested, !nested {
        lines += [facts.encrypted == .init() ? "#encrypted:" : "encrypted:"]
        nested = true
      }
      lines.append("# " + explanation(key)[pick(language)])
      lines.append("# " + allowed(key, language))
      let name = isNested ? "  " + key.rawValue.dropFirst("encrypted.".count) : key.rawValue
      let value = facts.written(key)
      lines.append(value.map { "\(name): \($0)" } ?? "#\(name): \(example(key))")
    }
    lines += ["", "# " + answersExplanation[pick(language)]]
    let answers = facts.answers.filter { $0.value != .unknown }.sorted { $0.key < $1.key }
    lines += answers.isEmpty ? ["#answers:", "#  confirm_card_number: no"] : ["answers:"]
    lines += answers.map { "  \($0.key): \($0.value == .yes ? "yes" : "no")" }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func pick(_ language: TemplateLanguage) -> Int { language == .ja ? 0 : 1 }

  private static let heading = [
    [
      "事案の事実。データの中身からは分からないことだけを書きます。",
      "行頭の # を消して値を書いてください。書かない項目は「不明」として扱い、「いいえ」とはみなしません。",
      "この道具の出力は法的助言ではありません。",
    ],
    [
      "Facts of the incident: only what the data itself can never tell.",
      "Remove the # and write a value. What is left out is unknown, and is never taken for a no.",
      "What this tool says is not legal advice.",
    ],
  ]

  private static let answersExplanation = [
    "報告に出た質問のうち、上に項目が無いものへの答え(質問の id: yes | no)。",
    "Answers to questions of the report that have no key above (question id: yes | no).",
  ]

  private static func allowed(_ key: IncidentKey, _ language: TemplateLanguage) -> String {
    let lead = language == .ja ? "値: " : "Values: "
    switch key.kind {
    case .yesNo: return lead + "yes | no | unknown"
    case .choice(let words): return lead + words.joined(separator: " | ") + " | unknown"
    case .moment:
      return lead + "YYYY-MM-DD | 2026-11-20T18:00:00+09:00"
        + (key == .knownAt ? " | {default: …, appi.7.iv: …}" : "")
    case .text: return lead + (language == .ja ? "方式の名前" : "name of the algorithm")
    case .codes: return lead + "[JP, US-CA, …] (ISO 3166)"
    case .counts:
      return lead + "{JP: 1200, US-CA: {low: 480, likely: 500, high: 510}} (ISO 3166)"
    }
  }

  private static func example(_ key: IncidentKey) -> String {
    switch key.kind {
    case .yesNo: "unknown"
    case .choice(let words): words[0]
    case .moment: "2026-11-20"
    case .text: "AES-256-GCM"
    case .codes: "[JP]"
    case .counts: "{US-CA: 501}"
    }
  }

  private static func explanation(_ key: IncidentKey) -> [String] {
    switch key {
    case .knownAt:
      [
        "法人のいずれかの部署が事態を知った日時。期限はこの日を1日目として数えます。要件ごとに違えば分けて書けます。",
        "When any department learned of it; this is day 1 of every deadline. May differ per criterion.",
      ]
    case .assessedAt:
      ["漏えいに当たるかの評価を終えた日時(シンガポール法などで使用)。", "When the assessment ended (used by Singapore's law)."]
    case .cause: ["原因。", "The cause."]
    case .wrongfulPurpose:
      [
        "不正の目的をもって行われた(おそれを含む)行為によるものか。",
        "Whether it came, or may have come, from an act with a wrongful purpose.",
      ]
    case .dataScope:
      [
        "held = 取得済みの個人データ、being_acquired = 取得しようとしていた個人情報(入力フォームの改ざん等)。",
        "held: data already held; being_acquired: data being typed into a tampered form and the like.",
      ]
    case .role:
      [
        "owner = 自社のデータ、processor = 委託を受けたデータ。",
        "owner: your own data; processor: a client's data.",
      ]
    case .clientNotifiedAt:
      ["(受託者のみ)委託元へ漏えいを通知した日時。", "(Processors only) when the client was told."]
    case .personsNotifiedAt:
      [
        "本人へ通知した日時(カリフォルニア州法などで使用)。",
        "When the persons were told (used by California's law).",
      ]
    case .recoveredUnread:
      ["第三者が見る前に全部を回収したか。", "Whether all of it was recovered before any third party saw it."]
    case .encryptedAtLeak: ["漏えいした時点で暗号化されていたか。", "Whether it was encrypted when it leaked."]
    case .encryptedAlgorithm: ["暗号方式。", "The algorithm."]
    case .encryptedKeyLeaked:
      ["復号鍵も漏えいした(おそれを含む)か。", "Whether the key leaked, or may have leaked, too."]
    case .pseudonymisedByLaw:
      [
        "個人情報保護法に基づき作成した仮名加工情報か(ハッシュ化しただけでは該当しない)。",
        "Whether it is pseudonymised information produced under the Act (hashing alone is not).",
      ]
    case .dumpIsWholeIncident:
      ["調べたデータが事案の全部か(ほかに流出した写しや項目はないか)。", "Whether the scanned data is the whole incident."]
    case .publiclyViewable:
      ["不特定多数が閲覧できる状態だったか。", "Whether an unspecified many could view it."]
    case .serviceHasPayment:
      ["ID・パスワードで入れるサービスに送金・決済の機能があるか。", "Whether the logins open a service with payments."]
    case .sourceWasDatabase:
      [
        "検索できるように体系化された個人情報(データベース、名簿等)から出たか。",
        "Whether it came out of a searchable collection (a database, a register).",
      ]
    case .sector:
      ["業種。報告先と上乗せの義務に関わります。", "The sector; it decides whom to report to and what is added."]
    case .personsClass: ["本人の区分。", "Who the persons are."]
    case .jurisdictions:
      [
        "適用を検討する法域。書いた国の法律が加わるだけで、データから分かる居住地の法律は外れません(外すのは residents の 0)。",
        "The places whose law may apply. They add laws; a place is left out only by a 0 under residents.",
      ]
    case .residents:
      [
        "居住地ごとの本人の数。居住者の数で判断する法律に使います。",
        "How many of the persons live where; for laws that count residents.",
      ]
    }
  }
}

extension IncidentFacts {
  /// What is stated behind a key, as it may be written into an incident file; nil while unknown.
  func written(_ key: IncidentKey) -> String? {
    if key == .knownAt, !knownAtByCriterion.isEmpty {
      let parts =
        (knownAt.map { ["default: \"\($0)\""] } ?? [])
        + knownAtByCriterion.sorted { $0.key < $1.key }.map { "\($0.key): \"\($0.value)\"" }
      return "{\(parts.joined(separator: ", "))}"
    }
    if key == .residents, !residents.isEmpty {
      let parts = residents.sorted { $0.key < $1.key }.map { code, count in
        count.low == count.high
          ? "\(code): \(count.high)"
          : "\(code): {low: \(count.low), likely: \(count.likely), high: \(count.high)}"
      }
      return "{\(parts.joined(separator: ", "))}"
    }
    switch stated(key) {
    case .unknown: return nil
    case .truth(let truth): return truth ? "yes" : "no"
    case .words(let words): return "[\(words.joined(separator: ", "))]"
    case .moment(let moment): return "\(moment)"
    case .word(let word):
      guard case .text = key.kind else { return word }
      let safe = word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      return "\"\(safe)\""
    }
  }
}
