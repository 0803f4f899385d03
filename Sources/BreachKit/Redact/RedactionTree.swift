internal import BreachBytes
internal import BreachModel
internal import BreachReports

/// A file on its way into the copy.
struct RedactedFile {
  /// Where it lies, as the user's paths lead there, and the same for people.
  var path: [UInt8]
  var text: String
  /// Its names below the folder of the copy, outermost first.
  var target: [[UInt8]]
  var size: Int
  /// Nanoseconds since 1970.
  var modified: Int64
  /// What is read in the pass at hand: the file itself, later its copy.
  var source: [UInt8]
  var isStream = false
  /// The file of the same content by another name, a hard link, by its number.
  var twin: Int?
  var format = ""
  var records = 0
  var values: [DataType: Int] = [:]
}

/// The files under what the user pointed at, and where each of them goes.
struct RedactionTree {
  var files: [RedactedFile] = []
  private(set) var left: [RedactionReport.Left] = []
  private(set) var renamed = 0

  /// Walks `paths`; a single folder's own name is no part of the names in the copy.
  init(_ request: ScanRequest) throws(CommandError) {
    var tops: Set<[UInt8]> = []
    var walker = Walker(include: request.include, exclude: request.exclude, own: [])
    var isAny = false
    for path in request.paths {
      let first = walker.files.count
      guard walker.add(path) else { continue }
      isAny = true
      let isFolder = (try? FileStatus.of(path))?.kind == .directory
      let isAlone = isFolder && request.paths.count == 1
      let top = isAlone ? [] : [Self.unique(Self.lastName(path), &tops)]
      let start = path.last == 0x2F ? path.count : path.count + 1
      for file in walker.files[first...] {
        let inner = isFolder ? Self.names(file.path[start...]) : []
        let target = top + inner
        let number = files.count
        files.append(
          RedactedFile(
            path: file.path,
            text: file.text,
            target: target,
            size: file.size,
            modified: (try? FileStatus.of(file.path))?.modified ?? 0,
            source: file.path,
            isStream: file.isStream
          )
        )
        for alias in file.aliases { addTwin(of: number, alias, file, isFolder, start, top) }
      }
    }
    guard isAny else {
      throw .usage(
        "nothing to redact: \(request.paths.map(PathText.text).joined(separator: ", ")) does not exist"
      )
    }
    for gap in walker.gaps { leave(gap.path, gap.reason.rawValue, gap.message) }
    for note in walker.notes where note.kind == "symlink" || note.kind == "special" {
      leave(note.path, note.kind, note.message)
    }
    sort()
  }

  /// Tells why something is not in the copy.
  mutating func leave(_ path: String, _ reason: String, _ message: String) {
    left.append(
      RedactionReport.Left(path: path, reason: reason, message: .notCopied(reason, message))
    )
  }

  /// A further name of a file; one whose bytes cannot be told from its text is told instead.
  private mutating func addTwin(
    of number: Int,
    _ alias: String,
    _ file: SourceFile,
    _ isFolder: Bool,
    _ start: Int,
    _ top: [[UInt8]]
  ) {
    let path = Array(alias.utf8)
    guard let status = try? FileStatus.of(path), status.inode == file.inode, isFolder,
      path.count > start, path[..<start] == file.path[..<start]
    else {
      leave(alias, "link", "another name of '\(file.text)'")
      return
    }
    var twin = files[number]
    twin.path = path
    twin.text = alias
    twin.target = top + Self.names(path[start...])
    twin.twin = number
    files.append(twin)
  }

  /// In the byte order of their paths.
  private mutating func sort() {
    let order = files.indices.sorted { files[$0].path.lexicographicallyPrecedes(files[$1].path) }
    var place = [Int](repeating: 0, count: files.count)
    for (new, old) in order.enumerated() { place[old] = new }
    files = order.map { files[$0] }
    for index in files.indices { files[index].twin = files[index].twin.map { place[$0] } }
  }

  // MARK: names

  private static func names(_ path: ArraySlice<UInt8>) -> [[UInt8]] {
    path.split(separator: 0x2F).map(Array.init)
  }

  private static func lastName(_ path: [UInt8]) -> [UInt8] {
    guard let name = names(path[...]).last, name != [0x2E], name != [0x2E, 0x2E] else {
      return Array("input".utf8)
    }
    return name
  }

  private static func unique(_ name: [UInt8], _ taken: inout Set<[UInt8]>) -> [UInt8] {
    var own = name
    var number = 2
    while !taken.insert(own).inserted {
      own = name + Array("#\(number)".utf8)
      number += 1
    }
    return own
  }

  /// Every name in the copy, once, in order.
  var names: [[UInt8]] {
    var seen: Set<[UInt8]> = []
    return files.flatMap(\.target).filter { seen.insert($0).inserted }
  }

  /// Gives names that must not be shown a number in their place; a plain ending stays.
  mutating func rename(_ hidden: Set<[UInt8]>) {
    guard !hidden.isEmpty else { return }
    var taken = Set(names)
    let folders = Set(files.flatMap { $0.target.dropLast() })
    var changed: [[UInt8]: [UInt8]] = [:]
    for name in names where hidden.contains(name) {
      changed[name] = Self.unique(
        Array("renamed-\(changed.count + 1)".utf8)
          + (folders.contains(name) ? [] : Self.ending(name)),
        &taken
      )
    }
    renamed = changed.count
    for index in files.indices {
      files[index].target = files[index].target.map { changed[$0] ?? $0 }
    }
  }

  /// `.csv` of a name: up to five letters of ASCII behind its last dot.
  private static func ending(_ name: [UInt8]) -> [UInt8] {
    guard let dot = name.lastIndex(of: 0x2E), dot > 0, name.count - dot <= 6 else { return [] }
    let letters = name[(dot + 1)...]
    return letters.allSatisfy { (0x61...0x7A).contains($0 | 0x20) } ? Array(name[dot...]) : []
  }
}

extension LocalizedText {
  fileprivate static func notCopied(_ reason: String, _ english: String) -> LocalizedText {
    Messages.notCopied(reason, english)
  }
}
