import Foundation
import Testing

/// Options of a scan, and the commands beside it.
@Suite struct OptionTests {
  @Test func typesAreLookedForAlone() throws {
    try withFolder { folder in
      try folder.write("a.csv", Canary.csv + people(2))
      let report = try Program.scan(["a.csv", "--types", "email_address,card_number"], in: folder)
      #expect(report.json["findings"].keys.sorted() == ["card_number", "email_address"])
      let sensitive = try Program.scan(["a.csv", "--types", "sensitive.*"], in: folder)
      #expect(sensitive.json["findings"].keys.isEmpty)
    }
  }

  /// Times go to standard error and change nothing else.
  @Test func timingsNameStagesFormatsAndDetectors() throws {
    try withFolder { folder in
      try folder.write("t/a.csv", people(40))
      try folder.write("t/b.log", "GET /?mail=hanako@example-mail.jp\n")
      let plain = try Program.scan(["t"], in: folder)
      let timed = try Program.scan(["t", "--timings"], in: folder)
      #expect(plain.body == timed.body)
      let names = timed.err.split(separator: "\n").filter { $0.hasPrefix("  ") }
        .compactMap { $0.split(separator: " ").first.map(String.init) }
      #expect(
        names == [
          "walk", "plan", "read", "decode", "frame", "detect", "send", "link", "report", "csv",
          "text", "any.email", "jp.person_name", "jp.phone_number",
        ]
      )
      let counts = timed.err.split(separator: "\n").filter { $0.hasSuffix(" kept") }
        .map { $0.split(separator: " ").suffix(4).joined(separator: " ") }
      #expect(counts == ["41 checked 41 kept", "40 checked 40 kept", "40 checked 40 kept"])
      #expect(!plain.err.contains("walk"))
    }
  }

  @Test func confidenceIsALowerBound() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(5))
      let all = try Program.scan(["a.csv", "--min-confidence", "0"], in: folder)
      let none = try Program.scan(["a.csv", "--min-confidence", "1"], in: folder)
      #expect(all.count("person_name") >= 5)
      #expect(none.count("person_name") <= all.count("person_name"))
    }
  }

  @Test func delimiterEncodingAndHeaderAsTheUserSays() throws {
    try withFolder { folder in
      try folder.write("pipe.txt", people(4).replacingOccurrences(of: ",", with: "|"))
      let piped = try Program.scan(["pipe.txt", "--delimiter", "|"], in: folder)
      #expect(piped.persons == [4, 4, 4])
      #expect(piped.json["coverage", "by_format", "csv"].int == 1)
      try folder.write("tab.txt", people(4).replacingOccurrences(of: ",", with: "\t"))
      #expect(
        try Program.scan(["tab.txt", "--delimiter", "tab"], in: folder).persons == [4, 4, 4]
      )
      try Program.python(
        "open('sj.csv','wb').write(open('pipe.txt', encoding='utf-8').read().replace('|', ',').encode('cp932'))",
        in: folder
      )
      let told = try Program.scan(["sj.csv", "--encoding", "cp932"], in: folder)
      #expect(told.json["files"].list.first?["encoding"].string == "cp932")
      #expect(told.persons == [4, 4, 4])
      let bare = people(4).split(separator: "\n").dropFirst().joined(separator: "\n") + "\n"
      try folder.write("bare.csv", bare)
      #expect(
        try Program.scan(["bare.csv", "--no-header"], in: folder).json["files"].list.first?[
          "records"
        ].int == 4
      )
      #expect(
        try Program.scan(["bare.csv", "--header"], in: folder).json["files"].list.first?["records"]
          .int == 3
      )
    }
  }

  @Test func dryRunListsWhatWouldBeRead() throws {
    try withFolder { folder in
      try folder.write("t/a.csv", people(1))
      let ran = try Program.run(["scan", "t", "--dry-run"], in: folder)
      #expect(ran.code == 0)
      #expect(ran.stdout.hasSuffix("\tt/a.csv\n"))
    }
  }

  @Test func quietIsOneLine() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(3))
      let ran = try Program.run(["scan", "a.csv", "--quiet"], in: folder)
      #expect(ran.stdout.split(separator: "\n").count == 1)
      #expect(ran.stdout.contains("3"))
    }
  }

  @Test func assessingASavedResultIsTheSameAsScanningIt() throws {
    try withFolder { folder in
      let root = Program.packageRoot + "/Fixtures/cases/shop-leak/"
      let incident = ["--incident", root + "incident.yaml", "--as-of", "2026-11-23"]
      let scanned = try Program.scan([root + "dump"] + incident, in: folder)
      // Ages are those of the day that the scan was told.
      let day = ["--as-of", "2026-11-20"]
      _ = try Program.run(["scan", root + "dump", "-o", "r.json"] + day, in: folder)
      let ran = try Program.run(["assess", "r.json", "-f", "json"] + incident, in: folder)
      #expect(ran.code == scanned.code)
      let assessed = try JSON.parse(ran.out)
      #expect(assessed["assessment"] == scanned.json["assessment"])
      #expect(assessed["persons"] == scanned.json["persons"])
      let one = try Program.run(
        ["assess", "r.json", "-f", "json", "--criteria", "jp-appi-private"] + incident,
        in: folder
      )
      #expect(
        try JSON.parse(one.out)["assessment", "packs"].list.map { $0["id"].string } == [
          "jp-appi-private"
        ]
      )
      #expect(try Program.run(["assess", "r.json", "-f", "ndjson"], in: folder).code == 2)
    }
  }

  @Test(arguments: ["ja", "en"]) func incidentFilesStartValid(_ language: String) throws {
    try withFolder { folder in
      #expect(
        try Program.run(["incident", "init", "--lang", language, "-o", "i.yaml"], in: folder).code
          == 0
      )
      #expect(try Program.run(["incident", "check", "i.yaml"], in: folder).code == 0)
      try folder.write("bad.yaml", "cause: fire_dragon\n")
      let bad = try Program.run(["incident", "check", "bad.yaml"], in: folder)
      #expect(bad.code == 2)
      #expect(bad.stderr.contains("bad.yaml:1:"))
    }
  }

  @Test func packsAndPatternsPassTheirOwnCases() throws {
    try withFolder { folder in
      let list = try Program.run(["criteria", "list"], in: folder)
      #expect(list.code == 0)
      #expect(list.stdout.contains("jp-appi-private\t"))
      let check = try Program.run(["criteria", "check"], in: folder)
      #expect(check.code == 0)
      #expect(check.stdout.contains(" 0 failed"))
      #expect(try Program.run(["formats"], in: folder).stdout.contains("CP932"))
    }
  }

  @Test func patternsOfTheUserAreNamedWhenTheyAreWrong() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(1))
      try folder.write("p/detectors/x.yaml", "id: [\n")
      let ran = try Program.run(["scan", "a.csv", "--patterns", "p"], in: folder)
      #expect(ran.code == 2)
      #expect(ran.stderr.contains("detectors/x.yaml"))
    }
  }
}
