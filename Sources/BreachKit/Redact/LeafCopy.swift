internal import BreachBytes
internal import BreachModel
internal import BreachReaders

/// What stands in place of a value.
package enum RedactionMark: Sendable {
  /// One for each value, `***0123*4567*8901`: twelve digits of its keyed digest.
  case token
  /// `****` for every value.
  case mask

  /// The word for a value with this digest; the detectors take it for an empty one.
  ///
  /// `mark` is a star, or what stands for it where a star means something.
  func word(_ digest: UInt64, mark: UInt8) -> [UInt8] {
    switch self {
    case .mask: return [mark, mark, mark, mark]
    case .token:
      var rest = digest % 1_000_000_000_000
      var digits: [UInt8] = []
      for place in 0..<12 {
        if place > 0, place % 4 == 0 { digits.append(mark) }
        digits.append(0x30 + UInt8(rest % 10))
        rest /= 10
      }
      return [mark, mark, mark] + digits.reversed()
    }
  }
}

/// Bytes of a leaf that are to be replaced.
struct RedactedSpan {
  var offset: Int
  var length: Int
  var digest: UInt64

  /// In order, with those that overlap put together under the first and longest.
  static func merge(_ spans: inout [RedactedSpan]) {
    spans.sort { ($0.offset, $1.length) < ($1.offset, $0.length) }
    var kept = 0
    for span in spans where span.length > 0 {
      if kept > 0, span.offset < spans[kept - 1].offset + spans[kept - 1].length {
        let end = max(span.offset + span.length, spans[kept - 1].offset + spans[kept - 1].length)
        spans[kept - 1].length = end - spans[kept - 1].offset
      } else {
        spans[kept] = span
        kept += 1
      }
    }
    spans.removeSubrange(kept...)
  }
}

/// Writes a leaf again, byte for byte but for the spans that are replaced.
///
/// Line ends, tags and what a format needs around a word stay or are added, so that rows, columns and
/// documents are what they were. Holds a quarter of a megabyte and one span at a time.
struct LeafCopy: ~Copyable {
  private let source: File
  private let output: OutputFile
  private let mark: RedactionMark
  private var syntax: LeafSyntax
  private var at = 0
  /// The last bytes copied.
  private var tail: [UInt8] = []
  private var buffer: [UInt8] = []

  private static let block = 256 << 10

  init(
    _ source: consuming File,
    to output: OutputFile,
    _ syntax: LeafSyntax,
    _ mark: RedactionMark
  ) {
    self.source = source
    self.output = output
    self.syntax = syntax
    self.mark = mark
  }

  /// Copies up to the span and writes its word.
  mutating func replace(_ span: RedactedSpan) throws(SystemError) {
    try copy(to: span.offset)
    var raw: [UInt8] = []
    while raw.count < span.length {
      let wanted = span.length - raw.count
      guard try source.read(into: &raw, at: at + raw.count, upTo: wanted) > 0 else { break }
    }
    let before = syntax
    syntax.feed(raw[...])
    at += raw.count
    append(word(for: span, raw, before), raw, before)
    tail = []
  }

  /// Copies what is left and makes the file appear.
  mutating func finish() throws(SystemError) {
    try copy(to: .max)
    try output.write(buffer)
    try output.finish()
  }

  private mutating func copy(to end: Int) throws(SystemError) {
    while at < end {
      let start = buffer.count
      guard
        try source.read(into: &buffer, at: at, upTo: min(Self.block, end - at)) > 0
      else { return }
      at += buffer.count - start
      syntax.feed(buffer[start...])
      tail = (tail + buffer[max(start, buffer.count - Self.tailLength)...])
        .suffix(Self.tailLength)
      if buffer.count >= Self.block {
        try output.write(buffer)
        buffer.removeAll(keepingCapacity: true)
      }
    }
  }

  private static let tailLength = 32

  // MARK: what a word needs around it

  /// The word as it has to stand at this place.
  private func word(for span: RedactedSpan, _ raw: [UInt8], _ before: LeafSyntax) -> [UInt8] {
    let star: UInt8 = syntax.kind == .yaml ? 0x5F : 0x2A
    let word = mark.word(span.digest, mark: star)
    if let quote = before.neededQuote { return [quote] + word + [quote] }
    guard before.steps.width == 1 else { return word }
    switch syntax.kind {
    case .json, .plain, .sql: break
    case .entries: return tail.suffix(3) == [0x3A, 0x3A, 0x20] ? Base64.encode(word) : word
    case .markup, .yaml: return word
    }
    // A number behind a key of a document that stands in a string or a line: `"age": 34`.
    guard isNumber(raw) else { return word }
    var key = tail[...]
    while key.last == 0x20 { key.removeLast() }
    guard key.popLast() == 0x3A else { return word }
    while key.last == 0x20 { key.removeLast() }
    guard key.popLast() == 0x22 else { return word }
    let isInside = before.isInString && key.last == 0x5C
    if before.isInString, !isInside { return word }
    return isInside ? [0x5C, 0x22] + word + [0x5C, 0x22] : [0x22] + word + [0x22]
  }

  private func isNumber(_ raw: [UInt8]) -> Bool {
    raw.allSatisfy { (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }
  }

  /// Appends the word in place of the first text of the span; line ends and tags in it stay.
  private mutating func append(_ word: [UInt8], _ raw: [UInt8], _ before: LeafSyntax) {
    if !before.steps.designation.isEmpty { buffer += [0x1B, 0x28, 0x42] }
    var isWritten = false
    var isTag = false
    var steps = before.steps
    var start = 0
    for (index, byte) in raw.enumerated() {
      guard let code = steps.step(byte) else { continue }
      let character = start...index
      start = index + 1
      if syntax.kind == .markup, code == 0x3C { isTag = true }
      let stays = isTag || code == 0x0A || code == 0x0D
      if code == 0x3E { isTag = false }
      if stays {
        buffer += raw[character]
      } else if !isWritten, code != 0x20 || index == raw.count - 1 {
        buffer += steps.encode(word)
        isWritten = true
      }
    }
    if !isWritten { buffer += steps.encode(word) }
    // What follows is read in the set that was in force.
    buffer += syntax.steps.designation
  }
}
