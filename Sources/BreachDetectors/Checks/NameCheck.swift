package import BreachBytes
internal import BreachModel

/// Names of persons: kanji and kana names by the dictionaries, Latin names by shape.
///
/// One per worker; it keeps the split into family and given name of the last value.
package struct NameCheck: ~Copyable {
  var scalars = Scalars()
  /// End of each scalar in `Value.normal`.
  private var ends = Buffer<Int32>(capacity: 64)
  /// Some character of the value is not in its standard form.
  private var hasVariants = false
  /// Words of a Latin name, in lower case.
  private var words: [UInt8] = []
  private var wordRanges: [Range<Int>] = []
  /// Bytes of the family name in `Value.normal`; nil when the split is not known.
  package internal(set) var split: Int?
  let lists: WordLists
  let letters: NameLetters
  var lexicon = LexiconMemo()
  let bits = NameFlags()
  private let itaiji = Itaiji()
  let romaji = Romaji()
  var memo = ReadingMemo()
  /// What the last Latin name may be in kana.
  var readings = NameList()

  package init(lists: WordLists) {
    self.lists = lists
    letters = NameLetters(lists.organisationMarks, lists.honorifics, itaiji)
  }

  /// A full name; the normal form has no blanks and standard characters for variants.
  package mutating func full(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Verdict {
    split = nil
    normal.clear()
    if let verdict = plain(text, &normal) { return shaped(verdict, text) }
    return any(text, &normal)
  }

  /// A full name in any form, after `split` and `normal` were cleared.
  package mutating func any(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Verdict {
    shaped(judged(text, &normal), text)
  }

  /// What no dictionary knows may have the very shape of a name of China.
  ///
  /// Mutating, as all that is here would be copied for the call otherwise.
  private mutating func shaped(_ verdict: Verdict, _ text: Span<UInt8>) -> Verdict {
    guard verdict.result == .unknown, text.count <= 12, isChinese(text) else { return verdict }
    return Verdict(.unknown, evidence: .format, weight: -5)
  }

  private mutating func judged(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Verdict {
    if lists.isOrganisation(text) {
      for index in text.indices where text[index] != 0x20 { normal.append(text[index]) }
      return Verdict(.unknown, kind: AttributeKind(.companyName))
    }
    scalars.load(text, 0..<text.count)
    guard scalars.count >= 2, scalars.count <= 40 else { return .fail }
    if isLatin(0..<scalars.count) { return latin(text, &normal) }
    return foreign(text, &normal) ?? japanese(text, &normal)
  }

  /// Two to four ideographs behind a family name of China, one of them none that Japanese names are
  /// commonly written with.
  private func isChinese(_ text: Span<UInt8>) -> Bool {
    guard text.count >= 6, text.count % 3 == 0,
      lists.chineseSurnames.contains(text, 0..<3)
        || text.count > 6 && lists.chineseSurnames.contains(text, 0..<6)
    else { return false }
    var isForeign = false
    for at in stride(from: 0, to: text.count, by: 3) {
      let high = UInt32(text[at] & 15) << 12
      let point = high | UInt32(text[at + 1] & 63) << 6 | UInt32(text[at + 2] & 63)
      guard text[at] & 0xF0 == 0xE0, (0x4E00...0x9FFF).contains(point) else { return false }
      if !Self.everydayKanji.contains(point) { isForeign = true }
    }
    return isForeign && !lists.nameStopWords.contains(text) && !lists.isEmptyWord(text)
  }

  /// The kanji of JIS level 1.
  private static let everydayKanji: Set<UInt32> = {
    var kanji: Set<UInt32> = []
    for lead in UInt8(0xB0)...0xCF {
      for trail in UInt8(0xA1)...0xFE {
        kanji.insert(UInt32(CharsetLetters.pair(.eucJP, lead, trail)))
      }
    }
    return kanji
  }()

  /// A name in another script that has letters: by its shape alone, two letters at least; nil for
  /// other texts.
  ///
  /// The normal form is the name without blanks.
  private mutating func foreign(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Verdict? {
    var letters = 0
    for index in 0..<scalars.count {
      let scalar = scalars.values[index]
      if Script.isForeignLetter(scalar) {
        letters += 1
      } else if scalar != 0x20 && scalar != 0x2D && scalar != 0x2E && scalar != 0xB7 {
        return nil
      }
    }
    if lists.nameStopWords.contains(text) || lists.isEmptyWord(text) || letters < 2 { return .fail }
    appendStandard(0..<scalars.count, to: &normal)
    return Verdict(.unknown, evidence: .format, weight: -5)
  }

  /// A family name or a given name alone, as columns of their own hold them.
  package mutating func part(
    _ text: Span<UInt8>,
    _ normal: inout ByteBuffer,
    isFamily: Bool
  ) -> Verdict {
    split = nil
    normal.clear()
    return plainPart(text, &normal, isFamily) ?? anyPart(text, &normal, isFamily)
  }

  /// The same in any form, after `split` and `normal` were cleared.
  package mutating func anyPart(
    _ text: Span<UInt8>,
    _ normal: inout ByteBuffer,
    _ isFamily: Bool
  ) -> Verdict {
    scalars.load(text, 0..<text.count)
    guard scalars.count >= 1, scalars.count <= 30, !lists.nameStopWords.contains(text),
      !lists.isEmptyWord(text)
    else { return .fail }
    if isLatin(0..<scalars.count) {
      appendLatin(text, to: &normal)
      guard scalars.count >= 2 else { return .fail }
      for index in 0..<scalars.count {
        let scalar = scalars.values[index]
        if !isNameLatin(scalar) && scalar != 0x20 { return .fail }
      }
      return Verdict(.unknown, evidence: .format)
    }
    appendStandard(0..<scalars.count, to: &normal)
    for index in 0..<scalars.count {
      let scalar = scalars.values[index]
      if !Script.isJapanese(scalar) && scalar != 0x20 && !Script.isForeignLetter(scalar) {
        return .fail
      }
    }
    let wanted = isFamily ? bits.family : bits.given
    return partVerdict(
      lexicon.flags(text, 0..<text.count) & wanted != 0
        || lexicon.flags(normal.span, 0..<normal.count) & wanted != 0
    )
  }

  func partVerdict(_ known: Bool) -> Verdict {
    Verdict(
      known ? .pass : .unknown,
      evidence: .dictionary.when(known),
      weight: known ? 0 : -10
    )
  }

  // MARK: Japanese

  private mutating func japanese(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Verdict {
    let (count, honorific) = withoutHonorific(text)
    var blank: Int?
    var blanks = 0
    var kana = true
    for index in 0..<count {
      let scalar = scalars.values[index]
      if scalar == 0x20 {
        if blanks == 0 || scalars.values[index - 1] != 0x20 { blanks += 1 }
        blank = blank ?? index
      } else if scalar != 0x30FB && scalar != 0x2E {
        guard Script.isJapanese(scalar) else { return .fail }
        kana = kana && Script.isKatakana(scalar)
      }
    }
    appendStandard(0..<count, to: &normal)
    let letters = letterCount(count)
    guard letters >= 2, !isStopWord(text, normal.span, count) else { return .fail }
    // Names in katakana alone may have any number of parts; others have two.
    guard kana || letters <= (blank == nil ? 8 : 12) && blanks <= 1 else { return .fail }
    let sample = lists.samplePersons.contains(normal.span)
    guard let blank else { return joined(text, normal.span, count, honorific, sample) }
    var given = blank
    while given < count, scalars.values[given] == 0x20 { given += 1 }
    split = Int(ends[blank - 1])
    let strength = strength(
      flags(text, normal.span, 0..<blank),
      flags(text, normal.span, given..<count),
      prefersTop: false
    )
    return verdict(strength + (strength > 1 ? 1 : 0), honorific, sample)
  }

  /// A name without a blank: every way of cutting it is tried.
  private mutating func joined(
    _ text: Span<UInt8>,
    _ normal: Span<UInt8>,
    _ count: Int,
    _ honorific: Bool,
    _ sample: Bool
  )
    -> Verdict
  {
    var best = 0
    for index in 1..<min(count, 6) {
      let family = flags(text, normal, 0..<index)
      guard family & bits.family != 0 else { continue }
      let strength = strength(family, flags(text, normal, index..<count), prefersTop: true)
      if strength > best {
        best = strength
        if strength >= 2 { split = Int(ends[index - 1]) }
      }
      if best >= 4 { break }
    }
    return verdict(best, honorific, sample)
  }

  /// Scalars before 様, 殿, 氏, 君, さん, and whether one of these was there.
  private func withoutHonorific(_ text: Span<UInt8>) -> (Int, Bool) {
    var count = scalars.count
    var honorific = false
    for length in 1...2 where count > length + 1 {
      let range = scalars.bytes(of: count - length..<count)
      if lists.honorifics.contains(text, range) {
        count -= length
        honorific = true
        break
      }
    }
    while count > 0, scalars.values[count - 1] == 0x20 { count -= 1 }
    return (count, honorific)
  }

  /// Compared without blanks, with and without the honorific.
  private func isStopWord(_ text: Span<UInt8>, _ normal: Span<UInt8>, _ count: Int) -> Bool {
    if lists.nameStopWords.contains(normal) { return true }
    guard text.count != normal.count || hasVariants else { return false }
    return lists.nameStopWords.contains(text)
      || lists.nameStopWords.contains(text, scalars.bytes(of: 0..<count))
  }

  private func letterCount(_ count: Int) -> Int {
    var letters = 0
    for index in 0..<count where scalars.values[index] != 0x20 { letters += 1 }
    return letters
  }

  func verdict(_ strength: Int, _ honorific: Bool, _ sample: Bool) -> Verdict {
    let known = strength >= 2
    return Verdict(
      known ? .pass : .unknown,
      evidence: .dictionary.when(known) | .honorific.when(honorific),
      weight: known ? min(strength, 4) : -10,
      isSample: sample
    )
  }

  /// 0 unknown, 1 family known, 2 both known in the wide dictionary, 3 both in the strict one.
  ///
  /// A frequent family name adds one to 2 and 3.
  func strength(_ first: UInt16, _ second: UInt16, prefersTop: Bool) -> Int {
    guard first & bits.family != 0 else { return 0 }
    guard second & bits.given != 0 else { return 1 }
    let isStrict = first & bits.strictFamily != 0 && second & bits.strictGiven != 0
    return (isStrict ? 3 : 2) + (prefersTop && first & bits.topFamily != 0 ? 1 : 0)
  }

  /// A name in kanji in normal form that begins with a family name and is none itself.
  mutating func endsInGiven(_ normal: Span<UInt8>) -> Bool {
    guard normal.count >= 9, normal[0] >= 0xE3, normal.count.isMultiple(of: 3),
      lexicon.flags(normal, 0..<normal.count) & bits.family == 0
    else { return false }
    for end in stride(from: 3, to: min(normal.count, 18), by: 3)
    where lexicon.flags(normal, 0..<end) & bits.family != 0 { return true }
    return false
  }

  /// What the lexicon knows of some scalars, as written or in standard characters.
  private mutating func flags(
    _ text: Span<UInt8>,
    _ normal: Span<UInt8>,
    _ range: Range<Int>
  ) -> UInt16 {
    guard !range.isEmpty else { return 0 }
    let flags = lexicon.flags(text, scalars.bytes(of: range))
    guard hasVariants, flags & (bits.family | bits.given) == 0 else { return flags }
    let start = range.lowerBound == 0 ? 0 : Int(ends[range.lowerBound - 1])
    return lexicon.flags(normal, start..<Int(ends[range.upperBound - 1]))
  }

  /// Appends scalars without blanks, variants folded to the standard character.
  private mutating func appendStandard(_ range: Range<Int>, to out: inout ByteBuffer) {
    ends.clear()
    hasVariants = false
    for index in range {
      let scalar = scalars.values[index]
      // Kana have no variants.
      if scalar >= 0x3400 {
        let standard = itaiji.standard(of: scalar)
        hasVariants = hasVariants || standard != scalar
        appendUTF8(standard, to: &out)
      } else if scalar != 0x20 {
        appendUTF8(scalar, to: &out)
      }
      ends.append(Int32(out.count))
    }
  }

  // MARK: Latin

  private func isLatin(_ range: Range<Int>) -> Bool {
    for index in range {
      let scalar = scalars.values[index]
      // Vietnamese letters, and the typographic apostrophe.
      if scalar >= 0x250 && !(0x1E00...0x1EFF).contains(scalar) && scalar != 0x2019 { return false }
    }
    return true
  }

  /// Test User is a sample's name, though nobody is called like that.
  private mutating func latinSample(_ normal: inout ByteBuffer) -> Verdict {
    guard wordRanges.count == 2 else { return .fail }
    appendSorted(to: &normal)
    if lists.samplePersons.contains(normal.span) { return Verdict(.unknown, isSample: true) }
    normal.clear()
    return .fail
  }

  /// The words in the order of the alphabet, a blank between.
  private mutating func appendSorted(to normal: inout ByteBuffer) {
    sortWords()
    for (index, word) in wordRanges.enumerated() {
      if index > 0 { normal.append(0x20) }
      for at in word { normal.append(words[at]) }
    }
  }

  /// Two to four words of letters, each beginning with a capital or all in capitals.
  ///
  /// The normal form has the words in order, for nothing tells family from given name.
  private mutating func latin(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Verdict {
    words.removeAll(keepingCapacity: true)
    wordRanges.removeAll(keepingCapacity: true)
    var capitals = 0
    var start = -1
    for index in 0...scalars.count {
      let scalar = index < scalars.count ? scalars.values[index] : 0x20
      if scalar == 0x20 || scalar == 0x2C {
        if start >= 0 { wordRanges.append(start..<words.count) }
        start = -1
        continue
      }
      guard isNameLatin(scalar) else { return .fail }
      if start < 0 {
        start = words.count
        if scalar < 0x61 || (0xC0...0xDE).contains(scalar) || scalar >= 0x100 { capitals += 1 }
      }
      let letter = LatinNames.plain(scalar)
      if letter > 0 {
        words.append(letter)
        let second = LatinNames.second(scalar)
        if second > 0 { words.append(second) }
      } else {
        for at in scalars.bytes(of: index..<index + 1) { words.append(lowercased(text[at])) }
      }
    }
    guard (2...4).contains(wordRanges.count), scalars.count >= 5 else { return .fail }
    for word in wordRanges where lists.latinStopWords.contains(words.span, word) {
      return capitals == 2 ? latinSample(&normal) : .fail
    }
    let isKnown = isKnownLatin()
    appendSorted(to: &normal)
    return Verdict(
      isKnown ? .pass : .unknown,
      evidence: isKnown ? .dictionary : .format,
      weight: capitals == wordRanges.count ? (isKnown ? 0 : -5) : -30,
      isSample: lists.samplePersons.contains(normal.span)
    )
  }

  /// Appends the scalars in lower case and without accents, one blank between words.
  private func appendLatin(_ text: Span<UInt8>, to out: inout ByteBuffer) {
    for index in 0..<scalars.count {
      let scalar = scalars.values[index]
      if scalar == 0x20 && (out.isEmpty || out.lastByte == 0x20) { continue }
      let letter = LatinNames.plain(scalar)
      if letter > 0 {
        out.append(letter)
        let second = LatinNames.second(scalar)
        if second > 0 { out.append(second) }
      } else {
        for at in scalars.bytes(of: index..<index + 1) { out.append(lowercased(text[at])) }
      }
    }
  }

  /// The first and the last word are a given and a family name, in either order, and not both words
  /// of English as well.
  private func isKnownLatin() -> Bool {
    guard let first = wordRanges.first, let last = wordRanges.last else { return false }
    let one = LatinNames.flags(words.span.extracting(first))
    let other = LatinNames.flags(words.span.extracting(last))
    let fits =
      one.contains(.given) && other.contains(.family)
      || one.contains(.family) && other.contains(.given)
    return fits && !(one.contains(.word) && other.contains(.word))
  }

  private mutating func sortWords() {
    for index in 1..<wordRanges.count {
      var at = index
      while at > 0, words[wordRanges[at]].lexicographicallyPrecedes(words[wordRanges[at - 1]]) {
        wordRanges.swapAt(at, at - 1)
        at -= 1
      }
    }
  }

  private func isNameLatin(_ scalar: UInt32) -> Bool {
    scalar < 0x80
      ? isLetter(UInt8(scalar)) || scalar == 0x27 || scalar == 0x2D || scalar == 0x2E
      : (0xC0...0x24F).contains(scalar) && scalar != 0xD7 && scalar != 0xF7
        || (0x1E00...0x1EFF).contains(scalar) || scalar == 0x2019
  }
}
