import BreachDetectors
import BreachModel
import Testing

/// Names of persons: kanji, kana, Latin; what is no name.
@Suite struct NameCheckTests {
  @Test(arguments: [
    ("佐々木健一", "佐々木"), ("高橋 美咲", "高橋"), ("渡邊　健太", "渡辺"), ("髙橋美咲", "高橋"), ("斎藤陽子", "斎藤"),
    ("木村 結衣", "木村"), ("五十嵐さくら", "五十嵐"), ("林 修", "林"), ("長谷川 翔", "長谷川"), ("山﨑 賢", "山崎"),
    ("小鳥遊 花子", "小鳥遊"), ("中村 陽翔", "中村"),
  ])
  func japanese(text: String, family: String) throws {
    let checked = try Support.check(.personName, text)
    #expect(checked.verdict.result == .pass)
    #expect(checked.family == family)
  }

  /// The same person in other characters has the same normal form.
  @Test(arguments: [
    ("渡邊健太", "渡辺 健太"), ("髙橋美咲", "高橋　美咲"), ("高橋美咲様", "高橋美咲"), ("高橋 美咲 さん", "高橋美咲"),
    ("濵﨑 広", "浜崎廣"),
  ])
  func variants(text: String, other: String) throws {
    #expect(try Support.check(.personName, text).normal == Support.check(.personName, other).normal)
  }

  @Test func honorificIsEvidence() throws {
    #expect(try Support.check(.personName, "高橋美咲様").verdict.evidence.contains(.honorific))
  }

  @Test(arguments: ["Taro Yamada", "YAMADA TARO", "Anne-Marie O'Neill", "Müller Jürgen"])
  func latin(text: String) throws {
    let verdict = try Support.check(.personName, text).verdict
    #expect(verdict.result == .pass)
    #expect(verdict.evidence == .dictionary)
    #expect(verdict.weight == 0)
  }

  /// Of the shape of a name, but unknown, or words of English: the column or label has to say so.
  @Test(arguments: ["Qxarvo Blemmitz", "Golden Rose", "Brown Stone", "Tanaka Sato Widget"])
  func latinByShape(text: String) throws {
    let verdict = try Support.check(.personName, text).verdict
    #expect(verdict.result == .unknown)
    #expect(verdict.weight == -5)
  }

  @Test func latinOrderDoesNotMatter() throws {
    #expect(
      try Support.check(.personName, "Taro Yamada").normal
        == Support.check(.personName, "YAMADA, Taro").normal
    )
  }

  @Test(arguments: ["ジョン・スミス", "マリア ガルシア ロペス"])
  func foreignInKatakana(text: String) throws {
    #expect(try Support.check(.personName, text).verdict.result != .fail)
  }

  @Test(arguments: ["株式会社みどり", "（有）青空商店", "みどり病院", "㈱サンプル", "Example Works Ltd", "緑市役所"])
  func companies(text: String) throws {
    let verdict = try Support.check(.personName, text).verdict
    #expect(verdict.kind == AttributeKind(.companyName))
  }

  @Test(arguments: [
    "担当者", "未登録", "不明", "ゲスト", "各位", "お客様", "皆様", "該当なし", "退会済み", "administrator user", "test user",
    "12345", "高橋1", "a", "これは名前ではなくて文章です", "東京 大阪 名古屋", "x@example.jp",
  ])
  func noNames(text: String) throws {
    #expect(try Support.check(.personName, text).verdict.result == .fail)
  }

  @Test(arguments: [
    "山田太郎", "山田 花子", "鈴木　一郎", "テスト太郎", "Test User", "TEST USER", "User, Test", "John Doe",
    "Mustermann Max",
  ])
  func samples(text: String) throws {
    #expect(try Support.check(.personName, text).verdict.isSample)
  }

  /// Words that stand in names of nobody make no sample with others.
  @Test(arguments: ["User Guide", "Test Manager", "Test User Group", "Test user", "John Smith"])
  func noSamples(text: String) throws {
    #expect(try !Support.check(.personName, text).verdict.isSample)
  }

  @Test(arguments: ["担当部署", "東京都渋谷区", "商品一覧", "りんご"])
  func wordsAreNotKnownAsNames(text: String) throws {
    #expect(try Support.check(.personName, text).verdict.result != .pass)
  }

  @Test(arguments: [
    ("タカハシ ミサキ", "タカハシミサキ"), ("ﾀｶﾊｼ ﾐｻｷ", "タカハシミサキ"), ("たかはし みさき", "タカハシミサキ"),
    ("ｲｶﾞﾗｼ ｻｸﾗ", "イガラシサクラ"), ("ササキケンイチ", "ササキケンイチ"), ("ﾊﾟｸ ﾎﾞﾌﾞ", "パクボブ"),
    ("オオノ ユウコ", "オオノユウコ"),
  ])
  func kana(text: String, normal: String) throws {
    let checked = try Support.check(.kanaName, text)
    #expect(checked.verdict.result != .fail)
    #expect(checked.normal == normal)
  }

  @Test(arguments: ["タカハシ ミサキ", "ササキケンイチ", "ワタナベ　ケンタ"])
  func kanaIsKnown(text: String) throws {
    #expect(try Support.check(.kanaName, text).verdict.result == .pass)
  }

  @Test(arguments: ["高橋", "123", "Taro", "", "ア"])
  func noKana(text: String) throws {
    #expect(try Support.check(.kanaName, text).verdict.result == .fail)
  }

  @Test func parts() throws {
    #expect(try Support.check(.personName, "髙橋", role: .family).verdict.result == .pass)
    #expect(try Support.check(.personName, "髙橋", role: .family).normal == "高橋")
    #expect(try Support.check(.personName, "美咲", role: .given).verdict.result == .pass)
    #expect(try Support.check(.personName, "Yamada", role: .family).verdict.result == .unknown)
    #expect(try Support.check(.personName, "12", role: .family).verdict.result == .fail)
  }
}
