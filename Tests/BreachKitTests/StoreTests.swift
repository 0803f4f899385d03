import BreachModel
import Foundation
import Testing

/// The result store: what is in it, who may read it, and that it counts again as it was counted.
@Suite struct StoreTests {
  static let key = "00112233445566778899aabbccddeeff\n"

  /// Seven files with persons in several of them, a copy, a container, and something unreadable.
  static func write(_ folder: Folder) throws {
    for part in 0..<5 { try folder.write("d/\(part)/list.csv", people(40, from: part * 25)) }
    try folder.write("d/5/copy.csv", people(40, from: 25))
    var orders = "会員番号,氏名,メールアドレス,生年月日\n"
    var members = orders
    for number in 0..<30 {
      members +=
        "\(1_000 + number),高橋 翔\(number % 3),m\(number)@example-mail.jp,1980-01-0\(number % 9 + 1)\n"
      orders += "\(1_000 + number % 10),高橋 翔\(number % 3),,\n"
    }
    try folder.write("d/0/members.csv", members)
    // Who works there and where they live, and some of them at another address in another shard.
    for (part, town) in [(2, "東京都港区芝公園"), (3, "大阪府大阪市北区梅田")] {
      var staff = "社員番号,社員氏名,生年月日,住所,メールアドレス,緊急連絡先氏名,緊急連絡先続柄,緊急連絡先電話番号\n"
      for number in part..<part + 12 {
        staff +=
          "E\(number),中村 \(["一郎", "良子", "三郎"][number % 3]),\(2_006 + number % 5)-03-1\(number % 10),"
          + "\(town)\(number)-1,staff\(number)@example-mail.jp,中村 恵,母,090-77\(10 + number)-1234\n"
      }
      try folder.write("d/\(part)/staff.csv", staff)
    }
    try folder.write("d/6/orders.csv", orders)
    try folder.write("d/6/letters.csv", "メールアドレス\nstaff4@example-mail.jp\nm3@example-mail.jp\n")
    try folder.write("d/6/photo.pdf", "%PDF-1.4\n" + String(repeating: "x", count: 300))
    _ = try Program.shell("cd d/4 && tar -czf a.tgz list.csv && rm list.csv", in: folder)
    try folder.write("k", key)
  }

  @Test func sevenShardsAreOneRun() throws {
    try withFolder { folder in
      try Self.write(folder)
      let whole = try Program.scan(["d", "--seed-key", "k"], in: folder)
      let persons = whole.json["persons"]
      for name in ["by_type", "by_class", "by_residence", "by_age"] {
        #expect(persons[name].keys.count > 1, "\(name)")
      }
      #expect(persons["by_combination"].list.count > 1 && persons["by_table"].list.count > 1)
      for part in 0..<7 {
        let ran = try Program.run(
          ["scan", "d/\(part)", "-o", "\(part).breach", "--seed-key", "k", "-q"],
          in: folder
        )
        #expect(ran.code == (part == 6 ? 3 : 0))
      }
      for order in [[0, 1, 2, 3, 4, 5, 6], [6, 3, 0, 5, 1, 4, 2, 3]] {
        let stores = order.map { "\($0).breach" }
        let merged = try Program.run(["merge", "-f", "json"] + stores, in: folder)
        #expect(merged.code == 3)
        try Self.expect(try JSON.parse(merged.out), toBe: whole.json)
      }
      // Put together by halves, and with the memory of none: the same again.
      let halves = [
        "0.breach 2.breach 4.breach -o a.breach", "1.breach 3.breach 5.breach 6.breach -o b.breach",
      ]
      for half in halves {
        let ran = try Program.shell("\"$B\" merge \(half) --seed-key k -q", in: folder)
        #expect(ran.code == 0 || ran.code == 3)
      }
      let merged = try Program.run(
        ["merge", "b.breach", "a.breach", "--memory", "1M", "-f", "json"],
        in: folder
      )
      try Self.expect(try JSON.parse(merged.out), toBe: whole.json)
    }
  }

