internal import BreachBytes
package import BreachModel

/// Text of a mail in UTF-8.
package struct MailText {
  package var bytes: [UInt8]
  /// Bytes in a charset that is not known here; each stands as U+FFFD.
  package var unread = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Decodes `bytes` by the charset of that name; a wrong one, or none, falls to what they look like.
  package init(_ bytes: [UInt8], charset name: String?) {
    guard bytes.contains(where: { $0 >= 0x80 || $0 == 0x1B || $0 == 0x2B }) else {
      self.bytes = bytes
      return
    }
    switch MailCharset.choose(bytes.span, declared: name) {
    case .known(let charset):
      var decoder = CharsetDecoder(charset: charset)
      self.bytes = []
      _ = decoder.decode(bytes.span, final: true, into: &self.bytes)
    case .utf7: self.bytes = UTF7.decode(bytes[...])
    case .unknown:
      self.bytes = []
      unread = MailCharset.keepASCII(bytes[...], into: &self.bytes)
    }
  }
}

/// Which charset a part of a mail is in.
package enum MailCharset: Sendable, Equatable {
  case known(Charset)
  case utf7
  /// It says one that is not known here, and is not in another that is.
  case unknown

  /// By what is declared, where it explains the bytes, else by what they look like.
  package static func choose(_ bytes: Span<UInt8>, declared name: String?) -> MailCharset {
    let counts = ByteCounts(bytes)
    let found = CharsetDetector.detect(bytes, isWhole: false)
    guard let name, !name.isEmpty else { return .known(found.isText ? found.charset : .utf8) }
    let plain = name.lowercased().filter { $0 != "\"" && $0 != " " }
    if plain == "utf-7" || plain == "unicode-1-1-utf-7" {
      return counts.high == 0 ? .utf7 : .known(found.isText ? found.charset : .utf8)
    }
    guard let charset = Charset(id: plain) else {
      // Seven bits are the same in nearly all charsets.
      let isShifted = shifted.contains(plain)
      if counts.high == 0 && !isShifted { return .known(.utf8) }
      if !isShifted && isUTF8(bytes) { return .known(.utf8) }
      return .unknown
    }
    switch charset {
    case .utf16LE, .utf16BE, .utf32LE, .utf32BE:
      // Text in a mail is never that, whatever it says, but for what is encoded.
      return .known(found.isText ? found.charset : charset)
    case .latin1:
      // Many programs say so whatever it is.
      return .known(isUTF8(bytes) ? .utf8 : charset)
    case .utf8 where counts.high == 0: return .known(counts.escape > 0 ? found.charset : .utf8)
    case _ where charset.isSingleByte: return .known(isUTF8(bytes) ? .utf8 : charset)
    default:
      if counts.high == 0 && counts.escape == 0 { return .known(.utf8) }
      let wrong = LineCharset.invalid(bytes, charset)
      let isRight = wrong * 64 <= counts.high + 128 && (charset != .iso2022JP || counts.high == 0)
      return .known(isRight || !found.isText ? charset : found.charset)
    }
  }

  /// A character at the end of a long piece may be cut.
  private static func isUTF8(_ bytes: Span<UInt8>) -> Bool {
    UTF8Check.validPrefix(bytes) >= (bytes.count < 4_096 ? bytes.count : bytes.count - 3)
  }

  /// Those that write other letters in seven bits.
  private static let shifted: Set<String> = [
    "hz-gb-2312", "iso-2022-kr", "iso-2022-cn", "iso-2022-cn-ext",
  ]

  /// Appends `bytes` with U+FFFD for each beyond ASCII; returns how many those are.
  package static func keepASCII(_ bytes: ArraySlice<UInt8>, into output: inout [UInt8]) -> Int {
    var unread = 0
    for byte in bytes {
      if byte < 0x80 && byte != 0x1B {
        output.append(byte)
      } else {
        output += [0xEF, 0xBF, 0xBD]
        unread += 1
      }
    }
    return unread
  }
}

