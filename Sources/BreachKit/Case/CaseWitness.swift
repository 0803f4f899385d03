internal import BreachBytes
internal import BreachModel
internal import BreachPatterns
internal import Synchronization

/// Sees at the program's entry and exit which files of a case a command reads and writes, and logs it.
///
/// What a command touches is told by its words alone: every one of them that is a path.
enum CaseWitness {
  /// A word that is, or may become, a path.
  private struct Seen {
    var path: String
    /// Nil where there was nothing at the start.
    var before: FileStatus?
  }

  private static let seen = Mutex<[Seen]>([])

  /// Takes note of what is there before the command begins.
  static func begin() {
    let words = paths(of: OwnProcess.rawArguments).map { path in
      Seen(path: path, before: try? FileStatus.of(Array(path.utf8)))
    }
    seen.withLock { $0 = words }
  }

  /// Appends a line to the log of each case that was touched; gives the exit code, which says when
  /// a log could not be written.
  static func end(_ code: Int32) -> Int32 {
    let words = seen.withLock { $0 }
    var folders: [CaseFolder] = []
    for word in words {
      guard let folder = CaseFolder(around: word.path),
        !folders.contains(where: { $0.identity == folder.identity })
      else { continue }
      folders.append(folder)
    }
    guard !folders.isEmpty else { return code }
    let raw = OwnProcess.rawArguments
    var entry = CaseLog.Entry(
      time: Moment.text(secondsSince1970: OwnProcess.wallSeconds),
      command: raw.map { String(decoding: $0, as: UTF8.self) },
      exit: Int(code)
    )
    entry.patternsSHA256 = patterns(entry.command)
    for word in words {
      // The folder of a case itself is told by what is in it.
      if CaseFolder(word.path) != nil { continue }
      guard let now = try? FileStatus.of(Array(word.path.utf8)) else { continue }
      let item = item(word.path, now)
      if word.before == now { entry.inputs.append(item) } else { entry.outputs.append(item) }
    }
    var result = code
    for folder in folders {
      do throws(SystemError) { try folder.log.append(entry) } catch {
        let console = Console(language: nil, isQuiet: false, colour: false)
        console.fail("'\(folder.log.path)' cannot be written: \(error)")
        if result == ExitCode.done { result = ExitCode.notWritten }
      }
    }
    return result
  }

  /// The words that may be paths, each once: options' values too, after a blank or `=`.
  private static func paths(of words: [[UInt8]]) -> [String] {
    var paths: [String] = []
    for word in words {
      var text = String(decoding: word, as: UTF8.self)
      if text.hasPrefix("-") {
        guard let equals = text.firstIndex(of: "=") else { continue }
        text = String(text[text.index(after: equals)...])
      }
      if text.isEmpty || paths.contains(text) { continue }
      paths.append(text)
    }
    return paths
  }

  /// The digest of a file, or of a folder as `scan --manifest` has it.
  private static func item(_ path: String, _ status: FileStatus) -> CaseLog.Item {
    let request = ScanRequest(paths: [])
    let digest =
      status.kind == .regular || status.kind == .directory
      ? Manifest.digest(of: Array(path.utf8), request) : nil
    return CaseLog.Item(
      path: path,
      bytes: status.kind == .regular ? status.size : nil,
      sha256: digest
    )
  }

  private static func patterns(_ command: [String]) -> String? {
    var arguments = ScanArguments()
    if let option = command.firstIndex(of: "--patterns"), option + 1 < command.count {
      arguments.patterns = command[option + 1]
    }
    return (try? arguments.patternFiles()).flatMap { try? PatternLibrary(adding: $0).sha256 }
  }
}
