internal import BreachModel

extension HTMLPage {
  /// File by file, table by table; what was read and what was not; examples with their places.
  mutating func writeEvidence() {
    writeFiles()
    writeTables()
    writeCoverage()
    writeExamples()
  }

  private mutating func writeFiles() {
    guard !result.files.isEmpty else { return }
    section("files", Messages.filesHeading)
    let files = filesWithFindings
    if !files.isEmpty {
      beginTable(
        Messages.filesHeading,
        [
          (Messages.fileSection, false), (Messages.formatColumn, false),
          (Messages.recordsColumn, true), (Messages.personRecords, true),
          (Messages.findings, false),
        ]
      )
      for file in files.prefix(Self.most) {
        let charset = file.encoding.map { " \($0)" } ?? ""
        row([
          .name(([file.path] + also(file)).joined(separator: " ")), .name(file.format + charset),
          .number(file.records), .number(file.persons), .text(counts(in: file)),
        ])
      }
      endTable()
      if files.count > Self.most {
        paragraph(say(Messages.moreFiles(files.count - Self.most)), style: "note")
      }
    }
    let others = result.files.count - files.count
    if others > 0 { paragraph(say(Messages.otherFiles(others)), style: "note") }
    endSection()
  }

  private func also(_ file: FileResult) -> [String] {
    guard !file.alsoAt.isEmpty else { return [] }
    let rest = file.alsoAt.count > 5 ? [say(Messages.more(file.alsoAt.count - 5))] : []
    return ["("] + [
      say(Messages.alsoAt)
        + (file.alsoAt.prefix(5) + rest).joined(separator: say(Messages.comma)) + ")"
    ]
  }

  private mutating func writeTables() {
    let files = filesWithFindings.filter { !$0.columns.isEmpty }
    guard !files.isEmpty else { return }
    section("tables", Messages.tablesHeading)
    beginTable(
      Messages.tablesHeading,
      [
        (Messages.fileSection, false), (Messages.tableColumn, false),
        (Messages.columnsColumn, false), (Messages.periodLabel, false),
      ]
    )
    var shown = 0
    var left = 0
    for file in files {
      var tables: [String] = []
      for column in file.columns where !tables.contains(column.table) {
        tables.append(column.table)
      }
      for table in tables {
        guard shown < Self.most else {
          left += 1
          continue
        }
        shown += 1
        let columns = file.columns.filter { $0.table == table }.map { column in
          say(Messages.typed(column.name, column.type, values: column.values))
        }
        row([
          .name(file.path), .name(table),
          .name(columns.joined(separator: say(Messages.comma))), .name(dates(file, ofTable: table)),
        ])
      }
    }
    endTable()
    more(left)
    endSection()
  }

  private mutating func writeCoverage() {
    let coverage = result.coverage
    section("unread", Messages.gapsHeading)
    paragraph(
      say(
        Messages.accounted(
          files: coverage.files,
          bytes: coverage.bytes,
          read: coverage.readBytes,
          notText: coverage.notText
        )
      )
    )
    coverageChart()
    if isIncomplete, coverage.gaps.isEmpty {
      paragraph(say(Messages.unfinishedShort), style: "alarm")
    }
    if !coverage.gaps.isEmpty {
      beginTable(
        Messages.whatWasNotRead,
        [
          (Messages.path, false), (Messages.reason, false), (Messages.size, true),
          (Messages.gapDetails, false),
        ]
      )
      for gap in coverage.gaps.prefix(Self.most) {
        let size = gap.bytes.map { Messages.byteCount(group($0)) } ?? Messages.unknownSize
        row([
          .name(gap.path), .mark("gap", say(Names.reason(gap.reason))), .amount(say(size)),
          .name(say(told(gap))),
        ])
      }
      endTable()
      let rest = coverage.gaps.dropFirst(Self.most)
      if !rest.isEmpty {
        let size = size(of: rest, exact: true)
        paragraph(say(Messages.moreGaps(rest.count, bytes: size)), style: "note")
      }
    }
    if !coverage.notes.isEmpty {
      subheading(Messages.notesHeading)
      beginTable(
        Messages.notesHeading,
        [(Messages.path, false), (Messages.id, false), (Messages.detail, false)]
      )
      for note in coverage.notes.prefix(100) {
        row([.name(note.path), .name(note.kind), .name(say(told(note)))])
      }
      endTable()
      more(coverage.notes.count - 100)
    }
    endSection()
  }

  private mutating func writeExamples() {
    guard !result.findings.isEmpty else { return }
    section("examples", Messages.examplesHeading)
    paragraph(say(Messages.examplesNote), style: "soft")
    if content.found == nil { paragraph(say(Messages.noRows), style: "note") }
    let (issues, omitted) = content.issues
    beginTable(
      Messages.examplesHeading,
      [
        (Messages.path, false), (Messages.line, true), (Messages.field, false),
        (Messages.type, false), (Messages.findings, true), (Messages.maskedExample, false),
      ]
    )
    var shown = 0
    var left = omitted
    for issue in issues {
      guard case .found(let type) = issue.kind else { continue }
      guard shown < Self.most else {
        left += 1
        continue
      }
      shown += 1
      row([
        .name(issue.path), .amount(issue.line.map(group) ?? ""), .name(issue.field ?? ""),
        .text(name(type)), .number(issue.count), .name(issue.example ?? ""),
      ])
    }
    endTable()
    if left > 0 { paragraph(say(Messages.issuesOmitted(left)), style: "note") }
    endSection()
  }

  /// Versions, digests and the way of counting, so that somebody else gets the same numbers.
  mutating func writeMethod() {
    section("method", Messages.methodHeading)
    let run = result.run
    let packs = packs.map { "\($0.id) \($0.version)" }.joined(separator: ", ")
    let tenths = Int((min(max(run.seconds, 0), 1e12) * 10).rounded())
    let facts: [(LocalizedText, String)] = [
      (Messages.program, "\(result.tool.name) \(result.tool.version)"),
      (Messages.patternsHash, result.tool.patternsSHA256), (Messages.packVersions, packs),
      (Messages.started, run.started),
      (Messages.seconds, say(Messages.secondsText("\(group(tenths / 10)).\(tenths % 10)"))),
    ]
    put("<dl>\n")
    for (name, value) in facts where !value.isEmpty {
      put("<dt>\(words(name))</dt><dd>\(Self.escaped(value))</dd>\n")
    }
    put("</dl>\n")
    table(
      Messages.inputColumn,
      [(Messages.inputColumn, false), (Messages.bytesLabel, true), (Messages.hashColumn, false)],
      run.inputs.prefix(Self.most).map {
        [.name($0.path), .number($0.bytes), .name($0.sha256 ?? say(Messages.noHash))]
      }
    )
    more(run.inputs.count - Self.most)
    list([Messages.repeatable, Messages.linking].map(say))
    subheading(Messages.limitsHeading)
    let range = result.persons == nil ? [] : [Messages.rangeMeaning]
    list((range + [Messages.textLimits, Messages.machineLimits]).map(say))
    endSection()
  }

  mutating func writeEnd() {
    put("</main>\n<footer>\n")
    paragraph(say(Messages.notLegalAdvice))
    put("</footer>\n</body>\n</html>\n")
  }
}
