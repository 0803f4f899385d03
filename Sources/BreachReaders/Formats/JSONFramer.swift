internal import BreachModel

/// Finds the records and fields of JSON text.
///
/// A record of up to 1 MiB is always framed from one piece of text: when the text ends inside it,
/// framing goes back to its start. Of a longer one only the values are kept.
struct JSONFramer {
  /// A line end outside a string ends the document.
  let linewise: Bool
  var paths: JSONPaths
  private(set) var line = 1
  private var lastByte: UInt8 = 0x0A
  var frames: [Frame] = []
  var open: [OpenRecord] = []
  var spare: [OpenRecord] = []
  var state = State.value
  /// The node of the member whose key was read last.
  var pendingNode = 0
  /// That key, until its value begins.
  var pendingKey: PendingKey?
  private var malformed = 0
  var oversized = 0
  var atEnd = false

  static let longest = ReaderLimits.longestRecord
  private static let longestKey = 64 << 10
  private static let longestScalar = 4_096
  private static let deepest = 512

  struct Frame {
    var isArray: Bool
    var node: Int
    var isRecord: Bool
    /// Number of the next element, where elements are columns.
    var element = 0
  }

  struct OpenRecord {
    var fields: [Field] = []
    var escaped: [Int] = []
    var start = 0
    var line = 1
    var bytes = 0
    /// All of the record's text so far is in the batch.
    var isWhole = true
    /// What to go back to.
    var frames = 0
    var records = 0
    var batchFields = 0
    var isKeyed = false
  }

  struct PendingKey {
    /// The key is data and has to be given as a value.
    var isData: Bool
    var start: Int
    var length: Int
    var isEscaped: Bool
    var line: Int
  }

  enum State {
    case value, key, colon, afterValue
    /// Inside a string that is longer than a record may be.
    case longString
    /// The rest of the line, or of a broken document, is free text.
    case text
  }

  init(linewise: Bool, columns: [String]) {
    self.linewise = linewise
    paths = JSONPaths(columns)
  }

  var remarks: [String] {
    var remarks: [String] = []
    if malformed > 0 { remarks.append("\(malformed) places are not JSON; searched as text") }
    if oversized > 0 { remarks.append("\(oversized) records were too long and given in pieces") }
    return remarks
  }

  /// Frames tokens from `from`; returns where the next text has to go on.
  mutating func frame(_ batch: inout RecordBatch, from: Int, to end: Int, atEnd: Bool) -> Int {
    self.atEnd = atEnd
    if end > from { lastByte = batch.text[end - 1] }
    var at = from
    while at < end {
      let byte = batch.text[at]
      switch state {
      case .text:
        guard let stop = textEnd(batch, at, end) else { return goBack(&batch, at, end) }
        giveText(&batch, at..<stop)
        at = stop
        continue
      case .longString:
        guard let stop = string(&batch, at, end) else { return goBack(&batch, at, end) }
        at = stop
        continue
      default: break
      }
      switch byte {
      case 0x20, 0x09, 0x0D, 0x1E: at += 1
      case 0x0A:
        line += 1
        at += 1
        guard linewise else { continue }
        if !frames.isEmpty {
          malformed += 1
          closeAll(&batch, at - 1)
        }
        state = .value
      default:
        guard let next = token(&batch, byte, at, end) else { return goBack(&batch, at, end) }
        at = next
      }
    }
    return goBack(&batch, at, end)
  }

  private mutating func giveText(_ batch: inout RecordBatch, _ range: Range<Int>) {
    batch.records.append(
      Record(
        firstField: batch.fields.count,
        fieldCount: 0,
        start: range.lowerBound,
        end: range.upperBound,
        table: 0,
        line: line
      )
    )
    guard batch.text[range.upperBound - 1] == 0x0A else { return }
    line += 1
    if linewise { state = .value }
  }

  /// The leaf is over: records still open are given as they are.
  mutating func finish(_ batch: inout RecordBatch, _ end: Int) {
    if !open.isEmpty || !frames.isEmpty { malformed += 1 }
    closeAll(&batch, end)
    if lastByte != 0x0A { line += 1 }
    lastByte = 0x0A
  }

  /// The text ends at `end` with something unfinished at `at`: back to where a record began.
  private mutating func goBack(_ batch: inout RecordBatch, _ at: Int, _ end: Int) -> Int {
    if atEnd && at == end { return end }
    for number in open.indices where open[number].isWhole {
      let record = open[number]
      guard end - record.start <= Self.longest else {
        open[number].isWhole = false
        continue
      }
      frames.removeSubrange(record.frames...)
      batch.records.removeSubrange(record.records...)
      batch.fields.removeSubrange(record.batchFields...)
      line = record.line
      state = record.isKeyed ? .key : .value
      pendingKey = nil
      while open.count > number { dropRecord() }
      return record.start
    }
    if let key = pendingKey {
      pendingKey = nil
      line = key.line
      state = .key
      return key.start - 1
    }
    return at
  }

  // MARK: tokens

