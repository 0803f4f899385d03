internal import BreachBytes

/// What stretches of XML and HTML stand for.
enum MarkupText {
  /// Bytes of the longest reference, `&#x0010FFFF;` or a name.
  private static let longestReference = 12

  /// Appends the text of `range`: references resolved, comments and tags left out, those of HTML
  /// that break lines replaced by a line end.
  ///
  /// References to entities that a document defines are left as they are: nothing is expanded.
  /// `marks`, unless nil, gets where in `out` a stretch of the text begins, and where it came from.
  static func append(
    _ text: Span<UInt8>,
    _ range: Range<Int>,
    isHTML: Bool,
    to out: inout [UInt8],
    marks: inout [(place: Int, origin: Int)]?
  ) {
    let start = out.count
    var at = range.lowerBound
    var isMarked = false
    while at < range.upperBound {
      var next = at + 1
      switch text[at] {
      case 0x26:
        if let (scalar, end) = reference(text, at, range.upperBound) {
          marks?.append((out.count, at))
          out.append(contentsOf: String(scalar).utf8)
          next = end
          isMarked = false
          at = next
          continue
        }
      case 0x3C:
        if let (end, isBreak) = markup(text, at, range.upperBound, isHTML: isHTML, to: &out) {
          // Line ends inside a tag stay, so that lines can be counted.
          let lines = isHTML ? count(0x0A, in: text, at..<end) : 0
          let isNew = isBreak && out.count > start && out.last != 0x0A
          for _ in 0..<max(lines, isNew ? 1 : 0) { out.append(0x0A) }
          at = end
          isMarked = false
          continue
        }
      default: break
      }
      if !isMarked { marks?.append((out.count, at)) }
      isMarked = true
      while next < range.upperBound, text[next] != 0x26, text[next] != 0x3C { next += 1 }
      out.append(addingCapacity: next - at) { space in
        for index in at..<next { space.append(text[index]) }
      }
      at = next
    }
    if !isHTML { return }
    while out.count > start, let last = out.last, last <= 0x20 { out.removeLast() }
    while let last = marks?.last, last.place > out.count { marks?.removeLast() }
  }

  /// What of a tag, comment or CDATA section is passed over; nil when there is none.
  private static func markup(
    _ text: Span<UInt8>,
    _ at: Int,
    _ end: Int,
    isHTML: Bool,
    to out: inout [UInt8]
  ) -> (end: Int, isBreak: Bool)? {
    let tag = Markup.tag(text.extracting(0..<end), at, atEnd: true)
    switch tag.kind {
    case .open, .close:
      if isHTML && !HTMLNames.isName(text, tag.name) { return nil }
      return (tag.end, isHTML && !HTMLNames.isInline(text, tag.name))
    case .comment: return self.end(text, tag.end, end, (0x2D, 0x2D, 0x3E)).map { ($0, false) }
    case .instruction, .declaration:
      var stop = tag.end
      while stop < end, text[stop] != 0x3E { stop += 1 }
      return stop < end ? (stop + 1, false) : nil
    case .cdata:
      let stop = self.end(text, tag.end, end, (0x5D, 0x5D, 0x3E)) ?? end
      for index in tag.end..<max(tag.end, stop - 3) { out.append(text[index]) }
      return (stop, false)
    case .text, .cut: return nil
    }
  }

  /// Behind the first such three bytes; nil when there are none.
  static func end(
    _ text: Span<UInt8>,
    _ from: Int,
    _ limit: Int,
    _ closing: (UInt8, UInt8, UInt8)
  ) -> Int? {
    var at = from + 2
    while at < limit {
      if text[at] == closing.2, text[at - 1] == closing.1, text[at - 2] == closing.0 {
        return at + 1
      }
      at += 1
    }
    return nil
  }

  // MARK: references

  /// The character that a reference at `at` stands for, and where the reference ends.
  static func reference(
    _ text: Span<UInt8>,
    _ at: Int,
    _ limit: Int
  ) -> (Unicode.Scalar, end: Int)? {
    let limit = min(limit, at + longestReference)
    var end = at + 1
    while end < limit, text[end] != 0x3B { end += 1 }
    guard end < limit, end > at + 1 else { return nil }
    if text[at + 1] == 0x23 {
      let isHex = text[at + 2] | 0x20 == 0x78
      let digits = at + (isHex ? 3 : 2)..<end
      guard let number = number(text, digits, radix: isHex ? 16 : 10),
        let scalar = Unicode.Scalar(number), number != 0
      else { return nil }
      return (scalar, end + 1)
    }
    var name: UInt64 = 0
    guard end - at - 1 <= 8 else { return nil }
    for index in at + 1..<end { name = name << 8 | UInt64(text[index]) }
    return named[name].map { ($0, end + 1) }
  }

  private static func number(_ text: Span<UInt8>, _ range: Range<Int>, radix: UInt32) -> UInt32? {
    guard !range.isEmpty, range.count <= 9 else { return nil }
    var number: UInt32 = 0
    for at in range {
      let digit: UInt32
      switch text[at] {
      case 0x30...0x39: digit = UInt32(text[at] - 0x30)
      case 0x41...0x46 where radix == 16: digit = UInt32(text[at] - 0x37)
      case 0x61...0x66 where radix == 16: digit = UInt32(text[at] - 0x57)
      default: return nil
      }
      guard number <= 0x10_FFFF else { return nil }
      number = number * radix + digit
    }
    return number
  }

  /// The entities that are known, by the bytes of their name.
  ///
  /// The five of XML, those of ISO 8859-1 in their order from U+00A0 (HTML 4.01 §24.2), and marks
  /// that editors put in.
  private static let named: [UInt64: Unicode.Scalar] = {
    let latin = """
      nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn \
      sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave \
      Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml \
      ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN \
      szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave \
      iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute \
      ucirc uuml yacute thorn yuml
      """
    var named: [UInt64: Unicode.Scalar] = [:]
    func add(_ name: some StringProtocol, _ scalar: Unicode.Scalar?) {
      named[name.utf8.reduce(0) { $0 << 8 | UInt64($1) }] = scalar
    }
    for (number, name) in latin.split(separator: " ").enumerated() {
      add(name, Unicode.Scalar(UInt32(0xA0 + number)))
    }
    let others: [(String, Unicode.Scalar)] = [
      ("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"), ("ndash", "–"),
      ("mdash", "—"), ("lsquo", "‘"), ("rsquo", "’"), ("ldquo", "“"), ("rdquo", "”"), ("bull", "•"),
      ("hellip", "…"), ("euro", "€"), ("trade", "™"), ("ensp", "\u{2002}"), ("emsp", "\u{2003}"),
      ("thinsp", "\u{2009}"), ("zwnj", "\u{200C}"), ("zwj", "\u{200D}"), ("commat", "@"),
      ("period", "."), ("colon", ":"), ("hyphen", "-"), ("lpar", "("), ("rpar", ")"), ("sol", "/"),
      ("num", "#"), ("plus", "+"), ("Tab", "\t"), ("NewLine", "\n"),
    ]
    for (name, scalar) in others { add(name, scalar) }
    return named
  }()
}
