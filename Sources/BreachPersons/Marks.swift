internal import BreachBytes
internal import BreachModel

/// Birth date, given name, given name in kana, official number: shortened digests; 0 = unknown.
///
/// Names in Latin letters do not tell which word is which: of two, one has all words of the other.
///
/// The lowest four bits of the official number tell which kind of number it is. Of whom somebody decided that
/// both of two values are theirs, a mark is `any` and differs from none.
struct Marks: BitwiseCopyable, Equatable {
  var birth: UInt32 = 0
  /// The lowest twelve bits are those of its letters; of one of which the last alone is known, six.
  var given: UInt32 = 0
  var givenKana: UInt32 = 0
  /// The full name but in kana: where it is one, it matters little how it was cut in two.
  ///
  /// Above the lowest bit, two bits say how many words it has in Latin letters, less one.
  var name: UInt32 = 0
  var official: UInt32 = 0
  /// The words of a name in Latin letters, two bits each.
  var latin: UInt32 = 0
  /// As in `ShapeFacts`: what two entities may both know and differ in.
  var known: UInt32 = 0

  init() {}

  /// Marks of the record whose digests begin at `start`.
  @inline(__always)
  init(_ words: Span<UInt64>, _ start: Int, _ facts: ShapeFacts) {
    func short(_ position: Int) -> UInt32 {
      position < 0 ? 0 : UInt32(truncatingIfNeeded: words[start + position] >> 32) | 1
    }
    birth = short(facts.birth)
    if facts.given >= 0 {
      let digest = words[start + facts.given]
      let letters = UInt32(digest & AttributeKind.letterBits)
      given = UInt32(truncatingIfNeeded: digest >> 44) << 12 | letters
      if given == 0 && digest >= UInt64(Self.firstLetter) { given = 1 << 31 }
    }
    givenKana = short(facts.givenKana)
    name = short(facts.name) & ~Self.countBits
    known = facts.known
    if facts.latinWords >= 0 {
      let marks = words[start + facts.latinWords]
      latin = UInt32(truncatingIfNeeded: marks)
      let count = UInt32(truncatingIfNeeded: marks >> AttributeKind.latinCountShift) & 3
      if name != 0 { name |= count << 1 }
    }
    // Only numbers of one kind can differ: the kind takes the place of the lowest bits.
    official = short(facts.official) & ~0xF | facts.officialKind
  }

  /// Another birth date, official number or given name, as far as the rule minds.
  func conflicts(with other: Marks, _ rule: LinkRule) -> Bool {
    if let most = rule.mostDiffering, rule.comparable(known & other.known) > most { return true }
    return switch rule.despite {
    case .all: false
    case .names: differsInFacts(other)
    case .slips: differsInFacts(other) || differsInName(other) && !isSlip(other)
    case .nothing: conflicts(with: other)
    }
  }

  /// Another birth date, another official number, or another given name.
  func conflicts(with other: Marks) -> Bool { differsInFacts(other) || differsInName(other) }

  private func differsInFacts(_ other: Marks) -> Bool {
    Self.differ(birth, other.birth)
      || (official & 0xF == other.official & 0xF && Self.differ(official, other.official))
  }

  /// Two given names in kanji that begin or end alike, and nothing else in the way.
  private func isSlip(_ other: Marks) -> Bool {
    let differing = given ^ other.given
    return differsInGiven(other) && !Self.differ(givenKana, other.givenKana)
      && (differing & 0xFC0 == 0 || differing & 0x3F == 0)
      && (latin & other.latin == latin || latin & other.latin == other.latin)
  }

  /// Readings are compared only where the kanji do not already agree.
  private func differsInName(_ other: Marks) -> Bool {
    // 西野萌 is 西野 and 萌, or 西 and 野萌.
    if name != 0 && isNamed(like: other) { return false }
    return differsInGiven(other)
      || (latin & other.latin != latin && latin & other.latin != other.latin)
      || differsInWords(other)
      || (Self.differ(givenKana, other.givenKana)
        && (given < Self.firstLetter || given != other.given))
  }

  private static let countBits: UInt32 = 6

  private func isNamed(like other: Marks) -> Bool { (name ^ other.name) & ~Self.countBits == 0 }

  /// Two names of as many words in Latin letters are one name or have not all words in common, whatever
  /// bits these share.
  ///
  /// Who has more words than the name has is not compared by it.
  private func differsInWords(_ other: Marks) -> Bool {
    guard latin != 0, other.latin != 0, Self.differ(name, other.name), !isNamed(like: other) else {
      return false
    }
    let count = name >> 1 & 3
    return count != 0 && count == other.name >> 1 & 3
      && max(latin.nonzeroBitCount, other.latin.nonzeroBitCount) <= 2 * (Int(count) + 1)
  }

  /// The lowest bit of a given name's first letter: what is below is the last one alone.
  private static let firstLetter: UInt32 = 1 << 6

