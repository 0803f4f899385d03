package import BreachModel

/// A value on its way through a check: folded bytes in, the normal form out.
///
/// One per worker; the buffers are reused, so checking allocates nothing once warm.
package struct Value {
  /// The value with full-width ASCII, wide blanks and the many hyphens folded to plain ASCII.
  package var folded: [UInt8] = []
  /// What digests are made of: the same for every way of writing the same thing.
  package var normal: [UInt8] = []

  package init() {
    folded.reserveCapacity(512)
    normal.reserveCapacity(512)
  }

  /// Loads a value: trims blanks, Excel's `="…"`, then folds.
  package mutating func load(_ text: Span<UInt8>, _ range: Range<Int>) {
    folded.removeAll(keepingCapacity: true)
    clearNormal()
    var start = range.lowerBound
    var end = range.upperBound
    trim(text, &start, &end)
    if end - start >= 3, text[start] == 0x3D, text[start + 1] == 0x22, text[end - 1] == 0x22 {
      start += 2
      end -= 1
    } else if end - start >= 2, text[start] == 0x27, isDigit(text[start + 1]) {
      // Excel's mark for text.
      start += 1
    }
    Folding.append(text, start..<end, to: &folded)
    trimFolded()
  }

  /// Empties the normal form before a check writes it; most often it is empty.
  mutating func clearNormal() {
    if !normal.isEmpty { normal.removeAll(keepingCapacity: true) }
  }

  /// The same from an array.
  package mutating func load(_ text: [UInt8], _ range: Range<Int>) { load(text.span, range) }

  private func trim(_ text: Span<UInt8>, _ start: inout Int, _ end: inout Int) {
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
    while folded.last == 0x20 { folded.removeLast() }
    guard folded.first == 0x20 else { return }
    folded.removeFirst(folded.prefix { $0 == 0x20 }.count)
  }
}

/// The many ways of writing one character, brought to one.
enum Folding {
  /// Appends `range` of `text`: full-width ASCII and U+3000 become ASCII, every dash behind
  /// a digit becomes a hyphen, invisible characters go; all else stays.
  static func append(_ text: Span<UInt8>, _ range: Range<Int>, to out: inout [UInt8]) {
    var afterDigit = out.last.map(isDigit) ?? false
    out.append(addingCapacity: range.count) { out in
      var at = range.lowerBound
      let end = range.upperBound
      while at < end {
        let byte = text[at]
        if byte < 0x80 {
          out.append(byte)
          afterDigit = isDigit(byte)
          at += 1
          continue
        }
        guard at + 2 < end, byte >= 0xE0, byte < 0xF0 else {
          out.append(byte)
          afterDigit = false
          at += 1
          continue
        }
        let (second, third) = (text[at + 1], text[at + 2])
        at += 3
        if isInvisible(byte, second, third) { continue }
        if let ascii = ascii(byte, second, third, afterDigit: afterDigit) {
          out.append(ascii)
          afterDigit = isDigit(ascii)
        } else {
          out.append(byte)
          out.append(second)
          out.append(third)
          afterDigit = false
        }
      }
    }
  }

  /// The same from an array.
  static func append(_ text: [UInt8], _ range: Range<Int>, to out: inout [UInt8]) {
    append(text.span, range, to: &out)
  }

  /// Zero-width blanks, joiners, directional marks, the byte-order mark.
  private static func isInvisible(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    switch (first, second, third) {
    case (0xE2, 0x80, 0x8B...0x8F), (0xE2, 0x80, 0xAA...0xAE), (0xE2, 0x81, 0xA0...0xA9),
      (0xEF, 0xBB, 0xBF):
      true
    default: false
    }
  }

  /// The ASCII character that a three-byte character stands for, if any.
  static func ascii(_ first: UInt8, _ second: UInt8, _ third: UInt8, afterDigit: Bool) -> UInt8? {
    switch (first, second, third) {
    case (0xEF, 0xBC, 0x81...0xBF): third - 0x60
    case (0xEF, 0xBD, 0x80...0x9E): third - 0x20
    case (0xE3, 0x80, 0x80): 0x20
    // U+2010…U+2015, U+2212
    case (0xE2, 0x80, 0x90...0x95), (0xE2, 0x88, 0x92): 0x2D
    // ー, ｰ, ─, ━ used as hyphens between digits
    case (0xE3, 0x83, 0xBC), (0xEF, 0xBD, 0xB0), (0xE2, 0x94, 0x80), (0xE2, 0x94, 0x81):
      afterDigit ? 0x2D : nil
    default: nil
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

  package static let fail = Verdict(.fail)
}

@inline(__always) func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
@inline(__always) func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
@inline(__always) func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }
@inline(__always) func lowercased(_ byte: UInt8) -> UInt8 {
  byte &- 0x41 < 26 ? byte | 0x20 : byte
}
