package import BreachModel
internal import BreachYAML

/// All pattern files in force: those packed into the program, and those of `--patterns` folders.
///
/// A packed file is unpacked when it is asked for and not before; a run that applies no criteria
/// never pays for them.
package struct PatternLibrary: Sendable {
  /// Where a file's tree comes from.
  private enum Source: Sendable {
    case packed(String, examples: String?)
    case read(PatternNode)
  }

  private struct Item: Sendable {
    var path: String
    var sha256: String
    var source: Source
    var isBuiltIn: Bool
  }

  /// Sorted by the bytes of their paths.
  private var items: [Item]
  /// They are those packed into the program, and no others.
  private let isEmbedded: Bool

  /// The embedded files and the given ones.
  ///
  /// - Parameters:
  ///   - files: Paths below a patterns folder (`criteria/jp/own.yaml`) with their texts. A path that
  ///     an embedded file has, too, takes its place; of two given files the later one wins.
  ///   - asBuiltIn: The given files are held to be the program's own.
  /// - Throws: The first mistake in the given files.
  package init(
    adding files: [(path: String, text: String)] = [],
    asBuiltIn: Bool = false
  ) throws(PatternError) {
    try self.init(embedded: embeddedPatterns, adding: files, asBuiltIn: asBuiltIn)
  }

  /// The given files alone, for tests and for checking a folder by itself.
  package init(only files: [(path: String, text: String)]) throws(PatternError) {
    try self.init(embedded: [], adding: files, asBuiltIn: false)
  }

  private init(
    embedded: [EmbeddedPattern],
    adding files: [(path: String, text: String)],
    asBuiltIn: Bool
  ) throws(PatternError) {
    items = embedded.map { file in
      Item(
        path: file.path,
        sha256: file.sha256,
        source: .packed(file.packed, examples: file.examples),
        isBuiltIn: true
      )
    }
    isEmbedded = files.isEmpty && !embedded.isEmpty
    if files.isEmpty { return }
    var byPath: [String: Item] = [:]
    for item in items { byPath[item.path] = item }
    for file in files {
      let root = try YAMLReader.read(file.text, path: file.path)
      byPath[file.path] = Item(
        path: file.path,
        sha256: SHA256.hex(file.text.utf8),
        source: .read(root),
        isBuiltIn: asBuiltIn
      )
    }
    items = byPath.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// The paths of all files, in path order.
  package var paths: [String] { items.map(\.path) }

  /// The files whose path begins with `folder`, in path order.
  ///
  /// Without `examples` a packed file lacks its `matches`, `misses` and `cases`, which no scan asks
  /// for.
  package func files(under folder: String, examples: Bool = true) throws(PatternError)
    -> [PatternFile]
  {
    var files: [PatternFile] = []
    for item in items where item.path.hasPrefix(folder) {
      files.append(try file(item, examples: examples))
    }
    return files
  }

  /// The files whose path begins with `folder`, in path order; of a packed file only the first
  /// `keys` entries of its top mapping, which costs next to nothing.
  package func heads(under folder: String, keys: Int) throws(PatternError) -> [PatternFile] {
    var files: [PatternFile] = []
    for item in items where item.path.hasPrefix(folder) {
      guard case .packed(let text, _) = item.source else {
        files.append(try file(item))
        continue
      }
      guard let root = PatternPacking.unpack(text, first: keys) else { throw damaged(item) }
      files.append(PatternFile(path: item.path, root: root, isBuiltIn: item.isBuiltIn))
    }
    return files
  }

  /// The file at exactly this path, nil when there is none.
  package func file(at path: String, examples: Bool = true) throws(PatternError) -> PatternFile? {
    guard let item = items.first(where: { $0.path == path }) else { return nil }
    return try file(item, examples: examples)
  }

  /// Hex SHA-256 over all files in path order.
  ///
  /// The message is one line a file, its own digest, two spaces and its path, as `sha256sum` prints
  /// them; so anyone can reckon it from a checkout.
  package var sha256: String {
    isEmbedded
      ? embeddedPatternsSHA256 : PatternPacking.sha256(items.map { ($0.path, $0.sha256) })
  }

  /// The same over the files that decide how values are read and records linked: neither law nor drafts.
  package var readingSHA256: String {
    PatternPacking.sha256(
      items.filter { !$0.path.hasPrefix("criteria/") && !$0.path.hasPrefix("drafts/") }
        .map { ($0.path, $0.sha256) }
    )
  }

  private func file(_ item: Item, examples: Bool = true) throws(PatternError) -> PatternFile {
    switch item.source {
    case .read(let root):
      return PatternFile(path: item.path, root: root, isBuiltIn: item.isBuiltIn)
    case .packed(let text, let rest):
      guard let root = PatternPacking.unpack([text] + (examples ? [rest].compactMap(\.self) : []))
      else { throw damaged(item) }
      return PatternFile(path: item.path, root: root, isBuiltIn: item.isBuiltIn)
    }
  }

  private func damaged(_ item: Item) -> PatternError {
    PatternError(path: item.path, place: nil, message: "the packed file is damaged")
  }
}

/// One file as the build packed it.
struct EmbeddedPattern: Sendable {
  /// Below `Patterns/`, with slashes.
  var path: String
  /// Hex digest of the YAML text.
  var sha256: String
  /// The tree in the form of `PatternPacking`, without examples and cases.
  var packed: String
  /// The examples and cases in the same form; nil where there are none.
  var examples: String?
}

extension PatternFile {
  /// Reads one YAML file that is no pattern: an incident, a policy, a configuration.
  package init(yaml text: String, path: String) throws(PatternError) {
    self.init(path: path, root: try YAMLReader.read(text, path: path))
  }
}
