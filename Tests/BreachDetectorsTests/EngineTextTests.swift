import BreachDetectors
import BreachModel
import Testing

/// Free text: exact values, types and levels; labels; what must stay silent.
@Suite struct EngineTextTests {
  @Test(arguments: [
    ("氏名：高橋 美咲", ["person_name:高橋 美咲:certain"]),
    ("氏名（漢字）：高橋 美咲", ["person_name:高橋 美咲:certain"]),
    (
      "氏名　高橋　美咲　住所　東京都渋谷区神宮前1-2-3", ["person_name:高橋　美咲:certain", "address:東京都渋谷区神宮前1-2-3:certain"]
    ),
    ("氏名：高橋美咲様", ["person_name:高橋美咲:certain"]),
    ("お名前: 渡邊健太, 生年月日: 1980/01/02", ["person_name:渡邊健太:certain", "birth_date:1980/01/02:certain"]),
    ("TEL 03-1234-5600", ["phone_number:03-1234-5600:certain"]),
    ("電話は03-1234-5600です。", ["phone_number:03-1234-5600:certain"]),
    ("連絡先電話番号は090-1111-2200", ["phone_number:090-1111-2200:certain"]),
    ("03-1234-5600", ["phone_number:03-1234-5600:certain"]),
    (
      "03-1234-5600/090-1111-2200",
      ["phone_number:03-1234-5600:certain", "phone_number:090-1111-2200:likely"]
    ),
    ("09011112200", ["phone_number:09011112200:possible"]),
    ("tel=09011112200&x=1", ["phone_number:09011112200:certain"]),
    ("{\"phone\":\"03-1234-5600\",\"n\":1}", ["phone_number:03-1234-5600:certain"]),
    ("{\\\"phone\\\":\\\"03-1234-5600\\\"}", ["phone_number:03-1234-5600:certain"]),
    ("<tel>0312345600</tel>", ["phone_number:0312345600:certain"]),
    ("０３－１２３４－５６００", ["phone_number:０３－１２３４－５６００:certain"]),
    ("電話：０３（１２３４）５６００", ["phone_number:０３（１２３４）５６００:certain"]),
    ("携帯 090ー1111ー2200", ["phone_number:090ー1111ー2200:certain"]),
    ("携帯 090－1111－2200 まで", ["phone_number:090－1111－2200:certain"]),
    ("dob=1980-01-02", ["birth_date:1980-01-02:certain"]),
    ("生年月日：昭和55年1月2日生", ["birth_date:昭和55年1月2日:certain"]),
    ("生年月日は1980年1月2日です", ["birth_date:1980年1月2日:certain"]),
    ("生年月日：１９８０年１月２日", ["birth_date:１９８０年１月２日:certain"]),
    ("taro@mail.jp", ["email_address:taro@mail.jp:certain"]),
    ("mail=taro%40x;a=hanako@mail.jp&b=1", ["email_address:hanako@mail.jp:certain"]),
    ("GET /r?u=/p&mail=taro@mail.jp HTTP/1.1", ["email_address:taro@mail.jp:certain"]),
    (
      "To: \"Taro\" <taro@mail.jp>, jiro@mail.jp",
      ["email_address:taro@mail.jp:certain", "email_address:jiro@mail.jp:certain"]
    ),
    ("09011112200@docomo.ne.jp", ["email_address:09011112200@docomo.ne.jp:certain"]),
    ("taro.19800102@mail.jp", ["email_address:taro.19800102@mail.jp:certain"]),
    ("メールはtaro@mail.jpまで", ["email_address:taro@mail.jp:certain"]),
    ("〒150-0002 東京都渋谷区渋谷1-2-3", ["postal_code:150-0002:certain", "address:東京都渋谷区渋谷1-2-3:certain"]),
    ("お届け先は東京都渋谷区神宮前1-2-3です。", ["address:東京都渋谷区神宮前1-2-3:certain"]),
    ("東京都渋谷区神宮前1-2-3に住む", ["address:東京都渋谷区神宮前1-2-3:certain"]),
    (
      "住所：名古屋市中区栄3-4-5、電話03-1234-5600",
      ["address:名古屋市中区栄3-4-5:certain", "phone_number:03-1234-5600:certain"]
    ),
    ("4000001234567899", ["card_number:4000001234567899:likely"]),
    ("4000-0012-3456-7899", ["card_number:4000-0012-3456-7899:likely"]),
    ("カード番号：4000001234567899", ["card_number:4000001234567899:certain"]),
    ("個人番号：123456789018", ["my_number:123456789018:certain"]),
    ("6214-9832-0257", ["my_number:6214-9832-0257:possible"]),
    ("123456789018", []),
    ("担当の佐々木健一様より", ["person_name:佐々木健一:likely"]),
    ("佐々木 健一 様", ["person_name:佐々木 健一:likely"]),
    ("高橋さくらさんから電話", ["person_name:高橋さくら:likely"]),
    ("法人番号：8700110005901", ["corporate_number:8700110005901:certain"]),
  ])
  func finds(text: String, expected: [String]) throws {
    #expect(try Support.findings(text) == expected)
  }

