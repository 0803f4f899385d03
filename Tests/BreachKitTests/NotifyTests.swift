import Foundation
import Testing

/// The list of those to be notified: who is on it, by what they are reached, and who may read it.
@Suite struct NotifyTests {
  static let header =
    "Person,Name,Name in kana,Reach by,Email address,Phone number,Postal code,Address,"
    + "Further names and contacts,Items leaked,class,Files (records),To be checked"

  /// Scans `data` and lists it again.
  private static func list(
    _ data: [String],
    _ options: [String] = [],
    in folder: Folder,
    output: String = "list.csv"
  ) throws -> Ran {
    let scan = try Program.run(["scan"] + data + ["-o", "s.breach", "-q"], in: folder)
    guard scan.code == 0 else { throw SetUpFailed(what: scan.stderr) }
    return try again(data, options, in: folder, output: output)
  }

  private static func again(
    _ data: [String],
    _ options: [String] = [],
    in folder: Folder,
    output: String = "list.csv"
  ) throws -> Ran {
    try Program.run(
      ["notify", "--data"] + data + ["--store", "s.breach", "-o", output] + options,
      in: folder
    )
  }

  /// Lines of a list without the heading and the mark before it.
  private static func rows(_ folder: Folder, _ name: String = "list.csv") throws -> [String] {
    let text = String(decoding: try folder.read(name), as: UTF8.self)
    #expect(text.hasPrefix("\u{FEFF}" + header + "\r\n"))
    return text.split(separator: "\r\n").dropFirst().map(String.init)
  }

