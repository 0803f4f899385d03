import BreachBytes
import BreachModel
import BreachPatterns
import BreachPersons

/// One value of a hand-written record.
enum Item {
  /// Family and given name with a blank between; a single word has no parts.
  case name(String)
  /// The same in kana.
  case kana(String)
  /// A name in Latin letters, and the kana that it may stand for.
  case latin(String, kana: [String] = [])
  case family(String)
  case given(String)
  /// The key of a table's row.
  case key(String)
  case mail(String)
  case role(String)
  case mobile(String)
  case landline(String)
  /// The end of a phone number of another country.
  case tail(String)
  case business(String)
  case value(DataType, String)
  /// Seen in free text beside the record.
  case mention(DataType, String)
  /// What of an address is the house; equal to an address that says no more.
  case house(String)
  /// An address that ends with a town.
  case town(String)
  /// A full name in kanji of which nobody knows where the given name begins.
  case unsplit(String)

  static func birth(_ text: String) -> Item { .value(.birthDate, text) }
  static func address(_ text: String) -> Item { .value(.address, text) }
}

/// Records written by hand, in source order.
struct Sheet {
  private typealias Entry = (
    shape: IdentityShape, residence: Int, age: Int, row: UInt64, digests: [UInt64]
  )
  private var records: [Entry] = []

  /// Adds a record; rows with one `row` text are equal to the letter.
  mutating func add(
    _ items: Item...,
    flags: IdentityFlags = [],
    row: String? = nil,
    personClass: String = "",
    residence: Int = 0,
    age: Int = 0,
    possible: Bool = false,
    idSpace: UInt64 = 0,
    table: UInt32 = 0
  ) {
    add(
      items,
      flags: flags,
      row: row,
      personClass: personClass,
      residence: residence,
      age: age,
      possible: possible,
      idSpace: idSpace,
      table: table
    )
  }

  mutating func add(
    _ items: [Item],
    flags: IdentityFlags = [],
    row: String? = nil,
    personClass: String = "",
    residence: Int = 0,
    age: Int = 0,
    possible: Bool = false,
    idSpace: UInt64 = 0,
    table: UInt32 = 0
  ) {
    var kinds: [AttributeKind] = []
    var digests: [UInt64] = []
    var types = TypeSet(rawValue: 0)
    for item in items {
      for (kind, text) in Self.parts(item) {
        kinds.append(kind)
        let isID = kind == AttributeKind(.memberID)
        digests.append(
          kind == .givenName
            ? Self.withLetters(Self.digest(text, kind), text)
            : Self.digest(text, kind) ^ (isID ? idSpace : 0)
        )
        if let type = kind.type { types.insert(type) }
      }
    }
    let shape = IdentityShape(
      kinds: kinds,
      types: types,
      certain: possible ? TypeSet(rawValue: 0) : types,
      flags: flags,
      personClass: personClass,
      idSpace: idSpace,
      table: table << 16 | table
    )
    let text = row ?? "row \(records.count)"
    records.append((shape, residence, age, Self.digest(text, 999), digests))
  }

  private static func parts(_ item: Item) -> [(AttributeKind, String)] {
    switch item {
    case .name(let text): named(text, AttributeKind(.personName), .familyName, .givenName)
    case .kana(let text): named(text, AttributeKind(.personNameKana), .familyKana, .givenKana)
    case .latin(let text, let kana):
      [(AttributeKind(.personName), text), (.latinWords, text)] + kana.map { (.reading, $0) }
    case .family(let text): [(.familyName, text)]
    case .given(let text): [(.givenName, text)]
    case .key(let text): [(.rowKey, text)]
    case .mail(let text): [(AttributeKind(.emailAddress), text)]
    case .role(let text): [(.roleEmail, text)]
    case .mobile(let text): [(.mobilePhone, text)]
    case .landline(let text): [(AttributeKind(.phoneNumber), text)]
    case .tail(let text): [(.phoneTail, text)]
    case .business(let text): [(.businessPhone, text)]
    case .value(let type, let text): [(AttributeKind(type), text)]
    case .mention(let type, let text): [(.mention(type), text)]
    case .house(let text): [(.house, text)]
    case .town(let text): [(.town, text)]
    case .unsplit(let text): [(AttributeKind(.personName), text), (.givenEnd, text)]
    }
  }

