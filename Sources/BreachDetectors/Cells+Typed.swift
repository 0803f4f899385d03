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
    _ columns: [CellColumn],
    from first: Int,
    numbered base: Int
  ) -> Int {
    let table = batch.records[first].table
    var index = first
    while index < batch.records.count {
      let record = batch.records[index]
      guard record.table == table, record.fieldCount > 0 else { return index }
      beginRecord()
      typedFields(text, batch, record, columns, base + index)
      if hasParts { joinParts(batch, record, columns, base + index) }
      if !unread.isEmpty { return index }
      close(text, record, hasPlan: true)
      index += 1
    }
    return index
  }

  /// Bytes of the shortest value that a search can find, `a@b.cc`.
  private static let shortestFind = 6

  @inline(__always)
  private mutating func typedFields(
    _ text: Span<UInt8>,
    _ batch: borrowing RecordBatch,
    _ record: Record,
    _ columns: [CellColumn],
    _ number: Int
  ) {
    for index in Int(record.firstField)..<Int(record.firstField + record.fieldCount) {
      let field = batch.fields[index]
      guard field.length > 0 else { continue }
      let column = Int(field.column)
      if column < columns.count {
        let cell = columns[column]
        if cell.isKey { addKey(text, field, cell.keySpace) }
        if cell.isTyped, typed(text, batch, field, cell, record.line, number) { continue }
      }
      if field.length >= Self.shortestFind { unread.append(Int32(index)) }
    }
  }

  /// False when the value is not of its column's type and has to be searched.
  private mutating func typed(
    _ text: Span<UInt8>,
    _ batch: borrowing RecordBatch,
    _ field: Field,
    _ column: CellColumn,
    _ line: Int,
    _ number: Int
  ) -> Bool {
    let (bare, wasMarked) = Value.bare(text, field.range)
    if !wasMarked {
      // Most values are in plain form and are looked at where they stand.
      let plain = text.extracting(bare)
      if !mayFold(plain) { return typedValue(plain, batch, field, column, line, number) }
    }
    value.fold(text, bare)
    // The buffer is taken out, so that its bytes can be read while all else here is written.
    var folded = ByteBuffer()
    swap(&folded, &value.folded)
    let isRead = typedValue(folded.span, batch, field, column, line, number)
    swap(&folded, &value.folded)
    return isRead
  }

  private mutating func typedValue(
    _ text: Span<UInt8>,
    _ batch: borrowing RecordBatch,
    _ field: Field,
    _ column: CellColumn,
    _ line: Int,
    _ number: Int
  ) -> Bool {
    if text.isEmpty { return true }
    let (check, group) = (column.check, column.group)
    let verdict = checks.run(check, text, &value.normal, role: column.role)
    if verdict.result == .fail {
      return check == .filled || check == .organisation || checks.words.isEmptyWord(text)
    }
    touched |= 1 << group
    if verdict.keepsText && (options.wantsFindings || column.isPart) {
      value.normal.clear()
      value.normal.append(text)
    }
    if column.isPart, takePart(verdict, column) { return true }
    var (type, evidence) = (column.type, column.evidence | verdict.evidence)
    let isCompany = verdict.kind == AttributeKind(.companyName)
    if isCompany {
      (type, evidence) = (.companyName, column.evidence)
      drafts[group].hasCompany = true
    }
    let confidence = Confidence(hundredths: column.confidence + verdict.weight)
    guard isWanted(type, confidence) else { return true }
    let isSample = verdict.isSample && !isCompany
    tallies[Int(type.rawValue)].add(confidence.level, isSample: isSample)
    let digest =
      verdict.keepsText
      ? digester.digest(type.rawValue, text)
      : digester.digest(type.rawValue, value.normal.span)
    if options.wantsFindings {
      let place = Place(
        start: Int(field.rawStart),
        length: Int(field.rawLength),
        record: number,
        line: line,
        column: Int(field.column)
      )
      let full = fullDigest(type, value.normal.span)
      keep(type, column.detector, confidence, evidence, isSample, full, batch, place)
    }
    if isCompany {
      drafts[group].add(AttributeKind(.companyName), digest)
    } else {
      tallyColumn(Int(field.column))
      draw(type, digest, verdict, confidence, group, Int(field.column))
    }
    return true
  }

  /// Gives a counted value to its group's draft.
  @inline(__always)
  private mutating func draw(
    _ type: DataType,
    _ digest: UInt64,
    _ verdict: Verdict,
    _ confidence: Confidence,
    _ group: Int,
    _ column: Int
  ) {
    drafts[group].weigh(type, verdict)
    // The address tells the residence; the postal code only where there is none.
    if verdict.prefecture > 0 && (drafts[group].residence == 0 || type == .address) {
      drafts[group].residence = verdict.prefecture
    }
    drafts[group].see(type, confidence, verdict)
    switch type {
    case .personName:
      drafts[group].hasName = true
      drafts[group].add(AttributeKind(type), digest)
      if let split = checks.name.split {
        let end = value.normal.count
        drafts[group].add(.familyName, self.digest(ofNormal: 0..<split, .familyName))
        drafts[group].add(.givenName, self.digest(ofNormal: split..<end, .givenName))
      }
    case .personNameKana:
      drafts[group].hasName = true
      drafts[group].add(AttributeKind(type), digest)
    case .memberID, .loginID:
      drafts[group].add(
        AttributeKind(type),
        digest ^ (namespace &+ UInt64(column) &* 0x9E37_79B9)
      )
    case .companyName:
      drafts[group].hasCompany = true
      drafts[group].add(AttributeKind(type), digest)
    default:
      drafts[group].add(verdict.kind ?? AttributeKind(type), digest)
    }
  }

  /// Keeps a value that is spread over columns until the record is over; false for other roles.
  private mutating func takePart(_ verdict: Verdict, _ column: CellColumn) -> Bool {
    let (type, role, group) = (column.type, column.role, column.group)
    switch role {
    case .whole, .middle, .numberPart: return false
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

  mutating func tallyColumn(_ column: Int) {
    while columnValues.count <= column { columnValues.append(0) }
    columnValues[column] += 1
  }
}
