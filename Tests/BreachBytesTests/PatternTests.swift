import BreachBytes
import TestKit
import Testing

/// What is read off a pattern rules out no match.
@Suite struct PatternTests {
  static let sources = [
    #"(?<![0-9A-Za-z._-])(?<![0-9] )([2-689]\d{3}([- ])\d{4}\2\d{4}|3\d{3}([- ])\d{6}\3\d{4,5})(?![0-9A-Za-z@]|[-.]\d| \d)"#,
    #"(?<![0-9A-Za-z._-])[2-689]\d{3,5}(?![0-9A-Za-z@]|[-.]\d)"#,
    #"(?<![0-9A-Za-z._+-])(?:0\d{1,4}\(\d{1,4}\)\d{4}|\(0\d{1,4}\) ?\d{1,4}-?\d{4})(?![0-9])"#,
    #"(?<![0-9A-Za-z._-])(\d{4}([-/.])\d{1,2}\2\d{1,2}|\d{8}|\d{1,2}/\d{1,2}/\d{4})(?![0-9]|[-/.]\d)"#,
    #"(?<![0-9])\d{3}-?\d{4}"#, #"(?<![0-9])\d+|a"#, #"(?<![0-9])?\d{3}"#, #"\d*?-"#, #"\d{0}1-"#,
    #"(?:\d\d)?1(?![0-9]{3})"#, #"(\d)\1{2}-"#, #"[0-9-]{4}"#, #"[ -~]{3}1"#, #"(?i)\d{2}a"#,
    #"\d{3}[a+ -.]\d"#, #"(?<![0-9])\d{2}(?![0-9a-c]|[+]1)[-|]?"#, #"[0-5]{2}[(\-/]\d"#,
    #"\d{2}(?:a|[+/] ?)\d"#, #"\d{2}\.?-"#, #"\d{2}[^a]"#, #"\d{2}(?=-)[-+]"#, #"a?\d{2}"#,
    #"\d{4}(?:-\d\d)?"#, #"(?:\d{2}(?![0-9])|\d{4}-)"#, #"(?i)\d{3}A"#,
    #"(?x) \d # | ("#, #"1(?=2)\d*"#, #"\Q1|\E2"#, #"(?:0|\d{5})+"#, #"[]0]1"#, #"[\d-]{3}"#,
    #"(?:1[89]|20)\d{2}(?![0-9])|\d{1,2}[/.]\d"#, #"0?[2-4]\d{2}-|9?7-"#,
    #"(?:[0-3]|4\d|5{2,3})-\d"#, #"[1-3]*4|[6-9]{2}"#, #"\d{70}|1-"#,
  ]

  @Test(arguments: sources) func tablesRuleOutNoMatch(_ source: String) throws {
    let pattern = try Pattern(source)
    let table = PatternTable([nil, pattern])
    let scratch = Scratch()
    let interpreted = try Pattern(source, jit: false)
    var random = SeededGenerator(seed: 11)
    let bytes = Array("0123456789-- /.()a+|".utf8)
    let samples = ["4000 0000-0000 0000", "03(1234)5678", "(03)1234-5678", "1980-01-01", "222-3"]
    var matches = 0
    for _ in 0..<4_000 {
      var text = Array(random.pick(samples).utf8)
      for _ in 0..<random.below(9) { text[random.below(text.count)] = random.pick(bytes) }
      for _ in 0..<random.below(9) { text.insert(random.pick(bytes), at: random.below(text.count)) }
      for start in text.indices {
        let outcome = pattern.match(text.span, at: start, scratch)
        #expect(outcome == interpreted.match(text.span, at: start, scratch))
        guard case .match = outcome else { continue }
        matches += 1
        let set = table.possible(
          at: PatternPlace(text.span, at: start, in: 0..<text.count),
          word: 0
        )
        if set != 0b10 { Issue.record("\(String(decoding: text, as: UTF8.self)) at \(start)") }
        #expect(outcome == table.match(1, text.span, at: start, scratch))
      }
    }
    #expect(matches > 0)
  }

