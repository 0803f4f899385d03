/// A value of a YAML document with its place, so that every complaint can name file, line, column.
///
/// One tree serves patterns packed into the program, `--patterns` folders, incident and policy
/// files.
package struct PatternNode: Sendable, Hashable {
  package enum Content: Sendable, Hashable {
    /// Every scalar is text; whoever reads it decides what it means (`0123` stays `0123`).
    case scalar(String)
    case sequence([PatternNode])
    /// In document order; keys are unique.
    case mapping([Entry])
  }

  /// One key with its value.
  package struct Entry: Sendable, Hashable {
    package var key: String
    package var keyPlace: Place
    package var value: PatternNode

    package init(key: String, keyPlace: Place, value: PatternNode) {
      self.key = key
      self.keyPlace = keyPlace
      self.value = value
    }
  }

  /// 1-based line and column.
  package struct Place: Sendable, Hashable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  package var content: Content
  package var place: Place

  package init(_ content: Content, at place: Place) {
    self.content = content
    self.place = place
  }
}

/// One pattern file: its path below `Patterns/` and its tree.
package struct PatternFile: Sendable, Hashable {
  package var path: String
  package var root: PatternNode
  /// Packed into the program, not given by a user.
  package var isBuiltIn: Bool

  package init(path: String, root: PatternNode, isBuiltIn: Bool = false) {
    self.path = path
    self.root = root
    self.isBuiltIn = isBuiltIn
  }
}
