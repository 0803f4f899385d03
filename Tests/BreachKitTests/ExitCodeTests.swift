import Foundation
import Testing

/// How a run ends, as whoever calls the program sees it.
@Suite struct ExitCodeTests {
  @Test func zeroWhenEveryByteWasRead() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(3))
      let report = try Program.scan(["a.csv"], in: folder)
      #expect(report.code == 0)
      #expect(report.persons == [3, 3, 3])
      #expect(report.isComplete)
      #expect(report.ledgerCloses)
    }
  }

  /// Arguments that are wrong, and a word that the message has to have.
  static let wrong: [(args: [String], word: String)] = [
    (["scan"], "what to scan"), (["scan", "nowhere"], "nowhere"),
    (["scan", "a.csv", "--format", "pdf"], "pdf"), (["scan", "a.csv", "-o", "x.pdf"], "x.pdf"),
    (["scan", "a.csv", "--jobs", "0"], "--jobs"), (["scan", "a.csv", "--jobs", "x"], "jobs"),
    (["scan", "a.csv", "--types", "mail"], "mail"),
    (["scan", "a.csv", "--min-confidence", "2"], "--min-confidence"),
    (["scan", "a.csv", "--encoding", "klingon"], "klingon"),
    (["scan", "a.csv", "--delimiter", "ab"], "--delimiter"),
    (["scan", "a.csv", "--memory", "much"], "--memory"),
    (["scan", "a.csv", "--max-depth", "-1"], "--max-depth"),
    (["scan", "a.csv", "--max-depth", "1000000"], "--max-depth"),
    (["scan", "a.csv", "--max-members", "0"], "--max-members"),
    (["scan", "a.csv", "--reveal"], "--output"), (["scan", "a.csv", "--as-of", "soon"], "--as-of"),
    (["scan", "a.csv", "--criteria", "none"], "none"),
    (["scan", "a.csv", "--incident", "none.yaml"], "none.yaml"),
    (["scan", "a.csv", "--seed-key", "a.csv"], "a.csv"),
    (["scan", "a.csv", "--files-from", "none.txt"], "none.txt"),
    (["scan", "a.csv", "--passwords", "none.txt"], "none.txt"),
    (["scan", "a.csv", "--patterns", "none"], "none"), (["scan", "a.csv", "--frobnicate"], "frob"),
    (["check", "a.csv", "--policy", "none.yaml"], "none.yaml"),
    (["assess", "none.json"], "none.json"), (["assess", "a.csv"], "a.csv"),
    (["frobnicate"], "frobnicate"), (["incident", "check", "none.yaml"], "none.yaml"),
  ]

  @Test(arguments: wrong) func twoWithAHelpfulLineWhenTheWordsAreWrong(
    _ args: [String],
    _ word: String
  ) throws {
    try withFolder { folder in
      try folder.write("a.csv", people(1))
      let ran = try Program.run(args, in: folder)
      #expect(ran.code == 2)
      #expect(ran.out.isEmpty)
      #expect(ran.stderr.contains(word))
      #expect(!ran.stderr.contains("Fatal error"))
    }
  }

  @Test func threeWhenSomethingWasNotRead() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(2))
      try folder.write("b.pdf", "%PDF-1.7\n" + String(repeating: "x", count: 91))
      let report = try Program.scan(["a.csv", "b.pdf", "gone.csv"], in: folder)
      #expect(report.code == 3)
      #expect(report.persons == [2, 2, 2])
      #expect(
        report.gaps == [
          .init(path: "b.pdf", reason: "unsupported_format", bytes: 100),
          .init(path: "gone.csv", reason: "missing", bytes: nil),
        ]
      )
      #expect(!report.isComplete)
      #expect(report.ledgerCloses)
      let text = try Program.run(["scan", "a.csv", "b.pdf"], in: folder)
      #expect(text.code == 3)
      #expect(!text.stdout.lowercased().contains("clean"))
      let accepted = try Program.run(
        ["scan", "a.csv", "b.pdf", "--accept-gaps", "unsupported_format"],
        in: folder
      )
      #expect(accepted.code == 0)
    }
  }

  @Test func fourWhenAReportCannotBeWritten() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(2))
      for format in ["text", "json", "ndjson"] {
        let ran = try Program.shell("\"$B\" scan a.csv -f \(format) > /dev/full", in: folder)
        #expect(ran.code == 4)
        #expect(ran.stderr.contains("cannot be written"))
      }
      #expect(try Program.shell("\"$B\" check a.csv > /dev/full", in: folder).code == 4)
      #expect(try Program.shell("\"$B\" --help > /dev/full", in: folder).code == 4)
      #expect(try Program.shell("\"$B\" incident init > /dev/full", in: folder).code == 4)
      #expect(try Program.shell("\"$B\" criteria list > /dev/full", in: folder).code == 4)
      let missing = try Program.run(["scan", "a.csv", "-o", "no/such/r.json"], in: folder)
      #expect(missing.code == 4)
      #expect(missing.stderr.contains("no/such/r.json"))
      #expect(
        try Program.run(["scan", "a.csv", "-o", "/dev/full", "-f", "json"], in: folder).code == 4
      )
    }
  }

  @Test func fourWhenTheFolderCannotBeWritten() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(2))
      let ran = try Program.shell(
        """
        mkdir ro && chmod 555 ro && chmod 755 .
        if [ "$(id -u)" = 0 ]; then run="setpriv --reuid=65534 --regid=65534 --clear-groups"; fi
        cp "$B" ./program && chmod 755 program
        $run ./program scan a.csv -o ro/r.json
        """,
        in: folder
      )
      #expect(ran.code == 4)
      #expect(ran.stderr.contains("ro/r.json"))
    }
  }

  @Test func interruptedRunsWriteWhatTheyHave() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(5))
      // The pipe gives one table and then stays open: the scan waits until it is told to stop.
      let ran = try Program.shell(
        """
        mkfifo pipe; exec 7<>pipe
        "$B" scan a.csv - -f json --jobs 1 < pipe > out.json & pid=$!
        until [ -n "$(cat /proc/$pid/task/$pid/children)" ]; do :; done
        kill -INT $pid; wait $pid
        """,
        in: folder
      )
      #expect(ran.code == 130)
      let report = Report(
        code: ran.code,
        err: ran.stderr,
        json: try JSON.parse(try folder.read("out.json"))
      )
      #expect(!report.isComplete)
      #expect(report.gaps.contains { $0.path == "-" && $0.reason == "interrupted" })
      #expect(report.ledgerCloses)
    }
  }

  @Test(arguments: [("INT", 130), ("TERM", 143)])
  func aSignalToTheWholeGroupIsNoWorkerCrash(_ signal: String, _ code: Int32) throws {
    try withFolder { folder in
      try folder.write("a.csv", people(5))
      let ran = try Program.shell(
        """
        set -m
        mkfifo pipe; exec 7<>pipe
        "$B" scan - -f json --jobs 1 < pipe > out.json & pid=$!
        until [ -n "$(cat /proc/$pid/task/$pid/children)" ]; do :; done
        kill -\(signal) -- -$pid; wait $pid
        """,
        in: folder
      )
      #expect(ran.code == code)
      let json = try JSON.parse(try folder.read("out.json"))
      #expect(!json["coverage", "gaps"].list.contains { $0["reason"].string == "worker_crash" })
    }
  }

  @Test func aReaderThatGoesAwayEndsItQuietly() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(3_000))
      let ran = try Program.shell(
        "\"$B\" scan a.csv -f ndjson --quiet | head -1 | wc -l",
        in: folder
      )
      #expect(ran.stdout.contains("1"))
      #expect(!ran.stderr.contains("rror") && !ran.stderr.contains("written"))
    }
  }

  @Test func helpAndVersionAreNoErrors() throws {
    try withFolder { folder in
      for args in [["--help"], ["scan", "--help"], ["check", "--help"], ["help", "assess"]] {
        let ran = try Program.run(args, in: folder)
        #expect(ran.code == 0)
        #expect(ran.stdout.contains("USAGE"))
      }
      let version = try Program.run(["--version"], in: folder)
      #expect(version.code == 0)
      #expect(version.stdout.split(separator: ".").count == 3)
      #expect(try Program.run(["formats"], in: folder).stdout.contains("zip"))
    }
  }

  @Test func noLibraryOfContainersIsLoadedAtTheStart() throws {
    try withFolder { folder in
      // The loader names what the program needs, and does not start it.
      let ran = try Program.run(["formats"], in: folder, env: ["LD_TRACE_LOADED_OBJECTS": "1"])
      #expect(ran.stdout.contains("libpcre2-8"))
      #expect(!ran.stdout.contains("libarchive") && !ran.stdout.contains("libxml2"))
    }
  }
}
