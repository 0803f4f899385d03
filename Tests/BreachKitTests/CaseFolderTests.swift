import BreachModel
import Foundation
import Testing

/// `case`: a folder for an incident, its log, and what it says of itself.
struct CaseFolderTests {
  private static let rows = "氏名,メールアドレス\n佐藤 陽菜,a@example.com\n鈴木 翔太,b@example.com\n"

  /// A case with a store of two persons.
  private func make(_ folder: Folder) throws {
    try folder.write("data/a.csv", Self.rows)
    #expect(try Program.run(["case", "new", "c", "--title", "x \"y\""], in: folder).code == 0)
    let scan = ["scan", "data", "--incident", "c/incident.yaml", "-q", "-o", "c/case.breach"]
    #expect(try Program.run(scan + ["-o", "c/reports/r.html"], in: folder).code == 0)
  }

  private func status(_ folder: Folder, _ options: [String] = []) throws -> (Int32, JSON) {
    let ran = try Program.run(["case", "status", "c", "--format", "json"] + options, in: folder)
    return (ran.code, try JSON.parse(ran.out))
  }

  private func log(_ folder: Folder) throws -> [JSON] {
    try JSON.lines(folder.read("c/log.ndjson"))
  }

  private static func sha256(_ bytes: some Sequence<UInt8>) -> String { SHA256.hex(bytes) }

