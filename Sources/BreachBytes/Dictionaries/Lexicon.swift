internal import CDictionaries
internal import CScan

/// What the lexicon knows of a word; the bits are those of `Patterns/dictionaries/generate.py`.
package struct LexiconFlags: OptionSet, Sendable, Hashable {
  /// The twelve bits of payload of the table.
  package let rawValue: UInt16

  /// The flags with these bits.
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// A surname of mecab-ipadic: well established, fit for bare text.
  package static let surnameA = Self(rawValue: 1 << 0)
  /// A surname of SudachiDict: only in a name column, after a label or before an honorific.
  package static let surnameB = Self(rawValue: 1 << 1)
  /// A given name of mecab-ipadic.
  package static let givenA = Self(rawValue: 1 << 2)
  /// A given name of SudachiDict or of the list of modern names.
  package static let givenB = Self(rawValue: 1 << 3)
  /// The reading of a surname, in full-width katakana.
  package static let surnameKana = Self(rawValue: 1 << 4)
  /// The reading of a given name, in full-width katakana.
  package static let givenKana = Self(rawValue: 1 << 5)
  /// A city, ward, town or village with its suffix, with or without its 郡; dissolved ones too.
  package static let municipality = Self(rawValue: 1 << 6)
  /// A 町域 of the postal code data.
  package static let town = Self(rawValue: 1 << 7)
  /// One of the 47 prefectures, with its suffix.
  package static let prefecture = Self(rawValue: 1 << 8)
  /// A name or place that is a common noun, too.
  package static let common = Self(rawValue: 1 << 9)
  /// A place name without a suffix (浦和, 清水).
  package static let place = Self(rawValue: 1 << 10)
  /// One of the 300 most frequent surnames.
  package static let topSurname = Self(rawValue: 1 << 11)

  /// A surname of either tier.
  package static let surname: Self = [.surnameA, .surnameB]
  /// A given name of either tier.
  package static let given: Self = [.givenA, .givenB]
}

/// Names, places and what else they mean: some 330,000 words in one hash table of 2 MiB.
package enum Lexicon {
  /// What is known of `word` (UTF-8, as written); empty when nothing is.
  ///
  /// The table holds fingerprints: an unknown word is taken for a known one about five times in a
  /// million. O(1), no allocation, about 25 ns.
  package static func flags(_ word: Span<UInt8>) -> LexiconFlags {
    unsafe word.withUnsafeBufferPointer { key in
      guard let base = key.baseAddress else { return [] }
      // SAFETY: the blob is static and its size is the one given; the kernel reads `key.count`
      // bytes of the key and nothing behind the table.
      let payload = unsafe cs_table_lookup(
        breach_lexicon_bytes(),
        breach_lexicon_size,
        12,
        base,
        key.count
      )
      return LexiconFlags(rawValue: UInt16(truncatingIfNeeded: payload))
    }
  }
}

/// The lexicon with the latest answers at hand; one per worker.
///
/// Names follow Zipf's law: most words were asked for shortly before, and then neither the table's
/// memory is waited for nor its slots are probed. The answers are those of `Lexicon`, for what the
/// table says depends on the hash alone, and the hash is kept whole.
package struct LexiconMemo: ~Copyable {
  private static let size: UInt64 = 4_096

  /// By the low twelve bits of a hash: its other bits, and in place of those twelve the answer.
  private var answers = Buffer<UInt64>(capacity: Int(size))
  private let seed: UInt64

  /// A memo that knows nothing yet.
  package init() {
    // SAFETY: the blob is static and its size is the one given.
    seed = unsafe cs_table_seed(breach_lexicon_bytes(), breach_lexicon_size)
    for _ in 0..<Self.size { answers.append(0) }
  }

  /// The flags of the word that `range` of `text` is, as bits of `LexiconFlags`.
  package mutating func flags(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt16 {
    precondition(range.lowerBound >= 0 && range.upperBound <= text.count)
    let hash = unsafe text.withUnsafeBufferPointer { bytes in
      // SAFETY: the range lies inside the text, and the kernel reads nothing outside the text.
      unsafe cs_hash64(bytes.baseAddress, bytes.count, range.lowerBound, range.count, seed)
    }
    let slot = Int(truncatingIfNeeded: hash & (Self.size - 1))
    let answer = answers[slot] ^ hash & ~(Self.size - 1)
    // A hash of low bits alone cannot be told from a free slot.
    if answer < Self.size && hash >= Self.size { return UInt16(truncatingIfNeeded: answer) }
    return ask(hash, slot)
  }

  @inline(never)
  private mutating func ask(_ hash: UInt64, _ slot: Int) -> UInt16 {
    // SAFETY: as above.
    let flags = unsafe cs_table_find(breach_lexicon_bytes(), breach_lexicon_size, 12, hash)
    answers[slot] = hash & ~(Self.size - 1) | UInt64(flags)
    return UInt16(truncatingIfNeeded: flags)
  }
}
