import BreachDetectors
import BreachModel
import Testing

/// Who is in a row, and what names in Latin letters say of a person.
@Suite struct RowPersonTests {
  private static let names = [
    "高橋 美咲", "渡邊 健太", "佐々木 健一", "木村 結衣", "斎藤 陽子", "中村 大輔", "伊藤 直樹", "小林 恵",
  ]

  /// The first row that is given, in a table of eight.
  private func scan(_ header: [String], _ first: [String], _ others: [[String]]) throws
    -> Support.Scan
  {
    try Support.scan(
      [header, first] + (0..<7).map { others.isEmpty ? first : others[$0 % others.count] }
    )
  }

  // MARK: several persons in a row

  /// Flags and kinds of each identity of the first row.
  private func persons(_ header: [String], _ row: [String], _ others: [[String]]) throws
    -> [(isExtra: Bool, kinds: [AttributeKind])]
  {
    let chunk = try scan(header, row, others).identities
    var found: [(isExtra: Bool, kinds: [AttributeKind])] = []
    var at = 0
    let first = chunk.words[1]
    while at < chunk.words.count, chunk.words[at + 1] == first {
      let shape = chunk.shapes[Int(chunk.words[at] & 0xFFFF_FFFF)]
      found.append((shape.flags.contains(.extra), shape.kinds))
      at += 2 + shape.kinds.count
    }
    return found
  }

  private static let name = [AttributeKind(.personName), .familyName, .givenName]

  @Test func eachFurtherNameOfAGroupIsAnotherPerson() throws {
    let found = try persons(
      ["氏名", "配偶者氏名", "配偶者生年月日", "扶養者1氏名", "扶養者1生年月日"],
      ["高橋 美咲", "高橋 健太", "1980/1/2", "高橋 結衣", "2010/3/4"],
      [["木村 結衣", "木村 大輔", "1981/1/2", "木村 恵", "2011/3/4"]]
    )
    let member = Self.name + [AttributeKind(.birthDate)]
    #expect(found.map(\.isExtra) == [false, true, true])
    #expect(found.map(\.kinds) == [Self.name, member, member])
  }

  @Test func columnsOfAGroupGoToTheNameWhoseHeaderIsLikest() throws {
    let found = try persons(
      ["氏名", "配偶者氏名", "扶養者1氏名", "配偶者生年月日"],
      ["高橋 美咲", "高橋 健太", "高橋 結衣", "1980/1/2"],
      [["木村 結衣", "木村 大輔", "木村 恵", "1981/1/2"]]
    )
    #expect(found.map(\.kinds) == [Self.name, Self.name + [AttributeKind(.birthDate)], Self.name])
  }

  @Test func whoIsBilledIsTheRowsOwnPerson() throws {
    let header = ["注文番号", "請求先氏名", "請求先電話番号", "配送先氏名", "配送先電話番号"]
    let others = [["A2", "木村 結衣", "090-1111-2244", "中村 大輔", "090-1111-2255"]]
    let orderer = ["A1", "高橋 美咲", "090-1111-2200"]
    let gift = try persons(header, orderer + ["佐々木 健一", "090-1111-2233"], others)
    #expect(gift.map(\.isExtra) == [false, true])
    #expect(gift.map(\.kinds) == [Self.name + [.mobilePhone], Self.name + [.mobilePhone]])
    let own = try persons(header, orderer + ["高橋 美咲", "090-1111-2200"], others)
    #expect(own.map(\.isExtra) == [false])
  }

  @Test func ofTwoWhoSpeakForACompanyTheLastIsTheOneToWriteTo() throws {
    let found = try persons(
      ["会社名", "代表者名", "担当者名", "メールアドレス"],
      ["株式会社青葉", "高橋 美咲", "佐々木 健一", "k.sasaki@mail.jp"],
      [["株式会社若葉", "木村 結衣", "中村 大輔", "d.nakamura@mail.jp"]]
    )
    #expect(found.map(\.isExtra) == [false, true])
    #expect(found[0].kinds.contains(AttributeKind(.emailAddress)))
    #expect(found[1].kinds == Self.name)
  }

  @Test func spouseAndEmergencyContactOfOneNameAreOne() throws {
    let found = try persons(
      ["氏名", "配偶者氏名", "配偶者生年月日", "緊急連絡先氏名", "緊急連絡先電話番号"],
      ["高橋 美咲", "高橋 健太", "1980/1/2", "高橋 健太", "090-1111-2200"],
      [["木村 結衣", "木村 大輔", "1981/1/2", "中村 恵", "090-1111-2233"]]
    )
    #expect(found.map(\.isExtra) == [false, true])
  }

  // MARK: names in Latin letters

  /// The digests of one kind in the first identity.
  private func digests(_ kind: AttributeKind, _ header: [String], _ row: [String]) throws
    -> [UInt64]
  {
    let chunk = try scan(header, row, []).identities
    let shape = chunk.shapes[Int(chunk.words[0] & 0xFFFF_FFFF)]
    return shape.kinds.indices.filter { shape.kinds[$0] == kind }.map { chunk.words[2 + $0] }
  }

  @Test(arguments: [
    ("YAMADA HANAKO", "ヤマダ ハナコ"), ("Hanako Yamada", "ヤマダ ハナコ"),
    ("Yamada, Hanako", "ヤマダ ハナコ"), ("Sato Yuki", "サトウ ユウキ"), ("SATOU YUUKI", "サトウ ユウキ"),
    ("Satoh Yuki", "サトウ ユキ"), ("Siba Tiaki", "シバ チアキ"), ("Homma Junichi", "ホンマ ジュンイチ"),
    ("Hattori Ken'ichi", "ハットリ ケンイチ"), ("Ryosuke Ohno", "オオノ リョウスケ"),
  ])
  func aNameInLatinLettersIsReadAsKana(_ latin: String, _ kana: String) throws {
    let readings = try digests(.reading, ["氏名", "メール"], [latin, "a@mail.jp"])
    let kind = AttributeKind(.personNameKana)
    let wanted = try digests(kind, ["フリガナ", "メール"], [kana, "a@mail.jp"])
    #expect(wanted.count == 1 && readings.contains(wanted[0]), "\(latin)")
  }

  @Test func otherNamesHaveNoReadings() throws {
    #expect(try digests(.reading, ["name", "email"], ["Anna Müller", "a@mail.com"]).isEmpty)
    #expect(try digests(.reading, ["name", "email"], ["Tom Smith", "a@mail.com"]).isEmpty)
  }

  @Test func aLatinNameIsTheSameInPartsAndWithoutAccents() throws {
    let kind = AttributeKind(.personName)
    let whole = try digests(kind, ["name", "email"], ["Anna Müller", "a@mail.com"])
    let parts = try digests(
      kind,
      ["last_name", "first_name", "email"],
      ["MULLER", "Anna", "a@mail.com"]
    )
    #expect(whole.count == 1 && whole == parts)
  }

  // MARK: catalogues

  @Test func tablesOfAuthorsAreCatalogues() throws {
    let names = Self.names.map { [$0, "図解"] }
    func personClass(_ header: [String], _ more: [String] = []) throws -> String {
      try Support.plan([header] + names.map { $0 + more }).personClass
    }
    #expect(try personClass(["著者", "書名"]) == TablePlan.makers)
    #expect(try personClass(["氏名", "書名"]) == "")
    #expect(try personClass(["著者", "書名", "メール"], ["a@mail.jp"]) == "")
  }
}
