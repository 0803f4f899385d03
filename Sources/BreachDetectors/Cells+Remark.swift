internal import BreachBytes
internal import BreachModel

/// Remarks on the person of a record: searched for words that say something delicate.
extension Cells {
  /// Takes each such word of a cell as a value of its detector's type.
  @inline(never)
  mutating func takeRemark(
    _ text: Span<UInt8>,
    _ batch: borrowing RecordBatch,
    _ field: Int,
    _ column: Int,
    _ record: Int,
    _ base: Int
  ) {
    let cell = batch.fields[field].range
    var start = cell.lowerBound
    while let found = set.remarks.next(
      in: text,
      start..<cell.upperBound,
      of: cell,
      set.words
    ) {
      start = found.range.upperBound
      if found.isDenied { continue }
      let place = Place(
        of: found.range,
        in: batch.fields[field],
        batch.records[record],
        base + record
      )
      takeRemark(text, found.range, found.detector, column, batch, place)
    }
  }

  private mutating func takeRemark(
    _ text: Span<UInt8>,
    _ word: Range<Int>,
    _ detector: Int,
    _ column: Int,
    _ batch: borrowing RecordBatch,
    _ place: Place
  ) {
    let type = set.detectors[detector].type
    let verdict = check(set.detectors[detector].check, text, word, role: .whole, of: detector)
    let confidence = Confidence(hundredths: set.detectors[detector].remark)
    let evidence = verdict.evidence | Evidence.dictionary
    guard
      let digest = count(
        type,
        detector: detector,
        confidence: confidence,
        evidence: evidence,
        isSample: false,
        batch: batch,
        at: place
      )
    else { return }
    let group = columns[column].group
    touched |= 1 << group
    let seen = drafts[group].holds(type)
    drafts[group].see(type, confidence, Verdict(.pass))
    drafts[group].add(seen ? .mention(type) : AttributeKind(type), digest)
  }
}
