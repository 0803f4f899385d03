/// Walks through the bytes of a date.
struct DateScanner {
  private let text: [UInt8]
  private var at = 0

  init(_ text: [UInt8]) { self.text = text }

  var isDone: Bool { at == text.count }
  var peek: UInt8? { at < text.count ? text[at] : nil }

  mutating func take(_ word: [UInt8]) -> Bool {
    guard text.count - at >= word.count, text[at..<at + word.count].elementsEqual(word) else {
      return false
    }
    // A single letter stands for an era only before a digit.
    if word.count == 1 {
      guard at + 1 < text.count, isDigit(text[at + 1]) || text[at + 1] == 0x2E else {
        return false
      }
      if text[at + 1] == 0x2E { at += 1 }
    }
    at += word.count
    return true
  }

  /// Takes a word of letters that begins with `name` (three letters, any case).
  mutating func takeLetters(startingWith name: [UInt8]) -> Bool {
    guard text.count - at >= 3 else { return false }
    for index in 0..<3 where text[at + index] | 0x20 != name[index] { return false }
    while at < text.count, isLetter(text[at]) { at += 1 }
    if peek == 0x2E { at += 1 }
    return true
  }

  mutating func blanks() { while peek == 0x20 { at += 1 } }

  /// Skips blanks and one of `/ - . , 年 月`.
  mutating func separators() {
    blanks()
    if let byte = peek, [0x2F, 0x2D, 0x2E, 0x2C].contains(byte) {
      at += 1
    } else {
      // 年 E5 B9 B4, 月 E6 9C 88
      for word: [UInt8] in [[0xE5, 0xB9, 0xB4], [0xE6, 0x9C, 0x88]] where take(word) { break }
    }
    blanks()
  }

  /// Skips st, nd, rd, th and the word "of".
  mutating func ordinal() {
    for word in ["st", "nd", "rd", "th"] where take(Array(word.utf8)) { break }
    blanks()
    if take(Array("of".utf8)) { blanks() }
  }

  var digitRun: Int {
    var end = at
    while end < text.count, isDigit(text[end]) { end += 1 }
    return end - at
  }

  /// A number of at most `digits` digits.
  mutating func number(_ digits: Int) -> Int? {
    var value = 0
    var count = 0
    while count < digits, let byte = peek, isDigit(byte) {
      value = value * 10 + Int(byte - 0x30)
      at += 1
      count += 1
    }
    return count > 0 ? value : nil
  }

  /// A year of an era: 元, digits or kanji.
  mutating func yearNumber() -> Int? {
    if take([0xE5, 0x85, 0x83]) { return 1 }
    return kanjiOrNumber(2)
  }

  /// Digits, or kanji numerals up to 99 (十二, 二十, 五十五, 五五).
  mutating func kanjiOrNumber(_ digits: Int) -> Int? {
    if let number = number(digits) { return number }
    var total = 0
    var current = 0
    var seen = false
    while let numeral = kanjiNumeral() {
      seen = true
      if numeral == 10 {
        total += (current == 0 ? 1 : current) * 10
        current = 0
      } else {
        current = current * 10 + numeral
      }
    }
    return seen ? total + current : nil
  }

  private static let numerals: [[UInt8]] = "〇一二三四五六七八九十".map { Array(String($0).utf8) }

  private mutating func kanjiNumeral() -> Int? {
    for (value, bytes) in Self.numerals.enumerated() where take(bytes) { return value }
    return nil
  }

  /// Skips 日, 生, and a clock time at midnight; true when nothing is left.
  mutating func finish() -> Bool {
    _ = take([0xE6, 0x97, 0xA5])
    blanks()
    _ = take([0xE7, 0x94, 0x9F])
    blanks()
    if peek == 0x54 { at += 1 }
    if let byte = peek, isDigit(byte) {
      // Time of day: only midnight, as databases write a date.
      while let byte = peek, byte == 0x30 || byte == 0x3A || byte == 0x2E { at += 1 }
      if peek == 0x5A { at += 1 }
      if take(Array("+00".utf8)) { while let byte = peek, byte == 0x30 || byte == 0x3A { at += 1 } }
    }
    return isDone
  }
}
