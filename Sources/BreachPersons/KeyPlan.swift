internal import BreachModel

/// How the keys of one rule are made from the words of each shape's records.
struct KeyPlan {
  private struct Term {
    /// In words from the beginning of the record.
    var offset: Int
    /// Keeps the alternatives of one value apart.
    var addend: UInt64
  }

  /// By shape: where its part of `terms` begins, which is empty when a value is missing; and the end.
  private var starts = [0]
  private var terms: [Term] = []
  /// Terms of one key.
  private let values: Int
  /// One per value: bits of which a record needs one.
  ///
  /// A value that no other record has links nothing.
  private let masks: [UInt32]

  /// Each of `values` is one of some kinds, taken from at most `most` places of a record.
  init(_ values: [[AttributeKind]], _ table: RecordTable, most: Int = 4) {
    self.values = values.count
    masks = values.map { table.linking.mask(of: $0) }.filter { $0 != 0 }
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

  /// Some record may have what the rule asks for, shared by another.
  func mayLink(_ anyShared: UInt32) -> Bool {
    !terms.isEmpty && masks.allSatisfy { anyShared & $0 != 0 }
  }

  /// A record that the rule may link.
  struct Candidate {
    var record: UInt32
    /// Where its words begin in its chunk.
    var at: UInt32
  }

  /// Finds the candidates among the records of one chunk.
  func candidates(_ records: Range<Int>, _ table: RecordTable, _ found: inout [Candidate]) {
    found.removeAll(keepingCapacity: true)
    let shapeOf = table.shapeOf.span
    let shared = table.shared.span
    let widths = table.widths.span
    let starts = starts.span
    let masks = masks.span
    var at = 0
    for record in records {
      let shape = Int(shapeOf[record])
      if starts[shape] < starts[shape + 1] {
        var bits = true
        for index in masks.indices where shared[record] & masks[index] == 0 { bits = false }
        if bits { found.append(Candidate(record: UInt32(record), at: UInt32(at))) }
      }
      at += Int(widths[shape])
    }
  }

  /// One key per candidate and combination of alternatives: the rule's digests mixed into one.
  func addKeys(
    _ candidates: [Candidate],
    _ words: [UInt64],
    _ table: RecordTable,
    _ keys: inout SharedKeys
  ) {
    let words = words.span
    let shapeOf = table.shapeOf.span
    let starts = starts.span
    let terms = terms.span
    for candidate in candidates {
      let shape = Int(shapeOf[Int(candidate.record)])
      var index = starts[shape]
      while index < starts[shape + 1] {
        var mixed: UInt64 = 0
        for term in index..<index + values {
          let digest = words[Int(candidate.at) + terms[term].offset] &+ terms[term].addend
          mixed = (mixed ^ digest) &* 0x9E37_79B9_7F4A_7C15 ^ (mixed >> 29)
        }
        keys.append(mixed, candidate.record)
        index += values
      }
    }
  }
}
