import BreachBytes
import TestKit
import Testing

/// Where characters with a plainer form stand.
@Suite struct FoldMarksTests {
  private static let yes = ["１", "　", "—", "─", "2ー", "ｱ", "\u{200B}", "\u{FEFF}"]
  private static let no = ["ー", "1丁", "、", "コー", "é", "𠮷", "ンー"]

  /// In a text of any length, at any place in it, and so across the end of a block.
  @Test func anywhere() {
    var marks = FoldMarks()
    for filler in ["a", "漢", "カ", "ー"].map({ Array($0.utf8) }) {
      for length in [0, 1, 2, 3, 5, 15, 19, 20, 21, 22, 59, 60, 61, 62, 63, 64, 65, 127] {
        for (words, expected) in [(Self.yes, true), (Self.no, false)] {
          for word in words.map({ Array($0.utf8) }) {
            let before = Array([[UInt8]](repeating: filler, count: length).joined())
            for text in [before + word, before + word + filler, before + word + before] {
              marks.load(text.span)
              let found = marks.mayFold(0..<text.count)
              #expect(found == expected, "\(text)")
              let inside = marks.mayFold(before.count..<before.count + word.count)
              #expect(inside == expected, "\(text)")
              let elsewhere = marks.mayFold(0..<before.count)
              #expect(!elsewhere, "\(text)")
            }
          }
        }
      }
    }
    let nothing: [UInt8] = []
    marks.load(nothing.span)
    let found = marks.mayFold(0..<0)
    #expect(!found)
  }

  /// A text without marks is its own plain form, wherever it stands.
  @Test func withoutMarks() {
    let pieces = Self.yes + Self.no + ["0", "9", "a", " ", "カ", "漢", "ｰ", "━"]
    var random = SeededGenerator(seed: 11)
    var marks = FoldMarks()
    var plain = 0
    for _ in 0..<20_000 {
      let before = Array((0..<random.below(60)).map { _ in "x" }.joined().utf8)
      let text = Array((0...random.below(4)).map { _ in random.pick(pieces) }.joined().utf8)
      let all = before + text
      marks.load(all.span)
      if marks.mayFold(before.count..<all.count) { continue }
      plain += 1
      var folded = ByteBuffer()
      folded.append(folding: all.span, before.count..<all.count)
      let bytes = folded.array
      #expect(bytes == text)
    }
    #expect(plain > 2_000)
  }
}
