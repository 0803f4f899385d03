import BreachBytes
import Testing

/// The dictionaries, by examples of every kind and by what they must not know.
@Suite struct DictionaryTests {
  func flags(_ word: String) -> LexiconFlags { Lexicon.flags(Array(word.utf8).span) }

  static let knownWords: [(String, LexiconFlags)] = [
    ("佐藤", [.surnameA, .surnameB, .topSurname]), ("鈴木", [.surnameA, .topSurname]),
    ("高橋", .topSurname), ("渡邊", .surnameB), ("五十嵐", [.surname, .topSurname]),
    ("長谷川", .surname), ("翔太", .given), ("花子", .given), ("太郎", .given),
    ("陽葵", .givenB), ("ひなた", .givenB), ("陽翔", .givenB), ("蒼", .givenB), ("一颯", .givenB),
    ("タカハシ", .surnameKana), ("サトウ", .surnameKana), ("ショウタ", .givenKana),
    ("ヒナタ", .givenKana), ("ハナコ", .givenKana),
    ("横浜市", .municipality), ("横浜市西区", .municipality), ("西区", .municipality),
    ("虻田郡ニセコ町", .municipality), ("ニセコ町", .municipality), ("世田谷区", .municipality),
    ("浦和市", .municipality), ("浜松市中央区", .municipality), ("浜松市浜北区", .municipality),
    ("西新宿", .town), ("旭ケ丘", .town), ("森山町", .town),
    ("東京都", .prefecture), ("北海道", .prefecture), ("神奈川県", .prefecture),
    ("浦和", .place), ("横浜", .place), ("東京", .place), ("会津", .place), ("森", [.surname, .common]),
  ]

  @Test(arguments: knownWords) func knows(_ word: String, _ expected: LexiconFlags) {
    #expect(flags(word).isSuperset(of: expected), "\(word): \(flags(word).rawValue)")
  }

  @Test(arguments: [
    "", "abc", "株式会社", "個人情報", "存在しない語", "㈱", "電話番号", "さとうさん", "佐藤翔太", "12345678",
    "令和五年", "会員番号", "メールアドレス",
  ])
  func doesNotKnow(_ word: String) {
    #expect(flags(word).isEmpty, "\(word): \(flags(word).rawValue)")
  }

  @Test func namesAreNotConfused() {
    #expect(flags("佐藤").isDisjoint(with: .municipality))
    #expect(flags("横浜市").isDisjoint(with: [.surname, .given]))
    #expect(flags("タカハシ").isDisjoint(with: .town))
  }

