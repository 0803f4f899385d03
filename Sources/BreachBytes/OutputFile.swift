internal import Glibc

/// A file that appears under its name whole or not at all: 0600, written beside, synced, renamed.
package final class OutputFile {
  private let path: [UInt8]
  private let temporary: [UInt8]
  private var descriptor: Int32

  /// Creates the temporary file; fails before any work is done when the folder cannot be written.
  package init(path: [UInt8]) throws(SystemError) {
    self.path = path
    if let kind = Self.kind(of: path), kind != .regular {
      // A device or a pipe is written in place: there is nothing to replace.
      guard kind == .other else { throw SystemError(code: kind == .link ? ELOOP : EISDIR) }
      temporary = []
      descriptor = Self.open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw .last }
      return
    }
    temporary = path + Array(".\(getpid()).tmp".utf8)
    descriptor = Self.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw .last }
    fchmod(descriptor, 0o600)
  }

  /// Others may write in the folder of the file, and put another in its place; where only owners may
  /// rename (the sticky bit), nobody else can.
  package static func isShared(folderOf path: [UInt8]) -> Bool {
    let folder = path.lastIndex(of: 0x2F).map { Array(path[...$0]) } ?? Array(".".utf8)
    var raw = stat()
    guard unsafe withCString(folder, { unsafe stat($0, &raw) }) == 0 else { return false }
    return raw.st_mode & (S_IWGRP | S_IWOTH) != 0 && raw.st_mode & S_ISVTX == 0
  }

  deinit {
    if descriptor >= 0 {
      close(descriptor)
      if !temporary.isEmpty { unsafe Self.withCString(temporary) { unsafe _ = unlink($0) } }
    }
  }

  /// Where the file is until it is finished; empty when there was a device or a pipe.
  package var unfinishedPath: [UInt8] { temporary }

  /// A file of ours, not a device or pipe that was there.
  package var isNew: Bool { !temporary.isEmpty }

  /// Device and inode of what is being written; nil when the system does not tell.
  package var identity: (device: UInt64, inode: UInt64)? {
    var raw = stat()
    guard unsafe fstat(descriptor, &raw) == 0 else { return nil }
    return (UInt64(raw.st_dev), UInt64(raw.st_ino))
  }

  /// Writes all of `bytes`.
  package func write(_ bytes: [UInt8]) throws(SystemError) {
    try writeAll(bytes, to: descriptor)
  }

  /// Makes the file appear under its name.
  package func finish() throws(SystemError) {
    let isFile = !temporary.isEmpty
    if isFile, fsync(descriptor) != 0 { throw .last }
    let result = close(descriptor)
    descriptor = -1
    if result != 0 { throw .last }
    guard isFile else { return }
    let renamed = unsafe Self.withCString(temporary) { from in
      unsafe Self.withCString(path) { to in unsafe rename(from, to) }
    }
    guard renamed == 0 else {
      let error = SystemError.last
      unsafe Self.withCString(temporary) { unsafe _ = unlink($0) }
      throw error
    }
  }

  private static func open(_ path: [UInt8], _ flags: Int32) -> Int32 {
    unsafe withCString(path) { unsafe Glibc.open($0, flags, 0o600) }
  }

  private static func kind(of path: [UInt8]) -> FileKind? {
    var raw = stat()
    guard unsafe withCString(path, { unsafe lstat($0, &raw) }) == 0 else { return nil }
    switch raw.st_mode & S_IFMT {
    case S_IFREG: return .regular
    case S_IFDIR: return .directory
    case S_IFLNK: return .link
    default: return .other
    }
  }

  static func withCString<Result>(
    _ bytes: [UInt8],
    _ body: (UnsafePointer<CChar>) -> Result
  ) -> Result {
    unsafe (bytes + [0]).withUnsafeBufferPointer { buffer in
      unsafe buffer.withMemoryRebound(to: CChar.self) { buffer in
        guard let base = buffer.baseAddress else { fatalError("an array with an element is empty") }
        return unsafe body(base)
      }
    }
  }
}

/// Writes all of `bytes`; a full disk or a closed pipe is an error, never silence.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
  var written = 0
  while written < bytes.count {
    let result = unsafe bytes.withUnsafeBytes { raw in
      guard let base = raw.baseAddress else { return 0 }
      return unsafe write(descriptor, base + written, bytes.count - written)
    }
    if result < 0 {
      if errno == EINTR { continue }
      throw .last
    }
    written += result
  }
}

/// Overflow of memory onto disk: an unlinked 0600 file that only this process can reach.
package struct Spool: ~Copyable {
  private let descriptor: Int32
  package private(set) var count = 0

  /// Creates the spool in `directory` and removes its name at once.
  package init(directory: [UInt8]) throws(SystemError) {
    descriptor = try Self.unnamed(in: directory)
  }

  /// An open 0600 file in `directory` that has lost its name.
  static func unnamed(in directory: [UInt8]) throws(SystemError) -> Int32 {
    let name = directory + Array("/.breachscope-\(getpid())-\(UInt32.random(in: 0...(.max)))".utf8)
    let descriptor = unsafe OutputFile.withCString(name) { name in
      let descriptor = unsafe Glibc.open(
        name,
        O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
        0o600
      )
      if descriptor >= 0 { unsafe _ = unlink(name) }
      return descriptor
    }
    guard descriptor >= 0 else { throw .last }
    return descriptor
  }

  deinit { close(descriptor) }

  /// Appends words; returns the byte offset of the first.
  package mutating func append(_ words: [UInt64]) throws(SystemError) -> Int {
    let start = count
    var written = 0
    let size = words.count * 8
    while written < size {
      let result = unsafe words.withUnsafeBytes { raw in
        guard let base = raw.baseAddress else { return 0 }
        return unsafe pwrite(descriptor, base + written, size - written, off_t(start + written))
      }
      if result < 0 {
        if errno == EINTR { continue }
        throw .last
      }
      written += result
    }
    count += size
    return start
  }

  /// Gives the disk back what words took that are not read any more, where the file system can.
  package func release(at offset: Int, words: Int) {
    // Whole pages only: others are partly of what stays.
    let start = (offset + 4_095) & ~4_095
    let bytes = (offset + words * 8) & ~4_095 - start
    guard bytes > 0,
      let base = unsafe mmap(
        nil,
        bytes,
        PROT_READ | PROT_WRITE,
        MAP_SHARED,
        descriptor,
        off_t(start)
      ),
      unsafe base != MAP_FAILED
    else { return }
    // SAFETY: the mapping is ours alone, and nobody reads these bytes of the file any more.
    unsafe _ = madvise(base, bytes, MADV_REMOVE)
    unsafe _ = munmap(base, bytes)
  }

  /// Reads `words` words at byte offset `offset`.
  package func read(at offset: Int, words: Int) throws(SystemError) -> [UInt64] {
    var failure: SystemError?
    let descriptor = descriptor
    // Not zeroed first: what is read back is read in many passes.
    let out = unsafe [UInt64](unsafeUninitializedCapacity: words) { buffer, count in
      var got = 0
      while got < words * 8 {
        // SAFETY: the buffer has room for `words` words; the kernel writes at most what is missing.
        guard let base = UnsafeMutableRawPointer(buffer.baseAddress) else { break }
        let result = unsafe pread(descriptor, base + got, words * 8 - got, off_t(offset + got))
        if result < 0 && errno == EINTR { continue }
        guard result > 0 else {
          failure = result < 0 ? .last : SystemError(code: EIO)
          break
        }
        got += result
      }
      count = failure == nil ? words : 0
    }
    if let failure { throw failure }
    return out
  }
}
