package import BreachBytes
package import BreachModel
package import BreachPatterns

/// One way of recognising one type, as a file under `Patterns/detectors` declares it.
package struct Detector: Sendable {
  /// Where in free text a match may begin.
  package enum Anchor: String, Sendable, CaseIterable {
    /// '@'; the pattern is tried at the start of the mailbox name.
    case at
    /// A run of digits and separators.
    case number
    /// One of the detector's literals.
    case literal
    /// An honorific behind the name.
    case honorific
    /// The value behind a label of the detector's type.
    case label
  }

  /// How a detector searches free text.
  package struct TextRule: Sendable {
    package var anchor: Anchor
    package var pattern: Pattern?
    /// Confidence without a label, in hundredths; 0 means only with a label.
    package var confidence: Int
    package var labelled: Int
    /// At most this much when the check knows the value by its shape alone; nil: no difference.
    package var unknown: Int?
    /// Share of random values of this shape that would pass the check.
    package var chance: Double
  }

  package var id: String
  package var type: DataType
  package var check: CheckName
  package var text: [TextRule]
  package var literals: [[UInt8]]
  /// Confidence of a well-formed value in a column whose header says so; 0: never in columns.
  package var column: Int
  /// The same without a header, when nearly all values pass; 0: never without one.
  package var unnamed: Int
  /// Share of values (hundredths) that have to pass for `unnamed`.
  package var share: Int
  package var source: String
  /// Types that the examples of this detector may hold besides its own.
  package var also: [DataType]
  package var matches: [Example]
  package var misses: [Example]
  package var path: String

  /// One line of a detector's examples.
  package struct Example: Sendable {
    /// ⟦…⟧ marks the bytes that have to be found; none in misses.
    package var text: String
    /// The column header under which `text` stands as a cell; nil for free text.
    package var column: String?
    package var place: PatternNode.Place
  }
}

/// All detectors in force, the vocabulary and the word lists; immutable, shared by a worker's scans.
package struct DetectorSet: Sendable {
  package let detectors: [Detector]
  package let vocabulary: Vocabulary
  package let words: WordLists
  /// First characters of literals and labels.
  let literalSet: LiteralSet
  /// Literals, labels and dashes by their first character.
  let literals: LiteralTable
  /// Rules by anchor, in file order.
  private let rules: [[Rule]]
  /// The detectors of each type, by its raw value.
  private let byType: [[Int]]

  /// One text rule with its detector's number.
  struct Rule: Sendable {
    var detector: Int
    var rule: Detector.TextRule
  }

  /// What a literal candidate is.
  enum LiteralKind: Sendable {
    case label
    /// A dash that stands for '-' between digits.
    case dash
    /// A word that anchors this detector.
    case detector(Int)
  }

  /// A word that candidates begin with.
  struct Literal: Sendable {
    var bytes: [UInt8]
    var kind: LiteralKind
    /// Of labels.
    var meaning: Meaning?
  }

  package init(_ library: PatternLibrary) throws(PatternError) {
    var detectors: [Detector] = []
    for file in try library.files(under: "detectors/") { detectors.append(try Detector(file)) }
    var ids: Set<String> = []
    for detector in detectors where !ids.insert(detector.id).inserted {
      throw PatternError(
        path: detector.path,
        place: nil,
        message: "the id '\(detector.id)' is taken already"
      )
    }
    vocabulary = try Vocabulary(library)
    words = try WordLists(library)
    var literals: [Literal] = []
    var rules = [[Rule]](repeating: [], count: Detector.Anchor.allCases.count)
    var byType = [[Int]](repeating: [], count: DataType.allCases.count)
    var announced = TypeSet(rawValue: 0)
    for (number, detector) in detectors.enumerated() {
      for rule in detector.text {
        rules[rule.anchor.number].append(Rule(detector: number, rule: rule))
        if rule.anchor == .label { announced.insert(detector.type) }
      }
      for word in detector.literals {
        literals.append(Literal(bytes: word, kind: .detector(number)))
      }
      byType[Int(detector.type.rawValue)].append(number)
    }
    // Only types that are searched for behind a label need their labels found.
    for label in vocabulary.labels {
      guard let meaning = vocabulary.meaning(of: label), let type = meaning.type,
        announced.contains(type)
      else { continue }
      literals.append(Literal(bytes: label, kind: .label, meaning: meaning))
    }
    for dash in "\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{FF0D}\u{30FC}\u{FF70}" {
      literals.append(Literal(bytes: Array(String(dash).utf8), kind: .dash))
    }
    self.detectors = detectors
    self.literals = LiteralTable(literals)
    self.rules = rules
    self.byType = byType
    literalSet = LiteralSet(firstCharacters: literals.map(\.bytes))
  }

  /// The text rules with this anchor.
  func rules(_ anchor: Detector.Anchor) -> [Rule] { rules[anchor.number] }

  /// Numbers of the detectors of a type; the first one validates cells.
  func detectors(of type: DataType) -> [Int] { byType[Int(type.rawValue)] }

  /// The detector that validates cells of a type.
  func detector(of type: DataType) -> Int? { byType[Int(type.rawValue)].first }
}

