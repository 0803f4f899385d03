import Foundation
import Testing

/// Names, links, permissions and the rest of what a file tree can do.
@Suite struct PathTests {
  private static let makeNames = """
    import os
    row = '氏名,メールアドレス\\n佐藤 健一,user%d@example-mail.jp\\n'
    names = ['テスト.csv'.encode('cp932'), 'テスト.csv'.encode('euc_jp'), b'bad\\xff.csv',
             'が.csv'.encode(), 'か\\u3099.csv'.encode(), b'n\\nl.csv', b'e\\x1b]0;x\\x07.csv', b'-rf',
             b'=cmd()', 'a\\u202etxt.exe'.encode(), b'"><script>']
    os.mkdir(b't')
    for number, name in enumerate(names):
        open(b't/' + name, 'w', encoding='utf-8').write(row % number)
    """

  @Test func everyNameIsFound() throws {
    try withFolder { folder in
      try Program.python(Self.makeNames, in: folder)
      let report = try Program.scan(["t"], in: folder)
      #expect(report.code == 0)
      #expect(report.json["coverage", "files"].int == 11)
      #expect(report.json["findings", "email_address", "distinct"].int == 11)
      #expect(Set(report.files.map { Array($0.utf8) }).count == 11)
      #expect(report.files.contains("t/テスト.csv"))
      #expect(report.ledgerCloses)
      for options in [
        ["scan", "t"], ["scan", "t", "-f", "ndjson"], ["check", "t"], ["scan", "--dry-run", "t"],
      ] {
        let ran = try Program.run(options, in: folder)
        #expect(!ran.stdout.contains("\u{1B}]") && !ran.stderr.contains("\u{1B}]"))
        #expect(!ran.stdout.contains("\u{202E}") || options.contains("ndjson"))
      }
    }
  }

  @Test func namesThatLookAlikeAsTextAreStillTwo() throws {
    try withFolder { folder in
      try Program.python(
        """
        import subprocess, os, sys, json
        for n, name in enumerate([b'\\xfea.csv', b'\\xffa.csv']):
            open(name, 'w', encoding='utf-8').write('氏名,メール\\n佐藤 健一,u%d@example-mail.jp\\n' % n)
        out = subprocess.run([sys.argv[1].encode(), b'scan', b'-f', b'json', b'\\xfea.csv', b'\\xffa.csv'],
                             capture_output=True)
        assert out.returncode == 0, out.returncode
        assert json.loads(out.stdout)['findings']['email_address']['distinct'] == 2
        """,
        [Program.path],
        in: folder
      )
    }
  }

  @Test func linksAreToldAndNotFollowed() throws {
    try withFolder { folder in
      try folder.write("t/a.csv", people(2))
      try folder.write("outside.csv", people(5, from: 50))
      _ = try Program.shell(
        "cd t; ln -s . loop; ln -s /nonexistent dangling; ln -s .. up; ln -s ../outside.csv out.csv",
        in: folder
      )
      let report = try Program.scan(["t"], in: folder)
      #expect(report.code == 0)
      #expect(report.persons == [2, 2, 2])
      #expect(report.notes.filter { $0.kind == "symlink" }.count == 4)
      // A link that the user names is followed.
      let named = try Program.scan(["t/out.csv"], in: folder)
      #expect(named.code == 0)
      #expect(named.persons == [5, 5, 5])
    }
  }

  @Test func pipesAndDevicesInATreeAreNotOpened() throws {
    try withFolder { folder in
      try folder.write("t/a.csv", people(2))
      _ = try Program.shell(
        "mkfifo t/pipe; python3 -c \"import socket; socket.socket(1).bind('t/socket')\"",
        in: folder
      )
      let report = try Program.scan(["t"], in: folder)
      #expect(report.code == 0)
      #expect(report.notes.map(\.kind) == ["special", "special"])
    }
  }

