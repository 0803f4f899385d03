import BreachModel
import Foundation
import TestKit
import Testing

/// Incidents from data and incident file through the program to outcomes, days and questions.
///
/// The days are reckoned by hand: day 1 is the day on which it became known.
@Suite struct ScenarioTests {
  private static func report(_ window: String, _ final: String) -> [String: String] {
    ["jp.report_preliminary": window, "jp.report_final": final, "jp.notice_persons": "none"]
  }

  @Test func oneThousandCustomersAreNotOverOneThousand() throws {
    let judged = try Judged(
      Dumps.customers(1_000),
      "{known_at: 2026-11-20, cause: mis_sent_mail, wrongful_purpose: no}"
    )
    #expect(judged.persons == [1_000, 1_000, 1_000])
    #expect(judged.rule7 == "----")
    #expect(judged.because("appi.7.iv").hasPrefix("1,000 persons is not more than 1,000"))
    #expect(judged.duties("jp-appi") == [:])
    #expect(judged.asked("jp-appi-private") == ["dump_is_whole_incident"])
    #expect(judged("founding.f9") == "met")
    #expect(judged.advice("jp-appi-private").contains("No criterion was found to be met"))
    #expect(judged.advice("jp-appi-private").contains("dump_is_whole_incident"))
  }

  @Test func oneMoreIs() throws {
    let judged = try Judged(
      Dumps.customers(1_001),
      "{known_at: 2026-11-20, cause: mis_sent_mail, wrongful_purpose: no}"
    )
    #expect(judged.rule7 == "---+")
    #expect(judged.confidence("appi.7.iv") == "certain")
    #expect(judged.counted("appi.7.iv") == [1_001, 1_001, 1_001])
    #expect(judged.cites("appi.7.iv").contains { $0.contains("7条4号") && $0.contains("https://") })
    // Day 30 is Saturday 2026-12-19.
    #expect(judged.duties("jp-appi") == Self.report("2026-11-22..2026-11-24", "2026-12-21"))
  }

  @Test func theMaximumDecides() throws {
    // 930 customers with a mailbox; 50 more stand in two rows each, which only likely links.
    let pairs = (1_000..<1_050).flatMap { number in
      let house = "東京都千代田区丸の内\(number % 3 + 1)"
      return [
        "\(Dumps.name(number)),,\(house)丁目\(number)-\(number % 9 + 1)",
        "\(Dumps.name(number)),,\(house)丁目\(number)番\(number % 9 + 1)号",
      ]
    }
    let rows = (0..<930).map { "\(Dumps.name($0)),\(Dumps.mail($0))," } + pairs
    let judged = try Judged(
      "氏名,メールアドレス,住所\n" + rows.joined(separator: "\n") + "\n",
      "{known_at: 2026-11-16, wrongful_purpose: no}"
    )
    #expect(judged.persons[0] <= 1_000 && 1_000 < judged.persons[2])
    #expect(judged.rule7 == "---+")
    #expect(judged.confidence("appi.7.iv") == "by_maximum")
    #expect(judged.duties("jp-appi") == Self.report("2026-11-18..2026-11-20", "2026-12-15"))
    #expect(judged.asked("jp-appi-private").contains("refine_count"))
  }

  @Test func oneCardNumberInALetter() throws {
    let judged = try Judged(
      Dumps.cards(1),
      "{known_at: 2026-11-25, cause: mis_sent_paper, wrongful_purpose: no}"
    )
    #expect(judged.rule7 == "-+--")
    #expect(judged.confidence("appi.7.ii") == "certain")
    #expect(judged.duties("jp-appi") == Self.report("2026-11-27..2026-11-29", "2026-12-24"))
    #expect(judged.advice("jp-appi-private").contains("Tell the card companies"))
    #expect(judged.packs.contains("pci-dss"))
    #expect(judged.duties("pci-dss")["pci.tell_acquirer"] == "none")
  }

  @Test func oneStrayNumberAsks() throws {
    let judged = try Judged(
      [("memo.txt", Data("the number was \(Dumps.card(3))\n".utf8))],
      "{known_at: 2026-11-25, wrongful_purpose: no}"
    )
    #expect(judged.findings["card_number", "count"].int == 1)
    #expect(judged.rule7 == "-?--")
    #expect(judged.duties("jp-appi") == [:])
    #expect(judged.asked("jp-appi-private").contains("confirm_card_number"))
  }

