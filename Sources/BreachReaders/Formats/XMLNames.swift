internal import BreachBytes
internal import BreachModel

/// What the elements of a document are called as columns, and which of them are records.
///
/// A column is the path of its element, without namespaces. Elements that only say "a field" or "an
/// entry" are called by their attribute `name` or `key`, or not at all; the elements of a property
/// list by the `<key>` before them.
struct XMLNames: ~Copyable {
  /// An element that the text stands in.
  struct Frame {
    var node: Int
    /// Of the element's name.
    var digest: UInt64 = 0
    var kind = Kind.plain
    var isRecord = false
    /// The node of the last child.
    var lastChild = -1
    /// The node that `<key>` named, -1 when none did.
    var keyed = -1
    /// Children that are cells, so far.
    var cells = 0
    /// The table of the rows among the children, -1 before the first.
    var table = -1
    /// Values given of a cell.
    var values = 0

    /// Around all elements stands the text itself.
    static let document = Frame(node: 0)
  }

  enum Kind: UInt8 {
    case plain
    /// Called by an attribute.
    case named
    /// A property list's `<dict>`, and a `<key>` in it.
    case dict, key
    /// Its children are cells, whatever they are called.
    case row
    /// A cell, and what is in it.
    case cell
  }

  /// What the name of an element says of it; found once per node.
  private struct Traits: OptionSet {
    let rawValue: UInt8
    static let isRecord = Traits(rawValue: 1)
    static let isRow = Traits(rawValue: 2)
    static let isField = Traits(rawValue: 4)
    static let isEntry = Traits(rawValue: 8)
    static let isDict = Traits(rawValue: 16)
    static let isKey = Traits(rawValue: 32)
    static let isCell = Traits(rawValue: 64)
    static let isSeen = Traits(rawValue: 128)
  }

  private let dialect: XMLDialect
  var paths: JSONPaths
  private var traits: [Traits] = []

  /// Called by their `name` or `key`.
  private static let fields: [StaticString] = [
    "field", "column", "col", "property", "prop", "attribute", "attr", "param", "parameter", "str",
    "int", "long", "float", "double", "date", "bool", "boolean", "string", "integer", "arr", "var",
    "data", "simpledata", "entry", "value", "table", "table_data", "item", "meta",
    "attributevalue",
  ]
  /// Say no more than that there is one.
  private static let entries: [StaticString] = [
    "item", "row", "record", "entry", "element", "dict", "array",
  ]
  private static let cellNames: [StaticString] = ["cell", "td", "th", "table-cell"]

  init(_ dialect: XMLDialect, columns: [String]) {
    self.dialect = dialect
    paths = JSONPaths(columns)
  }

  /// The element that begins with `tag` in `parent`.
  @inline(__always)
  mutating func enter(
    _ text: Span<UInt8>,
    _ tag: Markup.Tag,
    in parent: inout Frame
  ) -> Frame {
    let digest = Markup.digest(text, tag.name)
    let named = paths.child(
      of: parent.node,
      after: parent.lastChild,
      key: text,
      tag.localName
    )
    parent.lastChild = named
    if named >= traits.count { learn(named, text, tag.localName) }
    var frame = Frame(node: named, digest: digest)
    if parent.kind == .row || parent.kind == .cell {
      frame.kind = .cell
      frame.node = parent.node
      return frame
    }
    let own = traits[named]
    // Most names say what they mean.
    if own.rawValue & ~(Traits.isSeen.rawValue | Traits.isRecord.rawValue) != 0
      || parent.kind != .plain
    {
      special(text, tag, own, &parent, &frame)
    }
    frame.isRecord = traits[frame.node].contains(.isRecord)
    if traits[frame.node].contains(.isRow) {
      frame.kind = .row
      frame.isRecord = true
    }
    return frame
  }

  @inline(never)
  private mutating func special(
    _ text: Span<UInt8>,
    _ tag: Markup.Tag,
    _ own: Traits,
    _ parent: inout Frame,
    _ frame: inout Frame
  ) {
    defer { if frame.node >= traits.count { learn(frame.node, text, tag.localName) } }
    if own.contains(.isDict) { frame.kind = .dict }
    if parent.kind == .dict {
      if own.contains(.isKey) {
        frame.kind = .key
        return
      }
      if parent.keyed >= 0 {
        frame.node = parent.keyed
        return
      }
    }
    if own.contains(.isField), let name = label(text, tag) {
      frame.node = paths.child(of: parent.node, after: -1, key: text, name)
      frame.kind = .named
    } else if own.contains(.isField) && parent.kind == .named {
      // <field name="tel"><value>…</value></field>
      frame.node = parent.node
      frame.kind = .named
    } else if own.contains(.isEntry) && parent.node != paths.root {
      frame.node = paths.element(of: parent.node)
    }
  }

  /// The value of the attribute that says what a field is called.
  private func label(_ text: Span<UInt8>, _ tag: Markup.Tag) -> Range<Int>? {
    var at = tag.attributes.lowerBound
    while let attribute = MarkupAttribute.next(text, &at, tag.attributes.upperBound) {
      if isLabel(text, attribute) && !attribute.value.isEmpty { return attribute.value }
    }
    return nil
  }

  func isLabel(_ text: Span<UInt8>, _ attribute: MarkupAttribute) -> Bool {
    let name = attribute.localName(text)
    return Markup.equals(text, name, "name") || Markup.equals(text, name, "key")
  }

  private mutating func learn(_ node: Int, _ text: Span<UInt8>, _ name: Range<Int>) {
    for number in traits.count...node {
      var found = Traits.isSeen
      let path = paths.path(of: number)
      if dialect.records.contains(path) { found.insert(.isRecord) }
      if dialect.rows.contains(path) { found.insert(.isRow) }
      if number == node {
        for word in Self.fields where Markup.equals(text, name, word) { found.insert(.isField) }
        for word in Self.entries where Markup.equals(text, name, word) { found.insert(.isEntry) }
        for word in Self.cellNames where Markup.equals(text, name, word) { found.insert(.isCell) }
        if Markup.equals(text, name, "dict") { found.insert(.isDict) }
        if Markup.equals(text, name, "key") { found.insert(.isKey) }
      }
      traits.append(found)
    }
  }

  /// The element is called as the cells of tables are.
  func isCell(_ child: Int) -> Bool { traits[child].contains(.isCell) }
}
