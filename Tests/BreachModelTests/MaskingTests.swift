import BreachModel
import Testing

@Suite struct MaskingTests {
  @Test(arguments: [
    (DataType.phoneNumber, "090-1234-5678", "090-****-5678"),
    (.phoneNumber, "09012345678", "090****5678"), (.phoneNumber, "03-1234-5678", "03-****-5678"),
    (.phoneNumber, "0312345678", "03****5678"),
    (.phoneNumber, "+81 90-1234-5678", "+81 **-****-5678"),
    (.phoneNumber, "０９０−１２３４−５６７８", "０９０−****−５６７８"), (.phoneNumber, "123-4567", "********"),
    (.emailAddress, "taro@example.jp", "t***@e***.jp"), (.emailAddress, "a@b.jp", "***@***.jp"),
    (.emailAddress, "hanako@mail.example.museum", "h***@m***.***"),
    (.personName, "山田太", "山**"), (.personName, "山田", "**"), (.personName, "東", "*"),
    (.cardNumber, "4111111111111111", "************1111"),
    (.cardNumber, "4111-1111-1111-1111", "************1111"), (.cardNumber, "4111", "********"),
    (.address, "東京都千代田区千代田1-1", "東京都********"),
    (.address, "〒100-0001 神奈川県横浜市中区1-1", "神奈川県********"),
    (.address, "京都府京都市北区1", "京都府********"), (.address, "京都市左京区1-2-3", "京都市********"),
    (.birthDate, "1985-04-03", "1985-**-**"), (.birthDate, "1985年4月3日", "1985*****"),
    (.birthDate, "昭和60年4月3日", "昭和60*****"), (.birthDate, "S60.4.3", "S60.*.*"),
    (.birthDate, "19850403", "1985****"), (.birthDate, "04/03/1985", "**/**/1985"),
    (.birthDate, "04031985", "****1985"), (.birthDate, "85/4/3", "**/*/*"),
    (.birthDate, "令和元年5月1日", "令和元*****"), (.birthDate, "一九八五年四月三日", "一九八五*****"),
    (.birthDate, "3 Apr 1985", "* *** 1985"), (.birthDate, "1985", "****"),
    (.password, "p", "********"), (.password, "correct horse battery staple", "********"),
    (.myNumber, "123456789012", "********"), (.sensitiveMedicalHistory, "糖尿病", "********"),
    (.gender, "女", "********"), (.postalCode, "100-0001", "1*******"),
  ])
  func usualForms(type: DataType, value: String, masked: String) {
    let isMasked = Masking.mask(value, as: type) == masked
    #expect(isMasked, "\(type.id) gives \(Masking.mask(value, as: type))")
  }

  /// Longest run of letters and digits of the original that survives, separators left out.
  private func longestRun(_ masked: String, of value: String) -> Int {
    let isCounted = { (scalar: Unicode.Scalar) in
      !"-./()+ －‐−．／（）＋　@".unicodeScalars.contains(scalar)
    }
    let original = value.unicodeScalars.filter(isCounted)
    var longest = 0
    for piece in masked.unicodeScalars.filter(isCounted).split(separator: "*") {
      let piece = Array(piece)
      for start in piece.indices {
        for end in (start + 1)...piece.count where end - start > longest {
          if contains(Array(original), Array(piece[start..<end])) { longest = end - start }
        }
      }
    }
    return longest
  }

  private func contains(_ whole: [Unicode.Scalar], _ part: [Unicode.Scalar]) -> Bool {
    part.count <= whole.count
      && (0...(whole.count - part.count)).contains { Array(whole[$0..<$0 + part.count]) == part }
  }

  @Test(arguments: DataType.allCases)
  func neverMoreThanFourCharactersInARow(type: DataType) {
    var random = SeededGenerator(seed: UInt64(type.rawValue) + 1)
    let alphabets = [
      "0123456789", "0123456789-", "abcxyz.@-", "山田東京都府県市区町村昭和平成元年月日0123456789",
      "０１２３−（）", "ﾔﾏﾀﾞ ", "19852006/.-", "e\u{301}\u{202E}\u{1B}葛\u{E0100}a", "@.jp",
    ].map { Array($0.unicodeScalars) }
    for _ in 0..<300 {
      let alphabet = alphabets.randomElement(using: &random) ?? []
      var value = ""
      for _ in 0..<Int.random(in: 0..<40, using: &random) {
        if let scalar = alphabet.randomElement(using: &random) {
          value.unicodeScalars.append(scalar)
        }
      }
      let masked = Masking.mask(value, as: type)
      let run = longestRun(masked, of: value)
      #expect(run <= 4)
      #expect(masked.unicodeScalars.count <= 64)
      let isSafe = !masked.unicodeScalars.contains(where: Display.needsEscape)
      #expect(isSafe)
    }
  }

  @Test(arguments: DataType.allCases)
  func shortAndHugeValuesAreWhollyMasked(type: DataType) {
    for value in ["", "a", "7", "ab", "東太", "1a"] {
      let isHidden = Masking.mask(value, as: type).allSatisfy { $0 == "*" }
      #expect(isHidden)
    }
    let huge = Masking.mask(String(repeating: "長い値1", count: 10_000), as: type)
    #expect(huge == Masking.whole)
  }
}
