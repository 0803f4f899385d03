internal import BreachBytes
internal import BreachModel

/// A value that free text holds.
struct TextHit {
  var detector: Int
  var type: DataType
  var check: CheckName
  var range: Range<Int>
  var confidence: Confidence
  var evidence: Evidence
  var verdict: Verdict
  var role = ColumnRole.whole
  /// Whose value it is, by its label.
  var group = FieldGroup.main
  /// The label of the hit's type before it.
  var label: Range<Int>?
  /// Believed only where something beside it tells who it is about.
  var isWeak = false
  /// The most that a weak hit is believed without that.
  var alone = HitGroup.unlinked
  /// Written in the code of a query, `a%20b+c`.
  var isCoded = false
}

/// What the engine remembers between the findings of free text.
struct TextState {
  /// Start of the current line's piece; nil before the first finding.
  var piece: Int?
  /// Start of the line that the last finding was in, and where that finding stood.
  var lineStart = 0
  var lastHit = 0
  /// Where what is searched begins.
  var floor = 0
  /// The line that the last stretch outside records ended in; nil behind a record.
  var looseLine: Int?
  /// What waits for the end of its line or form.
  var group = HitGroup()
  /// Line ends behind the last record of the batch before, in a table of labels and values.
  var lineEnds = 0
  /// Bytes that the last hit of a piece of a very long line takes of the next piece.
  var overhang = 0
  /// Where counting line ends for finding lines has come to.
  var lineCursor = 0
  var line = 1
}

/// What a stretch of text is searched for, and where it may look.
struct TextContext {
  /// Candidates lie here.
  var body: Range<Int>
  /// Look-around stays here.
  var bounds: Range<Int>
  /// Distance of the body from the start of its line.
  var lineOffset = 0
  /// What the column, key or label around the stretch says.
  var meaning: Meaning?
  /// Somebody asks why: every candidate is judged.
  var isTraced = false
}

extension Engine {
  /// A batch of free text: lines, or pieces of very long lines, group what is found.
  func scanLines(_ batch: borrowing RecordBatch) {
    textState.lineCursor = batch.body.lowerBound
    textState.line = batch.firstLine
    textState.piece = nil
    textState.lastHit = batch.body.lowerBound
    let context = TextContext(
      body: batch.body,
      bounds: 0..<batch.text.count,
      lineOffset: batch.lineOffset,
      meaning: nil
    )
    search(batch, context) { engine, batch, hit in
      engine.take(hit, inLine: batch)
    }
    leaveBatch(batch)
  }

  /// A stretch of text that is no record: a comment of a dump, a broken line, a paragraph of markup.
  ///
  /// Those that stand in lines one below the other may make up a form.
  func scanLoose(_ batch: borrowing RecordBatch, _ range: Range<Int>, line: Int) {
    if let last = textState.looseLine {
      textState.group.restLines += 1
      if !(0...1).contains(line - last) || textState.group.restLines > 6 { flushGroup() }
    }
    textState.lineCursor = range.lowerBound
    textState.line = line
    textState.piece = nil
    search(batch, TextContext(body: range, bounds: range, meaning: nil)) { engine, batch, hit in
      engine.take(hit, inLine: batch, origin: range.lowerBound)
    }
    if !textState.group.isForm { flushGroup() }
    textState.looseLine = line + BreachBytes.count(0x0A, in: batch.text.span, range)
  }

  /// What stands outside records is over.
  func leaveLoose() {
    if textState.looseLine == nil { return }
    textState.looseLine = nil
    flushGroup()
  }

  /// A cell without a type, or one whose value is not of its column's type.
  func scanCell(
    _ batch: borrowing RecordBatch,
    _ field: Field,
    _ meaning: Meaning?,
    _ record: Record,
    _ number: Int?
  ) {
    let context = TextContext(body: field.range, bounds: field.range, meaning: meaning)
    let group = Int((meaning?.group ?? .main).rawValue)
    searchedColumn = number == nil ? -1 : Int(field.column)
    search(batch, context) { engine, batch, hit in
      let place = Place(of: hit.range, in: field, record, number)
      engine.take(hit, inCell: batch, group: group, at: place)
    }
    searchedColumn = -1
  }

  // MARK: what becomes of a hit

  private func take(
    _ hit: TextHit,
    inCell batch: borrowing RecordBatch,
    group: Int,
    at place: Place
  ) {
    let type = hit.type
    let seen = cells.drafts[group].holds(type)
    // Of a weak value it depends on the rest of the record whether it is somebody's.
    let isLinked = !hit.isWeak || cells.drafts[0].types.shares(cells.packer.identifying)
    let confidence = isLinked ? hit.confidence : min(hit.confidence, hit.alone)
    guard
      let digest = cells.count(
        type,
        detector: hit.detector,
        confidence: confidence,
        evidence: hit.evidence,
        isSample: hit.verdict.isSample,
        batch: batch,
        at: place
      )
    else { return }
    if hit.label == nil, set.detectors[hit.detector].chance > 0 { countSearched(type, values: 1) }
    cells.touched |= 1 << group
    cells.drafts[group].weigh(type, hit.verdict)
    cells.drafts[group].see(type, confidence, hit.verdict)
    if !seen, type == .personName || type == .personNameKana { cells.drafts[group].hasName = true }
    cells.drafts[group].add(
      seen || confidence.level < .likely ? .mention(type) : hit.verdict.kind ?? AttributeKind(type),
      digest
    )
  }

  /// Start of the line, or of the 64 KiB piece of a very long line, that `position` is in.
  ///
  /// Findings come in order: no byte is looked at twice.
  func pieceStart(of position: Int, _ batch: borrowing RecordBatch) -> Int {
    let body = batch.body
    var at = position
    let floor = max(body.lowerBound, min(textState.lastHit, position))
    while at > floor && batch.text[at - 1] != 0x0A { at -= 1 }
    if at > floor || floor == body.lowerBound { textState.lineStart = at }
    textState.lastHit = position
    let start = textState.lineStart
    let offset = start == body.lowerBound ? batch.lineOffset : 0
    let piece = (position - start + offset) / 65_536
    return max(body.lowerBound, start + piece * 65_536 - offset)
  }

  /// End of the line that begins at `start`, as far as its hash looks.
  func lineEnd(_ start: Int, _ batch: borrowing RecordBatch) -> Int {
    let limit = min(batch.text.count, start + 4_096)
    var end = start
    while end < limit && batch.text[end] != 0x0A { end += 1 }
    return end
  }
}
