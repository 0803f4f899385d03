internal import BreachBytes
internal import BreachModel
internal import BreachPatterns
internal import BreachReports

/// `breachscope check`: a gate for exports, in CI and before commits.
public enum CheckCommand {
  /// Runs the command; returns the exit code.
  public static func run(_ arguments: ScanArguments, policy path: String?) -> Int32 {
    let console = Console(
      language: arguments.language,
      isQuiet: arguments.quiet,
      colour: arguments.colour
    )
    do throws(CommandError) {
      return try check(arguments, path, console)
    } catch {
      console.fail(error.message)
      return error.code
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
    var request = try arguments.request()
    request.exclude.append(".git")
    request.wantsFindings = true
    // Values are compared with the policy's patterns here and never leave the process.
    request.reveals = policy.allow.contains { $0.value != nil }
    let output = try ScanCommand.perform(request, arguments, console)
    let today = CivilDate(dayNumber: OwnProcess.wallSeconds / 86_400)
    var used: Set<Int> = []
    var counts: [Violation: Int] = [:]
    var firsts: [Violation: FindingRow] = [:]
    var totals: [DataType: Int] = [:]
    output.forEachFinding { row in
      guard row.confidence >= policy.minConfidence, !row.sample || policy.forbid.contains(row.type)
      else { return }
      for (number, allowance) in policy.allow.enumerated()
      where covers(allowance, row, today) {
        used.insert(number)
        return
      }
      totals[row.type, default: 0] += 1
      let violation = Violation(path: row.path, type: row.type)
      counts[violation, default: 0] += 1
      if firsts[violation] == nil { firsts[violation] = row }
    }
    var lines: [String] = []
    for (violation, count) in counts.sorted(by: {
      ($0.key.path, $0.key.type.rawValue) < ($1.key.path, $1.key.type.rawValue)
    }) {
      let limit = policy.limits[violation.type]
      let exceeds = limit.map { totals[violation.type, default: 0] > $0 } ?? false
      guard policy.forbid.contains(violation.type) || exceeds else { continue }
      let place = firsts[violation].flatMap { $0.line }.map { ":\($0)" } ?? ""
      let why =
        policy.forbid.contains(violation.type)
        ? "forbidden" : "more than \(limit ?? 0)"
      lines.append("\(violation.path)\(place): \(violation.type.id) ×\(count) (\(why))")
    }
    if let most = policy.persons, let count = output.result.persons?.count, count.high > most {
      lines.append("persons: \(count.low)–\(count.high) (more than \(most))")
    }
    if let loss = output.loss {
      throw CommandError(ExitCode.notWritten, "findings were lost: \(loss); free some disk space")
    }
    return try tell(lines, policy, used, today, output, console)
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

  private static func tell(
    _ violations: [String],
    _ policy: Policy,
    _ used: Set<Int>,
    _ today: CivilDate,
    _ output: Scan.Output,
    _ console: Console
  ) throws(CommandError) -> Int32 {
    var text = ""
    for line in violations { text += displaySafe(line) + "\n" }
    let gaps = output.result.coverage.gaps.filter {
      !policy.acceptGaps.contains($0.reason.rawValue)
    }
    for gap in gaps {
      let size = gap.bytes.map { ", \($0) bytes" } ?? ""
      text +=
        displaySafe("\(gap.path): not read (\(gap.reason.rawValue)\(size)): \(gap.message)") + "\n"
    }
    for (number, allowance) in policy.allow.enumerated() {
      if let until = allowance.until, today > until {
        console.say("policy line \(allowance.line): expired on \(until)")
      } else if !used.contains(number) {
        console.say("policy line \(allowance.line): matches nothing any more")
      }
    }
    if text.isEmpty {
      text = "nothing the policy forbids in \(output.result.coverage.files) files\n"
    }
    do throws(SystemError) { try writeAll(Array(text.utf8), to: 1) } catch {
      if error == .brokenPipe { throw CommandError(ExitCode.notWritten, "") }
      throw CommandError(ExitCode.notWritten, "the verdict cannot be written: \(error)")
    }
    if let signal = output.stoppedBy { return 128 + signal }
    if !violations.isEmpty { return ExitCode.violated }
    return gaps.isEmpty ? ExitCode.done : ExitCode.incomplete
  }
}
