internal import BreachBytes
package import BreachModel

/// A column of keys, the folder or container of its leaf, and the number of its table there, from 1.
package struct KeyColumnPlace: Sendable {
  package var folder: String
  package var table: Int
  package var column: KeyColumn

  package init(folder: String, table: Int, column: KeyColumn) {
    (self.folder, self.table, self.column) = (folder, table, column)
  }
}

/// Columns of several tables that hold keys of the same rows: `id` of users.csv, `user_id` of orders.csv.
///
/// No schema says so. They are joined when they lie in one folder, their words name persons of one kind,
/// the keys of the one's rows are different, half or more of those that the other holds are among them, and
/// the names, or else the contacts, that both know beside a key mostly agree. Where several tables could be
/// meant, none is.
struct KeySpaces {
  /// A key of a shape's records.
  struct Key {
    /// Of its digest.
    var position: Int
    var mask: UInt64
  }

  /// A column of keys of a shape's records.
  private struct Place {
    var position: Int
    var space: Int
    var isOwn: Bool
    /// It links records though nothing bears it out.
    var linksAlone: Bool
  }

  private struct Space {
    var value: UInt64
    var stem: String
    var group: Int
    var leadsToOwned = false
    /// The columns of the table whose keys they are; nil without one.
    var layout: UInt32?
    var records = 0
    /// Records whose key comes again.
    var repeats = 0
    /// The same of the records of the table whose keys they are.
    var ownRecords = 0
    var ownRepeats = 0

    /// Lists and dumps repeat a row now and then.
    var hasOwnRows: Bool { ownRecords > 0 && ownRepeats * 100 <= ownRecords }
  }

  private struct Pair: Hashable {
    var child: Int
    var parent: Int
  }

  /// Keys of the child that are the parent's, and how many names and contacts beside them are the same.
  private struct Tally {
    var shared = 0
    var names = Comparison()
    var mailboxes = Comparison()
    var phones = Comparison()

    mutating func add(_ other: Tally) {
      shared += other.shared
      names.add(other.names)
      mailboxes.add(other.mailboxes)
      phones.add(other.phones)
    }

    /// What tells whether the keys are of the same rows: names, without them mailboxes, and else phones.
    var evidence: Comparison {
      [names, mailboxes].first { $0.compared > 0 } ?? phones
    }
  }

  private struct Comparison {
    var compared = 0
    var agreed = 0

    mutating func add(_ other: Comparison) {
      compared += other.compared
      agreed += other.agreed
    }

    mutating func compare(_ one: UInt64, _ other: UInt64) {
      if one == 0 || other == 0 { return }
      compared += 1
      if one == other { agreed += 1 }
    }

    /// Names change, are misspelled, and are those of recipients.
    var agrees: Bool { agreed * 2 >= compared }
    /// What both have is the same nearly everywhere.
    var isCopy: Bool { compared > 0 && agreed * 10 >= compared * 9 }
  }

  /// What a record says of whom its key is; 0 for what it does not say.
  private struct Witness: BitwiseCopyable {
    var name: UInt64 = 0
    var mailbox: UInt64 = 0
    var phone: UInt64 = 0

    mutating func adopt(_ other: Witness) {
      if name == 0 { name = other.name }
      if mailbox == 0 { mailbox = other.mailbox }
      if phone == 0 { phone = other.phone }
    }
  }

  /// Groups of columns to be compared, those of one round of different records or by different columns.
  private(set) var rounds: [Set<Int>] = []
  /// By shape.
  private let places: [[Place]]
  private var spaces: [Space] = []
  private var tallies: [Pair: Tally] = [:]
  /// By space: another one that is joined with it, the first itself.
  private var ends: [Int] = []
  /// By the first space of those that are joined: how many they are.
  private var sizes: [Int] = []
  /// By shape: which of its places is looked at in this round, or -1.
  private var chosen: [Int] = []
  /// By record: digests of the full name and of the first mailbox and phone.
  private var witnesses: Column<Witness>?

