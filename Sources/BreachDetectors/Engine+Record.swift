internal import BreachBytes
internal import BreachModel

/// The end of a record: parts joined, groups told apart, the identity packed.
extension Engine {
  // MARK: the end of a record

  func close(_ batch: borrowing RecordBatch, _ record: Record, _ plan: TablePlan?) {
    guard options.wantsPersons else { return }
    let row = BreachBytes.rowHash(
      batch.text.span.extracting(Int(record.start)..<Int(record.end)),
      key: rowKey
    )
    let personClass = plan?.personClass ?? ""
    var (named, others) = (0, 0)
    for index in 1..<cells.drafts.count where !cells.drafts[index].isEmpty {
      others += 1
      if cells.drafts[index].hasName { named += 1 }
    }
    // A company's contact, a guest's order: one person. Where the row names its person by an id, a
    // recipient or a guardian is another.
    let isOne = !cells.drafts[0].hasName && named == 1 && !cells.drafts[0].hasPersonID
    var extras = 0
    for index in 1..<cells.drafts.count where others > 0 && !cells.drafts[index].isEmpty {
      if isOne || !cells.drafts[index].hasName || sameName(cells.drafts[index], cells.drafts[0]) {
        let other = cells.drafts[index]
        cells.drafts[0].absorb(other)
        cells.drafts[index].hasName = false
      } else {
        extras += 1
      }
    }
    var flags: IdentityFlags = plan == nil ? .freeText : []
    if record.depth > 0 && !cells.drafts[0].hasName && extras == 0 && waiting.count < 64 {
      if !cells.drafts[0].isEmpty {
        waiting.append((cells.drafts[0], row, flags, Int(record.depth)))
      }
      return
    }
    if !waiting.isEmpty { joinWaiting(&cells.drafts[0], Int(record.depth), personClass) }
    packer.append(cells.drafts[0], row: row, flags: flags, personClass: personClass)
    guard extras > 0 else { return }
    flags.insert(.extra)
    for index in 1..<cells.drafts.count where cells.drafts[index].hasName {
      packer.append(cells.drafts[index], row: row, flags: flags, personClass: personClass)
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
    let takes = main.hasName || main.types.shares(IdentityPacker.identifying)
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
