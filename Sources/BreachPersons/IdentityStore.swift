package import BreachBytes
package import BreachModel

/// Where identities wait until everything was read; chunks come back in source order.
package protocol IdentityStore {
  associatedtype Failure: Error
  var chunkCount: Int { get }
  /// Records in all chunks together.
  var recordCount: Int { get }
  /// Which leaf the chunk at `index` is from, counted in source order; a leaf's chunks follow each other.
  func leaf(at index: Int) -> Int
  /// The shapes of the records of the chunk at `index`, known without reading it.
  func shapes(at index: Int) -> [IdentityShape]
  /// Where what is reckoned of each record lies.
  var room: ColumnRoom { get }
  /// The chunk at `index`; read from memory or from disk.
  func chunk(at index: Int) throws(Failure) -> IdentityChunk
  /// Called before columns are filled and after each chunk: the place to look whether there was room
  /// for them, and to tell how far linking is; `done` of `total` passes over all chunks.
  func turn(_ done: Int, of total: Int) throws(Failure)
}

/// Identities in memory, in the order they were given.
package struct MemoryIdentityStore: IdentityStore {
  private var chunks: [IdentityChunk] = []
  package let room: ColumnRoom

  package init(_ chunks: [IdentityChunk] = [], _ room: ColumnRoom = ColumnRoom()) {
    self.chunks = chunks
    self.room = room
  }

  package mutating func append(_ chunk: IdentityChunk) { chunks.append(chunk) }
  package var chunkCount: Int { chunks.count }
  package var recordCount: Int { chunks.reduce(0) { $0 + $1.count } }
  /// All are of one leaf.
  package func leaf(at index: Int) -> Int { 0 }
  package func shapes(at index: Int) -> [IdentityShape] { chunks[index].shapes }
  package func chunk(at index: Int) throws(Never) -> IdentityChunk { chunks[index] }
  package func turn(_ done: Int, of total: Int) throws(Never) { room.relax() }
}
