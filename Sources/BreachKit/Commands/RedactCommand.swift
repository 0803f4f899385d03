internal import BreachBytes
internal import BreachModel

/// `breachscope redact`: copies without the values.
public enum RedactCommand {
  /// Writes the copies to `arguments.outputs`, one folder; returns the exit code.
  public static func run(_ arguments: ScanArguments, masks: Bool) -> Int32 {
    Console.run(arguments) { (console) throws(CommandError) in
      try redact(arguments, masks ? .mask : .token, console)
    }
  }

  private static func redact(
    _ arguments: ScanArguments,
    _ mark: RedactionMark,
    _ console: Console
  ) throws(CommandError) -> Int32 {
    guard ["text", "json", nil].contains(arguments.format) else {
      throw .usage("--format of `redact` is text or json")
    }
    guard let output = arguments.outputs.first, !output.isEmpty else {
      throw .usage("say where the copies go: --output DIR")
    }
    var request = try arguments.request()
    guard !request.paths.contains([0x2D]) else {
      throw .usage("standard input can be read only once; give `redact` a file")
    }
    var folder = Array(output.utf8)
    while folder.count > 1, folder.last == 0x2F { folder.removeLast() }
    let parent = try checked(folder, output, request.paths)
    request.spoolDirectory = parent
    if OwnProcess.isRoot { console.say(ja: "注意: root で実行しています。", en: "note: running as root") }
    OwnProcess.forbidCoreFiles()
    OwnProcess.ignoreWriteSignals()
    StopRequest.listen()
    let stage = folder + Array(".\(OwnProcess.id).tmp".utf8)
    defer { Folder.removeAll(stage) }
    let shows =
      !arguments.noProgress && !arguments.quiet && OwnProcess.isTerminal(2)
      && OwnProcess.environment("CI") == nil
    let redaction = try Redaction(request, mark, stage: stage, shows ? { console.show($0) } : nil)
    let report = try redaction.run(output: output)
    if shows { Console.clearProgress() }
    guard let report else { return 128 + (redaction.stoppedBy ?? 0) }
    do throws(SystemError) { try Folder.move(stage, to: folder) } catch {
      throw CommandError(ExitCode.notWritten, "'\(output)' cannot be written: \(error)")
    }
    Program.print(
      arguments.format == "json"
        ? report.json : report.text(console.language, quiet: arguments.quiet)
    )
    return report.left.isEmpty ? ExitCode.done : ExitCode.incomplete
  }

  /// The folder above, once it is sure that the copies' folder is new or empty, and no part of what is
  /// read.
  private static func checked(_ folder: [UInt8], _ name: String, _ paths: [[UInt8]])
    throws(CommandError) -> [UInt8]
  {
    if let status = try? FileStatus.of(folder) {
      guard status.kind == .directory, let own = try? File.open(folder, following: true),
        (try? own.entries())?.isEmpty == true
      else { throw .usage("'\(name)' is there already and not an empty folder") }
    }
    let slash = folder.lastIndex(of: 0x2F)
    let parent = slash.map { $0 == 0 ? [0x2F] : Array(folder[..<$0]) } ?? [0x2E]
    let read = paths.compactMap { try? FileStatus.of($0) }
    var at = parent
    var last: FileStatus?
    while let status = try? FileStatus.of(at), status != last {
      if read.contains(where: { $0.device == status.device && $0.inode == status.inode }) {
        throw .usage("'\(name)' lies inside what is to be copied; name a folder outside")
      }
      last = status
      at += [0x2F, 0x2E, 0x2E]
    }
    guard last != nil else {
      throw CommandError(ExitCode.notWritten, "the folder above '\(name)' does not exist")
    }
    return parent
  }
}
