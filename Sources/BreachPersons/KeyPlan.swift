internal import BreachBytes
internal import BreachModel

/// Records in source order that a rule may link.
struct Candidates {
  private let records: Column<UInt32>?
  private(set) var count = 0

  init() { records = nil }
  init(_ room: ColumnRoom, most: Int) { records = room.column(most, .inOrder) }

  subscript(index: Int) -> UInt32 { records?[index] ?? 0 }

  mutating func append(_ record: UInt32) {
    records?[count] = record
    count += 1
  }
}

/// How the keys of one rule are made from the words of each shape's records.
struct KeyPlan {
  private struct Term {
    /// In words from the beginning of the record.
    var offset: Int
    /// Keeps the alternatives of one value apart.
    var addend: UInt64
    /// Makes ids of several tables comparable.
    var mask: UInt64 = 0
  }

  /// By shape: where its terms begin, none when a value is missing; one more at the end.
  private var starts = [0]
  private var terms: [Term] = []
  /// Terms of one key.
  private let values: Int
  private let filters: [Filter]
  /// What records without a name borrow; nil where nothing is lent for this rule.
  private let lent: LentNames?
  /// By shape: the place of the name in its keys is a borrowed one's; none where nothing is lent.
  private var borrows: [Bool] = []

  /// Which records may share one of the values.
  private struct Filter {
    /// Types of which one has to be shared.
    var types: [DataType]
    /// By shape: it has a form of the value that is nobody's type; it is not known who shares these.
    var isOpen: [Bool]
  }

  /// The keys of a rule; none for records that know too much for it, whoever else shares the values.
  init(_ rule: LinkRule, _ table: RecordTable, _ lent: LentNames? = nil) {
    let values = rule.equal.map(\.kinds)
    let lent = rule.asksBesideName && lent?.lendsAny ?? false ? lent : nil
    guard let differing = rule.mostDiffering, Self.isPossible(values, table, lent) else {
      self.init(values, table, lent: lent)
      return
    }
    // Many shapes know the same facts.
    var wanted: Set<UInt32> = []
    for (number, facts) in table.facts.enumerated()
    where facts.isLinked
      && values.allSatisfy({ kinds in
        !table.shapes[number].positions(of: kinds).isEmpty
          || kinds == LinkValue.name.kinds && lent?.canBorrow[number] ?? false
      })
    {
      wanted.insert(facts.known)
    }
    let fitting = Set(table.facts.map(\.known)).filter { known in
      wanted.contains { rule.comparable(known & $0) <= differing }
    }
    self.init(values, table, lent: lent) { fitting.contains($0.known) }
  }

  /// Each of `values` is one of some kinds, taken from at most `most` places of a record.
  init(
    _ values: [[AttributeKind]],
    _ table: RecordTable,
    most: Int = 8,
    lent: LentNames? = nil,
    where isWanted: (ShapeFacts) -> Bool = { _ in true }
  ) {
    self.values = values.count
    self.lent = lent
    guard Self.isPossible(values, table, lent) else {
      filters = []
      return
    }
    let nameAt = lent == nil ? nil : values.firstIndex(of: LinkValue.name.kinds)
    // A company's contacts point to its row, and are not the company.
    let isByKey = values == [[.rowKey]]
    let values = values.map { $0.filter { table.used[Int($0.rawValue)] } }
    filters = values.enumerated().compactMap { index, kinds in
      let types = kinds.compactMap(\.type)
      // A reading is shared with kana that nobody else may have, a house with an address.
      if types.isEmpty || kinds.contains(.reading) || kinds.contains(.house) { return nil }
      if kinds == [AttributeKind(.memberID)], let spaces = table.idSpaces {
        return Filter(types: types, isOpen: spaces.isShared)
      }
      let derived = kinds.filter { $0.type == nil }
      return Filter(
        types: types,
        isOpen: table.shapes.indices.map {
          !table.shapes[$0].positions(of: derived).isEmpty
            || index == nameAt && lent?.canBorrow[$0] ?? false
        }
      )
    }
    for (number, facts) in table.facts.enumerated() {
      let borrows = lent?.canBorrow[number] ?? false
      let isOrganisation = table.shapes[number].flags.contains(.organisation)
      if facts.isLinked && isWanted(facts) && !(isByKey && isOrganisation) {
        if isByKey, let spaces = table.keySpaces {
          add(keys: spaces.keys(number), most)
        } else {
          add(
            table.shapes[number],
            values,
            most,
            table.idSpaces?.masks[number] ?? 0,
            borrowing: borrows ? nameAt : nil
          )
        }
      }
      if lent != nil { self.borrows.append(borrows) }
      starts.append(terms.count)
    }
  }

  /// Some record has, or may borrow, each of the values: most rules ask for something that is not there.
  ///
  /// Keys of rows are those that the tables' own ids may be, too.
  private static func isPossible(
    _ values: [[AttributeKind]],
    _ table: RecordTable,
    _ lent: LentNames?
  ) -> Bool {
    values.allSatisfy { kinds in
      kinds.contains { $0 == .rowKey || table.used[Int($0.rawValue)] }
        || lent != nil && kinds == LinkValue.name.kinds
    }
  }

  /// Keys of rows, which are comparable once they are joined with their masks.
  private mutating func add(keys: [KeySpaces.Key], _ most: Int) {
    let addend = Self.addend(.rowKey)
    for key in keys.prefix(most) {
      terms.append(Term(offset: 2 + key.position, addend: addend, mask: key.mask))
    }
  }

