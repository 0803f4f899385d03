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
    if start < end, mayBeBlank(text[start], before: text, start + 1) || isBlank(text[end - 1]) {
      trim(text, &start, &end)
    }
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

  /// A blank, or the two bytes with which an ideographic one begins; kana begin with its first.
  @inline(__always)
  private static func mayBeBlank(_ byte: UInt8, before text: Span<UInt8>, _ next: Int) -> Bool {
    byte <= 0x20 || byte == 0xE3 && next < text.count && text[next] == 0x80
  }

  /// A blank, or a byte with which an ideographic one ends.
  @inline(__always)
  private static func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x80 }

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
    out.append(folding: text, range)
  }
}

/// What a check made of a value: one word, so that it stays in a register.
package struct Verdict: Sendable, BitwiseCopyable {
  /// From the lowest bit: evidence (32), weight (8), kind (8), prefecture (8), result (2), sample,
  /// keepsText, age (4).
  private var bits: UInt64

  /// No kind has this number.
  private static var noKind: UInt8 { 0xFF }

  @inline(__always)
  package init(
    _ result: CheckResult,
    evidence: Evidence = Evidence(rawValue: 0),
    weight: Int = 0,
    kind: AttributeKind? = nil,
    isSample: Bool = false,
    prefecture: Int = 0
  ) {
    let number: UInt64 =
      switch result {
      case .pass: 0
      case .fail: 1
      case .unknown: 2
      }
    bits = UInt64(evidence.rawValue) | number << 56 | (isSample ? 1 << 58 : 0)
    bits |= UInt64(UInt8(bitPattern: Int8(clamping: weight))) << 32
    bits |= UInt64(kind?.rawValue ?? Self.noKind) << 40
    bits |= UInt64(UInt8(truncatingIfNeeded: prefecture)) << 48
  }

  package var result: CheckResult {
    @inline(__always) get {
      switch bits >> 56 & 3 {
      case 0: .pass
      case 1: .fail
      default: .unknown
      }
    }
  }

  package var evidence: Evidence {
    @inline(__always) get { Evidence(rawValue: UInt32(truncatingIfNeeded: bits)) }
  }

  /// Added to the detector's confidence, in hundredths.
  package var weight: Int {
    @inline(__always) get { Int(Int8(truncatingIfNeeded: bits >> 32)) }
    set {
      bits = bits & ~(0xFF << 32) | UInt64(UInt8(bitPattern: Int8(clamping: newValue))) << 32
    }
  }

  /// Another kind of digest than that of the type; nil for the type's own.
  package var kind: AttributeKind? {
    @inline(__always) get {
      let raw = UInt8(truncatingIfNeeded: bits >> 40)
      return raw == Self.noKind ? nil : AttributeKind(rawValue: raw)
    }
  }

  /// One of the listed sample values.
  package var isSample: Bool {
    @inline(__always) get { bits >> 58 & 1 != 0 }
    set { bits = bits & ~(1 << 58) | (newValue ? 1 << 58 : 0) }
  }

  /// 1…47, else 0.
  package var prefecture: Int {
    @inline(__always) get { Int(UInt8(truncatingIfNeeded: bits >> 48)) }
  }

  /// The same, of a value that tells or hints where a person lives (`HomePlace`).
  @inline(__always)
  func at(_ home: Int) -> Verdict {
    var verdict = self
    verdict.bits = bits & ~(0xFF << 48) | UInt64(UInt8(truncatingIfNeeded: home)) << 48
    return verdict
  }

  /// The band of the age that the value tells (`AgeBand`), else 0.
  package private(set) var age: Int {
    @inline(__always) get { Int(bits >> 60) }
    set { bits = bits & ~(0xF << 60) | UInt64(newValue & 0xF) << 60 }
  }

  /// The same, of a value that tells an age.
  func aged(_ band: Int) -> Verdict {
    var verdict = self
    if !isSample && result != .fail { verdict.age = band }
    return verdict
  }

  /// The normal form is the value as it was given, and was not written.
  package private(set) var keepsText: Bool {
    @inline(__always) get { bits >> 59 & 1 != 0 }
    set { bits = bits & ~(1 << 59) | (newValue ? 1 << 59 : 0) }
  }

  package static var fail: Verdict { Verdict(.fail) }

  /// The value names a company where a person was looked for.
  var isCompany: Bool {
    @inline(__always) get { UInt8(truncatingIfNeeded: bits >> 40) == DataType.companyName.rawValue }
  }

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

/// The value is digits, and marks and blanks between them, also 〜 and –: a number, and no word.
func isNumber(_ value: Span<UInt8>) -> Bool {
  for index in value.indices where !isDigit(value[index]) {
    switch value[index] {
    case 0x20, 0x25, 0x2B...0x2E, 0x7E, 0x80, 0x93, 0x9C, 0xE2, 0xE3: continue
    default: return false
    }
  }
  return true
}
