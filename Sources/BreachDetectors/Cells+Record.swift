internal import BreachBytes
internal import BreachModel

/// The end of a record: groups told apart, the identity packed.
extension Cells {
  mutating func close(_ text: Span<UInt8>, _ record: Record, hasPlan: Bool) {
    guard options.wantsPersons else { return }
    let row = rowHash(text.extracting(Int(record.start)..<Int(record.end)), key: rowKey)
    let flags = IdentityFlags(rawValue: hasPlan ? 0 : IdentityFlags.freeText.rawValue)
    packer.line = record.line
    let extras = foldGroups()
    if record.depth > 0 && extras == 0 && waiting.count < 64 && !drafts[0].hasName {
      if !drafts[0].isEmpty { wait(row, flags, Int(record.depth)) }
      return
    }
    if !waiting.isEmpty { joinWaiting(Int(record.depth)) }
    packer.append(drafts.span[0], row: row, flags: flags, personClass: personClass)
    guard extras > 0 else { return }
    let further = IdentityFlags(rawValue: flags.rawValue | IdentityFlags.extra.rawValue)
    for index in 1..<FieldGroup.count where drafts[index].hasName {
      packer.append(drafts[index], row: row, flags: further, personClass: personClass(of: index))
    }
  }

  /// The class of a further person in a row: the members of a pupil's or an employee's family are none of the
  /// school's or the company's, and nobody knows what who receives a gift is.
  private mutating func personClass(of group: Int) -> Int {
    if personClass == packer.makers || personClass == packer.number(ofClass: "partner") {
      return personClass
    }
    return switch FieldGroup(rawValue: UInt8(group)) {
    case .delivery, .emergency: 0
    case .family, .further1, .further2, .further3, .further4, .further5:
      packer.number(ofClass: "family")
    default: personClass
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
    if !drafts[0].hasName, let own = ownGroup() { absorb(own) }
    var extras = 0
    var rest = touched & ~1
    while rest != 0 {
      let index = rest.trailingZeroBitCount
      rest &= rest &- 1
      guard !drafts[index].isEmpty else { continue }
      if !drafts[index].hasName || isNamed(alike: index, 0) {
        absorb(index)
      } else if let other = further(alike: index) {
        absorb(index, by: other)
      } else {
        extras += 1
      }
    }
    return extras
  }

  /// The group whose person the record is about, when none is named outside of groups; nil for none.
  ///
  /// Who is billed has ordered; of a company's representative and its contact, the one who comes last
  /// is the one to write to; else what is nobody's by its header is the first one's. Where the row names
  /// its person by an id, a recipient or a guardian is another.
  private func ownGroup() -> Int? {
    var (named, first, last) = (0, -1, -1)
    let representative = Int(FieldGroup.representative.rawValue)
    for index in 1..<FieldGroup.count where touched >> index & 1 == 1 && drafts[index].hasName {
      named += 1
      if first < 0 { first = index }
      if index == representative || index > Int(FieldGroup.employer.rawValue) { last = index }
    }
    let billing = Int(FieldGroup.billing.rawValue)
    if drafts[billing].hasName { return billing }
    if named == 0 || drafts[0].hasPersonID { return nil }
    return named > 1 && drafts[representative].hasName ? last : first
  }

  /// Gives all that a group's draft holds to that of another; it stands for nobody then.
  private mutating func absorb(_ index: Int, by other: Int = 0) {
    var own = IdentityDraft()
    swap(&own, &drafts[index])
    drafts[other].absorb(own)
    own.removeAll()
    swap(&own, &drafts[index])
    touched |= 1 << other
  }

  /// A group before this one with the same person's name.
  private func further(alike index: Int) -> Int? {
    for other in 1..<index where touched >> other & 1 == 1 && isNamed(alike: index, other) {
      return other
    }
    return nil
  }

  /// The draft at `index` bears the name of the person of another.
  private func isNamed(alike index: Int, _ other: Int) -> Bool {
    for number in 0..<drafts[index].count {
      let kind = drafts[index].kinds[number]
      guard
        kind == AttributeKind(.personName).rawValue
          || kind == AttributeKind(.personNameKana).rawValue
      else { continue }
      let digest = drafts[index].digests[number]
      for place in 0..<drafts[other].count
      where drafts[other].kinds[place] == kind && drafts[other].digests[place] == digest {
        return true
      }
    }
    return false
  }
}
