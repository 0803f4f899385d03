internal import BreachBytes
internal import BreachModel
internal import BreachPersons
internal import BreachReports

/// A result store, read.
final class StoreReader {
  let path: String
  private let database: Database
  private var about: [String: [UInt8]] = [:]

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
  init(_ path: String) throws(CommandError) {
    self.path = path
    guard Self.isStore(path) else {
      let there = (try? FileStatus.of(Array(path.utf8))) != nil
      throw .usage(
        there
          ? "'\(path)' is no result store; `scan --output case.breach` writes one"
          : "'\(path)' does not exist"
      )
    }
    do throws(DatabaseError) {
      database = try Database(reading: Array(path.utf8))
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

  /// Why the file does not hold what it should.
  func broken(_ cause: String) -> CommandError { .usage("'\(path)' is damaged: \(cause)") }

  func prepare(_ sql: String) throws(CommandError) -> Statement {
    do throws(DatabaseError) { return try database.prepare(sql) } catch { throw broken("\(error)") }
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

  func result() throws(CommandError) -> ScanResult {
    do throws(ResultReadError) { return try ScanResult(json: resultBytes) } catch {
      throw broken("\(error)")
    }
  }

  var resultBytes: [UInt8] { about["result"] ?? [] }
  var patternsSHA256: String { String(decoding: about["patterns_sha256"] ?? [], as: UTF8.self) }
  var keyCheck: [UInt8] { about["key_check"] ?? [] }

  /// 2^bits buckets hold the digests of this kind.
  func bits(_ kind: AttributeKind) -> Int { Int(about["bits.\(kind.rawValue)"]?.first ?? 0) }

  /// The key: of `seedKey`, else of the file beside the store.
  func key(_ seedKey: String?) throws(CommandError) -> DigestKey {
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

  /// Leaves in path order; their records go into `store` when there is one.
  func evidence(_ store: BlobStore) throws(CommandError) -> Reading {
    var leaves: [Scan.Leaf] = []
    do {
      let rows = try database.prepare("SELECT file, path, about FROM leaves ORDER BY number")
      while try rows.step() {
        var reader = WireReader(rows.bytes(2))
        leaves.append(try Scan.Leaf(&reader, file: rows.bytes(0), path: rows.text(1)))
      }
      let records = try database.prepare(
        "SELECT leaf, part, shapes, words FROM records ORDER BY number"
      )
      while try records.step() {
        let (leaf, part) = (records.int(0), records.int(1))
        guard leaves.indices.contains(leaf), leaves[leaf].entries.indices.contains(part) else {
          throw broken("a record of no leaf")
        }
        let chunk = try IdentityChunk(shapes: records.bytes(2), words: records.words(3))
        leaves[leaf].entries[part].identities.append(store.append(chunk))
      }
      var reader = WireReader(about["coverage"] ?? [])
      return try Reading(&reader, leaves: leaves, store: store)
    } catch let error as CommandError {
      throw error
    } catch {
      throw broken("\(error)")
    }
  }

  func decisions() throws(CommandError) -> [StoredDecision] {
    var decisions: [StoredDecision] = []
    let rows = try prepare("SELECT * FROM decisions ORDER BY rowid")
    while try next(rows) {
      decisions.append(
        StoredDecision(
          first: RecordPlace(path: rows.text(0), number: rows.int(1)),
          second: RecordPlace(path: rows.text(2), number: rows.int(3)),
          isSame: rows.int(4) == 1,
          reason: rows.text(5)
        )
      )
    }
    return decisions
  }
}

/// The file that holds the key of a store: 32 hexadecimal digits, 0600.
enum KeyFile {
  /// `case.key` of `case.breach`.
  static func path(beside store: String) -> String {
    (store.hasSuffix(".breach") ? String(store.dropLast(7)) : store) + ".key"
  }

  /// Nil when there is no such file.
  static func read(_ path: String) throws(CommandError) -> DigestKey? {
    let bytes: [UInt8]?
    do throws(SystemError) { bytes = try readSmallFile(Array(path.utf8), limit: 4_096) } catch {
      if error == .notFound { return nil }
      throw .usage("the key '\(path)' cannot be read: \(error)")
    }
    guard let bytes, let key = DigestKey(hex: String(decoding: bytes, as: UTF8.self)) else {
      throw .usage("'\(path)' holds no key: 32 hexadecimal digits are expected")
    }
    return key
  }

  static func write(_ key: DigestKey, to path: String) throws(SystemError) {
    let digits = key.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    let file = try OutputFile(path: Array(path.utf8))
    try file.write(Array((digits + "\n").utf8))
    try file.finish()
  }
}