extension Detector.Anchor {
  fileprivate var number: Int {
    switch self {
    case .at: 0
    case .number: 1
    case .literal: 2
    case .honorific: 3
    case .label: 4
    }
  }
}

/// Literals by their first character, the longest first.
struct LiteralTable: Sendable {
  private var keys: [UInt32]
  private var lists: [[DetectorSet.Literal]]
  private let mask: Int

  init(_ literals: [DetectorSet.Literal]) {
    var byKey: [UInt32: [DetectorSet.Literal]] = [:]
    for literal in literals where literal.bytes.count >= 3 {
      let bytes = literal.bytes
      byKey[UInt32(bytes[0]) << 16 | UInt32(bytes[1]) << 8 | UInt32(bytes[2]), default: []]
        .append(literal)
    }
    var size = 64
    while size < byKey.count * 3 { size *= 2 }
    mask = size - 1
    keys = [UInt32](repeating: 0, count: size)
    lists = [[DetectorSet.Literal]](repeating: [], count: size)
    for (key, list) in byKey {
      var slot = Self.slot(key) & mask
      while keys[slot] != 0 { slot = (slot + 1) & mask }
      keys[slot] = key
      lists[slot] = list.sorted {
        $0.bytes.count != $1.bytes.count
          ? $0.bytes.count > $1.bytes.count : $0.bytes.lexicographicallyPrecedes($1.bytes)
      }
    }
  }

  /// The literals that begin with the three bytes of `key`.
  subscript(key: UInt32) -> [DetectorSet.Literal]? {
    var slot = Self.slot(key) & mask
    while keys[slot] != 0 {
      if keys[slot] == key { return lists[slot] }
      slot = (slot + 1) & mask
    }
    return nil
  }

  private static func slot(_ key: UInt32) -> Int { Int(key &* 0x9E37_79B1 >> 8) }
}

extension Detector {
  /// Reads one detector file.
  init(_ file: PatternFile) throws(PatternError) {
    let root = try PatternValue(file).mapping(keys: [
      "schema", "id", "type", "check", "text", "literals", "column", "source", "also", "matches",
      "misses",
    ])
    path = file.path
    id = try root.string("id")
    type = try root.required("type").dataType()
    let checkName = try root.required("check").choice(CheckName.allCases.map(\.rawValue))
    check = CheckName(rawValue: checkName) ?? .filled
    source = try root.string("source")
    also = []
    for item in try root.list("also") { also.append(try item.dataType()) }
    literals = []
    for text in try root.optional("literals")?.texts() ?? [] { literals.append(Array(text.utf8)) }
    text = []
    for item in try root.optional("text")?.list() ?? [] { text.append(try TextRule(item)) }
    (column, unnamed, share) = (0, 0, 100)
    if let part = try root.optional("column")?.mapping(keys: ["confidence", "unnamed", "share"]) {
      column = try part.int("confidence")
      unnamed = try part.optionalInt("unnamed") ?? 0
      share = try part.optionalInt("share") ?? 90
    }
    matches = try Self.examples(root, "matches", marked: true)
    misses = try Self.examples(root, "misses", marked: false)
  }

  private static func examples(_ root: PatternFields, _ key: String, marked: Bool)
    throws(PatternError) -> [Example]
  {
    var examples: [Example] = []
    for item in try root.list(key) {
      var example = Example(text: "", column: nil, place: item.node.place)
      if case .scalar(let text) = item.node.content {
        example.text = text
      } else {
        let fields = try item.mapping(keys: ["column", "cell"])
        example.column = try fields.string("column")
        example.text = try fields.string("cell")
      }
      guard example.text.contains("⟦") == marked else {
        throw item.error(marked ? "mark what has to be found: ⟦…⟧" : "a miss has no ⟦…⟧")
      }
      examples.append(example)
    }
    return examples
  }
}

extension Detector.TextRule {
  fileprivate init(_ item: PatternValue) throws(PatternError) {
    let fields = try item.mapping(keys: [
      "anchor", "pattern", "confidence", "labelled", "unknown", "chance",
    ])
    let name = try fields.required("anchor").choice(Detector.Anchor.allCases.map(\.rawValue))
    anchor = Detector.Anchor(rawValue: name) ?? .number
    confidence = try fields.optionalInt("confidence") ?? 0
    labelled = try fields.optionalInt("labelled") ?? confidence
    unknown = try fields.optionalInt("unknown")
    chance = try fields.optional("chance")?.double() ?? 0
    guard let source = fields.optional("pattern") else {
      pattern = nil
      return
    }
    let text = try source.text()
    do {
      pattern = try Pattern(text)
    } catch {
      throw source.error("PCRE2 at offset \(error.offset): \(error.message)")
    }
  }
}
