internal import BreachBytes
internal import BreachModel

/// Names in kanji and kana of the usual length in standard characters: nearly all of a column.
extension NameCheck {
  /// What `any` says of such a name; nil when the value is something else.
  ///
  /// One pass rules out all that would need a closer look: organisations, honorifics, variants,
  /// further blanks, foreign names.
  @inline(__always)
  mutating func plain(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Verdict? {
    let count = text.count
    guard count >= 6, count <= 32 else { return nil }
    var blank = -1
    var all: UInt8 = 0xFF
    var marks: UInt8 = 0
    var last: UInt8 = 0
    var at = 0
    while at < count {
      if text[at] == 0x20 {
        guard blank < 0, at > 0 else { return nil }
        blank = at
        last = 0
        at += 1
        continue
      }
      let meaning = letters.meaning(text, at)
      all &= meaning
      marks |= last &<< 1 & meaning
      last = meaning
      at += 3
    }
    let bytes = blank < 0 ? count : count - 1
    guard all & (NameLetters.letter | NameLetters.katakana) == NameLetters.letter,
      marks & NameLetters.follows == 0, last & NameLetters.honorific == 0, last != 0, bytes <= 24
    else { return nil }
    let end = blank < 0 ? count : blank
    normal.append(text.extracting(0..<end))
    if end < count { normal.append(text.extracting(end + 1..<count)) }
    let stops = lists.nameStopWords.contains(normal.span)
    if stops || end < count && lists.nameStopWords.contains(text) { return .fail }
    let isSample = lists.samplePersons.contains(normal.span)
    if end == count { return plainJoined(text, isSample) }
    split = end
    let family = lexicon.flags(text, 0..<end)
    let strength = strength(family, lexicon.flags(text, end + 1..<count), prefersTop: false)
    return verdict(strength + (strength > 1 ? 1 : 0), false, isSample)
  }

  /// What `anyPart` says of a part without blanks in standard characters; nil for anything else.
  @inline(__always)
  mutating func plainPart(
    _ text: Span<UInt8>,
    _ normal: inout ByteBuffer,
    _ isFamily: Bool
  ) -> Verdict? {
    let count = text.count
    guard count <= 60 else { return nil }
    var all = NameLetters.letter
    var at = 0
    while at < count {
      all &= letters.meaning(text, at)
      at += 3
    }
    guard all != 0 else { return nil }
    if lists.nameStopWords.contains(text) { return .fail }
    normal.append(text)
    let flags = lexicon.flags(text, 0..<count)
    return partVerdict(flags & (isFamily ? bits.family : bits.given) != 0)
  }

  /// As `joined`, for characters of three bytes.
  @inline(__always)
  private mutating func plainJoined(_ text: Span<UInt8>, _ isSample: Bool) -> Verdict {
    var best = 0
    var end = 3
    while end < min(text.count, 18) {
      let family = lexicon.flags(text, 0..<end)
      if family & bits.family != 0 {
        let given = lexicon.flags(text, end..<text.count)
        let strength = strength(family, given, prefersTop: true)
        if strength > best {
          best = strength
          if strength >= 2 { split = end }
          if best >= 4 { break }
        }
      }
      end += 3
    }
    return verdict(best, false, isSample)
  }
}
