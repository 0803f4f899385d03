/// Shortens found values until nobody can be found by them.
///
/// What stays is bounded by length, whatever the type: letters and digits of the value survive in
/// runs of at most four, at most two thirds of them in all, and at least two are hidden; otherwise
/// nothing survives. Separators (`-`, `.`, `@` …) do not count as characters of the value.
package enum Masking {
  /// What a value of fixed-length masking becomes.
  package static let whole = "********"

  /// The value as it may be shown.
  package static func mask(_ value: String, as type: DataType) -> String {
    if isWholly(type) { return whole }
    // Longer values are prose or an attack; nothing of them is worth showing.
    let scalars = Array(value.unicodeScalars.prefix(257))
    guard scalars.count <= 256 else { return whole }
    switch type {
    case .phoneNumber: return phone(scalars)
    case .emailAddress: return email(scalars)
    case .cardNumber: return card(scalars)
    case .address: return address(scalars)
    case .birthDate: return birthDate(scalars)
    default: return firstCharacter(scalars)
    }
  }

  /// Types that show neither a character nor their length.
  private static func isWholly(_ type: DataType) -> Bool {
    switch type {
    case .password, .passwordHash, .secretAnswer, .apiToken, .myNumber, .residentCode,
      .cardSecurityCode, .cardExpiry, .creditInformation, .gender, .age:
      true
    default: type.isSensitive
    }
  }

  // MARK: - One rule per type

  /// `090-****-5678`: the leading group and the last four digits.
  private static func phone(_ scalars: [Unicode.Scalar]) -> String {
    let digits = scalars.indices.filter { isDigit(scalars[$0]) }
    guard digits.count >= 9, digits.count <= 15 else { return render(scalars, keeping: []) }
    let separator = scalars[digits[0]...].firstIndex { !isDigit($0) } ?? scalars.endIndex
    let group = digits.prefix { $0 < separator }.count
    // Without separators only eleven digits tell where the prefix ends.
    let leading = group <= 3 ? group : digits.count == 11 ? 3 : 2
    let trailing = digits.count >= 10 ? 4 : 2
    let kept = Set(digits.prefix(leading) + digits.suffix(trailing))
    return render(scalars, keeping: kept, separators: true)
  }

  /// `t***@e***.jp`: first letters and a top-level domain of up to three letters.
  private static func email(_ scalars: [Unicode.Scalar]) -> String {
    guard let at = scalars.lastIndex(of: "@"), let dot = scalars.lastIndex(of: "."), dot > at
    else { return firstCharacter(scalars) }
    let domain = scalars[(at + 1)..<dot]
    let top = scalars[(dot + 1)...]
    let topText = top.count <= 3 && top.allSatisfy(isCounted) ? text(top) : "***"
    return first(of: scalars[..<at]) + "***@" + first(of: domain) + "***." + topText
  }

  /// `************1111`: the last four digits, in one run whatever the separators.
  private static func card(_ scalars: [Unicode.Scalar]) -> String {
    let digits = scalars.filter(isDigit)
    guard digits.count >= 12, digits.count <= 19 else { return whole }
    return stars(digits.count - 4) + text(digits.suffix(4))
  }

  /// `東京都********`: the prefecture, else a municipality of up to four characters.
  private static func address(_ scalars: [Unicode.Scalar]) -> String {
    let start =
      scalars.firstIndex { isCounted($0) && !isDigit($0) && $0 != "〒" } ?? scalars.endIndex
    let rest = scalars[start...]
    let ends: [(offset: Int, names: [Unicode.Scalar])] = [
      (2, ["都", "道", "府", "県"]), (3, ["県"]), (1, ["市", "区", "町", "村"]),
      (2, ["市", "区", "町", "村"]), (3, ["市", "区", "町", "村"]),
    ]
    for end in ends
    where rest.count >= end.offset + 4 && end.names.contains(rest[start + end.offset]) {
      return text(rest.prefix(end.offset + 1)) + whole
    }
    return firstCharacter(scalars)
  }

  /// The year alone: `1985-**-**`, `昭和60****`, `**/**/1985`.
  private static func birthDate(_ scalars: [Unicode.Scalar]) -> String {
    render(scalars, keeping: year(in: scalars), separators: true)
  }

  /// `山**`: the first character of three or more.
  private static func firstCharacter(_ scalars: [Unicode.Scalar]) -> String {
    let kept: Set<Int> = first(of: scalars[...]).isEmpty ? [] : [0]
    return render(scalars, keeping: kept)
  }

  // MARK: - Parts

  /// Where the year of a date in any written form stands; empty when that is not sure.
  private static func year(in scalars: [Unicode.Scalar]) -> Set<Int> {
    var position = 0
    while position < scalars.count {
      guard numeral(scalars[position]) != nil else {
        position += 1
        continue
      }
      var end = position
      while end < scalars.count, numeral(scalars[end]) != nil { end += 1 }
      for start in [position, end - 4] where end - position == 4 || isCompact(position..<end) {
        let value = scalars[start..<start + 4].reduce(0) { $0 * 10 + (numeral($1) ?? 0) }
        if (1800..<2200).contains(value) { return Set(start..<start + 4) }
      }
      position = end
    }
    return eraYear(in: scalars)
  }

  /// Eight digits, or fourteen with a time of day.
  private static func isCompact(_ run: Range<Int>) -> Bool { run.count == 8 || run.count == 14 }

  /// `昭和60`, `S60`, `㍼60`, `令和元` at the start of the value.
  private static func eraYear(in scalars: [Unicode.Scalar]) -> Set<Int> {
    var length = 0
    for era in ["明治", "大正", "昭和", "平成", "令和"] where text(scalars.prefix(2)) == era {
      length = 2
    }
    if length == 0, let first = scalars.first, "MTSHRmtshr㍾㍽㍼㍻㋿".unicodeScalars.contains(first) {
      length = 1
    }
    guard length > 0 else { return [] }
    let digits = scalars[length...].prefix { isDigit($0) }.count
    if digits == 1 || digits == 2 { return Set(0..<length + digits) }
    if length < scalars.count, scalars[length] == "元" { return Set(0..<length + 1) }
    return []
  }

  /// The first character when it is a letter or digit of three or more.
  private static func first(of part: ArraySlice<Unicode.Scalar>) -> String {
    guard part.filter(isCounted).count >= 3, let first = part.first, isCounted(first) else {
      return ""
    }
    return String(Character(first))
  }

  /// Letters and digits at the kept places, stars elsewhere, within the bounds of this type.
  private static func render(
    _ scalars: [Unicode.Scalar],
    keeping kept: Set<Int>,
    separators: Bool = false
  ) -> String {
    let counted = scalars.filter(isCounted).count
    let isBounded = kept.count * 3 <= counted * 2 && counted - kept.count >= 2
    var shown = ""
    var run = 0
    var hidden = 0
    for (position, scalar) in scalars.enumerated() {
      if isBounded, kept.contains(position), isCounted(scalar), run < 4 {
        shown.unicodeScalars.append(scalar)
        run += 1
        hidden = 0
      } else if separators, isSeparator(scalar) {
        shown.unicodeScalars.append(scalar)
      } else {
        // A very long value would say its length, and fill the screen.
        if hidden < 12 { shown += "*" }
        hidden += 1
        run = 0
      }
    }
    return shown
  }

  // MARK: - Characters

  /// Letters, digits, marks and symbols: what a value is recognised by.
  private static func isCounted(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return isASCIIAlphanumeric(scalar) }
    return switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .otherSymbol:
      true
    default: false
    }
  }

  private static func isASCIIAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", "a"..."z", "A"..."Z": true
    default: false
    }
  }

  /// ASCII and full-width digits.
  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", "０"..."９": true
    default: false
    }
  }

  /// The value of a digit or of a kanji numeral written by position (一九八五).
  private static func numeral(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "0"..."9": Int(scalar.value - 0x30)
    case "０"..."９": Int(scalar.value - 0xFF10)
    case "〇": 0
    default: Array("一二三四五六七八九".unicodeScalars).firstIndex(of: scalar).map { $0 + 1 }
    }
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    "-./()+ －‐−．／（）＋　".unicodeScalars.contains(scalar)
  }

  private static func stars(_ count: Int) -> String { String(repeating: "*", count: count) }

  private static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return text
  }
}
