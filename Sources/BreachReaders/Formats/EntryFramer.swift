internal import BreachBytes
internal import BreachModel

/// Finds the entries of address books and directories: vCards (RFC 6350, 2426; 2.1) and LDIF (RFC 2849).
///
/// Each entry is a record, its properties are columns; those of several parts give a column for each,
/// `ADR.street_address`. Values are decoded: quoted-printable, base64, escapes, folded lines.
struct EntryFramer: ~Copyable, StreamFramer {
  private let dialect: EntryDialect
  private var paths = JSONPaths([])
  /// Nodes by property and part, as written.
  private var known: [[UInt8]: Int] = [:]
  private(set) var line = 1
  private var lastByte: UInt8 = 0x0A
  private var escaped: [(field: Int, form: EntryText)] = []
  private var oversized = 0

  private static let longest = ReaderLimits.longestRecord
  private static let mostKeys = 65_536

  init(_ dialect: EntryDialect) { self.dialect = dialect }

  var catalogue: [CatalogueEntry] { [CatalogueEntry(name: "", columns: paths.columns)] }
  var remarks: [String] {
    oversized > 0 ? ["\(oversized) entries were too long and given in pieces"] : []
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
    var at = from
    while at < text.count {
      var end = entryEnd(text.span, at, atEnd) ?? text.count
      if end - at > Self.longest {
        end = Seam.find(text.span, floor: at, limit: at + Self.longest)
        oversized += 1
      } else if end == text.count, !atEnd {
        return at
      }
      frame(text.span, at..<end, &fields, &records)
      line += BreachBytes.count(0x0A, in: text.span, at..<end)
      at = end
    }
    return at
  }

  /// Behind the line that ends the entry which begins at `start`; nil when more text has to come.
  private func entryEnd(_ text: Span<UInt8>, _ start: Int, _ atEnd: Bool) -> Int? {
    var at = start
    var hasText = false
    while at < text.count {
      let next = lineEnd(text, at)
      // The line break may still come.
      if next == text.count, text[next - 1] != 0x0A, !atEnd { break }
      let line = Markup.trim(text, at..<next)
      at = next
      switch dialect {
      case .vcard: if Self.isEnd(text, line) { return at }
      case .ldif:
        if !line.isEmpty { hasText = true } else if hasText { return at }
      }
      if at - start > Self.longest { return at }
    }
    return nil
  }

  /// Behind the line end at or behind `at`.
  private func lineEnd(_ text: Span<UInt8>, _ at: Int) -> Int {
    var end = at
    while end < text.count, text[end] != 0x0A { end += 1 }
    return min(text.count, end + 1)
  }

  /// The line ends an entry, `END:VCARD`.
  private static func isEnd(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
    guard line.count == 9 else { return false }
    for (offset, byte) in "end:vcard".utf8.enumerated()
    where lowercased(text[line.lowerBound + offset]) != byte { return false }
    return true
  }

  private mutating func frame(
    _ text: Span<UInt8>,
    _ range: Range<Int>,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) {
    let first = fields.count
    var at = range.lowerBound
    var lines = 0
    var firstLine = -1
    while at < range.upperBound {
      let start = at
      var next = lineEnd(text, at)
      let property = EntryProperty(text, start..<next, dialect)
      while next < range.upperBound, goesOn(text, start, next, property) {
        next = lineEnd(text, next)
      }
      if let property, property.value < next {
        if firstLine < 0 { firstLine = lines }
        take(text, property, to: next, &fields)
      }
      lines += BreachBytes.count(0x0A, in: text, at..<next)
      at = next
    }
    guard fields.count > first else { return }
    let record = Markup.trim(text, range)
    records.append(
      Record(
        firstField: first,
        fieldCount: fields.count - first,
        start: record.lowerBound,
        end: record.upperBound,
        table: 0,
        line: line + max(0, firstLine)
      )
    )
  }

