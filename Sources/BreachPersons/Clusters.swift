internal import BreachBytes
internal import BreachModel

/// Records joined to entities: a forest whose roots carry what must not conflict.
struct Clusters {
  private let parents: Column<UInt32>
  private let marks: Column<Marks>
  /// By record: belongs to an entity of several.
  let isJoined: Column<Bool>
  /// A bit for each record that shared with another what a rule asks for, and conflicted with it.
  private(set) var disputed: [UInt64]
  /// Roots of the group that is being joined; kept for its memory.
  private var roots: [UInt32] = []
  /// The record of the group that brought each of them.
  private var brought: [UInt32] = []
  /// Pairs of records that somebody decided to be two persons.
  private var decidedApart: [LinkDecision] = []
  /// Told of each join and each conflict; nil when nobody asks.
  var log: LinkLog?

  /// Entities told apart inside one group; what comes behind them joins one of these or none.
  private static let mostRoots = 64

  /// Birth date, given name, given name in kana, official number: shortened digests; 0 = unknown.
  ///
  /// Names in Latin letters do not tell which word is which: of two, one has all words of the other.
  ///
  /// The lowest four bits of the official number tell which kind of number it is.
  struct Marks: BitwiseCopyable {
    var birth: UInt32 = 0
    /// The lowest twelve bits are those of its letters.
    var given: UInt32 = 0
    var givenKana: UInt32 = 0
    /// The full name but in kana: where it is one, it matters little how it was cut in two.
    var name: UInt32 = 0
    var official: UInt32 = 0
    /// The words of a name in Latin letters, two bits each.
    var latin: UInt32 = 0
    /// As in `ShapeFacts`: what two entities may both know and differ in.
    var known: UInt32 = 0

    init() {}

    /// Marks of the record whose digests begin at `start`.
    @inline(__always)
    init(_ words: Span<UInt64>, _ start: Int, _ facts: ShapeFacts) {
      func short(_ position: Int) -> UInt32 {
        position < 0 ? 0 : UInt32(truncatingIfNeeded: words[start + position] >> 32) | 1
      }
      birth = short(facts.birth)
      if facts.given >= 0 {
        let digest = words[start + facts.given]
        let letters = UInt32(digest & AttributeKind.letterBits)
        given = UInt32(truncatingIfNeeded: digest >> 44) << 12 | letters
        if given == 0 { given = 1 << 31 }
      }
      givenKana = short(facts.givenKana)
      name = short(facts.name)
      known = facts.known
      if facts.latinWords >= 0 {
        latin = UInt32(truncatingIfNeeded: words[start + facts.latinWords])
      }
      // Only numbers of one kind can differ: the kind takes the place of the lowest bits.
      official = short(facts.official) & ~0xF | facts.officialKind
    }

    /// Another birth date, official number or given name, as far as the rule minds.
    func conflicts(with other: Marks, _ rule: LinkRule) -> Bool {
      if let most = rule.mostDiffering, rule.comparable(known & other.known) > most { return true }
      return switch rule.despite {
      case .all: false
      case .names: differsInFacts(other)
      case .slips: differsInFacts(other) || differsInName(other) && !isSlip(other)
      case .nothing: conflicts(with: other)
      }
    }

    /// Another birth date, another official number, or another given name.
    func conflicts(with other: Marks) -> Bool { differsInFacts(other) || differsInName(other) }

    private func differsInFacts(_ other: Marks) -> Bool {
      Self.differ(birth, other.birth)
        || (official & 0xF == other.official & 0xF && Self.differ(official, other.official))
    }

    /// Two given names in kanji that begin or end alike, and nothing else in the way.
    private func isSlip(_ other: Marks) -> Bool {
      let differing = given ^ other.given
      return Self.differ(given, other.given) && !Self.differ(givenKana, other.givenKana)
        && (differing & 0xFC0 == 0 || differing & 0x3F == 0)
        && (latin & other.latin == latin || latin & other.latin == other.latin)
    }