  @Test func aPipeThatTheUserNamesIsRead() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(20))
      let named = try Program.shell(
        "mkfifo p; cat a.csv > p & \"$B\" scan p -f json",
        in: folder
      )
      #expect(try JSON.parse(named.out)["persons", "likely"].int == 20)
      let substituted = try Program.shell("\"$B\" scan <(cat a.csv) -f json", in: folder)
      #expect(substituted.code == 0)
      #expect(try JSON.parse(substituted.out)["persons", "likely"].int == 20)
    }
  }

  @Test func standardInputIsRead() throws {
    try withFolder { folder in
      let report = try Program.scan(["-"], in: folder, stdin: Data(people(7).utf8))
      #expect(report.code == 0)
      #expect(report.persons == [7, 7, 7])
      #expect(report.files == ["-"])
      #expect(report.ledgerCloses)
      let empty = try Program.scan(["-"], in: folder)
      #expect(empty.code == 0)
      let closed = try Program.shell("\"$B\" scan - -f json <&-", in: folder)
      #expect(closed.code == 3)
    }
  }

  @Test func filesFromAListAndAPipe() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(2))
      try folder.write("b c.csv", people(3, from: 10))
      try folder.write("d.csv", people(4, from: 20))
      try folder.write("list", "a.csv\r\nb c.csv\n")
      #expect(try Program.scan(["--files-from", "list"], in: folder).persons == [5, 5, 5])
      let standard = try Program.scan(
        ["--files-from", "-", "d.csv"],
        in: folder,
        stdin: Data("b c.csv\n".utf8)
      )
      #expect(standard.persons == [7, 7, 7])
      let pipe = try Program.shell("\"$B\" scan -f json --files-from <(ls *.csv)", in: folder)
      #expect(try JSON.parse(pipe.out)["persons", "likely"].int == 9)
    }
  }

  @Test func includeAndExcludeAreGlobs() throws {
    try withFolder { folder in
      for (number, name) in ["a.csv", "b.log", "sub/c.csv", "sub/deep/d.csv", "skip/e.csv"]
        .enumerated()
      {
        try folder.write("t/" + name, people(1, from: number))
      }
      func files(_ options: [String]) throws -> [String] {
        try Program.scan(["t"] + options, in: folder).files
      }
      #expect(
        try files(["--include", "*.csv"]) == [
          "t/a.csv", "t/skip/e.csv", "t/sub/c.csv", "t/sub/deep/d.csv",
        ]
      )
      #expect(
        try files(["--exclude", "skip", "--exclude", "*.log"]) == [
          "t/a.csv", "t/sub/c.csv", "t/sub/deep/d.csv",
        ]
      )
      #expect(try files(["--exclude", "t/sub/**"]) == ["t/a.csv", "t/b.log", "t/skip/e.csv"])
      #expect(try files(["--include", "sub/*.csv"]) == ["t/sub/c.csv"])
      #expect(try files(["--include", "sub/**/d.csv"]) == ["t/sub/deep/d.csv"])
    }
  }

  @Test func whatMayNotBeReadIsAGap() throws {
    try withFolder { folder in
      try folder.write("t/a.csv", people(2))
      try folder.write("t/secret.csv", people(2, from: 30))
      try folder.write("t/locked/b.csv", people(2, from: 40))
      let ran = try Program.shell(
        """
        chmod 000 t/secret.csv t/locked; cp "$B" program; chmod 755 program .
        if [ "$(id -u)" = 0 ]; then run="setpriv --reuid=65534 --regid=65534 --clear-groups"; fi
        $run ./program scan t -f json; code=$?; chmod 755 t/locked; exit $code
        """,
        in: folder
      )
      #expect(ran.code == 3)
      let report = Report(code: 3, err: "", json: try JSON.parse(ran.out))
      #expect(
        report.gaps == [
          .init(path: "t/locked", reason: "permission", bytes: nil),
          .init(path: "t/secret.csv", reason: "permission", bytes: nil),
        ]
      )
      #expect(report.persons == [2, 2, 2])
      #expect(report.json["persons", "unread", "could_add"].isNull)
    }
  }

  @Test func oneContentCountsOnceAndListsItsPaths() throws {
    try withFolder { folder in
      try folder.write("t/h1.csv", people(4))
      _ = try Program.shell(
        "cd t; ln h1.csv h2.csv; ln h1.csv h3.csv; cp h1.csv copy.csv; gzip -kn copy.csv",
        in: folder
      )
      let report = try Program.scan(["t"], in: folder)
      #expect(report.code == 0)
      #expect(report.persons == [4, 4, 4])
      #expect(report.count("email_address") == 4)
      #expect(report.files == ["t/copy.csv"])
      #expect(
        report.json["files"].list.first?["also_at"].list.compactMap(\.string).sorted() == [
          "t/copy.csv.gz!/copy.csv", "t/h1.csv", "t/h2.csv", "t/h3.csv",
        ]
      )
      #expect(report.json["coverage", "files"].int == 5)
      #expect(report.json["coverage", "by_format", "csv"].int == 5)
      #expect(report.ledgerCloses)
    }
  }

  @Test func aPathGivenTwiceIsOneFile() throws {
    try withFolder { folder in
      try folder.write("t/a.csv", people(4))
      let report = try Program.scan(["t", "t/a.csv", "t/"], in: folder)
      #expect(report.code == 0)
      #expect(report.json["coverage", "files"].int == 1)
      #expect(report.persons == [4, 4, 4])
    }
  }

  @Test func pathsLongerThanTheKernelTakes() throws {
    try withFolder { folder in
      try Program.python(
        """
        import os
        os.mkdir('t'); os.chdir('t')
        for _ in range(60):
            os.mkdir('d' * 100); os.chdir('d' * 100)
        open('leaf.csv', 'w', encoding='utf-8').write('氏名,メール\\n佐藤 健一,u@example-mail.jp\\n')
        """,
        in: folder
      )
      let report = try Program.scan(["t"], in: folder)
      #expect(report.code == 0)
      #expect(report.count("email_address") == 1)
      _ = try Program.shell("rm -rf t", in: folder)
    }
  }

  @Test func fewDescriptorsAreEnough() throws {
    try withFolder { folder in
      for number in 0..<100 { try folder.write("t/\(number).csv", people(1, from: number)) }
      let ran = try Program.shell("ulimit -n 32; \"$B\" scan t -f json --jobs 2", in: folder)
      #expect(ran.code == 0)
      #expect(try JSON.parse(ran.out)["persons", "likely"].int == 100)
    }
  }

  @Test func emptyThingsAreRead() throws {
    try withFolder { folder in
      try folder.write("t/empty.csv", "")
      let report = try Program.scan(["t"], in: folder)
      #expect(report.code == 0)
      #expect(report.persons == [0, 0, 0])
      #expect(report.json["coverage", "files"].int == 1)
    }
  }

  @Test func manyNotesAreCountedNotListed() throws {
    try withFolder { folder in
      try folder.write("t/a.csv", people(1))
      _ = try Program.shell("for n in $(seq 1100); do ln -s x t/l$n; done", in: folder)
      let report = try Program.scan(["t"], in: folder)
      #expect(report.code == 0)
      #expect(report.notes.count == 1_001)
      #expect(
        report.json["coverage", "notes"].list.last?["message"].string?.contains("100") == true
      )
    }
  }
}
