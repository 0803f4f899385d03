internal import BreachModel

/// The report for a board, a lawyer and an authority: one page that needs no script, no network and
/// no second file, for the screen and for A4.
///
/// Everything from the evidence is text between tags; the policy of the page forbids all else.
package enum HTMLReport: Report {
  package static let fileExtensions = ["html", "htm"]
  package static let isSpoken = true
  package static let showsPlaces = true

  package static func render<Sink: ByteSink>(
    _ content: ReportContent,
    options: ReportOptions,
    into sink: inout Sink
  ) throws(Sink.Failure) {
    var page = HTMLPage(content, language: options.language)
    page.writeHead()
    page.writeFirstScreen()
    page.writeContents()
    try sink.drain(&page.bytes)
    page.writeDuties()
    page.writeQuestions()
    page.writePersons()
    page.writeCriteria()
    try sink.drain(&page.bytes)
    page.writeEvidence()
    try sink.drain(&page.bytes)
    page.writeInvestigation()
    page.writeMethod()
    page.writeEnd()
    try sink.drain(&page.bytes, above: 0)
  }
}
