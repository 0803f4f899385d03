/// One field of a mail's headers: its name, and its value with its parameters.
package struct MailField {
  /// In small letters; empty where the line is no field.
  package let name: String
  /// The value without its line breaks.
  private let value: [UInt8]

  /// `bytes` is the field with all its lines.
  package init(_ bytes: ArraySlice<UInt8>) {
    name = Self.name(of: bytes) ?? ""
    let colon = bytes.firstIndex(of: 0x3A) ?? bytes.startIndex
    value = bytes[colon...].dropFirst().filter { $0 != 0x0A && $0 != 0x0D }
  }

  /// The name before the colon in small letters; nil where the line is no field.
  package static func name(of line: ArraySlice<UInt8>) -> String? {
    guard var end = line.firstIndex(of: 0x3A), end > line.startIndex, end - line.startIndex < 80
    else { return nil }
    // `Subject : x` is written by some.
    while end > line.startIndex, line[end - 1] == 0x20 { end -= 1 }
    guard end > line.startIndex, line[..<end].allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      return nil
    }
    return String(decoding: line[..<end], as: UTF8.self).lowercased()
  }

  /// The value's first word in small letters, comments left out.
  package var word: String {
    let plain = withoutComments(value[...])
    let first = plain.drop { $0 <= 0x20 }.prefix { $0 > 0x20 && $0 != 0x3B }
    return String(decoding: first, as: UTF8.self).lowercased()
  }

  private func withoutComments(_ text: ArraySlice<UInt8>) -> [UInt8] {
    guard text.contains(0x28) else { return Array(text) }
    var out: [UInt8] = []
    var (depth, isQuoted) = (0, false)
    for byte in text {
      if byte == 0x22, depth == 0 { isQuoted.toggle() }
      if byte == 0x28, !isQuoted { depth += 1 }
      if depth == 0 { out.append(byte) }
      if byte == 0x29, !isQuoted { depth = max(0, depth - 1) }
    }
    return out
  }

  /// The parameters in order, names in small letters, quotes taken off.
  private var parameters: [(name: String, value: [UInt8])] {
    var list: [(String, [UInt8])] = []
    var part: [UInt8] = []
    var (isQuoted, isEscaped, isFirst) = (false, false, true)
    func close() {
      defer { part = [] }
      if isFirst {
        isFirst = false
        return
      }
      guard let equals = part.firstIndex(of: 0x3D) else { return }
      let name = part[..<equals].filter { $0 > 0x20 }
      var text = part[part.index(after: equals)...]
      while let first = text.first, first <= 0x20 { text.removeFirst() }
      while let last = text.last, last <= 0x20 { text.removeLast() }
      var plain = Array(text)
      if plain.first == 0x22 {
        plain = []
        var escaped = false
        for byte in text.dropFirst() {
          if escaped {
            // Windows programs write paths.
            if byte != 0x22 && byte != 0x5C { plain.append(0x5C) }
            plain.append(byte)
            escaped = false
          } else if byte == 0x5C {
            escaped = true
          } else if byte == 0x22 {
            break
          } else {
            plain.append(byte)
          }
        }
      }
      list.append((String(decoding: name, as: UTF8.self).lowercased(), plain))
    }
    for byte in value {
      if isEscaped {
        isEscaped = false
      } else if byte == 0x5C, isQuoted {
        isEscaped = true
      } else if byte == 0x22 {
        isQuoted.toggle()
      } else if byte == 0x3B, !isQuoted {
        close()
        continue
      }
      part.append(byte)
    }
    close()
    return list
  }

  /// A parameter's value as it is written; nil without one.
  package func parameter(_ name: String) -> [UInt8]? {
    parameters.first { $0.name == name }?.value
  }

  /// A parameter's text: RFC 2231's pieces put together and decoded, or encoded words, which RFC 2047
  /// does not allow there and everybody writes.
  package func text(_ name: String) -> MailText? {
    let all = parameters
    var pieces: [(number: Int, bytes: [UInt8], isCoded: Bool)] = []
    for (own, value) in all where own.hasPrefix(name + "*") {
      var rest = own.dropFirst(name.utf8.count + 1)
      let isCoded = rest.isEmpty || rest.hasSuffix("*")
      if rest.hasSuffix("*") { rest.removeLast() }
      guard let number = rest.isEmpty ? 0 : Int(rest), number < 10_000 else { continue }
      pieces.append((number, value, isCoded))
    }
    guard !pieces.isEmpty else {
      return all.first { $0.name == name }.map { EncodedWords.decode($0.value[...]) }
    }
    var charset: String?
    var bytes: [UInt8] = []
    for (index, piece) in pieces.sorted(by: { $0.number < $1.number }).enumerated() {
      var coded = piece.bytes[...]
      if index == 0, piece.isCoded, let first = coded.firstIndex(of: 0x27),
        let second = coded[(first + 1)...].firstIndex(of: 0x27)
      {
        charset = String(decoding: coded[..<first], as: UTF8.self)
        coded = coded[(second + 1)...]
      }
      bytes += piece.isCoded ? Self.percents(coded) : Array(coded)
    }
    return MailText(bytes, charset: charset.flatMap { $0.isEmpty ? nil : $0 })
  }

  private static func percents(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var at = text.startIndex
    while at < text.endIndex {
      if text[at] == 0x25, at + 2 < text.endIndex, let high = TransferDecoder.hex(text[at + 1]),
        let low = TransferDecoder.hex(text[at + 2])
      {
        out.append(high << 4 | low)
        at += 3
      } else {
        out.append(text[at])
        at += 1
      }
    }
    return out
  }
}

/// What the headers of a mail, or of one part of it, say of what follows.
package struct MailHead {
  package private(set) var type: String
  package private(set) var charset: String?
  package private(set) var boundary: [UInt8]?
  package private(set) var transfer = TransferEncoding.identity
  /// The name of a file, in UTF-8.
  package private(set) var fileName: [UInt8]?
  package private(set) var isAttachment = false
  private var location: [UInt8]?

  /// `type` is what a part is that says nothing.
  package init(type: String = "text/plain") { self.type = type }

  /// Takes a field with all its lines.
  package mutating func add(_ bytes: ArraySlice<UInt8>) {
    let field = MailField(bytes)
    switch field.name {
    case "content-transfer-encoding": transfer = TransferEncoding(name: field.word)
    case "content-type":
      let word = field.word
      if word.contains("/") { type = word }
      boundary =
        type.hasPrefix("multipart/") ? field.parameter("boundary").flatMap(Self.trimmed) : nil
      charset = field.parameter("charset").map { String(decoding: $0, as: UTF8.self) }
      if let name = field.text("name")?.bytes, fileName == nil { fileName = name }
    case "content-disposition":
      isAttachment = field.word == "attachment"
      if let name = field.text("filename")?.bytes { fileName = name }
    case "content-location":
      location = MailField(bytes).word.utf8.split(separator: 0x2F).last.map { Array($0) }
    default: break
    }
  }

  private static func trimmed(_ boundary: [UInt8]) -> [UInt8]? {
    var boundary = boundary
    while let last = boundary.last, last <= 0x20 { boundary.removeLast() }
    return boundary.isEmpty || boundary.count > 512 ? nil : boundary
  }

  /// Running text of the mail itself, and no file that is sent with it.
  package var isText: Bool {
    !isAttachment && fileName == nil && (type == "text/plain" || type == "text/html")
  }

  /// What a file is called that came without a name, by where it was taken from.
  package var locationName: [UInt8]? { location }
}
