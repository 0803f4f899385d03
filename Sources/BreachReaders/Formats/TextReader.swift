internal import BreachBytes
package import BreachModel

/// Free text and logs: batches are whole lines.
///
/// A very long line is given in pieces with context on both sides, so that nothing is lost or
/// doubled at a seam; line ends need no context, which keeps results independent of where batches
/// and units end.
package final class TextReader: FormatReader {
  private let stream: TextStream
  private var carry: [UInt8] = []
  private var carryOrigins: [OriginMark] = []
  /// Text at the start of `carry` that was given before.
  private var context = 0
  private var atEnd = false
  private var line = 1
  /// Distance from the start of the current line to the next batch's body.
  private var lineOffset = 0

  package init(_ stream: TextStream) { self.stream = stream }

  package var catalogue: [CatalogueEntry] { [] }
  package var lines: Int { line - 1 + (lineOffset > 0 ? 1 : 0) }
  package var remarks: [String] { [] }

  package func next(into batch: inout RecordBatch) -> Bool {
    batch.removeAll()
    swap(&batch.text, &carry)
    swap(&batch.origins, &carryOrigins)
    let start = context
    while !atEnd && batch.text.count - start < ReaderLimits.batch {
      if !stream.fill(&batch.text, origins: &batch.origins) { atEnd = true }
    }
    guard start < batch.text.count else {
      batch.removeAll()
      return false
    }
    let end = cut(batch.text, from: start)
    batch.isText = true
    batch.body = start..<end
    batch.firstLine = line
    batch.lineOffset = lineOffset
    advanceLine(over: start..<end, batch.text)
    keepRest(of: &batch)
    return true
  }

  private func keepRest(of batch: inout RecordBatch) {
    let end = batch.body.upperBound
    context = lineOffset > 0 && end < batch.text.count ? min(end, ReaderLimits.margin) : 0
    carry.removeAll(keepingCapacity: true)
    carryOrigins.removeAll(keepingCapacity: true)
    batch.carry(end - context..<batch.text.count, into: &carry, &carryOrigins)
    let kept = context > 0 ? min(batch.text.count, end + ReaderLimits.margin) : end
    batch.text.removeSubrange(kept...)
  }

  private func cut(_ text: [UInt8], from start: Int) -> Int {
    if atEnd && text.count - start <= ReaderLimits.batch { return text.count }
    var end = text.count
    while end > start && text[end - 1] != 0x0A { end -= 1 }
    if end > start { return beforeLabels(text, from: start, to: end) }
    if atEnd { return text.count }
    // A very long line: whole pieces, with the margin behind them.
    let available = text.count - ReaderLimits.margin - start
    let pieces = (lineOffset + available) / ReaderLimits.linePiece
    return start + pieces * ReaderLimits.linePiece - lineOffset
  }

  /// A short line may be a label, whose value is in the next: it is left to the next batch.
  ///
  /// - Returns: a line end before at most eight such lines, `end` where there are more.
  private func beforeLabels(_ text: [UInt8], from start: Int, to end: Int) -> Int {
    var stop = end
    for _ in 0..<8 {
      var line = stop - 1
      while line > start, stop - line <= Self.longestLabel, text[line - 1] != 0x0A { line -= 1 }
      guard line > start, text[line - 1] == 0x0A, stop - line > 1 else { return stop }
      stop = line
    }
    return end
  }

  private static let longestLabel = 60

  private func advanceLine(over range: Range<Int>, _ text: [UInt8]) {
    let newlines = count(0x0A, in: text.span, range)
    line += newlines
    guard newlines > 0 else {
      lineOffset += range.count
      return
    }
    var at = range.upperBound
    while text[at - 1] != 0x0A { at -= 1 }
    lineOffset = range.upperBound - at
  }
}
