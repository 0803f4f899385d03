internal import BreachBytes
internal import BreachModel

/// Values of delicate columns: words that say what it is about, and what else they may mean.
enum TermCheck {
  /// A value that names something of `terms` passes; one that says no, or that speaks of machines,
  /// goods or claims, is weak; anything else is unknown.
  static func check(_ text: Span<UInt8>, _ terms: MarkSet, _ words: WordLists) -> Verdict {
    if words.isEmptyWord(text) || isDigest(text) { return .fail }
    if words.isRefusal(text) { return .plain(.unknown, weight: -45) }
    if words.otherSenses.occurs(in: text) { return .plain(.unknown, weight: -70) }
    if terms.occurs(in: text) { return .plain(.pass, evidence: .dictionary) }
    return .plain(.unknown)
  }

  /// Sixteen hexadecimal digits and more, colons between them or not.
  private static func isDigest(_ text: Span<UInt8>) -> Bool {
    guard text.count >= 16 else { return false }
    for index in text.indices {
      let byte = text[index]
      guard isDigit(byte) || (byte | 0x20) &- 0x61 < 6 || byte == 0x3A || byte == 0x20 else {
        return false
      }
    }
    return true
  }
}
