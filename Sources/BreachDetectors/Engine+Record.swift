internal import BreachBytes
internal import BreachModel

/// The end of a record: parts joined, groups told apart, the identity packed.
extension Engine {
  // MARK: values spread over columns

  func joinParts(
    _ batch: borrowing RecordBatch,
    _ record: Record,
    _ plan: TablePlan,
    _ number: Int?
  ) {
    for group in names.indices where names[group].isUsed {
      if !names[group].family.isEmpty || !names[group].given.isEmpty {
        load(names[group].family, names[group].given)
        let isSample = checks.words.samplePersons.contains(value.normal)
        join(.personName, group, isSample, batch, record, plan, number)
      }
      if !names[group].familyKana.isEmpty || !names[group].givenKana.isEmpty {
        load(names[group].familyKana, names[group].givenKana)
        let isSample = checks.words.samplePersons.contains(value.normal)
        join(.personNameKana, group, isSample, batch, record, plan, number)
      }
      if !names[group].address.isEmpty {
        value.folded.removeAll(keepingCapacity: true)
        value.folded.append(contentsOf: names[group].address)
        let verdict = AddressCheck.check(&value)
        if verdict.prefecture > 0 { drafts[group].residence = verdict.prefecture }
        if verdict.result == .fail { load(names[group].address, []) }
        // A prefecture or a country alone is hardly an address.
        let weight = verdict.result == .fail ? -40 : verdict.weight
        join(.address, group, false, batch, record, plan, number, weight: weight)
      }
      joinDate(group, batch, record, plan, number)
    }
  }

  private func load(_ first: [UInt8], _ second: [UInt8]) {
    value.normal.removeAll(keepingCapacity: true)
    value.normal.append(contentsOf: first)
    value.normal.append(contentsOf: second)
  }

  private func joinDate(
    _ group: Int,
    _ batch: borrowing RecordBatch,
    _ record: Record,
    _ plan: TablePlan,
    _ number: Int?
  ) {
    guard !names[group].year.isEmpty, !names[group].month.isEmpty, !names[group].day.isEmpty else {
      return
    }
    value.folded.removeAll(keepingCapacity: true)
    value.folded.append(contentsOf: names[group].year)
    value.folded.append(0x2F)
    value.folded.append(contentsOf: names[group].month)
    value.folded.append(0x2F)
    value.folded.append(contentsOf: names[group].day)
    let verdict = DateCheck.birth(&value, checks.words)
    guard verdict.result != .fail else { return }
    join(.birthDate, group, verdict.isSample, batch, record, plan, number)
  }

  /// Counts the joined value in `value.normal` once, at its first part.
  private func join(
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
          normal: value.normal,
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
      drafts[group].see(type, confidence)
      drafts[group].add(AttributeKind(type), digest.0)
      return
    }
  }

  // MARK: the end of a record

  func close(_ batch: borrowing RecordBatch, _ record: Record, _ plan: TablePlan?) {
    guard options.wantsPersons else { return }
    let row = BreachBytes.rowHash(
      batch.text.span.extracting(Int(record.start)..<Int(record.end)),
      key: rowKey
    )
    let personClass = plan?.personClass ?? ""
    var named = 0
    for index in 1..<drafts.count where drafts[index].hasName { named += 1 }
    // A company's contact, a guest's order: one person. Where the row names its person by an id, a
    // recipient or a guardian is another.
    let isOne = !drafts[0].hasName && named == 1 && !drafts[0].hasPersonID
    var extras = 0
    for index in 1..<drafts.count where !drafts[index].isEmpty {
      if isOne || !drafts[index].hasName || sameName(drafts[index], drafts[0]) {
        let other = drafts[index]
        drafts[0].absorb(other)
        drafts[index].hasName = false
      } else {
        extras += 1
      }
    }
    var flags: IdentityFlags = plan == nil ? .freeText : []
    if record.depth > 0 && !drafts[0].hasName && extras == 0 && waiting.count < 64 {
      if !drafts[0].isEmpty { waiting.append((drafts[0], row, flags, Int(record.depth))) }
      return
    }
    if !waiting.isEmpty { joinWaiting(&drafts[0], Int(record.depth), personClass) }
    packer.append(drafts[0], row: row, flags: flags, personClass: personClass)
    guard extras > 0 else { return }
    flags.insert(.extra)
    for index in 1..<drafts.count where drafts[index].hasName {
      packer.append(drafts[index], row: row, flags: flags, personClass: personClass)
    }
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

  func releaseWaiting(personClass: String) {
    for item in waiting {
      packer.append(item.draft, row: item.row, flags: item.flags, personClass: personClass)
    }
    waiting.removeAll()
  }
}
