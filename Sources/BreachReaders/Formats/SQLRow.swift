internal import BreachModel

/// Scans the values of one tuple `(…)`, piece by piece when it is longer than a record may be.
struct SQLRow {
  let dialect: SQLDialect
  /// The fields of the piece scanned last.
  private(set) var fields: [Field] = []
  /// Fields whose text has to be unescaped: their number, and whether a backslash escapes.
  private(set) var escaped: [(number: Int, backslash: Bool)] = []
  /// Line ends in the piece scanned last.
  private(set) var lines = 0

  /// Column of the next value.
  private(set) var column = 0
  /// The quote of the string that the piece begins in, else 0.
  private var quote: UInt8 = 0
  private var backslash = false
  private var depth = 0
  /// In a line that is a comment.
  private var isComment = false

  // The value under way.
  private var start = -1
  private var end = -1
  /// Inside the first string of the value, and of the string under way.
  private var content = 0..<0
  private var stringStart = 0
  private var strings = 0
  private var hasEscape = false
  /// Something other than a function's name stands around the string.
  private var isMixed = false

  enum Outcome {
    /// The position behind the tuple.
    case ended(Int)
    /// The tuple goes on; where the next piece begins.
    case piece(Int)
    /// The leaf is over, or a new statement begins: where.
    case cutOff(Int)
    case needsMore
  }

  init(dialect: SQLDialect) { self.dialect = dialect }

  /// Forgets the tuple.
  mutating func begin() {
    column = 0
    quote = 0
    depth = 0
    isComment = false
  }

  /// Scans from `from`, behind the parenthesis or where the piece before ended.
  mutating func scan(_ text: [UInt8], from: Int, to end: Int, atEnd: Bool) -> Outcome {
    let saved = (column, quote, backslash, depth, isComment)
    fields.removeAll(keepingCapacity: true)
    escaped.removeAll(keepingCapacity: true)
    lines = 0
    beginValue()
    let limit = from + ReaderLimits.longestRecord
    let outcome = scan(text, from, min(end, limit), end, limit, atEnd: atEnd)
    if case .needsMore = outcome {
      (column, quote, backslash, depth, isComment) = saved
    }
    return outcome
  }

  private mutating func scan(
    _ text: [UInt8],
    _ from: Int,
    _ stop: Int,
    _ textEnd: Int,
    _ limit: Int,
    atEnd: Bool
  ) -> Outcome {
    var at = from
    if quote != 0 {
      strings = 1
      start = from
      content = from..<from
      stringStart = from
    }
    while true {
      if quote != 0 {
        let inner = string(text, at, stop, textEnd, atEnd: atEnd)
        switch inner {
        case .ended(let next):
          at = next
          continue
        case .cutOff, .needsMore: return inner
        case .piece: break
        }
        if textEnd < limit && atEnd { return over(text, textEnd) }
        return textEnd < limit ? .needsMore : cut(text, limit)
      }
      guard at < stop else {
        if textEnd < limit && atEnd { return over(text, textEnd) }
        return textEnd < limit ? .needsMore : cut(text, limit)
      }
      let byte = text[at]
      if isComment && byte != 0x0A {
        if byte > 0x20 { extend(byte, at) }
        at += 1
        continue
      }
      switch byte {
      case 0x27, 0x22:
        open(text, at)
        at += 1
        continue
      case 0x28: depth += 1
      case 0x29:
        if depth == 0 {
          close(text, at)
          return .ended(at + 1)
        }
        depth -= 1
      case 0x2C where depth == 0:
        close(text, at)
        at += 1
        continue
      case 0x3B:
        // No value holds one: the tuple was cut off.
        close(text, at)
        return .cutOff(at)
      case 0x0A:
        guard at + SQLHead.lookAhead <= textEnd || atEnd else { return .needsMore }
        if SQLHead.breaks(text, at, textEnd, inString: false, atEnd: atEnd) {
          close(text, at)
          return .cutOff(at)
        }
        lines += 1
        isComment = SQLHead.isComment(text, behind: at, textEnd)
      default: break
      }
      if byte > 0x20 { extend(byte, at) }
      at += 1
    }
  }

  // MARK: strings

  private mutating func open(_ text: [UInt8], _ at: Int) {
    quote = text[at]
    backslash = SQLHead.escapes(text, at, dialect)
    if start < 0 { start = at }
    strings += 1
    stringStart = at + 1
    if strings == 1 {
      content = at + 1..<at + 1
      hasEscape = false
    }
  }

