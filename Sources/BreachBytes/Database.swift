internal import CSQLite
internal import Glibc

/// What SQLite said instead of doing what it was asked.
package struct DatabaseError: Error, Sendable, CustomStringConvertible {
  /// In SQLite's words; never a value.
  package let description: String

  package init(_ description: String) { self.description = description }
}

/// One SQLite file: written once from nothing, or read and never changed.
@safe
package final class Database {
  // SAFETY: an open connection that only this object closes; statements keep this object alive.
  fileprivate let handle: OpaquePointer
  /// Rows that statements gave, and those that they passed over to find them.
  package fileprivate(set) var rowsRead = 0

  /// Opens a file that is there and empty.
  ///
  /// There is no journal: the file gets its name when it is whole, and what is broken off before is
  /// thrown away. The folder may be reached over links; under its own name the file has to be no link.
  package convenience init(writing path: [UInt8]) throws(DatabaseError) {
    try self.init(try Self.unlinked(path), SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW)
    try run("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=8192; BEGIN")
  }

  /// Opens a finished file, of which nothing is trusted.
  package convenience init(reading path: [UInt8]) throws(DatabaseError) {
    try self.init(path, SQLITE_OPEN_READONLY)
    try run("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA query_only=ON")
  }

  /// A database without a name, to be written and then read; it is gone with this object.
  ///
  /// What does not fit into memory lies in an unlinked file in `$TMPDIR`.
  package static func unnamed() throws(DatabaseError) -> Database {
    let database = try Database([], SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
    try database.run("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN")
    return database
  }

  private init(_ path: [UInt8], _ flags: Int32) throws(DatabaseError) {
    var opened: OpaquePointer?
    // SAFETY: the zero that ends the name is among the bytes, and SQLite copies them.
    let code = unsafe (path + [0]).withUnsafeBufferPointer { buffer in
      unsafe buffer.withMemoryRebound(to: CChar.self) {
        unsafe sqlite3_open_v2($0.baseAddress, &opened, flags, nil)
      }
    }
    guard let connection = unsafe opened else { throw DatabaseError("out of memory") }
    unsafe handle = connection
    guard code == SQLITE_OK else { throw error }
  }

  deinit { unsafe _ = sqlite3_close_v2(handle) }

  /// The same file by a path in whose folders there is no link.
  private static func unlinked(_ path: [UInt8]) throws(DatabaseError) -> [UInt8] {
    let slash = path.lastIndex(of: 0x2F)
    let folder = slash.map { $0 == 0 ? [0x2F] : Array(path[..<$0]) } ?? [0x2E]
    // SAFETY: the zero that ends the name is among the bytes; what comes back is freed here.
    let found: [UInt8]? = unsafe (folder + [0]).withUnsafeBufferPointer { buffer in
      unsafe buffer.withMemoryRebound(to: CChar.self) { buffer in
        guard let name = buffer.baseAddress, let real = unsafe realpath(name, nil) else {
          return nil
        }
        defer { unsafe free(real) }
        return unsafe Array(UnsafeRawBufferPointer(start: real, count: strlen(real)))
      }
    }
    guard let found else { throw DatabaseError("the folder is not there") }
    return found + (found == [0x2F] ? [] : [0x2F]) + path[(slash.map { $0 + 1 } ?? 0)...]
  }

  fileprivate var error: DatabaseError {
    guard let text = unsafe sqlite3_errmsg(handle) else { return DatabaseError("unknown") }
    return DatabaseError(unsafe String(cString: text))
  }

  /// Runs statements that give no rows.
  package func run(_ sql: String) throws(DatabaseError) {
    guard unsafe sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw error }
  }

  /// Makes a statement, with `?` for what is bound to it later.
  package func prepare(_ sql: String) throws(DatabaseError) -> Statement {
    var made: OpaquePointer?
    guard unsafe sqlite3_prepare_v2(handle, sql, -1, &made, nil) == SQLITE_OK,
      let statement = unsafe made
    else { throw error }
    return unsafe Statement(statement, self)
  }
}

