import BreachModel
import Foundation
import Testing

/// Who was counted and why, and what people decide against it.
@Suite struct PersonsTests {
  private static let list = """
    氏名,生年月日,住所,電話番号,メールアドレス
    渡邉 花子,1990-04-05,東京都港区芝公園4-2-8,090-1111-2222,hanako@example-mail.jp
    佐藤 健一,1985-12-01,大阪府大阪市北区梅田1-1-3,090-3333-4444,sato.k@example-mail.jp
    佐藤 良子,1987-02-03,大阪府大阪市北区梅田1-1-3,090-5555-6666,ryoko@example-mail.jp

    """
  private static let orders = """
    注文番号,氏名,住所,メールアドレス
    A-1,渡辺花子,東京都港区芝公園4-2-8,hanako@example-mail.jp
    A-2,渡邉 花子,東京都港区芝公園4-2-8,
    A-3,,,sato.k@example-mail.jp

    """

  private func withStore(_ body: (Folder) throws -> Void) throws {
    try withFolder { folder in
      try folder.write("d/a.csv", Self.list)
      try folder.write("d/b.csv", Self.orders)
      let ran = try Program.run(["scan", "d", "-o", "s.breach", "-q"], in: folder)
      #expect(ran.code == 0)
      try body(folder)
    }
  }

  private func persons(_ folder: Folder, _ args: String...) throws -> JSON {
    let ran = try Program.run(["persons", "s.breach", "-f", "json"] + args, in: folder)
    #expect(ran.code == 0)
    return try JSON.parse(ran.out)
  }

  @Test func personsAreNumberedByTheirFirstRecord() throws {
    try withStore { folder in
      let json = try persons(folder)
      #expect(json["schema"].string == "breachscope.persons/1")
      #expect(json["total"].int == 3)
      let list = json["persons"].list
      #expect(list.map { $0["person"].string } == ["P000001", "P000002", "P000003"])
      let records = list.map { $0["records"].list.compactMap { $0["record"].string } }
      #expect(records == [["R1", "R4", "R5"], ["R2", "R6"], ["R3"]])
      let last = list[0]["records"].list.last
      #expect(last?["path"].string == "d/b.csv" && last?["line"].int == 3)
      #expect(list[2]["types"].list.map(\.string).contains("birth_date"))
      let one = try persons(folder, "--limit", "1")
      #expect(one["persons"].list.count == 1 && one["total"].int == 3)
    }
  }

