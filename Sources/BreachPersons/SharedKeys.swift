package import BreachBytes

/// Keys and the records they stand in, in source order; what several records share makes a group.
package struct SharedKeys {
  private let room: ColumnRoom
  /// Keys that are not in the buckets yet.
  private var fresh: [DigestBuckets.Entry] = []
  private var count = 0

  package init(_ room: ColumnRoom = ColumnRoom()) { self.room = room }

  /// Forgets all keys and makes room for so many.
  package mutating func reset(_ most: Int, _ buckets: inout DigestBuckets) {
    fresh.removeAll(keepingCapacity: true)
    count = 0
    buckets.reset(sets: 1, largest: most, count: most)
  }

  @inline(__always)
  package mutating func append(_ key: UInt64, _ record: UInt32) {
    let number = UInt32(truncatingIfNeeded: count)
    fresh.append(DigestBuckets.Entry(digest: key, number: number, record: record))
    count += 1
  }

  /// Moves what was appended into the buckets; to be called now and then, and at the end.
  package mutating func flush(_ buckets: inout DigestBuckets) {
    buckets.add(fresh)
    fresh.removeAll(keepingCapacity: true)
  }

  /// Calls `body` with two records of each key that came up again: the first that had it, and the later.
  @inline(__always)
  func forEachRepeat(_ buckets: inout DigestBuckets, _ body: (UInt32, UInt32) -> Void) {
    _ = buckets.forEachRepeat { first, later, _ in body(first.record, later.record) }
  }

  /// Calls `body` with each group of two or more, its records in source order.
  ///
  /// Groups come in the order of their first key, never in that of the keys' values: these depend
  /// on a random number, and which group comes first can matter.
  package mutating func forEachGroup(
    _ buckets: inout DigestBuckets,
    _ body: ([UInt32]) -> Void
  ) {
    var members = SortedRuns(room)
    _ = buckets.forEachRepeat { first, later, isSecond in
      if isSecond { members.append(first.number, first.record) }
      members.append(first.number, later.record)
    }
    members.forEachGroup(body)
  }
}
