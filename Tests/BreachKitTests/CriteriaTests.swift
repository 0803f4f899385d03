import Foundation
import Testing

/// The questions, the calendar and the pages for counsel, as the program gives them.
@Suite struct CriteriaTests {
  /// A folder with a result of `count` customers.
  private func withResult<Result>(
    _ rows: String,
    _ body: (Folder) throws -> Result
  ) throws -> Result {
    try withFolder { folder in
      try folder.write("list.csv", rows)
      let scan = try Program.run(["scan", "list.csv", "--format", "json"], in: folder)
      try folder.write("result.json", scan.out)
      return try body(folder)
    }
  }

  private func ask(_ answers: [String], _ options: [String] = [], in folder: Folder) throws -> Ran {
    try Program.run(
      ["incident", "ask", "result.json", "--criteria", "jp-appi-private"] + options,
      in: folder,
      stdin: Data((answers.joined(separator: "\n") + "\n").utf8)
    )
  }

  /// The ids in the order in which they were asked.
  private func questions(_ ran: Ran) -> [String] {
    ran.stderr.split(separator: "\n").compactMap { line in
      guard line.hasSuffix(")"), !line.hasPrefix(" "), let open = line.lastIndex(of: "(") else {
        return nil
      }
      return String(line[line.index(after: open)...].dropLast())
    }
  }

  @Test func askingIsAboutWhatStillChangesAnOutcome() throws {
    try withResult(Dumps.customers(1_001)) { folder in
      let ran = try ask(["yes"], in: folder)
      #expect(ran.code == 0)
      let asked = questions(ran)
      // A full recovery takes everything out; after it nothing is left to ask.
      #expect(asked == ["recovered_unread"])
      let written = String(decoding: try folder.read("incident.yaml"), as: UTF8.self)
      #expect(written.contains("\nrecovered_unread: yes\n"))
      #expect(written.contains("\n#cause: paper_loss\n"))
      let judged = try Program.run(
        ["assess", "result.json", "--incident", "incident.yaml", "--format", "json"],
        in: folder
      )
      #expect(Judged(try JSON.parse(judged.out), judged.code).rule7 == "----")
    }
  }

  @Test func anEmptyLineLeavesAQuestionOpenAndWrongAnswersAreAskedAgain() throws {
    try withResult(Dumps.customers(1_001)) { folder in
      let answers = ["", "perhaps", "no", "", "", "", "", "", "", "", "", "", "", ""]
      let ran = try ask(answers, ["-o", "facts.yaml"], in: folder)
      let asked = questions(ran)
      #expect(asked.first == "recovered_unread" && asked.count > 4)
      #expect(Set(asked).count == asked.count - 1)
      #expect(ran.stderr.contains("\"perhaps\" is not one of: yes, no, unknown"))
      #expect(try Program.run(["incident", "check", "facts.yaml"], in: folder).code == 0)
      #expect(!folder.exists("incident.yaml"))
    }
  }

  @Test func whatIsSettledIsNotAsked() throws {
    try withResult(Dumps.customers(1_001)) { folder in
      try folder.write(
        "incident.yaml",
        """
        known_at: 2026-11-20
        cause: mis_sent_mail
        wrongful_purpose: no
        recovered_unread: no
        encrypted: {at_leak: no}
        pseudonymised_by_law: no
        data_scope: held
        source_was_database: yes
        """
      )
      let ran = try ask(["processor", "2026-11-21"], ["--incident", "incident.yaml"], in: folder)
      // As a processor it may be relieved, and only then the notice to the client matters.
      #expect(questions(ran) == ["role", "client_notified_at"])
      let written = String(decoding: try folder.read("incident.yaml"), as: UTF8.self)
      #expect(written.contains("\nrole: processor\n"))
      #expect(written.contains("\nclient_notified_at: 2026-11-21\n"))
      #expect(written.contains("\nknown_at: 2026-11-20\n"))
    }
  }

  @Test func aFileThatIsThereIsNotOverwritten() throws {
    try withResult(Dumps.customers(3)) { folder in
      try folder.write("incident.yaml", "cause: theft\n")
      let ran = try ask(["yes"], in: folder)
      #expect(ran.code == 2)
      #expect(try folder.read("incident.yaml") == Data("cause: theft\n".utf8))
    }
  }

  @Test func theCalendarHoldsTheDays() throws {
    try withResult(Dumps.customers(1_001)) { folder in
      try folder.write(
        "incident.yaml",
        "{known_at: 2026-11-20T09:00:00+09:00, wrongful_purpose: no, jurisdictions: [JP, KR]}"
      )
      let ran = try Program.run(
        ["assess", "result.json", "--incident", "incident.yaml", "--calendar", "days.ics"],
        in: folder
      )
      #expect(ran.code == 0)
      let text = String(decoding: try folder.read("days.ics"), as: UTF8.self)
      let folded = text.components(separatedBy: "\r\n")
      #expect(folded.first == "BEGIN:VCALENDAR" && folded.suffix(2) == ["END:VCALENDAR", ""])
      #expect(folded.allSatisfy { $0.utf8.count <= 75 })
      let lines = text.replacingOccurrences(of: "\r\n ", with: "").components(separatedBy: "\r\n")
      func event(_ id: String) -> [String] {
        guard let start = lines.firstIndex(of: "UID:\(id)@breachscope") else { return [] }
        return Array(lines[start...].prefix { !$0.hasPrefix("END:VEVENT") && $0 != "END:VTODO" })
      }
      let window = event("jp-appi-private.jp.report_preliminary")
      #expect(window.contains("DTSTART;VALUE=DATE:20261122"))
      #expect(window.contains("DTEND;VALUE=DATE:20261125"))
      let final = event("jp-appi-private.jp.report_final")
      #expect(final.contains("DTSTART;VALUE=DATE:20261221"))
      #expect(final.contains("DTEND;VALUE=DATE:20261222"))
      #expect(event("kr-pipa.kr.report").contains("DTSTART:20261123T000000Z"))
      // Without the hour, the day until whose end 72 hours are sure to run.
      try folder.write("incident.yaml", "{known_at: 2026-11-20, jurisdictions: [JP, KR]}")
      _ = try Program.run(
        ["assess", "result.json", "--incident", "incident.yaml", "--calendar", "day.ics"],
        in: folder
      )
      let day = String(decoding: try folder.read("day.ics"), as: UTF8.self)
      #expect(day.contains("UID:kr-pipa.kr.report@breachscope"))
      #expect(day.contains("DTSTART;VALUE=DATE:20261122\r\nDTEND;VALUE=DATE:20261123"))
      let notice = event("jp-appi-private.jp.notice_persons")
      #expect(!notice.isEmpty && !notice.contains { $0.hasPrefix("DTSTART") })
    }
  }

