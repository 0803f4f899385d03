internal import BreachBytes
internal import BreachModel

/// How likely bytes are as text in CP932, EUC-JP or ISO-8859-1.
///
/// Every function gives the natural logarithm of the likelihood in hundredths, so that the largest
/// wins; plain ASCII weighs the same in all. The shares behind the weights are rounded from Japanese
/// customer data and prose: hiragana 0.35, katakana 0.15, common kanji 0.27, others of level 1 0.08, punctuation 0.1,
/// level-2 kanji 0.01, each over the number of its characters; they need only be right to a factor.
enum LegacyText {
  /// ASCII on its own; a trail byte of CP932 costs nothing, as it is part of its character.
  private static let ascii = -340
  /// A hiragana, 0.35 over 83.
  private static let hiragana = -547
  /// A katakana, 0.15 over 86.
  private static let katakana = -635
  /// Japanese punctuation, 0.1 over 108.
  private static let punctuation = -700
  /// A full-width digit or letter, 0.03 over 62.
  private static let alphanumeric = -763
  /// One of the 572 kanji that are common, 0.27 of the text.
  private static let common = -766
  /// Another kanji of JIS level 1, 0.08 over 2,393.
  private static let level1 = -1030
  /// A kanji of JIS level 2, 0.01 over 3,390.
  private static let level2 = -1273
  /// A symbol, a Greek, Cyrillic or box-drawing character.
  private static let symbols = -1150
  /// A character of the NEC and IBM extensions, 0.005 over 388.
  private static let extensions = -1130
  /// A user-defined character, which text that leaves its machine does not hold.
  private static let userDefined = -2000
  /// A byte that the charset does not allow where it stands.
  private static let invalid = -3000
  /// A run of half-width kana starts.
  private static let kanaStart = -350
  /// A run of half-width kana goes on.
  private static let kanaStay = -10
  /// A run of half-width kana ends.
  private static let kanaEnd = -230
  /// Japanese and an ASCII letter seldom touch; an accented letter and an ASCII letter do.
  private static let seam = -150

  /// CP932, with a head start of e³: what Windows exports is far more often this than EUC-JP.
  static func cp932(_ probe: Span<UInt8>, isWhole: Bool) -> Int {
    var score = 300
    var kana = KanaRun()
    var before = Neighbour.other
    var at = 0
    while at < probe.count {
      let byte = probe[at]
      if byte < 0x80 {
        score += ascii
        kana.end(&score)
        before.meets(isLetter(byte) ? .letter : .other, &score)
        at += 1
      } else if byte >= 0xA1 && byte <= 0xDF {
        kana.add(byte, &score)
        before.meets(.japanese, &score)
        at += 1
      } else if byte == 0x80 || byte == 0xA0 || byte >= 0xFD {
        score += invalid
        kana.end(&score)
        at += 1
      } else if at + 1 == probe.count {
        if isWhole { score += invalid }
        break
      } else {
        kana.end(&score)
        before.meets(.japanese, &score)
        let weight = cp932Pair(byte, probe[at + 1])
        score += weight
        at += weight == invalid ? 1 : 2
      }
    }
    kana.end(&score)
    return score
  }

  /// The weight of a two-byte character of CP932.
  private static func cp932Pair(_ lead: UInt8, _ trail: UInt8) -> Int {
    guard trail >= 0x40 && trail != 0x7F && trail <= 0xFC else { return invalid }
    switch lead {
    case 0x81:
      return trail <= 0x5B ? punctuation : trail >= 0xAD && trail < 0xB8 ? invalid : symbols
    case 0x82:
      switch trail {
      case 0x4F...0x58, 0x60...0x79, 0x81...0x9A: return alphanumeric
      case 0x9F...0xF1: return hiragana
      default: return invalid
      }
    case 0x83: return trail <= 0x96 ? katakana : trail <= 0xD6 ? symbols : invalid
    case 0x84: return trail <= 0xBE ? symbols : invalid
    case 0x87: return trail <= 0x9C ? extensions : invalid
    case 0x88: return trail >= 0x9F ? kanji(.cp932, lead, trail) : invalid
    case 0x89...0x97: return kanji(.cp932, lead, trail)
    case 0x98: return trail <= 0x72 ? kanji(.cp932, lead, trail) : trail >= 0x9F ? level2 : invalid
    case 0x99...0x9F, 0xE0...0xE9: return level2
    case 0xEA: return trail <= 0xA4 ? level2 : invalid
    case 0xED, 0xEE, 0xFA, 0xFB: return extensions
    case 0xFC: return trail <= 0x4B ? extensions : invalid
    case 0xF0...0xF9: return userDefined
    default: return invalid
    }
  }

  /// The weight of a kanji of level 1.
  private static func kanji(_ charset: Charset, _ lead: UInt8, _ trail: UInt8) -> Int {
    let point = CharsetLetters.pair(charset, lead, trail)
    return CharsetLetters.isCommon(point, in: .japanese) ? common : level1
  }

