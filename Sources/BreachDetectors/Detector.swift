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
  /// Literals and labels by their first character.
  let literals: [UInt32: [Literal]]
  /// Rules by anchor, in file order.
  let rules: [Detector.Anchor: [Rule]]
  /// The detector that validates cells of a type.
  let byType: [DataType: [Int]]

  /// One text rule with its detector's number.
  struct Rule: Sendable {
    var detector: Int
    var rule: Detector.TextRule
  }

  /// A word that anchors a detector, or a label that announces a value.
  struct Literal: Sendable {
    var bytes: [UInt8]
    /// Nil for labels.
    var detector: Int?
  }

  package init(_ library: PatternLibrary) throws(PatternError) {
    var detectors: [Detector] = []
    for file in try library.files(under: "detectors/") { detectors.append(try Detector(file)) }
    var ids: Set<String> = []
    for detector in detectors where !ids.insert(detector.id).inserted {
      throw PatternError(
        path: detector.path, place: nil, message: "the id '\(detector.id)' is taken already")
    }
    vocabulary = try Vocabulary(library)
    words = try WordLists(library)
    var literals: [UInt32: [Literal]] = [:]
    var rules: [Detector.Anchor: [Rule]] = [:]
    var byType: [DataType: [Int]] = [:]
    func add(_ bytes: [UInt8], _ detector: Int?) {
      guard bytes.count >= 3 else { return }
      let first = UInt32(bytes[0]) << 16 | UInt32(bytes[1]) << 8 | UInt32(bytes[2])
      literals[first, default: []].append(Literal(bytes: bytes, detector: detector))
    }
    for (number, detector) in detectors.enumerated() {
      for rule in detector.text { rules[rule.anchor, default: []].append(Rule(detector: number, rule: rule)) }
      for literal in detector.literals { add(literal, number) }
      byType[detector.type, default: []].append(number)
    }
    for label in vocabulary.labels { add(label, nil) }
    for key in literals.keys { literals[key]?.sort { $0.bytes.count > $1.bytes.count } }
    self.detectors = detectors
    self.literals = literals
    self.rules = rules
    self.byType = byType
    literalSet = LiteralSet(firstCharacters: literals.values.compactMap { $0.first?.bytes })
  }
}

extension Detector {
  /// Reads one detector file.
  init(_ file: PatternFile) throws(PatternError) {
    let root = try PatternValue(file).mapping(keys: [
      "schema", "id", "type", "check", "text", "literals", "column", "source", "matches", "misses",
    ])
    path = file.path
    id = try root.string("id")
    type = try root.required("type").dataType()
    let checkName = try root.required("check").choice(CheckName.allCases.map(\.rawValue))
    check = CheckName(rawValue: checkName) ?? .filled
    source = try root.string("source")
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
    let fields = try item.mapping(keys: ["anchor", "pattern", "confidence", "labelled", "chance"])
    let name = try fields.required("anchor").choice(Detector.Anchor.allCases.map(\.rawValue))
    anchor = Detector.Anchor(rawValue: name) ?? .number
    confidence = try fields.optionalInt("confidence") ?? 0
    labelled = try fields.optionalInt("labelled") ?? confidence
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
