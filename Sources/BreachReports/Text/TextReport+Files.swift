internal import BreachModel

extension TextReportWriter {
  /// The leaves with the most persons; all others are counted.
  mutating func writeFiles() {
    guard !result.files.isEmpty else { return }
    page.heading(say(Messages.filesHeading))
    let sorted = filesWithFindings
    for file in sorted.prefix(20) { writeFile(file) }
    if sorted.count > 20 { page.line(say(Messages.moreFiles(sorted.count - 20)), indent: 2) }
    let others = result.files.count - sorted.count
    if others > 0 { page.line(say(Messages.otherFiles(others)), indent: 2) }
  }

  private mutating func writeFile(_ file: FileResult) {
    page.line(file.path, indent: 2, style: .bold)
    let charset = file.encoding.map { " \($0)" } ?? ""
    page.paragraph(
      say(
        Messages.fileFacts(
          persons: file.persons,
          records: file.records,
          format: file.format + charset
        )
      ),
      indent: 4
    )
    writeDetail(Messages.foundHere, counts(in: file), indent: 4)
    writeColumns(Messages.columns, file.columns.filter { !$0.isSetAside })
    writeColumns(Messages.setAside, file.columns.filter(\.isSetAside))
    writeDetail(Messages.dates, dates(file), indent: 4)
    for path in file.alsoAt.prefix(5) { page.line(say(Messages.alsoAt) + path, indent: 4) }
    if file.alsoAt.count > 5 {
      page.line(say(Messages.alsoAt) + say(Messages.more(file.alsoAt.count - 5)), indent: 4)
    }
  }

  private mutating func writeColumns(_ label: LocalizedText, _ all: [ColumnResult]) {
    var columns = all.prefix(12).map { column in
      let table = column.table.isEmpty ? "" : "\(column.table)."
      return table + say(Messages.typed(column.name, column.type))
    }
    if all.count > 12 { columns.append(say(Messages.more(all.count - 12))) }
    writeDetail(label, columns.joined(separator: say(Messages.comma)), indent: 4)
  }

  /// What was not read, and what was worth a note.
  mutating func writeCoverage() {
    let coverage = result.coverage
    page.heading(say(Messages.gapsHeading))
    page.paragraph(
      say(
        Messages.accounted(
          files: coverage.files,
          bytes: coverage.bytes,
          read: coverage.readBytes,
          notText: coverage.notText
        )
      ),
      indent: 2
    )
    if isIncomplete, coverage.gaps.isEmpty {
      page.paragraph(say(Messages.unfinishedShort), indent: 2, style: .alarm)
    }
    for gap in coverage.gaps.prefix(50) {
      page.line(gap.path, indent: 2)
      let size = say(gap.bytes.map { Messages.byteCount(group($0)) } ?? Messages.unknownSize)
      page.paragraph(
        say(Names.reason(gap.reason)) + say(Messages.comma) + size,
        indent: 4,
        style: .alarm
      )
      writeDetail(nil, say(told(gap)), indent: 4)
    }
    let rest = coverage.gaps.dropFirst(50)
    if !rest.isEmpty {
      page.line(
        say(Messages.moreGaps(rest.count, bytes: size(of: rest, exact: true))),
        indent: 2
      )
    }
    if let unread = result.persons?.unread, !unread.basis.isEmpty, !coverage.gaps.isEmpty {
      writeDetail(
        nil,
        say(unread.couldAdd.map { Messages.couldAdd(group($0)) } ?? Messages.couldAddUnknown)
          + " (" + basis(unread) + ")",
        indent: 2
      )
    }
    guard !coverage.notes.isEmpty else { return }
    page.heading(say(Messages.notesHeading))
    for note in coverage.notes.prefix(20) {
      page.line(note.path, indent: 2)
      page.paragraph("\(note.kind): \(say(told(note)))", indent: 4)
    }
    writeMore(coverage.notes.count - 20)
  }

  /// What the numbers mean, and what no scan can say.
  mutating func writeLimits() {
    page.heading(say(Messages.limitsHeading))
    if result.persons != nil { page.paragraph(say(Messages.rangeMeaning), indent: 2) }
    page.paragraph(say(Messages.textLimits), indent: 2)
    page.paragraph(say(Messages.machineLimits), indent: 2)
    page.paragraph(say(Messages.notLegalAdvice), indent: 2)
  }
}
