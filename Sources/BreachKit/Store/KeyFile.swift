internal import BreachBytes

/// The file that holds the key of a store: 32 hexadecimal digits, 0600.
enum KeyFile {
  /// `name.key` of `name.breach`; in the folder of a case, its one key.
  static func path(beside store: String) -> String {
    if let folder = CaseFolder(around: store) { return folder.key }
    return (store.hasSuffix(".breach") ? String(store.dropLast(7)) : store) + ".key"
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