  @Test func everyPrefecture() {
    let names =
      "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 "
      + "石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 "
      + "岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県"
    let all = names.split(separator: " ")
    #expect(all.count == 47)
    for name in all { #expect(flags(String(name)).contains(.prefecture)) }
  }

  @Test func foreignWordsHardlyEverHit() {
    var hits = 0
    for number in 0..<100_000 where !flags("word\(number)").isEmpty { hits += 1 }
    #expect(hits <= 5)
  }

  /// Code → prefecture; nil does not exist.
  static let postalTable: [(Int, Int?)] = [
    (0_600_000, 1), (0_640_941, 1), (0_300_801, 2), (0_200_021, 3), (9_800_811, 4), (0_100_951, 5),
    (9_900_041, 6), (9_608_041, 7), (3_100_011, 8), (3_200_027, 9), (3_710_026, 10),
    (3_300_063, 11), (2_600_013, 12), (1_000_001, 13), (1_600_023, 13), (2_200_011, 14),
    (9_500_088, 15), (9_300_085, 16), (9_208_577, 17), (9_100_005, 18), (4_000_031, 19),
    (3_800_838, 20), (5_000_000, 21), (4_200_853, 22), (4_600_001, 23), (5_140_004, 24),
    (5_200_044, 25), (6_020_847, 26), (5_300_001, 27), (6_500_001, 28), (6_308_213, 29),
    (6_408_137, 30), (6_800_011, 31), (6_900_887, 32), (7_000_824, 33), (9_000_021, 47),
    (0, nil), (1_234_567, nil), (9_999_999, nil), (1_000_999, nil), (-1, nil), (10_000_000, nil),
  ]

  @Test(arguments: postalTable) func postalCodes(_ code: Int, _ prefecture: Int?) {
    #expect(PostalCodes.prefecture(of: code) == prefecture)
  }

  @Test func postalCodesInAll() {
    var count = 0
    // Of the generator's codes and prefectures.
    var sum: UInt64 = 0
    for code in 0...9_999_999 {
      guard let prefecture = PostalCodes.prefecture(of: code) else { continue }
      count += 1
      sum = sum &* 31 &+ UInt64(code * 48 + prefecture)
    }
    #expect(count == 142_920)
    #expect(sum == 0x5352_DF31_B5B9_FBEF)
  }

  static let municipalityTable: [(String, Municipalities.Place?)] = [
    ("横浜市", .prefecture(14)), ("横浜市西区", .prefecture(14)), ("札幌市", .prefecture(1)),
    ("ニセコ町", .prefecture(1)), ("虻田郡", .prefecture(1)), ("虻田郡ニセコ町", .prefecture(1)),
    ("世田谷区", .prefecture(13)), ("府中市", .several), ("伊達市", .several), ("西区", .several),
    ("港区", .several), ("浦和市", .prefecture(11)), ("那覇市", .prefecture(47)),
    ("四日市市", .prefecture(24)), ("大和郡山市", .prefecture(29)), ("佐藤", nil), ("", nil),
    ("存在市", nil),
  ]

  @Test(arguments: municipalityTable)
  func municipalities(_ name: String, _ place: Municipalities.Place?) {
    let bytes = Array(name.utf8)
    let found = Municipalities.prefecture(of: bytes.span)
    #expect(found == place)
  }

  static let areaCodeTable: [(Int, Int?)] = [
    (31_234, 2), (61_234, 2), (45_234, 3), (11_234, 3), (42_234, 4), (46_712, 4), (12_671, 5),
    (49_921, 5), (83_766, 3), (83_722, 4), (99_212, 3), (12_012, nil), (90_123, nil),
    (50_123, nil), (57_012, nil), (-1, nil), (100_000, nil),
  ]

  @Test(arguments: areaCodeTable) func areaCodes(_ prefix: Int, _ length: Int?) {
    #expect(AreaCodes.length(ofPrefix: prefix) == length)
  }

  @Test(arguments: ["jp", "com", "net", "org", "aaa", "zw", "dev", "tokyo", "xn--p1ai"])
  func topLevelDomains(_ label: String) {
    #expect(TopLevelDomains.labels.contains(Array(label.utf8)))
  }

  @Test(arguments: ["", "j", "jpp", "example", "local", "invalid", "JP", "zzzz", "0"])
  func otherLabels(_ label: String) {
    #expect(!TopLevelDomains.labels.contains(Array(label.utf8)))
  }

  @Test(arguments: [
    ("髙", "高"), ("﨑", "崎"), ("邊", "辺"), ("邉", "辺"), ("齋", "斎"), ("齊", "斎"), ("斉", "斎"),
    ("濵", "浜"), ("濱", "浜"), ("嶋", "島"), ("嶌", "島"), ("櫻", "桜"), ("澤", "沢"), ("廣", "広"),
    ("國", "国"), ("龍", "竜"), ("眞", "真"), ("惠", "恵"), ("壽", "寿"), ("德", "徳"), ("瀨", "瀬"),
    ("𠮷", "吉"), ("\u{FA19}", "神"), ("\u{FA4C}", "社"), ("\u{FA1B}", "福"), ("\u{F914}", "楽"),
    ("高", "高"), ("山", "山"), ("A", "A"), ("あ", "あ"), ("辻", "辻"),
  ])
  func itaiji(_ variant: Unicode.Scalar, _ standard: Unicode.Scalar) {
    #expect(Itaiji().standard(of: variant.value) == standard.value)
  }
}
