internal import BreachBytes
internal import BreachModel
internal import BreachPersons
internal import BreachReports

/// Why a result store cannot be written or read, in words for the user.
struct StoreError: Error, CustomStringConvertible {
  var description: String
}

/// The layout that writer and reader share; what is in which table stands in decision 0011.
enum StoreLayout {
  static let schema = "breachscope.store/1"
  /// Records of one row of `entities` and `persons`.
  static let blockBits = 16

  static let tables = """
    PRAGMA application_id=1112757073; PRAGMA user_version=1;
    CREATE TABLE about (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE leaves (number INTEGER PRIMARY KEY, file BLOB, path BLOB, about BLOB);
    CREATE TABLE records (number INTEGER PRIMARY KEY, leaf INTEGER, part INTEGER, first INTEGER,
      ordinal INTEGER, line INTEGER, shapes BLOB, words BLOB);
    CREATE TABLE entities (block INTEGER PRIMARY KEY, records BLOB, high BLOB, likely BLOB, low BLOB,
      next BLOB);
    CREATE TABLE persons (block INTEGER PRIMARY KEY, before INTEGER, bits BLOB);
    CREATE TABLE digests (place INTEGER PRIMARY KEY, digests BLOB, records BLOB);
    CREATE TABLE decisions (first BLOB, first_record INTEGER, second BLOB, second_record INTEGER,
      same INTEGER, reason BLOB);
    """

  /// What may be asked for: digests of these kinds are sorted into buckets.
  static let asked: [AttributeKind] =
    [
      .personName, .personNameKana, .birthDate, .emailAddress, .phoneNumber, .address, .memberID,
      .loginID,
    ].map { AttributeKind($0) } + [.roleEmail, .mobilePhone, .businessPhone, .phoneTail]

  /// The row of `digests` where a digest of a kind lies when there are 2^`bits` buckets.
  static func place(_ kind: AttributeKind, _ digest: UInt64, _ bits: Int) -> Int {
    Int(kind.rawValue) << 32 | (bits == 0 ? 0 : Int(digest >> UInt64(64 - bits)))
  }

  /// Tells keys apart and gives nothing away of them.
  static func check(of key: DigestKey) -> [UInt8] {
    let (low, high) = digest(Array("breachscope result store".utf8), key: key)
    return bytes(of: [low, high])
  }
}

/// Writes a result store: one SQLite file with the result, the records it was counted from, who is who
/// among them, and what is needed to find a person; digests, never a value.
struct StoreWriter {
  private let database: Database
  private let kept: KeptScan
  private let room: ColumnRoom
  /// The chunks that count, in order: their number, and where they are from.
  private var chunks: [Chunk] = []

  private struct Chunk {
    var number: Int
    var leaf: Int
    var part: Int
  }

  /// Writes all into the empty file at `path`.
  static func write(
    _ kept: KeptScan,
    _ result: ScanResult,
    to path: [UInt8],
    _ room: ColumnRoom
  ) throws(StoreError) {
    do throws(DatabaseError) {
      let database = try Database(writing: path)
      try database.run(StoreLayout.tables)
      let writer = StoreWriter(database, kept, room)
      try writer.writeAbout(result)
      try writer.writeLeaves()
      try writer.writeRecords()
      try writer.writeEntities()
      try writer.writeDigests()
      try writer.writeDecisions()
      try database.run("COMMIT")
    } catch {
      throw StoreError(description: "\(error)")
    }
  }

  private init(_ database: Database, _ kept: KeptScan, _ room: ColumnRoom) {
    self.database = database
    self.kept = kept
    self.room = room
    for index in kept.counted {
      for (part, entry) in kept.evidence.leaves[index].entries.enumerated() {
        chunks += entry.identities.map { Chunk(number: $0, leaf: index, part: part) }
      }
    }
  }

  private func chunk(_ number: Int) throws(DatabaseError) -> IdentityChunk {
    if let failure = room.failure { throw DatabaseError("\(failure)") }
    room.relax()
    do throws(SystemError) { return try kept.evidence.store.chunk(number) } catch {
      throw DatabaseError("what was found cannot be read back: \(error)")
    }
  }

  private func writeAbout(_ result: ScanResult) throws(DatabaseError) {
    var json = MemorySink()
    ReportFormat.json.render(ReportContent(result), options: ReportOptions(), into: &json)
    let rows = [
      ("schema", Array(StoreLayout.schema.utf8)),
      ("key_check", StoreLayout.check(of: kept.key)),
      ("patterns_sha256", Array(kept.patternsSHA256.utf8)),
      ("result", json.bytes),
      ("coverage", kept.evidence.encoded),
    ]
    let insert = try database.prepare("INSERT INTO about VALUES (CAST(? AS TEXT), ?)")
    for (name, value) in rows {
      try insert.bind(1, name)
      try insert.bind(2, value)
      try insert.run()
    }
  }

  private func writeLeaves() throws(DatabaseError) {
    let insert = try database.prepare("INSERT INTO leaves VALUES (?, ?, ?, ?)")
    for (number, leaf) in kept.evidence.leaves.enumerated() {
      try insert.bind(1, number)
      try insert.bind(2, leaf.file)
      try insert.bind(3, leaf.path)
      try insert.bind(4, leaf.encoded)
      try insert.run()
    }
  }

