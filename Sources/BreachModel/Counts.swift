/// A number of persons as a range; the truth is claimed to lie in `low…high`.
///
/// `high` merges records on primary evidence only, `likely` on primary and secondary, `low` on all
/// three strengths.
package struct PersonCount: Sendable, Hashable {
  package var low: Int
  package var likely: Int
  package var high: Int

  package init(low: Int, likely: Int, high: Int) {
    self.low = low
    self.likely = likely
    self.high = high
  }

  /// The same number for all three.
  package init(_ exact: Int) { self.init(low: exact, likely: exact, high: exact) }

  package static let zero = PersonCount(0)

  package static func + (left: Self, right: Self) -> Self {
    PersonCount(
      low: left.low + right.low,
      likely: left.likely + right.likely,
      high: left.high + right.high
    )
  }

  /// `low ≤ likely ≤ high` restored after three independent counts.
  ///
  /// Merging more can raise the number of clusters that hold a combination of types (two rows that
  /// each hold half of it), so the three counts of a combination need not be ordered by themselves.
  package var ordered: Self {
    let sorted = [low, likely, high].sorted()
    return PersonCount(low: sorted[0], likely: likely, high: sorted[2])
  }
}

/// The persons who have exactly this set of types, and the subset seen with certainty.
///
/// Every combination that a criterion asks for is a sum over profiles.
package struct PersonProfile: Sendable, Hashable {
  /// Types seen at `likely` or above.
  package var types: TypeSet
  /// Types seen at `certain`.
  package var certain: TypeSet
  package var count: PersonCount

  package init(types: TypeSet, certain: TypeSet, count: PersonCount) {
    self.types = types
    self.certain = certain
    self.count = count
  }
}

/// The steps from rows to persons, each with what it took away or added.
///
/// `persons = entities − organisations − sample + extraInRows`, at the `likely` strength.
package struct Funnel: Sendable, Hashable {
  package var rows = 0
  package var afterExactDuplicates = 0
  package var entities = 0
  package var organisations = 0
  package var sample = 0
  package var extraInRows = 0
  package var persons = 0

  package init() {}
}
