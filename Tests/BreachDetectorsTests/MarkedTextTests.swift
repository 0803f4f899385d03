import BreachDetectors
import BreachModel
import Testing

/// Values behind marks: where they end, what they are by their own form, and what only looks like one.
@Suite struct MarkedTextTests {
  @Test(arguments: [
    // Blanks around '='.
    (
      "Full Name = Ingrid Solheim\nDate of Birth = 7 April 1961\nHome Address = 18 Harbour Road, Perth 6000",
      [
        "person_name:Ingrid Solheim:certain", "birth_date:7 April 1961:certain",
        "address:18 Harbour Road, Perth 6000:certain",
      ]
    ),
    // A key at the start of its line, and pairs in one line, whatever parts them.
    (
      "customer_name=Ingrid Solheim\naddress=18 Harbour Road, Perth 6000\n",
      ["person_name:Ingrid Solheim:certain", "address:18 Harbour Road, Perth 6000:certain"]
    ),
    (
      "Name: Ingrid Solheim | Login: solheim7 | Passwort: Fjord!2024",
      [
        "person_name:Ingrid Solheim:certain", "login_id:solheim7:certain",
        "password:Fjord!2024:certain",
      ]
    ),
    (
      "ФИО: Новиков Сергей / Пароль: Fjord!2024 / Гражданство: Norge",
      [
        "person_name:Новиков Сергей:certain", "password:Fjord!2024:certain",
        "sensitive.origin:Norge:certain",
      ]
    ),
    ("ФИО = Новиков Сергей", ["person_name:Новиков Сергей:certain"]),
    ("Rekeningnummer: NL91ABNA0417164300", ["iban:NL91ABNA0417164300:certain"]),
    (
      "Authorization: Bearer 9d3f0c77e1b24f0e8a61",
      ["api_token:9d3f0c77e1b24f0e8a61:possible"]
    ),
    // A list in brackets: commas part the pairs.
    (
      "Guest(id=7, fullName=Solheim, Ingrid, mail=ingrid@mail.no)",
      ["person_name:Solheim, Ingrid:certain", "email_address:ingrid@mail.no:certain"]
    ),
    (
      "Order{customerName=Ingrid Solheim, phone=+4721234567}",
      ["person_name:Ingrid Solheim:certain", "phone_number:+4721234567:certain"]
    ),
    // How many there are of it is no value, nor is the next of a list.
    ("会員番号: 71 件\n住所: 約120人（最小116人、最大132人）\n勤務先: 131〜163 人分\n", []),
    ("Employer: about 12 (at least 11)\nMember id: 71 findings of it\n", []),
    ("会員番号    90   88-97   176\n", []),
    ("会員番号    10490   88   12\n", []),
    ("会員番号    10490   88\n", ["member_id:10490:possible"]),
    ("氏名 + 郵便番号 + 住所 + 電話番号 + パスワードのハッシュ + 会員番号\n", []),
    ("性別 1、勤務先・所属 1、電話番号 6\n", []),
    ("会員番号 10490、氏名 佐藤健一\n", ["member_id:10490:likely", "person_name:佐藤健一:certain"]),
    ("勤務先: 3人組\n", ["employer:3人組:possible"]),
    // A login is one word, a name is two.
    (
      "username=Ingrid+Solheim&mail=ingrid%40mail.no",
      ["person_name:Ingrid+Solheim:certain", "email_address:ingrid%40mail.no:certain"]
    ),
    (
      "displayName=%E9%AB%98%E6%A9%8B+%E7%BE%8E%E5%92%B2&mail=m%40mail.jp",
      [
        "person_name:%E9%AB%98%E6%A9%8B+%E7%BE%8E%E5%92%B2:certain",
        "email_address:m%40mail.jp:certain",
      ]
    ),
    (
      "user_id=solheim7 ip=203.0.113.9",
      ["login_id:solheim7:likely", "ip_address:203.0.113.9:certain"]
    ),
    (
      "user_id=A-10422 mail=ingrid@mail.no",
      ["member_id:A-10422:certain", "email_address:ingrid@mail.no:certain"]
    ),
    // What is sent in a query, and from where.
    ("GET /pay?cvv=471&v=2", ["card_security_code:471:likely"]),
    (
      "203.0.113.9 password=Fjord!2024",
      ["ip_address:203.0.113.9:likely", "password:Fjord!2024:likely"]
    ),
    // A number in brackets begins one, and no call.
    (
      "Phone: (503) 555-0142\nMail: ingrid@mail.no",
      ["phone_number:(503) 555-0142:certain", "email_address:ingrid@mail.no:certain"]
    ),
    (
      "Name: Ingrid Solheim\nDiagnosis: migraine (since 2011)",
      [
        "person_name:Ingrid Solheim:certain",
        "sensitive.medical_history:migraine (since 2011):certain",
      ]
    ),
    // SSN of another country, whose numbers have letters.
    ("SSN: QQ123456C\nMail: ingrid@mail.no", ["email_address:ingrid@mail.no:certain"]),
    (
      "SSN: AB123456C\nMail: ingrid@mail.no",
      ["national_id:AB123456C:certain", "email_address:ingrid@mail.no:certain"]
    ),
    // A mailbox in a form needs no label.
    (
      "Mobile: 07700 900123\ni.solheim@mail.no\n",
      ["phone_number:07700 900123:certain", "email_address:i.solheim@mail.no:certain"]
    ),
    // A slash behind a label.
    ("TEL/0312345600 ", ["phone_number:0312345600:certain"]),
    ("TEL/＋８１－３－１２３４－５６００", ["phone_number:＋８１－３－１２３４－５６００:certain"]),
    // Dates before and behind what says that somebody was born.
    ("夫（昭和38年5月6日生）が来所", ["birth_date:昭和38年5月6日:certain"]),
    ("S38.5.6生まれ", ["birth_date:S38.5.6:certain"]),
    ("né le 06/05/1963 à Lille", ["birth_date:06/05/1963:certain"]),
    ("Geburtsdatum: 6. März 1963", ["birth_date:6. März 1963:certain"]),
    ("Fecha de nacimiento: 6 de mayo de 1963", ["birth_date:6 de mayo de 1963:certain"]),
    ("생년월일: 1963년 5월 6일", ["birth_date:1963년 5월 6일:certain"]),
    // Marks brought into line, full stops before them, blanks around '=' behind several words.
    (
      "Name      : Ingrid Solheim\nMobile\t\t: 07700 900123\nTel.: 0171 3300495\nContact no. = 07700 900124",
      [
        "person_name:Ingrid Solheim:certain", "phone_number:07700 900123:certain",
        "phone_number:0171 3300495:certain", "phone_number:07700 900124:certain",
      ]
    ),
    (
      "API key = c5e24cb4701fc03c27109e9026ef85a2784e778b\nMail: ingrid@mail.no",
      [
        "api_token:c5e24cb4701fc03c27109e9026ef85a2784e778b:certain",
        "email_address:ingrid@mail.no:certain",
      ]
    ),
    // A blank, or a bracket, is all that stands between.
    (
      "氏名 磯部 靖子\n会社名 合同会社北浜印刷\n性別 2\n郵便番号 6800831\n有効期限 05/27\nMACアドレス 6e-e9-7d-c4-88-0d",
      [
        "person_name:磯部 靖子:certain", "company_name:合同会社北浜印刷:certain", "gender:2:certain",
        "postal_code:6800831:certain", "card_expiry:05/27:certain",
        "mac_address:6e-e9-7d-c4-88-0d:certain",
      ]
    ),
    (
      "【名前】三谷 敦\n【貴社名】合同会社北浜印刷",
      ["person_name:三谷 敦:certain", "company_name:合同会社北浜印刷:certain"]
    ),
    (
      "○氏名　高見 直樹\n○御社名　合同会社北浜印刷\n",
      ["person_name:高見 直樹:certain", "company_name:合同会社北浜印刷:certain"]
    ),
    ("郵便番号　: 6800831", ["postal_code:6800831:certain"]),
    ("会社名 変更のお知らせ", ["company_name:変更のお知らせ:possible"]),
    // What the bracket says, and a line that holds a value is no label.
    (
      "お名前 成田詩織\nお名前（カナ） なりたしおり",
      ["person_name:成田詩織:certain", "person_name_kana:なりたしおり:certain"]
    ),
    (
      "氏名 山田 春子\n勤務先：(株)北浜印刷\nMACアドレス：37-61-4b-ee-03-23",
      [
        "person_name:山田 春子:certain", "employer:(株)北浜印刷:certain",
        "mac_address:37-61-4b-ee-03-23:certain",
      ]
    ),
    // The given name goes on to the next key, a word behind a login does not.
    (
      "ok name=鴨志田 凛太朗 mail=rin@mail.jp",
      ["person_name:鴨志田 凛太朗:certain", "email_address:rin@mail.jp:certain"]
    ),
    (
      "ФИО: Новиков Сергей / Пароль: fjord2024 / Имя пользователя: novikov7",
      [
        "person_name:Новиков Сергей:certain", "password:fjord2024:certain",
        "login_id:novikov7:certain",
      ]
    ),
    // Two things that are kept of persons, and one.
    ("GET /f?postcode=26121&sex=male&v=2", ["postal_code:26121:likely", "gender:male:likely"]),
    ("GET /f?postcode=26121&v=2", ["postal_code:26121:possible"]),
    (
      "Birthday: 7 April 1961\nDiagnosis: migraine\nGender: male",
      [
        "birth_date:7 April 1961:certain", "sensitive.medical_history:migraine:possible",
        "gender:male:likely",
      ]
    ),
    // A record in braces is a line's own, and behind an empty line another name is another's.
    (
      "{'family_name': 'Solheim', 'given_name': 'Ingrid', 'mail': 'i@mail.no'}\n{'firstName': 'Arne', 'mail': 'arne@mail.no'}",
      [
        "person_name:Solheim:certain", "email_address:i@mail.no:certain",
        "person_name:Arne:certain", "email_address:arne@mail.no:certain",
      ]
    ),
    (
      "Full Name: Ingrid Solheim\nReligion: Lutheran\n\nContact Name: Arne Dahl\nAge: 42\nReligion: Hindu",
      [
        "person_name:Ingrid Solheim:certain", "sensitive.creed:Lutheran:certain",
        "person_name:Arne Dahl:certain", "age:42:certain", "sensitive.creed:Hindu:certain",
      ]
    ),
    // Desks and departments write mails, too.
    (
      "\"Customer Care\" <care@mail.no>\n経理部 <k@mail.jp>\nSupport Team <s@mail.no>\n阿部 健一 <abe@mail.jp>",
      [
        "email_address:care@mail.no:certain", "email_address:k@mail.jp:certain",
        "email_address:s@mail.no:certain", "person_name:阿部 健一:certain",
        "email_address:abe@mail.jp:certain",
      ]
    ),
    ("手机号码：13869536847", ["phone_number:13869536847:certain"]),
    ("手机号码：11869536847", ["phone_number:11869536847:possible"]),
    // Bullets and words before a name.
    (
      "-- Ingrid Solheim <ingrid@mail.no>",
      ["person_name:Ingrid Solheim:certain", "email_address:ingrid@mail.no:certain"]
    ),
    ("displayName=O'Connell, Doreen", ["person_name:O'Connell, Doreen:certain"]),
    (
      "reported by Ingrid Solheim <ingrid@mail.no>",
      ["person_name:Ingrid Solheim:certain", "email_address:ingrid@mail.no:certain"]
    ),
  ])
  func finds(text: String, expected: [String]) throws {
    #expect(try Support.findings(text) == expected)
  }