  /// Who is asked for: in several shards, in one, and nobody.
  private static let inquiries: [(by: String, value: String)] = [
    ("email", "user30@example-mail.jp"), ("email", "m3@example-mail.jp"),
    ("email", "staff4@example-mail.jp"), ("email", "nobody@example-mail.jp"),
    ("phone", "090-7715-1234"), ("member-id", "1003"), ("member-id", "E5"),
    ("name-birth", "中村 三郎\n2006-03-15"), ("name-birth", "中村 三郎\n2006-03-16"),
    ("name-address", "中村 三郎\n東京都港区芝公園5-1"),
  ]

  @Test func aMergedStoreAnswersAsOneOfOneRun() throws {
    try withFolder { folder in
      try Self.write(folder)
      let made = try Program.shell(
        """
        "$B" scan d -o whole.breach --seed-key k -q
        for n in 0 1 2 3 4 5 6; do "$B" scan d/$n -o $n.breach --seed-key k -q; done
        "$B" merge [0-6].breach -o merged.breach --seed-key k -q
        """,
        in: folder
      )
      #expect(made.code == 3)
      func answer(_ store: String, _ args: [String], _ value: String = "") throws -> Ran {
        try Program.run(
          [args[0], "\(store).breach"] + args[1...] + ["--seed-key", "k", "-f", "json"],
          in: folder,
          stdin: Data((value + "\n").utf8)
        )
      }
      var codes: [Int32] = []
      for inquiry in Self.inquiries {
        let args = ["lookup", "--by", inquiry.by]
        let (whole, merged) = (
          try answer("whole", args, inquiry.value), try answer("merged", args, inquiry.value)
        )
        #expect(merged.out == whole.out && merged.code == whole.code)
        codes.append(whole.code)
      }
      #expect(codes == [0, 0, 0, 3, 0, 0, 0, 0, 3, 0])
      for args in [["persons", "--limit", "1000"], ["persons", "--uncertain"]] {
        let (whole, merged) = (try answer("whole", args), try answer("merged", args))
        #expect(whole.code == 0 && merged.out == whole.out)
        #expect(try JSON.parse(whole.out)["total"].int ?? 0 > 1)
      }
    }
  }

  /// A merge of all parts says of the run what one run says, but when and with how many workers it was,
  /// and what was named to it.
  private static func expect(_ merged: JSON, toBe whole: JSON) throws {
    #expect(merged.without("run") == whole.without("run"))
    func said(_ json: JSON) -> JSON {
      json["run"].without("started").without("seconds").without("jobs").without("inputs")
    }
    #expect(said(merged).keys == ["complete"])
    #expect(said(merged) == said(whole))
    func bytes(_ json: JSON) -> Int {
      json["run", "inputs"].list.reduce(0) { $0 + ($1["bytes"].int ?? 0) }
    }
    #expect(bytes(merged) == bytes(whole) && bytes(whole) > 0)
    #expect(merged["run", "inputs"].list.map { $0["path"].string } == (0..<7).map { "d/\($0)" })
  }

  @Test func memoryChangesNoNumber() throws {
    try withFolder { folder in
      try Self.write(folder)
      let whole = try Program.scan(["d"], in: folder)
      let little = try Program.scan(["d", "--memory", "1M", "--jobs", "1"], in: folder)
      #expect(little.body == whole.body)
    }
  }

  @Test func aStoreIsOursAloneAndHoldsNoValue() throws {
    try withFolder { folder in
      try folder.write("d/a.csv", Canary.csv + people(20).split(separator: "\n", maxSplits: 1)[1])
      let ran = try Program.shell(
        "umask 000; \"$B\" scan d -o case.breach -q && stat -c %a case.breach case.key",
        in: folder
      )
      #expect(ran.code == 0)
      #expect(ran.stdout.hasSuffix("600\n600\n"))
      #expect(folder.names.sorted() == ["case.breach", "case.key", "d"])
      let bytes = try folder.read("case.breach")
      let values = [
        Canary.mail, Canary.phone, Canary.card, Canary.name, "09012345678", "山田", "花子",
        "+819012345678", "hanako.yamada", "user7@", "健一",
      ]
      for value in values {
        #expect(bytes.range(of: Data(value.utf8)) == nil)
      }
      // Neither the key.
      let key = String(decoding: try folder.read("case.key"), as: UTF8.self)
      #expect(key.count == 33 && key.hasSuffix("\n"))
      #expect(bytes.range(of: Data(key.dropLast().utf8)) == nil)
    }
  }

