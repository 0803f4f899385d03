internal import BreachBytes
internal import BreachModel

/// Digests of what was given to a scan, so that somebody else can tell whether it is the same.
enum Manifest {
  /// SHA-256 of a file; of a folder, SHA-256 of what `sha256sum` prints of its scanned files in the
  /// order of their paths' bytes.
  ///
  /// Nil for streams, and where anything cannot be read.
  static func digest(of path: [UInt8], _ request: ScanRequest) -> String? {
    let own = request.ownFiles.map { Walker.Identity(device: $0.device, inode: $0.inode) }
    var walker = Walker(include: request.include, exclude: request.exclude, own: Set(own))
    guard let kind = (try? FileStatus.of(path))?.kind, walker.add(path) else { return nil }
    walker.sort()
    var lines: [UInt8] = []
    for file in walker.files {
      guard !file.isStream, let digest = digest(ofFile: file.path) else { return nil }
      if kind != .directory { return digest }
      lines += line(digest, file.path)
    }
    return kind == .directory && walker.gaps.isEmpty ? SHA256.hex(lines) : nil
  }

  private static func digest(ofFile path: [UInt8]) -> String? {
    do throws(SystemError) {
      let file = try File.open(path, following: true)
      var hash = SHA256()
      var offset = 0
      var bytes: [UInt8] = []
      while true {
        bytes.removeAll(keepingCapacity: true)
        let got = try file.read(into: &bytes, at: offset, upTo: 1 << 20)
        guard got > 0 else { return hash.finalizeHex() }
        hash.update(bytes)
        offset += got
      }
    } catch { return nil }
  }

  /// `DIGEST  PATH`, as `sha256sum` writes it: a path with a line break is escaped, and the line
  /// says so.
  private static func line(_ digest: String, _ path: [UInt8]) -> [UInt8] {
    var name: [UInt8] = []
    for byte in path {
      switch byte {
      case UInt8(ascii: "\\"): name += Array("\\\\".utf8)
      case UInt8(ascii: "\n"): name += Array("\\n".utf8)
      case UInt8(ascii: "\r"): name += Array("\\r".utf8)
      default: name.append(byte)
      }
    }
    let mark = name == path ? "" : "\\"
    return Array("\(mark)\(digest)  ".utf8) + name + [UInt8(ascii: "\n")]
  }
}
