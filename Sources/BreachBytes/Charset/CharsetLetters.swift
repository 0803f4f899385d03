package import BreachModel
internal import CDictionaries

/// Which characters the bytes of a charset stand for, and how common those are.
///
/// For telling charsets apart: single characters at a time, from the same tables that
/// `CharsetDecoder` reads.
package enum CharsetLetters {
  /// A language that `letters.txt` lists the common ideographs or syllables of.
  package enum Language: UInt8, Sendable {
    case japanese = 1
    case simplifiedChinese = 2
    case traditionalChinese = 4
    case korean = 8
  }

  /// The code point of a pair of EUC-KR, GB 18030 or Big5, of CP932, or of two bytes A1–FE of
  /// EUC-JP; 0 when there is none, and for other charsets.
  package static func pair(_ charset: Charset, _ lead: UInt8, _ trail: UInt8) -> Int {
    switch charset {
    case .eucKR, .gb18030, .big5:
      guard lead > 0x80, lead < 0xFF, trail >= 0x40 else { return 0 }
      return pairs(charset).uint16(at: 2 * ((Int(lead) - 0x81) * 192 + Int(trail) - 0x40))
    case .cp932:
      let row = Int(lead ^ 0x20) - 0xA1
      guard row >= 0, row < 60, trail >= 0x40 else { return 0 }
      // SAFETY: the blob is static and its size is the one given.
      let table = unsafe Blob(base: breach_cp932_bytes(), count: breach_cp932_size)
      return table.uint16(at: 2 * (row * 192 + Int(trail) - 0x40))
    case .eucJP:
      guard lead > 0xA0, lead < 0xFF, trail > 0xA0, trail < 0xFF else { return 0 }
      // SAFETY: the blob is static and its size is the one given.
      let table = unsafe Blob(base: breach_jis0208_bytes(), count: breach_jis0208_size)
      return table.uint16(at: 2 * ((Int(lead) - 0xA1) * 94 + Int(trail) - 0xA1))
    default: return 0
    }
  }

  /// True for an ideograph or a syllable that text in that language is mostly made of.
  package static func isCommon(_ point: Int, in language: Language) -> Bool {
    let place: Int
    switch point {
    case 0x4E00...0x9FFF: place = point - 0x4E00
    case 0xAC00...0xD7A3: place = 0x5200 + point - 0xAC00
    default: return false
    }
    // SAFETY: the blob is static and its size is the one given.
    let flags = unsafe Blob(base: breach_common_letters_bytes(), count: breach_common_letters_size)
    return flags.byte(at: place) & language.rawValue != 0
  }

  /// What a byte of a charset with one byte a character is.
  package struct Letter {
    /// Hundredths of a nat that the character costs in its languages; nil for none.
    package let cost: Int?
    package let isLetter: Bool
    package let isCapital: Bool
  }

  /// The character of a byte 80–FF in one of the charsets from `windows1250` on.
  package static func letter(_ charset: Charset, _ byte: UInt8) -> Letter {
    let place = Int(charset.rawValue - Charset.windows1250.rawValue) * 128 + Int(byte & 0x7F)
    // SAFETY: the blob is static and its size is the one given.
    let cells = unsafe Blob(base: breach_single_byte_bytes(), count: breach_single_byte_size)
    let cost = cells.byte(at: 4 * place + 2)
    let kind = cells.byte(at: 4 * place + 3)
    return Letter(
      cost: cost == 0xFF ? nil : Int(cost) * 8,
      isLetter: kind > 0,
      isCapital: kind == 2
    )
  }

  private static func pairs(_ charset: Charset) -> Blob {
    // SAFETY: the blobs are static and their sizes are the ones given.
    switch charset {
    case .eucKR: unsafe Blob(base: breach_euc_kr_bytes(), count: breach_euc_kr_size)
    case .big5: unsafe Blob(base: breach_big5_bytes(), count: breach_big5_size)
    default: unsafe Blob(base: breach_gb18030_bytes(), count: breach_gb18030_size)
    }
  }
}
