internal import BreachBytes
internal import BreachModel

/// Finds the records and fields of JSON text: nothing recurses, no document is held.
///
/// Every object that is the root, an element of an array, or a member under a key that is itself
/// data (`{"taro@example.jp": {…}}`) is a record; other objects lend their keys to the record around
/// them, `card.no`. An array inside an array is a record of numbered columns. What is not JSON is
/// given as free text.
///
/// A record of up to 1 MiB is always framed from one piece of text: when the text ends inside it,
/// framing goes back to its start. Of a longer one only the values are kept.
struct JSONFramer: StreamFramer, ~Copyable {
  /// A line end outside a string ends the document.
  let linewise: Bool
  var paths: JSONPaths
  var line = 1
  private var lastByte: UInt8 = 0x0A
  /// The object or array that the text stands in, and those around it.
  var frame = Frame.document
  var outer: [Frame] = []
  /// Records begun and not ended, and what they hold so far, the innermost one's last.
  var open: [OpenRecord] = []
  var held = HeldFields()
  var state = State.value
  /// The node of the member whose key was read last.
  var pendingNode = 0
  /// That key, and whether its value has not begun.
  var pendingKey = PendingKey()
  var hasKey = false
  var malformed = 0
  var oversized = 0
  var atEnd = false
  /// Quotes, backslashes and line ends.
  var marks = MarkCursor(ByteMarks(0x22, 0x5C, 0x0A))
  /// Fields given in this text whose value has to be unescaped.
  var escaped: [Int] = []
  /// What comes behind the text.
  var behind: [UInt8] = []

  static let longest = ReaderLimits.longestRecord
  static let longestKey = 64 << 10
  static let longestScalar = 4_096
  static let deepest = 512

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
    var isData = false
    var start = 0
    var length = 0
    var isEscaped = false
    var line = 1
  }

  enum State: UInt8 {
    case value, key, colon, afterValue
    /// Inside a string that is longer than a record may be.
    case longString
    /// The rest of the line, or of a broken document, is free text.
    case text

    /// Inside something that is no token.
    var isInside: Bool { rawValue >= Self.longString.rawValue }
  }

  init(linewise: Bool, columns: [String]) {
    self.linewise = linewise
    paths = JSONPaths(columns)
  }

  var catalogue: [CatalogueEntry] { [CatalogueEntry(name: "", columns: paths.columns)] }

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
      if state.isInside {
        next = inside(text, at, &fields, &records)
      } else if byte <= 0x20 {
        next = blank(text, byte, at, &fields, &records)
      } else if byte == 0x22 && state == .key {
        let reached = members(text, at, &fields, &records)
        next = reached > at ? reached : key(text, at, &fields, &records)
      } else if byte == 0x22 && state == .value {
        next = string(text, at + 1, &fields, &records)
      } else if byte == 0x2C && state == .afterValue && depth > 0 {
        state = frame.isArray ? .value : .key
        frame.element += 1
        next = at + 1
      } else {
        next = token(text, byte, at, &fields, &records)
      }
      guard let next else { return at }
      at = next
    }
    return at
  }

  @inline(__always)
  private mutating func blank(
    _ text: Span<UInt8>,
    _ byte: UInt8,
    _ at: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) -> Int {
    switch byte {
    case 0x20, 0x09, 0x0D, 0x1E:
      var next = at + 1
      while next < text.count && text[next] == 0x20 { next += 1 }
      return next
    case 0x0A:
      line += 1
      if linewise {
        if depth > 0 {
          malformed += 1
          closeAll(text, at, &fields, &records)
        }
        state = .value
      }
      return at + 1
    default: return broken(text, at, &fields, &records)
    }
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
      hasKey = false
      held.drop(to: record.held)
      open.removeSubrange(number...)
      return record.start
    }
    if hasKey {
      hasKey = false
      line = pendingKey.line
      state = .key
      return pendingKey.start - 1
    }
    return at
  }
}
