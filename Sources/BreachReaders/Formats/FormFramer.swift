internal import BreachBytes
internal import BreachModel

/// Finds the records and fields of form-encoded text: `name=%E5%B1%B1&mail=a%40b.jp`.
///
/// Every line is a record, its keys are columns, and `user[name]` is the path `user.name`. What
/// stands before a question mark, and words without a value, are values of the column `*`.
struct FormFramer: ~Copyable, StreamFramer {
  private var paths = JSONPaths([])
  /// Nodes by their key as written.
  private var known: [[UInt8]: Int] = [:]
  private(set) var line = 1
  private var lastByte: UInt8 = 0x0A
  /// Fields that hold escapes, and the lines that they stand in.
  private var escaped: [(field: Int, line: Range<Int>)] = []
  private var oversized = 0

  private static let longest = ReaderLimits.longestRecord
  private static let mostKeys = 65_536

  var catalogue: [CatalogueEntry] { [CatalogueEntry(name: "", columns: paths.columns)] }
  var remarks: [String] {
    oversized > 0 ? ["\(oversized) records were too long and given in pieces"] : []
  }

  mutating func frame(
    _ text: [UInt8],
    from: Int,
    _ fields: inout [Field],
    _ records: inout [Record],
    atEnd: Bool
  ) -> Int {
    escaped.removeAll(keepingCapacity: true)
    if text.count > from { lastByte = text[text.count - 1] }
    var lineFeeds = LineFeeds()
    var at = from
    while at < text.count {
      var end = lineFeeds.next(from: at, in: text)
      var next = end + 1
      if end - at > Self.longest {
        end = Seam.find(text.span, floor: at, limit: at + Self.longest)
        next = end
        oversized += 1
      } else if end == text.count {
        guard atEnd else { return at }
        next = end
      }
      frame(text.span, at..<end, &fields, &records)
      if next > end { line += 1 }
      at = next
    }
    return at
  }

  private mutating func frame(
    _ text: Span<UInt8>,
    _ range: Range<Int>,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    let range = Markup.trim(text, range)
    if range.isEmpty { return }
    let first = fields.count
    var at = range.lowerBound
    var hasPair = false
    while at < range.upperBound {
      let start = at
      var equals = -1
      var isEscaped = false
      loop: while at < range.upperBound {
        switch text[at] {
        case 0x26: break loop
        case 0x3B where equals >= 0 && text[at - 1] != 0x26 && isPair(text, at + 1, range):
          break loop
        case 0x3F where !hasPair && equals < 0: break loop
        case 0x3D where equals < 0: equals = at
        case 0x25, 0x2B: isEscaped = true
        default: break
        }
        at += 1
      }
      hasPair = hasPair || equals >= 0
      let value = equals < 0 ? start..<at : equals + 1..<at
      let node = equals < 0 ? loose : self.node(text, start..<equals)
      if !value.isEmpty {
        if isEscaped { escaped.append((fields.count, range)) }
        let column = paths.column(of: node)
        fields.append(
          Field(
            start: value.lowerBound,
            length: value.count,
            rawStart: value.lowerBound,
            rawLength: value.count,
            column: column
          )
        )
      }
      // A key that is data is a value, too.
      if equals > start, paths.isWild(node) {
        fields.append(
          Field(
            start: start,
            length: equals - start,
            rawStart: start,
            rawLength: equals - start,
            column: paths.column(of: loose)
          )
        )
      }
      at += 1
    }
    guard fields.count > first else { return }
    records.append(
      Record(
        firstField: first,
        fieldCount: fields.count - first,
        start: range.lowerBound,
        end: range.upperBound,
        table: 0,
        line: line
      )
    )
  }

  /// `;` separates pairs only where another pair follows.
  private func isPair(_ text: Span<UInt8>, _ start: Int, _ range: Range<Int>) -> Bool {
    var at = start
    while at < range.upperBound, FormSniffer.isKey(text[at]) { at += 1 }
    return at > start && at < range.upperBound && text[at] == 0x3D
  }

  private var loose: Int {
    mutating get { node(of: [0x2A]) }
  }

  private mutating func node(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    var key: [UInt8] = []
    for at in range { key.append(text[at]) }
    return node(of: key)
  }

  private mutating func node(of key: [UInt8]) -> Int {
    if let node = known[key] { return node }
    var plain: [UInt8] = []
    let range = 0..<key.count
    FormText.append(key.span, range, FormText.charset(key.span, range), to: &plain)
    var node = paths.root
    for part in plain.split(whereSeparator: { $0 == 0x5B || $0 == 0x5D }) {
      let part = Array(part)
      node = paths.child(of: node, after: -1, key: part.span, 0..<part.count)
    }
    if known.count < Self.mostKeys { known[key] = node }
    return node
  }

  mutating func finish(_ text: [UInt8], _ fields: inout [Field], _ records: inout [Record]) {
    if lastByte != 0x0A { line += 1 }
    lastByte = 0x0A
  }

  mutating func complete(_ batch: inout RecordBatch) {
    var behind: [UInt8] = []
    var (line, charset) = (0..<0, Charset.utf8)
    for item in escaped {
      if item.line != line {
        line = item.line
        charset = FormText.charset(batch.text.span, line)
      }
      batch.fields[item.field].unescape(batch.text, &behind) {
        FormText.append($0, $1, charset, to: &$2)
      }
    }
    batch.text.append(contentsOf: behind)
  }

  mutating func carryOpen(
    from batch: borrowing RecordBatch,
    into text: inout [UInt8],
    _ marks: inout [OriginMark]
  ) {}
}

/// What form-encoded text stands for.
enum FormText {
  /// What the escaped bytes of a line are likely to be; short values alone do not tell.
  static func charset(_ text: Span<UInt8>, _ line: Range<Int>) -> Charset {
    var bytes: [UInt8] = []
    append(text, line, to: &bytes)
    return LineCharset.judge(bytes.span, leaf: .utf8)
  }

  /// Appends the text of `range`, its escaped bytes read as `charset`.
  static func append(
    _ text: Span<UInt8>,
    _ range: Range<Int>,
    _ charset: Charset,
    to out: inout [UInt8]
  ) {
    if charset == .utf8 {
      append(text, range, to: &out)
      return
    }
    var bytes: [UInt8] = []
    append(text, range, to: &bytes)
    var decoder = CharsetDecoder(charset: charset)
    _ = decoder.decode(bytes.span, final: true, into: &out)
  }

  private static func append(_ text: Span<UInt8>, _ range: Range<Int>, to out: inout [UInt8]) {
    var at = range.lowerBound
    while at < range.upperBound {
      if text[at] == 0x25, at + 2 < range.upperBound, let high = digit(text[at + 1]),
        let low = digit(text[at + 2])
      {
        out.append(high << 4 | low)
        at += 3
        continue
      }
      out.append(text[at] == 0x2B ? 0x20 : text[at])
      at += 1
    }
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}
