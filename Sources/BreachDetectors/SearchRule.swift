internal import BreachBytes
internal import BreachModel

/// A text rule as the search needs it: a few words, no references.
struct SearchRule: Sendable {
  /// Number of the rule's detector.
  var detector: Int
  var type: DataType
  var check: CheckName
  var anchor: Detector.Anchor
  var hasPattern: Bool
  /// As in `Detector.TextRule`.
  var confidence: Int
  var labelled: Int
  var unknown: Int?
  var chance: Double
  /// The value behind a label is taken for a cell, and the label for its header.
  var isCell = false

  init(_ detector: Detector, _ number: Int, _ rule: Detector.TextRule) {
    self.detector = number
    type = detector.type
    check = detector.check
    anchor = rule.anchor
    hasPattern = rule.pattern != nil
    confidence = rule.confidence
    labelled = rule.labelled
    unknown = rule.unknown
    chance = rule.chance
  }

  /// What a detector makes of a value behind a label of its type; nil when it reads no columns.
  init?(cellOf detector: Detector, _ number: Int) {
    guard detector.column > 0 else { return nil }
    let rule = Detector.TextRule(
      anchor: .label,
      pattern: nil,
      forms: [],
      confidence: 0,
      labelled: detector.column,
      unknown: nil,
      chance: 0
    )
    self.init(detector, number, rule)
    isCell = true
  }

  /// True when a match without a label of the rule's type says nothing at all.
  var needsLabel: Bool { confidence == 0 && chance == 0 }
}

/// Rules with their patterns, under the same numbers.
struct RuleGroup: Sendable {
  typealias Draft = [(rule: SearchRule, pattern: Pattern?)]

  let rules: [SearchRule]
  let patterns: PatternTable

  init(_ draft: Draft) {
    rules = draft.map(\.rule)
    patterns = PatternTable(draft.map(\.pattern))
  }
}

/// Words that candidates begin with, by their first three characters, two or one, the longest first.
struct LiteralTable: Sendable {
  typealias Draft = [(bytes: [UInt8], kind: Kind, meaning: Meaning?)]

  /// What a literal candidate is.
  enum Kind: Sendable {
    case label
    /// A dash that stands for '-' between digits.
    case dash
    /// A word that anchors this detector.
    case detector(Int)
  }

  /// A word; its bytes are in the table.
  struct Literal: Sendable {
    fileprivate var start: Int
    var count: Int
    var kind: Kind
    /// Of labels.
    var meaning: Meaning?
  }

  private var bytes: [UInt8] = []
  private var literals: [Literal] = []
  /// How the words begin, open addressing; 0 is free.
  private var keys: [UInt64]
  /// Numbers of the literals of each key.
  private var ranges: [Range<Int>]
  private let mask: Int

  init(_ draft: Draft) {
    var byKey: [UInt64: Draft] = [:]
    for literal in draft where literal.bytes.count >= 3 {
      let key = Self.key(literal.bytes.span, 0, Beginning(of: literal.bytes.count))
      byKey[key, default: []].append(literal)
    }
    var size = 64
    while size < byKey.count * 3 { size *= 2 }
    mask = size - 1
    keys = [UInt64](repeating: 0, count: size)
    ranges = [Range<Int>](repeating: 0..<0, count: size)
    for (key, list) in byKey {
      var slot = Self.slot(key) & mask
      while keys[slot] != 0 { slot = (slot + 1) & mask }
      keys[slot] = key
      let sorted = list.sorted {
        $0.bytes.count != $1.bytes.count
          ? $0.bytes.count > $1.bytes.count : $0.bytes.lexicographicallyPrecedes($1.bytes)
      }
      let first = literals.count
      for (word, kind, meaning) in sorted {
        literals.append(
          Literal(start: bytes.count, count: word.count, kind: kind, meaning: meaning)
        )
        bytes.append(contentsOf: word)
      }
      ranges[slot] = first..<literals.count
    }
  }

  /// How many bytes a word is found by: as many characters of three bytes as it has, up to three.
  enum Beginning: Int, CaseIterable {
    case three = 9
    case two = 6
    case one = 3

    init(of count: Int) { self = count >= 9 ? .three : count >= 6 ? .two : .one }
  }

  /// Numbers of the literals that seem to begin like the text at `at`, where three bytes are.
  @inline(__always)
  func numbers(_ text: Span<UInt8>, _ at: Int, _ beginning: Beginning) -> Range<Int> {
    guard at + beginning.rawValue <= text.count else { return 0..<0 }
    let key = Self.key(text, at, beginning)
    var slot = Self.slot(key) & mask
    while keys[slot] != 0 {
      if keys[slot] == key { return ranges[slot] }
      slot = (slot + 1) & mask
    }
    return 0..<0
  }

  subscript(number: Int) -> Literal { literals[number] }