  @Test(arguments: [
    // Programs.
    "name = args.name", "user = os.environ.get(\"USER\")", "password = config.password",
    "let address = self.address", "print('name:', person)", "middle: before", "first: index: 3",
    "PWD=/home/build/project ip=203.0.113.9", "TOKEN(name=foo, user=bar)",
    // Columns of a table.
    "  \"ログインID\" character varying(255),", "  \"氏名\" character varying(255),",
    // The next label stands where the value would.
    "Race:\n\nSexual orientation:\n\n",
    // Who logs in at a site is no mailbox.
    "ssh://git@git.host.org/x.git",
    // Teams are nobody, and fingerprints of keys nobody's.
    "Owner: Debian Java Maintainers",
    "SHA256 fingerprint: 61:E9:73:75:E9:F6:DA:98:2F:F5:C1:9E:2F:94:E6:6C",
    // In a sentence a blank is no mark.
    "ここでは性別 2 とする", "この会社名 合同会社北浜印刷", "let x = 26121",
    "12月1日生放送", "1963年5月6日生産", "due on 06/05/1963", "library~+20191229111838",
  ])
  func isSilent(text: String) throws {
    let weak = try Support.findings(text).filter { !$0.hasPrefix("ip_address") }
    #expect(weak == [])
  }

  /// The text may end anywhere behind a label: one mark is no value, or hardly one of a password.
  @Test(arguments: ["password=", "パスワード: ", "氏名　", "住所：", "User(name=", "DOB=", "tel: "])
  func textEndsBehindALabel(label: String) throws {
    for tail in ["", "(", "[", "{", "<", "$", "%", "\"", "=", "：", "　", "/", "~", "+", "\\", "】"] {
      let found = try Support.findings(label + tail)
      let isWeak = found.allSatisfy { $0.hasPrefix("password:") && $0.hasSuffix(":possible") }
      #expect(isWeak, "\(label + tail)")
    }
  }

