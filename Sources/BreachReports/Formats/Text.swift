package import BreachModel

/// The report for a terminal: the answer first, then how it came about.
package enum TextReport: Report {
  package static func render<Sink: ByteSink>(
    _ result: ScanResult,
    options: ReportOptions,
    into sink: inout Sink
  ) throws(Sink.Failure) {
    var writer = TextReportWriter(result, options)
    if options.quiet {
      writer.writeQuiet()
    } else {
      writer.writeHeadline()
      writer.writeTypes()
      writer.writePersons()
      writer.writeCriteria()
      writer.writeFiles()
      writer.writeCoverage()
      writer.writeLimits()
    }
    try sink.append(Array(writer.page.text.utf8))
  }
}

/// Walks one result and fills a page; each part of the report is an extension under `Text`.
struct TextReportWriter {
  let result: ScanResult
  let language: ReportLanguage
  var page: TextPage

  /// A report that has not begun.
  init(_ result: ScanResult, _ options: ReportOptions) {
    self.result = result
    language = options.language
    page = TextPage(options)
  }

  /// The text in the language of the report.
  func say(_ text: LocalizedText) -> String {
    switch language {
    case .ja: text.ja
    case .en: text.en
    }
  }

  /// The name of a data type in the language of the report.
  func name(_ type: DataType) -> String { say(Names.type(type)) }

  /// The names of several data types.
  func names(_ types: TypeSet) -> String { types.types.map(name).joined(separator: " + ") }

  /// `9-14`, or one number where both ends are the same.
  func range(_ count: PersonCount) -> String {
    count.low == count.high
      ? group(count.low) : "\(group(count.low))-\(group(count.high))"
  }

  /// True when something was not read, or the run did not reach its end.
  var isIncomplete: Bool { !result.run.complete || !result.coverage.gaps.isEmpty }

  /// How large some gaps are together; `or more` where the size of one is not known.
  func size(of gaps: some Sequence<Gap>, exact: Bool = false) -> LocalizedText {
    let bytes = gaps.reduce(0) { $0 + ($1.bytes ?? 0) }
    let text = exact ? Messages.byteCount(group(bytes)) : byteText(bytes)
    return gaps.contains { $0.bytes == nil } ? Messages.orMore(text) : text
  }

  /// All packs that were applied.
  var packs: [PackAssessment] { result.assessment?.packs ?? [] }

  /// Every question once; packs share those that read the same.
  var decisions: [Decision] {
    var seen: Set<Decision> = []
    return packs.flatMap(\.decisions).filter { seen.insert($0).inserted }
  }

  /// Every duty once, by its last day; those without a day last, in the order of the packs.
  var duties: [Duty] {
    let all = packs.flatMap(\.duties)
    let dated = all.enumerated().filter { $0.element.due != nil }.sorted {
      let (left, right) = ($0.element.due ?? "", $1.element.due ?? "")
      return left == right ? $0.offset < $1.offset : ResultEncoder.precedes(left, right)
    }
    return dated.map(\.element) + all.filter { $0.due == nil }
  }

  /// When a duty is due, or the words of the law where it names no day.
  func due(_ duty: Duty) -> String {
    guard let due = duty.due else {
      let words = say(duty.dueText)
      return words.isEmpty ? say(Messages.noDay) : words
    }
    guard let from = duty.from else { return due }
    return say(Messages.window(from: from, to: due))
  }

  /// Everything in one line.
  mutating func writeQuiet() {
    let state =
      isIncomplete
      ? result.coverage.gaps.isEmpty
        ? say(Messages.unfinishedShort)
        : say(
          Messages.quietIncomplete(
            gaps: result.coverage.gaps.count,
            bytes: size(of: result.coverage.gaps)
          )
        )
      : say(Messages.quietComplete)
    let persons = result.persons.map {
      $0.count.low == $0.count.high
        ? group($0.count.likely) : "\(group($0.count.likely)) (\(range($0.count)))"
    }
    let summary = Messages.quiet(
      state: state,
      persons: persons ?? say(Messages.notCounted),
      duties: duties.count,
      firstDue: duties.first?.due,
      questions: decisions.count
    )
    let empty = result.findings.isEmpty ? ", " + say(Messages.noFinding) : ""
    page.line("breachscope: \(say(summary))\(empty)")
  }
}
