import BreachDetectors
import BreachModel
import Testing

/// Phone numbers: the plan, the area codes, every way of writing.
@Suite struct PhoneCheckTests {
  @Test(arguments: [
    ("03-1234-5600", "+81312345600"), ("０３－１２３４－５６００", "+81312345600"),
    ("03(1234)5600", "+81312345600"), ("(03)1234-5600", "+81312345600"),
    ("（０３）１２３４－５６００", "+81312345600"), ("03 1234 5600", "+81312345600"),
    ("0312345600", "+81312345600"), ("+81-3-1234-5600", "+81312345600"),
    ("+81 (0)3 1234 5600", "+81312345600"), ("010-81-3-1234-5600", "+81312345600"),
    ("81-3-1234-5600", "+81312345600"), ("045-123-4567", "+81451234567"),
    ("0123-45-6789", "+81123456789"), ("0467-00-1200", "+81467001200"),
    ("03-1234-5600 内線123", "+81312345600"), ("03-1234-5600(代)", "+81312345600"),
    ("03-1234-5600 ext.12", "+81312345600"), ("050-1234-5678", "+815012345678"),
    ("03ー1234ー5600", "+81312345600"), ("03‐1234‐5600", "+81312345600"),
    ("03−1234−5600", "+81312345600"),
  ])
  func fixedLinesPass(text: String, normal: String) throws {
    let checked = try Support.check(.phone, text)
    #expect(checked.verdict.result == .pass)
    #expect(checked.normal == normal)
    #expect(checked.verdict.kind == nil)
  }

  @Test(arguments: [
    ("090-1111-2200", "+819011112200"), ("08011112200", "+818011112200"),
    ("070 1111 2200", "+817011112200"), ("060-1111-2200", "+816011112200"),
    ("+81-90-1111-2200", "+819011112200"), ("+819011112200", "+819011112200"),
    ("０９０（１１１１）２２００", "+819011112200"), ("'09011112200", "+819011112200"),
    ("=\"09011112200\"", "+819011112200"),
  ])
  func mobilesPass(text: String, normal: String) throws {
    let checked = try Support.check(.phone, text)
    #expect(checked.verdict.result == .pass)
    #expect(checked.normal == normal)
    #expect(checked.verdict.kind == .mobilePhone)
  }

  @Test(arguments: ["0120-123-456", "0800-123-4567", "08001234567", "0570-012-345", "0990-512-345"])
  func businessNumbers(text: String) throws {
    let verdict = try Support.check(.phone, text).verdict
    #expect(verdict.result == .pass)
    #expect(verdict.kind == .businessPhone)
  }

  /// Where a country's plan tells mobile numbers from others.
  @Test(arguments: [
    ("+44 7700 900123", "+447700900123", AttributeKind.mobilePhone),
    ("+44 20 7946 0123", "+442079460123", nil), ("+33 6 12 34 56 78", "+33612345678", .mobilePhone),
    ("+33 1 23 45 67 89", "+33123456789", nil), ("+49 171 1234567", "+491711234567", .mobilePhone),
    ("+49 30 1234567", "+49301234567", nil), ("+1-202-555-0123", "+12025550123", nil),
    ("+82 10-1234-5678", "+821012345678", .mobilePhone),
    ("010 82 10 1234 5678", "+821012345678", .mobilePhone),
    ("+86 138 0013 8000", "+8613800138000", .mobilePhone),
  ])
  func mobilesOfOtherCountries(text: String, normal: String, kind: AttributeKind?) throws {
    let checked = try Support.check(.phone, text)
    #expect(checked.verdict.result == .unknown)
    #expect(checked.normal == normal)
    #expect(checked.verdict.kind == kind)
  }

  /// C is not 0 in mobile ranges; a wrong split; a foreign or local number: possible, not known.
  @Test(arguments: [
    "090-0111-2200", "070-0111-2200", "080-0111-2200", "012-3456-789", "+1-202-555-0123",
    "1234-5678",
  ])
  func unknown(text: String) throws {
    #expect(try Support.check(.phone, text).verdict.result == .unknown)
  }

  @Test(arguments: [("312345600", "+81312345600"), ("9011112200", "+819011112200")])
  func withoutLeadingZero(text: String, normal: String) throws {
    let checked = try Support.check(.phone, text)
    #expect(checked.verdict.result == .unknown)
    #expect(checked.normal == normal)
    #expect(checked.verdict.evidence.contains(.numberingPlan))
  }

  @Test(arguments: [
    "03-1234-5600/090-1111-2200", "192.168.100.200", "1980/01/02", "2026-01-05 10:00:00", "abc",
    "03-1234-56AB", "12345", "03-1234-5600, 090-1111-2200", "+81", "taro@example.jp", "",
  ])
  func fails(text: String) throws {
    #expect(try Support.check(.phone, text).verdict.result == .fail)
  }

  @Test(arguments: ["090-0000-0000", "090-1234-5678", "03-0000-0000", "000-0000-0000"])
  func samples(text: String) throws {
    #expect(try Support.check(.phone, text).verdict.isSample)
  }
}
