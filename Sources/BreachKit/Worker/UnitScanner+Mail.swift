internal import BreachBytes
internal import BreachModel
internal import BreachReaders

/// Mails and mailboxes: headers and running text are one leaf, what is attached are leaves in it.
extension UnitScanner {
  /// A text part that waits for its HTML twin.
  private struct HeldText {
    var part: MailPart
    var bytes: [UInt8]
    var charset: MailCharset
    /// There is no more of it.
    var isWhole: Bool
  }

  /// What is known of the message under way.
  private struct Message {
    var inner: [String]
    var names: [String: Int] = [:]
    /// Headers of its parts.
    var aside: [UInt8] = []
    var asideLine = 0
    var held: HeldText?
    /// Bytes in a charset of a header that is not known.
    var unread = 0
  }

  /// Text that is held for comparison; longer is read twice.
  private static let longestTwin = 1 << 20
  private static let asideBytes = 64 << 10

  func mail(
    _ reader: MailReader,
    size: Int?,
    _ inner: [String],
    _ outer: String,
    _ depth: Int,
    isMailbox: Bool
  ) {
    guard depth < setup.limits.depth else {
      begin(inner: inner, bytes: size)
      fail(
        Gap(
          path: "",
          reason: .depthLimit,
          bytes: size,
          message: "containers inside containers deeper than \(setup.limits.depth); unpack it first"
        ),
        inner
      )
      return
    }
    let start = reader.offset
    var container = report(inner)
    container.isContainer = true
    container.format = isMailbox ? "mbox" : "mail"
    var notes = NoteList()
    var verbatim = 0
    var message = Message(inner: inner)
    do throws(ReadFailure) {
      while let event = try reader.next() {
        if isOver { return }
        switch event {
        case .message(let number):
          close(&message, reader, outer, &notes)
          guard number <= setup.limits.members else {
            container.gaps.append(
              Gap(
                path: "",
                reason: .entryLimit,
                bytes: nil,
                message: "more than \(setup.limits.members) messages; the rest was not read"
              )
            )
            try drop(reader)
            break
          }
          let digits = String(number)
          let zeros = String(repeating: "0", count: max(0, 6 - digits.count))
          message = Message(inner: inner + [zeros + digits])
        case .headers(let headers): verbatim += read(headers, &message, outer)
        case .part(let part):
          verbatim += read(part, reader, &message, outer, depth, &notes)
        }
      }
      close(&message, reader, outer, &notes)
    } catch {
      container.gaps.append(error.gap(path: "", bytes: nil))
    }
    if isOver { return }
    let seen = reader.offset - start
    if let size, seen < size, container.gaps.isEmpty {
      container.gaps.append(
        Gap(
          path: "",
          reason: .changed,
          bytes: size - seen,
          message: "the file became shorter while it was read; scan it again"
        )
      )
    }
    container.bytes = max(0, seen - verbatim)
    container.notes = notes.notes
    guard container.bytes > 0 || !container.notes.isEmpty || !container.gaps.isEmpty else { return }
    begin(inner: inner, bytes: 0)
    if !isSkipped { send(.leafDone(container)) }
  }

  private func drop(_ reader: MailReader) throws(ReadFailure) {
    while try reader.next() != nil {}
  }

  // MARK: headers

  /// Returns the bytes that were read as they stand.
  private func read(_ headers: MailHeaders, _ message: inout Message, _ outer: String) -> Int {
    let text = MailHeaderText(headers.bytes)
    message.unread += text.unread
    guard headers.isOfMessage else {
      if message.aside.isEmpty { message.asideLine = headers.line }
      message.aside += text.bytes
      if message.aside.count > Self.asideBytes { readAside(&message, outer) }
      return 0
    }
    scan(
      part: ReplaySource(text.bytes, then: EmptySource()),
      LeafPlan(charset: .utf8, bomLength: 0, format: .text),
      message.inner,
      outer,
      place: text.isVerbatim ? nil : "headers",
      offset: text.isVerbatim ? headers.offset : 0,
      line: headers.line,
      encoding: nil,
      bytes: text.bytes.count
    )
    return text.isVerbatim ? headers.bytes.count : 0
  }

  private func readAside(_ message: inout Message, _ outer: String) {
    guard !message.aside.isEmpty else { return }
    scan(
      part: ReplaySource(message.aside, then: EmptySource()),
      LeafPlan(charset: .utf8, bomLength: 0, format: .text),
      message.inner,
      outer,
      place: "headers of parts",
      line: message.asideLine,
      encoding: nil,
      bytes: message.aside.count
    )
    message.aside = []
  }

  /// What is left to be read of a message, and what is to be said of it.
  private func close(
    _ message: inout Message,
    _ reader: MailReader,
    _ outer: String,
    _ notes: inout NoteList
  ) {
    release(&message, outer)
    readAside(&message, outer)
    let path = ([outer] + message.inner).joined(separator: "!/")
    if reader.isUnfinished {
      let words = "the mail ends before its last part does"
      notes.add(Note(path: path, kind: "mime", message: words))
    }
    if message.unread > 0 {
      begin(inner: message.inner, bytes: 0)
      if isSkipped { return }
      var rest = report(message.inner)
      rest.format = "mail"
      rest.bytes = message.unread
      rest.place = "headers"
      rest.gaps = [unknownCharset(message.unread, "headers")]
      send(.leafDone(rest))
      message.unread = 0
    }
  }

