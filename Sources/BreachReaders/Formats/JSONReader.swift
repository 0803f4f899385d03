package import BreachModel

/// JSON documents and JSON lines through a pull tokenizer: nothing recurses, no document is held.
///
/// Every object that is the root, or an element of an array, is a record; other objects lend their
/// keys to the record around them, `card.no`. What is not JSON is given as free text.
package final class JSONReader: FormatReader {
  private let stream: TextStream
  /// A line end outside a string ends the document.
  private let linewise: Bool
  private var paths: JSONPaths
  private var carry: [UInt8] = []
  private var carryOrigins: [OriginMark] = []
  private var atEnd = false
  private var line = 1
  private var recordCount = 0
  private var frames: [Frame] = []
  private var open: [OpenRecord] = []
  private var spare: [OpenRecord] = []
  private var state = State.value
  /// Fields of the current batch whose text has to be unescaped.
  private var malformed = 0
  private var oversized = 0
  private var lineStart = 0

  private struct Frame {
    var isArray: Bool
    var node: Int
    var isRecord: Bool
  }

  private struct OpenRecord {
    var fields: [Field] = []
    var escaped: [Int] = []
    var start = 0
    var line = 1
    var bytes = 0
  }

  private enum State {
    case value, key, colon, afterValue
    /// Inside a string that is longer than a record may be; true for a key.
    case longString
    /// The rest of the line, or of a broken document, is free text.
    case text
  }

  package init(_ stream: TextStream, linewise: Bool, _ catalogue: [CatalogueEntry]) {
    self.stream = stream
    self.linewise = linewise
    paths = JSONPaths(catalogue.first?.columns ?? [])
  }

  package var catalogue: [CatalogueEntry] { [CatalogueEntry(name: "", columns: paths.columns)] }
  package var lines: Int { line - 1 }
  package var remarks: [String] {
    var remarks: [String] = []
    if malformed > 0 { remarks.append("\(malformed) places are not JSON; searched as text") }
    if oversized > 0 { remarks.append("\(oversized) records were too long and given in pieces") }
    return remarks
  }

  package func next(into batch: inout RecordBatch) -> Bool {
    repeat {
      batch.removeAll()
      batch.recordBase = recordCount
      swap(&batch.text, &carry)
      swap(&batch.origins, &carryOrigins)
      let start = resume
      while !atEnd && batch.text.count - start < ReaderLimits.batch {
        if !stream.fill(&batch.text, origins: &batch.origins) { atEnd = true }
      }
      if start == batch.text.count { return finish(&batch) }
      let end = batch.text.count
      let consumed = frame(&batch, from: start, to: end)
      keepRest(of: batch, from: consumed, to: end)
    } while batch.records.isEmpty && !(atEnd && resume == carry.count)
    if atEnd && resume == carry.count { _ = finish(&batch) }
    recordCount += batch.records.count
    return !batch.records.isEmpty
  }

  /// Where unread text begins in the carried text; before it stand values of open records.
  private var resume = 0

  /// Frames tokens until the text ends; returns where the first unfinished token begins.
  private func frame(_ batch: inout RecordBatch, from: Int, to end: Int) -> Int {
    var at = from
    lineStart = from
    while at < end {
      let byte = batch.text[at]
      switch state {
      case .text:
        guard let stop = textEnd(batch, at, end) else { return at }
        batch.records.append(
          Record(firstField: 0, fieldCount: 0, start: at, end: stop, table: 0, line: line))
        if stop > at && batch.text[stop - 1] == 0x0A {
          line += 1
          if linewise { state = .value }
        }
        at = stop
        lineStart = at
        continue
      case .longString:
        let stop = stringEnd(batch, at, end)
        guard stop < end || end - at >= ReaderLimits.longestRecord else { return at }
        addPiece(&batch, at, stop)
        at = stop
        if stop < end {
          at += 1
          state = .afterValue
        }
        continue
      default: break
      }
      if byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x1E {
        at += 1
        continue
      }
      if byte == 0x0A {
        line += 1
        at += 1
        lineStart = at
        if linewise && !frames.isEmpty { closeAll(&batch, at) }
        if linewise { state = .value }
        continue
      }
      guard let next = token(&batch, byte, at, end) else { return at }
      at = next
    }
    return at
  }

  /// Takes one token at `at`; nil when it does not end in the text, `at` when it is no JSON.
  private func token(_ batch: inout RecordBatch, _ byte: UInt8, _ at: Int, _ end: Int) -> Int? {
    switch (state, byte) {
    case (.value, 0x7B):
      openObject(at)
      state = .key
      return at + 1
    case (.value, 0x5B):
      frames.append(Frame(isArray: true, node: elementNode, isRecord: false))
      return at + 1
    case (.value, 0x5D), (.afterValue, 0x5D):
      guard frames.last?.isArray == true else { return broken(&batch, at) }
      frames.removeLast()
      state = .afterValue
      return at + 1
    case (.key, 0x7D), (.afterValue, 0x7D):
      guard let frame = frames.last, !frame.isArray else { return broken(&batch, at) }
      frames.removeLast()
      if frame.isRecord { closeRecord(&batch, at + 1) }
      state = .afterValue
      return at + 1
    case (.afterValue, 0x2C):
      guard let frame = frames.last else { return broken(&batch, at) }
      state = frame.isArray ? .value : .key
      return at + 1
    case (.colon, 0x3A):
      state = .value
      return at + 1
    case (.key, 0x22):
      let stop = stringEnd(batch, at + 1, end)
      guard stop < end else {
        return end - at > ReaderLimits.longestRecord ? broken(&batch, at) : nil
      }
      if let frame = frames.last {
        pendingNode = paths.child(of: frame.node, key: batch.text.span.extracting(at + 1..<stop))
      }
      state = .colon
      return stop + 1
    case (.value, 0x22):
      let stop = stringEnd(batch, at + 1, end)
      if stop == end {
        guard end - at >= ReaderLimits.longestRecord else { return nil }
        addPiece(&batch, at + 1, end)
        state = .longString
        return end
      }
      add(at + 1, stop - at - 1, escaped: sawEscape, in: &batch)
      state = .afterValue
      return stop + 1
    case (.value, _):
      var stop = at
      while stop < end, Self.isScalar(batch.text[stop]) { stop += 1 }
      if stop == end && !atEnd && end - at < 4_096 { return nil }
      if stop == at { return broken(&batch, at) }
      let isNull = batch.text[at] == 0x6E
      let isWord = isNull || batch.text[at] == 0x74 || batch.text[at] == 0x66
      let isNumber = batch.text[at] == 0x2D || (0x30...0x39).contains(batch.text[at])
      guard isWord || isNumber else { return broken(&batch, at) }
      if !isWord { add(at, stop - at, escaped: false, in: &batch) }
      state = .afterValue
      return stop
    case (.afterValue, _) where frames.isEmpty:
      // The next of several documents.
      state = .value
      return at
    default:
      return broken(&batch, at)
    }
  }

  private static func isScalar(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E: true
    default: false
    }
  }

  private var pendingNode = 0
  private var sawEscape = false

  /// The node of a value that begins now.
  private var elementNode: Int {
    guard let frame = frames.last else { return paths.root }
    return frame.isArray ? paths.element(of: frame.node) : pendingNode
  }

  private func openObject(_ at: Int) {
    let isRecord = frames.last?.isArray ?? true
    frames.append(Frame(isArray: false, node: elementNode, isRecord: isRecord))
    guard isRecord else { return }
    var record = spare.popLast() ?? OpenRecord()
    record.start = at
    record.line = line
    open.append(record)
  }

  private func add(_ start: Int, _ length: Int, escaped: Bool, in batch: inout RecordBatch) {
    let column = paths.column(of: elementNode)
    let field = Field(
      start: start, length: length, rawStart: start, rawLength: length, column: column)
    if open.isEmpty {
      // A scalar outside every object is a record of its own.
      open.append(spare.popLast() ?? OpenRecord())
      open[0].start = start
      open[0].line = line
      if escaped { open[0].escaped.append(0) }
      open[0].fields.append(field)
      closeRecord(&batch, start + length)
      return
    }
    let last = open.count - 1
    if escaped { open[last].escaped.append(open[last].fields.count) }
    open[last].fields.append(field)
    open[last].bytes += length
    if open[last].bytes > ReaderLimits.longestRecord {
      oversized += 1
      emit(&batch, start + length)
    }
  }

  private func addPiece(_ batch: inout RecordBatch, _ start: Int, _ end: Int) {
    add(start, end - start, escaped: sawEscape, in: &batch)
  }

  private func closeRecord(_ batch: inout RecordBatch, _ end: Int) {
    emit(&batch, end)
    if var record = open.popLast() {
      record.bytes = 0
      spare.append(record)
    }
  }

  /// Gives what the innermost record has so far.
  private func emit(_ batch: inout RecordBatch, _ end: Int) {
    let last = open.count - 1
    guard last >= 0, !open[last].fields.isEmpty else { return }
    for number in open[last].escaped {
      let field = open[last].fields[number]
      let start = batch.text.count
      JSONEscape.unescape(&batch.text, Int(field.rawStart), Int(field.rawLength))
      open[last].fields[number].start = Int32(start)
      open[last].fields[number].length = Int32(batch.text.count - start)
    }
    let firstField = batch.fields.count
    batch.fields.append(contentsOf: open[last].fields)
    batch.records.append(
      Record(
        firstField: firstField, fieldCount: open[last].fields.count, start: open[last].start,
        end: end, table: 0, line: open[last].line, depth: last))
    open[last].fields.removeAll(keepingCapacity: true)
    open[last].escaped.removeAll(keepingCapacity: true)
    open[last].bytes = 0
  }

  private func closeAll(_ batch: inout RecordBatch, _ end: Int) {
    while !open.isEmpty { closeRecord(&batch, end) }
    frames.removeAll()
  }

  /// What follows is no JSON: what was read of the line's records is dropped for its text.
  private func broken(_ batch: inout RecordBatch, _ at: Int) -> Int {
    malformed += 1
    closeAll(&batch, at)
    state = .text
    return at
  }

  /// The end of a stretch of text: behind a line end, or a piece of a long line; nil to read on.
  private func textEnd(_ batch: RecordBatch, _ at: Int, _ end: Int) -> Int? {
    var stop = at
    let limit = min(end, at + ReaderLimits.linePiece)
    while stop < limit {
      if batch.text[stop] == 0x0A { return stop + 1 }
      stop += 1
    }
    if stop < end || end - at >= ReaderLimits.linePiece || atEnd {
      while stop < end && stop > at + 1 && batch.text[stop] & 0xC0 == 0x80 { stop -= 1 }
      return stop
    }
    return nil
  }

  /// Position of the closing quote, or `end`.
  private func stringEnd(_ batch: RecordBatch, _ from: Int, _ end: Int) -> Int {
    sawEscape = false
    var at = from
    while at < end {
      let byte = batch.text[at]
      if byte == 0x22 { return at }
      if byte == 0x5C {
        sawEscape = true
        if at + 1 >= end { return end }
        at += 1
      }
      at += 1
    }
    return end
  }

  /// Carries unread text, and the values of records that are still open, to the next batch.
  private func keepRest(of batch: RecordBatch, from consumed: Int, to end: Int) {
    carry.removeAll(keepingCapacity: true)
    carryOrigins.removeAll(keepingCapacity: true)
    for record in open.indices {
      for number in open[record].fields.indices {
        let start = Int(open[record].fields[number].rawStart)
        let length = Int(open[record].fields[number].rawLength)
        if var mark = batch.origin(at: start) {
          mark.text = carry.count
          carryOrigins.append(mark)
        }
        open[record].fields[number].start = Int32(carry.count)
        open[record].fields[number].rawStart = Int32(carry.count)
        carry.append(contentsOf: batch.text[start..<start + length])
      }
      open[record].start = carry.count
    }
    resume = carry.count
    if var mark = batch.origin(at: consumed) {
      mark.text = carry.count
      carryOrigins.append(mark)
    }
    carry.append(contentsOf: batch.text[consumed..<end])
  }

  /// The leaf is over: records still open are given as they are.
  private func finish(_ batch: inout RecordBatch) -> Bool {
    if !open.isEmpty || !frames.isEmpty {
      malformed += 1
      if batch.text.isEmpty {
        batch.text = carry
        batch.origins = carryOrigins
        closeAll(&batch, batch.text.count)
      } else {
        // Positions of open fields refer to the carried text.
        let shift = batch.text.count
        batch.text.append(contentsOf: carry)
        for record in open.indices {
          for number in open[record].fields.indices {
            open[record].fields[number].start += Int32(shift)
            open[record].fields[number].rawStart += Int32(shift)
          }
          open[record].start += shift
        }
        for mark in carryOrigins {
          batch.origins.append(
            OriginMark(text: mark.text + shift, leaf: mark.leaf, charset: mark.charset))
        }
        closeAll(&batch, batch.text.count)
      }
      if line == 1 || lineStart < batch.text.count { line += 1 }
    }
    return !batch.records.isEmpty
  }
}
