internal import Glibc

/// Appends a line that depends on the one before to a file, 0600, while no other process does.
///
/// `line` gets the last line without its end, nil where there is none, and gives the new one. Reads
/// the file whole: it is a log of commands, not of data.
package func appendLine(
  to path: [UInt8],
  _ line: ([UInt8]?) -> [UInt8]
) throws(SystemError) {
  let descriptor = unsafe OutputFile.withCString(path) {
    unsafe open($0, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
  }
  guard descriptor >= 0 else { throw .last }
  let file = File(owning: descriptor)
  // The lock goes with the descriptor.
  while flock(descriptor, LOCK_EX) != 0 { if errno != EINTR { throw .last } }
  var bytes: [UInt8] = []
  while try file.read(into: &bytes, at: bytes.count, upTo: 1 << 20) > 0 {}
  guard lseek(descriptor, 0, SEEK_END) >= 0 else { throw .last }
  let end: [UInt8] = bytes.isEmpty || bytes.last == 0x0A ? [] : [0x0A]
  let last = bytes.split(separator: 0x0A).last.map(Array.init)
  try writeAll(end + line(last) + [0x0A], to: descriptor)
  guard fsync(descriptor) == 0 else { throw .last }
}
