internal import BreachBytes
internal import BreachModel

/// Short values that only their column or label makes personal.
enum PlainChecks {
  /// A card's expiry: month and year in any usual order, or one of them in a column of its own.
  static func expiry(_ text: Span<UInt8>) -> Verdict {
    var (first, second, groups, digits, at) = (0, 0, 0, 0, 0)
    while at < text.count {
      if isDigit(text[at]) {
        var (value, start) = (0, at)
        while at < text.count, isDigit(text[at]), at - start < 9 {
          value = value * 10 + Int(text[at] - 0x30)
          at += 1
        }
        start = at - start
        groups += 1
        digits += start
        if groups == 1 { first = value } else if groups == 2 { second = value }
        continue
      }
      switch text[at] {
      // blank - . / and 年, 月
      case 0x20, 0x2D...0x2F, 0xE5, 0xE6, 0xB9, 0xB4, 0x9C, 0x88: at += 1
      default: return .fail
      }
    }
    func isMonth(_ value: Int) -> Bool { (1...12).contains(value) }
    func isYear(_ value: Int) -> Bool { (0...99).contains(value) || (2000...2099).contains(value) }
    switch (groups, digits) {
    case (1, 1...2): return isYear(first) ? .plain(.unknown) : .fail
    case (1, 4):
      // 1229, 2912, 2029
      let isRead = isMonth(first / 100) || isMonth(first % 100) || isYear(first)
      return isRead ? .plain(.unknown) : .fail
    case (1, 6):
      let isRead = isMonth(first % 100) && isYear(first / 100) || isMonth(first / 10_000)
      return isRead ? .plain(.unknown) : .fail
    case (2, 2...6):
      let isRead = isMonth(first) && isYear(second) || isYear(first) && isMonth(second)
      return isRead ? .plain(.pass, evidence: .format) : .fail
    // A whole date: the last day of the month.
    case (3, 5...8): return .plain(.unknown, weight: -10)
    default: return .fail
    }
  }

  /// Three or four digits.
  static func securityCode(_ text: Span<UInt8>) -> Verdict {
    guard text.count == 3 || text.count == 4 else { return .fail }
    for index in text.indices where !isDigit(text[index]) { return .fail }
    return .plain(.unknown, evidence: .format)
  }

  /// 0–129 years, with 歳 or 才; ranges and 代.
  static func age(_ text: Span<UInt8>) -> Verdict {
    var (value, digits) = (0, 0)
    while digits < text.count, digits < 4, isDigit(text[digits]) {
      value = value * 10 + Int(text[digits] - 0x30)
      digits += 1
    }
    guard digits >= 1, digits <= 3, value < 130, text.count <= 24 else { return .fail }
    let exact = AgeBand.number(years: value)
    if digits == text.count { return .plain(.pass, evidence: .format).aged(exact) }
    // Not a date, a time or a price.
    switch text[digits] {
    case 0x2D, 0x7E, 0x20, 0x2B, 0x79, 0xE2...0xE6, 0xEC, 0xEF:
      return .plain(.unknown, evidence: .format).aged(
        areYears(text, behind: digits) ? exact : isDecade(text, value, digits) ? exact : 0
      )
    default: return .fail
    }
  }

  /// 歳, 才, 세 or 살 and nothing else.
  private static func areYears(_ text: Span<UInt8>, behind digits: Int) -> Bool {
    guard text.count == digits + 3 else { return false }
    return switch (text[digits], text[digits + 1], text[digits + 2]) {
    case (0xE6, 0xAD, 0xB3), (0xE6, 0x89, 0x8D), (0xEC, 0x84, 0xB8), (0xEC, 0x82, 0xB4): true
    default: false
    }
  }

  /// 20代 and the like, which are a band of their own; 10代 are several.
  private static func isDecade(_ text: Span<UInt8>, _ value: Int, _ digits: Int) -> Bool {
    guard value >= 20, value.isMultiple(of: 10), text.count == digits + 3 else { return false }
    return text[digits] == 0xE4 && text[digits + 1] == 0xBB && text[digits + 2] == 0xA3
  }

  /// A word for a sex or gender; other short words are less sure, numbers above 9 are none.
  static func gender(_ text: Span<UInt8>, _ words: WordLists) -> Verdict {
    if words.isGender(text) { return .plain(.pass, evidence: .dictionary) }
    guard !words.isEmptyWord(text), text.count <= 36 else { return .fail }
    if text.count == 1, isDigit(text[0]) { return .plain(.unknown) }
    for index in text.indices where isDigit(text[index]) { return .fail }
    return .plain(.unknown, weight: -20)
  }

  /// A login name: no blanks to speak of, not a sentence.
  static func login(_ text: Span<UInt8>, _ words: WordLists) -> Verdict {
    guard !words.isEmptyWord(text), text.count <= 128 else { return .fail }
    var blanks = 0
    for index in text.indices where text[index] == 0x20 { blanks += 1 }
    return .plain(.unknown, weight: blanks == 0 ? 0 : blanks == 1 ? -10 : -40)
  }

  /// A member's number: letters and digits with at least one digit, or short letters; several of them
  /// with 、 between, but no list of words.
  static func member(_ text: Span<UInt8>, _ words: WordLists) -> Verdict {
    guard text.count <= 64, !words.isEmptyWord(text), !WordLists.isZeroID(text) else {
      return .fail
    }
    var (hasDigit, high, commas) = (false, 0, 0)
    for index in text.indices {
      hasDigit = hasDigit || isDigit(text[index])
      high += text[index] >= 0x80 ? 1 : 0
      // 、
      let isComma = text[index] == 0x81 && index > 1 && text[index - 1] == 0x80
      if isComma, text[index - 2] == 0xE3 { commas += 1 }
    }
    if !hasDigit && high > 0 || commas > 0 && high > 3 * commas { return .fail }
    return .plain(.unknown, weight: hasDigit ? 0 : -20)
  }
}
