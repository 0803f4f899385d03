internal import BreachBytes

/// What a character can mean in a name, for all of U+3000…U+9FFF: kana, and nearly all kanji.
struct NameLetters: ~Copyable {
  /// A kanji, hiragana or katakana in its standard form.
  static let letter: UInt8 = 1
  static let katakana: UInt8 = 2
  /// The last character of an honorific.
  static let honorific: UInt8 = 4
  /// The first character of a mark of organisations.
  static let begins: UInt8 = 8
  /// The second character of such a mark: the bit above `begins`.
  static let follows: UInt8 = 16

  /// Katakana that a name in kana keeps as they are, and hiragana that have such a form.
  static let plainKana: UInt8 = 32
  static let hiragana: UInt8 = 64

  private static let first: UInt32 = 0x3000
  private static let firstKanji: UInt32 = 0x3400
  private var meanings = Buffer<UInt8>(capacity: 0x7000)

  /// Characters that stand for another one, and those that are a mark by themselves, mean nothing:
  /// a name with one of them takes the long way.
  init(_ marks: MarkSet, _ honorifics: ByteSet, _ itaiji: Itaiji) {
    for scalar in Self.first..<Self.firstKanji { meanings.append(Self.meaning(scalar)) }
    // All the rest are kanji but for U+4DC0 to U+4DFF, the hexagrams.
    let count = Self.first + 0x7000 - Self.firstKanji
    var kanji = [UInt8](repeating: Self.letter, count: Int(count))
    for scalar in [UInt32](0x4DC0...0x4DFF) + itaiji.variants {
      let offset = scalar &- Self.firstKanji
      if offset < count { kanji[Int(offset)] = 0 }
    }
    meanings.append(kanji.span)
    var scalars = Scalars()
    for word in honorifics.words {
      scalars.load(word)
      add(Self.honorific, to: scalars.values[scalars.count - 1])
    }
    for mark in marks.marks {
      scalars.load(mark)
      if scalars.count >= 2, Self.covers(scalars.values[0]), Self.covers(scalars.values[1]) {
        add(Self.begins, to: scalars.values[0])
        add(Self.follows, to: scalars.values[1])
      } else if scalars.values[0] == 0x20 || scalars.count < 2 || scalars.values[1] == 0x20 {
        for index in 0..<scalars.count { clear(scalars.values[index]) }
      }
    }
  }

  /// What a character below the kanji means by itself.
  private static func meaning(_ scalar: UInt32) -> UInt8 {
    var meaning: UInt8 = 0
    if Script.isJapanese(scalar), scalar != 0x30FB {
      meaning = letter | (Script.isKatakana(scalar) ? katakana : 0)
    }
    switch scalar {
    case 0x30A1...0x30FA, 0x30FC: meaning |= plainKana
    case 0x3041...0x3096: meaning |= hiragana
    default: break
    }
    return meaning
  }

  private static func covers(_ scalar: UInt32) -> Bool { scalar &- first < 0x7000 }

  private mutating func add(_ meaning: UInt8, to scalar: UInt32) {
    guard Self.covers(scalar) else { return }
    let index = Int(scalar - Self.first)
    if meanings[index] != 0 { meanings[index] |= meaning }
  }

  private mutating func clear(_ scalar: UInt32) {
    if Self.covers(scalar) { meanings[Int(scalar - Self.first)] = 0 }
  }

  /// What the character of three bytes at `at` means; 0 for anything else, broken bytes too.
  @inline(__always)
  func meaning(_ text: Span<UInt8>, _ at: Int) -> UInt8 {
    guard at + 3 <= text.count else { return 0 }
    let (first, second, third) = (text[at] &- 0xE3, text[at + 1] ^ 0x80, text[at + 2] ^ 0x80)
    guard first < 7, second | third < 0x40 else { return 0 }
    return meanings[Int(first) << 12 | Int(second) << 6 | Int(third)]
  }
}
