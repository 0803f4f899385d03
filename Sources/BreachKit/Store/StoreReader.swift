internal import BreachBytes
internal import BreachModel
internal import BreachPatterns
internal import BreachReports

/// A result store, read.
final class StoreReader {
  let path: String
  private let database: Database
  private var about: [String: [UInt8]] = [:]
  private var read: ScanResult?

  /// The first bytes of every store.
  static let magic = Array("SQLite format 3\u{0}".utf8)

  /// True when the file at `path` begins as a store does; nothing else is asked.
  static func isStore(_ path: String) -> Bool {
    guard let file = try? File.open(Array(path.utf8), following: true) else { return false }
    var head: [UInt8] = []
    _ = try? file.read(into: &head, at: 0, upTo: magic.count)
    return head == magic
  }

  /// Opens a store of this version's layout.
  convenience init(_ path: String) throws(CommandError) {
    guard Self.isStore(path) else {
      let there = (try? FileStatus.of(Array(path.utf8))) != nil
      throw .usage(
        there
          ? "'\(path)' is no result store; `scan --output case.breach` writes one"
          : "'\(path)' does not exist"
      )
    }
    let database: Database
    do throws(DatabaseError) { database = try Database(reading: Array(path.utf8)) } catch {
      throw .usage("'\(path)' is no result store: \(error)")
    }
    try self.init(database, path)
  }

  /// A store in a database that is open; `path` is what it is called.
  init(_ database: Database, _ path: String) throws(CommandError) {
    self.path = path
    self.database = database
    do throws(DatabaseError) {
      let rows = try database.prepare("SELECT name, value FROM about")
      while try rows.step() { about[rows.text(0)] = rows.bytes(1) }
    } catch {
      throw .usage("'\(path)' is no result store: \(error)")
    }
    let schema = String(decoding: about["schema"] ?? [], as: UTF8.self)
    guard schema == StoreLayout.schema else {
      throw .usage("'\(path)' is no result store that this version can read (\(schema))")
    }
  }

  /// Rows that were read, and those that were passed over to find them.
  var rowsRead: Int { database.rowsRead }

  /// Why the file does not hold what it should.
  func broken(_ cause: String) -> CommandError { .usage("'\(path)' is damaged: \(cause)") }

  func prepare(_ sql: String) throws(CommandError) -> Statement {
    do throws(DatabaseError) { return try database.prepare(sql) } catch { throw broken("\(error)") }
  }

  /// Words of a row's blob.
  func words<Word: FixedWidthInteger & BitwiseCopyable>(_ row: Statement, _ column: Int)
    throws(CommandError) -> [Word]
  {
    do throws(DatabaseError) { return try row.words(column) } catch { throw broken("\(error)") }
  }

  func next(_ statement: Statement) throws(CommandError) -> Bool {
    do throws(DatabaseError) { return try statement.step() } catch { throw broken("\(error)") }
  }

  func bind(_ statement: Statement, _ values: Int...) throws(CommandError) {
    statement.reset()
    do throws(DatabaseError) {
      for (at, value) in values.enumerated() { try statement.bind(at + 1, value) }
    } catch {
      throw broken("\(error)")
    }
  }

  // MARK: the result and the key

  /// The result, read when it is asked for.
  func result() throws(CommandError) -> ScanResult {
    if let read { return read }
    do throws(ResultReadError) {
      let result = try ScanResult(json: resultBytes)
      read = result
      return result
    } catch {
      throw broken("\(error)")
    }
  }

  var resultBytes: [UInt8] { about["result"] ?? [] }
  /// Of the patterns that decided how values were read and records linked.
  private var readingSHA256: [UInt8] { about["reading_sha256"] ?? [] }
  var keyCheck: [UInt8] { about["key_check"] ?? [] }

  /// 2^bits buckets hold the digests of this kind.
  func bits(_ kind: AttributeKind) throws(CommandError) -> Int {
    guard let bits = about["bits.\(kind.rawValue)"], bits.count == 1, bits[0] < 32 else {
      throw broken("digests are missing")
    }
    return Int(bits[0])
  }

  /// Values are read, and records linked, as when the store was made: else what is there may not be found.
  func requirePatterns(_ library: PatternLibrary) throws(CommandError) {
    guard readingSHA256 != Array(library.readingSHA256.utf8) else { return }
    throw .usage(
      "'\(path)' was made with other patterns than those in force, and values may be read in another "
        + "way; use the version that made it (\(try result().tool.version)) and the --patterns of its "
        + "scan, or scan again"
    )
  }

  /// The digests of the two mean the same: same key, same patterns.
  func requireSameKey(as other: StoreReader) throws(CommandError) {
    guard keyCheck == other.keyCheck else {
      throw .usage(
        "'\(path)' and '\(other.path)' were made with different keys and cannot be compared; "
          + "scan again with the same --seed-key FILE"
      )
    }
    guard readingSHA256 == other.readingSHA256 else {
      throw .usage("'\(path)' and '\(other.path)' were made with different patterns; scan again")
    }
  }

