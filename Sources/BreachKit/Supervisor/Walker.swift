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
  private var noteList = NoteList()
  var notes: [Note] { noteList.notes }
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
        SourceFile(path: path, text: "-", size: 0, device: 0, inode: 0, isStream: true)
      )
      return true
    }
    do throws(SystemError) {
      // Opening a pipe twice would lose its writer: it is looked at only.
      let status = try FileStatus.of(path)
      switch status.kind {
      case .directory: walk(try File.open(path, following: true), path)
      case .regular: append(path, status)
      default:
        files.append(
          SourceFile(
            path: path,
            text: PathText.text(of: path),
            size: 0,
            device: status.device,
            inode: status.inode,
            isStream: true
          )
        )
      }
      return true
    } catch {
      let text = PathText.text(of: path)
      gaps.append(
        Gap(
          path: text,
          reason: error == .notFound ? .missing : error.isPermission ? .permission : .readError,
          bytes: nil,
          message: "cannot be opened: \(error)"
        )
      )
      return error != .notFound
    }
  }

  private mutating func walk(_ root: consuming File, _ path: [UInt8]) {
    // An explicit stack: a tree may be deeper than ours. What is on it lies under the root, and is
    // opened from there name by name: no link on the way is followed, and no path is too long.
    var stack: [[UInt8]] = []
    let start = path.last == 0x2F ? path : path + [0x2F]
    visit(root, start, [], &stack)
    while let next = stack.popLast() {
      do throws(SystemError) {
        let folder = try File.open(next, beneath: root.descriptor)
        let status = try folder.status()
        if status.kind == .directory { visit(folder, start, next, &stack) }
      } catch {
        tell(error, start + next, isFolder: true)
      }
    }
  }

  private mutating func visit(
    _ folder: borrowing File,
    _ start: [UInt8],
    _ path: [UInt8],
    _ stack: inout [[UInt8]]
  ) {
    let entries: [DirectoryEntry]
    do throws(SystemError) {
      entries = try folder.entries()
    } catch {
      tell(error, start + path, isFolder: true)
      return
    }
    var folders: [[UInt8]] = []
    for entry in entries {
      let under = path.isEmpty ? entry.name : path + [0x2F] + entry.name
      let inner = start + under
      if isExcluded(inner) {
        note(inner, "excluded", "left out on request")
        continue
      }
      switch entry.kind {
      case .directory: folders.append(under)
      case .link:
        note(inner, "symlink", "a link; not followed")
      case .regular, nil:
        if look(entry.name, inner, folder.descriptor) { folders.append(under) }
      case .other:
        note(inner, "special", "a device, pipe or socket; not opened")
      }
    }
    stack.append(contentsOf: folders.reversed())
  }

  /// Adds a file; true when it is a folder after all.
  private mutating func look(_ name: [UInt8], _ path: [UInt8], _ folder: Int32) -> Bool {
    do throws(SystemError) {
      let file = try File.open(name, in: folder)
      let status = try file.status()
      switch status.kind {
      case .regular: append(path, status)
      case .directory: return true
      default:
        note(path, "special", "a device, pipe or socket; not opened")
      }
    } catch {
      if error == .isLink {
        note(path, "symlink", "a link; not followed")
      } else {
        tell(error, path, isFolder: false)
      }
    }
    return false
  }

  private mutating func note(_ path: [UInt8], _ kind: String, _ message: String) {
    noteList.add(Note(path: PathText.text(of: path), kind: kind, message: message))
  }

  private mutating func append(_ path: [UInt8], _ status: FileStatus) {
    let identity = Identity(device: status.device, inode: status.inode)
    let text = PathText.text(of: path)
    if own.contains(identity) {
      note(path, "self", "an output of this run; not read")
      return
    }
    if let first = seen[identity] {
      // The same name again, because it was given twice, is no further name.
      let names = [files[first].text] + files[first].aliases
      if !names.contains(where: { $0.utf8.elementsEqual(text.utf8) }) {
        files[first].aliases.append(text)
      }
      return
    }
    if !include.isEmpty && !include.contains(where: { $0.matches(path) }) { return }
    seen[identity] = files.count
    files.append(
      SourceFile(
        path: path,
        text: text,
        size: status.size,
        device: status.device,
        inode: status.inode
      )
    )
  }

  private func isExcluded(_ path: [UInt8]) -> Bool { exclude.contains { $0.matches(path) } }

  private mutating func tell(_ error: SystemError, _ path: [UInt8], isFolder: Bool) {
    gaps.append(
      Gap(
        path: PathText.text(of: path),
        reason: error.isPermission ? .permission : .readError,
        bytes: nil,
        message: isFolder
          ? "the folder cannot be listed: \(error); an unknown number of files was not read"
          : "the file cannot be opened: \(error)"
      )
    )
  }

  /// All files in the byte order of their paths, so that nothing depends on how they were given.
  mutating func sort() {
    files.sort { $0.path.lexicographicallyPrecedes($1.path) }
  }
}

extension File {
  /// Opens what lies under a folder, one name at a time, following no link.
  static func open(_ path: [UInt8], beneath root: Int32) throws(SystemError) -> File {
    let names = path.split(separator: 0x2F)
    guard let first = names.first else { throw .notFound }
    var file = try File.open(Array(first), in: root)
    for name in names.dropFirst() { file = try File.open(Array(name), in: file.descriptor) }
    return file
  }

  /// Opens a file whose path is longer than the kernel takes at once, part by part.
  ///
  /// Links on the way are followed as they are in a short path; the caller checks what it got.
  static func open(longPath path: [UInt8]) throws(SystemError) -> File {
    var rest = path[...]
    var folder = try File.open(path.first == 0x2F ? [0x2F] : [0x2E], following: true)
    while rest.count > 2_048 {
      guard let cut = rest.prefix(2_048).lastIndex(of: 0x2F), cut > rest.startIndex else {
        throw .nameTooLong
      }
      let part = rest[..<cut].drop { $0 == 0x2F }
      if !part.isEmpty {
        folder = try File.open(Array(part), in: folder.descriptor, following: true)
      }
      rest = rest[(cut + 1)...]
    }
    return try File.open(Array(rest.drop { $0 == 0x2F }), in: folder.descriptor)
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
        if crosses, at < pattern.endIndex, pattern[at] == 0x2F,
          position == text.startIndex
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
