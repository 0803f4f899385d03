import BreachModel
import Foundation
import Testing

/// Our own list against a store: who of it is in the store, how surely, and in which tables.
@Suite struct MatchTests {
  private static let shop = Program.packageRoot + "/Fixtures/cases/shop-leak/"

  private static func match(_ folder: Folder, _ list: String, _ args: String...) throws -> Ran {
    try Program.run(["match", "--against", list, "--store", "s.breach"] + args, in: folder)
  }

  private static func rows(_ json: JSON) -> [String] {
    json["matches"].list.map { entry in
      let rows = entry["rows"].list.map { "\($0["line"].int ?? 0)" }.joined(separator: ",")
      let persons = entry["persons"].list.compactMap(\.string).joined(separator: " ")
      return "\(rows) \(entry["level"].string ?? "") \(persons)"
    }
  }

  @Test func theShopsOwnListIsFoundToTheRow() throws {
    try withFolder { folder in
      let scan = ["scan", Self.shop + "dump", Self.shop + "second", "-o", "s.breach", "-q"]
      #expect(try Program.run(scan, in: folder).code == 0)
      let ran = try Self.match(folder, Self.shop + "own/customers.csv", "-f", "json")
      #expect(ran.code == 0)
      let json = try JSON.parse(ran.out)
      #expect(json["schema"].string == "breachscope.match/1")
      #expect(json["persons"].int == 11 && json["not_in_store"].int == 3)
      #expect(["low", "likely", "high"].map { json["in_store", $0].int } == [4, 7, 8])
      let found = Self.rows(json)
      #expect(found.count == 11)
      #expect(found.prefix(1) == ["2,10 certain P000054"])
      let levels = found.map { $0.split(separator: " ")[1] }.joined(separator: " ")
      #expect(
        levels == "certain certain certain certain likely likely likely weak none none none"
      )
      let users = json["tables"].list.first { $0["table"].string == "users" }
      #expect(users?["ours"].int == 7)
      #expect(users?["from"].string == "2017-02-06" && users?["to"].string == "2025-11-23")
      #expect(users?["path"].string == Self.shop + "dump/shop.sql")
      let columns = users?["columns"].list.compactMap { $0["name"].string }
      #expect(columns == ["sei", "mei", "addr", "tel", "mail"])
      let campaign = json["tables"].list.first {
        $0["path"].string?.hasSuffix("campaign.csv") ?? false
      }
      #expect(campaign?["ours"].int == 4 && campaign?["persons"].int == 8)
    }
  }

  private static let dump = """
    氏名,住所,電話番号,メールアドレス,カード番号
    佐藤 健一,東京都港区芝公園4-2-8,090-1111-2222,ken@example-mail.jp,4929381332664295
    鈴木 恵子,大阪府大阪市北区梅田1-1-3,090-3333-4444,kei@example-mail.jp,
    高橋 直樹,,090-5555-6666,,

    """

  private static let list = """
    顧客番号,氏名,住所,電話番号,メールアドレス
    1,佐藤健一,,,ken@example-mail.jp
    2,鈴木恵子,大阪府大阪市北区梅田1丁目1番3号,,
    3,高橋直樹,,090-2222-3333,
    4,田中美咲,,090-7777-8888,

    """

  private static func withStore(_ body: (Folder) throws -> Void) throws {
    try withFolder { folder in
      try folder.write("d/dump.csv", dump)
      try folder.write("own.csv", list)
      #expect(try Program.run(["scan", "d", "-o", "s.breach", "-q"], in: folder).code == 0)
      try body(folder)
    }
  }

  @Test func levelsAreThoseOfTheRules() throws {
    try Self.withStore { folder in
      let json = try JSON.parse(try Self.match(folder, "own.csv", "-f", "json").out)
      #expect(
        Self.rows(json) == [
          "2 certain P000001", "3 likely P000002", "4 weak P000003", "5 none ",
        ]
      )
      #expect(["low", "likely", "high"].map { json["in_store", $0].int } == [1, 2, 3])
      #expect(json["matches"].list[0]["items"].list.map(\.string).contains("card_number"))
      #expect(json["matches"].list[3]["items"].list.isEmpty)
      let table = json["tables"].list
      #expect(table.count == 1 && table[0]["ours"].int == 2 && table[0]["persons"].int == 3)
      #expect(
        table[0]["columns"].list.compactMap { $0["type"].string }
          == ["person_name", "address", "phone_number", "email_address"]
      )
    }
  }

  @Test func everyRowIsInTheTableAndNoValueAnywhere() throws {
    try Self.withStore { folder in
      let ran = try Self.match(folder, "own.csv", "-o", "m.csv", "-o", "m.json", "--lang", "ja")
      #expect(ran.code == 0 && ran.stdout.hasPrefix("照合: own.csv → s.breach\n"))
      let csv = String(decoding: try folder.read("m.csv"), as: UTF8.self)
      #expect(
        csv.split(separator: "\r\n").map { $0.prefix { $0 != "、" } } == [
          "\u{FEFF}ファイル,行,照合,本人,漏えい項目", "own.csv,2,確実,P000001,氏名",
          "own.csv,3,推定,P000002,氏名", "own.csv,4,弱い,P000003,氏名", "own.csv,5,なし,,",
        ]
      )
      let text = try Self.match(folder, "own.csv", "--lang", "ja").stdout
      #expect(text.contains("リストの本人4人のうち2人 (1-3) が含まれています"))
      #expect(text.contains("d/dump.csv"))
      let english = try Self.match(folder, "own.csv", "--limit", "1").stdout
      #expect(english.contains("of 4 persons in the list 2 (1-3) are in the store"))
      #expect(english.contains("own.csv:2") && !english.contains("own.csv:3"))
      #expect(english.contains("and 2 more"))
      for page in [csv, text, english] {
        for value in ["佐藤", "健一", "kei@", "090-", "芝公園", "4929"] {
          #expect(!page.contains(value))
        }
      }
    }
  }

  @Test func nothingOfTheListIsKept() throws {
    try Self.withStore { folder in
      let before = folder.names.sorted()
      let store = try folder.read("s.breach")
      #expect(try Self.match(folder, "own.csv").code == 0)
      #expect(folder.names.sorted() == before)
      #expect(try folder.read("s.breach") == store)
    }
  }

  @Test func aStoreMayStandForTheList() throws {
    try Self.withStore { folder in
      let scan = ["scan", "own.csv", "-o", "own.breach", "--seed-key", "s.key", "-q"]
      #expect(try Program.run(scan, in: folder).code == 0)
      let stored = try JSON.parse(try Self.match(folder, "own.breach", "-f", "json").out)
      let read = try JSON.parse(try Self.match(folder, "own.csv", "-f", "json").out)
      #expect(stored.without("list") == read.without("list"))
      #expect(Self.rows(read).count == 4)
    }
  }

  @Test func whatCannotBeMatchedIsSaid() throws {
    try Self.withStore { folder in
      try folder.write("other", "00112233445566778899aabbccddeeff")
      _ = try Program.run(["scan", "own.csv", "-o", "o.breach", "-q"], in: folder)
      let wrong: [(list: String, args: [String], says: String)] = [
        ("none.csv", [], "nothing to scan"), ("o.breach", [], "different keys"),
        ("own.csv", ["--seed-key", "other"], "is not the key"),
        ("own.csv", ["-f", "html"], "text, json, csv"), ("own.csv", ["--limit", "0"], "--limit"),
        ("own.csv", ["--csv-encoding", "x"], "--csv-encoding"),
      ]
      for (list, args, says) in wrong {
        let ran = try Program.run(
          ["match", "--against", list, "--store", "s.breach"] + args,
          in: folder
        )
        #expect(ran.code == 2 && ran.out.isEmpty && ran.stderr.contains(says))
      }
      _ = try Program.shell("mv s.key moved", in: folder)
      let closed = try Self.match(folder, "own.csv")
      #expect(closed.code == 2 && closed.stderr.contains("s.key"))
      #expect(try Self.match(folder, "own.csv", "--seed-key", "moved").code == 0)
      // A list that is not read whole says so.
      try folder.write("list/own.csv", Self.list)
      try folder.write("list/x.pdf", "%PDF-1.4\n" + String(repeating: "x", count: 99))
      let part = try Self.match(folder, "list", "--seed-key", "moved")
      #expect(part.code == 3 && part.stdout.contains("list has parts that were not read"))
    }
  }
}
