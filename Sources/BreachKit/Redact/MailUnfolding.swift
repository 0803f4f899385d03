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
  private var part = MailPart()
  private var wasEmpty = true

  private enum Section { case headers, plain, decoding, leaving }

  /// A text part that is longer is left out.
  private static let longestPart = 64 << 20
  static let headSize = 64 << 10

  /// Nil where `head`, the first bytes of a file, does not begin a mail or a mailbox.
  init?(head: [UInt8]) {
    let lines = head.split(separator: 0x0A, maxSplits: 200, omittingEmptySubsequences: false)
    guard let first = lines.first else { return nil }
    isMailbox = MailPart.isSeparator(first)
    lineEnd = first.last == 0x0D ? [0x0D, 0x0A] : [0x0A]
    var known: Set<String> = []
    for line in lines.dropFirst(isMailbox ? 1 : 0) {
      if line.isEmpty || line == [0x0D] { break }
      if line.first == 0x20 || line.first == 0x09 { continue }
      guard let name = MailPart.headerName(line) else { return nil }
      if MailPart.usualHeaders.contains(name) { known.insert(name) }
    }
    guard known.count >= 2 || (isMailbox && !known.isEmpty) else { return nil }
  }

  /// Takes a line with its end; gives what can be written.
  mutating func take(_ line: ArraySlice<UInt8>) -> [UInt8] {
    out.removeAll(keepingCapacity: true)
    let text = MailPart.trimmed(line)
    if isMailbox, wasEmpty, MailPart.isSeparator(text) {
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
    wasEmpty = text.isEmpty
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
    part = MailPart()
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
        if part.type == "message/rfc822", section == .plain { begin() }
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
    left.append(part.type)
  }

  /// Writes the headers of a part as it will be.
  private mutating func endHeaders() {
    part = MailPart(headers)
    if let boundary = part.boundary { boundaries.append(boundary) }
    if part.boundary != nil || (part.isMessage && !part.isEncoded) {
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
    var text = part.decode(body)
    body = []
    section = .plain
    if lineEnd == [0x0A] { text = text.filter { $0 != 0x0D } }
    var start = text.startIndex
    while start < text.endIndex {
      let end = text[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.endIndex
      if isMailbox, MailPart.isSeparator(text[start..<end]) { out.append(0x3E) }
      out += text[start..<end]
      start = end
    }
    if text.last != 0x0A { out += lineEnd }
  }
}

/// What the headers of a part of a mail say of it.
struct MailPart {
  private(set) var type = "text/plain"
  private(set) var boundary: [UInt8]?
  private var isAttachment = false
  private var encoding = ""
  private var charset: Charset?

  init() {}

  init(_ headers: [[UInt8]]) {
    for header in headers {
      let value = String(decoding: header.drop { $0 != 0x3A }.dropFirst(), as: UTF8.self)
      switch Self.headerName(header[...]) {
      case "content-transfer-encoding": encoding = Self.word(value)
      case "content-type":
        type = Self.word(value)
        boundary =
          type.hasPrefix("multipart/")
          ? Self.parameter("boundary", value).map { Array($0.utf8) } : nil
        charset = Self.parameter("charset", value).flatMap { Charset(id: $0) }
        isAttachment = isAttachment || Self.parameter("name", value) != nil
      case "content-disposition":
        isAttachment = isAttachment || Self.word(value) == "attachment"
      default: break
      }
    }
  }

  var isEncoded: Bool { ["base64", "quoted-printable", "x-uuencode", "binary"].contains(encoding) }
  var isMessage: Bool { type.hasPrefix("message/") }

  /// Running text, as it is or once it is decoded.
  var isText: Bool {
    let isReadable = !isEncoded || ["base64", "quoted-printable"].contains(encoding)
    return isReadable && !isAttachment && (type == "text/plain" || type == "text/html")
  }

  /// The headers of a part that is left out: no name of a file stays.
  func outline(_ headers: [[UInt8]], _ lineEnd: [UInt8]) -> [[UInt8]] {
    headers.compactMap { header in
      switch Self.headerName(header[...]) {
      case "content-type": Array("Content-Type: \(type)".utf8) + lineEnd
      case "content-disposition", "content-description": nil
      default: header
      }
    }
  }

  /// The part's text in UTF-8.
  func decode(_ body: [UInt8]) -> [UInt8] {
    let bytes =
      encoding == "base64"
      ? Base64.decode(body[...]) : Self.decodeQuoted(body[...], isHeader: false)
    return Self.decode(bytes, charset)
  }

  private static func decode(_ bytes: [UInt8], _ charset: Charset?) -> [UInt8] {
    let found = CharsetDetector.detect(bytes.span, isWhole: true)
    var decoder = CharsetDecoder(charset: charset ?? (found.isText ? found.charset : .utf8))
    var text: [UInt8] = []
    let rest = charset == nil && found.isText ? Array(bytes.dropFirst(found.bomLength)) : bytes
    _ = decoder.decode(rest.span, final: true, into: &text)
    return text
  }

  private static func decodeQuoted(_ text: ArraySlice<UInt8>, isHeader: Bool) -> [UInt8] {
    var out: [UInt8] = []
    var at = text.startIndex
    while at < text.endIndex {
      let byte = text[at]
      if byte == 0x3D {
        if at + 2 < text.endIndex || at + 2 == text.endIndex - 1,
          let high = digit(text[at + 1]), let low = digit(text[at + 2])
        {
          out.append(high << 4 | low)
          at += 3
          continue
        }
        // A soft line break.
        var end = at + 1
        while end < text.endIndex, [0x20, 0x09, 0x0D].contains(text[end]) { end += 1 }
        if end < text.endIndex, text[end] == 0x0A {
          at = end + 1
          continue
        }
      }
      out.append(isHeader && byte == 0x5F ? 0x20 : byte)
      at += 1
    }
    return out
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }

  // MARK: headers

  static let usualHeaders: Set<String> = [
    "from", "to", "cc", "subject", "date", "message-id", "mime-version", "received", "return-path",
    "content-type", "delivered-to", "reply-to", "sender", "in-reply-to", "references",
    "content-transfer-encoding", "dkim-signature", "x-mailer",
  ]

  /// `From ` and an address and a year begin a message of a mailbox.
  static func isSeparator(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.starts(with: [0x46, 0x72, 0x6F, 0x6D, 0x20]) else { return false }
    let words = trimmed(line).split(separator: 0x20)
    guard words.count >= 3, let year = words.last(where: { $0.count == 4 }) else { return false }
    return year.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// In small letters; nil where the line is no header.
  static func headerName(_ line: ArraySlice<UInt8>) -> String? {
    guard let colon = line.firstIndex(of: 0x3A), colon > line.startIndex,
      line[..<colon].allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { return nil }
    return String(decoding: line[..<colon], as: UTF8.self).lowercased()
  }

  static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line
    while let last = line.last, last == 0x0A || last == 0x0D { line.removeLast() }
    return line
  }

  /// The first word of a header's value, in small letters.
  private static func word(_ value: String) -> String {
    String(value.drop { $0.isWhitespace }.prefix { !$0.isWhitespace && $0 != ";" }).lowercased()
  }

  private static func parameter(_ name: String, _ value: String) -> String? {
    for part in value.split(separator: ";").dropFirst() {
      guard let equals = part.firstIndex(of: "=") else { continue }
      let key = part[..<equals].filter { !$0.isWhitespace }.lowercased()
      guard key == name else { continue }
      return part[part.index(after: equals)...].filter { !$0.isWhitespace && $0 != "\"" }
    }
    return nil
  }

  /// A header as it stands in the plain form.
  func plain(_ header: [UInt8], isDecoded: Bool, _ lineEnd: [UInt8]) -> [UInt8] {
    let name = Self.headerName(header[...]) ?? ""
    if isDecoded, name == "content-transfer-encoding" {
      return Array("Content-Transfer-Encoding: 8bit".utf8) + lineEnd
    }
    if isDecoded, name == "content-type" {
      return Array("Content-Type: \(type); charset=utf-8".utf8) + lineEnd
    }
    let isStructured = name == "content-type" || name == "content-disposition"
    let hasWords = header.split(separator: 0x3F).count > 3 && Self.hasEncodedWord(header)
    guard hasWords || (isStructured && header.contains(0x2A)) else { return header }
    var value = hasWords ? Self.decodeWords(header) : header
    value.removeAll { $0 == 0x0A || $0 == 0x0D }
    if isStructured {
      // `filename*0*=UTF-8''%E5…`: such a parameter says no more than the plain one.
      let parts = value.split(separator: 0x3B).filter { part in
        guard let equals = part.firstIndex(of: 0x3D) else { return true }
        return !part[..<equals].contains(0x2A)
      }
      value = Array(parts.joined(separator: [0x3B]))
    }
    return value + lineEnd
  }

  private static func hasEncodedWord(_ header: [UInt8]) -> Bool {
    zip(header, header.dropFirst()).contains { $0 == 0x3D && $1 == 0x3F }
  }

  /// RFC 2047: `=?charset?B?…?=` and `=?charset?Q?…?=`; blanks between two of them are none.
  private static func decodeWords(_ header: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var at = 0
    var behindWord: Int?
    while at < header.count {
      if header[at] == 0x3D, let (text, next) = word(header, at) {
        if let behindWord, out[behindWord...].allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) })
        {
          out.removeSubrange(behindWord...)
        }
        out += text
        behindWord = out.count
        at = next
      } else {
        out.append(header[at])
        at += 1
      }
    }
    return out
  }

  private static func word(_ header: [UInt8], _ start: Int) -> (text: [UInt8], next: Int)? {
    guard start + 1 < header.count, header[start + 1] == 0x3F else { return nil }
    let rest = header[(start + 2)...]
    guard let first = rest.firstIndex(of: 0x3F), first + 2 < header.count,
      header[first + 2] == 0x3F
    else { return nil }
    let name = String(decoding: rest[..<first].prefix { $0 != 0x2A }, as: UTF8.self)
    let content = header[(first + 3)...]
    var end = content.startIndex
    while end + 1 < content.endIndex, !(content[end] == 0x3F && content[end + 1] == 0x3D) {
      end += 1
    }
    guard end + 1 < content.endIndex else { return nil }
    let coded = content[..<end]
    let isBase64 = header[first + 1] | 0x20 == 0x62
    let bytes = isBase64 ? Base64.decode(coded) : decodeQuoted(coded, isHeader: true)
    // A line break in a header's text would begin another header.
    let text = decode(bytes, Charset(id: name)).map { $0 < 0x20 ? 0x20 : $0 }
    return (text, end + 2)
  }
}
