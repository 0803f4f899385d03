import BreachModel
import BreachPatterns
import BreachYAML
import Testing

/// What the reader refuses, and where it says so.
@Suite struct YAMLReaderTests {
  @Test(arguments: [
    ("a: 1\nb: [1\nc: 2\n", "f.yaml:3:2: YAML: did not find expected ',' or ']'"),
    ("a: 1\nb: 2\na: 3\n", "f.yaml:3:1: the key \"a\" is written twice"),
    ("1: x\n\"1\": y\n", "f.yaml:2:1: the key \"1\" is written twice"),
    (
      "a: &x 1\nb: 2\n",
      "f.yaml:1:4: anchors and aliases are not allowed; write it out"
    ),
    (
      "a: {b: &x [1], c: *x}\n",
      "f.yaml:1:8: anchors and aliases are not allowed; write it out"
    ),
    ("? [a, b]\n: 1\n", "f.yaml:1:3: a key must be a text"),
    ("a: 1\n---\nb: 2\n", "f.yaml:2:1: a second document begins here; a file holds one"),
    ("a: \"\u{1}\"\n", "f.yaml:1:5: YAML: control characters are not allowed"),
    ("a: 日本\nb: 日\u{1}\n", "f.yaml:2:5: YAML: control characters are not allowed"),
    ("a: *x\n", "f.yaml:1:4: anchors and aliases are not allowed; write it out"),
    ("&x a: 1\n", "f.yaml:1:1: anchors and aliases are not allowed; write it out"),
  ])
  func refused(text: String, complaint: String) {
    let error = #expect(throws: PatternError.self) {
      try PatternFile(yaml: text, path: "f.yaml")
    }
    #expect(error?.description == complaint)
  }

  @Test(arguments: ["", "# a comment\n", "\n\n"]) func nothingIsAnEmptyMapping(text: String) throws
  {
    let file = try PatternFile(yaml: text, path: "f.yaml")
    #expect(try PatternValue(file).anyMapping().entries.isEmpty)
  }

  @Test func tooLong() {
    let text = "a: " + String(repeating: "x", count: YAMLReader.sizeLimit)
    #expect(throws: PatternError.self) { try YAMLReader.read(text, path: "f.yaml") }
  }

  @Test func deepNestingIsAnErrorAndNoCrash() {
    let text = String(repeating: "[", count: 100_000)
    let error = #expect(throws: PatternError.self) { try YAMLReader.read(text, path: "f.yaml") }
    #expect(
      error?.description == "f.yaml:1:65: more than 64 lists and mappings inside one another"
    )
  }

  @Test func theDeepestThatIsRead() throws {
    let text = String(repeating: "[", count: 63) + "x" + String(repeating: "]", count: 63)
    var node = try YAMLReader.read(text, path: "f.yaml")
    for _ in 0..<63 {
      guard case .sequence(let values) = node.content else { break }
      node = try #require(values.first)
    }
    #expect(node.content == .scalar("x"))
  }

  @Test func scalarsStayText() throws {
    let file = try PatternFile(yaml: "{a: 0123, b: yes, c: ~, d: 2026-11-20}", path: "f.yaml")
    let fields = try PatternValue(file).anyMapping()
    #expect(try fields.string("a") == "0123")
    #expect(try fields.string("b") == "yes")
    #expect(try fields.string("c") == "~")
    #expect(try fields.required("d").date().description == "2026-11-20")
  }

  @Test func columnsCountCharacters() throws {
    let file = try PatternFile(yaml: "日本: {語: x}\n", path: "f.yaml")
    let inner = try PatternValue(file).anyMapping().required("日本")
    #expect(inner.node.place == PatternNode.Place(line: 1, column: 5))
  }

  @Test(arguments: [
    "a: 1", "- [x, {y: z}, \"\"]", "日本: 語\nk:\n  - 'a\\\"b'\n  - |\n    two\n    lines\n",
  ])
  func packedTreesComeBack(text: String) throws {
    let node = try YAMLReader.read(text, path: "f.yaml")
    #expect(PatternPacking.unpack(PatternPacking.pack(node)) == node)
  }

  @Test func damagedPackedTextIsNil() throws {
    let packed = PatternPacking.pack(try YAMLReader.read("a: [1, {b: 日本}]", path: "f.yaml"))
    for length in 0..<packed.unicodeScalars.count {
      #expect(PatternPacking.unpack(String(packed.unicodeScalars.prefix(length))) == nil)
    }
    #expect(PatternPacking.unpack(packed + "s") == nil)
  }
}

/// What the typed reading helpers complain of.
@Suite struct PatternReadingTests {
  private func value(_ text: String) throws -> PatternValue {
    PatternValue(try PatternFile(yaml: text, path: "f.yaml"))
  }

  @Test func unknownKeysHaveTheirOwnPlace() throws {
    let value = try value("id: x\n  \nnmae: y\n")
    let error = #expect(throws: PatternError.self) { try value.mapping(keys: ["id", "name"]) }
    #expect(error?.description == "f.yaml:3:1: unknown key \"nmae\"; known here: id, name")
  }

  @Test func missingKeysNameTheMapping() throws {
    let fields = try value("a: {b: 1}").anyMapping().required("a").anyMapping()
    let error = #expect(throws: PatternError.self) { try fields.string("c") }
    #expect(error?.description == "f.yaml:1:4: missing key \"c\"")
  }

  @Test func typesAreChecked() throws {
    let fields = try value("{i: x, b: maybe, d: 2026-02-29, l: {a: 1}, t: nothing, c: z}")
      .anyMapping()
    #expect(throws: PatternError.self) { try fields.int("i") }
    #expect(throws: PatternError.self) { try fields.bool("b", otherwise: true) }
    #expect(throws: PatternError.self) { try fields.required("d").date() }
    #expect(throws: PatternError.self) { try fields.list("l") }
    #expect(throws: PatternError.self) { try fields.required("t").dataType() }
    #expect(throws: PatternError.self) { try fields.required("c").choice(["x", "y"]) }
    #expect(throws: PatternError.self) { try fields.localized("l") }
  }

  @Test func valuesAreRead() throws {
    let fields = try value("{i: 1_000, b: no, t: {ja: あ, en: a}, s: [x, y], n: 0.5}").anyMapping()
    #expect(try fields.int("i") == 1000)
    #expect(try fields.bool("b", otherwise: true) == false)
    #expect(try fields.bool("absent", otherwise: true))
    #expect(try fields.localized("t") == LocalizedText(ja: "あ", en: "a"))
    #expect(try fields.strings("s") == ["x", "y"])
    #expect(try fields.required("n").double() == 0.5)
  }
}
