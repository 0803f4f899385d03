import BreachModel
import BreachReaders
import TestKit
import Testing

/// Charsets that are neither Japanese nor Western European are told from those, and from each other.
@Suite struct ForeignCharsetTests {
  private func detect(_ text: String, _ charset: Charset) -> CharsetDetector.Detected {
    CharsetDetector.detect(CharsetEncoder(charset).encode(text).span, isWhole: true)
  }

  private static let korean = "고객번호,성명,휴대전화,주소\n1,홍길동,010-0000-0001,서울특별시 종로구 세종대로 1\n"
  private static let simplified = "编号,姓名,手机,地址\n1,王小明,13800000000,北京市海淀区中关村大街1号\n"
  private static let traditional = "編號,姓名,手機,地址\n1,王小明,0900-000-001,臺北市中正區重慶南路一段\n"
  private static let russian =
    "ФИО;Телефон;Адрес\nПетров Пётр;+7 900 000-00-00;Москва, ул. Тверская\n"

  private static let samples: [(String, Charset)] = [
    (korean, .eucKR), (simplified, .gb18030), (traditional, .big5), (russian, .windows1251),
    (russian, .koi8R), (russian, .iso88595), (russian, .ibm866),
    ("Όνομα;Διεύθυνση\nΓιώργος Παπαδόπουλος;Οδός Ερμού 1, Αθήνα\n", .windows1253),
    ("שם,כתובת\nישראל ישראלי,רחוב הרצל 1 תל אביב\n", .windows1255),
    ("الاسم,العنوان\nمحمد أحمد,شارع الملك فهد الرياض\n", .windows1256),
    ("ชื่อ,ที่อยู่\nสมชาย ใจดี,ถนนสุขุมวิท กรุงเทพมหานคร\n", .windows874),
    ("Imię;Adres\nŁukasz Żółć;ul. Źródlana 1, Łódź\nŚwięta;ul. Wąska 2\n", .windows1250),
    ("Imię;Adres\nŁukasz Żółć;ul. Źródlana 1, Łódź\nŚwięta;ul. Wąska 2\n", .iso88592),
    (
      "Adı;Soyadı;Şehir\nIşıl;Şıkşık;Diyarbakır\nYağız;Kılıç;Kırşehir\nAydın;Yıldırım;Iğdır\n",
      .windows1254
    ),
    // Wide ones without a mark.
    (korean, .utf16LE), (russian, .utf16BE), (simplified, .utf32LE), (korean, .utf32BE),
    ("ชื่อ,ที่อยู่\n1,สมชาย ใจดี\n", .utf16LE),
  ]

  @Test(arguments: samples) func tells(_ text: String, _ charset: Charset) {
    let found = detect(text, charset)
    #expect(found.charset == charset)
    #expect(found.rival == nil)
    #expect(found.isText)
  }

  /// The typical export: many ASCII rows, one line with names.
  @Test(arguments: [(korean, Charset.eucKR), (simplified, .gb18030), (russian, .windows1251)])
  func oneLineBehindASCII(_ text: String, _ charset: Charset) {
    let rows = (0..<500).map { "\($0),user\($0)@example.jp\n" }.joined()
    #expect(detect(rows + text, charset).charset == charset)
    #expect(detect(text + rows, charset).charset == charset)
  }

  /// What is written in Japanese or a Western language stays so, however little there is of it.
  @Test(arguments: [
    "山田太郎\n", "佐藤\n鈴木\n高橋\n", "東京都千代田区霞が関\n", "千葉県\n埼玉県\n神奈川県\n",
    "ﾔﾏﾀﾞ ﾀﾛｳ\nｻﾄｳ ﾊﾅｺ\nｽｽﾞｷ ｲﾁﾛｳ\n", "ヤマダ\n", "病歴\n", "薔薇 花子\n", "会員番号,氏名\n1,齋藤 髙\n",
    "凛 山本\n", "一般社団法人全国銀行協会\n",
  ]) func japaneseStays(_ text: String) {
    #expect(detect(text, .cp932).charset == .cp932)
    #expect(detect(text, .eucJP).charset == .eucJP)
  }

  @Test(arguments: [
    "Müller\n", "Señor Núñez, Nº 5, 1ª planta\n¿Qué?\n", "Straße 3, 40 m³, 5 m²\n",
    "Þórður Guðmundsson, Hafnarfjörður\n", "Sørensen\nJørgensen\nMøller\n", "«Le cœur»\n",
    "João Conceição, São Paulo\n", "Åsa Öberg\n", "L’été à Paris – 5 €\n",
  ]) func westernStays(_ text: String) {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      switch scalar {
      case "œ": bytes.append(0x9C)
      case "’": bytes.append(0x92)
      case "–": bytes.append(0x96)
      case "€": bytes.append(0x80)
      default: bytes.append(UInt8(scalar.value))
      }
    }
    #expect(CharsetDetector.detect(bytes.span, isWhole: true).charset == .latin1)
  }

  /// One name in two ideographs: nobody can tell, and it is said.
  @Test func tooLittleIsDoubted() {
    #expect(detect("林华\n", .gb18030).rival != nil)
    #expect(detect("山田太郎\n", .cp932).rival == nil)
    #expect(detect("山田太郎さん\n", .eucJP).rival == nil)
  }

  /// A document says it itself, and what it says explains its bytes or is not believed.
  @Test func declared() {
    let page = "<html><head><meta charset=\"euc-kr\"></head><body>김</body></html>"
    #expect(detect(page, .eucKR).charset == .eucKR)
    #expect(detect(page, .utf8).charset == .utf8)
  }

  /// Characters of four bytes keep the offsets of what follows.
  @Test func offsetsBehindFourBytes() {
    let name: [UInt8] = [0xC1, 0xF5, 0x81, 0x30, 0x81, 0x30, 0x82, 0x35, 0x8F, 0x33]
    let bytes = name + [0x2C] + name + [0x2C] + Array("x\n".utf8)
    let dump = ReaderDump.read(bytes, LeafPlan(.csv(CSVDialect(delimiter: 0x2C)), .gb18030))
    #expect(dump.records.first?.places == [0..<10, 11..<21, 22..<23])
  }
}
