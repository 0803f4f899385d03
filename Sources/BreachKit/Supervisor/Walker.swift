internal import BreachBytes
internal import BreachModel

/// A file to be scanned, found by its path's bytes.
struct SourceFile: Sendable {
  var path: [UInt8]
  var text: String
  var size: Int
  var device: UInt64
  var inode: UInt64
  /// Further names of the same file.
  var aliases: [String] = []
  /// Standard input, a pipe given by name.
  var isStream = false
}

/// Finds the files under what the user pointed at, on byte paths and in byte order.
///
/// Links are followed only where the user names one; devices and pipes inside a folder are told
/// and left alone.
struct Walker {
  private(set) var files: [SourceFile] = []
  private(set) var gaps: [Gap] = []
  private(set) var notes: [Note] = []
  /// Regular files seen, so that a second hard link is not read twice.
  private var seen: [Identity: Int] = [:]
  private let include: [Glob]
  private let exclude: [Glob]
  /// Our own outputs, which may lie inside the tree.
  private let own: Set<Identity>

  struct Identity: Hashable, Sendable {
    var device: UInt64
    var inode: UInt64
  }

  init(include: [String], exclude: [String], own: Set<Identity>) {
    self.include = include.map(Glob.init)
    self.exclude = exclude.map(Glob.init)
    self.own = own
  }

  /// Adds what `path` names; false when there is no such thing.
  mutating func add(_ path: [UInt8]) -> Bool {
    if path == [0x2D] {
      files.append(
        SourceFile(path: path, text: "-", size: 0, device: 0, inode: 0, isStream: true))
      return true
    }
    do throws(SystemError) {
      let file = try File.open(path, following: true)
      let status = try file.status()
      switch status.kind {
      case .directory: walk(file, path)
      case .regular: append(path, status)
      default:
        files.append(
          SourceFile(
            path: path, text: PathText.text(of: path), size: 0, device: status.device,
            inode: status.inode, isStream: true))
      }
      return true
    } catch {
      let text = PathText.text(of: path)
      gaps.append(
        Gap(
          path: text, reason: error == .notFound ? .missing : error.isPermission ? .permission : .readError,
          bytes: nil, message: "cannot be opened: \(error)"))
      return error != .notFound
    }
  }

  private mutating func walk(_ root: consuming File, _ path: [UInt8]) {
    // An explicit stack: a tree may be deeper than ours.
    var stack: [[UInt8]] = []
    visit(root, path, &stack)
    while let next = stack.popLast() {
      do throws(SystemError) {
        let folder = try File.open(next)
        let status = try folder.status()
        if status.kind == .directory { visit(folder, next, &stack) }
      } catch {
        tell(error, next, isFolder: true)
      }
    }
  }

  private mutating func visit(
    _ folder: borrowing File, _ path: [UInt8], _ stack: inout [[UInt8]]
  ) {
    let entries: [DirectoryEntry]
    do throws(SystemError) {
      entries = try folder.entries()
    } catch {
      tell(error, path, isFolder: true)
      return
    }
    var folders: [[UInt8]] = []
    for entry in entries {
      let inner = (path.last == 0x2F ? path : path + [0x2F]) + entry.name
      if isExcluded(inner) {
        notes.append(
          Note(path: PathText.text(of: inner), kind: "excluded", message: "left out on request"))
        continue
      }
      switch entry.kind {
      case .directory: folders.append(inner)
      case .link:
        notes.append(
          Note(path: PathText.text(of: inner), kind: "symlink", message: "a link; not followed"))
      case .regular, nil: look(entry.name, inner, folder.descriptor, &folders)
      case .other:
        notes.append(
          Note(
            path: PathText.text(of: inner), kind: "special",
            message: "a device, pipe or socket; not opened"))
      }
    }
    stack.append(contentsOf: folders.reversed())
  }

  private mutating func look(
    _ name: [UInt8], _ path: [UInt8], _ folder: Int32, _ folders: inout [[UInt8]]
  ) {
    do throws(SystemError) {
      let file = try File.open(name, in: folder)
      let status = try file.status()
      switch status.kind {
      case .regular: append(path, status)
      case .directory: folders.append(path)
      default: break
      }
    } catch {
      if error == .isLink {
        notes.append(
          Note(path: PathText.text(of: path), kind: "symlink", message: "a link; not followed"))
      } else {
        tell(error, path, isFolder: false)
      }
    }
  }

  private mutating func append(_ path: [UInt8], _ status: FileStatus) {
    let identity = Identity(device: status.device, inode: status.inode)
    let text = PathText.text(of: path)
    if own.contains(identity) {
      notes.append(Note(path: text, kind: "self", message: "an output of this run; not read"))
      return
    }
    if let first = seen[identity] {
      files[first].aliases.append(text)
      return
    }
    if !include.isEmpty && !include.contains(where: { $0.matches(path) }) { return }
    seen[identity] = files.count
    files.append(
      SourceFile(
        path: path, text: text, size: status.size, device: status.device, inode: status.inode))
  }

  private func isExcluded(_ path: [UInt8]) -> Bool { exclude.contains { $0.matches(path) } }

  private mutating func tell(_ error: SystemError, _ path: [UInt8], isFolder: Bool) {
    gaps.append(
      Gap(
        path: PathText.text(of: path), reason: error.isPermission ? .permission : .readError,
        bytes: nil,
        message: isFolder
          ? "the folder cannot be listed: \(error); an unknown number of files was not read"
          : "the file cannot be opened: \(error)"))
  }

  /// All files in the byte order of their paths, so that nothing depends on how they were given.
  mutating func sort() {
    files.sort { $0.path.lexicographicallyPrecedes($1.path) }
  }
}

/// A shell pattern over path bytes: `*` within a name, `**` across names, `?` one byte.
struct Glob: Sendable {
  private let pattern: [UInt8]
  /// Without a slash the pattern is held against the last name of the path.
  private let nameOnly: Bool

  init(_ text: String) {
    pattern = Array(text.utf8)
    nameOnly = !pattern.contains(0x2F)
  }

  func matches(_ path: [UInt8]) -> Bool {
    if nameOnly {
      return Self.match(pattern[...], path[(path.lastIndex(of: 0x2F).map { $0 + 1 } ?? 0)...])
    }
    if Self.match(pattern[...], path[...]) { return true }
    // A relative pattern may begin at any folder.
    for index in path.indices where path[index] == 0x2F {
      if Self.match(pattern[...], path[(index + 1)...]) { return true }
    }
    return false
  }

  private static func match(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    var (at, position) = (pattern.startIndex, text.startIndex)
    var star: (pattern: Int, text: Int, crosses: Bool)?
    while position < text.endIndex {
      if at < pattern.endIndex, pattern[at] == 0x2A {
        let crosses = at + 1 < pattern.endIndex && pattern[at + 1] == 0x2A
        at += crosses ? 2 : 1
        if crosses, at < pattern.endIndex, pattern[at] == 0x2F, position == text.startIndex
          || text[position - 1] == 0x2F
        {
          at += 1
        }
        star = (at, position, crosses)
      } else if at < pattern.endIndex, pattern[at] == text[position] || pattern[at] == 0x3F {
        at += 1
        position += 1
      } else if let last = star, last.crosses || text[last.text] != 0x2F {
        star = (last.pattern, last.text + 1, last.crosses)
        at = last.pattern
        position = last.text + 1
      } else {
        return false
      }
    }
    while at < pattern.endIndex, pattern[at] == 0x2A { at += 1 }
    return at == pattern.endIndex
  }
}
