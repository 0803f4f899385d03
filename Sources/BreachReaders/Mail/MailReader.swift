package import BreachBytes

/// Headers of a mail or of a part, or a piece of very long ones.
package struct MailHeaders: Sendable {
  /// As they stand, with the empty line behind them.
  package var bytes: [UInt8]
  /// Of the first byte.
  package var offset: Int
  /// Lines of the message before.
  package var line: Int
  /// They are the message's own.
  package var isOfMessage: Bool
}

/// A part of a mail, whose bytes come from the reader that gave it.
package struct MailPart: Sendable {
  package var head: MailHead
  /// `1`, `2.1` …, as IMAP numbers them; empty for what stands before or behind all parts.
  package var number: String
  /// Tells the parts of one multipart/alternative.
  package var alternative: Int?
  /// The name of a file that stands in the middle of running text.
  package var embedded: [UInt8]?
  /// Running text of the mail, not a file.
  package var isText: Bool
  /// It is nested so deep that it is given as it stands.
  package var isTooDeep = false
  /// Of the first byte, and how many lines of the message come before.
  package var offset = 0
  package var line = 0

  /// Its bytes are the mail's own, one for one.
  package var isVerbatim: Bool {
    switch head.transfer {
    case .identity, .other: embedded == nil
    case .base64, .quotedPrintable, .uuencode: false
    }
  }
}

