internal import BreachModel

/// The report for a terminal: the answer first, then how it came about.
package enum TextReport: Report {
  package static let fileExtensions = ["txt"]
  package static let isSpoken = true

  package static func render<Sink: ByteSink>(
    _ content: ReportContent,
    options: ReportOptions,
    into sink: inout Sink
  ) throws(Sink.Failure) {
    let result = content.result
    var writer = TextReportWriter(result, options)
    if options.quiet {
      writer.writeQuiet()
    } else {
      writer.writeHeadline()
      writer.writeTypes()
      writer.writePersons()
      if let damage = content.damage { writer.writeDamage(damage) }
      writer.writeCriteria()
      writer.writeFiles()
      writer.writeCoverage()
      writer.writeLimits()
    }
    try sink.append(Array(writer.page.text.utf8))
  }
}

/// Walks one result and fills a page; each part of the report is an extension under `Text`.
struct TextReportWriter: ResultView {
  let result: ScanResult
  let language: ReportLanguage
  var page: TextPage

  /// A report that has not begun.
  init(_ result: ScanResult, _ options: ReportOptions) {
    self.result = result
    language = options.language
    page = TextPage(options)
  }

  /// Everything in one line.
  mutating func writeQuiet() { page.line("breachscope: \(summary)") }
}
