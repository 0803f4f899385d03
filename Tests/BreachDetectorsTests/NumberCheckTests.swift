import BreachDetectors
import BreachModel
import Testing

/// Numbers with check digits: both sides of every check.
@Suite struct NumberCheckTests {
  @Test(arguments: [
    "123456789018", "621498320257", "000000000019", "6214-9832-0257", "６２１４ ９８３２ ０２５７",
  ])
  func myNumberPasses(text: String) throws {
    #expect(try Support.check(.myNumber, text).verdict.result == .pass)
  }

  @Test(arguments: [
    "123456789019", "621498320259", "000000000012", "12345678901", "1234567890180", "000000000000",
    "12345678901A", "",
  ])
  func myNumberFails(text: String) throws {
    #expect(try Support.check(.myNumber, text).verdict.result == .fail)
  }

  @Test(arguments: [
    "8700110005901", "4000012090001", "2010401040402", "7123456789012", "4011001098993",
  ])
  func corporateNumberPasses(text: String) throws {
    #expect(try Support.check(.corporateNumber, text).verdict.result == .pass)
  }

  @Test(arguments: ["8700110005902", "4000012090003", "2010401040405", "870011000590", ""])
  func corporateNumberFails(text: String) throws {
    #expect(try Support.check(.corporateNumber, text).verdict.result == .fail)
  }

  /// Published test numbers: believed, and flagged.
  @Test(arguments: [
    "4111111111111111", "4012888888881881", "4242424242424242", "4000056655665556", "4222222222222",
    "5555555555554444", "5105105105105100", "2223003122003222", "378282246310005",
    "371449635398431", "30569309025904", "38520000023237", "6011111111111117", "6011000990139424",
    "3530111333300000", "3566002020360505", "6200000000000005", "2200000000000004",
    "4111 1111 1111 1111", "4111-1111-1111-1111", "４１１１１１１１１１１１１１１１",
  ])
  func testCardsAreSamples(text: String) throws {
    let verdict = try Support.check(.card, text).verdict
    #expect(verdict.result == .pass)
    #expect(verdict.isSample)
    #expect(verdict.evidence.contains([.checksum, .issuer]))
  }

  @Test(arguments: [
    "4000001234567899", "5100000000000008", "2221000000000009", "2720990000000007",
    "3528000000000007", "36000000000008", "50000000000000005",
  ])
  func cardsOfIssuers(text: String) throws {
    let verdict = try Support.check(.card, text).verdict
    #expect(verdict.result == .pass)
    #expect(!verdict.isSample)
  }

  /// Luhn holds, but no network gives out such numbers: 2720 is Mastercard's, 2721 nobody's.
  @Test(arguments: ["2721000000000004", "1234567812345670", "79927398713000"])
  func luhnWithoutIssuer(text: String) throws {
    let verdict = try Support.check(.card, text).verdict
    #expect(verdict.result != .pass)
    #expect(!verdict.evidence.contains(.issuer))
  }

  /// Codes in a row, or of the digits 1 to 5, are less believed by 25; a step of 301 or a 6 is enough.
  @Test(arguments: [
    ("5430543154325433", -25), ("5522582261226422", -25), ("5149544957496050", 0),
    ("4123412341234111", -25), ("4123412341231166", 0),
  ])
  func codesOfTables(text: String, weight: Int) throws {
    let verdict = try Support.check(.card, text).verdict
    #expect(verdict.result == .pass)
    #expect(verdict.weight == weight)
  }

  @Test(arguments: [
    "4111111111111112", "4000001234567890", "0000000000000000", "411111111111",
    "41111111111111111111",
    "4111-1111-1111-111x",
  ])
  func cardsFail(text: String) throws {
    #expect(try Support.check(.card, text).verdict.result == .fail)
  }
}

/// Postal codes: form and table.
@Suite struct PostalCheckTests {
  @Test(arguments: [
    ("150-0002", "1500002", 13), ("〒150-0002", "1500002", 13), ("1500002", "1500002", 13),
    ("１５０－０００２", "1500002", 13), ("150ー0002", "1500002", 13), ("〒 530-0001", "5300001", 27),
    ("060-0001", "0600001", 1), ("900-0001", "9000001", 47), ("150 0002", "1500002", 13),
  ])
  func passes(text: String, normal: String, prefecture: Int) throws {
    let checked = try Support.check(.postalCode, text)
    #expect(checked.verdict.result == .pass)
    #expect(checked.normal == normal)
    #expect(checked.verdict.prefecture == prefecture)
  }

  /// No code in use: evidence is missing, the form is there.
  @Test(arguments: ["000-0000", "999-9999", "123-0000"])
  func unknown(text: String) throws {
    #expect(try Support.check(.postalCode, text).verdict.result == .unknown)
  }

  /// Of other countries: those of letters and digits in a telling order pass, others are a shape.
  @Test(arguments: [
    ("SW1A 1AA", "SW1A1AA", CheckResult.pass), ("m1 1ae", "M11AE", .pass),
    ("1012 AB", "1012AB", .pass),
    ("K1A 0B1", "K1A0B1", .pass), ("EC1A 1BB", "EC1A1BB", .pass), ("12345", "12345", .unknown),
    ("12345-6789", "123456789", .unknown), ("00-950", "00950", .unknown),
    ("1500-002", "1500002", .unknown),
    ("01310-100", "01310100", .unknown), ("123 45", "12345", .unknown), ("8001", "8001", .unknown),
    ("LV-1010", "LV1010", .unknown), ("SW1A1AA", "SW1A1AA", .unknown),
  ])
  func otherCountries(text: String, normal: String, result: CheckResult) throws {
    let checked = try Support.check(.postalCode, text)
    #expect(checked.verdict.result == result)
    #expect(checked.normal == normal)
    #expect(checked.verdict.prefecture == 0)
  }

  @Test func missingZero() throws {
    let checked = try Support.check(.postalCode, "600001")
    #expect(checked.verdict.result == .unknown)
    #expect(checked.normal == "0600001")
  }

  @Test(arguments: [
    "15-00002", "150-000", "150-00022", "abc-defg", "15000021", "150-0002x", "", "123",
    "SW1A1A1A1AA", "A1B 2C3 4", "1234 A", "99-9999", "〒12345",
  ])
  func fails(text: String) throws {
    #expect(try Support.check(.postalCode, text).verdict.result == .fail)
  }

  @Test(arguments: ["000-0000", "100-0001", "123-4567"])
  func samples(text: String) throws {
    #expect(try Support.check(.postalCode, text).verdict.isSample)
  }
}
