internal import BreachBytes
internal import BreachModel
internal import BreachPersons
internal import BreachReports

/// Why a result store cannot be written or read, in words for the user.
struct StoreError: Error, CustomStringConvertible {
  var description: String
}

/// The layout that writer and reader share; what is in which table stands in decision 0012.
enum StoreLayout {
  static let schema = "breachscope.store/5"
  /// Records of one row of `entities` and `persons`.
  static let blockBits = 16

  static let tables = """
    PRAGMA application_id=1112757073; PRAGMA user_version=1;
    CREATE TABLE about (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE leaves (number INTEGER PRIMARY KEY, file BLOB, path BLOB, place INTEGER, about BLOB);
    CREATE TABLE records (number INTEGER PRIMARY KEY, leaf INTEGER, part INTEGER, first INTEGER,
      ordinal INTEGER, line INTEGER, shapes BLOB, words BLOB);
    CREATE UNIQUE INDEX records_by_first ON records (first);
    CREATE TABLE entities (block INTEGER PRIMARY KEY, records BLOB, high BLOB, likely BLOB, low BLOB,
      next BLOB);
    CREATE TABLE persons (block INTEGER PRIMARY KEY, before INTEGER, bits BLOB);
    CREATE TABLE digests (place INTEGER PRIMARY KEY, digests BLOB, records BLOB);
    CREATE TABLE decisions (first BLOB, first_content BLOB, first_record INTEGER,
      second BLOB, second_content BLOB, second_record INTEGER, same INTEGER, reason BLOB);
    """

  /// What may be asked for: digests of these kinds are sorted into buckets.
  static let asked: [AttributeKind] =
    [
      .personName, .personNameKana, .birthDate, .emailAddress, .phoneNumber, .address, .memberID,
      .loginID,
    ].map { AttributeKind($0) } + [
      .roleEmail, .mobilePhone, .businessPhone, .phoneTail, .town, .region,
    ]

  /// More buckets than a kind may have.
  static let mostBuckets = 0xFFFF_FFFF

