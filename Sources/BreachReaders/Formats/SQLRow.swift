internal import BreachModel

/// Scans the values of one tuple `(…)`.
struct SQLRow {
  let dialect: SQLDialect
  /// Line number, moved on over line ends inside the tuple.
  var line: Int
  /// Fields whose text has to be unescaped.
  var escaped: [Int] = []
  /// The tuple did not end: the leaf is over, or a new statement begins inside a string.
  var isCutOff = false

  init(dialect: SQLDialect, line: Int) {
    self.dialect = dialect
    self.line = line
  }

  /// Appends the tuple's fields; returns the position behind it, nil when the text ends first.
  mutating func scan(_ batch: inout RecordBatch, from: Int, to end: Int, atEnd: Bool) -> Int? {
    let firstField = batch.fields.count
    var at = from
    var depth = 0
    // The value: the quoted string in it, else the bare word.
    var valueStart = -1
    var valueEnd = -1
    var isQuoted = false
    var hasEscape = false

    func close() {
      var start = max(valueStart, 0)
      var length = valueStart < 0 ? 0 : valueEnd - valueStart
      if !isQuoted {
        while length > 0, batch.text[start + length - 1] <= 0x20 { length -= 1 }
        if length == 4, isNull(batch, start) { length = 0 }
      }
      if length == 0 { start = min(start, end) }
      if hasEscape { escaped.append(batch.fields.count) }
      batch.fields.append(
        Field(
          start: start, length: length, rawStart: start, rawLength: length,
          column: batch.fields.count - firstField))
      valueStart = -1
      isQuoted = false
      hasEscape = false
    }

    while at < end {
      let byte = batch.text[at]
      switch byte {
      case 0x27, 0x22:
        let quote = byte
        var stop = at + 1
        var escape = false
        scanString: while true {
          guard stop < end else {
            guard atEnd else { return nil }
            break scanString
          }
          let inner = batch.text[stop]
          if inner == quote {
            if stop + 1 < end, batch.text[stop + 1] == quote {
              escape = true
              stop += 2
              continue
            }
            if stop + 1 == end && !atEnd { return nil }
            break scanString
          }
          if inner == 0x5C && dialect.backslashEscapes {
            escape = true
            stop += 2
            continue
          }
          if inner == 0x0A {
            if SQLHead.beginsStatement(batch.text, behind: stop, end) {
              stop += 1
              take(&valueStart, &valueEnd, at + 1, stop - 1)
              hasEscape = escape
              isQuoted = true
              close()
              isCutOff = true
              return stop
            }
            line += 1
          }
          stop += 1
        }
        stop = min(stop, end)
        if !isQuoted {
          take(&valueStart, &valueEnd, at + 1, stop)
          isQuoted = true
          hasEscape = escape
        }
        at = stop + 1
        continue
      case 0x28: depth += 1
      case 0x29:
        if depth == 0 {
          close()
          return at + 1
        }
        depth -= 1
      case 0x2C where depth == 0:
        close()
        at += 1
        continue
      case 0x0A:
        if SQLHead.beginsStatement(batch.text, behind: at, end) {
          close()
          isCutOff = true
          return at + 1
        }
        line += 1
      default: break
      }
      if !isQuoted && byte > 0x20 {
        if valueStart < 0 { valueStart = at }
        valueEnd = at + 1
      }
      at += 1
    }
    guard atEnd else { return nil }
    close()
    isCutOff = true
    return end
  }

  private func take(_ start: inout Int, _ end: inout Int, _ from: Int, _ to: Int) {
    start = from
    end = to
  }

  private func isNull(_ batch: RecordBatch, _ at: Int) -> Bool {
    batch.text[at] | 0x20 == 0x6E && batch.text[at + 1] | 0x20 == 0x75
      && batch.text[at + 2] | 0x20 == 0x6C && batch.text[at + 3] | 0x20 == 0x6C
  }
}

/// Escapes of SQL strings and of COPY text.
enum SQLEscape {
  /// Appends the unescaped range: doubled quotes, and backslashes where the dialect has them.
  static func unescape(_ text: inout [UInt8], _ start: Int, _ length: Int, backslash: Bool) {
    var at = start
    let end = start + length
    while at < end {
      let byte = text[at]
      if byte == 0x5C && backslash && at + 1 < end {
        switch text[at + 1] {
        case 0x6E: text.append(0x0A)
        case 0x72: text.append(0x0D)
        case 0x74: text.append(0x09)
        case 0x30: text.append(0x00)
        case 0x5A: text.append(0x1A)
        case let other: text.append(other)
        }
        at += 2
      } else {
        text.append(byte)
        let isPair = (byte == 0x27 || byte == 0x22) && at + 1 < end && text[at + 1] == byte
        at += isPair ? 2 : 1
      }
    }
  }

  /// Appends the unescaped range of a COPY column (PostgreSQL, COPY, text format).
  static func unescapeCopy(_ text: inout [UInt8], _ start: Int, _ length: Int) {
    var at = start
    let end = start + length
    while at < end {
      let byte = text[at]
      guard byte == 0x5C, at + 1 < end else {
        text.append(byte)
        at += 1
        continue
      }
      switch text[at + 1] {
      case 0x62: text.append(0x08)
      case 0x66: text.append(0x0C)
      case 0x6E: text.append(0x0A)
      case 0x72: text.append(0x0D)
      case 0x74: text.append(0x09)
      case 0x76: text.append(0x0B)
      case let other: text.append(other)
      }
      at += 2
    }
  }
}
