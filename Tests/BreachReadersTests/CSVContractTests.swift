import BreachBytes
import BreachModel
import BreachReaders
import TestKit
import Testing

/// Delimited files against the reference, whatever they hold and however they come.
@Suite struct CSVContractTests {
  private static let plan = LeafPlan(.csv(CSVDialect(delimiter: 0x2C)))

  /// Text out of pieces that hurt.
  static func nasty(_ random: inout SeededGenerator, pieces: Int, quotes: Bool = true) -> [UInt8] {
    let plain = ["a", "山田", "x@y.jp", ",", ",", ",", "\n", "\r\n", " ", "", "1", "ﾀﾛｳ", ", ", "\r"]
    let hurting = [
      "\"", "\"\"", "\"a,b\"", "\"a\nb\"", "\"a\"\"b\"", "\"a\" b", ",\"", "\",", "\"\n",
    ]
    var text = ""
    for _ in 0..<pieces {
      text += quotes && random.once(in: 4) ? random.pick(hurting) : random.pick(plain)
    }
    return Array(text.utf8)
  }

  @Test(arguments: 0..<120 as Range<UInt64>)
  func agreesWithTheReference(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let text = Self.nasty(&random, pieces: 1 + random.below(400))
    let dump = ReaderDump.read(text, Self.plan)
    let reference = CSVReference(text)
    #expect(
      firstDifference(dump.records.map(\.values), reference.records.map(\.fields)) == nil
    )
    #expect(dump.records.map(\.line) == reference.records.map(\.line))
    let newlines = text.filter { $0 == 0x0A }.count
    #expect(dump.lines == newlines + (text.isEmpty || text.last == 0x0A ? 0 : 1))
  }

  @Test(arguments: [MemorySource.Pieces.fixed(1), .fixed(7), .random(upTo: 70_000, seed: 1)])
  func piecesOfTheSourceDoNotMatter(pieces: MemorySource.Pieces) {
    var random = SeededGenerator(seed: 7)
    let text = Self.nasty(&random, pieces: 120_000)
    #expect(
      firstDifference(
        ReaderDump.read(text, Self.plan, pieces: pieces).records,
        ReaderDump.read(text, Self.plan).records
      ) == nil
    )
  }

  /// Batches end in the middle of everything.
  @Test(arguments: 0..<4 as Range<UInt64>)
  func longFilesAgree(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let text = Self.nasty(&random, pieces: 400_000)
    let dump = ReaderDump.read(text, Self.plan)
    let reference = CSVReference(text)
    #expect(
      firstDifference(dump.records.map(\.values), reference.records.map(\.fields)) == nil
    )
    #expect(dump.records.map(\.line) == reference.records.map(\.line))
  }

  @Test func junkBehindAQuoteIsKept() {
    let text = Array("\"Taro\" <taro@example.jp>,b\n\"c\" ,d\n".utf8)
    let values = ReaderDump.read(text, Self.plan).records.map { $0.values.map { $0.count } }
    #expect(values == [[24, 1], [1, 1]])
  }

  @Test func quoteNeverClosedCostsOneLine() {
    let small = Array(("a,\"b\n" + String(repeating: "c,d\n", count: 100)).utf8)
    let dump = ReaderDump.read(small, Self.plan)
    #expect(dump.records.count == 101)
    #expect(dump.remarks.count == 1)
    let large = Array(("a,\"b\n" + String(repeating: "c,d\n", count: 300_000) + "\"\n").utf8)
    #expect(ReaderDump.read(large, Self.plan).records.count == 300_001 + 1)
  }

  /// Quotes that open on every line and never close took a look at 1 MiB each.
  ///
  /// Processor time of the thread: a time limit counts how long a test waits for the others, too.
  @Test func manyOpenQuotesStayLinear() {
    let start = OwnProcess.threadSeconds
    for line in ["a\"b,\"c\n", "5\" x,\"\n"] {
      let text = Array(String(repeating: line, count: 100_000).utf8)
      let dump = ReaderDump.read(text, Self.plan)
      #expect(dump.records.count == 100_000)
      #expect(dump.records.allSatisfy { $0.values.count == 2 })
    }
    #expect(OwnProcess.threadSeconds - start < 60)
  }

  /// The shortcut for quotes that are never closed must not change what is read.
  @Test(arguments: 0..<6 as Range<UInt64>)
  func openQuotesNearTheLimitAgree(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var text: [UInt8] = []
    while text.count < 3 << 20 {
      switch random.below(12) {
      case 0: text += Array("x,\"open\n".utf8)
      case 1: text += Array("\"".utf8)
      case 2: text += Array("a\"b,\"c\n".utf8)
      case 3:
        let filler: [UInt8] = random.once(in: 2) ? [0x78] : [0x78, 0x0A, 0x2C]
        for _ in 0..<random.below(200_000) { text += filler }
      default: text += Array("p,q,r\n".utf8)
      }
    }
    let whole = ReaderDump.read(text, Self.plan)
    // Without the reference's pieces of long lines: compare what it has no opinion on by units.
    let (units, count) = ReaderDump.readUnits(text, Self.plan, unitSize: 200_000)
    #expect(count > 1)
    #expect(firstDifference(units.records, whole.records) == nil)
    #expect(units.lines == whole.lines)
    let reference = CSVReference(text)
    let isPlain = reference.records.allSatisfy { record in
      record.fields.reduce(record.fields.count) { $0 + $1.count } < 1 << 20
    }
    if isPlain {
      #expect(firstDifference(whole.records.map(\.values), reference.records.map(\.fields)) == nil)
    }
  }

  @Test func longLinesComeInPieces() {
    let fields = (0..<400_000).map { "f\($0)" }
    let text = Array((fields.joined(separator: ",") + "\nlast,1\n").utf8)
    let dump = ReaderDump.read(text, Self.plan)
    #expect(dump.records.flatMap(\.values).count == 400_002)
    #expect(dump.records.dropLast().flatMap(\.columns) == fields.indices.map(String.init))
    #expect(dump.records.last?.columns == ["0", "1"])
    #expect(dump.largestText < 4 << 20)
  }

  @Test func endlessFieldsComeInPieces() {
    let text = [UInt8](repeating: 0x78, count: 5 << 20) + Array(",y\nz,1\n".utf8)
    let dump = ReaderDump.read(text, Self.plan)
    #expect(dump.records.flatMap { $0.values.joined() }.count == (5 << 20) + 3)
    #expect(dump.records.last?.line == 2)
    #expect(dump.largestText < 5 << 20)
  }

  @Test func noByteIsDropped() {
    for seed in 0..<40 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      var text = Self.nasty(&random, pieces: 300)
      var canaries = 0
      for _ in 0..<30 {
        let at = random.below(text.count + 1)
        // Not inside a character.
        guard at == text.count || text[at] & 0xC0 != 0x80 else { continue }
        text.insert(contentsOf: Array("\u{1}".utf8), at: at)
        canaries += 1
      }
      let values = ReaderDump.read(text, Self.plan).records.flatMap { $0.values.joined() }
      #expect(values.filter { $0 == 1 }.count == canaries)
    }
  }

  @Test func oldMacintoshLineEnds() {
    let plan = LeafPlan(.csv(CSVDialect(delimiter: 0x2C, newline: 0x0D)))
    let dump = ReaderDump.read(Array("a,b\r\"c\rd\",e\rf,g".utf8), plan)
    #expect(dump.records.map(\.values.count) == [2, 2, 2])
    #expect(dump.records.map(\.line) == [1, 2, 4])
    #expect(dump.lines == 4)
  }
}
