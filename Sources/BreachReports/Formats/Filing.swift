internal import BreachModel

/// Drafts of all that is to be filed and told, one behind the other; a folder gets a file for each.
package enum FilingReport: Report {
  package static let fileExtensions = ["filing.txt"]
  package static let isSpoken = true

  package static func render<Sink: ByteSink>(
    _ content: ReportContent,
    options: ReportOptions,
    into sink: inout Sink
  ) throws(Sink.Failure) {
    for (position, draft) in content.filled(options.language).enumerated() {
      let line = position == 0 ? "" : "\n" + String(repeating: "=", count: 72) + "\n\n"
      try sink.append(Array((line + draft.text).utf8))
    }
  }

  /// The files of a folder by name: each draft to be copied from, and as JSON.
  package static func files(_ content: ReportContent, options: ReportOptions)
    -> [(name: String, bytes: [UInt8])]
  {
    content.filled(options.language).flatMap { draft in
      [
        ("\(draft.facts.template.id).txt", Array(draft.text.utf8)),
        ("\(draft.facts.template.id).json", draft.json),
      ]
    }
  }
}
