internal import BreachModel

/// Scans what stands behind the tuples of an INSERT, one line at a time.
struct SQLTail {
  let dialect: SQLDialect
  /// The quote of the string that the text stands in, else 0.
  private(set) var quote: UInt8 = 0
  private var backslash = false
  /// The line is a comment.
  var isComment = false

  init(dialect: SQLDialect) { self.dialect = dialect }

  /// A semicolon ends the statement.
  var isOpen: Bool { quote == 0 && !isComment }

  /// Position of the semicolon, of the line end or of a seam; nil to read on.
  mutating func scan(_ text: [UInt8], _ from: Int, _ end: Int, atEnd: Bool) -> Int? {
    let saved = (quote, backslash)
    let limit = min(end, from + ReaderLimits.linePiece)
    var at = from
    while at < limit {
      let byte = text[at]
      if byte == 0x0A {
        if at + SQLHead.lookAhead <= end || atEnd { return at }
        (quote, backslash) = saved
        return nil
      }
      if isComment {
        at += 1
        continue
      }
      if quote == 0 {
        if byte == 0x3B { return at }
        if byte == 0x27 || byte == 0x22 {
          quote = byte
          backslash = SQLHead.escapes(text, at, dialect)
        }
      } else if byte == quote {
        if at + 1 == end && !atEnd { break }
        if at + 1 < end && text[at + 1] == quote { at += 1 } else { quote = 0 }
      } else if byte == 0x5C && backslash && at + 1 < end && text[at + 1] != 0x0A {
        at += 1
      }
      at += 1
    }
    if atEnd || at < end && at >= limit { return min(at, end) }
    (quote, backslash) = saved
    return nil
  }
}
