/// Tells whether the plain text of a mail says nothing that its HTML does not say.
///
/// Programs write both from one source. Compared are letters and digits, line by line, so that breaks,
/// marks and colours do not matter; what a link leads to counts as said.
package struct MailAlternatives {
  /// Letters and digits of what is shown, and of all that stands in the document.
  private let shown: [UInt8]
  private let written: [UInt8]

  /// Lines that are not found before the two are called different; it bounds the work.
  private static let mostMissing = 1

  /// `html` in UTF-8.
  package init(html: [UInt8]) {
    let plain = Self.unescaped(html)
    shown = Self.squeezed(Self.withoutTags(html))
    written = Self.squeezed(plain[...])
  }

  /// True when every line of `text`, in UTF-8, stands in the document.
  package func cover(_ text: [UInt8]) -> Bool {
    var missing = 0
    var from = 0
    for line in text.split(whereSeparator: { $0 == 0x0A || $0 == 0x3C || $0 == 0x3E }) {
      let word = Self.squeezed(line)
      if word.isEmpty { continue }
      if let end = Self.find(word, in: shown, from: from) {
        from = end
      } else if let end = Self.find(word, in: shown, from: 0) {
        from = end
      } else if Self.find(word, in: written, from: 0) == nil {
        missing += 1
        if missing >= Self.mostMissing { return false }
      }
    }
    return true
  }

  private static func find(_ word: [UInt8], in text: [UInt8], from start: Int) -> Int? {
    guard word.count <= text.count else { return nil }
    var at = start
    let last = text.count - word.count
    while at <= last {
      if text[at] == word[0] {
        var same = 1
        while same < word.count, text[at + same] == word[same] { same += 1 }
        if same == word.count { return at + same }
      }
      at += 1
    }
    return nil
  }

  /// Without blanks and marks of ASCII, and without blanks beyond it.
  private static func squeezed(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    var at = text.startIndex
    while at < text.endIndex {
      let byte = text[at]
      if byte == 0xC2, at + 1 < text.endIndex, text[at + 1] == 0xA0 {
        at += 2
      } else if byte == 0xE3, at + 2 < text.endIndex, text[at + 1] == 0x80, text[at + 2] == 0x80 {
        at += 3
      } else {
        let isLetter = byte >= 0x80 || (0x61...0x7A).contains(byte | 0x20)
        if isLetter || (0x30...0x39).contains(byte) { out.append(byte) }
        at += 1
      }
    }
    return out
  }

  private static func withoutTags(_ html: [UInt8]) -> ArraySlice<UInt8> {
    var out: [UInt8] = []
    var isTag = false
    for byte in html {
      if byte == 0x3C {
        isTag = true
      } else if byte == 0x3E {
        isTag = false
      } else if !isTag {
        out.append(byte)
      }
    }
    return unescaped(out)[...]
  }

  /// With the character references that numbers or the five names write.
  private static func unescaped(_ html: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(html.count)
    var at = 0
    while at < html.count {
      if html[at] == 0x26, let end = html[at...].prefix(12).firstIndex(of: 0x3B),
        let text = character(String(decoding: html[(at + 1)..<end], as: UTF8.self))
      {
        out += Array(text.utf8)
        at = end + 1
      } else {
        out.append(html[at])
        at += 1
      }
    }
    return out
  }

  private static func character(_ name: String) -> String? {
    switch name {
    case "amp": "&"
    case "lt", "gt", "quot", "nbsp": " "
    case _ where name.hasPrefix("#x"):
      UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init).map { String($0) }
    case _ where name.hasPrefix("#"):
      UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init).map { String($0) }
    default: nil
    }
  }
}
