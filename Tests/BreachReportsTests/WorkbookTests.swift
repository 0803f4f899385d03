import BreachBytes
import BreachModel
import BreachReports
import Testing

import class TestKit.MemorySource

/// What a workbook has to itself: its parts, its cells, and that none of them is a formula.
@Suite struct WorkbookTests {
  @Test func aWorkbookHasThePartsThatSpreadsheetsAskFor() throws {
    let members = try unpacked(render(.xlsx, SampleResults.shop))
    #expect(
      members.map(\.name).prefix(5) == [
        "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
      ]
    )
    let sheets = members.filter { $0.name.hasPrefix("xl/worksheets/") }
    #expect(sheets.map(\.name) == (1...12).map { "xl/worksheets/sheet\($0).xml" })
    let workbook = String(decoding: members[2].bytes, as: UTF8.self)
    let names = [
      "summary", "type", "class", "residence", "age", "combination", "criterion", "duty",
      "question", "not read", "file", "finding",
    ]
    for (number, name) in names.enumerated() {
      let sheet = "<sheet name=\"\(name)\" sheetId=\"\(number + 1)\" r:id=\"rId\(number + 1)\"/>"
      #expect(workbook.contains(sheet))
    }
    for sheet in sheets {
      let text = String(decoding: sheet.bytes, as: UTF8.self)
      #expect(text.components("<row>") == text.components("</row>"))
      #expect(text.components("<c ") + text.components("<c/>") > 0)
      #expect(!text.contains("<f>") && !text.contains("<f "))
    }
  }

  @Test func emptyPartsHaveNoSheet() throws {
    let members = try unpacked(render(.xlsx, SampleResults.empty))
    #expect(members.filter { $0.name.hasPrefix("xl/worksheets/") }.count == 1)
  }

  /// Where a workbook cannot be packed, its report is not taken for written.
  @Test func aWorkbookThatCannotBePackedIsNoticed() throws {
    let content = ReportContent(SampleResults.shop)
    let closed = try #require(ZipWriter())
    #expect(closed.finish())
    for zip in [closed, nil] {
      var sink = ReportContractTests.FullSink(room: .max)
      #expect(throws: ReportContractTests.FullSink.Full.self) {
        try XLSXReport.render(content, options: ReportOptions(), zip: zip, into: &sink)
      }
    }
  }

  /// Text that could be a formula is marked as text; characters that XML or a spreadsheet would
  /// read as something else are written so that they come back as they are.
  @Test func cellsAreTextWhateverTheyHold() throws {
    var row = SampleResults.rows[0]
    var found = IssueList()
    let fields = [
      "=cmd|calc!A1", "＝1", "a<b>&\"c\"", "_x0041_", "_x041_", "\u{FFFF}", "\u{2028}", "x",
      String(repeating: "長", count: 40_000),
    ]
    for field in fields {
      row.field = field
      found.add(row, keepsValue: true)
    }
    let content = ReportContent(SampleResults.empty, found: found)
    let members = try unpacked(render(.xlsx, content))
    let last = String(decoding: try #require(members.last).bytes, as: UTF8.self)
    func cell(_ style: Int, _ text: String) -> String {
      "<c s=\"\(style)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">\(text)</t></is></c>"
    }
    for text in [
      cell(4, "=cmd|calc!A1"), cell(4, "＝1"), cell(3, "a&lt;b&gt;&amp;&quot;c&quot;"),
      cell(3, "_x005F_x0041_"), cell(3, "_x041_"), cell(3, "\u{FFFD}"), cell(3, "\\u{2028}"),
      cell(3, "x"), cell(3, String(repeating: "長", count: 32_000) + "…"), "<c s=\"2\"><v>3</v></c>",
    ] { #expect(last.contains(text)) }
  }
}

/// The members of a zip, in their order.
func unpacked(_ bytes: [UInt8]) throws -> [(name: String, bytes: [UInt8])] {
  let archive = try Archive(MemorySource(bytes), kind: .zip, passwords: [])
  var members: [(name: String, bytes: [UInt8])] = []
  while let member = try archive.next() {
    var data: [UInt8] = []
    while try archive.read(into: &data, upTo: 1 << 20) > 0 {}
    members.append((String(decoding: member.name, as: UTF8.self), data))
  }
  return members
}

/// A report as text: of a workbook, what it holds.
func shown(_ format: ReportFormat, _ bytes: [UInt8]) throws -> [UInt8] {
  guard format == .xlsx else { return bytes }
  return try unpacked(bytes).flatMap { Array("== \($0.name)\n".utf8) + $0.bytes + [0x0A] }
}

extension String {
  /// How often another text stands in this one.
  func components(_ part: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: part) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
