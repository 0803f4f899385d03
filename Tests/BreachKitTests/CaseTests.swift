import BreachModel
import Foundation
import Testing

/// Whole dumps with their known answer, and what must not change it.
@Suite struct CaseTests {
  private func check(_ name: String, _ input: String, _ options: [String]) throws -> [String] {
    try withFolder { folder in
      let root = Program.packageRoot + "/Fixtures/cases/\(name)/"
      let expected = try JSON.parse(
        try Data(contentsOf: URL(fileURLWithPath: root + "expected.json"))
      )
      let report = try Program.scan(
        [root + input] + options.map { $0 == "INCIDENT" ? root + "incident.yaml" : $0 },
        in: folder
      )
      #expect(report.ledgerCloses)
      if let code = expected["exit_code"].int { #expect(Int(report.code) == code) }
      let counts = expected.without("comment").without("exit_code").without("assessment")
      return report.json.missing(counts) + assess(report.json, expected["assessment"])
    }
  }

  /// Where outcomes, dates and questions differ from those that were worked out by hand.
  private func assess(_ result: JSON, _ expected: JSON) -> [String] {
    expected.keys.flatMap { id -> [String] in
      let pack = result["assessment", "packs"].list.first { $0["id"].string == id }
      let asked = (pack?["decisions"].list ?? []).compactMap { $0["id"].string }
      var wrong = expected[id, "decisions_include"].list.compactMap(\.string).filter {
        !asked.contains($0)
      }
      for criterion in expected[id, "outcomes"].keys {
        let found = pack?["outcomes"].list.first { $0["criterion"].string == criterion }
        if found?["outcome"] != expected[id, "outcomes", criterion] { wrong.append(criterion) }
      }
      for duty in expected[id, "duties"].keys {
        let found = pack?["duties"].list.first { $0["id"].string == duty }
        let dates = expected[id, "duties", duty]
        wrong += (found ?? JSON(value: .null)).missing(dates, at: duty)
      }
      return wrong.map { id + ": " + $0 }
    }
  }

  @Test func tiny() throws {
    let missing = try check("tiny", "input", [])
    #expect(missing == [])
  }

  @Test func shopLeak() throws {
    let missing = try check("shop-leak", "dump", ["--incident", "INCIDENT"])
    #expect(missing == [])
  }

  @Test func workersChangeNothing() throws {
    try withFolder { folder in
      let dump = Program.packageRoot + "/Fixtures/cases/shop-leak/dump"
      let one = try Program.scan([dump, "--jobs", "1"], in: folder)
      let four = try Program.scan([dump, "--jobs", "4"], in: folder)
      #expect(one.body == four.body)
      try folder.write("key", String(repeating: "01", count: 16))
      let options = [dump, "--seed-key", "key", "-f", "ndjson"]
      let first = try JSON.lines(
        try Program.run(["scan", "--jobs", "1"] + options, in: folder).out
      )
      let second = try JSON.lines(
        try Program.run(["scan", "--jobs", "4"] + options, in: folder).out
      )
      #expect(first.dropLast() == second.dropLast())
    }
  }

  /// Kinds of the corpus generator, with encodings.
  @Test(arguments: [
    ("csv_ja", "utf-8"), ("csv_ja", "cp932"), ("csv_ja", "euc_jp"), ("csv_ja", "utf-16le"),
    ("jsonl", "utf-8"), ("sql", "utf-8"), ("log", "utf-8"), ("clean", "utf-8"),
  ]) func unitsChangeNothing(_ kind: String, _ encoding: String) throws {
    try withFolder { folder in
      let made = try Program.run(
        "/usr/bin/env",
        [
          "python3", Program.packageRoot + "/Tests/Corpora/gen_corpus.py", "--kind", kind,
          "--size", "1M", "--encoding", encoding, "--out", "corpus",
        ],
        in: folder
      )
      try #require(made.code == 0)
      try folder.write("key", String(repeating: "01", count: 16))
      func run(_ size: String?, _ jobs: String) throws -> [JSON] {
        let ran = try Program.run(
          ["scan", "corpus", "-f", "ndjson", "--seed-key", "key", "--jobs", jobs],
          in: folder,
          env: size.map { ["BREACHSCOPE_TEST_UNIT_SIZE": $0] } ?? [:]
        )
        #expect(ran.code == 0)
        let lines = try JSON.lines(ran.out)
        return lines.dropLast() + [lines.last?.without("run") ?? JSON(value: .null)]
      }
      let whole = try run(nil, "1")
      for (size, jobs) in [("31337", "1"), ("65536", "4"), ("100003", "2")] {
        let cut = try run(size, jobs)
        #expect(whole.count == cut.count)
        #expect(whole.last?.missing(cut.last ?? JSON(value: .null)) == [])
        let differing = zip(whole, cut).enumerated().first { $1.0 != $1.1 }?.offset
        #expect(differing == nil)
      }
    }
  }

  @Test func copyRowsAreCutBetweenRows() throws {
    try withFolder { folder in
      var sql = "COPY public.users (id, name, email) FROM stdin;\n"
      for number in 0..<4_000 { sql += "\(number)\t佐藤 健一\tuser\(number)@example-mail.jp\n" }
      try folder.write("dump.sql", sql + "\\.\n")
      let whole = try Program.scan(["dump.sql"], in: folder)
      let cut = try Program.scan(
        ["dump.sql"],
        in: folder,
        env: ["BREACHSCOPE_TEST_UNIT_SIZE": "65536"]
      )
      #expect(whole.persons[1] == 4_000)
      #expect(whole.body == cut.body)
    }
  }
}
