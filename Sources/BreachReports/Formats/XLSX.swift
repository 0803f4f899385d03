package import BreachBytes
internal import BreachModel

/// A workbook (ECMA-376), one sheet for each part of the result that has rows; all text is text,
/// whatever it begins with.
package enum XLSXReport: Report {
  package static let fileExtensions = ["xlsx"]
  package static let isSpoken = true
  package static let showsPlaces = true

  package static func render<Sink: ByteSink>(
    _ content: ReportContent,
    options: ReportOptions,
    into sink: inout Sink
  ) throws(Sink.Failure) {
    try render(content, options: options, zip: ZipWriter(), into: &sink)
  }

  /// The same, packed by `zip`; what it cannot pack, or nil, ends the report by the sink.
  package static func render<Sink: ByteSink>(
    _ content: ReportContent,
    options: ReportOptions,
    zip: ZipWriter?,
    into sink: inout Sink
  ) throws(Sink.Failure) {
    guard let zip else { return try sink.giveUp() }
    let table = ResultTable(content: content, language: options.language)
    // The summary comes first, and tells at once whether all was read.
    let parts = TablePart.allCases.filter { table.hasRows($0) }
    for (name, text) in WorkbookXML.frame(parts.map { table.say($0.title) }) {
      zip.begin(name)
      zip.write(Array(text.utf8))
    }
    for (number, part) in parts.enumerated() {
      zip.begin("xl/worksheets/sheet\(number + 1).xml")
      var sheet = WorkbookSheet(widths: part.columns.map(\.width))
      sheet.begin(part.columns.map { table.say($0.title) }, isFirst: number == 0)
      try table.forEachRow(of: part) { (row) throws(Sink.Failure) in
        sheet.append(part.columns.map { row[$0] })
        guard sheet.bytes.count > 1 << 16 else { return }
        zip.write(sheet.take())
        try sink.append(zip.take())
      }
      sheet.end(table.say(Messages.more(sheet.left)))
      zip.write(sheet.take())
      try sink.append(zip.take())
    }
    guard zip.finish() else { return try sink.giveUp() }
    try sink.append(zip.take())
  }
}

extension ResultTable {
  /// True when a part has at least one row.
  fileprivate func hasRows(_ part: TablePart) -> Bool {
    struct Found: Error {}
    do throws(Found) {
      try forEachRow(of: part) { (_) throws(Found) in throw Found() }
      return false
    } catch { return true }
  }
}

extension TableColumn {
  /// In characters.
  fileprivate var width: Int {
    switch self {
    case .count, .distinct, .sample, .low, .likely, .high, .line, .from, .to: 11
    case .id, .field, .example: 24
    case .name, .due: 32
    case .path, .detail: 56
    }
  }
}

/// The rows of one sheet, as XML.
struct WorkbookSheet {
  /// What one sheet of a spreadsheet program holds, the heading and a last word included.
  static let most = 1_048_576 - 2

  private(set) var bytes: [UInt8] = []
  /// Rows that found no place.
  private(set) var left = 0
  /// Of the columns, in characters.
  private let widths: [Int]
  private var rows = 0

  init(widths: [Int]) { self.widths = widths }

  mutating func take() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  mutating func begin(_ titles: [String], isFirst: Bool) {
    put(WorkbookXML.head)
    put("<worksheet xmlns=\"\(WorkbookXML.main)\">")
    let selected = isFirst ? " tabSelected=\"1\"" : ""
    put("<sheetViews><sheetView\(selected) workbookViewId=\"0\">")
    put("<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>")
    put("</sheetView></sheetViews><cols>")
    for (number, width) in widths.enumerated() {
      let place = number + 1
      put("<col min=\"\(place)\" max=\"\(place)\" width=\"\(width)\" customWidth=\"1\"/>")
    }
    put("</cols><sheetData><row>")
    for title in titles { text(title, style: 1) }
    put("</row>")
  }

  mutating func append(_ row: [TableRow.Cell]) {
    guard rows < Self.most else {
      left += 1
      return
    }
    rows += 1
    put("<row>")
    for cell in row {
      switch cell {
      case .number(let number?): put("<c s=\"2\"><v>\(number)</v></c>")
      case .number(nil): put("<c/>")
      case .text(let words):
        // A spreadsheet that exports the cell keeps the mark that says it is text.
        if words.isEmpty { put("<c/>") } else { text(words, style: words.mayBeFormula ? 4 : 3) }
      }
    }
    put("</row>")
  }

