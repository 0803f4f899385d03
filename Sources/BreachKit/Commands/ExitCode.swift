/// What the program's exit codes mean; promised to whoever calls it.
public enum ExitCode {
  /// Finished, every byte accounted for; nothing the policy forbids.
  public static let done: Int32 = 0
  /// `check`: the policy is violated.
  public static let violated: Int32 = 1
  /// Usage or configuration error, or nothing could be done.
  public static let usage: Int32 = 2
  /// Finished, but something was not read.
  public static let incomplete: Int32 = 3
  /// A result, report or state file could not be written.
  public static let notWritten: Int32 = 4
}
