internal import BreachModel

/// Workflow commands of GitHub Actions: the worst issues as annotations, then one line for the log.
///
/// A step shows ten annotations of each level; what does not fit is counted in the last line.
/// `--output summary.md` writes the page for `$GITHUB_STEP_SUMMARY`.
package enum GitHubReport: Report {
  package static let fileExtensions = ["github.txt", "txt"]
  package static let showsPlaces = true

  /// What one step shows of one level.
  static let most = 10

  package static func render<Sink: ByteSink>(
    _ content: ReportContent,
    options: ReportOptions,
    into sink: inout Sink
  ) throws(Sink.Failure) {
    let (issues, omitted) = content.issues
    let view = MachineView(result: content.result)
    var text = ""
    var shown = [0, 0, 0]
    if let incomplete = content.incomplete {
      text += "::error title=breachscope::\(message(incomplete))\n"
      shown[Severity.error.rawValue] += 1
    }
    var left = omitted
    for issue in issues {
      if case .unfinished = issue.kind { continue }
      let level = issue.severity.rawValue
      guard shown[level] < most else {
        left += 1
        continue
      }
      shown[level] += 1
      let place = FilePlace(issue.path)
      var properties: [String] = []
      if !place.file.isEmpty { properties.append("file=\(property(place.file))") }
      if let line = issue.line, place.member.isEmpty { properties.append("line=\(line)") }
      properties.append("title=\(property(issue.rule))")
      let inner = place.member.isEmpty ? "" : "\(issue.path): "
      text += "::\(["error", "warning", "notice"][level]) \(properties.joined(separator: ","))"
      text += "::\(message(inner + issue.message))\n"
    }
    text += "breachscope: \(displaySafe(view.summary))"
    text += left == 0 ? "\n" : "; \(Messages.issuesOmitted(left).en)\n"
    try sink.append(Array(text.utf8))
  }

  private static func message(_ text: String) -> String {
    var out = ""
    for scalar in displaySafe(text).unicodeScalars {
      if scalar == "%" { out += "%25" } else { out.unicodeScalars.append(scalar) }
    }
    return out
  }

  private static func property(_ text: String) -> String {
    var out = ""
    for scalar in message(text).unicodeScalars {
      switch scalar {
      case ":": out += "%3A"
      case ",": out += "%2C"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
