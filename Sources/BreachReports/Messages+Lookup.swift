package import BreachModel

/// What the inquiry desk asks and is told.
extension Messages {
  /// What a value of a type is called when it is asked for.
  package static func lookup(_ type: DataType) -> LocalizedText {
    let name = Names.type(type)
    return type == .personName
      ? LocalizedText(ja: "氏名（漢字、カナ又はローマ字）", en: "full name")
      : LocalizedText(ja: name.ja, en: name.en.lowercased())
  }

  package static let lookupNothing = LocalizedText(ja: "見つかりません。", en: "Not found.")

  package static func lookupSeveral(_ persons: Int) -> LocalizedText {
    LocalizedText(
      ja: "\(group(persons))人が該当します。本人確認をしてください。",
      en: "\(group(persons)) persons match; find out which of them is asking."
    )
  }

  /// A person by its number, nil for records of nobody who was counted.
  package static func lookupFound(_ person: String?, records: Int, isCertain: Bool)
    -> LocalizedText
  {
    let sure = isCertain ? lookupCertain : lookupSpread
    return LocalizedText(
      ja: "見つかりました: \(person ?? "本人として数えていない記録")、記録\(group(records))件、\(sure.ja)",
      en: "Found: \(person ?? "records of no person that was counted"), "
        + "\(count(records, "record")), \(sure.en)"
    )
  }

  package static let lookupCertain = LocalizedText(ja: "確実", en: "certain")

  package static let lookupLikely = LocalizedText(ja: "推定", en: "likely")

  private static let lookupSpread = LocalizedText(
    ja: "推定（別々の記録に分かれています）",
    en: "likely: the values stand in different records"
  )

  package static func lookupUnread(_ gaps: Int) -> LocalizedText {
    LocalizedText(
      ja: "注意: 読めなかった部分が\(group(gaps))件あります。そこに含まれるかは分かりません。",
      en: "Note: \(count(gaps, "part")) could not be read; whether the person is in there is not "
        + "known."
    )
  }
}
