internal import BreachBytes
internal import BreachDetectors
internal import BreachModel
internal import BreachPatterns
internal import BreachReports

/// `breachscope check`: a gate for exports, in CI and before commits.
public enum CheckCommand {
  /// Runs the command; returns the exit code.
  public static func run(_ arguments: ScanArguments, policy path: String?) -> Int32 {
    Console.run(arguments) { (console) throws(CommandError) in
      try check(arguments, path, console)
    }
  }

  /// Findings of one type at one place that the policy does not allow.
  private struct Violation: Hashable {
    var path: String
    var type: DataType
  }

  private static func check(_ arguments: ScanArguments, _ path: String?, _ console: Console)
    throws(CommandError) -> Int32
  {
    var policy = try policy(path)
    policy.acceptGaps += arguments.acceptGaps
    let outputs = try Outputs(format: arguments.format, paths: arguments.outputs)
    try outputs.allow(
      where: { [.text, .markdown, .html, .sarif, .junit, .github, .gitlab].contains($0) },
      "check writes text, md, html, sarif, junit, github and gitlab; other reports come from `scan`"
    )
    var request = try arguments.request()
    request.ownFiles = outputs.identities
    request.exclude.append(".git")
    request.wantsFindings = true
    // Values are compared with the policy's patterns here and never leave the process.
    request.values = policy.allow.contains { $0.value != nil } ? .written : .masked
    let output = try ScanCommand.perform(request, arguments, console)
    let today = CivilDate(dayNumber: OwnProcess.wallSeconds / 86_400)
    var used: Set<Int> = []
    var counts: [Violation: Int] = [:]
    var firsts: [Violation: FindingRow] = [:]
    var totals: [DataType: Int] = [:]
    var found = IssueList()
    output.forEachFinding { row in
      guard row.confidence >= policy.minConfidence, !row.sample || policy.forbid.contains(row.type)
      else { return }
      for (number, allowance) in policy.allow.enumerated()
      where covers(allowance, row, today) {
        used.insert(number)
        return
      }
      if policy.forbid.contains(row.type) || policy.limits[row.type] != nil {
        found.add(row, keepsValue: false)
      }
      totals[row.type, default: 0] += 1
      let violation = Violation(path: row.path, type: row.type)
      counts[violation, default: 0] += 1
      if firsts[violation] == nil { firsts[violation] = row }
    }
    func why(_ type: DataType) -> LocalizedText? {
      if policy.forbid.contains(type) { return Messages.forbidden }
      guard let limit = policy.limits[type], totals[type, default: 0] > limit else { return nil }
      return Messages.moreThan(limit)
    }
    found.keep(why: why)
    var content = ReportContent(output.result, found: found)
    content.accepted = Set(policy.acceptGaps)
    content.isGate = true
    var lines: [String] = []
    for (violation, count) in counts.sorted(by: {
      ($0.key.path, $0.key.type.rawValue) < ($1.key.path, $1.key.type.rawValue)
    }) {
      guard let why = why(violation.type) else { continue }
      let place = firsts[violation].flatMap { $0.line }.map { ":\($0)" } ?? ""
      lines.append("\(violation.path)\(place): \(violation.type.id) ×\(count) (\(why.en))")
    }
    if let most = policy.persons, let count = output.result.persons?.count, count.high > most {
      let place = output.result.run.inputs.first?.path ?? ""
      let issue = Issue(.limit(count, most: most), .error, path: place)
      lines.append(issue.message)
      content.verdict = [issue]
    }
    if let loss = output.loss {
      throw CommandError(ExitCode.notWritten, "findings were lost: \(loss); free some disk space")
    }
    tellAllowances(policy, used, today, console)
    let open = output.result.coverage.gaps.filter {
      !policy.acceptGaps.contains($0.reason.rawValue)
    }
    let text = verdict(lines, open, files: output.result.coverage.files)
    try outputs.write(output, content, verdict: text, console)
    if let signal = output.stoppedBy { return 128 + signal }
    if !lines.isEmpty { return ExitCode.violated }
    return open.isEmpty ? ExitCode.done : ExitCode.incomplete
  }

  private static func policy(_ path: String?) throws(CommandError) -> Policy {
    guard let path else { return Policy() }
    let text = try ScanArguments.text(path, "--policy")
    do throws(PatternError) { return try Policy(PatternFile(yaml: text, path: path)) } catch {
      throw .usage("\(error)")
    }
  }

  private static func covers(_ allowance: Policy.Allowance, _ row: FindingRow, _ today: CivilDate)
    -> Bool
  {
    if let until = allowance.until, today > until { return false }
    if let type = allowance.type, type != row.type { return false }
    if let path = allowance.path, !path.matches(Array(row.path.utf8)) { return false }
    if let value = allowance.value, !value.matches(Array(row.value.utf8)) { return false }
    return true
  }

  private static func verdict(_ violations: [String], _ gaps: [Gap], files: Int) -> String {
    var text = ""
    for line in violations { text += displaySafe(line) + "\n" }
    for gap in gaps {
      let size = gap.bytes.map { ", \($0) bytes" } ?? ""
      text +=
        displaySafe("\(gap.path): not read (\(gap.reason.rawValue)\(size)): \(gap.message)") + "\n"
    }
    return text.isEmpty ? "nothing the policy forbids in \(files) files\n" : text
  }

  private static func tellAllowances(
    _ policy: Policy,
    _ used: Set<Int>,
    _ today: CivilDate,
    _ console: Console
  ) {
    for (number, allowance) in policy.allow.enumerated() {
      if let until = allowance.until, today > until {
        console.say("policy line \(allowance.line): expired on \(until)")
      } else if !used.contains(number) {
        console.say("policy line \(allowance.line): matches nothing any more")
      }
    }
  }
}
