package import BreachModel

extension Engine {
  /// Detects in a batch of records.
  ///
  /// - Parameters:
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
      scanFields(batch, record, plan: tables[table], number: position - skipped + 1)
    }
  }

  /// The leaf is over: what waited for an enclosing record stands for itself.
  package func finishLeaf(tables: [TablePlan]) {
    releaseWaiting(personClass: tables.first?.personClass ?? "")
    flushLine()
  }

  private func scanFields(
    _ batch: borrowing RecordBatch, _ record: Record, plan: TablePlan?, number: Int?
  ) {
    for index in drafts.indices {
      drafts[index].removeAll()
      names[index].removeAll()
    }
    let fields = Int(record.firstField)..<Int(record.firstField + record.fieldCount)
    var hasLoose = plan == nil
    if let plan {
      for index in fields {
        let field = batch.fields[index]
        let column = Int(field.column)
        guard field.length > 0 else { continue }
        guard column < plan.columns.count, plan.columns[column].type != nil else {
          hasLoose = true
          continue
        }
        if !typed(batch, field, plan.columns[column], record, number) { hasLoose = true }
      }
      joinParts(batch, record, plan, number)
    }
    if hasLoose {
      for index in fields where batch.fields[index].length > 0 {
        let field = batch.fields[index]
        let column = Int(field.column)
        let own = plan.flatMap { column < $0.columns.count ? $0.columns[column] : nil }
        if let own, own.type != nil, !unread.contains(Int32(index)) { continue }
        scanCell(batch, field, own, record, number)
      }
      unread.removeAll(keepingCapacity: true)
    }
    close(batch, record, plan)
  }

  // MARK: typed cells

  /// False when the value is not of its column's type and has to be searched.
  private func typed(
    _ batch: borrowing RecordBatch, _ field: Field, _ column: ColumnPlan, _ record: Record,
    _ number: Int?
  ) -> Bool {
    guard let type = column.type, let detector = set.byType[type]?.first else { return true }
    value.load(batch.text.span, field.range)
    if value.folded.isEmpty { return true }
    let verdict = checks.run(set.detectors[detector].check, &value, role: column.role)
    if verdict.result == .fail {
      if set.detectors[detector].check == .filled || set.detectors[detector].check == .organisation {
        return true
      }
      if checks.words.isEmptyWord(value.folded) { return true }
      unread.append(fieldIndex(of: field, batch, record))
      return false
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
      if verdict.isSample { drafts[group].traits += 1 }
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
      type, detector: detector, verdict: verdict, column: column, group: group, batch: batch,
      at: Place(
        start: Int(field.rawStart), length: Int(field.rawLength), record: number,
        line: record.line, column: Int(field.column)))
    return true
  }

  private func fieldIndex(of field: Field, _ batch: borrowing RecordBatch, _ record: Record)
    -> Int32
  {
    for index in Int(record.firstField)..<Int(record.firstField + record.fieldCount)
    where batch.fields[index].column == field.column && batch.fields[index].start == field.start {
      return Int32(index)
    }
    return -1
  }

  private func keepPart(_ type: DataType, _ role: ColumnRole, _ group: Int, _ field: Field) {
    names[group].isUsed = true
    switch (type, role) {
    case (.personName, .family): names[group].family.append(contentsOf: value.normal)
    case (.personName, _): names[group].given.append(contentsOf: value.normal)
    case (.personNameKana, .family): names[group].familyKana.append(contentsOf: value.normal)
    case (.personNameKana, _): names[group].givenKana.append(contentsOf: value.normal)
    case (.birthDate, .year): names[group].year = value.normal
    case (.birthDate, .month): names[group].month = value.normal
    case (.birthDate, _): names[group].day = value.normal
    default: names[group].address.append(contentsOf: value.normal)
    }
  }

  /// Counts a checked value and gives it to its group's draft.
  private func add(
    _ type: DataType, detector: Int, verdict: Verdict, column: ColumnPlan, group: Int,
    batch: borrowing RecordBatch, at place: Place
  ) {
    let confidence = Confidence(hundredths: Int(column.confidence) + verdict.weight)
    if verdict.kind == AttributeKind(.companyName) {
      if let digest = count(
        .companyName, detector: detector, confidence: confidence, evidence: column.evidence,
        isSample: false, normal: value.normal, batch: batch, at: place)
      {
        drafts[group].add(AttributeKind(.companyName), digest.0)
      }
      drafts[group].hasCompany = true
      return
    }
    let isReserved = verdict.evidence.contains(.reserved)
    guard
      let digest = count(
        type, detector: detector, confidence: confidence,
        evidence: column.evidence.union(verdict.evidence), isSample: verdict.isSample,
        normal: value.normal, batch: batch, at: place)
    else { return }
    if let columnNumber = place.column { tallyColumn(columnNumber) }
    if verdict.isSample || isReserved { drafts[group].traits += 1 }
    if verdict.prefecture > 0 && drafts[group].residence == 0 {
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
        AttributeKind(type), digest.0 ^ (namespace &+ UInt64(place.column ?? 0) &* 0x9E37_79B9))
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

  // MARK: values spread over columns

  private func joinParts(
    _ batch: borrowing RecordBatch, _ record: Record, _ plan: TablePlan, _ number: Int?
  ) {
    for group in names.indices where names[group].isUsed {
      let parts = names[group]
      if !parts.family.isEmpty || !parts.given.isEmpty {
        value.normal = parts.family + parts.given
        join(.personName, [.family, .given], group, batch, record, plan, number)
        drafts[group].hasName = true
        let whole = parts.family + parts.given
        if checks.words.isSamplePerson(whole) { drafts[group].traits += 1 }
      }
      if !parts.familyKana.isEmpty || !parts.givenKana.isEmpty {
        value.normal = parts.familyKana + parts.givenKana
        join(.personNameKana, [.family, .given], group, batch, record, plan, number)
        drafts[group].hasName = true
      }
      if !parts.address.isEmpty {
        value.folded = parts.address
        let verdict = AddressCheck.check(&value)
        if verdict.prefecture > 0 { drafts[group].residence = verdict.prefecture }
        value.normal = parts.address
        join(.address, [.addressPart], group, batch, record, plan, number)
      }
      if !parts.year.isEmpty, !parts.month.isEmpty, !parts.day.isEmpty {
        value.folded = parts.year + [0x2F] + parts.month + [0x2F] + parts.day
        if DateCheck.birth(&value).result == .pass {
          join(.birthDate, [.year, .month, .day], group, batch, record, plan, number)
        }
      }
    }
  }

  /// Counts the joined value in `value.normal` once, at its first part.
  private func join(
    _ type: DataType, _ roles: [ColumnRole], _ group: Int, _ batch: borrowing RecordBatch,
    _ record: Record, _ plan: TablePlan, _ number: Int?
  ) {
    for index in Int(record.firstField)..<Int(record.firstField + record.fieldCount) {
      let field = batch.fields[index]
      let column = Int(field.column)
      guard field.length > 0, column < plan.columns.count else { continue }
      let own = plan.columns[column]
      guard own.type == type, roles.contains(own.role), Int(own.group.rawValue) == group else {
        continue
      }
      guard let detector = set.byType[type]?.first else { return }
      let confidence = Confidence(rawValue: own.confidence)
      if let digest = count(
        type, detector: detector, confidence: confidence, evidence: own.evidence, isSample: false,
        normal: value.normal, batch: batch,
        at: Place(
          start: Int(field.rawStart), length: Int(field.rawLength), record: number,
          line: record.line, column: column))
      {
        tallyColumn(column)
        drafts[group].see(type, confidence)
        drafts[group].add(AttributeKind(type), digest.0)
      }
      return
    }
  }

  // MARK: the end of a record

  private func close(_ batch: borrowing RecordBatch, _ record: Record, _ plan: TablePlan?) {
    guard options.wantsPersons else { return }
    let row = rowHash(of: batch, record)
    let personClass = plan?.personClass ?? ""
    let named = drafts.indices.dropFirst().filter { drafts[$0].hasName }
    var main = drafts[0]
    var extras: [Int] = []
    if !main.hasName && named.count == 1 {
      // A company's contact, a student with a guardian's column only: one person.
      for index in drafts.indices.dropFirst() where !drafts[index].isEmpty { main.absorb(drafts[index]) }
    } else {
      for index in drafts.indices.dropFirst() where !drafts[index].isEmpty {
        if drafts[index].hasName && !sameName(drafts[index], main) {
          extras.append(index)
        } else {
          main.absorb(drafts[index])
        }
      }
    }
    var flags: IdentityFlags = plan == nil ? .freeText : []
    if record.depth > 0 && !main.hasName && waiting.count < 64 {
      if !main.isEmpty { waiting.append((main, row, flags, Int(record.depth))) }
      return
    }
    if !waiting.isEmpty { joinWaiting(&main, Int(record.depth), personClass) }
    packer.append(main, row: row, flags: flags, personClass: personClass)
    flags.insert(.extra)
    for index in extras {
      packer.append(drafts[index], row: row, flags: flags, personClass: personClass)
    }
  }

  private func rowHash(of batch: borrowing RecordBatch, _ record: Record) -> UInt64 {
    BreachRowHash.hash(batch.text.span.extracting(Int(record.start)..<Int(record.end)), rowKey)
  }

  private func sameName(_ draft: IdentityDraft, _ main: IdentityDraft) -> Bool {
    for (index, kind) in draft.kinds.enumerated()
    where kind == AttributeKind(.personName) || kind == AttributeKind(.personNameKana) {
      for (other, otherKind) in main.kinds.enumerated()
      where otherKind == kind && main.digests[other] == draft.digests[index] {
        return true
      }
    }
    return false
  }

  /// Records inside this one without a name of their own belong to its person, if it has one.
  private func joinWaiting(_ main: inout IdentityDraft, _ depth: Int, _ personClass: String) {
    let inner = waiting.filter { $0.depth > depth }
    waiting.removeAll { $0.depth > depth }
    let takes = main.hasName || !main.types.isDisjoint(with: IdentityPacker.identifying)
    for item in inner {
      if takes {
        main.absorb(item.draft)
      } else {
        packer.append(item.draft, row: item.row, flags: item.flags, personClass: personClass)
      }
    }
  }

  private func releaseWaiting(personClass: String) {
    for item in waiting {
      packer.append(item.draft, row: item.row, flags: item.flags, personClass: personClass)
    }
    waiting.removeAll()
  }
}
