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
    /// Digits and marks in one of the rule's fixed forms, at such a run.
    case form
    /// The letters before such a run, in its word or in groups of four.
    case code
    /// One of the detector's literals.
    case literal
    /// An honorific behind the name.
    case honorific
    /// The detector's literal behind a date: 生まれ.
    case closing
    /// The value behind a label of the detector's type.
    case label
    /// Anywhere: the pattern is searched for in every line, which only users' files may ask for.
    case none
  }

  /// How a detector searches free text.
  package struct TextRule: Sendable {
    package var anchor: Anchor
    package var pattern: Pattern?
    /// `999-99-9999`: 9 stands for a digit, # for one to three, A for a capital letter, all else for
    /// itself.
    package var forms: [String]
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
  /// Which number of that type: `kr_rrn`, `us_ssn`; nil for a type that needs no telling apart.
  package var subtype: String?
  package var check: CheckName
  package var text: [TextRule]
  package var literals: [[UInt8]]
  /// Confidence of a well-formed value in a column whose header says so; 0: never in columns.
  package var column: Int
  /// The same without a header, when nearly all values pass; 0: never without one.
  package var unnamed: Int
  /// The same where the values have the very form and persons' columns stand beside; 0: never.
  package var beside: Int
  /// Share of values (hundredths) that have to pass for `unnamed`.
  package var share: Int
  /// Share of random values of the right shape that pass the check; 0 where a check's passing is no
  /// matter of chance.
  package var chance: Double
  package var source: String
  /// Words for columns, keys and labels of this detector alone, besides those of its type under
  /// `fields`; and those that are believed only with values or columns that agree.
  package var headers: [String]
  package var ambiguous: [String]
  /// Words that say it of a person wherever they stand in remarks, and how sure they are, in hundredths.
  package var remarks: [String]
  package var remark: Int
  /// Types that the examples of this detector may hold besides its own.
  package var also: [DataType]
  package var matches: [Example]
  package var misses: [Example]
  package var path: String
  /// Comes with the program, not from a user's folder.
  package var isBuiltIn: Bool

  /// One line of a detector's examples.
  package struct Example: Sendable {
    /// ⟦…⟧ marks the bytes that have to be found; none in misses.
    package var text: String
    /// The column header under which `text` stands as a cell; nil for free text.
    package var column: String?
    /// The header is a path of keys, as in JSON.
    package var isPath = false
    package var place: PatternNode.Place
  }
}

/// All detectors in force, the vocabulary and the word lists; immutable, shared by a worker's scans.
package struct DetectorSet: Sendable {
  package let detectors: [Detector]
  package let vocabulary: Vocabulary
  package let words: WordLists
  /// The detectors' words for remarks.
  let remarks: RemarkWords
  /// How literals begin, and how labels end.
  let literalSet: LiteralSet
  /// Literals, labels and dashes by their first character.
  let literals: LiteralTable
  /// The rules that are tried at an '@', at a number and at the letters before one.
  let atRules, numberRules, codeRules: RuleGroup
  /// The rules with fixed forms.
  let formRules: FormTable
  /// All other rules, and where those of each detector stand among them.
  let wordRules: RuleGroup
  let wordRanges: [Range<Int>]
  /// What each detector makes of the value behind a label of its type.
  let cellRules: [SearchRule?]
  /// The rules without an anchor.
  let freeRules: [FreeRule]
  /// The detectors of each type, by its raw value.
  private let byType: [[Int]]

  /// Reads all that is in force; the program's own examples are left out unless they are to be run.
  package init(_ library: PatternLibrary, examples: Bool = false) throws(PatternError) {
    var detectors: [Detector] = []
    for file in try library.files(under: "detectors/", examples: examples) {
      detectors.append(try Detector(file))
    }
    var ids: Set<String> = []
    for detector in detectors where !ids.insert(detector.id).inserted {
      throw PatternError(
        path: detector.path,
        place: nil,
        message: "the id '\(detector.id)' is taken already"
      )
    }
    vocabulary = try Vocabulary(library, detectors)
    words = try WordLists(library)
    remarks = RemarkWords(detectors)
    var literals: LiteralTable.Draft = []
    var (at, number, word): (RuleGroup.Draft, RuleGroup.Draft, RuleGroup.Draft) = ([], [], [])
    var code: RuleGroup.Draft = []
    var forms: FormTable.Draft = []
    var wordRanges: [Range<Int>] = []
    var free: [FreeRule] = []
    var byType = [[Int]](repeating: [], count: DataType.allCases.count)
    var announced = TypeSet(rawValue: 0)
    for (index, detector) in detectors.enumerated() {
      let first = word.count
      for text in detector.text {
        let rule = SearchRule(detector, index, text)
        switch text.anchor {
        case .at: at.append((rule, text.pattern))
        case .number: number.append((rule, text.pattern))
        case .code: code.append((rule, text.pattern))
        case .form: for form in text.forms { forms.append((Array(form.utf8), rule)) }
        case .literal, .honorific, .closing, .label: word.append((rule, text.pattern))
        case .none:
          if let pattern = text.pattern { free.append(FreeRule(rule: rule, pattern: pattern)) }
        }
        if text.anchor == .label { announced.insert(detector.type) }
      }
      wordRanges.append(first..<word.count)
      for literal in detector.literals { literals.append((literal, .detector(index), nil)) }
      // The one without a subtype stands for the type.
      if detector.subtype == nil {
        byType[Int(detector.type.rawValue)].insert(index, at: 0)
      } else {
        byType[Int(detector.type.rawValue)].append(index)
      }
    }
    // Only types that are searched for behind a label need their labels found.
    for (label, meaning) in vocabulary.labels {
      guard let type = meaning.type, announced.contains(type) else { continue }
      literals.append((label, .label, meaning))
    }
    for dash in "\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{FF0D}\u{30FC}\u{FF70}" {
      literals.append((Array(String(dash).utf8), .dash, nil))
    }
    self.detectors = detectors
    self.literals = LiteralTable(literals)
    atRules = RuleGroup(at)
    numberRules = RuleGroup(number)
    codeRules = RuleGroup(code)
    formRules = FormTable(forms)
    wordRules = RuleGroup(word)
    self.wordRanges = wordRanges
    cellRules = detectors.enumerated().map { SearchRule(cellOf: $1, $0) }
    freeRules = free
    self.byType = byType
    literalSet = LiteralSet(literals.map(\.bytes), labels: vocabulary.markedLabels)
  }

  /// Numbers of the detectors of a type; the first one validates cells.
  func detectors(of type: DataType) -> [Int] { byType[Int(type.rawValue)] }

  /// The detector that validates cells of a type.
  func detector(of type: DataType) -> Int? { byType[Int(type.rawValue)].first }

  /// The detector that a word names, or the one of its type.
  func detector(of meaning: Meaning) -> Int? {
    meaning.detector.map(Int.init) ?? meaning.type.flatMap(detector(of:))
  }
}

