internal import BreachBytes
internal import BreachModel

/// Finds the records and fields of JSON text.
///
/// A record of up to 1 MiB is always framed from one piece of text: when the text ends inside it,
/// framing goes back to its start. Of a longer one only the values are kept.
struct JSONFramer: ~Copyable {
  /// A line end outside a string ends the document.
  let linewise: Bool
  var paths: JSONPaths
  private(set) var line = 1
  private var lastByte: UInt8 = 0x0A
  /// The object or array that the text stands in, and those around it.
  var frame = Frame.document
  var outer: [Frame] = []
  /// Records begun and not ended, and what they hold so far, the innermost one's last.
  var open: [OpenRecord] = []
  var held = HeldFields()
  private(set) var state = State.value
  /// The node of the member whose key was read last.
  var pendingNode = 0
  /// That key, until its value begins.
  var pendingKey: PendingKey?
  private var malformed = 0
  var oversized = 0
  var atEnd = false
  /// Quotes, backslashes and line ends.
  private var marks = MarkCursor(ByteMarks(0x22, 0x5C, 0x0A))
  /// Fields given in this text whose value has to be unescaped.
  var escaped: [Int] = []
  /// What comes behind the text.
  var behind: [UInt8] = []

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
    /// The node of the object's last key.
    var lastChild = -1

