internal import BreachBytes
internal import BreachModel

extension JSONFramer {
  // MARK: tokens

  /// Takes a token other than a string or a comma inside something; nil when it does not end in the
  /// text.
  mutating func token(
    _ text: Span<UInt8>,
    _ byte: UInt8,
    _ at: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) -> Int? {
    switch state {
    case .value:
      switch byte {
      case 0x7B: return openFrame(text, at, isArray: false, &fields, &records)
      case 0x5B: return openFrame(text, at, isArray: true, &fields, &records)
      case 0x5D: return closeFrame(text, at, isArray: true, &fields, &records)
      default: return scalar(text, byte, at, &fields, &records)
      }
    case .key:
      if byte == 0x7D { return closeFrame(text, at, isArray: false, &fields, &records) }
      return broken(text, at, &fields, &records)
    case .colon:
      guard byte == 0x3A else { return broken(text, at, &fields, &records) }
      state = .value
      return at + 1
    case .afterValue:
      switch byte {
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
    let isRecord = isArray ? inArray : inArray || depth == 0 || (hasKey && pendingKey.isData)
    if isRecord { openRecord(at, fields.count, records.count) }
    enterFrame(Frame(isArray: isArray, node: node, isRecord: isRecord))
    giveKey(text, &fields, &records)
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

  /// Takes members from the quote at `from` on, as long as their keys come in the order of the record
  /// before and their values are strings or plain numbers, with at most a blank between.
  ///
  /// Nearly all there is; token by token would give the same.
  /// - Returns: where something else begins: a key when the state is still `key`.
  @inline(__always)
  mutating func members(
    _ text: Span<UInt8>,
    _ from: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) -> Int {
    let end = text.count
    var at = from
    var last = frame.lastChild
    while !open.isEmpty {
      let node = paths.known(under: frame.node, after: last, text, at + 1)
      guard node >= 0 else { break }
      var value = at + paths.length(of: node) + 3
      if value < end, text[value] == 0x20 { value += 1 }
      guard value < end else { break }
      // The quotes of the key are behind.
      if marks.peek(text) != at { marks.seek(to: at) }
      marks.advance()
      marks.advance()
      var next = value
      if text[value] == 0x22 {
        let limit = min(end, value + 2 + Self.longest)
        let close = JSONString.end(text, value + 1, limit, linewise, &marks)
        guard close.isClosed else { break }
        line += close.lines
        hold(text, value + 1..<close.position, node, escaped: close.hasEscape, &fields, &records)
        next = close.position + 1
      } else {
        guard text[value] == 0x2D || text[value] &- 0x30 < 10 else { break }
        next += 1
        while next < end, text[next] &- 0x30 < 10 || text[next] == 0x2E { next += 1 }
        guard next < end, text[next] == 0x2C || text[next] == 0x7D,
          next - value < Self.longestScalar
        else { break }
        hold(text, value..<next, node, escaped: false, &fields, &records)
      }
      last = node
      at = next
      guard next < end, text[next] == 0x2C else {
        state = .afterValue
        break
      }
      frame.element += 1
      at += 1
      if at < end, text[at] == 0x20 { at += 1 }
      guard at < end, text[at] == 0x22 else { break }
    }
    frame.lastChild = last
    return at
  }

  @inline(__always)
  mutating func key(
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
    hasKey = true
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
  @inline(__always)
  mutating func string(
    _ text: Span<UInt8>,
    _ at: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) -> Int? {
    giveKey(text, &fields, &records)
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
    giveKey(text, &fields, &records)
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
  mutating func broken(
    _ text: Span<UInt8>,
    _ at: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) -> Int {
    malformed += 1
    var from = at
    if hasKey {
      from = pendingKey.start - 1
      line = pendingKey.line
    }
    hasKey = false
    closeAll(text, from, &fields, &records)
    state = .text
    return from
  }

  // MARK: free text and long strings

  @inline(never)
  mutating func inside(
    _ text: Span<UInt8>,
    _ at: Int,
    _ fields: inout [Field],
    _ records: inout [Record]
  ) -> Int? {
    if state == .longString { return string(text, at, &fields, &records) }
    guard let stop = textEnd(text, at) else { return nil }
    records.append(
      Record(firstField: fields.count, fieldCount: 0, start: at, end: stop, table: 0, line: line)
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
