internal import BreachBytes
internal import BreachModel

extension Cells {
  // MARK: values spread over columns

  mutating func joinParts(
    _ batch: borrowing RecordBatch,
    _ record: Record,
    _ plan: TablePlan,
    _ number: Int?
  ) {
    for group in names.indices where names[group].isUsed {
      if !names[group].family.isEmpty || !names[group].given.isEmpty {
        load(names[group].family, names[group].given)
        let isSample = checks.words.samplePersons.contains(value.normal.span)
        join(.personName, group, isSample, batch, record, plan, number)
      }
      if !names[group].familyKana.isEmpty || !names[group].givenKana.isEmpty {
        load(names[group].familyKana, names[group].givenKana)
        let isSample = checks.words.samplePersons.contains(value.normal.span)
        join(.personNameKana, group, isSample, batch, record, plan, number)
      }
      let address = names[group].address
      if !address.isEmpty {
        let verdict = checks.address.check(address.span, &value.normal)
        if verdict.prefecture > 0 { drafts[group].residence = verdict.prefecture }
        if verdict.result == .fail { load(names[group].address, []) }
        // A prefecture or a country alone is hardly an address.
        let weight = verdict.result == .fail ? -40 : verdict.weight
        join(.address, group, false, batch, record, plan, number, weight: weight)
      }
      joinDate(group, batch, record, plan, number)
    }
  }

  private mutating func load(_ first: [UInt8], _ second: [UInt8]) {
    value.normal.clear()
    value.normal.append(first.span)
    value.normal.append(second.span)
  }

  private mutating func joinDate(
    _ group: Int,
    _ batch: borrowing RecordBatch,
    _ record: Record,
    _ plan: TablePlan,
    _ number: Int?
  ) {
    guard !names[group].year.isEmpty, !names[group].month.isEmpty, !names[group].day.isEmpty else {
      return
    }
    let date = names[group].year + [0x2F] + names[group].month + [0x2F] + names[group].day
    let verdict = DateCheck.birth(date.span, &value.normal, checks.words)
    guard verdict.result != .fail else { return }
    join(.birthDate, group, verdict.isSample, batch, record, plan, number)
  }

  /// Counts the joined value in `value.normal` once, at its first part.
  private mutating func join(
    _ type: DataType,
    _ group: Int,
    _ isSample: Bool,
    _ batch: borrowing RecordBatch,
    _ record: Record,
    _ plan: TablePlan,
    _ number: Int?,
    weight: Int = 0
  ) {
    guard let detector = set.detector(of: type) else { return }
    for index in Int(record.firstField)..<Int(record.firstField + record.fieldCount) {
      let field = batch.fields[index]
      let column = Int(field.column)
      guard field.length > 0, column < plan.columns.count else { continue }
      let own = plan.columns[column]
      guard own.type == type, own.role != .whole, Int(own.group.rawValue) == group else { continue }
      let confidence = Confidence(hundredths: Int(own.confidence) + weight)
      guard
        let digest = count(
          type,
          detector: detector,
          confidence: confidence,
          evidence: own.evidence,
          isSample: isSample,
          batch: batch,
          at: Place(
            start: Int(field.rawStart),
            length: Int(field.rawLength),
            record: number,
            line: record.line,
            column: column
          )
        )
      else { return }
      tallyColumn(column)
      if type == .personName || type == .personNameKana { drafts[group].hasName = true }
      drafts[group].weigh(type, Verdict(.unknown, isSample: isSample))
      drafts[group].see(type, confidence, Verdict(.unknown, isSample: isSample))
      drafts[group].add(AttributeKind(type), digest)
      return
    }
  }
}
