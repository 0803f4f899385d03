internal import BreachBytes
package import BreachModel

/// Tells the charset of a leaf from its first bytes; the content decides, never the name.
package enum CharsetDetector {
  /// What a probe was found to be.
  package struct Detected: Sendable, Hashable {
    /// The most plausible charset; of no meaning when `isText` is false.
    package let charset: Charset
    /// Bytes of byte-order mark before the text.
    package let bomLength: Int
    /// False for binary data: controls or NUL above two in a hundred bytes, in no wide charset.
    package let isText: Bool
    /// A charset that is hardly less plausible: there is too little text to tell.
    package var rival: Charset?
  }

  /// The charset of `probe`, the first bytes of a leaf, or all of them when `isWhole`.
  ///
  /// In order: byte-order marks, UTF-32 and UTF-16 by their NUL, ISO-2022-JP by its escapes, strict
  /// UTF-8, what an XML or HTML document says of itself, then the likeliest of CP932, EUC-JP,
  /// ISO-8859-1, UTF-16 without any NUL and, with `foreign`, those of `ForeignText`. ASCII is UTF-8.
  /// A MiB costs less than 1 ms, or 5 ms for each charset between which its first 2 KiB that are
  /// not UTF-8 leave doubt.
  package static func detect(
    _ probe: Span<UInt8>,
    isWhole: Bool,
    foreign: Bool = true
  ) -> Detected {
    if let marked = byteOrderMark(probe) { return marked }
    let counts = ByteCounts(probe)
    if counts.nul > 0, let charset = wide(probe) {
      return Detected(charset: charset, bomLength: 0, isText: true)
    }
    if (counts.nul + counts.control) * 50 <= probe.count {
      let (charset, rival) = narrow(probe, counts, isWhole: isWhole, foreign: foreign)
      return Detected(charset: charset, bomLength: 0, isText: true, rival: rival)
    }
    // 、 and 。 of UTF-16 look like control bytes.
    if counts.nul == 0, let (charset, _) = wideWithoutNUL(probe, isWhole: isWhole).first {
      return Detected(charset: charset, bomLength: 0, isText: true)
    }
    return Detected(charset: .utf8, bomLength: 0, isText: false)
  }

  /// What a byte-order mark says; nil without one, or when what follows gives it the lie.
  private static func byteOrderMark(_ probe: Span<UInt8>) -> Detected? {
    let count = probe.count
    if count >= 3, probe[0] == 0xEF, probe[1] == 0xBB, probe[2] == 0xBF {
      let counts = ByteCounts(probe)
      return Detected(
        charset: .utf8,
        bomLength: 3,
        isText: (counts.nul + counts.control) * 50 <= count
      )
    }
    for (charset, length) in [
      (Charset.utf32LE, 4), (.utf32BE, 4), (.utf16LE, 2), (.utf16BE, 2),
    ] where count >= length && WideText.startsWithMark(probe, charset) {
      let text = WideText(probe, charset, from: length)
      if text.units == 0 || text.good * 10 >= text.units * 7 {
        return Detected(charset: charset, bomLength: length, isText: true)
      }
    }
    return nil
  }

  /// UTF-32 or UTF-16 without a mark, for probes that hold NUL; nil when neither is plausible.
  private static func wide(_ probe: Span<UInt8>) -> Charset? {
    for charset in [Charset.utf32LE, .utf32BE] {
      let text = WideText(probe, charset, from: 0)
      if text.units > 0 && text.good * 20 >= text.units * 19 { return charset }
    }
    let little = WideText(probe, .utf16LE, from: 0)
    let big = WideText(probe, .utf16BE, from: 0)
    let (best, charset) = big.good > little.good ? (big, Charset.utf16BE) : (little, .utf16LE)
    return best.units > 0 && best.good * 10 >= best.units * 9 ? charset : nil
  }

  /// UTF-16 that holds no ASCII and thus no NUL, with its likelihood: kana must show it.
  private static func wideWithoutNUL(
    _ probe: Span<UInt8>,
    isWhole: Bool
  ) -> [(Charset, Int)] {
    guard probe.count % 2 == 0 || !isWhole else { return [] }
    return [Charset.utf16LE, .utf16BE].compactMap { charset in
      let text = WideText(probe, charset, from: 0)
      let isPlausible = text.good == text.units && text.kana > 0 && text.kana * 8 >= text.units
      return isPlausible ? (charset, text.likelihood) : nil
    }
  }

  /// The charset of text that is neither marked nor wide with NUL, and what it may be as well.
  private static func narrow(
    _ probe: Span<UInt8>,
    _ counts: ByteCounts,
    isWhole: Bool,
    foreign: Bool
  ) -> (Charset, rival: Charset?) {
    if counts.escape > 0 && counts.high == 0 && EscapedText.isISO2022JP(probe, isWhole: isWhole) {
      return (.iso2022JP, nil)
    }
    if counts.high == 0 { return (.utf8, nil) }
    let declared = declared(probe)
    if isUTF8(probe, isWhole: isWhole) {
      // A document that was converted often still names its old charset; but in characters of two
      // bytes alone, half-width kana and the like look the same.
      guard let declared, !declared.isSingleByte, counts.high < 64, !holdsThreeBytes(probe) else {
        return (.utf8, nil)
      }
      return (declared, nil)
    }
    if let declared { return (declared, nil) }
    var candidates: [Charset] = [.cp932, .eucJP, .latin1]
    if counts.nul == 0 { candidates += [.utf16LE, .utf16BE] }
    if foreign { candidates += ForeignText.charsets }
    // The first lines that are not UTF-8 usually leave no doubt; only then is the rest left unread.
    let first = UTF8Check.validPrefix(probe) & ~1
    if probe.count - first > sampleLength {
      let sample = probe.extracting(first..<first + sampleLength)
      let ranking = ranking(candidates, sample, isWhole: false)
      candidates = ranking.filter { $0.1 + certainty > ranking[0].1 }.map(\.0)
      if candidates.count == 1 { return (candidates[0], nil) }
    }
    let ranking = ranking(candidates, probe, isWhole: isWhole)
    let (best, likelihood) = ranking[0]
    let isLatin = ForeignText.isLatin(best)
    let rival = ranking.dropFirst().first { !isLatin || !ForeignText.isLatin($0.0) }
    return (best, rival.flatMap { likelihood - $0.1 < doubt ? $0.0 : nil })
  }

  /// A charset of one byte or more a character that a document names and that explains it.
  private static func declared(_ probe: Span<UInt8>) -> Charset? {
    guard let charset = DeclaredCharset.find(probe) else { return nil }
    switch charset {
    case .cp932, .eucJP, .eucKR, .gb18030, .big5:
      // A cut character at the end is no flaw; a few bytes of another charset are not, either.
      let sample = probe.count > 64 << 10 ? probe.extracting(0..<64 << 10) : probe
      return LineCharset.invalid(sample, charset) * 64 <= ByteCounts(sample).high + 128
        ? charset : nil
    default: return charset.isSingleByte ? charset : nil
    }
  }

  private static func holdsThreeBytes(_ probe: Span<UInt8>) -> Bool {
    for at in 0..<probe.count where probe[at] >= 0xE0 { return true }
    return false
  }

  /// Bytes that are judged before all of them are.
  private static let sampleLength = 2048

  /// The lead over the second charset that settles the matter, a factor of e³⁰.
  private static let certainty = 3000

  /// The lead that leaves a reader in doubt, a factor of e³.
  private static let doubt = 300

  /// The candidates that text which is not UTF-8 may be in, the likeliest first.
  private static func ranking(
    _ candidates: [Charset],
    _ text: Span<UInt8>,
    isWhole: Bool
  ) -> [(Charset, Int)] {
    var ranking: [(Charset, Int)] = []
    let wide = candidates.contains(.utf16LE) ? wideWithoutNUL(text, isWhole: isWhole) : []
    for charset in candidates {
      switch charset {
      case .cp932: ranking.append((charset, LegacyText.cp932(text, isWhole: isWhole)))
      case .eucJP: ranking.append((charset, LegacyText.eucJP(text, isWhole: isWhole)))
      case .latin1: ranking.append((charset, LegacyText.latin1(text)))
      case .utf16LE, .utf16BE: ranking += wide.filter { $0.0 == charset }
      default:
        ranking.append((charset, ForeignText.likelihood(charset, text, isWhole: isWhole)))
      }
    }
    // Where two are equal, the order of the candidates stands.
    return ranking.enumerated().sorted {
      ($1.element.1, $0.offset) < ($0.element.1, $1.offset)
    }.map(\.element)
  }

  /// True when all but a cut sequence at the end is UTF-8, or when so much is that what is not must
  /// be damage: a multi-byte sequence of UTF-8 hardly ever arises by chance.
  private static func isUTF8(_ probe: Span<UInt8>, isWhole: Bool) -> Bool {
    var at = 0
    var invalid = 0
    while true {
      let rest = probe.extracting(at..<probe.count)
      let valid = UTF8Check.validPrefix(rest)
      at += valid
      if at == probe.count { break }
      if !isWhole && probe.count - at <= 3 && isCutSequence(probe.extracting(at..<probe.count)) {
        break
      }
      invalid += 1
      at += 1
      // Legacy text is invalid at once and often; this bounds the work on it.
      if invalid > 64 && invalid > at / 256 { return false }
    }
    if invalid == 0 { return true }
    return ByteCounts(probe).high > invalid * 64
  }

  /// True when `tail` may be the beginning of one UTF-8 sequence.
  private static func isCutSequence(_ tail: Span<UInt8>) -> Bool {
    let needed = tail[0] >= 0xF0 ? 4 : tail[0] >= 0xE0 ? 3 : 2
    guard tail[0] >= 0xC2 && tail[0] <= 0xF4 && tail.count < needed else { return false }
    for index in 1..<max(1, tail.count) where tail[index] & 0xC0 != 0x80 { return false }
    return true
  }
}