  private static func cells(_ row: String) -> [String] {
    row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  /// Names and addresses are spread over columns, zeros lead, and quotes stand in the way.
  @Test(arguments: ["utf-8", "cp932"]) func whatIsSpreadComesTogether(_ charset: String) throws {
    try withFolder { folder in
      let text = """
        姓,名,セイ,メイ,郵便番号,都道府県,市区町村,町名番地,建物名,電話番号,メールアドレス
        近藤,智子,コンドウ,トモコ,0600031,北海道,札幌市中央区,北一条東1-2-3,"コーポ ""桜"" 305号室",08020532752,tomoko@example-mail.jp
        渡辺,健一,ワタナベ,ケンイチ,150-0013,東京都,渋谷区,恵比寿4-4-9,,0367453029,
        石川,陽子,イシカワ,ヨウコ,,東京都,,,,,
        中村,直樹,ナカムラ,ナオキ,,,,,,０９０－６６３１－９８３５,

        """
      try folder.write("d/list.csv", text)
      if charset == "cp932" {
        try Program.python(
          "t=open('d/list.csv',encoding='utf-8').read(); open('d/list.csv','wb').write(t.encode('cp932'))",
          in: folder
        )
      }
      let ran = try Self.list(["d"], in: folder)
      #expect(ran.code == 0)
      let lines = ran.stdout.split(separator: "\n").map {
        $0.split(separator: " ").joined(separator: " ")
      }
      #expect(
        lines == [
          "Persons 4", "email 1", "post 1", "phone 1", "none 1",
          "those who cannot be told need substitute measures, such as a publication and an inquiry desk",
          "Persons to be checked 0", "Persons not found again 0",
        ]
      )
      let rows = try Self.rows(folder)
      let items = "Name, Name in kana"
      let file = "d/list.csv (1),"
      try #require(rows.count == 4)
      #expect(
        rows[0]
          == "P000001,近藤 智子,コンドウ トモコ,email,tomoko@example-mail.jp,080-2053-2752,060-0031,"
          + "\"北海道札幌市中央区北一条東1-2-3コーポ \"\"桜\"\" 305号室\",,"
          + "\"\(items), Postal code, Address, Phone number, Email address\",,\(file)"
      )
      #expect(
        rows[1]
          == "P000002,渡辺 健一,ワタナベ ケンイチ,post,,03-6745-3029,150-0013,東京都渋谷区恵比寿4-4-9,,"
          + "\"\(items), Postal code, Address, Phone number\",,\(file)"
      )
      #expect(rows[2].hasPrefix("P000003,石川 陽子,イシカワ ヨウコ,none,,,,"))
      #expect(
        rows[3]
          == "P000004,中村 直樹,ナカムラ ナオキ,phone,,090-6631-9835,,,,\"\(items), Phone number\",,\(file)"
      )
    }
  }

  /// One person in three files of three formats, with escapes and other spellings.
  @Test func onePersonOverThreeFiles() throws {
    try withFolder { folder in
      try folder.write(
        "d/a.csv",
        "氏名,メールアドレス,携帯電話\n髙橋 健二,kenji@example-mail.jp,080-4354-7443\n"
      )
      try folder.write(
        "d/b.jsonl",
        #"{"name":"\u9ad9\u6a4b \u5065\u4e8c","email":"KENJI@example-mail.jp","address":"大阪府大阪市北区梅田1-13-19"}"#
          + "\n"
      )
      try folder.write(
        "d/c.sql",
        """
        CREATE TABLE users (id int, name varchar(20), email varchar(40), phone varchar(20));
        INSERT INTO users VALUES (7,'高橋　健二','kenji@example-mail.jp','06-6345-6789'),(8,'O\\'Brien Kate','kate@example-mail.jp',NULL);

        """
      )
      #expect(try Self.list(["d"], in: folder).code == 0)
      let rows = try Self.rows(folder)
      try #require(rows.count == 2)
      let cells = Self.cells(rows[0])
      #expect(cells[..<4] == ["P000001", "髙橋 健二", "", "email"])
      #expect(cells[5] == "080-4354-7443")
      #expect(cells[7...8] == ["大阪府大阪市北区梅田1-13-19", "06-6345-6789"])
      #expect(rows[0].contains("d/a.csv (1) | d/b.jsonl (1) | d/c.sql (1)"))
      #expect(rows[1].hasPrefix("P000002,O'Brien Kate,,email,kate@example-mail.jp,,"))
    }
  }

  /// Who orders and who gets it are two persons, each with what is theirs.
  @Test func twoPersonsOfOneRow() throws {
    try withFolder { folder in
      try folder.write(
        "o.csv",
        """
        注文者氏名,注文者住所,注文者電話番号,配送先氏名,配送先住所,配送先電話番号
        近藤 智子,愛媛県松山市大街道5-1-2,080-2053-2752,渡辺 健一,東京都渋谷区恵比寿4-4-9,070-6845-5773

        """
      )
      #expect(try Self.list(["o.csv"], in: folder).code == 0)
      let rows = try Self.rows(folder).map(Self.cells)
      #expect(
        rows.map { [$0[1], $0[5], $0[7]] } == [
          ["近藤 智子", "080-2053-2752", "愛媛県松山市大街道5-1-2"],
          ["渡辺 健一", "070-6845-5773", "東京都渋谷区恵比寿4-4-9"],
        ]
      )
    }
  }

  /// Forms in text: parts under labels of their own, and query strings.
  @Test func labelsAndQueries() throws {
    try withFolder { folder in
      try folder.write("m.txt", "姓：近藤\n名：智子\nメール：tomoko@example-mail.jp\n電話：080-2053-2752\n")
      try folder.write(
        "l.log",
        "1.2.3.4 - - [01/Nov/2026:10:00:00 +0900] \"GET /r?email=kenji%40example-mail.jp HTTP/1.1\" 200 12\n"
      )
      #expect(try Self.list(["l.log", "m.txt"], in: folder).code == 0)
      let rows = try Self.rows(folder).map(Self.cells)
      try #require(rows.count == 2)
      #expect(rows[0][4] == "kenji@example-mail.jp")
      #expect(rows[1][1...5] == ["近藤 智子", "", "email", "tomoko@example-mail.jp", "080-2053-2752"])
    }
  }

  /// No cell is a formula, and what is left of a number keeps its zeros.
  @Test func spreadsheetsReadTextAsText() throws {
    try withFolder { folder in
      try folder.write(
        "a.csv",
        """
        name,email,phone
        Marie Dupont,marie@example-mail.fr,+33 6 12 34 56 78
        Luc Moreau,luc@example-mail.fr,0612345678

        """
      )
      #expect(try Self.list(["a.csv"], in: folder).code == 0)
      let rows = try Self.rows(folder)
      try #require(rows.count == 2)
      #expect(rows[0].contains(",\"'+33 6 12 34 56 78\","))
      #expect(rows[1].contains(",'0612345678,") || rows[1].contains(",06-1234-5678,"))
      #expect(try Self.again(["a.csv"], in: folder, output: "l.xlsx").code == 0)
      try Program.python(
        """
        import zipfile
        book = zipfile.ZipFile("l.xlsx")
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert '<c s="4" t="inlineStr"><is><t xml:space="preserve">+33 6 12 34 56 78<' in sheet
        assert '<f>' not in sheet and '<v>' not in sheet
        summary = book.read("xl/worksheets/sheet2.xml").decode()
        assert 'Persons<' in summary and '<v>2</v>' in summary
        assert 'To notify' in book.read("xl/workbook.xml").decode()
        """,
        in: folder
      )
    }
  }

  /// Sample data and companies are on no list; `--only` takes some of the rest.
  @Test func whoIsOnTheList() throws {
    try withFolder { folder in
      try folder.write(
        "a.csv",
        """
        会社名,氏名,生年月日,メールアドレス,電話番号
        ,近藤 智子,1980-01-02,tomoko@example-mail.jp,080-2053-2752
        ,テスト太郎,,test@example.com,090-0000-0000
        株式会社青葉商事,,,info@aoba-shoji.co.jp,03-6044-7927
        ,渡辺 健一,1975-05-06,,

        """
      )
      #expect(try Self.list(["a.csv"], in: folder).code == 0)
      let names = try Self.rows(folder).map { Self.cells($0)[1] }
      #expect(names == ["近藤 智子", "渡辺 健一"])
      #expect(try Self.again(["a.csv"], ["--only", "reachable"], in: folder).code == 0)
      #expect(try Self.rows(folder).map { Self.cells($0)[1] } == ["近藤 智子"])
      #expect(try Self.again(["a.csv"], ["--only", "unreachable"], in: folder).code == 0)
      #expect(try Self.rows(folder).map { Self.cells($0)[1] } == ["渡辺 健一"])
    }
  }

  /// What only weak evidence joins is a possible double on both rows.
  @Test func doublesAreNamed() throws {
    try withFolder { folder in
      try folder.write(
        "a.csv",
        """
        会社名,姓,名,住所,電話番号,メールアドレス
        ,平野,茂,神奈川県藤沢市鵠沼海岸5-13-15,0466-29-3509,shigeru@example-mail.jp
        ,平野,,神奈川県藤沢市鵠沼海岸5-13-15,0466-29-3509,hirano77@example-mail.jp
        ,和田,直樹,神奈川県藤沢市鵠沼海岸3-16-18,0466-24-7293,naoki@example-mail.jp

        """
      )
      #expect(try Self.list(["a.csv"], in: folder).code == 0)
      let doubts = try Self.rows(folder).map { Self.cells($0).last }
      #expect(doubts == ["possible double of P000002", "possible double of P000001", ""])
    }
  }

  /// The list is ours alone, goes to a file only, and neither words nor errors hold a value.
  @Test func theListIsGuarded() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(3))
      let ran = try Self.list(["a.csv"], in: folder)
      #expect(ran.code == 0)
      #expect(ran.stderr.contains("warning: the list holds names and contacts in clear"))
      for text in [ran.stdout, ran.stderr] {
        #expect(!text.contains("佐藤") && !text.contains("example-mail") && !text.contains("090-"))
      }
      let mode = try Program.shell("stat -c %a list.csv; ls", in: folder)
      #expect(mode.stdout == "600\na.csv\nlist.csv\ns.breach\ns.key\n")
      for output in ["/dev/stdout", "/dev/null", "-", "list.json"] {
        #expect(try Self.again(["a.csv"], in: folder, output: output).code == 2)
      }
      let japanese = try Self.again(["a.csv"], ["--lang", "ja"], in: folder)
      #expect(japanese.stderr.contains("注意: 氏名と連絡先を伏せずに書き出します"))
      let text = String(decoding: try folder.read("list.csv"), as: UTF8.self)
      #expect(text.hasPrefix("\u{FEFF}本人番号,氏名,氏名（カナ）,連絡方法,"))
      #expect(text.contains("P000001,佐藤 健一,,メール,user0@example-mail.jp,090-1000-0000,"))
    }
  }

  /// A merge that is likely, another name and another address are for somebody to look at.
  @Test func whatIsToBeChecked() throws {
    try withFolder { folder in
      try folder.write(
        "a.csv",
        """
        氏名,住所,メールアドレス
        平野 茂,神奈川県藤沢市鵠沼海岸5-13-15,shigeru@example-mail.jp
        和田 直樹,神奈川県藤沢市鵠沼海岸3-16-18,naoki@example-mail.jp

        """
      )
      try folder.write(
        "b.csv",
        """
        メールアドレス,住所
        shigeru@example-mail.jp,東京都渋谷区恵比寿4-4-9

        """
      )
      #expect(try Self.list(["a.csv", "b.csv"], in: folder).code == 0)
      let rows = try Self.rows(folder)
      try #require(rows.count == 2)
      #expect(
        rows[0].hasSuffix(
          ",a.csv (1) | b.csv (1),1 of 2 records joined by likely evidence | several addresses"
        )
      )
      #expect(rows[0].contains(",神奈川県藤沢市鵠沼海岸5-13-15,東京都渋谷区恵比寿4-4-9,"))
      #expect(rows[1].hasSuffix(",a.csv (1),"))
      let japanese = try Self.again(["a.csv", "b.csv"], ["--lang", "ja", "-q"], in: folder)
      #expect(japanese.stdout == "本人の数 2: メール 2、郵送 0、電話 0、連絡先なし 0\n")
      let text = String(decoding: try folder.read("list.csv"), as: UTF8.self)
      #expect(text.contains("記録2件のうち1件は推定で名寄せ | 住所が複数\r\n"))
      let help = try Program.run(["notify", "--help"], in: folder)
      #expect(help.code == 0 && help.stdout.contains("--only"))
    }
  }

  /// The key and the patterns have to be those of the store.
  @Test func anotherKeyOrOtherPatternsEndIt() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(3))
      #expect(try Self.list(["a.csv"], in: folder).code == 0)
      try folder.write("k", StoreTests.key)
      let key = try Self.again(["a.csv"], ["--seed-key", "k"], in: folder)
      #expect(key.code == 2 && key.stderr.contains("'k' is not the key of 's.breach'"))
      let detector = Program.packageRoot + "/Patterns/detectors/any/mac_address.yaml"
      let text = try String(contentsOfFile: detector, encoding: .utf8)
      try folder.write(
        "p/detectors/any/own.yaml",
        text.replacing("id: mac_address", with: "id: own_address")
      )
      let patterns = try Self.again(["a.csv"], ["--patterns", "p"], in: folder)
      #expect(patterns.code == 2)
      #expect(patterns.stderr.contains("'s.breach' was made with other patterns"))
    }
  }

  /// Data that is not what was scanned is named, and so are the persons that are gone.
  @Test func whatHasChangedIsNamed() throws {
    try withFolder { folder in
      try folder.write("d/a.csv", people(3))
      try folder.write("d/b.csv", people(2, from: 50))
      #expect(try Self.list(["d"], in: folder).code == 0)
      // Moved is not changed.
      _ = try Program.shell("mv d e", in: folder)
      #expect(try Self.again(["e"], in: folder).code == 0)
      try folder.write("e/a.csv", people(2))
      let changed = try Self.again(["e"], in: folder)
      #expect(changed.code == 3)
      #expect(changed.stdout.contains("Persons not found again  1\n"))
      // Where it lies now is nothing that the store knows.
      #expect(changed.stdout.contains("File is not in the data  d/a.csv\n"))
      let rows = try Self.rows(folder).map(Self.cells)
      #expect(rows.map { $0.last } == ["", "", "not found again", "", ""])
      #expect(rows[2][1...8] == ["", "", "none", "", "", "", "", ""])
      _ = try Program.shell("mv e d", in: folder)
      let known = try Self.again(["d"], in: folder)
      #expect(known.code == 3)
      #expect(known.stdout.contains("File has changed since the scan  d/a.csv\n"))
    }
  }

  /// What CP932 does not have is named by its number and its row.
  @Test func whatCannotBeWrittenIsNamed() throws {
    try withFolder { folder in
      try folder.write("a.csv", "氏名,メールアドレス\n𠮷田 昌平,shouhei@example-mail.jp\n")
      let ran = try Self.list(["a.csv"], ["--csv-encoding", "cp932"], in: folder)
      #expect(ran.code == 0)
      #expect(ran.stdout.contains("U+20BB7 (P000001)"))
      let bytes = try folder.read("list.csv")
      #expect(bytes.range(of: Data([0x81, 0xAC, 0x93, 0x63])) != nil)
    }
  }
}
