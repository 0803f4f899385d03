import BreachModel
import BreachReaders
import TestKit
import Testing

/// HTML: tables, lists and forms are records, all else is text without tags.
@Suite struct HTMLReaderTests {
  private func read(_ text: String, pieces: MemorySource.Pieces = .whole) -> ReaderDump {
    ReaderDump.read(Array(text.utf8), LeafPlan(.html), pieces: pieces)
  }

  private func lines(_ dump: ReaderDump) -> [String] {
    dump.records.map { record in
      let string = { (bytes: [UInt8]) in String(decoding: bytes, as: UTF8.self) }
      if let text = record.text { return "\(record.line) \"\(string(text))\"" }
      let fields = zip(record.columns, record.values).map { "\($0)=\(string($1))" }
      return "\(record.line) \(record.table)/\(record.depth) " + fields.joined(separator: " ")
    }
  }

  @Test func rowsAreRecords() {
    let text = """
      <TABLE border="1"><thead>
      <tr><th>name<th>mail</tr></thead>
      <tr><td><b>Taro</b> &amp; Co</td>
      <td colspan=2>t@<i>x</i>.jp<br>u@x.jp</td><td></td></tr>
      </TABLE>
      <table><tr><td>a</td><td>b</td></tr></table>
      """
    let dump = read(text)
    #expect(
      lines(dump) == [
        "2 /0 0=name 1=mail", "3 /0 0=Taro & Co 1=t@x.jp\nu@x.jp 2= 3=", "6 2/0 0=a 1=b",
      ]
    )
    let raw = dump.records[1].places.map { String(decoding: Array(text.utf8)[$0], as: UTF8.self) }
    #expect(raw == ["<b>Taro</b> &amp; Co", "t@<i>x</i>.jp<br>u@x.jp", "", ""])
  }

  @Test func headingsBesideValuesAreOneRecord() {
    let text = """
      <table><tr><th colspan="2">customer data</th></tr>
      <tr><th>name</th><td>Taro</td></tr>
      <tr><th>tel</th><td>1</td></tr></table>
      <dl><dt>mail<dd>a@b.jp<dd>c@d.jp<dt>zip</dt><dd>2</dd></dl>
      """
    #expect(
      lines(read(text)) == [
        "1 \"customer data\"", "2 /0 *=name name=Taro *=tel tel=1",
        "4 /0 *=mail mail=a@b.jp mail=c@d.jp *=zip zip=2",
      ]
    )
  }

  @Test func inputsAreFieldsOfTheirForm() {
    let text = """
      <form action="/join/now"><p>Your name: <input name="n" value="Ta&amp;ro" placeholder="e.g. x@y.jp">
      <table><tr><td>mail</td><td><input type=text name=m value=a@b.jp></td></tr></table></form>
      <input name="loose" value="c@d.jp">
      """
    #expect(
      lines(read(text)) == [
        "1 \"/join/now\"", "1 \"Your name:\"", "1 \"e.g. x@y.jp\"",
        "2 2/1 0=mail 1=", "1 /0 n=Ta&ro m=a@b.jp",
      ]
        + ["3 \"c@d.jp\""]
    )
  }

  @Test func textLosesItsTags() {
    let text = """
      <html><head><title>A title</title><script>
      var a = "x@y.jp";
      </script></head><body><p>Call <b>Taro
      Ya</b>mada: <a href="mailto:t@x.jp">t@x.jp</a>, <a href="mailto:u@x.jp">write</a><br>or go
      <!-- not
      here --> away &lt;now&gt; <t@z.jp> 1 < 2</p>
      """
    let dump = read(text)
    #expect(
      lines(dump) == [
        "1 \"A title\"", "2 \"var a = \"x@y.jp\";\"", "4 \"mailto:u@x.jp\"",
        "3 \"Call Taro\nYamada: t@x.jp, write\"", "5 \"<!-- not\"", "6 \"here -->\"",
        "6 \"away <now> <t@z.jp> 1 < 2\"",
      ]
    )
    #expect(dump.lines == 6)
  }

  /// Text without its tags leads back to where it was written.
  @Test func placesOfText() {
    let text = Array("<p>one <b>t&#64;x.jp</b> &amp; two three</p>".utf8)
    let stream = TextStream(MemorySource(text), charset: .utf8, offset: 0, skipping: 0)
    let reader = makeReader(.html, stream, catalogue: [])
    var batch = RecordBatch()
    #expect(reader.next(into: &batch))
    let record = batch.records[0]
    let plain = Array(batch.text[Int(record.start)..<Int(record.end)])
    #expect(String(decoding: plain, as: UTF8.self) == "one t@x.jp & two three")
    let places = (0..<plain.count).map { batch.leafOffset(of: Int(record.start) + $0) }
    // The tag, the references and what stands between them are passed over.
    let one: [Int] = [3, 4, 5, 6, 10, 11, 16, 17, 18, 19]
    let two: [Int] = [24, 25, 30] + Array(31...39)
    #expect(places == one + two)
  }

  @Test func layoutTablesAreText() {
    let text = """
      <table><tr><td>Some words
      <table><tr><td>name</td><td>mail</td></tr><tr><td>Taro</td><td>a@b.jp</td></tr></table>
      after it</td></tr></table>
      """
    #expect(
      lines(read(text)) == [
        "1 \"Some words\"", "2 /0 0=name 1=mail", "2 /0 0=Taro 1=a@b.jp", "3 \"after it\"",
      ]
    )
  }

  private static func page(_ rows: Int) -> String {
    var random = SeededGenerator(seed: 11)
    var text = "<!DOCTYPE html>\n<html><body>\n<form><input name=q value=search>\n<table>\n"
    for number in 0..<rows {
      text += "<tr><td>\(number)</td>\n<td>N&auml;me <b>\(random.below(99))</b></td></tr>\n"
      if random.once(in: 50) { text += "<!-- c \(number) --><tr><td>alone here</td></tr>" }
    }
    text += "</table></form>\n"
    for number in 0..<rows { text += "<p>text <i>\(number)</i>\nmore &copy; words\n" }
    return text + "</body></html>\n"
  }

  @Test func batchesDoNotMatter() {
    let text = Self.page(9_000)
    let dump = read(text)
    #expect(dump.records.count { $0.values.count == 2 } == 9_000)
    #expect(dump.lines == Array(text.utf8).count { $0 == 0x0A })
    let pieces = read(text, pieces: .random(upTo: 9_999, seed: 3))
    #expect(firstDifference(pieces.records, dump.records) == nil)
    let shifted = read(String(repeating: " ", count: 77_777) + text)
    #expect(dump.records.map(\.content) == shifted.records.map(\.content))
    #expect(dump.records.map(\.line) == shifted.records.map(\.line))
    #expect(dump.records.map(\.values) == shifted.records.map(\.values))
  }

  /// A token put anywhere but into a tag comes out in a value or in text.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func nothingIsDropped(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let text = Array(Self.page(20).utf8)
    let before = text[..<random.below(text.count)]
    let isInTag = (before.lastIndex(of: 0x3C) ?? -1) > (before.lastIndex(of: 0x3E) ?? -1)
    guard !isInTag, text[before.count] & 0xC0 != 0x80 else { return }
    let token = "ZQ9@x.jp"
    let dump = ReaderDump.read(
      Array(before) + Array(token.utf8) + text[before.count...],
      LeafPlan(.html)
    )
    #expect(
      dump.records.contains { record in
        let all = record.values + [record.text ?? []]
        return all.contains { String(decoding: $0, as: UTF8.self).contains(token) }
      }
    )
  }

  @Test func everyLengthIsRead() {
    let text = Array(
      ("<!DOCTYPE html><table a='b'><tr><th>k<td>v<!-- c --></table><dl><dt>k<dd>v</dl><script>x\n"
        + "</script><p>&lt;<input name=a value=b>").utf8
    )
    for length in 0...text.count {
      #expect(ReaderDump.read(Array(text[..<length]), LeafPlan(.html)).lines <= 2)
    }
  }

  @Test func longStretchesComeInPieces() {
    for size in [300_000, (1 << 20) + 9, 3_500_000] {
      for (open, close) in [
        ("<p>", "</p>"), ("<table><tr><td>", "</table>"), ("<script>", "</script>"),
        ("<!--", "-->"), ("<table><tr><td><!--", "--></table>"), ("<dl><dt>a<dd>", "</dl>"),
      ] {
        let text = open + String(repeating: "x", count: size) + close + "\n<p>the end"
        let dump = read(text)
        let all = dump.records.flatMap { $0.values.joined() + ($0.text ?? []) }
        #expect(all.count { $0 == 0x78 } == size)
        #expect(dump.records.last?.line == 2)
        #expect(dump.largestText < 8 << 20)
      }
    }
  }

  @Test func depthIsBounded() {
    let text = String(repeating: "<table><tr><td>words here", count: 50_000)
    let dump = read(text)
    #expect(dump.records.count == 50_000)
  }
}
