/// A node together with its file, read as a type; every complaint names file, line and column.
package struct PatternValue: Sendable, Hashable {
  package var path: String
  package var node: PatternNode

  package init(_ node: PatternNode, in path: String) {
    self.node = node
    self.path = path
  }

  /// The root of a file.
  package init(_ file: PatternFile) { self.init(file.root, in: file.path) }

  /// A complaint about this very node.
  package func error(_ message: String) -> PatternError {
    PatternError(path: path, place: node.place, message: message)
  }

  /// The scalar's text as written, without quotes.
  package func text() throws(PatternError) -> String {
    guard case .scalar(let text) = node.content else {
      throw error("expected a text, found a \(kind)")
    }
    return text
  }

  /// A text that is not empty.
  package func nonEmptyText() throws(PatternError) -> String {
    let text = try text()
    guard !text.isEmpty else { throw error("expected a text, found nothing") }
    return text
  }

  /// A whole number in decimal digits with an optional minus sign; `1_000` is accepted.
  package func int() throws(PatternError) -> Int {
    let text = try text()
    guard let number = Int(text.filter { $0 != "_" }), !text.hasPrefix("_") else {
      throw error("expected a whole number, found \"\(text)\"")
    }
    return number
  }

  /// A number in decimal notation.
  package func double() throws(PatternError) -> Double {
    let text = try text()
    guard let number = Double(text), number.isFinite else {
      throw error("expected a number, found \"\(text)\"")
    }
    return number
  }

  /// `true`/`yes` or `false`/`no`; nothing else.
  package func bool() throws(PatternError) -> Bool {
    let text = try text()
    switch text {
    case "true", "yes": return true
    case "false", "no": return false
    default: throw error("expected yes or no, found \"\(text)\"")
    }
  }

  /// One of the listed words.
  package func choice(_ allowed: [String]) throws(PatternError) -> String {
    let text = try text()
    guard allowed.contains(text) else {
      throw error("\"\(text)\" is not one of: \(allowed.joined(separator: ", "))")
    }
    return text
  }

  /// A day written `YYYY-MM-DD` that exists in the calendar.
  package func date() throws(PatternError) -> CivilDate {
    let text = try text()
    guard let date = CivilDate(text) else {
      throw error("\"\(text)\" is not a day of the form YYYY-MM-DD that exists")
    }
    return date
  }

  /// The id of a data type.
  package func dataType() throws(PatternError) -> DataType {
    let text = try text()
    guard let type = DataType(id: text) else { throw error("unknown data type \"\(text)\"") }
    return type
  }

  /// A text in both languages, written `{ja: …, en: …}`.
  package func localized() throws(PatternError) -> LocalizedText {
    let both = try mapping(keys: ["ja", "en"])
    return LocalizedText(
      ja: try both.required("ja").nonEmptyText(),
      en: try both.required("en").nonEmptyText()
    )
  }

  /// The elements of a sequence.
  package func list() throws(PatternError) -> [PatternValue] {
    try nodes().map { PatternValue($0, in: path) }
  }

  private func nodes() throws(PatternError) -> [PatternNode] {
    guard case .sequence(let nodes) = node.content else {
      throw error("expected a list, found a \(kind)")
    }
    return nodes
  }

  /// The elements of a sequence, or the node itself when it is not one.
  package func listOrOne() throws(PatternError) -> [PatternValue] {
    if case .sequence = node.content { return try list() }
    return [self]
  }

  /// The texts of a sequence.
  package func texts() throws(PatternError) -> [String] {
    let nodes = try nodes()
    var texts: [String] = []
    texts.reserveCapacity(nodes.count)
    for node in nodes { texts.append(try PatternValue(node, in: path).nonEmptyText()) }
    return texts
  }

  /// A mapping whose keys are all known; the first unknown key is an error at its own place.
  package func mapping(keys: [String]) throws(PatternError) -> PatternFields {
    let fields = try anyMapping()
    for entry in fields.entries where !keys.contains(entry.key) {
      throw PatternError(
        path: path,
        place: entry.keyPlace,
        message: "unknown key \"\(entry.key)\"; known here: \(keys.joined(separator: ", "))"
      )
    }
    return fields
  }

  /// A mapping whose keys are names that the writer chose.
  package func anyMapping() throws(PatternError) -> PatternFields {
    guard case .mapping(let entries) = node.content else {
      throw error("expected a mapping, found a \(kind)")
    }
    return PatternFields(path: path, place: node.place, entries: entries)
  }

  private var kind: String {
    switch node.content {
    case .scalar: "text"
    case .sequence: "list"
    case .mapping: "mapping"
    }
  }
}

/// The entries of one mapping, looked up by key and read as types.
package struct PatternFields: Sendable, Hashable {
  package var path: String
  package var place: PatternNode.Place
  /// In document order.
  package var entries: [PatternNode.Entry]

  package init(path: String, place: PatternNode.Place, entries: [PatternNode.Entry]) {
    self.path = path
    self.place = place
    self.entries = entries
  }

  /// The value of a key, nil when the key is absent.
  package func optional(_ key: String) -> PatternValue? {
    entries.first { $0.key == key }.map { PatternValue($0.value, in: path) }
  }

  /// The value of a key that must be there.
  package func required(_ key: String) throws(PatternError) -> PatternValue {
    guard let value = optional(key) else {
      throw PatternError(path: path, place: place, message: "missing key \"\(key)\"")
    }
    return value
  }

  /// The text of a key that must be there and not be empty.
  package func string(_ key: String) throws(PatternError) -> String {
    try required(key).nonEmptyText()
  }

  /// The text of a key, nil when the key is absent.
  package func optionalString(_ key: String) throws(PatternError) -> String? {
    try optional(key)?.nonEmptyText()
  }

  /// The whole number of a key that must be there.
  package func int(_ key: String) throws(PatternError) -> Int { try required(key).int() }

  /// The whole number of a key, nil when the key is absent.
  package func optionalInt(_ key: String) throws(PatternError) -> Int? { try optional(key)?.int() }

  /// The yes or no of a key, or what holds when it is absent.
  package func bool(_ key: String, otherwise: Bool) throws(PatternError) -> Bool {
    try optional(key)?.bool() ?? otherwise
  }

  /// The elements of a key's list; empty when the key is absent.
  package func list(_ key: String) throws(PatternError) -> [PatternValue] {
    try optional(key)?.list() ?? []
  }

  /// The texts of a key's list; empty when the key is absent.
  package func strings(_ key: String) throws(PatternError) -> [String] {
    try optional(key)?.texts() ?? []
  }

  /// The text in both languages of a key that must be there.
  package func localized(_ key: String) throws(PatternError) -> LocalizedText {
    try required(key).localized()
  }
}
