/// One line of the finding stream: a finding with its place, ready to be written.
package struct FindingRow: Sendable, Hashable {
  package var type: DataType
  /// Of which country's kind a `national_id` is (`us_ssn`, …); nil for all other types.
  package var subtype: String?
  /// Id of the detector that found it.
  package var detector: String
  /// As the user gave it, `OUTER!/INNER` inside containers; escaped for display.
  package var path: String
  /// 1-based; nil where the format has no lines.
  package var line: Int?
  /// Column header, key path or label; nil in prose.
  package var field: String?
  /// Bytes of the leaf before charset decoding; nil where the format has none.
  package var offset: Int?
  /// Bytes of the leaf; nil where the format has none.
  package var length: Int?
  /// `sheet!cell`, page or mail part where bytes say nothing.
  package var place: String?
  /// 1-based; nil outside records.
  package var record: Int?
  /// Masked, or in clear when the user asked for it; decided by who makes the row.
  package var value: String
  /// Keyed digest of type and normalised value, as hex.
  package var digest: String
  package var confidence: Confidence
  /// What speaks for it, as `column:メール` or `checksum`.
  package var evidence: [String]
  /// A published test value, or part of a sample record.
  package var sample: Bool

  /// A row; places that the format does not have are left out.
  package init(
    type: DataType,
    subtype: String? = nil,
    detector: String,
    path: String,
    line: Int? = nil,
    field: String? = nil,
    offset: Int? = nil,
    length: Int? = nil,
    place: String? = nil,
    record: Int? = nil,
    value: String,
    digest: String,
    confidence: Confidence,
    evidence: [String],
    sample: Bool = false
  ) {
    self.type = type
    self.subtype = subtype
    self.detector = detector
    self.path = path
    self.line = line
    self.field = field
    self.offset = offset
    self.length = length
    self.place = place
    self.record = record
    self.value = value
    self.digest = digest
    self.confidence = confidence
    self.evidence = evidence
    self.sample = sample
  }
}