    /// Readings are compared only where the kanji do not already agree.
    private func differsInName(_ other: Marks) -> Bool {
      // 西野萌 is 西野 and 萌, or 西 and 野萌.
      if name != 0 && name == other.name { return false }
      return Self.differ(given, other.given)
        || (latin & other.latin != latin && latin & other.latin != other.latin)
        || (Self.differ(givenKana, other.givenKana) && (given == 0 || given != other.given))
    }

    private static func differ(_ left: UInt32, _ right: UInt32) -> Bool {
      left != 0 && right != 0 && left != right
    }

    mutating func adopt(_ other: Marks) {
      if birth == 0 { birth = other.birth }
      if given == 0 { given = other.given }
      if givenKana == 0 { givenKana = other.givenKana }
      if name == 0 { name = other.name }
      if official == 0 { official = other.official }
      latin |= other.latin
      known |= other.known
    }
  }

  /// `count` records, each an entity by itself.
  init(_ marks: Column<Marks>, _ count: Int, _ room: ColumnRoom) {
    self.marks = marks
    parents = room.column(count)
    isJoined = room.column(count)
    disputed = Array(repeating: 0, count: (count + 63) / 64)
    for record in 0..<count { parents[record] = UInt32(truncatingIfNeeded: record) }
  }

  /// The earliest record of the entity.
  mutating func root(of record: UInt32) -> UInt32 {
    var at = record
    while parents[Int(at)] != at {
      parents[Int(at)] = parents[Int(parents[Int(at)])]
      at = parents[Int(at)]
    }
    return at
  }

  /// Something that both entities know forbids that they are one.
  private mutating func conflict(_ left: UInt32, _ right: UInt32) -> Bool {
    let (first, second) = (root(of: left), root(of: right))
    return first != second
      && (marks[Int(first)].conflicts(with: marks[Int(second)]) || isDecidedApart(first, second))
  }

  /// Somebody decided that these entities are two.
  private mutating func isDecidedApart(_ first: UInt32, _ second: UInt32) -> Bool {
    for pair in decidedApart {
      let (one, other) = (root(of: pair.first), root(of: pair.second))
      if one == first && other == second || one == second && other == first { return true }
    }
    return false
  }

  /// Joins what was decided to be one person, and keeps in mind what is two.
  mutating func decide(_ decisions: [LinkDecision]) {
    decidedApart = decisions.filter { !$0.isSame }
    for decision in decisions where decision.isSame {
      join(decision.first, decision.second)
      log?.join(decision.first, decision.second, "decision")
    }
  }

  /// Joins two records' entities; the earlier root stays, so numbering follows the source.
  private mutating func join(_ left: UInt32, _ right: UInt32) {
    let (first, second) = (root(of: left), root(of: right))
    guard first != second else { return }
    let (low, high) = first < second ? (first, second) : (second, first)
    parents[Int(high)] = low
    isJoined[Int(high)] = true
    isJoined[Int(low)] = true
    let adopted = marks[Int(high)]
    marks[Int(low)].adopt(adopted)
  }

  /// Joins the records of one group as far as nothing forbids it, unless more entities share what
  /// the rule asks for than one person can have become.
  mutating func joinGroup(_ records: [UInt32], _ rule: LinkRule) {
    if let largest = rule.largestGroup, hasMore(records, than: largest) { return }
    roots.removeAll(keepingCapacity: true)
    brought.removeAll(keepingCapacity: true)
    for record in records {
      let own = root(of: record)
      if roots.contains(own) { continue }
      var joined = false
      for position in roots.indices {
        let other = roots[position]
        if !marks[Int(own)].conflicts(with: marks[Int(other)], rule)
          && (decidedApart.isEmpty || !isDecidedApart(own, other))
        {
          join(own, other)
          log?.join(brought[position], record, rule.id, rule.strength)
          roots[position] = min(own, other)
          joined = true
          break
        }
      }
      if joined { continue }
      if let log { for other in brought { log.keepApart(other, record, rule) } }
      if roots.count < Self.mostRoots {
        roots.append(own)
        brought.append(record)
      }
    }
    guard roots.count > 1 else { return }
    for record in records { disputed[Int(record >> 6)] |= 1 << UInt64(record & 63) }
  }

