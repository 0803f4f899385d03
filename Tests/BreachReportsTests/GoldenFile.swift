import Glibc
import Testing

/// Files under `Fixtures/reports` that hold what a report has to be, to the byte.
///
/// `RECORD=1` rewrites them and fails the run, so that it cannot stay switched on.
enum GoldenFile {
  /// Compares with the golden file, or records it.
  static func check(
    _ bytes: [UInt8],
    _ name: String,
    at location: SourceLocation = #_sourceLocation
  ) {
    let path = root + "/Fixtures/reports/" + name
    if isRecording {
      write(bytes, to: path)
      Issue.record("recorded \(name); run again without RECORD", sourceLocation: location)
      return
    }
    let expected = read(path)
    let isSame = expected == bytes
    #expect(isSame, "\(name) differs; RECORD=1 rewrites it", sourceLocation: location)
  }

  private static let root: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(3).joined(separator: "/")
  }()

  private static var isRecording: Bool {
    // SAFETY: the environment is not changed while tests run; only the presence is asked for.
    unsafe getenv("RECORD") != nil
  }

  private static func read(_ path: String) -> [UInt8]? {
    // SAFETY: the C string lives for the call.
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      // SAFETY: the array is as long as the count that is passed.
      let count = unsafe Glibc.read(file, &block, block.count)
      guard count > 0 else { return count == 0 ? bytes : nil }
      bytes.append(contentsOf: block[..<count])
    }
  }

  private static func write(_ bytes: [UInt8], to path: String) {
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    // SAFETY: the C strings live for the calls.
    unsafe mkdir(folder.joined(separator: "/"), 0o755)
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { return }
    defer { close(file) }
    var rest = bytes[...]
    while !rest.isEmpty {
      // SAFETY: the slice is as long as the count that is passed.
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