  /// A slash within the first 64 bytes of a run is gone behind.
  @Test(arguments: [(61, 1), (62, 0)]) func numbersBehindASlash(_ hyphens: Int, _ count: Int) throws
  {
    let text = "x 1\(String(repeating: "-", count: hyphens))./03-1234-5600 and so on"
    let found = try Support.findings(text)
    #expect(found.count == count, "\(found)")
  }

  /// Other labels speak against a value.
  @Test(arguments: [
    "注文番号：0312345600", "注文番号: 03-1234-5600", "追跡番号 123456789018", "order_id=4000001234567899",
    "created_at: 1980-01-02", "伝票番号 4000-0012-3456-7899", "id: 09011112200", "商品コード：150-0002",
    "\"order_no\":\"0312345600\"",
  ])
  func negativeLabels(text: String) throws {
    #expect(try Support.findings(text) == [])
  }

  /// What is no personal data at all.
  @Test(arguments: [
    "2026-01-05 10:00:00.123 INFO [main] c.e.App - started in 1234 ms",
    "550e8400-e29b-41d4-a716-446655440000", "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "JAN 4901234567894",
    "ISBN978-4-00-000000-0", "ISBN 4-00-000000-X", "v1.2.3-4567 build 20260105.1",
    "192.168.100.0/24", "127.0.0.1:8080",
    "2001:db8::ff00:42:8329", "ts=1700000000000 epoch=1700000000", "let x = 0x0312345678",
    "git@localhost:repo", "@media (max-width: 600px)", "\"@scope/package\": \"^1.2.3\"",
    "icon@2x.png", "user@127.0.0.1", "systemd user@1000.service", "int a[] = {1234, 5678, 9012};",
    "3.14159265358979", "1/2/3/4/5/6/7/8/9/10", "12:34:56.789", "(1)(2)(3)(4)(5)(6)(7)(8)",
    "A-123-456-7890-B", "型番 AB-1234-5678", "0.1.2-3456", "range 100-2000", "99.99.99.999",
    "東京都は本日の発表で市区町村ごとの数を示した。", "北海道の天気は晴れ、札幌市では雪", "大阪府警の発表によると",
    "新潟県産コシヒカリ", "東京都渋谷区の飲食店で提供", "京都府の市町村一覧", "お客様各位", "皆様のおかげで", "同様の仕様です",
    "模様替えをした", "お父さんとお母さん", "神様、仏様", "ご苦労様でした", "お疲れ様です", "お世話様です",
    "奥様と王様", "たくさんの人", "皆さん、こんにちは", "担当者様", "関係者の皆様", "お得意様限定", "貴社ますますご清栄のこと",
    "株式会社みどり御中", "氏名：", "氏名：未登録", "氏名を入力してください", "住所：未定", "電話番号：なし",
    "生年月日：未登録", "生年月日：1780/01/02", "フリガナ：未登録", "カタカナで入力", "有様です", "外様大名", "左様でございます",
    "一様に分布", "異様な雰囲気", "神戸市の様子", "その他多様な様式", "殿様", "沈殿した", "御殿場", "さんざん",
    "担当：山", "会員：1,234名", "名前：foo_bar(x)",
  ])
  func isSilent(text: String) throws {
    #expect(try Support.findings(text) == [])
  }

