import Foundation
import Testing

/// `report --format filing`: drafts in a folder of their own, from a result alone.
@Suite struct FilingTests {
  static let names = [
    "eu-gdpr-33.json", "eu-gdpr-33.txt", "eu-gdpr-34.json", "eu-gdpr-34.txt", "inquiry-desk.json",
    "inquiry-desk.txt", "jp-notice-persons.json", "jp-notice-persons.txt",
    "jp-report-final.json", "jp-report-final.txt", "jp-report-preliminary.json",
    "jp-report-preliminary.txt", "press-release.json", "press-release.txt",
  ]

  static let incident = """
    known_at: 2026-11-20T09:00:00+09:00
    cause: unauthorized_access
    wrongful_purpose: yes
    jurisdictions: [JP, DE]
    answers: {published: no}
    """

  private static func text(_ count: Int) -> String { people(count) }

  /// A stored result of `people` with the incident file.
  static func stored(in folder: Folder, _ people: Int = 3) throws {
    try folder.write("a.csv", text(people))
    try folder.write("incident.yaml", incident)
    let scan = ["scan", "a.csv", "--incident", "incident.yaml", "--quiet", "-o", "stored.json"]
    #expect(try Program.run(scan, in: folder).code == 0)
  }

  @Test func aFolderGetsEachDraftAsTextAndAsJSON() throws {
    try withFolder { folder in
      try Self.stored(in: folder)
      let ran = try Program.shell(
        "umask 0; \"$B\" report stored.json -f filing -o drafts/ --lang ja && ls drafts && "
          + "stat -c %a drafts drafts/press-release.txt",
        in: folder
      )
      #expect(ran.code == 0)
      #expect(ran.stdout == Self.names.joined(separator: "\n") + "\n700\n600\n")
      let text = String(
        decoding: try folder.read("drafts/jp-report-preliminary.txt"),
        as: UTF8.self
      )
      let lines = text.split(separator: "\n")
      #expect(lines[0] == "個人データの漏えい等報告（速報）の案")
      #expect(lines.contains("期限: 2026-11-22 から 2026-11-24"))
      #expect(lines.contains("  発覚日時: 2026-11-20T09:00:00+09:00"))
      #expect(lines.contains("  原因: 不正アクセス"))
      #expect(lines.contains("  公表: いいえ"))
      #expect(lines.contains { $0.hasPrefix("  データの範囲: 【要記入】保有していたデータか") })
      #expect(lines.contains("  3人"))
      let final = String(decoding: try folder.read("drafts/jp-report-final.txt"), as: UTF8.self)
      #expect(final.contains("\n期限: 2027-01-18\n"))
      let gdpr = String(decoding: try folder.read("drafts/eu-gdpr-33.txt"), as: UTF8.self)
      #expect(gdpr.contains("\n期限: 2026-11-23T09:00:00+09:00\n"))
    }
  }

  /// What somebody filled in is never written over, and then nothing else is written either.
  @Test func aDraftThatIsThereStays() throws {
    try withFolder { folder in
      try Self.stored(in: folder)
      try folder.write("drafts/press-release.txt", "filled in")
      let ran = try Program.run(
        ["report", "stored.json", "-f", "filing", "-o", "drafts"],
        in: folder
      )
      #expect(ran.code == 2)
      #expect(ran.stderr.contains("'drafts/press-release.txt' is there already"))
      #expect(try folder.read("drafts/press-release.txt") == Data("filled in".utf8))
      #expect(try Program.shell("ls drafts", in: folder).stdout == "press-release.txt\n")
    }
  }

  @Test func oneTextGoesToAFileOrStandardOutput() throws {
    try withFolder { folder in
      try Self.stored(in: folder)
      let shown = try Program.run(
        ["report", "stored.json", "-f", "filing", "--lang", "en"],
        in: folder
      )
      #expect(shown.code == 0)
      #expect(shown.stdout.contains("Draft: press release"))
      #expect(
        try Program.run(
          ["report", "stored.json", "-q", "-o", "all.filing.txt", "--lang", "en"],
          in: folder
        ).code == 0
      )
      #expect(try folder.read("all.filing.txt") == Data(shown.stdout.utf8))
      let check = try Program.run(["check", "a.csv", "-f", "filing"], in: folder)
      #expect(check.code == 2)
    }
  }

  /// Counsel's own words take the place of the program's, or stand beside them.
  @Test func draftsOfOnesOwnComeWithPatterns() throws {
    try withFolder { folder in
      try Self.stored(in: folder)
      let own = """
        schema: breachscope.draft/1
        drafts: [{id: board-memo, title: {ja: 役員会資料, en: Memo}, note: {ja: 注, en: note}}]
        to: {ja: 役員会, en: the board}
        items: [{id: i, title: {ja: 数, en: Number}, text: {ja: "{persons}", en: "{persons}"}}]
        """
      try folder.write("own/drafts/memo.yaml", own)
      let ran = try Program.run(
        ["report", "stored.json", "-f", "filing", "-o", "d", "--patterns", "own", "--lang", "en"],
        in: folder
      )
      #expect(ran.code == 0)
      let memo = String(decoding: try folder.read("d/board-memo.txt"), as: UTF8.self)
      #expect(memo.contains("\n■ Number\n  3 persons\n"))
      try folder.write("own/drafts/memo.yaml", own.replacing("{persons}", with: "{pesrons}"))
      let wrong = try Program.run(
        ["report", "stored.json", "-f", "filing", "--patterns", "own"],
        in: folder
      )
      #expect(wrong.code == 2)
      #expect(wrong.stderr.contains("drafts/memo.yaml:4:"))
      #expect(wrong.stderr.contains("\"{pesrons}\" is no fact that drafts know"))
      #expect(try Program.run(["patterns", "check", "--patterns", "own"], in: folder).code == 2)
    }
  }
}

/// `--damage`: a line of its own, only where it is asked for, and never in what is filed.
@Suite struct DamageLineTests {
  @Test func itStandsInReportsForPeopleAndNowhereElse() throws {
    try withFolder { folder in
      try FilingTests.stored(in: folder)
      // Three persons with name, mail and phone number: 3 × 3,000, and four times that.
      let lines = [
        "text": "JPY 9,000 to 36,000", "md": "- **JPY 9,000 to 36,000**",
        "html": "JPY 9,000 to 36,000",
      ]
      for (format, line) in lines {
        let report = ["report", "stored.json", "-f", format, "--lang", "en"]
        #expect(try Program.run(report + ["--damage"], in: folder).stdout.contains(line))
        #expect(try !Program.run(report, in: folder).stdout.contains("JPY"))
      }
      for format in ["json", "csv", "filing", "sarif"] {
        let report = ["report", "stored.json", "-f", format, "--lang", "en"]
        let plain = try Program.run(report, in: folder).stdout
        #expect(try Program.run(report + ["--damage"], in: folder).stdout == plain)
      }
      let scan = ["scan", "a.csv", "--damage", "--lang", "ja"]
      #expect(try Program.run(scan, in: folder).stdout.contains("9,000円から36,000円"))
    }
  }
}