  /// Of a given name that begins nobody knows where the last letter is compared.
  private func differsInGiven(_ other: Marks) -> Bool {
    guard Self.differ(given, other.given) else { return false }
    return min(given, other.given) >= Self.firstLetter
      || (given ^ other.given) & (Self.firstLetter - 1) != 0
  }

  private static let any = UInt32.max

  private static func differ(_ left: UInt32, _ right: UInt32) -> Bool {
    left != 0 && right != 0 && left != right && left != any && right != any
  }

  /// Takes what the other knows of the same person, who has what is known here.
  mutating func adopt(_ other: Marks) { join(other) { $0 == 0 || $1 == Self.any ? $1 : $0 } }

  /// Takes what the other knows though it may differ: somebody decided that they are one person.
  mutating func accept(_ other: Marks) {
    // Of two kinds of official numbers only the first is kept, as ever.
    let kept = official & 0xF == other.official & 0xF ? nil : official
    join(other) { $0 == 0 || $1 == Self.any ? $1 : Self.differ($0, $1) ? Self.any : $0 }
    if let kept, kept != 0 { official = kept }
  }

  @inline(__always)
  private mutating func join(_ other: Marks, _ one: (UInt32, UInt32) -> UInt32) {
    birth = one(birth, other.birth)
    // Who is known by the last letter alone is known by the name from now on.
    let isWhole = given < Self.firstLetter && other.given > given && !differsInGiven(other)
    given = isWhole ? other.given : one(given, other.given)
    givenKana = one(givenKana, other.givenKana)
    // Of who has several names none is compared word by word.
    let hasSeveral = Self.differ(name, other.name)
    name = one(name, other.name)
    if hasSeveral && name != Self.any { name &= ~Self.countBits }
    official = one(official, other.official)
    latin |= other.latin
    known |= other.known
  }
}

/// The marks of all records, in as many words as some record of theirs needs.
///
/// They lie in memory, or else in a file.
struct MarkTable {
  private let words: Column<UInt32>?
  private let file: RecordFile<UInt32>?
  private let width: Int
  /// By mark: its word, or -1 where no record has it.
  private let places: SIMD8<Int>

  /// Room for the marks of `count` records of these shapes.
  init(_ facts: [ShapeFacts], _ count: Int, _ room: ColumnRoom) {
    var width = 0
    var places = SIMD8(repeating: -1)
    let known: [(ShapeFacts) -> Bool] = [
      { $0.birth >= 0 }, { $0.given >= 0 }, { $0.givenKana >= 0 }, { $0.name >= 0 },
      { $0.official >= 0 }, { $0.latinWords >= 0 }, { $0.known != 0 },
    ]
    for (mark, isKnown) in known.enumerated() where facts.contains(where: isKnown) {
      places[mark] = width
      width += 1
    }
    (self.places, self.width) = (places, width)
    let fits = count * width * 4 <= room.left(.inOrder)
    file = fits ? nil : room.file(count * width)
    words = file == nil ? room.column(count * width, .inOrder) : nil
  }

  subscript(record: Int) -> Marks {
    @inline(__always) get {
      let start = record * width
      guard let words else {
        let read = file?.few(start, width) ?? SIMD8(repeating: 0)
        return Marks { places[$0] < 0 ? 0 : read[places[$0]] }
      }
      return Marks { places[$0] < 0 ? 0 : words[start + places[$0]] }
    }
    nonmutating set {
      var filling = Filling(self, from: record)
      filling.append(newValue)
      filling.flush()
    }
  }

  /// Marks that are put one behind the other, from a record on.
  struct Filling {
    private let table: MarkTable
    private var start: Int
    private var packed: [UInt32] = []

    init(_ table: MarkTable, from record: Int) {
      self.table = table
      start = record * table.width
    }

    @inline(__always)
    mutating func append(_ marks: Marks) {
      let places = table.places
      guard let words = table.words else {
        marks.forEach { if places[$0] >= 0 { packed.append($1) } }
        if packed.count >= 1 << 16 { flush() }
        return
      }
      marks.forEach { if places[$0] >= 0 { words[start + places[$0]] = $1 } }
      start += table.width
    }

    /// Writes what is not written yet; to be called at the end.
    mutating func flush() {
      if packed.isEmpty { return }
      table.file?.write(start, packed)
      start += packed.count
      packed.removeAll(keepingCapacity: true)
    }
  }
}

extension Marks {
  /// Its fields in their order.
  @inline(__always)
  init(_ word: (Int) -> UInt32) {
    (birth, given, givenKana) = (word(0), word(1), word(2))
    (name, official, latin, known) = (word(3), word(4), word(5), word(6))
  }

  @inline(__always)
  func forEach(_ body: (Int, UInt32) -> Void) {
    body(0, birth)
    body(1, given)
    body(2, givenKana)
    body(3, name)
    body(4, official)
    body(5, latin)
    body(6, known)
  }
}
