internal import BreachBytes
internal import BreachModel

/// Names of persons: kanji and kana names by the dictionaries, Latin names by shape.
///
/// One per worker; it keeps the split into family and given name of the last value.
package struct NameCheck {
  private var scalars = Scalars()
  /// Byte ranges in `Value.normal`; nil when the split is not known.
  package private(set) var split: Int?
  private let lists: WordLists

  package init(lists: WordLists) { self.lists = lists }

  /// A full name; the normal form has no blanks and standard characters for variants.
  package mutating func full(_ value: inout Value) -> Verdict {
    split = nil
    scalars.load(value.folded)
    if lists.isOrganisation(value.folded) {
      value.normal.append(contentsOf: value.folded)
      return Verdict(.unknown, kind: AttributeKind(.companyName))
    }
    guard scalars.count >= 2, scalars.count <= 40 else { return .fail }
    if scalars.values.allSatisfy({ $0 < 0x250 }) { return latin(&value) }
    return japanese(&value)
  }

  /// A family name or a given name alone, as columns of their own hold them.
  package mutating func part(_ value: inout Value, isFamily: Bool) -> Verdict {
    split = nil
    scalars.load(value.folded)
    guard scalars.count >= 1, scalars.count <= 20, !lists.isStopWord(value.folded) else {
      return .fail
    }
    appendStandard(0..<scalars.count, to: &value.normal)
    if scalars.values.allSatisfy({ $0 < 0x250 }) {
      for index in value.normal.indices { value.normal[index] = EmailCheck.lower(value.normal[index]) }
      let shaped = scalars.values.allSatisfy { isNameLatin($0) } && scalars.count >= 2
      return shaped ? Verdict(.unknown, evidence: .format) : .fail
    }
    guard scalars.values.allSatisfy({ Script.isJapanese($0) || $0 == 0x20 }) else { return .fail }
    let flags = Lexicon.flags(value.folded.span).union(Lexicon.flags(value.normal.span))
    let known = !flags.isDisjoint(
      with: isFamily ? [.surname, .surnameKana] : [.given, .givenKana])
    return Verdict(
      known ? .pass : .unknown, evidence: known ? .dictionary : [], weight: known ? 0 : -10)
  }

  // MARK: Japanese

  private mutating func japanese(_ value: inout Value) -> Verdict {
    var count = scalars.count
    var honorific = false
    if count > 2, lists.honorifics.contains(scalars.values[count - 1]) {
      count -= 1
      honorific = true
    } else if count > 3, scalars.values[count - 2] == 0x3055, scalars.values[count - 1] == 0x3093 {
      count -= 2
      honorific = true
    }
    while count > 0, scalars.values[count - 1] == 0x20 { count -= 1 }
    var blank: Int?
    for index in 0..<count {
      let scalar = scalars.values[index]
      if scalar == 0x20 {
        blank = blank ?? index
        continue
      }
      if scalar == 0x30FB || scalar == 0xFF0E || scalar == 0x2E { continue }
      guard Script.isJapanese(scalar) else { return .fail }
    }
    if lists.isStopWord(Array(value.folded[..<scalars.offsets[count]])) { return .fail }
    let letters = count - (0..<count).filter { scalars.values[$0] == 0x20 }.count
    guard letters >= 2 else { return .fail }
    let sample = lists.isSamplePerson(compact(value.folded, count))
    if let blank {
      appendStandard(0..<blank, to: &value.normal)
      split = value.normal.count
      appendStandard(blank..<count, to: &value.normal)
      let family = flags(value.folded, 0, blank)
      let given = flags(value.folded, blank + 1, count)
      let strength = Self.strength(family, given)
      guard letters <= 12 || isKatakanaOnly(count) else { return .fail }
      return verdict(strength + (strength > 0 ? 1 : 0), honorific, sample)
    }
    appendStandard(0..<count, to: &value.normal)
    guard letters <= 8 || isKatakanaOnly(count) else { return .fail }
    var best = -1
    for index in 1..<min(count, 6) {
      let family = flags(value.folded, 0, index)
      guard !family.isDisjoint(with: [.surname, .surnameKana]) else { continue }
      let given = flags(value.folded, index, count)
      var strength = Self.strength(family, given)
      if strength > 0 && family.contains(.topSurname) { strength += 1 }
      if strength > best {
        best = strength
        split = strength > 0 ? standardLength(0..<index) : nil
      }
      if strength >= 4 { break }
    }
    return verdict(max(best, 0), honorific, sample)
  }

  private func verdict(_ strength: Int, _ honorific: Bool, _ sample: Bool) -> Verdict {
    let known = strength >= 2
    return Verdict(
      known ? .pass : .unknown,
      evidence: (known ? Evidence.dictionary : []).union(honorific ? .honorific : []),
      weight: known ? min(strength, 4) : -10, isSample: sample)
  }

  /// 0 unknown, 1 family known, 2 both known in the wide dictionary, 3 both in the strict one.
  private static func strength(_ family: LexiconFlags, _ given: LexiconFlags) -> Int {
    let isFamily = !family.isDisjoint(with: [.surname, .surnameKana])
    let isGiven = !given.isDisjoint(with: [.given, .givenKana])
    if family.contains(.surnameA) && given.contains(.givenA) { return 3 }
    if isFamily && isGiven { return 2 }
    return isFamily ? 1 : 0
  }

  private func flags(_ bytes: [UInt8], _ from: Int, _ to: Int) -> LexiconFlags {
    guard from < to else { return [] }
    let range = scalars.offsets[from]..<scalars.offsets[to]
    return Lexicon.flags(bytes.span.extracting(range))
  }

  private func isKatakanaOnly(_ count: Int) -> Bool {
    (0..<count).allSatisfy {
      Script.isKatakana(scalars.values[$0]) || scalars.values[$0] == 0x20
    }
  }

  private func compact(_ bytes: [UInt8], _ count: Int) -> [UInt8] {
    bytes[..<scalars.offsets[count]].filter { $0 != 0x20 }
  }

  /// Appends scalars without blanks, variants folded to the standard character.
  private func appendStandard(_ range: Range<Int>, to out: inout [UInt8]) {
    for index in range where scalars.values[index] != 0x20 {
      let scalar = Itaiji.fold(scalars.values[index])
      appendUTF8(scalar, to: &out)
    }
  }

  private func standardLength(_ range: Range<Int>) -> Int {
    var length = 0
    for index in range where scalars.values[index] != 0x20 {
      let scalar = Itaiji.fold(scalars.values[index])
      length += scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4
    }
    return length
  }

  // MARK: Latin

  /// Two to four words of letters, each beginning with a capital or all in capitals.
  private mutating func latin(_ value: inout Value) -> Verdict {
    var words = 0
    var capitals = 0
    var inWord = false
    for scalar in scalars.values {
      if scalar == 0x20 || scalar == 0x2C {
        inWord = false
        continue
      }
      guard isNameLatin(scalar) else { return .fail }
      if !inWord {
        words += 1
        if scalar < 0x61 || scalar >= 0xC0 { capitals += 1 }
        inWord = true
      }
    }
    guard (2...4).contains(words), scalars.count >= 5 else { return .fail }
    var parts: [[UInt8]] = [[]]
    for byte in value.folded {
      if byte == 0x20 || byte == 0x2C {
        if parts[parts.count - 1].isEmpty { continue }
        parts.append([])
      } else {
        parts[parts.count - 1].append(EmailCheck.lower(byte))
      }
    }
    parts.removeAll { $0.isEmpty }
    if parts.contains(where: { lists.latinStopWords.contains($0) }) { return .fail }
    // The order of given and family name is not told by the text: sorted, both agree.
    parts.sort { $0.lexicographicallyPrecedes($1) }
    for (index, part) in parts.enumerated() {
      if index > 0 { value.normal.append(0x20) }
      value.normal.append(contentsOf: part)
    }
    return Verdict(.unknown, evidence: .format, weight: capitals == words ? -5 : -30)
  }

  private func isNameLatin(_ scalar: UInt32) -> Bool {
    (0x41...0x5A).contains(scalar) || (0x61...0x7A).contains(scalar)
      || (0xC0...0x24F).contains(scalar) || scalar == 0x27 || scalar == 0x2D || scalar == 0x2E
  }

  // MARK: kana

  /// A name in kana; the normal form is full-width katakana without blanks.
  package mutating func kana(_ value: inout Value) -> Verdict {
    split = nil
    scalars.load(value.folded)
    guard scalars.count >= 1, scalars.count <= 40 else { return .fail }
    var blank: Int?
    var written: [UInt8] = []
    for index in 0..<scalars.count where scalars.values[index] == 0x20 && blank == nil {
      blank = index
    }
    guard Kana.appendKatakana(scalars, to: &written), written.count >= 6 else { return .fail }
    value.normal = written
    if let blank {
      var head = Scalars()
      head.load(Array(value.folded[..<scalars.offsets[blank]]))
      var family: [UInt8] = []
      _ = Kana.appendKatakana(head, to: &family)
      split = family.count
      let known =
        Lexicon.flags(family.span).contains(.surnameKana)
        || Lexicon.flags(Array(written[family.count...]).span).contains(.givenKana)
      return Verdict(
        known ? .pass : .unknown, evidence: known ? .dictionary : [], weight: known ? 2 : -10)
    }
    var at = 6
    while at + 6 <= written.count {
      if Lexicon.flags(written.span.extracting(0..<at)).contains(.surnameKana),
        Lexicon.flags(written.span.extracting(at..<written.count)).contains(.givenKana)
      {
        split = at
        return Verdict(.pass, evidence: .dictionary)
      }
      at += 3
    }
    let single = Lexicon.flags(written.span)
    let known = !single.isDisjoint(with: [.surnameKana, .givenKana])
    return Verdict(
      known ? .pass : .unknown, evidence: known ? .dictionary : [], weight: known ? 0 : -10)
  }
}

/// Appends a scalar's UTF-8 bytes.
func appendUTF8(_ scalar: UInt32, to out: inout [UInt8]) {
  switch scalar {
  case 0..<0x80: out.append(UInt8(scalar))
  case 0x80..<0x800:
    out.append(0xC0 | UInt8(scalar >> 6))
    out.append(0x80 | UInt8(scalar & 0x3F))
  case 0x800..<0x10000:
    out.append(0xE0 | UInt8(scalar >> 12))
    out.append(0x80 | UInt8(scalar >> 6 & 0x3F))
    out.append(0x80 | UInt8(scalar & 0x3F))
  default:
    out.append(0xF0 | UInt8(scalar >> 18 & 0x07))
    out.append(0x80 | UInt8(scalar >> 12 & 0x3F))
    out.append(0x80 | UInt8(scalar >> 6 & 0x3F))
    out.append(0x80 | UInt8(scalar & 0x3F))
  }
}
