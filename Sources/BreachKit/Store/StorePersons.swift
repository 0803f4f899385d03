internal import BreachBytes
internal import BreachModel

/// A record of a store as it can be shown: where it is and what it holds, never a value.
struct StoredRecord {
  /// From 0, in source order.
  var number: Int
  /// The number of its leaf in the store.
  var leaf: Int
  var path: String
  /// Its number among the leaf's records that say something of somebody, from 0.
  var ordinal: Int
  /// 1-based; nil in free text and where the format has no lines.
  var line: Int?
  var shape: IdentityShape
  /// The hash of its row.
  var row: UInt64
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
  /// In order; the last chunk that was read is kept.
  let chunks: [StoredChunk]
  private var last: (number: Int, chunk: IdentityChunk)?
  private let paths: [String]
  private var blocks: [Int: Block] = [:]
  private let chunkRows: Statement
  private let entityRows: Statement
  /// By block: a bit for each record that is the first of a person, and how many come before.
  private var persons: [(before: Int, bits: [UInt64])] = []
  /// Records in all.
  private(set) var count = 0
  /// Persons in all.
  private(set) var personCount = 0

  private struct Block {
    var records: [UInt32]
    var high: [UInt32]
    var likely: [UInt32]
    var low: [UInt32]
    var next: [UInt32]

    /// Each entity begins with its first record and runs on to the last, and no record is named twice.
    func isSound(_ range: Range<Int>, of count: Int) -> Bool {
      guard [high, likely, low, next].allSatisfy({ $0.count == records.count }) else {
        return false
      }
      var before = range.lowerBound - 1
      for (at, record) in records.enumerated() {
        guard Int(record) > before, Int(record) < range.upperBound, high[at] <= record,
          likely[at] <= high[at], low[at] <= likely[at],
          next[at] == 0 || next[at] > record && Int(next[at]) < count
        else { return false }
        before = Int(record)
      }
      return true
    }

    /// The entity that a record belongs to, by its first record.
    func entity(_ record: Int) -> (high: Int, likely: Int, low: Int, next: Int) {
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
      guard at < records.count, Int(records[at]) == record else {
        return (record, record, record, 0)
      }
      return (Int(high[at]), Int(likely[at]), Int(low[at]), Int(next[at]))
    }
  }

  init(_ store: StoreReader) throws(CommandError) {
    self.store = store
    chunkRows = try store.prepare("SELECT shapes, words FROM records WHERE number = ?")
    entityRows = try store.prepare(
      "SELECT records, high, likely, low, next FROM entities WHERE block = ?"
    )
    chunks = try store.chunks()
    paths = try store.paths()
    guard chunks.allSatisfy({ $0.leaf < paths.count }) else {
      throw store.broken("a record of no leaf")
    }
    if let last = chunks.last { count = last.first + (try chunk(last.number)).count }
    try readPersons()
  }

  /// The range of record numbers of a block.
  private func range(ofBlock number: Int) -> Range<Int> {
    let start = number << StoreLayout.blockBits
    return start..<min(count, start + 1 << StoreLayout.blockBits)
  }

  private func readPersons() throws(CommandError) {
    let rows = try store.prepare("SELECT block, before, bits FROM persons ORDER BY block")
    while try store.next(rows) {
      let number = persons.count
      let bits: [UInt64] = try store.words(rows, 2)
      guard rows.int(0) == number, rows.int(1) == personCount,
        number == 0 || number << StoreLayout.blockBits < count
      else { throw store.broken("persons are out of order") }
      let records = range(ofBlock: number).count
      guard bits.count == (records + 63) / 64,
        records & 63 == 0 || bits[bits.count - 1] >> UInt64(records & 63) == 0
      else { throw store.broken("persons without records") }
      persons.append((personCount, bits))
      personCount += bits.reduce(0) { $0 + $1.nonzeroBitCount }
    }
    let told = try store.result().persons?.count.likely
    guard persons.count == max(0, count - 1) >> StoreLayout.blockBits + 1, personCount == told
    else { throw store.broken("persons are missing") }
  }

  /// The records of a chunk, which are as many as there have to be.
  func chunk(_ number: Int) throws(CommandError) -> IdentityChunk {
    if let last, last.number == number { return last.chunk }
    try store.bind(chunkRows, number)
    guard try store.next(chunkRows) else { throw store.broken("records are missing") }
    let words: [UInt64] = try store.words(chunkRows, 1)
    let chunk: IdentityChunk
    do throws(WireError) {
      chunk = try IdentityChunk(shapes: chunkRows.bytes(0), words: words)
    } catch {
      throw store.broken("records cannot be read")
    }
    let behind = number + 1 < chunks.count ? chunks[number + 1].first : nil
    guard chunk.count > 0, behind == nil || chunks[number].first + chunk.count == behind,
      chunks[number].first + chunk.count <= Int(UInt32.max)
    else {
      throw store.broken("records are missing")
    }
    last = (number, chunk)
    return chunk
  }

