import BreachModel
import BreachReaders
import TestKit
import Testing

/// JSON and JSON lines: what was written is what is read, whatever is broken.
@Suite struct JSONContractTests {
  private func check(_ sample: JSONSample, _ dump: ReaderDump) {
    #expect(firstDifference(dump.records.map(\.values), sample.records.map(\.values)) == nil)
    #expect(dump.records.map(\.columns) == sample.records.map(\.columns))
    #expect(dump.records.map(\.depth) == sample.records.map(\.depth))
    #expect(dump.remarks.isEmpty)
    #expect(dump.lines == Array(sample.text.utf8).filter { $0 == 0x0A }.count)
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func documentsAreReadAsWritten(seed: UInt64) {
    let sample = JSONSample(seed: seed, documents: 20, isPretty: true)
    check(sample, ReaderDump.read(Array(sample.text.utf8), LeafPlan(.json)))
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func linesAreReadAsWritten(seed: UInt64) {
    let sample = JSONSample(seed: seed, documents: 40, isPretty: false)
    check(sample, ReaderDump.read(Array(sample.text.utf8), LeafPlan(.jsonLines)))
  }

  /// Records that stand across the end of a batch are the same records.
  @Test(arguments: [LeafFormat.json, .jsonLines])
  func batchesDoNotMatter(format: LeafFormat) {
    let sample = JSONSample(seed: 99, documents: 9_000, isPretty: format == .json)
    let text = Array(sample.text.utf8)
    let dump = ReaderDump.read(text, LeafPlan(format))
    check(sample, dump)
    // Shifted by a leading blank, every batch ends elsewhere.
    let shifted = ReaderDump.read([UInt8](repeating: 0x20, count: 77_777) + text, LeafPlan(format))
    #expect(dump.records.map(\.content) == shifted.records.map(\.content))
    #expect(dump.records.map(\.line) == shifted.records.map(\.line))
    #expect(
      firstDifference(
        ReaderDump.read(text, LeafPlan(format), pieces: .random(upTo: 9_999, seed: 3)).records,
        dump.records
      ) == nil
    )
  }

  @Test func oneDocumentWithManyRecords() {
    var text = "{\"meta\": {\"source\": \"crm\"}, \"users\": [\n"
    let count = 20_000
    for number in 0..<count {
      text += "{\"id\": \(number), \"tags\": [\"a\\n\", \"b\"], \"at\": {\"zip\": \"100-0001\"}}"
      text += number + 1 < count ? ",\n" : "\n"
    }
    text += "], \"end\": \"z\"}\n"
    let dump = ReaderDump.read(Array(text.utf8), LeafPlan(.json))
    #expect(dump.records.count == count + 1)
    #expect(dump.records.dropLast().allSatisfy { $0.values.count == 4 && $0.depth == 1 })
    #expect(dump.records.last?.columns == ["meta.source", "end"])
    #expect(dump.records.last.map { $0.values.map(\.count) } == [3, 1])
    #expect(dump.records[777].line == 779)
  }

  @Test func rowsOfArraysAreRecords() {
    let text = Array("{\"rows\": [[\"a\", 1], [\"b\", 2, [\"c\"]]]}".utf8)
    let dump = ReaderDump.read(text, LeafPlan(.json))
    #expect(
      dump.records.map(\.columns) == [
        ["rows[].0", "rows[].1"], ["rows[][].0"], ["rows[].0", "rows[].1"],
      ]
    )
  }

