internal import BreachModel

/// One table for a spreadsheet: UTF-8 with a byte order mark (or a charset that the user names),
/// CRLF, a first column that says what the row is about, so that a filter on it gives each part.
///
/// Ids are stable; headings and names are in the language of the report. No cell is a formula.
package enum CSVReport: Report {
  package static func render<Sink: ByteSink>(
    _ content: ReportContent,
    options: ReportOptions,
    into sink: inout Sink
  ) throws(Sink.Failure) {
    var writer = CSVWriter(
      result: content.result,
      language: options.language,
      charset: options.tableCharset
    )
    writer.writeSummary()
    writer.writePersons()
    writer.writeAssessment()
    writer.writeGaps()
    try sink.drain(&writer.bytes, above: 0)
    for file in content.result.files {
      writer.write(file)
      try sink.drain(&writer.bytes)
    }
    let (issues, omitted) = content.issues
    for issue in issues {
      writer.write(issue)
      try sink.drain(&writer.bytes)
    }
    if omitted > 0 { writer.writeOmitted(omitted) }
    writer.writeMissing()
    try sink.drain(&writer.bytes, above: 0)
  }
}

struct CSVWriter: ResultView {
  let result: ScanResult
  let language: ReportLanguage
  var bytes: [UInt8]
  private let charset: ReportCharset?
  /// Characters that the charset does not have.
  private var missing: Set<Unicode.Scalar> = []

  /// One row; what does not apply stays empty.
  private struct Row {
    var section: LocalizedText
    var id = ""
    var name = ""
    var count: Int?
    var distinct: Int?
    var sample: Int?
    var persons: PersonCount?
    var path = ""
    var field = ""
    var line: Int?
    var example = ""
    var due = ""
    var detail = ""
  }

  init(result: ScanResult, language: ReportLanguage, charset: ReportCharset?) {
    self.result = result
    self.language = language
    self.charset = charset
    bytes = charset == nil ? [0xEF, 0xBB, 0xBF] : []
    append(
      [
        Messages.section, Messages.id, Messages.itemName, Messages.number, Messages.distinct,
        Messages.sample, Messages.low, Messages.likely, Messages.high, Messages.path,
        Messages.field, Messages.line, Messages.maskedExample, Messages.dueColumn, Messages.detail,
      ].map(say)
    )
  }

  mutating func writeSummary() {
    let coverage = result.coverage
    append(summary("state", Messages.stateLabel, nil, incomplete ?? notReadLine))
    var persons = summary("persons", Messages.personsLabel, nil, personsLine)
    persons.persons = result.persons?.count
    append(persons)
    append(summary("duties", Messages.dutiesLabel, duties.count, dutiesLine))
    append(summary("questions", Messages.openLabel, decisions.count, questionsLine))
    append(summary("gaps", Messages.notReadLabel, coverage.gaps.count, notReadLine))
    append(summary("files", Messages.filesLabel, coverage.files, nothingFound ?? ""))
    append(summary("bytes", Messages.bytesLabel, coverage.bytes, ""))
    append(summary("read_bytes", Messages.readBytesLabel, coverage.readBytes, ""))
    append(summary("note", Messages.limitsHeading, nil, say(Messages.notLegalAdvice)))
  }

  private func summary(_ id: String, _ name: LocalizedText, _ count: Int?, _ detail: String) -> Row
  {
    var row = Row(section: Messages.summarySection, id: id, name: say(name))
    row.count = count
    row.detail = detail
    return row
  }

  mutating func writePersons() {
    for type in DataType.allCases {
      guard let found = result.findings[type] else { continue }
      var row = Row(section: Messages.typeSection, id: type.id, name: name(type))
      row.count = found.count
      row.distinct = found.distinct
      row.sample = found.sample
      row.persons = result.persons?.byType[type]
      append(row)
    }
    for (section, counts) in [
      (Messages.classSection, classes), (Messages.residenceSection, places),
    ] {
      for (name, count) in counts {
        var row = Row(section: section, name: name)
        row.persons = count
        append(row)
      }
    }
    for combination in result.persons?.byCombination ?? [] {
      var row = Row(section: Messages.combinationSection, name: names(combination.types))
      row.id = combination.types.types.map(\.id).joined(separator: " + ")
      row.persons = combination.count
      append(row)
    }
  }

