internal import BreachBytes

/// Words for streets in addresses of many languages, and what such words end in.
struct StreetWords: Sendable {
  /// As keys of the vocabulary.
  private let words: ByteSet
  private let endings: [[UInt8]]

  /// With a star before it, a word is what one word ends in: `*straße`.
  init(_ list: [String]) {
    var (words, endings): ([[UInt8]], [[UInt8]]) = ([], [])
    for word in list {
      if word.hasPrefix("*") {
        endings.append(VocabularyKey.of(word.utf8))
      } else {
        words.append(VocabularyKey.of(word.utf8))
      }
    }
    self.words = ByteSet(words)
    self.endings = endings
  }

  /// Road, rue, …straße; `key` is of the vocabulary.
  func contains(_ key: [UInt8]) -> Bool {
    words.contains(key.span)
      || endings.contains { key.count > $0.count && key.suffix($0.count) == $0[...] }
  }

  /// One of the text's words is one for streets.
  func occur(in text: Span<UInt8>) -> Bool {
    var key = VocabularyKey()
    var start = 0
    for end in 0...text.count
    where end == text.count || text[end] == 0x20 || text[end] == 0x2C || text[end] == 0x0A {
      if end > start {
        key.load(text, start..<end)
        if contains(key.bytes) { return true }
      }
      start = end + 1
    }
    return false
  }

  /// The same of a text with digits and a capital, as all addresses in Latin letters have them.
  func occurWithNumber(in text: Span<UInt8>) -> Bool {
    var (hasDigit, hasCapital) = (false, false)
    for index in text.indices {
      let byte = text[index]
      hasDigit = hasDigit || isDigit(byte)
      hasCapital = hasCapital || byte &- 0x41 < 26 || byte == 0xC3 || byte >= 0xD0
    }
    return hasDigit && hasCapital && occur(in: text)
  }
}