  private static func named(
    _ text: String,
    _ whole: AttributeKind,
    _ family: AttributeKind,
    _ given: AttributeKind
  ) -> [(AttributeKind, String)] {
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 2 else { return [(whole, text)] }
    return [(whole, words.joined()), (family, words[0]), (given, words[1])]
  }

  /// A given name's digest, whose lowest bits stand for its letters under every key.
  private static func withLetters(_ digest: UInt64, _ text: String) -> UInt64 {
    let letters = text.map { letter($0) }
    let bits = (letters.first ?? 0) << 6 | (letters.last ?? 0)
    return digest & ~AttributeKind.letterBits | bits
  }

  private static func letter(_ letter: Character) -> UInt64 { digest(String(letter), 998) & 63 }

  /// The words of a name, two bits each, and how many there are.
  static func words(of name: String) -> UInt64 {
    let words = name.split(separator: " ")
    let marks: UInt64 = words.reduce(0) { marks, word in
      let word = digest(String(word), UInt64(AttributeKind.latinWords.rawValue))
      return marks | 1 << (word & 31) | 1 << (word >> 8 & 31)
    }
    let count = 2...4 ~= words.count ? UInt64(words.count - 1) : 0
    return marks | count << AttributeKind.latinCountShift
  }

  /// Readings are digests of kana, and words of names are no digests.
  private static func digest(_ text: String, _ kind: AttributeKind) -> UInt64 {
    switch kind {
    case .reading: digest(text, UInt64(AttributeKind(.personNameKana).rawValue))
    case .house: digest(text, UInt64(AttributeKind(.address).rawValue))
    case .latinWords: words(of: text)
    case .givenEnd: text.last.map(letter) ?? 0
    default: digest(text, UInt64(kind.rawValue))
    }
  }

  /// Uniform over 64 bits and equal for equal text, as keyed digests are.
  static func digest(_ text: String, _ salt: UInt64) -> UInt64 {
    var state = salt &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678
    for byte in text.utf8 {
      state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
      state ^= state >> 29
    }
    state = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    state = (state ^ state >> 27) &* 0x94D0_49BB_1331_11EB
    return state ^ state >> 31
  }

  /// Counts under the built-in rules, the records cut into chunks of `size`, digests under `key`.
  func count(
    chunksOf size: Int = 1_000,
    key: UInt64 = 0,
    room: ColumnRoom = ColumnRoom(),
    log: LinkLog? = nil,
    decisions: [LinkDecision] = []
  ) throws -> PersonCounter<MemoryIdentityStore>.Outcome {
    var counter = PersonCounter(
      MemoryIdentityStore(chunks(of: size, key), room),
      try LinkRules(try PatternLibrary())
    )
    counter.log = log
    counter.decisions = decisions
    return counter.run()
  }

  /// The digest under another key: different stay different, and their order is another.
  private static func keyed(_ digest: UInt64, _ key: UInt64) -> UInt64 {
    var state = (digest ^ key) &* 0xBF58_476D_1CE4_E5B9
    state = (state ^ state >> 31) &* 0x94D0_49BB_1331_11EB
    return key == 0 ? digest : state ^ state >> 29
  }

  private func chunks(of size: Int, _ key: UInt64) -> [IdentityChunk] {
    var chunks: [IdentityChunk] = []
    var start = 0
    while start < records.count {
      var chunk = IdentityChunk()
      for record in records[start..<min(start + size, records.count)] {
        let known = chunk.shapes.firstIndex(of: record.shape)
        if known == nil { chunk.shapes.append(record.shape) }
        chunk.append(
          shape: known ?? chunk.shapes.count - 1,
          residence: record.residence,
          age: record.age,
          row: Self.keyed(record.row, key),
          digests: zip(record.shape.kinds, record.digests).map { kind, digest in
            switch kind {
            case .latinWords: digest
            case .givenName:
              Self.keyed(digest, key) & ~AttributeKind.letterBits
                | digest & AttributeKind.letterBits
            default: Self.keyed(digest, key)
            }
          }
        )
      }
      chunks.append(chunk)
      start += size
    }
    return chunks
  }
}