  /// EUC-JP.
  static func eucJP(_ probe: Span<UInt8>, isWhole: Bool) -> Int {
    var score = 0
    var kana = KanaRun()
    var before = Neighbour.other
    var at = 0
    while at < probe.count {
      let lead = probe[at]
      if lead < 0x80 {
        score += ascii
        kana.end(&score)
        before.meets(isLetter(lead) ? .letter : .other, &score)
        at += 1
        continue
      }
      before.meets(.japanese, &score)
      let left = probe.count - at
      if left < (lead == 0x8F ? 3 : 2) {
        if isWhole { score += invalid }
        break
      }
      let trail = probe[at + 1]
      if lead == 0x8E && trail >= 0xA1 && trail <= 0xDF {
        kana.add(trail, &score)
        at += 2
        continue
      }
      kana.end(&score)
      if lead == 0x8F && trail >= 0xA1 && trail <= 0xFE && probe[at + 2] >= 0xA1 {
        score += level2
        at += 3
        continue
      }
      let weight = eucPair(lead, trail)
      score += weight
      at += weight == invalid ? 1 : 2
    }
    kana.end(&score)
    return score
  }

  /// The weight of a two-byte character of EUC-JP.
  private static func eucPair(_ lead: UInt8, _ trail: UInt8) -> Int {
    guard trail >= 0xA1 && trail <= 0xFE else { return invalid }
    switch lead {
    case 0xA1: return trail <= 0xBC ? punctuation : symbols
    case 0xA2: return symbols
    case 0xA3:
      switch trail {
      case 0xB0...0xB9, 0xC1...0xDA, 0xE1...0xFA: return alphanumeric
      default: return invalid
      }
    case 0xA4: return trail <= 0xF3 ? hiragana : invalid
    case 0xA5: return trail <= 0xF6 ? katakana : invalid
    case 0xA6...0xA8: return symbols
    case 0xAD, 0xF9...0xFC: return extensions
    case 0xB0...0xCE: return kanji(.eucJP, lead, trail)
    case 0xCF: return trail <= 0xD3 ? kanji(.eucJP, lead, trail) : invalid
    case 0xD0...0xF3: return level2
    case 0xF4: return trail <= 0xA6 ? level2 : invalid
    default: return invalid
    }
  }

  /// ISO-8859-1 with the Windows-1252 letters: accented letters stand between ASCII ones.
  static func latin1(_ probe: Span<UInt8>) -> Int {
    var score = 0
    var run = 0
    for at in 0..<probe.count {
      let byte = probe[at]
      if byte < 0x80 {
        score += ascii
        run = 0
        continue
      }
      // One accented letter beside another is rare, a third is not Western text.
      score -= run == 0 ? 0 : run == 1 ? 200 : 500
      run += 1
      switch byte {
      case 0xDF...0xF6, 0xF8...0xFE: score -= 410
      case 0xC0...0xD6, 0xD8...0xDE: score -= 650
      case 0xA0, 0xA1, 0xA3, 0xA7, 0xA9, 0xAB, 0xAE, 0xB0...0xB4, 0xB7, 0xBA, 0xBB, 0xBF:
        score -= 600
      case 0x80, 0x85, 0x8C, 0x91...0x97, 0x99, 0x9C: score -= 650
      case 0x81, 0x8D, 0x8F, 0x90, 0x9D: score += invalid
      default: score -= 900
      }
    }
    return score
  }

  /// True for A–Z and a–z.
  static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// What the character before was.
  private enum Neighbour {
    case letter, japanese, other

    /// Goes on to the next character and weighs the seam between the two.
    mutating func meets(_ next: Neighbour, _ score: inout Int) {
      if (self == .letter && next == .japanese) || (self == .japanese && next == .letter) {
        score += LegacyText.seam
      }
      self = next
    }
  }

  /// A run of half-width kana under way.
  private struct KanaRun {
    /// The byte before, 0 outside a run.
    private var last: UInt8 = 0

    /// The weights of A1…DF: logarithms of their share in the half-width spelling of the readings
    /// of Japanese personal and place names in SudachiDict (2026-10), in hundredths.
    private static let weights: [63 of Int16] = [
      -853, -853, -853, -853, -743, -846, -747, -661, -792, -708, -779, -667, -533, -348, -529,
      -532, -429, -340, -289, -466, -367, -289, -346, -355, -363, -407, -382, -272, -433, -518,
      -557, -342, -318, -429, -503, -360, -388, -465, -650, -541, -425, -408, -428, -420, -548,
      -483, -329, -364, -556, -567, -458, -401, -551, -488, -421, -421, -492, -613, -474, -416,
      -313, -241, -611,
    ]

    /// Adds one kana byte, A1…DF.
    mutating func add(_ byte: UInt8, _ score: inout Int) {
      score += Int(Self.weights[Int(byte) - 0xA1])
      score += last == 0 ? LegacyText.kanaStart : LegacyText.kanaStay
      // ﾞ follows ｳ and the rows of か さ た は, ﾟ the last; ｧ…ｯ and ｰ start no word.
      switch byte {
      case 0xDE
      where !(last == 0xB3 || (0xB6...0xC4).contains(last) || (0xCA...0xCE).contains(last)):
        score -= 600
      case 0xDF where !(0xCA...0xCE).contains(last):
        score -= 600
      case 0xA7...0xB0 where last == 0:
        score -= 400
      default:
        break
      }
      last = byte
    }

    /// Ends the run, if there is one.
    mutating func end(_ score: inout Int) {
      if last != 0 { score += LegacyText.kanaEnd }
      last = 0
    }
  }
}