  /// True when literal `number`, one of those that `numbers` gives for `at`, stands there, before `end`.
  @inline(__always)
  func stands(_ number: Int, _ text: Span<UInt8>, _ at: Int, _ end: Int) -> Bool {
    let (start, count) = (literals[number].start, literals[number].count)
    guard at + count <= end else { return false }
    // Most of those that begin alike end otherwise.
    guard text[at + count - 1] == bytes[start + count - 1] else { return false }
    for offset in 0..<count - 1 where text[at + offset] != bytes[start + offset] { return false }
    return true
  }

  /// What a beginning is found by, never 0; two may have the same, for `stands` compares all bytes.
  @inline(__always)
  private static func key(_ text: Span<UInt8>, _ at: Int, _ beginning: Beginning) -> UInt64 {
    switch beginning {
    case .three: loadWord(text, at: at) &* 31 &+ UInt64(text[at + 8]) | 1
    case .two: UInt64(loadHalfWord(text, at: at)) << 32 | UInt64(loadHalfWord(text, at: at + 2)) | 1
    case .one:
      UInt64(text[at]) << 16 | UInt64(text[at + 1]) << 8 | UInt64(text[at + 2])
    }
  }

  private static func slot(_ key: UInt64) -> Int { Int((key &* 0x9E37_79B9_7F4A_7C15) >> 40) }
}

/// Fixed forms of numbers with their rules, found by the first run of digits and the mark behind it.
struct FormTable: Sendable {
  typealias Draft = [(form: [UInt8], rule: SearchRule)]

  private var bytes: [UInt8] = []
  private var starts: [Int] = [0]
  private var rules: [SearchRule] = []
  /// By the length of the run times 256 and the byte behind it, 0 for the end: numbers of forms.
  private var ranges = [Range<UInt16>](repeating: 0..<0, count: 32 * 256)

  init(_ draft: Draft) {
    var byKey: [Int: Draft] = [:]
    for item in draft {
      let (runs, length) = Self.run(item.form[...])
      let mark = item.form.dropFirst(length).first ?? 0
      for run in runs { byKey[run * 256 + Int(mark), default: []].append(item) }
    }
    for (key, items) in byKey.sorted(by: { $0.key < $1.key }) {
      let first = UInt16(rules.count)
      for (form, rule) in items {
        bytes.append(contentsOf: form)
        starts.append(bytes.count)
        rules.append(rule)
      }
      ranges[key] = first..<UInt16(rules.count)
      // A form that is digits alone may end before anything.
      if key & 255 == 0 { for byte in 1..<256 { ranges[key + byte] = ranges[key] } }
    }
  }

  /// By the length of the first run, up to seven, times 16 and the mark behind it, from the blank on:
  /// a bit for each length of the second run.
  var heads: Buffer<UInt16> {
    var heads = Buffer<UInt16>(capacity: 128)
    for _ in 0..<128 { heads.append(0) }
    for number in rules.indices {
      let form = bytes[starts[number]..<starts[number + 1]]
      let (runs, length) = Self.run(form)
      guard let mark = form.dropFirst(length).first else { continue }
      let (seconds, _) = Self.run(form.dropFirst(length + 1))
      for run in runs where run < 8 {
        for second in seconds {
          heads[run * 16 + Int(mark - 0x20)] |= 1 << UInt16(min(8, second))
        }
      }
    }
    return heads
  }

  /// Numbers of the forms that may stand at `at`.
  func numbers(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Range<UInt16> {
    var run = at
    let limit = min(end, at + 31)
    while run < limit, isDigit(text[run]) { run += 1 }
    return ranges[(run - at) * 256 + (run < end ? Int(text[run]) : 0)]
  }

  /// The lengths that the digits at the start of a form may have, and how many bytes of it they are.
  static func run(_ form: ArraySlice<UInt8>) -> (lengths: ClosedRange<Int>, count: Int) {
    if form.first == 0x23 { return (1...3, 1) }
    let count = form.prefix { $0 == 0x39 }.count
    return (count...count, count)
  }

  subscript(number: UInt16) -> SearchRule { rules[Int(number)] }

  /// The end of the form where it stands at `at`, before `end`, and nothing of a longer word or
  /// number behind it.
  func end(of number: UInt16, _ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int? {
    var behind = at
    for index in starts[Int(number)]..<starts[Int(number) + 1] {
      guard behind < end else { return nil }
      let byte = text[behind]
      switch bytes[index] {
      case 0x39: guard isDigit(byte) else { return nil }
      case 0x41: guard byte &- 0x41 < 26 else { return nil }
      case 0x23:
        guard isDigit(byte) else { return nil }
        let limit = min(end, behind + 3)
        while behind + 1 < limit, isDigit(text[behind + 1]) { behind += 1 }
      case let other: guard byte == other else { return nil }
      }
      behind += 1
    }
    if behind < end, isAlphanumeric(text[behind]) || text[behind] == 0x5F { return nil }
    if behind + 1 < end, (0x2D...0x2F).contains(text[behind]), isDigit(text[behind + 1]) {
      return nil
    }
    return behind
  }
}
