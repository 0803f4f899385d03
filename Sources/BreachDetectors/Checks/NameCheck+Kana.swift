package import BreachBytes
internal import BreachModel

/// Names in kana.
extension NameCheck {
  /// A name in kana; the normal form is full-width katakana without blanks.
  mutating func kana(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Verdict {
    split = nil
    normal.clear()
    var family = plainKana(text, &normal)
    if family == nil {
      normal.clear()
      family = anyKana(text, &normal)
    }
    guard let family, normal.count >= 6, !lists.nameStopWords.contains(normal.span),
      text.count > 12 || !lists.isEmptyWord(text)
    else { return .fail }
    return kanaVerdict(normal.span, family)
  }

  /// A name in full-width katakana or in hiragana, as nearly all are, with at most one blank.
  ///
  /// - Returns: bytes of the normal form before the first blank; nil when this is another form.
  package func plainKana(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Int? {
    guard text.count <= 120 else { return nil }
    var all: UInt8 = 0xFF
    var blank = -1
    var at = 0
    while at < text.count {
      if text[at] == 0x20 {
        guard blank < 0 else { return nil }
        blank = at
        at += 1
        continue
      }
      all &= letters.meaning(text, at)
      at += 3
    }
    guard all & (NameLetters.plainKana | NameLetters.hiragana) != 0, at == text.count
    else { return nil }
    let end = blank < 0 ? text.count : blank
    normal.append(text.extracting(0..<end))
    if blank >= 0 { normal.append(text.extracting(blank + 1..<text.count)) }
    if all & NameLetters.hiragana != 0 { Kana.turnKatakana(&normal) }
    return end
  }

  /// A name in kana in any form, with the same result; nil when it is none.
  package mutating func anyKana(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Int? {
    scalars.load(text, 0..<text.count)
    guard scalars.count >= 1, scalars.count <= 40 else { return nil }
    var blank = 0
    while blank < scalars.count, scalars.values[blank] != 0x20 { blank += 1 }
    guard Kana.appendKatakana(scalars, 0..<blank, to: &normal) else { return nil }
    let family = normal.count
    return Kana.appendKatakana(scalars, blank..<scalars.count, to: &normal) ? family : nil
  }

  /// What the dictionary says of a name in katakana whose first `family` bytes stood before a blank.
  private mutating func kanaVerdict(_ text: Span<UInt8>, _ family: Int) -> Verdict {
    let sample = lists.samplePersons.contains(text)
    let count = text.count
    if family > 0, family < count {
      split = family
      let known =
        lexicon.flags(text, 0..<family) & bits.familyKana != 0
        || lexicon.flags(text, family..<count) & bits.givenKana != 0
      return kanaVerdict(known, 2, sample)
    }
    var at = 6
    while at + 6 <= count {
      if lexicon.flags(text, 0..<at) & bits.familyKana != 0,
        lexicon.flags(text, at..<count) & bits.givenKana != 0
      {
        split = at
        return kanaVerdict(true, 0, sample)
      }
      at += 3
    }
    return kanaVerdict(
      lexicon.flags(text, 0..<count) & (bits.familyKana | bits.givenKana) != 0,
      0,
      sample
    )
  }

  private func kanaVerdict(_ known: Bool, _ weight: Int, _ sample: Bool) -> Verdict {
    Verdict(
      known ? .pass : .unknown,
      evidence: .dictionary.when(known),
      weight: known ? weight : -10,
      isSample: sample
    )
  }
}
