internal import BreachBytes

/// A header in the form in which headers are compared: ASCII width and lower case, letters without
/// accents, full-width kana, no blanks and marks, no 必須 and 任意.
struct VocabularyKey: ~Copyable {
  private(set) var bytes: [UInt8] = []
  /// Bytes before a bracket, 電話番号(ハイフンなし); nil without one.
  private(set) var bracket: Int?
  private var folded = ByteBuffer()
  private var scalars = Scalars()

  /// The key of `header`.
  static func of(_ header: some Sequence<UInt8>) -> [UInt8] { VocabularyKey(header).bytes }

  init() {}

  init(_ header: some Sequence<UInt8>) {
    let bytes = Array(header)
    load(bytes.span, 0..<bytes.count)
  }

  /// The same of the whole of a text.
  mutating func load(_ text: String) {
    let bytes = text.utf8Span.span
    load(bytes, 0..<bytes.count)
  }

  /// Reuses the buffers: nothing is allocated once they are warm.
  mutating func load(_ text: Span<UInt8>, _ range: Range<Int>) {
    self.folded.clear()
    bytes.removeAll(keepingCapacity: true)
    bracket = nil
    if loadASCII(text, range) || loadPlain(text, range) { return }
    var folded = ByteBuffer()
    swap(&folded, &self.folded)
    Folding.append(text, range, to: &folded)
    scalars.load(folded.span, 0..<folded.count)
    swap(&folded, &self.folded)
    for index in 0..<scalars.count {
      let scalar = scalars.values[index]
      if scalar == 0x28 && bracket == nil && !bytes.isEmpty { bracket = bytes.count }
      switch scalar {
      case 0x00...0x20, 0x22, 0x27...0x2A, 0x2D...0x2F, 0x3A, 0x3C, 0x3E, 0x5B...0x5D, 0x5F, 0x60,
        0x21, 0x23, 0x3F, 0xAA, 0xB0, 0xB7, 0xBA, 0x300...0x36F, 0x2013, 0x2014, 0x2018, 0x2019,
        0x203B, 0x2116, 0x2605, 0x2606, 0x25A0...0x25CF, 0x3010, 0x3011, 0x30FB, 0xFEFF:
        continue
      case 0xC0...0x17F: Self.appendPlain(scalar, to: &bytes)
      // Greek and Cyrillic capitals
      case 0x391...0x3A9, 0x410...0x42F: appendUTF8(scalar + 0x20, to: &bytes)
      case 0x401: appendUTF8(0x435, to: &bytes)
      case 0x451: appendUTF8(0x435, to: &bytes)
      case 0xFF66...0xFF9F:
        if !Kana.appendKatakana(scalars, index..<index + 1, to: &bytes) { voice(scalar) }
      case 0x41...0x5A: bytes.append(UInt8(scalar) | 0x20)
      default: appendUTF8(scalar, to: &bytes)
      }
    }
    dropMarks()
  }

  /// Most keys in programs and logs are ASCII and take one pass; false where this one is not.
  private mutating func loadASCII(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range where text[index] >= 0x80 { return false }
    var bracket: Int?
    bytes.append(addingCapacity: range.count) { out in
      for index in range {
        let byte = text[index]
        if byte == 0x28 && bracket == nil && !out.isEmpty { bracket = out.count }
        if let plain = Self.plainASCII(byte) { out.append(plain) }
      }
    }
    self.bracket = bracket
    return true
  }

  /// A byte of ASCII as it is compared; nil for blanks and marks.
  @inline(__always)
  fileprivate static func plainASCII(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x00...0x23, 0x27...0x2A, 0x2D...0x2F, 0x3A, 0x3C, 0x3E, 0x3F, 0x5B...0x5D, 0x5F, 0x60: nil
    case 0x41...0x5A: byte | 0x20
    default: byte
    }
  }

  /// Most others are kanji and full-width kana alone, U+3040 to U+30FF and U+4000 to U+DFFF, of which
  /// no character but the middle dot changes; false where this one is not.
  private mutating func loadPlain(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count.isMultiple(of: 3) else { return false }
    for at in stride(from: range.lowerBound, to: range.upperBound, by: 3) {
      switch (text[at], text[at + 1]) {
      case (0xE3, 0x81...0x83): if text[at + 1] == 0x83 && text[at + 2] == 0xBB { return false }
      case (0xE4...0xED, _): break
      default: return false
      }
    }
    bytes.append(addingCapacity: range.count) { out in
      for index in range { out.append(text[index]) }
    }
    dropMarks()
    return true
  }

  /// The letters without accents that U+00C0…U+017F are compared as, a character each; `*` is none.
  private static let plain: [UInt8] = Array(
    ("aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo*ouuuuyty"
      + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
      + "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs").utf8
  )

  private static func appendPlain(_ scalar: UInt32, to out: inout [UInt8]) {
    let letter = plain[Int(scalar - 0xC0)]
    if letter == 0x2A { return }
    out.append(letter)
    // ß, æ, œ and ĳ are two letters.
    switch scalar {
    case 0xDF: out.append(0x73)
    case 0xC6, 0xE6, 0x152, 0x153: out.append(0x65)
    default: break
    }
  }

  /// Drops 必須 and 任意 at either end.
  private mutating func dropMarks() {
    while bytes.count > 6 {
      if isMark(bytes.count - 6) {
        bytes.removeLast(6)
      } else if isMark(0) {
        bytes.removeFirst(6)
      } else {
        return
      }
    }
  }

  private func isMark(_ at: Int) -> Bool {
    switch (bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3], bytes[at + 4], bytes[at + 5]) {
    case (0xE5, 0xBF, 0x85, 0xE9, 0xA0, 0x88), (0xE4, 0xBB, 0xBB, 0xE6, 0x84, 0x8F): true
    default: false
    }
  }

  /// A half-width voicing mark belongs to the character before it.
  private mutating func voice(_ mark: UInt32) {
    guard bytes.count >= 3 else { return }
    var pair = Array(bytes.suffix(3))
    appendUTF8(mark, to: &pair)
    var both = Scalars()
    both.load(pair)
    let start = bytes.count - 3
    var voiced: [UInt8] = []
    if Kana.appendKatakana(both, to: &voiced) { bytes.replaceSubrange(start..., with: voiced) }
  }
}

/// The key of a short header in ASCII, as nearly all labels in programs and logs are: in place, without
/// a buffer that is shared.
struct ShortKey {
  /// Longer ones are looked up by a `VocabularyKey`.
  private static var capacity: Int { 64 }

  private(set) var bytes = [64 of UInt8](repeating: 0)
  private(set) var count = 0
  /// Bytes before a bracket; nil without one.
  private(set) var bracket: Int?

  /// Nil where the text is too long, or is not all ASCII.
  @inline(__always)
  init?(_ text: Span<UInt8>, _ range: Range<Int>) {
    if range.count > Self.capacity { return nil }
    for index in range {
      let byte = text[index]
      if byte >= 0x80 { return nil }
      if byte == 0x28 && bracket == nil && count > 0 { bracket = count }
      guard let plain = VocabularyKey.plainASCII(byte) else { continue }
      bytes[count] = plain
      count += 1
    }
  }
}
