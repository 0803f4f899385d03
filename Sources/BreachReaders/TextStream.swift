package import BreachBytes
package import BreachModel

/// A leaf's bytes as UTF-8 text, block by block, with the way back to the bytes.
///
/// Dumps mix encodings: a line that is not in the leaf's charset is decoded by what it is itself.
/// What a line becomes depends on the line alone, never on how the bytes arrive or where a unit
/// begins; only in lines longer than 64 KiB are their parts judged one by one.
package final class TextStream {
  private let source: any ByteSource
  private let charset: Charset
  private var decoder: MarkingDecoder
  /// Bytes read; those before `head` are decoded.
  private var pending: [UInt8] = []
  private var head = 0
  /// Leaf offset of `pending[0]`.
  private var pendingOffset: Int
  private var atEnd = false
  private var toSkip: Int
  private var lineEnds = LineEnds()
  /// Bytes taken from the source so far.
  package private(set) var bytesRead = 0
  /// Lines that were in another charset than the leaf.
  package private(set) var mendedLines = 0
  /// Byte sequences that no charset explains.
  package private(set) var invalid = 0
  /// Set when the source failed: what came before has been given.
  package private(set) var failure: ReadFailure?

  /// Bytes held at a time.
  package static let blockSize = 256 << 10
  /// A line that is longer is judged in parts.
  private static let longestLine = 64 << 10

  /// `offset` is the leaf offset of the source's first byte; `skipping` drops a byte-order mark.
  package init(_ source: any ByteSource, charset: Charset, offset: Int, skipping bom: Int) {
    self.source = source
    self.charset = charset
    decoder = MarkingDecoder(charset)
    pendingOffset = offset
    toSkip = bom
  }

  /// True when decoding `bytes` as UTF-8 gives the same bytes again.
  package static func isPlain(_ bytes: Span<UInt8>) -> Bool {
    count(0x1B, in: bytes, 0..<bytes.count) == 0 && UTF8Check.validPrefix(bytes) == bytes.count
  }

  /// Seconds spent in `fill` so far, reading included; nil: nobody asked, and no clock is read.
  package var seconds: Double?

  /// Appends the next block to `text`; false at the end.
  package func fill(_ text: inout [UInt8], origins: inout [OriginMark]) -> Bool {
    guard seconds != nil else { return give(&text, &origins) }
    let start = OwnProcess.monotonicSeconds
    defer { seconds? += OwnProcess.monotonicSeconds - start }
    return give(&text, &origins)
  }

  private func give(_ text: inout [UInt8], _ origins: inout [OriginMark]) -> Bool {
    while true {
      if charset == .utf8, toSkip == 0, fillClean(&text, &origins) { return true }
      refill()
      if head == pending.count && atEnd { return false }
      let before = text.count
      // The block must not be shared while its lines are looked at.
      var block: [UInt8] = []
      swap(&block, &pending)
      lineEnds.forget()
      switch charset {
      case .utf8: head = takeUTF8(block, to: limit(of: block), &text, &origins)
      case .utf16LE, .utf16BE, .utf32LE, .utf32BE:
        head += decode(block, head..<block.count, final: atEnd, &text, &origins)
      default:
        head = takeLegacy(block, to: limit(of: block), &text, &origins)
      }
      swap(&block, &pending)
      if text.count > before { return true }
    }
  }

  /// Reads a block of UTF-8 where it is to stay; false, with the block in `pending`, when it is
  /// anything but whole lines of valid UTF-8 without ESC.
  private func fillClean(_ text: inout [UInt8], _ origins: inout [OriginMark]) -> Bool {
    let start = text.count
    text.append(contentsOf: pending[head...])
    pendingOffset += head
    head = 0
    pending.removeAll(keepingCapacity: true)
    read(into: &text, until: start + Self.blockSize)
    var end = text.count
    if !atEnd { while end > start && !Self.endsLine(text[end - 1]) { end -= 1 } }
    let isClean =
      end > start
      && UTF8Check.validPrefix(text.span.extracting(start..<end), stoppingAtEscape: true)
        == end - start
    if isClean {
      MarkingDecoder.mark(start, pendingOffset, .utf8, &origins)
      pendingOffset += end - start
    } else {
      end = start
    }
    pending.append(contentsOf: text[end...])
    text.removeSubrange(end...)
    return isClean
  }

  /// Makes `pending` a full block, or what is left of the source.
  private func refill() {
    if head > 0 {
      pendingOffset += head
      pending.removeSubrange(..<head)
      head = 0
    }
    read(into: &pending, until: Self.blockSize)
    if toSkip > 0 {
      head = min(toSkip, pending.count)
      toSkip = 0
    }
  }

  /// Reads until `buffer` has `count` bytes or the source ends, however small its pieces are.
  private func read(into buffer: inout [UInt8], until count: Int) {
    do throws(ReadFailure) {
      while !atEnd && buffer.count < count {
        let got = try source.read(into: &buffer, upTo: count - buffer.count)
        bytesRead += got
        if got == 0 { atEnd = true }
      }
    } catch {
      failure = error
      atEnd = true
    }
  }

  /// Behind the last line end; all of the block when no line ends in it.
  private func limit(of block: [UInt8]) -> Int {
    if atEnd { return block.count }
    var limit = block.count
    while limit > head && !Self.endsLine(block[limit - 1]) { limit -= 1 }
    return limit > head ? limit : block.count
  }

  private static func endsLine(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// The line that begins at `start`, or its next part; nil when more of it has to be read first.
  private func segment(_ block: [UInt8], _ start: Int, _ limit: Int) -> (end: Int, isWhole: Bool)? {
    let stop = min(limit, start + Self.longestLine)
    if let last = lineEnds.first(in: block.span, from: start, to: stop) { return (last + 1, true) }
    let end = stop
    if end == limit && atEnd { return (end, true) }
    return end - start == Self.longestLine ? (end, false) : nil
  }

  // MARK: UTF-8

  private func takeUTF8(
    _ block: [UInt8],
    to limit: Int,
    _ text: inout [UInt8],
    _ origins: inout [OriginMark]
  ) -> Int {
    var at = head
    let endsInLine = limit > at && !Self.endsLine(block[limit - 1]) && !atEnd
    let hasEscapes = count(0x1B, in: block.span, at..<limit) > 0
    var escape = hasEscapes ? Designation.find(block.span, at..<limit) : limit
    while at < limit {
      if escape < at { escape = Designation.find(block.span, at..<limit) }
      var clean = at
      if !endsInLine {
        clean += UTF8Check.validPrefix(block.span.extracting(at..<min(limit, max(escape, at))))
        while clean > at && clean < limit && !Self.endsLine(block[clean - 1]) { clean -= 1 }
      }
      append(block, at..<clean, &text, &origins)
      at = clean
      if at == limit { break }
      guard let (end, isWhole) = segment(block, at, limit) else { break }
      let valid = UTF8Check.validPrefix(block.span.extracting(at..<end))
      let rest = end - at - valid
      if escape >= end && (rest == 0 || (!isWhole && rest < 4 && valid > 0)) {
        append(block, at..<at + valid, &text, &origins)
        at += valid
      } else {
        at += mend(block, at..<end, isWhole: isWhole, &text, &origins)
      }
    }
    return at
  }

  private func append(
    _ block: [UInt8],
    _ range: Range<Int>,
    _ text: inout [UInt8],
    _ origins: inout [OriginMark]
  ) {
    guard !range.isEmpty else { return }
    MarkingDecoder.mark(text.count, pendingOffset + range.lowerBound, .utf8, &origins)
    text.append(contentsOf: block[range])
  }

  // MARK: other charsets

  private func takeLegacy(
    _ block: [UInt8],
    to limit: Int,
    _ text: inout [UInt8],
    _ origins: inout [OriginMark]
  ) -> Int {
    var at = head
    var run = at
    let hasEscapes = count(0x1B, in: block.span, at..<limit) > 0
    while true {
      if !hasEscapes { at = nextHighLine(block, at, limit) }
      guard at < limit, let (end, isWhole) = segment(block, at, limit) else { break }
      guard isForeign(block, at..<end, hasEscapes: hasEscapes) else {
        at = end
        continue
      }
      let taken = takeRun(block, run..<at, &text, &origins)
      run = taken
      if taken < at {
        // Half a character at the end of a long line's part goes with what follows.
        at = end
        continue
      }
      at += mend(block, at..<end, isWhole: isWhole, &text, &origins)
      run = at
    }
    return takeRun(block, run..<at, &text, &origins)
  }

  /// Where the next line begins that holds more than ASCII, or that the block does not end.
  ///
  /// The lines passed over are not looked at one by one: without ESC they are the same in every
  /// charset that a line may be in.
  private func nextHighLine(_ block: [UInt8], _ at: Int, _ limit: Int) -> Int {
    var start = at + ByteCounts.asciiPrefix(block.span.extracting(at..<limit))
    while start > at && !Self.endsLine(block[start - 1]) { start -= 1 }
    return start
  }

  /// True when the line's look alone says that it may be in another charset than the leaf.
  private func isForeign(_ block: [UInt8], _ line: Range<Int>, hasEscapes: Bool) -> Bool {
    guard line.count > 4 else { return false }
    let bytes = block.span.extracting(line)
    // Text in a legacy charset fails this at its first character.
    let isValid = UTF8Check.validPrefix(bytes) == bytes.count
    guard isValid || hasEscapes || charset == .iso2022JP else { return false }
    let counts = ByteCounts(bytes)
    if charset == .iso2022JP { return counts.high > 0 }
    if counts.escape > 0, counts.high == 0, Designation.find(bytes, 0..<bytes.count) < bytes.count {
      return true
    }
    guard counts.high >= (charset.isSingleByte ? 2 : 6) else { return false }
    guard isValid else { return false }
    if charset.isSingleByte { return true }
    var wide = 0
    for index in bytes.indices where bytes[index] >= 0xE0 { wide += 1 }
    return wide >= 2
  }

  /// Decodes whole lines at once and, where something was invalid, again one by one.
  private func takeRun(
    _ block: [UInt8],
    _ run: Range<Int>,
    _ text: inout [UInt8],
    _ origins: inout [OriginMark]
  ) -> Int {
    guard !run.isEmpty else { return run.lowerBound }
    let before = (text.count, origins.count, decoder, invalid)
    let isFinal = atEnd && run.upperBound == block.count
    let taken = decode(
      block,
      run,
      final: isFinal || Self.endsLine(block[run.upperBound - 1]),
      &text,
      &origins
    )
    if invalid == before.3 || charset.isSingleByte { return run.lowerBound + taken }
    text.removeSubrange(before.0...)
    origins.removeSubrange(before.1...)
    (decoder, invalid) = (before.2, before.3)
    var at = run.lowerBound
    while at < run.upperBound, let (end, isWhole) = segment(block, at, run.upperBound) {
      let step = takeLine(block, at..<end, isWhole: isWhole, &text, &origins)
      if step == 0 { break }
      at += step
    }
    return at
  }

  private func takeLine(
    _ block: [UInt8],
    _ line: Range<Int>,
    isWhole: Bool,
    _ text: inout [UInt8],
    _ origins: inout [OriginMark]
  ) -> Int {
    let before = (text.count, origins.count, decoder, invalid)
    let taken = decode(block, line, final: isWhole, &text, &origins)
    let wrong = invalid - before.3
    guard wrong > 0 else { return taken }
    let own = LineCharset.judge(block.span.extracting(line), leaf: charset)
    guard own != charset, LineCharset.invalid(block.span.extracting(line), own) < wrong else {
      return taken
    }
    text.removeSubrange(before.0...)
    origins.removeSubrange(before.1...)
    (decoder, invalid) = (before.2, before.3)
    return mend(block, line, isWhole: isWhole, &text, &origins)
  }

  private func decode(
    _ block: [UInt8],
    _ range: Range<Int>,
    final: Bool,
    _ text: inout [UInt8],
    _ origins: inout [OriginMark]
  ) -> Int {
    let result = decoder.decode(
      block.span.extracting(range),
      at: pendingOffset + range.lowerBound,
      final: final,
      &text,
      &origins
    )
    invalid += result.invalid
    return result.consumed
  }

  /// Appends one line, decoded by what it is itself; returns the bytes that were taken.
  private func mend(
    _ block: [UInt8],
    _ line: Range<Int>,
    isWhole: Bool,
    _ text: inout [UInt8],
    _ origins: inout [OriginMark]
  ) -> Int {
    let bytes = block.span.extracting(line)
    let own = LineCharset.judge(bytes, leaf: charset)
    if own != charset { mendedLines += 1 }
    var decoder = MarkingDecoder(own)
    let result = decoder.decode(
      bytes,
      at: pendingOffset + line.lowerBound,
      final: isWhole,
      &text,
      &origins
    )
    invalid += result.invalid
    if result.consumed > 0 { return result.consumed }
    // Never the case for a part of 64 KiB; an end is better than a loop.
    return line.count
  }
}
