internal import BreachModel

/// The estimate of damages as reports for people show it.
extension ResultView {
  /// `12,000–340,000 yen`, the end of the model's sum.
  func range(_ damage: DamageEstimate) -> String {
    say(Messages.yen(group(damage.low), group(damage.high)))
  }

  /// The headings of the table of factors.
  var damageColumns: [LocalizedText] {
    [
      Messages.damageLevels, Messages.damageIdentifiability, Messages.damageEach,
      Messages.personsColumn, Messages.range,
    ]
  }

  /// A row for each group of persons, in the order of the columns.
  func damageRows(_ damage: DamageEstimate) -> [[String]] {
    damage.parts.map { part in
      [
        say(Messages.levels(part.mental, part.economic)) + (part.isOurs ? " *" : ""),
        "\(part.identifiability)", say(Messages.yen(group(damage.value(part)))),
        group(part.persons.likely), range(part.persons),
      ]
    }
  }

  /// What else the sum hangs on, and what it is worth.
  func damageNotes(_ damage: DamageEstimate) -> [String] {
    let factors = Messages.damageFactors(
      base: damage.base,
      responsibility: damage.responsibility,
      response: damage.response
    )
    let ours = damage.parts.contains(where: \.isOurs) ? [say(Messages.damageOurs)] : []
    return [say(factors)] + ours + [say(Messages.damageIsAModel), say(damage.source)]
  }
}
