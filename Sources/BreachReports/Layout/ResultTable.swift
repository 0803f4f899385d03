internal import BreachModel

/// A part of a result that spreadsheets show as rows.
enum TablePart: CaseIterable {
  case summary, type, personClass, residence, age, combination, criterion, duty, question, gap
  case file, finding

  /// What a row of this part is about.
  var title: LocalizedText {
    switch self {
    case .summary: Messages.summarySection
    case .type: Messages.typeSection
    case .personClass: Messages.classSection
    case .residence: Messages.residenceSection
    case .age: Messages.ageSection
    case .combination: Messages.combinationSection
    case .criterion: Messages.criterionSection
    case .duty: Messages.dutySection
    case .question: Messages.questionSection
    case .gap: Messages.gapSection
    case .file: Messages.fileSection
    case .finding: Messages.findingSection
    }
  }

  /// The columns that rows of this part can fill.
  var columns: [TableColumn] {
    switch self {
    case .summary: [.name, .count, .low, .likely, .high, .from, .to, .detail]
    case .type: [.id, .name, .count, .distinct, .sample, .low, .likely, .high]
    case .personClass: [.name, .low, .likely, .high, .detail]
    case .residence, .age: [.name, .low, .likely, .high]
    case .combination: [.name, .low, .likely, .high, .id]
    case .criterion: [.id, .name, .low, .likely, .high, .detail]
    case .duty: [.due, .name, .detail, .id]
    case .question: [.name, .id]
    case .gap: [.path, .name, .detail, .id]
    case .file: [.path, .id, .name, .count, .from, .to, .detail]
    case .finding: [.path, .line, .field, .name, .count, .sample, .example, .id, .detail]
    }
  }
}

/// A column of those rows, in the order in which one table for all parts has them.
enum TableColumn: CaseIterable {
  case id, name, count, distinct, sample, low, likely, high, path, field, line, example, due
  case from, to, detail

  /// The heading.
  var title: LocalizedText {
    switch self {
    case .id: Messages.id
    case .name: Messages.itemName
    case .count: Messages.number
    case .distinct: Messages.distinct
    case .sample: Messages.sample
    case .low: Messages.low
    case .likely: Messages.likely
    case .high: Messages.high
    case .path: Messages.path
    case .field: Messages.field
    case .line: Messages.line
    case .example: Messages.maskedExample
    case .due: Messages.dueColumn
    case .from: Messages.firstDay
    case .to: Messages.lastDay
    case .detail: Messages.detail
    }
  }
}

/// One row; what does not apply stays empty.
struct TableRow {
  /// What stands in a column.
  enum Cell {
    case text(String)
    case number(Int?)
  }

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
  var period: Period?
  var detail = ""

  subscript(column: TableColumn) -> Cell {
    switch column {
    case .id: .text(id)
    case .name: .text(name)
    case .count: .number(count)
    case .distinct: .number(distinct)
    case .sample: .number(sample)
    case .low: .number(persons?.low)
    case .likely: .number(persons?.likely)
    case .high: .number(persons?.high)
    case .path: .text(path)
    case .field: .text(field)
    case .line: .number(line)
    case .example: .text(example)
    case .due: .text(due)
    case .from: .text(period?.from.description ?? "")
    case .to: .text(period?.to.description ?? "")
    case .detail: .text(detail)
    }
  }
}

/// The rows of all parts; ids are stable, names are in the language of the report.
struct ResultTable: ResultView {
  let content: ReportContent
  let language: ReportLanguage

  var result: ScanResult { content.result }

  /// Hands over the rows of a part, one by one: files and findings can be many.
  func forEachRow<Failure: Error>(
    of part: TablePart,
    _ body: (TableRow) throws(Failure) -> Void
  ) throws(Failure) {
    switch part {
    case .summary: for row in summary { try body(row) }
    case .type: for row in types { try body(row) }
    case .personClass:
      for (name, count, items) in classItems {
        try body(TableRow(name: name, persons: count, detail: items))
      }
    case .residence: for entry in places { try body(row(entry)) }
    case .age: for entry in ages { try body(row(entry)) }
    case .combination: for row in combinations { try body(row) }
    case .criterion, .duty, .question: for row in law(part) { try body(row) }
    case .gap: for gap in result.coverage.gaps { try body(row(gap)) }
    case .file: for file in result.files { try body(row(file)) }
    case .finding: try forEachFinding(body)
    }
  }

