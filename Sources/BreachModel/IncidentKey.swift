/// One key of the incident file; the raw value is its promised name, with a dot for nesting.
package enum IncidentKey: String, Sendable, Hashable, CaseIterable {
  case knownAt = "known_at"
  case assessedAt = "assessed_at"
  case cause
  case wrongfulPurpose = "wrongful_purpose"
  case dataScope = "data_scope"
  case role
  case clientNotifiedAt = "client_notified_at"
  case personsNotifiedAt = "persons_notified_at"
  case recoveredUnread = "recovered_unread"
  case encryptedAtLeak = "encrypted.at_leak"
  case encryptedAlgorithm = "encrypted.algorithm"
  case encryptedKeyLeaked = "encrypted.key_leaked"
  case pseudonymisedByLaw = "pseudonymised_by_law"
  case dumpIsWholeIncident = "dump_is_whole_incident"
  case publiclyViewable = "publicly_viewable"
  case serviceHasPayment = "service_has_payment"
  case sourceWasDatabase = "source_was_database"
  case sector
  case personsClass = "persons_class"
  case jurisdictions, residents

  /// What may be written behind the key.
  package enum Kind: Sendable, Hashable {
    case yesNo
    case choice([String])
    /// A day or an RFC 3339 instant.
    case moment
    case text
    /// A list of ISO 3166 codes.
    case codes
    /// Numbers of persons by ISO 3166 code.
    case counts
  }

  package var kind: Kind {
    switch self {
    case .knownAt, .assessedAt, .clientNotifiedAt, .personsNotifiedAt: .moment
    case .cause: .choice(IncidentFacts.Cause.allCases.map(\.rawValue))
    case .dataScope: .choice(IncidentFacts.DataScope.allCases.map(\.rawValue))
    case .role: .choice(IncidentFacts.Role.allCases.map(\.rawValue))
    case .sector: .choice(IncidentFacts.Sector.allCases.map(\.rawValue))
    case .personsClass: .choice(IncidentFacts.PersonsClass.allCases.map(\.rawValue))
    case .encryptedAlgorithm: .text
    case .jurisdictions: .codes
    case .residents: .counts
    default: .yesNo
    }
  }

  /// What the key is about, for reasons and templates.
  package var title: LocalizedText {
    switch self {
    case .knownAt: LocalizedText(ja: "知った日時", en: "the time the event became known")
    case .assessedAt: LocalizedText(ja: "評価を終えた日時", en: "the time the assessment ended")
    case .cause: LocalizedText(ja: "原因", en: "the cause")
    case .wrongfulPurpose: LocalizedText(ja: "不正の目的のおそれ", en: "a possibly wrongful purpose")
    case .dataScope: LocalizedText(ja: "データの範囲(保有/取得中)", en: "the scope of the data")
    case .role: LocalizedText(ja: "立場(自社/受託)", en: "the role (owner or processor)")
    case .clientNotifiedAt: LocalizedText(ja: "委託元へ通知した日時", en: "the notice to the client")
    case .personsNotifiedAt:
      LocalizedText(ja: "本人へ通知した日時", en: "the notice to the persons")
    case .recoveredUnread:
      LocalizedText(ja: "第三者が見る前の全部回収", en: "full recovery before anyone saw it")
    case .encryptedAtLeak: LocalizedText(ja: "漏えい時の暗号化", en: "encryption at the time")
    case .encryptedAlgorithm: LocalizedText(ja: "暗号方式", en: "the algorithm")
    case .encryptedKeyLeaked: LocalizedText(ja: "復号鍵の漏えい", en: "a leak of the key")
    case .pseudonymisedByLaw:
      LocalizedText(ja: "法に基づく仮名加工情報", en: "pseudonymised information made under the Act")
    case .dumpIsWholeIncident:
      LocalizedText(ja: "このデータが事案の全部", en: "this data being the whole incident")
    case .publiclyViewable: LocalizedText(ja: "不特定多数による閲覧", en: "public visibility")
    case .serviceHasPayment:
      LocalizedText(ja: "サービスの送金・決済機能", en: "a payment function of the service")
    case .sourceWasDatabase:
      LocalizedText(ja: "個人情報データベース等からの流出", en: "a searchable database as the source")
    case .sector: LocalizedText(ja: "業種", en: "the sector")
    case .personsClass: LocalizedText(ja: "本人の区分", en: "the class of persons")
    case .jurisdictions: LocalizedText(ja: "法域", en: "the jurisdictions")
    case .residents: LocalizedText(ja: "居住地ごとの人数", en: "the number of persons by residence")
    }
  }
}

extension IncidentFacts {
  /// What is stated behind a key, in a form that conditions can compare.
  package enum Stated: Sendable, Hashable {
    case unknown
    case truth(Bool)
    case word(String)
    case words([String])
    case moment(Moment)
  }

  /// The stated value of a key.
  package func stated(_ key: IncidentKey) -> Stated {
    switch key {
    case .knownAt: Self.stated(knownAt)
    case .assessedAt: Self.stated(assessedAt)
    case .cause: Self.stated(cause?.rawValue)
    case .wrongfulPurpose: Self.stated(wrongfulPurpose)
    case .dataScope: Self.stated(dataScope?.rawValue)
    case .role: Self.stated(role?.rawValue)
    case .clientNotifiedAt: Self.stated(clientNotifiedAt)
    case .personsNotifiedAt: Self.stated(personsNotifiedAt)
    case .recoveredUnread: Self.stated(recoveredUnread)
    case .encryptedAtLeak: Self.stated(encrypted.atLeak)
    case .encryptedAlgorithm: Self.stated(encrypted.algorithm)
    case .encryptedKeyLeaked: Self.stated(encrypted.keyLeaked)
    case .pseudonymisedByLaw: Self.stated(pseudonymisedByLaw)
    case .dumpIsWholeIncident: Self.stated(dumpIsWholeIncident)
    case .publiclyViewable: Self.stated(publiclyViewable)
    case .serviceHasPayment: Self.stated(serviceHasPayment)
    case .sourceWasDatabase: Self.stated(sourceWasDatabase)
    case .sector: Self.stated(sector?.rawValue)
    case .personsClass: Self.stated(personsClass?.rawValue)
    case .jurisdictions: jurisdictions.map { .words($0) } ?? .unknown
    case .residents: residents.isEmpty ? .unknown : .words(residents.keys.sorted())
    }
  }

  private static func stated(_ truth: Truth) -> Stated {
    switch truth {
    case .yes: .truth(true)
    case .no: .truth(false)
    case .unknown: .unknown
    }
  }

  private static func stated(_ word: String?) -> Stated { word.map { .word($0) } ?? .unknown }

  private static func stated(_ moment: Moment?) -> Stated { moment.map { .moment($0) } ?? .unknown }
}