  @Test func `a new case holds its files, for its owner alone`() throws {
    try withFolder { folder in
      let ran = try Program.run(["case", "new", "c", "--lang", "ja"], in: folder)
      #expect(ran.code == 0 && ran.stdout.hasPrefix("c: 事案のフォルダーを作りました。"))
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/c")
      #expect(
        names.sorted() == [
          "case.key", "case.yaml", "decisions.yaml", "incident.yaml", "log.ndjson", "reports",
        ]
      )
      for (name, mode) in [("", 0o700), ("/reports", 0o700), ("/case.key", 0o600)] {
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/c" + name)
        #expect(attributes[.posixPermissions] as? Int == mode)
      }
      #expect(try Program.run(["incident", "check", "c/incident.yaml"], in: folder).code == 0)
      #expect(try Program.run(["case", "new", "c"], in: folder).code == 2)
      #expect(try Program.run(["case", "new", "none/c"], in: folder).code == 4)
      #expect(try Program.run(["case", "status", "."], in: folder).code == 2)
      #expect(folder.names == ["c"])
    }
  }

  @Test func `each command adds a line with digests of what it read and wrote`() throws {
    try withFolder { folder in
      try make(folder)
      let lines = try log(folder)
      #expect(lines.count == 2)
      let scan = lines[1]
      #expect(scan["exit"].int == 0 && scan["version"].string == "0.1.0")
      #expect(scan["inputs"].list.map { $0["path"].string } == ["data", "c/incident.yaml"])
      #expect(
        scan["outputs"].list.map { $0["path"].string } == ["c/case.breach", "c/reports/r.html"]
      )
      #expect(
        scan["outputs"].list[0]["sha256"].string == Self.sha256(try folder.read("c/case.breach"))
      )
      let file = Self.sha256(Array(Self.rows.utf8))
      #expect(
        scan["inputs"].list[0]["sha256"].string
          == Self.sha256(Array("\(file)  data/a.csv\n".utf8))
      )
      // From inside the folder, and what has nothing to do with it.
      let inside = try Program.shell("cd c && $B report case.breach --format=json", in: folder)
      #expect(inside.code == 0)
      #expect(try Program.run(["scan", "data", "-q"], in: folder).code == 0)
      #expect(try log(folder).count == 3)
      #expect(
        try Program.run(
          ["lookup", "c/case.breach", "--by", "email"],
          in: folder,
          stdin: Data("z@example.com\n".utf8)
        ).code == 1
      )
      let last = try log(folder)[3]
      #expect(last["exit"].int == 1)
      #expect(last["command"].list.map(\.string) == ["lookup", "c/case.breach", "--by", "email"])
    }
  }

  @Test func `a changed or missing line breaks the chain where it stands`() throws {
    try withFolder { folder in
      try make(folder)
      #expect(try status(folder).1["log", "intact"] == JSON(value: .bool(true)))
      let whole = String(decoding: try folder.read("c/log.ndjson"), as: UTF8.self)
      let lines = whole.split(separator: "\n").map(String.init)
      #expect(lines.count == 3)
      func broken(_ text: String) throws -> Int? {
        try folder.write("c/log.ndjson", text)
        let (code, json) = try status(folder)
        #expect(code == 3)
        return json["log", "broken_line"].int
      }
      #expect(try broken(whole.replacingOccurrences(of: "r.html", with: "s.html")) == 3)
      #expect(try broken([lines[0], lines[2]].joined(separator: "\n") + "\n") == 2)
      #expect(try broken(lines[1...].joined(separator: "\n") + "\n") == 1)
      try folder.write("c/log.ndjson", whole)
      #expect(try status(folder).0 == 0)
      try folder.write("c/case.yaml", "schema: breachscope.case/1\ntitle: z\n")
      #expect(try status(folder).1["log", "broken_line"].int == 1)
    }
  }

  @Test func `the status tells persons, duties, questions, gaps and reports`() throws {
    try withFolder { folder in
      try make(folder)
      var (code, json) = try status(folder)
      #expect(code == 0 && json["title"].string == "x \"y\"")
      #expect(json["result"].string == "case.breach")
      #expect(json["persons", "low"].int == 2 && json["persons", "high"].int == 2)
      #expect(json["questions"].list.contains { $0.string == "dump_is_whole_incident" })
      #expect(json["reports"].list.map { $0["path"].string } == ["reports/r.html"])
      #expect(json["reports"].list[0]["outdated"] == JSON(value: .bool(false)))
      // Known on 2026-11-20, so that the preliminary report is due on the 24th at the latest.
      try folder.write("c/incident.yaml", "known_at: 2026-11-20\nwrongful_purpose: true\n")
      (code, json) = try status(folder, ["--as-of", "2026-11-24"])
      #expect(json["reports"].list[0]["outdated"] == JSON(value: .bool(true)))
      let due = json["duties"].list.first { $0["id"].string == "jp.report_preliminary" }
      let day = try #require(due?["due"].string)
      #expect(day == "2026-11-24" && due?["overdue"] == JSON(value: .bool(false)))
      json = try status(folder, ["--as-of", "2026-11-25"]).1
      #expect(json["duties"].list[0]["id"].string == "jp.report_preliminary")
      #expect(json["duties"].list[0]["overdue"] == JSON(value: .bool(true)))
      let text = try Program.run(["case", "status", "c", "--as-of", "2026-11-25"], in: folder)
      #expect(text.stdout.contains("\n  OVERDUE 2026-11-24  preliminary report (jp.report_prelim"))
      // What was not read is told, and is the exit code.
      try folder.write("data/doc.pdf", "%PDF-1.4")
      #expect(try Program.run(["scan", "data", "-q", "-o", "c/case.breach"], in: folder).code == 3)
      (code, json) = try status(folder)
      #expect(code == 3 && json["gaps"].list.map { $0["path"].string } == ["data/doc.pdf"])
    }
  }

  @Test func `all stores of a case share its key`() throws {
    try withFolder { folder in
      try make(folder)
      #expect(try Program.run(["scan", "data", "-q", "-o", "c/b.breach"], in: folder).code == 0)
      #expect(!folder.exists("c/b.key"))
      #expect(try Program.run(["diff", "c/case.breach", "c/b.breach"], in: folder).code == 0)
    }
  }

  @Test func `closing destroys the key, and what needs it refuses`() throws {
    try withFolder { folder in
      try make(folder)
      #expect(try Program.run(["case", "close", "c"], in: folder).code == 2)
      #expect(folder.exists("c/case.key"))
      let key = try folder.read("c/case.key")
      let ran = try Program.run(["case", "close", "c", "--yes"], in: folder)
      #expect(ran.code == 0 && ran.stdout.contains("are not reached"))
      #expect(!folder.exists("c/case.key"))
      try folder.write("copy.key", key)
      for command in [
        ["lookup", "c/case.breach", "--seed-key", "copy.key"],
        ["persons", "c/case.breach"], ["diff", "c/case.breach", "c/case.breach"],
        ["merge", "c/case.breach"],
        ["scan", "data", "-q", "-o", "c/case.breach"],
      ] {
        let ran = try Program.run(command, in: folder, stdin: Data("a@example.com\n".utf8))
        #expect(ran.code == 2 && ran.stderr.contains("its key destroyed"), "\(command)")
      }
      #expect(try Program.run(["report", "c/case.breach", "-q"], in: folder).code == 0)
      let (code, json) = try status(folder)
      #expect(code == 0 && json["closed"].string != nil)
      #expect(json["log", "intact"] == JSON(value: .bool(true)))
      #expect(try Program.run(["case", "close", "c", "--yes"], in: folder).code == 2)
    }
  }
}
