/// What damages may cost by a model, as a range with its factors; amounts in whole yen.
package struct DamageEstimate: Sendable, Hashable {
  package var title: LocalizedText
  package var source: LocalizedText
  /// Value of the plainest item of a person, in yen.
  package var base: Int
  /// Persons by what the model makes of their items, the dearest first.
  package var parts: [Part]
  /// Both ends where nobody stated what decides it.
  package var responsibility: ClosedRange<Int>
  package var response: ClosedRange<Int>

  package init(
    title: LocalizedText,
    source: LocalizedText,
    base: Int,
    parts: [Part],
    responsibility: ClosedRange<Int>,
    response: ClosedRange<Int>
  ) {
    self.title = title
    self.source = source
    self.base = base
    self.parts = parts
    self.responsibility = responsibility
    self.response = response
  }

  /// Persons whose items weigh the same.
  package struct Part: Sendable, Hashable {
    /// Levels 1 to 3.
    package var mental: Int
    package var economic: Int
    /// 1, 3 or 6.
    package var identifiability: Int
    /// A level that decided was set by us, not by the model's authors.
    package var isOurs: Bool
    package var persons: PersonCount

    package init(
      mental: Int,
      economic: Int,
      identifiability: Int,
      isOurs: Bool,
      persons: PersonCount
    ) {
      self.mental = mental
      self.economic = economic
      self.identifiability = identifiability
      self.isOurs = isOurs
      self.persons = persons
    }

    /// `10^(mental − 1) + 5^(economic − 1)`.
    package var sensitivity: Int {
      [1, 10, 100][max(0, min(2, mental - 1))] + [1, 5, 25][max(0, min(2, economic - 1))]
    }
  }

  /// Of one person, before the factors of the organisation.
  package func value(_ part: Part) -> Int { base * part.sensitivity * part.identifiability }

  /// The fewest persons with the smallest factors.
  package var low: Int {
    parts.reduce(0) { $0 + value($1) * $1.persons.low } * responsibility.lowerBound
      * response.lowerBound
  }

  /// The most persons with the largest factors.
  package var high: Int {
    parts.reduce(0) { $0 + value($1) * $1.persons.high } * responsibility.upperBound
      * response.upperBound
  }
}