  /// Joins those of a group's entities that stand in no list together, as far as nothing else forbids it.
  mutating func joinAcross(
    _ records: [UInt32],
    _ rule: LinkRule,
    _ list: (UInt32) -> UInt32
  ) {
    // Namesakes of one list stay what they are; unless somebody asks why, there is nothing to do.
    let first = list(records[0])
    if log == nil, records.allSatisfy({ list($0) == first }) { return }
    var entities: [(root: UInt32, lists: Set<UInt32>)] = []
    for record in records {
      let own = root(of: record)
      if let known = entities.firstIndex(where: { $0.root == own }) {
        entities[known].lists.insert(list(record))
      } else if entities.count < rule.largestGroup ?? Self.mostRoots {
        entities.append((own, [list(record)]))
      } else {
        return
      }
    }
    var kept: [(root: UInt32, lists: Set<UInt32>)] = []
    for entity in entities {
      let fitting = kept.firstIndex {
        $0.lists.isDisjoint(with: entity.lists)
          && !marks[Int($0.root)].conflicts(with: marks[Int(entity.root)], rule)
          && (decidedApart.isEmpty || !isDecidedApart($0.root, entity.root))
      }
      guard let fitting else {
        if let log { for other in kept { log.keepApart(other.root, entity.root, rule) } }
        kept.append(entity)
        continue
      }
      join(kept[fitting].root, entity.root)
      log?.join(kept[fitting].root, entity.root, rule.id, rule.strength)
      kept[fitting].root = min(kept[fitting].root, entity.root)
      kept[fitting].lists.formUnion(entity.lists)
    }
  }

  private mutating func hasMore(_ records: [UInt32], than largest: Int) -> Bool {
    roots.removeAll(keepingCapacity: true)
    for record in records {
      let own = root(of: record)
      if roots.contains(own) { continue }
      if roots.count == largest { return true }
      roots.append(own)
    }
    return false
  }

  /// Rows that are equal to the letter are one entity.
  ///
  /// - Returns: how many rows, further persons in them not counted, were there before.
  mutating func joinEqualRows(
    _ rows: SharedKeys,
    _ buckets: inout DigestBuckets,
    _ table: RecordTable
  ) -> Int {
    var repeated = 0
    rows.forEachRepeat(&buckets) { earlier, later in
      if decidedApart.isEmpty || !isDecidedApart(root(of: earlier), root(of: later)) {
        join(earlier, later)
        log?.join(earlier, later, "equal_rows")
      }
      if !table.facts[Int(table.shapeOf[Int(later)])].isExtra { repeated += 1 }
    }
    return repeated
  }

  /// Joins those of a name's records that hold nothing else to a person of that name.
  mutating func joinNameOnly(
    _ records: [UInt32],
    _ table: RecordTable,
    _ settled: inout Set<UInt32>
  ) {
    var open: [UInt32] = []
    var known: [UInt32] = []
    for record in records {
      if !table.facts[Int(table.shapeOf[Int(record)])].isNameOnly {
        known.append(record)
      } else if !settled.contains(record) {
        open.append(record)
      }
    }
    guard let first = open.first else { return }
    for record in open {
      if let person = known.first(where: { !conflict($0, record) }) {
        join(person, record)
        log?.join(person, record, "name_only", .secondary)
        settled.insert(record)
      } else if known.isEmpty && !conflict(first, record) {
        join(first, record)
        log?.join(first, record, "name_only", .secondary)
      }
    }
  }
}