  mutating func writeAssessment() {
    for outcome in packs.flatMap(\.outcomes) {
      var row = Row(
        section: Messages.criterionSection,
        id: outcome.criterion,
        name: say(outcome.title)
      )
      row.persons = outcome.persons
      row.detail = say(Names.outcome(outcome.outcome)) + ": " + say(outcome.because)
      append(row)
    }
    for duty in duties {
      var row = Row(section: Messages.dutySection, id: duty.id, name: say(duty.title))
      row.due = due(duty)
      row.detail = say(Messages.authority) + say(duty.authority)
      append(row)
    }
    for decision in decisions {
      append(
        Row(section: Messages.questionSection, id: decision.id, name: say(decision.question))
      )
    }
  }

  mutating func writeGaps() {
    for gap in result.coverage.gaps {
      var row = Row(
        section: Messages.gapSection,
        id: gap.reason.rawValue,
        name: say(Names.reason(gap.reason))
      )
      row.path = gap.path
      row.detail = say(gap.bytes.map { Messages.byteCount(group($0)) } ?? Messages.unknownSize)
      append(row)
    }
  }

  mutating func write(_ file: FileResult) {
    var row = Row(section: Messages.fileSection, id: file.format, name: file.encoding ?? "")
    row.count = file.findings.values.reduce(0, +)
    row.path = file.path
    row.detail = file.findings.isEmpty ? say(Messages.noFinding) : counts(in: file)
    append(row)
  }

  mutating func write(_ issue: Issue) {
    guard case .found(let type) = issue.kind else { return }
    var row = Row(section: Messages.findingSection, id: type.id, name: name(type))
    row.count = issue.count
    row.sample = issue.sample
    row.path = issue.path
    row.field = issue.field ?? ""
    row.line = issue.line
    row.example = issue.example ?? ""
    append(row)
  }

  mutating func writeOmitted(_ number: Int) {
    var row = Row(section: Messages.findingSection)
    row.count = number
    row.detail = say(Messages.issuesOmitted(number))
    append(row)
  }

  /// Which characters could not be written, by their numbers: a `〓` stands in their place.
  mutating func writeMissing() {
    guard let charset, !missing.isEmpty else { return }
    let all = missing.sorted()
    var row = summary("not_written", Messages.notWritten(charset.name), all.count, "")
    row.detail = all.prefix(100).map { "U+" + Self.hex($0.value) }.joined(separator: " ")
    if all.count > 100 { row.detail += " " + say(Messages.more(all.count - 100)) }
    append(row)
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private mutating func append(_ row: Row) {
    func number(_ number: Int?) -> String { number.map { String($0) } ?? "" }
    append([
      say(row.section), row.id, row.name, number(row.count), number(row.distinct),
      number(row.sample), number(row.persons?.low), number(row.persons?.likely),
      number(row.persons?.high), row.path, row.field, number(row.line), row.example, row.due,
      row.detail,
    ])
  }

  private mutating func append(_ cells: [String]) {
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
        bytes += charset.encode("〓") ?? [UInt8(ascii: "?")]
      }
    }
  }

  /// A cell that no spreadsheet takes for a formula: RFC 4180 quotes, and a `'` before what could
  /// begin one.
  private static func cell(_ text: String) -> String {
    let text = displaySafe(text)
    let first = text.unicodeScalars.first
    let isFormula = first.map { "=+-@＝＋－＠".unicodeScalars.contains($0) } ?? false
    guard isFormula || text.contains(where: { $0 == "," || $0 == "\"" }) else { return text }
    let quoted = text.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"")
    return "\"\(isFormula ? "'" : "")\(quoted)\""
  }
}
