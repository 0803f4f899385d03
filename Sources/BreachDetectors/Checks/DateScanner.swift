/// Walks through the bytes of a date; the text is given to each step, so that nothing is held.
struct DateScanner {
  private(set) var at = 0

  func isDone(_ text: Span<UInt8>) -> Bool { at == text.count }
  func peek(_ text: Span<UInt8>) -> UInt8? { at < text.count ? text[at] : nil }

  /// The three-byte character here, as one number; nil when there is none.
  private func wide(_ text: Span<UInt8>) -> UInt32? {
    guard at + 2 < text.count, text[at] >= 0xE0, text[at] < 0xF0 else { return nil }
    return UInt32(text[at] & 0x0F) << 12 | UInt32(text[at + 1] & 0x3F) << 6
      | UInt32(text[at + 2] & 0x3F)
  }

  /// Takes the three-byte character with this number.
  mutating func take(_ text: Span<UInt8>, _ scalar: UInt32) -> Bool {
    guard wide(text) == scalar else { return false }
    at += 3
    return true
  }

  /// Takes one ASCII byte.
  mutating func take(_ text: Span<UInt8>, byte: UInt8) -> Bool {
    guard peek(text) == byte else { return false }
    at += 1
    return true
  }

  /// The position of an era's name here, 0 Meiji … 4 Reiwa.
  ///
  /// 昭和, 昭, ㍼; a letter stands for an era only before a digit, `S55`, `S.55`.
  mutating func era(_ text: Span<UInt8>) -> Int? {
    if let wide = wide(text) {
      let second = at + 5 < text.count ? (text[at + 3], text[at + 4], text[at + 5]) : (0, 0, 0)
      let found: (era: Int, second: (UInt8, UInt8, UInt8))? =
        switch wide {
        case 0x660E: (0, (0xE6, 0xB2, 0xBB))  // 明 治
        case 0x5927: (1, (0xE6, 0xAD, 0xA3))  // 大 正
        case 0x662D: (2, (0xE5, 0x92, 0x8C))  // 昭 和
        case 0x5E73: (3, (0xE6, 0x88, 0x90))  // 平 成
        case 0x4EE4: (4, (0xE5, 0x92, 0x8C))  // 令 和
        case 0x337E: (0, (0, 0, 0))
        case 0x337D: (1, (0, 0, 0))
        case 0x337C: (2, (0, 0, 0))
        case 0x337B: (3, (0, 0, 0))
        case 0x32FF: (4, (0, 0, 0))
        default: nil
        }
      guard let found else { return nil }
      at += found.second.0 != 0 && found.second == second ? 6 : 3
      return found.era
    }
    guard let byte = peek(text) else { return nil }
    guard let found = Self.era(ofLetter: byte) else { return nil }
    let next = at + 1 < text.count && text[at + 1] == 0x2E ? at + 2 : at + 1
    guard next < text.count, isDigit(text[next]) || text[next] == 0x20 else { return nil }
    at = next
    return found
  }

  /// The position of the era that a letter stands for.
  static func era(ofLetter byte: UInt8) -> Int? {
    switch byte | 0x20 {
    case 0x6D: 0
    case 0x74: 1
    case 0x73: 2
    case 0x68: 3
    case 0x72: 4
    default: nil
    }
  }

  /// Takes the name of a month, three letters or whole, in one of the larger languages of Western
  /// Europe; 1…12.
  mutating func month(_ text: Span<UInt8>) -> Int? {
    guard text.count - at >= 3, isLetter(text[at]) else { return nil }
    let key =
      UInt32(text[at] | 0x20) << 16 | UInt32(text[at + 1] | 0x20) << 8 | UInt32(text[at + 2] | 0x20)
    // Of two bytes are ä and é, and their bytes are here with 0x20 set: E3 A4, E3 A9.
    let found: Int? =
      switch key {
      // jan gen ene
      case 0x6A616E, 0x67656E, 0x656E65: 1
      // feb fev fé
      case 0x666562, 0x666576, 0x66E3A9: 2
      // mar maa mä
      case 0x6D6172, 0x6D6161, 0x6DE3A4: 3
      // apr abr avr
      case 0x617072, 0x616272, 0x617672: 4
      // may mai mei mag
      case 0x6D6179, 0x6D6169, 0x6D6569, 0x6D6167: 5
      // jun giu
      case 0x6A756E, 0x676975: 6
      // jul lug
      case 0x6A756C, 0x6C7567: 7
      // juin, juillet
      case 0x6A7569: at + 3 < text.count && text[at + 3] | 0x20 == 0x6C ? 7 : 6
      // aug ago aoû
      case 0x617567, 0x61676F, 0x616FE3: 8
      // sep set
      case 0x736570, 0x736574: 9
      // oct okt ott out
      case 0x6F6374, 0x6F6B74, 0x6F7474, 0x6F7574: 10
      // nov
      case 0x6E6F76: 11
      // dec dez dic dé
      case 0x646563, 0x64657A, 0x646963, 0x64E3A9: 12
      default: nil
      }
    guard let found else { return nil }
    while at < text.count, isLetter(text[at]) || text[at] >= 0x80 { at += 1 }
    if peek(text) == 0x2E { at += 1 }
    return found
  }

  mutating func blanks(_ text: Span<UInt8>) { while peek(text) == 0x20 { at += 1 } }

