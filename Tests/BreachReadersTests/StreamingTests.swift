import BreachBytes
import BreachModel
import BreachReaders
import TestKit
import Testing

/// Text and logs, sources that fail, and memory that does not grow with the evidence.
@Suite struct StreamingTests {
  private static let formats: [LeafFormat] = [
    .text, .csv(CSVDialect(delimiter: 0x2C)), .json, .jsonLines,
    .sql(SQLDialect(backslashEscapes: true)), .xml(XMLDialect(records: ["r.i"])), .html, .form,
    .entries(.ldif), .entries(.vcard),
  ]

  @Test(arguments: [1, 1_000, 300_000])
  func textIsGivenWhole(lineLength: Int) {
    var random = SeededGenerator(seed: UInt64(lineLength))
    var text: [UInt8] = []
    while text.count < 1_500_000 {
      for _ in 0..<random.below(2 * lineLength) { text += Array("山x ".utf8) }
      text.append(0x0A)
    }
    let dump = ReaderDump.read(text, LeafPlan(.text))
    #expect(dump.body == text)
    #expect(dump.lines == text.filter { $0 == 0x0A }.count)
    let pieces = ReaderDump.read(text, LeafPlan(.text), pieces: .random(upTo: 999, seed: 2))
    #expect(pieces.body == text)
  }

  /// A batch says at which line it begins and how far into it.
  @Test func batchesKnowTheirLine() {
    let long = [UInt8](repeating: 0x61, count: 700_000)
    let text = Array("x\ny\n".utf8) + long + Array("\nz\n".utf8)
    let stream = TextStream(MemorySource(text), charset: .utf8, offset: 0, skipping: 0)
    let reader = TextReader(stream)
    var batch = RecordBatch()
    var offset = 0
    while reader.next(into: &batch) {
      let before = text[..<offset]
      #expect(batch.firstLine == 1 + before.filter { $0 == 0x0A }.count)
      #expect(batch.lineOffset == offset - ((before.lastIndex(of: 0x0A) ?? -1) + 1))
      #expect(batch.leafOffset(of: batch.body.lowerBound) == offset)
      #expect(batch.lineOffset == 0 || batch.body.lowerBound == ReaderLimits.margin)
      offset += batch.body.count
    }
    #expect(offset == text.count)
    #expect(reader.lines == 4)
  }

