internal import BreachBytes
internal import BreachModel

/// One candidate with all that was found out about it.
package struct Explanation: Sendable, Hashable {
  /// Bytes of the text or of the cell.
  package var range: Range<Int>
  package var detector: String
  /// The id of the type.
  package var type: String
  /// The value, masked.
  package var value: String
  /// pass, fail or unknown.
  package var check: String
  /// Names of what speaks for it, such as `checksum` and `label`.
  package var evidence: [String]
  /// What the check adds to the detector's confidence, in hundredths; below 0 speaks against it.
  package var weight: Int
  /// What the label before it, its key or its column says: a type, `negative`, `neutral` or nil.
  package var meaning: String?
  /// 0…100.
  package var confidence: Int
  /// possible, likely, certain; unreported below.
  package var level: String
  package var isSample: Bool
  package var isReported: Bool
  /// Why it is not reported; empty when it is.
  package var reason: String
}

/// Why a text is or is not a finding.
package struct ExplainedText: Sendable, Hashable {
  /// What the column was taken for: a type, `negative` or nil; nil for free text.
  package var column: String?
  /// Evidence for the column's type.
  package var columnEvidence: [String]
  /// In order of position, the better ones first.
  package var candidates: [Explanation]
}

extension ExampleRunner {
  /// Every candidate in `text`, free text or a cell under the header `column`, with what was made
  /// of it.
  ///
  /// A column of one cell is judged: a header that needs many values to be believed is not.
  package func explain(text: String, column: String?) -> ExplainedText {
    guard let engine = engine() else {
      return ExplainedText(column: nil, columnEvidence: [], candidates: [])
    }
    engine.begin(leaf: "explain")
    engine.trace = []
    var explained = ExplainedText(column: nil, columnEvidence: [], candidates: [])
    var batch = Self.batch(text: text)
    var base = 0
    var isRemark = false
    if let column {
      batch = Self.batch(column: column, cells: [text])
      base = Int(batch.fields[1].rawStart)
      var typer = ColumnTyper(set)
      var plan = typer.plan(delimited: [batch])
      // A remark is explained as one on a person.
      typer.markRemarks(&plan.columns, isPaths: false)
      isRemark = plan.columns.first?.isRemark ?? false
      if let own = plan.columns.first {
        explained.column = own.type?.id ?? (own.isNegative ? "negative" : nil)
        explained.columnEvidence = own.evidence.names(column: column)
        if let cell = typedCell(own, batch, base) { explained.candidates.append(cell) }
      }
      engine.scan(batch, tables: [plan], isFirstUnit: true)
    } else {
      engine.scan(batch, tables: [], isFirstUnit: true)
    }
    engine.finishLeaf(tables: [])
    let reported = engine.takeFindings()
    let bytes = batch.text
    for candidate in engine.trace ?? [] where candidate.hit.range.lowerBound >= base {
      explained.candidates.append(explanation(candidate, bytes, base, reported))
    }
    if isRemark { explained.candidates += remarks(batch, base, reported) }
    explained.candidates.sort {
      $0.range.lowerBound != $1.range.lowerBound
        ? $0.range.lowerBound < $1.range.lowerBound : $0.confidence > $1.confidence
    }
    return explained
  }

  /// A cell of a typed column is checked as a whole.
  private func typedCell(_ column: ColumnPlan, _ batch: RecordBatch, _ base: Int) -> Explanation? {
    guard let type = column.type, let number = set.detector(of: type) else { return nil }
    var checks = Checks(set.words)
    var value = Value()
    let field = batch.fields[1]
    value.load(batch.text.span, field.range)
    let verdict = checks.run(set.detectors[number].check, &value, role: column.role)
    let confidence =
      verdict.result == .fail
      ? Confidence(rawValue: 0)
      : Confidence(hundredths: Int(column.confidence) + verdict.weight)
    let text = String(decoding: batch.text[field.range], as: UTF8.self)
    let isReported = confidence.level > .unreported
    return Explanation(
      range: 0..<field.range.count,
      detector: set.detectors[number].id,
      type: type.id,
      value: Masking.mask(text, as: type),
      check: Self.name(verdict.result),
      evidence: column.evidence.union(verdict.evidence).names(column: column.name),
      weight: verdict.weight,
      meaning: type.id,
      confidence: Int(confidence.rawValue),
      level: confidence.level.id,
      isSample: verdict.isSample,
      isReported: isReported,
      reason: isReported
        ? ""
        : verdict.result == .fail ? "the check fails; searched as text" : "too little speaks for it"
    )
  }

