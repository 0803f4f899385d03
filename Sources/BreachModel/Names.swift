/// Names of the things that results and reasons speak of, in both languages.
///
/// One case without a name, or a name without one of its languages, does not compile.
package enum Names {
  /// A data type as people call it.
  package static func type(_ type: DataType) -> LocalizedText {
    switch type {
    case .personName: LocalizedText(ja: "氏名", en: "Name")
    case .personNameKana: LocalizedText(ja: "氏名（カナ）", en: "Name in kana")
    case .birthDate: LocalizedText(ja: "生年月日", en: "Birth date")
    case .gender: LocalizedText(ja: "性別", en: "Gender")
    case .age: LocalizedText(ja: "年齢", en: "Age")
    case .employer: LocalizedText(ja: "勤務先・所属", en: "Employer")
    case .postalCode: LocalizedText(ja: "郵便番号", en: "Postal code")
    case .address: LocalizedText(ja: "住所", en: "Address")
    case .phoneNumber: LocalizedText(ja: "電話番号", en: "Phone number")
    case .emailAddress: LocalizedText(ja: "メールアドレス", en: "Email address")
    case .cardNumber: LocalizedText(ja: "クレジットカード番号", en: "Card number")
    case .cardExpiry: LocalizedText(ja: "カード有効期限", en: "Card expiry")
    case .cardSecurityCode: LocalizedText(ja: "セキュリティコード", en: "Card security code")
    case .bankAccount: LocalizedText(ja: "銀行口座", en: "Bank account")
    case .iban: LocalizedText(ja: "IBAN", en: "IBAN")
    case .creditInformation: LocalizedText(ja: "信用情報", en: "Credit information")
    case .myNumber: LocalizedText(ja: "個人番号（マイナンバー）", en: "My Number")
    case .residentCode: LocalizedText(ja: "住民票コード", en: "Resident record code")
    case .pensionNumber: LocalizedText(ja: "基礎年金番号", en: "Basic pension number")
    case .driversLicense: LocalizedText(ja: "運転免許証番号", en: "Driver's licence number")
    case .passportNumber: LocalizedText(ja: "旅券番号", en: "Passport number")
    case .residenceCard: LocalizedText(ja: "在留カード番号", en: "Residence card number")
    case .healthInsurance: LocalizedText(ja: "健康保険の記号・番号", en: "Health insurance number")
    case .employmentInsurance:
      LocalizedText(ja: "雇用保険被保険者番号", en: "Employment insurance no.")
    case .nationalID: LocalizedText(ja: "外国の国民番号", en: "National id")
    case .loginID: LocalizedText(ja: "ログインID", en: "Login id")
    case .password: LocalizedText(ja: "パスワード", en: "Password")
    case .passwordHash: LocalizedText(ja: "パスワードのハッシュ", en: "Password hash")
    case .secretAnswer: LocalizedText(ja: "秘密の質問の答え", en: "Secret answer")
    case .apiToken: LocalizedText(ja: "APIトークン", en: "API token")
    case .sensitiveRace: LocalizedText(ja: "要配慮: 人種", en: "Sensitive: race")
    case .sensitiveCreed: LocalizedText(ja: "要配慮: 信条", en: "Sensitive: creed")
    case .sensitiveSocialStatus:
      LocalizedText(ja: "要配慮: 社会的身分", en: "Sensitive: social status")
    case .sensitiveMedicalHistory:
      LocalizedText(ja: "要配慮: 病歴", en: "Sensitive: medical history")
    case .sensitiveCrimeRecord:
      LocalizedText(ja: "要配慮: 犯罪の経歴", en: "Sensitive: criminal record")
    case .sensitiveCrimeVictim:
      LocalizedText(ja: "要配慮: 犯罪被害の事実", en: "Sensitive: crime victim")
    case .sensitiveDisability: LocalizedText(ja: "要配慮: 障害", en: "Sensitive: disability")
    case .sensitiveHealthCheck:
      LocalizedText(ja: "要配慮: 健康診断等の結果", en: "Sensitive: health check")
    case .sensitiveMedicalCare:
      LocalizedText(ja: "要配慮: 診療・調剤等", en: "Sensitive: medical care")
    case .sensitiveCriminalProcedure:
      LocalizedText(ja: "要配慮: 刑事手続", en: "Sensitive: criminal case")
    case .sensitiveJuvenile:
      LocalizedText(ja: "要配慮: 少年の保護手続", en: "Sensitive: juvenile case")
    case .sensitiveUnion: LocalizedText(ja: "労働組合への加盟", en: "Union membership")
    case .sensitiveOrigin: LocalizedText(ja: "門地・本籍地", en: "Family origin")
    case .sensitiveSexualLife: LocalizedText(ja: "性生活", en: "Sexual life")
    case .sensitiveOther: LocalizedText(ja: "その他の機微な項目", en: "Other delicate item")
    case .memberID: LocalizedText(ja: "会員番号", en: "Member id")
    case .ipAddress: LocalizedText(ja: "IPアドレス", en: "IP address")
    case .macAddress: LocalizedText(ja: "MACアドレス", en: "MAC address")
    case .geolocation: LocalizedText(ja: "位置情報", en: "Geolocation")
    case .deviceID: LocalizedText(ja: "端末識別子", en: "Device id")
    case .corporateNumber: LocalizedText(ja: "法人番号", en: "Corporate number")
    case .companyName: LocalizedText(ja: "会社名", en: "Company name")
    }
  }

  /// How the data got out.
  package static func cause(_ cause: IncidentFacts.Cause) -> LocalizedText {
    switch cause {
    case .paperLoss: LocalizedText(ja: "書類の紛失", en: "loss of paper")
    case .misSentPaper: LocalizedText(ja: "書類の誤送付", en: "paper sent to the wrong person")
    case .misSentMail: LocalizedText(ja: "メールの誤送信", en: "mail sent to the wrong person")
    case .theft: LocalizedText(ja: "盗難", en: "theft")
    case .virus: LocalizedText(ja: "マルウェア", en: "malware")
    case .unauthorizedAccess: LocalizedText(ja: "不正アクセス", en: "unauthorised access")
    case .insiderTakeout: LocalizedText(ja: "内部者による持ち出し", en: "taken out by an insider")
    case .misconfigurationPublic:
      LocalizedText(ja: "設定の誤りによる公開", en: "made public by a misconfiguration")
    case .webSkimming: LocalizedText(ja: "入力画面の改ざん", en: "web skimming")
    case .processorIncident: LocalizedText(ja: "委託先での事案", en: "an incident at a processor")
    case .other: LocalizedText(ja: "その他", en: "other")
    }
  }

  /// Data that was held, or was being collected.
  package static func dataScope(_ scope: IncidentFacts.DataScope) -> LocalizedText {
    switch scope {
    case .held: LocalizedText(ja: "保有していたデータ", en: "data already held")
    case .beingAcquired: LocalizedText(ja: "取得中のデータ", en: "data being acquired")
    }
  }

  /// Whose data it is.
  package static func role(_ role: IncidentFacts.Role) -> LocalizedText {
    switch role {
    case .owner: LocalizedText(ja: "自社のデータ", en: "owner")
    case .processor: LocalizedText(ja: "受託したデータ", en: "processor")
    }
  }

  /// The business.
  package static func sector(_ sector: IncidentFacts.Sector) -> LocalizedText {
    switch sector {
    case .general: LocalizedText(ja: "一般", en: "general")
    case .telecom: LocalizedText(ja: "電気通信", en: "telecommunications")
    case .finance: LocalizedText(ja: "金融", en: "finance")
    case .medical: LocalizedText(ja: "医療", en: "medical")
    case .public: LocalizedText(ja: "行政機関等", en: "public bodies")
    case .coveredEntity: LocalizedText(ja: "HIPAAの対象事業者", en: "HIPAA covered entity")
    case .myNumberSystem:
      LocalizedText(ja: "個人番号利用事務・情報提供ネットワーク", en: "My Number systems")
    }
  }

  /// Who the persons are to the organisation.
  package static func personsClass(_ persons: IncidentFacts.PersonsClass) -> LocalizedText {
    switch persons {
    case .customer: LocalizedText(ja: "顧客", en: "Customers")
    case .employee: LocalizedText(ja: "従業員", en: "Employees")
    case .family: LocalizedText(ja: "家族", en: "Family members")
    case .patient: LocalizedText(ja: "患者", en: "Patients")
    case .student: LocalizedText(ja: "学生・生徒", en: "Students")
    case .applicant: LocalizedText(ja: "応募者", en: "Applicants")
    case .partner: LocalizedText(ja: "取引先", en: "Business partners")
    case .mixed: LocalizedText(ja: "複数の区分", en: "Several classes")
    }
  }

  /// What is written behind a key of the incident file; texts and codes without a name stay.
  package static func stated(_ word: String, as key: IncidentKey) -> LocalizedText {
    let name: LocalizedText? =
      switch key {
      case .cause: IncidentFacts.Cause(rawValue: word).map(cause)
      case .dataScope: IncidentFacts.DataScope(rawValue: word).map(dataScope)
      case .role: IncidentFacts.Role(rawValue: word).map(role)
      case .sector: IncidentFacts.Sector(rawValue: word).map(sector)
      case .personsClass: IncidentFacts.PersonsClass(rawValue: word).map(personsClass)
      case .jurisdictions, .residents: place(word)
      case .encryptedAlgorithm, .knownAt, .assessedAt, .clientNotifiedAt, .personsNotifiedAt,
        .wrongfulPurpose, .recoveredUnread, .encryptedAtLeak, .encryptedKeyLeaked,
        .pseudonymisedByLaw, .dumpIsWholeIncident, .publiclyViewable, .serviceHasPayment,
        .sourceWasDatabase:
        nil
      }
    return name ?? LocalizedText(ja: word, en: word)
  }

  /// Several names as one text.
  package static func list(_ names: [LocalizedText]) -> LocalizedText {
    LocalizedText(
      ja: names.map(\.ja).joined(separator: "、"),
      en: names.map(\.en).joined(separator: ", ")
    )
  }

  /// A place by its ISO 3166-2 code; codes outside Japan are shown as they are.
  package static func place(_ code: String) -> LocalizedText {
    if code == "unknown" { return LocalizedText(ja: "不明", en: "unknown") }
    if let country = country(code) { return country }
    guard code.hasPrefix("JP-"), let number = Int(code.dropFirst(3)),
      prefectures.indices.contains(number - 1)
    else { return LocalizedText(ja: code, en: code) }
    let (ja, en) = prefectures[number - 1]
    return LocalizedText(ja: ja, en: en)
  }

  /// A band of ages by its code.
  package static func age(_ code: String) -> LocalizedText {
    let ends = code.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    switch (ends.count, ends.first ?? nil, ends.last ?? nil) {
    case (1, let age?, _): return LocalizedText(ja: "\(age)歳", en: "\(age)")
    case (2, let first?, let last?):
      return LocalizedText(ja: "\(first)〜\(last)歳", en: "\(first)–\(last)")
    case (2, let first?, nil): return LocalizedText(ja: "\(first)歳以上", en: "\(first) and over")
    default:
      return code == AgeBand.unknown
        ? LocalizedText(ja: "不明", en: "unknown") : LocalizedText(ja: code, en: code)
    }
  }

  /// JIS X 0401, in the order of the codes 01…47.
  private static let prefectures: [(String, String)] = [
    ("北海道", "Hokkaido"), ("青森県", "Aomori"), ("岩手県", "Iwate"), ("宮城県", "Miyagi"),
    ("秋田県", "Akita"), ("山形県", "Yamagata"), ("福島県", "Fukushima"), ("茨城県", "Ibaraki"),
    ("栃木県", "Tochigi"), ("群馬県", "Gunma"), ("埼玉県", "Saitama"), ("千葉県", "Chiba"),
    ("東京都", "Tokyo"), ("神奈川県", "Kanagawa"), ("新潟県", "Niigata"), ("富山県", "Toyama"),
    ("石川県", "Ishikawa"), ("福井県", "Fukui"), ("山梨県", "Yamanashi"), ("長野県", "Nagano"),
    ("岐阜県", "Gifu"), ("静岡県", "Shizuoka"), ("愛知県", "Aichi"), ("三重県", "Mie"),
    ("滋賀県", "Shiga"), ("京都府", "Kyoto"), ("大阪府", "Osaka"), ("兵庫県", "Hyogo"),
    ("奈良県", "Nara"), ("和歌山県", "Wakayama"), ("鳥取県", "Tottori"), ("島根県", "Shimane"),
    ("岡山県", "Okayama"), ("広島県", "Hiroshima"), ("山口県", "Yamaguchi"),
    ("徳島県", "Tokushima"), ("香川県", "Kagawa"), ("愛媛県", "Ehime"), ("高知県", "Kochi"),
    ("福岡県", "Fukuoka"), ("佐賀県", "Saga"), ("長崎県", "Nagasaki"), ("熊本県", "Kumamoto"),
    ("大分県", "Oita"), ("宮崎県", "Miyazaki"), ("鹿児島県", "Kagoshima"), ("沖縄県", "Okinawa"),
  ]
}
