import Foundation
import Testing

/// Containers: whole, nested, cut off, locked, hostile.
@Suite struct ArchiveTests {
  private func write(_ names: [String], in folder: Folder) throws {
    for (number, name) in names.enumerated() { try folder.write(name, people(3, from: number * 3)) }
  }

  static let packings: [(make: String, name: String, inner: [String])] = [
    ("zip -q x.zip a.csv b.csv", "x.zip", ["a.csv", "b.csv"]),
    ("zip -q -0 x.zip a.csv b.csv", "x.zip", ["a.csv", "b.csv"]),
    ("cat a.csv | zip -q x.zip - b.csv; true", "x.zip", ["-", "b.csv"]),
    ("tar cf x.tar a.csv b.csv", "x.tar", ["a.csv", "b.csv"]),
    ("tar czf x.tgz a.csv b.csv", "x.tgz", ["a.csv", "b.csv"]),
    ("tar cjf x a.csv b.csv", "x", ["a.csv", "b.csv"]),
    ("tar cJf x.tar.xz a.csv b.csv", "x.tar.xz", ["a.csv", "b.csv"]),
    ("tar c a.csv b.csv | zstd -q > x.zst", "x.zst", ["a.csv", "b.csv"]),
    ("cat a.csv b.csv | gzip > x.csv.gz", "x.csv.gz", ["x.csv"]),
    ("(gzip -c a.csv; gzip -c b.csv) > x.gz", "x.gz", ["x"]),
    ("cat a.csv b.csv | bzip2 > x.csv.bz2", "x.csv.bz2", ["x.csv"]),
    ("cat a.csv b.csv | xz > x.csv.xz", "x.csv.xz", ["x.csv"]),
    ("cat a.csv b.csv | zstd -q > x.csv.zst", "x.csv.zst", ["x.csv"]),
    (
      "zip -q in.zip a.csv; tar czf mid.tgz in.zip b.csv; zip -q x.zip mid.tgz", "x.zip",
      ["mid.tgz!/in.zip!/a.csv", "mid.tgz!/b.csv"]
    ),
  ]

  @Test(arguments: packings) func everyPackingGivesTheSame(
    _ make: String,
    _ name: String,
    _ inner: [String]
  ) throws {
    try withFolder { folder in
      try write(["a.csv", "b.csv"], in: folder)
      _ = try Program.shell(make, in: folder)
      let report = try Program.scan([name], in: folder)
      #expect(report.code == 0)
      #expect(report.persons == [6, 6, 6])
      #expect(report.files.sorted() == inner.map { name + "!/" + $0 }.sorted())
      #expect(report.ledgerCloses)
      let plain = try Program.scan(["a.csv", "b.csv"], in: folder)
      #expect(report.json["coverage", "read_bytes"] == plain.json["coverage", "read_bytes"])
      // As a stream the same.
      let piped = try Program.shell("cat \(name) | \"$B\" scan - -f json", in: folder)
      #expect(piped.code == 0)
      #expect(try JSON.parse(piped.out)["persons", "likely"].int == 6)
    }
  }

