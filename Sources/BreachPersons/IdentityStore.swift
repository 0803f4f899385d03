package import BreachModel

/// Where identities wait until everything was read; chunks come back in source order.
package protocol IdentityStore {
  associatedtype Failure: Error
  var chunkCount: Int { get }
  /// The chunk at `index`; read from memory or from disk.
  func chunk(at index: Int) throws(Failure) -> IdentityChunk
}

/// Identities in memory, in the order they were given.
package struct MemoryIdentityStore: IdentityStore {
  private var chunks: [IdentityChunk] = []

  package init(_ chunks: [IdentityChunk] = []) { self.chunks = chunks }

  package mutating func append(_ chunk: IdentityChunk) { chunks.append(chunk) }
  package var chunkCount: Int { chunks.count }
  package func chunk(at index: Int) throws(Never) -> IdentityChunk { chunks[index] }
}

/// A digest with the number of the record it stands in.
struct DigestPair: Sendable {
  var digest: UInt64
  var record: UInt32
}

/// Groups equal digests.
struct DigestGroups {
  private var pairs: [DigestPair]

  init(_ pairs: [DigestPair]) { self.pairs = Self.sorted(pairs) }

  /// Calls `body` with the record numbers, rising, of each digest that occurs; returns how many
  /// digests there are.
  func forEach(atLeast size: Int, _ body: (ArraySlice<DigestPair>) -> Void) -> Int {
    var distinct = 0
    var start = 0
    while start < pairs.count {
      var end = start + 1
      while end < pairs.count && pairs[end].digest == pairs[start].digest { end += 1 }
      distinct += 1
      if end - start >= size { body(pairs[start..<end]) }
      start = end
    }
    return distinct
  }

  /// Digests are uniform: one scatter by their top bits leaves buckets that fit the cache.
  private static func sorted(_ pairs: [DigestPair]) -> [DigestPair] {
    guard pairs.count > 4_096 else {
      return pairs.sorted(by: precedes)
    }
    var bits = 1
    while bits < 16 && pairs.count >> (bits + 8) > 0 { bits += 1 }
    let shift = UInt64(64 - bits)
    var starts = [Int](repeating: 0, count: 1 << bits + 1)
    for pair in pairs { starts[Int(pair.digest >> shift) + 1] += 1 }
    for bucket in 1..<starts.count { starts[bucket] += starts[bucket - 1] }
    var next = starts
    var out = [DigestPair](repeating: DigestPair(digest: 0, record: 0), count: pairs.count)
    for pair in pairs {
      let bucket = Int(pair.digest >> shift)
      out[next[bucket]] = pair
      next[bucket] += 1
    }
    for bucket in 0..<(starts.count - 1) where starts[bucket + 1] - starts[bucket] > 1 {
      out[starts[bucket]..<starts[bucket + 1]].sort(by: precedes)
    }
    return out
  }

  private static func precedes(_ left: DigestPair, _ right: DigestPair) -> Bool {
    left.digest == right.digest ? left.record < right.record : left.digest < right.digest
  }
}