  /// Keeps values of one kind apart from those of others.
  static func addend(_ kind: AttributeKind) -> UInt64 {
    UInt64(kind.rawValue) &* 0xA076_1D64_78BD_642F
  }

  /// `mask` is for the first member's id of the shape; the value at `borrowing` is another record's.
  private mutating func add(
    _ shape: IdentityShape,
    _ values: [[AttributeKind]],
    _ most: Int,
    _ mask: UInt64,
    borrowing: Int?
  ) {
    var keys: [[Term]] = [[]]
    for (index, kinds) in values.enumerated() {
      var places = shape.positions(of: kinds).prefix(most).map {
        Term(offset: 2 + $0.position, addend: Self.addend($0.meant))
      }
      if index == borrowing { places = [Term(offset: Self.borrowed, addend: 0)] }
      if kinds == [AttributeKind(.memberID)], !places.isEmpty { places[0].mask = mask }
      keys = keys.flatMap { key in places.map { key + [$0] } }
    }
    for key in keys { terms.append(contentsOf: key) }
  }

  /// In place of an offset: the value is borrowed.
  private static let borrowed = -1

  /// The records that the rule may link, in order; those of a bit in `chosen` only.
  func candidates(_ table: RecordTable, among chosen: [UInt64]?, _ room: ColumnRoom) -> Candidates {
    if terms.isEmpty { return Candidates() }
    let shapeOf = table.shapeOf.span
    var wanted = chosen ?? [UInt64](repeating: .max, count: (table.count + 63) / 64)
    for filter in filters {
      let hasOpen = filter.isOpen.contains(true)
      guard var sharing = table.sharing(filter.types) ?? (hasOpen ? wanted.map { _ in 0 } : nil)
      else { return Candidates() }
      if hasOpen { Self.add(filter.isOpen, table, &sharing) }
      for index in wanted.indices { wanted[index] &= sharing[index] }
    }
    let starts = starts.span
    var found = Candidates(room, most: wanted.reduce(0) { $0 + $1.nonzeroBitCount })
    for (index, bits) in wanted.enumerated() {
      if index & 0x3FF == 0 { room.relax() }
      var rest = bits
      while rest != 0 {
        let record = index * 64 + rest.trailingZeroBitCount
        rest &= rest - 1
        if record == table.count { break }
        let shape = Int(shapeOf[record])
        if starts[shape] < starts[shape + 1] { found.append(UInt32(record)) }
      }
    }
    return found
  }

  /// Sets the bits of records whose shape is open.
  private static func add(_ isOpen: [Bool], _ table: RecordTable, _ bits: inout [UInt64]) {
    let shapeOf = table.shapeOf.span
    var bits = bits.mutableSpan
    let isOpen = isOpen.span
    for record in 0..<table.count where isOpen[Int(shapeOf[record])] {
      bits[record >> 6] |= 1 << UInt64(record & 63)
    }
  }

  /// How many keys they have.
  func count(_ candidates: Candidates, _ table: RecordTable, _ room: ColumnRoom) -> Int {
    var count = 0
    let borrows = borrows.span
    for index in 0..<candidates.count {
      if index & 0xFFFF == 0 { room.relax() }
      let shape = Int(table.shapeOf[Int(candidates[index])])
      let own = starts[shape + 1] - starts[shape]
      if borrows.isEmpty || !borrows[shape] {
        count += own
      } else {
        lent?.forEachName(of: candidates[index]) { _ in count += own }
      }
    }
    return count / values
  }

  /// One key per candidate and combination of alternatives: the rule's digests mixed into one.
  func addKeys(
    _ candidates: Candidates,
    _ range: Range<Int>,
    _ words: [UInt64],
    _ table: RecordTable,
    _ keys: inout SharedKeys
  ) {
    let words = words.span
    let shapeOf = table.shapeOf.span
    let starts = starts.span
    let terms = terms.span
    let offsets = table.offsets.span
    let borrows = borrows.span
    for index in range {
      let record = candidates[index]
      let shape = Int(shapeOf[Int(record)])
      let at = Int(offsets[Int(record)])
      if !borrows.isEmpty && borrows[shape] {
        lent?.forEachName(of: record) { addKeys(record, shape, at, words, name: $0, &keys) }
        continue
      }
      var index = starts[shape]
      while index < starts[shape + 1] {
        var mixed: UInt64 = 0
        for term in index..<index + values {
          let digest = (words[at + terms[term].offset] ^ terms[term].mask) &+ terms[term].addend
          mixed = (mixed ^ digest) &* 0x9E37_79B9_7F4A_7C15 ^ (mixed >> 29)
        }
        keys.append(mixed, record)
        index += values
      }
    }
  }
  /// The keys of a record with a name that it borrows.
  private func addKeys(
    _ record: UInt32,
    _ shape: Int,
    _ at: Int,
    _ words: Span<UInt64>,
    name: UInt64,
    _ keys: inout SharedKeys
  ) {
    for start in stride(from: starts[shape], to: starts[shape + 1], by: values) {
      var mixed: UInt64 = 0
      for term in terms[start..<start + values] {
        let digest =
          term.offset == Self.borrowed
          ? name : (words[at + term.offset] ^ term.mask) &+ term.addend
        mixed = (mixed ^ digest) &* 0x9E37_79B9_7F4A_7C15 ^ (mixed >> 29)
      }
      keys.append(mixed, record)
    }
  }
}
