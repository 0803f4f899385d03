internal import BreachBytes
internal import BreachModel

/// Cutting what has to be read through: the text is decoded as the reader decodes it, and framed by
/// the reader's own rules.
extension UnitCutter {
  // MARK: CSV

  static func cutText(
    _ source: any ByteSource,
    _ plan: LeafPlan,
    _ dialect: CSVDialect,
    _ fresh: Cuts
  ) -> Cuts {
    var cuts = fresh
    guard source.seek(to: 0) else { return cuts }
    let stream = TextStream(source, charset: plan.charset, offset: 0, skipping: plan.bomLength)
    var framer = CSVFramer(dialect)
    var text = DecodedText(stream, plan.charset)
    while text.fill() {
      let end = text.batch.text.count
      let isDue = text.batch.leafOffset(of: end) >= cuts.nominal
      var consumed = 0
      if framer.isAtLineStart, count(dialect.quote, in: text.batch.text.span, 0..<end) == 0,
        let last = lastLine(text.batch.text, dialect.newline)
      {
        consumed = last
        if isDue { offerLines(text, last, dialect.newline, &cuts) }
        framer.skip(lines: 0, bytes: consumed)
      } else {
        consumed = framer.frame(
          text.batch.text,
          &text.batch.fields,
          &text.batch.records,
          atEnd: text.atEnd
        )
        if isDue { offerRecords(text, &cuts) }
      }
      text.keep(from: consumed, to: end)
    }
    return cuts
  }

  private static func lastLine(_ text: [UInt8], _ newline: UInt8) -> Int? {
    var at = text.count
    while at > 0 && text[at - 1] != newline { at -= 1 }
    return at > 0 ? at : nil
  }

  private static func offerLines(
    _ text: borrowing DecodedText,
    _ end: Int,
    _ newline: UInt8,
    _ cuts: inout Cuts
  ) {
    for at in 0..<end where text.batch.text[at] == newline { cuts.offer(text.lineStart(at + 1)) }
  }

  private static func offerRecords(_ text: borrowing DecodedText, _ cuts: inout Cuts) {
    for record in text.batch.records
    where text.batch.fields[Int(record.firstField)].column == 0 {
      cuts.offer(text.lineStart(Int(record.start)))
    }
  }

  // MARK: SQL

  static func cutSQL(
    _ source: any ByteSource,
    _ plan: LeafPlan,
    _ dialect: SQLDialect,
    _ cuts: inout Cuts
  ) {
    guard source.seek(to: 0) else { return }
    let stream = TextStream(source, charset: plan.charset, offset: 0, skipping: plan.bomLength)
    var scan = SQLScan(dialect, cuts.catalogue)
    var text = DecodedText(stream, plan.charset)
    while text.fill() {
      let end = text.batch.text.count
      scan.collects = text.batch.leafOffset(of: end) >= cuts.nominal
      let consumed = scan.scan(text.batch.text, from: text.context, to: end, atEnd: text.atEnd)
      for boundary in scan.boundaries {
        cuts.offer(text.lineStart(boundary.position), copyTable: boundary.copyTable)
      }
      text.keep(from: consumed, to: end, context: SQLScan.context)
    }
    cuts.catalogue = scan.tables.entries
    cuts.filled = scan.filled
  }

  /// Decoded text with what was not taken of the text before.
  private struct DecodedText {
    private let stream: TextStream
    var batch = RecordBatch()
    private(set) var atEnd = false
    /// Text at the start that was taken before.
    private(set) var context = 0
    private var carry: [UInt8] = []
    private var marks: [OriginMark] = []
    private var wanted = ReaderLimits.batch
    private let newlineWidth: Int
    /// Leaf offset of the first byte of `batch.text`, when a line begins there.
    private var start = 0

    init(_ stream: TextStream, _ charset: Charset) {
      self.stream = stream
      newlineWidth = charset.unitWidth
    }

    /// The leaf offset of the line that begins at `position`: behind the line end's bytes, and
    /// before an escape sequence that comes first in the line.
    func lineStart(_ position: Int) -> Int {
      position > 0 ? batch.leafOffset(of: position - 1) + newlineWidth : start
    }

    /// False when nothing is left.
    mutating func fill() -> Bool {
      batch.removeAll()
      swap(&batch.text, &carry)
      swap(&batch.origins, &marks)
      while !atEnd && batch.text.count - context < wanted {
        if !stream.fill(&batch.text, origins: &batch.origins) { atEnd = true }
      }
      return batch.text.count > context
    }

    mutating func keep(from consumed: Int, to end: Int, context kept: Int = 0) {
      // At the end, what cannot be taken any more holds no boundary.
      let taken = atEnd && consumed == context ? end : consumed
      wanted = taken == context ? 2 * (end - context) : ReaderLimits.batch
      context = min(taken, kept)
      start = lineStart(taken - context)
      carry.removeAll(keepingCapacity: true)
      marks.removeAll(keepingCapacity: true)
      batch.carry(taken - context..<end, into: &carry, &marks)
    }
  }
}
