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
        "address:18 Harbour Road, Perth 6000:likely",
      ]
    ),
    // A key at the start of its line, and pairs in one line, whatever parts them.
    (
      "customer_name=Ingrid Solheim\naddress=18 Harbour Road, Perth 6000\n",
      ["person_name:Ingrid Solheim:certain", "address:18 Harbour Road, Perth 6000:likely"]
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
      ["phone_number:(503) 555-0142:likely", "email_address:ingrid@mail.no:certain"]
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
      ["phone_number:07700 900123:likely", "email_address:i.solheim@mail.no:certain"]
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
    // Bullets and words before a name.
    (
      "-- Ingrid Solheim <ingrid@mail.no>",
      ["person_name:Ingrid Solheim:certain", "email_address:ingrid@mail.no:certain"]
    ),
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
    "12月1日生放送", "1963年5月6日生産", "due on 06/05/1963", "library~+20191229111838",
  ])
  func isSilent(text: String) throws {
    let weak = try Support.findings(text).filter { !$0.hasPrefix("ip_address") }
    #expect(weak == [])
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