  @Test func lastFourDigitsAndExpiry() throws {
    let judged = try Judged(
      Dumps.csv("氏名,カード下4桁,有効期限", 300) {
        "\(Dumps.name($0)),\(1_000 + $0 * 7),\(10 + $0 % 3)/\(27 + $0 % 4)"
      },
      "{known_at: 2026-11-25, wrongful_purpose: no, cause: mis_sent_mail}"
    )
    #expect(judged.persons == [300, 300, 300])
    #expect(judged.rule7 == "----")
    #expect(judged.duties("jp-appi") == [:])
    #expect(judged.cites("appi.7.ii").contains { $0.contains("6-12") })
  }

  @Test(arguments: [true, false]) func namesSentToTheWrongAddress(recovered: Bool) throws {
    let judged = try Judged(
      Dumps.csv("番号,氏名", 12) { "\($0 + 1),\(Dumps.name($0))" },
      "{cause: mis_sent_paper, wrongful_purpose: no, recovered_unread: \(recovered ? "yes" : "no")}"
    )
    #expect(judged.persons == [12, 12, 12])
    #expect(judged.rule7 == "----")
    #expect(judged.duties("jp-appi") == [:])
    #expect(judged("founding.f9") == (recovered ? "not_met" : "met"))
    #expect(judged.duties("jp-founding")["founding.notice_persons"] == (recovered ? nil : "none"))
    #expect(judged.advice("jp-founding-guideline").contains("no leak") == recovered)
    #expect(judged.advice("jp-founding-guideline").contains("assure in writing") == !recovered)
  }

  @Test func aLostLaptopWithMedicalRows() throws {
    let rows = Dumps.csv("氏名,電話番号,病名", 50_000) { number in
      let phone = String(100_000_000 + number).suffix(8)
      return "\(Dumps.name(number)),090-\(phone.prefix(4))-\(phone.suffix(4)),高血圧症"
    }
    let base = "known_at: 2026-12-01, wrongful_purpose: no"
    try withFolder { folder in
      try folder.write("list.csv", rows)
      let report = try Program.run(["scan", "list.csv", "--format", "json"], in: folder)
      try folder.write("result.json", report.out)
      func judge(_ encrypted: String) throws -> Judged {
        try folder.write("incident.yaml", "{\(base), encrypted: {at_leak: \(encrypted)}}")
        let ran = try Program.run(
          ["assess", "result.json", "--incident", "incident.yaml", "--format", "json"],
          in: folder
        )
        return Judged(try JSON.parse(ran.out), ran.code)
      }
      let apart = try judge("yes, algorithm: AES-256, key_leaked: no")
      #expect(apart.persons == [50_000, 50_000, 50_000])
      #expect(apart.rule7 == "----")
      #expect(apart.duties("jp-appi") == [:])
      #expect(apart.asked("jp-appi-private").contains("encryption_proof"))
      let unknown = try judge("yes, algorithm: AES-256")
      #expect(unknown.rule7 == "+--+")
      // Day 30 is 12-30, and offices are closed until 01-03.
      #expect(unknown.duties("jp-appi") == Self.report("2026-12-03..2026-12-05", "2027-01-04"))
      #expect(unknown.asked("jp-appi-private").contains("encrypted.key_leaked"))
      let clear = try judge("no")
      #expect(clear.rule7 == "+--+")
      #expect(!clear.asked("jp-appi-private").contains("encrypted.key_leaked"))
    }
  }

  @Test(arguments: [40, 1]) func aBreakInFromOnePersonOn(count: Int) throws {
    let judged = try Judged(
      Dumps.csv("氏名,住所", count) { "\(Dumps.name($0)),\(Dumps.address($0))" },
      "{known_at: 2026-11-05, cause: unauthorized_access, wrongful_purpose: yes}"
    )
    #expect(judged.persons == [count, count, count])
    #expect(judged.rule7 == "--+-")
    // Day 60 is Sunday 2027-01-03.
    #expect(judged.duties("jp-appi") == Self.report("2026-11-07..2026-11-09", "2027-01-04"))
    #expect(judged.advice("jp-appi-private").contains("Isolate what was broken into"))
    #expect(judged.advice("jp-founding-guideline").contains("false invoices"))
  }

  @Test func oneEmployeesHealthCheck() throws {
    let judged = try Judged(
      "氏名,健康診断結果\n\(Dumps.name(3)),要再検査(肝機能)\n",
      "{known_at: 2026-11-30, cause: mis_sent_mail, wrongful_purpose: no, persons_class: employee}"
    )
    #expect(judged.rule7 == "+---")
    // Day 30 is 12-29.
    #expect(judged.duties("jp-appi") == Self.report("2026-12-02..2026-12-04", "2027-01-04"))
    #expect(judged.because("appi.7.i").contains("employees' data counts"))
    #expect(judged.advice("jp-appi-private").contains("go to the Commission"))
  }

