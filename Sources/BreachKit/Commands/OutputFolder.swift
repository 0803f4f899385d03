internal import BreachBytes

/// A folder of files that appear one by one, each whole; a file that is there already is never replaced,
/// for people may have written into it.
struct OutputFolder {
  /// As the user gave it.
  let path: String

  /// Makes the folder, 0700, unless it is there.
  init(_ path: String) throws(CommandError) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
    do throws(SystemError) { try Folder.make(Array(path.utf8)) } catch {
      throw CommandError(ExitCode.notWritten, "the folder '\(path)' cannot be made: \(error)")
    }
  }

  /// Writes all of the files, 0600, or none where one of the names is taken.
  func write(_ files: [(name: String, bytes: [UInt8])]) throws(CommandError) {
    for file in files {
      let path = "\(path)/\(file.name)"
      guard (try? FileStatus.of(Array(path.utf8))) == nil else {
        throw .usage("'\(path)' is there already and may have been filled in; name another folder")
      }
    }
    for file in files {
      let path = "\(path)/\(file.name)"
      do throws(SystemError) {
        let output = try OutputFile(path: Array(path.utf8))
        try output.write(file.bytes)
        try output.finish()
      } catch {
        throw CommandError(ExitCode.notWritten, "'\(path)' cannot be written: \(error)")
      }
    }
  }
}
