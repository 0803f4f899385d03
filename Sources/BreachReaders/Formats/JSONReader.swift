package import BreachModel

/// JSON documents and JSON lines through a pull tokenizer: nothing recurses, no document is held.
///
/// Every object that is the root, an element of an array, or a member under a key that is itself
/// data (`{"taro@example.jp": {…}}`) is a record; other objects lend their keys to the record around
/// them, `card.no`. An array inside an array is a record of numbered columns. What is not JSON is
/// given as free text.
package final class JSONReader: FormatReader {
  private let stream: TextStream
  private var framer: JSONFramer
  private var carry: [UInt8] = []
  private var carryOrigins: [OriginMark] = []
  /// Where unread text begins in the carried text; before it stand values of open records.
  private var resume = 0
  private var atEnd = false
  private var recordCount = 0

  package init(_ stream: TextStream, linewise: Bool, _ catalogue: [CatalogueEntry]) {
    self.stream = stream
    framer = JSONFramer(linewise: linewise, columns: catalogue.first?.columns ?? [])
  }

  package var catalogue: [CatalogueEntry] {
    [CatalogueEntry(name: "", columns: framer.paths.columns)]
  }
  package var lines: Int { framer.line - 1 }
  package var remarks: [String] { framer.remarks }

  package func next(into batch: inout RecordBatch) -> Bool {
    var wanted = ReaderLimits.batch
    var isOver = false
    repeat {
      batch.removeAll()
      batch.recordBase = recordCount
      swap(&batch.text, &carry)
      swap(&batch.origins, &carryOrigins)
      while !atEnd && batch.text.count - resume < wanted {
        if !stream.fill(&batch.text, origins: &batch.origins) { atEnd = true }
      }
      let end = batch.text.count
      let from = resume
      var consumed = framer.frame(
        batch.text,
        from: from,
        &batch.fields,
        &batch.records,
        atEnd: atEnd
      )
      if atEnd && consumed == end {
        framer.finish(batch.text, &batch.fields, &batch.records)
        isOver = true
      } else if atEnd && consumed == from {
        // Nothing can be waited for: never the case, but an end is better than a loop.
        consumed = end
      }
      wanted = consumed == from ? 2 * (end - from) : ReaderLimits.batch
      carry.removeAll(keepingCapacity: true)
      carryOrigins.removeAll(keepingCapacity: true)
      framer.carryOpen(from: batch, into: &carry, &carryOrigins)
      resume = carry.count
      batch.carry(consumed..<end, into: &carry, &carryOrigins)
      framer.unescape(batch.text, &batch.fields)
      batch.text.append(contentsOf: framer.behind)
    } while batch.records.isEmpty && !isOver
    recordCount += batch.records.count
    return !batch.records.isEmpty
  }
}