  /// The row of `digests` where a digest of a kind lies when there are 2^`bits` buckets.
  ///
  /// `bits` is below 32.
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
    let database: Database
    do throws(DatabaseError) { database = try Database(writing: path) } catch {
      throw StoreError(description: "\(error)")
    }
    try write(kept, result, in: database, room)
  }

  /// Writes all into an empty database that has begun.
  static func write(
    _ kept: KeptScan,
    _ result: ScanResult,
    in database: Database,
    _ room: ColumnRoom
  ) throws(StoreError) {
    do throws(DatabaseError) {
      try database.run(StoreLayout.tables)
      let writer = StoreWriter(database, kept, room)
      try writer.writeAbout(result)
      try writer.writeLeaves()
      let uses = try writer.writeRecords()
      try writer.writeEntities()
      try writer.writeDigests(uses)
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
      ("reading_sha256", Array(kept.readingSHA256.utf8)),
      ("result", json.bytes),
      ("coverage", kept.evidence.encoded),
      ("id_spaces", bytes(of: idSpaces)),
    ]
    let insert = try database.prepare("INSERT INTO about VALUES (CAST(? AS TEXT), ?)")
    for (name, value) in rows {
      try insert.bind(1, name)
      try insert.bind(2, value)
      try insert.run()
    }
  }

  /// With what ids of tables are joined, and 0 for none.
  private var idSpaces: [UInt64] {
    var spaces: Set<UInt64> = [0]
    for place in chunks {
      for shape in kept.evidence.store.shapes(place.number) { spaces.insert(shape.idSpace) }
    }
    return spaces.sorted()
  }

  private func writeLeaves() throws(DatabaseError) {
    let insert = try database.prepare("INSERT INTO leaves VALUES (?, ?, ?, ?, ?)")
    for (number, leaf) in kept.evidence.leaves.enumerated() {
      try insert.bind(1, number)
      try insert.bind(2, leaf.file)
      try insert.bind(3, leaf.path)
      try insert.bind(4, leaf.place)
      try insert.bind(5, leaf.encoded)
      try insert.run()
    }
  }

  /// Chunks as they came, with the place of the first record of each; returns how many digests there
  /// are of each kind, by its raw value.
  private func writeRecords() throws(DatabaseError) -> [Int] {
    var uses = [Int](repeating: 0, count: 256)
    let insert = try database.prepare("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    var (first, ordinal, line) = (0, 0, 0)
    for (number, place) in chunks.enumerated() {
      let chunk = try chunk(place.number)
      let before = number == 0 ? nil : chunks[number - 1]
      if before?.leaf != place.leaf { ordinal = 0 }
      if before?.leaf != place.leaf || before?.part != place.part {
        line = kept.evidence.leaves[place.leaf].linesBefore(place.part)
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
      line = line.clampedSum(chunk.lines)
      Self.count(chunk, &uses)
    }
    return uses
  }

  private static func count(_ chunk: IdentityChunk, _ uses: inout [Int]) {
    var shapes = [Int](repeating: 0, count: chunk.shapes.count)
    var at = 0
    while at < chunk.words.count {
      let shape = Int(chunk.words[at] & 0xFFFF_FFFF)
      shapes[shape] += 1
      at += 2 + chunk.shapes[shape].kinds.count
    }
    for (shape, count) in zip(chunk.shapes, shapes) {
      for kind in shape.kinds { uses[Int(kind.rawValue)] += count }
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
    let insert = try database.prepare("INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    for decision in kept.decisions {
      for (at, place) in [(1, decision.first), (4, decision.second)] {
        try insert.bind(at, place.path)
        try insert.bind(at + 1, words: place.content?.words ?? [])
        try insert.bind(at + 2, place.number)
      }
      try insert.bind(7, decision.isSame ? 1 : 0)
      try insert.bind(8, decision.reason)
      try insert.run()
    }
  }

  // MARK: what may be asked for

  /// The digests of one kind in buckets by their first bits.
  private struct Buckets {
    var kind: AttributeKind
    /// There are 2^`bits` of them.
    var bits: Int
    var total: Int
    /// Where each begins; one more at the end.
    var starts: [Int]

    init(_ kind: AttributeKind, _ total: Int) {
      self.kind = kind
      self.total = total
      // Every store has a bucket for whatever may be asked, and a bucket has some 500 digests.
      bits = total < 1_024 ? 0 : Int.bitWidth - (total >> 9).leadingZeroBitCount
      starts = [Int](repeating: 0, count: 1 << bits + 1)
    }

    func bucket(_ digest: UInt64) -> Int {
      StoreLayout.place(kind, digest, bits) & StoreLayout.mostBuckets
    }
  }

  /// Each kind's digests in its buckets, sorted within, with the records they stand in.
  ///
  /// Chunks are read twice, and once more for every so many digests as there are records.
  private func writeDigests(_ uses: [Int]) throws(DatabaseError) {
    var all = StoreLayout.asked.map { Buckets($0, uses[Int($0.rawValue)]) }
    try forEach(all.map(\.kind)) { number, digest, _ in
      all[number].starts[all[number].bucket(digest) + 1] += 1
    }
    for number in all.indices {
      for index in 1..<all[number].starts.count {
        all[number].starts[index] += all[number].starts[index - 1]
      }
    }
    var round: [Buckets] = []
    var sum = 0
    for buckets in all {
      if !round.isEmpty && sum + buckets.total > kept.index.count {
        try write(round)
        (round, sum) = ([], 0)
      }
      round.append(buckets)
      sum += buckets.total
    }
    try write(round)
  }

  private func write(_ round: [Buckets]) throws(DatabaseError) {
    let insert = try database.prepare("INSERT INTO digests VALUES (?, ?, ?)")
    let about = try database.prepare("INSERT INTO about VALUES (CAST(? AS TEXT), ?)")
    let digests: [Column<UInt64>] = round.map { room.column($0.total) }
    let records: [Column<UInt32>] = round.map { room.column($0.total) }
    var cursors = round.map(\.starts)
    try forEach(round.map(\.kind)) { number, digest, record in
      let bucket = round[number].bucket(digest)
      let at = cursors[number][bucket]
      digests[number][at] = digest
      records[number][at] = record
      cursors[number][bucket] += 1
    }
    for (number, buckets) in round.enumerated() {
      let (digests, records) = (digests[number], records[number])
      for bucket in 0..<1 << buckets.bits {
        let sorted = (buckets.starts[bucket]..<buckets.starts[bucket + 1]).sorted {
          (digests[$0], records[$0]) < (digests[$1], records[$1])
        }
        try insert.bind(1, Int(buckets.kind.rawValue) << 32 | bucket)
        try insert.bind(2, words: sorted.map { digests[$0] })
        try insert.bind(3, words: sorted.map { records[$0] })
        try insert.run()
      }
      try about.bind(1, "bits.\(buckets.kind.rawValue)")
      try about.bind(2, [UInt8(buckets.bits)])
      try about.run()
    }
  }

  /// Calls `body` with each digest of one of the kinds, the kind's position among them, and its record,
  /// in source order.
  private func forEach(_ kinds: [AttributeKind], _ body: (Int, UInt64, UInt32) -> Void)
    throws(DatabaseError)
  {
    var record = 0
    for place in chunks {
      // A chunk whose shapes have none of the kinds need not be read back.
      let positions = kept.evidence.store.shapes(place.number).map { shape in
        shape.kinds.enumerated().compactMap { position, kind in
          kinds.firstIndex(of: kind).map { (position: position, number: $0) }
        }
      }
      guard positions.contains(where: { !$0.isEmpty }) else {
        record += kept.evidence.store.count(place.number)
        continue
      }
      let chunk = try chunk(place.number)
      let widths = chunk.shapes.map { 2 + $0.kinds.count }
      let words = chunk.words.span
      var at = 0
      while at < words.count {
        let shape = Int(words[at] & 0xFFFF_FFFF)
        for entry in positions[shape] {
          body(entry.number, words[at + 2 + entry.position], UInt32(truncatingIfNeeded: record))
        }
        record += 1
        at += widths[shape]
      }
    }
  }
}
