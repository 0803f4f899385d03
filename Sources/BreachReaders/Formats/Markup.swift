/// The tokens of XML and HTML.
enum Markup {
  /// A tag that is longer is text.
  static let longestTag = 64 << 10

  /// What a `<` begins.
  enum Kind {
    case open, close, comment, cdata, instruction, declaration
    /// No markup.
    case text
    /// The text ends before that is known.
    case cut
  }

  /// A token; of all but tags only the kind and where its content begins, `end`.
  struct Tag {
    var kind: Kind
    var name = 0..<0
    /// Where the local name begins, behind the namespace's prefix.
    var local = 0
    /// Between the name and the bracket.
    var attributes = 0..<0
    var end = 0
    /// It begins and ends: `<br/>`.
    var isEmpty = false
    var lines = 0

    var localName: Range<Int> { local..<name.upperBound }
  }

  /// What begins at `at`, where a `<` stands.
  @inline(__always)
  static func tag(_ text: Span<UInt8>, _ at: Int, atEnd: Bool) -> Tag {
    guard at + 1 < text.count else { return Tag(kind: atEnd ? .text : .cut) }
    switch text[at + 1] {
    case 0x21: return declaration(text, at, atEnd: atEnd)
    case 0x3F: return Tag(kind: .instruction, end: at + 2)
    case 0x2F: return named(text, at, from: at + 2, .close, atEnd: atEnd)
    case let byte where startsName(byte): return named(text, at, from: at + 1, .open, atEnd: atEnd)
    default: return Tag(kind: .text)
    }
  }

  private static func declaration(_ text: Span<UInt8>, _ at: Int, atEnd: Bool) -> Tag {
    for (opening, kind) in [("<!--", Kind.comment), ("<![CDATA[", .cdata)] {
      var next = at
      for byte in opening.utf8 {
        guard next < text.count else { return Tag(kind: atEnd ? .text : .cut) }
        guard text[next] == byte else { break }
        next += 1
      }
      if next - at == opening.utf8.count { return Tag(kind: kind, end: next) }
    }
    guard at + 2 < text.count else { return Tag(kind: atEnd ? .text : .cut) }
    let isWord = text[at + 2] | 0x20 >= 0x61 && text[at + 2] | 0x20 <= 0x7A || text[at + 2] == 0x5B
    return Tag(kind: isWord ? .declaration : .text, end: at + 2)
  }

  @inline(__always)
  private static func named(
    _ text: Span<UInt8>,
    _ start: Int,
    from: Int,
    _ kind: Kind,
    atEnd: Bool
  ) -> Tag {
    let limit = min(text.count, start + longestTag)
    let missing: Kind = limit == text.count && !atEnd && limit < start + longestTag ? .cut : .text
    var tag = Tag(kind: kind, local: from)
    var at = from
    while at < limit, isName(text[at]) {
      if text[at] == 0x3A { tag.local = at + 1 }
      at += 1
    }
    guard at < limit else { return Tag(kind: missing) }
    guard at > tag.local else { return Tag(kind: .text) }
    tag.name = from..<at
    tag.attributes = at..<at
    if text[at] == 0x3E {
      tag.end = at + 1
      return tag
    }
    // An address in brackets is no tag.
    guard text[at] <= 0x20 || text[at] == 0x2F else { return Tag(kind: .text) }
    return withAttributes(text, tag, limit, missing)
  }

  /// Looks for the bracket; a `<` outside quotes says that there is none.
  private static func withAttributes(
    _ text: Span<UInt8>,
    _ head: Tag,
    _ limit: Int,
    _ missing: Kind
  ) -> Tag {
    var tag = head
    var at = head.name.upperBound
    var quote: UInt8 = 0
    var last: UInt8 = 0
    while at < limit {
      let byte = text[at]
      if byte == 0x0A { tag.lines += 1 }
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == 0x3E {
        tag.isEmpty = last == 0x2F
        tag.attributes = head.name.upperBound..<(tag.isEmpty ? slash(text, at) : at)
        tag.end = at + 1
        return tag
      } else if byte == 0x3C {
        return Tag(kind: .text)
      } else if (byte == 0x22 || byte == 0x27) && last == 0x3D {
        quote = byte
      }
      if byte > 0x20 { last = byte }
      at += 1
    }
    return Tag(kind: missing)
  }

  private static func slash(_ text: Span<UInt8>, _ end: Int) -> Int {
    var at = end - 1
    while text[at] != 0x2F { at -= 1 }
    return at
  }