  private func block(_ record: Int) throws(CommandError) -> Block {
    let number = record >> StoreLayout.blockBits
    if let known = blocks[number] { return known }
    try store.bind(entityRows, number)
    guard try store.next(entityRows) else { throw store.broken("entities are missing") }
    let block = Block(
      records: try store.words(entityRows, 0),
      high: try store.words(entityRows, 1),
      likely: try store.words(entityRows, 2),
      low: try store.words(entityRows, 3),
      next: try store.words(entityRows, 4)
    )
    guard block.isSound(range(ofBlock: number), of: count) else {
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

  /// The same for what tertiary evidence joins, too.
  func widest(of record: Int) throws(CommandError) -> Int { try block(record).entity(record).low }

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
    guard (0..<count).contains(first) else { throw store.broken("entities without records") }
    let (before, bits) = persons[first >> StoreLayout.blockBits]
    let at = first & (1 << StoreLayout.blockBits - 1)
    guard bits[at >> 6] >> UInt64(at & 63) & 1 == 1 else { return nil }
    let words = bits[..<(at >> 6)].reduce(0) { $0 + $1.nonzeroBitCount }
    let mask = (1 as UInt64) << UInt64(at & 63) - 1
    return before + words + (bits[at >> 6] & mask).nonzeroBitCount + 1
  }

  /// The first record of a person by number; nil when there are not so many.
  func first(ofPerson number: Int) throws(CommandError) -> Int? {
    guard (1...max(1, personCount)).contains(number),
      let block = persons.lastIndex(where: { $0.before < number })
    else { return nil }
    var left = number - persons[block].before
    for (index, word) in persons[block].bits.enumerated() {
      if left > word.nonzeroBitCount {
        left -= word.nonzeroBitCount
        continue
      }
      var rest = word
      for _ in 1..<left { rest &= rest - 1 }
      return block << StoreLayout.blockBits + index << 6 + rest.trailingZeroBitCount
    }
    return nil
  }

  // MARK: records

  /// Records in source order, by their numbers in rising order.
  func records(_ numbers: [Int]) throws(CommandError) -> [StoredRecord] {
    var found: [StoredRecord] = []
    var at = 0
    while at < numbers.count {
      guard (0..<count).contains(numbers[at]) else { throw store.broken("there is no such record") }
      try forEach(inChunk: chunkIndex(numbers[at])) { (number, record) in
        guard at < numbers.count, number == numbers[at] else { return }
        found.append(record())
        at += 1
      }
    }
    return found
  }

  /// All records in source order.
  func forEach(_ body: (StoredRecord) -> Void) throws(CommandError) {
    for index in chunks.indices {
      try forEach(inChunk: index) { (_, record) in body(record()) }
    }
  }

  /// Calls `body` with the number of each record of a chunk, and with what makes it.
  private func forEach(inChunk index: Int, _ body: (Int, () -> StoredRecord) -> Void)
    throws(CommandError)
  {
    let place = chunks[index]
    let chunk = try chunk(index)
    var (number, word, line) = (place.first, 0, place.line)
    while word < chunk.words.count {
      let shape = chunk.shapes[Int(chunk.words[word] & 0xFFFF_FFFF)]
      line += IdentityChunk.linesSkipped(chunk.words[word])
      let end = word + 2 + shape.kinds.count
      body(number) {
        StoredRecord(
          number: number,
          leaf: place.leaf,
          path: paths[place.leaf],
          ordinal: place.ordinal + number - place.first,
          line: shape.flags.contains(.freeText) || line == 0 ? nil : line,
          shape: shape,
          row: chunk.words[word + 1],
          digests: Array(chunk.words[word + 2..<end])
        )
      }
      number += 1
      word = end
    }
  }

  /// Calls `body` with the first record of each person, in the order of their numbers.
  func forEachPerson(_ body: (_ number: Int, _ first: Int) -> Void) {
    var number = 0
    for (block, entry) in persons.enumerated() {
      for (index, word) in entry.bits.enumerated() {
        var rest = word
        while rest != 0 {
          number += 1
          body(
            number,
            block << StoreLayout.blockBits + index << 6 + rest.trailingZeroBitCount
          )
          rest &= rest - 1
        }
      }
    }
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