extension Detector {
  /// Reads one detector file.
  init(_ file: PatternFile) throws(PatternError) {
    let root = try PatternValue(file).mapping(keys: [
      "schema", "id", "type", "subtype", "check", "text", "literals", "column", "headers",
      "ambiguous", "remarks", "source", "also", "matches", "misses",
    ])
    path = file.path
    isBuiltIn = file.isBuiltIn
    id = try root.string("id")
    type = try root.required("type").dataType()
    subtype = try root.optional("subtype")?.text()
    let checkName = try root.required("check").choice(CheckName.allCases.map(\.rawValue))
    check = CheckName(rawValue: checkName) ?? .filled
    source = try root.string("source")
    headers = try root.strings("headers")
    ambiguous = try root.strings("ambiguous")
    also = []
    for item in try root.list("also") { also.append(try item.dataType()) }
    literals = []
    for text in try root.optional("literals")?.texts() ?? [] { literals.append(Array(text.utf8)) }
    text = []
    for item in try root.optional("text")?.list() ?? [] { text.append(try TextRule(item)) }
    remarks = try root.strings("remarks")
    (column, unnamed, beside, share, chance, remark) = (0, 0, 0, 100, 0, 0)
    let keys = ["confidence", "unnamed", "beside", "share", "chance", "remark"]
    if let part = try root.optional("column")?.mapping(keys: keys) {
      column = try part.int("confidence")
      unnamed = try part.optionalInt("unnamed") ?? 0
      beside = try part.optionalInt("beside") ?? 0
      remark = try part.optionalInt("remark") ?? 0
      share = try part.optionalInt("share") ?? 90
      chance = try part.optional("chance")?.double() ?? 0
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
        let fields = try item.mapping(keys: ["column", "key", "cell"])
        if let key = try fields.optional("key")?.text() {
          (example.column, example.isPath) = (key, true)
        } else {
          example.column = try fields.string("column")
        }
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
      "anchor", "pattern", "forms", "confidence", "labelled", "unknown", "chance",
    ])
    let name = try fields.required("anchor").choice(Detector.Anchor.allCases.map(\.rawValue))
    anchor = Detector.Anchor(rawValue: name) ?? .number
    confidence = try fields.optionalInt("confidence") ?? 0
    labelled = try fields.optionalInt("labelled") ?? confidence
    unknown = try fields.optionalInt("unknown")
    chance = try fields.optional("chance")?.double() ?? 0
    forms = try fields.strings("forms")
    if anchor == .form {
      for form in forms {
        let bytes = Array(form.utf8)
        let run = FormTable.run(bytes[...]).count
        // The first run is what finds it.
        let isFound = run < 8 && run < bytes.count ? bytes[run] &- 0x20 < 16 : run >= 17
        guard run > 0, isFound, bytes.count <= 31 else {
          throw item.error(
            "a form begins with up to 7 digits and one of !-/, or with 17 and more; 31 bytes at most"
          )
        }
      }
      guard !forms.isEmpty else { throw item.error("this anchor needs forms") }
    }
    guard let source = fields.optional("pattern") else {
      guard anchor != .none else { throw item.error("without an anchor a pattern is needed") }
      pattern = nil
      return
    }
    let text = try source.text()
    do {
      pattern = try Pattern(text, utf: anchor == .none)
    } catch {
      throw source.error("PCRE2 at offset \(error.offset): \(error.message)")
    }
  }
}