  /// More tables than this that share a key are not compared.
  private static let mostTables = 64

  init(_ table: RecordTable, _ columns: [KeyColumnPlace]) {
    struct Named: Hashable {
      var folder: String
      var subject: String
    }
    struct Standing: Hashable {
      var space: UInt64
      var table: UInt32
    }
    var known: [UInt64: KeyColumnPlace] = [:]
    var own: Set<Standing> = []
    for entry in columns {
      if known[entry.column.space] == nil { known[entry.column.space] = entry }
      guard entry.column.isOwn else { continue }
      own.insert(
        Standing(space: entry.column.space, table: UInt32(truncatingIfNeeded: entry.table) & 0xFFFF)
      )
    }
    var groups: [Named: Int] = [:]
    var numbers: [UInt64: Int] = [:]
    var spaces: [Space] = []
    func number(_ space: UInt64) -> Int {
      if let number = numbers[space] { return number }
      var group = -1
      if let entry = known[space] {
        let named = Named(folder: entry.folder, subject: entry.column.subject)
        group = groups[named] ?? groups.count
        groups[named] = group
      }
      numbers[space] = spaces.count
      let column = known[space]?.column
      spaces.append(
        Space(
          value: space,
          stem: column?.stem ?? "",
          group: group,
          leadsToOwned: column?.leadsToOwned ?? false
        )
      )
      return spaces.count - 1
    }
    let memberID = AttributeKind(.memberID)
    places = zip(table.shapes, table.facts).map { shape, facts in
      guard facts.isLinked else { return [] }
      var places: [Place] = []
      var key = 0
      for (position, kind) in shape.kinds.enumerated() where kind == .rowKey {
        let space = key < shape.keySpaces.count ? shape.keySpaces[key] : 0
        key += 1
        places.append(
          Place(
            position: position,
            space: number(space),
            isOwn: own.contains(Standing(space: space, table: facts.table)),
            linksAlone: !(known[space]?.column.isGuess ?? false)
          )
        )
      }
      if shape.idSpace != 0, known[shape.idSpace] != nil,
        let position = shape.kinds.firstIndex(of: memberID)
      {
        places.append(
          Place(
            position: position,
            space: number(shape.idSpace),
            isOwn: own.contains(Standing(space: shape.idSpace, table: facts.table)),
            linksAlone: false
          )
        )
      }
      return places
    }
    self.spaces = spaces
    ends = Array(spaces.indices)
    sizes = spaces.map { _ in 1 }
    countRecords(table)
    rounds = plan()
  }

  private mutating func countRecords(_ table: RecordTable) {
    for (shape, places) in places.enumerated() {
      for place in places {
        spaces[place.space].records += table.uses[shape]
        guard place.isOwn else { continue }
        spaces[place.space].ownRecords += table.uses[shape]
        spaces[place.space].layout = table.facts[shape].layout
      }
    }
  }

  /// Groups with something to compare; a shape has at most one place in each round.
  private func plan() -> [Set<Int>] {
    let known = spaces.indices.filter { spaces[$0].group >= 0 }
    let groups = Dictionary(grouping: known) { spaces[$0].group }
    let open = Set(
      groups.filter { $1.count > 1 && $1.contains { spaces[$0].ownRecords > 0 } }.keys
    )
    // Two groups of one shape rule each other out of a round.
    var rivals: [Int: Set<Int>] = [:]
    for places in places where places.count > 1 {
      let own = Set(places.map { spaces[$0.space].group }).intersection(open)
      for group in own where own.count > 1 { rivals[group, default: []].formUnion(own) }
    }
    var rounds: [Set<Int>] = []
    for group in open.sorted() {
      let against = rivals[group] ?? []
      if let round = rounds.firstIndex(where: { $0.isDisjoint(with: against) }) {
        rounds[round].insert(group)
      } else {
        rounds.append([group])
      }
    }
    return rounds
  }

