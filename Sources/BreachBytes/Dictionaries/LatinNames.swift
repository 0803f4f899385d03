internal import CDictionaries
internal import CScan

/// What is known of a name in Latin script; the bits are those of
/// `Patterns/dictionaries/generate.py`.
package struct LatinNameFlags: OptionSet, Sendable, Hashable {
  /// The bits of payload of the table.
  package let rawValue: UInt8

  /// The flags with these bits.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A given name.
  package static let given = Self(rawValue: 1 << 0)
  /// A family name.
  package static let family = Self(rawValue: 1 << 1)
  /// A romanised Chinese, Korean or Vietnamese family name: too short to say much.
  package static let short = Self(rawValue: 1 << 2)
  /// The reading of a Japanese name, in Hepburn or Kunrei spelling.
  package static let japanese = Self(rawValue: 1 << 3)
  /// An English word, a place or a product, too.
  package static let word = Self(rawValue: 1 << 4)
}

/// Names in Latin script: some 65,000 from many countries, and the readings of Japanese names.
package enum LatinNames {
  /// What is known of a word, letters in any case and with any accents; empty when nothing is.
  ///
  /// Apostrophes, hyphens and dots in it do not matter. O(1), no allocation.
  package static func flags(_ word: Span<UInt8>) -> LatinNameFlags {
    var key = [24 of UInt8](repeating: 0)
    var count = 0
    var at = 0
    while at < word.count {
      let byte = word[at]
      var letter = byte | 0x20
      if byte >= 0x80 {
        guard byte >= 0xC3, byte <= 0xC9, at + 1 < word.count else { return [] }
        letter = folded(Int(byte & 0x1F) << 6 | Int(word[at + 1] & 0x3F))
        at += 1
      }
      at += 1
      if letter &- 0x61 < 26 {
        guard count < 24 else { return [] }
        key[count] = letter
        count += 1
      } else if byte != 0x27 && byte != 0x2D && byte != 0x2E {
        return []
      }
    }
    return lookUp(key.span.extracting(0..<count))
  }

  private static func lookUp(_ word: Span<UInt8>) -> LatinNameFlags {
    unsafe word.withUnsafeBufferPointer { key in
      guard let base = key.baseAddress, !key.isEmpty else { return [] }
      // SAFETY: as in `Lexicon.flags`.
      let payload = unsafe cs_table_lookup(
        breach_latin_names_bytes(),
        breach_latin_names_size,
        8,
        base,
        key.count
      )
      return LatinNameFlags(rawValue: UInt8(truncatingIfNeeded: payload))
    }
  }

  /// The lower-case ASCII letter under the accents of U+00C0…U+024F; 0 for others.
  package static func plain(_ scalar: UInt32) -> UInt8 {
    let letter = scalar < 0x250 ? folded(Int(scalar)) : 0
    return letter &- 0x61 < 26 ? letter : 0
  }

  /// The second letter of those that capitals, or other keyboards, write as two: ß, æ, œ; 0 for others.
  package static func second(_ scalar: UInt32) -> UInt8 {
    switch scalar {
    case 0xDF: 0x73
    case 0xC6, 0xE6, 0x152, 0x153: 0x65
    default: 0
    }
  }

  /// The ASCII letter under the accents of U+00C0…U+024F; 0 for others.
  private static func folded(_ scalar: Int) -> UInt8 {
    let letters = Self.letters.utf8Span.span
    let offset = scalar - 0xC0
    return offset >= 0 && offset < letters.count ? letters[offset] : 0
  }

  /// What `fold_latin` of the generator makes of them: `?` where there is no letter.
  private static let letters =
    "aaaaaaaceeeeiiiidnooooo?ouuuuytsaaaaaaaceeeeiiiidnooooo?ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggg"
    + "gggghhhhiiiiiiiiii??jjkkkllllll??llnnnnnn?nnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz"
    + "s????????????????????????????????oo?????????????uu????????????????????????????aaiioouuuuuuuuuu?"
    + "aaaaaa??ggkkoooo??j???gg??nnaaaaooaaaaeeeeiiiioooorrrruuuusstt??hh??????aaeeooooooooyy??????????"
    + "??????????????????"
}
