internal import BreachBytes
package import BreachModel

extension Engine {
  /// Detects in a batch of records.
  ///
  /// - Parameters:
  ///   - batch: what a reader framed.
  ///   - tables: plans by the numbers that records carry.
  ///   - isFirstUnit: the unit begins the leaf, so records before `firstData` are titles and header.
  package func scan(_ batch: borrowing RecordBatch, tables: [TablePlan], isFirstUnit: Bool) {
    if batch.isText {
      scanLines(batch)
      return
    }
    for index in batch.records.indices {
      let record = batch.records[index]
      guard record.fieldCount > 0 else {
        scanLoose(batch, Int(record.start)..<Int(record.end), line: record.line)
        continue
      }
      let table = Int(record.table)
      guard table < tables.count else {
        scanFields(batch, record, plan: nil, number: batch.recordBase + index + 1)
        continue
      }
      let position = batch.recordBase + index
      let skipped = isFirstUnit ? tables[table].firstData : 0
      if position < skipped {
        if position < skipped - 1 { scanFields(batch, record, plan: nil, number: nil) }
        continue
      }
      if table != currentTable { enter(table, tables[table]) }
      scanFields(batch, record, plan: tables[table], number: position - skipped + 1)
    }
  }

  /// Ids are told apart by their table; keys by the table that they are keys of.
  private func enter(_ table: Int, _ plan: TablePlan) {
    currentTable = table
    namespace = leafNamespace ^ rowHash(Array(plan.name.utf8).span, key: rowKey)
    keyNamespaces = plan.columns.map { column in
      column.keyOf.map { leafNamespace ^ rowHash(Array("key of \($0)".utf8).span, key: rowKey) }
    }
  }

  /// The leaf is over: what waited for an enclosing record stands for itself.
  package func finishLeaf(tables: [TablePlan]) {
    releaseWaiting(personClass: tables.first?.personClass ?? "")
    flushLine()
  }

  private func scanFields(
    _ batch: borrowing RecordBatch,
    _ record: Record,
    plan: TablePlan?,
    number: Int?
  ) {
    for index in drafts.indices {
      drafts[index].removeAll()
      names[index].removeAll()
    }
    let fields = Int(record.firstField)..<Int(record.firstField + record.fieldCount)
    unread.removeAll(keepingCapacity: true)
    guard let plan else {
      for index in fields where batch.fields[index].length > 0 {
        scanCell(batch, batch.fields[index], nil, record, number)
      }
      close(batch, record, nil)
      return
    }
    for index in fields {
      let column = Int(batch.fields[index].column)
      guard batch.fields[index].length > 0 else { continue }
      if column < keyNamespaces.count, let space = keyNamespaces[column] {
        value.load(batch.text.span, batch.fields[index].range)
        drafts[0].add(.rowKey, digest(of: value.folded[...], kind: .rowKey) ^ space)
      }
      guard column < plan.columns.count, plan.columns[column].type != nil else {
        unread.append(Int32(index))
        continue
      }
      if !typed(batch, batch.fields[index], plan.columns[column], record, number) {
        unread.append(Int32(index))
      }
    }
    joinParts(batch, record, plan, number)
    // What has no type, or is not of its column's type, after all that has.
    for position in unread.indices {
      let field = batch.fields[Int(unread[position])]
      let column = Int(field.column)
      scanCell(
        batch,
        field,
        column < plan.columns.count ? plan.columns[column] : nil,
        record,
        number
      )
    }
    close(batch, record, plan)
  }

  // MARK: typed cells

