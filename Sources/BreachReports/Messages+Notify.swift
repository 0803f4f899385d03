internal import BreachModel

/// What the list of those to be notified says.
extension Messages {
  static let notificationSheet = LocalizedText(ja: "通知先", en: "To notify")
  static let personNumber = LocalizedText(ja: "本人番号", en: "Person")
  static let reachedBy = LocalizedText(ja: "連絡方法", en: "Reach by")
  static let furtherContacts = LocalizedText(ja: "ほかの氏名・連絡先", en: "Further names and contacts")
  static let leakedItems = LocalizedText(ja: "漏えいした項目", en: "Items leaked")
  static let sources = LocalizedText(ja: "出典（記録数）", en: "Files (records)")
  static let doubts = LocalizedText(ja: "留意点", en: "To be checked")
  static let lookAt = LocalizedText(ja: "留意点のある本人", en: "Persons to be checked")
  static let lostPersons = LocalizedText(ja: "データに見つからない本人", en: "Persons not found again")
  static let changedFile = LocalizedText(ja: "調査後に変わったファイル", en: "File has changed since the scan")
  static let missingFile = LocalizedText(ja: "見つからないファイル", en: "File is not in the data")

  static let substituteMeasures = LocalizedText(
    ja: "通知が困難な本人には、本人の権利利益を保護するため必要な"
      + "これに代わるべき措置（事案の公表、問合せ窓口など）が要ります",
    en: "those who cannot be told need substitute measures, "
      + "such as a publication and an inquiry desk"
  )

  /// How a person is reached.
  static func reach(_ reach: Reach) -> LocalizedText {
    switch reach {
    case .email: LocalizedText(ja: "メール", en: "email")
    case .post: LocalizedText(ja: "郵送", en: "post")
    case .phone: LocalizedText(ja: "電話", en: "phone")
    case .none: LocalizedText(ja: "連絡先なし", en: "none")
    }
  }

  /// What is to be checked of a person.
  static func doubt(_ doubt: PersonDoubt) -> LocalizedText {
    switch doubt {
    case .lost: LocalizedText(ja: "データに見つからない", en: "not found again")
    case .partlyLost:
      LocalizedText(ja: "一部の値がデータに見つからない", en: "some values not found again")
    case .unproven(let records, let all):
      LocalizedText(
        ja: "記録\(all)件のうち\(records)件は推定で名寄せ",
        en: "\(records) of \(all) records joined by likely evidence"
      )
    case .sample(let records):
      LocalizedText(
        ja: "見本データの記録\(records)件を含む",
        en: "with \(count(records, "record")) of sample data"
      )
    case .severalNames: LocalizedText(ja: "氏名が複数", en: "several names")
    case .severalAddresses: LocalizedText(ja: "住所が複数", en: "several addresses")
    case .double(let others):
      LocalizedText(
        ja: "\(others.joined(separator: "・"))と同一人物の可能性",
        en: "possible double of \(others.joined(separator: ", "))"
      )
    }
  }
}
