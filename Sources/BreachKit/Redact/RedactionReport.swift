internal import BreachModel
internal import BreachReports

/// What was copied, what was replaced, and what was not copied and why.
struct RedactionReport {
  struct Left {
    var path: String
    var reason: String
    var message: LocalizedText
  }

  var output: String
  var patternsSHA256 = ""
  /// Files that were found, those below among them.
  var found = 0
  var copied = 0
  /// Names of files and folders that held a finding, and were changed.
  var renamed = 0
  /// Values replaced in what was copied.
  var values: [DataType: Int] = [:]
  var left: [Left] = []
  var usesTokens = true

  private var total: Int { values.values.reduce(0, +) }

  /// In the order of the types.
  private var sorted: [(type: DataType, count: Int)] {
    values.filter { $0.value > 0 }.sorted { $0.key.rawValue < $1.key.rawValue }
      .map { ($0.key, $0.value) }
  }

  var json: String {
    let value = JSONValue.object([
      ("schema", .string("breachscope.redaction/1")),
      (
        "tool",
        .object([
          ("name", .string("breachscope")), ("version", .string(Version.current)),
          ("patterns_sha256", .string(patternsSHA256)),
        ])
      ),
      ("output", .string(output)),
      ("replacement", .string(usesTokens ? "token" : "mask")),
      (
        "files",
        .object([
          ("found", .integer(found)), ("copied", .integer(copied)),
          ("not_copied", .integer(left.count)), ("renamed", .integer(renamed)),
        ])
      ),
      ("values", .object(sorted.map { ($0.type.id, .integer($0.count)) })),
      (
        "not_copied",
        .array(
          left.map {
            .object([
              ("path", .string($0.path)), ("reason", .string($0.reason)),
              ("message", .string($0.message.en)),
            ])
          }
        )
      ),
    ])
    return String(decoding: JSONWriter.bytes(value, style: .pretty), as: UTF8.self)
  }

  func text(_ language: ReportLanguage, quiet: Bool) -> String {
    func say(_ text: LocalizedText) -> String { language == .ja ? text.ja : text.en }
    var lines = [
      say(Messages.redacted(copied: copied, found: found, values: total, output: output))
    ]
    if quiet { return displaySafe(lines[0]) }
    if total > 0 { lines += ["", say(Messages.redactedHeading(tokens: usesTokens))] }
    let width = sorted.map { String($0.count).count }.max() ?? 0
    for (type, count) in sorted {
      let number = String(count)
      let space = String(repeating: " ", count: width - number.count)
      lines.append("  \(space)\(number)  \(say(Names.type(type)))")
    }
    if renamed > 0 { lines += ["", say(Messages.redactedNames(renamed))] }
    if !left.isEmpty { lines += ["", say(Messages.notCopiedHeading(left.count))] }
    for entry in left { lines.append("  \(entry.path): \(say(entry.message)) (\(entry.reason))") }
    return lines.map(displaySafe).joined(separator: "\n")
  }
}