  /// False when the value is not of its column's type and has to be searched.
  private func typed(
    _ batch: borrowing RecordBatch,
    _ field: Field,
    _ column: ColumnPlan,
    _ record: Record,
    _ number: Int?
  ) -> Bool {
    guard let type = column.type, let detector = set.detector(of: type) else { return true }
    let check = set.detectors[detector].check
    value.load(batch.text.span, field.range)
    if value.folded.isEmpty { return true }
    let verdict = checks.run(check, &value, role: column.role)
    if verdict.result == .fail {
      return check == .filled || check == .organisation || checks.words.isEmptyWord(value.folded)
    }
    let group = Int(column.group.rawValue)
    switch column.role {
    case .whole, .middle, .numberPart: break
    case .family, .given:
      keepPart(type, column.role, group, field)
      let kind: AttributeKind =
        switch (type, column.role) {
        case (.personNameKana, .family): .familyKana
        case (.personNameKana, _): .givenKana
        case (_, .family): .familyName
        default: .givenName
        }
      drafts[group].add(kind, digest(of: value.normal[...], kind: kind))
      return true
    case .addressPart:
      keepPart(type, column.role, group, field)
      if verdict.prefecture > 0 { drafts[group].residence = verdict.prefecture }
      return true
    case .year, .month, .day:
      keepPart(type, column.role, group, field)
      return true
    }
    add(
      type,
      detector: detector,
      verdict: verdict,
      column: column,
      group: group,
      batch: batch,
      at: Place(
        start: Int(field.rawStart),
        length: Int(field.rawLength),
        record: number,
        line: record.line,
        column: Int(field.column)
      )
    )
    return true
  }

  private func keepPart(_ type: DataType, _ role: ColumnRole, _ group: Int, _ field: Field) {
    names[group].isUsed = true
    switch (type, role) {
    case (.personName, .family): names[group].family.append(contentsOf: value.normal)
    case (.personName, _): names[group].given.append(contentsOf: value.normal)
    case (.personNameKana, .family): names[group].familyKana.append(contentsOf: value.normal)
    case (.personNameKana, _): names[group].givenKana.append(contentsOf: value.normal)
    case (.birthDate, .year): names[group].year.append(contentsOf: value.normal)
    case (.birthDate, .month): names[group].month.append(contentsOf: value.normal)
    case (.birthDate, _): names[group].day.append(contentsOf: value.normal)
    default:
      // 神南1丁目 | 2-3: numbers of two cells stay two numbers.
      if let last = names[group].address.last, isDigit(last), let first = value.normal.first,
        isDigit(first)
      {
        names[group].address.append(0x2D)
      }
      names[group].address.append(contentsOf: value.normal)
    }
  }

  /// Counts a checked value and gives it to its group's draft.
  private func add(
    _ type: DataType,
    detector: Int,
    verdict: Verdict,
    column: ColumnPlan,
    group: Int,
    batch: borrowing RecordBatch,
    at place: Place
  ) {
    let confidence = Confidence(hundredths: Int(column.confidence) + verdict.weight)
    if verdict.kind == AttributeKind(.companyName) {
      if let digest = count(
        .companyName,
        detector: detector,
        confidence: confidence,
        evidence: column.evidence,
        isSample: false,
        normal: value.normal,
        batch: batch,
        at: place
      ) {
        drafts[group].add(AttributeKind(.companyName), digest.0)
      }
      drafts[group].hasCompany = true
      return
    }
    guard
      let digest = count(
        type,
        detector: detector,
        confidence: confidence,
        evidence: column.evidence.union(verdict.evidence),
        isSample: verdict.isSample,
        normal: value.normal,
        batch: batch,
        at: place
      )
    else { return }
    if let columnNumber = place.column { tallyColumn(columnNumber) }
    drafts[group].weigh(type, verdict)
    // The address tells the residence; the postal code only where there is none.
    if verdict.prefecture > 0 && (drafts[group].residence == 0 || type == .address) {
      drafts[group].residence = verdict.prefecture
    }
    drafts[group].see(type, confidence)
    switch type {
    case .personName:
      drafts[group].hasName = true
      drafts[group].add(AttributeKind(type), digest.0)
      if let split = checks.name.split {
        drafts[group].add(.familyName, self.digest(of: value.normal[..<split], kind: .familyName))
        drafts[group].add(.givenName, self.digest(of: value.normal[split...], kind: .givenName))
      }
    case .personNameKana:
      drafts[group].hasName = true
      drafts[group].add(AttributeKind(type), digest.0)
    case .memberID, .loginID:
      drafts[group].add(
        AttributeKind(type),
        digest.0 ^ (namespace &+ UInt64(place.column ?? 0) &* 0x9E37_79B9)
      )
    case .companyName:
      drafts[group].hasCompany = true
      drafts[group].add(AttributeKind(type), digest.0)
    default:
      drafts[group].add(verdict.kind ?? AttributeKind(type), digest.0)
    }
  }

  func tallyColumn(_ column: Int) {
    while columnValues.count <= column { columnValues.append(0) }
    columnValues[column] += 1
  }
}
