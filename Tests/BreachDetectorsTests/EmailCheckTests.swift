import BreachDetectors
import BreachModel
import Testing

/// Email addresses, with carriers' liberties.
@Suite struct EmailCheckTests {
  @Test(arguments: [
    ("taro.yamada@mail.co.jp", "taro.yamada@mail.co.jp"), ("Taro@Mail.JP", "taro@mail.jp"),
    ("da..me.@docomo.ne.jp", "da..me.@docomo.ne.jp"), (".taro@ezweb.ne.jp", ".taro@ezweb.ne.jp"),
    ("taro+tag@gmail.com", "taro+tag@gmail.com"), ("mailto:taro@mail.jp", "taro@mail.jp"),
    ("Taro <taro@mail.jp>", "taro@mail.jp"), ("ｔａｒｏ＠ｍａｉｌ．ｊｐ", "taro@mail.jp"),
    ("ta\u{200B}ro@mail.jp", "taro@mail.jp"), ("t@a.io", "t@a.io"),
  ])
  func passes(text: String, normal: String) throws {
    let checked = try Support.check(.email, text)
    #expect(checked.verdict.result == .pass)
    #expect(checked.normal == normal)
    #expect(checked.verdict.kind == nil)
  }

  @Test(arguments: ["info@mail.co.jp", "No-Reply@mail.com", "soumu@mail.jp"])
  func roles(text: String) throws {
    #expect(try Support.check(.email, text).verdict.kind == .roleEmail)
  }

  /// Reserved names are a trait of sample data, not a sample by themselves.
  @Test(arguments: ["taro@example.com", "taro@mail.example.jp", "taro@host.test", "taro@a.invalid"])
  func reserved(text: String) throws {
    let verdict = try Support.check(.email, text).verdict
    #expect(verdict.result == .pass)
    #expect(verdict.evidence.contains(.reserved))
    #expect(!verdict.isSample)
  }

  @Test func domainsThatOnlyLookReserved() throws {
    #expect(try !Support.check(.email, "taro@myexample.com").verdict.evidence.contains(.reserved))
  }

  @Test func unknownTopLevelDomain() throws {
    #expect(try Support.check(.email, "taro@mail.zzzz").verdict.result == .unknown)
  }

  @Test(arguments: [
    "icon@2x.png", "user@1000.service", "taro@", "@mail.jp", "taro@mail", "taro@mail..jp",
    "ta ro@mail.jp",
    "taro@mail.j", "taro@mail.123", "taro.mail.jp", "a@b@mail.jp,", "taro@192.168.0.1", "",
  ])
  func fails(text: String) throws {
    #expect(try Support.check(.email, text).verdict.result == .fail)
  }
}