  /// The line that begins at `next` belongs to the property before it.
  private func goesOn(
    _ text: Span<UInt8>,
    _ start: Int,
    _ next: Int,
    _ property: EntryProperty?
  ) -> Bool {
    if property?.form.isQuoted == true {
      var end = next - 1
      if end > start, text[end - 1] == 0x0D { end -= 1 }
      return end > start && text[end - 1] == 0x3D
    }
    return text[next] == 0x20 || text[next] == 0x09
  }

  /// Appends the value of a property, each of its parts in a column.
  private mutating func take(
    _ text: Span<UInt8>,
    _ property: EntryProperty,
    to end: Int,
    _ fields: inout [Field]
  ) {
    if property.isSkipped { return }
    let value = Markup.trim(text, property.value..<end)
    var key: [UInt8] = []
    for at in property.name { key.append(lowercased(text[at])) }
    let parts = dialect == .vcard ? EntryProperty.parts(of: key) : []
    let first = fields.count
    var start = value.lowerBound
    var number = 0
    for at in value.lowerBound...value.upperBound {
      let isEnd = at == value.upperBound
      guard isEnd || !parts.isEmpty && text[at] == 0x3B && !isEscape(text, at, value) else {
        continue
      }
      let part = Markup.trim(text, start..<at)
      start = at + 1
      defer { number += 1 }
      if part.isEmpty { continue }
      let column = number < parts.count ? parts[number] : nil
      if !parts.isEmpty, column == nil { continue }
      if property.form.changes(text, part) { escaped.append((fields.count, property.form)) }
      fields.append(
        Field(
          start: part.lowerBound,
          length: part.count,
          rawStart: part.lowerBound,
          rawLength: part.count,
          column: self.column(key, column)
        )
      )
    }
    // Where names are written in other scripts, addresses begin with the state.
    if parts.count == Self.addressParts, fields.count > first {
      let start = text[Int(fields[first].start)]
      if start >= 0xE3 || start == 0x3D { reverse(&fields, from: first) }
    }
  }

  private static let addressParts = 7

  private mutating func reverse(_ fields: inout [Field], from first: Int) {
    let last = fields.count - 1
    fields[first...].reverse()
    for index in escaped.indices where escaped[index].field >= first {
      escaped[index].field = first + last - escaped[index].field
    }
  }

  /// A backslash stands before `at` that is not itself the second of two.
  private func isEscape(_ text: Span<UInt8>, _ at: Int, _ value: Range<Int>) -> Bool {
    var start = at
    while start > value.lowerBound, text[start - 1] == 0x5C { start -= 1 }
    return !(at - start).isMultiple(of: 2)
  }

  private mutating func column(_ key: [UInt8], _ part: String?) -> Int {
    let name = part.map { key + [0x2E] + Array($0.utf8) } ?? key
    if let node = known[name] { return paths.column(of: node) }
    var node = paths.root
    for step in name.split(separator: 0x2E) {
      let step = Array(step)
      node = paths.child(of: node, after: -1, key: step.span, 0..<step.count)
    }
    if known.count < Self.mostKeys { known[name] = node }
    return paths.column(of: node)
  }

  mutating func finish(_ text: [UInt8], _ fields: inout [Field], _ records: inout [Record]) {
    if lastByte != 0x0A { line += 1 }
    lastByte = 0x0A
  }

  mutating func complete(_ batch: inout RecordBatch) {
    var behind: [UInt8] = []
    for item in escaped {
      batch.fields[item.field].unescape(batch.text, &behind) { item.form.append($0, $1, to: &$2) }
    }
    batch.text.append(contentsOf: behind)
  }

  mutating func carryOpen(
    from batch: borrowing RecordBatch,
    into text: inout [UInt8],
    _ marks: inout [OriginMark]
  ) {}
}