  /// Begins a round; returns how many keys it has.
  mutating func begin(_ round: Int, _ table: RecordTable) -> Int {
    let groups = rounds[round]
    chosen = places.map { places in
      places.firstIndex { groups.contains(spaces[$0.space].group) } ?? -1
    }
    return chosen.indices.reduce(0) { chosen[$1] < 0 ? $0 : $0 + table.uses[$1] }
  }

  /// Some of the records have a key of this round.
  func reads(_ records: Range<Int>, _ table: RecordTable) -> Bool {
    records.contains { chosen[Int(table.shapeOf[$0])] >= 0 }
  }

  /// Adds the keys of a chunk's records to `keys`, and keeps their names and contacts.
  mutating func load(
    _ words: [UInt64],
    _ records: Range<Int>,
    _ table: RecordTable,
    _ keys: inout SharedKeys,
    _ room: ColumnRoom
  ) {
    let witnesses = witnesses ?? room.column(table.count)
    self.witnesses = witnesses
    let named = table.facts.map(\.name)
    func first(_ kinds: [AttributeKind]) -> [Int] {
      table.shapes.map { $0.kinds.firstIndex(where: kinds.contains) ?? -1 }
    }
    let mailed = first([AttributeKind(.emailAddress)])
    let called = first([AttributeKind(.phoneNumber), .mobilePhone])
    for record in records {
      let shape = Int(table.shapeOf[record])
      guard chosen[shape] >= 0 else { continue }
      let place = places[shape][chosen[shape]]
      let start = Int(table.offsets[record]) + 2
      witnesses[record] = Witness(
        name: named[shape] < 0 ? 0 : words[start + named[shape]],
        mailbox: mailed[shape] < 0 ? 0 : words[start + mailed[shape]],
        phone: called[shape] < 0 ? 0 : words[start + called[shape]]
      )
      let space = spaces[place.space]
      // Keys of different groups are different.
      let group = UInt64(space.group + 1) &* 0x9E37_79B9_7F4A_7C15
      keys.append((words[start + place.position] ^ space.value) &+ group, UInt32(record))
    }
  }

  /// Compares the records of one key.
  mutating func compare(_ group: [UInt32], _ table: RecordTable) {
    var seen: [(space: Int, witness: Witness, own: Witness, ownLeaf: Int)] = []
    for record in group {
      let shape = Int(table.shapeOf[Int(record)])
      let place = places[shape][chosen[shape]]
      let witness = witnesses?[Int(record)] ?? Witness()
      let leaf = place.isOwn ? table.leaf(of: Int(record)) : -1
      guard let at = seen.firstIndex(where: { $0.space == place.space }) else {
        if seen.count < Self.mostTables {
          seen.append((place.space, witness, place.isOwn ? witness : Witness(), leaf))
        }
        continue
      }
      spaces[place.space].repeats += 1
      seen[at].witness.adopt(witness)
      guard place.isOwn else { continue }
      // The same table read twice has each row twice.
      if seen[at].ownLeaf == leaf { spaces[place.space].ownRepeats += 1 }
      if seen[at].ownLeaf < 0 { seen[at].ownLeaf = leaf }
      seen[at].own.adopt(witness)
    }
    for parent in seen where parent.ownLeaf >= 0 {
      for child in seen where child.space != parent.space {
        let pair = Pair(child: child.space, parent: parent.space)
        var tally = tallies[pair] ?? Tally()
        tally.shared += 1
        tally.names.compare(child.witness.name, parent.own.name)
        tally.mailboxes.compare(child.witness.mailbox, parent.own.mailbox)
        tally.phones.compare(child.witness.phone, parent.own.phone)
        tallies[pair] = tally
      }
    }
  }

