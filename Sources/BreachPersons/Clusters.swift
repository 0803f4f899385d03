/// Records joined to entities: a forest whose roots carry what must not conflict.
struct Clusters {
  private var parents: [UInt32]
  /// Birth date, given name, given name in kana, official number: shortened digests; 0 = unknown.
  ///
  /// The lowest four bits of the official number tell which kind of number it is.
  private(set) var marks: [Marks]

  struct Marks {
    var birth: UInt32
    var given: UInt32
    var givenKana: UInt32
    var official: UInt32

    /// Another birth date, another official number, or another given name.
    ///
    /// Readings are compared only where the kanji do not already agree.
    func conflicts(with other: Marks) -> Bool {
      Self.differ(birth, other.birth)
        || (official & 0xF == other.official & 0xF && Self.differ(official, other.official))
        || Self.differ(given, other.given)
        || (Self.differ(givenKana, other.givenKana) && (given == 0 || given != other.given))
    }

    private static func differ(_ left: UInt32, _ right: UInt32) -> Bool {
      left != 0 && right != 0 && left != right
    }

    mutating func adopt(_ other: Marks) {
      if birth == 0 { birth = other.birth }
      if given == 0 { given = other.given }
      if givenKana == 0 { givenKana = other.givenKana }
      if official == 0 { official = other.official }
    }
  }

  init(_ marks: [Marks]) {
    self.marks = marks
    parents = Array(0..<UInt32(marks.count))
  }

  /// Entities, single records included.
  var rootCount: Int {
    var count = 0
    for index in parents.indices where parents[index] == UInt32(index) { count += 1 }
    return count
  }

  mutating func root(of record: UInt32) -> UInt32 {
    var at = record
    while parents[Int(at)] != at {
      parents[Int(at)] = parents[Int(parents[Int(at)])]
      at = parents[Int(at)]
    }
    return at
  }

  /// Something that both entities know forbids that they are one.
  mutating func conflict(_ left: UInt32, _ right: UInt32) -> Bool {
    let (first, second) = (root(of: left), root(of: right))
    return first != second && marks[Int(first)].conflicts(with: marks[Int(second)])
  }

  /// Joins two records' entities; the earlier root stays, so numbering follows the source.
  mutating func join(_ left: UInt32, _ right: UInt32) {
    let (first, second) = (root(of: left), root(of: right))
    guard first != second else { return }
    let (low, high) = first < second ? (first, second) : (second, first)
    parents[Int(high)] = low
    let adopted = marks[Int(high)]
    marks[Int(low)].adopt(adopted)
  }

  /// Joins the records of one group as far as nothing forbids it.
  mutating func joinGroup(_ records: some Sequence<UInt32>, _ rule: LinkRule) {
    var roots: [UInt32] = []
    for record in records {
      let own = root(of: record)
      if roots.contains(own) { continue }
      var joined = false
      for (position, other) in roots.enumerated() {
        let forbidden =
          !rule.despiteConflicts
          && marks[Int(own)].conflicts(with: marks[Int(other)])
        if !forbidden {
          join(own, other)
          roots[position] = root(of: other)
          joined = true
          break
        }
      }
      if !joined && roots.count < 64 { roots.append(own) }
    }
  }
}
