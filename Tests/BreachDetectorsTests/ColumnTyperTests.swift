@testable import BreachDetectors
import BreachModel
import Testing

/// What columns are taken for, from headers, values and neighbours.
@Suite struct ColumnTyperTests {
  private static let phones = (0..<12).map { "090-1111-22\($0 + 10)" }

  @Test func japaneseExcelWithTitles() throws {
    var rows = [["会員一覧表"], ["作成日：2026/01/05", "", "", "", ""], []]
    rows += Support.table(
      ["氏名", "フリガナ", "生年月日", "郵便番号", "ご住所", "電話番号（必須）", "E-mail", "カード番号"],
      [
        Support.names, ["タカハシ ミサキ"], ["1980/01/02"], ["150-0002"], ["東京都渋谷区渋谷1-2-3"], Self.phones,
        Support.mails, ["4000001234567899"],
      ]
    )
    let plan = try Support.plan(rows)
    #expect(plan.firstData == 4)
    #expect(
      Support.types(plan) == [
        "person_name", "person_name_kana", "birth_date", "postal_code", "address", "phone_number",
        "email_address", "card_number",
      ]
    )
  }

  /// The name of an order is its buyer's, and that of a product nobody's.
  @Test func whoseNameAKeyHolds() throws {
    let vocabulary = try Support.required().vocabulary
    #expect(vocabulary.meaning(ofPath: "records.orders.name")?.type == .personName)
    #expect(vocabulary.meaning(ofPath: "records.orders.name")?.isNegative == false)
    #expect(vocabulary.meaning(ofPath: "records.products.name")?.isNegative == true)
  }

  /// The maker of a shop's goods is no partner; that of an address list is.
  @Test func vendorsOfThingsAreNoPartners() throws {
    let goods = ["Vendor", "SKU", "Price"]
    let sold = try Support.plan(
      Support.table(goods, [["Example Mills"], ["A-1", "B-2"], ["12.50"]])
    )
    #expect(sold.personClass == "")
    let list = ["Vendor", "担当者名", "メール"]
    let plan = try Support.plan(Support.table(list, [["株式会社例示"], Support.names, Support.mails]))
    #expect(plan.personClass == "partner")
  }

  /// A short header in ASCII has the key that it has on the long way; what is longer has none.
  @Test(arguments: [
    "E-Mail Address", "first_name", "Tel.", "Phone (mobile)", "  DOB  ", "_id", "(x)", "",
    "A1-b2/C3", String(repeating: "n", count: 64),
  ])
  func shortKeysAreTheLongOnes(_ header: String) throws {
    let bytes = Array(header.utf8)
    let made = ShortKey(bytes.span, 0..<bytes.count)
    let short = try #require(made)
    let long = VocabularyKey(bytes)
    let (key, bracket) = (long.bytes, long.bracket)
    #expect((0..<short.count).map { short.bytes[$0] } == key)
    #expect(short.bracket == bracket)
    for other in [String(repeating: "n", count: 65), "氏名", "naïve"] {
      let bytes = Array(other.utf8)
      let isNone = ShortKey(bytes.span, 0..<bytes.count) == nil
      #expect(isNone)
    }
  }

  /// A header of kanji and kana alone is read in one pass, any other in many: both say the same.
  @Test(arguments: [
    "メールアドレス", "メール・アドレス", "メール アドレス", "メールアドレス※", "必須メールアドレス", "メールアドレス任意", "ﾒｰﾙｱﾄﾞﾚｽ",
    "（メールアドレス）", "任意メールアドレス必須必須",
  ])
  func oneHeaderInManyForms(_ header: String) throws {
    let vocabulary = try Support.required().vocabulary
    #expect(vocabulary.meaning(of: header.utf8)?.type == .emailAddress)
    #expect(vocabulary.meaning(of: (header + "禁止").utf8)?.type == nil)
  }

  @Test func noHeader() throws {
    let rows = Array(
      Support.table(
        [""],
        [
          Support.names, ["タカハシ ミサキ", "ワタナベ ケンタ", "ササキ ケンイチ", "キムラ ユイ"], ["150-0002", "530-0001"],
          ["東京都渋谷区渋谷1-2-3", "大阪府大阪市北区梅田3-1-3"], Self.phones, Support.mails,
          ["1952/01/02", "1999-12-31", "昭和40年5月5日", "2001/1/1", "1975/03/04"],
        ]
      ).dropFirst()
    )
    let plan = try Support.plan(rows)
    #expect(plan.firstData == 0)
    #expect(
      Support.types(plan) == [
        "person_name", "person_name_kana", "postal_code", "address", "phone_number",
        "email_address", "birth_date",
      ]
    )
  }

  /// Names that no dictionary knows are names in a table of persons, or beside their official numbers.
  @Test(arguments: [
    ("payroll", ["name", "salary"], ["person_name", "-"]),
    ("suppliers", ["name", "salary"], ["-", "-"]),
    ("t1", ["name", "salary"], ["-", "-"]),
    ("t1", ["name", "ssn"], ["person_name", "national_id"]),
  ])
  func namesOfPersons(table: String, columns: [String], types: [String]) throws {
    let rows = [
      ["Oluwaseyi Adegbola", "219-09-1234"], ["Xiadani Quetzalli", "301-44-8765"],
      ["Brambert Hendrickx", "457-55-5462"], ["Maevelyn Gallaghan", "518-20-7731"],
      ["Tadeuszko Nowickov", "602-11-9080"],
    ]
    #expect(Support.types(try Support.plan(columns: columns, rows: rows, name: table)) == types)
  }

  /// PAN is a card's number, and India's taxpayers'.
  @Test func oneWordForTwoNumbers() throws {
    let names = ["高橋 美咲", "渡辺 健太", "佐々木 健一", "木村 結衣", "山本 陽子"]
    let taxpayers = ["KSNPR5544N", "DBJPX6468S", "ZLYPD9293C", "KTKPX5139X", "LJWPR0137K"]
    let cards = [
      "4000001234567899", "4000002345678907", "5100001234567893", "4000003456789014",
      "4000004567890121",
    ]
    let plan = try Support.plan(
      columns: ["氏名", "PAN"],
      rows: zip(names, taxpayers).map { [$0, $1] }
    )
    #expect(Support.types(plan) == ["person_name", "national_id"])
    let other = try Support.plan(
      columns: ["氏名", "PAN"],
      rows: zip(names, cards).map { [$0, $1] }
    )
    #expect(Support.types(other)[1] != "national_id")
  }

  @Test func meaninglessHeaders() throws {
    let plan = try Support.plan(
      Support.table(
        ["col1", "備考1", "項目3", "field_4"],
        [Support.names, Self.phones, Support.mails, ["150-0002", "530-0001"]]
      )
    )
    #expect(plan.firstData == 1)
    #expect(
      Support.types(plan) == ["person_name", "phone_number", "email_address", "postal_code"]
    )
  }

  @Test func headerThatIsWrong() throws {
    let plan = try Support.plan(Support.table(["氏名", "電話番号"], [Support.names, Support.mails]))
    #expect(Support.types(plan) == ["person_name", "email_address"])
  }

  @Test func namesInTwoColumns() throws {
    let header = ["姓", "名", "セイ", "メイ"]
    let plan = try Support.plan(Support.table(header, [["高橋"], ["美咲"], ["タカハシ"], ["ミサキ"]]))
    #expect(
      Support.types(plan) == [
        "person_name/family", "person_name/given", "person_name_kana/family",
        "person_name_kana/given",
      ]
    )
  }

  @Test func addressInSeveralColumns() throws {
    let plan = try Support.plan(
      Support.table(
        ["氏名", "都道府県", "市区町村", "番地", "建物名"],
        [Support.names, ["東京都"], ["渋谷区"], ["神宮前1-2-3"], ["コーポ桜201", ""]]
      )
    )
    #expect(
      Support.types(plan) == ["person_name"] + Array(repeating: "address/addressPart", count: 4)
    )
    let numbered = try Support.plan(
      Support.table(["氏名", "住所1", "住所2"], [Support.names, ["東京都渋谷区"], ["神宮前1-2-3"]])
    )
    #expect(
      Support.types(numbered) == ["person_name", "address/addressPart", "address/addressPart"]
    )
  }

  /// Without a header the cells of a row tell together what they are.
  @Test(arguments: [
    (
      [
        "1208 Elm Street|77 Lakeview Dr|9 Oak Ave|310 Birch Lane", "Springfield|Boise|Dayton",
        "IL|ID|OH",
        "62704|83702|45402",
      ], ["address/addressPart", "address/addressPart", "address/addressPart", "postal_code"]
    ),
    (
      ["Kirchgasse 9|Lindenweg 14|Hauptstr. 3", "97070|34117|26121", "Würzburg|Kassel|Oldenburg"],
      ["address/addressPart", "postal_code", "address/addressPart"]
    ),
    (
      [
        "4711|4712|4713|4714", "Kröger|Brandt|Seidel|Vogel", "Jürgen|Heike|Anke|Cem",
        "Ahornweg 3|Am Markt 5", "30159|31134|30169", "Hannover|Hildesheim",
      ], ["-", "-", "-", "address/addressPart", "postal_code", "address/addressPart"]
    ),
    (
      ["東京都|大阪府", "渋谷区|大阪市北区", "神宮前1-2-3|梅田3-1-3"],
      Array(repeating: "address/addressPart", count: 3)
    ),
    (["東京都|大阪府", "渋谷区神宮前1-2-3|大阪市北区梅田3-1-3"], Array(repeating: "address/addressPart", count: 2)),
    // Neither genders nor dates nor versions are parts of one.
    (["Male|Female", "62704|83702", "1208 Elm Street|77 Lakeview Dr"], ["-", "-", "-"]),
    (["Elm Street|Oak Ave", "2019-03-04|2020-05-06", "3.21.69|4.0.12"], ["-", "-", "-"]),
  ])
  func addressPartsWithoutAHeader(columns: [String], types: [String]) throws {
    let values = columns.map { $0.split(separator: "|").map(String.init) }
    let rows = (0..<8).map { row in values.map { $0[row % $0.count] } + ["A-\(row * 37)"] }
    #expect(Support.types(try Support.plan(rows)) == types + ["-"])
  }

  @Test func dateInThreeColumns() throws {
    let plan = try Support.plan(
      Support.table(
        ["氏名", "生年月日（年）", "生年月日（月）", "生年月日（日）"],
        [Support.names, ["1980"], ["1"], ["2"]]
      )
    )
    #expect(
      Support.types(plan) == [
        "person_name", "birth_date/year", "birth_date/month", "birth_date/day",
      ]
    )
  }

  @Test func mostlyEmptyColumn() throws {
    var rows = [["会員番号", "メール", "備考"]]
    for row in 0..<200 {
      rows.append(["\(1000 + row)", row % 20 == 0 ? "u\(row)@mail.jp" : "", ""])
    }
    #expect(Support.types(try Support.plan(rows)) == ["member_id", "email_address", "-"])
  }

  @Test func negativeColumns() throws {
    let plan = try Support.plan(
      Support.table(
        ["注文番号", "登録日", "商品コード", "氏名"],
        [
          ["123456789018", "621498320257"], ["1980/01/02", "1955/03/04"], ["150-0002"],
          Support.names,
        ]
      )
    )
    #expect(Support.types(plan) == ["-", "-", "-", "person_name"])
    #expect(plan.columns[0].isNegative)
    #expect(plan.columns[1].isNegative)
  }

  @Test func englishHeaders() throws {
    let header = [
      "customerId", "first_name", "LastName", "dateOfBirth", "Zip Code", "shipping_address",
      "Phone Number", "emailAddress",
    ]
    let plan = try Support.plan(
      Support.table(
        header,
        [
          ["1", "2", "3"], ["Taro"], ["Yamada"], ["1980-01-02"], ["150-0002"],
          ["1-2-3 Jingumae, Shibuya"], Self.phones, Support.mails,
        ]
      )
    )
    #expect(
      Support.types(plan) == [
        "member_id", "person_name/given", "person_name/family", "birth_date", "postal_code",
        "address", "phone_number", "email_address",
      ]
    )
  }

  @Test func keyPaths() throws {
    let plan = try Support.plan(
      columns: [
        "user.name", "user.email", "card.no", "products[].name", "company.name", "meta.ts",
      ],
      rows: (0..<12).map {
        [
          Support.names[$0], Support.mails[$0], "4000001234567899", "Blue Shirt", "みどり産業",
          "1700000000",
        ]
      },
      isPaths: true
    )
    #expect(
      Support.types(plan) == [
        "person_name", "email_address", "card_number", "-", "company_name", "-",
      ]
    )
  }

  /// `name` of things, beside no person's column: nobody.
  @Test(arguments: [
    ["Blue Shirt", "Red Hat", "Green Shoes"], ["りんご", "みかん", "ノートパソコン"], ["config.yaml", "README"],
    ["東京本社", "大阪支社", "名古屋営業所"], ["Tokyo Station", "Osaka Castle", "Nara Park"],
  ])
  func namesOfThings(values: [String]) throws {
    let plan = try Support.plan(
      columns: ["id", "name", "price"],
      rows: (0..<12).map { ["\($0)", values[$0 % values.count], "100"] }
    )
    #expect(Support.types(plan) == ["-", "-", "-"])
  }

  @Test func latinNamesBesideEmails() throws {
    let names = ["Taro Yamada", "Hanako Suzuki", "John Smith", "Anna Meier"]
    let plan = try Support.plan(
      columns: ["id", "name", "email"],
      rows: (0..<12).map { ["\($0)", names[$0 % 4], Support.mails[$0]] }
    )
    #expect(Support.types(plan) == ["-", "person_name", "email_address"])
  }

  @Test func fewRepeatedWordsAreNoNames() throws {
    let rows = (0..<60).map { ["\($0)", ["大和 中央", "日立 太郎"][$0 % 2]] }
    #expect(Support.types(try Support.plan(columns: ["x", "y"], rows: rows)) == ["-", "-"])
  }

  @Test func sqlColumns() throws {
    let columns = [
      "id", "sei", "mei", "kana", "birthday", "zip", "addr", "tel", "mail", "pw", "card",
      "created_at",
    ]
    let plan = try Support.plan(
      columns: columns,
      rows: (0..<12).map { row in
        [
          "\(row + 1)", "高橋", "美咲", "タカハシ ミサキ", "1980-01-02", "150-0002", "東京都渋谷区渋谷1-2-3",
          Self.phones[row], Support.mails[row], "$2y$10$abcdefghijklmnopqrstuu",
          row % 4 == 0 ? "4000001234567899" : "",
          "2020-01-02 10:11:12",
        ]
      }
    )
    #expect(
      Support.types(plan) == [
        "-", "person_name/family", "person_name/given", "person_name_kana", "birth_date",
        "postal_code", "address", "phone_number", "email_address", "password_hash", "card_number",
        "-",
      ]
    )
  }

  @Test func lateColumns() throws {
    var typer = ColumnTyper(try Support.required())
    #expect(typer.plan(lateColumn: "user.email").type == .emailAddress)
    #expect(typer.plan(lateColumn: "order_no").isNegative)
    #expect(typer.plan(lateColumn: "xyz").type == nil)
    #expect(typer.plan(lateColumn: "items[].name").type == nil)
    _ = typer.plan(delimited: [])
  }

  @Test func classesOfPersons() throws {
    #expect(
      try Support.plan(Support.table(["社員番号", "氏名"], [["1"], Support.names])).personClass
        == "employee"
    )
    #expect(
      try Support.plan(Support.table(["会員番号", "氏名"], [["1"], Support.names])).personClass
        == "customer"
    )
    #expect(
      try Support.plan(Support.table(["患者ID", "患者氏名"], [["1"], Support.names])).personClass
        == "patient"
    )
  }
}

