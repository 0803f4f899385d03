internal import BreachModel

/// One table for a spreadsheet: UTF-8 with a byte order mark (or a charset that the user names),
/// CRLF, a first column that says what the row is about, so that a filter on it gives each part.
///
/// Ids are stable; headings and names are in the language of the report. No cell is a formula.
package enum CSVReport: Report {
  package static let fileExtensions = ["csv"]
  package static let isSpoken = true
  package static let showsPlaces = true

  package static func render<Sink: ByteSink>(
    _ content: ReportContent,
    options: ReportOptions,
    into sink: inout Sink
  ) throws(Sink.Failure) {
    let table = ResultTable(content: content, language: options.language)
    var writer = CSVWriter(charset: options.tableCharset)
    writer.append([table.say(Messages.section)] + TableColumn.allCases.map { table.say($0.title) })
    for part in TablePart.allCases {
      let title = table.say(part.title)
      try table.forEachRow(of: part) { (row) throws(Sink.Failure) in
        writer.append(row, title: title)
        try sink.drain(&writer.bytes)
      }
    }
    if let row = writer.notWritten(table) {
      writer.append(row, title: table.say(TablePart.summary.title))
    }
    try sink.drain(&writer.bytes, above: 0)
  }
}

/// Rows of a table for a spreadsheet.
package struct CSVWriter {
  /// What is not written yet.
  package var bytes: [UInt8]
  private let charset: ReportCharset?
  /// Characters that the charset does not have.
  private(set) var missing: Set<Unicode.Scalar> = []
  /// How often one of them was to be written.
  private(set) var replaced = 0

  /// An empty table in a charset; nil for UTF-8 with a byte order mark.
  package init(charset: ReportCharset?) {
    self.charset = charset
    bytes = charset == nil ? [0xEF, 0xBB, 0xBF] : []
  }

  fileprivate mutating func append(_ row: TableRow, title: String) {
    append(
      [title]
        + TableColumn.allCases.map { column in
          switch row[column] {
          case .text(let text): text
          case .number(let number): number.map { String($0) } ?? ""
          }
        }
    )
  }

  /// Which characters could not be written, by their numbers: a `〓` stands in their place.
  fileprivate func notWritten(_ table: ResultTable) -> TableRow? {
    guard let charset, !missing.isEmpty else { return nil }
    var detail = missingNames(100)
    if missing.count > 100 { detail += " " + table.say(Messages.more(missing.count - 100)) }
    return table.summary("not_written", Messages.notWritten(charset.name), missing.count, detail)
  }

  /// The first of them by their numbers: U+9AD9 U+2F831.
  func missingNames(_ most: Int) -> String {
    missing.sorted().prefix(most).map { "U+" + Self.hex($0.value) }.joined(separator: " ")
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// Adds a row.
  package mutating func append(_ cells: [String]) {
    let line = cells.map(Self.cell).joined(separator: ",") + "\r\n"
    guard let charset else {
      bytes += Array(line.utf8)
      return
    }
    for scalar in line.unicodeScalars {
      if let code = charset.encode(scalar) {
        bytes += code
      } else {
        missing.insert(scalar)
        replaced += 1
        bytes += charset.encode("〓") ?? [UInt8(ascii: "?")]
      }
    }
  }

  /// A cell that no spreadsheet takes for a formula: RFC 4180 quotes, and a `'` before what could
  /// begin one.
  private static func cell(_ text: String) -> String {
    let text = displaySafe(text)
    let isFormula = text.mayBeFormula
    guard isFormula || text.contains(where: { $0 == "," || $0 == "\"" }) else { return text }
    let quoted = text.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"")
    return "\"\(isFormula ? "'" : "")\(quoted)\""
  }
}

extension String {
  /// True when a spreadsheet could take the text for a formula.
  var mayBeFormula: Bool {
    unicodeScalars.first.map { "=+-@＝＋－＠".unicodeScalars.contains($0) } ?? false
  }
}
