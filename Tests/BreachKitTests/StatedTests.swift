import BreachModel
import Foundation
import Testing

/// What the data hints at and what people state, side by side, through the program.
@Suite struct StatedTests {
  /// Persons of five countries; only one has an address in Japan.
  private static let abroad = """
    name,phone,address
    Anna Schneider,+49 30 901820,"Hauptstr. 5, 10115 Berlin, Germany"
    John Baker,+1 415-555-0132,"12 Main St, San Francisco, CA 94105"
    佐藤 花子,090-1234-9876,東京都千代田区丸の内1-2-3
    Somchai Prasert,+66 2 123 4567,"9 Sukhumvit Rd, Bangkok, Thailand"
    Emma Jones,+44 20 7946 0958,"1 High St, London SW1A 1AA"

    """

  @Test func personsAbroadAreAskedFor() throws {
    let judged = try Judged(Self.abroad, "{wrongful_purpose: no, cause: mis_sent_mail}")
    #expect(
      judged.packs == [
        "eu-gdpr", "jp-appi-private", "jp-founding-guideline", "uk-gdpr", "us-ca",
      ]
    )
    #expect(judged("gdpr.33") == "undetermined" && judged("ukgdpr.33") == "undetermined")
    #expect(judged.because("gdpr.33").hasPrefix("1 person may live in Germany"))
    #expect(judged.asked("eu-gdpr") == ["residents"] && judged.duties("eu-gdpr") == [:])
    #expect(judged.uncovered == ["TH"])
    let told = try Judged(
      Self.abroad,
      "{wrongful_purpose: no, residents: {DE: 1, GB: 0, TH: 0, US-CA: 0}}"
    )
    #expect(told.packs == ["eu-gdpr", "jp-appi-private", "jp-founding-guideline"])
    #expect(told("gdpr.33") == "met" && told.uncovered == [])
  }

  @Test func personsAtHomeAreNot() throws {
    let judged = try Judged(
      Dumps.csv("氏名,電話番号,住所", 9) {
        "\(Dumps.name($0)),03-1234-56\(10 + $0),\(Dumps.address($0))"
      },
      "{wrongful_purpose: no}"
    )
    #expect(judged.packs == ["jp-appi-private", "jp-founding-guideline"])
    #expect(judged.uncovered == [] && !judged.asked("").contains("residents"))
  }

  /// A named place adds; it takes nothing from who is known to live in Japan.
  @Test func aNamedPlaceAdds() throws {
    let judged = try Judged(Self.abroad, "{wrongful_purpose: no, jurisdictions: [DE, FR, TH]}")
    #expect(judged.packs.contains("eu-gdpr") && judged.packs.contains("jp-appi-private"))
    #expect(judged("gdpr.33") == "met" && judged("appi.7.iv") == "not_met")
    #expect(judged.uncovered == ["TH"])
  }

  @Test func officialNumbersOfCountriesAreToldApart() throws {
    let judged = try Judged(
      Dumps.socialSecurity(3),
      "{known_at: 2026-11-20, residents: {US-CA: 3}}"
    )
    #expect(judged.findings["national_id", "subtypes", "us_ssn", "certain"].int == 3)
    #expect(judged("usca.1798.82.a") == "met")
    let korean = try Judged(
      "이름,주민등록번호\n김민수,900101-1234567\n",
      "{jurisdictions: [KR], answers: {kr_external_access: no}}"
    )
    #expect(korean.findings["national_id", "subtypes", "kr_rrn"].int == nil)
    #expect(korean("pipa.40.ii") != "not_met")
  }

  @Test(arguments: ["備考", "購入回数"]) func remarksAreAskedFor(header: String) throws {
    let judged = try Judged(
      Dumps.csv("氏名,メールアドレス,\(header)", 6) { "\(Dumps.name($0)),\(Dumps.mail($0)),\($0)" },
      "{cause: mis_sent_mail, wrongful_purpose: no}"
    )
    let asks = header == "備考"
    #expect(judged.rule7 == "----")
    #expect(judged.asked("jp-appi-private").contains("remarks_sensitive") == asks)
    #expect(judged.asked("jp-appi-private").contains("remarks_secrets") == asks)
    #expect(judged.because("appi.7.i").contains("columns of free text (備考)") == asks)
  }

  @Test func linesOfMailboxesAndWhatMayBePasswords() throws {
    let lines = (0..<20).map { "\(Dumps.mail($0)):Tg5x\($0 * 37)Qw" }.joined(separator: "\n") + "\n"
    let judged = try Judged(
      [("combo.txt", Data(lines.utf8))],
      "{wrongful_purpose: no, cause: other}"
    )
    #expect(judged.rule7 == "----" && judged.asked("jp-appi-private").contains("remarks_secrets"))
    let told = try Judged(
      [("combo.txt", Data(lines.utf8))],
      "{wrongful_purpose: no, service_has_payment: yes, answers: {remarks_secrets: yes}}"
    )
    #expect(told("appi.7.ii") == "met")
  }

  private func run(_ incident: String, _ args: [String]) throws -> Ran {
    try withFolder { folder in
      try folder.write("list.csv", Dumps.customers(1_001))
      try folder.write("incident.yaml", incident)
      return try Program.run(args, in: folder)
    }
  }

  @Test func contradictionsAreToldWithTheirPlace() throws {
    let scan = ["scan", "list.csv", "--incident", "incident.yaml", "--no-progress"]
    let denied = "known_at: 2020-01-06\ncause: theft\nwrongful_purpose: no\n"
    let ran = try run(denied, scan)
    #expect(ran.code == 0)
    #expect(ran.stderr.contains("incident.yaml:3:19: warning: The cause is stated as"))
    #expect(ran.stdout.contains("warning: The cause is stated as"))
    let checked = try run(denied, ["incident", "check", "incident.yaml", "--lang", "ja"])
    #expect(checked.code == 0 && checked.stderr.contains("incident.yaml:3:19: 注意: 原因は「盗難」"))
    #expect(checked.stderr.hasSuffix("incident.yaml: 書き方に誤りはありません。確かめるべきことは1件です。\n"))
    let fine = try run("cause: theft\n", ["incident", "check", "incident.yaml", "--lang", "ja"])
    #expect(fine.stderr.hasSuffix("incident.yaml: 問題はありません。\n"))
    let late = try run("known_at: 2999-01-01\n", ["incident", "check", "incident.yaml"])
    #expect(late.stderr.contains("incident.yaml:1:11: warning: The day on which it became known"))
    // The report's words do not depend on the clock.
    let report = try run("known_at: 2999-01-01\n", scan)
    #expect(!report.stdout.contains("lies after"))
    let asOf = try run("known_at: 2026-11-27\n", scan + ["--as-of", "2026-11-26"])
    #expect(asOf.stdout.contains("2026-11-27, lies after 2026-11-26"))
    let many = try run("residents: {US-CA: 1002}\n", scan)
    #expect(many.stderr.contains("incident.yaml:1:12: warning: residents states 1,002 persons"))
    let few = try run("residents: {US-CA: 1001}\n", scan)
    #expect(!few.stderr.contains("warning: residents"))
  }

  /// What has passed is told on the terminal; the report stays the same from day to day.
  @Test func daysThatHavePassedAreTold() throws {
    let scan = ["scan", "list.csv", "--incident", "incident.yaml", "--no-progress"]
    let past = try run("{known_at: 2022-04-04, cause: other, wrongful_purpose: no}\n", scan)
    #expect(past.stderr.contains("preliminary report (jp.report_preliminary) was due on"))
    #expect(!past.stdout.contains("has passed"))
    let coming = try run("{known_at: 2998-01-06, cause: other, wrongful_purpose: no}\n", scan)
    #expect(!coming.stderr.contains("was due on"))
  }

  @Test func strictTurnsWarningsIntoAnError() throws {
    let scan = ["scan", "list.csv", "--incident", "incident.yaml", "--strict"]
    #expect(try run("{known_at: 2026-11-20, cause: other}\n", scan).code == 0)
    // The holidays of the year are not published.
    let far = try run("{known_at: 2031-01-20, wrongful_purpose: no}\n", scan)
    #expect(far.code == 2 && far.stdout.contains("warning: "))
    #expect(try run("{known_at: 2031-01-20, wrongful_purpose: no}\n", scan.dropLast()).code == 0)
    let old = try run("known_at: 2021-03-31\n", scan)
    #expect(old.code == 2 && old.stderr.contains("--strict"))
  }

  @Test func anUnknownReasonAcceptsNothing() throws {
    let scan = ["scan", "list.csv", "--accept-gaps"]
    #expect(try run("", scan + ["needs_password,corrupt"]).code == 0)
    let wrong = try run("", scan + ["needs_pasword"])
    #expect(wrong.code == 2 && wrong.stderr.contains("'needs_pasword'; there are needs_password"))
  }

  @Test func anEmptyFolderIsNothingToScan() throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(
        atPath: folder.path + "/none",
        withIntermediateDirectories: true
      )
      let empty = try Program.run(["scan", "none"], in: folder)
      #expect(empty.code == 2 && empty.stderr.contains("nothing to scan: there is no file"))
      try folder.write("one/list.csv", "")
      #expect(try Program.run(["scan", "one"], in: folder).code == 0)
    }
  }

  /// Guidance is no law: the first lines count them apart.
  @Test func lawAndGuidanceAreCountedApart() throws {
    func headline(_ count: Int, _ lang: String) throws -> String {
      try withFolder { folder in
        try folder.write("list.csv", Dumps.customers(count))
        try folder.write("incident.yaml", "{cause: mis_sent_mail, wrongful_purpose: no}\n")
        let ran = try Program.run(
          ["scan", "list.csv", "--incident", "incident.yaml", "--lang", lang],
          in: folder
        )
        return ran.stdout.replacing("\n            ", with: lang == "ja" ? "" : " ")
      }
    }
    let over = try headline(1_001, "en")
    #expect(over.contains("1 criterion of law met, 3 duties; 5 measures by guidance or contract"))
    #expect(try headline(1_001, "ja").contains("法令の要件1件に該当、義務3件。指針・契約による対応5件"))
    let under = try headline(1_000, "en")
    #expect(under.contains("no criterion of law was found to be met (4 criteria applied)"))
    #expect(under.contains("; 5 measures by guidance or contract"))
  }

  @Test func packsAreListedInEitherLanguage() throws {
    try withFolder { folder in
      let ja = try Program.run(["criteria", "list", "--lang", "ja"], in: folder).stdout
      #expect(ja.contains("jp-telecom\t") && ja.contains("\t韓国 個人情報保護法34条\n"))
      let en = try Program.run(["criteria", "list", "--lang", "en"], in: folder).stdout
      #expect(en.contains("\tKorea, PIPA Art. 34\n") && !en.contains("韓国"))
    }
  }

  @Test func questionsAreAskedInOneLanguage() throws {
    try withFolder { folder in
      try folder.write("list.csv", Dumps.customers(1_001))
      let scan = try Program.run(["scan", "list.csv", "--format", "json"], in: folder)
      try folder.write("result.json", scan.out)
      let ran = try Program.run(
        ["incident", "ask", "result.json", "--lang", "ja", "--criteria", "jp-appi-private"],
        in: folder,
        stdin: Data("たぶん\nいいえ\n\n保有していたデータ\n".utf8)
      )
      #expect(ran.stderr.contains("はい | いいえ | 空行 = まだ不明"))
      #expect(ran.stderr.contains("答えとして読めません"))
      #expect(ran.stderr.contains("1 保有していたデータ(held) | 2 取得中のデータ(being_acquired)"))
      let written = String(decoding: try folder.read("incident.yaml"), as: UTF8.self)
      #expect(written.contains("\ndata_scope: held\n"))
      #expect(!ran.stderr.contains("yes | no"))
    }
  }
}
