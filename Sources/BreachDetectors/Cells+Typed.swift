internal import BreachBytes
internal import BreachModel

/// Cells of typed columns: checked by the column's check, never searched.
extension Cells {
  /// Checks the records of one table from `first` on, each to its end.
  ///
  /// - Returns: the first that is not done: one of another table, the end, or, where `unread` is not
  ///   empty, a record of which those fields have to be searched before it can be closed.
  mutating func records(
    _ text: Span<UInt8>,
    _ batch: borrowing RecordBatch,
    from first: Int,
    numbered base: Int
  ) -> Int {
    let table = batch.records[first].table
    var index = first
    while index < batch.records.count {
      let record = batch.records[index]
      guard record.table == table, record.fieldCount > 0 else { return index }
      beginRecord()
      for field in Int(record.firstField)..<Int(record.firstField + record.fieldCount)
      where batch.fields[field].length > 0 {
        let column = Int(batch.fields[field].column)
        if column < columns.count {
          if columns[column].isKey {
            addKey(text, batch.fields[field], columns[column].keySpace)
          }
          if columns[column].isTyped, typed(text, batch, field, index, base) { continue }
        }
        if batch.fields[field].length >= Self.shortestFind { unread.append(Int32(field)) }
      }
      if hasParts { joinParts(batch, record, base + index) }
      if !unread.isEmpty { return index }
      close(text, record, hasPlan: true)
      index += 1
    }
    return index
  }

  /// Bytes of the shortest value that a search can find, `a@b.cc`.
  private static let shortestFind = 6

  /// False when the value is not of its column's type and has to be searched.
  private mutating func typed(
    _ text: Span<UInt8>,
    _ batch: borrowing RecordBatch,
    _ field: Int,
    _ record: Int,
    _ base: Int
  ) -> Bool {
    let (bare, wasMarked) = Value.bare(text, batch.fields[field].range)
    if !wasMarked {
      // Most values are in plain form and are looked at where they stand.
      let plain = text.extracting(bare)
      if !mayFold(plain) { return typedValue(plain, batch, field, record, base) }
    }
    value.fold(text, bare)
    // The buffer is taken out, so that its bytes can be read while all else here is written.
    var folded = ByteBuffer()
    swap(&folded, &value.folded)
    let isRead = typedValue(folded.span, batch, field, record, base)
    swap(&folded, &value.folded)
    return isRead
  }

  private mutating func typedValue(
    _ text: Span<UInt8>,
    _ batch: borrowing RecordBatch,
    _ field: Int,
    _ record: Int,
    _ base: Int
  ) -> Bool {
    if text.isEmpty { return true }
    let number = Int(batch.fields[field].column)
    let column = columns[number]
    let verdict = checks.run(column.check, text, &value.normal, role: column.role)
    if verdict.result == .fail { return isNothing(text, column.check) }
    let group = column.group
    touched |= 1 << group
    if verdict.keepsText && (options.wantsFindings || column.isPart) {
      value.normal.clear()
      value.normal.append(text)
    }
    if column.isPart, takePart(verdict, column) { return true }
    if verdict.isCompany {
      takeCompany(verdict, column, batch, field, record, base)
      return true
    }
    let type = column.type
    let confidence = Confidence(hundredths: column.confidence + verdict.weight)
    guard isWanted(type, confidence) else { return true }
    tallies[Int(type.rawValue)].add(confidence.level, isSample: verdict.isSample)
    columnValues[number] += 1
    var digest =
      verdict.keepsText
      ? digester.digest(type.rawValue, text)
      : digester.digest(type.rawValue, value.normal.span)
    if options.wantsFindings { keep(type, confidence, verdict, column, batch, field, record, base) }
    if column.isID { digest ^= namespace &+ UInt64(number) &* 0x9E37_79B9 }
    drafts[group].take(type, digest, verdict, confidence)
    if column.isName, let split = checks.name.split {
      let end = value.normal.count
      drafts[group].add(.familyName, self.digest(ofNormal: 0..<split, .familyName))
      drafts[group].add(.givenName, self.digest(ofNormal: split..<end, .givenName))
    }
    return true
  }

  /// A value that says there is none, and one of a column whose check only asks for that.
  private func isNothing(_ text: Span<UInt8>, _ check: CheckName) -> Bool {
    switch check {
    case .filled, .organisation: true
    default: checks.words.isEmptyWord(text)
    }
  }

  /// A company's name in a column of persons' names.
  private mutating func takeCompany(
    _ verdict: Verdict,
    _ column: CellColumn,
    _ batch: borrowing RecordBatch,
    _ field: Int,
    _ record: Int,
    _ base: Int
  ) {
    drafts[column.group].hasCompany = true
    let confidence = Confidence(hundredths: column.confidence + verdict.weight)
    guard isWanted(.companyName, confidence) else { return }
    let kind = AttributeKind(.companyName)
    tallies[Int(kind.rawValue)].add(confidence.level, isSample: false)
    if options.wantsFindings {
      let plain = Verdict(verdict.result)
      keep(.companyName, confidence, plain, column, batch, field, record, base)
    }
    drafts[column.group].add(kind, digest(ofNormal: 0..<value.normal.count, kind))
  }

  /// The finding of a typed cell, for the stream of findings.
  private mutating func keep(
    _ type: DataType,
    _ confidence: Confidence,
    _ verdict: Verdict,
    _ column: CellColumn,
    _ batch: borrowing RecordBatch,
    _ field: Int,
    _ record: Int,
    _ base: Int
  ) {
    let place = Place(
      start: Int(batch.fields[field].rawStart),
      length: Int(batch.fields[field].rawLength),
      record: base + record,
      line: batch.records[record].line,
      column: Int(batch.fields[field].column)
    )
    let digest = fullDigest(type, value.normal.span)
    let evidence = column.evidence | verdict.evidence
    keep(type, column.detector, confidence, evidence, verdict.isSample, digest, batch, place)
  }

  /// Keeps a value that is spread over columns until the record is over; false for other roles.
  private mutating func takePart(_ verdict: Verdict, _ column: CellColumn) -> Bool {
    let (type, role, group) = (column.type, column.role, column.group)
    switch role {
    case .whole, .middle: return false
    // Read from the record when it is over.
    case .numberStart, .numberPart, .numberEnd: (hasParts, hasNumbers) = (true, true)
    case .family, .given:
      keepPart(type, role, group)
      let kind: AttributeKind =
        switch (type, role) {
        case (.personNameKana, .family): .familyKana
        case (.personNameKana, _): .givenKana
        case (_, .family): .familyName
        default: .givenName
        }
      drafts[group].add(kind, digest(ofNormal: 0..<value.normal.count, kind))
    case .addressPart:
      keepPart(type, role, group)
      if verdict.prefecture > 0 { drafts[group].residence = verdict.prefecture }
    case .year, .month, .day: keepPart(type, role, group)
    }
    return true
  }

  private mutating func keepPart(_ type: DataType, _ role: ColumnRole, _ group: Int) {
    hasParts = true
    // Taken out, so that it can be written while the value is read.
    var parts = NameParts()
    swap(&parts, &names[group])
    parts.add(value.normal.span, type, role)
    swap(&parts, &names[group])
  }

  /// Makes sure that the findings of so many columns can be counted.
  mutating func makeRoom(columns count: Int) {
    while columnValues.count < count { columnValues.append(0) }
  }
}
