internal import BreachBytes
internal import BreachModel

/// A record of a store as it can be shown: where it is and what it holds, never a value.
struct StoredRecord {
  /// From 0, in source order.
  var number: Int
  var path: String
  /// Its number among the leaf's records that say something of somebody, from 0.
  var ordinal: Int
  /// 1-based; nil in free text and where the format has no lines.
  var line: Int?
  var shape: IdentityShape
  /// One per kind of the shape.
  var digests: [UInt64]

  /// As people name it: R17.
  var id: String { "R\(number + 1)" }
  /// Where it stands: `a.csv:3`.
  var place: String { line.map { "\(path):\($0)" } ?? path }
}

/// Who is who in a store.
final class StorePersons {
  private let store: StoreReader
  private var chunks: [Chunk] = []
  private var paths: [Int: String] = [:]
  private var blocks: [Int: Block] = [:]
  private let chunkRows: Statement
  private let entityRows: Statement
  private let personRows: Statement
  /// Records in all.
  private(set) var count = 0

  private struct Chunk {
    var number: Int
    var leaf: Int
    var first: Int
    var ordinal: Int
    var line: Int
  }

  private struct Block {
    var records: [UInt32]
    var high: [UInt32]
    var likely: [UInt32]
    var next: [UInt32]
    var before: Int
    var persons: [UInt64]

    /// The entity that a record belongs to, by its first record.
    func entity(_ record: Int) -> (high: Int, likely: Int, next: Int) {
      var range = 0..<records.count
      while !range.isEmpty {
        let middle = (range.lowerBound + range.upperBound) / 2
        if Int(records[middle]) < record {
          range = middle + 1..<range.upperBound
        } else {
          range = range.lowerBound..<middle
        }
      }
      let at = range.lowerBound
      guard at < records.count, Int(records[at]) == record else { return (record, record, 0) }
      return (Int(high[at]), Int(likely[at]), Int(next[at]))
    }
  }

  init(_ store: StoreReader) throws(CommandError) {
    self.store = store
    chunkRows = try store.prepare("SELECT shapes, words FROM records WHERE number = ?")
    entityRows = try store.prepare(
      "SELECT records, high, likely, next FROM entities WHERE block = ?"
    )
    personRows = try store.prepare("SELECT before, bits FROM persons WHERE block = ?")
    let rows = try store.prepare(
      "SELECT number, leaf, first, ordinal, line FROM records ORDER BY number"
    )
    while try store.next(rows) {
      chunks.append(
        Chunk(
          number: rows.int(0),
          leaf: rows.int(1),
          first: rows.int(2),
          ordinal: rows.int(3),
          line: rows.int(4)
        )
      )
    }
    if let last = chunks.last { count = last.first + (try chunk(last.number)).count }
    let leaves = try store.prepare("SELECT number, path FROM leaves")
    while try store.next(leaves) { paths[leaves.int(0)] = leaves.text(1) }
  }

  func chunk(_ number: Int) throws(CommandError) -> IdentityChunk {
    try store.bind(chunkRows, number)
    guard try store.next(chunkRows) else { throw store.broken("records are missing") }
    do throws(WireError) {
      return try IdentityChunk(shapes: chunkRows.bytes(0), words: chunkRows.words(1))
    } catch {
      throw store.broken("records cannot be read")
    }
  }

  private func block(_ record: Int) throws(CommandError) -> Block {
    let number = record >> StoreLayout.blockBits
    if let known = blocks[number] { return known }
    try store.bind(entityRows, number)
    try store.bind(personRows, number)
    guard try store.next(entityRows), try store.next(personRows) else {
      throw store.broken("entities are missing")
    }
    let block = Block(
      records: entityRows.words(0),
      high: entityRows.words(1),
      likely: entityRows.words(2),
      next: entityRows.words(3),
      before: personRows.int(0),
      persons: personRows.words(1)
    )
    let count = block.records.count
    guard block.high.count == count, block.likely.count == count, block.next.count == count else {
      throw store.broken("entities do not match")
    }
    if blocks.count > 64 { blocks = [:] }
    blocks[number] = block
    return block
  }

  // MARK: persons