/// A statement of a database; values are bound from 1 on and read from column 0 on.
@safe
package final class Statement {
  // SAFETY: finalised by this object alone, while its connection is kept.
  private let handle: OpaquePointer
  private let database: Database

  fileprivate init(_ handle: OpaquePointer, _ database: Database) {
    unsafe self.handle = handle
    self.database = database
  }

  deinit { unsafe _ = sqlite3_finalize(handle) }

  private func check(_ code: Int32) throws(DatabaseError) {
    guard code == SQLITE_OK else { throw database.error }
  }

  package func bind(_ at: Int, _ value: Int) throws(DatabaseError) {
    try check(unsafe sqlite3_bind_int64(handle, Int32(at), Int64(value)))
  }

  package func bind(_ at: Int, _ value: String) throws(DatabaseError) {
    try bind(at, Array(value.utf8))
  }

  package func bind(_ at: Int, _ value: [UInt8]) throws(DatabaseError) {
    // SAFETY: SQLite copies the bytes before the borrowed buffer ends.
    let code = unsafe value.withUnsafeBytes {
      unsafe bs_bind_blob(handle, Int32(at), $0.baseAddress, Int64($0.count))
    }
    try check(code)
  }

  /// Words in this machine's order, which is little-endian wherever this program runs.
  package func bind<Word: FixedWidthInteger & BitwiseCopyable>(_ at: Int, words: [Word])
    throws(DatabaseError)
  {
    // SAFETY: as above.
    let code = unsafe words.withUnsafeBytes {
      unsafe bs_bind_blob(handle, Int32(at), $0.baseAddress, Int64($0.count))
    }
    try check(code)
  }

  /// The next row; false behind the last.
  package func step() throws(DatabaseError) -> Bool {
    let code = unsafe sqlite3_step(handle)
    let passed = Int(unsafe sqlite3_stmt_status(handle, SQLITE_STMTSTATUS_FULLSCAN_STEP, 1))
    database.rowsRead += max(passed, code == SQLITE_ROW ? 1 : 0)
    switch code {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw database.error
    }
  }

  /// Runs a statement that gives no rows, to be bound again.
  package func run() throws(DatabaseError) {
    _ = try step()
    reset()
  }

  /// Ready to be bound and run again.
  package func reset() { unsafe _ = sqlite3_reset(handle) }

  package func int(_ column: Int) -> Int { Int(unsafe sqlite3_column_int64(handle, Int32(column))) }

  package func text(_ column: Int) -> String {
    String(decoding: bytes(column), as: UTF8.self)
  }

  package func bytes(_ column: Int) -> [UInt8] { elements(column) }

  /// Words of a blob; one that ends within a word is an error.
  package func words<Word: FixedWidthInteger & BitwiseCopyable>(_ column: Int)
    throws(DatabaseError) -> [Word]
  {
    let size = Int(unsafe sqlite3_column_bytes(handle, Int32(column)))
    guard size % MemoryLayout<Word>.size == 0 else {
      throw DatabaseError("a list ends within an element")
    }
    return elements(column)
  }

  private func elements<Word: FixedWidthInteger & BitwiseCopyable>(_ column: Int) -> [Word] {
    let count = Int(unsafe sqlite3_column_bytes(handle, Int32(column))) / MemoryLayout<Word>.size
    guard count > 0, let base = unsafe sqlite3_column_blob(handle, Int32(column)) else { return [] }
    // SAFETY: SQLite's copy holds that many bytes until the next step; ours is made before.
    return unsafe [Word](unsafeUninitializedCapacity: count) { buffer, written in
      unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(
        from: UnsafeRawBufferPointer(start: base, count: count * MemoryLayout<Word>.size)
      )
      written = count
    }
  }
}
