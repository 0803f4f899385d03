internal import BreachBytes
internal import BreachModel

/// Reads Latin letters as kana, in Hepburn, kunrei and passport spelling.
///
/// Passports leave long vowels out, so a word has several readings; dictionaries tell which are names.
struct Romaji: Sendable {
  /// Kana by consonants: those before a, i, u, e and o, alternatives joined by `|`, `-` for none.
  ///
  /// Junichi is Jun'ichi more often than not.
  private static let rows: [(String, String)] = [
    ("", "ア イ ウ エ オ"), ("k", "カ キ ク ケ コ"), ("s", "サ シ ス セ ソ"), ("t", "タ チ ツ テ ト"),
    ("n", "ナ|ンア ニ|ンイ ヌ|ンウ ネ|ンエ ノ|ンオ"), ("h", "ハ ヒ フ ヘ ホ"), ("m", "マ ミ ム メ モ"), ("y", "ヤ - ユ - ヨ"),
    ("r", "ラ リ ル レ ロ"), ("w", "ワ - - - ヲ"), ("g", "ガ ギ グ ゲ ゴ"), ("z", "ザ ジ|ヂ ズ|ヅ ゼ ゾ"),
    ("d", "ダ ヂ ヅ デ ド"), ("b", "バ ビ ブ ベ ボ"), ("p", "パ ピ プ ペ ポ"), ("f", "- - フ - -"),
    ("sh", "シャ シ シュ - ショ"), ("ch", "チャ チ チュ - チョ"), ("ts", "- - ツ - -"),
    ("j", "ジャ ジ|ヂ ジュ - ジョ"), ("ky", "キャ - キュ - キョ"), ("sy", "シャ - シュ - ショ"),
    ("ty", "チャ - チュ - チョ"), ("ny", "ニャ|ンヤ - ニュ|ンユ - ニョ|ンヨ"), ("hy", "ヒャ - ヒュ - ヒョ"),
    ("my", "ミャ - ミュ - ミョ"), ("ry", "リャ - リュ - リョ"), ("gy", "ギャ - ギュ - ギョ"),
    ("zy", "ジャ - ジュ - ジョ"), ("jy", "ジャ - ジュ - ジョ"), ("by", "ビャ - ビュ - ビョ"),
    ("py", "ピャ - ピュ - ピョ"),
  ]

  /// By consonants: for each vowel, what may stand there.
  private let kana: [[UInt8]: [[[UInt8]]]]

  init() {
    var kana: [[UInt8]: [[[UInt8]]]] = [:]
    for (consonants, row) in Self.rows {
      kana[Array(consonants.utf8)] = row.split(separator: " ").map { cell in
        cell == "-" ? [] : cell.split(separator: "|").map { Array($0.utf8) }
      }
    }
    self.kana = kana
  }

  /// Readings of one word at most; those behind them are left out.
  private static let mostReadings = 64

  private static let vowels = Array("aiueo".utf8)

  /// What lower-case letters may be in katakana; none when they are not Japanese.
  func readings(of word: Span<UInt8>) -> [[UInt8]] {
    var found: [[UInt8]] = [[]]
    var at = 0
    while at < word.count {
      var start = at
      while at < word.count, !Self.vowels.contains(word[at]) { at += 1 }
      var consonants = word.extracting(start..<at)
      var before: [UInt8] = []
      // n' and a nasal before another consonant or at the end; a consonant twice is a short stop.
      if consonants.count > 0, isNasal(consonants, isLast: at == word.count) {
        before = Self.nasal
        start += consonants.count > 1 && consonants[1] == 0x27 ? 2 : 1
      } else if consonants.count > 1, consonants[0] == consonants[1] || isLongCh(consonants) {
        before = Self.stop
        start += 1
      }
      consonants = word.extracting(start..<at)
      if at == word.count {
        guard start == at else { return [] }
        return found.map { $0 + before }
      }
      guard let row = kana[Array(consonants)],
        let vowel = Self.vowels.firstIndex(of: word[at]), !row[vowel].isEmpty
      else { return [] }
      at += 1
      let isMarkedLong = at < word.count && word[at] == 0x68 && vowel == 4 && isEnd(word, at + 1)
      if isMarkedLong { at += 1 }
      let long = Self.long(vowel, isMarked: isMarkedLong)
      var next: [[UInt8]] = []
      for reading in found {
        for cell in row[vowel] {
          for behind in long where next.count < Self.mostReadings {
            next.append(reading + before + cell + behind)
          }
        }
      }
      found = next
    }
    return found
  }

  private static let nasal = Array("ン".utf8)
  private static let stop = Array("ッ".utf8)

  /// What may stand behind a vowel that letters show short.
  private static func long(_ vowel: Int, isMarked: Bool) -> [[UInt8]] {
    let (u, o): ([UInt8], [UInt8]) = (Array("ウ".utf8), Array("オ".utf8))
    return switch vowel {
    case 4: isMarked ? [u, o] : [[], u, o]
    case 2: [[], u]
    default: [[]]
    }
  }

