package import BreachModel

/// Delimited files: RFC 4180 as real programs write it, ragged rows and stray quotes included.
package final class CSVReader: FormatReader {
  private let stream: TextStream
  private let dialect: CSVDialect
  private var framer: CSVFramer
  private var carry: [UInt8] = []
  private var carryOrigins: [OriginMark] = []
  private var plain: [UInt8] = []
  private var atEnd = false
  private var recordCount = 0

  package init(_ stream: TextStream, _ dialect: CSVDialect) {
    self.stream = stream
    self.dialect = dialect
    framer = CSVFramer(dialect)
  }

  package var catalogue: [CatalogueEntry] { [] }
  package var lines: Int { framer.line - 1 }
  package var remarks: [String] {
    let count = framer.brokenQuotes
    return count == 0 ? [] : ["\(count) quotes were never closed; read as plain characters"]
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
      if batch.text.isEmpty { return false }
      let end = batch.text.count
      let consumed = framer.frame(batch.text, &batch.fields, &batch.records, atEnd: atEnd)
      wanted = consumed == 0 ? 2 * end : ReaderLimits.batch
      carry.removeAll(keepingCapacity: true)
      carryOrigins.removeAll(keepingCapacity: true)
      batch.carry(consumed..<end, into: &carry, &carryOrigins)
      batch.text.removeSubrange(consumed...)
      unescape(&batch)
    } while batch.records.isEmpty
    recordCount += batch.records.count
    return true
  }

  /// Fields that hold doubled quotes: what they stand for comes behind the text.
  private func unescape(_ batch: inout RecordBatch) {
    let quote = dialect.quote
    plain.removeAll(keepingCapacity: true)
    for number in framer.escaped where number < batch.fields.count {
      batch.fields[number].unescape(batch.text, &plain) { text, range, plain in
        plain.append(addingCapacity: range.count) { out in
          var at = range.lowerBound
          while at < range.upperBound {
            let byte = text[at]
            out.append(byte)
            let isPair = byte == quote && at + 1 < range.upperBound && text[at + 1] == quote
            at += isPair ? 2 : 1
          }
        }
      }
    }
    batch.text.append(contentsOf: plain)
  }
}
