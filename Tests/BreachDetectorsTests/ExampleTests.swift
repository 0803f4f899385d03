import BreachDetectors
import BreachModel
import BreachPatterns
import Testing

/// The examples of every detector file, through the whole engine.
@Suite struct ExampleTests {
  @Test func everyExampleHolds() throws {
    let runner = ExampleRunner(try Support.required())
    for failure in runner.run() { Issue.record("\(failure)") }
  }

  @Test func everyFileIsInOrder() throws {
    let runner = ExampleRunner(try Support.required())
    for failure in runner.lint() { Issue.record("\(failure)") }
  }

  /// A detector of one type with these lines, beside the word lists and the vocabulary.
  private func runner(path: String = "detectors/any/own.yaml", _ lines: String) throws
    -> ExampleRunner
  {
    let head = "schema: breachscope.detector/1\ntype: member_id\ncheck: digits\nsource: ours\n"
    let library = try PatternLibrary(adding: [(path, head + lines)])
    return ExampleRunner(try DetectorSet(library, examples: true))
  }

  private let number = #"text: [{anchor: number, pattern: '(?<!\d)77\d{8}(?!\d)', confidence: 80}]"#

  @Test func failuresAreTyped() throws {
    let runner = try runner(
      """
      id: any.own
      \(number)
      matches:
        - 'good ⟦7712345678⟧'
        - 'wrong ⟦77123456⟧78'
        - 'missed ⟦12345678⟧'
        - 'crossed ⟦7712345678⟧ taro@mail.jp'
        - 'twice ⟦7712345678⟧ 7712345679'
      misses:
        - 'nothing'
        - 'found 7712345678'
      """
    )
    let failures = runner.run(detector: "any.own")
    #expect(failures.map(\.reason) == [.wrongRange, .missed, .crossTalk, .unexpected, .unexpected])
    #expect(failures.map(\.line) == [9, 10, 11, 12, 15])
    #expect(failures.allSatisfy { $0.path == "detectors/any/own.yaml" })
    // Values never stand in a failure.
    for failure in failures {
      #expect(!failure.description.contains("7712345678"))
      #expect(!failure.description.contains("taro@mail.jp"))
    }
  }

  @Test func declaredCrossTalkIsNone() throws {
    let runner = try runner(
      """
      id: any.own
      \(number)
      also: [email_address]
      matches: ['⟦7712345678⟧ taro@mail.jp']
      misses: ['x']
      """
    )
    #expect(runner.run(detector: "any.own").isEmpty)
  }

  @Test func lintNamesWhatIsWrong() throws {
    let wrongID = try runner("id: any.other\n\(number)\nmatches: ['⟦7712345678⟧']\nmisses: ['x']")
    #expect(wrongID.lint().map(\.reason) == [.lint])
    let empty = try runner("id: any.own\n\(number)\nmatches: []\nmisses: []")
    #expect(empty.lint().count == 2)
    let slow = try runner(
      "id: any.own\ntext: [{anchor: number, pattern: '(?:0|00)+[xy]', confidence: 80}]\nmatches: ['a']\nmisses: ['x']"
        .replacing("['a']", with: "['⟦0x⟧']")
    )
    #expect(
      slow.lint().map(\.message)
        == ["pattern 1 takes more than 5000 steps in one window of adversarial text"]
    )
    let quick = try runner(
      "id: any.own\ntext: [{anchor: number, pattern: '0+[xy]', confidence: 80}]\nmatches: ['⟦0x⟧']\nmisses: ['x']"
    )
    #expect(quick.lint().isEmpty)
  }
}

/// Why a text is or is not a finding.
@Suite struct ExplainTests {
  private func explain(_ text: String, _ column: String? = nil) throws -> ExplainedText {
    ExampleRunner(try Support.required()).explain(text: text, column: column)
  }

  @Test func aFinding() throws {
    let explained = try explain("電話番号：03-1234-5600")
    let best = try #require(explained.candidates.first)
    #expect(best.detector == "jp.phone_number")
    #expect(best.check == "pass")
    #expect(best.meaning == "phone_number")
    #expect(best.level == "certain")
    #expect(best.isReported)
    #expect(best.evidence.contains("label"))
    #expect(!"\(explained)".contains("1234-5600"))
  }

  /// How many there are of what a label names is looked at, told, and not reported.
  @Test func aCount() throws {
    let explained = try explain("会員番号: 71 件")
    #expect(!explained.candidates.isEmpty)
    #expect(explained.candidates.allSatisfy { $0.type == "member_id" && !$0.isReported })
    #expect(try explain("会員番号: 71").candidates.contains { $0.isReported })
  }

  @Test func failedCheck() throws {
    let explained = try explain("カード番号 4111111111111112")
    let card = try #require(explained.candidates.first { $0.type == "card_number" })
    #expect(card.check == "fail")
    #expect(!card.isReported)
    #expect(!card.reason.isEmpty)
  }

  @Test func negativeLabel() throws {
    let explained = try explain("注文番号：4000001234567899")
    let card = try #require(explained.candidates.first { $0.type == "card_number" })
    #expect(card.check == "pass")
    #expect(card.meaning == "negative")
    #expect(!card.isReported)
  }

  @Test func cells() throws {
    let phone = try explain("03-1234-5600", "電話番号")
    #expect(phone.column == "phone_number")
    #expect(phone.candidates.first?.isReported == true)
    let order = try explain("03-1234-5600", "注文番号")
    #expect(order.column == "negative")
    #expect(order.candidates.allSatisfy { !$0.isReported })
    let mixed = try explain("自宅 03-1234-5600", "電話番号")
    #expect(mixed.candidates.contains { $0.isReported && $0.range.lowerBound > 0 })
  }

  /// What reports say of where types were looked for is what their detectors do.
  @Test func typesThatAreLookedForInText() throws {
    let detectors = try Support.required().detectors
    let named: Set<Detector.Anchor> = [.label, .honorific, .closing]
    let types = DataType.allCases.filter { type in
      let own = detectors.filter { $0.type == type }
      return !own.isEmpty
        && own.allSatisfy { detector in
          detector.text.contains { $0.confidence >= 60 && !named.contains($0.anchor) }
        }
    }
    #expect(TypeSet(types) == TypeSet.inText)
  }

  /// A criterion reads subtypes from the first keys of a file.
  @Test func subtypesStandAmongTheFirstKeys() throws {
    let library = try PatternLibrary()
    let first = try library.heads(under: "detectors/", keys: 4).compactMap { file in
      try PatternValue(file).anyMapping().optionalString("subtype")
    }
    let all = try Support.required().detectors.compactMap(\.subtype)
    #expect(!all.isEmpty)
    #expect(first.sorted() == all.sorted())
  }
}