/// Headers after normalisation; the classes of sensitive columns.
@Suite struct VocabularyTests {
  private func meaning(_ header: String) throws -> Meaning? {
    try Support.required().vocabulary.meaning(of: header.utf8)
  }

  @Test(arguments: [
    ("氏名", DataType.personName), ("ご氏名", .personName), ("氏　名", .personName), ("【氏名】", .personName),
    ("氏名（必須）", .personName), ("＊氏名", .personName), ("※氏名", .personName), ("お客様氏名", .personName),
    ("ﾌﾘｶﾞﾅ", .personNameKana), ("電話番号1", .phoneNumber), ("ＴＥＬ", .phoneNumber),
    ("Tel.", .phoneNumber),
    ("E-Mail", .emailAddress), ("e_mail", .emailAddress), ("Email Address", .emailAddress),
    ("EmailAddress", .emailAddress), ("会員メールアドレス", .emailAddress), ("配送先住所", .address),
    ("届け先の住所", .address), ("phoneNumber", .phoneNumber), ("dob", .birthDate),
    ("Birth Date", .birthDate),
    ("クレジットカード番号", .cardNumber), ("マイナンバー", .myNumber), ("個人番号(12桁)", .myNumber),
    ("病歴", .sensitiveMedicalHistory), ("診断名", .sensitiveMedicalHistory), ("宗教", .sensitiveCreed),
    ("前科", .sensitiveCrimeRecord), ("健診結果", .sensitiveHealthCheck), ("処方", .sensitiveMedicalCare),
    ("障害等級", .sensitiveDisability), ("逮捕", .sensitiveCriminalProcedure),
    ("保護処分", .sensitiveJuvenile),
    ("犯罪被害", .sensitiveCrimeVictim), ("同和", .sensitiveSocialStatus), ("人種", .sensitiveRace),
    ("血液型", .sensitiveOther), ("アレルギー", .sensitiveOther), ("妊娠", .sensitiveOther),
    ("持病", .sensitiveOther), ("賞罰", .sensitiveOther), ("国籍", .sensitiveOrigin),
    ("本籍", .sensitiveOrigin),
    ("性的指向", .sensitiveSexualLife), ("労働組合", .sensitiveUnion),
  ])
  func headers(header: String, type: DataType) throws {
    #expect(try meaning(header)?.type == type)
  }