/// A line of an entry: `TEL;TYPE=CELL:090-…`, `cn:: 5bGx…`.
struct EntryProperty {
  var name: Range<Int>
  /// Where the value begins.
  var value: Int
  var form = EntryText()
  /// A picture, a sound, a key: nothing that is read.
  var isSkipped = false

  /// Nil for a line that is none.
  init?(_ text: Span<UInt8>, _ line: Range<Int>, _ dialect: EntryDialect) {
    var colon = line.lowerBound
    var semicolon = -1
    var start = line.lowerBound
    scan: while colon < line.upperBound {
      switch text[colon] {
      case 0x3A: break scan
      case 0x3B where semicolon < 0: semicolon = colon
      // item1.TEL
      case 0x2E where semicolon < 0: start = colon + 1
      case 0x23 where colon == line.lowerBound: return nil
      case 0x00...0x20 where semicolon < 0: return nil
      default: break
      }
      colon += 1
    }
    guard colon < line.upperBound, colon > line.lowerBound else { return nil }
    name = start..<(semicolon < 0 ? colon : semicolon)
    guard !name.isEmpty else { return nil }
    value = colon + 1
    if dialect == .ldif {
      // What an entry is called by is one of its attributes, too (RFC 4511, 4.7).
      isSkipped = Self.is(text, name, "dn")
      guard value < line.upperBound else { return }
      if text[value] == 0x3A {
        form.isBase64 = true
        value += 1
      } else if text[value] == 0x3C {
        isSkipped = true
      }
      return
    }
    if semicolon >= 0 { read(text, semicolon..<colon) }
    isSkipped =
      isSkipped || Self.is(text, name, "photo") || Self.is(text, name, "key")
      || Self.is(text, name, "logo") || Self.is(text, name, "sound")
    form.isEscaped = true
  }

  /// Reads parameters, `;ENCODING=QUOTED-PRINTABLE;CHARSET=SHIFT_JIS`.
  private mutating func read(_ text: Span<UInt8>, _ range: Range<Int>) {
    var parameter: [UInt8] = []
    for at in range.lowerBound...range.upperBound {
      if at < range.upperBound, text[at] != 0x3B {
        parameter.append(lowercased(text[at]))
        continue
      }
      let pair = parameter.split(separator: 0x3D, maxSplits: 1).map(Array.init)
      parameter.removeAll(keepingCapacity: true)
      guard let last = pair.last else { continue }
      if last == Array("quoted-printable".utf8) { form.isQuoted = true }
      if pair.count == 2, pair[0] == Array("encoding".utf8), last != Array("8bit".utf8) {
        form.isBase64 = last == Array("b".utf8) || last == Array("base64".utf8)
      }
      if pair.count == 2, pair[0] == Array("charset".utf8) {
        form.charset = Charset(id: String(decoding: last, as: UTF8.self))
      }
    }
  }

  private static func `is`(_ text: Span<UInt8>, _ range: Range<Int>, _ word: String) -> Bool {
    guard range.count == word.utf8.count else { return false }
    for (offset, byte) in word.utf8.enumerated()
    where lowercased(text[range.lowerBound + offset]) != byte { return false }
    return true
  }

  /// What the parts of a property of several are called, nil for those that are not read; empty for
  /// one that has no parts.
  static func parts(of key: [UInt8]) -> [String?] {
    switch key {
    case Array("n".utf8): ["family_name", "given_name", nil, nil, nil]
    case Array("adr".utf8):
      [nil, "address2", "address1", "city", "state", "postal_code", nil]
    case Array("org".utf8): ["company_name", "department"]
    case Array("gender".utf8): ["gender"]
    case Array("sound".utf8): [nil]
    default: []
    }
  }
}

/// How the value of an entry's property is written.
struct EntryText {
  var isQuoted = false
  var isBase64 = false
  /// A backslash stands before commas, semicolons and line ends.
  var isEscaped = false
  /// Nil when nothing says which.
  var charset: Charset?

