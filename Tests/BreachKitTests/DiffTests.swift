import BreachModel
import Foundation
import Testing

/// Two stores held against each other: who is new, gone or changed, to the person.
@Suite struct DiffTests {
  private static let key = "00112233445566778899aabbccddeeff\n"
  private static let shop = Program.packageRoot + "/Fixtures/cases/shop-leak/"

  private static func withKey(_ body: (Folder) throws -> Void) throws {
    try withFolder { folder in
      try folder.write("k", key)
      try body(folder)
    }
  }

  @discardableResult
  private static func scan(_ folder: Folder, _ store: String, _ paths: String...) throws -> Int32 {
    try Program.run(["scan", "-o", store, "--seed-key", "k", "-q"] + paths, in: folder).code
  }

  private static func diff(_ folder: Folder, _ old: String, _ new: String) throws -> JSON {
    try JSON.parse(try Program.run(["diff", old, new, "-f", "json"], in: folder).out)
  }

  private static func list(_ json: JSON) -> [[String]] {
    json["list"].list.map { entry in
      [entry["change"].string ?? ""]
        + ["old", "new", "gained", "lost", "other_values"].map { name in
          entry[name].list.compactMap(\.string).joined(separator: " ")
        }
    }
  }

  @Test func aSecondDropIsNamedToThePerson() throws {
    try Self.withKey { folder in
      try Self.scan(folder, "one.breach", Self.shop + "dump")
      try Self.scan(folder, "two.breach", Self.shop + "dump", Self.shop + "second")
      let json = try Self.diff(folder, "one.breach", "two.breach")
      #expect(json["schema"].string == "breachscope.diff/1")
      #expect(json["equal"].value == .bool(false))
      #expect(json["old", "persons", "likely"].int == 127)
      #expect(json["new", "persons", "likely"].int == 131)
      let counts = ["new", "gone", "changed", "unchanged"].map { json["persons", $0].int }
      #expect(counts == [4, 0, 4, 123])
      let items = "person_name person_name_kana employer phone_number email_address"
      let new = (128...131).map { ["new", "", "P000\($0)", items, "", ""] }
      #expect(
        Self.list(json) == new + [
          ["changed", "P000022", "P000022", "employer", "", ""],
          ["changed", "P000040", "P000040", "employer", "", "email_address"],
          ["changed", "P000054", "P000054", "employer", "", ""],
          ["changed", "P000121", "P000121", "employer", "", ""],
        ]
      )
      let employer = json["by_type", "employer"]
      #expect(["more", "fewer", "other_values"].map { employer[$0].int } == [8, 0, 0])
      #expect(employer["old", "likely"].int == 3 && employer["new", "likely"].int == 11)
      #expect(json["findings", "email_address", "old"].int == 140)
      #expect(json["findings", "email_address", "new"].int == 148)
      #expect(json["files", "new"].list.compactMap(\.string) == [Self.shop + "second/campaign.csv"])
      // The other way round the same persons are gone.
      let back = try Self.diff(folder, "two.breach", "one.breach")
      let others = ["new", "gone", "changed", "unchanged"].map { back["persons", $0].int }
      #expect(others == [0, 4, 4, 123])
      #expect(back["list"].list.last?["lost"].list.map(\.string) == ["employer"])
    }
  }

  @Test func oneInputIsNoDifference() throws {
    try Self.withKey { folder in
      try Self.scan(folder, "one.breach", Self.shop + "dump", "-j", "1")
      try Self.scan(folder, "two.breach", Self.shop + "dump", "-j", "3")
      let ran = try Program.run(["diff", "one.breach", "two.breach"], in: folder)
      #expect(ran.code == 0)
      #expect(
        ran.stdout == """
          What changed: one.breach → two.breach
            persons 127 (123-148) → 127 (123-148): 0 new, 0 gone, 0 changed, 127 unchanged
            There is no difference.

          """
      )
      let json = try Self.diff(folder, "one.breach", "two.breach")
      #expect(json["equal"].value == .bool(true) && json["list"].list.isEmpty)
      // Neither is the same content under another path.
      try folder.write("a/list.csv", people(5))
      try folder.write("b/elsewhere.csv", people(5))
      try Self.scan(folder, "a.breach", "a")
      try Self.scan(folder, "b.breach", "b")
      #expect(try Self.diff(folder, "a.breach", "b.breach")["equal"].value == .bool(true))
    }
  }

  @Test func rowsThatComeGoAndChangeAreTold() throws {
    try Self.withKey { folder in
      let head = "氏名,電話番号,メールアドレス,住所\n"
      let kept = "佐藤 健一,090-1111-2222,ken@example-mail.jp,\n"
      try folder.write(
        "list.csv",
        head + kept + "鈴木 恵子,090-3333-4444,kei@example-mail.jp,\n"
          + "高橋 直樹,090-5555-6666,nao@example-mail.jp,東京都港区芝公園4-2-8\n"
      )
      try Self.scan(folder, "old.breach", "list.csv")
      try folder.write(
        "list.csv",
        head + "田中 美咲,090-7777-8888,misaki@example-mail.jp,\n"
          + "高橋 直樹,090-5555-7777,nao@example-mail.jp,\n" + kept
      )
      try Self.scan(folder, "new.breach", "list.csv")
      let json = try Self.diff(folder, "old.breach", "new.breach")
      #expect(
        Self.list(json) == [
          ["new", "", "P000001", "person_name phone_number email_address", "", ""],
          ["gone", "P000002", "", "", "person_name phone_number email_address", ""],
          ["changed", "P000003", "P000002", "", "address", "phone_number"],
        ]
      )
      #expect(json["persons", "unchanged"].int == 1)
      #expect(json["files", "changed"].list.map(\.string) == ["list.csv"])
    }
  }

  @Test func personsWhoBecomeOneAreTold() throws {
    try Self.withKey { folder in
      let pair = "氏名,電話番号,メールアドレス\n佐藤 健一,090-1111-2222,\n佐藤 健一,,ken@example-mail.jp\n"
      try folder.write("a.csv", pair)
      try Self.scan(folder, "old.breach", "a.csv")
      let whole = "氏名,電話番号,メールアドレス\n佐藤 健一,090-1111-2222,ken@example-mail.jp\n"
      try folder.write("b.csv", whole)
      try Self.scan(folder, "new.breach", "a.csv", "b.csv")
      let json = try Self.diff(folder, "old.breach", "new.breach")
      #expect(
        Self.list(json) == [["changed", "P000001 P000002", "P000001", "", "", ""]]
      )
      #expect(json["persons", "unchanged"].int == 0)
      let text = try Program.run(["diff", "old.breach", "new.breach"], in: folder).stdout
      #expect(text.contains("P000001, P000002  P000001"))
    }
  }

  @Test func whatWasNotReadIsSaid() throws {
    try Self.withKey { folder in
      try folder.write("a/list.csv", people(3))
      try folder.write("a/x.pdf", "%PDF-1.4\n" + String(repeating: "x", count: 99))
      #expect(try Self.scan(folder, "old.breach", "a") == 3)
      #expect(try Self.scan(folder, "new.breach", "a/list.csv") == 0)
      let ran = try Program.run(["diff", "old.breach", "new.breach", "-f", "json"], in: folder)
      #expect(ran.code == 3)
      let json = try JSON.parse(ran.out)
      #expect(json["old", "complete"].value == .bool(false))
      #expect(json["gaps", "closed"].list.map { $0["path"].string } == ["a/x.pdf"])
      #expect(json["gaps", "opened"].list.isEmpty)
      let text = try Program.run(["diff", "new.breach", "old.breach"], in: folder)
      #expect(text.code == 3 && text.stdout.contains("old.breach has parts that were not read"))
    }
  }

  @Test func whatDoesNotGoTogetherIsRefused() throws {
    try Self.withKey { folder in
      try folder.write("a.csv", people(3))
      try Self.scan(folder, "a.breach", "a.csv")
      let other = try Program.run(["scan", "a.csv", "-o", "other.breach", "-q"], in: folder)
      #expect(other.code == 0)
      try Self.scan(folder, "few.breach", "a.csv", "--types", "person_name")
      let wrong: [(args: [String], says: String)] = [
        (["a.breach", "other.breach"], "different keys"), (["a.breach", "few.breach"], "--types"),
        (["a.breach", "none.breach"], "does not exist"),
        (["a.breach", "a.csv"], "no result store"),
        (["a.breach", "a.breach", "-f", "csv"], "text, json, html, md"),
        (["a.breach", "a.breach", "-o", "x.csv"], "text, json, html, md"),
        (["a.breach", "a.breach", "--limit", "0"], "--limit"),
      ]
      for (args, says) in wrong {
        let ran = try Program.run(["diff"] + args, in: folder)
        #expect(ran.code == 2 && ran.out.isEmpty && ran.stderr.contains(says))
      }
      #expect(!folder.exists("x.csv"))
    }
  }

  @Test func everyFormatSaysTheSameAndShowsNoValue() throws {
    try Self.withKey { folder in
      try folder.write("a.csv", people(3))
      try folder.write("b.csv", people(4, from: 70))
      try Self.scan(folder, "old.breach", "a.csv")
      try Self.scan(folder, "new.breach", "a.csv", "b.csv")
      let ran = try Program.run(
        ["diff", "old.breach", "new.breach", "--lang", "ja"]
          + ["-o", "d.html", "-o", "d.md", "-o", "d.json"],
        in: folder
      )
      // A summary for the terminal stands beside the files, as after a scan.
      #expect(ran.code == 0 && ran.stdout.hasPrefix("変化: old.breach → new.breach\n"))
      let files = try ["d.html", "d.md", "d.json"].map {
        String(decoding: try folder.read($0), as: UTF8.self)
      }
      let text = try Program.run(
        ["diff", "old.breach", "new.breach", "--lang", "ja", "--limit", "1"],
        in: folder
      ).stdout
      for page in files + [text] {
        #expect(page.contains("P000004") && !page.contains("090-"))
        #expect(!page.contains("user7") && !page.contains("佐藤"))
      }
      for page in files[..<2] + [text] {
        #expect(page.contains("本人 3 → 7。新たに4人、なくなった0人、内容が変わった0人、変わらない3人"))
      }
      #expect(files[0].hasPrefix("<!DOCTYPE html>\n<html lang=\"ja\">"))
      #expect(files[1].contains("| P000007 | 氏名、電話番号、メールアドレス |"))
      #expect(!text.contains("P000007") && text.contains("ほか3件"))
    }
  }

  // MARK: ages

  /// Two of four are new: one of 13 years, and one of whom no age is known.
  private static func withAges(_ body: (Folder) throws -> Void) throws {
    try withKey { folder in
      try folder.write(
        "a.csv",
        """
        氏名,メールアドレス,生年月日
        佐藤 健一,ken1@example-mail.jp,2012-11-20
        鈴木 花子,hana@example-mail.jp,1980-11-21
        高橋 翔太,shota@example-mail.jp,2009-11-25
        """
      )
      try folder.write(
        "b.csv",
        """
        氏名,メールアドレス,生年月日
        田中 美咲,misaki@example-mail.jp,2013-01-05
        佐藤 健一,ken1@example-mail.jp,2012-11-20
        伊藤 さくら,sakura@example-mail.jp,
        高橋 翔太,shota@example-mail.jp,2009-11-25
        """
      )
      try scan(folder, "old.breach", "a.csv", "--as-of", "2026-11-20")
      try scan(folder, "new.breach", "b.csv", "--as-of", "2026-11-20")
      try scan(folder, "late.breach", "b.csv", "--as-of", "2027-11-28")
      try body(folder)
    }
  }

  /// By key: before, after, new and gone.
  private static func ages(_ json: JSON, _ part: String) -> [String: [Int?]] {
    let rows = json["by_age", part]
    return Dictionary(
      uniqueKeysWithValues: rows.keys.map { key in
        let row = rows[key]
        let counts = [row["old", "likely"].int, row["new", "likely"].int]
        return (key, counts + [row["more"].int, row["fewer"].int])
      }
    )
  }

  @Test func agesOfWhoIsNewAndGoneAreTold() throws {
    try Self.withAges { folder in
      let json = try Self.diff(folder, "old.breach", "new.breach")
      #expect(Self.ages(json, "below") == ["16": [1, 2, 1, 0], "18": [2, 3, 1, 0]])
      #expect(
        Self.ages(json, "bands") == [
          "13": [0, 1, 1, 0], "40-49": [1, 0, 0, 1], "unknown": [0, 1, 1, 0],
        ]
      )
      #expect(json["by_age", "on", "old", "from"].string == "2026-11-20")
      let back = try Self.diff(folder, "new.breach", "old.breach")
      #expect(Self.ages(back, "below") == ["16": [2, 1, 0, 1], "18": [3, 2, 0, 1]])
      let args = ["diff", "old.breach", "new.breach", "--lang"]
      let ja = try Program.run(args + ["ja"], in: folder).stdout
      #expect(ja.contains("年齢（2026-11-20現在）\n") && ja.contains("  16歳未満（計）   1   2 "))
      let en = try Program.run(args + ["en"], in: folder).stdout
      #expect(en.contains("By age (2026-11-20)\n"))
      #expect(en.contains("  below 18, all       2      3 "))
    }
  }

  @Test func birthdaysAreNoDifferenceBetweenPersons() throws {
    try Self.withAges { folder in
      let json = try Self.diff(folder, "new.breach", "late.breach")
      #expect(json["equal"].value == .bool(true))
      #expect(Self.ages(json, "below") == ["18": [3, 2, 0, 0]])
      #expect(
        Self.ages(json, "bands") == [
          "13": [1, 0, 0, 0], "14-15": [1, 2, 0, 0], "16-17": [1, 0, 0, 0], "18-19": [0, 1, 0, 0],
        ]
      )
      let text = try Program.run(["diff", "new.breach", "late.breach"], in: folder).stdout
      #expect(text.contains("Nothing but the day of the ages is different."))
      #expect(text.contains("By age (before: 2026-11-20, after: 2027-11-28)\n"))
      let same = try Program.run(["diff", "late.breach", "late.breach"], in: folder).stdout
      #expect(same.contains("There is no difference.") && !same.contains("By age"))
    }
  }

  @Test func whereNoAgeIsKnownNoneIsCompared() throws {
    try Self.withKey { folder in
      try folder.write("a.csv", people(3))
      try folder.write("b.csv", people(4))
      try Self.scan(folder, "a.breach", "a.csv")
      try Self.scan(folder, "b.breach", "b.csv")
      let json = try Self.diff(folder, "a.breach", "b.breach")
      #expect(json["persons", "new"].int == 1)
      #expect(json["by_age", "bands"].keys.isEmpty && json["by_age", "below"].keys.isEmpty)
    }
  }
}
