import BreachModel
import Foundation
import TestKit
import Testing

/// `redact`: copies without values, byte for byte what the files were otherwise.
struct RedactTests {
  private static let key = "000102030405060708090a0b0c0d0e0f\n"

  /// What `redact` makes of one file, which a scan of the copy has to find empty.
  private func redact(
    _ name: String,
    _ data: Data,
    _ options: [String] = ["--mask"],
    code: Int32 = 0
  ) throws -> Data? {
    try withFolder { folder in
      try folder.write("in/" + name, data)
      let ran = try Program.run(["redact", "in", "-o", "out"] + options, in: folder)
      #expect(ran.code == code, "\(ran.stderr)\(ran.stdout)")
      guard code == 0 else { return try? folder.read("out/" + name) }
      #expect(try Program.scan(["out"], in: folder).json["findings"].keys == [])
      return try folder.read("out/" + name)
    }
  }

  private func text(_ name: String, _ text: String, _ options: [String] = ["--mask"]) throws
    -> String
  {
    String(decoding: try redact(name, Data(text.utf8), options) ?? Data(), as: UTF8.self)
  }

  @Test func `cells are replaced, quotes and line ends stay`() throws {
    let csv =
      "氏名,電話番号,住所,残高\r\n佐藤 陽菜,090-1234-5678,\"東京都千代田区神田1-2-3\r\nビル\",500\r\n"
      + "\"鈴木 翔太\",\"080-2345-6789\",大阪府大阪市北区梅田1-1-1,\r\n"
    let redacted =
      "氏名,電話番号,住所,残高\r\n****,****,\"****\r\n\",500\r\n\"****\",\"****\",****,\r\n"
    #expect(try text("a.csv", csv) == redacted)
    #expect(
      try redact("a.csv", Data([0xEF, 0xBB, 0xBF]) + Data(csv.utf8))
        == Data([0xEF, 0xBB, 0xBF]) + Data(redacted.utf8)
    )
    for charset in [Charset.cp932, .eucJP] {
      #expect(
        try redact("a.csv", Data(CharsetEncoder(charset).encode(csv)))
          == Data(CharsetEncoder(charset).encode(redacted))
      )
    }
    let wide = { (text: String) in
      Data([0xFF, 0xFE]) + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }
    #expect(try redact("a.csv", wide(csv)) == wide(redacted))
  }

  @Test func `numbers of JSON become strings, and strings stay strings`() throws {
    let json =
      #"[{"name":"\u4f50\u85e4 \u967d\u83dc","age":34,"email":"a\u0040example.com","n":7},"#
      + #"{"name":"鈴木 翔太","age":51,"email":"b@example.com","n":8}]"#
    #expect(
      try text("a.json", json)
        == #"[{"name":"****","age":"****","email":"****","n":7},"#
        + #"{"name":"****","age":"****","email":"****","n":8}]"#
    )
  }

  @Test func `every part of a value that is spread over columns is replaced`() throws {
    #expect(
      try text(
        "a.csv",
        "姓,名,セイ,メイ,電話1,電話2,電話3,残高\n"
          + "佐藤,陽菜,サトウ,ヒナ,090,1234,5678,500\n"
          + "鈴木,翔太,スズキ,ショウタ,080,2345,6789,501\n"
      ) == "姓,名,セイ,メイ,電話1,電話2,電話3,残高\n"
        + "****,****,****,****,****,****,****,500\n"
        + "****,****,****,****,****,****,****,501\n"
    )
  }

  /// The tokens of prefecture, town and number side by side are no address either.
  @Test func `parts of an address are tokens, and none is taken for a value`() throws {
    let copy = try text(
      "a.csv",
      "会員ID,名前,〒,都道府県,市区町村,番地,建物名・部屋番号\n"
        + "33400823,佐藤 陽菜,410-0022,静岡県,沼津市,大岡9-12-28,シャトレ514\n"
        + "33064357,鈴木 翔太,060-0042,北海道,札幌市中央区,大通西3-21-34,\n"
        + "33064358,高橋 健一,530-0001,大阪府,大阪市北区,梅田1-1-1,\n",
      []
    )
    let token = "***0000*0000*0000".count
    let rows: [[Int]] = copy.split(whereSeparator: { $0 == "\n" }).dropFirst().map { row in
      let cells = row.split(omittingEmptySubsequences: false) { $0 == "," }
      return cells.map { $0.count }
    }
    let whole = [Int](repeating: token, count: 6)
    #expect(rows == [whole + [token], whole + [0], whole + [0]])
  }

  @Test func `a dump of MySQL loads again`() throws {
    let head =
      "-- MySQL dump 10.13\nCREATE TABLE `u` (`id` int, `name` text, `age` int, `email` text);\n"
      + "INSERT INTO `u` VALUES "
    #expect(
      try text(
        "a.sql",
        head + #"(1,'O\'Neil Sato Hina',34,'a@example.com'),(2,'鈴木 翔太',51,NULL);"#
          + "\n"
      ) == head + "(1,'****','****','****'),(2,'****','****',NULL);\n"
    )
  }

  @Test func `a dump with doubled quotes and rows of COPY loads again`() throws {
    let head =
      "-- PostgreSQL database dump\nCREATE TABLE u (id integer, name text, age integer, tel text);\n"
    let rows = "COPY u (id, name, age, tel) FROM stdin;\n"
    #expect(
      try text(
        "a.sql",
        head + "INSERT INTO u VALUES (1, 'it''s\\', 34, '090-1234-5678');\n" + rows
          + "2\t佐藤 陽菜\t51\t080-2345-6789\n\\.\nINSERT INTO u VALUES (3, '鈴木 翔太', 40, NULL);\n"
      ) == head + "INSERT INTO u VALUES (1, 'it''s\\', '****', '****');\n" + rows
        + "2\t****\t****\t****\n\\.\nINSERT INTO u VALUES (3, '****', '****', NULL);\n"
    )
  }

  @Test func `tags, logs and settings keep their form`() throws {
    #expect(
      try text("a.xml", "<r><p><name>佐藤 陽菜</name><mail a=\"b@example.com\"/></p></r>\n")
        == "<r><p><name>****</name><mail a=\"****\"/></p></r>\n"
    )
    #expect(
      try text("a.log", "x GET /a?mail=b%40example.com&x=1 200\n電話: 090-1234-5678\n")
        == "x GET /a?mail=****&x=1 200\n電話: ****\n"
    )
    // A star at its start would make a value of YAML an alias.
    #expect(try text("a.yaml", "u:\n  - email: b@example.com\n") == "u:\n  - email: ____\n")
  }

  @Test func `a line in ISO-2022-JP ends in the set it was in`() throws {
    let line = "氏名：佐藤 陽菜 様\n電話番号：090-1234-5678です\n"
    let redacted = try redact("a.txt", Data(CharsetEncoder(.iso2022JP).encode(line))) ?? Data()
    let stars = Data(CharsetEncoder(.iso2022JP).encode("氏名："))
    #expect(redacted.starts(with: stars + Data("**** ".utf8)))
    #expect(!redacted.contains(0x80))
  }

  @Test func `the same value is the same token in every file, and another one under another key`()
    throws
  {
    try withFolder { folder in
      try folder.write("in/a.csv", "email,age\nb@example.com,34\nc@example.com,35\n")
      try folder.write("in/b.log", "login B@Example.com\n")
      try folder.write("k", Self.key)
      let run = ["redact", "in", "--seed-key", "k", "-o"]
      #expect(try Program.run(run + ["x"], in: folder).code == 0)
      #expect(try Program.run(run + ["y"], in: folder).code == 0)
      #expect(try Program.run(["redact", "in", "-o", "z"], in: folder).code == 0)
      let rows = String(decoding: try folder.read("x/a.csv"), as: UTF8.self)
      let first = rows.split(separator: "\n")[1].prefix { $0 != "," }
      let second = rows.split(separator: "\n")[2].prefix { $0 != "," }
      let token = /\*\*\*\d{4}\*\d{4}\*\d{4}/
      #expect(first.wholeMatch(of: token) != nil && first != second)
      #expect(try folder.read("x/b.log") == Data("login \(first)\n".utf8))
      #expect(try folder.read("x/a.csv") == folder.read("y/a.csv"))
      #expect(try folder.read("x/a.csv") != folder.read("z/a.csv"))
    }
  }

  @Test func `what cannot be rewritten is named and not copied`() throws {
    try withFolder { folder in
      try folder.write("in/a.log", "mail b@example.com\n")
      try folder.write("in/empty.txt", "")
      try folder.write("in/doc.pdf", "%PDF-1.4 b@example.com")
      try Program.python(
        "import zipfile\nwith zipfile.ZipFile('in/z.zip','w') as z: z.writestr('a.txt','x')",
        in: folder
      )
      try FileManager.default.createSymbolicLink(
        atPath: folder.path + "/in/link",
        withDestinationPath: "a.log"
      )
      let ran = try Program.run(["redact", "in", "-o", "out", "--format", "json"], in: folder)
      #expect(ran.code == 3)
      let json = try JSON.parse(ran.out)
      #expect(json["schema"].string == "breachscope.redaction/1")
      #expect(json["files", "found"].int == 4 && json["files", "copied"].int == 2)
      #expect(json["values", "email_address"].int == 1)
      #expect(
        json["not_copied"].list.map { "\($0["path"].string ?? "") \($0["reason"].string ?? "")" }
          == [
            "in/doc.pdf unsupported_format", "in/link symlink", "in/z.zip container",
          ]
      )
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out")
      #expect(names.sorted() == ["a.log", "empty.txt"])
      let mode = { (name: String) in
        try FileManager.default.attributesOfItem(atPath: folder.path + name)[.posixPermissions]
          as? Int
      }
      #expect(try mode("/out") == 0o700 && mode("/out/a.log") == 0o600)
    }
  }

  @Test func `a name that holds a finding becomes a number`() throws {
    try withFolder { folder in
      try folder.write("in/佐藤陽菜_申込書.txt", "x\n")
      try folder.write("in/hina.sato@example.com/access.log", "x\n")
      #expect(try Program.run(["redact", "in", "-o", "out"], in: folder).code == 0)
      #expect(folder.exists("out/renamed-1/access.log"))
      #expect(folder.exists("out/renamed-2.txt"))
      #expect(folder.names.sorted() == ["in", "out"])
    }
  }

  @Test func `mail that is not read whole is not copied`() throws {
    let head = "From: b@example.com\nTo: c@example.com\n"
    for rest in [
      "Content-Type: text/plain; charset=viscii\n\n\u{CD}\u{F5}\n",
      "\nx\n-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\n",
    ] {
      let bytes = Data((head + rest).unicodeScalars.map { UInt8($0.value) })
      #expect(try redact("a.eml", bytes, code: 3) == nil)
    }
  }

  @Test func `mail is rewritten part by part`() throws {
    let mail = """
      From: =?utf-8?B?5L2Q6JekIOmZveiPnA==?= <b@example.com>
      Subject: =?utf-8?Q?tel_090-1234-5678?=
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary="x1"

      --x1
      Content-Type: text/plain; charset=utf-8
      Content-Transfer-Encoding: base64

      \(Data("電話: 080-2345-6789\n".utf8).base64EncodedString())
      --x1
      Content-Type: text/plain; charset=iso-8859-1
      Content-Transfer-Encoding: quoted-printable

      Caf=E9 c=40example.com and mo=
      re
      --x1
      Content-Type: image/png
      Content-Transfer-Encoding: base64

      AAAA
      --x1
      Content-Type: text/csv; name="=?utf-8?B?5L2Q6JekIOmZveiPnA==?="
      Content-Disposition: attachment; filename*=utf-8''%E4%BD%90

      佐藤 陽菜,1985-04-12
      --x1--

      """
    let copy = try redact("a.eml", Data(mail.utf8), code: 3) ?? Data()
    #expect(
      String(decoding: copy, as: UTF8.self) == """
        From: **** <****>
        Subject: tel ****
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="x1"

        --x1
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        電話: ****
        --x1
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        Café **** and more
        --x1
        Content-Type: image/png
        Content-Transfer-Encoding: base64

        --x1
        Content-Type: text/csv

        --x1--

        """
    )
  }

  @Test func `the folder of the copies has to be new, outside and writable`() throws {
    try withFolder { folder in
      try folder.write("in/a.log", "mail b@example.com\n")
      try folder.write("full/x", "x")
      #expect(try Program.run(["redact", "in", "-o", "full"], in: folder).code == 2)
      #expect(try Program.run(["redact", "in", "-o", "in/out"], in: folder).code == 2)
      #expect(try Program.run(["redact", "nothing", "-o", "out"], in: folder).code == 2)
      #expect(try Program.run(["redact", "-", "-o", "out"], in: folder).code == 2)
      #expect(try Program.run(["redact", "in", "-o", "none/out"], in: folder).code == 4)
      #expect(folder.names.sorted() == ["full", "in"])
    }
  }

  @Test func `the summary speaks both languages`() throws {
    try withFolder { folder in
      try folder.write("in/a.log", "mail b@example.com\n")
      let run = { (name: String, language: String) in
        try Program.run(["redact", "in", "-o", name, "--lang", language], in: folder).stdout
      }
      #expect(
        try run("x", "en")
          == "x: 1 of 1 file copied, 1 value replaced\n\n"
          + "Values replaced (the same value by the same token):\n  1  Email address\n"
      )
      #expect(
        try run("y", "ja")
          == "y: 1ファイルのうち1ファイルを複製し、値1件を置き換えました\n\n"
          + "置き換えた値（同じ値は同じ記号に）:\n  1  メールアドレス\n"
      )
    }
  }
}
