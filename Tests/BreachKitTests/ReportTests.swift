import BreachModel
import Foundation
import Testing

/// `report`: every format from a stored result, and the formats that a scan writes for people.
@Suite struct ReportTests {
  /// Every format by the name of a file.
  static let files = [
    "r.txt", "r.json", "r.ndjson", "r.md", "r.html", "r.xlsx", "r.csv", "r.sarif", "r.junit.xml",
    "r.github.txt", "r.gitlab.json", "r.filing.txt",
  ]

  @Test func everyFormatComesFromAStoredResultTheSameEachTime() throws {
    try withFolder { folder in
      try folder.write("a.csv", Canary.csv + people(3))
      let outputs = Self.files.flatMap { ["-o", $0] }
      #expect(try Program.run(["scan", "a.csv", "-o", "stored.json"], in: folder).code == 0)
      let first = try Program.run(["report", "stored.json", "--quiet"] + outputs, in: folder)
      #expect(first.code == 0)
      #expect(first.stdout.split(separator: "\n").count == 1)
      let before = try Self.files.map { try folder.read($0) }
      #expect(before[1] == (try folder.read("stored.json")))
      let again = try Program.shell(
        "umask 000; \"$B\" report stored.json --quiet \(outputs.joined(separator: " ")); "
          + "stat -c %a \(Self.files.joined(separator: " "))",
        in: folder
      )
      #expect(again.code == 0)
      #expect(again.stdout.hasSuffix(String(repeating: "600\n", count: Self.files.count)))
      #expect(try Self.files.map { try folder.read($0) } == before)
      #expect(before.allSatisfy { !$0.isEmpty })
      for name in Self.files where name != "r.xlsx" {
        let text = String(decoding: try folder.read(name), as: UTF8.self)
        #expect(!Canary.leaks(in: text), "\(name)")
      }
      let one = try Program.run(["report", "stored.json", "-f", "md", "--lang", "ja"], in: folder)
      #expect(one.stdout.contains("本人の数"))
    }
  }

  @Test func itsExitCodeSaysWhetherAllWasRead() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(3))
      try folder.write("b.pdf", "%PDF-1.4\n%\u{E2}\u{E3}\n1 0 obj\n<<>>\nendobj\n")
      #expect(try Program.run(["scan", ".", "-o", "stored.json"], in: folder).code == 3)
      #expect(try Program.run(["report", "stored.json"], in: folder).code == 3)
      #expect(
        try Program.run(
          ["report", "stored.json", "--accept-gaps", "unsupported_format"],
          in: folder
        ).code == 0
      )
      try folder.write("no.json", "{}")
      #expect(try Program.run(["report", "no.json"], in: folder).code == 2)
      #expect(try Program.run(["report", "nowhere.json"], in: folder).code == 2)
      #expect(try Program.run(["report", "stored.json", "-f", "docx"], in: folder).code == 2)
      for format in [
        "text", "html", "xlsx", "md", "csv", "sarif", "junit", "github", "gitlab", "filing",
      ] {
        let full = try Program.shell(
          "\"$B\" report stored.json -f \(format) > /dev/full",
          in: folder
        )
        #expect(full.code == 4, "\(format)")
      }
    }
  }

  /// The report of a report finds nobody: what is masked is no value any more.
  @Test(arguments: ["r.html", "r.md", "r.csv", "r.txt"])
  func aReportHoldsNoValueThatAScanFinds(_ name: String) throws {
    try withFolder { folder in
      try folder.write("a.csv", Canary.csv + people(3))
      for language in ["ja", "en"] {
        let ran = try Program.run(
          ["scan", "a.csv", "--quiet", "--lang", language, "-o", name],
          in: folder
        )
        #expect(ran.code == 0)
        #expect(!Canary.leaks(in: String(decoding: try folder.read(name), as: UTF8.self)))
        #expect(try Program.scan([name], in: folder).json["persons", "high"].int == 0)
      }
    }
  }

  /// A second analyst compares with what `sha256sum` says.
  @Test func aManifestIsWhatSha256sumSays() throws {
    try withFolder { folder in
      try folder.write("d/b.csv", people(3))
      try folder.write("d/a/x\ny", "text")
      try folder.write("d/é.txt", "text")
      try folder.write("one.log", String(repeating: "line\n", count: 300_000))
      let names = ["d", "one.log", "-"]
      let ran = try Program.shell(
        "echo piped | \"$B\" scan \(names.joined(separator: " ")) --manifest --quiet "
          + "-o r.json -o r.html; cd d; cd ..; "
          + "find d -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum; "
          + "sha256sum one.log",
        in: folder
      )
      let sums = ran.stdout.split(separator: "\n").dropFirst().map { String($0.prefix(64)) }
      let inputs = try JSON.parse(try folder.read("r.json"))["run", "inputs"].list
      #expect(inputs.map { $0["sha256"].string } == [sums[0], sums[1], nil])
      let page = String(decoding: try folder.read("r.html"), as: UTF8.self)
      #expect(page.contains(sums[0]) && page.contains(sums[1]))
      let plain = try Program.scan(["d"], in: folder)
      #expect(plain.json["run", "inputs"].list.map { $0["sha256"].isNull } == [true])
    }
  }

  @Test func noValueStandsInAWorkbook() throws {
    try withFolder { folder in
      try folder.write("a.csv", Canary.csv + people(3))
      #expect(try Program.run(["scan", "a.csv", "-o", "r.xlsx"], in: folder).code == 0)
      try Program.python(
        """
        import zipfile
        book = zipfile.ZipFile("r.xlsx")
        open("r.txt", "wb").write(b"".join(book.read(name) for name in book.namelist()))
        """,
        in: folder
      )
      let text = String(decoding: try folder.read("r.txt"), as: UTF8.self)
      #expect(text.contains("person_name"))
      #expect(!Canary.leaks(in: text))
    }
  }
}
