package import BreachModel

/// Reads one YAML document into a tree of texts with places.
///
/// Stricter than YAML: one document, no anchors or aliases (they hide what a pack says, and grow
/// without bound), keys are plain texts and unique, and no scalar is anything but text.
package enum YAMLReader {
  /// Longest text that is read, in bytes.
  package static let sizeLimit = 1 << 20
  /// Most sequences and mappings inside one another.
  package static let depthLimit = 64

  /// The tree of a text; a text of comments alone is an empty mapping.
  package static func read(_ text: String, path: String) throws(PatternError) -> PatternNode {
    guard text.utf8.count <= sizeLimit else {
      throw PatternError(
        path: path,
        place: nil,
        message: "longer than \(sizeLimit) bytes; split the file"
      )
    }
    // SAFETY: the events end with the closure, the bytes after it.
    return try unsafe Array(text.utf8).withUnsafeBufferPointer { bytes throws(PatternError) in
      var tree = YAMLTree(events: unsafe YAMLEvents(bytes, path: path), path: path)
      return try tree.document()
    }
  }
}

/// A document's tree as its events come.
private struct YAMLTree: ~Copyable {
  var events: YAMLEvents
  let path: String
  var depth = 0

  init(events: consuming YAMLEvents, path: String) {
    self.events = events
    self.path = path
  }

  mutating func document() throws(PatternError) -> PatternNode {
    guard case .document = try events.next() else {
      return PatternNode(.mapping([]), at: PatternNode.Place(line: 1, column: 1))
    }
    let root = try node(try events.next())
    guard case .stream = try events.next() else {
      throw refusal("a second document begins here; a file holds one")
    }
    return root
  }

  private mutating func node(_ event: YAMLEvents.Event) throws(PatternError) -> PatternNode {
    let place = events.place
    try checkAnchor(event)
    depth += 1
    defer { depth -= 1 }
    guard depth <= YAMLReader.depthLimit else {
      throw refusal("more than \(YAMLReader.depthLimit) lists and mappings inside one another")
    }
    switch event {
    case .scalar(let text): return PatternNode(.scalar(text), at: place)
    case .mapping: return PatternNode(.mapping(try entries()), at: place)
    default: return PatternNode(.sequence(try values()), at: place)
    }
  }

  /// The elements of a sequence, to its end.
  private mutating func values() throws(PatternError) -> [PatternNode] {
    var values: [PatternNode] = []
    while true {
      let event = try events.next()
      if case .end = event { return values }
      values.append(try node(event))
    }
  }

  /// The keys and values of a mapping, to its end.
  private mutating func entries() throws(PatternError) -> [PatternNode.Entry] {
    var entries: [PatternNode.Entry] = []
    var seen: Set<String> = []
    while true {
      let event = try events.next()
      if case .end = event { return entries }
      try checkAnchor(event)
      guard case .scalar(let key) = event else { throw refusal("a key must be a text") }
      guard seen.insert(key).inserted else { throw refusal("the key \"\(key)\" is written twice") }
      let place = events.place
      let value = try node(try events.next())
      entries.append(PatternNode.Entry(key: key, keyPlace: place, value: value))
    }
  }

  private func checkAnchor(_ event: YAMLEvents.Event) throws(PatternError) {
    if case .alias = event {
      throw refusal("anchors and aliases are not allowed; write it out")
    }
    if events.isAnchored { throw refusal("anchors and aliases are not allowed; write it out") }
  }

  /// The error at the last event.
  private func refusal(_ message: String) -> PatternError {
    PatternError(path: path, place: events.place, message: message)
  }
}
