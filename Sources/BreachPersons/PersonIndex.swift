package import BreachBytes
internal import BreachModel

/// Which records are one entity at each strength, and which entities are persons; all by the record's
/// number in source order.
package struct PersonIndex {
  /// By record: the first record of its entity, as primary evidence joins them.
  package let high: Column<UInt32>
  /// The same as secondary evidence joins them, too: the entities that `likely` counts.
  package let likely: Column<UInt32>
  /// The same with tertiary evidence.
  package let low: Column<UInt32>
  /// By record: the next one of its entity at `likely`; 0 behind the last.
  package let next: Column<UInt32>
  /// A bit for each record that is the first of a person at `likely`.
  package let persons: Column<UInt64>
  package let count: Int

  init(_ count: Int, _ room: ColumnRoom) {
    self.count = count
    high = room.column(count, .inOrder)
    likely = room.column(count, .inOrder)
    low = room.column(count, .inOrder)
    next = room.column(count, .inOrder)
    persons = room.column((count + 63) / 64)
  }

  func note(_ strength: LinkStrength, _ clusters: inout Clusters, _ room: ColumnRoom) {
    let roots =
      switch strength {
      case .primary: high
      case .secondary: likely
      case .tertiary: low
      }
    for record in 0..<count {
      if record & 0xFFF == 0 { room.relax() }
      roots[record] = clusters.root(of: UInt32(truncatingIfNeeded: record))
    }
    guard strength == .secondary else { return }
    let last: Column<UInt32> = room.column(count)
    for record in 0..<count {
      if record & 0xFFF == 0 { room.relax() }
      let root = Int(roots[record])
      if root != record { next[Int(last[root])] = UInt32(truncatingIfNeeded: record) }
      last[root] = UInt32(truncatingIfNeeded: record)
    }
  }
}

/// Why records were joined or kept apart, when somebody asks.
package final class LinkLog {
  /// Two records that share what a rule asks for.
  package struct Entry: Sendable, Hashable {
    /// In source order.
    package var first: UInt32
    package var second: UInt32
    /// The rule's id; `equal_rows`, `contact_only`, `name_only` or `decision` where none was needed.
    package var rule: String
    /// Nil for what needs no rule.
    package var strength: LinkStrength?
  }

  /// In the order in which entities were joined.
  package private(set) var joined: [Entry] = []
  /// Kept apart by a conflict, though they share what the rule asks for.
  package private(set) var apart: [Entry] = []

  /// What is told; everything would be more than there are records.
  package enum Scope {
    /// What joins or keeps apart two of these records; remembered.
    case records(Set<UInt32>)
    /// What rules of a strength join, given away in portions of `most` or fewer; none is remembered.
    case joined(LinkStrength, most: Int, take: ([Entry]) -> Void)
  }

  private let scope: Scope

  /// A log that is told so much.
  package init(_ scope: Scope) { self.scope = scope }

  func join(_ one: UInt32, _ other: UInt32, _ rule: String, _ strength: LinkStrength? = nil) {
    let entry = Entry(
      first: min(one, other),
      second: max(one, other),
      rule: rule,
      strength: strength
    )
    switch scope {
    case .records(let records):
      if records.contains(one) && records.contains(other) { joined.append(entry) }
    case .joined(let wanted, let most, _):
      guard strength == wanted else { return }
      joined.append(entry)
      if joined.count >= most { flush() }
    }
  }

  /// Gives away what is left; to be called when all is linked.
  func flush() {
    guard case .joined(_, _, let take) = scope, !joined.isEmpty else { return }
    take(joined)
    joined.removeAll(keepingCapacity: true)
  }

  func keepApart(_ one: UInt32, _ other: UInt32, _ rule: LinkRule) {
    guard case .records(let records) = scope, records.contains(one), records.contains(other) else {
      return
    }
    apart.append(
      Entry(
        first: min(one, other),
        second: max(one, other),
        rule: rule.id,
        strength: rule.strength
      )
    )
  }
}

/// What people decided of two records, before any rule and against all of them.
package struct LinkDecision: Sendable, Hashable {
  package var first: UInt32
  package var second: UInt32
  /// One person; else two.
  package var isSame: Bool

  package init(first: UInt32, second: UInt32, isSame: Bool) {
    self.first = first
    self.second = second
    self.isSame = isSame
  }
}

extension Sequence<LinkDecision> {
  /// The first pair that is to be two persons while the others make it one; nil when they agree.
  package var contradiction: LinkDecision? {
    let groups = filter(\.isSame).groups
    return first {
      !$0.isSame && ($0.first == $0.second || groups[$0.first]?.contains($0.second) ?? false)
    }
  }

  /// By record: all that are one person with it when every decision joins.
  var groups: [UInt32: Set<UInt32>] {
    var groups: [UInt32: Set<UInt32>] = [:]
    for decision in self {
      let group = (groups[decision.first] ?? [decision.first])
        .union(groups[decision.second] ?? [decision.second])
      for record in group { groups[record] = group }
    }
    return groups
  }
}
