internal import BreachModel

/// What free text gives a person.
extension Cells {
  /// Adds a held value to the draft of its group.
  mutating func addToDraft(_ held: HeldHit) {
    touched |= 1 << held.group
    guard held.confidence.level >= .likely else {
      // Counted, and nobody's.
      drafts[held.group].add(.mention(held.type), held.digest)
      return
    }
    drafts[held.group].take(held.type, held.digest, held.verdict, held.confidence)
    if let names = held.names {
      drafts[held.group].add(.familyName, names.family)
      drafts[held.group].add(.givenName, names.given)
    }
  }

  /// Packs a value that stands for itself.
  mutating func addAlone(_ held: HeldHit, row: UInt64) {
    var own = IdentityDraft()
    swap(&own, &drafts[held.group])
    addToDraft(held)
    swap(&own, &drafts[held.group])
    packer.append(own, row: row, flags: .freeText, personClass: 0)
  }

  /// Packs what the values of a group say of whom.
  mutating func closeText(row: UInt64) {
    let extras = foldGroups()
    packer.append(drafts[0], row: row, flags: .freeText, personClass: 0)
    guard extras > 0 else { return }
    let further = IdentityFlags(
      rawValue: IdentityFlags.freeText.rawValue | IdentityFlags.extra.rawValue
    )
    for index in 1..<FieldGroup.count where drafts[index].hasName {
      packer.append(drafts[index], row: row, flags: further, personClass: 0)
    }
  }
}
