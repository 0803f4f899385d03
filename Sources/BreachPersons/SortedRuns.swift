package import BreachBytes

/// Values with keys, given back in the order of keys, those of one key in the order they came in.
///
/// What is more than a run goes, sorted, to the room for columns, and is merged from there.
package struct SortedRuns {
  private let room: ColumnRoom
  /// The key above the value.
  private var fresh: [UInt64] = []
  private var runs: [Column<UInt64>] = []
  private let most: Int

  /// Sorts runs of `most` values.
  package init(_ room: ColumnRoom, most: Int = 1 << 21) {
    (self.room, self.most) = (room, most)
  }

  @inline(__always)
  package mutating func append(_ key: UInt32, _ value: UInt32) {
    fresh.append(UInt64(key) << 32 | UInt64(value))
    if fresh.count == most { spill() }
  }

  private mutating func spill() {
    Self.sort(&fresh)
    let run: Column<UInt64> = room.column(fresh.count, .inOrder)
    var words = run.mutableSpan
    for index in fresh.indices { words[index] = fresh[index] }
    runs.append(run)
    fresh.removeAll(keepingCapacity: true)
    room.relax()
  }

  /// Calls `body` with the values of each key, and forgets them.
  package mutating func forEachGroup(_ body: ([UInt32]) -> Void) {
    var group: [UInt32] = []
    if runs.isEmpty {
      Self.sort(&fresh)
      var at = 0
      while at < fresh.count {
        group.removeAll(keepingCapacity: true)
        let key = fresh[at] >> 32
        while at < fresh.count, fresh[at] >> 32 == key {
          group.append(UInt32(truncatingIfNeeded: fresh[at]))
          at += 1
        }
        body(group)
        if at & 0xFFF < group.count { room.relax() }
      }
      fresh.removeAll(keepingCapacity: true)
      return
    }
    if !fresh.isEmpty { spill() }
    merge(body)
    runs.removeAll()
  }

  private func merge(_ body: ([UInt32]) -> Void) {
    let done = UInt64.max
    var places = runs.map { _ in 0 }
    var heads = runs.map { $0[0] >> 32 }
    var group: [UInt32] = []
    var touched = 0
    while true {
      let key = heads.reduce(done, min)
      if key == done { return }
      group.removeAll(keepingCapacity: true)
      for run in heads.indices where heads[run] == key {
        let words = runs[run]
        var at = places[run]
        while at < words.room, words[at] >> 32 == key {
          group.append(UInt32(truncatingIfNeeded: words[at]))
          at += 1
        }
        places[run] = at
        heads[run] = at < words.room ? words[at] >> 32 : done
      }
      body(group)
      touched += group.count
      if touched >= 0x1000 {
        touched = 0
        room.relax()
      }
    }
  }

  /// Sorts by key and leaves those of one key as they are.
  private static func sort(_ words: inout [UInt64]) {
    if words.count < 2 { return }
    // A few are not worth large tables.
    let bits: UInt64 = words.count < 1 << 13 ? 8 : 11
    var other = words
    let highest = words.reduce(0, |) >> 32
    var shift: UInt64 = 32
    while shift < 64, highest >> (shift - 32) != 0 {
      sort(words, into: &other, shift, bits)
      swap(&words, &other)
      shift += bits
    }
  }

  /// Sorts by some bits of the key.
  private static func sort(
    _ words: [UInt64],
    into sorted: inout [UInt64],
    _ shift: UInt64,
    _ bits: UInt64
  ) {
    let mask: UInt64 = 1 << bits - 1
    var places = [Int](repeating: 0, count: 1 << Int(bits))
    for word in words { places[Int(word >> shift & mask)] += 1 }
    var sum = 0
    for digit in places.indices { (places[digit], sum) = (sum, sum + places[digit]) }
    for word in words {
      let digit = Int(word >> shift & mask)
      sorted[places[digit]] = word
      places[digit] += 1
    }
  }
}