/// RFC 2152.
enum UTF7 {
  static func decode(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var at = text.startIndex
    while at < text.endIndex {
      guard text[at] == 0x2B else {
        out.append(text[at])
        at += 1
        continue
      }
      var end = at + 1
      while end < text.endIndex, isDigit(text[end]) { end += 1 }
      if end == at + 1 {
        out.append(0x2B)
      } else {
        var decoder = CharsetDecoder(charset: .utf16BE)
        let units = Base64.decode(text[(at + 1)..<end])
        _ = decoder.decode(units.span.extracting(0..<units.count & ~1), final: true, into: &out)
      }
      at = end < text.endIndex && text[end] == 0x2D ? end + 1 : end
    }
    return out
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2B
      || byte == 0x2F
  }
}

/// RFC 2047: `=?charset?B?…?=` and `=?charset?Q?…?=` in headers.
package enum EncodedWords {
  /// The text with its words decoded; blanks between two of them are none, and the bytes of words of one
  /// charset are put together first, as many programs cut them inside a character.
  package static func decode(_ text: ArraySlice<UInt8>) -> MailText {
    var out = MailText([])
    var pending: (charset: String, bytes: [UInt8])?
    var at = text.startIndex
    func flush() {
      guard let word = pending else { return }
      let plain = MailText(word.bytes, charset: word.charset)
      // A line break in a header's text would begin another header.
      out.bytes += plain.bytes.map { $0 < 0x20 ? 0x20 : $0 }
      out.unread += plain.unread
      pending = nil
    }
    while at < text.endIndex {
      if text[at] == 0x3D, let word = word(text, at) {
        if pending?.charset != word.charset { flush() }
        pending = (word.charset, (pending?.bytes ?? []) + word.bytes)
        at = word.next
        // Blanks behind a word belong to the text only when no word follows.
        var next = at
        while next < text.endIndex, [0x20, 0x09, 0x0A, 0x0D].contains(text[next]) { next += 1 }
        if next < text.endIndex, text[next] == 0x3D, self.word(text, next) != nil { at = next }
        continue
      }
      flush()
      out.bytes.append(text[at])
      at += 1
    }
    flush()
    return out
  }

  /// True when `text` may hold such a word.
  package static func mayStand(in text: ArraySlice<UInt8>) -> Bool {
    var at = text.startIndex
    while let mark = text[at...].firstIndex(of: 0x3D) {
      if mark + 1 < text.endIndex, text[mark + 1] == 0x3F { return true }
      at = mark + 1
    }
    return false
  }

  private static func word(_ text: ArraySlice<UInt8>, _ start: Int)
    -> (charset: String, bytes: [UInt8], next: Int)?
  {
    guard start + 1 < text.endIndex, text[start + 1] == 0x3F else { return nil }
    let rest = text[(start + 2)...].prefix(64)
    guard let first = rest.firstIndex(of: 0x3F), first > start + 2, first + 2 < text.endIndex,
      text[first + 2] == 0x3F
    else { return nil }
    let letter = text[first + 1] | 0x20
    guard letter == 0x62 || letter == 0x71 else { return nil }
    var end = first + 3
    while end + 1 < text.endIndex, !(text[end] == 0x3F && text[end + 1] == 0x3D) {
      if text[end] == 0x0A, end - start > 4_096 { return nil }
      end += 1
    }
    guard end + 1 < text.endIndex else { return nil }
    // RFC 2231 adds a language behind a star.
    let name = String(decoding: text[(start + 2)..<first].prefix { $0 != 0x2A }, as: UTF8.self)
    let coded = text[(first + 3)..<end]
    return (
      name.lowercased(),
      letter == 0x62 ? Base64.decode(coded) : QuotedPrintable.decode(coded, isWord: true),
      end + 2
    )
  }
}
