import BreachModel
import BreachReaders
import TestKit
import Testing

/// XML: what was written is what is read, whatever is broken.
@Suite struct XMLContractTests {
  /// Reads a text as what it is taken for.
  private func read(_ text: String, pieces: MemorySource.Pieces = .whole) -> ReaderDump {
    let bytes = Array(text.utf8)
    return ReaderDump.read(
      bytes,
      LeafPlan(FormatSniffer.sniff(bytes, isWhole: true)),
      pieces: pieces
    )
  }

  /// `line depth column=value …`, text as `line "…"`.
  private func lines(_ dump: ReaderDump) -> [String] {
    dump.records.map { record in
      let string = { (bytes: [UInt8]) in String(decoding: bytes, as: UTF8.self) }
      if let text = record.text { return "\(record.line) \"\(string(text))\"" }
      let fields = zip(record.columns, record.values).map { "\($0)=\(string($1))" }
      return "\(record.line) \(record.depth) " + fields.joined(separator: " ")
    }
  }

  @Test func elementsAndAttributesAreColumns() {
    let dump = read(
      """
      <?xml version="1.0"?>
      <p:list xmlns:p="u" from='crm'>
        <p:person id="1"><p:name><p:first>Ta&#x72;o</p:first></p:name>
          <mail>t&amp;a</mail><tel kind="home">1</tel><tel>2</tel></p:person>
        <p:person id="2"><mail/><note><![CDATA[<b>&amp;]]></note></p:person>
      </p:list>

      """
    )
    #expect(
      lines(dump) == [
        "1 \"<?xml version=\"1.0\"?>\"",
        "3 1 list.person.id=1 list.person.name.first=Taro list.person.mail=t&a "
          + "list.person.tel.kind=home list.person.tel=1 list.person.tel=2",
        "5 1 list.person.id=2 list.person.note=<b>&amp;",
        "2 0 list.p=u list.from=crm",
      ]
    )
    #expect(dump.lines == 6)
    #expect(dump.remarks.isEmpty)
  }

  /// Values that hold references stand where they were written.
  @Test func placesAreThoseOfTheRawText() {
    let text = "<a><b>&lt;x&gt;</b><b><![CDATA[y]]></b><b>&nope;</b></a>"
    let dump = read(text)
    #expect(lines(dump) == ["1 1 a.b=<x>", "1 1 a.b=y", "1 1 a.b=&nope;"])
    #expect(dump.records.flatMap(\.places) == [6..<15, 31..<32, 42..<48])
  }

  @Test func attributesAloneAreRecords() {
    #expect(
      lines(read("<u>\n<i n=\"a\" m='b'/>\n<i n='c'\n m=\"\"/></u>"))
        == ["2 1 u.i.n=a u.i.m=b", "3 1 u.i.n=c"]
    )
  }

  @Test func namesInAttributesAreColumns() {
    let text = """
      <d><table_data name="users"><row><field name="id">1</field><field name="mail">a</field></row>
      <row><field name="id">2</field><field name="a@b.jp" nil="true"/></row></table_data></d>
      """
    #expect(
      lines(read(text)) == [
        "1 1 d.users[].id=1 d.users[].mail=a",
        "2 1 d.users[].id=2 d.users[].*=a@b.jp d.users[].*.nil=true",
      ]
    )
    let other = "<c><property name='k' value='v'/><data name='t'><value>w</value></data></c>"
    #expect(lines(read(other)) == ["1 0 c.k=v c.t=w"])
    #expect(lines(read("<p><n><f value='v' id='1'/></n></p>")) == ["1 0 p.n.f=v p.n.f.id=1"])
    let saml = "<s:Attribute Name='m'><s:AttributeValue>v</s:AttributeValue></s:Attribute>"
    #expect(lines(read("<t>\(saml)</t>")) == ["1 0 t.m=v"])
  }

  @Test func propertyListsAreCalledByTheirKeys() {
    let text = """
      <plist><dict><key>Users</key><array>
      <dict><key>Name</key><string>a</string><key>On</key><true/></dict>
      <dict><key>Name</key><string>b</string></dict>
      </array></dict></plist>
      """
    #expect(lines(read(text)) == ["2 1 plist[].Users[].Name=a", "3 1 plist[].Users[].Name=b"])
  }

  @Test func cellsAreColumnsByPosition() {
    let text = """
      <w xmlns:s="u"><t><Row><Cell><Data s:Type="String">h</Data></Cell><Cell/></Row>
      <Row><Cell s:Index="3" s:HRef="mailto:a@b.jp"><Data>a@<b>b</b>.jp</Data></Cell></Row>
      <Row><Cell s:HRef="mailto:c@d.jp"><Data>c@d.jp</Data></Cell></Row></t>
      <t><Row><Cell><Data>k</Data></Cell></Row></t></w>
      """
    let dump = read(text)
    #expect(
      lines(dump) == [
        "1 2 0=h 1=", "2 \"mailto:a@b.jp\"", "2 2 0= 1= 2=a@b.jp", "3 2 0=c@d.jp", "4 2 0=k",
        "1 0 w.s=u",
      ]
    )
    #expect(dump.records.map(\.table) == ["2", "", "2", "2", "3", ""])
  }

  /// Texts that stand for nothing else are records where they are all that there is.
  @Test func listsOfTexts() {
    #expect(lines(read("<l><m>a</m><m>b</m></l>")) == ["1 1 l.m=a", "1 1 l.m=b"])
    #expect(lines(read("<l><m>a</m><m>b</m><n>c</n></l>")) == ["1 0 l.m=a l.m=b l.n=c"])
    #expect(
      lines(read("<l><r><v>a</v><v>b</v></r><r><v>c</v></r></l>")) == ["1 1 0=a 1=b", "1 1 0=c"]
    )
  }

  @Test func commentsAndMixedContentAreText() {
    let text = "<!-- one\ntwo --><a>x<b>y</b> z <?pi q?><c k=v w>5 < 6</c></a>"
    let dump = ReaderDump.read(Array(text.utf8), LeafPlan(.xml(XMLDialect())))
    #expect(
      lines(dump) == [
        "1 \"<!-- one\"", "2 \"two -->\"", "2 \"<?pi q?>\"",
        "2 0 a=x a.b=y a=z a.c.k=v a.c=w a.c=5 < 6",
      ]
    )
  }

  /// What a document type defines is never put in.
  @Test func entitiesAreNotExpanded() {
    let text = """
      <?xml version="1.0"?>
      <!DOCTYPE z [
        <!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">
      ]>
      <z><v>&b;&#1234567890;&#0;&amp;b;</v></z>
      """
    let dump = read(text)
    #expect(lines(dump).last == "5 0 z.v=&b;&#1234567890;&#0;&b;")
    #expect(dump.largestText < 2 * text.utf8.count)
  }

  @Test func brokenMarkupCostsItself() {
    let plan = LeafPlan(.xml(XMLDialect(records: ["a.r"])))
    let text = "<a><r><x>1</y><z>2</r><r><x>3</x> <t@b.jp> </a></r>tail<r>4"
    let dump = ReaderDump.read(Array(text.utf8), plan)
    #expect(
      lines(dump) == ["1 1 a.r.x=1 a.r.x.z=2", "1 1 a.r.x=3 a.r=<t@b.jp>", "1 \"tail\"", "1 0 r=4"]
    )
    #expect(dump.remarks.count == 1)
  }

  private static func persons(_ count: Int) -> String {
    var random = SeededGenerator(seed: 7)
    var text = "<?xml version='1.0'?>\n<list at='x'>\n"
    for number in 0..<count {
      text += "<p id=\"\(number)\">\n <n>\(random.pick(["A &amp; B", "山田", "<![CDATA[<x>]]>"]))</n>"
      if random.once(in: 9) { text += "<!-- c\(number)\n -->" }
      let long = String(repeating: "q ", count: random.below(30))
      text += "<a><z>\(random.below(999))</z><l>\(long)</l></a></p>\n"
    }
    return text + "</list>\n"
  }

  /// Records that stand across the end of a batch are the same records.
  @Test func batchesDoNotMatter() {
    let text = Self.persons(20_000)
    let dump = read(text)
    #expect(dump.records.count { $0.depth == 1 } == 20_000)
    #expect(dump.lines == Array(text.utf8).count { $0 == 0x0A })
    let pieces = read(text, pieces: .random(upTo: 9_999, seed: 3))
    #expect(firstDifference(pieces.records, dump.records) == nil)
    // Shifted by leading blanks, every batch ends elsewhere.
    let shifted = read(String(repeating: " ", count: 77_777) + text)
    #expect(dump.records.map(\.content) == shifted.records.map(\.content))
    #expect(dump.records.map(\.line) == shifted.records.map(\.line))
    #expect(dump.records.map(\.values) == shifted.records.map(\.values))
  }

  @Test func everyLengthIsRead() {
    let text = Array(
      ("<!DOCTYPE a [<!ENTITY b 'c'>]><a x='1'><!-- d --><b y=\"2\">&lt;e</b><b><![CDATA[f]]></b>"
        + "<?g h?></a>\n").utf8
    )
    let plan = LeafPlan(FormatSniffer.sniff(text, isWhole: true))
    for length in 0...text.count {
      let dump = ReaderDump.read(Array(text[..<length]), plan)
      #expect(dump.lines <= 1)
    }
  }

  /// A token put anywhere but into a name comes out in a value or in text.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func nothingIsDropped(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let text = Array(Self.persons(30).utf8)
    let at = random.below(text.count)
    // In a name of a tag it is a name.
    let before = text[..<at]
    let open = before.lastIndex(of: 0x3C) ?? -1
    let isInTag = open > (before.lastIndex(of: 0x3E) ?? -1)
    guard text[at] & 0xC0 != 0x80, !isInTag else { return }
    let plan = LeafPlan(FormatSniffer.sniff(text, isWhole: true))
    let dump = ReaderDump.read(Array(before) + Array("ZQ9@x".utf8) + text[at...], plan)
    let token = "ZQ9@x"
    #expect(
      dump.records.contains { record in
        let all = record.values + [record.text ?? []]
        return all.contains { String(decoding: $0, as: UTF8.self).contains(token) }
      }
    )
  }

  /// Cut off anywhere, nothing before the cut is lost.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func truncationLosesNothing(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let text = Array(Self.persons(200).utf8)
    let plan = LeafPlan(FormatSniffer.sniff(text, isWhole: true))
    let whole = ReaderDump.read(text, plan).records.filter { $0.depth == 1 }
    let length = random.below(text.count)
    let cut = ReaderDump.read(Array(text[..<length]), plan)
    let good = cut.records.filter { $0.depth == 1 }.dropLast()
    #expect(firstDifference(Array(good), Array(whole.prefix(good.count))) == nil)
    #expect(cut.bytesRead == length)
  }

  @Test func longTextsComeInPieces() {
    for size in [300_000, 1 << 20, (1 << 20) + 1, 3_500_000] {
      for (open, close) in [("", ""), ("<![CDATA[", "]]>"), ("<!--", "-->")] {
        let text =
          "<a><r><k>1</k><v>" + open + String(repeating: "x", count: size) + close
          + "</v></r>\n<r><k>2</k></r></a>"
        let plan = LeafPlan(.xml(XMLDialect(records: ["a.r"])))
        let dump = ReaderDump.read(Array(text.utf8), plan)
        let count = dump.records.flatMap { $0.values.joined() + ($0.text ?? []) }
        #expect(count.count { $0 == 0x78 } == size)
        #expect(dump.records.last?.line == 2)
        #expect(dump.largestText < 6 << 20)
      }
    }
  }

  @Test func depthIsBounded() {
    let text = String(repeating: "<a><b x='1'>t", count: 50_000)
    let dump = ReaderDump.read(Array(text.utf8), LeafPlan(.xml(XMLDialect())))
    #expect(dump.records.flatMap(\.values).count == 100_000)
    #expect(dump.catalogue[0].columns.allSatisfy { $0.utf8.count <= 1_100 })
  }

  /// A quote that is never closed makes no tag longer than 64 KiB.
  @Test func openQuotesCostThemselves() {
    let text = "<a><r>1</r><r x=\"" + String(repeating: "<r>2</r>\n", count: 20_000) + "</a>"
    let dump = ReaderDump.read(Array(text.utf8), LeafPlan(.xml(XMLDialect(records: ["a.r"]))))
    #expect(dump.records.count > 12_000)
  }

  @Test(arguments: [Charset.cp932, .eucJP, .utf16LE])
  func declaredCharsets(charset: Charset) throws {
    let name = charset == .cp932 ? "Shift_JIS" : charset == .eucJP ? "EUC-JP" : "UTF-16"
    // Two characters alone would not tell.
    let text = "<?xml version=\"1.0\" encoding=\"\(name)\"?>\n<a><b>弔</b><b>ﾃｽ</b></a>"
    let bytes = CharsetEncoder(charset).encode(text)
    guard case .text(let found, let bom, _) = ContentSniffer.sniff(bytes.span, isWhole: true) else {
      Issue.record("not text")
      return
    }
    #expect(found == charset)
    let dump = ReaderDump.read(
      bytes,
      LeafPlan(charset: found, bomLength: bom, format: .xml(XMLDialect(records: ["a.b"])))
    )
    #expect(lines(dump).suffix(2) == ["2 1 a.b=弔", "2 1 a.b=ﾃｽ"])
  }

  /// A document that was converted still names its old charset.
  @Test func declarationsMayBeStale() {
    for name in ["Shift_JIS", "EUC-JP", "ISO-8859-1", "nonsense"] {
      let bytes = Array("<?xml version=\"1.0\" encoding=\"\(name)\"?><a>山田太郎</a>".utf8)
      #expect(ContentSniffer.sniff(bytes.span, isWhole: true) == .text(.utf8, bomLength: 0))
    }
    let latin = Array("<?xml version='1.0' encoding='ISO-8859-1'?><a>Andr".utf8) + [0xE9, 0x3C]
    #expect(ContentSniffer.sniff(latin.span, isWhole: false) == .text(.latin1, bomLength: 0))
  }
}
