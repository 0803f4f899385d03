import BreachBytes
import TestKit
import Testing

/// The memo in front of the lexicon answers as the lexicon does.
@Suite struct LexiconMemoTests {
  /// Some 20,000 words at every place of short texts, each asked for twice.
  @Test func answersAsTheTable() {
    let text = Array("山田太郎 佐藤翔太ハナコ 東京都世田谷区 abc高橋 ﾀﾛｳ".utf8)
    var generator = SeededGenerator(seed: 71)
    var memo = LexiconMemo()
    var known = 0
    for _ in 0..<10_000 {
      let end = 1 + generator.below(text.count)
      let start = generator.below(end)
      let piece = text[generator.below(start + 1)..<end + generator.below(text.count - end + 1)]
      let part = Array(piece)
      let range = start - piece.startIndex..<end - piece.startIndex
      let expected = Lexicon.flags(part.span.extracting(range)).rawValue
      let answers = [memo.flags(part.span, range), memo.flags(part.span, range)]
      #expect(answers == [expected, expected])
      if expected != 0 { known += 1 }
    }
    #expect(known > 50)
  }

  /// Far more words than the memo keeps.
  @Test func forgetsWithoutHarm() {
    var memo = LexiconMemo()
    var different = 0
    for number in 0..<40_000 {
      let word = Array("\(number % 20_000)町".utf8)
      let plain = Lexicon.flags(word.span).rawValue
      if memo.flags(word.span, 0..<word.count) != plain { different += 1 }
    }
    #expect(different == 0)
  }

  @Test func emptyIsUnknown() {
    var memo = LexiconMemo()
    let nothing: [UInt8] = []
    let flags = memo.flags(nothing.span, 0..<0)
    #expect(flags == 0)
  }
}
