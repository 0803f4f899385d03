internal import BreachBytes
internal import BreachModel
internal import BreachPersons

/// Keeps what workers send until everything was read: in memory up to a budget, then on disk, in an
/// unlinked file that only this process can reach.
final class BlobStore {
  private enum Place {
    case memory([UInt64])
    case disk(offset: Int, words: Int)
    case nowhere
  }

  private var places: [Place] = []
  private var shapes: [[IdentityShape]] = []
  private var counts: [Int] = []
  private var inMemory = 0
  private var onDisk = 0
  private let budget: Int
  private let directory: [UInt8]
  private var spool: SpoolBox?
  /// Set when the disk refused; what was lost cannot be counted.
  private(set) var failure: SystemError?

  /// A store that keeps `budget` bytes in memory and spills to an unlinked file in `directory`.
  init(budget: Int, directory: [UInt8]) {
    self.budget = budget
    self.directory = directory
  }

  private final class SpoolBox {
    var spool: Spool
    init(_ spool: consuming Spool) { self.spool = spool }
  }

  /// Keeps a chunk of identities; returns its number.
  func append(_ chunk: IdentityChunk) -> Int { append(chunk.words, chunk.shapes, chunk.count) }

  /// Keeps bytes; returns their number.
  func append(_ bytes: [UInt8]) -> Int {
    var padded = bytes
    while padded.count % 8 != 0 { padded.append(0) }
    return append(
      [UInt64(bytes.count)] + BreachBytes.words(of: padded, in: 0..<padded.count),
      [],
      0
    )
  }

  private func append(_ words: [UInt64], _ shapes: [IdentityShape], _ count: Int) -> Int {
    self.shapes.append(shapes)
    counts.append(count)
    if inMemory + words.count * 8 <= budget {
      inMemory += words.count * 8
      places.append(.memory(words))
      return places.count - 1
    }
    do throws(SystemError) {
      let box: SpoolBox
      if let spool {
        box = spool
      } else {
        box = SpoolBox(try Spool(directory: directory))
        spool = box
      }
      let offset = try box.spool.append(words)
      places.append(.disk(offset: offset, words: words.count))
      onDisk += words.count * 8
    } catch {
      failure = failure ?? error
      inMemory += words.count * 8
      places.append(.memory(words))
    }
    return places.count - 1
  }

  /// Bytes that are kept, in memory and on disk.
  var bytes: Int { inMemory + onDisk }

  /// Forgets what turned out not to count: of a leaf that is read again, or that is a copy of another.
  ///
  /// Memory and disk have its room at once; its shapes and count are forgotten, too.
  func drop(_ numbers: [Int]) {
    for number in numbers {
      switch places[number] {
      case .memory(let words): inMemory -= words.count * 8
      case .disk(let offset, let words):
        onDisk -= words * 8
        spool?.spool.release(at: offset, words: words)
      case .nowhere: continue
      }
      (places[number], shapes[number], counts[number]) = (.nowhere, [], 0)
    }
  }

  func words(_ number: Int) throws(SystemError) -> [UInt64] {
    switch places[number] {
    case .memory(let words): return words
    case .disk(let offset, let words):
      guard let spool else { throw SystemError.notFound }
      return try spool.spool.read(at: offset, words: words)
    case .nowhere: throw SystemError.notFound
    }
  }

  /// Shapes of a chunk's records.
  func shapes(_ number: Int) -> [IdentityShape] { shapes[number] }

  /// Records of a chunk.
  func count(_ number: Int) -> Int { counts[number] }

  func chunk(_ number: Int) throws(SystemError) -> IdentityChunk {
    var chunk = IdentityChunk()
    chunk.shapes = shapes[number]
    chunk.words = try words(number)
    chunk.count = counts[number]
    return chunk
  }

  /// Findings that were kept; nil, and the failure remembered, when the disk does not give them back.
  func findings(_ number: Int) -> [UInt8]? {
    do throws(SystemError) { return try bytes(number) } catch {
      failure = failure ?? error
      return nil
    }
  }

  func bytes(_ number: Int) throws(SystemError) -> [UInt8] {
    let words = try words(number)
    guard let count = words.first else { return [] }
    return Array(BreachBytes.bytes(of: Array(words.dropFirst())).prefix(Int(count)))
  }
}

/// The chunks that count, in source order.
struct OrderedIdentities: IdentityStore {
  let store: BlobStore
  let order: [Int]
  /// The leaf of each.
  let leaves: [Int]
  let room: ColumnRoom
  /// Told how much of the linking is done, 0…1.
  let progress: ((Double) -> Void)?

  var chunkCount: Int { order.count }
  var recordCount: Int { order.reduce(0) { $0 + store.count($1) } }

  func leaf(at index: Int) -> Int { leaves[index] }

  func shapes(at index: Int) -> [IdentityShape] { store.shapes(order[index]) }

  func chunk(at index: Int) throws(SystemError) -> IdentityChunk { try store.chunk(order[index]) }

  func turn(_ done: Int, of total: Int) throws(SystemError) {
    if let failure = room.failure { throw failure }
    room.relax()
    progress?(Double(done) / Double(total))
  }
}