  @Test func rulesThatJoinedAreNamed() throws {
    try withStore { folder in
      let json = try persons(folder, "--id", "P000001")
      let links = json["links"].list.map { link in
        [link["first", "record"], link["second", "record"], link["rule"], link["strength"]]
          .map { $0.string ?? "" }
      }
      #expect(
        links == [
          ["R1", "R4", "email_name", "primary"], ["R1", "R5", "name_address", "secondary"],
        ]
      )
      #expect(try persons(folder, "--id", "R5")["person"].string == "P000001")
      let uncertain = try persons(folder, "--uncertain")
      #expect(uncertain["total"].int == 2)
      #expect(
        uncertain["merges"].list.map { $0["rule"].string } == ["email", "name_address"]
      )
      let text = try Program.run(["persons", "s.breach", "--id", "P1"], in: folder).stdout
      #expect(text.contains("rule email_name (certain); same: "))
      #expect(text.contains("rule name_address (likely); same: "))
      #expect(try persons(folder, "--uncertain", "--limit", "1")["merges"].list.count == 1)
      let why = try persons(folder, "--why", "R4", "R5")
      #expect(why["same"].value == .bool(true))
      #expect(why["links"].list.map { $0["rule"].string } == ["email_name", "name_address"])
    }
  }

  @Test func whereAllIsProvenItIsSaid() throws {
    try withFolder { folder in
      try folder.write("a.csv", Self.list)
      let scan = ["scan", "a.csv", "-o", "s.breach", "-q"]
      #expect(try Program.run(scan, in: folder).code == 0)
      #expect(try persons(folder, "--uncertain")["total"].int == 0)
      let args = ["persons", "s.breach", "--uncertain", "--lang"]
      let en = try Program.run(args + ["en"], in: folder)
      #expect(en.code == 0 && en.stdout == "No merge is likely only: all are proven.\n")
      let ja = try Program.run(args + ["ja"], in: folder)
      #expect(ja.stdout == "推定だけの名寄せはありません。\n")
    }
  }

  @Test func whatKeptApartIsNamed() throws {
    try withStore { folder in
      let apart = try persons(folder, "--why", "P000002", "P000003")
      #expect(apart["same"].value == .bool(false))
      #expect(apart["kept_apart"].list.map { $0["rule"].string } == ["address_family"])
      let different = apart["kept_apart"].list.first?["different"].list.compactMap(\.string) ?? []
      #expect(different == ["person_name", "birth_date", "phone_number", "email_address"])
      let strangers = try persons(folder, "--why", "P000001", "P000003")
      #expect(strangers["kept_apart"].list.isEmpty && strangers["low_only"].list.isEmpty)
    }
  }

  @Test func decisionsAreKeptAndHonoured() throws {
    try withStore { folder in
      try folder.write(
        "d.yaml",
        """
        decisions:
          - {same: [P000002, P000003], reason: "one account"}
          - {different: [R1, R5], reason: "two of one name"}
        """
      )
      let ran = try Program.run(
        ["persons", "s.breach", "--decisions", "d.yaml", "-f", "json"],
        in: folder
      )
      #expect(ran.code == 0)
      let json = try JSON.parse(ran.out)
      #expect([json["decisions"], json["before"], json["after"]].map(\.int) == [2, 3, 3])
      let list = try persons(folder)["persons"].list
      let records = list.map { $0["records"].list.compactMap { $0["record"].string } }
      #expect(records == [["R1", "R4"], ["R2", "R3", "R6"], ["R5"]])
      let why = try persons(folder, "--why", "R2", "R3")
      #expect(why["links"].list.map { $0["rule"].string } == ["decision"])
      // They hold in a merge, and the last word counts.
      let merged = try Program.run(["merge", "s.breach", "-f", "json"], in: folder)
      #expect(try JSON.parse(merged.out)["persons", "likely"].int == 3)
      try folder.write("d.yaml", "decisions: [{same: [R1, R5]}]")
      let again = try Program.run(["persons", "s.breach", "--decisions", "d.yaml"], in: folder)
      #expect(again.code == 0)
      #expect(again.stdout.hasPrefix("2 decisions kept; persons 3 (3-4) -> 2 (2-3)\n"))
      let mode = try Program.shell("stat -c %a s.breach", in: folder)
      #expect(mode.stdout == "600\n")
    }
  }

  @Test func nothingIsShownUnmasked() throws {
    try withStore { folder in
      let questions = [
        [], ["--id", "P1"], ["--uncertain"], ["--why", "P2", "P3"], ["--lang", "ja"],
      ]
      for question in questions {
        let ran = try Program.run(["persons", "s.breach"] + question, in: folder)
        #expect(ran.code == 0 && !ran.out.isEmpty)
        for value in ["花子", "渡", "hanako", "1990", "芝公園", "090-", "1111", "佐藤"] {
          #expect(!ran.stdout.contains(value) && !ran.stderr.contains(value))
        }
      }
    }
  }

  @Test func wrongQuestionsAreUsageErrors() throws {
    try withStore { folder in
      try folder.write("d.yaml", "decisions: [{same: [P000001, P000009]}]")
      try folder.write("e.yaml", "decisions: [{same: [P1, P2], different: [P1, P2]}]")
      try folder.write("f.yaml", "decisions: [{same: [R1, R2]}, {different: [R2, R1]}]")
      try folder.write("g.yaml", "decisions: [{same: [R1, R1]}]")
      let before = try folder.read("s.breach")
      let wrong: [[String]] = [
        ["--id", "P4"], ["--id", "R7"], ["--id", "R0"], ["--id", "x"], ["--why", "P1"],
        ["--id", "P1", "--uncertain"], ["--decisions", "d.yaml"], ["--decisions", "e.yaml"],
        ["--decisions", "f.yaml"], ["--decisions", "g.yaml"],
        ["--decisions", "nowhere.yaml"], ["-f", "csv"], ["--limit", "0"],
      ]
      for args in wrong {
        let ran = try Program.run(["persons", "s.breach"] + args, in: folder)
        #expect(ran.code == 2 && !ran.stderr.isEmpty && ran.out.isEmpty)
      }
      #expect(try folder.read("s.breach") == before)
      let yaml = ["d.yaml", "e.yaml", "f.yaml", "g.yaml"]
      #expect(folder.names.sorted() == ["d"] + yaml + ["s.breach", "s.key"])
    }
  }
}
