internal import BreachModel

/// JUnit XML: whether all was read is the first test case, then one case a leaf.
///
/// A leaf with findings fails, unless they are notes; what was not read is an error, so a build
/// that asks only for failures and errors never takes an incomplete run for a clean one.
package enum JUnitReport: Report {
  package static let fileExtensions = ["junit.xml", "xml"]
  package static let showsPlaces = true

  package static func render<Sink: ByteSink>(
    _ content: ReportContent,
    options: ReportOptions,
    into sink: inout Sink
  ) throws(Sink.Failure) {
    let (issues, omitted) = content.issues
    var byPath: [String: [Issue]] = [:]
    var whole: [Issue] = []
    for issue in issues {
      switch issue.kind {
      case .found, .notRead: byPath[issue.path, default: []].append(issue)
      case .unfinished: break
      case .limit: whole.append(issue)
      }
    }
    // A leaf whose findings are not listed can neither pass nor fail.
    let files = content.result.files.filter {
      omitted == 0 || byPath[$0.path] != nil || $0.findings.isEmpty
    }
    let listed = Set(files.map(\.path))
    let others = byPath.keys.filter { !listed.contains($0) }.sorted(by: ResultEncoder.precedes)
    let paths = files.map(\.path) + others
    let view = MachineView(result: content.result)
    var failures = whole.count
    var incomplete = content.incomplete
    if omitted > 0 {
      incomplete = [incomplete, Messages.issuesOmitted(omitted).en].compactMap(\.self)
        .joined(separator: " ")
    }
    var errors = incomplete == nil ? 0 : 1
    for path in paths {
      let issues = byPath[path] ?? []
      if hasGap(issues) {
        errors += 1
      } else if fails(issues) {
        failures += 1
      }
    }
    let counts =
      "tests=\"\(1 + whole.count + paths.count)\" failures=\"\(failures)\" errors=\"\(errors)\""
    var bytes = Array(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="breachscope" \(counts)>
        <testsuite name="breachscope" \(counts)>

      """.utf8
    )
    append(name: "coverage", file: nil, view.summary, error: incomplete, to: &bytes)
    for issue in whole {
      append(name: issue.rule, file: nil, issue.message, failure: issue.message, to: &bytes)
    }
    for path in paths {
      let issues = byPath[path] ?? []
      let text = issues.map { issue in
        (issue.line.map { "line \($0): " } ?? "") + "\(issue.rule): \(issue.message)"
      }.joined(separator: "\n")
      let first = issues.first.map { "\($0.rule): \($0.message)" }
      append(
        name: path,
        file: FilePlace(path).file,
        text,
        error: hasGap(issues) ? first : nil,
        failure: fails(issues) ? first : nil,
        to: &bytes
      )
      try sink.drain(&bytes)
    }
    bytes += Array("  </testsuite>\n</testsuites>\n".utf8)
    try sink.append(bytes)
  }

  private static func hasGap(_ issues: [Issue]) -> Bool {
    issues.contains { issue in
      if case .notRead = issue.kind { return issue.severity != .note }
      return false
    }
  }

  private static func fails(_ issues: [Issue]) -> Bool {
    issues.contains { $0.severity != .note }
  }

  private static func append(
    name: String,
    file: String?,
    _ text: String,
    error: String? = nil,
    failure: String? = nil,
    to bytes: inout [UInt8]
  ) {
    var tag = "    <testcase classname=\"breachscope\" name=\"\(markupSafe(name))\""
    if let file { tag += " file=\"\(markupSafe(file))\"" }
    let body = text.split(separator: "\n").map { markupSafe(String($0)) }.joined(separator: "\n")
    if let message = error ?? failure {
      let kind = error == nil ? "failure" : "error"
      tag += ">\n      <\(kind) message=\"\(markupSafe(message))\">\(body)</\(kind)>\n"
      tag += "    </testcase>\n"
    } else if !body.isEmpty {
      tag += ">\n      <system-out>\(body)</system-out>\n    </testcase>\n"
    } else {
      tag += "/>\n"
    }
    bytes += Array(tag.utf8)
  }
}
