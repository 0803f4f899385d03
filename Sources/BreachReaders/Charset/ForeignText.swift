internal import BreachBytes
internal import BreachModel

/// How likely bytes are as text in a charset that is neither Japanese nor Western European.
///
/// On the scale of `LegacyText`. The letters of the languages that are written in a charset make up
/// four fifths of its text or more, and hardly ever those that the same bytes are in another.
enum ForeignText {
  /// How much rarer such files are than Japanese and Western ones.
  private static func rareness(_ charset: Charset) -> Int {
    switch charset {
    case .eucKR, .gb18030, .big5: -400
    case _ where isLatin(charset): -300
    case .iso88595, .koi8R, .ibm866: -1500
    default: -800
    }
  }

  /// ASCII on its own.
  private static let ascii = -340
  /// A byte that the charset does not allow where it stands.
  private static let invalid = -3000
  /// An ideograph or a letter of another script seldom touches an ASCII letter.
  private static let pairSeam = -150
  private static let letterSeam = -300
  /// A capital behind a small letter.
  private static let brokenCase = -500

  /// Every charset that is judged here.
  static let charsets = Charset.allCases.filter { $0.rawValue >= Charset.eucKR.rawValue }

  /// Latin letters and marks: most of the letters are the same bytes in all of these.
  static func isLatin(_ charset: Charset) -> Bool {
    switch charset {
    case .latin1, .windows1250, .windows1254, .windows1257, .iso88592: true
    default: false
    }
  }

  static func likelihood(_ charset: Charset, _ probe: Span<UInt8>, isWhole: Bool) -> Int {
    switch charset {
    case .eucKR, .gb18030, .big5: pairs(charset, probe, isWhole: isWhole)
    case _ where isLatin(charset): latin(charset, probe)
    default: letters(charset, probe)
    }
  }

  // MARK: two bytes a character

  private static func pairs(_ charset: Charset, _ probe: Span<UInt8>, isWhole: Bool) -> Int {
    var score = rareness(charset)
    var (wasLetter, wasPair) = (false, false)
    var at = 0
    while at < probe.count {
      let lead = probe[at]
      if lead < 0x80 {
        score += ascii
        let isLetter = LegacyText.isLetter(lead)
        if wasPair && isLetter { score += pairSeam }
        (wasLetter, wasPair) = (isLetter, false)
        at += 1
        continue
      }
      if wasLetter { score += pairSeam }
      (wasLetter, wasPair) = (false, true)
      guard at + 1 < probe.count else {
        if isWhole { score += invalid }
        break
      }
      let trail = probe[at + 1]
      if charset == .gb18030, trail >= 0x30, trail <= 0x39, lead > 0x80, lead < 0xFF {
        guard at + 3 < probe.count else {
          if isWhole { score += invalid }
          break
        }
        let isLong = probe[at + 2] > 0x80 && probe[at + 3] >= 0x30 && probe[at + 3] <= 0x39
        score += isLong ? -1700 : invalid
        at += isLong ? 4 : 1
        continue
      }
      let point = CharsetLetters.pair(charset, lead, trail)
      let weight: Int
      switch charset {
      case _ where point == 0: weight = invalid
      case .eucKR: weight = korean(lead, trail, point)
      case .big5: weight = traditional(lead, trail, point)
      default: weight = simplified(lead, trail, point)
      }
      score += weight
      at += weight == invalid ? 1 : 2
    }
    return score
  }

  /// KS X 1001: 249 syllables are 0.8 of the text, the other 2,101 0.12; the 4,888 ideographs and
  /// the 8,822 syllables of the extension 0.005 each.
  private static func korean(_ lead: UInt8, _ trail: UInt8, _ point: Int) -> Int {
    if trail < 0xA1 || lead < 0xA1 { return -1438 }
    switch lead {
    case 0xA1: return trail <= 0xBC ? -750 : -1150
    case 0xA3: return -900
    case 0xA2, 0xA4...0xAF: return -1150
    case 0xB0...0xC8: return CharsetLetters.isCommon(point, in: .korean) ? -575 : -973
    default: return -1379
    }
  }

  /// GB 2312: some 600 ideographs are 0.8 of the text, the others of level 1 0.13 and of level 2
  /// 0.01; those of GBK beyond them 0.005 over 14,000.
  private static func simplified(_ lead: UInt8, _ trail: UInt8, _ point: Int) -> Int {
    if (0xE000...0xF8FF).contains(point) { return -2000 }
    if CharsetLetters.isCommon(point, in: .simplifiedChinese) { return -662 }
    if trail < 0xA1 || lead < 0xA1 { return -1500 }
    switch lead {
    case 0xA1: return trail <= 0xBF ? -710 : -1150
    case 0xA3: return -900
    case 0xA2, 0xA4...0xAF: return -1250
    case 0xB0...0xD7: return -1009
    default: return -1261
    }
  }

  /// Big5: some 690 ideographs are 0.8 of the text, the others of level 1 0.13 and of level 2 0.01.
  private static func traditional(_ lead: UInt8, _ trail: UInt8, _ point: Int) -> Int {
    if CharsetLetters.isCommon(point, in: .traditionalChinese) { return -675 }
    switch lead {
    case 0xA1: return trail <= 0x7E ? -710 : -1150
    case 0xA2, 0xA3: return -1150
    case 0xA4...0xC5: return -1050
    case 0xC6: return trail <= 0x7E ? -1050 : -1700
    case 0xC9...0xF9: return -1354
    default: return -1700
    }
  }

  // MARK: one byte a character

  /// Scripts of their own: words are made of such letters alone.
  private static func letters(_ charset: Charset, _ probe: Span<UInt8>) -> Int {
    var score = rareness(charset)
    var before = (isASCII: false, isSmall: false, isOwn: false)
    for at in 0..<probe.count {
      let byte = probe[at]
      if byte < 0x80 {
        score += ascii
        let isASCII = LegacyText.isLetter(byte)
        if isASCII && before.isOwn { score += letterSeam }
        before = (isASCII, false, false)
        continue
      }
      let letter = CharsetLetters.letter(charset, byte)
      guard let cost = letter.cost else {
        score += invalid
        before = (false, false, false)
        continue
      }
      score -= cost
      if letter.isLetter && before.isASCII { score += letterSeam }
      if letter.isCapital && before.isSmall { score += brokenCase }
      before = (false, letter.isLetter && !letter.isCapital, letter.isLetter)
    }
    return score
  }

  /// Latin letters with marks, which stand between ASCII letters like those of Western Europe.
  private static func latin(_ charset: Charset, _ probe: Span<UInt8>) -> Int {
    var score = rareness(charset)
    var run = 0
    for at in 0..<probe.count {
      let byte = probe[at]
      if byte < 0x80 {
        score += ascii
        run = 0
        continue
      }
      score -= run == 0 ? 0 : run == 1 ? 200 : 500
      run += 1
      guard let cost = CharsetLetters.letter(charset, byte).cost else {
        score += invalid
        continue
      }
      score -= cost
    }
    return score
  }
}
