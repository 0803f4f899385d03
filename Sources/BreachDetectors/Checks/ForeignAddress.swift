internal import BreachBytes

/// Addresses in Latin letters as the posts of the world write them: a house number among words, and a
/// postal code beside its place.
///
/// Source of the orders: Universal Postal Union, addressing systems by country: `12 High Street, Leeds,
/// LS4 4BY`; `1200 Elm St, Springfield, IL 62704`; `Kirchgasse 9, 97070 Würzburg`; `12 rue Haute, 75001
/// Paris`; `Calle Mayor 3, 2º B, 28013 Madrid`; `Damrak 1, 1012 LG Amsterdam`.
struct ForeignAddress {
  private enum Token {
    /// A word that begins with a capital, and one of two or three capitals: a state, half a code.
    case capital, capitals
    /// Others: particles, words for streets, and what is none of these.
    case small, long
    /// A number that a house may have, a code may have, or either; one that only codes have.
    case house, digits, either, code
    /// Half of a code in two tokens: SW1A, 1AA.
    case outward, inward
    /// 2nd, 3º
    case ordinal
  }

  private static let most = 24
  private var tokens = [24 of Token](repeating: .small)
  /// The part between commas that each token is in.
  private var parts = [24 of UInt8](repeating: 0)
  private var count = 0
  private var part: UInt8 = 0

  /// True when the text is an address beyond doubt: it has a house number, and a postal code beside a
  /// place, or without one (`needsCode` false) a word for a street with more behind it.
  static func passes(_ text: Span<UInt8>, _ streets: StreetWords, needsCode: Bool = false) -> Bool {
    var address = ForeignAddress()
    guard text.count >= 10, address.read(text) else { return false }
    return address.isWhole(text, streets, needsCode)
  }

  /// Where what may be a month's name stands, and what may be a year.
  private var (month, year) = (-9, -9)

  /// Splits the text into tokens; false where something stands in it that no address has.
  private mutating func read(_ text: Span<UInt8>) -> Bool {
    var start = 0
    for end in 0...text.count {
      let byte = end < text.count ? text[end] : 0x2C
      guard byte == 0x20 || byte == 0x2C || byte == 0x0A || byte == 0x3B else { continue }
      if end > start {
        guard count < Self.most, let token = Self.token(text, start..<end) else { return false }
        if token == .either, end - start == 4 {
          let century = (text[start], text[start + 1])
          if century == (0x31, 0x39) || century == (0x32, 0x30) { year = count }
        } else if token == .capital || token == .long || token == .capitals {
          var scanner = DateScanner()
          if scanner.month(text.extracting(start..<end)) != nil { month = count }
        }
        tokens[count] = token
        parts[count] = part
        count += 1
      }
      if byte != 0x20, part < 255 { part += 1 }
      start = end + 1
    }
    return count >= 3 && !holdsDate
  }

  /// 2 May 1997, or one that ends with October 3, 1998: Meir 3, 2000 Antwerpen is none.
  private var holdsDate: Bool {
    year == month + 1 || year == month + 2 && year == count - 1
  }

  private static func token(_ text: Span<UInt8>, _ range: Range<Int>) -> Token? {
    var (digits, letters, capitals, marks, wide) = (0, 0, 0, 0, 0)
    var leading = 0
    var hyphen = -1
    for at in range {
      let byte = text[at]
      switch byte {
      case 0x30...0x39:
        digits += 1
        if leading == at - range.lowerBound { leading += 1 }
      case 0x41...0x5A:
        letters += 1
        capitals += 1
      case 0x61...0x7A: letters += 1
      // - /
      case 0x2D, 0x2F:
        marks += 1
        hyphen = at - range.lowerBound
      // 3., and no version 3.21.69
      case 0x2E:
        if digits > 0, letters == 0, at + 1 < range.upperBound { return nil }
        marks += 1
      // &' ( )
      case 0x26...0x29: marks += 1
      // #
      case 0x23 where at == range.lowerBound: break
      case 0x80...:
        letters += 1
        wide += 1
      default: return nil
      }
    }
    if digits == 0 { return word(text[range.lowerBound], letters, capitals, range.count) }
    let isPlain = digits == range.count
    if isPlain { return digits <= 3 ? .house : digits <= 5 ? .either : digits == 6 ? .digits : nil }
    guard range.count <= 11 else { return nil }
    // 12-14, 12/3, #05-12, 62704-1234, 00-950, 1000-205
    if letters == 0 {
      switch (hyphen, range.count) {
      case (5, 9), (5, 10), (4, 8), (2, 6): return .code
      default: return digits <= 6 && marks <= 1 ? .house : nil
      }
    }
    if leading > 0 {
      // 1AA, 0B1; 2nd, 3º; 12a, 12bis
      if leading == 1, range.count == 3, capitals == 2 || capitals == 1 && digits == 2 {
        return .inward
      }
      if wide > 0 || letters == 2 && capitals == 0 && digits <= 2 { return .ordinal }
      return leading <= 5 && letters <= 3 ? .house : nil
    }
    // D-97070, CH-8001
    if hyphen > 0, hyphen <= 2, digits >= 4 { return .code }
    // SW1A, LS4, K1A; B12, A4 of blocks and flats
    if capitals == letters, marks == 0, range.count <= 4 { return .outward }
    return letters <= 12 ? .capital : nil
  }

