package import BreachBytes
package import BreachModel

/// A value on its way through a check: folded bytes in, the normal form out.
///
/// One per worker; the buffers are reused, so checking allocates nothing once warm.
package struct Value: ~Copyable {
  /// The value with full-width ASCII, wide blanks and the many hyphens folded to plain ASCII.
  package var folded = ByteBuffer(capacity: 512)
  /// What digests are made of: the same for every way of writing the same thing.
  package var normal = ByteBuffer(capacity: 512)

  package init() {}

  /// Loads a value: trims blanks, Excel's `="…"`, then folds.
  package mutating func load(_ text: Span<UInt8>, _ range: Range<Int>) {
    let (bare, _) = Self.bare(text, range)
    fold(text, bare)
    normal.clear()
  }

  /// The loaded value is empty, or says that there is none.
  func saysNothing(_ words: WordLists) -> Bool {
    folded.isEmpty || words.isEmptyWord(folded.span)
  }

  /// The same from an array.
  package mutating func load(_ text: [UInt8], _ range: Range<Int>) { load(text.span, range) }

  /// Fills `folded` with a bare range of `text`.
  mutating func fold(_ text: Span<UInt8>, _ range: Range<Int>) {
    folded.clear()
    Folding.append(text, range, to: &folded)
    trimFolded()
  }

  /// The range without blanks around it and without a spreadsheet's marks for text, `="…"` and `'`
  /// before a digit; and whether there were such marks.
  @inline(__always)
  static func bare(_ text: Span<UInt8>, _ range: Range<Int>) -> (Range<Int>, wasMarked: Bool) {
    var start = range.lowerBound
    var end = range.upperBound
    // Nearly all values begin and end with something to see.
    if start < end, isBlank(text[start]) || isBlank(text[end - 1]) { trim(text, &start, &end) }
    if start < end, text[start] == 0x3D || text[start] == 0x27 {
      if end - start >= 3, text[start] == 0x3D, text[start + 1] == 0x22, text[end - 1] == 0x22 {
        return (start + 2..<end - 1, true)
      }
      if end - start >= 2, text[start] == 0x27, isDigit(text[start + 1]) {
        return (start + 1..<end, true)
      }
    }
    return (start..<end, false)
  }

  /// A blank, or a byte with which an ideographic one begins or ends.
  @inline(__always)
  private static func isBlank(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == 0xE3 || byte == 0x80
  }

  private static func trim(_ text: Span<UInt8>, _ start: inout Int, _ end: inout Int) {
    while start < end {
      if text[start] <= 0x20 {
        start += 1
      } else if end - start >= 3, text[start] == 0xE3, text[start + 1] == 0x80,
        text[start + 2] == 0x80
      {
        start += 3
      } else {
        break
      }
    }
    while start < end {
      if text[end - 1] <= 0x20 {
        end -= 1
      } else if end - start >= 3, text[end - 3] == 0xE3, text[end - 2] == 0x80,
        text[end - 1] == 0x80
      {
        end -= 3
      } else {
        break
      }
    }
  }

  private mutating func trimFolded() {
    var end = folded.count
    while end > 0, folded[end - 1] == 0x20 { end -= 1 }
    folded.truncate(to: end)
    guard end > 0, folded[0] == 0x20 else { return }
    var start = 0
    while folded[start] == 0x20 { start += 1 }
    for index in start..<end { folded[index - start] = folded[index] }
    folded.truncate(to: end - start)
  }
}

/// The many ways of writing one character, brought to one.
enum Folding {
  /// Appends `range` of `text`: full-width ASCII and U+3000 become ASCII, every dash behind
  /// a digit becomes a hyphen, invisible characters go; all else stays.
  static func append(_ text: Span<UInt8>, _ range: Range<Int>, to out: inout ByteBuffer) {
    var afterDigit = out.lastByte.map(isDigit) ?? false
    var at = range.lowerBound
    let end = range.upperBound
    while at < end {
      let byte = text[at]
      guard byte >= 0xE0, byte < 0xF0, at + 2 < end else {
        out.append(byte)
        afterDigit = isDigit(byte)
        at += 1
        continue
      }
      let (second, third) = (text[at + 1], text[at + 2])
      at += 3
      switch plain(byte, second, third, afterDigit: afterDigit) {
      case .some(0): continue
      case .some(let ascii):
        out.append(ascii)
        afterDigit = isDigit(ascii)
      case nil:
        out.append(word: UInt64(byte) | UInt64(second) << 8 | UInt64(third) << 16, count: 3)
        afterDigit = false
      }
    }
  }

  /// The ASCII character that a three-byte character stands for, if any; 0 for an invisible one.
  @inline(__always)
  private static func plain(
    _ first: UInt8,
    _ second: UInt8,
    _ third: UInt8,
    afterDigit: Bool
  ) -> UInt8? {
    // Ideographs first: they are most of what there is.
    guard first == 0xEF || first <= 0xE3 else { return nil }
    switch UInt32(first) << 16 | UInt32(second) << 8 | UInt32(third) {
    case 0xEFBC81...0xEFBCBF: return third - 0x60
    case 0xEFBD80...0xEFBD9E: return third - 0x20
    case 0xE38080: return 0x20
    // U+2010…U+2015, U+2212
    case 0xE28090...0xE28095, 0xE28892: return 0x2D
    // ー, ｰ, ─, ━ used as hyphens between digits
    case 0xE383BC, 0xEFBDB0, 0xE29480, 0xE29481: return afterDigit ? 0x2D : nil
    // Zero-width blanks, joiners, directional marks, the byte-order mark
    case 0xE2808B...0xE2808F, 0xE280AA...0xE280AE, 0xE281A0...0xE281A9, 0xEFBBBF: return 0
    default: return nil
    }
  }
}

/// What a check made of a value.
package struct Verdict: Sendable {
  package var result: CheckResult
  package var evidence: Evidence
  /// Added to the detector's confidence, in hundredths.
  package var weight: Int
  package var kind: AttributeKind?
  /// One of the listed sample values.
  package var isSample: Bool
  /// 1…47, else 0.
  package var prefecture: Int
  /// The normal form is the value as it was given, and was not written.
  package var keepsText = false

  package init(
    _ result: CheckResult,
    evidence: Evidence = Evidence(rawValue: 0),
    weight: Int = 0,
    kind: AttributeKind? = nil,
    isSample: Bool = false,
    prefecture: Int = 0
  ) {
    self.result = result
    self.evidence = evidence
    self.weight = weight
    self.kind = kind
    self.isSample = isSample
    self.prefecture = prefecture
  }

  package static var fail: Verdict { Verdict(.fail) }

  /// The value names a company where a person was looked for.
  var isCompany: Bool { kind?.rawValue == AttributeKind(.companyName).rawValue }

  /// A verdict on a value that is its own normal form.
  static func plain(
    _ result: CheckResult,
    evidence: Evidence = Evidence(rawValue: 0),
    weight: Int = 0
  ) -> Verdict {
    var verdict = Verdict(result, evidence: evidence, weight: weight)
    verdict.keepsText = true
    return verdict
  }
}

@inline(__always) func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
@inline(__always) func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
@inline(__always) func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }
@inline(__always) func lowercased(_ byte: UInt8) -> UInt8 {
  byte &- 0x41 < 26 ? byte | 0x20 : byte
}