  /// Paragraphs of markup: stretches outside records, each with its line.
  private func findings(_ stretches: [(text: String, line: Int)]) throws -> (
    found: [String], persons: Int
  ) {
    var batch = RecordBatch()
    for (text, line) in stretches {
      let start = batch.text.count
      batch.text += Array(text.utf8)
      batch.records.append(
        Record(
          firstField: 0,
          fieldCount: 0,
          start: start,
          end: batch.text.count,
          table: 0,
          line: line
        )
      )
    }
    batch.origins = [OriginMark(text: 0, leaf: 0, charset: .utf8)]
    let engine = try Support.engine()
    engine.scan(batch, tables: [], isFirstUnit: true)
    engine.finishLeaf(tables: [])
    return (engine.takeFindings().map(Support.describe), engine.takeIdentities().count)
  }

  /// In lines one below the other they are one form, over a gap they are not.
  @Test(arguments: [(2, "certain", 1), (1, "certain", 1), (4, "possible", 2)])
  func paragraphs(line: Int, level: String, persons: Int) throws {
    let result = try findings([("Name: Ingrid Solheim", 1), ("Diagnosis: migraine", line)])
    #expect(
      result.found == [
        "person_name:Ingrid Solheim:certain", "sensitive.medical_history:migraine:\(level)",
      ]
    )
    #expect(result.persons == persons)
  }

  /// A label that comes again begins the next person.
  @Test func paragraphsOfTwo() throws {
    let result = try findings([
      ("Name: Ingrid Solheim", 1), ("Mail: ingrid@mail.no", 2), ("Name: Arne Dahl", 3),
      ("Mail: arne@mail.no", 4),
    ])
    #expect(result.persons == 2)
  }
}
