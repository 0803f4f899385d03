package import BreachBytes

/// Keys and the records they stand in, in source order; what several records share makes a group.
package struct SharedKeys {
  private let room: ColumnRoom
  /// Keys that are not in the buckets yet.
  private var fresh: [UInt64] = []
  /// By key: its record.
  private var records: Column<UInt32>
  /// By key: the next one that is equal; 0 for none, since the first key follows no other.
  private var next: Column<UInt32>
  private var count = 0

  package init(_ room: ColumnRoom = ColumnRoom()) {
    self.room = room
    records = room.column(0)
    next = room.column(0)
  }

  /// Forgets all keys and makes room for so many.
  package mutating func reset(_ most: Int, _ buckets: inout DigestBuckets) {
    fresh.removeAll(keepingCapacity: true)
    count = 0
    if records.room < most {
      // Released first: both at once would be the peak.
      records = room.column(0)
      next = room.column(0)
      records = room.column(most)
      next = room.column(most)
    }
    buckets.reset(sets: 1, largest: most, count: most)
  }

  @inline(__always)
  package mutating func append(_ key: UInt64, _ record: UInt32) {
    fresh.append(key)
    records[count] = record
    count += 1
  }

  /// Moves what was appended into the buckets; to be called now and then, and at the end.
  package mutating func flush(_ buckets: inout DigestBuckets) {
    buckets.add(fresh, first: count - fresh.count)
    fresh.removeAll(keepingCapacity: true)
  }

  /// Calls `body` with two records of each key that came up again, the later one second.
  @inline(__always)
  func forEachRepeat(_ buckets: inout DigestBuckets, _ body: (UInt32, UInt32) -> Void) {
    let records = records
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
    next.clear(count)
    var found = false
    let links = next
    _ = buckets.forEachRepeat { earlier, later in
      links[Int(earlier)] = later
      found = true
    }
    guard found else { return }
    var group: [UInt32] = []
    var touched = 0
    for first in 0..<count where links[first] != 0 {
      group.removeAll(keepingCapacity: true)
      group.append(records[first])
      var at = first
      while links[at] != 0 {
        let follower = Int(links[at])
        // What was visited begins no group of its own.
        links[at] = 0
        touched += 1
        if touched & 0xFF == 0 { room.relax() }
        group.append(records[follower])
        at = follower
      }
      body(group)
    }
  }
}
