import BreachBytes
import BreachDetectors
import BreachModel
import TestKit
import Testing

/// What the fast ways make of values, against plain twins.
@Suite struct FoldingTests {
  private static let pieces = [
    "0", "7", "a", "Z", "０", "９", "Ａ", "～", "！", "｀", "｟", "　", "‐", "―", "‖", "−", "∓", "ー", "ｰ",
    "─", "━", "│", "\u{200B}",
    "\u{200F}", "\u{2010}", "\u{202A}", "\u{202E}", "\u{202F}", "\u{2060}", "\u{2069}", "\u{206A}",
    "\u{FEFF}",
    "漢", "カ", "ア", "é", "𠮷", "-", " ", "。", "￥",
  ]

  /// The rules of folding, one scalar at a time.
  private static func folded(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      let afterDigit = out.last.map { $0.isASCII && $0.isNumber } ?? false
      switch scalar.value {
      case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: break
      case 0xFF01...0xFF5E: out.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
      case 0x3000: out.append(" ")
      case 0x2010...0x2015, 0x2212: out.append("-")
      case 0x30FC, 0xFF70, 0x2500, 0x2501:
        if afterDigit { out.append("-") } else { out.unicodeScalars.append(scalar) }
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  @Test func folds() {
    var random = SeededGenerator(seed: 1)
    var value = Value()
    var marks = FoldMarks()
    for _ in 0..<20_000 {
      let text = (0...random.below(12)).map { _ in random.pick(Self.pieces) }.joined()
      // Frames that are not trimmed.
      let bytes = Array("x\(text)x".utf8)
      value.load(bytes.span, 0..<bytes.count)
      #expect(value.folded.array == Array(Self.folded("x\(text)x").utf8), "\(text)")
      marks.load(bytes.span)
      let isPlain = !marks.mayFold(0..<bytes.count)
      #expect(!isPlain || value.folded.array == bytes, "\(text)")
    }
  }

  /// A colon in front is ignored, and keeps a postal code from being read in one go.
  @Test func postalCodes() throws {
    var random = SeededGenerator(seed: 2)
    var checks = Checks(try Support.required().words)
    var plain = Value()
    var slow = Value()
    var passed = 0
    for _ in 0..<30_000 {
      let digits = (0..<7).map { _ in UInt8(0x30 + random.below(10)) }
      var text = random.once(in: 2) ? digits : digits[..<3] + [0x2D] + digits[3...]
      if random.once(in: 3) { text[random.below(text.count)] = UInt8(0x20 + random.below(0x5F)) }
      if random.once(in: 8) { text.remove(at: random.below(text.count)) }
      // A spreadsheet's mark for text counts at the very front only.
      if text[0] == 0x27 { continue }
      plain.load(text.span, 0..<text.count)
      let behindColon = [0x3A] + text
      slow.load(behindColon.span, 0..<behindColon.count)
      let verdict = checks.run(.postalCode, &plain)
      let expected = checks.run(.postalCode, &slow)
      #expect(verdict.result == expected.result, "\(text)")
      #expect(verdict.evidence == expected.evidence, "\(text)")
      #expect(verdict.weight == expected.weight, "\(text)")
      #expect(verdict.isSample == expected.isSample, "\(text)")
      #expect(verdict.prefecture == expected.prefecture, "\(text)")
      if verdict.result != .fail {
        passed += 1
        #expect(plain.normal.array == slow.normal.array, "\(text)")
      }
    }
    #expect(passed > 10_000)
  }
}
