/// What is wrong with a pattern, incident or policy file, and where.
package struct PatternError: Error, Sendable, Hashable, CustomStringConvertible {
  /// As the caller named the file.
  package var path: String
  /// Nil when the complaint concerns the file as a whole.
  package var place: PatternNode.Place?
  /// One English sentence without the place.
  package var message: String

  package init(path: String, place: PatternNode.Place?, message: String) {
    self.path = path
    self.place = place
    self.message = message
  }

  /// `file:line:column: message`, the form that editors and CI logs can jump to.
  package var description: String {
    guard let place else { return "\(path): \(message)" }
    return "\(path):\(place.line):\(place.column): \(message)"
  }
}