  private func unknownCharset(_ bytes: Int, _ what: String) -> Gap {
    Gap(
      path: "",
      reason: .unsupportedFormat,
      bytes: bytes,
      message: "\(what): in a charset that is not read by this version; convert it to UTF-8"
    )
  }

  // MARK: parts

  /// Returns the bytes that were read as they stand.
  private func read(
    _ part: MailPart,
    _ reader: MailReader,
    _ message: inout Message,
    _ outer: String,
    _ depth: Int,
    _ notes: inout NoteList
  ) -> Int {
    let path = ([outer] + message.inner).joined(separator: "!/")
    if let held = message.held, held.part.alternative != part.alternative {
      release(&message, outer)
    }
    if case .other(let name) = part.head.transfer {
      let words = "part \(part.number): encoded as \(Display.safe(name)), read as it stands"
      notes.add(Note(path: path, kind: "mime", message: words))
    }
    let isTwin = part.alternative != nil && part.head.type == "text/html"
    var isGiven = false
    var head: [UInt8] = []
    var failure: ReadFailure?
    let most = part.alternative == nil ? 64 << 10 : Self.longestTwin
    do throws(ReadFailure) {
      while part.isText, head.count < most {
        if try reader.read(into: &head, upTo: most - head.count) == 0 { break }
      }
    } catch {
      failure = error
    }
    let isWhole = head.count < most && part.alternative != nil
    if !part.isText {
      attachment(part, reader, &message, outer, depth)
    } else if head.allSatisfy({ $0 <= 0x20 }), failure == nil, head.count < 64 << 10 {
      // Nothing stands here.
    } else if !CharsetDetector.detect(head.span, isWhole: false).isText {
      attachment(part, ReplaySource(head, then: reader), &message, outer, depth)
    } else {
      let charset = MailCharset.choose(head.span, declared: part.head.charset)
      let held = HeldText(part: part, bytes: head, charset: charset, isWhole: head.count < most)
      if isWhole, !isTwin, part.head.type == "text/plain", message.held == nil {
        message.held = held
      } else {
        text(held, then: reader, message, outer, isRead: false)
        if isTwin, isWhole, let text = message.held {
          let twin = MailAlternatives(html: Self.utf8(held))
          let isSame = twin.cover(Self.utf8(text))
          self.text(text, then: EmptySource(), message, outer, isRead: isSame)
          message.held = nil
        }
      }
      isGiven = part.isVerbatim
    }
    // What a leaf that is done already left.
    var rest: [UInt8] = []
    while let got = try? reader.read(into: &rest, upTo: 64 << 10), got > 0 { rest = [] }
    if let failure { notes.add(Note(path: path, kind: "mime", message: "\(failure)")) }
    strange(part, reader, message, outer, path, &notes)
    // A line end that a boundary takes is the container's.
    return isGiven ? reader.partBytes : 0
  }

  /// A held text for which no HTML came.
  private func release(_ message: inout Message, _ outer: String) {
    guard let held = message.held else { return }
    message.held = nil
    text(held, then: EmptySource(), message, outer, isRead: false)
  }

  private static func utf8(_ text: HeldText) -> [UInt8] {
    var bytes: [UInt8] = []
    switch text.charset {
    case .known(.utf8): return text.bytes
    case .known(let charset):
      var decoder = CharsetDecoder(charset: charset)
      _ = decoder.decode(text.bytes.span, final: true, into: &bytes)
    case .utf7, .unknown: return MailText(text.bytes, charset: text.part.head.charset).bytes
    }
    return bytes
  }