  @Test func aStoreIsAResult() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(3))
      let ran = try Program.run(
        ["scan", "a.csv", "-o", "s.breach", "-o", "r.json", "-q"],
        in: folder
      )
      #expect(ran.code == 0)
      let results = try ["s.breach", "r.json"].map {
        try Program.run(["assess", $0, "-f", "json", "--as-of", "2026-11-26"], in: folder)
      }
      #expect(results.map(\.code) == [0, 0])
      #expect(results[0].out == results[1].out)
    }
  }

  @Test func keysDecideWhatGoesTogether() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(3))
      try folder.write("b.csv", people(3, from: 50))
      try folder.write("k", Self.key)
      func scan(_ args: String...) throws -> Ran {
        try Program.run(["scan"] + args + ["-q"], in: folder)
      }
      #expect(try scan("a.csv", "-o", "a.breach").code == 0)
      #expect(try scan("b.csv", "-o", "b.breach").code == 0)
      let apart = try Program.run(["merge", "a.breach", "b.breach"], in: folder)
      #expect(apart.code == 2 && apart.stderr.contains("different keys"))
      #expect(apart.out.isEmpty)
      // The key beside a store stays its key, and no other takes its place.
      let first = try folder.read("a.key")
      #expect(try scan("b.csv", "-o", "a.breach").code == 0)
      #expect(try folder.read("a.key") == first)
      let other = try scan("b.csv", "-o", "a.breach", "--seed-key", "k")
      #expect(other.code == 2 && other.stderr.contains("a.key"))
      #expect(try folder.read("a.key") == first)
      #expect(try scan("a.csv", "-o", "c.breach", "--seed-key", "k").code == 0)
      #expect(try folder.read("c.key") == Data(Self.key.utf8))
    }
  }

  @Test func whatCannotBeWrittenLeavesTheOldStore() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(3))
      try folder.write("s.breach", "old")
      let full = try Program.shell("ulimit -f 8; \"$B\" scan a.csv -o s.breach -q", in: folder)
      #expect(full.code == 4)
      #expect(try folder.read("s.breach") == Data("old".utf8))
      #expect(folder.names.sorted() == ["a.csv", "s.breach"])
      let link = try Program.shell(
        "ln -s a.csv l.breach; \"$B\" scan a.csv -o l.breach -q; C=$?; rm l.breach; exit $C",
        in: folder
      )
      #expect(link.code == 4)
      let pipe = try Program.shell(
        "mkfifo p.breach; \"$B\" scan a.csv -o p.breach -q & exec 3<p.breach; wait $!; C=$?; rm p.breach; exit $C",
        in: folder
      )
      #expect(pipe.code == 2)
      let none = try Program.run(["scan", "a.csv", "-o", "t.breach", "--no-persons"], in: folder)
      #expect(none.code == 2)
      #expect(folder.names.sorted() == ["a.csv", "s.breach"])
    }
  }

  @Test func whatIsNoStoreIsSaid() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(3))
      try folder.write("x.breach", "SQLite format 3\u{0}" + String(repeating: "x", count: 200))
      for name in ["a.csv", "x.breach", "nowhere.breach"] {
        let ran = try Program.run(["merge", name], in: folder)
        #expect(ran.code == 2 && ran.stderr.contains(name) && ran.out.isEmpty)
      }
      let wrong = try Program.run(["check", "a.csv", "-o", "s.breach"], in: folder)
      #expect(wrong.code == 2 && wrong.stderr.contains("scan"))
    }
  }

  @Test func theStoreInsideTheTreeIsNotScanned() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(3))
      for _ in 0..<2 {
        let ran = try Program.run(["scan", ".", "-o", "s.breach", "-f", "json"], in: folder)
        #expect(ran.code == 0)
        #expect(try JSON.parse(ran.out)["coverage", "files"].int == 1)
      }
    }
  }
}
