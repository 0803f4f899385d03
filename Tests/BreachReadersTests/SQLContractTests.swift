import BreachModel
import BreachReaders
import TestKit
import Testing

/// SQL dumps: rows come out as they were written, cut off or not.
@Suite struct SQLContractTests {
  private func plan(_ flavour: SQLSample.Flavour) -> LeafPlan {
    LeafPlan(.sql(SQLDialect(backslashEscapes: flavour == .mysql)))
  }

  private func rows(_ dump: ReaderDump) -> [ReadRecord] { dump.records.filter { $0.text == nil } }

  @Test(arguments: 0..<40 as Range<UInt64>, SQLSample.Flavour.allCases)
  func rowsAreReadAsWritten(seed: UInt64, flavour: SQLSample.Flavour) {
    let sample = SQLSample(seed: seed, flavour: flavour, statements: 40)
    let dump = ReaderDump.read(Array(sample.text.utf8), plan(flavour))
    let rows = rows(dump)
    #expect(firstDifference(rows.map(\.values), sample.rows.map(\.values)) == nil)
    #expect(rows.map(\.table) == sample.rows.map(\.table))
    #expect(dump.lines == Array(sample.text.utf8).filter { $0 == 0x0A }.count)
    #expect(dump.remarks.isEmpty)
    #expect(Array(dump.catalogue.map(\.name).prefix(2)) == ["users", "orders"])
    #expect(dump.catalogue[1].columns == ["id", "user", "note", "at"])
    #expect(dump.catalogue.count == 2)
  }