  /// No vowel follows: Ohno, Itoh.
  private func isEnd(_ word: Span<UInt8>, _ at: Int) -> Bool {
    at >= word.count || !Self.vowels.contains(word[at]) && word[at] != 0x79
  }

  private func isNasal(_ consonants: Span<UInt8>, isLast: Bool) -> Bool {
    switch consonants[0] {
    case 0x6E: consonants.count == 1 ? isLast : consonants[1] != 0x79
    // Homma, Kambe, Sampei
    case 0x6D: consonants.count > 1 && [0x62, 0x6D, 0x70].contains(consonants[1])
    default: false
    }
  }

  /// tch, as in Hatchobori.
  private func isLongCh(_ consonants: Span<UInt8>) -> Bool {
    consonants.count == 3 && consonants[0] == 0x74 && consonants[1] == 0x63
  }
}

extension [UInt8] {
  fileprivate init(_ span: Span<UInt8>) {
    self.init()
    for index in span.indices { append(span[index]) }
  }
}

/// Kana that words in Latin letters may be, as far as dictionaries know them, by a hash of the word.
///
/// Names repeat; a word that was read before takes no memory.
struct ReadingMemo: Sendable {
  struct Word: Sendable {
    var families: [[UInt8]] = []
    var givens: [[UInt8]] = []
  }

  private static let most = 8_192
  private var words: [UInt64: Word] = [:]

  subscript(hash: UInt64) -> Word? { words[hash] }

  mutating func keep(_ word: Word, _ hash: UInt64) {
    if words.count == Self.most { words.removeAll(keepingCapacity: true) }
    words[hash] = word
  }
}

/// Names one behind the other.
struct NameList: ~Copyable {
  private(set) var bytes = ByteBuffer()
  private var ends = Buffer<Int32>(capacity: 8)

  var count: Int { ends.count }

  subscript(index: Int) -> Range<Int> {
    (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
  }

  mutating func clear() {
    bytes.clear()
    ends.clear()
  }

  mutating func append(_ family: [UInt8], _ given: [UInt8]) {
    bytes.append(family.span)
    bytes.append(given.span)
    ends.append(Int32(bytes.count))
  }
}

extension NameCheck {
  /// Readings of a name at most.
  private static let mostNames = 6

  /// Leaves in `readings` what a Latin name of two words may be in katakana, family name first, as far
  /// as dictionaries know both; nothing for names that are not Japanese.
  mutating func read(_ name: Span<UInt8>) {
    readings.clear()
    var blank = 0
    while blank < name.count, name[blank] != 0x20 { blank += 1 }
    guard blank > 0, blank + 1 < name.count else { return }
    for index in blank + 1..<name.count where name[index] == 0x20 { return }
    let (one, other) = (name.extracting(0..<blank), name.extracting(blank + 1..<name.count))
    guard
      LatinNames.flags(one).contains(.japanese) || LatinNames.flags(other).contains(.japanese)
    else { return }
    let (first, second) = (word(one), word(other))
    for (families, givens) in [(first.families, second.givens), (second.families, first.givens)] {
      for family in families {
        for given in givens where readings.count < Self.mostNames { readings.append(family, given) }
      }
    }
  }

  private mutating func word(_ letters: Span<UInt8>) -> ReadingMemo.Word {
    let hash = rowHash(letters, key: 0)
    if let known = memo[hash] { return known }
    var word = ReadingMemo.Word()
    for kana in romaji.readings(of: letters) {
      let flags = lexicon.flags(kana.span, 0..<kana.count)
      if flags & bits.familyKana != 0 { word.families.append(kana) }
      if flags & bits.givenKana != 0 { word.givens.append(kana) }
    }
    memo.keep(word, hash)
    return word
  }

  /// Words of a name at most that are put in order.
  private static var mostWords: Int { 8 }

  /// The words of two parts of a Latin name in order, as the full name has them.
  static func joinLatin(_ one: Span<UInt8>, _ other: Span<UInt8>, _ normal: inout ByteBuffer) {
    var text = ByteBuffer(capacity: one.count + other.count + 1)
    text.append(one)
    if !text.isEmpty && !other.isEmpty { text.append(0x20) }
    text.append(other)
    var words = [8 of Range<Int>](repeating: 0..<0)
    var count = 0
    var start = 0
    for end in 0...text.count where end == text.count || text[end] == 0x20 {
      if end > start && count < mostWords {
        var at = count
        while at > 0, precedes(text, start..<end, words[at - 1]) {
          words[at] = words[at - 1]
          at -= 1
        }
        words[at] = start..<end
        count += 1
      }
      start = end + 1
    }
    normal.clear()
    for index in 0..<count {
      if index > 0 { normal.append(0x20) }
      normal.append(text.span.extracting(words[index]))
    }
  }

  private static func precedes(
    _ text: borrowing ByteBuffer,
    _ left: Range<Int>,
    _ right: Range<Int>
  ) -> Bool {
    for (one, other) in zip(left, right) where text[one] != text[other] {
      return text[one] < text[other]
    }
    return left.count < right.count
  }
}