  /// False for a value that stands for itself.
  func changes(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    if isQuoted || isBase64 { return true }
    for at in range where text[at] == 0x0A || isEscaped && text[at] == 0x5C { return true }
    return false
  }

  /// Appends what the value in `range` stands for.
  func append(_ text: Span<UInt8>, _ range: Range<Int>, to out: inout [UInt8]) {
    if isQuoted {
      decode(quoted(text, range), to: &out)
    } else if isBase64 {
      decode(base64(text, range), to: &out)
    } else {
      var at = range.lowerBound
      while at < range.upperBound {
        let byte = text[at]
        at += 1
        switch byte {
        case 0x0D: continue
        // A folded line begins with one blank.
        case 0x0A: at += 1
        case 0x5C where isEscaped && at < range.upperBound:
          out.append(text[at] | 0x20 == 0x6E ? 0x0A : text[at])
          at += 1
        default: out.append(byte)
        }
      }
    }
  }

  private func decode(_ bytes: [UInt8], to out: inout [UInt8]) {
    let charset = self.charset ?? LineCharset.judge(bytes.span, leaf: .utf8)
    var decoder = CharsetDecoder(charset: charset)
    _ = decoder.decode(bytes.span, final: true, into: &out)
  }

  private func quoted(_ text: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    var bytes: [UInt8] = []
    var at = range.lowerBound
    while at < range.upperBound {
      guard text[at] == 0x3D else {
        if text[at] != 0x0D && text[at] != 0x0A { bytes.append(text[at]) }
        at += 1
        continue
      }
      if at + 2 < range.upperBound, let high = Self.digit(text[at + 1]),
        let low = Self.digit(text[at + 2])
      {
        bytes.append(high << 4 | low)
        at += 3
      } else {
        at += 1
      }
    }
    return bytes
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }

  private func base64(_ text: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    var bytes: [UInt8] = []
    var (bits, count) = (UInt32(0), 0)
    for at in range {
      let value: UInt32
      switch text[at] {
      case 0x41...0x5A: value = UInt32(text[at] - 0x41)
      case 0x61...0x7A: value = UInt32(text[at] - 0x61 + 26)
      case 0x30...0x39: value = UInt32(text[at] - 0x30 + 52)
      case 0x2B: value = 62
      case 0x2F: value = 63
      default: continue
      }
      bits = bits << 6 | value
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }
}

/// Tells address books and directories by how they begin.
enum EntrySniffer {
  static func dialect(_ text: [UInt8]) -> EntryDialect? {
    var at = 0
    while at < text.count, text[at] <= 0x20 { at += 1 }
    if begins(text, at, "begin:vcard") { return .vcard }
    // Comments and the version stand before the first entry.
    for _ in 0..<40 {
      var end = at
      while end < text.count, text[end] != 0x0A { end += 1 }
      guard end < text.count else { return nil }
      if begins(text, at, "dn:") { return isDirectory(text, end + 1) ? .ldif : nil }
      let isPassed = text[at] == 0x23 || text[at] <= 0x20 || begins(text, at, "version:")
      guard isPassed else { return nil }
      at = end + 1
      guard at < text.count else { return nil }
    }
    return nil
  }

  private static func begins(_ text: [UInt8], _ at: Int, _ word: String) -> Bool {
    guard text.count - at >= word.utf8.count else { return false }
    for (offset, byte) in word.utf8.enumerated() where lowercased(text[at + offset]) != byte {
      return false
    }
    return true
  }

  /// The next line names an attribute, or the one begun goes on.
  private static func isDirectory(_ text: [UInt8], _ start: Int) -> Bool {
    var at = start
    while at < text.count, at - start < 80, text[at] != 0x0A {
      if text[at] == 0x3A || text[at] == 0x20 && at == start { return true }
      at += 1
    }
    return false
  }
}

/// The small letter of an ASCII capital.
private func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