  @Test func tablesRuleOutWhatCannotMatch() throws {
    let table = PatternTable([
      try Pattern(#"(?<![0-9A-Za-z._-])\d{3}-\d{4}(?![0-9])"#),
      try Pattern(#"(?<![0-9])[2-9]\d{11}(?![0-9]|-)"#), nil,
    ])
    func possible(_ text: String, at start: Int) -> UInt64 {
      table.possible(
        at: PatternPlace(Array(text.utf8).span, at: start, in: 0..<text.utf8.count),
        word: 0
      )
    }
    #expect(possible("100-0001", at: 0) == 0b01)
    #expect(possible(" 100-0001", at: 1) == 0b01)
    #expect(possible("a100-0001", at: 1) == 0)
    #expect(possible("1000-001", at: 0) == 0)
    #expect(possible("234567890123", at: 0) == 0b10)
    #expect(possible("1234567890123", at: 0) == 0)
    #expect(possible("/234567890123", at: 1) == 0b10)
    #expect(possible("-234567890123", at: 1) == 0b10)
    #expect(possible("2345678901234", at: 0) == 0)
    // What stands behind the digits.
    #expect(possible("100.0001", at: 0) == 0)
    #expect(possible("100-", at: 0) == 0b01)
    #expect(possible("100", at: 0) == 0b01)
    #expect(possible("234567890123a", at: 0) == 0b10)
    // Of two in one branch, only one that rules out all digits tells what stands there.
    let codes = PatternTable([
      try Pattern(#"\d{4}(?![0-9A-Za-z@]|[-.]\d)"#), try Pattern(#"\d{2}[-/. ]\d"#),
      try Pattern(#"\d{2}(?:年|[a-c])"#),
    ])
    let behinds: [(String, UInt64)] = [
      ("1234", 0b001), ("1234z", 0), ("1234@", 0), ("1234-", 0b001), ("1234=", 0b001),
      ("12/", 0b010),
      ("12,", 0), ("12a", 0b100), ("12b", 0b100), ("12d", 0), ("12年", 0b100), ("12日", 0),
    ]
    for (text, expected) in behinds {
      let bytes = Array(text.utf8)
      let place = PatternPlace(bytes.span, at: 0, in: 0..<bytes.count)
      #expect(codes.possible(at: place, word: 0) == expected, "\(text)")
      #expect(codes.mayMatch(at: place) == (expected != 0))
    }
    // With one first digit a run may be as long as with another it may not.
    let heads = PatternTable([
      try Pattern(#"(?:19|20)\d{6}(?![0-9-])|\d{1,2}/\d"#), try Pattern(#"0?[2-4]\d{2}-|9?7-"#),
      try Pattern(#"(?:[+]|0)?5\d-"#),
    ])
    for (text, expected) in [
      ("19800101", 0b001), ("29800101", 0b001), ("39800101", 0), ("1980010", 0), ("3/1", 0b001),
      ("39/1", 0b001), ("390/1", 0), ("300-", 0b010), ("0300-", 0b010), ("3000-", 0), ("7-", 0b010),
      ("97-", 0b010), ("9-", 0), ("900-", 0), ("50-", 0b100), ("050-", 0b100), ("500-", 0),
      ("+50-", 0b100), ("05-", 0),
    ] as [(String, UInt64)] {
      let bytes = Array(text.utf8)
      let place = PatternPlace(bytes.span, at: 0, in: 0..<bytes.count)
      #expect(heads.possible(at: place, word: 0) == expected, "\(text)")
    }
    // A place sees nothing outside its bounds.
    let bytes = Array("9100.0".utf8)
    let inside = PatternPlace(bytes.span, at: 1, in: 1..<4)
    #expect(table.possible(at: inside, word: 0) == 0b01)
    let known = PatternPlace(bytes.span, at: 1, digitsEnd: 4, in: 1..<6)
    #expect(table.possible(at: known, word: 0) == 0)
  }

  /// More rules than a word has bits.
  @Test func tablesHoldAnyNumberOfPatterns() throws {
    var patterns: [Pattern?] = []
    for number in 0..<130 { patterns.append(try Pattern("x\(number)y")) }
    let table = PatternTable(patterns)
    let text = Array("x129y".utf8)
    #expect(table.words == 3)
    #expect(table.possible(at: PatternPlace(text.span, at: 0, in: 0..<text.count), word: 2) == 0b11)
    #expect(table.match(129, text.span, at: 0, Scratch()) == .match(0..<5))
    #expect(table.match(128, text.span, at: 0, Scratch()) == .none)
  }

  @Test func limitsAreNotMisses() throws {
    let pattern = try Pattern(#"(?:a|a)*[bc]"#)
    let text = [UInt8](repeating: 0x61, count: 400)
    guard case .limit = pattern.match(text.span, at: 0, Scratch()) else {
      Issue.record("the match limit was not met")
      return
    }
  }
}
