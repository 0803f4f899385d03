import BreachBytes
import BreachDetectors
import BreachModel
import BreachPatterns
import Testing

/// Patterns of users that have no anchor.
@Suite struct FreePatternTests {
  private static func set(_ patterns: String..., asBuiltIn: Bool = false) throws -> DetectorSet {
    let rules = patterns.map { "  - {anchor: none, pattern: '\($0)', confidence: 80}" }
    let file =
      """
      schema: breachscope.detector/1
      id: any.own
      type: member_id
      check: filled
      source: ours
      text:
      \(rules.joined(separator: "\n"))
      matches: ['⟦KXabc7⟧']
      misses: ['x']
      """
    let files = [(path: "detectors/any/own.yaml", text: file)]
    return try DetectorSet(PatternLibrary(adding: files, asBuiltIn: asBuiltIn), examples: true)
  }

  private static func engine(_ set: DetectorSet, budget: SearchBudget = SearchBudget()) throws
    -> Engine
  {
    let key = try #require(DigestKey([UInt8](0..<16)))
    var options = DetectionOptions(
      types: TypeSet(DataType.allCases),
      minConfidence: Confidence(rawValue: 30),
      wantsFindings: true,
      values: .written,
      wantsPersons: true,
      key: key
    )
    options.searchBudget = budget
    let engine = Engine(set, options)
    engine.begin(leaf: "test")
    return engine
  }

  private static func describe(_ finding: Finding) -> String {
    "\(finding.offset)+\(finding.length):\(finding.type.id):\(finding.value.revealed)"
  }

  private static func findings(_ engine: Engine, _ batch: RecordBatch) -> [String] {
    engine.scan(batch, tables: [], isFirstUnit: true)
    return engine.takeFindings().map(describe)
  }

  private static let ours = #"(?:カ|会)イン(KX[a-z]+\d)"#

  @Test(arguments: [
    ("カインKXabc7", ["9+6:member_id:KXabc7"]), ("会インKXabc7です", ["9+6:member_id:KXabc7"]),
    ("KXabc7", []), ("カイン\nKXabc7", []),
    (
      "次はカインKXa1、カインKXb2\r\nカインKXc3",
      [
        "15+4:member_id:KXa1", "31+4:member_id:KXb2", "46+4:member_id:KXc3",
      ]
    ),
    (
      "taro@mail.jp カインKXabc7 hanako@mail.jp",
      [
        "0+12:email_address:taro@mail.jp", "22+6:member_id:KXabc7",
        "29+14:email_address:hanako@mail.jp",
      ]
    ),
  ])
  func exactBytes(text: String, expected: [String]) throws {
    let engine = try Self.engine(Self.set(Self.ours))
    #expect(Self.findings(engine, Support.textBatch(text)) == expected)
    #expect(engine.gaps.isEmpty)
  }

  /// Bytes that are no UTF-8 end what stands before them and hide nothing behind them.
  @Test func invalidBytes() throws {
    let engine = try Self.engine(Self.set(Self.ours))
    var batch = Support.textBatch("x")
    batch.text = [0xFF, 0xE3, 0x82] + Array("カインKXabc7".utf8) + [0x82, 0xE3]
    batch.body = 0..<batch.text.count
    #expect(Self.findings(engine, batch) == ["12+6:member_id:KXabc7"])
  }

