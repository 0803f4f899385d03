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
  /// As its head word tells it; 0 where nothing does.
  var age: UInt8
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
///
/// Nothing is read before it is asked for: finding one person takes as many rows in a large store as in a
/// small one.
final class StorePersons {
  private let store: StoreReader
  private let entityRows: Statement
  private let placeRows: Statement
  private let firstRows: Statement
  private let chunkRows: Statement
  private let pathRows: Statement
  private let personRows: Statement
  private var places: [Int: StoredChunk] = [:]
  private var paths: [Int: String] = [:]
  private var blocks: [Int: Block] = [:]
  /// By block: a bit for each record that is the first of a person, and how many come before.
  private var persons: [Int: (before: Int, bits: [UInt64])] = [:]
  /// The last chunk that was read is kept.
  private var last: (number: Int, chunk: IdentityChunk)?
  /// Chunks in all.
  private(set) var chunkCount = 0
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
    entityRows = try store.prepare(
      "SELECT records, high, likely, low, next FROM entities WHERE block = ?"
    )
    let place = "SELECT number, leaf, part, first, ordinal, line FROM records "
    placeRows = try store.prepare(place + "WHERE number = ?")
    firstRows = try store.prepare(place + "WHERE first <= ? ORDER BY first DESC LIMIT 1")
    chunkRows = try store.prepare("SELECT shapes, words FROM records WHERE number = ?")
    pathRows = try store.prepare("SELECT path FROM leaves WHERE number = ?")
    personRows = try store.prepare("SELECT before, bits FROM persons WHERE block = ?")
    let lastRows = try store.prepare(place + "ORDER BY number DESC LIMIT 1")
    if try store.next(lastRows) {
      let last = StoredChunk(lastRows)
      guard last.number >= 0, last.number <= Int(UInt32.max) else {
        throw store.broken("records are out of order")
      }
      chunkCount = last.number + 1
      count = try self.place(last.number).first + chunk(last.number).count
    }
    personCount = try store.result().persons?.count.likely ?? 0
    _ = try bits(ofBlock: lastBlock)
  }

  /// The range of record numbers of a block.
  private func range(ofBlock number: Int) -> Range<Int> {
    let start = number << StoreLayout.blockBits
    return start..<min(count, start + 1 << StoreLayout.blockBits)
  }

  private var lastBlock: Int { max(0, count - 1) >> StoreLayout.blockBits }

  private func bits(ofBlock number: Int) throws(CommandError) -> (before: Int, bits: [UInt64]) {
    if let known = persons[number] { return known }
    try store.bind(personRows, number)
    guard try store.next(personRows) else { throw store.broken("persons are missing") }
    let before = personRows.int(0)
    let bits: [UInt64] = try store.words(personRows, 1)
    let records = range(ofBlock: number).count
    guard bits.count == (records + 63) / 64,
      records & 63 == 0 || bits[bits.count - 1] >> UInt64(records & 63) == 0
    else { throw store.broken("persons without records") }
    let behind = before.clampedSum(bits.reduce(0) { $0 + $1.nonzeroBitCount })
    guard before >= 0, number > 0 || before == 0, behind <= personCount,
      number < lastBlock || behind == personCount
    else { throw store.broken("persons are missing") }
    persons[number] = (before, bits)
    return (before, bits)
  }

  // MARK: where records are

  /// The place of a chunk, which begins where the one before it ends.
  func place(_ number: Int) throws(CommandError) -> StoredChunk {
    if let known = places[number] { return known }
    let before = number == 0 ? nil : try storedPlace(number - 1)
    let place = try storedPlace(number)
    guard place.follows(before) else { throw store.broken("records are out of order") }
    places[number] = place
    return place
  }

  private func storedPlace(_ number: Int) throws(CommandError) -> StoredChunk {
    if let known = places[number] { return known }
    try store.bind(placeRows, number)
    guard try store.next(placeRows) else { throw store.broken("records are missing") }
    return StoredChunk(placeRows)
  }

  private func path(ofLeaf number: Int) throws(CommandError) -> String {
    if let known = paths[number] { return known }
    try store.bind(pathRows, number)
    guard try store.next(pathRows) else { throw store.broken("a record of no leaf") }
    let path = pathRows.text(0)
    paths[number] = path
    return path
  }

  /// The chunk that a record is in.
  private func chunk(of record: Int) throws(CommandError) -> Int {
    guard (0..<count).contains(record) else { throw store.broken("there is no such record") }
    try store.bind(firstRows, record)
    guard try store.next(firstRows) else { throw store.broken("records are missing") }
    let number = StoredChunk(firstRows).number
    guard (0..<chunkCount).contains(number) else { throw store.broken("records are out of order") }
    let first = try place(number).first
    guard try (first..<first + chunk(number).count).contains(record) else {
      throw store.broken("records are missing")
    }
    return number
  }

  /// The records of a chunk, which are as many as there have to be.
  func chunk(_ number: Int) throws(CommandError) -> IdentityChunk {
    if let last, last.number == number { return last.chunk }
    let first = try place(number).first
    let behind = number + 1 < chunkCount ? try storedPlace(number + 1).first : nil
    try store.bind(chunkRows, number)
    guard try store.next(chunkRows) else { throw store.broken("records are missing") }
    let words: [UInt64] = try store.words(chunkRows, 1)
    let chunk: IdentityChunk
    do throws(WireError) {
      chunk = try IdentityChunk(shapes: chunkRows.bytes(0), words: words)
    } catch {
      throw store.broken("records cannot be read")
    }
    guard chunk.count > 0, behind == nil || first + chunk.count == behind,
      first + chunk.count <= Int(UInt32.max)
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
    let (before, bits) = try bits(ofBlock: first >> StoreLayout.blockBits)
    let at = first & (1 << StoreLayout.blockBits - 1)
    guard bits[at >> 6] >> UInt64(at & 63) & 1 == 1 else { return nil }
    let words = bits[..<(at >> 6)].reduce(0) { $0 + $1.nonzeroBitCount }
    let mask = (1 as UInt64) << UInt64(at & 63) - 1
    return before + words + (bits[at >> 6] & mask).nonzeroBitCount + 1
  }

  /// The first record of a person by number; nil when there are not so many.
  func first(ofPerson number: Int) throws(CommandError) -> Int? {
    guard number > 0, number <= personCount else { return nil }
    // The last block that fewer persons come before.
    var range = 0..<lastBlock
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound + 1) / 2
      if try bits(ofBlock: middle).before < number {
        range = middle..<range.upperBound
      } else {
        range = range.lowerBound..<middle - 1
      }
    }
    let block = range.lowerBound
    let (before, bits) = try bits(ofBlock: block)
    var left = number - before
    guard left > 0 else { throw store.broken("persons are out of order") }
    for (index, word) in bits.enumerated() {
      if left > word.nonzeroBitCount {
        left -= word.nonzeroBitCount
        continue
      }
      var rest = word
      for _ in 1..<left { rest &= rest - 1 }
      return block << StoreLayout.blockBits + index << 6 + rest.trailingZeroBitCount
    }
    throw store.broken("persons are out of order")
  }

  // MARK: records

  /// Records in source order, by their numbers in rising order.
  func records(_ numbers: [Int]) throws(CommandError) -> [StoredRecord] {
    var found: [StoredRecord] = []
    var at = 0
    while at < numbers.count {
      try forEach(inChunk: chunk(of: numbers[at])) { (number, record) in
        guard at < numbers.count, number == numbers[at] else { return }
        found.append(record())
        at += 1
      }
    }
    return found
  }

  /// All records in source order.
  func forEach(_ body: (StoredRecord) -> Void) throws(CommandError) {
    for number in 0..<chunkCount {
      try forEach(inChunk: number) { (_, record) in body(record()) }
    }
  }

  /// Calls `body` with the number of each record of a chunk, and with what makes it.
  private func forEach(inChunk index: Int, _ body: (Int, () -> StoredRecord) -> Void)
    throws(CommandError)
  {
    let place = try place(index)
    let chunk = try chunk(index)
    let path = try path(ofLeaf: place.leaf)
    var (number, word, line) = (place.first, 0, place.line)
    while word < chunk.words.count {
      let shape = chunk.shapes[Int(chunk.words[word] & 0xFFFF_FFFF)]
      line += IdentityChunk.linesSkipped(chunk.words[word])
      let end = word + 2 + shape.kinds.count
      body(number) {
        StoredRecord(
          number: number,
          leaf: place.leaf,
          path: path,
          ordinal: place.ordinal + number - place.first,
          line: shape.flags.contains(.freeText) || line == 0 ? nil : line,
          shape: shape,
          age: UInt8(truncatingIfNeeded: chunk.words[word] >> 40),
          row: chunk.words[word + 1],
          digests: Array(chunk.words[word + 2..<end])
        )
      }
      number += 1
      word = end
    }
  }

  /// Calls `body` with the first record of each person, in the order of their numbers.
  func forEachPerson(_ body: (_ number: Int, _ first: Int) throws(CommandError) -> Void)
    throws(CommandError)
  {
    var number = 0
    for block in 0...lastBlock {
      let (before, bits) = try bits(ofBlock: block)
      guard before == number else { throw store.broken("persons are out of order") }
      for (index, word) in bits.enumerated() {
        var rest = word
        while rest != 0 {
          number += 1
          try body(
            number,
            block << StoreLayout.blockBits + index << 6 + rest.trailingZeroBitCount
          )
          rest &= rest - 1
        }
      }
    }
  }
}

/// P000123, as people name a person.
func personID(_ number: Int) -> String {
  let digits = String(number)
  return "P" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
}
