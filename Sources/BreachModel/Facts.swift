/// What criteria may see of a scan: counts and ranges, never values.
package struct ScanFacts: Sendable, Hashable {
  package var persons: PersonCount
  package var profiles: [PersonProfile]
  /// All findings by type, with persons or without, sample data left out.
  package var findings: [DataType: FindingFact]
  package var byClass: [String: PersonCount]
  package var byResidence: [String: PersonCount]
  /// Who of those whose home is unknown may live abroad, by ISO 3166 code or `unknown`.
  package var residenceHints: [String: PersonCount]
  /// Official numbers by subtype (`us_ssn`).
  package var subtypes: [String: FindingFact]
  /// What could hold delicate data and was not understood.
  package var unexplained: Unexplained
  package var files: Int
  package var unread: PersonsResult.Unread
  /// Gaps, whatever their size.
  package var gaps: Int

  package init(
    persons: PersonCount,
    profiles: [PersonProfile],
    findings: [DataType: FindingFact],
    byClass: [String: PersonCount],
    byResidence: [String: PersonCount],
    residenceHints: [String: PersonCount] = [:],
    subtypes: [String: FindingFact] = [:],
    unexplained: Unexplained = Unexplained(),
    files: Int,
    unread: PersonsResult.Unread,
    gaps: Int
  ) {
    self.persons = persons
    self.profiles = profiles
    self.findings = findings
    self.byClass = byClass
    self.byResidence = byResidence
    self.residenceHints = residenceHints
    self.subtypes = subtypes
    self.unexplained = unexplained
    self.files = files
    self.unread = unread
    self.gaps = gaps
  }

  /// The facts of a result, read back from JSON or fresh from a scan.
  package init(_ result: ScanResult) {
    var findings: [DataType: FindingFact] = [:]
    for (type, found) in result.findings {
      findings[type] = FindingFact(
        certain: found.certain,
        likely: found.likely,
        possible: found.possible,
        sample: found.sample
      )
    }
    self.init(
      persons: result.persons?.count ?? .zero,
      profiles: result.persons?.profiles ?? [],
      findings: findings,
      byClass: result.persons?.byClass ?? [:],
      byResidence: result.persons?.byResidence ?? [:],
      residenceHints: result.persons?.residenceHints ?? [:],
      subtypes: result.findings[.nationalID]?.subtypes ?? [:],
      unexplained: Unexplained(result),
      files: result.coverage.files,
      unread: result.persons?.unread ?? .init(bytes: 0, couldAdd: 0, basis: ""),
      gaps: result.coverage.gaps.count
    )
  }

  /// Persons who have at least one type of each group, at `likely` (or `certain`) evidence.
  ///
  /// `[[a, b], [c]]` reads (a or b) and c, in one person.
  package func persons(having groups: [TypeSet], certain: Bool) -> PersonCount {
    var count = PersonCount.zero
    for profile in profiles {
      let types = certain ? profile.certain : profile.types
      if groups.allSatisfy({ !types.isDisjoint(with: $0) }) { count = count + profile.count }
    }
    return count.ordered
  }
}

/// How many findings of one type there are, by level; samples are part of the levels.
package struct FindingFact: Sendable, Hashable {
  package var certain: Int
  package var likely: Int
  package var possible: Int
  package var sample: Int

  package init(certain: Int, likely: Int, possible: Int, sample: Int) {
    self.certain = certain
    self.likely = likely
    self.possible = possible
    self.sample = sample
  }
}
