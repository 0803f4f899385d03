internal import BreachModel

/// A code quality report of GitLab: one array, what was not read first.
package enum GitLabReport: Report {
  package static let fileExtensions = ["gitlab.json", "json"]
  package static let showsPlaces = true

  package static func render<Sink: ByteSink>(
    _ content: ReportContent,
    options: ReportOptions,
    into sink: inout Sink
  ) throws(Sink.Failure) {
    let (issues, omitted) = content.issues
    var bytes = Array("[".utf8)
    var isFirst = true
    if omitted > 0 {
      append(
        description: Messages.issuesOmitted(omitted).en,
        check: "not_listed",
        fingerprint: "not_listed",
        severity: "major",
        path: content.result.run.inputs.first?.path ?? "",
        line: nil,
        isFirst: &isFirst,
        to: &bytes
      )
    }
    for issue in issues {
      let inner = FilePlace(issue.path).member.isEmpty ? "" : "\(displaySafe(issue.path)): "
      append(
        description: inner + issue.message,
        check: issue.rule,
        fingerprint: issue.fingerprint,
        severity: severity(issue),
        path: issue.path,
        line: issue.line,
        isFirst: &isFirst,
        to: &bytes
      )
      try sink.drain(&bytes)
    }
    bytes += Array((isFirst ? "]\n" : "\n]\n").utf8)
    try sink.append(bytes)
  }

  private static func severity(_ issue: Issue) -> String {
    switch (issue.kind, issue.severity) {
    case (.unfinished, _): "blocker"
    case (.found, .error), (.limit, .error): "critical"
    case (_, .note): "info"
    case (_, .error), (_, .warning): "major"
    }
  }
}

extension GitLabReport {
  private static func append(
    description: String,
    check: String,
    fingerprint: String,
    severity: String,
    path: String,
    line: Int?,
    isFirst: inout Bool,
    to bytes: inout [UInt8]
  ) {
    bytes += Array((isFirst ? "\n  " : ",\n  ").utf8)
    isFirst = false
    let place = FilePlace(path)
    JSONWriter.append(
      .object([
        ("description", .string(description)), ("check_name", .string(check)),
        ("fingerprint", .string(fingerprint)), ("severity", .string(severity)),
        (
          "location",
          .object([
            ("path", .string(place.relative.isEmpty ? "." : place.relative)),
            (
              "lines",
              .object([("begin", .integer(place.member.isEmpty ? line ?? 1 : 1))])
            ),
          ])
        ),
      ]),
      to: &bytes
    )
  }
}
