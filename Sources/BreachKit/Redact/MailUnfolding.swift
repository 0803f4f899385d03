internal import BreachBytes
internal import BreachModel
internal import BreachReaders

/// Writes mail with its encoded text in plain UTF-8, so that what is in it can be found and replaced.
///
/// Text parts in base64 or quoted-printable and encoded words of headers are decoded; the parts say
/// so in their headers. Attachments, and parts that are no text, are left out: what is in them would be
/// looked at as running text only. Everything else stays byte for byte.
struct MailUnfolding {
  /// Kinds of the parts that were left out, in order.
  private(set) var left: [String] = []
  private let isMailbox: Bool
  private let lineEnd: [UInt8]
  private var out: [UInt8] = []
  private var section = Section.headers
  private var headers: [[UInt8]] = []
  private var boundaries: [[UInt8]] = []
  private var body: [UInt8] = []
  private var part = UnfoldedPart()

  private enum Section { case headers, plain, decoding, leaving }

  /// A text part that is longer is left out.
  private static let longestPart = 64 << 20
  static let headSize = MailSniffer.headSize

  /// Nil where `head`, the first bytes of a file, does not begin a mail or a mailbox.
  init?(head: [UInt8]) {
    guard let isMailbox = MailSniffer.isMailbox(head.span) else { return nil }
    self.isMailbox = isMailbox
    let end = head.firstIndex(of: 0x0A) ?? head.startIndex
    lineEnd = end > head.startIndex && head[end - 1] == 0x0D ? [0x0D, 0x0A] : [0x0A]
  }

  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line
    while let last = line.last, last == 0x0A || last == 0x0D { line.removeLast() }
    return line
  }

  /// Takes a line with its end; gives what can be written.
  mutating func take(_ line: ArraySlice<UInt8>) -> [UInt8] {
    out.removeAll(keepingCapacity: true)
    let text = Self.trimmed(line)
    if isMailbox, MailSniffer.isSeparator(text) {
      endPart()
      boundaries = []
      out += line
      begin()
    } else if let depth = boundaries.lastIndex(where: { isBoundary(text, $0) }) {
      endPart()
      let isLast = text.count == boundaries[depth].count + 4
      boundaries.removeSubrange((isLast ? depth : depth + 1)...)
      out += line
      if isLast { section = .plain } else { begin() }
    } else {
      go(on: line, text)
    }
    return out
  }

  /// What is left at the end.
  mutating func finish() -> [UInt8] {
    out.removeAll()
    endPart()
    return out
  }

  private mutating func begin() {
    section = .headers
    headers = []
    part = UnfoldedPart()
  }

  private mutating func go(on line: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) {
    switch section {
    case .plain: out += line
    case .leaving: break
    case .decoding:
      body += line
      if body.count > Self.longestPart {
        body = []
        leave()
      }
    case .headers:
      if text.isEmpty {
        endHeaders()
        if section == .leaving { leave() }
        out += line
        if part.head.type == "message/rfc822", section == .plain { begin() }
      } else if line.first == 0x20 || line.first == 0x09, !headers.isEmpty {
        headers[headers.count - 1] += line
      } else {
        headers.append(Array(line))
      }
    }
  }

  private func isBoundary(_ text: ArraySlice<UInt8>, _ boundary: [UInt8]) -> Bool {
    guard text.starts(with: [0x2D, 0x2D] + boundary) else { return false }
    let rest = text.dropFirst(boundary.count + 2)
    return rest.isEmpty || rest.elementsEqual([0x2D, 0x2D])
  }

  private mutating func leave() {
    section = .leaving
    left.append(part.head.type)
  }

  /// Writes the headers of a part as it will be.
  private mutating func endHeaders() {
    part = UnfoldedPart(headers)
    if let boundary = part.head.boundary { boundaries.append(boundary) }
    if part.head.boundary != nil || (part.isMessage && !part.isEncoded) {
      section = .plain
    } else if part.isText {
      section = part.isEncoded ? .decoding : .plain
    } else {
      section = .leaving
      headers = part.outline(headers, lineEnd)
    }
    for header in headers { out += part.plain(header, isDecoded: section == .decoding, lineEnd) }
    headers = []
    body = []
  }

  private mutating func endPart() {
    if section == .headers, !headers.isEmpty { endHeaders() }
    guard section == .decoding else { return }
    let decoded = part.decode(body)
    body = []
    section = .plain
    guard var text = decoded else {
      left.append(part.head.type)
      return
    }
    if lineEnd == [0x0A] { text = text.filter { $0 != 0x0D } }
    var start = text.startIndex
    while start < text.endIndex {
      let end = text[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.endIndex
      if isMailbox, MailSniffer.isSeparator(text[start..<end]) { out.append(0x3E) }
      out += text[start..<end]
      start = end
    }
    if text.last != 0x0A { out += lineEnd }
  }
}

/// A part of a mail as it is written in the copy.
private struct UnfoldedPart {
  let head: MailHead

  init(_ headers: [[UInt8]] = []) {
    var head = MailHead()
    for header in headers { head.add(header[...]) }
    self.head = head
  }

  var isEncoded: Bool { head.transfer != .identity }
  var isMessage: Bool { head.type.hasPrefix("message/") }

  /// Running text, as it is or once it is decoded.
  var isText: Bool {
    switch head.transfer {
    case .identity, .base64, .quotedPrintable: head.isText
    case .uuencode, .other: false
    }
  }

  /// The headers of a part that is left out: no name of a file stays.
  func outline(_ headers: [[UInt8]], _ lineEnd: [UInt8]) -> [[UInt8]] {
    headers.compactMap { header in
      switch MailField.name(of: header[...]) {
      case "content-type": Array("Content-Type: \(head.type)".utf8) + lineEnd
      case "content-disposition", "content-description": nil
      default: header
      }
    }
  }

  /// The part's text in UTF-8; nil where not all of it can be read.
  func decode(_ body: [UInt8]) -> [UInt8]? {
    var decoder = TransferDecoder(head.transfer)
    var bytes: [UInt8] = []
    decoder.decode(body[...], into: &bytes)
    decoder.finish(into: &bytes)
    let text = MailText(bytes, charset: head.charset)
    guard text.unread == 0, decoder.strangeLeft == 0 else { return nil }
    return text.bytes + decoder.strange
  }

  /// A header as it stands in the plain form.
  func plain(_ header: [UInt8], isDecoded: Bool, _ lineEnd: [UInt8]) -> [UInt8] {
    switch MailField.name(of: header[...]) {
    case "content-transfer-encoding" where isDecoded:
      return Array("Content-Transfer-Encoding: 8bit".utf8) + lineEnd
    case "content-type" where isDecoded:
      return Array("Content-Type: \(head.type); charset=utf-8".utf8) + lineEnd
    default: break
    }
    let text = MailHeaderText(header)
    if text.isVerbatim || text.unread > 0 { return header }
    return text.bytes.filter { $0 != 0x0A && $0 != 0x0D } + lineEnd
  }
}
