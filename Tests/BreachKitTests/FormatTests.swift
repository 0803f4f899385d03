import BreachModel
import Foundation
import TestKit
import Testing

/// Records are the same records in every format and charset.
@Suite struct FormatTests {
  private static let count = 60

  /// Rows of `people`, the header first.
  private static let rows = people(count).split(separator: "\n").map { line in
    line.split(separator: ",").map(String.init)
  }

  private static func xml(_ encoding: String) -> String {
    "<?xml version=\"1.0\" encoding=\"\(encoding)\"?>\n<会員一覧>\n"
      + rows.dropFirst().map { row in
        "<会員>" + zip(rows[0], row).map { "<\($0)>\($1)</\($0)>" }.joined() + "</会員>\n"
      }.joined() + "</会員一覧>\n"
  }

  private static func html(_ encoding: String) -> String {
    let line = { (cells: [String], tag: String) in
      "<tr>" + cells.map { "<\(tag)>\($0)</\(tag)>" }.joined() + "</tr>\n"
    }
    return "<html><head><meta charset=\"\(encoding)\"></head><body><table>\n"
      + line(rows[0], "th") + rows.dropFirst().map { line($0, "td") }.joined()
      + "</table></body></html>\n"
  }

  private static func form(_ charset: Charset) -> String {
    let encoder = CharsetEncoder(charset)
    return rows.dropFirst().map { row in
      zip(["name", "email", "tel"], row).map { key, value in
        key + "=" + encoder.encode(value).map { String(format: "%%%02X", $0) }.joined()
      }.joined(separator: "&") + "\n"
    }.joined()
  }

  /// What a scan of one file gives: persons, counts of types, the format, the encoding.
  private func facts(_ name: String, _ data: Data) throws -> [String] {
    try withFolder { folder in
      try folder.write(name, data)
      let report = try Program.scan([name], in: folder)
      #expect(report.isComplete)
      #expect(report.ledgerCloses)
      let leaf = report.json["files"].list.first
      return [
        "\(report.persons)",
        "\(["person_name", "email_address", "phone_number"].map(report.count))",
        leaf?["format"].string ?? "", leaf?["encoding"].string ?? "",
        "\(report.json["findings"].keys.count) types",
      ]
    }
  }

  /// What a Korean, a Chinese and a Russian office exports.
  @Test(arguments: [
    (
      Charset.eucKR,
      "이름,휴대폰,이메일,주소\n홍길동,010-2345-6789,gd@mail.kr,서울특별시 종로구 세종대로 1\n"
        + "김영희,010-8765-4321,yh@mail.kr,부산광역시 해운대구 우동 14\n"
    ),
    (
      .gb18030,
      "姓名,手机号码,邮箱,地址\n王小明,13812345678,xm@mail.cn,北京市朝阳区建国路88号\n"
        + "李小红,13987654321,xh@mail.cn,上海市浦东新区世纪大道100号\n"
    ),
    (
      .windows1251,
      "Имя;Телефон;Почта;Адрес\nПетров Пётр;+7 916 123-45-67;pp@mail.ru;г. Москва, ул. Ленина, 5\n"
        + "Иванова Анна;+7 903 765-43-21;ai@mail.ru;г. Казань, ул. Баумана, 12\n"
    ),
  ])
  func `exports of other countries are read in their charset`(charset: Charset, text: String) throws
  {
    try withFolder { folder in
      try folder.write("a.csv", Data(CharsetEncoder(charset).encode(text)))
      let report = try Program.scan(["a.csv"], in: folder)
      #expect(report.isComplete)
      #expect(report.json["files"].list.first?["encoding"].string == charset.id)
      #expect(report.persons == [2, 2, 2])
      for type in ["person_name", "phone_number", "email_address", "address"] {
        #expect(report.count(type) == 2, "\(type)")
      }
      #expect(report.json["coverage"]["notes"].list.isEmpty)
    }
  }

