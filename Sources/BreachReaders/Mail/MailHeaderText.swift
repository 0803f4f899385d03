/// Headers as text: fields on a line each, their words and names decoded.
package struct MailHeaderText {
  /// In UTF-8, but for bytes that stand in the headers as they are.
  package private(set) var bytes: [UInt8] = []
  /// The bytes are the mail's own, one for one.
  package private(set) var isVerbatim = true
  /// Bytes in a charset that is not known here.
  package private(set) var unread = 0

  package init(_ headers: [UInt8]) {
    let hasNames = headers.contains(0x2A) && Self.holdsPieces(headers)
    guard EncodedWords.mayStand(in: headers[...]) || hasNames else {
      bytes = headers
      return
    }
    isVerbatim = false
    var start = 0
    while start < headers.count {
      var end = start
      repeat {
        end = headers[end...].firstIndex(of: 0x0A).map { $0 + 1 } ?? headers.count
      } while end < headers.count && (headers[end] == 0x20 || headers[end] == 0x09)
      add(headers[start..<end])
      start = end
    }
  }

  private mutating func add(_ field: ArraySlice<UInt8>) {
    guard EncodedWords.mayStand(in: field) || field.contains(0x2A) else {
      bytes += field
      return
    }
    let own = MailField(field)
    if own.name == "content-type" || own.name == "content-disposition" {
      bytes += Array("\(own.name): \(own.word)".utf8)
      for name in ["name", "filename"] {
        guard let text = own.text(name) else { continue }
        bytes += Array("; \(name)=\"".utf8) + text.bytes + [0x22]
        unread += text.unread
      }
      bytes.append(0x0A)
      return
    }
    let text = EncodedWords.decode(field)
    // A folded field is one line.
    var isBreak = false
    for byte in text.bytes {
      if byte == 0x0A || byte == 0x0D {
        isBreak = true
      } else {
        if isBreak, byte != 0x20, byte != 0x09 { bytes.append(0x0A) }
        isBreak = false
        bytes.append(byte)
      }
    }
    bytes.append(0x0A)
    unread += text.unread
  }

  /// `name*=` or `filename*0=` somewhere.
  private static func holdsPieces(_ headers: [UInt8]) -> Bool {
    headers.indices.contains { at in
      headers[at] == 0x2A && at > 3 && headers[at - 1] | 0x20 == 0x65
        && headers[at - 2] | 0x20 == 0x6D
    }
  }
}