  @Test(arguments: [100, 101]) func myNumbersOnALostStick(count: Int) throws {
    let judged = try Judged(
      Dumps.myNumbers(count),
      "{known_at: 2026-12-03, cause: paper_loss, wrongful_purpose: no, sector: general}"
    )
    #expect(judged.counted("mynumber.2.iv") == [count, count, count])
    #expect(judged.rule7 == "----")
    #expect(judged.duties("jp-appi") == [:])
    #expect(judged("mynumber.2.iv") == (count > 100 ? "met" : "not_met"))
    #expect(judged("mynumber.2.iii") == "undetermined")
    let asked = judged.asked("jp-mynumber")
    #expect(asked.contains("publicly_viewable") && asked.contains("encrypted.at_leak"))
    // Day 30 is 2027-01-01.
    #expect(
      judged.duties("jp-mynumber")
        == (count > 100
          ? [
            "mynumber.report_preliminary": "2026-12-05..2026-12-07",
            "mynumber.report_final": "2027-01-04", "mynumber.notice_persons": "none",
          ] : [:])
    )
  }

  @Test func myNumbersInAPublicBucket() throws {
    let judged = try Judged(
      Dumps.myNumbers(3),
      "{cause: misconfiguration_public, wrongful_purpose: no, publicly_viewable: yes}"
    )
    #expect(judged("mynumber.2.iii") == "met")
    #expect(judged("mynumber.2.iv") == "not_met")
  }

  @Test func skimmedCards() throws {
    let judged = try Judged(
      Dumps.cards(200),
      "{known_at: 2026-12-14, cause: web_skimming, wrongful_purpose: yes,"
        + " data_scope: being_acquired, answers: {planned_for_database: yes}}"
    )
    #expect(judged.persons == [200, 200, 200])
    #expect(judged.rule7 == "--+-")
    // Day 60 is National Foundation Day.
    #expect(judged.duties("jp-appi") == Self.report("2026-12-16..2026-12-18", "2027-02-12"))
  }

  @Test func aProcessorThatToldItsClientAndOneThatDidNot() throws {
    let rows = Dumps.csv("氏名,メールアドレス", 5_000) { "\(Dumps.name($0)),\(Dumps.mail($0))" }
    let base = "known_at: 2026-11-20, wrongful_purpose: no, role: processor"
    let told = try Judged(rows, "{\(base), client_notified_at: 2026-11-21}")
    #expect(told.persons == [5_000, 5_000, 5_000])
    #expect(told.rule7 == "---+")
    #expect(told.duties("jp-appi") == [:])
    #expect(told.advice("jp-appi-private").contains("the client's clock runs from its own"))
    let untold = try Judged(rows, "{\(base)}")
    #expect(
      untold.duties("jp-appi")
        == Self.report("2026-11-22..2026-11-24", "2026-12-21")
        .merging(["jp.notify_client": "2026-11-22..2026-11-24"]) { $1 }
    )
    #expect(untold.asked("jp-appi-private").contains("client_notified_at"))
  }

  @Test func theCountPassedTheThresholdLater() throws {
    let judged = try Judged(
      Dumps.customers(1_200),
      "{known_at: {default: 2026-11-02, appi.7.iv: 2026-11-16}, wrongful_purpose: no}"
    )
    #expect(judged.rule7 == "---+")
    #expect(judged.duties("jp-appi") == Self.report("2026-11-18..2026-11-20", "2026-12-15"))
  }

  @Test func diagnosesInGermany() throws {
    let judged = try Judged(
      Dumps.csv("Name,Email,Diagnosis", 300) {
        "\(["Anna", "Lukas", "Marie"][$0 % 3]) Schneider,\(Dumps.mail($0)),Hypertension"
      },
      "{known_at: 2026-11-20T18:00:00+09:00, jurisdictions: [DE]}"
    )
    // Nobody said that none of them lives in Japan.
    #expect(judged.packs == ["eu-gdpr", "jp-appi-private"])
    #expect(judged.rule7 == "?-?-" && judged.duties("jp-appi") == [:])
    #expect(judged.asked("jp-appi-private") == ["residents"])
    #expect(judged("gdpr.33") == "met")
    #expect(judged("gdpr.34") == "met")
    #expect(
      judged.duties("eu-gdpr") == [
        "gdpr.notify_authority": "2026-11-23T18:00:00+09:00", "gdpr.notify_persons": "none",
      ]
    )
    #expect(judged.asked("eu-gdpr").contains("risk"))
    #expect(judged.asked("eu-gdpr").contains("high_risk"))
  }

  @Test(arguments: [499, 500]) func singaporeCountsFromFiveHundred(count: Int) throws {
    let judged = try Judged(
      Dumps.customers(count),
      "{known_at: 2026-11-20, assessed_at: 2026-11-24, jurisdictions: [SG],"
        + " answers: {sg_significant_harm: no}}"
    )
    #expect(judged("pdpa.26b.1b") == (count < 500 ? "not_met" : "met"))
    #expect(judged.duties("sg-pdpa") == (count < 500 ? [:] : ["sg.notify_pdpc": "2026-11-27"]))
  }

  @Test func koreaCountsOneThousandAndJapanDoesNot() throws {
    let judged = try Judged(
      Dumps.customers(1_000),
      "{known_at: 2026-11-20T09:00:00+09:00, wrongful_purpose: no, cause: mis_sent_mail,"
        + " jurisdictions: [JP, KR], answers: {kr_external_access: no}}"
    )
    #expect(judged.packs == ["jp-appi-private", "jp-founding-guideline", "kr-pipa"])
    #expect(judged("pipa.40.i") == "met")
    #expect(judged.rule7 == "----")
    #expect(
      judged.duties("kr-pipa") == [
        "kr.report": "2026-11-23T09:00:00+09:00", "kr.notify_persons": "2026-11-23T09:00:00+09:00",
      ]
    )
    #expect(judged.duties("jp-appi") == [:])
  }

  @Test(arguments: [500, 501]) func californiaCountsItsResidents(count: Int) throws {
    let judged = try Judged(
      Dumps.socialSecurity(count),
      "{known_at: 2026-11-20, jurisdictions: [US-CA], residents: {US-CA: \(count)}}"
    )
    #expect(judged("usca.1798.82.a") == "met")
    #expect(judged("usca.1798.82.f") == (count > 500 ? "met" : "not_met"))
    #expect(judged.duties("us-ca")["usca.notify_persons"] == "2026-12-20")
    #expect(judged.duties("us-ca")["usca.notify_ag"] == (count > 500 ? "none" : nil))
    let notified = try Judged(
      Dumps.socialSecurity(count),
      "{known_at: 2026-11-20, persons_notified_at: 2026-12-10, residents: {US-CA: \(count)}}"
    )
    #expect(notified.duties("us-ca")["usca.notify_ag"] == (count > 500 ? "2026-12-25" : nil))
  }

  @Test(arguments: [999, 1_000, 1_001], [Charset.utf8, .cp932, .eucJP])
  func theThresholdInThreeCharsets(count: Int, charset: Charset) throws {
    let data = Data(CharsetEncoder(charset).encode(Dumps.customers(count)))
    let judged = try Judged(
      [("list.csv", data)],
      "{known_at: 2026-11-20, wrongful_purpose: no, dump_is_whole_incident: yes}"
    )
    #expect(judged.persons == [count, count, count])
    #expect(judged.rule7 == (count > 1_000 ? "---+" : "----"))
    #expect(judged.duties("jp-appi").isEmpty == (count <= 1_000))
    #expect(!judged.asked("jp-appi-private").contains("dump_is_whole_incident"))
  }

  @Test func anUnreadArchiveCouldPassTheThreshold() throws {
    let judged = try Judged(
      [
        ("list.csv", Data(Dumps.customers(990).utf8)),
        ("more.pdf", Data("%PDF-1.7\n".utf8) + Data(repeating: 0x41, count: 200_000)),
      ],
      "{known_at: 2026-11-20, wrongful_purpose: no}"
    )
    #expect(judged.code == 3)
    #expect(judged("appi.7.iv") == "undetermined")
    #expect(judged.asked("jp-appi-private").contains("unread"))
    #expect(judged.duties("jp-appi") == [:])
  }

  @Test func theLawOfTheDayDecides() throws {
    let skimmed = "cause: web_skimming, wrongful_purpose: yes, data_scope: being_acquired"
    let old = try Judged(Dumps.cards(2), "{known_at: 2024-03-31, \(skimmed)}")
    #expect(old("appi.7.iii") == "not_met")
    let new = try Judged(
      Dumps.cards(2),
      "{known_at: 2024-03-31, \(skimmed)}",
      ["--as-of", "2024-04-01"]
    )
    #expect(new("appi.7.iii") == "met")
    let none = try Judged(
      Dumps.customers(1_001),
      "{known_at: 2026-11-20}",
      ["--criteria", "jp-appi-2026"]
    )
    #expect(none.packs == ["jp-appi-2026"])
    #expect(none.duties("jp-appi-2026") == [:])
  }
}