/// Walks a mail or a mailbox forward, part by part, in bounded memory and without recursion.
///
/// Boundaries that never come, come twice, or begin like one another, base64 that is none: all have an
/// outcome. What is a message inside a message is a part.
package final class MailReader: ByteSource {
  /// What comes next.
  package enum Event {
    /// The next message of a mailbox begins; counted from 1.
    case message(Int)
    case headers(MailHeaders)
    case part(MailPart)
  }

  private var lines: MailLines
  private let isMailbox: Bool
  private var section = Section.start
  private var messages: Int
  /// What is open: for each boundary the type of the multipart and how many parts it had.
  private var open: [Multipart] = []
  private var alternatives = 0
  private var head = MailHead()
  private var part: MailPart?
  private var decoder: TransferDecoder?
  private var decoded: [UInt8] = []
  private var given = 0
  /// The last line end, which belongs to a boundary that may follow.
  private var held: [UInt8] = []
  private var fieldsOfMessage = false
  private var isTooDeep = false
  /// Runs of the part are over.
  private var isPartOver = true
  private var stopTaken: MailLines.Stop?
  /// Bytes given of the part at hand.
  package private(set) var partBytes = 0
  /// Lines of the last part that were not written as it said, and bytes of further ones.
  package private(set) var strange: [UInt8] = []
  package private(set) var strangeLeft = 0
  /// A multipart of the message just read did not end as it should.
  package private(set) var isUnfinished = false

  private struct Multipart {
    var alternative: Int?
    var isDigest: Bool
    var count = 0
  }

  private enum Section { case start, headers, body, aside, over }

  /// Multiparts inside one another that are read.
  package static let deepest = 1_000
  /// Headers given at a time.
  private static let headerPiece = 256 << 10

  /// Reads `source`, a mail or a mailbox from the beginning of a message on, whose first byte is at `offset`.
  ///
  /// `head`, its first bytes, tell the kind of its line ends; `messages` come before it.
  package init(
    _ source: any ByteSource,
    head: [UInt8],
    isMailbox: Bool,
    offset: Int = 0,
    messages: Int = 0
  ) {
    let hasOldLines = !head.contains(0x0A) && head.contains(0x0D)
    lines = MailLines(source, isMailbox: isMailbox, hasOldLines: hasOldLines, offset: offset)
    self.isMailbox = isMailbox
    self.messages = messages
  }

  /// Bytes of the source that were gone through, from its own offset on.
  package var offset: Int { lines.offset }
  package var size: Int? { nil }
  package func seek(to offset: Int) -> Bool { false }

  /// What comes next; nil at the end.
  ///
  /// What is left of a part is passed over.
  package func next() throws(ReadFailure) -> Event? {
    while true {
      switch section {
      case .start:
        try lines.skipMark()
        if !isMailbox {
          beginMessage()
        } else if try lines.run() != nil {
          // Whatever stands before the first separator.
          continue
        } else {
          section = .aside
        }
      case .over: return nil
      case .headers:
        if let headers = try readHeaders() { return .headers(headers) }
        if let part = beginBody() { return .part(part) }
      case .body, .aside:
        if !isPartOver { try skipPart() }
        if let event = try endPart() { return event }
      }
    }
  }

  private func beginMessage() {
    lines.pop(to: 0)
    lines.resetLines(to: separator.isEmpty ? 0 : 1)
    open = []
    isUnfinished = false
    begin(type: "text/plain", isOfMessage: true)
  }

  private func begin(type: String, isOfMessage: Bool) {
    section = .headers
    head = MailHead(type: type)
    fieldsOfMessage = isOfMessage
    headersOver = false
    lines.inside = .nothing
  }

  // MARK: headers

  private var headersOver = false
  /// The line before the message's headers.
  private var separator: [UInt8] = []

  /// The headers, or the next piece of them; nil when they are over.
  private func readHeaders() throws(ReadFailure) -> MailHeaders? {
    if headersOver { return nil }
    var headers = MailHeaders(
      bytes: [],
      offset: lines.offset,
      line: lines.lines,
      isOfMessage: fieldsOfMessage
    )
    if !separator.isEmpty {
      headers.bytes = separator
      headers.offset -= separator.count
      headers.line = 0
      separator = []
    }
    var field = 0..<0
    func close() {
      if !field.isEmpty { head.add(headers.bytes[field]) }
      field = 0..<0
    }
    while headers.bytes.count < Self.headerPiece {
      guard let range = try lines.run(atMost: 1) else {
        headersOver = true
        break
      }
      let start = headers.bytes.count
      headers.bytes += lines.block[range]
      let line = headers.bytes[start...]
      if line.allSatisfy({ $0 == 0x0A || $0 == 0x0D }) {
        headersOver = true
        break
      }
      if line.first == 0x20 || line.first == 0x09 {
        if !field.isEmpty { field = field.lowerBound..<headers.bytes.count }
        continue
      }
      close()
      field = start..<headers.bytes.count
    }
    close()
    return headers.bytes.isEmpty ? nil : headers
  }

  /// What follows the headers: a part, or nil where more is to be read first.
  private func beginBody() -> MailPart? {
    held = []
    isPartOver = true
    section = .aside
    if let boundary = head.boundary {
      if lines.boundaries.count < Self.deepest {
        lines.push(boundary)
        if head.type == "multipart/alternative" { alternatives += 1 }
        open.append(
          Multipart(
            alternative: head.type == "multipart/alternative"
              ? alternatives : open.last?.alternative,
            isDigest: head.type == "multipart/digest"
          )
        )
        return beginAside()
      }
      isTooDeep = true
    }
    section = .body
    let count = open.isEmpty ? "1" : ""
    return begin(
      MailPart(
        head: head,
        number: count + open.map { String($0.count) }.joined(separator: "."),
        alternative: open.last?.alternative,
        isText: head.isText || isTooDeep,
        isTooDeep: isTooDeep
      )
    )
  }

  /// Text before the first boundary or behind the last.
  private func beginAside() -> MailPart? {
    section = .aside
    return begin(MailPart(head: MailHead(), number: "", alternative: nil, isText: true))
  }

  private func begin(_ new: MailPart) -> MailPart {
    var new = new
    new.offset = lines.offset
    new.line = lines.lines
    part = new
    isTooDeep = false
    isPartOver = false
    stopTaken = nil
    decoder = TransferDecoder(new.embedded == nil ? new.head.transfer : .uuencode)
    if case .other = new.head.transfer { decoder = TransferDecoder(.identity) }
    decoded.removeAll(keepingCapacity: true)
    given = 0
    partBytes = 0
    held = []
    strange = []
    strangeLeft = 0
    let isPlain = new.isText && new.isVerbatim
    lines.inside = isPlain ? .text : .nothing
    return new
  }

  // MARK: parts

  package func read(into buffer: inout [UInt8], upTo count: Int) throws(ReadFailure) -> Int {
    while given == decoded.count {
      if isPartOver { return 0 }
      decoded.removeAll(keepingCapacity: true)
      given = 0
      try advance()
    }
    let taken = min(count, decoded.count - given)
    buffer += decoded[given..<given + taken]
    given += taken
    partBytes += taken
    return taken
  }

  /// Decodes the part's next run, or ends it.
  private func advance() throws(ReadFailure) {
    guard let run = try lines.run() else {
      if lines.inside == .embedded || lines.inside == .locked {
        let (stop, bytes) = try lines.takeStop()
        stopTaken = stop
        if stop == .embeddedEnd { decoder?.decode(lines.block[bytes], into: &decoded) }
      }
      decoder?.finish(into: &decoded)
      strange = decoder?.strange ?? []
      strangeLeft = decoder?.strangeLeft ?? 0
      isPartOver = true
      return
    }
    let bytes = lines.block[run]
    if lines.boundaries.isEmpty || decoder?.encoding == .base64 {
      decoder?.decode(bytes, into: &decoded)
      return
    }
    decoder?.decode(held[...], into: &decoded)
    held = []
    var end = bytes.endIndex
    if bytes.last == 0x0A {
      end -= 1
      if end > bytes.startIndex, bytes[end - 1] == 0x0D { end -= 1 }
    }
    held = Array(bytes[end...])
    decoder?.decode(bytes[..<end], into: &decoded)
  }

  private func skipPart() throws(ReadFailure) {
    var buffer: [UInt8] = []
    while try read(into: &buffer, upTo: MailLines.blockSize) > 0 {
      buffer.removeAll(keepingCapacity: true)
    }
  }

  /// Goes on behind what ended the part.
  private func endPart() throws(ReadFailure) -> Event? {
    let stop: MailLines.Stop
    var bytes = 0..<0
    if let taken = stopTaken {
      stop = taken
    } else {
      (stop, bytes) = try lines.takeStop()
    }
    stopTaken = nil
    switch stop {
    case .end:
      isUnfinished = isUnfinished || !lines.boundaries.isEmpty
      section = .over
      return nil
    case .separator:
      isUnfinished = isUnfinished || !lines.boundaries.isEmpty
      messages += 1
      // The line tells who sent the mail.
      separator = Array(lines.block[bytes])
      beginMessage()
      return .message(messages)
    case .boundary(let depth, let isLast):
      isUnfinished = isUnfinished || depth + 1 < lines.boundaries.count
      lines.pop(to: isLast ? depth : depth + 1)
      open.removeSubrange((isLast ? depth : depth + 1)...)
      if isLast { return beginAside().map { .part($0) } }
      open[depth].count += 1
      begin(type: open[depth].isDigest ? "message/rfc822" : "text/plain", isOfMessage: false)
      return nil
    case .embedded(let name):
      var file = MailPart(
        head: MailHead(type: "application/octet-stream"),
        number: part?.number ?? "",
        alternative: nil,
        embedded: name,
        isText: false
      )
      file = begin(file)
      lines.inside = .embedded
      return .part(file)
    case .locked:
      var file = MailPart(
        head: MailHead(type: "application/octet-stream"),
        number: part?.number ?? "",
        alternative: nil,
        isText: false
      )
      file = begin(file)
      decoded = Array(lines.block[bytes])
      lines.inside = .locked
      return .part(file)
    case .embeddedEnd:
      // The text goes on.
      var rest = MailPart(
        head: MailHead(),
        number: part?.number ?? "",
        alternative: nil,
        isText: true
      )
      rest = begin(rest)
      return .part(rest)
    }
  }
}