  /// The delicate words of a remark on a person, also those that it denies.
  private func remarks(_ batch: RecordBatch, _ base: Int, _ reported: [Finding]) -> [Explanation] {
    var explanations: [Explanation] = []
    let cell = batch.fields[1].range
    var start = cell.lowerBound
    while let found = set.remarks.next(
      in: batch.text.span,
      start..<cell.upperBound,
      of: cell,
      set.words
    ) {
      start = found.range.upperBound
      let detector = set.detectors[found.detector]
      let confidence = Confidence(hundredths: found.isDenied ? 0 : detector.remark)
      let isReported = reported.contains {
        Int($0.detector) == found.detector && $0.offset == found.range.lowerBound
      }
      let text = String(decoding: batch.text[found.range], as: UTF8.self)
      explanations.append(
        Explanation(
          range: found.range.lowerBound - base..<found.range.upperBound - base,
          detector: detector.id,
          type: detector.type.id,
          value: Masking.mask(text, as: detector.type),
          check: Self.name(.pass),
          evidence: Evidence.dictionary.names(column: nil) + ["remark"],
          weight: 0,
          meaning: nil,
          confidence: Int(confidence.rawValue),
          level: confidence.level.id,
          isSample: false,
          isReported: isReported,
          reason: isReported
            ? "" : "the remark denies it, or the word names or is the label of something else"
        )
      )
    }
    return explanations
  }

  private func explanation(
    _ candidate: TracedCandidate,
    _ bytes: [UInt8],
    _ base: Int,
    _ reported: [Finding]
  ) -> Explanation {
    let hit = candidate.hit
    let type = set.detectors[hit.detector].type
    let text = String(decoding: bytes[hit.range], as: UTF8.self)
    let isReported = reported.contains {
      Int($0.detector) == hit.detector && $0.offset == hit.range.lowerBound
        && $0.length == hit.range.count
    }
    return Explanation(
      range: hit.range.lowerBound - base..<hit.range.upperBound - base,
      detector: set.detectors[hit.detector].id,
      type: type.id,
      value: Masking.mask(text, as: type),
      check: Self.name(hit.verdict.result),
      evidence: hit.evidence.names(column: nil),
      weight: hit.verdict.weight,
      meaning: candidate.meaning.map(Self.name),
      confidence: Int(hit.confidence.rawValue),
      level: hit.confidence.level.id,
      isSample: hit.verdict.isSample,
      isReported: isReported,
      reason: isReported ? "" : reason(candidate)
    )
  }

  private func reason(_ candidate: TracedCandidate) -> String {
    let hit = candidate.hit
    if hit.verdict.result == .fail { return "the check fails" }
    if hit.confidence.level > .unreported { return "another reading of these bytes is better" }
    if candidate.meaning?.isNegative == true {
      return "the label names a number that is not personal"
    }
    if let type = candidate.meaning?.type, type != set.detectors[hit.detector].type {
      return "the label names another type"
    }
    if hit.confidence.rawValue == 0 { return "only with a label or in a column" }
    return "too little speaks for it"
  }

  private static func name(_ result: CheckResult) -> String {
    switch result {
    case .pass: "pass"
    case .fail: "fail"
    case .unknown: "unknown"
    }
  }

  private static func name(_ meaning: Meaning) -> String {
    meaning.type?.id ?? (meaning.isNegative ? "negative" : "neutral")
  }
}
