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

  /// A value is none of its type, or not in a form that can be read.
  package static func lookupUnreadable(_ type: DataType) -> LocalizedText {
    let (name, example) = (lookup(type), lookupExample(type))
    return LocalizedText(
      ja: "\(name.ja)として読めません。\(example.ja)のように入れてください。",
      en: "this is no \(name.en) that can be looked up; write it like \(example.en)"
    )
  }

  /// Nothing came where values of these types are wanted, a line each.
  package static func lookupMissing(_ types: [DataType]) -> LocalizedText {
    let names = types.map(lookup)
    let ja = names.map(\.ja).joined(separator: "、次の行に")
    let en = names.map { "the " + $0.en }.joined(separator: ", and on the next line ")
    return LocalizedText(
      ja: "標準入力に値がありません。\(ja)を入れてください。",
      en: "no value came on standard input; it takes \(en)"
    )
  }

  private static func lookupExample(_ type: DataType) -> LocalizedText {
    switch type {
    case .emailAddress: LocalizedText(ja: "taro@example.jp", en: "jane@example.com")
    case .phoneNumber: LocalizedText(ja: "090-0000-0000", en: "+1 202 555 0100")
    case .birthDate: LocalizedText(ja: "1990-04-05 や 平成2年4月5日", en: "1990-04-05")
    case .address:
      LocalizedText(ja: "東京都千代田区千代田1-1", en: "350 Main Street, Springfield, IL 62701")
    case .memberID: LocalizedText(ja: "A-1001", en: "A-1001")
    default: LocalizedText(ja: "山田 太郎 や ヤマダ タロウ", en: "Jane Doe")
    }
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
