internal import BreachBytes
internal import BreachModel
internal import BreachReports

/// `breachscope scan`: from data to a result.
public enum ScanCommand {
  /// Runs the command; returns the exit code.
  public static func run(_ arguments: ScanArguments) -> Int32 {
    Console.run(arguments) { (console) throws(CommandError) in
      try scan(arguments, console)
    }
  }

  private static func scan(_ arguments: ScanArguments, _ console: Console) throws(CommandError)
    -> Int32
  {
    var request = try arguments.request()
    if arguments.dryRun { return try list(request) }
    if arguments.reveal { try checkReveal(arguments, console) }
    let judge = try Judge(arguments)
    var outputs = try Outputs(
      format: arguments.format,
      paths: arguments.outputs,
      calendar: arguments.calendar,
      csvEncoding: arguments.csvEncoding,
      keeps: true
    )
    try outputs.read(damage: arguments.damage) { judge.patterns }
    if outputs.wantsStore {
      guard request.wantsPersons else {
        throw .usage("a result store needs persons; leave out --no-persons")
      }
      request.wantsStore = true
      let asked = arguments.seedKey == nil ? nil : request.key
      if let key = try outputs.key(asked: asked) { request.key = key }
    }
    request.ageDay = judge.ageDay(now: OwnProcess.wallSeconds)
    request.wantsFindings = outputs.wantsFindings
    request.ownFiles = outputs.identities
    if let directory = outputs.directory { request.spoolDirectory = directory }
    var output = try perform(request, arguments, console)
    if arguments.manifest {
      for (number, path) in request.paths.enumerated() {
        output.result.run.inputs[number].sha256 = Manifest.digest(of: path, request)
      }
    }
    output.result.assessment = try judge.assess(output.result)
    if !arguments.quiet { judge.warn(output.result, now: OwnProcess.wallSeconds, console) }
    let found = OwnProcess.monotonicSeconds
    let content = outputs.content(
      output,
      keepsValues: !arguments.reveal,
      accepted: arguments.acceptGaps
    )
    try outputs.write(output, content, console)
    if arguments.timings {
      output.timings.add(OwnProcess.monotonicSeconds - found, to: .report)
      console.say(
        ja: "所要時間(全プロセスの合計。段階、形式、検出器ごと):",
        en: "timings, all processes together, by stage, format and detector:"
      )
      for line in output.timings.lines { console.say(line) }
    }
    if arguments.strict, output.stoppedBy == nil { try refuseWarnings(output.result) }
    return exitCode(output, accepted: arguments.acceptGaps)
  }

  /// `--strict`: what a pack warns of is an error, once the reports are written.
  static func refuseWarnings(_ result: ScanResult) throws(CommandError) {
    guard result.assessment?.isWarned ?? false else { return }
    throw .usage("--strict: the assessment carries warnings; see the report")
  }

  /// Runs the scan with signals heard and progress shown.
  static func perform(
    _ request: ScanRequest,
    _ arguments: ScanArguments,
    _ console: Console,
    takeFindings: (([Finding]) -> Void)? = nil
  ) throws(CommandError) -> Scan.Output {
    if OwnProcess.isRoot {
      console.say(
        ja: "注意: root で実行しています。",
        en: "note: running as root"
      )
    }
    OwnProcess.forbidCoreFiles()
    OwnProcess.ignoreWriteSignals()
    StopRequest.listen()
    let shows =
      !arguments.noProgress && !arguments.quiet && OwnProcess.isTerminal(2)
      && OwnProcess.environment("CI") == nil
    do {
      let scan = try Scan(request)
      let output = try scan.run(
        shows ? { console.show($0) } : nil,
        takeFindings: takeFindings
      )
      if shows { Console.clearProgress() }
      return output
    } catch let error as PatternError {
      throw .usage("\(error)")
    } catch {
      throw .usage("\(error)")
    }
  }

  static func exitCode(_ output: Scan.Output, accepted: [String]) -> Int32 {
    if let signal = output.stoppedBy { return 128 + signal }
    let open = output.result.coverage.gaps.filter { !accepted.contains($0.reason.rawValue) }
    return open.isEmpty ? ExitCode.done : ExitCode.incomplete
  }

  /// Values in clear go to files only, on the user's explicit word.
  private static func checkReveal(_ arguments: ScanArguments, _ console: Console)
    throws(CommandError)
  {
    guard !arguments.outputs.isEmpty else {
      throw .usage("--reveal writes values in clear; name a file for them with --output")
    }
    for path in arguments.outputs { try Outputs.checkFolder(path) }
    console.say(
      ja: "注意: --reveal により値を伏せずに書き出します。ファイルの扱いに注意してください。",
      en: "warning: --reveal writes values in clear; guard the file"
    )
  }

  private static func list(_ request: ScanRequest) throws(CommandError) -> Int32 {
    var walker = Walker(include: request.include, exclude: request.exclude, own: [])
    for path in request.paths { _ = walker.add(path) }
    walker.sort()
    var text = ""
    for file in walker.files { text += "\(file.size)\t\(displaySafe(file.text))\n" }
    for gap in walker.gaps { text += "-\t\(displaySafe(gap.path))\t\(gap.reason.rawValue)\n" }
    do throws(SystemError) { try writeAll(Array(text.utf8), to: 1) } catch {
      throw CommandError(ExitCode.notWritten, "the list cannot be written: \(error)")
    }
    return walker.gaps.isEmpty ? ExitCode.done : ExitCode.incomplete
  }
}
