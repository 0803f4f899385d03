/// A value that was found: its description is masked, so logs, errors and test failures cannot
/// print it; showing it is an explicit act.
package struct Sensitive: Sendable, Hashable, CustomStringConvertible,
  CustomDebugStringConvertible, CustomReflectable
{
  private let value: String

  package init(_ value: String) { self.value = value }

  /// The value in clear; only for `--reveal`.
  package var revealed: String { value }

  package var description: String { "‹\(value.unicodeScalars.count) characters›" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(reflecting: description) }
}
