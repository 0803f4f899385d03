package import BreachModel
internal import Yams

/// Reads one YAML document into a tree of texts with places.
///
/// Stricter than YAML: one document, no anchors or aliases (they hide what a pack says, and grow
/// without bound), keys are plain texts and unique, and no scalar is anything but text.
package enum YAMLReader {
  /// Longest text that is read, in bytes.
  package static let sizeLimit = 1 << 20

  /// The tree of a text; a text of comments alone is an empty mapping.
  package static func read(_ text: String, path: String) throws(PatternError) -> PatternNode {
    guard text.utf8.count <= sizeLimit else {
      throw PatternError(
        path: path,
        place: nil,
        message: "longer than \(sizeLimit) bytes; split the file"
      )
    }
    // The parser keeps a pointer to the text's bytes, which a text of up to 15 bytes does not have.
    let padded = text + "\n" + String(repeating: " ", count: 16) + "\n"
    do {
      let parser = try Parser(yaml: padded, encoding: .utf8)
      guard let root = try parser.singleRoot() else {
        return PatternNode(.mapping([]), at: PatternNode.Place(line: 1, column: 1))
      }
      // A node's anchor lives only as long as its parser.
      return try withExtendedLifetime(parser) { () throws(PatternError) in
        try convert(root, path: path)
      }
    } catch let error as PatternError {
      throw error
    } catch let error as YamlError {
      throw describe(error, text: text, path: path)
    } catch {
      throw PatternError(path: path, place: nil, message: "\(error)")
    }
  }

  private static func convert(_ node: Node, path: String) throws(PatternError) -> PatternNode {
    let place = place(node.mark)
    guard node.anchor == nil else {
      throw PatternError(
        path: path,
        place: place,
        message: "anchors and aliases are not allowed; write it out"
      )
    }
    switch node {
    case .scalar(let scalar): return PatternNode(.scalar(scalar.string), at: place)
    case .sequence(let sequence):
      var values: [PatternNode] = []
      for element in sequence { values.append(try convert(element, path: path)) }
      return PatternNode(.sequence(values), at: place)
    case .mapping(let mapping):
      return PatternNode(.mapping(try entries(mapping, path: path)), at: place)
    case .alias:
      throw PatternError(path: path, place: place, message: "aliases are not allowed; write it out")
    }
  }

  private static func entries(
    _ mapping: Node.Mapping,
    path: String
  ) throws(PatternError) -> [PatternNode.Entry] {
    var entries: [PatternNode.Entry] = []
    var seen: Set<String> = []
    for (key, value) in mapping {
      let keyPlace = place(key.mark)
      guard case .scalar(let scalar) = key else {
        throw PatternError(path: path, place: keyPlace, message: "a key must be a text")
      }
      guard key.anchor == nil else {
        throw PatternError(
          path: path,
          place: keyPlace,
          message: "anchors and aliases are not allowed; write it out"
        )
      }
      guard seen.insert(scalar.string).inserted else {
        throw duplicate(scalar.string, path, keyPlace)
      }
      entries.append(
        PatternNode.Entry(
          key: scalar.string,
          keyPlace: keyPlace,
          value: try convert(value, path: path)
        )
      )
    }
    return entries
  }

  private static func duplicate(
    _ key: String,
    _ path: String,
    _ place: PatternNode.Place
  ) -> PatternError {
    PatternError(path: path, place: place, message: "the key \"\(key)\" is written twice")
  }

  private static func place(_ mark: Mark?) -> PatternNode.Place {
    PatternNode.Place(line: mark?.line ?? 1, column: mark?.column ?? 1)
  }

  private static func describe(_ error: YamlError, text: String, path: String) -> PatternError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return PatternError(path: path, place: place(mark), message: "YAML: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      return duplicate(keys.first ?? "", path, place(context.mark))
    case .reader(let problem, let offset, _, _):
      return PatternError(
        path: path,
        place: offset.map { place(ofCharacter: $0, in: text) },
        message: "YAML: \(problem)"
      )
    default:
      return PatternError(path: path, place: nil, message: "YAML: \(error)")
    }
  }

  private static func place(ofCharacter offset: Int, in text: String) -> PatternNode.Place {
    let before = text.prefix(offset)
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    return PatternNode.Place(
      line: lines.count,
      column: (lines.last?.unicodeScalars.count ?? 0) + 1
    )
  }
}