  private static func word(_ first: UInt8, _ letters: Int, _ capitals: Int, _ count: Int) -> Token?
  {
    guard letters > 0 else { return .small }
    if capitals == letters, (2...3).contains(letters) { return .capitals }
    if first &- 0x41 < 26 || first >= 0xC3 { return .capital }
    return letters <= 3 ? .small : .long
  }

  private func isWhole(_ text: Span<UInt8>, _ streets: StreetWords, _ needsCode: Bool) -> Bool {
    var (capitals, long) = (0, 0)
    var (numbers, houses) = (0, 0)
    for index in 0..<count {
      switch tokens[index] {
      case .capital, .capitals: capitals += 1
      case .long: long += 1
      case .house, .either: (numbers, houses) = (numbers + 1, houses + 1)
      case .code, .digits: numbers += 1
      default: break
      }
    }
    guard capitals >= 2, long <= capitals, numbers <= 5, houses > 0 else { return false }
    guard let code = code() else {
      // Flat 5, 12 High Street, Leeds
      return !needsCode && part >= 2 && long < capitals && hasHouse(besides: -1)
        && streets.occur(in: text)
    }
    if hasHouse(besides: code) { return part >= 2 || streets.occur(in: text) }
    // Rua Augusta, 1500, São Paulo - SP, 01304-001
    return hasHouseAlone(besides: code) && streets.occur(in: text)
  }

  /// A number of a house stands between commas behind words.
  private func hasHouseAlone(besides code: Int) -> Bool {
    for index in 1..<count where index != code && parts[index] > 0 {
      guard tokens[index] == .house || tokens[index] == .either else { continue }
      if parts[index - 1] != parts[index], isPlace(index - 1) { return true }
    }
    return false
  }

  /// Where the postal code begins, beside a word that may be its place; nil without one.
  private func code() -> Int? {
    for index in stride(from: count - 1, through: 0, by: -1) {
      let width: Int
      switch tokens[index] {
      case .code, .either, .digits: width = 1
      case .outward where index + 1 < count && tokens[index + 1] == .inward: width = 2
      // 113 59 Stockholm
      case .house where index + 1 < count && tokens[index + 1] == .house: width = 2
      default: continue
      }
      // Codes that have a form of their own may stand behind a comma.
      let isTelling = tokens[index] == .outward || tokens[index] == .code
      if stands(before: index + width, index) { return index }
      if index > 0, isPlace(index - 1), ends(index + width, index),
        isTelling || parts[index - 1] == parts[index]
      {
        return index
      }
    }
    return nil
  }

  /// The code at `index` begins its part, or stands behind a house there, and a place comes next.
  private func stands(before place: Int, _ index: Int) -> Bool {
    guard place < count, parts[place] == parts[index], isPlace(place) else { return false }
    if index == 0 || parts[index - 1] != parts[index] { return true }
    for other in 0..<index where parts[other] == parts[index] {
      if tokens[other] == .house || tokens[other] == .either { return true }
    }
    return false
  }

  private func ends(_ place: Int, _ index: Int) -> Bool {
    place >= count || parts[place] != parts[index]
  }

  private func isPlace(_ index: Int) -> Bool {
    tokens[index] == .capital || tokens[index] == .capitals
  }

  /// A number of a house stands somewhere else than the code, with a word in its part.
  private func hasHouse(besides code: Int) -> Bool {
    for index in 0..<count where index != code {
      guard tokens[index] == .house || tokens[index] == .either else { continue }
      for other in 0..<count where parts[other] == parts[index] {
        switch tokens[other] {
        case .capital, .long: return true
        default: break
        }
      }
    }
    return false
  }
}
