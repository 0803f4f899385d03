internal import BreachModel

/// SARIF 2.1.0 for code scanning: one result a leaf × field × type, with stable fingerprints.
///
/// Stays within what GitHub takes: one run, 25,000 results, two tags a rule. What was not read is
/// a result too, and a notification, so that no incomplete run looks clean.
package enum SARIFReport: Report {
  package static let fileExtensions = ["sarif", "sarif.json", "json"]
  package static let showsPlaces = true

  package static func render<Sink: ByteSink>(
    _ content: ReportContent,
    options: ReportOptions,
    into sink: inout Sink
  ) throws(Sink.Failure) {
    let (issues, omitted) = content.issues
    var rules: [String: Int] = [:]
    var firsts: [Issue] = []
    for issue in issues where rules[issue.rule] == nil {
      rules[issue.rule] = firsts.count
      firsts.append(issue)
    }
    // The same content stands at further paths: each result names them.
    let copies = Dictionary(
      content.result.files.lazy.filter { !$0.alsoAt.isEmpty }.map { ($0.path, $0.alsoAt) },
      uniquingKeysWith: { first, _ in first }
    )
    let tool = content.result.tool
    // What was not read comes before everything else.
    let head: [ResultEncoder.Member] = [
      ("invocations", .array([invocation(content, omitted)])),
      (
        "tool",
        .object([
          (
            "driver",
            .object([
              ("name", .string(tool.name)), ("version", .string(tool.version)),
              ("rules", .array(firsts.map(rule))),
            ])
          )
        ])
      ), ("originalUriBaseIds", .object([("ROOT", .object([("uri", .string("file:///"))]))])),
      ("redactionTokens", .strings(["***"])),
    ]
    var bytes = Array(
      """
      {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
          {
      """.utf8
    )
    for part in head {
      bytes += Array("\n      ".utf8)
      JSONWriter.append(part.key, to: &bytes)
      bytes += Array(": ".utf8)
      JSONWriter.append(part.value, to: &bytes, style: .pretty, indent: 3)
      bytes += Array(",".utf8)
    }
    bytes += Array("\n      \"results\": [".utf8)
    for (position, issue) in issues.enumerated() {
      bytes += Array((position == 0 ? "\n        " : ",\n        ").utf8)
      JSONWriter.append(result(issue, rules[issue.rule] ?? 0, copies[issue.path] ?? []), to: &bytes)
      try sink.drain(&bytes)
    }
    bytes += Array(((issues.isEmpty ? "]" : "\n      ]") + "\n    }\n  ]\n}\n").utf8)
    try sink.append(bytes)
  }

  /// The severity of a rule on GitHub's scale: above 7.0 is high, from 4.0 medium, below low.
  private static func rule(_ issue: Issue) -> JSONValue {
    let grade: Severity =
      switch issue.kind {
      case .found(let type):
        TypeSet.gravest.contains(type) ? .error : type.isPersonal ? .warning : .note
      case .notRead, .unfinished, .limit: .error
      }
    let (title, help) = Messages.rule(issue.kind)
    return .object([
      ("id", .string(issue.rule)), ("shortDescription", text(title.en)), ("help", text(help.en)),
      ("defaultConfiguration", .object([("level", .string(level(grade)))])),
      (
        "properties",
        .object([
          ("tags", .strings(["privacy", "security"])),
          ("security-severity", .string(["8.0", "5.0", "1.0"][grade.rawValue])),
        ])
      ),
    ])
  }

  /// Further places that one result names; GitHub shows no more.
  private static let mostCopies = 100

  private static func result(_ issue: Issue, _ rule: Int, _ copies: [String]) -> JSONValue {
    var members: [ResultEncoder.Member] = [
      ("ruleId", .string(issue.rule)), ("ruleIndex", .integer(rule)),
      ("level", .string(level(issue.severity))), ("message", text(issue.message)),
    ]
    let place = FilePlace(issue.path)
    var physical = [artifact(place)]
    if let line = issue.line, place.member.isEmpty {
      physical.append(("region", .object([("startLine", .integer(line))])))
    }
    var location: [ResultEncoder.Member] = [("physicalLocation", .object(physical))]
    if issue.field != nil || !place.member.isEmpty {
      let name = place.file + place.member + (issue.field.map { "#\($0)" } ?? "")
      location.append(
        ("logicalLocations", .array([.object([("fullyQualifiedName", .string(name))])]))
      )
    }
    members.append(("locations", .array([.object(location)])))
    if !copies.isEmpty {
      let related = copies.prefix(mostCopies).enumerated().map { number, path in
        let place = FilePlace(path)
        return JSONValue.object([
          ("id", .integer(number + 1)), ("physicalLocation", .object([artifact(place)])),
          ("message", text(displaySafe(Messages.alsoAt.en + place.file + place.member))),
        ])
      }
      members.append(("relatedLocations", .array(related)))
    }
    members.append(
      (
        "partialFingerprints",
        .object([
          ("breachscope/v1", .string(issue.fingerprint)),
          ("primaryLocationLineHash", .string(issue.fingerprint)),
        ])
      )
    )
    if case .found = issue.kind {
      members.append(
        (
          "properties",
          .object([("count", .integer(issue.count)), ("sample", .integer(issue.sample))])
        )
      )
    }
    return .object(members)
  }

  private static func artifact(_ place: FilePlace) -> ResultEncoder.Member {
    var members: [ResultEncoder.Member] = [("uri", .string(place.uri))]
    if place.file.hasPrefix("/") { members.append(("uriBaseId", .string("ROOT"))) }
    return ("artifactLocation", .object(members))
  }

  private static func invocation(_ content: ReportContent, _ omitted: Int) -> JSONValue {
    let result = content.result
    let view = MachineView(result: result)
    var notes: [JSONValue] = []
    let incomplete = content.incomplete
    if let incomplete {
      notes.append(.object([("level", .string("error")), ("message", text(incomplete))]))
    }
    if omitted > 0 {
      let message = Messages.issuesOmitted(omitted).en
      notes.append(.object([("level", .string("warning")), ("message", text(message))]))
    }
    notes.append(.object([("level", .string("note")), ("message", text(view.summary))]))
    return .object([
      ("executionSuccessful", .bool(incomplete == nil)),
      ("toolExecutionNotifications", .array(notes)),
    ])
  }

  private static func level(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .note: "note"
    }
  }

  private static func text(_ text: String) -> JSONValue { .object([("text", .string(text))]) }
}

/// A result as formats for machines speak of it: in English, whatever the language of the user.
struct MachineView: ResultView {
  let result: ScanResult
  var language: ReportLanguage { .en }
}
