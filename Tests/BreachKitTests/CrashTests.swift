import Foundation
import Testing

/// A leaf that ends its worker costs itself alone.
@Suite struct CrashTests {
  private static let trap = "BREACHSCOPE_TEST_TRAP_AT"

  /// Two runs that have to agree in all but one leaf.
  private func compare(
    _ args: [String],
    lost leaf: String,
    bytes: Int,
    in folder: Folder,
    env: [String: String] = [:]
  ) throws {
    let whole = try Program.scan(args, in: folder, env: env)
    let cut = try Program.scan(args, in: folder, env: env.merging([Self.trap: leaf]) { $1 })
    #expect(whole.code == 0)
    #expect(cut.code == 3)
    #expect(cut.gaps == [.init(path: leaf, reason: "worker_crash", bytes: bytes)])
    #expect(!cut.isComplete)
    #expect(whole.ledgerCloses && cut.ledgerCloses)
    #expect(whole.json["coverage", "bytes"] == cut.json["coverage", "bytes"])
    #expect(whole.json["coverage", "files"] == cut.json["coverage", "files"])
    #expect(whole.json["coverage", "container_bytes"] == cut.json["coverage", "container_bytes"])
    let others = { (report: Report) in
      report.json["files"].list.filter { $0["path"].string != leaf }
    }
    #expect(others(whole) == others(cut))
    // Nothing of what was in memory, and nobody else's words.
    let lines = cut.err.split(separator: "\n").filter { !$0.contains("root") }
    #expect(lines.isEmpty)
  }

  private func makeFiles(_ count: Int, under root: String, in folder: Folder) throws {
    for number in 0..<count {
      try folder.write("\(root)/f\(10 + number).csv", people(3, from: number * 3))
    }
  }

  @Test(arguments: ["f10", "f14", "f19"]) func inABatchOfSmallFiles(_ name: String) throws {
    try withFolder { folder in
      try makeFiles(10, under: "t", in: folder)
      let bytes = try folder.read("t/\(name).csv").count
      try compare(["t"], lost: "t/\(name).csv", bytes: bytes, in: folder)
      #expect(!folder.names.contains { $0.hasPrefix("core") })
    }
  }

  @Test(arguments: ["f10", "f14", "f19"]) func insideAnArchive(_ name: String) throws {
    try withFolder { folder in
      try makeFiles(10, under: "src", in: folder)
      try folder.write("t/z.csv", people(2, from: 90))
      try folder.write("t/a.csv", people(2, from: 95))
      _ = try Program.shell(
        "cd src; zip -q ../t/m.zip *; tar czf ../t/n.tgz f1[0-4].csv; echo x > e; zip -q -r ../t/o.zip e",
        in: folder
      )
      let bytes = try folder.read("src/\(name).csv").count
      try compare(
        ["t/m.zip", "t/a.csv", "t/z.csv"],
        lost: "t/m.zip!/\(name).csv",
        bytes: bytes,
        in: folder
      )
    }
  }

  @Test func inANestedArchiveAmongOthers() throws {
    try withFolder { folder in
      try makeFiles(4, under: "src", in: folder)
      _ = try Program.shell(
        """
        cd src; zip -q in.zip f11.csv f12.csv; tar cf mid.tar f10.csv in.zip f13.csv
        mkdir ../t; zip -q ../t/out.zip mid.tar; cp f13.csv ../t/zz.csv; echo 氏名 >> ../t/zz.csv
        """,
        in: folder
      )
      let bytes = try folder.read("src/f11.csv").count
      try compare(["t"], lost: "t/out.zip!/mid.tar!/in.zip!/f11.csv", bytes: bytes, in: folder)
    }
  }

  @Test func standardInputIsTriedOnce() throws {
    try withFolder { folder in
      let ran = try Program.run(
        ["scan", "-", "-f", "json"],
        in: folder,
        env: [Self.trap: "-"],
        stdin: Data(people(3).utf8)
      )
      let report = Report(code: ran.code, err: ran.stderr, json: try JSON.parse(ran.out))
      #expect(report.code == 3)
      #expect(report.gaps.map(\.reason) == ["worker_crash"])
      #expect(report.ledgerCloses)
    }
  }

  @Test func aPartOfALargeFileIsLostAlone() throws {
    try withFolder { folder in
      try folder.write("t/big.csv", people(8_000))
      try folder.write("t/small.csv", people(3, from: 9_000))
      let env = ["BREACHSCOPE_TEST_UNIT_SIZE": "65536"]
      let whole = try Program.scan(["t"], in: folder, env: env)
      #expect(whole.persons == [8_003, 8_003, 8_003])
      let cut = try Program.scan(
        ["t"],
        in: folder,
        env: env.merging([Self.trap: "big.csv"]) { $1 }
      )
      // The hook ends every part: all of the file is lost, in as many gaps, and nothing else.
      #expect(cut.code == 3)
      #expect(cut.persons == [3, 3, 3])
      #expect(Set(cut.gaps.map(\.path)) == ["t/big.csv"])
      #expect(cut.ledgerCloses)
      #expect(cut.json["coverage", "bytes"] == whole.json["coverage", "bytes"])
    }
  }

  @Test func tooManyCrashesGiveUpTheContainerAndNothingElse() throws {
    try withFolder { folder in
      for number in 0..<12 { try folder.write("src/\(10 + number).bad", people(1, from: number)) }
      try folder.write("src/a.csv", people(2, from: 40))
      try folder.write("t/a.csv", people(3, from: 50))
      try folder.write("t/z.csv", people(4, from: 60))
      _ = try Program.shell(
        "cd src; tar cf ../t/m.tar a.csv *.bad; tar cf ../t/n.tar 10.bad a.csv",
        in: folder
      )
      let report = try Program.scan(["t"], in: folder, env: [Self.trap: ".bad"])
      #expect(report.code == 3)
      let lost = report.gaps.filter { $0.path.hasPrefix("t/m.tar!/") }
      #expect(lost.count == 9)
      #expect(
        report.gaps.filter { $0.path == "t/m.tar" } == [
          .init(path: "t/m.tar", reason: "worker_crash", bytes: nil)
        ]
      )
      // Both other files, the member read before, and the second container.
      #expect(report.persons == [9, 9, 9])
      #expect(report.gaps.contains { $0.path == "t/n.tar!/10.bad" })
      #expect(report.files.contains("t/n.tar!/a.csv") || report.files.contains("t/m.tar!/a.csv"))
    }
  }

  @Test func aWorkerThatIsKilledOnceCostsNothing() throws {
    try withFolder { folder in
      try folder.write("big.csv", people(20_000))
      let whole = try Program.scan(["big.csv"], in: folder)
      let ran = try Program.shell(
        """
        "$B" scan big.csv -f json --jobs 1 > out.json 2> err & pid=$!
        until child=$(cat /proc/$pid/task/$pid/children) && [ -n "$child" ]; do :; done
        until grep -q big.csv <(ls -l /proc/$child/fd 2>/dev/null) || ! kill -0 $pid; do :; done
        kill -KILL $child; wait $pid
        """,
        in: folder
      )
      #expect(ran.code == 0)
      #expect(
        JSON(value: try JSON.parse(try folder.read("out.json")).value).without("run") == whole.body
      )
    }
  }
}