  /// Skips blanks, one of `/ - . , 年 月 년 월`, and a year repeated in brackets, `1980年(昭和55年)1月`.
  mutating func separators(_ text: Span<UInt8>) {
    blanks(text)
    if let byte = peek(text), byte == 0x2F || byte == 0x2D || byte == 0x2E || byte == 0x2C {
      at += 1
    } else if take(text, 0x5E74) || take(text, 0xB144) {
      blanks(text)
      brackets(text)
    } else if peek(text) == 0x28 {
      brackets(text)
      _ = take(text, 0x5E74)
    } else {
      _ = take(text, 0x6708) || take(text, 0xC6D4)
    }
    blanks(text)
  }

  /// Skips `(…)` of at most 24 bytes.
  private mutating func brackets(_ text: Span<UInt8>) {
    guard peek(text) == 0x28 else { return }
    for end in at..<min(text.count, at + 26) where text[end] == 0x29 {
      at = end + 1
      blanks(text)
      return
    }
  }

  /// Skips st, nd, rd, th, er and the words "of" and "de".
  mutating func ordinal(_ text: Span<UInt8>) {
    if at + 1 < text.count {
      switch (text[at] | 0x20, text[at + 1] | 0x20) {
      case (0x73, 0x74), (0x6E, 0x64), (0x72, 0x64), (0x74, 0x68), (0x65, 0x72): at += 2
      default: break
      }
    }
    blanks(text)
    guard at + 2 < text.count else { return }
    switch (text[at] | 0x20, text[at + 1] | 0x20, text[at + 2]) {
    case (0x6F, 0x66, 0x20), (0x64, 0x65, 0x20):
      at += 2
      blanks(text)
    default: break
    }
  }

  func digitRun(_ text: Span<UInt8>) -> Int {
    var end = at
    while end < text.count, isDigit(text[end]) { end += 1 }
    return end - at
  }

  /// A number of at most `digits` digits.
  mutating func number(_ text: Span<UInt8>, _ digits: Int) -> Int? {
    var value = 0
    var count = 0
    while count < digits, let byte = peek(text), isDigit(byte) {
      value = value * 10 + Int(byte - 0x30)
      at += 1
      count += 1
    }
    return count > 0 ? value : nil
  }

  /// A year of an era: 元, digits or kanji.
  mutating func yearNumber(_ text: Span<UInt8>) -> Int? {
    if take(text, 0x5143) { return 1 }
    return kanjiOrNumber(text, 2)
  }

  /// Digits, or kanji numerals: 十二, 二十, 五十五, 五五, 一九八〇.
  mutating func kanjiOrNumber(_ text: Span<UInt8>, _ digits: Int) -> Int? {
    if let number = number(text, digits) { return number }
    var total = 0
    var current = 0
    var seen = 0
    while seen < 4, let numeral = kanjiNumeral(text) {
      seen += 1
      if numeral == 10 {
        total += (current == 0 ? 1 : current) * 10
        current = 0
      } else {
        current = current * 10 + numeral
      }
    }
    return seen > 0 ? total + current : nil
  }

  private mutating func kanjiNumeral(_ text: Span<UInt8>) -> Int? {
    let found: Int? =
      switch wide(text) {
      case 0x3007, 0x96F6: 0
      case 0x4E00: 1
      case 0x4E8C: 2
      case 0x4E09: 3
      case 0x56DB: 4
      case 0x4E94: 5
      case 0x516D: 6
      case 0x4E03: 7
      case 0x516B: 8
      case 0x4E5D: 9
      case 0x5341: 10
      default: nil
      }
    if found != nil { at += 3 }
    return found
  }

  /// What stands behind the day.
  enum Rest {
    /// Nothing, or midnight.
    case day
    /// 15:00 UTC: midnight of the next day in Japan.
    case dayBeforeInUTC
    /// Another time of day, or other words: no date of birth.
    case other
  }

  /// Skips 日 or 일, a day of the week, 生(まれ), and a clock time.
  mutating func rest(_ text: Span<UInt8>) -> Rest {
    _ = take(text, 0x65E5) || take(text, 0xC77C)
    blanks(text)
    brackets(text)
    if take(text, 0x751F), take(text, 0x307E) { _ = take(text, 0x308C) }
    blanks(text)
    if peek(text) == 0x54 || peek(text) == 0x74 { at += 1 }
    guard digitRun(text) > 0 else { return isDone(text) ? .day : .other }
    guard digitRun(text) <= 2, var hour = number(text, 2) else { return .other }
    // 12:00:00 AM
    if hour == 12, text.count - at >= 6, text[text.count - 2] | 0x20 == 0x61,
      text[text.count - 1] | 0x20 == 0x6D
    {
      for index in at..<text.count - 2
      where text[index] != 0x3A && text[index] != 0x30 && text[index] != 0x20 { return .other }
      at = text.count
      hour = 0
    }
    guard hour == 0 || hour == 15 else { return .other }
    while let byte = peek(text), byte == 0x30 || byte == 0x3A || byte == 0x2E { at += 1 }
    blanks(text)
    let isUTC = peek(text) == 0x5A || peek(text) == 0x7A
    if isUTC { at += 1 }
    if hour == 0, !isUTC, peek(text) == 0x2B || peek(text) == 0x2D {
      at += 1
      while let byte = peek(text), isDigit(byte) || byte == 0x3A { at += 1 }
    }
    guard isDone(text) else { return .other }
    if hour == 15 { return isUTC ? .dayBeforeInUTC : .other }
    return .day
  }
}
