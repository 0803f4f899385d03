internal import BreachBytes
internal import BreachModel

/// Official numbers of persons by country: written form, date of birth, check digit.
///
/// Formulas are the issuers' own. Where a source is weak or the issuer has given the digit up, a
/// digit that does not fit lowers the confidence and rules nothing out.
enum NationalNumbers {
  /// What `check` says of `text`; letters and digits, in upper case, are left in `normal`.
  static func check(_ check: CheckName, _ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Verdict
  {
    guard compact(text, &normal), normal.count >= 7, normal.count <= 18,
      !isOneCharacter(normal.span)
    else { return .fail }
    let verdict =
      americas(check, normal.span) ?? asia(check, normal.span)
      ?? europe(check, normal.span, text) ?? northAndEast(check, normal.span, text) ?? .fail
    return verdict.at(homes[check] ?? 0)
  }

  /// The country whose number it is hints where its owner lives.
  private static let homes = Dictionary(
    uniqueKeysWithValues: CheckName.allCases.map { check in
      let country = check.rawValue.prefix(2).uppercased()
      let isNumber = check.rawValue.dropFirst(2).first == "_"
      return (check, isNumber ? HomePlace.sign(of: country == "UK" ? "GB" : country) : 0)
    }
  )

  /// Letters and digits without the marks between them; false when anything else is there.
  static func compact(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Bool {
    normal.clear()
    for index in text.indices {
      let byte = text[index]
      if isDigit(byte) {
        normal.append(byte)
      } else if isLetter(byte) {
        normal.append(byte & 0xDF)
      } else {
        switch byte {
        // blank ( ) + - . /
        case 0x20, 0x28, 0x29, 0x2B, 0x2D...0x2F: continue
        default: return false
        }
      }
    }
    return !normal.isEmpty
  }

  private static func isOneCharacter(_ text: Span<UInt8>) -> Bool {
    for index in 1..<text.count where text[index] != text[0] { return false }
    return true
  }

  // MARK: verdicts

  /// The check digit holds.
  static var passed: Verdict { Verdict(.pass, evidence: .checksum) }
  /// The form holds; there is no check digit.
  static var shaped: Verdict { Verdict(.unknown, evidence: .format) }

  /// The check digit decides.
  static func strict(_ holds: Bool) -> Verdict { holds ? passed : .fail }

  /// The check digit adds or takes confidence.
  static func lenient(_ holds: Bool) -> Verdict {
    holds ? passed : Verdict(.unknown, evidence: .format, weight: -25)
  }

  // MARK: forms

  /// The text has this form: `9` a digit, `A` a letter, `*` either, all else itself.
  static func has(_ text: Span<UInt8>, _ form: String) -> Bool {
    let form = form.utf8Span.span
    guard text.count == form.count else { return false }
    for index in text.indices {
      let holds =
        switch form[index] {
        case 0x39: isDigit(text[index])
        case 0x41: isLetter(text[index])
        case 0x2A: true
        default: text[index] == form[index]
        }
      if !holds { return false }
    }
    return true
  }

  static func digit(_ text: Span<UInt8>, _ index: Int) -> Int { CheckDigits.value(text[index]) }

  static func number(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    CheckDigits.number(text, range)
  }

  static func sum(_ text: Span<UInt8>, _ weights: [Int], from start: Int = 0) -> Int {
    CheckDigits.sum(text, weights, from: start)
  }

  /// The day exists.
  static func isDate(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    guard (1...12).contains(month), day >= 1 else { return false }
    switch month {
    case 2:
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      return day <= (isLeap ? 29 : 28)
    case 4, 6, 9, 11: return day <= 30
    default: return day <= 31
    }
  }

  /// The day exists in this year of some century.
  static func isShortDate(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    isDate(year == 0 ? 2000 : 1900 + year, month, day)
  }

  /// The letter at `index` is among these.
  static func letter(_ text: Span<UInt8>, _ index: Int, in letters: String) -> Bool {
    letters.utf8.contains(text[index])
  }

  /// The character that stands at `position` of a table.
  static func character(_ table: String, _ position: Int) -> UInt8 {
    let table = table.utf8Span.span
    return table[position]
  }
}