  @Test(arguments: SQLSample.Flavour.allCases)
  func batchesAndPiecesDoNotMatter(flavour: SQLSample.Flavour) {
    let sample = SQLSample(seed: 5, flavour: flavour, statements: 9_000)
    let text = Array(sample.text.utf8)
    let dump = ReaderDump.read(text, plan(flavour))
    #expect(firstDifference(rows(dump).map(\.values), sample.rows.map(\.values)) == nil)
    let shifted = ReaderDump.read([UInt8](repeating: 0x0A, count: 99_999) + text, plan(flavour))
    #expect(shifted.records.map(\.content) == dump.records.map(\.content))
    #expect(shifted.records.map { $0.line - 99_999 } == dump.records.map(\.line))
    #expect(
      firstDifference(
        ReaderDump.read(text, plan(flavour), pieces: .random(upTo: 5_000, seed: 1)).records,
        dump.records
      ) == nil
    )
  }

  @Test(arguments: SQLSample.Flavour.allCases)
  func cutOffAnywhere(flavour: SQLSample.Flavour) {
    let sample = SQLSample(seed: 11, flavour: flavour, statements: 12)
    let text = Array(sample.text.utf8)
    for length in 0...text.count {
      let rows = rows(ReaderDump.read(Array(text[..<length]), plan(flavour)))
      let whole = sample.ends.filter { $0 <= length }.count
      #expect(rows.count >= whole)
      #expect(
        firstDifference(
          rows.prefix(whole).map(\.values),
          sample.rows.prefix(whole).map(\.values)
        ) == nil
      )
    }
  }

  @Test func catalogueOfEveryKindOfCreate() {
    let text = """
      CREATE TABLE IF NOT EXISTS `db`.`a` (`id` int(11) NOT NULL, `name` enum('x','y,)') , KEY `k` (`id`)) ;
      CREATE TABLE public."b" ("key" text, "primary" int, CONSTRAINT z PRIMARY KEY ("key"));
      CREATE TABLE [dbo].[c]([Id] [int] IDENTITY(1,1) NOT NULL, [Mail] [nvarchar](50) NULL,
       CONSTRAINT [PK] PRIMARY KEY CLUSTERED ([Id] ASC))
      create temporary table d (one, two);
      """
    let dump = ReaderDump.read(Array(text.utf8), plan(.mysql))
    #expect(
      dump.catalogue == [
        CatalogueEntry(name: "a", columns: ["id", "name"]),
        CatalogueEntry(name: "b", columns: ["key", "primary"]),
        CatalogueEntry(name: "c", columns: ["Id", "Mail"]),
        CatalogueEntry(name: "d", columns: ["one", "two"]),
      ]
    )
  }

  @Test func tablesOfOneNameAreToldByTheirWidth() {
    let text = """
      CREATE TABLE u (a int, b int);
      INSERT INTO u VALUES (1,2);
      CREATE TABLE u (a int, b int, c int);
      INSERT INTO u VALUES (1,2,3),(4,5);
      INSERT INTO u (b) VALUES (9);
      """
    let dump = ReaderDump.read(Array(text.utf8), plan(.mysql))
    #expect(dump.catalogue.map(\.columns.count) == [2, 3, 1])
    #expect(rows(dump).map(\.values.count) == [2, 3, 2, 1])
  }

  @Test func valuesOfSeveralStringsAreKeptWhole() {
    let text =
      "INSERT INTO t VALUES (CONCAT('taro@','x.jp'),'a' 'b',UPPER('c'),'O'Neil',AES('k','v'));\n"
    let values = rows(ReaderDump.read(Array(text.utf8), plan(.mysql))).flatMap(\.values)
    #expect(values.map(\.count).prefix(3) == [22, 7, 1])
    #expect(values.joined().contains(0x4E))
  }

  @Test func oneBrokenQuoteCostsOneStatement() {
    let text = """
      INSERT INTO t VALUES (1,'open);
      INSERT INTO t VALUES (2,'whole');
      INSERT INTO t VALUES (3,'x;
      y');
      """
    let dump = ReaderDump.read(Array(text.utf8), plan(.mysql))
    #expect(rows(dump).map(\.values.count) == [2, 2, 2])
    #expect(rows(dump).map(\.line) == [1, 2, 3])
  }

  @Test func rowsAboveTheLimitComeInPieces() {
    for size in [1 << 20, 3_300_000] {
      let blob = [UInt8](repeating: 0x61, count: size)
      let text =
        Array("INSERT INTO t VALUES (1,'".utf8) + blob + Array("','z'),(2,0x".utf8) + blob
        + Array(",'y'),(3,'b','x');\nCOPY t (a, b, c) FROM stdin;\n4\t".utf8) + blob
        + Array("\tw\n5\tq\tv\n\\.\n".utf8)
      let dump = ReaderDump.read(text, plan(.mysql))
      let last = rows(dump).filter { $0.columns.last == "2" }.compactMap { $0.values.last }
      #expect(last == [[0x7A], [0x79], [0x78], [0x77], [0x76]])
      let total = rows(dump).flatMap { $0.values.joined() }.count
      #expect(total == 3 * size + 2 + 5 + 5 + 2)
      #expect(dump.lines == 5)
      #expect(dump.largestText < 6 << 20)
    }
  }

  /// Tokens put anywhere into a dump come out in a value or in text.
  @Test(arguments: 0..<80 as Range<UInt64>)
  func nothingIsDropped(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let flavour = random.pick(SQLSample.Flavour.allCases)
    var text = Array(SQLSample(seed: seed, flavour: flavour, statements: 10).text.utf8)
    let at = random.below(text.count)
    guard text[at] & 0xC0 != 0x80 else { return }
    text.insert(contentsOf: Array("x@".utf8) + [0x7F], at: at)
    let dump = ReaderDump.read(text, plan(flavour))
    let seen = dump.records.contains { record in
      record.values.contains { $0.contains(0x7F) } || record.text?.contains(0x7F) == true
    }
    let inHead = dump.catalogue.contains { entry in
      entry.name.utf8.contains(0x7F) || entry.columns.contains { $0.utf8.contains(0x7F) }
    }
    #expect(seen || inHead)
  }

  /// Whatever stands behind VALUES, and wherever it ends.
  @Test(arguments: 0..<300 as Range<UInt64>, [true, false])
  func valuesAgreeWithTheReference(seed: UInt64, backslashEscapes: Bool) {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "(", "(", ")", "),(", ",", ",", "'", "'", "\"", "''", "\\", "\\'", "'a'", "'山田'", "E'q\\'r'",
      "N'x'", "NULL", "null ", "-12.5", "0xFF", "now()", "concat('a','b')", " ", "\t", "x@y.jp",
      "_b 'q'",
      "'a;b'", "--", "'x' 'y'", "e",
    ]
    var values = "("
    for _ in 0..<random.below(40) { values += random.pick(pieces) }
    let reference = SQLReference(Array(values.utf8), backslashEscapes: backslashEscapes)
    let dump = ReaderDump.read(
      Array("INSERT INTO t VALUES \(values)".utf8),
      LeafPlan(.sql(SQLDialect(backslashEscapes: backslashEscapes)))
    )
    #expect(firstDifference(rows(dump).map(\.values), reference.rows) == nil)
  }
}