  mutating func end(_ more: String) {
    if left > 0 {
      put("<row>")
      text(more, style: 3)
      put("</row>")
    }
    let last = WorkbookXML.letter(widths.count)
    put("</sheetData><autoFilter ref=\"A1:\(last)\(max(2, rows + 1))\"/>")
    put("<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" ")
    put("footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"landscape\"/></worksheet>\n")
  }

  private mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func text(_ text: String, style: Int) {
    put("<c s=\"\(style)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">")
    put(WorkbookXML.escaped(text))
    put("</t></is></c>")
  }
}

/// The parts of a workbook that every workbook has.
enum WorkbookXML {
  static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let relations =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let package = "http://schemas.openxmlformats.org/package/2006"
  private static let type = "application/vnd.openxmlformats-officedocument.spreadsheetml"

  /// Name and text of everything but the sheets.
  static func frame(_ titles: [String]) -> [(name: String, text: String)] {
    let numbers = titles.indices.map { $0 + 1 }
    return [
      (
        "[Content_Types].xml",
        head + "<Types xmlns=\"\(package)/content-types\">"
          + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package"
          + ".relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
          + override("workbook.xml", "sheet.main") + override("styles.xml", "styles")
          + numbers.map { override("worksheets/sheet\($0).xml", "worksheet") }.joined()
          + "</Types>\n"
      ),
      (
        "_rels/.rels",
        head + "<Relationships xmlns=\"\(package)/relationships\">"
          + relation(1, "officeDocument", "xl/workbook.xml") + "</Relationships>\n"
      ),
      (
        "xl/workbook.xml",
        head + "<workbook xmlns=\"\(main)\" xmlns:r=\"\(relations)\"><bookViews>"
          + "<workbookView activeTab=\"0\"/></bookViews><sheets>"
          + zip(numbers, titles).map { number, title in
            "<sheet name=\"\(escaped(title))\" sheetId=\"\(number)\" r:id=\"rId\(number)\"/>"
          }.joined() + "</sheets></workbook>\n"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        head + "<Relationships xmlns=\"\(package)/relationships\">"
          + numbers.map { relation($0, "worksheet", "worksheets/sheet\($0).xml") }.joined()
          + relation(numbers.count + 1, "styles", "styles.xml") + "</Relationships>\n"
      ), ("xl/styles.xml", styles),
    ]
  }

  private static func override(_ part: String, _ kind: String) -> String {
    "<Override PartName=\"/xl/\(part)\" ContentType=\"\(type).\(kind)+xml\"/>"
  }

  private static func relation(_ number: Int, _ kind: String, _ target: String) -> String {
    "<Relationship Id=\"rId\(number)\" Type=\"\(relations)/\(kind)\" Target=\"\(target)\"/>"
  }

  /// 0 plain, 1 heading, 2 number with thousands, 3 text, 4 text that begins like a formula.
  private static let styles =
    head + "<styleSheet xmlns=\"\(main)\"><fonts count=\"2\"><font><sz val=\"11\"/>"
    + "<name val=\"Yu Gothic\"/></font><font><b/><sz val=\"11\"/><name val=\"Yu Gothic\"/></font>"
    + "</fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill>"
    + "<patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border><left/>"
    + "<right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count=\"1\">"
    + "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
    + "<cellXfs count=\"5\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
    + "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>"
    + "<xf numFmtId=\"3\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
    + "applyNumberFormat=\"1\"/>" + text("") + text(" quotePrefix=\"1\"") + "</cellXfs>"
    + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>"
    + "</cellStyles></styleSheet>\n"

  private static func text(_ more: String) -> String {
    "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"\(more) "
      + "applyNumberFormat=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/>"
      + "</xf>"
  }

  /// The letters of a column, from 1 to 26.
  static func letter(_ column: Int) -> String {
    String(Character(Unicode.Scalar(UInt8(ascii: "A") + UInt8(column - 1))))
  }

  /// Text as a cell may hold it: shown safely, without what XML 1.0 (2.2) does not allow, no more
  /// than 32,767 units of UTF-16; `_x0041_` stays what it is.
  static func escaped(_ text: String) -> String {
    var out = ""
    var units = 0
    let scalars = Array(displaySafe(text).unicodeScalars)
    for (position, scalar) in scalars.enumerated() {
      units += scalar.value > 0xFFFF ? 2 : 1
      if units > 32_000 { return out + "…" }
      if scalar == "_", isEscape(scalars[position...]) {
        units += 6
        out += "_x005F_"
      } else if let entity = markupEntity(scalar) {
        out += entity
      } else {
        out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// True where a spreadsheet would read `_xHHHH_` as one character.
  private static func isEscape(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
    let head = Array(text.prefix(7))
    return head.count == 7 && head[1] == "x" && head[6] == "_"
      && head[2..<6].allSatisfy(\.properties.isASCIIHexDigit)
  }
}
