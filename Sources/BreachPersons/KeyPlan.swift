internal import BreachModel

/// How the keys of one rule are made from the words of each shape's records.
struct KeyPlan {
  private struct Term {
    /// In words from the beginning of the record.
    var offset: Int
    /// Keeps the alternatives of one value apart.
    var addend: UInt64
  }

  /// By shape: where its terms begin, none when a value is missing; one more at the end.
  private var starts = [0]
  private var terms: [Term] = []
  /// Terms of one key.
  private let values: Int
  /// The types of each value: one that no other record has links nothing.
  private let types: [[DataType]]

  /// Each of `values` is one of some kinds, taken from at most `most` places of a record.
  init(_ values: [[AttributeKind]], _ table: RecordTable, most: Int = 4) {
    self.values = values.count
    // Derived forms are nobody's type, and it is not known who shares them.
    types = values.filter { $0.allSatisfy { $0.type != nil } }.map { $0.compactMap(\.type) }
    for (shape, facts) in zip(table.shapes, table.facts) {
      if facts.isCounted { add(shape, values, most) }
      starts.append(terms.count)
    }
  }

  private mutating func add(_ shape: IdentityShape, _ values: [[AttributeKind]], _ most: Int) {
    var keys: [[Term]] = [[]]
    for kinds in values {
      let places = shape.positions(of: kinds).prefix(most).map {
        Term(offset: 2 + $0.position, addend: UInt64($0.alternative) &* 0xA076_1D64_78BD_642F)
      }
      keys = keys.flatMap { key in places.map { key + [$0] } }
    }
    for key in keys { terms.append(contentsOf: key) }
  }

  /// The records that the rule may link, in order.
  func candidates(_ table: RecordTable) -> [UInt32] {
    if terms.isEmpty { return [] }
    let shapeOf = table.shapeOf.span
    var wanted = [UInt64](repeating: .max, count: (shapeOf.count + 63) / 64)
    for types in types {
      guard let sharing = table.sharing(types) else { return [] }
      for index in wanted.indices { wanted[index] &= sharing[index] }
    }
    let starts = starts.span
    var found: [UInt32] = []
    for (index, bits) in wanted.enumerated() {
      var rest = bits
      while rest != 0 {
        let record = index * 64 + rest.trailingZeroBitCount
        rest &= rest - 1
        if record == shapeOf.count { break }
        let shape = Int(shapeOf[record])
        if starts[shape] < starts[shape + 1] { found.append(UInt32(record)) }
      }
    }
    return found
  }

  /// How many keys they have.
  func count(_ candidates: [UInt32], _ table: RecordTable) -> Int {
    var count = 0
    for record in candidates {
      let shape = Int(table.shapeOf[Int(record)])
      count += starts[shape + 1] - starts[shape]
    }
    return count / values
  }

  /// One key per candidate and combination of alternatives: the rule's digests mixed into one.
  func addKeys(
    _ candidates: ArraySlice<UInt32>,
    _ words: [UInt64],
    _ table: RecordTable,
    _ keys: inout SharedKeys
  ) {
    let words = words.span
    let shapeOf = table.shapeOf.span
    let starts = starts.span
    let terms = terms.span
    let offsets = table.offsets.span
    for record in candidates {
      let shape = Int(shapeOf[Int(record)])
      let at = Int(offsets[Int(record)])
      var index = starts[shape]
      while index < starts[shape + 1] {
        var mixed: UInt64 = 0
        for term in index..<index + values {
          let digest = words[at + terms[term].offset] &+ terms[term].addend
          mixed = (mixed ^ digest) &* 0x9E37_79B9_7F4A_7C15 ^ (mixed >> 29)
        }
        keys.append(mixed, record)
        index += values
      }
    }
  }
}
