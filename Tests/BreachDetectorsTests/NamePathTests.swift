import BreachBytes
import BreachDetectors
import BreachModel
import TestKit
import Testing

/// The quick way of a name check says what the long way says.
@Suite struct NamePathTests {
  static let families = [
    "高橋", "林", "佐々木", "五十嵐", "長谷川", "髙橋", "渡邊", "小鳥遊", "山田", "鈴木", "東", "大場", "高校", "株式", "中学校",
    "御中", "工業", "あおい", "山ノ内", "一ッ橋", "担当", "未設定", "東京", "John", "ジョン", "ﾀｶﾊｼ", "社会福祉法人", "会", "中",
  ]
  static let givens = [
    "美咲", "健一", "修", "さくら", "太郎", "花子", "陽翔", "学", "りん", "えま", "ケンタ", "一", "廣", "者", "様", "さん",
    "太郎様",
    "商店", "会社", "ヽ", "々", "・スミス", ".", "、", "Ken", "", "勘解由小路左衛門", "ま", "殿",
  ]
  static let blanks = ["", "", " ", " ", "  ", " \u{3000}", "-"]

  /// One value, or what is left of it after a byte was changed, dropped or doubled.
  static func value(_ generator: inout SeededGenerator) -> [UInt8] {
    let text =
      generator.pick(families) + generator.pick(blanks) + generator.pick(givens)
      + (generator.once(in: 8) ? generator.pick(blanks) + generator.pick(givens) : "")
    var bytes = Array(text.utf8)
    guard generator.once(in: 3) else { return bytes }
    let at = generator.below(bytes.count)
    switch generator.below(4) {
    case 0: bytes[at] = UInt8(generator.below(256))
    case 1: bytes.remove(at: at)
    case 2: bytes.insert(generator.pick([0x20, bytes[at]]), at: at)
    default: bytes.removeSubrange(at...)
    }
    return bytes.isEmpty ? [0x20] : bytes
  }

  /// What a check leaves, in one line.
  static func outcome(_ verdict: Verdict, _ normal: borrowing ByteBuffer, _ split: Int?) -> String {
    let form = verdict.result == .fail ? [] : normal.array
    let kind = verdict.kind.map { "\($0.rawValue)" } ?? "-"
    return "\(verdict.result) \(verdict.evidence.rawValue) \(verdict.weight) \(verdict.isSample) "
      + "\(kind) \(verdict.result == .fail ? -1 : split ?? -1) \(form)"
  }

  @Test func namesOnBothWays() throws {
    let words = try Support.required().words
    var quick = NameCheck(lists: words)
    var long = NameCheck(lists: words)
    var first = ByteBuffer()
    var second = ByteBuffer()
    var generator = SeededGenerator(seed: 411)
    for _ in 0..<20_000 {
      var value = Value()
      let bytes = Self.value(&generator)
      value.load(bytes, 0..<bytes.count)
      if value.folded.isEmpty { continue }
      let left = quick.full(value.folded.span, &first)
      // `full` clears what the long way is given.
      _ = long.full([UInt8]("-".utf8).span, &second)
      second.clear()
      let right = long.any(value.folded.span, &second)
      let outcomes = (
        Self.outcome(left, first, quick.split), Self.outcome(right, second, long.split)
      )
      #expect(outcomes.0 == outcomes.1, "\(bytes)")
    }
  }

  @Test(arguments: [true, false]) func partsOnBothWays(isFamily: Bool) throws {
    let words = try Support.required().words
    var quick = NameCheck(lists: words)
    var long = NameCheck(lists: words)
    var first = ByteBuffer()
    var second = ByteBuffer()
    var value = Value()
    var generator = SeededGenerator(seed: 5)
    for number in 0..<10_000 {
      let part = number % 2 == 0 ? generator.pick(Self.families) : generator.pick(Self.givens)
      let bytes = generator.once(in: 3) ? Self.value(&generator) : Array(part.utf8)
      value.load(bytes, 0..<bytes.count)
      if value.folded.isEmpty { continue }
      let left = quick.part(value.folded.span, &first, isFamily: isFamily)
      second.clear()
      let right = long.anyPart(value.folded.span, &second, isFamily)
      let isSame = Self.outcome(left, first, nil) == Self.outcome(right, second, nil)
      #expect(isSame, "\(bytes)")
    }
  }

  /// Every character of the blocks with kana and kanji in the middle of a name, and at its end.
  @Test(arguments: ["美", ""]) func everyCharacter(after: String) throws {
    let words = try Support.required().words
    var quick = NameCheck(lists: words)
    var long = NameCheck(lists: words)
    var first = ByteBuffer()
    var second = ByteBuffer()
    for block in [UInt32(0x2FF0)...0xA010, 0xF8F0...0xFFFF] {
      for scalar in block.compactMap(Unicode.Scalar.init) {
        let bytes = Array("高\(scalar)\(after)".utf8)
        let left = quick.full(bytes.span, &first)
        _ = long.full([UInt8]("-".utf8).span, &second)
        second.clear()
        let right = long.any(bytes.span, &second)
        let isSame =
          Self.outcome(left, first, quick.split) == Self.outcome(right, second, long.split)
        #expect(isSame, "\(bytes)")
      }
    }
  }

  @Test func kanaOnBothWays() throws {
    let parts = [
      "タカハシ", "たかはし", "ミサキ", "ｲｶﾞﾗｼ", "ー", "ゔ", "ヴ", "゛", "カ゛", "ハ゜", "ヽ", "・", " ", "  ", ".", "-",
      "ヷ", "ヺ", "ゝ", "ァ", "ぁ", "ゖ", "ゟ", "高", "A",
    ]
    var check = NameCheck(lists: try Support.required().words)
    var first = ByteBuffer()
    var second = ByteBuffer()
    var generator = SeededGenerator(seed: 93)
    var quick = 0
    for _ in 0..<20_000 {
      var bytes = (0...generator.below(4)).flatMap { _ in Array(generator.pick(parts).utf8) }
      if generator.once(in: 4) {
        bytes[generator.below(bytes.count)] = UInt8(generator.below(256))
      }
      first.clear()
      second.clear()
      guard let left = check.plainKana(bytes.span, &first) else { continue }
      quick += 1
      let right = check.anyKana(bytes.span, &second)
      let isSame = left == right && first.array == second.array
      #expect(isSame, "\(bytes)")
    }
    #expect(quick > 2_000)
  }
}