  @Test func membersKeepTheirNames() throws {
    try withFolder { folder in
      try Program.python(
        """
        import zipfile
        row = '氏名,メール\\n佐藤 健一,u%d@example-mail.jp\\n'
        z = zipfile.ZipFile('m.zip', 'w')
        for n, name in enumerate(['s.csv', 's.csv', 's.csv', '../../../up.csv', '/abs.csv', '..\\\\b.csv',
                                  '日本語.csv', 'a/\\x1b[2J\\u202egpj.csv']):
            z.writestr(name, row % n)
        z.close()
        raw = zipfile.ZipInfo('x' * 10); z = zipfile.ZipFile('n.zip', 'w'); z.writestr(raw, row % 99); z.close()
        data = open('n.zip', 'rb').read().replace(b'x' * 10, 'テスト.csv'.encode('cp932'))
        open('n.zip', 'wb').write(data)
        """,
        in: folder
      )
      let report = try Program.scan(["m.zip", "n.zip"], in: folder)
      #expect(report.code == 0)
      #expect(report.json["findings", "email_address", "distinct"].int == 9)
      #expect(
        Set(report.files).isSuperset(of: [
          "m.zip!/s.csv", "m.zip!/s.csv#2", "m.zip!/s.csv#3", "m.zip!/../../../up.csv",
          "m.zip!//abs.csv", "m.zip!/日本語.csv", "n.zip!/テスト.csv",
        ])
      )
      #expect(folder.names.sorted() == ["m.zip", "n.zip"])
      #expect(!FileManager.default.fileExists(atPath: "/abs.csv"))
    }
  }

  @Test func linksAndDevicesInATarAreToldOnly() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(2))
      try Program.python(
        """
        import tarfile as t
        a = t.open('l.tar', 'w'); a.add('a.csv')
        i = t.TarInfo('l'); i.type = t.SYMTYPE; i.linkname = '/etc/passwd'; a.addfile(i)
        i = t.TarInfo('d'); i.type = t.CHRTYPE; i.devmajor = 1; i.devminor = 5; a.addfile(i)
        i = t.TarInfo('h'); i.type = t.LNKTYPE; i.linkname = 'a.csv'; a.addfile(i)
        a.close()
        """,
        in: folder
      )
      let report = try Program.scan(["l.tar"], in: folder)
      #expect(report.code == 0)
      #expect(report.persons == [2, 2, 2])
      #expect(report.notes.map(\.kind) == ["special", "special", "special"])
    }
  }

  /// Cuts in the middle of the second member of three, in tenths of the whole.
  @Test(arguments: ["zip -q -0 x a.csv b.csv c.csv", "tar cf x a.csv b.csv c.csv"])
  func aCutArchiveGivesItsWholeMembers(_ make: String) throws {
    try withFolder { folder in
      for (number, name) in ["a.csv", "b.csv", "c.csv"].enumerated() {
        try folder.write(name, people(2_000, from: number * 2_000))
      }
      _ = try Program.shell(make + "; [ -e x ] || mv x.zip x", in: folder)
      let bytes = try folder.read("x")
      for tenth in [4, 5, 6] {
        try folder.write("cut", bytes.prefix(bytes.count * tenth / 10))
        let report = try Program.scan(["cut"], in: folder)
        #expect(report.code == 3)
        #expect(report.gaps.contains { $0.reason == "corrupt" })
        #expect(report.persons[1] >= 2_000 && report.persons[1] < 6_000)
        #expect(report.ledgerCloses)
      }
    }
  }

  @Test(arguments: [
    "zip -q x.bin a.csv; mv x.bin.zip x.bin", "tar czf x.bin a.csv", "gzip -c a.csv > x.bin",
    "bzip2 -c a.csv > x.bin", "xz -c a.csv > x.bin", "zstd -q -c a.csv > x.bin",
  ])
  func noCutEndsInSilence(_ make: String) throws {
    try withFolder { folder in
      try folder.write("a.csv", people(300))
      _ = try Program.shell("(\(make)) 2>/dev/null; true", in: folder)
      let bytes = try folder.read("x.bin")
      for cut in [12, 30, 60, 200, bytes.count / 2, bytes.count - 30] where cut < bytes.count {
        try folder.write("t/\(cut)", bytes.prefix(cut))
      }
      let report = try Program.scan(["t"], in: folder)
      #expect(report.code == 3)
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path + "/t") {
        // A zip that lacks its directory alone lacks nothing.
        let records = report.json["files"].list.first { $0["path"].string == "t/\(name)!/a.csv" }
        let isWhole = records?["records"].int == 300
        #expect(
          isWhole || report.gaps.contains { $0.path.hasPrefix("t/\(name)") },
          "nothing said of the cut at \(name)"
        )
      }
      #expect(report.ledgerCloses)
    }
  }

  /// Fields of the zip headers overwritten: what the file says of itself is not believed.
  @Test(arguments: [(22, 1), (22, 4_294_967_294), (14, 1)])
  func wrongSizesAndChecksumsLoseNothing(_ offset: Int, _ value: Int) throws {
    try withFolder { folder in
      try folder.write("a.csv", people(2_000))
      try folder.write("b.csv", people(10, from: 5_000))
      _ = try Program.shell("zip -q p.zip a.csv b.csv", in: folder)
      try Program.python(
        """
        import struct
        b = bytearray(open('p.zip', 'rb').read()); v = struct.pack('<I', \(value))
        b[\(offset):\(offset) + 4] = v; c = b.find(b'PK\\1\\2') + \(offset) + 2; b[c:c + 4] = v
        open('p.zip', 'wb').write(bytes(b))
        """,
        in: folder
      )
      let report = try Program.scan(["p.zip"], in: folder)
      #expect(report.persons == [2_010, 2_010, 2_010])
      #expect(report.code == 0)
      #expect(report.notes.map(\.kind) == ["mismatch"])
      #expect(report.ledgerCloses)
    }
  }

  @Test func aMemberThatClaimsMoreThanThereIs() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(2_000))
      _ = try Program.shell("zip -q p.zip a.csv", in: folder)
      try Program.python(
        """
        import struct
        b = bytearray(open('p.zip', 'rb').read()); v = struct.pack('<I', 4000000000)
        b[18:22] = v; c = b.rfind(b'PK\\1\\2') + 20; b[c:c + 4] = v
        open('p.zip', 'wb').write(bytes(b))
        """,
        in: folder
      )
      let report = try Program.scan(["p.zip"], in: folder)
      // All of it could be unpacked: the number alone is wrong.
      #expect(report.code == 0)
      #expect(report.persons == [2_000, 2_000, 2_000])
      #expect(report.notes.map(\.kind) == ["mismatch"])
      #expect(report.ledgerCloses)
    }
  }

  @Test func encryptedMembersNeedTheirPassword() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(4))
      try folder.write("b.csv", people(2, from: 10))
      try folder.write("wrong", "nonsense\n")
      try folder.write("right", "nonsense\nsecret\n")
      _ = try Program.shell("zip -q -P secret e.zip a.csv; zip -q e.zip b.csv", in: folder)
      let size = try folder.read("a.csv").count
      for options in [[], ["--passwords", "wrong"]] {
        let report = try Program.scan(["e.zip"] + options, in: folder)
        #expect(report.code == 3)
        #expect(report.gaps == [.init(path: "e.zip!/a.csv", reason: "needs_password", bytes: size)])
        #expect(report.persons == [2, 2, 2])
        #expect(report.ledgerCloses)
      }
      let open = try Program.scan(["e.zip", "--passwords", "right"], in: folder)
      #expect(open.code == 0)
      #expect(open.persons == [6, 6, 6])
      let accepted = try Program.scan(["e.zip", "--accept-gaps", "needs_password"], in: folder)
      #expect(accepted.code == 0)
    }
  }

  /// Two locked members that claim 4 EiB each, and as many that claim all that is believed.
  @Test func sizesThatCannotBeAreNotAddedUp() throws {
    try withFolder { folder in
      try folder.write("list.csv", people(3))
      try folder.write(
        "zip.py",
        """
        import struct
        def write(name, sizes):
            out, central = b"", b""
            for number, size in enumerate(sizes):
                member = b"m%d.csv" % number
                extra = struct.pack("<HHQQ", 1, 16, size, 12)
                head = (b"PK\\x03\\x04", 45, 1, 0, 0, 0, 0, 0xFFFFFFFF, 0xFFFFFFFF, len(member), len(extra))
                at = len(out)
                out += struct.pack("<4sHHHHHIIIHH", *head) + member + extra + b"x" * 12
                head = (b"PK\\x01\\x02", 45, 45, 1, 0, 0, 0, 0, 0xFFFFFFFF, 0xFFFFFFFF, len(member), len(extra))
                central += struct.pack("<4sHHHHHHIIIHH", *head) + struct.pack("<HHHII", 0, 0, 0, 0, at)
                central += member + extra
            count = len(sizes)
            end = struct.pack("<4sHHHHIIH", b"PK\\x05\\x06", 0, 0, count, count, len(central), len(out), 0)
            open(name, "wb").write(out + central + end)
        write("huge.zip", [2 ** 62 + 5] * 2)
        write("large.zip", [2 ** 50] * 2)
        """
      )
      _ = try Program.shell("python3 zip.py", in: folder)
      for (name, size) in [("huge.zip", nil), ("large.zip", 1 << 50)] as [(String, Int?)] {
        let report = try Program.scan([name, "list.csv"], in: folder)
        #expect(report.code == 3)
        #expect(report.gaps.map(\.reason) == ["needs_password", "needs_password"])
        #expect(report.gaps.map(\.bytes) == [size, size])
        #expect(report.persons == [3, 3, 3])
        for format in ["text", "html", "md"] {
          #expect(try Program.run(["scan", name, "list.csv", "-f", format], in: folder).code == 3)
        }
      }
    }
  }

  @Test func limitsAreNamedAndWhatLiesBeforeThemIsRead() throws {
    try withFolder { folder in
      try write(["a.csv", "b.csv", "c.csv"], in: folder)
      _ = try Program.shell(
        """
        zip -q n1.zip a.csv; zip -q n2.zip n1.zip b.csv; zip -q n3.zip n2.zip c.csv
        zip -q m.zip a.csv b.csv c.csv
        """,
        in: folder
      )
      let depth = try Program.scan(["n3.zip", "--max-depth", "2"], in: folder)
      #expect(depth.code == 3)
      #expect(depth.gaps.map(\.reason) == ["limit.depth"])
      #expect(depth.gaps.map(\.path) == ["n3.zip!/n2.zip!/n1.zip"])
      #expect(depth.persons == [6, 6, 6])
      #expect(depth.ledgerCloses)
      let members = try Program.scan(["m.zip", "--max-members", "2"], in: folder)
      #expect(members.gaps == [.init(path: "m.zip", reason: "limit.entries", bytes: nil)])
      #expect(members.persons == [6, 6, 6])
      try folder.write("long.csv", people(5_000))
      _ = try Program.shell("gzip -k long.csv; zip -q l.zip a.csv long.csv b.csv", in: folder)
      for name in ["long.csv.gz", "l.zip"] {
        let bytes = try Program.scan([name, "--max-expanded", "64K"], in: folder)
        #expect(bytes.code == 3)
        #expect(Set(bytes.gaps.map(\.reason)) == ["limit.bytes"])
        #expect(bytes.json["coverage", "read_bytes"].int == 65_536)
        #expect(bytes.ledgerCloses)
      }
    }
  }

  @Test func zerosAreNoEmptyArchiveAndSomethingMayFollowOne() throws {
    try withFolder { folder in
      try write(["a.csv", "b.csv"], in: folder)
      try Program.python(
        """
        import gzip
        text = '氏名,メール\\n佐藤 健一,u@example-mail.jp\\n'.encode()
        gzip.open('zeros.gz', 'wb').write(bytes(4096) + text)
        """,
        in: folder
      )
      _ = try Program.shell(
        "tar cf 1.tar a.csv; tar cf 2.tar b.csv; cat 1.tar 2.tar > both.tar; gzip -k both.tar",
        in: folder
      )
      let zeros = try Program.scan(["zeros.gz"], in: folder)
      #expect(zeros.json["coverage", "bytes"].int == 4_096 + 49)
      #expect(zeros.ledgerCloses)
      for name in ["both.tar", "both.tar.gz"] {
        let report = try Program.scan([name], in: folder)
        #expect(report.code == 0)
        #expect(report.persons == [6, 6, 6])
      }
    }
  }

  @Test func fortyLayersStopAtTheDepth() throws {
    try withFolder { folder in
      try Program.python(
        """
        import gzip
        b = b'x@example-mail.jp\\n'
        for _ in range(40): b = gzip.compress(b)
        open('n.gz', 'wb').write(b)
        """,
        in: folder
      )
      let report = try Program.scan(["n.gz"], in: folder)
      #expect(report.code == 3)
      #expect(report.gaps.map(\.reason) == ["limit.depth"])
    }
  }

  @Test func whatHoldsNoTextIsCountedAndWhatIsNotReadIsAGap() throws {
    try withFolder { folder in
      try folder.write("t/p.pdf", "%PDF-1.7 " + String(repeating: "x", count: 491))
      try folder.write("t/f.otf", "OTTO" + String(repeating: "\u{0}", count: 96))
      try Program.python(
        """
        import zipfile, os
        z = zipfile.ZipFile('t/b.xlsx', 'w'); z.writestr('[Content_Types].xml', '<Types/>')
        z.writestr('xl/workbook.xml', '<workbook/>'); z.close()
        open('t/r.bin', 'wb').write(bytes((n * 197 + n // 7) % 256 for n in range(3000)))
        """,
        in: folder
      )
      _ = try Program.shell("cd t; zip -q all.zip p.pdf f.otf b.xlsx; gzip -k f.otf", in: folder)
      let report = try Program.scan(["t"], in: folder)
      #expect(report.code == 3)
      #expect(report.json["coverage", "not_text"].int == 3)
      #expect(
        report.gaps.map(\.path) == [
          "t/all.zip!/b.xlsx", "t/all.zip!/p.pdf", "t/b.xlsx", "t/p.pdf", "t/r.bin",
        ]
      )
      #expect(report.gaps.allSatisfy { $0.reason == "unsupported_format" && ($0.bytes ?? 0) > 0 })
      #expect(report.ledgerCloses)
    }
  }

  @Test func aBombStreamsInLittleMemory() throws {
    try withFolder { folder in
      try Program.python(
        """
        import gzip
        with gzip.open('bomb.gz', 'wb', 6) as f:
            for _ in range(300): f.write(b'0' * (1 << 20))
            f.write(b'\\nuser@example-mail.jp\\n')
        """,
        in: folder
      )
      let ran = try Program.shell(
        """
        python3 - <<'E'
        import resource, subprocess, os
        out = open('out.json', 'wb')
        code = subprocess.run([os.environ['B'], 'scan', 'bomb.gz', '-f', 'json'], stdout=out).returncode
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        assert peak < 300, peak
        raise SystemExit(code)
        E
        """,
        in: folder
      )
      #expect(ran.code == 0)
      let json = try JSON.parse(try folder.read("out.json"))
      #expect(json["coverage", "bytes"].int == (300 << 20) + 22)
    }
  }

  @Test func aMillionPathsInATarAreNoMatter() throws {
    try withFolder { folder in
      try Program.python(
        """
        import zipfile as z
        a = z.ZipFile('m.zip', 'w')
        for i in range(3000): a.writestr('f%d' % i, 'x')
        a.close()
        """,
        in: folder
      )
      let report = try Program.scan(["m.zip"], in: folder)
      #expect(report.code == 0)
      #expect(report.json["coverage", "files"].int == 3_000)
      #expect(report.json["files"].list.count == 1)
    }
  }
}
