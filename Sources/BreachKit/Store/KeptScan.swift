internal import BreachBytes
internal import BreachModel
internal import BreachPersons

/// What a result store is made of, beside the result.
struct KeptScan {
  var evidence: Reading
  /// The leaves whose records count, by their position in the evidence.
  var counted: [Int]
  var index: PersonIndex
  var patternsSHA256: String
  var key: DigestKey
  var decisions: [StoredDecision] = []

  /// Nil when persons were not counted.
  init?(_ evidence: Reading, _ assembled: Assembled, _ key: DigestKey) {
    guard let index = assembled.index else { return nil }
    self.evidence = evidence
    counted = assembled.counted
    self.index = index
    patternsSHA256 = assembled.result.tool.patternsSHA256
    self.key = key
  }
}

/// What somebody decided of two records, which are named so that it holds after a merge, too.
struct StoredDecision: Hashable {
  var first: RecordPlace
  var second: RecordPlace
  var isSame: Bool
  var reason: String
}

/// A record by its leaf and its number among the leaf's records that say something of somebody.
struct RecordPlace: Hashable {
  var path: String
  /// From 0.
  var number: Int
}
