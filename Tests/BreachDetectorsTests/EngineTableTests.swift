import BreachDetectors
import BreachModel
import Testing

/// Records: typed cells, what falls back to the text search, and who is in a row.
@Suite struct EngineTableTests {
  private static let names = [
    "高橋 美咲", "渡邊 健太", "佐々木 健一", "木村 結衣", "斎藤 陽子", "中村 大輔", "伊藤 直樹", "小林 恵",
  ]

  /// The first row that is given, in a table of eight.
  private func scan(_ header: [String], _ first: [String], _ others: [[String]] = []) throws
    -> Support.Scan
  {
    var rows = [header, first]
    for row in 0..<7 {
      rows.append(others.isEmpty ? first : others[row % others.count])
    }
    return try Support.scan(rows)
  }

  @Test func typedCells() throws {
    let scan = try scan(
      ["氏名", "生年月日", "電話番号", "メール"],
      ["高橋 美咲", "S55.1.2", "０９０－１１１１－２２００", "Misaki@Mail.jp"]
    )
    #expect(
      scan.lines.prefix(4) == [
        "person_name:高橋 美咲:certain", "birth_date:S55.1.2:certain",
        "phone_number:０９０－１１１１－２２００:certain", "email_address:Misaki@Mail.jp:certain",
      ]
    )
    #expect(scan.identities.count == 8)
    let (shape, _) = scan.identity(0)
    #expect(
      shape.kinds == [
        AttributeKind(.personName), .familyName, .givenName, AttributeKind(.birthDate),
        .mobilePhone,
        AttributeKind(.emailAddress),
      ]
    )
    #expect(shape.types == TypeSet([.personName, .birthDate, .phoneNumber, .emailAddress]))
    #expect(shape.certain == shape.types)
    #expect(shape.flags == [])
  }

  @Test func cellsThatFailAreSearched() throws {
    let good = ["高橋 美咲", "090-1111-2200"]
    let scan = try scan(
      ["氏名", "電話番号"],
      ["木村 結衣", "自宅 03-1234-5600 携帯 090-1111-2233 mail: yui@mail.jp"],
      [good]
    )
    #expect(
      scan.lines.prefix(4) == [
        "person_name:木村 結衣:certain", "phone_number:03-1234-5600:certain",
        "phone_number:090-1111-2233:certain", "email_address:yui@mail.jp:certain",
      ]
    )
  }

  @Test func emptyWordsAreNothing() throws {
    let scan = try scan(
      ["氏名", "電話番号", "病歴", "勤務先"],
      ["未登録", "なし", "特になし", "無"],
      [["高橋 美咲", "090-1111-2200", "糖尿病", "みどり産業"]]
    )
    #expect(!scan.findings.contains { $0.record == 1 })
  }

  @Test func negativeColumnsHoldNoNumbers() throws {
    let scan = try scan(
      ["注文番号", "登録日", "備考", "氏名"],
      ["123456789018", "1980/01/02", "tel 03-1234-5600", "高橋 美咲"],
      [["621498320257", "1955/03/04", "", "木村 結衣"]]
    )
    #expect(
      scan.lines.prefix(2) == ["person_name:高橋 美咲:certain", "phone_number:03-1234-5600:certain"]
    )
  }

  @Test func namesInParts() throws {
    let split = try scan(["姓", "名", "セイ", "メイ"], ["髙橋", "美咲", "タカハシ", "ミサキ"])
    let whole = try scan(["氏名", "フリガナ"], ["高橋　美咲", "ﾀｶﾊｼ ﾐｻｷ"])
    #expect(split.findings.count == 16)
    // One name, whatever the columns and characters.
    #expect(split.findings[0].digest.0 == whole.findings[0].digest.0)
    #expect(split.findings[1].digest.0 == whole.findings[1].digest.0)
  }

  @Test func addressInParts() throws {
    let parts = try scan(["氏名", "都道府県", "市区町村", "番地"], ["高橋 美咲", "東京都", "渋谷区", "神宮前１丁目２番３号"])
    let whole = try scan(["氏名", "住所"], ["高橋 美咲", "東京都渋谷区神宮前1-2-3"])
    #expect(parts.findings.count == 16)
    #expect(parts.findings[1].digest.0 == whole.findings[1].digest.0)
    #expect(parts.identity(0).residence == 13)
    #expect(whole.identity(0).residence == 13)
  }

  @Test func dateInParts() throws {
    let parts = try scan(["氏名", "生年", "誕生月", "生年月日（日）"], ["高橋 美咲", "1980", "1", "2"])
    let whole = try scan(["氏名", "生年月日"], ["高橋 美咲", "昭和55年1月2日"])
    #expect(parts.findings.first { $0.type == .birthDate }?.digest.0 == whole.findings[1].digest.0)
  }

  @Test func residenceIsThatOfTheAddress() throws {
    let both = try scan(["氏名", "郵便番号", "住所"], ["高橋 美咲", "530-0001", "東京都渋谷区神宮前1-2-3"])
    #expect(both.identity(0).residence == 13)
    let code = try scan(["氏名", "郵便番号"], ["高橋 美咲", "530-0001"])
    #expect(code.identity(0).residence == 27)
  }

  @Test func companiesAndTheirContacts() throws {
    let rows = try scan(
      ["会社名", "担当者名", "電話番号"],
      ["株式会社みどり", "高橋 美咲", "03-1234-5600"],
      [["有限会社青空", "", "03-1234-5601"], ["株式会社白山", "木村 結衣", "03-1234-5602"]]
    )
    #expect(!rows.identity(0).shape.flags.contains(.organisation))
    #expect(rows.identity(0).shape.types.contains(.personName))
    #expect(rows.identity(1).shape.flags.contains(.organisation))
  }

  @Test func companyInANameColumn() throws {
    let rows = try scan(["氏名", "電話番号"], ["株式会社みどり", "03-1234-5600"], [["高橋 美咲", "03-1234-5601"]])
    #expect(rows.lines[0] == "company_name:株式会社みどり:certain")
    #expect(rows.identity(0).shape.flags == .organisation)
    #expect(rows.identity(1).shape.flags == [])
  }

  @Test func furtherPersonsInARow() throws {
    let header = ["氏名", "電話番号", "保護者氏名", "保護者電話番号"]
    let rows = try scan(header, ["高橋 さくら", "090-1111-2200", "高橋 健一", "090-1111-2201"])
    #expect(rows.identities.count == 16)
    #expect(rows.identity(0).shape.flags == [])
    #expect(rows.identity(1).shape.flags == .extra)
    #expect(rows.identity(1).shape.kinds.contains(.mobilePhone))
    // Delivered to oneself: nobody else.
    let same = try scan(["氏名", "配送先氏名", "配送先住所"], ["高橋 美咲", "高橋 美咲", "東京都渋谷区神宮前1-2-3"])
    #expect(same.identities.count == 8)
    // A guardian alone is the person of the row.
    let alone = try scan(["学年", "保護者氏名", "保護者電話番号"], ["3", "高橋 健一", "090-1111-2201"])
    #expect(alone.identities.count == 8)
    #expect(alone.identity(0).shape.flags == [])
    // Of a guardian and a child, the number that is nobody's by its header is the first one's.
    let two = try scan(
      ["保護者氏名", "電話番号", "お子様氏名", "お子様生年月日"],
      ["高橋 健一", "090-1111-2201", "高橋 さくら", "2015-04-02"]
    )
    #expect(two.identities.count == 16)
    #expect(two.identity(0).shape.flags == [])
    #expect(two.identity(0).shape.kinds.contains(.mobilePhone))
    #expect(two.identity(1).shape.flags == .extra)
  }

  @Test func samples() throws {
    let header = ["氏名", "メール", "電話番号"]
    let others = [["高橋 美咲", "misaki@mail.jp", "090-1111-2200"]]
    func flags(_ row: [String]) throws -> IdentityFlags {
      try scan(header, row, others).identity(0).shape.flags
    }
    // A reserved domain alone, a sample name alone: a person.
    #expect(try flags(["木村 結衣", "yui@example.com", "090-1111-2233"]) == [])
    #expect(try flags(["山田太郎", "taro@mail.jp", "090-1111-2233"]) == [])
    // Two traits: sample data.
    #expect(try flags(["山田太郎", "taro@example.com", "090-1111-2233"]) == .sample)
    #expect(try flags(["木村 結衣", "yui@example.com", "090-0000-0000"]) == .sample)
    // Two mailboxes at reserved domains are one trait.
    let two = try scan(
      ["氏名", "メール", "予備メール"],
      ["木村 結衣", "yui@example.com", "kimura@example.com"],
      [["高橋 美咲", "misaki@mail.jp", "misaki@home.jp"]]
    )
    #expect(two.identity(0).shape.flags == [])
    // A listed value flags its finding.
    let one = try scan(header, ["木村 結衣", "yui@mail.jp", "090-0000-0000"], others)
    #expect(one.identity(0).shape.flags == [])
    #expect(one.findings[2].isSample)
    #expect(!one.findings[0].isSample)
    // Nothing but a published test card.
    let card = try scan(["カード番号", "有効期限"], ["4111111111111111", "12/29"])
    #expect(card.identity(0).shape.flags == .sample)
  }

  @Test func memberNumbersBelongToTheirTable() throws {
    let first = try scan(["会員番号", "氏名"], ["1001", "高橋 美咲"])
    #expect(first.lines[0] == "member_id:1001:certain")
    #expect(first.identity(0).shape.kinds.first == AttributeKind(.memberID))
  }

  @Test func namesInRemarksAreOthers() throws {
    let rows = try scan(
      ["氏名", "備考"],
      ["高橋 美咲", "担当の佐々木健一様より"],
      [["木村 結衣", ""], ["伊藤 直樹", "特になし"]]
    )
    #expect(rows.lines[1] == "person_name:佐々木健一:likely")
    #expect(rows.identity(0).shape.kinds.contains(.mention(.personName)))
    #expect(rows.identity(0).shape.kinds.filter { $0 == AttributeKind(.personName) }.count == 1)
  }

  @Test func titleRowsAreSearched() throws {
    var rows = [["会員一覧 問合せ先 03-1234-5600"], ["氏名", "電話番号"]]
    for name in Self.names { rows.append([name, "090-1111-2200"]) }
    let scan = try Support.scan(rows)
    #expect(scan.plan.firstData == 2)
    #expect(scan.lines[0] == "phone_number:03-1234-5600:certain")
    #expect(scan.findings[1].record == 1)
  }

  @Test func linesOfText() throws {
    let engine = try Support.engine()
    let text =
      "氏名：高橋 美咲 TEL 090-1111-2200\n氏名：木村 結衣 mail yui@mail.jp\n\n03-1234-5600 03-1234-5601\n氏名：高橋 美咲 TEL 090-1111-2200\n"
    engine.scan(Support.textBatch(text), tables: [], isFirstUnit: true)
    engine.finishLeaf(tables: [])
    let chunk = engine.takeIdentities()
    // Two persons, two numbers of nobody, the first line again.
    #expect(chunk.count == 5)
    #expect(chunk.shapes[0].flags == .freeText)
    #expect(chunk.shapes[0].types == TypeSet([.personName, .phoneNumber]))
    #expect(engine.takeFindings().map(\.line) == [1, 1, 2, 2, 4, 4, 5, 5])
    // Equal lines have equal hashes.
    let scan = Support.Scan(
      findings: [],
      identities: chunk,
      plan: TablePlan(name: "", columns: [], firstData: 0, personClass: "")
    )
    #expect(scan.row(0) == scan.row(4))
    #expect(scan.row(0) != scan.row(1))
  }
}

extension Support.Scan {
  /// The row hash of one identity.
  func row(_ number: Int) -> UInt64 {
    var at = 0
    for _ in 0..<number {
      at += 2 + identities.shapes[Int(identities.words[at] & 0xFFFF_FFFF)].kinds.count
    }
    return identities.words[at + 1]
  }
}
