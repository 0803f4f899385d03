internal import Glibc

// Making, moving and removing what is ours in the file system; paths are bytes.
extension Folder {
  /// Makes a folder, 0700 whatever the process's mask; one that is there already is an error.
  package static func makeNew(_ path: [UInt8]) throws(SystemError) {
    guard unsafe OutputFile.withCString(path, { unsafe mkdir($0, 0o700) }) == 0 else { throw .last }
    guard unsafe OutputFile.withCString(path, { unsafe chmod($0, 0o700) }) == 0 else { throw .last }
  }

  /// Gives a file or a folder another name in the same file system; an empty folder of that name is
  /// replaced.
  package static func move(_ from: [UInt8], to: [UInt8]) throws(SystemError) {
    let result = unsafe OutputFile.withCString(from) { from in
      unsafe OutputFile.withCString(to) { to in unsafe rename(from, to) }
    }
    guard result == 0 else { throw .last }
  }

  /// Removes a file's name.
  package static func removeFile(_ path: [UInt8]) throws(SystemError) {
    guard unsafe OutputFile.withCString(path, { unsafe unlink($0) }) == 0 else { throw .last }
  }

  /// Removes a folder with all that is in it, following no link; what cannot be removed stays.
  package static func removeAll(_ path: [UInt8]) {
    var found: [[UInt8]] = [path]
    var folders: [[UInt8]] = []
    while let next = found.popLast() {
      folders.append(next)
      guard let folder = try? File.open(next), let entries = try? folder.entries() else { continue }
      for entry in entries {
        let inner = next + [0x2F] + entry.name
        if unsafe OutputFile.withCString(inner, { unsafe unlink($0) }) != 0 { found.append(inner) }
      }
    }
    for folder in folders.reversed() {
      _ = unsafe OutputFile.withCString(folder) { unsafe rmdir($0) }
    }
  }

  /// Overwrites a small file's bytes where they lie, once, before its name is removed.
  ///
  /// Copies that a file system, a disk or a backup keeps elsewhere are not reached.
  package static func destroy(_ path: [UInt8]) throws(SystemError) {
    let descriptor = unsafe OutputFile.withCString(path) {
      unsafe open($0, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
    }
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    var raw = stat()
    guard unsafe fstat(descriptor, &raw) == 0 else { throw .last }
    var left = Int(raw.st_size)
    while left > 0 {
      let count = min(left, 64 << 10)
      try writeAll([UInt8](repeating: 0, count: count), to: descriptor)
      left -= count
    }
    guard fsync(descriptor) == 0 else { throw .last }
    try removeFile(path)
  }
}