  /// The two can be counted together: same key, same patterns, same types.
  func requireSameKind(as other: StoreReader) throws(CommandError) {
    try requireSameKey(as: other)
    let (own, others) = (try result().run.types, try other.result().run.types)
    guard own == others else {
      func words(_ types: TypeSet?) -> String {
        types?.types.map(\.id).joined(separator: ",") ?? "all"
      }
      throw .usage(
        "'\(path)' and '\(other.path)' were searched for different types (\(words(own)); "
          + "\(words(others))); scan again with the same --types"
      )
    }
  }

  /// The key: of `seedKey`, else of the file beside the store.
  func key(_ seedKey: String?) throws(CommandError) -> DigestKey {
    try CaseFolder.refuseClosed(path)
    let file = seedKey ?? KeyFile.path(beside: path)
    guard let key = try KeyFile.read(file) else {
      throw .usage(
        "the key of '\(path)' is not there ('\(file)'); without it nothing can be looked up or compared"
      )
    }
    guard StoreLayout.check(of: key) == keyCheck else {
      throw .usage("'\(file)' is not the key of '\(path)'")
    }
    return key
  }

  // MARK: what it was counted from

  /// With what an id of a table may have been joined; 0 for an id that means something everywhere.
  func idSpaces() throws(CommandError) -> [UInt64] {
    let bytes = about["id_spaces"] ?? []
    guard !bytes.isEmpty, bytes.count % 8 == 0 else { throw broken("digests are missing") }
    return BreachBytes.words(of: bytes, in: 0..<bytes.count)
  }

  /// Leaves in path order, without records.
  func leaves() throws(CommandError) -> [Scan.Leaf] {
    var leaves: [Scan.Leaf] = []
    var counted = 0
    do {
      let rows = try prepare("SELECT number, file, path, place, about FROM leaves ORDER BY number")
      while try next(rows) {
        guard rows.int(0) == leaves.count, rows.int(3) >= 0 else {
          throw broken("leaves are out of order")
        }
        var reader = WireReader(rows.bytes(4))
        let leaf = try Scan.Leaf(
          &reader,
          file: rows.bytes(1),
          path: rows.text(2),
          place: rows.int(3)
        )
        guard reader.isAtEnd, reader.counted <= WireReader.mostCounted - counted else {
          throw broken("leaves cannot be read")
        }
        counted += reader.counted
        leaves.append(leaf)
      }
      return leaves
    } catch let error as CommandError {
      throw error
    } catch {
      throw broken("leaves cannot be read")
    }
  }

  /// Leaves in path order; their records go into `store`.
  func evidence(_ store: BlobStore) throws(CommandError) -> Reading {
    var leaves = try leaves()
    do {
      let persons = try StorePersons(self)
      for number in 0..<persons.chunkCount {
        let place = try persons.place(number)
        guard leaves.indices.contains(place.leaf),
          leaves[place.leaf].entries.indices.contains(place.part)
        else {
          throw broken("a record of no leaf")
        }
        leaves[place.leaf].entries[place.part].identities
          .append(store.append(try persons.chunk(number)))
      }
      var reader = WireReader(about["coverage"] ?? [])
      let reading = try Reading(&reader, leaves: leaves, store: store)
      guard reader.isAtEnd else { throw broken("gaps cannot be read") }
      return reading
    } catch let error as CommandError {
      throw error
    } catch {
      throw broken("what was read cannot be told")
    }
  }

  func decisions() throws(CommandError) -> [StoredDecision] {
    var decisions: [StoredDecision] = []
    let rows = try prepare("SELECT * FROM decisions ORDER BY rowid")
    while try next(rows) {
      var places: [RecordPlace] = []
      for at in [0, 3] {
        let number = rows.int(at + 2)
        guard number >= 0 else { throw broken("a decision is about no record") }
        places.append(
          RecordPlace(
            path: rows.text(at),
            content: LeafContent(words: try words(rows, at + 1)),
            number: number
          )
        )
      }
      guard (0...1).contains(rows.int(6)) else { throw broken("a decision says nothing") }
      decisions.append(
        StoredDecision(
          first: places[0],
          second: places[1],
          isSame: rows.int(6) == 1,
          reason: rows.text(7)
        )
      )
    }
    return decisions
  }
}

/// Where the records of a chunk are from.
struct StoredChunk {
  var number: Int
  var leaf: Int
  var part: Int
  /// The number of its first record.
  var first: Int
  /// The number of its first record in the leaf, from 0.
  var ordinal: Int
  /// Lines of the leaf before its first record.
  var line: Int

  /// Of a row with these columns.
  init(_ row: Statement) {
    number = row.int(0)
    leaf = row.int(1)
    part = row.int(2)
    first = row.int(3)
    ordinal = row.int(4)
    line = row.int(5)
  }

  /// It may come behind the other, nil for none; then it has records, and lies where they end.
  func follows(_ before: StoredChunk?) -> Bool {
    guard let before else {
      return leaf >= 0 && part >= 0 && first == 0 && ordinal == 0 && isPlaced
    }
    guard first > before.first, isPlaced else { return false }
    if leaf > before.leaf { return part >= 0 && ordinal == 0 }
    return leaf == before.leaf && part >= before.part && line >= before.line
      && ordinal == before.ordinal + (first - before.first)
  }

  private var isPlaced: Bool {
    (0...Int(UInt32.max)).contains(first) && (0..<WireReader.mostCounted).contains(line)
  }
}
