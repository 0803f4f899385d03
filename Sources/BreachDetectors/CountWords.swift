/// Words around a number that tell that it counts something: 3人, 131〜163 人, about 90.
struct CountWords: Sendable {
  /// What stands behind a number, the longest first.
  private let counters: [[UInt8]]
  /// What stands before one.
  private let abouts: [[UInt8]]

  init(counters: [[UInt8]], abouts: [[UInt8]]) {
    self.counters = counters.sorted { $0.count > $1.count }
    self.abouts = abouts
  }

  /// A number or a range of numbers with such a word.
  ///
  /// What follows in brackets or behind a blank may be anything. A word of `abouts` alone is the
  /// beginning of one.
  func isCount(_ value: Span<UInt8>) -> Bool {
    guard let first = value.indices.isEmpty ? nil : value[0] else { return false }
    if isDigit(first) { return isCounted(value, 0) }
    for about in abouts where begins(value, 0, about) {
      let at = skipBlanks(value, about.count)
      if at == value.count || isDigit(value[at]) { return true }
    }
    return false
  }

  private func isCounted(_ value: Span<UInt8>, _ start: Int) -> Bool {
    var at = skipNumber(value, start)
    if let behind = skipDash(value, at) { at = skipNumber(value, behind) }
    at = skipBlanks(value, at)
    guard at < value.count else { return false }
    for counter in counters where begins(value, at, counter) {
      let end = at + counter.count
      guard end < value.count else { return true }
      // blank ( , . and what has three bytes and ends words: （ 、 。
      switch value[end] {
      case 0x20, 0x28, 0x29, 0x2C, 0x2E, 0x3B: return true
      case 0xE3: return end + 1 < value.count && value[end + 1] == 0x80
      case 0xEF: return end + 1 < value.count && value[end + 1] == 0xBC
      default: return false
      }
    }
    return false
  }

  /// Digits, grouped or not: 1,204.
  private func skipNumber(_ value: Span<UInt8>, _ start: Int) -> Int {
    var at = start
    while at < value.count, isDigit(value[at]) || at > start && value[at] == 0x2C { at += 1 }
    return at
  }

  private func skipBlanks(_ value: Span<UInt8>, _ start: Int) -> Int {
    var at = start
    while at < value.count, value[at] == 0x20 { at += 1 }
    return at
  }

  /// Behind - ~ – 〜 between two numbers; nil where there is none.
  private func skipDash(_ value: Span<UInt8>, _ at: Int) -> Int? {
    guard at + 1 < value.count else { return nil }
    var end = at + 1
    switch value[at] {
    case 0x2D, 0x7E: break
    case 0xE2, 0xE3:
      guard at + 3 < value.count else { return nil }
      let isDash = value[at + 1] == 0x80 && value[at + 2] == (value[at] == 0xE2 ? 0x93 : 0x9C)
      guard isDash else { return nil }
      end = at + 3
    default: return nil
    }
    return isDigit(value[end]) ? end : nil
  }

  private func begins(_ value: Span<UInt8>, _ at: Int, _ word: [UInt8]) -> Bool {
    guard value.count - at >= word.count else { return false }
    for offset in word.indices where lowercased(value[at + offset]) != word[offset] {
      return false
    }
    return true
  }
}
