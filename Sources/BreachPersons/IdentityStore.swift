package import BreachModel

/// Where identities wait until everything was read; chunks come back in source order.
package protocol IdentityStore {
  associatedtype Failure: Error
  var chunkCount: Int { get }
  /// Records in all chunks together.
  var recordCount: Int { get }
  /// Which leaf the chunk at `index` is from, counted in source order; a leaf's chunks follow each other.
  func leaf(at index: Int) -> Int
  /// The chunk at `index`; read from memory or from disk.
  func chunk(at index: Int) throws(Failure) -> IdentityChunk
}

/// Identities in memory, in the order they were given.
package struct MemoryIdentityStore: IdentityStore {
  private var chunks: [IdentityChunk] = []

  package init(_ chunks: [IdentityChunk] = []) { self.chunks = chunks }

  package mutating func append(_ chunk: IdentityChunk) { chunks.append(chunk) }
  package var chunkCount: Int { chunks.count }
  package var recordCount: Int { chunks.reduce(0) { $0 + $1.count } }
  /// All are of one leaf.
  package func leaf(at index: Int) -> Int { 0 }
  package func chunk(at index: Int) throws(Never) -> IdentityChunk { chunks[index] }
}
