internal import BreachBytes
internal import BreachModel

/// A folder for one incident: its store and key, what is known of it, reports, and what was done.
struct CaseFolder {
  /// As it was given.
  let path: String

  static let marker = "case.yaml"
  static let schema = "breachscope.case/1"

  /// Nil where the folder is none of a case.
  init?(_ path: String) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    guard Self.isCase(path) else { return nil }
    self.path = path
  }

  /// The innermost case that something of this path lies in, or is.
  init?(around path: String) {
    var at = path
    while at.count > 1, at.hasSuffix("/") { at.removeLast() }
    while true {
      if let found = CaseFolder(at) {
        self = found
        return
      }
      guard let slash = at.lastIndex(of: "/") else { break }
      at = slash == at.startIndex ? "/" : String(at[..<slash])
      if at == "/" { break }
    }
    if at.hasPrefix("/") { return nil }
    // A name alone lies in the working folder, which may lie in a case itself.
    at = "."
    var last: FileStatus?
    while let status = try? FileStatus.of(Array(at.utf8)), status != last {
      if let found = CaseFolder(at) {
        self = found
        return
      }
      last = status
      at = at == "." ? ".." : at + "/.."
    }
    return nil
  }

  /// Tells folders apart however they are named.
  var identity: FileStatus? { try? FileStatus.of(Array(file(Self.marker).utf8)) }

  private static func isCase(_ path: String) -> Bool {
    guard let bytes = try? readSmallFile(Array("\(path)/\(marker)".utf8), limit: 64 << 10) else {
      return false
    }
    return bytes.starts(with: Array("schema: \(schema)\n".utf8))
  }

  func file(_ name: String) -> String { path == "." ? name : "\(path)/\(name)" }

  var key: String { file("case.key") }
  var log: CaseLog { CaseLog(path: file("log.ndjson"), marker: file(Self.marker)) }

  /// When the case was closed, as its log says; nil while it is open.
  var closed: String? {
    log.entries().last { $0.exit == 0 && $0.command.starts(with: ["case", "close"]) }?.time
  }

  /// Refuses what needs the key of a closed case.
  static func refuseClosed(_ path: String) throws(CommandError) {
    guard let folder = CaseFolder(around: path), let time = folder.closed else { return }
    throw .usage(
      "the case '\(folder.path)' was closed on \(time.prefix(10)) and its key destroyed: nothing can "
        + "be looked up, compared or put together any more; `case status` and `report` still work"
    )
  }
}