    /// Around all values stands the text itself.
    static let document = Frame(isArray: false, node: -1, isRecord: false)
  }

  struct OpenRecord {
    var start: Int
    var line: Int
    /// All of the record's text so far is in the batch.
    var isWhole = true
    var isKeyed: Bool
    /// What to go back to.
    var depth: Int
    var records: Int
    var fields: Int
    /// What was held before.
    var held: HeldFields.Mark
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
  mutating func frame(
    _ text: [UInt8],
    from: Int,
    _ fields: inout [Field],
    _ records: inout [Record],
    atEnd: Bool
  ) -> Int {
    self.atEnd = atEnd
    escaped.removeAll(keepingCapacity: true)
    behind.removeAll(keepingCapacity: true)
    marks.begin(end: text.count)
    if text.count > from { lastByte = text[text.count - 1] }
    let at = scan(text.span, from, &fields, &records)
    return goBack(at, text.count, &fields, &records)
  }

  /// Takes tokens up to the text's end, or to one that does not end in the text.
  private mutating func scan(
    _ text: Span<UInt8>,
    _ from: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) -> Int {
    var at = from
    while at < text.count {
      let next: Int?
      let byte = text[at]
      if state == .text {
        next = freeText(text, at, fields.count, &records)
      } else if state == .longString {
        next = string(text, at, &fields, &records)
      } else if byte > 0x20 {
        next = token(text, byte, at, &fields, &records)
      } else {
        switch byte {
        case 0x20, 0x09, 0x0D, 0x1E: at += 1
        case 0x0A:
          line += 1
          at += 1
          guard linewise else { continue }
          if depth > 0 {
            malformed += 1
            closeAll(text, at - 1, &fields, &records)
          }
          state = .value
        default:
          guard let next = broken(text, at, &fields, &records) else { return at }
          at = next
        }
        continue
      }
      guard let next else { return at }
      at = next
    }
    return at
  }

  /// The leaf is over: records still open are given as they are.
  mutating func finish(_ text: [UInt8], _ fields: inout [Field], _ records: inout [Record]) {
    if !open.isEmpty || depth > 0 { malformed += 1 }
    closeAll(text.span, text.count, &fields, &records)
    if lastByte != 0x0A { line += 1 }
    lastByte = 0x0A
  }

  /// The text ends at `end` with something unfinished at `at`: back to where a record began.
  private mutating func goBack(
    _ at: Int,
    _ end: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) -> Int {
    if atEnd && at == end { return end }
    for number in open.indices where open[number].isWhole {
      let record = open[number]
      guard end - record.start <= Self.longest else {
        open[number].isWhole = false
        continue
      }
      while depth > record.depth { leaveFrame() }
      records.removeSubrange(record.records...)
      fields.removeSubrange(record.fields...)
      while let last = escaped.last, last >= record.fields { escaped.removeLast() }
      line = record.line
      state = record.isKeyed ? .key : .value
      pendingKey = nil
      held.drop(to: record.held)
      open.removeSubrange(number...)
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
  @inline(__always)
  private mutating func token(
    _ text: Span<UInt8>,
    _ byte: UInt8,
    _ at: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) -> Int? {
    switch state {
    case .value:
      switch byte {
      case 0x22: return string(text, at + 1, &fields, &records)
      case 0x7B: return openFrame(text, at, isArray: false, &fields, &records)
      case 0x5B: return openFrame(text, at, isArray: true, &fields, &records)
      case 0x5D: return closeFrame(text, at, isArray: true, &fields, &records)
      default: return scalar(text, byte, at, &fields, &records)
      }
    case .key:
      if byte == 0x22 { return key(text, at, &fields, &records) }
      if byte == 0x7D { return closeFrame(text, at, isArray: false, &fields, &records) }
      return broken(text, at, &fields, &records)
    case .colon:
      guard byte == 0x3A else { return broken(text, at, &fields, &records) }
      state = .value
      return at + 1
    case .afterValue:
      switch byte {
      case 0x2C where depth > 0:
        state = frame.isArray ? .value : .key
        frame.element += 1
        return at + 1
      case 0x5D where depth > 0: return closeFrame(text, at, isArray: true, &fields, &records)
      case 0x7D where depth > 0: return closeFrame(text, at, isArray: false, &fields, &records)
      default: break
      }
      guard depth == 0, byte == 0x2C || byte == 0x7B || byte == 0x5B else {
        return broken(text, at, &fields, &records)
      }
      // The next of several documents.
      state = .value
      return byte == 0x2C ? at + 1 : at
    case .longString, .text:
      return at
    }
  }

  private mutating func openFrame(
    _ text: Span<UInt8>,
    _ at: Int,
    isArray: Bool,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) -> Int? {
    guard depth < Self.deepest else { return broken(text, at, &fields, &records) }
    let node = containerNode
    // Elements of arrays, and members whose key is data.
    let inArray = depth > 0 && frame.isArray
    let isRecord = isArray ? inArray : inArray || depth == 0 || pendingKey?.isData == true
    if isRecord { openRecord(at, fields.count, records.count) }
    enterFrame(Frame(isArray: isArray, node: node, isRecord: isRecord))
    if pendingKey != nil { giveKey(text, &fields, &records) }
    state = isArray ? .value : .key
    return at + 1
  }

  private mutating func closeFrame(
    _ text: Span<UInt8>,
    _ at: Int,
    isArray: Bool,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) -> Int? {
    guard depth > 0, frame.isArray == isArray else { return broken(text, at, &fields, &records) }
    let isRecord = frame.isRecord
    leaveFrame()
    if isRecord { closeRecord(text, at + 1, &fields, &records) }
    state = .afterValue
    return at + 1
  }

  private mutating func key(
    _ text: Span<UInt8>,
    _ at: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) -> Int? {
    let end = text.count
    let limit = min(end, at + 1 + Self.longestKey)
    let close = JSONString.end(text, at + 1, limit, linewise, &marks)
    guard close.isClosed else {
      let isCut = close.position == end && end - at <= Self.longestKey
      return isCut && !atEnd ? nil : broken(text, at, &fields, &records)
    }
    guard depth > 0 else { return broken(text, at, &fields, &records) }
    let child = paths.child(
      of: frame.node,
      after: frame.lastChild,
      key: text,
      at + 1..<close.position
    )
    frame.lastChild = child
    pendingNode = child
    pendingKey = PendingKey(
      isData: paths.isWild(child),
      start: at + 1,
      length: close.position - at - 1,
      isEscaped: close.hasEscape,
      line: line
    )
    // Mostly the colon is next.
    let next = close.position + 1
    if next < end && text[next] == 0x3A {
      state = .value
      return next + 1
    }
    state = .colon
    return next
  }

  /// Takes a string's content from `at`; pieces of it when it is longer than a record may be.
  private mutating func string(
    _ text: Span<UInt8>,
    _ at: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) -> Int? {
    if pendingKey != nil { giveKey(text, &fields, &records) }
    let end = text.count
    let limit = min(end, at + Self.longest + 1)
    let close = JSONString.end(text, at, limit, linewise, &marks)
    if close.isClosed {
      line += close.lines
      add(text, at..<close.position, escaped: close.hasEscape, &fields, &records)
      state = .afterValue
      return close.position + 1
    }
    if close.position < limit || (limit == end && atEnd && end - at <= Self.longest) {
      // A line end or the end of the leaf inside the string.
      line += close.lines
      if close.position > at {
        add(text, at..<close.position, escaped: close.hasEscape, &fields, &records)
      }
      state = .afterValue
      return close.position
    }
    guard end - at > Self.longest else { return nil }
    let cut = JSONString.seam(text, floor: at, limit: at + Self.longest)
    line += count(0x0A, in: text, at..<cut)
    add(text, at..<cut, escaped: close.hasEscape, &fields, &records)
    state = .longString
    return cut
  }

  private mutating func scalar(
    _ text: Span<UInt8>,
    _ byte: UInt8,
    _ at: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) -> Int? {
    let end = text.count
    var stop = at
    let limit = min(end, at + Self.longestScalar)
    while stop < limit, JSONString.isScalar(text[stop]) { stop += 1 }
    if stop == end && !atEnd && stop < at + Self.longestScalar { return nil }
    let isNumber = byte == 0x2D || (0x30...0x39).contains(byte)
    guard stop > at, stop < at + Self.longestScalar,
      isNumber || JSONString.isWord(text, at..<stop)
    else { return broken(text, at, &fields, &records) }
    if pendingKey != nil { giveKey(text, &fields, &records) }
    if isNumber {
      add(text, at..<stop, escaped: false, &fields, &records)
    } else {
      // Nothing to look at, but the key is a column.
      name()
    }
    state = .afterValue
    return stop
  }

  /// What follows is no JSON: the rest of the line, or of the leaf, is text.
  @inline(never)
  private mutating func broken(
    _ text: Span<UInt8>,
    _ at: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) -> Int? {
    malformed += 1
    var from = at
    if let key = pendingKey {
      from = key.start - 1
      line = key.line
    }
    pendingKey = nil
    closeAll(text, from, &fields, &records)
    state = .text
    return from
  }

  // MARK: free text

  private mutating func freeText(
    _ text: Span<UInt8>,
    _ at: Int,
    _ fieldCount: Int,
    _ records: inout [Record]
  ) -> Int? {
    guard let stop = textEnd(text, at) else { return nil }
    records.append(
      Record(firstField: fieldCount, fieldCount: 0, start: at, end: stop, table: 0, line: line)
    )
    if text[stop - 1] == 0x0A {
      line += 1
      if linewise { state = .value }
    }
    return stop
  }

  /// The end of a stretch of text: behind a line end, or a piece of a long line; nil to read on.
  private func textEnd(_ text: Span<UInt8>, _ at: Int) -> Int? {
    let limit = min(text.count, at + ReaderLimits.linePiece)
    var stop = at
    while stop < limit {
      stop += 1
      if text[stop - 1] == 0x0A { return stop }
    }
    if stop == text.count { return atEnd ? stop : nil }
    return Seam.find(text, floor: at, limit: stop)
  }
}