  /// Chunks as they came, with the place of the first record of each.
  private func writeRecords() throws(DatabaseError) {
    let insert = try database.prepare("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    var (first, ordinal, line) = (0, 0, 0)
    for (number, place) in chunks.enumerated() {
      let chunk = try chunk(place.number)
      let before = number == 0 ? nil : chunks[number - 1]
      if before?.leaf != place.leaf { ordinal = 0 }
      if before?.leaf != place.leaf || before?.part != place.part {
        line = kept.evidence.leaves[place.leaf].entries[..<place.part].reduce(0) {
          $0 + $1.report.lines
        }
      }
      try insert.bind(1, number)
      try insert.bind(2, place.leaf)
      try insert.bind(3, place.part)
      try insert.bind(4, first)
      try insert.bind(5, ordinal)
      try insert.bind(6, line)
      try insert.bind(7, chunk.encodedShapes)
      try insert.bind(8, words: chunk.words)
      try insert.run()
      first += chunk.count
      ordinal += chunk.count
      line += chunk.lines
    }
  }

  /// Records that are not alone, at any strength, and who of all is the first of a person.
  private func writeEntities() throws(DatabaseError) {
    let entities = try database.prepare("INSERT INTO entities VALUES (?, ?, ?, ?, ?, ?)")
    let persons = try database.prepare("INSERT INTO persons VALUES (?, ?, ?)")
    let index = kept.index
    var before = 0
    for block in 0...(max(0, index.count - 1) >> StoreLayout.blockBits) {
      room.relax()
      let start = block << StoreLayout.blockBits
      let end = min(index.count, start + 1 << StoreLayout.blockBits)
      var columns = [[UInt32]](repeating: [], count: 5)
      for record in start..<end {
        let (high, likely, low) = (index.high[record], index.likely[record], index.low[record])
        let own = UInt32(truncatingIfNeeded: record)
        guard high != own || likely != own || low != own || index.next[record] != 0 else {
          continue
        }
        columns[0].append(own)
        columns[1].append(high)
        columns[2].append(likely)
        columns[3].append(low)
        columns[4].append(index.next[record])
      }
      try entities.bind(1, block)
      for (at, column) in columns.enumerated() { try entities.bind(2 + at, words: column) }
      try entities.run()
      var bits: [UInt64] = []
      for word in start >> 6..<(end + 63) >> 6 { bits.append(index.persons[word]) }
      try persons.bind(1, block)
      try persons.bind(2, before)
      try persons.bind(3, words: bits)
      try persons.run()
      before += bits.reduce(0) { $0 + $1.nonzeroBitCount }
    }
  }

  private func writeDecisions() throws(DatabaseError) {
    let insert = try database.prepare("INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?)")
    for decision in kept.decisions {
      try insert.bind(1, decision.first.path)
      try insert.bind(2, decision.first.number)
      try insert.bind(3, decision.second.path)
      try insert.bind(4, decision.second.number)
      try insert.bind(5, decision.isSame ? 1 : 0)
      try insert.bind(6, decision.reason)
      try insert.run()
    }
  }

  // MARK: what may be asked for

  /// Each kind's digests in buckets by their first bits, sorted within, with the records they stand in.
  private func writeDigests() throws(DatabaseError) {
    let insert = try database.prepare("INSERT INTO digests VALUES (?, ?, ?)")
    for kind in StoreLayout.asked {
      var total = 0
      try forEach(kind) { _, _ in total += 1 }
      // Every store has a bucket for whatever may be asked, and a bucket has some 500 digests.
      let bits = total < 1_024 ? 0 : Int.bitWidth - (total >> 9).leadingZeroBitCount
      var starts = [Int](repeating: 0, count: 1 << bits + 1)
      func bucket(_ digest: UInt64) -> Int { bits == 0 ? 0 : Int(digest >> UInt64(64 - bits)) }
      try forEach(kind) { digest, _ in starts[bucket(digest) + 1] += 1 }
      for index in 1..<starts.count { starts[index] += starts[index - 1] }
      let digests: Column<UInt64> = room.column(total)
      let records: Column<UInt32> = room.column(total)
      var cursors = starts
      try forEach(kind) { digest, record in
        let at = cursors[bucket(digest)]
        digests[at] = digest
        records[at] = record
        cursors[bucket(digest)] += 1
      }
      for bucket in 0..<1 << bits {
        let sorted = (starts[bucket]..<starts[bucket + 1]).sorted {
          (digests[$0], records[$0]) < (digests[$1], records[$1])
        }
        try insert.bind(1, Int(kind.rawValue) << 32 | bucket)
        try insert.bind(2, words: sorted.map { digests[$0] })
        try insert.bind(3, words: sorted.map { records[$0] })
        try insert.run()
      }
      let about = try database.prepare("INSERT INTO about VALUES (CAST(? AS TEXT), ?)")
      try about.bind(1, "bits.\(kind.rawValue)")
      try about.bind(2, [UInt8(bits)])
      try about.run()
    }
  }

  /// Calls `body` with each digest of a kind and its record, in source order.
  private func forEach(_ kind: AttributeKind, _ body: (UInt64, UInt32) -> Void)
    throws(DatabaseError)
  {
    var record = 0
    for place in chunks {
      // A chunk whose shapes do not have the kind need not be read back.
      let shapes = kept.evidence.store.shapes(place.number)
      guard shapes.contains(where: { $0.kinds.contains(kind) }) else {
        record += kept.evidence.store.count(place.number)
        continue
      }
      let chunk = try chunk(place.number)
      let positions = chunk.shapes.map { shape in
        shape.kinds.indices.filter { shape.kinds[$0] == kind }
      }
      let widths = chunk.shapes.map { 2 + $0.kinds.count }
      let words = chunk.words.span
      var at = 0
      while at < words.count {
        let shape = Int(words[at] & 0xFFFF_FFFF)
        for position in positions[shape] {
          body(words[at + 2 + position], UInt32(truncatingIfNeeded: record))
        }
        record += 1
        at += widths[shape]
      }
    }
  }
}
