internal import BreachModel

/// What says where an address in Latin letters lies.
struct HomeWords: Sendable {
  /// Names of countries, and by their numbers the signs (`HomePlace`).
  private let names: ByteSet
  private let signs: [Int]
  private let states: ByteSet
  private let japanese: MarkSet
  private let us = HomePlace.sign(of: "US")
  private let california = HomePlace.sign(of: "US-CA")
  private let britain = HomePlace.sign(of: "GB")

  /// - Parameters:
  ///   - countries: the code of a country, a blank and a name, in lower case: `DE germany`.
  ///   - states: two letters each.
  ///   - japanese: parts of words of addresses in Japan.
  init(countries: [[UInt8]], states: [[UInt8]], japanese: [[UInt8]]) {
    var (names, signs) = (ByteSet(capacity: countries.count), [Int]())
    for country in countries where names.insert(Array(country.dropFirst(3))) {
      signs.append(HomePlace.sign(of: String(decoding: country.prefix(2), as: UTF8.self)))
    }
    (self.names, self.signs) = (names, signs)
    self.states = ByteSet(states)
    self.japanese = MarkSet(japanese)
  }

  /// The sign of the country that a lowercased address ends in, by its name, by a state and zip code of
  /// the United States or by a postcode of the United Kingdom.
  ///
  /// `HomePlace.abroad` when it names none; 0 for an address of Japan.
  func home(_ text: Span<UInt8>) -> Int {
    let tail = Tail(text)
    let words = tail.bytes.span
    for word in stride(from: tail.count - 1, through: 0, by: -1) {
      if let name = names.number(words, tail.starts[word]..<tail.end) { return signs[name] }
    }
    if tail.count >= 2 {
      let (before, last) = (tail.starts[1]..<tail.starts[0] - 1, tail.starts[0]..<tail.end)
      if states.contains(words, before), Self.isZIP(words, last) {
        return (words[before.lowerBound], words[before.lowerBound + 1]) == (0x63, 0x61)
          ? california : us
      }
      if Self.isPostcode(words, before, last) { return britain }
    }
    return japanese.occurs(in: text) ? 0 : HomePlace.abroad
  }

  /// The last three words of a text, without marks, a blank between them.
  private struct Tail {
    var bytes = [96 of UInt8](repeating: 0)
    var end = 0
    /// Where each begins, the last one first.
    var starts = [3 of Int](repeating: 0)
    /// None where they are longer than words in addresses are.
    var count = 0

    init(_ text: Span<UInt8>) {
      var (from, to) = ([3 of Int](repeating: 0), [3 of Int](repeating: 0))
      var (at, found) = (text.count, 0)
      while at > 0, found < 3 {
        while at > 0, !Self.isPart(text[at - 1]) { at -= 1 }
        if at == 0 { break }
        to[found] = at
        while at > 0, Self.isPart(text[at - 1]) { at -= 1 }
        from[found] = at
        found += 1
      }
      if found > 0, to[0] - from[found - 1] > 90 { return }
      for word in stride(from: found - 1, through: 0, by: -1) {
        if word < found - 1 { put(0x20) }
        starts[word] = end
        for index in from[word]..<to[word] where text[index] != 0x2E { put(text[index]) }
      }
      count = found
    }

    private mutating func put(_ byte: UInt8) {
      bytes[end] = byte
      end += 1
    }

    private static func isPart(_ byte: UInt8) -> Bool {
      isDigit(byte) || isLetter(byte) || byte >= 0x80 || byte == 0x2D || byte == 0x2E
    }
  }

  /// `94105`, `94105-1234`.
  private static func isZIP(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
    guard word.count == 5 || word.count == 10 && text[word.lowerBound + 5] == 0x2D else {
      return false
    }
    for index in word where index != word.lowerBound + 5 && !isDigit(text[index]) { return false }
    return true
  }

  /// `sw1a 1aa`, `m1 1ae`; a Canadian `k1a 0b1` ends in a digit.
  private static func isPostcode(
    _ text: Span<UInt8>,
    _ out: Range<Int>,
    _ last: Range<Int>
  ) -> Bool {
    guard (2...4).contains(out.count), last.count == 3 else { return false }
    var hasDigit = false
    for index in out where isDigit(text[index]) { hasDigit = true }
    return hasDigit && isLetter(text[out.lowerBound]) && isDigit(text[last.lowerBound])
      && isLetter(text[last.lowerBound + 1]) && isLetter(text[last.lowerBound + 2])
  }
}