  /// A word behind a label that is no known name is at most possible.
  @Test(arguments: ["氏名：必須項目", "担当者：コールセンター", "フリガナ：サーモン"])
  func unknownNamesAreNotLikely(text: String) throws {
    for line in try Support.findings(text) { #expect(line.hasSuffix(":possible")) }
  }

  @Test func everyHitOfALongLine() throws {
    let text = (0..<500).map { "u\($0)@mail.jp" }.joined(separator: " ")
    #expect(try Support.findings(text).count == 500)
  }
}

/// Pieces of one text: every hit once, whatever the cut.
@Suite struct SeamTests {
  /// Findings of `text` read in pieces of `size` bytes with `margin` bytes of context.
  private func pieces(_ text: [UInt8], _ size: Int, margin: Int = 1_024) throws -> [String] {
    let engine = try Support.engine()
    var found: [String] = []
    var at = 0
    while at < text.count {
      let end = min(text.count, at + size)
      let low = max(0, at - margin)
      let high = min(text.count, end + margin)
      var batch = RecordBatch()
      batch.isText = true
      batch.text = Array(text[low..<high])
      batch.body = at - low..<end - low
      batch.lineOffset = at
      batch.origins = [OriginMark(text: 0, leaf: low, charset: .utf8)]
      engine.scan(batch, tables: [], isFirstUnit: at == 0)
      found += engine.takeFindings().map { "\($0.offset) \(Support.describe($0))" }
      at = end
    }
    engine.finishLeaf(tables: [])
    found += engine.takeFindings().map { "\($0.offset) \(Support.describe($0))" }
    return found
  }

  @Test(arguments: [
    "taro.yamada@mail.co.jp", "4000001234567899", "TEL 090-1111-2200", "tel=03-1234-5600",
    "生年月日：昭和55年1月2日", "生年月日: 1980/01/02", "氏名：高橋 美咲", "佐々木健一様", "住所：東京都渋谷区神宮前1-2-3",
    "〒150-0002 東京都渋谷区渋谷1-2-3", "電話：０３－１２３４－５６００", "携帯 090ー1111ー2200", "個人番号：6214-9832-0257",
  ])
  func atEveryShift(value: String) throws {
    let size = 65_536
    let alone = try Support.findings(" \(value) ")
    #expect(!alone.isEmpty)
    for shift in 0...200 {
      let head = [UInt8](repeating: UInt8(ascii: "."), count: size - 100 + shift) + [0x20]
      let text =
        head + Array(value.utf8) + [0x20] + [UInt8](repeating: UInt8(ascii: "."), count: 300)
      let found = try pieces(text, size)
      #expect(found.count == alone.count, "shift \(shift)")
      #expect(
        found.map { String($0.drop { $0 != " " }.dropFirst()) } == alone,
        "shift \(shift)"
      )
    }
  }

  @Test func smallPieces() throws {
    let line =
      "氏名：高橋 美咲 生年月日：1980/01/02 TEL 03-1234-5600 mail taro@mail.jp 〒150-0002 東京都渋谷区渋谷1-2-3 佐々木健一様 "
    let text = Array(String(repeating: line, count: 40).utf8)
    let whole = try pieces(text, text.count)
    #expect(whole.count == 40 * 7)
    for size in [1_000, 1_537, 2_048, 4_001] { #expect(try pieces(text, size) == whole) }
  }
}
