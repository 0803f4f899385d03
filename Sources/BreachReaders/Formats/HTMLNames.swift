/// Elements of HTML, told by their names in whatever letters.
enum HTMLNames {
  /// What an element does to the text around it.
  enum Kind: UInt8 {
    /// Part of the line that it stands in.
    case inline
    /// Ends the line.
    case block
    case table, row, cell, head, section
    case list, term, value
    case form, input
    /// Its content is no HTML.
    case script, style
  }

  private static let inline: [StaticString] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "em", "font",
    "i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "rb", "rp", "rt", "ruby", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
  ]
  private static let others: [(StaticString, Kind)] = [
    ("table", .table), ("tr", .row), ("td", .cell), ("th", .head), ("thead", .section),
    ("tbody", .section), ("tfoot", .section), ("dl", .list), ("dt", .term), ("dd", .value),
    ("form", .form), ("input", .input), ("script", .script), ("style", .style),
  ]
  private static let blocks: [StaticString] = [
    "html", "head", "body", "title", "meta", "link", "base", "div", "p", "br", "hr", "h1", "h2",
    "h3", "h4", "h5", "h6", "ul", "ol", "li", "pre", "address", "article", "aside",
    "section", "nav", "header", "footer", "main", "figure", "caption", "col",
    "fieldset", "legend", "select", "option", "textarea", "button",
    "noscript", "iframe", "center", "menu", "details", "summary", "template", "svg", "path",
  ]
  /// Those that a page without a head begins with.
  private static let opening: [StaticString] = [
    "head", "body", "table", "form", "div", "ul", "ol", "dl", "section", "article", "main",
    "center", "h1", "h2", "h3", "h4", "h5", "h6", "p", "nav", "header", "footer", "pre", "style",
    "script", "meta", "title", "fieldset", "tbody", "tr",
  ]

  private static let kinds: [UInt64: Kind] = {
    var kinds: [UInt64: Kind] = [:]
    for name in blocks { kinds[key(name)] = .block }
    for name in inline { kinds[key(name)] = .inline }
    for (name, kind) in others { kinds[key(name)] = kind }
    return kinds
  }()

  /// The names are short: their bytes are their number.
  private static func key(_ name: StaticString) -> UInt64 {
    String(describing: name).utf8.reduce(0) { $0 << 8 | UInt64($1) }
  }

  static func kind(_ text: Span<UInt8>, _ name: Range<Int>) -> Kind {
    known(text, name) ?? .block
  }

  /// The same; nil when HTML has no such element.
  static func known(_ text: Span<UInt8>, _ name: Range<Int>) -> Kind? {
    guard name.count <= 8 else { return nil }
    var key: UInt64 = 0
    for at in name {
      let byte = text[at]
      key = key << 8 | UInt64((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
    }
    return kinds[key]
  }

  /// All names of HTML are of ASCII; others are text between brackets.
  static func isName(_ text: Span<UInt8>, _ name: Range<Int>) -> Bool {
    for at in name where text[at] >= 0x80 { return false }
    return true
  }

  static func isInline(_ text: Span<UInt8>, _ name: Range<Int>) -> Bool {
    kind(text, name) == .inline
  }

  /// A page without a head may begin with it.
  static func opens(_ name: String) -> Bool {
    opening.contains { String(describing: $0) == name }
  }
}
