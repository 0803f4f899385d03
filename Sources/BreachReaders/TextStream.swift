package import BreachBytes
package import BreachModel

/// A leaf's bytes as UTF-8 text, block by block, with the way back to the bytes.
///
/// A block that does not keep to the leaf's charset is mended line by line: dumps mix encodings.
package final class TextStream {
  private let source: any ByteSource
  private let charset: Charset
  private var decoder: CharsetDecoder
  /// Bytes read but not yet decoded.
  private var pending: [UInt8] = []
  /// Leaf offset of the first pending byte.
  private var pendingOffset: Int
  private var atEnd = false
  /// Bytes taken from the source so far.
  package private(set) var bytesRead = 0
  /// Lines that were in another charset than the leaf.
  package private(set) var mendedLines = 0
  /// Byte sequences that no charset explains.
  package private(set) var invalid = 0
  /// Set when the source failed: what came before has been given.
  package private(set) var failure: ReadFailure?

  /// Bytes read from the source at a time.
  package static let blockSize = 256 << 10
  /// A line that is longer is mended in parts.
  private static let longestMend = 64 << 10

  /// `offset` is the leaf offset of the source's first byte; `skipping` drops a byte-order mark.
  package init(_ source: any ByteSource, charset: Charset, offset: Int, skipping bom: Int) {
    self.source = source
    self.charset = charset
    decoder = CharsetDecoder(charset: charset)
    pendingOffset = offset
    toSkip = bom
  }

  private var toSkip: Int

  /// Appends the next block to `text`; false at the end.
  package func fill(_ text: inout [UInt8], origins: inout [OriginMark]) -> Bool {
    while true {
      if atEnd && pending.isEmpty { return false }
      let before = text.count
      readBlock()
      if charset == .utf8 {
        appendUTF8(to: &text, &origins)
      } else {
        appendDecoded(to: &text, &origins)
      }
      if text.count > before { return true }
      if atEnd {
        pending.removeAll()
        return false
      }
    }
  }

  private func readBlock() {
    guard !atEnd else { return }
    do throws(ReadFailure) {
      let got = try source.read(into: &pending, upTo: Self.blockSize)
      bytesRead += got
      if got == 0 { atEnd = true }
    } catch {
      failure = error
      atEnd = true
    }
    if toSkip > 0 {
      let skip = min(toSkip, pending.count)
      pending.removeFirst(skip)
      pendingOffset += skip
      toSkip -= skip
    }
  }

  private func appendUTF8(to text: inout [UInt8], _ origins: inout [OriginMark]) {
    mark(text.count, &origins)
    let valid = UTF8Check.validPrefix(pending.span)
    if valid == pending.count || (pending.count - valid < 4 && !atEnd) {
      // What may be an unfinished character stays for the next block.
      text.append(contentsOf: pending[..<valid])
      consume(valid)
      return
    }
    var at = 0
    while at < pending.count {
      var end = at
      while end < pending.count && pending[end] != 0x0A { end += 1 }
      if end == pending.count && !atEnd && end - at < Self.longestMend {
        // The line goes on in the next block.
        break
      }
      if end < pending.count { end += 1 }
      mend(at..<end, to: &text, &origins)
      at = end
    }
    consume(at)
  }

  /// Appends one line, decoded by what it is itself.
  private func mend(_ line: Range<Int>, to text: inout [UInt8], _ origins: inout [OriginMark]) {
    let bytes = Array(pending[line])
    if UTF8Check.validPrefix(bytes.span) == bytes.count {
      text.append(contentsOf: bytes)
      return
    }
    let own = CharsetDetector.detect(bytes.span, isWhole: true).charset
    let charset = own == .utf8 ? Charset.latin1 : own
    mendedLines += 1
    origins.append(
      OriginMark(text: text.count, leaf: pendingOffset + line.lowerBound, charset: charset))
    var decoder = CharsetDecoder(charset: charset)
    invalid += decoder.decode(bytes.span, final: true, into: &text).invalid
    origins.append(
      OriginMark(text: text.count, leaf: pendingOffset + line.upperBound, charset: .utf8))
  }

  private func appendDecoded(to text: inout [UInt8], _ origins: inout [OriginMark]) {
    mark(text.count, &origins)
    let result = decoder.decode(pending.span, final: atEnd, into: &text)
    invalid += result.invalid
    consume(result.consumed)
  }

  private func mark(_ position: Int, _ origins: inout [OriginMark]) {
    origins.append(OriginMark(text: position, leaf: pendingOffset, charset: charset))
  }

  private func consume(_ count: Int) {
    if count == pending.count {
      pending.removeAll(keepingCapacity: true)
    } else {
      pending.removeFirst(count)
    }
    pendingOffset += count
  }
}