  /// To the closing quote: `ended` is behind it, `piece` means that the text ended.
  private mutating func string(
    _ text: [UInt8],
    _ from: Int,
    _ stop: Int,
    _ textEnd: Int,
    atEnd: Bool
  ) -> Outcome {
    let quote = quote
    let backslash = backslash
    var at = from
    while at < stop {
      let byte = text[at]
      if byte == quote {
        guard at + 1 < textEnd || atEnd else { return .needsMore }
        if at + 1 < textEnd, text[at + 1] == quote {
          hasEscape = true
          at += 2
          continue
        }
        if strings == 1 { content = content.lowerBound..<at }
        self.quote = 0
        end = at + 1
        return .ended(at + 1)
      }
      if byte == 0x5C && backslash {
        hasEscape = true
        // A line end counts even behind a backslash.
        at += at + 1 < textEnd && text[at + 1] != 0x0A ? 2 : 1
        continue
      }
      if byte == 0x0A {
        guard at + SQLHead.lookAhead <= textEnd || atEnd else { return .needsMore }
        if SQLHead.breaks(text, at, textEnd, inString: true, atEnd: atEnd) {
          finishOpen(text, at)
          self.quote = 0
          return .cutOff(at)
        }
        lines += 1
      }
      at += 1
    }
    return .piece(min(at, stop))
  }

  // MARK: values

  private mutating func beginValue() {
    start = -1
    end = -1
    strings = 0
    hasEscape = false
    isMixed = false
  }

  @inline(__always)
  private mutating func extend(_ byte: UInt8, _ at: Int) {
    if start < 0 { start = at }
    end = at + 1
    if strings > 0 {
      if byte != 0x29 { isMixed = true }
    } else if byte != 0x28 && !SQLWords.isName(byte) {
      isMixed = true
    }
  }

  private mutating func close(_ text: [UInt8], _ at: Int) {
    if strings == 1 && !isMixed {
      add(content.lowerBound, content.count)
    } else if start < 0 {
      add(at, 0)
    } else {
      hasEscape = false
      add(start, isNull(text) ? 0 : end - start)
    }
    column += 1
    beginValue()
  }

  /// The value under way ends in the middle of its string.
  private mutating func finishOpen(_ text: [UInt8], _ at: Int) {
    if strings == 1 && !isMixed {
      content = content.lowerBound..<at
    } else {
      strings = 2
      end = at
    }
    close(text, at)
  }

  private mutating func add(_ from: Int, _ length: Int) {
    if hasEscape { escaped.append((fields.count, backslash)) }
    fields.append(
      Field(start: from, length: length, rawStart: from, rawLength: length, column: column)
    )
  }

  private func isNull(_ text: [UInt8]) -> Bool {
    end - start == 4 && strings == 0 && text[start] | 0x20 == 0x6E && text[start + 1] | 0x20 == 0x75
      && text[start + 2] | 0x20 == 0x6C && text[start + 3] | 0x20 == 0x6C
  }

  // MARK: long and unfinished tuples

  private mutating func over(_ text: [UInt8], _ textEnd: Int) -> Outcome {
    if quote != 0 { finishOpen(text, textEnd) } else { close(text, textEnd) }
    return .cutOff(textEnd)
  }

  /// Ends the piece at a seam inside the value under way; the next goes on in the same column.
  private mutating func cut(_ text: [UInt8], _ limit: Int) -> Outcome {
    guard start >= 0 else { return .piece(limit) }
    let floor = stringStart
    var at = limit
    if quote != 0 && limit > floor + 1 {
      at = Seam.find(text.span, floor: floor, limit: limit)
      while at > floor + 1 && text[at - 1] == quote { at -= 1 }
      var slashes = 0
      while at - slashes > floor && text[at - slashes - 1] == 0x5C { slashes += 1 }
      if slashes % 2 == 1 && at > floor + 1 { at -= 1 }
      for index in at..<limit where text[index] == 0x0A { lines -= 1 }
    }
    if quote != 0 {
      finishOpen(text, at)
    } else {
      end = limit
      if strings > 0 { isMixed = true }
      close(text, at)
    }
    column -= 1
    return .piece(at)
  }
}

/// Escapes of SQL strings and of COPY text.
enum SQLEscape {
  /// Appends the unescaped range: doubled quotes, and backslashes where they escape.
  static func unescape(_ text: inout [UInt8], _ start: Int, _ length: Int, backslash: Bool) {
    var at = start
    let end = start + length
    let quote: UInt8 = start > 0 && text[start - 1] == 0x22 ? 0x22 : 0x27
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
        at += byte == quote && at + 1 < end && text[at + 1] == quote ? 2 : 1
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
