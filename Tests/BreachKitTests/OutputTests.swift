import BreachModel
import Foundation
import Testing

/// What is written, where, and that no value stands in it.
@Suite struct OutputTests {
  @Test func jsonHasThePromisedKeys() throws {
    try withFolder { folder in
      try folder.write("a.csv", Canary.csv + people(3))
      let report = try Program.scan(["a.csv"], in: folder)
      let json = report.json
      #expect(
        json.keys == [
          "schema", "tool", "run", "coverage", "findings", "persons", "period", "assessment",
          "files",
        ]
      )
      #expect(json["schema"].string == "breachscope.result/1")
      #expect(json["tool"].keys == ["name", "version", "patterns_sha256"])
      #expect(json["run"].keys == ["started", "seconds", "complete", "jobs", "inputs"])
      #expect(
        Set(json["coverage"].keys).isSuperset(of: [
          "files", "bytes", "read_bytes", "container_bytes", "by_format", "not_text", "gaps",
        ])
      )
      #expect(
        Set(json["findings", "email_address"].keys).isSuperset(of: [
          "count", "distinct", "files", "sample", "expected_by_chance",
        ])
      )
      #expect(
        Set(json["persons"].keys).isSuperset(of: [
          "low", "likely", "high", "unread", "funnel", "by_type", "by_combination", "by_class",
          "by_residence", "by_age", "ages_on",
        ])
      )
      #expect(json["persons", "unread"].keys == ["bytes", "could_add", "basis"])
      #expect(
        json["persons", "funnel"].keys == [
          "rows", "after_exact_duplicates", "entities", "organisations", "sample",
          "extra_in_rows", "persons",
        ]
      )
      let pack = json["assessment", "packs"].list.first
      let packKeys = Set(pack?.keys ?? [])
      #expect(packKeys.isSuperset(of: ["id", "version", "outcomes", "duties", "decisions"]))
      let fileKeys = Set(json["files"].list.first?.keys ?? [])
      #expect(
        fileKeys.isSuperset(of: [
          "path", "format", "encoding", "records", "persons", "findings",
        ])
      )
      let none = try Program.scan(["a.csv", "--no-persons"], in: folder)
      #expect(none.json["persons"].isNull)
      #expect(none.count("email_address") == 4)
    }
  }

  /// The days of tables that hold data of persons, by leaf and table; those of others are left out.
  @Test func thePeriodOfTheData() throws {
    try withFolder { folder in
      try folder.write(
        "a.sql",
        """
        CREATE TABLE users (id int, email varchar(50), created_at datetime, last_login int);
        INSERT INTO users VALUES (1,'a@mail-a.jp','2021-04-03 10:00:00',1600000000),
        (2,'b@mail-a.jp','2023-05-06 10:00:00',0);
        CREATE TABLE prices (id int, amount int, updated_at datetime);
        INSERT INTO prices VALUES (1,100,'2001-01-01 00:00:00');

        """
      )
      try folder.write("b.csv", "メール,注文日\nc@mail-a.jp,令和6年3月9日\nd@mail-a.jp,2024/1/2\n")
      try folder.write("c.txt", "2002-03-04 e@mail-a.jp\n")
      let json = try Program.scan(["a.sql", "b.csv", "c.txt"], in: folder).json
      func text(_ json: JSON) -> String {
        "\(json["from"].string ?? "-") \(json["to"].string ?? "-")"
      }
      #expect(text(json["period"]) == "2020-09-13 2024-03-09")
      let files = json["files"].list
      #expect(
        files.map { text($0["period"]) } == [
          "2020-09-13 2023-05-06", "2024-01-02 2024-03-09", "- -",
        ]
      )
      let columns = files[0]["dates"].list
      #expect(columns.map { $0["table"].string } == ["users", "users"])
      #expect(columns.map { $0["name"].string } == ["created_at", "last_login"])
      #expect(columns.map(text) == ["2021-04-03 2023-05-06", "2020-09-13 2020-09-13"])
    }
  }

  @Test func filesAreOursAloneAndReplacedWhole() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(3))
      try folder.write("r.json", "old")
      let ran = try Program.shell(
        "umask 000; chmod 666 r.json; \"$B\" scan a.csv -o r.json -o t.txt -f text; stat -c %a r.json t.txt",
        in: folder
      )
      #expect(ran.code == 0)
      #expect(ran.stdout.hasSuffix("600\n600\n"))
      #expect(try JSON.parse(try folder.read("r.json"))["persons", "likely"].int == 3)
      #expect(folder.names.sorted() == ["a.csv", "r.json", "t.txt"])
    }
  }

  @Test func aFailureLeavesTheOldFile() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(3))
      try folder.write("r.json", "old")
      let full = try Program.shell(
        "ulimit -f 1; \"$B\" scan a.csv -o r.json --format json",
        in: folder
      )
      #expect(full.code == 4)
      #expect(try folder.read("r.json") == Data("old".utf8))
      #expect(folder.names.sorted() == ["a.csv", "r.json"])
      let usage = try Program.run(["scan", "nowhere", "-o", "r.json"], in: folder)
      #expect(usage.code == 2)
      #expect(try folder.read("r.json") == Data("old".utf8))
      #expect(folder.names.sorted() == ["a.csv", "r.json"])
    }
  }

  @Test func aLinkIsNotWrittenThrough() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(3))
      try folder.write("victim", "mine")
      let ran = try Program.shell("ln -s victim r.json; \"$B\" scan a.csv -o r.json", in: folder)
      #expect(ran.code == 4)
      #expect(try folder.read("victim") == Data("mine".utf8))
    }
  }

  @Test func ourOwnOutputInsideTheTreeIsNotScanned() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(3))
      let ran = try Program.run(["scan", ".", "-o", "./r.json"], in: folder)
      #expect(ran.code == 0)
      let json = try JSON.parse(try folder.read("r.json"))
      #expect(json["coverage", "files"].int == 1)
      #expect(json["coverage", "notes"].list.map { $0["kind"].string } == ["self"])
    }
  }

  static let formats: [[String]] = [
    ["-f", "text"], ["-f", "text", "--lang", "ja"], ["-f", "json"], ["-f", "ndjson"],
    ["-f", "text", "--color", "always"], ["--quiet"], ["-f", "md"], ["-f", "csv"],
    ["-f", "csv", "--lang", "ja"], ["-f", "sarif"], ["-f", "junit"], ["-f", "github"],
    ["-f", "gitlab"], ["-f", "html"], ["-f", "html", "--lang", "ja"],
  ]

  @Test(arguments: formats) func noValueIsShown(_ options: [String]) throws {
    try withFolder { folder in
      try folder.write("a.csv", Canary.csv)
      try folder.write(
        "b.log",
        "login by \(Canary.mail) 電話 \(Canary.phone) card \(Canary.card) 氏名: \(Canary.name)様\n"
      )
      try folder.write(
        "c.jsonl",
        "{\"name\":\"\(Canary.name)\",\"email\":\"\(Canary.mail)\",\"tel\":\"\(Canary.phone)\"}\n"
      )
      let ran = try Program.run(["scan", "."] + options, in: folder)
      #expect(ran.code == 0)
      #expect(!Canary.leaks(in: ran.stdout))
      #expect(!Canary.leaks(in: ran.stderr))
      let check = try Program.run(["check", "."], in: folder)
      #expect(check.code == 1)
      #expect(!Canary.leaks(in: check.stdout + check.stderr))
    }
  }

  /// A policy that names values has them compared in clear: they must not get any further.
  @Test(arguments: ["text", "md", "html", "sarif", "junit", "github", "gitlab"])
  func noValueIsShownByAGateThatComparesValues(_ format: String) throws {
    try withFolder { folder in
      try folder.write("a.csv", Canary.csv)
      try folder.write(
        "policy.yaml",
        "forbid: [card_number, email_address]\nallow:\n  - {value: \"x@*\"}\n"
      )
      let ran = try Program.run(
        ["check", "a.csv", "--policy", "policy.yaml", "-f", format],
        in: folder
      )
      #expect(ran.code == 1)
      #expect(ran.stdout.contains(["md", "html"].contains(format) ? "Card number" : "card_number"))
      #expect(!Canary.leaks(in: ran.stdout + ran.stderr))
    }
  }

  @Test func everyReportIsOursAloneAndTheSameOnEveryRun() throws {
    try withFolder { folder in
      try folder.write("a.csv", Canary.csv + people(40))
      try folder.write("b.pdf", "%PDF-1.7 ")
      let names = [
        "r.md", "r.csv", "r.sarif", "r.junit.xml", "r.github.txt", "r.gitlab.json",
      ]
      let options = names.flatMap { ["-o", $0] }.joined(separator: " ")
      let ran = try Program.shell(
        "umask 000; \"$B\" scan a.csv b.pdf \(options) > t; echo $?; stat -c %a r.*",
        in: folder
      )
      #expect(ran.stdout == "3\n" + String(repeating: "600\n", count: names.count))
      let first = try names.map { try folder.read($0) }
      #expect(!first.contains { Canary.leaks(in: String(decoding: $0, as: UTF8.self)) })
      let again = try Program.shell(
        "BREACHSCOPE_TEST_UNIT_SIZE=100 \"$B\" scan a.csv b.pdf -j 2 \(options) > t",
        in: folder
      )
      #expect(again.code == 3)
      #expect(try names.map { try folder.read($0) } == first)
    }
  }

  /// Read by Python's own table of the charset.
  @Test func tablesInCP932NameWhatCouldNotBeWritten() throws {
    try withFolder { folder in
      try folder.write("髙橋①㈱∵¬〜ｶ𠮷ø/a.csv", people(2))
      let ran = try Program.run(
        ["scan", ".", "--lang", "ja", "-o", "r.csv", "--csv-encoding", "cp932"],
        in: folder
      )
      #expect(ran.code == 0)
      try Program.python(
        """
        import csv
        raw = open('r.csv', 'rb').read()
        assert raw.startswith('区分,ID,名称'.encode('cp932'))
        text = raw.decode('cp932')
        assert '髙橋①㈱∵￢～ｶ〓〓/a.csv' in text
        # As Windows writes it, not by the older code of NEC.
        assert b'./\\xfb\\xfc' in raw
        rows = list(csv.reader(text.split('\\r\\n')))[:-1]
        assert all(len(row) == 17 for row in rows)
        last = rows[-1]
        assert last[1] == 'not_written' and last[3] == '2' and last[16] == 'U+00F8 U+20BB7', last
        """,
        in: folder
      )
      let other = try Program.run(["scan", ".", "--csv-encoding", "latin-1"], in: folder)
      #expect(other.code == 2)
    }
  }

  /// Against the schema of OASIS, where its path is given and Python can validate.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["BREACHSCOPE_SARIF_SCHEMA"] != nil))
  func sarifIsValid() throws {
    let environment = ProcessInfo.processInfo.environment
    let schema = environment["BREACHSCOPE_SARIF_SCHEMA"] ?? ""
    try withFolder { folder in
      try folder.write("a b/会員.csv", Canary.csv + people(3))
      try folder.write("c.pdf", "%PDF-1.7 ")
      for command in ["scan", "check"] {
        _ = try Program.run([command, ".", "-o", "r.sarif"], in: folder)
        try Program.python(
          """
          import json, sys
          sys.path += sys.argv[2].split(':')
          import jsonschema
          schema = json.load(open(sys.argv[1]))
          jsonschema.Draft4Validator(schema).validate(json.load(open('r.sarif')))
          """,
          [schema, environment["PYTHONPATH"] ?? ""],
          in: folder
        )
      }
    }
  }

  /// Values in clear go to a folder that nobody else can write in; masked reports may go anywhere.
  @Test(arguments: [("755", 0), ("700", 0), ("775", 2), ("757", 2), ("1777", 0)])
  func revealNeedsAFolderOfOnesOwn(mode: String, code: Int32) throws {
    try withFolder { folder in
      try folder.write("a.csv", people(2))
      let ran = try Program.shell(
        "mkdir out; chmod \(mode) out; \"$B\" scan a.csv --quiet -o out/m.ndjson || exit 9; "
          + "\"$B\" scan a.csv --quiet --reveal -o out/v.ndjson; code=$?; ls out; exit $code",
        in: folder
      )
      #expect(ran.code == code)
      #expect(ran.stdout.contains("v.ndjson") == (code == 0))
      #expect(ran.stdout.contains("m.ndjson"))
    }
  }

  @Test func revealGoesToOurFileAloneAndChangesNothingElse() throws {
    try withFolder { folder in
      try folder.write("a.csv", Canary.csv + people(4))
      try folder.write("key", String(repeating: "0f", count: 16))
      let options = ["--seed-key", "key", "a.csv"]
      let ran = try Program.run(["scan", "--reveal", "-o", "v.ndjson"] + options, in: folder)
      #expect(ran.code == 0)
      #expect(ran.stderr.contains("--reveal"))
      #expect(!Canary.leaks(in: ran.stdout + ran.stderr))
      let shown = try JSON.lines(try folder.read("v.ndjson"))
      let masked = try Program.stream(options, in: folder)
      #expect(shown.contains { $0["value"].string == Canary.mail })
      #expect(shown.count == masked.count)
      for (left, right) in zip(shown, masked) where left["kind"].string == "finding" {
        // Each line says that its value stands in clear.
        #expect(left["revealed"].value == .bool(true) && right["revealed"].isNull)
        #expect(left.without("value").without("revealed") == right.without("value"))
      }
    }
  }

  @Test func digestsAreEqualUnderOneKeyAndDifferWithoutIt() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(2))
      try folder.write("key", String(repeating: "a5", count: 16) + "\n")
      func digests(_ options: [String]) throws -> [String?] {
        try Program.stream(["a.csv"] + options, in: folder).map { $0["digest"].string }
      }
      let keyed = try digests(["--seed-key", "key"])
      #expect(keyed == (try digests(["--seed-key", "key"])))
      #expect(keyed != (try digests([])))
      #expect(Set(keyed.compactMap { $0 }).allSatisfy { $0.utf8.count == 32 })
    }
  }

  /// Encodings by the names that Python has for them.
  @Test(arguments: [
    "utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16", "utf-16-le", "utf-16-be",
  ])
  func offsetsPointAtTheBytesOfTheFile(_ encoding: String) throws {
    try withFolder { folder in
      let csv = #"""
        氏名,備考,メールアドレス,電話番号
        "佐藤 健一","いろいろ
        改行と""引用符""",kenichi@example-mail.jp,090-1111-2222
        "鈴木 恵子","a,b","keiko@example-mail.jp","03-1234-5678"
        高橋 直樹,表予能ソ,naoki@example-mail.jp,080-3333-4444

        """#
      try Program.python(
        "import sys; open('a.csv','wb').write(sys.argv[1].encode(sys.argv[2], 'replace'))",
        [csv, encoding],
        in: folder
      )
      let ran = try Program.run(["scan", "a.csv", "--reveal", "-o", "v.ndjson"], in: folder)
      #expect(ran.code == 0)
      try folder.write("names", encoding)
      // The bytes at each place, decoded, are the value as written: compared there, never printed.
      try Program.python(
        """
        import json
        data = open('a.csv','rb').read(); enc = open('names').read().replace('-sig','')
        if enc == 'utf-16': enc = 'utf-16-le'
        found = 0
        for line in open('v.ndjson', encoding='utf-8'):
            row = json.loads(line)
            if row['kind'] != 'finding': continue
            part = data[row['offset']:row['offset']+row['length']]
            found += 1
            # The escape that says what the bytes mean stands before them.
            if enc == 'iso2022_jp' and row['type'] == 'person_name': continue
            got = part.decode(enc, 'replace')
            assert got == row['value'], ('place', row['type'], row['line'])
        assert found == 9, found
        """,
        in: folder
      )
    }
  }

  @Test func streamLinesAreInPathOrderAndEndWithASummary() throws {
    try withFolder { folder in
      for name in ["b/x.csv", "a.csv", "b.csv"] {
        try folder.write(name, people(2, from: name.count))
      }
      try folder.write("z.pdf", "%PDF-1.4 ")
      let rows = try Program.stream(["."], in: folder)
      let paths = rows.filter { $0["kind"].string == "finding" }.compactMap { $0["path"].string }
      #expect(paths == paths.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
      #expect(Set(paths).count == 3)
      #expect(rows.suffix(2).map { $0["kind"].string } == ["gap", "summary"])
      #expect(rows.last?["files"].isNull == true)
      #expect(
        rows.first?.keys.prefix(10).elementsEqual([
          "kind", "type", "detector", "path", "line", "field", "offset", "length", "record",
          "value",
        ]) == true
      )
    }
  }

  @Test func colourIsOffWhereItWasNotAskedFor() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(2))
      #expect(!(try Program.run(["scan", "a.csv"], in: folder)).stdout.contains("\u{1B}"))
      let always = try Program.run(
        ["scan", "a.csv", "--color", "always"],
        in: folder,
        env: ["NO_COLOR": "1"]
      )
      #expect(always.stdout.contains("\u{1B}["))
      // On a terminal NO_COLOR takes it away.
      let script = "script -qec '\"$B\" scan a.csv --no-progress' /dev/null"
      let plain = try Program.shell(script, in: folder, env: ["NO_COLOR": "1", "TERM": "xterm"])
      #expect(!plain.stdout.contains("\u{1B}["))
    }
  }

  @Test func languageFollowsTheOptionThenTheLocale() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(2))
      func isJapanese(_ args: [String], _ env: [String: String]) throws -> Bool {
        try Program.run(["scan", "a.csv"] + args, in: folder, env: env).stdout.contains("  本人の数  ")
      }
      #expect(try isJapanese(["--lang", "ja"], ["LANG": "en_US.UTF-8"]))
      #expect(try isJapanese([], ["LANG": "ja_JP.UTF-8"]))
      #expect(!(try isJapanese(["--lang", "en"], ["LANG": "ja_JP.UTF-8"])))
      #expect(!(try isJapanese([], ["LANG": "C"])))
      let ja = try Program.scan(["a.csv", "--lang", "ja"], in: folder)
      let en = try Program.scan(["a.csv", "--lang", "en"], in: folder)
      #expect(ja.body == en.body)
    }
  }
}
