internal import BreachBytes
internal import BreachModel
internal import BreachPatterns

/// What stands around a delicate word in a remark and takes its meaning away.
struct RemarkContext: Sendable {
  /// Behind the word: it is denied, なし.
  fileprivate let denials: MarkSet
  /// What may stand between the word and its denial: の既往, 歴.
  fileprivate let fillers: MarkSet
  /// Behind the word in the same way: it is about a product or an event, 保険, 予防.
  fileprivate let others: MarkSet
  /// Right before the word: `no `.
  fileprivate let before: [[UInt8]]
  /// Ahead of it in its clause: `no history`.
  fileprivate let ahead: MarkSet

  init(_ value: PatternValue) throws(PatternError) {
    let fields = try value.mapping(keys: ["denials", "fillers", "others", "before", "ahead"])
    func marks(_ key: String) throws(PatternError) -> MarkSet {
      var marks: [[UInt8]] = []
      for word in try fields.strings(key) { marks += TermLists.spellings(of: word) }
      return MarkSet(marks)
    }
    denials = try marks("denials")
    fillers = try marks("fillers")
    others = try marks("others")
    before = try fields.strings("before").map { Array($0.utf8) }
    ahead = try marks("ahead")
  }
}

/// Words that tell something delicate of the person whose record they stand in, wherever in a remark.
struct RemarkWords: Sendable {
  private var marks = MarkSet([])
  /// The number of the detector that each spelling is a word of.
  private var detectors: [[UInt8]: Int] = [:]

  init(_ detectors: [Detector]) {
    for (number, detector) in detectors.enumerated() where detector.remark > 0 {
      for word in detector.remarks {
        for spelling in TermLists.spellings(of: word) { self.detectors[spelling] = number }
      }
    }
    marks = MarkSet(Array(self.detectors.keys))
  }

  /// A word where it stands.
  struct Found {
    var range: Range<Int>
    var detector: Int
    /// The remark denies it, or speaks of something else with it.
    var isDenied: Bool
  }

  /// The next word in a range of `text`, whose clause ends with the cell; nil for none.
  func next(in text: Span<UInt8>, _ range: Range<Int>, of cell: Range<Int>, _ words: WordLists)
    -> Found?
  {
    var start = range.lowerBound
    while let found = marks.first(in: text, start..<range.upperBound) {
      start = found.upperBound
      let clause = Self.clause(around: found, in: text, cell)
      guard isWord(text, found, clause) else { continue }
      let spelling = found.map { text[$0] }
      guard let detector = detectors[spelling] else { continue }
      let isDenied = isDenied(text, found, clause, words)
      return Found(range: found, detector: detector, isDenied: isDenied)
    }
    return nil
  }

  /// What stands around a word between commas, full stops and the like.
  private static func clause(
    around word: Range<Int>,
    in text: Span<UInt8>,
    _ cell: Range<Int>
  ) -> Range<Int> {
    var (start, end) = (word.lowerBound, word.upperBound)
    while start > cell.lowerBound, !endsClause(text, start - 1, cell.upperBound) { start -= 1 }
    while end < cell.upperBound, !endsClause(text, end, cell.upperBound) { end += 1 }
    return start..<end
  }

  /// One of `,;/|`, a line's end, or the last byte of 、。／.
  private static func endsClause(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Bool {
    switch text[at] {
    case 0x0A, 0x2C, 0x2F, 0x3B, 0x7C: true
    case 0x81, 0x82: at >= 2 && text[at - 2] == 0xE3 && text[at - 1] == 0x80
    case 0x8F: at >= 2 && text[at - 2] == 0xEF && text[at - 1] == 0xBC
    default: false
    }
  }

  /// Letters of the Latin script on neither side of a word in it.
  private func isWord(_ text: Span<UInt8>, _ word: Range<Int>, _ clause: Range<Int>) -> Bool {
    let (start, end) = (word.lowerBound, word.upperBound)
    if start > clause.lowerBound, isLatin(text, at: start), isLatin(text, before: start) {
      return false
    }
    return !(end < clause.upperBound && isLatin(text, before: end) && isLatin(text, at: end))
  }

  /// A letter of ASCII, or one with an accent, begins there.
  private func isLatin(_ text: Span<UInt8>, at start: Int) -> Bool {
    isLetter(text[start]) || (0xC3...0xC9).contains(text[start])
  }

  private func isLatin(_ text: Span<UInt8>, before end: Int) -> Bool {
    isLetter(text[end - 1]) || end >= 2 && (0xC3...0xC9).contains(text[end - 2])
  }

  /// The word is the label of what follows, and that is judged as such: アレルギー：卵.
  private func announces(_ text: Span<UInt8>, _ rest: Range<Int>) -> Bool {
    var at = rest.lowerBound
    while at < rest.upperBound, text[at] == 0x20 { at += 1 }
    guard at < rest.upperBound else { return false }
    switch text[at] {
    case 0x3A, 0x3D: return true
    case 0xEF:
      return at + 2 < rest.upperBound && text[at + 1] == 0xBC
        && (text[at + 2] == 0x9A || text[at + 2] == 0x9D)
    default: return false
    }
  }

  private func isDenied(
    _ text: Span<UInt8>,
    _ word: Range<Int>,
    _ clause: Range<Int>,
    _ words: WordLists
  ) -> Bool {
    let context = words.remarkContext
    var rest = word.upperBound..<clause.upperBound
    if announces(text, rest) { return true }
    while !rest.isEmpty {
      if context.denials.longest(in: text, rest) > 0 || context.others.longest(in: text, rest) > 0 {
        return true
      }
      var length = context.fillers.longest(in: text, rest)
      if length == 0 {
        // Blanks, colons, brackets and hyphens.
        let isMark = [0x20, 0x28, 0x2D, 0x3A].contains(text[rest.lowerBound])
        length = isMark ? 1 : 0
      }
      if length == 0 { break }
      rest = rest.lowerBound + length..<rest.upperBound
      let answer = text.extracting(rest)
      if words.isEmptyWord(answer) || words.isRefusal(answer) { return true }
    }
    let left = clause.lowerBound..<word.lowerBound
    if context.ahead.first(in: text, left) != nil { return true }
    return context.before.contains { mark in
      left.count >= mark.count
        && mark.indices.allSatisfy {
          lowercased(text[left.upperBound - mark.count + $0]) == mark[$0]
        }
    }
  }
}
