internal import Glibc

/// Why a system call failed; prints the system's words, never a path or content.
package struct SystemError: Error, Sendable, Equatable, CustomStringConvertible {
  package var code: Int32

  package init(code: Int32) { self.code = code }

  /// The error of the call that has just failed on this thread.
  package static var last: SystemError { SystemError(code: errno) }

  package var description: String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }

  package static let notFound = SystemError(code: ENOENT)
  package static let isLink = SystemError(code: ELOOP)
  package static let denied = SystemError(code: EACCES)
  package static let noMemory = SystemError(code: ENOMEM)
  package static let noSpace = SystemError(code: ENOSPC)
  package static let nameTooLong = SystemError(code: ENAMETOOLONG)
  package static let tooManyOpen = SystemError(code: EMFILE)
  package static let brokenPipe = SystemError(code: EPIPE)

  package var isPermission: Bool { code == EACCES || code == EPERM }
}

/// What kind of thing a path names.
package enum FileKind: Sendable, Equatable {
  case regular, directory, link, other
}

/// What the kernel says of an open file.
package struct FileStatus: Sendable, Equatable {
  package var kind: FileKind
  package var size: Int
  package var device: UInt64
  package var inode: UInt64
  /// Nanoseconds since 1970.
  package var modified: Int64
}

/// A folder by its path.
package enum Folder {
  /// Makes the folder, for its owner alone; one that is there is left as it is.
  package static func make(_ path: [UInt8]) throws(SystemError) {
    // SAFETY: the array ends with a zero byte, which ends the path.
    let made = unsafe (path + [0]).withUnsafeBufferPointer { buffer in
      unsafe buffer.withMemoryRebound(to: CChar.self) { buffer in
        guard let base = buffer.baseAddress else { return Int32(-1) }
        return unsafe mkdir(base, 0o700)
      }
    }
    if made != 0, errno != EEXIST { throw .last }
  }
}

/// An open descriptor that closes itself; read by `pread` only, never mapped.
package struct File: ~Copyable, Sendable {
  package let descriptor: Int32

  /// Takes over `descriptor`.
  package init(owning descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// A second handle on an open descriptor; nil when the system has none left.
  package init?(duplicating descriptor: Int32) {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { return nil }
    self.init(owning: copy)
  }

  /// Opens for reading without following a link in the last component.
  ///
  /// `directory` is an open folder's descriptor, nil the working folder; paths are bytes. A FIFO does
  /// not block unless `waiting`: what is read forward has to be opened so, for its writer to come.
  package static func open(
    _ path: [UInt8],
    in directory: Int32? = nil,
    following: Bool = false,
    waiting: Bool = false
  ) throws(SystemError) -> File {
    let base = directory ?? AT_FDCWD
    let flags =
      O_RDONLY | O_CLOEXEC | O_NOCTTY | (waiting ? 0 : O_NONBLOCK) | (following ? 0 : O_NOFOLLOW)
    let descriptor = unsafe (path + [0]).withUnsafeBufferPointer { path in
      unsafe path.withMemoryRebound(to: CChar.self) { path -> Int32 in
        guard let name = path.baseAddress else { return -1 }
        return unsafe openat(base, name, flags)
      }
    }
    guard descriptor >= 0 else { throw .last }
    return File(owning: descriptor)
  }

  package func status() throws(SystemError) -> FileStatus {
    var raw = stat()
    guard unsafe fstat(descriptor, &raw) == 0 else { throw .last }
    return FileStatus(raw)
  }

  /// Reads up to `count` bytes at `offset` and appends them; 0 means the end.
  package func read(into buffer: inout [UInt8], at offset: Int, upTo count: Int)
    throws(SystemError) -> Int
  {
    let descriptor = descriptor
    var failure: SystemError?
    let before = buffer.count
    buffer.append(addingCapacity: count) { span in
      unsafe span.withUnsafeMutableBufferPointer { raw, initialized in
        // SAFETY: the span has room for `count` more bytes; the kernel writes at most that many.
        guard let base = raw.baseAddress else { return }
        var got = -1
        repeat {
          got = unsafe pread(descriptor, base + initialized, count, off_t(offset))
        } while got < 0 && errno == EINTR
        if got < 0 { failure = .last } else { initialized += got }
      }
    }
    if let failure { throw failure }
    return buffer.count - before
  }
}

extension FileStatus {
  /// What `path` leads to, links followed, without opening it.
  package static func of(_ path: [UInt8]) throws(SystemError) -> FileStatus {
    var raw = stat()
    let result = unsafe (path + [0]).withUnsafeBufferPointer { path in
      unsafe path.withMemoryRebound(to: CChar.self) { path -> Int32 in
        guard let name = path.baseAddress else { return -1 }
        return unsafe stat(name, &raw)
      }
    }
    guard result == 0 else { throw .last }
    return FileStatus(raw)
  }

  fileprivate init(_ raw: stat) {
    let kind: FileKind =
      switch raw.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      case S_IFLNK: .link
      default: .other
      }
    self.init(
      kind: kind,
      size: Int(raw.st_size),
      device: UInt64(raw.st_dev),
      inode: UInt64(raw.st_ino),
      modified: Int64(raw.st_mtim.tv_sec) * 1_000_000_000 + Int64(raw.st_mtim.tv_nsec)
    )
  }
}

/// One name in a folder, as bytes.
package struct DirectoryEntry: Sendable {
  package var name: [UInt8]
  /// Nil where the file system does not tell; then it has to be opened.
  package var kind: FileKind?
}

extension File {
  /// The names in this folder in byte order, without `.` and `..`.
  package func entries() throws(SystemError) -> [DirectoryEntry] {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw .last }
    guard let stream = unsafe fdopendir(copy) else {
      let error = SystemError.last
      close(copy)
      throw error
    }
    defer { unsafe closedir(stream) }
    var entries: [DirectoryEntry] = []
    errno = 0
    while let entry = unsafe readdir(stream) {
      let name = unsafe Self.name(of: entry)
      if name != [0x2E] && name != [0x2E, 0x2E] {
        let kind: FileKind? =
          switch unsafe Int32(entry.pointee.d_type) {
          case Int32(DT_REG): .regular
          case Int32(DT_DIR): .directory
          case Int32(DT_LNK): .link
          case Int32(DT_UNKNOWN): nil
          default: .other
          }
        entries.append(DirectoryEntry(name: name, kind: kind))
      }
      errno = 0
    }
    if errno != 0 { throw .last }
    return entries.sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }

  private static func name(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
    // SAFETY: d_name is NUL-terminated inside the record that readdir returned.
    unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
      unsafe tuple.withMemoryRebound(to: UInt8.self, capacity: 256) { bytes in
        unsafe Array(
          UnsafeBufferPointer(
            start: bytes,
            count: strlen(
              UnsafeRawPointer(bytes)
                .assumingMemoryBound(to: CChar.self)
            )
          )
        )
      }
    }
  }
}
