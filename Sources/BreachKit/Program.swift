internal import BreachBytes

/// What the executable needs besides the commands.
public enum Program {
  /// The program's version.
  public static var version: String { Version.current }

  /// Puts right what a program can inherit; comes first of all.
  public static func start() {
    OwnProcess.fillStandardDescriptors()
    OwnProcess.keepFreedMemory()
    if !isWorker { CaseWitness.begin() }
  }

  /// We were started as a worker by a supervisor of the same program.
  public static var isWorker: Bool {
    OwnProcess.rawArguments.first == Array(Worker.argument.utf8)
  }

  /// Serves the supervisor until it goes away.
  public static func runWorker() -> Never {
    OwnProcess.ignoreWriteSignals()
    Worker.run()
    OwnProcess.exit(0)
  }

  /// Prints a usage error.
  public static func sayUsage(_ text: String) {
    try? writeAll(Array((text + "\n").utf8), to: 2)
  }

  /// Prints help or a version; a full disk is an error even then.
  public static func print(_ text: String) {
    do { try writeAll(Array((text + "\n").utf8), to: 1) } catch { exit(ExitCode.notWritten) }
  }

  /// Ends the process with `code`, once the logs of the cases that were touched have their line.
  public static func exit(_ code: Int32) -> Never { OwnProcess.exit(CaseWitness.end(code)) }
}
