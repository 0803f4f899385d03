import Foundation
import Testing

/// How old the persons are, from data to results and through stores.
@Suite struct AgeTests {
  /// Whoever is 16 or 18 on 2026-11-20, and the day after.
  private static let members = """
    氏名,メールアドレス,生年月日
    佐藤 健一,ken1@example-mail.jp,2010-11-20
    鈴木 花子,hana@example-mail.jp,平成22年11月21日
    高橋 翔太,shota@example-mail.jp,2008/11/20
    田中 美咲,misaki@example-mail.jp,

    """

  private func persons(
    _ folder: Folder,
    _ args: String...
  ) throws -> JSON {
    let ran = try Program.run(["scan", "--format", "json"] + args, in: folder)
    #expect(ran.code == 0, "\(ran.stderr)")
    return try JSON.parse(ran.out)["persons"]
  }

  /// Band and `likely` of each.
  private func bands(_ persons: JSON) -> [String: Int] {
    let ages = persons["by_age"]
    return Dictionary(uniqueKeysWithValues: ages.keys.map { ($0, ages[$0, "likely"].int ?? -1) })
  }

  @Test func agesAreThoseOnTheDayAskedFor() throws {
    let folder = try Folder()
    defer { folder.remove() }
    try folder.write("m.csv", Self.members)
    let before = try persons(folder, "m.csv", "--as-of", "2026-11-20")
    #expect(bands(before) == ["14-15": 1, "16-17": 1, "18-19": 1, "unknown": 1])
    #expect(before["ages_on", "from"].string == "2026-11-20")
    let after = try persons(folder, "m.csv", "--as-of", "2026-11-21")
    #expect(bands(after) == ["16-17": 2, "18-19": 1, "unknown": 1])
  }

  @Test func theDayOnWhichItBecameKnownComesFirst() throws {
    let folder = try Folder()
    defer { folder.remove() }
    try folder.write("m.csv", Self.members)
    try folder.write("i.yaml", "known_at: 2026-11-19T23:30:00+09:00\n")
    let known = try persons(folder, "m.csv", "--incident", "i.yaml", "--as-of", "2026-11-21")
    #expect(bands(known) == ["14-15": 2, "16-17": 1, "unknown": 1])
    #expect(known["ages_on", "to"].string == "2026-11-19")
  }

  /// Year, month and day in columns of their own, a child in the row of its parent, and free text.
  @Test func agesAreReadWhereverTheyStand() throws {
    let folder = try Folder()
    defer { folder.remove() }
    try folder.write(
      "family.csv",
      """
      氏名,メールアドレス,生年,生月,生日,お子様氏名,お子様生年月日
      佐藤 健一,ken1@example-mail.jp,1980,4,5,佐藤 空,2014-01-02
      鈴木 一郎,ichiro@example-mail.jp,1979,12,31,鈴木 海,2013-11-20

      """
    )
    try folder.write("note.txt", "氏名: 井上 誠\n生年月日: 昭和9年5月6日\n電話: 090-1234-5671\n")
    let found = try persons(folder, "family.csv", "note.txt", "--as-of", "2026-11-20")
    #expect(bands(found) == ["0-12": 1, "13": 1, "40-49": 2, "90-": 1])
  }

  @Test func storesKeepAgesAndTheirDays() throws {
    let folder = try Folder()
    defer { folder.remove() }
    try folder.write("seed", "000102030405060708090a0b0c0d0e0f")
    try folder.write("m.csv", Self.members)
    let stated = """
      氏名,メールアドレス,年齢
      高橋 翔太,shota@example-mail.jp,17
      森 葵,aoi@example-mail.jp,41歳

      """
    try folder.write("n.csv", stated)
    for (file, day) in [("m", "2026-11-20"), ("n", "2026-11-25")] {
      let ran = try Program.run(
        [
          "scan", "\(file).csv", "--as-of", day, "--seed-key", "seed", "--output", "\(file).breach",
        ],
        in: folder
      )
      #expect(ran.code == 0, "\(ran.stderr)")
    }
    let both = try JSON.parse(
      try Program.run(
        ["merge", "m.breach", "n.breach", "--seed-key", "seed", "--format", "json"],
        in: folder
      ).out
    )["persons"]
    // A date of birth goes before what another list states.
    #expect(bands(both) == ["14-15": 1, "16-17": 1, "18-19": 1, "40-49": 1, "unknown": 1])
    #expect(both["ages_on", "from"].string == "2026-11-20")
    #expect(both["ages_on", "to"].string == "2026-11-25")
    // Another day for the law changes no age.
    let judged = try Program.run(
      ["assess", "m.breach", "--as-of", "2027-12-01", "--format", "json"],
      in: folder
    )
    let report = try JSON.parse(judged.out)["persons"]
    #expect(bands(report) == ["14-15": 1, "16-17": 1, "18-19": 1, "unknown": 1])
    #expect(report["ages_on", "to"].string == "2026-11-20")
  }

  @Test func reportsSayHowManyAreYoung() throws {
    let folder = try Folder()
    defer { folder.remove() }
    try folder.write("m.csv", Self.members)
    let args = ["scan", "m.csv", "--as-of", "2026-11-20", "--format"]
    for (format, heading, row) in [
      ("text", "By age (2026-11-20)", "below 18, all"),
      ("md", "## By age (2026-11-20)", "| below 18, all | 2 | 2 |"),
      ("csv", "age,,\"below 16, all\"", "age,,\"below 18, all\",,,,2,2,2"),
    ] {
      let text = try Program.run(args + [format], in: folder).stdout
      #expect(text.contains(heading) && text.contains(row), "\(format): \(text)")
    }
    let plain = "氏名,メールアドレス\n森 葵,aoi@example-mail.jp\n"
    try folder.write("n.csv", plain)
    let none = try Program.run(["scan", "n.csv", "--format", "text"], in: folder).stdout
    #expect(!none.contains("By age"))
  }
}
