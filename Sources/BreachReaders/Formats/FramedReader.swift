internal import BreachModel

/// Finds the records of a text that comes in pieces.
protocol StreamFramer: ~Copyable {
  /// Frames from `from`; returns where the next text has to go on.
  mutating func frame(
    _ text: [UInt8],
    from: Int,
    _ fields: inout [Field],
    _ records: inout [Record],
    atEnd: Bool
  ) -> Int
  /// The leaf is over: what is open is given as it is.
  mutating func finish(_ text: [UInt8], _ fields: inout [Field], _ records: inout [Record])
  /// Puts what fields stand for, and text that was made of other text, behind that of the batch.
  mutating func complete(_ batch: inout RecordBatch)
  /// Copies the values of records that are still open to the next batch's text.
  mutating func carryOpen(
    from batch: borrowing RecordBatch,
    into text: inout [UInt8],
    _ marks: inout [OriginMark]
  )
  var catalogue: [CatalogueEntry] { get }
  var line: Int { get }
  var remarks: [String] { get }
}

/// Reads JSON, XML, HTML, form-encoded text and entries: whatever its framer finds, batch by batch.
///
/// What is framed must not depend on where batches end: a framer goes back to where something
/// unfinished began, and is given more text.
final class FramedReader<Framer: StreamFramer & ~Copyable>: FormatReader {
  private let stream: TextStream
  private var framer: Framer
  private var carry: [UInt8] = []
  private var carryOrigins: [OriginMark] = []
  /// Where unread text begins in the carried text; before it stand values of open records.
  private var resume = 0
  private var atEnd = false
  private var recordCount = 0

  init(_ stream: TextStream, _ framer: consuming Framer) {
    self.stream = stream
    self.framer = framer
  }

  var catalogue: [CatalogueEntry] { framer.catalogue }
  var lines: Int { framer.line - 1 }
  var remarks: [String] { framer.remarks }

  func next(into batch: inout RecordBatch) -> Bool {
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
      let consumed = framer.frame(
        batch.text,
        from: from,
        &batch.fields,
        &batch.records,
        atEnd: atEnd
      )
      if atEnd && (consumed == end || consumed == from) {
        framer.finish(batch.text, &batch.fields, &batch.records)
        isOver = true
      }
      wanted = consumed == from ? 2 * (end - from) : ReaderLimits.batch
      carry.removeAll(keepingCapacity: true)
      carryOrigins.removeAll(keepingCapacity: true)
      framer.carryOpen(from: batch, into: &carry, &carryOrigins)
      resume = carry.count
      if !isOver { batch.carry(consumed..<end, into: &carry, &carryOrigins) }
      framer.complete(&batch)
    } while batch.records.isEmpty && !isOver
    recordCount += batch.records.count
    return !batch.records.isEmpty
  }
}
