internal import BreachBytes

/// Words that tell the class of persons, held against whole words of a name: `order` is in `orders_2024`
/// and `customerOrders`, not in `border`.
struct ClassWords: Sendable {
  private struct Word {
    /// Keys of its words in Latin letters, one after the other; one key of any other script.
    var keys: [[UInt8]]
    var name: String
  }

  /// Those of the class that is asked first come first.
  private var words: [Word] = []

  /// Adds a word of a class.
  mutating func add(_ word: String, name: String) {
    let keys = Self.words(of: word)
    if !keys.isEmpty { words.append(Word(keys: keys, name: name)) }
  }

  /// The class of the first word that the name has; empty for none, and where a word says that none is meant.
  ///
  /// `isEnd` tells of what follows a word in a run of letters whether it is one by itself: `name` in
  /// `customername`.
  func find(in name: String, isEnd: ([UInt8]) -> Bool) -> String {
    let keys = Self.words(of: name)
    guard !keys.isEmpty else { return "" }
    let found = words.first { word in
      guard keys.count >= word.keys.count else { return false }
      return (0...keys.count - word.keys.count).contains { start in
        zip(keys[start...], word.keys).allSatisfy { Self.fits($0, $1, isEnd) }
      }
    }
    return found.map { $0.name == Self.none ? "" : $0.name } ?? ""
  }

  /// What words are listed under that only look like those of a class: 会社員.
  private static let none = "none"

  private static func fits(_ key: [UInt8], _ word: [UInt8], _ isEnd: ([UInt8]) -> Bool) -> Bool {
    guard key.count >= word.count else { return false }
    if word[0] >= 0x80 { return contains(key, word) }
    guard key.starts(with: word) else { return false }
    let rest = Array(key[word.count...])
    if rest.isEmpty || rest.elementsEqual("s".utf8) || rest.elementsEqual("es".utf8) { return true }
    return word.count > 4 && isEnd(rest)
  }

  /// Characters of other scripts stand one after the other; a word in katakana has no more of it around.
  private static func contains(_ key: [UInt8], _ word: [UInt8]) -> Bool {
    (0...key.count - word.count).contains { start in
      let end = start + word.count
      return key[start..<end].elementsEqual(word)
        && !(isKatakana(key, start) && isKatakana(key, start - 3))
        && !(isKatakana(key, end - 3) && isKatakana(key, end))
    }
  }

  private static func isKatakana(_ key: [UInt8], _ at: Int) -> Bool {
    guard at >= 0, at + 2 < key.count, key[at] == 0xE3 else { return false }
    return key[at + 1] == 0x83 || key[at + 1] == 0x82 && key[at + 2] >= 0xA0
  }

  /// The words of a name, as keys: user_id, userId and "User ID" have two, 会員番号 is one.
  static func words(of name: String) -> [[UInt8]] {
    enum Sort { case none, lower, upper, other }
    func sort(_ scalar: Unicode.Scalar) -> Sort {
      let properties = scalar.properties
      guard properties.isAlphabetic || scalar.value == 0x30FC || scalar.value == 0xFF70 else {
        return .none
      }
      // Wide letters are Latin, too.
      guard scalar.value < 0x250 || (0xFF21...0xFF5A).contains(scalar.value) else { return .other }
      return properties.isUppercase ? .upper : .lower
    }
    var found: [[UInt8]] = []
    var word = ""
    func close() {
      let key = VocabularyKey.of(word.utf8)
      if !key.isEmpty { found.append(key) }
      word = ""
    }
    let scalars = Array(name.unicodeScalars)
    let sorts = scalars.map(sort)
    for (index, scalar) in scalars.enumerated() {
      let (own, before) = (sorts[index], index > 0 ? sorts[index - 1] : .none)
      let follows = index + 1 < sorts.count ? sorts[index + 1] : .none
      let begins =
        (own == .other) != (before == .other) || own == .upper && before == .lower
        || own == .upper && before == .upper && follows == .lower
      if own == .none || begins { close() }
      if own != .none { word.unicodeScalars.append(scalar) }
    }
    close()
    return found
  }
}
