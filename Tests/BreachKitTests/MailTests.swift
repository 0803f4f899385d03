import Foundation
import Testing

/// Mail: who stands in it, in its headers, its texts and what is attached.
@Suite struct MailTests {
  private func fixture(_ name: String) throws -> Data {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try Data(contentsOf: tests.appending(path: "../Fixtures/formats/mail/\(name)"))
  }

  private func scan(_ name: String, _ options: [String] = []) throws -> Report {
    try withFolder { folder in
      try folder.write(name, try fixture(name))
      return try Program.scan([name] + options, in: folder)
    }
  }

  @Test func headersAndBodyInISO2022JP() throws {
    let report = try scan("jis.eml")
    #expect(report.code == 0)
    #expect(report.files == ["jis.eml"])
    #expect(report.count("email_address") == 3)
    #expect(report.count("phone_number") == 1)
    #expect(report.count("address") == 1)
    #expect(report.persons == [3, 3, 3])
    #expect(report.json["files"].list.first?["format"].string == "mail")
    #expect(report.json["files"].list.first?["encoding"].string == "iso-2022-jp")
  }

  @Test func attachmentsAreLeavesAndTwinsCountOnce() throws {
    let report = try scan("attached.eml")
    #expect(report.code == 0)
    #expect(
      report.files == ["attached.eml", "attached.eml!/名簿.csv", "attached.eml!/part-3.eml"]
    )
    // 高橋 once, though he stands in the text and in the HTML.
    #expect(report.count("phone_number") == 3)
    #expect(report.count("email_address") == 6)
    #expect(report.json["files"].list[1]["encoding"].string == "cp932")
    #expect(report.json["files"].list[1]["persons"].int == 2)
  }

  @Test func mailboxGivesWhatItsMailsGive() throws {
    let report = try scan("box.mbox")
    #expect(report.code == 0)
    #expect(
      report.files == [
        "box.mbox!/000001", "box.mbox!/000002", "box.mbox!/000002!/名簿.csv",
        "box.mbox!/000002!/part-3.eml",
      ]
    )
    // The separators name the sender.
    #expect(report.count("email_address") == 11)
    #expect(report.count("phone_number") == 4)
  }

  @Test func placesOfWhatIsDecoded() throws {
    try withFolder { folder in
      let body = Data("電話：090-1234-5678\n".utf8).base64EncodedString()
      try folder.write(
        "a.eml",
        "From: a@mail.example.com\nContent-Type: text/plain; charset=utf-8\n"
          + "Content-Transfer-Encoding: base64\n\n\(body)\n"
      )
      try folder.write("b.eml", "From: a@mail.example.com\nSubject: x\n\n\n電話：090-1234-5678\n")
      let found = try Program.stream(["a.eml"], in: folder)
      let phone = try #require(found.first { $0["type"].string == "phone_number" })
      #expect(phone["place"].string == "part 1")
      #expect(phone["offset"].int == nil)
      #expect(phone["line"].int == 5)
      let mail = try #require(found.first { $0["type"].string == "email_address" })
      #expect(mail["offset"].int == 6)
      #expect(mail["line"].int == 1)
      // What is not encoded has the mail's own offsets and lines.
      let plain = try Program.stream(["b.eml"], in: folder)
      let own = try #require(plain.first { $0["type"].string == "phone_number" })
      #expect(own["offset"].int == 47)
      #expect(own["line"].int == 5)
      #expect(own["place"].string == nil)
    }
  }

  @Test(arguments: [
    ("Content-Type: text/plain; charset=viscii\n\n\u{FFFD}", "unsupported_format"),
    ("\n-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\n", "needs_password"),
    (
      "Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n"
        + "eJ8+IgAAAAA=\n", "unsupported_format"
    ),
    (
      "Content-Type: application/pkcs7-mime\nContent-Transfer-Encoding: base64\n\n"
        + "MIIBAAYJKoZIhvcNAQcDoIIBAAAAAAAAAAAAAAAAAAAAAAA=\n", "needs_password"
    ),
  ]) func whatCannotBeReadIsNamed(_ rest: String, _ reason: String) throws {
    try withFolder { folder in
      var bytes = Data("From: a@mail.example.com\nTo: b@mail.example.com\n".utf8)
      for scalar in rest.unicodeScalars {
        bytes += scalar.value == 0xFFFD ? Data([0xCD, 0xF5]) : Data(String(scalar).utf8)
      }
      try folder.write("a.eml", bytes)
      let report = try Program.scan(["a.eml"], in: folder)
      #expect(report.code == 3)
      #expect(report.json["coverage", "gaps"].list.map { $0["reason"].string } == [reason])
      #expect(report.count("email_address") == 2)
      #expect(report.ledgerCloses)
    }
  }

  @Test func resultsDoNotDependOnUnits() throws {
    try withFolder { folder in
      var box = Data()
      for _ in 0..<300 { box += try fixture("box.mbox") }
      try folder.write("box.mbox", box)
      let whole = try Program.scan(["box.mbox", "--jobs", "1"], in: folder)
      #expect(whole.count("email_address") == 11)
      #expect(whole.json["coverage", "files"].int == 1_200)
      let twice = try Program.scan(["box.mbox", "--jobs", "2"], in: folder)
      #expect(twice.json.without("run") == whole.json.without("run"))
    }
  }

  @Test func depthOfMailInMail() throws {
    try withFolder { folder in
      let mail = "From: a@mail.example.com\nTo: b@mail.example.com\n"
      var text = mail + "\nc@mail.example.com\n"
      for _ in 0..<20 { text = mail + "Content-Type: message/rfc822\n\n" + text }
      try folder.write("deep.eml", text)
      let report = try Program.scan(["deep.eml"], in: folder)
      #expect(report.code == 3)
      #expect(report.json["coverage", "gaps"].list.map { $0["reason"].string } == ["limit.depth"])
      let all = try Program.scan(["deep.eml", "--max-depth", "64"], in: folder)
      #expect(all.code == 0)
      #expect(all.persons == [3, 3, 3])
    }
  }
}