  /// What is a part of an address by its number is one, whosever it is; a whole one is numbered, too.
  @Test(arguments: [
    ("address1", ColumnRole.addressPart, FieldGroup.main), ("member_address1", .addressPart, .main),
    ("customer_address1", .addressPart, .main), ("会員住所2", .addressPart, .main),
    ("shipping_address2", .addressPart, .delivery), ("shipping_address", .whole, .delivery),
    ("customer_address", .whole, .main), ("住所9", .whole, .main),
  ])
  func numberedAddresses(header: String, role: ColumnRole, group: FieldGroup) throws {
    let meaning = try meaning(header)
    #expect(meaning?.type == .address)
    #expect(meaning?.role == role)
    #expect(meaning?.group == group)
  }

  /// A number of any kind: what it is, it says itself.
  @Test(arguments: ["番号", "No.", "No"])
  func neutral(header: String) throws {
    #expect(try meaning(header)?.isNegative == false)
    #expect(try meaning(header)?.type == nil)
  }

  @Test(arguments: [
    "注文番号", "ID", "商品名", "登録日", "更新日時", "created_at", "order_no", "追跡番号", "JANコード", "uuid",
    "会員登録日",
  ])
  func negative(header: String) throws {
    #expect(try meaning(header)?.isNegative == true)
    #expect(try meaning(header)?.type == nil)
  }