  private var summary: [TableRow] {
    let coverage = result.coverage
    var persons = summary("persons", Messages.personsLabel, nil, personsLine)
    persons.persons = result.persons?.count
    let state = incomplete ?? say(Messages.quietComplete)
    var rows = [summary("state", Messages.stateLabel, nil, state), persons]
    if let period = result.period {
      rows.append(summary("period", Messages.periodLabel, nil, text(period)))
      rows[rows.count - 1].period = period
    }
    rows += [
      summary("duties", Messages.dutiesLabel, lawDuties.count, dutiesLine),
      summary("questions", Messages.openLabel, decisions.count, questionsLine),
      summary("gaps", Messages.notReadLabel, coverage.gaps.count, notReadLine),
      summary("files", Messages.filesLabel, coverage.files, nothingFound ?? ""),
      summary("bytes", Messages.bytesLabel, coverage.bytes, ""),
      summary("read_bytes", Messages.readBytesLabel, coverage.readBytes, ""),
      summary("note", Messages.limitsHeading, nil, say(Messages.notLegalAdvice)),
    ]
    return rows + cautions.map { summary("caution", Messages.cautionLabel, nil, $0) }
  }

  /// A row of the summary.
  func summary(_ id: String, _ name: LocalizedText, _ count: Int?, _ detail: String) -> TableRow {
    TableRow(id: id, name: say(name), count: count, detail: detail)
  }

  private var types: [TableRow] {
    DataType.allCases.compactMap { type in
      result.findings[type].map { found in
        TableRow(
          id: type.id,
          name: name(type),
          count: found.count,
          distinct: found.distinct,
          sample: found.sample,
          persons: result.persons?.byType[type]
        )
      }
    }
  }

  private var combinations: [TableRow] {
    (result.persons?.byCombination ?? []).map { combination in
      TableRow(
        id: combination.types.types.map(\.id).joined(separator: " + "),
        name: names(combination.types),
        persons: combination.count
      )
    }
  }

  private func law(_ part: TablePart) -> [TableRow] {
    switch part {
    case .criterion:
      packs.flatMap(\.outcomes).map { outcome in
        TableRow(
          id: outcome.criterion,
          name: say(outcome.title),
          persons: outcome.persons,
          detail: say(Names.outcome(outcome.outcome)) + ": " + say(outcome.because)
        )
      }
    case .duty:
      duties.map { duty in
        TableRow(
          id: duty.id,
          name: say(duty.title),
          due: due(duty),
          detail: say(Messages.authority) + say(duty.authority)
        )
      }
    default: decisions.map { TableRow(id: $0.id, name: say($0.question)) }
    }
  }

  private func row(_ entry: (name: String, count: PersonCount)) -> TableRow {
    TableRow(name: entry.name, persons: entry.count)
  }

  private func row(_ gap: Gap) -> TableRow {
    TableRow(
      id: gap.reason.rawValue,
      name: say(Names.reason(gap.reason)),
      path: gap.path,
      detail: say(gap.bytes.map { Messages.byteCount(group($0)) } ?? Messages.unknownSize)
    )
  }

  private func row(_ file: FileResult) -> TableRow {
    TableRow(
      id: file.format,
      name: file.encoding ?? "",
      count: file.findings.values.reduce(0, +),
      path: file.path,
      period: file.period,
      detail: file.findings.isEmpty ? say(Messages.noFinding) : counts(in: file)
    )
  }

  private func forEachFinding<Failure: Error>(
    _ body: (TableRow) throws(Failure) -> Void
  ) throws(Failure) {
    let (issues, omitted) = content.issues
    for issue in issues {
      guard case .found(let type) = issue.kind else { continue }
      try body(
        TableRow(
          id: type.id,
          name: name(type),
          count: issue.count,
          sample: issue.sample,
          path: issue.path,
          field: issue.field ?? "",
          line: issue.line,
          example: issue.example ?? ""
        )
      )
    }
    if omitted > 0 {
      try body(TableRow(count: omitted, detail: say(Messages.issuesOmitted(omitted))))
    }
  }
}
