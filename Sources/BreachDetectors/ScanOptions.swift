package import BreachBytes
package import BreachModel

/// What a scan is asked for.
package struct DetectionOptions: Sendable {
  package var types: TypeSet
  /// Findings below are not counted at all.
  package var minConfidence: Confidence
  /// Every finding is wanted with its place, not only counts.
  package var wantsFindings: Bool
  /// Values in clear in the finding stream.
  package var reveals: Bool
  package var wantsPersons: Bool
  package var key: DigestKey

  package init(
    types: TypeSet,
    minConfidence: Confidence,
    wantsFindings: Bool,
    reveals: Bool,
    wantsPersons: Bool,
    key: DigestKey
  ) {
    self.types = types
    self.minConfidence = minConfidence
    self.wantsFindings = wantsFindings
    self.reveals = reveals
    self.wantsPersons = wantsPersons
    self.key = key
  }
}
