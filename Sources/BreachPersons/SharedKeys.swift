/// Keys and the records they stand in, in source order; what several records share makes a group.
package struct SharedKeys {
  /// Keys that are not in the buckets yet, and all keys' records.
  private var fresh: [UInt64] = []
  private var records: [UInt32] = []
  /// By key: the next one that is equal; 0 for none, since the first key follows no other.
  private var next: [UInt32] = []

  package init() {}

  /// Forgets all keys and makes room for so many.
  package mutating func reset(_ count: Int, _ buckets: inout DigestBuckets) {
    fresh.removeAll(keepingCapacity: true)
    records.removeAll(keepingCapacity: true)
    records.reserveCapacity(count)
    buckets.reset(sets: 1, largest: count, count: count)
  }

  @inline(__always)
  package mutating func append(_ key: UInt64, _ record: UInt32) {
    fresh.append(key)
    records.append(record)
  }

  /// Moves what was appended into the buckets; to be called now and then, and at the end.
  package mutating func flush(_ buckets: inout DigestBuckets) {
    buckets.add(fresh, first: records.count - fresh.count)
    fresh.removeAll(keepingCapacity: true)
  }

  /// Calls `body` with two records of each key that came up again, the later one second.
  @inline(__always)
  func forEachRepeat(_ buckets: inout DigestBuckets, _ body: (UInt32, UInt32) -> Void) {
    let records = records.span
    _ = buckets.forEachRepeat { body(records[Int($0)], records[Int($1)]) }
  }

  /// Calls `body` with each group of two or more, its records in source order.
  ///
  /// Groups come in the order of their first key, never in that of the keys' values: these depend
  /// on a random number, and which group comes first can matter.
  package mutating func forEachGroup(
    _ buckets: inout DigestBuckets,
    _ body: ([UInt32]) -> Void
  ) {
    next.removeAll(keepingCapacity: true)
    next.append(contentsOf: repeatElement(0, count: records.count))
    var found = false
    var links = next.mutableSpan
    _ = buckets.forEachRepeat { earlier, later in
      links[Int(earlier)] = later
      found = true
    }
    guard found else { return }
    var group: [UInt32] = []
    for first in next.indices where next[first] != 0 {
      group.removeAll(keepingCapacity: true)
      group.append(records[first])
      var at = first
      while next[at] != 0 {
        let follower = Int(next[at])
        // What was visited begins no group of its own.
        next[at] = 0
        group.append(records[follower])
        at = follower
      }
      body(group)
    }
  }
}
