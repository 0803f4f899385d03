import BreachBytes
import BreachModel
import BreachReaders
import TestKit
import Testing

/// Units read one by one give what the whole gives: records, places, lines.
@Suite struct UnitCutterTests {
  private func check(_ text: [UInt8], _ plan: LeafPlan, sizes: [Int], mustCut: Bool = true) {
    var known = plan
    if case .sql = plan.format {
      let cuts = UnitCutter.cuts(
        MemorySource(text),
        size: text.count,
        plan: plan,
        unitSize: text.count
      )
      #expect(cuts.units.count == 1)
      #expect(cuts.catalogue == ReaderDump.read(text, plan).catalogue)
      known.catalogue = cuts.catalogue
    }
    let whole = ReaderDump.read(text, known)
    for size in sizes {
      let (units, count) = ReaderDump.readUnits(text, plan, unitSize: size)
      #expect(firstDifference(units.records, whole.records) == nil)
      #expect(units.body == whole.body)
      #expect(units.lines == whole.lines)
      #expect(units.bytesRead == text.count)
      #expect(count > 1 || !mustCut || text.count <= size)
    }
  }

  private static func sizes(_ random: inout SeededGenerator) -> [Int] {
    [1 + random.below(300), 1_000 + random.below(9_000), 65_536]
  }

  private static let narrow: [Charset] = [.utf8, .cp932, .eucJP, .iso2022JP, .latin1]