  @Test func `a charset that cannot be told is noted`() throws {
    try withFolder { folder in
      try folder.write("a.txt", Data(CharsetEncoder(.gb18030).encode("林华\n")))
      let report = try Program.scan(["a.txt"], in: folder)
      #expect(
        report.json["coverage"]["notes"].list.map { $0["kind"].string } == ["encoding.doubtful"]
      )
      let named = try Program.scan(["a.txt", "--encoding", "gbk"], in: folder)
      #expect(named.json["coverage"]["notes"].list.isEmpty)
    }
  }

  private static let found = ["[60, 60, 60]", "[60, 60, 60]"]

  @Test(arguments: [
    (Charset.utf8, "UTF-8"), (.cp932, "Shift_JIS"), (.eucJP, "EUC-JP"), (.utf16LE, "UTF-16"),
  ])
  func sameInEveryCharset(charset: Charset, name: String) throws {
    let encoder = CharsetEncoder(charset)
    let data = { (text: String) in Data(encoder.encode(text)) }
    let id = charset.id
    #expect(try facts("a", data(Self.xml(name))) == Self.found + ["xml", id, "3 types"])
    #expect(try facts("a", data(Self.html(name))) == Self.found + ["html", id, "3 types"])
  }

  @Test(arguments: [Charset.utf8, .cp932, .eucJP])
  func formsInEveryCharset(charset: Charset) throws {
    let data = Data(Self.form(charset).utf8)
    #expect(try facts("a", data) == Self.found + ["form", "utf-8", "3 types"])
  }

  private static let forms = rows.dropFirst().map { row in
    zip(["氏名", "メール", "電話番号", "性別", "宗教"], row + ["男", "カトリック"]).map { [$0, $1] }
  }

  /// Labels and values in cells: each form is one person, wherever units would be cut.
  @Test(arguments: [",", "\t", "html"])
  func formsInCells(_ mark: String) throws {
    var text = ""
    for form in Self.forms {
      if mark == "html" {
        let rows = form.map { row in "<tr><td>\(row[0])</td>\n<td>\(row[1])</td></tr>\n" }
        text += "<table>\n" + rows.joined() + "</table>\n"
      } else {
        text += form.map { row in row.joined(separator: mark) + "\n" }.joined() + "\n"
      }
    }
    if mark == "html" { text = "<html><body>\n" + text + "</body></html>\n" }
    try withFolder { folder in
      try folder.write("forms", text)
      let whole = try Program.scan(["forms"], in: folder)
      #expect(whole.persons == [60, 60, 60])
      for type in ["person_name", "email_address", "gender", "sensitive.creed", "phone_number"] {
        #expect(whole.count(type) == 60, "\(type)")
      }
      for size in ["97", "1009"] {
        let cut = try Program.scan(
          ["forms"],
          in: folder,
          env: ["BREACHSCOPE_TEST_UNIT_SIZE": size]
        )
        #expect(whole.body == cut.body)
      }
    }
  }

  struct Sample: Sendable, CustomTestStringConvertible {
    var path: String
    var persons: Int
    var counts: [String: Int]
    var testDescription: String { path }
  }

  static let samples = [
    Sample(
      path: "xml/persons.xml",
      persons: 3,
      counts: [
        "member_id": 2, "person_name": 2, "postal_code": 2, "address": 2, "phone_number": 3,
        "email_address": 3,
      ]
    ),
    Sample(
      path: "xml/attributes.xml",
      persons: 2,
      counts: [
        "person_name": 2, "birth_date": 2, "email_address": 2,
      ]
    ),
    Sample(path: "xml/contacts.plist", persons: 2, counts: ["person_name": 2, "email_address": 2]),
    Sample(
      path: "xml/excel2003.xml",
      persons: 5,
      counts: [
        "person_name": 5, "phone_number": 1, "email_address": 5,
      ]
    ),
    Sample(
      path: "xml/mysqldump.xml",
      persons: 2,
      counts: [
        "person_name": 2, "phone_number": 1, "email_address": 2, "member_id": 2,
      ]
    ),
    Sample(
      path: "xml/phpmyadmin.xml",
      persons: 2,
      counts: ["person_name": 2, "email_address": 2, "member_id": 2]
    ),
    Sample(
      path: "xml/sms.xml",
      persons: 2,
      counts: [
        "person_name": 2, "phone_number": 2, "email_address": 1,
      ]
    ),
    Sample(
      path: "xml/soap.xml",
      persons: 1,
      counts: [
        "person_name": 1, "postal_code": 1, "email_address": 1,
      ]
    ),
    Sample(path: "xml/solr.xml", persons: 2, counts: ["person_name": 2, "email_address": 3]),
    // Five in tables, a list and a form; a name and addresses in text, in a script, in a comment.
    Sample(
      path: "html/page.html",
      persons: 7,
      counts: [
        "person_name": 6, "birth_date": 1, "address": 1, "phone_number": 2, "email_address": 7,
      ]
    ),
    Sample(
      path: "form/bodies.txt",
      persons: 3,
      counts: [
        "person_name": 3, "phone_number": 2, "email_address": 3,
      ]
    ),
    Sample(path: "form/queries.txt", persons: 2, counts: ["person_name": 2, "email_address": 2]),
  ]

  @Test(arguments: samples)
  func samplesAreRead(sample: Sample) throws {
    try withFolder { folder in
      let report = try Program.scan(
        [Program.packageRoot + "/Fixtures/formats/" + sample.path],
        in: folder
      )
      #expect(report.persons == [sample.persons, sample.persons, sample.persons])
      #expect(report.json["findings"].keys.sorted() == sample.counts.keys.sorted())
      for (type, count) in sample.counts { #expect(report.count(type) == count) }
      #expect(report.ledgerCloses)
    }
  }

  /// A table of one column is one; lines of labels and values, and lines that are not what the first one
  /// says, are none.
  @Test(arguments: [
    ("氏名\n高橋 健一\n渡辺 美咲\n小林 翔太\n", "csv", 3, ["person_name": 3]),
    (
      "メールアドレス\r\ntaro@example-mail.jp\r\nhanako@example-mail.jp\r\n", "csv", 2,
      ["email_address": 2]
    ),
    ("氏名\n高橋 健一\n電話番号\n090-1111-2201\n", "text", 1, ["person_name": 1, "phone_number": 1]),
    ("name\nsudo\nzlib\nopenssl\n", "text", 0, [:]),
  ])
  func lists(text: String, format: String, persons: Int, counts: [String: Int]) throws {
    for charset in [Charset.utf8, .cp932] {
      try withFolder { folder in
        try folder.write("list.csv", Data(CharsetEncoder(charset).encode(text)))
        let report = try Program.scan(["list.csv"], in: folder)
        #expect(report.json["files"].list.first?["format"].string == format)
        #expect(report.persons == [persons, persons, persons])
        #expect(report.json["findings"].keys.sorted() == counts.keys.sorted())
        for (type, count) in counts { #expect(report.count(type) == count) }
        #expect(report.ledgerCloses)
      }
    }
  }

  @Test func workersChangeNothing() throws {
    try withFolder { folder in
      let samples = Program.packageRoot + "/Fixtures/formats"
      let one = try Program.scan([samples, "--jobs", "1"], in: folder)
      let three = try Program.scan([samples, "--jobs", "3"], in: folder)
      #expect(one.body == three.body)
    }
  }

  /// A finding in text without its tags, or with references, says where it was written.
  @Test func findingsSayWhere() throws {
    try withFolder { folder in
      let page =
        "<html><body>\n<p>写し\n<b>owner</b>&nbsp;taro.kimura@example-mail.jp</p></body></html>\n"
      let list = "<l>\n<u mail='x'/>\n<u mail='taro.kimura&#64;example-mail.jp'/></l>\n"
      try folder.write("a.html", page)
      try folder.write("b.xml", list)
      let ran = try Program.run(["scan", "a.html", "b.xml", "--format", "ndjson"], in: folder)
      let found = try JSON.lines(ran.out).filter { $0["kind"].string == "finding" }
      let at = found.map {
        "\($0["line"].int ?? 0) \($0["offset"].int ?? 0) \($0["length"].int ?? 0)"
      }
      let mail = "taro.kimura@example-mail.jp"
      let place = { (part: String, text: String) in
        text.range(of: part).map { text[..<$0.lowerBound].utf8.count } ?? -1
      }
      let raw = "taro.kimura&#64;example-mail.jp"
      #expect(
        at == [
          "3 \(place(mail, page)) \(mail.utf8.count)", "3 \(place(raw, list)) \(raw.utf8.count)",
        ]
      )
    }
  }
}
