import BreachDetectors
import BreachModel
import Testing

/// Labelled values of free text, and what makes lines one form and one person.
@Suite struct FormTextTests {
  /// Values of every type behind labels; weak ones are believed beside one that identifies.
  @Test(arguments: [
    (
      "氏名：高橋 美咲\n性別：女\n会員番号：M-00123\n既往歴：糖尿病",
      [
        "person_name:高橋 美咲:certain", "gender:女:certain", "member_id:M-00123:likely",
        "sensitive.medical_history:糖尿病:likely",
      ]
    ),
    (
      "■お名前\n高橋 美咲\n■既往歴\n糖尿病",
      ["person_name:高橋 美咲:certain", "sensitive.medical_history:糖尿病:likely"]
    ),
    (
      "Mail: taro@mail.jp\nPassword: p@ss w0rd",
      ["email_address:taro@mail.jp:certain", "password:p@ss w0rd:certain"]
    ),
    (
      "Username: suzuki77\nPassword: Summer2024!",
      ["login_id:suzuki77:likely", "password:Summer2024!:likely"]
    ),
    (
      "URL: https://shop.mail.jp/\nUSER: 09011112200\nPASS: Summer2024!",
      ["login_id:09011112200:likely", "password:Summer2024!:likely"]
    ),
    // North American groups, in ASCII digits as they are written there.
    ("call 212-736-5143 or write", ["phone_number:212-736-5143:possible"]),
    ("call 212-136-5143 or write", []),
    // A number of a user is no login.
    ("user: 10023 items: 3", []),
    (
      "姓名：张伟\n手机：13800001234\n地址：北京市朝阳区建国路88号",
      [
        "person_name:张伟:likely", "phone_number:13800001234:certain",
        "address:北京市朝阳区建国路88号:likely",
      ]
    ),
    (
      "user=suzuki.k ip=203.0.113.9",
      ["login_id:suzuki.k:likely", "ip_address:203.0.113.9:certain"]
    ),
    (
      "POST a?mail=taro%40mail.jp&sex=%E7%94%B7&x=1",
      ["email_address:taro%40mail.jp:certain", "gender:%E7%94%B7:certain"]
    ),
    (
      "FN:Arthur Wetherby\nEMAIL;TYPE=HOME:aw@mail.jp",
      ["person_name:Arthur Wetherby:certain", "email_address:aw@mail.jp:certain"]
    ),
    (
      "From: 高橋 美咲 <taro@mail.jp>",
      ["person_name:高橋 美咲:certain", "email_address:taro@mail.jp:certain"]
    ),
    ("Date of Birth: 12 March 1978", ["birth_date:12 March 1978:certain"]),
    ("call +44 20 7946 0958 now", ["phone_number:+44 20 7946 0958:likely"]),
  ])
  func finds(text: String, expected: [String]) throws {
    #expect(try Support.findings(text) == expected)
  }

  /// Weak values with nobody beside them are possible at most.
  @Test(arguments: [
    ("性別：女", "gender:女:possible"),
    ("Diagnosis: asthma", "sensitive.medical_history:asthma:possible"),
    ("login: suzuki77", "login_id:suzuki77:possible"),
    ("username=args.user, password=args.password", "login_id:args.user:possible"),
  ])
  func nobodyBeside(text: String, expected: String) throws {
    #expect(try Support.findings(text) == [expected])
  }

  /// Words that mean much, and what is no value, say nothing.
  @Test(arguments: [
    "password = getpass()", "name: foo bar", "user: root", "state: running", "password: ",
    "Message-ID: <fcad89f52c@mx.mail.jp>", "type: string", "\"name\": \"@scope/package\"",
    "PASS: base/nodebug.exp", "email: required", "address: 0x7ffe01", "contact: see above",
    "key: value: other",
  ])
  func isSilent(text: String) throws {
    #expect(try Support.findings(text) == [])
  }

  /// How many identities text gives, in whatever batches it comes.
  private func identities(_ batches: [String]) throws -> Int {
    let engine = try Support.engine()
    for text in batches { engine.scan(Support.textBatch(text), tables: [], isFirstUnit: true) }
    engine.finishLeaf(tables: [])
    return engine.takeIdentities().count
  }

  @Test(arguments: [
    // One form, one person; the label that comes again begins the next.
    ("氏名：高橋 美咲\nTEL：03-1234-5600\nメール：taro@mail.jp\n", 1),
    ("氏名：高橋 美咲\nTEL：03-1234-5600\n氏名：佐藤 健\nTEL：03-1234-5601\n", 2),
    ("TEL：03-1234-5600\n携帯：090-1111-2200\n", 1),
    // An empty line or a rule ends it; between labels with lines to themselves one may stand.
    ("氏名：高橋 美咲\n\nTEL：03-1234-5600\n", 2),
    ("氏名：高橋 美咲\n----\nTEL：03-1234-5600\n", 2),
    ("お名前\n高橋 美咲\n\nメール\ntaro@mail.jp\n", 1),
    ("お名前\n高橋 美咲\n\n\nメール\ntaro@mail.jp\n", 2),
    // Lines of prose are nobody's form.
    ("連絡は taro@mail.jp へ\n電話は 03-1234-5600 へ\n", 2),
    (
      "URL: https://a.example/\nUSER: suzuki7\nPASS: qwe2rty\n\nURL: https://b.example/\nUSER: tanaka8\nPASS: asd3fgh\n",
      2
    ),
  ])
  func persons(text: String, expected: Int) throws {
    #expect(try identities([text]) == expected)
    // A batch may end behind any line but a label that has its own.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { "\($0)\n" }
    for cut in 1..<lines.count where lines[cut - 1] != "お名前\n" && lines[cut - 1] != "メール\n" {
      let parts = [lines[..<cut].joined(), lines[cut...].joined()]
      #expect(try identities(parts) == expected, "cut behind line \(cut)")
    }
  }

  /// 姓 and 名 under labels of their own are one name, counted where it begins.
  @Test func partsOfANameAreOne() throws {
    let found = try Support.findings("姓：鈴木\n名：太一\nメール：taichi@mail.jp\n姓：佐藤\n名：健\n")
    #expect(
      found == [
        "person_name:鈴木:certain", "email_address:taichi@mail.jp:certain",
        "person_name:佐藤:certain",
      ]
    )
  }
}
