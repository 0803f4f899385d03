/// A digest with the number of the record it stands in.
package struct DigestPair: Sendable, Equatable {
  package var digest: UInt64
  package var record: UInt32

  package init(digest: UInt64, record: UInt32) {
    self.digest = digest
    self.record = record
  }
}

/// Brings equal digests together; records stay in rising order inside a group.
package struct DigestGroups {
  private var pairs: [DigestPair]

  package init(_ pairs: [DigestPair]) { self.pairs = Self.sorted(pairs) }

  /// Calls `body` with each group of at least `size` records; returns how many digests there are.
  package func forEach(atLeast size: Int, _ body: (ArraySlice<DigestPair>) -> Void) -> Int {
    var distinct = 0
    var start = 0
    while start < pairs.count {
      let digest = pairs[start].digest
      var end = start + 1
      while end < pairs.count && pairs[end].digest == digest { end += 1 }
      distinct += 1
      if end - start >= size { body(pairs[start..<end]) }
      start = end
    }
    return distinct
  }

  /// Radix sort by the top 33 bits, three passes of 11; digests are uniform, so the few that agree
  /// there are put right by insertion.
  private static func sorted(_ pairs: [DigestPair]) -> [DigestPair] {
    guard pairs.count > 2_048 else { return pairs.sorted(by: precedes) }
    var from = pairs
    var to = [DigestPair](repeating: DigestPair(digest: 0, record: 0), count: pairs.count)
    for shift: UInt64 in [31, 42, 53] {
      var starts = [Int](repeating: 0, count: 2_048)
      for pair in from { starts[Int(pair.digest >> shift & 2_047)] += 1 }
      var sum = 0
      for bucket in 0..<2_048 {
        let count = starts[bucket]
        starts[bucket] = sum
        sum += count
      }
      for pair in from {
        let bucket = Int(pair.digest >> shift & 2_047)
        to[starts[bucket]] = pair
        starts[bucket] += 1
      }
      swap(&from, &to)
    }
    for index in 1..<from.count {
      var at = index
      while at > 0 && precedes(from[at], from[at - 1]) {
        from.swapAt(at, at - 1)
        at -= 1
      }
    }
    return from
  }

  @inline(__always)
  private static func precedes(_ left: DigestPair, _ right: DigestPair) -> Bool {
    left.digest == right.digest ? left.record < right.record : left.digest < right.digest
  }
}
