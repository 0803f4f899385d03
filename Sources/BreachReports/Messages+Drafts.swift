internal import BreachModel

/// The words around drafts; what the drafts themselves say is data under `Patterns/drafts`.
extension Messages {
  static let colon = LocalizedText(ja: ": ", en: ": ")

  static let none = LocalizedText(ja: "なし", en: "none")

  static let draftOnly = LocalizedText(
    ja: "調査結果から作った案です。提出・送付の前に、人が確かめて直してください。",
    en: "Drafted from the result of a scan; people have to check and correct it before it is sent."
  )

  static func draftState(_ outcome: Outcome) -> LocalizedText {
    switch outcome {
    case .met: LocalizedText(ja: "該当します", en: "due")
    case .undetermined:
      LocalizedText(
        ja: "まだ決まりません（未回答の質問があります）",
        en: "not decided yet (questions are open)"
      )
    case .notMet:
      LocalizedText(
        ja: "いまの事実では該当しません（任意の報告・連絡に使えます）",
        en: "not due on the facts as they are (usable for a voluntary report)"
      )
    }
  }

  static let draftHow = LocalizedText(ja: "出し方", en: "how")

  static let draftOpen = LocalizedText(ja: "要記入", en: "to fill in")

  static func places(_ number: Int) -> LocalizedText {
    LocalizedText(ja: "\(group(number))か所", en: count(number, "place"))
  }

  static let draftMissingHeading = LocalizedText(
    ja: "足りない事実と、決める人",
    en: "Facts that are missing, and who decides"
  )

  static func draftAsk(_ ask: String, who: String) -> LocalizedText {
    LocalizedText(ja: "【要記入】\(ask)〔\(who)〕", en: "[TO FILL IN: \(ask) - \(who)]")
  }

  static func draftWho(_ who: String) -> LocalizedText {
    LocalizedText(ja: "（決める人: \(who)）", en: " (decided by: \(who))")
  }

  static func draftAmount(files: Int, _ bytes: LocalizedText) -> LocalizedText {
    LocalizedText(ja: "\(group(files))ファイル、\(bytes.ja)", en: "\(count(files, "file")), \(bytes.en)")
  }

  /// `rows` is nil when persons were not counted; `left` are organisations and sample data.
  static func draftMethod(
    version: String,
    patterns: String,
    rows: Int?,
    left: Int
  ) -> LocalizedText {
    let tool = "breachscope \(version)"
    guard let rows else {
      return LocalizedText(
        ja: "\(tool)（パターン \(patterns)）で調べた。人数は数えていない",
        en: "searched with \(tool) (patterns \(patterns)); persons were not counted"
      )
    }
    return LocalizedText(
      ja: "\(tool)（パターン \(patterns)）で、\(group(rows))行を同じ本人ごとにまとめ、組織と見本データ\(group(left))件を除いた",
      en:
        "\(tool) (patterns \(patterns)) brought \(count(rows, "row")) together by person and left out "
        + count(left, "organisation or sample entry", "organisations and sample entries")
    )
  }
}
