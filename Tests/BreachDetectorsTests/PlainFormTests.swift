import BreachBytes
import BreachDetectors
import BreachModel
import Testing

/// What is read eight bytes at a time is what the walk over single bytes reads.
@Suite struct PlainFormTests {
  /// Numbers that are the same in every run.
  struct Numbers {
    var state: UInt64

    mutating func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }

    mutating func pick<Element>(_ list: [Element]) -> Element { list[next(list.count)] }

    mutating func digits(_ count: Int) -> String {
      (0..<count).map { _ in String(next(10)) }.joined()
    }

    /// The bytes of a text, in half of the cases with a byte changed, put in, taken out, or cut off.
    mutating func mutated(_ text: String) -> [UInt8] {
      var bytes = Array(text.utf8)
      let other = pick(Array("09 -/.()+,:@%_<>aZ\u{7F}年月日昭元".utf8) + [0x00, 0x80, 0xFF])
      switch next(8) {
      case 0: bytes[next(bytes.count)] = other
      case 1: bytes.insert(other, at: next(bytes.count + 1))
      case 2: bytes.remove(at: next(bytes.count))
      case 3: bytes.removeLast(next(bytes.count))
      default: break
      }
      return bytes
    }
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  @Test func dates() {
    var numbers = Numbers(state: 1)
    var plain = 0
    for _ in 0..<40_000 {
      let (width, mark) = (1 + numbers.next(2), numbers.pick(["-", "/", "."]))
      let month = Self.padded(numbers.next(14), width)
      let day = Self.padded(numbers.next(33), width)
      let year = String(1_860 + numbers.next(180))
      let count = Self.padded(numbers.next(70), width)
      let letter = numbers.pick(["M", "T", "S", "H", "R", "s", "h", "A"])
      let era = numbers.pick(["明治", "大正", "昭和", "平成", "令和", "慶応"])
      let bytes = numbers.mutated(
        numbers.pick([
          year + mark + month + mark + day, year + "年" + month + "月" + day + "日",
          letter + count + mark + month + mark + day, era + count + "年" + month + "月" + day + "日",
        ])
      )
      guard bytes.count >= 6 else { continue }
      let walked = DateCheck.anyForm(bytes.span)
      if let read = DateCheck.plainForm(bytes.span) {
        plain += 1
        #expect(read == walked)
      }
      let read = DateCheck.read(bytes.span)
      #expect(read == walked)
    }
    #expect(plain > 15_000)
  }

  @Test func phones() {
    var numbers = Numbers(state: 2)
    var plain = 0
    for _ in 0..<40_000 {
      let (area, middle) = (
        numbers.digits(1 + numbers.next(5)), numbers.digits(1 + numbers.next(5))
      )
      let last = numbers.digits(3 + numbers.next(2))
      let (open, close) = numbers.pick([
        ("-", "-"), ("-", "-"), ("(", ")"), (" ", " "), ("", ""), ("-", ""), (")", "("), (".", "."),
      ])
      let bytes = numbers.mutated("0" + area + open + middle + close + last)
      if let read = PhoneCheck.plainForm(bytes.span) {
        plain += 1
        let walked = PhoneCheck.anyForm(bytes.span)
        #expect(read == walked)
      }
    }
    #expect(plain > 9_000)
  }

  @Test func addresses() {
    var numbers = Numbers(state: 3)
    var plain = 0
    let letters = Array("abcxyzABCXYZ0189._-+").map(String.init)
    for _ in 0..<40_000 {
      let mailbox = (0...numbers.next(50)).map { _ in numbers.pick(letters) }.joined()
      let host = (0...numbers.next(12)).map { _ in numbers.pick(letters) }.joined()
      let end = numbers.pick([".co.jp", ".jp", ".example.com", "", ".x", ".12", ".a1", ".mail"])
      let bytes = numbers.mutated(mailbox + "@" + host + end)
      var normal = ByteBuffer()
      var walkedNormal = ByteBuffer()
      if let parts = EmailCheck.plainForm(bytes.span, &normal) {
        plain += 1
        let walked = EmailCheck.anyForm(bytes.span, &walkedNormal)
        #expect(parts == walked)
        #expect(normal.array == walkedNormal.array)
      }
    }
    #expect(plain > 8_000)
  }

  @Test func digits() {
    var numbers = Numbers(state: 4)
    var plain = 0
    for _ in 0..<40_000 {
      let mark = numbers.pick(["-", " ", "."])
      let groups = (0..<4).map { _ in numbers.digits(4) }
      let bytes = numbers.mutated(
        numbers.pick([numbers.digits(1 + numbers.next(27)), groups.joined(separator: mark)])
      )
      var normal = ByteBuffer()
      var walkedNormal = ByteBuffer()
      guard NumberChecks.plainDigits(bytes.span, &normal) else { continue }
      plain += 1
      let isRead = NumberChecks.anyDigits(bytes.span, &walkedNormal)
      #expect(isRead)
      #expect(normal.array == walkedNormal.array)
    }
    #expect(plain > 15_000)
  }

  /// ISO/IEC 7812-1, annex B, digit by digit.
  @Test func checkDigits() {
    var numbers = Numbers(state: 5)
    for round in 0..<20_000 {
      let bytes = Array(numbers.digits(8 + round % 17).utf8)
      var sum = 0
      for (place, byte) in bytes.reversed().enumerated() {
        let digit = Int(byte - 0x30) * (1 + place % 2)
        sum += digit / 10 + digit % 10
      }
      let isValid = NumberChecks.luhn(bytes.span)
      #expect(isValid == (sum % 10 == 0))
    }
  }

  @Test func everyTopLevelDomain() throws {
    for label in TopLevelDomains.labels {
      let verdict = try Support.check(.email, "t@h." + String(decoding: label, as: UTF8.self))
        .verdict
      #expect(verdict.result == .pass)
      #expect(verdict.evidence.contains(.topLevelDomain))
      #expect(!verdict.evidence.contains(.reserved))
    }
  }

  @Test(arguments: ["qq", "example", "xn--vermgensberater-ctc", "abcdefghijklmnop", "comm", "jpa"])
  func otherLastLabels(label: String) throws {
    let checked = try Support.check(.email, "taro@mail." + label)
    #expect(checked.verdict.evidence.contains(.topLevelDomain) == (label == "example"))
  }
}
