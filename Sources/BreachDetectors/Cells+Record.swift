internal import BreachBytes
internal import BreachModel

/// The end of a record: groups told apart, the identity packed.
extension Cells {
  mutating func close(_ text: Span<UInt8>, _ record: Record, hasPlan: Bool) {
    guard options.wantsPersons else { return }
    let row = rowHash(text.extracting(Int(record.start)..<Int(record.end)), key: rowKey)
    let flags = IdentityFlags(rawValue: hasPlan ? 0 : IdentityFlags.freeText.rawValue)
    let extras = foldGroups()
    if record.depth > 0 && extras == 0 && waiting.count < 64 && !drafts[0].hasName {
      if !drafts[0].isEmpty { wait(row, flags, Int(record.depth)) }
      return
    }
    if !waiting.isEmpty { joinWaiting(Int(record.depth)) }
    packer.append(drafts[0], row: row, flags: flags, personClass: personClass)
    guard extras > 0 else { return }
    let further = IdentityFlags(rawValue: flags.rawValue | IdentityFlags.extra.rawValue)
    for index in 1..<7 where drafts[index].hasName {
      packer.append(drafts[index], row: row, flags: further, personClass: personClass)
    }
  }

  private mutating func wait(_ row: UInt64, _ flags: IdentityFlags, _ depth: Int) {
    let item = spare.popLast() ?? WaitingDraft()
    swap(&item.draft, &drafts[0])
    (item.row, item.flags, item.depth) = (row, flags, depth)
    waiting.append(item)
  }

  /// Records inside this one without a name of their own belong to its person, if it has one.
  private mutating func joinWaiting(_ depth: Int) {
    let takes = drafts[0].hasName || drafts[0].types.shares(packer.identifying)
    var kept = 0
    for item in waiting {
      guard item.depth > depth else {
        waiting[kept] = item
        kept += 1
        continue
      }
      if takes {
        drafts[0].absorb(item.draft)
        touched |= 1
      } else {
        packer.append(item.draft, row: item.row, flags: item.flags, personClass: personClass)
      }
      item.draft.removeAll()
      spare.append(item)
    }
    waiting.removeSubrange(kept...)
  }

  /// What waited for an enclosing record stands for itself.
  mutating func releaseWaiting() {
    for item in waiting {
      packer.append(item.draft, row: item.row, flags: item.flags, personClass: personClass)
    }
    waiting.removeAll()
  }

  /// Gives the groups that are the record's own person to its draft; returns how many others there
  /// are.
  mutating func foldGroups() -> Int {
    guard touched & ~1 != 0 else { return 0 }
    var (named, others) = (0, 0)
    for index in 1..<7 where !drafts[index].isEmpty {
      others += 1
      if drafts[index].hasName { named += 1 }
    }
    // A company's contact, a guest's order: one person. Where the row names its person by an id, a
    // recipient or a guardian is another.
    let isOne = !drafts[0].hasName && named == 1 && !drafts[0].hasPersonID
    var extras = 0
    for index in 1..<7 where others > 0 && !drafts[index].isEmpty {
      if isOne || !drafts[index].hasName || isNamed(alike: index) {
        var other = IdentityDraft()
        swap(&other, &drafts[index])
        drafts[0].absorb(other)
        other.hasName = false
        swap(&other, &drafts[index])
        touched |= 1
      } else {
        extras += 1
      }
    }
    return extras
  }

  /// The draft at `index` bears the name of the record's own person.
  private func isNamed(alike index: Int) -> Bool {
    for number in 0..<drafts[index].count {
      let kind = drafts[index].kinds[number]
      guard
        kind == AttributeKind(.personName).rawValue
          || kind == AttributeKind(.personNameKana).rawValue
      else { continue }
      let digest = drafts[index].digests[number]
      for other in 0..<drafts[0].count
      where drafts[0].kinds[other] == kind && drafts[0].digests[other] == digest { return true }
    }
    return false
  }
}