  /// The first record of the entity that `likely` counts.
  func entity(of record: Int) throws(CommandError) -> Int {
    try block(record).entity(record).likely
  }

  /// The same for what primary evidence joins.
  func proven(of record: Int) throws(CommandError) -> Int { try block(record).entity(record).high }

  /// All records of an entity, by its first, in source order.
  func records(ofEntity first: Int) throws(CommandError) -> [Int] {
    var found = [first]
    var at = first
    while true {
      at = try block(at).entity(at).next
      if at == 0 { return found }
      guard at > found[found.count - 1], at < count else {
        throw store.broken("entities run in circles")
      }
      found.append(at)
    }
  }

  /// The person's number, from 1, whose first record this is; nil for what is no person.
  func person(first: Int) throws(CommandError) -> Int? {
    let block = try block(first)
    let at = first & (1 << StoreLayout.blockBits - 1)
    guard at >> 6 < block.persons.count, block.persons[at >> 6] >> UInt64(at & 63) & 1 == 1 else {
      return nil
    }
    let before = block.persons[..<(at >> 6)].reduce(0) { $0 + $1.nonzeroBitCount }
    let mask = (1 as UInt64) << UInt64(at & 63) - 1
    return block.before + before + (block.persons[at >> 6] & mask).nonzeroBitCount + 1
  }

  /// The first record of a person by number; nil when there are not so many.
  func first(ofPerson number: Int) throws(CommandError) -> Int? {
    guard number > 0 else { return nil }
    let rows = try store.prepare(
      "SELECT block, before, bits FROM persons WHERE before < ? ORDER BY block DESC LIMIT 1"
    )
    try store.bind(rows, number)
    guard try store.next(rows) else { return nil }
    var left = number - rows.int(1)
    let words: [UInt64] = rows.words(2)
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        left -= 1
        if left == 0 {
          return rows.int(0) << StoreLayout.blockBits + index << 6 + rest.trailingZeroBitCount
        }
        rest &= rest - 1
      }
    }
    return nil
  }

  // MARK: records

  /// Records in source order, by their numbers in rising order.
  func records(_ numbers: [Int]) throws(CommandError) -> [StoredRecord] {
    var found: [StoredRecord] = []
    var at = 0
    while at < numbers.count {
      let index = chunkIndex(numbers[at])
      let place = chunks[index]
      let chunk = try chunk(place.number)
      var (record, word, line) = (place.first, 0, place.line)
      while word < chunk.words.count, at < numbers.count {
        let shape = chunk.shapes[Int(chunk.words[word] & 0xFFFF_FFFF)]
        line += IdentityChunk.linesSkipped(chunk.words[word])
        let end = word + 2 + shape.kinds.count
        if record == numbers[at] {
          found.append(
            StoredRecord(
              number: record,
              path: paths[place.leaf] ?? "",
              ordinal: place.ordinal + record - place.first,
              line: shape.flags.contains(.freeText) || line == 0 ? nil : line,
              shape: shape,
              digests: Array(chunk.words[word + 2..<end])
            )
          )
          at += 1
        }
        record += 1
        word = end
      }
      if record <= place.first { throw store.broken("records are missing") }
    }
    return found
  }

  /// The chunk that a record is in.
  private func chunkIndex(_ record: Int) -> Int {
    var range = 0..<chunks.count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      if chunks[middle].first <= record {
        range = middle + 1..<range.upperBound
      } else {
        range = range.lowerBound..<middle
      }
    }
    return max(0, range.lowerBound - 1)
  }

  /// What an id of a table may have been joined with; 0 for an id that means something everywhere.
  func idSpaces() throws(CommandError) -> [UInt64] {
    var spaces: Set<UInt64> = [0]
    let rows = try store.prepare("SELECT shapes FROM records")
    while try store.next(rows) {
      var reader = WireReader(rows.bytes(0))
      guard let shapes = try? reader.shapes() else { throw store.broken("records cannot be read") }
      for shape in shapes { spaces.insert(shape.idSpace) }
    }
    return spaces.sorted()
  }
}

/// P000123, as people name a person.
func personID(_ number: Int) -> String {
  let digits = String(number)
  return "P" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
}
