internal import BreachBytes
internal import BreachModel

/// What the beginning of a document shows: whether it is XML at all, and which elements repeat.
struct XMLProbe: ~Copyable {
  /// What is known of the elements with one path.
  private struct Element {
    var parent = -1
    var isSeen = false
    var repeats = false
    /// The parent's number when one was seen last.
    var lastParent = -1
    var hasText = false
    var hasAttributes = false
    var children: Set<Int> = []
    var isCell = false
  }

  private struct Open {
    var frame: XMLNames.Frame
    /// Elements are numbered as they come.
    var number: Int
  }

  private var names = XMLNames(XMLDialect(), columns: [])
  private var elements: [Element] = []
  private var open: [Open] = []
  private var begun = 0
  /// Elements that end as they should.
  private(set) var closed = 0
  /// Tags that close nothing, elements that are not closed, text outside the root.
  private(set) var flaws = 0
  /// Elements that are called as those of HTML.
  private(set) var ofHTML = 0
  /// The root's name in small letters.
  private(set) var root = ""

  /// Looks at `text`; elements deeper than 512 are not told apart.
  init(_ text: [UInt8], isWhole: Bool) {
    let text = text.span
    var at = 0
    while at < text.count {
      guard text[at] == 0x3C else {
        at = textRun(text, at)
        continue
      }
      let tag = Markup.tag(text, at, atEnd: true)
      switch tag.kind {
      case .comment:
        at = MarkupText.end(text, tag.end, text.count, (0x2D, 0x2D, 0x3E)) ?? text.count
      case .cdata:
        note { $0.hasText = true }
        at = MarkupText.end(text, tag.end, text.count, (0x5D, 0x5D, 0x3E)) ?? text.count
      case .instruction, .declaration:
        var scan = MarkupAside(tag.kind)
        at = tag.end
        while at < text.count, !scan.isOver { at = scan.take(text, at, text.count) }
      case .open:
        begin(text, tag)
        at = tag.end
      case .close:
        close(Markup.digest(text, tag.name))
        at = tag.end
      case .text, .cut:
        // A tag that the probe cuts off is no flaw.
        if isWhole || text.count - at > 4_096 { flaws += 1 }
        at = textRun(text, at)
      }
    }
    if isWhole { flaws += open.count }
  }

  private mutating func textRun(_ text: Span<UInt8>, _ start: Int) -> Int {
    var at = start + 1
    while at < text.count, text[at] != 0x3C { at += 1 }
    if !Markup.trim(text, start..<at).isEmpty {
      if open.isEmpty { flaws += 1 } else { note { $0.hasText = true } }
      if let top = open.last, top.frame.kind == .key, open.count > 1 {
        let key = names.paths.child(
          of: open[open.count - 2].frame.node,
          after: -1,
          key: text,
          Markup.trim(text, start..<at)
        )
        open[open.count - 2].frame.keyed = key
      }
    }
    return at
  }

  private mutating func note(_ change: (inout Element) -> Void) {
    guard let node = open.last?.frame.node, node < elements.count else { return }
    change(&elements[node])
  }

  private mutating func begin(_ text: Span<UInt8>, _ tag: Markup.Tag) {
    if root.isEmpty {
      for at in tag.localName { root.unicodeScalars.append(Unicode.Scalar(text[at])) }
      root = root.lowercased()
    }
    if HTMLNames.known(text, tag.name) != nil { ofHTML += 1 }
    begun += 1
    guard open.count < XMLFramer.deepest else { return }
    var document = XMLNames.Frame.document
    let parent = open.last?.frame.node ?? -1
    let frame =
      open.isEmpty
      ? names.enter(text, tag, in: &document)
      : names.enter(text, tag, in: &open[open.count - 1].frame)
    while elements.count < names.paths.count { elements.append(Element()) }
    let number = open.last?.number ?? -1
    var element = elements[frame.node]
    // Where a path has no room it is that of another element.
    if frame.node != parent {
      element.parent = parent
      if frame.kind != .key {
        if element.isSeen && element.lastParent == number && number >= 0 { element.repeats = true }
        element.isSeen = true
        element.lastParent = number
        if parent >= 0 { elements[parent].children.insert(frame.node) }
      }
    }
    var at = tag.attributes.lowerBound
    while let attribute = MarkupAttribute.next(text, &at, tag.attributes.upperBound) {
      if frame.kind == .named && names.isLabel(text, attribute) { continue }
      if text[attribute.name.lowerBound] == 0x78, isNamespace(text, attribute) { continue }
      element.hasAttributes = true
    }
    elements[frame.node] = element
    elements[frame.node].isCell = names.isCell(frame.node)
    if tag.isEmpty {
      closed += 1
    } else {
      open.append(Open(frame: frame, number: begun))
    }
  }

  private func isNamespace(_ text: Span<UInt8>, _ attribute: MarkupAttribute) -> Bool {
    attribute.name.count >= 5
      && Markup.equals(text, attribute.name.lowerBound..<attribute.name.lowerBound + 5, "xmlns")
  }

  private mutating func close(_ digest: UInt64) {
    guard let number = open.lastIndex(where: { $0.frame.digest == digest }) else {
      flaws += 1
      return
    }
    flaws += open.count - 1 - number
    open.removeSubrange(number...)
    closed += 1
  }

  // MARK: what it comes to

  /// Elements begun.
  var count: Int { begun }

  /// The elements that repeat inside one other: records when they hold anything but one text, rows
  /// when all that they hold is cells.
  var dialect: XMLDialect {
    var dialect = XMLDialect()
    for node in elements.indices where elements[node].isSeen {
      let path = names.paths.path(of: node)
      if isRow(node) {
        dialect.rows.append(path)
      } else if elements[node].repeats, isRecord(node) {
        dialect.records.append(path)
      }
      if dialect.rows.count + dialect.records.count >= Self.mostPaths { break }
    }
    return dialect
  }

  private static let mostPaths = 1_024

  private func isRow(_ node: Int) -> Bool {
    let element = elements[node]
    guard !element.children.isEmpty else { return false }
    if element.children.allSatisfy({ elements[$0].isCell }) { return true }
    guard element.repeats, element.children.count == 1, let cell = element.children.first else {
      return false
    }
    return elements[cell].repeats && elements[cell].children.isEmpty
      && !elements[cell].hasAttributes
  }

  private func isRecord(_ node: Int) -> Bool {
    let element = elements[node]
    if !element.children.isEmpty || !element.hasText { return true }
    // A list of nothing but texts: `<emails><email>…`; beside others they are one record's.
    guard element.parent >= 0, !isRow(element.parent) else { return false }
    let parent = elements[element.parent]
    return parent.children.count == 1 && !parent.hasText
      && !(parent.repeats && parent.hasAttributes)
  }
}
