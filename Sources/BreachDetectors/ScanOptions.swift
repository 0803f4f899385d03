package import BreachBytes
package import BreachModel

/// How the finding stream shows values.
package enum ValueForm: UInt8, Sendable {
  /// With most of it hidden.
  case masked
  /// As they are written in the leaf, escapes and all.
  case written
  /// As people read them: without escapes, and whole where they are spread over columns or labels.
  case plain
}

/// What a scan is asked for.
package struct DetectionOptions: Sendable {
  package var types: TypeSet
  /// Findings below are not counted at all.
  package var minConfidence: Confidence
  /// Every finding is wanted with its place, not only counts.
  package var wantsFindings: Bool
  /// A value spread over columns is a finding in each of them, not only in the first.
  package var wantsParts = false
  /// Of values in the finding stream.
  package var values: ValueForm
  package var wantsPersons: Bool
  package var key: DigestKey
  /// The day on which ages are reckoned from dates of birth; nil tells none from them.
  package var ageDay: CivilDate?
  /// What patterns without an anchor may cost.
  package var searchBudget = SearchBudget()

  package init(
    types: TypeSet,
    minConfidence: Confidence,
    wantsFindings: Bool,
    values: ValueForm,
    wantsPersons: Bool,
    key: DigestKey
  ) {
    self.types = types
    self.minConfidence = minConfidence
    self.wantsFindings = wantsFindings
    self.values = values
    self.wantsPersons = wantsPersons
    self.key = key
  }
}

/// Processor time that all patterns without an anchor together may take of one leaf, or of each
/// part of one that is read by itself.
///
/// Ten megabytes a second is far below what any useful pattern runs at, and still lets the scan of a
/// large file end, which has eight parts or more; the time at the start leaves room for thousands of
/// lines that meet the match limit.
package struct SearchBudget: Sendable {
  package var seconds = 0.5
  package var secondsPerMegabyte = 0.1

  package init() {}
}