  @Test(arguments: ["name", "会員", "担当者", "pass", "state", "card"])
  func ambiguous(header: String) throws {
    #expect(try meaning(header)?.isAmbiguous == true)
  }

  @Test(arguments: ["title", "status", "システム障害", "障害番号", "障害対応", "検査番号", "xyz", "1234", ""])
  func nothing(header: String) throws {
    #expect(try meaning(header)?.type == nil)
  }

  @Test func groups() throws {
    #expect(try meaning("配送先氏名")?.group == .delivery || meaning("配送先電話番号")?.group == .delivery)
    #expect(try meaning("請求先住所")?.group == .billing)
    #expect(try meaning("保護者電話番号")?.group == .family)
    #expect(try meaning("緊急連絡先電話番号")?.group == .emergency)
    #expect(try meaning("勤務先電話番号")?.group == .employer)
    #expect(try meaning("会員氏名")?.group == .main)
  }

  @Test func paths() throws {
    let vocabulary = try Support.required().vocabulary
    #expect(vocabulary.meaning(ofPath: "user.address.zip")?.type == .postalCode)
    #expect(vocabulary.mayCount("user.findings.member_id"))
    #expect(vocabulary.mayCount("counts.sensitive.medical_history"))
    #expect(!vocabulary.mayCount("findings[].member_id"))
    #expect(!vocabulary.mayCount("findings"))
    #expect(vocabulary.meaning(ofPath: "customer.name")?.type == .personName)
    #expect(vocabulary.meaning(ofPath: "customer.name")?.isAmbiguous == false)
    #expect(vocabulary.meaning(ofPath: "card.no")?.type == .cardNumber)
    #expect(vocabulary.meaning(ofPath: "products[].name")?.isNegative == true)
    #expect(vocabulary.meaning(ofPath: "user.created_at")?.isNegative == true)
    // How the value is written says nothing; what is in a list is one of them.
    #expect(vocabulary.meaning(ofPath: "profile.birthday.$date")?.type == .birthDate)
    #expect(vocabulary.meaning(ofPath: "$date") == nil)
    #expect(vocabulary.meaning(ofPath: "addresses[].line1")?.type == .address)
    #expect(vocabulary.meaning(ofPath: "lines[].line1")?.type == nil)
  }
}