  @Test(arguments: Self.formats)
  func failingSourcesGiveWhatCameBefore(format: LeafFormat) {
    var text: [UInt8] = []
    switch format {
    case .text: for number in 0..<9_000 { text += Array("line \(number)\n".utf8) }
    case .csv: for number in 0..<9_000 { text += Array("\(number),\"b\"\n".utf8) }
    case .json, .jsonLines: for number in 0..<9_000 { text += Array("{\"a\": \(number)}\n".utf8) }
    case .sql:
      for number in 0..<9_000 { text += Array("INSERT INTO t VALUES (\(number),'b');\n".utf8) }
    case .xml:
      text = Array("<r>".utf8)
      for number in 0..<9_000 { text += Array("<i>\(number)<b>c</b></i>\n".utf8) }
    case .html:
      text = Array("<table>".utf8)
      for number in 0..<9_000 { text += Array("<tr><td>\(number)<td>b</tr>\n".utf8) }
    case .form: for number in 0..<9_000 { text += Array("a=\(number)&b=%41\n".utf8) }
    case .entries:
      for number in 0..<9_000 { text += Array("dn: a\nuid: \(number)\ncn:: QUJD\n\n".utf8) }
    }
    let whole = ReaderDump.read(text, LeafPlan(format))
    for read in 1...12 {
      let source = FaultSource(
        MemorySource(text, pieces: .fixed(5_003)),
        failingAt: read,
        with: .corrupt("test")
      )
      let dump = ReaderDump.read(source, LeafPlan(format))
      #expect(dump.failure == .corrupt("test"))
      #expect(dump.bytesRead == (read - 1) * 5_003)
      let complete = max(0, dump.records.count - 1)
      #expect(
        firstDifference(
          Array(dump.records.prefix(complete)),
          Array(whole.records.prefix(complete))
        ) == nil
      )
      #expect(dump.body.elementsEqual(text.prefix(dump.body.count)))
    }
  }

  /// One line, field, string or tuple of 64 MiB.
  @Test(arguments: Self.formats)
  func endlessValuesStayInMemory(format: LeafFormat) {
    let start = OwnProcess.threadSeconds
    let heads: [String]
    switch format {
    case .text: heads = [""]
    case .csv: heads = ["a,", "a,\"", "\""]
    case .json, .jsonLines: heads = ["{\"a\": \"", "{\"", "[1, nonsense "]
    case .sql:
      heads = ["INSERT INTO t VALUES (1,'", "INSERT INTO t VALUES (0x", "COPY t FROM stdin;\n"]
    case .xml: heads = ["<a>", "<a b=\"", "<a><![CDATA[", "<!--", "<!DOCTYPE a [", "<a", "&"]
    case .html:
      heads = ["<p>", "<p a=\"", "<!--", "<script>", "<table><tr><td>", "<dl><dt>", "<table><!--"]
    case .form: heads = ["a=b&", "a=%41&c=", "a"]
    case .entries: heads = ["dn: a\ncn: ", "dn: a\ncn:: ", "dn"]
    }
    let body = Array(String(repeating: "4111 1111 1111 1111 x@example.jp ", count: 2_000).utf8)
    // Debug builds take minutes for more of what is tokenized byte by byte.
    let isFast = format.id == "text" || format.id == "csv"
    let times = isFast ? 1_000 : 200
    for head in heads {
      let source = RepeatingSource(head: Array(head.utf8), body: body, times: times, tail: [0x0A])
      let dump = ReaderDump.read(source, LeafPlan(format), keeps: false)
      #expect(dump.bytesRead == head.utf8.count + body.count * times + 1)
      #expect(dump.largestText < 8 << 20)
    }
    #expect(OwnProcess.threadSeconds - start < 300)
  }

  /// Records without end of short values.
  @Test func endlessRecordsStayInMemory() {
    let start = OwnProcess.threadSeconds
    let cases: [(LeafFormat, String, String)] = [
      (.csv(CSVDialect(delimiter: 0x2C)), "", "x@example.jp,"),
      (.json, "{", "\"a\": \"x@example.jp\", "),
      (.json, "[", "{\"a\": \"x@example.jp\", \"b\": [["),
      (.jsonLines, "[", "\"x@example.jp\", "),
      (.sql(SQLDialect(backslashEscapes: true)), "INSERT INTO t VALUES (1", ",'x@example.jp'"),
      (.sql(SQLDialect(backslashEscapes: true)), "INSERT INTO t VALUES ", "(1,'x@example.jp'),"),
      (.sql(SQLDialect(backslashEscapes: true)), "INSERT INTO t VALUES (1) ", "x@example.jp "),
      (.sql(SQLDialect(backslashEscapes: true)), "COPY t (a) FROM stdin;\n", "x@example.jp\t"),
      (.xml(XMLDialect(records: ["a.r"])), "<a><r>", "<b c='d'>x@example.jp</b>"),
      (.xml(XMLDialect(rows: ["a.r"])), "<a><r>", "<b c='d'>x@example.jp</b>"),
      (.xml(XMLDialect(records: ["a.r"])), "<a>", "<r><b>&amp;"),
      (.xml(XMLDialect()), "<a>", "</b><c>x@example.jp"),
      (.html, "<table><tr>", "<td>x@example.jp"),
      (.html, "<dl>", "<dt>x@example.jp<dd>&amp;&lt;"),
      (.html, "<form>", "<input name=a value='x@example.jp'>"),
      (.html, "<p>", "<b>x@example.jp</i> "),
      (.form, "a=b", "&c=x%40example.jp"),
    ]
    for (format, head, piece) in cases {
      let body = Array(String(repeating: piece, count: 4_000).utf8)
      let source = RepeatingSource(head: Array(head.utf8), body: body, times: 100, tail: [])
      let dump = ReaderDump.read(source, LeafPlan(format), keeps: false)
      #expect(dump.bytesRead == head.utf8.count + body.count * 100)
      #expect(dump.largestText < 8 << 20)
    }
    #expect(OwnProcess.threadSeconds - start < 300)
  }
}