  /// Running text; `isRead`: it is known to say what was read before.
  private func text(
    _ text: HeldText,
    then rest: any ByteSource,
    _ message: Message,
    _ outer: String,
    isRead: Bool
  ) {
    let part = text.part
    let place = part.number.isEmpty ? "beside the parts" : "part \(part.number)"
    if isRead {
      begin(inner: message.inner, bytes: 0)
      if isSkipped { return }
      var report = report(message.inner)
      report.format = "mail"
      report.bytes = text.bytes.count
      report.readBytes = report.bytes
      report.place = place
      let hashing = HashingSource(ReplaySource(text.bytes, then: EmptySource()), key: hashKey)
      var all: [UInt8] = []
      _ = try? hashing.read(into: &all, upTo: text.bytes.count)
      report.contentHash = hashing.hash
      report.linesBefore = part.line
      send(.leafDone(report))
      return
    }
    var source: any ByteSource = ReplaySource(text.bytes, then: rest)
    var plan = LeafPlan(charset: .utf8, bomLength: 0, format: .text)
    if part.head.type == "text/html" && !part.isTooDeep { plan.format = .html }
    var isOwn = part.isVerbatim && plan.format == .text
    var unknown: UnknownCharsetSource?
    switch text.charset {
    case .known(let charset): plan.charset = charset
    case .utf7:
      var bytes = text.bytes
      while let got = try? rest.read(into: &bytes, upTo: Self.longestTwin), got > 0,
        bytes.count < 16 * Self.longestTwin
      {}
      source = ReplaySource(MailText(bytes, charset: "utf-7").bytes, then: rest)
      isOwn = false
    case .unknown:
      let ascii = UnknownCharsetSource(source)
      source = ascii
      unknown = ascii
      isOwn = false
    }
    scan(
      part: source,
      plan,
      message.inner,
      outer,
      place: isOwn ? nil : place,
      offset: isOwn ? part.offset : 0,
      line: part.line,
      encoding: unknown == nil ? plan.charset.id : part.head.charset,
      bytes: text.isWhole ? text.bytes.count : nil
    ) { report in
      if part.isTooDeep {
        report.gaps.append(
          Gap(
            path: "",
            reason: .depthLimit,
            bytes: nil,
            message: "parts inside parts deeper than \(MailReader.deepest); read as they stand"
          )
        )
      }
      guard let unknown else { return }
      let name = "\(place), \(Display.safe(part.head.charset ?? ""))"
      report.bytes = unknown.bytes
      report.readBytes = unknown.bytes - unknown.unread
      if unknown.unread > 0 { report.gaps.append(unknownCharset(unknown.unread, name)) }
    }
  }

  private func attachment(
    _ part: MailPart,
    _ source: any ByteSource,
    _ message: inout Message,
    _ outer: String,
    _ depth: Int
  ) {
    let isMail = part.head.type == "message/rfc822" || part.head.type == "message/global"
    let own = part.embedded ?? part.head.fileName ?? part.head.locationName ?? []
    let name =
      own.isEmpty
      ? "part-\(part.number)" + (isMail ? ".eml" : "") : PathText.text(of: own)
    leaf(
      source,
      size: nil,
      inner: message.inner + [unique(name, &message.names)],
      outer: outer,
      depth: depth + 1,
      isMail: isMail
    )
  }

  /// Lines that a part has beside what it is encoded in are text.
  private func strange(
    _ part: MailPart,
    _ reader: MailReader,
    _ message: Message,
    _ outer: String,
    _ path: String,
    _ notes: inout NoteList
  ) {
    guard !reader.strange.isEmpty || reader.strangeLeft > 0 else { return }
    let words = "part \(part.number): not all of it is in its encoding; read as text, too"
    notes.add(Note(path: path, kind: "mime", message: words))
    let left = reader.strangeLeft
    scan(
      part: ReplaySource(reader.strange, then: EmptySource()),
      LeafPlan(charset: .utf8, bomLength: 0, format: .text),
      message.inner,
      outer,
      place: "part \(part.number)",
      line: part.line,
      encoding: nil,
      bytes: reader.strange.count
    ) { report in
      guard left > 0 else { return }
      report.bytes += left
      report.gaps.append(
        Gap(path: "", reason: .corrupt, bytes: left, message: "the part is not in its encoding")
      )
    }
  }

  // MARK: one part

  /// Scans one part of the leaf at `inner`.
  private func scan(
    part source: any ByteSource,
    _ plan: LeafPlan,
    _ inner: [String],
    _ outer: String,
    place: String?,
    offset: Int = 0,
    line: Int,
    encoding: String?,
    bytes: Int?,
    _ complete: (inout LeafReport) -> Void = { _ in }
  ) {
    begin(inner: inner, bytes: bytes)
    if isSkipped { return }
    trap(inner, outer)
    let hashing = HashingSource(source, key: hashKey)
    var report = report(inner)
    leafScanner.scan(
      LeafScanner.Input(
        path: ([outer] + inner).joined(separator: "!/"),
        source: hashing,
        head: [],
        offset: offset,
        size: nil,
        charset: plan.charset,
        bomLength: 0,
        plan: plan,
        copyTable: nil
      ),
      into: &report
    )
    report.contentHash = hashing.hash
    report.format = plan.format == .html ? "html" : "mail"
    report.encoding = encoding
    report.place = place
    report.linesBefore = line
    expanded += report.readBytes
    complete(&report)
    send(.leafDone(report))
  }
}

/// Gives the ASCII of text in an unknown charset, and counts the rest.
private final class UnknownCharsetSource: ByteSource {
  private let source: any ByteSource
  private var pending: [UInt8] = []
  private(set) var bytes = 0
  private(set) var unread = 0

  init(_ source: any ByteSource) { self.source = source }

  var size: Int? { nil }
  func seek(to offset: Int) -> Bool { false }

  func read(into buffer: inout [UInt8], upTo count: Int) throws(ReadFailure) -> Int {
    if pending.isEmpty {
      var piece: [UInt8] = []
      bytes += try source.read(into: &piece, upTo: 64 << 10)
      unread += MailCharset.keepASCII(piece[...], into: &pending)
    }
    let taken = min(count, pending.count)
    buffer += pending[..<taken]
    pending.removeFirst(taken)
    return taken
  }
}
