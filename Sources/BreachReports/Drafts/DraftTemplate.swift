package import BreachModel

/// The text of one draft with places for facts; data, so that counsel can change it.
package struct DraftTemplate: Sendable, Hashable {
  /// The stable id, which is the name of its files too.
  package var id: String
  package var title: LocalizedText
  /// Toward whom; may hold places.
  var to: LocalizedText
  /// How it is filed.
  var note: LocalizedText
  /// Packs one of which has to be applied; empty: it is always drafted.
  var packs: [String]
  /// The duties that it fulfils; the first one that is due gives day and authority.
  var duties: [String]
  var cite: [String]
  var items: [Item]

  /// One numbered part.
  struct Item: Sendable, Hashable {
    var id: String
    var title: LocalizedText
    /// Written only where one of these types was found; nil: always.
    var found: TypeSet?
    /// Written only where none of these was; nil: always.
    var absent: TypeSet?
    /// Empty: the item consists of questions.
    var text: LocalizedText
    /// What no scan and no incident file can tell.
    var asks: [Ask]
  }
}

/// What people have to fill in, and who decides it.
package struct Ask: Sendable, Hashable {
  package var ask: LocalizedText
  package var who: LocalizedText
}

/// All drafts, with what they share.
package struct DraftLibrary: Sendable, Hashable {
  package private(set) var templates: [DraftTemplate] = []
  /// Fact → what is asked where it is not known.
  private(set) var asks: [String: Ask] = [:]
  /// Groups of types that texts name as one fact.
  private(set) var groups: [String: TypeSet] = [:]
  private var roles: [String: LocalizedText] = [:]

  private static let sharedPath = "drafts/asks.yaml"

  /// No drafts.
  package init() {}

  /// Reads the files below `drafts/`, in path order.
  ///
  /// - Throws: The first mistake: an unknown key, role, type or fact, or a fact that may be unknown and
  ///   that nobody is asked for.
  package init(_ files: [PatternFile]) throws(PatternError) {
    if let shared = files.first(where: { $0.path == Self.sharedPath }) { try readShared(shared) }
    for file in files where file.path != Self.sharedPath {
      for template in try read(file) {
        guard !templates.contains(where: { $0.id == template.id }) else {
          throw PatternValue(file).error("the draft \"\(template.id)\" is defined twice")
        }
        templates.append(template)
      }
    }
  }

  private mutating func readShared(_ file: PatternFile) throws(PatternError) {
    let root = try PatternValue(file).mapping(keys: ["schema", "roles", "asks", "groups"])
    try Self.check(root, "breachscope.draft-asks/1")
    for entry in try root.required("roles").anyMapping().entries {
      roles[entry.key] = try PatternValue(entry.value, in: file.path).localized()
    }
    for entry in try root.required("asks").anyMapping().entries {
      let value = PatternValue(entry.value, in: file.path)
      asks[entry.key] = try ask(value.mapping(keys: ["ask", "who"]))
    }
    for entry in try root.required("groups").anyMapping().entries {
      groups[entry.key] = try Self.types(PatternValue(entry.value, in: file.path))
    }
  }

  private func ask(_ fields: PatternFields) throws(PatternError) -> Ask {
    let who = try fields.required("who")
    guard let role = roles[try who.text()] else {
      throw who.error("no such role; there are \(roles.keys.sorted().joined(separator: ", "))")
    }
    return Ask(ask: try fields.localized("ask"), who: role)
  }

  private static func check(_ root: PatternFields, _ schema: String) throws(PatternError) {
    let value = try root.required("schema")
    guard try value.text() == schema else { throw value.error("expected the schema \(schema)") }
  }

  private static func types(_ value: PatternValue) throws(PatternError) -> TypeSet {
    TypeSet(try value.list().map { (value) throws(PatternError) in try value.dataType() })
  }

  /// The drafts of one file, which share their items.
  private func read(_ file: PatternFile) throws(PatternError) -> [DraftTemplate] {
    let root = try PatternValue(file).mapping(keys: ["schema", "drafts", "to", "cite", "items"])
    try Self.check(root, "breachscope.draft/1")
    let to = try root.required("to")
    try checkPlaces(to.localized(), to)
    var templates: [DraftTemplate] = []
    for value in try root.required("drafts").list() {
      let fields = try value.mapping(keys: ["id", "title", "packs", "duties", "note"])
      let id = try fields.required("id")
      guard try !id.text().isEmpty, try id.text().utf8.allSatisfy(Self.isOfName) else {
        throw id.error("an id of a draft is a file name: small letters, digits and -")
      }
      templates.append(
        DraftTemplate(
          id: try id.text(),
          title: try fields.localized("title"),
          to: try to.localized(),
          note: try fields.localized("note"),
          packs: try fields.strings("packs"),
          duties: try fields.strings("duties"),
          cite: try root.strings("cite"),
          items: []
        )
      )
    }
    let ids = templates.map(\.id)
    for value in try root.required("items").list() {
      let item = try item(value, ids)
      for index in templates.indices {
        var own = item.item
        own.asks = item.asks.filter { $0.only?.contains(ids[index]) ?? true }.map(\.ask)
        templates[index].items.append(own)
      }
    }
    return templates
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }

  private func item(_ value: PatternValue, _ drafts: [String]) throws(PatternError)
    -> (item: DraftTemplate.Item, asks: [(ask: Ask, only: [String]?)])
  {
    let fields = try value.mapping(keys: ["id", "title", "found", "absent", "text", "asks"])
    var asks: [(Ask, [String]?)] = []
    for value in try fields.list("asks") {
      let fields = try value.mapping(keys: ["ask", "who", "only"])
      let only = try fields.strings("only")
      for id in only where !drafts.contains(id) {
        throw value.error("no draft of this file is called \"\(id)\"")
      }
      asks.append((try ask(fields), only.isEmpty ? nil : only))
    }
    let text = fields.optional("text")
    if let text { try checkPlaces(text.localized(), text) }
    guard text != nil || !asks.isEmpty else {
      throw value.error("an item needs a text or something to ask")
    }
    var item = DraftTemplate.Item(
      id: try fields.string("id"),
      title: try fields.localized("title"),
      text: try text?.localized() ?? LocalizedText(ja: "", en: ""),
      asks: []
    )
    if let found = fields.optional("found") { item.found = try Self.types(found) }
    if let absent = fields.optional("absent") { item.absent = try Self.types(absent) }
    return (item, asks)
  }

  /// Both languages name facts that exist, and somebody is asked for each that may be unknown.
  private func checkPlaces(_ text: LocalizedText, _ value: PatternValue) throws(PatternError) {
    for text in [text.ja, text.en] {
      for case .fact(let name) in DraftText.parts(text[...]) {
        if groups[name] != nil { continue }
        let fact = DraftFact(rawValue: name)
        guard fact != nil || DraftFacts.isStated(name) else {
          throw value.error("\"{\(name)}\" is no fact that drafts know")
        }
        guard let asked = fact.map(\.asked) ?? name else { continue }
        guard asks[asked] != nil else {
          throw value.error(
            "{\(name)} may be unknown, and \(Self.sharedPath) does not ask for \(asked)"
          )
        }
      }
    }
  }
}

/// The lines of a template, cut at the places for facts.
enum DraftText {
  enum Part: Equatable {
    case words(Substring)
    case fact(String)
  }

  /// The lines of a text that are not blank; a block of YAML at the end of its file may bring one that is.
  static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) }
  }

  /// `知った日: {known_at}` as words and facts; braces that hold no name are words.
  static func parts(_ text: Substring) -> [Part] {
    var parts: [Part] = []
    var rest = text
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      if open > rest.startIndex { parts.append(.words(rest[..<open])) }
      parts.append(.fact(String(rest[rest.index(after: open)..<close])))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.words(rest)) }
    return parts
  }
}