  @Test func keysThatAreDataAreValues() {
    let text = """
      {"users": {"taro@example.jp": {"name": "x"}, "-NxAbCdEfGhIjKlMnOpQ": {"name": "y"}},
       "by_id": {"1001": {"n": "z"}, "1002": "w"}}
      """
    let dump = ReaderDump.read(Array(text.utf8), LeafPlan(.json))
    #expect(
      dump.records.map(\.columns) == [
        ["users.*", "users.*.name"], ["users.*", "users.*.name"], ["by_id.*", "by_id.*.n"],
        ["by_id.*", "by_id.*"],
      ]
    )
    #expect(dump.records.map { $0.values.map(\.count) } == [[15, 1], [20, 1], [4, 1], [4, 1]])
  }

  @Test func memoryOfKeysIsBounded() {
    var text = "{"
    for number in 0..<70_000 { text += "\"k\(number)x\": {\"v\(number)\": 1}, " }
    text += "\"z\": 1}"
    let dump = ReaderDump.read(Array(text.utf8), LeafPlan(.json))
    #expect(dump.catalogue[0].columns.count < 70_000)
    #expect(dump.records.flatMap(\.values).count > 70_000)
  }

  @Test func brokenLinesCostThemselves() {
    let lines = [
      "{\"a\": \"1\"}", "{\"a\": \"2", "{\"a\": nonsense x@y.jp}", "2026-01-01 INFO text",
      "{\"a\": \"3\"} trailing", "{\"a\": {\"b\": \"4\"", "{\"a\": \"5\\", "{\"a\": \"6\"}",
    ]
    let text = Array((lines.joined(separator: "\n") + "\n").utf8)
    let dump = ReaderDump.read(text, LeafPlan(.jsonLines))
    let lastOfLine = Dictionary(grouping: dump.records, by: \.line)
    #expect(Set(lastOfLine.keys) == Set(1...8))
    #expect(dump.records.first?.values == [[0x31]])
    #expect(dump.records.last?.values == [[0x36]])
    #expect(dump.lines == 8)
    #expect(dump.remarks.count == 1)
  }

  /// Tokens put anywhere into a document come out in a value or in text.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func nothingIsDropped(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let isLines = seed % 2 == 0
    let sample = JSONSample(seed: seed, documents: 8, isPretty: !isLines)
    var text = Array(sample.text.utf8)
    let token = Array("\u{1}".utf8)
    let at = random.below(text.count)
    guard text[at] & 0xC0 != 0x80 else { return }
    // A key, a number or an escape is no place to look for a value.
    text.insert(contentsOf: token, at: at)
    let dump = ReaderDump.read(text, LeafPlan(isLines ? .jsonLines : .json))
    let seen = dump.records.contains { record in
      record.values.contains { $0.contains(1) } || record.text?.contains(1) == true
    }
    let inKey = dump.catalogue[0].columns.contains { $0.utf8.contains(1) }
    #expect(seen || inKey)
  }

  @Test func longStringsComeInPieces() {
    for size in [300_000, 1 << 20, (1 << 20) + 1, 3_500_000] {
      let text =
        Array("{\"a\": \"k\", \"b\": \"".utf8) + [UInt8](repeating: 0x78, count: size)
        + Array("\", \"c\": \"z\"}\n{\"a\": \"l\"}\n".utf8)
      for format in [LeafFormat.json, .jsonLines] {
        let dump = ReaderDump.read(text, LeafPlan(format))
        #expect(dump.records.flatMap { $0.values.joined() }.count == size + 3)
        #expect(dump.records.last?.line == 2)
        #expect(dump.largestText < 6 << 20)
      }
    }
  }

  @Test func depthIsBounded() {
    let open = [UInt8](repeating: 0x5B, count: 1_000_000)
    let dump = ReaderDump.read(open, LeafPlan(.json))
    #expect(
      dump.records.filter { $0.text != nil }.reduce(0) { $0 + ($1.text?.count ?? 0) } > 900_000
    )
    var objects = ""
    for _ in 0..<100_000 { objects += "{\"a\":[" }
    #expect(ReaderDump.read(Array(objects.utf8), LeafPlan(.json)).remarks.count == 1)
  }

  @Test func everyLengthIsRead() {
    let sample = Array(
      "{\"a@b.jp\": {\"n\": [1, \"\\u5c71\"]}, \"z\": [[1, null], true]}\n{\"q\": \"\\\\\"}".utf8
    )
    for length in 0...sample.count {
      for format in [LeafFormat.json, .jsonLines] {
        let dump = ReaderDump.read(Array(sample[..<length]), LeafPlan(format))
        #expect(dump.lines <= 2)
      }
    }
  }
}