  @Test func mailboxIsCutBetweenMessages() {
    let mail = "From a@example.com Thu Nov 26 10:00:00 2026\nSubject: x\n\n>From y\n"
    let text = Array(String(repeating: mail, count: 10).utf8)
    let size = mail.utf8.count
    func cuts(_ unitSize: Int) -> [UnitCut] {
      UnitCutter.cuts(mailbox: MemorySource(text), size: text.count, unitSize: unitSize)
    }
    #expect(
      cuts(4 * size) == [
        UnitCut(range: 0..<4 * size, messages: 0), UnitCut(range: 4 * size..<8 * size, messages: 4),
        UnitCut(range: 8 * size..<10 * size, messages: 8),
      ]
    )
    #expect(cuts(4 * size + 1)[1] == UnitCut(range: 5 * size..<9 * size, messages: 5))
    #expect(cuts(text.count).count == 1)
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func csv(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let text = CSVContractTests.nasty(&random, pieces: 8_000, quotes: !random.once(in: 4))
    let plan = LeafPlan(.csv(CSVDialect(delimiter: 0x2C)))
    check(text, plan, sizes: Self.sizes(&random), mustCut: false)
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func csvWithoutQuotesOverManyBlocks(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var text: [UInt8] = []
    while text.count < 900_000 {
      text += CSVContractTests.nasty(&random, pieces: 3_000, quotes: false)
      if random.once(in: 9) { text += Array("\"a\nb\",c\n".utf8) }
    }
    check(text, LeafPlan(.csv(CSVDialect(delimiter: 0x2C))), sizes: [65_536, 100_001])
  }

  @Test(arguments: 0..<20 as Range<UInt64>, SQLSample.Flavour.allCases)
  func sql(seed: UInt64, flavour: SQLSample.Flavour) {
    var random = SeededGenerator(seed: seed)
    let sample = SQLSample(seed: seed, flavour: flavour, statements: 150)
    var text = Array(sample.text.utf8)
    // Damage, so that states go astray in the same way for both.
    if seed % 2 == 1 {
      for _ in 0..<6 {
        let at = random.below(text.count)
        if text[at] < 0x80 { text[at] = random.pick([0x27, 0x22, 0x5C, 0x3B, 0x0A, 0x28, 0x29]) }
      }
    }
    let plan = LeafPlan(.sql(SQLDialect(backslashEscapes: flavour == .mysql)))
    check(text, plan, sizes: Self.sizes(&random), mustCut: seed % 2 == 0)
  }

  @Test(arguments: SQLSample.Flavour.allCases)
  func sqlOverManyBlocks(flavour: SQLSample.Flavour) {
    let sample = SQLSample(seed: 3, flavour: flavour, statements: 14_000)
    let plan = LeafPlan(.sql(SQLDialect(backslashEscapes: flavour == .mysql)))
    check(Array(sample.text.utf8), plan, sizes: [65_536, 300_000])
  }

  @Test func copyRowsCarryTheirTable() {
    var text = "CREATE TABLE a (x int);\nCOPY b (x, y) FROM stdin;\n"
    for number in 0..<4_000 { text += "\(number)\tINSERT INTO z VALUES (1);\n" }
    text += "\\.\nINSERT INTO a VALUES ('q');\n"
    let bytes = Array(text.utf8)
    let plan = LeafPlan(.sql(SQLDialect(backslashEscapes: false)))
    let cuts = UnitCutter.cuts(MemorySource(bytes), size: bytes.count, plan: plan, unitSize: 9_000)
    #expect(cuts.catalogue.map(\.name) == ["a", "b"])
    #expect(cuts.units.dropFirst().contains { $0.copyTable == 1 })
    #expect(cuts.units.first?.copyTable == nil)
    check(bytes, plan, sizes: [500, 9_000, 60_000])
  }

  @Test(arguments: [Charset.cp932, .eucJP, .iso2022JP, .utf16LE])
  func sqlInOtherCharsets(charset: Charset) {
    let encoder = CharsetEncoder(charset)
    let sample = SQLSample(seed: 8, flavour: .mysql, statements: 300)
    let text = encoder.encode(sample.text)
    let plan = LeafPlan(.sql(SQLDialect(backslashEscapes: true)), charset)
    check(text, plan, sizes: [5_000, 20_000])
    let rows = ReaderDump.read(text, plan).records.filter { $0.text == nil }
    #expect(firstDifference(rows.map(\.values), sample.rows.map(\.values)) == nil)
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func jsonLines(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var text = Array(JSONSample(seed: seed, documents: 400, isPretty: false).text.utf8)
    for _ in 0..<20 {
      let at = random.below(text.count)
      if text[at] < 0x80 { text[at] = random.pick([0x22, 0x7B, 0x5C, 0x0A, 0x5D]) }
    }
    check(text, LeafPlan(.jsonLines), sizes: Self.sizes(&random))
  }

  @Test(arguments: Charset.allCases)
  func linesInEveryCharset(charset: Charset) {
    var random = SeededGenerator(seed: 21)
    let encoder = CharsetEncoder(charset)
    var string = ""
    for _ in 0..<4_000 {
      string += random.pick(["山田 太郎", "ﾔﾏﾀﾞ", "abc", "ऊ੊Ċ", "x@y.jp", "𠮷", ",", "|"])
      if random.once(in: 6) { string += random.pick(["\n", "\r\n", "\n\n"]) }
    }
    let text = encoder.encode(string)
    check(text, LeafPlan(.text, charset), sizes: [1, 77, 1_000, 65_536])
  }

  @Test func byteOrderMarksStayWithTheFirstUnit() {
    let body = CharsetEncoder(.utf16BE).encode("a,山\nb,田\nc,ਊ\n")
    let plan = LeafPlan(charset: .utf16BE, bomLength: 2, format: .text)
    let text = [0xFE, 0xFF] + body
    let (units, count) = ReaderDump.readUnits(text, plan, unitSize: 5)
    #expect(count == 3)
    #expect(units.body == Array("a,山\nb,田\nc,ਊ\n".utf8))
  }

  @Test(arguments: Self.narrow)
  func csvInEveryCharset(charset: Charset) {
    var random = SeededGenerator(seed: 4)
    let encoder = CharsetEncoder(charset)
    var string = ""
    for _ in 0..<6_000 {
      string += random.pick(["山田", "ソ能表", "a", "\"x,y\"", ",", ",", "\n", "\"p\nq\"", "ﾀﾛｳ"])
    }
    let plan = LeafPlan(.csv(CSVDialect(delimiter: 0x2C)), charset)
    check(encoder.encode(string), plan, sizes: [200, 3_000, 20_000])
  }

  /// Lines in other charsets than the leaf's, at every cut.
  @Test(arguments: [Charset.utf8, .cp932, .eucJP])
  func mixedCharsets(charset: Charset) {
    var random = SeededGenerator(seed: 12)
    let encoders = [Charset.utf8, .cp932, .eucJP, .iso2022JP].map(CharsetEncoder.init)
    let own = CharsetEncoder(charset)
    var text: [UInt8] = []
    for _ in 0..<3_000 {
      let encoder = random.once(in: 3) ? random.pick(encoders) : own
      text += encoder.encode("山田太郎,東京都千代田区霞が関,taro@example.jp\n")
    }
    check(text, LeafPlan(.csv(CSVDialect(delimiter: 0x2C)), charset), sizes: [1_000, 65_536])
    check(text, LeafPlan(.text, charset), sizes: [1_000, 65_536])
  }

  /// Equal units, their number a multiple of eight, none above 64 MiB.
  @Test(arguments: [
    (0, 1, 1), (1, 1, 1), (8 << 20, 8 << 20, 1), (8 << 20 + 1, 1 << 20 + 1, 8),
    (100_000_000, 12_500_000, 8), (512 << 20, 64 << 20, 8), (512 << 20 + 1, 32 << 20 + 1, 16),
    (2_000_000_000, 62_500_000, 32),
  ]) func unitsAreEqual(size: Int, unit: Int, count: Int) {
    #expect(UnitCutter.unitSize(ofLeaf: size) == unit)
    #expect(max(1, (size + unit - 1) / unit) == count)
    #expect(unit <= UnitCutter.longestUnit)
  }

  /// What bytes alone do not tell goes through the framer, and what they tell is the same.
  @Test func quotesThatTheFramerJudges() {
    let pieces = [
      "a,\"b\n", "a,\"b", "\u{1B}$B\"\"\u{1B}(B,\"x\ny\"\n", "a|\"b\n|c\"\n",
      "\"" + String(repeating: "x", count: 1 << 20) + "\n\",z\n",
      String(repeating: "y", count: 1 << 20) + ",\"q\nq\"\n",
    ]
    let rows = String(repeating: "p,\"q\"\"\nr\",s\n", count: 2_000)
    for piece in pieces {
      let text = Array((rows + piece + rows).utf8)
      for delimiter: UInt8 in [0x2C, 0x7C] {
        check(text, LeafPlan(.csv(CSVDialect(delimiter: delimiter))), sizes: [1, 5_000, 65_536])
      }
    }
  }

  @Test func documentsAndSmallLeavesAreWhole() {
    let text = Array("{\"a\": [\n1,\n2\n]}\n".utf8)
    let json = UnitCutter.cuts(
      MemorySource(text),
      size: text.count,
      plan: LeafPlan(.json),
      unitSize: 4
    )
    #expect(json.units == [UnitCut(range: 0..<text.count)])
    let empty = UnitCutter.cuts(MemorySource([]), size: 0, plan: LeafPlan(.text), unitSize: 4)
    #expect(empty.units == [UnitCut(range: 0..<0)])
    let oneLine = [UInt8](repeating: 0x78, count: 1_000)
    let line = UnitCutter.cuts(
      MemorySource(oneLine),
      size: 1_000,
      plan: LeafPlan(.text),
      unitSize: 64
    )
    #expect(line.units == [UnitCut(range: 0..<1_000)])
  }

  /// The lines of a form stay together: a cut comes behind two empty lines, else one, else a line that
  /// is too long for a label.
  @Test func textIsCutWhereFormsEnd() {
    let long = String(repeating: "x", count: 70)
    func cut(_ text: String, _ charset: Charset = .utf8, at size: Int) -> Int? {
      let bytes = CharsetEncoder(charset).encode(text)
      let units = UnitCutter.cuts(
        MemorySource(bytes),
        size: bytes.count,
        plan: LeafPlan(.text, charset),
        unitSize: size
      ).units
      return units.count > 1 ? units[0].range.upperBound : nil
    }
    #expect(cut("aaa\nbbb\nccc\n", at: 2) == 4)
    #expect(cut("aaa\nb\n\(long)\nccc\n", at: 2) == 77)
    #expect(cut("aaa\nb\n\(long)\nccc\n\nd\n", at: 2) == 82)
    #expect(cut("aaa\n\nb\n\n\nc\n", at: 2) == 9)
    #expect(cut("aaa\r\n\r\nb\r\n\r\n\r\nc\r\n", at: 2) == 14)
    #expect(cut("aaa\n\nb\n\n\nc\n", .utf16LE, at: 4) == 18)
    // What comes after more than 4 KiB comes too late.
    let many = String(repeating: "b\n", count: 3_000)
    #expect(cut("aaa\n\(many)\n\nc\n", at: 2) == 4)
  }

  @Test func failingSourcesStillGiveTheWhole() {
    let sample = Array(SQLSample(seed: 1, flavour: .mysql, statements: 2_000).text.utf8)
    let plan = LeafPlan(.sql(SQLDialect(backslashEscapes: true)))
    for read in 1...4 {
      let source = FaultSource(
        MemorySource(sample, pieces: .fixed(40_000)),
        failingAt: read,
        with: .corrupt("test")
      )
      let cuts = UnitCutter.cuts(source, size: sample.count, plan: plan, unitSize: 10_000)
      #expect(cuts.units.first?.range.lowerBound == 0)
      #expect(cuts.units.last?.range.upperBound == sample.count)
      for (one, next) in zip(cuts.units, cuts.units.dropFirst()) {
        #expect(one.range.upperBound == next.range.lowerBound)
      }
    }
  }
}