  @Test func linesHaveEnds() throws {
    let engine = try Self.engine(Self.set(#"^KX\d+$"#))
    let found = Self.findings(engine, Support.textBatch("KX1\r\nKX2 \n KX3\nKX4"))
    #expect(found == ["0+3:member_id:KX1", "15+3:member_id:KX4"])
  }

  /// Of two readings that overlap the better one counts, with or without an anchor.
  @Test func theBetterReadingCounts() throws {
    let engine = try Self.engine(Self.set(#"mail\.jp KX\d"#, #"KX\d+"#))
    let found = Self.findings(engine, Support.textBatch("taro@mail.jp KX12"))
    #expect(found == ["0+12:email_address:taro@mail.jp", "13+4:member_id:KX12"])
  }

  @Test func cells() throws {
    let rows = [["col1", "備考"]] + (0..<20).map { ["\($0)", "次はカインKXa\($0)"] }
    let batch = Support.tableBatch(rows)
    let set = try Self.set(Self.ours)
    var typer = ColumnTyper(set)
    let plan = typer.plan(delimited: [batch])
    let engine = try Self.engine(set)
    engine.scan(batch, tables: [plan], isFirstUnit: true)
    let found = engine.takeFindings()
    #expect(found.count == 20)
    #expect(found.first.map(Self.describe) == "30+4:member_id:KXa0")
    #expect(found.first?.record == 1)
    #expect(found.first?.column == 1)
  }

  /// A value that is held unescaped is found there, and reported at its cell.
  @Test func unescapedStrings() throws {
    let set = try Self.set(Self.ours)
    var batch = RecordBatch()
    let raw = #"\u30abインKXabc7"#
    batch.origins = [OriginMark(text: 0, leaf: 0, charset: .utf8)]
    batch.text = Array("{\"note\":\"\(raw)\"}\nカインKXabc7".utf8)
    let start = batch.text.count - 15
    batch.records = [
      Record(firstField: 0, fieldCount: 1, start: 0, end: start - 1, table: 0, line: 1)
    ]
    batch.fields = [
      Field(start: start, length: 15, rawStart: 9, rawLength: raw.utf8.count, column: 0)
    ]
    var typer = ColumnTyper(set)
    let plan = typer.plan(table: 0, name: "", columns: ["note"], [batch], isPaths: true)
    let engine = try Self.engine(set)
    engine.scan(batch, tables: [plan], isFirstUnit: true)
    #expect(engine.takeFindings().map(Self.describe) == ["9+18:member_id:\(raw)"])
  }

  // MARK: windows

  /// A match of 512 bytes, the longest that may lie over a border, at every offset around one.
  @Test func atEveryOffset() throws {
    let engine = try Self.engine(Self.set(#"KX[a-z]{509}\d"#))
    let value = "KX" + String(repeating: "a", count: 509) + "7"
    let line = [UInt8](repeating: UInt8(ascii: "."), count: 9_000)
    for start in 4_096 - 520...4_096 + 520 {
      var batch = Support.textBatch("")
      batch.text = line
      batch.text.replaceSubrange(start..<start + 512, with: Array(value.utf8))
      batch.body = 0..<line.count
      #expect(Self.findings(engine, batch) == ["\(start)+512:member_id:\(value)"])
    }
    #expect(engine.gaps.isEmpty)
  }

  /// The same over the border of two pieces of a very long line.
  @Test func overPieces() throws {
    let engine = try Self.engine(Self.set(#"[KX]+[a-z]{40}\d"#))
    let value = "KX" + String(repeating: "a", count: 40) + "7"
    let (piece, margin) = (65_536, 1_024)
    for start in stride(from: piece - 44, through: piece + 1, by: 3) {
      var text = [UInt8](repeating: UInt8(ascii: "."), count: piece + 4_000)
      text.replaceSubrange(start..<start + 43, with: Array(value.utf8))
      var found: [String] = []
      for body in [0..<piece, piece..<text.count] {
        let low = max(0, body.lowerBound - margin)
        var batch = RecordBatch()
        batch.isText = true
        batch.text = Array(text[low..<min(text.count, body.upperBound + margin)])
        batch.body = body.lowerBound - low..<body.upperBound - low
        batch.lineOffset = body.lowerBound
        batch.origins = [OriginMark(text: 0, leaf: low, charset: .utf8)]
        found += Self.findings(engine, batch)
      }
      #expect(found == ["\(start)+43:member_id:\(value)"])
    }
  }

  /// What runs on behind a window is neither cut short nor passed over in silence.
  @Test func matchesWithoutAnEnd() throws {
    let engine = try Self.engine(Self.set("a+"))
    let text = String(repeating: "a", count: 5_000)
    #expect(Self.findings(engine, Support.textBatch(text)).isEmpty)
    #expect(engine.gaps.map(\.reason) == [.patternLimit])
    engine.begin(leaf: "next")
    let short = String(text.prefix(4_096))
    #expect(Self.findings(engine, Support.textBatch(short)) == ["0+4096:member_id:\(short)"])
    #expect(engine.gaps.isEmpty)
  }

  // MARK: limits

  @Test func matchLimit() throws {
    let engine = try Self.engine(Self.set("(?:a+)+$", #"KX\d+"#))
    let text = String(repeating: "a", count: 60) + "b\nKX12"
    #expect(Self.findings(engine, Support.textBatch(text)) == ["62+4:member_id:KX12"])
    #expect(
      engine.gaps.map(\.message) == ["1 places were too costly for a pattern and not decided"]
    )
  }

  @Test func clock() throws {
    var budget = SearchBudget()
    (budget.seconds, budget.secondsPerMegabyte) = (0, 0)
    let engine = try Self.engine(Self.set(#"KX\d+"#), budget: budget)
    let batch = Support.textBatch("KX12 taro@mail.jp")
    #expect(Self.findings(engine, batch) == ["5+12:email_address:taro@mail.jp"])
    #expect(engine.gaps.map(\.reason) == [.patternLimit])
    #expect(engine.gaps.allSatisfy { $0.message.contains("any.own") })
    // The next leaf begins anew; one without text has nothing that was not searched.
    engine.begin(leaf: "next")
    #expect(engine.gaps.isEmpty)
  }

  // MARK: the files

  @Test func aPatternIsNeeded() throws {
    let file =
      """
      schema: breachscope.detector/1
      id: any.own
      type: member_id
      check: filled
      source: ours
      text: [{anchor: none, confidence: 80}]
      matches: ['⟦x⟧']
      misses: ['y']
      """
    let library = try PatternLibrary(adding: [("detectors/any/own.yaml", file)])
    #expect(throws: PatternError.self) { try DetectorSet(library) }
  }

  /// The program's own files bring an anchor for each pattern; a user's need not.
  @Test func ownFilesNeedAnchors() throws {
    let pattern = #"KX[a-z]+\d"#
    func mistakes(_ set: DetectorSet) -> [ExampleFailure] {
      ExampleRunner(set).lint().filter { $0.detector == "any.own" }
    }
    #expect(mistakes(try Self.set(pattern)).isEmpty)
    let failures = mistakes(try Self.set(pattern, pattern, asBuiltIn: true))
    let messages = [
      "at least 8 matches are needed", "at least 8 misses are needed", "pattern 1 has no anchor",
      "pattern 2 has no anchor",
    ]
    #expect(failures.map(\.message) == messages)
    #expect(failures.allSatisfy { $0.reason == .lint })
    #expect(failures.allSatisfy { $0.path == "detectors/any/own.yaml" })
  }

  @Test func costs() throws {
    #expect(ExampleRunner(try Support.required()).searchCosts().isEmpty)
    let runner = ExampleRunner(try Self.set(#"KX[a-z]+\d"#, "(?:a+)+$"))
    #expect(runner.run(detector: "any.own").isEmpty)
    #expect(runner.lint().isEmpty)
    let costs = runner.searchCosts()
    #expect(costs.map(\.pattern) == [1, 2])
    #expect(costs.allSatisfy { $0.path == "detectors/any/own.yaml" && $0.detector == "any.own" })
    #expect(costs.first?.limitedLines == 0)
    #expect((costs.last?.limitedLines ?? 0) > 0)
  }

  @Test func explained() throws {
    let runner = ExampleRunner(try Self.set(Self.ours))
    let text = try #require(runner.explain(text: "カインKXabc7", column: nil).candidates.first)
    #expect(text.detector == "any.own")
    #expect(text.range == 9..<15)
    #expect(text.isReported)
    let cell = try #require(runner.explain(text: "カインKXabc7", column: "備考").candidates.first)
    #expect(cell.range == 9..<15)
    #expect(cell.isReported)
  }
}
