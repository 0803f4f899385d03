import BreachModel
import Testing

@Suite struct DisplayTests {
  @Test func controlsAreShownAsEscapes() {
    let cases: [(String, String)] = [
      ("plain 氏名.csv", "plain 氏名.csv"), ("\u{1B}]52;c;aGk=\u{7}", "\\x1b]52;c;aGk=\\x07"),
      ("a\nb\r\tc\0", "a\\x0ab\\x0d\\x09c\\x00"), ("\u{202E}fdp.exe", "\\u{202e}fdp.exe"),
      ("\u{9B}2J\u{7F}", "\\x9b2J\\x7f"), ("a\u{2028}b\u{2029}", "a\\u{2028}b\\u{2029}"),
      ("a\r\nb", "a\\x0d\\x0ab"), ("\u{2066}x\u{2069}\u{61C}", "\\u{2066}x\\u{2069}\\u{61c}"),
    ]
    for (text, shown) in cases {
      #expect(displaySafe(text) == shown)
      #expect(displaySafe(Array(text.utf8)) == shown)
    }
  }

  @Test(arguments: [
    ([0x61, 0xFF, 0x62] as [UInt8], "a%ffb"), ([0x8E, 0x81], "%8e%81"),
    ([0xE6, 0xB0, 0x8F, 0xE6, 0xB0], "氏%e6%b0"), ([0xED, 0xA0, 0x80], "%ed%a0%80"),
    ([0xC0, 0xAF, 0x1B], "%c0%af\\x1b"), ([0xF4, 0x90, 0x80, 0x80], "%f4%90%80%80"), ([], ""),
  ])
  func bytesThatAreNoTextAreShownInHex(bytes: [UInt8], shown: String) {
    #expect(displaySafe(bytes) == shown)
  }

  @Test func nothingDangerousIsLeft() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      let bytes = (0..<40).map { _ in UInt8.random(in: .min ... .max, using: &random) }
      let isSafe = !displaySafe(bytes).unicodeScalars.contains(where: Display.needsEscape)
      #expect(isSafe)
    }
  }
}
