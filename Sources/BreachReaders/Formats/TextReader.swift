internal import BreachBytes
package import BreachModel

/// Free text and logs: batches end at line ends; a very long line is given in pieces with context
/// on both sides, so that nothing is lost or doubled at a seam.
package final class TextReader: FormatReader {
  private let stream: TextStream
  /// Text given before (context) and text not yet given.
  private var text: [UInt8] = []
  private var origins: [OriginMark] = []
  private var bodyEnd = 0
  private var atEnd = false
  private var line = 1
  /// Distance from the start of the current line to `bodyEnd`.
  private var lineOffset = 0

  package init(_ stream: TextStream) { self.stream = stream }

  package var catalogue: [CatalogueEntry] { [] }
  package var lines: Int { line - 1 + (lineOffset > 0 ? 1 : 0) }
  package var remarks: [String] { [] }

  package func next(into batch: inout RecordBatch) -> Bool {
    batch.removeAll()
    dropGiven()
    while !atEnd && text.count - bodyEnd < ReaderLimits.batch {
      if !stream.fill(&text, origins: &origins) { atEnd = true }
    }
    guard bodyEnd < text.count else { return false }
    let start = bodyEnd
    bodyEnd = cut(from: start)
    batch.isText = true
    batch.text = text
    batch.origins = origins
    batch.body = start..<bodyEnd
    batch.firstLine = line
    batch.lineOffset = lineOffset
    advanceLine(over: start..<bodyEnd)
    return true
  }

  private func dropGiven() {
    let drop = max(0, bodyEnd - ReaderLimits.margin)
    guard drop > 0 else { return }
    text.removeFirst(drop)
    bodyEnd -= drop
    let first = max(0, (origins.firstIndex { $0.text > drop } ?? origins.count) - 1)
    origins.removeFirst(first)
    for index in origins.indices { origins[index].text -= drop }
  }

  private func cut(from start: Int) -> Int {
    if atEnd { return text.count }
    var end = text.count
    while end > start && text[end - 1] != 0x0A { end -= 1 }
    if end > start { return end }
    // A very long line: whole pieces, with the margin behind them.
    let available = text.count - ReaderLimits.margin - start
    let pieces = (lineOffset + available) / ReaderLimits.linePiece
    return start + pieces * ReaderLimits.linePiece - lineOffset
  }

  private func advanceLine(over range: Range<Int>) {
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
