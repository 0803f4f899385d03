package import BreachModel

extension Messages {
  // MARK: - Issues

  /// Without a colon, behind which a scan of the report would look for a value.
  static func issue(count number: Int, of type: LocalizedText) -> LocalizedText {
    LocalizedText(
      ja: "\(type.ja) \(group(number))件",
      en: "\(count(number, "finding")) of \(type.en)"
    )
  }

  static func issueField(_ field: String) -> LocalizedText {
    LocalizedText(ja: "、項目「\(field)」", en: " in the field “\(field)”")
  }

  static func issueSample(_ sample: Int, of number: Int) -> LocalizedText {
    sample == number
      ? LocalizedText(ja: "、すべて見本データ", en: ", all sample data")
      : LocalizedText(
        ja: "、うち見本データ\(group(sample))件",
        en: ", \(group(sample)) of them sample data"
      )
  }

  static func issueGap(_ reason: LocalizedText) -> LocalizedText {
    LocalizedText(ja: "読めず: \(reason.ja)", en: "not read: \(reason.en)")
  }

  /// As `persons: 3–5 (more than 4)`.
  static func issueLimit(_ persons: PersonCount, most: Int) -> LocalizedText {
    LocalizedText(
      ja: "本人の数: \(persons.low)–\(persons.high)（上限\(most)を超過）",
      en: "persons: \(persons.low)–\(persons.high) (more than \(most))"
    )
  }

  static func issueDetail(_ detail: LocalizedText) -> LocalizedText {
    LocalizedText(ja: "（\(detail.ja)）", en: " (\(detail.en))")
  }

  static func gapDetail(_ size: LocalizedText, _ told: LocalizedText) -> LocalizedText {
    told.en.isEmpty
      ? size : LocalizedText(ja: "\(size.ja)、\(told.ja)", en: "\(size.en); \(told.en)")
  }

  /// Why a policy does not allow a finding.
  package static let forbidden = LocalizedText(ja: "禁止", en: "forbidden")

  package static func moreThan(_ most: Int) -> LocalizedText {
    LocalizedText(ja: "上限\(most)を超過", en: "more than \(most)")
  }

  static func issuesOmitted(_ number: Int) -> LocalizedText {
    LocalizedText(
      ja: "ほか\(group(number))件はここに載せていません",
      en: "\(count(number, "more issue")) not listed here"
    )
  }

  /// What a rule of code scanning is about, and what to do.
  static func rule(_ kind: Issue.Kind) -> (title: LocalizedText, help: LocalizedText) {
    switch kind {
    case .found(let type):
      (
        Names.type(type),
        LocalizedText(
          ja: "値は伏せています。データを消すか、check のポリシーで許可してください。",
          en: "Values are never shown. Remove the data, or allow it in the policy of `breachscope "
            + "check`."
        )
      )
    case .notRead, .unfinished:
      (
        LocalizedText(ja: "読めなかった部分", en: "Not read"),
        LocalizedText(
          ja: "読めなかった部分については何も分かりません。",
          en: "Nothing is known of what was not read. Make it readable, or accept its reason by "
            + "name."
        )
      )
    case .limit:
      (
        LocalizedText(ja: "本人の数", en: "Persons"),
        LocalizedText(
          ja: "ポリシーの上限を超えています。",
          en: "The number of persons is above the limit of the policy."
        )
      )
    }
  }

  // MARK: - CSV

  static let section = LocalizedText(ja: "区分", en: "section")

  static let id = LocalizedText(ja: "ID", en: "id")

  static let itemName = LocalizedText(ja: "名称", en: "name")

  static let number = LocalizedText(ja: "件数", en: "count")

  static let low = LocalizedText(ja: "最小", en: "low")

  static let likely = LocalizedText(ja: "推定", en: "likely")

  static let high = LocalizedText(ja: "最大", en: "high")

  static let path = LocalizedText(ja: "パス", en: "path")

  static let field = LocalizedText(ja: "列・キー", en: "field")

  static let line = LocalizedText(ja: "行", en: "line")

  static let maskedExample = LocalizedText(ja: "例（伏せ字）", en: "example (masked)")

  static let dueColumn = LocalizedText(ja: "期限", en: "due")

  static let detail = LocalizedText(ja: "詳細", en: "detail")

  static let summarySection = LocalizedText(ja: "概要", en: "summary")

  static let typeSection = LocalizedText(ja: "項目", en: "type")

  static let classSection = LocalizedText(ja: "本人の区分", en: "class")

  static let residenceSection = LocalizedText(ja: "居住地", en: "residence")

  static let ageSection = LocalizedText(ja: "年齢", en: "age")

  static let combinationSection = LocalizedText(ja: "組み合わせ", en: "combination")

  static let criterionSection = LocalizedText(ja: "要件", en: "criterion")

  static let dutySection = LocalizedText(ja: "義務", en: "duty")

  static let questionSection = LocalizedText(ja: "質問", en: "question")

  static let gapSection = LocalizedText(ja: "読めず", en: "not read")

  static let fileSection = LocalizedText(ja: "ファイル", en: "file")

  static let findingSection = LocalizedText(ja: "検出", en: "finding")

  static let stateLabel = LocalizedText(ja: "読み取り", en: "Reading")

  static let filesLabel = LocalizedText(ja: "ファイル数", en: "Files")

  static let bytesLabel = LocalizedText(ja: "バイト数", en: "Bytes")

  static let readBytesLabel = LocalizedText(ja: "読んだバイト数", en: "Bytes read")

  static func notWritten(_ charset: String) -> LocalizedText {
    LocalizedText(
      ja: "\(charset)で書けなかった文字（〓で表示）",
      en: "Characters that \(charset) does not have (shown as 〓)"
    )
  }

  // MARK: - Markdown

  static let violationsHeading = LocalizedText(ja: "ポリシー違反", en: "Policy violations")

  static let noViolation = LocalizedText(
    ja: "読んだ範囲に、ポリシーが禁じるものはありません。",
    en: "Nothing that the policy forbids, in what was read."
  )

  static let dutyColumn = LocalizedText(ja: "義務", en: "duty")

  static let towardColumn = LocalizedText(ja: "相手", en: "toward")
}
