package import BreachModel

/// SQL dumps: rows of INSERT and COPY become records, everything else is free text, line by line.
///
/// Cut off anywhere, a dump gives what was whole and what was begun. A line that begins a new
/// statement right behind a line that ends one is believed even inside a string, so that one broken
/// quote, or a cut between units, costs one statement. A row longer than 1 MiB is given in pieces.
package final class SQLReader: FormatReader {
  private let stream: TextStream
  private var framer: SQLFramer
  private var carry: [UInt8] = []
  private var carryOrigins: [OriginMark] = []
  private var plain: [UInt8] = []
  private var atEnd = false
  private var recordCount = 0
  private var lastByte: UInt8 = 0x0A

  package init(
    _ stream: TextStream,
    _ dialect: SQLDialect,
    _ catalogue: [CatalogueEntry],
    copyTable: Int?
  ) {
    self.stream = stream
    framer = SQLFramer(dialect, catalogue, copyTable: copyTable)
  }

  package var catalogue: [CatalogueEntry] { framer.tables.entries }
  package var keys: SQLKeys { framer.tables.keys }
  package var lines: Int {
    framer.line - 1 + (atEnd && carry.isEmpty && lastByte != 0x0A ? 1 : 0)
  }
  package var remarks: [String] {
    let count = framer.unterminated
    return count == 0 ? [] : ["\(count) rows do not end; read as far as they go"]
  }

  package func next(into batch: inout RecordBatch) -> Bool {
    var wanted = ReaderLimits.batch
    repeat {
      batch.removeAll()
      batch.recordBase = recordCount
      swap(&batch.text, &carry)
      swap(&batch.origins, &carryOrigins)
      while !atEnd && batch.text.count < wanted {
        if !stream.fill(&batch.text, origins: &batch.origins) { atEnd = true }
      }
      let end = batch.text.count
      guard end > 0 else { return false }
      lastByte = batch.text[end - 1]
      let consumed = framer.frame(batch.text, &batch.fields, &batch.records, atEnd: atEnd)
      wanted = consumed == 0 ? 2 * end : ReaderLimits.batch
      carry.removeAll(keepingCapacity: true)
      carryOrigins.removeAll(keepingCapacity: true)
      batch.carry(consumed..<end, into: &carry, &carryOrigins)
      framer.unescape(batch.text, &batch.fields, into: &plain)
      batch.text.append(contentsOf: plain)
    } while batch.records.isEmpty
    recordCount += batch.records.count
    return true
  }
}