  /// Takes one token at `at`; nil when it does not end in the text.
  private mutating func token(
    _ batch: inout RecordBatch,
    _ byte: UInt8,
    _ at: Int,
    _ end: Int
  ) -> Int? {
    switch state {
    case .value:
      switch byte {
      case 0x7B: return openFrame(&batch, at, isArray: false)
      case 0x5B: return openFrame(&batch, at, isArray: true)
      case 0x5D: return closeFrame(&batch, at, isArray: true)
      case 0x22: return string(&batch, at + 1, end)
      default: return scalar(&batch, byte, at, end)
      }
    case .key:
      if byte == 0x7D { return closeFrame(&batch, at, isArray: false) }
      return byte == 0x22 ? key(&batch, at, end) : broken(&batch, at)
    case .colon:
      guard byte == 0x3A else { return broken(&batch, at) }
      state = .value
      return at + 1
    case .afterValue:
      switch byte {
      case 0x2C:
        guard let last = frames.indices.last else { break }
        state = frames[last].isArray ? .value : .key
        frames[last].element += 1
        return at + 1
      case 0x5D where !frames.isEmpty: return closeFrame(&batch, at, isArray: true)
      case 0x7D where !frames.isEmpty: return closeFrame(&batch, at, isArray: false)
      default: break
      }
      guard frames.isEmpty, byte == 0x2C || byte == 0x7B || byte == 0x5B else {
        return broken(&batch, at)
      }
      // The next of several documents.
      state = .value
      return byte == 0x2C ? at + 1 : at
    case .longString, .text:
      return at
    }
  }

  private mutating func openFrame(_ batch: inout RecordBatch, _ at: Int, isArray: Bool) -> Int? {
    guard frames.count < Self.deepest else { return broken(&batch, at) }
    let outer = frames.last
    let node = containerNode
    // Elements of arrays, and members whose key is data.
    let isRecord: Bool
    if isArray {
      isRecord = outer?.isArray == true
    } else {
      isRecord = outer?.isArray ?? true || pendingKey?.isData == true
    }
    if isRecord { openRecord(batch, at) }
    frames.append(Frame(isArray: isArray, node: node, isRecord: isRecord))
    if pendingKey != nil { giveKey(&batch) }
    state = isArray ? .value : .key
    return at + 1
  }

  private mutating func closeFrame(_ batch: inout RecordBatch, _ at: Int, isArray: Bool) -> Int? {
    guard let frame = frames.last, frame.isArray == isArray else { return broken(&batch, at) }
    frames.removeLast()
    if frame.isRecord { closeRecord(&batch, at + 1) }
    state = .afterValue
    return at + 1
  }

  private mutating func key(_ batch: inout RecordBatch, _ at: Int, _ end: Int) -> Int? {
    let close = JSONString.end(
      batch.text.span,
      at + 1,
      min(end, at + 1 + Self.longestKey),
      linewise
    )
    guard close.isClosed else {
      let isCut = close.position == end && end - at <= Self.longestKey
      return isCut && !atEnd ? nil : broken(&batch, at)
    }
    guard let frame = frames.last else { return broken(&batch, at) }
    let child = paths.child(
      of: frame.node,
      key: batch.text.span.extracting(at + 1..<close.position)
    )
    pendingNode = child
    pendingKey = PendingKey(
      isData: paths.isWild(child),
      start: at + 1,
      length: close.position - at - 1,
      isEscaped: close.hasEscape,
      line: line
    )
    state = .colon
    return close.position + 1
  }

  /// Takes a string's content from `at`; pieces of it when it is longer than a record may be.
  private mutating func string(_ batch: inout RecordBatch, _ at: Int, _ end: Int) -> Int? {
    if pendingKey != nil { giveKey(&batch) }
    let limit = min(end, at + Self.longest + 1)
    let close = JSONString.end(batch.text.span, at, limit, linewise)
    if close.isClosed {
      line += close.lines
      add(at, close.position - at, escaped: close.hasEscape, in: &batch)
      state = .afterValue
      return close.position + 1
    }
    if close.position < limit || (limit == end && atEnd && end - at <= Self.longest) {
      // A line end or the end of the leaf inside the string.
      line += close.lines
      if close.position > at {
        add(at, close.position - at, escaped: close.hasEscape, in: &batch)
      }
      state = .afterValue
      return close.position
    }
    guard end - at > Self.longest else { return nil }
    let cut = JSONString.seam(batch.text.span, floor: at, limit: at + Self.longest)
    for index in at..<cut where batch.text[index] == 0x0A { line += 1 }
    add(at, cut - at, escaped: close.hasEscape, in: &batch)
    state = .longString
    return cut
  }

  private mutating func scalar(
    _ batch: inout RecordBatch,
    _ byte: UInt8,
    _ at: Int,
    _ end: Int
  ) -> Int? {
    var stop = at
    let limit = min(end, at + Self.longestScalar)
    while stop < limit, JSONString.isScalar(batch.text[stop]) { stop += 1 }
    if stop == end && !atEnd && stop < at + Self.longestScalar { return nil }
    let isNumber = byte == 0x2D || (0x30...0x39).contains(byte)
    let isKnown = isNumber || JSONString.isWord(batch.text.span.extracting(at..<stop))
    guard stop > at, stop < at + Self.longestScalar, isKnown else { return broken(&batch, at) }
    if pendingKey != nil { giveKey(&batch) }
    if isNumber {
      add(at, stop - at, escaped: false, in: &batch)
    } else {
      // Nothing to look at, but the key is a column.
      name()
    }
    state = .afterValue
    return stop
  }

  /// What follows is no JSON: the rest of the line, or of the leaf, is text.
  private mutating func broken(_ batch: inout RecordBatch, _ at: Int) -> Int {
    malformed += 1
    var from = at
    if let key = pendingKey {
      from = key.start - 1
      line = key.line
    }
    pendingKey = nil
    closeAll(&batch, from)
    state = .text
    return from
  }

  /// The end of a stretch of text: behind a line end, or a piece of a long line; nil to read on.
  private func textEnd(_ batch: RecordBatch, _ at: Int, _ end: Int) -> Int? {
    let limit = min(end, at + ReaderLimits.linePiece)
    var stop = at
    while stop < limit {
      stop += 1
      if batch.text[stop - 1] == 0x0A { return stop }
    }
    if stop == end { return atEnd ? end : nil }
    return Seam.find(batch.text.span, floor: at, limit: stop)
  }
}
