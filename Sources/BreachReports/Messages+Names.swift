package import BreachModel

/// Names of what only reports name; those that reasons name too stand in the model.
extension Names {
  /// Why something was not read; a reason without a name is shown by its id.
  package static func reason(_ reason: GapReason) -> LocalizedText {
    switch reason {
    case .needsPassword: LocalizedText(ja: "パスワードが必要", en: "needs a password")
    case .corrupt: LocalizedText(ja: "壊れている", en: "corrupt")
    case .unsupportedFormat: LocalizedText(ja: "対応していない形式", en: "format not supported")
    case .permission: LocalizedText(ja: "読む権限がない", en: "no permission to read")
    case .readError: LocalizedText(ja: "読み取りエラー", en: "read error")
    case .changed: LocalizedText(ja: "読む間に変更された", en: "changed while it was read")
    case .missing: LocalizedText(ja: "見つからない", en: "missing")
    case .depthLimit: LocalizedText(ja: "入れ子の上限", en: "limit of nesting")
    case .byteLimit: LocalizedText(ja: "大きさの上限", en: "limit of size")
    case .entryLimit: LocalizedText(ja: "件数の上限", en: "limit of entries")
    case .timeLimit: LocalizedText(ja: "時間の上限", en: "limit of time")
    case .patternLimit: LocalizedText(ja: "パターン照合の上限", en: "limit of pattern matching")
    case .workerCrash: LocalizedText(ja: "読み取り処理の異常終了", en: "its reader crashed")
    case .excluded: LocalizedText(ja: "指定により除外", en: "excluded as asked")
    case .interrupted: LocalizedText(ja: "中断", en: "interrupted")
    default: LocalizedText(ja: reason.rawValue, en: reason.rawValue)
    }
  }

  /// The classes of persons, in the order of every report.
  static let classes = [
    "customer", "employee", "family", "patient", "student", "applicant", "partner", "unspecified",
  ]

  /// Why the persons of a table are counted, or are not.
  static func reason(_ reason: TableReason) -> LocalizedText {
    switch reason {
    case .persons: LocalizedText(ja: "数えた", en: "counted")
    case .makers:
      LocalizedText(
        ja: "作品などとその作り手の一覧なので数えない(数えるには --count-table)",
        en: "lists things and who made them: not counted (--count-table counts them)"
      )
    case .asked: LocalizedText(ja: "--count-table により数えた", en: "counted, by --count-table")
    case .skipped: LocalizedText(ja: "--skip-table により数えない", en: "not counted, by --skip-table")
    }
  }

  /// What persons are to the business; a class without a name is shown by its id.
  static func personClass(_ id: String) -> LocalizedText {
    if let known = IncidentFacts.PersonsClass(rawValue: id) { return personsClass(known) }
    return id == "unspecified"
      ? LocalizedText(ja: "区分不明", en: "Not specified") : LocalizedText(ja: id, en: id)
  }

  /// The word for an outcome.
  static func outcome(_ outcome: Outcome) -> LocalizedText {
    switch outcome {
    case .met: LocalizedText(ja: "該当", en: "MET")
    case .notMet: LocalizedText(ja: "非該当", en: "not met")
    case .undetermined: LocalizedText(ja: "未確定", en: "OPEN")
    }
  }

  /// What limits an outcome, when that is worth a word: how it came about, or that an answer may
  /// still turn it.
  static func firmness(_ outcome: CriterionOutcome) -> LocalizedText? {
    switch outcome.outcome {
    case .met: confidence(outcome.confidence)
    case .notMet:
      outcome.confidence == "likely"
        ? LocalizedText(ja: "暫定。質問への答えで変わり得る", en: "for now; an open question may turn it") : nil
    case .undetermined: nil
    }
  }

  /// How an outcome came about, when that is worth a word; nil for certain ones.
  static func confidence(_ id: String) -> LocalizedText? {
    switch id {
    case "certain", "": nil
    case "by_maximum": LocalizedText(ja: "最大値による", en: "by the maximum")
    case "likely": LocalizedText(ja: "確からしい", en: "likely")
    default: LocalizedText(ja: id, en: id)
    }
  }

  /// What a duty rests on; a basis without a name is shown by its id.
  static func basis(_ id: String) -> LocalizedText {
    switch id {
    case "statute": LocalizedText(ja: "法律", en: "statute")
    case "rule": LocalizedText(ja: "規則", en: "rule")
    case "guideline": LocalizedText(ja: "ガイドライン", en: "guideline")
    case "contract": LocalizedText(ja: "契約", en: "contract")
    default: LocalizedText(ja: id, en: id)
    }
  }
}
