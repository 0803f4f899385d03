import BreachModel
import Foundation
import Testing

/// What goes together, in whatever order, and what people decided about it.
@Suite struct MergeTests {
  private static let key = "00112233445566778899aabbccddeeff\n"

  private func withKey(_ body: (Folder) throws -> Void) throws {
    try withFolder { folder in
      try folder.write("k", Self.key)
      try body(folder)
    }
  }

  @discardableResult
  private func scan(_ folder: Folder, _ store: String, _ args: String...) throws -> Ran {
    try Program.run(["scan", "-o", store, "--seed-key", "k", "-q"] + args, in: folder)
  }

  private func merge(_ folder: Folder, _ stores: String..., args: [String] = ["-f", "json"]) throws
    -> Ran
  {
    try Program.run(["merge"] + stores + args, in: folder)
  }

  // MARK: types

  @Test func theTypesThatWereLookedForAreKept() throws {
    try withKey { folder in
      try folder.write("a.csv", people(3))
      try folder.write("b.csv", people(3, from: 50))
      let types = ["--types", "person_name,email_address"]
      try scan(folder, "a.breach", "a.csv", types[0], types[1])
      try scan(folder, "b.breach", "b.csv", types[0], types[1])
      let merged = try JSON.parse(try merge(folder, "a.breach", "b.breach").out)
      #expect(
        merged["run", "types"].list.map(\.string) == ["person_name", "email_address"]
      )
      #expect(merged["persons", "likely"].int == 6)
      try scan(folder, "c.breach", "b.csv")
      let apart = try merge(folder, "a.breach", "c.breach")
      #expect(apart.code == 2 && apart.out.isEmpty && apart.stderr.contains("--types"))
      #expect(try JSON.parse(try merge(folder, "c.breach").out)["run", "types"].isNull)
    }
  }

  // MARK: decisions

  private static let pair = """
    氏名,メールアドレス
    佐藤 健一,ken1@example-mail.jp
    佐藤 健一,ken2@example-mail.jp

    """

  /// A store of `z/pair.csv` whose two persons are decided to be one.
  private func decided(_ folder: Folder, _ decisions: String) throws -> Ran {
    try folder.write("z/pair.csv", Self.pair)
    try scan(folder, "z.breach", "z")
    try folder.write("d.yaml", "decisions: [\(decisions)]")
    return try Program.run(["persons", "z.breach", "--decisions", "d.yaml"], in: folder)
  }

  @Test func aDecisionHoldsForTheSameContentUnderAnotherPath() throws {
    try withKey { folder in
      #expect(try decided(folder, "{same: [R1, R2]}").code == 0)
      try folder.write("a/copy.csv", Self.pair)
      try scan(folder, "a.breach", "a")
      let merged = try merge(folder, "a.breach", "z.breach")
      #expect(try JSON.parse(merged.out)["persons", "likely"].int == 1)
      #expect(!merged.stderr.contains("decisions"))
    }
  }

  @Test func aDecisionDoesNotHoldForOtherContentUnderItsPath() throws {
    try withKey { folder in
      #expect(try decided(folder, "{same: [R1, R2]}").code == 0)
      try folder.write("z/pair.csv", people(2) + "中村 美咲,m@example-mail.jp,\n")
      try scan(folder, "y.breach", "z")
      // The other content comes first or last: the decision stays with its own.
      for order in [["y.breach", "z.breach"], ["z.breach", "y.breach"]] {
        let merged = try Program.run(["merge", "-f", "json"] + order, in: folder)
        #expect(try JSON.parse(merged.out)["persons", "likely"].int == 4)
        #expect(!merged.stderr.contains("decisions"))
      }
    }
  }

  @Test func whatADecisionIsAboutCanBeMissing() throws {
    try withKey { folder in
      #expect(try decided(folder, "{same: [R1, R2]}").code == 0)
      try Program.python(
        """
        import sqlite3
        base = sqlite3.connect("z.breach")
        base.execute("UPDATE decisions SET second_record = 7")
        base.commit()
        """,
        in: folder
      )
      let merged = try merge(folder, "z.breach")
      #expect(merged.code == 0)
      #expect(merged.stderr.contains("1 decisions are about records that are not here"))
      #expect(try JSON.parse(merged.out)["persons", "likely"].int == 2)
    }
  }

  @Test func decisionsThatContradictEachOtherAreRefused() throws {
    try withKey { folder in
      try folder.write("z/pair.csv", Self.pair + "佐藤 健一,ken3@example-mail.jp\n")
      try scan(folder, "z.breach", "z")
      let before = try folder.read("z.breach")
      try folder.write(
        "d.yaml",
        "decisions: [{same: [R1, R2]}, {different: [R1, R3]}, {same: [R3, R2]}]"
      )
      let ran = try Program.run(["persons", "z.breach", "--decisions", "d.yaml"], in: folder)
      #expect(ran.code == 2 && ran.out.isEmpty)
      #expect(ran.stderr.contains("R1 ('z/pair.csv') and R3 ('z/pair.csv')"))
      #expect(try folder.read("z.breach") == before)
      // Without the last they agree: R1 and R2 are one, R3 is another.
      try folder.write("d.yaml", "decisions: [{same: [R1, R2]}, {different: [R1, R3]}]")
      let agreed = try Program.run(["persons", "z.breach", "--decisions", "d.yaml"], in: folder)
      #expect(agreed.stdout.hasPrefix("2 decisions kept; persons 3 (3-3) -> 2 (2-2)\n"))
    }
  }

  // MARK: patterns

  @Test func otherPatternsThanTheScansAreRefused() throws {
    try withKey { folder in
      try folder.write("a.csv", people(3))
      try folder.write(
        "p/linking/rules.yaml",
        """
        schema: breachscope.linking/1
        rules:
          - {id: email, strength: primary, equal: [email]}
        """
      )
      try scan(folder, "own.breach", "a.csv", "--patterns", "p")
      try folder.write("d.yaml", "decisions: [{same: [P1, P2]}]")
      let questions = [
        ["lookup", "own.breach"], ["merge", "own.breach"], ["persons", "own.breach"],
        ["persons", "own.breach", "--id", "P1"], ["persons", "own.breach", "--uncertain"],
        ["persons", "own.breach", "--decisions", "d.yaml"],
      ]
      for question in questions {
        let mail = Data("user1@example-mail.jp\n".utf8)
        let without = try Program.run(question, in: folder, stdin: mail)
        #expect(without.code == 2 && without.out.isEmpty)
        #expect(without.stderr.contains("'own.breach' was made with other patterns"))
        let with = try Program.run(question + ["--patterns", "p"], in: folder, stdin: mail)
        #expect(with.code == 0)
      }
    }
  }

  // MARK: links

  @Test func storesLieInLinkedFoldersToo() throws {
    try withKey { folder in
      try folder.write("real/a.csv", people(3))
      _ = try Program.shell("ln -s real link && ln -s real/s.breach s.breach", in: folder)
      #expect(try scan(folder, "link/s.breach", "link/a.csv").code == 0)
      #expect(folder.exists("real/s.breach"))
      for store in ["link/s.breach", "s.breach", "real/../link/s.breach"] {
        let ran = try Program.run(["persons", store], in: folder)
        #expect(ran.code == 0 && ran.stdout.hasPrefix("P000001"))
      }
      // Nothing is written through a link that has the store's own name.
      let before = try folder.read("real/s.breach")
      #expect(try scan(folder, "s.breach", "link/a.csv").code == 4)
      #expect(try folder.read("real/s.breach") == before)
    }
  }

  // MARK: order, grouping, repetition

  @Test func orderAndGroupingDoNotMatter() throws {
    try withKey { folder in
      // Three machines, each with files of the same names: equal ones, different ones, and archives
      // whose members are partly the same.
      for (part, name) in ["a", "b", "c"].enumerated() {
        try folder.write("\(name)/d/list.csv", people(4 + part, from: part * 3))
        try folder.write("\(name)/d/same.csv", people(5, from: 40))
        try folder.write("\(name)/d/x.csv", people(3, from: part % 2 * 20))
        try folder.write("\(name)/d/z.csv", people(3, from: part * 2))
        // Of what cannot be read nothing but the size tells that it is another.
        let locked = "%PDF-1.4\n" + String(repeating: name, count: part + 1)
        try folder.write("\(name)/d/locked.pdf", locked)
        let ran = try Program.shell(
          "cd \(name) && tar -cf d/t.tar -C d z.csv x.csv && rm d/z.csv d/x.csv "
            + "&& \"$B\" scan d -o ../\(name).breach --seed-key ../k -q",
          in: folder
        )
        #expect(ran.code == 3)
      }
      func body(_ stores: String...) throws -> JSON {
        let ran = try Program.run(["merge", "-f", "json"] + stores, in: folder)
        #expect(ran.code == 3)
        return try JSON.parse(ran.out).without("run")
      }
      let whole = try body("a.breach", "b.breach", "c.breach")
      let paths = whole["files"].list.compactMap { $0["path"].string }
      #expect(paths.count { $0 == "d/list.csv" } == 3)
      #expect(whole["coverage", "gaps"].list.count == 3)
      #expect(try body("c.breach", "a.breach", "b.breach") == whole)
      #expect(try body("b.breach", "c.breach", "a.breach", "b.breach") == whole)
      for (pair, rest, name) in [("a b", "c", "ab"), ("c b", "a", "cb")] {
        let stores = pair.split(separator: " ").map { "\($0).breach" }.joined(separator: " ")
        let ran = try Program.shell("\"$B\" merge \(stores) -o \(name).breach -q", in: folder)
        #expect(ran.code == 3)
        #expect(try body("\(name).breach", "\(rest).breach") == whole)
        #expect(try body("\(rest).breach", "\(name).breach", "a.breach") == whole)
      }
    }
  }

  @Test func whatAStopLeftUnreadIsCountedOnce() throws {
    try withKey { folder in
      for number in 0..<6 { try folder.write("d/\(number).csv", people(20, from: number * 20)) }
      // The pipe stays silent: the scan waits for it until it is stopped.
      let ran = try Program.shell(
        """
        mkfifo d/3.pipe
        exec 3<>d/3.pipe
        "$B" scan d/0.csv - d/1.csv -o s.breach --seed-key k -f json -j 1 < d/3.pipe > r.json &
        P=$!
        while ! [ -s started ]; do
          [ "$(cat /proc/$P/task/*/children 2>/dev/null | wc -w)" -gt 0 ] && echo 1 > started
        done
        kill -INT $P
        wait $P
        """,
        in: folder
      )
      #expect(ran.code == 130)
      let stopped = try JSON.parse(try folder.read("r.json"))
      let unread = stopped["coverage", "gaps"].list.count { $0["reason"].string == "interrupted" }
      #expect(unread > 0)
      func coverage(_ stores: String...) throws -> JSON {
        let ran = try Program.run(["merge", "-f", "json"] + stores, in: folder)
        #expect(ran.code == 3)
        return try JSON.parse(ran.out)["coverage"]
      }
      let once = try coverage("s.breach")
      #expect(once == stopped["coverage"])
      _ = try merge(folder, "s.breach", args: ["-o", "t.breach", "-q"])
      #expect(try coverage("t.breach", "s.breach") == once)
      #expect(try coverage("s.breach", "t.breach", "s.breach") == once)
    }
  }
}