  /// Decides which columns hold keys of the same rows.
  mutating func settle(_ table: RecordTable) {
    witnesses = nil
    let parts = parts()
    var sums: [Pair: (tally: Tally, parts: [Int])] = [:]
    for (pair, tally) in tallies where parts[pair.child] != parts[pair.parent] {
      let whole = Pair(child: pair.child, parent: parts[pair.parent])
      sums[whole, default: (Tally(), [])].tally.add(tally)
      sums[whole]?.parts.append(pair.parent)
    }
    for (pair, sum) in sums where sum.parts.count > 1 {
      // Keys of several parts were counted in each.
      for (index, part) in sum.parts.enumerated() {
        for other in sum.parts[..<index] {
          let both = tallies[Pair(child: part, parent: other)]?.shared ?? 0
          sums[pair]?.tally.shared -= both
        }
      }
    }
    var parents: [Int: [Int]] = [:]
    for (pair, sum) in sums where isFitting(pair, sum.tally) {
      parents[pair.child, default: []].append(pair.parent)
    }
    func join(_ child: Int, to parent: Int) {
      for part in (sums[Pair(child: child, parent: parent)]?.parts ?? []).sorted() {
        self.join(child, part)
      }
    }
    // Parts that have rows in common have each of them once.
    for (pair, _) in tallies where parts[pair.child] == parts[pair.parent] {
      self.join(pair.child, pair.parent)
    }
    // Tables that both have rows of their own are one by what both say of them.
    for child in parents.keys.sorted() where spaces[child].hasOwnRows {
      for parent in (parents[child] ?? []).sorted()
      where sums[Pair(child: child, parent: parent)]?.tally.evidence.compared ?? 0 > 0 {
        join(child, to: parent)
      }
    }
    for child in parents.keys.sorted() {
      let open = parents[child] ?? []
      let alike = open.filter { spaces[$0].stem == spaces[child].stem }
      let meant = Dictionary(grouping: alike.isEmpty ? open : alike, by: end)
      if meant.count == 1, let parent = meant.values.first?.min() { join(child, to: parent) }
    }
  }

  /// By space: the first of those whose tables are parts of one, users_1.csv and users_2.csv: tables of one name
  /// and the same columns that have no key in common, or the same rows for those they have.
  private func parts() -> [Int] {
    var parts = Array(spaces.indices)
    var wholes: [[Int]] = []
    for space in spaces.indices where spaces[space].hasOwnRows && spaces[space].group >= 0 {
      let whole = wholes.firstIndex { whole in
        whole.allSatisfy { other in
          spaces[other].group == spaces[space].group && spaces[other].stem == spaces[space].stem
            && spaces[other].layout == spaces[space].layout
            && tallies[Pair(child: space, parent: other)]?.evidence.isCopy ?? true
        }
      }
      if let whole {
        wholes[whole].append(space)
        parts[space] = wholes[whole][0]
      } else {
        wholes.append([space])
      }
    }
    return parts
  }

  private func isFitting(_ pair: Pair, _ tally: Tally) -> Bool {
    let (child, parent) = (spaces[pair.child], spaces[pair.parent])
    // An address of many is that of a company or a household.
    if child.leadsToOwned && child.repeats * 20 > child.records { return false }
    // Users are deleted and their orders kept, and of a table in parts some may be missing.
    guard parent.hasOwnRows, tally.evidence.agrees,
      tally.shared * 2 >= child.records - child.repeats
    else { return false }
    // Two with the same columns, of which nothing can be compared, may be those of two shops.
    if child.hasOwnRows, child.layout == parent.layout, tally.evidence.compared == 0 {
      return false
    }
    // Customers and members each number from 1.
    return child.stem == parent.stem || !child.hasOwnRows || tally.names.compared > 0
  }

  private func end(_ space: Int) -> Int {
    var at = space
    while ends[at] != at { at = ends[at] }
    return at
  }

  private mutating func join(_ one: Int, _ other: Int) {
    let (first, second) = (end(one), end(other))
    guard first != second else { return }
    ends[max(first, second)] = min(first, second)
    sizes[min(first, second)] += sizes[max(first, second)]
  }

  /// The keys by which records of a shape may be linked.
  func keys(_ shape: Int) -> [Key] {
    places[shape].compactMap { place in
      let end = end(place.space)
      guard place.linksAlone || sizes[end] > 1 else { return nil }
      return Key(position: place.position, mask: spaces[place.space].value ^ spaces[end].value)
    }
  }
}