  static func startsName(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte == 0x5F || byte >= 0x80
  }

  @inline(__always)
  static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x61...0x7A, 0x41...0x5A, 0x30...0x3A, 0x5F, 0x2D, 0x2E, 0x80...0xFF: true
    default: false
    }
  }

  /// A name's digest, by which a closing tag finds its element.
  @inline(__always)
  static func digest(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for at in range { hash = (hash ^ UInt64(text[at])) &* 0x100_0000_01B3 }
    return hash
  }

  /// True when the bytes are `word`, which is in small letters, in whatever letters.
  static func equals(_ text: Span<UInt8>, _ range: Range<Int>, _ word: StaticString) -> Bool {
    guard range.count == word.utf8CodeUnitCount else { return false }
    return String(describing: word).utf8.enumerated().allSatisfy { offset, byte in
      let own = text[range.lowerBound + offset]
      return ((0x41...0x5A).contains(own) ? own | 0x20 : own) == byte
    }
  }

  /// `range` without blanks at both ends.
  @inline(__always)
  static func trim(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, text[start] <= 0x20 { start += 1 }
    while end > start, text[end - 1] <= 0x20 { end -= 1 }
    return start..<end
  }
}

/// One attribute of a tag, or what stands there instead.
struct MarkupAttribute {
  /// Empty where a word has no value.
  var name: Range<Int>
  var value: Range<Int>
  var hasEscape = false

  /// The next one at or behind `at`, which moves on; nil behind the last.
  @inline(__always)
  static func next(_ text: Span<UInt8>, _ at: inout Int, _ end: Int) -> MarkupAttribute? {
    while at < end, text[at] <= 0x20 { at += 1 }
    guard at < end else { return nil }
    let start = at
    while at < end, text[at] != 0x3D, text[at] > 0x20 { at += 1 }
    let word = start..<at
    var next = at
    while next < end, text[next] <= 0x20 { next += 1 }
    guard next < end, text[next] == 0x3D else {
      return MarkupAttribute(name: start..<start, value: word)
    }
    next += 1
    while next < end, text[next] <= 0x20 { next += 1 }
    let quote = next < end ? text[next] : 0
    let isQuoted = quote == 0x22 || quote == 0x27
    if isQuoted { next += 1 }
    var attribute = MarkupAttribute(name: word, value: next..<next)
    at = next
    while at < end, isQuoted ? text[at] != quote : text[at] > 0x20 {
      if text[at] == 0x26 { attribute.hasEscape = true }
      at += 1
    }
    attribute.value = next..<at
    if isQuoted && at < end { at += 1 }
    return attribute
  }

  /// Letters and nothing else, or too short to hold anything: how something looks, not what it is.
  func isWord(_ text: Span<UInt8>) -> Bool {
    if value.count < 6 { return true }
    for at in value where text[at] | 0x20 < 0x61 || text[at] | 0x20 > 0x7A { return false }
    return true
  }

  /// True when a link's value stands again in the text that begins at `from`: once is enough.
  ///
  /// Nil when the text ends before that is known.
  func isRepeated(_ text: Span<UInt8>, from: Int, atEnd: Bool) -> Bool? {
    var start = value.lowerBound
    for scheme in ["mailto:", "tel:"] where value.count > scheme.utf8.count {
      let end = value.lowerBound + scheme.utf8.count
      var at = value.lowerBound
      for byte in scheme.utf8 where text[at] == byte { at += 1 }
      if at == end { start = end }
    }
    guard start > value.lowerBound else { return false }
    var at = from
    for _ in 0..<2 {
      while at < text.count, text[at] <= 0x20 { at += 1 }
      guard at < text.count else { return atEnd ? false : nil }
      guard text[at] == 0x3C else { break }
      let tag = Markup.tag(text, at, atEnd: atEnd)
      if tag.kind == .cut { return nil }
      guard tag.kind == .open else { return false }
      at = tag.end
    }
    for byte in start..<value.upperBound {
      guard at < text.count else { return atEnd ? false : nil }
      guard text[at] == text[byte] else { return false }
      at += 1
    }
    return true
  }

  /// The name without the namespace's prefix.
  func localName(_ text: Span<UInt8>) -> Range<Int> {
    var start = name.lowerBound
    for at in name where text[at] == 0x3A && at + 1 < name.upperBound { start = at + 1 }
    return start..<name.upperBound
  }
}
