internal import BreachBytes
internal import BreachModel

/// Sets of bits joined and asked by their raw values.
///
/// The operations of `SetAlgebra` are generic calls across modules, and an array literal of flags
/// allocates: measured here, that was half of a row's time.
extension Evidence {
  /// No evidence at all.
  static var nothing: Evidence { Evidence(rawValue: 0) }

  static func | (left: Evidence, right: Evidence) -> Evidence {
    Evidence(rawValue: left.rawValue | right.rawValue)
  }

  /// True when all of `other` is there.
  func has(_ other: Evidence) -> Bool { rawValue & other.rawValue == other.rawValue }

  /// This evidence, if `condition` holds.
  func when(_ condition: Bool) -> Evidence { condition ? self : .nothing }
}

/// The flags of the lexicon that names are asked for.
struct NameFlags: Sendable {
  /// Family names in kanji of either tier, or in kana.
  let family = LexiconFlags.surname.rawValue | LexiconFlags.surnameKana.rawValue
  let given = LexiconFlags.given.rawValue | LexiconFlags.givenKana.rawValue
  let familyKana = LexiconFlags.surnameKana.rawValue
  let givenKana = LexiconFlags.givenKana.rawValue
  let strictFamily = LexiconFlags.surnameA.rawValue
  let strictGiven = LexiconFlags.givenA.rawValue
  let topFamily = LexiconFlags.topSurname.rawValue
}

extension TypeSet {
  /// True when the two have a type in common.
  func shares(_ other: TypeSet) -> Bool { rawValue & other.rawValue != 0 }
}