  @Test func aCalendarThatCannotBeWrittenIsNoticed() throws {
    try withResult(Dumps.customers(3)) { folder in
      let ran = try Program.run(
        ["assess", "result.json", "--calendar", "missing/days.ics"],
        in: folder
      )
      #expect(ran.code == 4)
    }
  }

  @Test(arguments: ["md", "html"], ["ja", "en"])
  func everyPackIsShownWithItsSourcesAndCases(format: String, language: String) throws {
    try withFolder { folder in
      let ran = try Program.run(
        ["criteria", "show", "--format", format, "--lang", language],
        in: folder
      )
      #expect(ran.code == 0)
      let list = try Program.run(["criteria", "list"], in: folder).stdout
      let ids = list.split(separator: "\n").compactMap { $0.split(separator: "\t").first }
      #expect(ids.count == 15)
      for id in ids { #expect(ran.stdout.contains("(\(id))"), "\(id)") }
      #expect(ran.stdout.contains("https://laws.e-gov.go.jp/law/428M60020000003"))
      #expect(ran.stdout.contains("1,001 persons are") || ran.stdout.contains("1,001 persons"))
      let isMarked = ran.stdout.contains(language == "ja" ? "一次資料で未確認" : "no primary text read")
      #expect(isMarked)
    }
  }

  @Test func oneUnknownPackIsAnError() throws {
    try withFolder { folder in
      let ran = try Program.run(["criteria", "show", "jp-nothing"], in: folder)
      #expect(ran.code == 2 && ran.stderr.contains("jp-appi-private"))
      #expect(try Program.run(["criteria", "show", "--format", "pdf"], in: folder).code == 2)
    }
  }

  /// A law of one's own is one file.
  @Test func aPackOfOnesOwnIsJudged() throws {
    let pack = """
      schema: breachscope.criteria/1
      pack:
        id: own-rule
        version: "1"
        title: {ja: 社内規程, en: Own rule}
        status: in_force
        checked_on: 2026-11-26
      calendar: {offset_minutes: 540, count: after, closed: [sat, sun]}
      citations: {rule: {text: Own rule 3}}
      questions:
        - {id: own_over, yes: raises, text: {ja: 問, en: Q}, if_yes: {ja: 可, en: Y}, if_no: {ja: 否, en: N}}
      criteria:
        - id: own.3
          title: {ja: 三人以上, en: three or more}
          when: {persons: {at_least: 3, ask: own_over}}
          duties: [own.tell]
          cite: [rule]
      duties:
        - id: own.tell
          title: {ja: 社長へ報告, en: tell the president}
          authority: {ja: 社長, en: the president}
          basis: contract
          due: {days: 1, roll: next_open}
          text: {ja: 翌日まで, en: by the next day}
          cite: [rule]
      nothing_met: {ja: "{criteria}{questions}", en: "{criteria} {questions}"}
      cases:
        - name: three
          facts: {persons: 3}
          expect: {outcomes: {own.3: met}}
      """
    try withFolder { folder in
      try folder.write("own/criteria/own/rule.yaml", pack)
      try folder.write("incident.yaml", "known_at: 2026-11-20\n")
      for (count, outcome) in [(2, "not_met"), (3, "met")] {
        try folder.write("list.csv", Dumps.customers(count))
        let report = try Program.scan(
          ["list.csv", "--patterns", "own", "--incident", "incident.yaml"],
          in: folder
        )
        let judged = Judged(report.json, report.code)
        #expect(judged("own.3") == outcome)
        // Day 1 after Friday is a Saturday.
        #expect(judged.duties("own-rule") == (count < 3 ? [:] : ["own.tell": "2026-11-23"]))
      }
      try folder.write("answers.yaml", "answers: {own_over: yes}\n")
      let own = try Program.run(["incident", "check", "answers.yaml"], in: folder)
      #expect(own.code == 2 && own.stderr.contains("answers.yaml:1:11: no pack asks"))
      #expect(
        try Program.run(["incident", "check", "answers.yaml", "--patterns", "own"], in: folder).code
          == 0
      )
      let checked = try Program.run(["criteria", "check", "--patterns", "own"], in: folder)
      #expect(checked.code == 0 && checked.stdout.contains("in 16 packs, 0 failed"))
      let broken = pack.replacing("at_least: 3", with: "at_leest: 3")
      try folder.write("own/criteria/own/rule.yaml", broken)
      let wrong = try Program.run(["scan", "list.csv", "--patterns", "own"], in: folder)
      #expect(wrong.code == 2)
      #expect(wrong.stderr.contains("rule.yaml:15:22: unknown key \"at_leest\""))
    }
  }
}
