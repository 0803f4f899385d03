package import BreachModel

/// A tree of nodes as one compact text, so that a build can parse YAML once and a run never.
///
/// Each node is a tag (`s`, `q`, `m`), its line relative to the node before, its column, and then
/// the bytes of a scalar or the count of its children; a mapping's key carries its place likewise.
/// Numbers are base 32, least significant digit first: `0`…`O` ends a number, `P`…`o` goes on; all
/// of it is ASCII apart from the texts themselves.
package enum PatternPacking {
  /// The packed form of a tree.
  package static func pack(_ node: PatternNode) -> String {
    var packer = Packer()
    packer.append(node)
    return String(decoding: packer.bytes, as: UTF8.self)
  }

  /// The tree of a packed text; nil when the text is damaged.
  package static func unpack(_ text: String) -> PatternNode? {
    let bytes = text.utf8Span.span
    var unpacker = Unpacker()
    guard let node = unpacker.node(bytes), unpacker.position == bytes.count else { return nil }
    return node
  }

  /// The first entries of a packed mapping; nil when that part is damaged or no mapping.
  package static func unpack(_ text: String, first entries: Int) -> PatternNode? {
    var unpacker = Unpacker()
    return unpacker.mapping(text.utf8Span.span, atMost: entries)
  }

  /// A tree in two packed texts: all but these keys of its top mapping, and those; nil without any.
  package static func pack(_ node: PatternNode, apart keys: [String]) -> (String, String?) {
    guard case .mapping(let entries) = node.content else { return (pack(node), nil) }
    let rest = entries.filter { keys.contains($0.key) }
    guard !rest.isEmpty else { return (pack(node), nil) }
    let main = entries.filter { !keys.contains($0.key) }
    return (
      pack(PatternNode(.mapping(main), at: node.place)),
      pack(PatternNode(.mapping(rest), at: node.place))
    )
  }

  /// The tree of texts that were packed apart; nil when one is damaged.
  package static func unpack(_ texts: [String]) -> PatternNode? {
    var whole: PatternNode?
    for text in texts {
      guard let node = unpack(text) else { return nil }
      guard let first = whole else {
        whole = node
        continue
      }
      guard case .mapping(let entries) = first.content,
        case .mapping(let more) = node.content
      else { return nil }
      whole = PatternNode(.mapping(entries + more), at: first.place)
    }
    return whole
  }

  /// Hex SHA-256 over files in path order, of one line each as `sha256sum` prints them: the digest, two
  /// spaces, the path.
  package static func sha256(_ files: [(path: String, sha256: String)]) -> String {
    var hash = SHA256()
    for file in files { hash.update("\(file.sha256)  \(file.path)\n".utf8) }
    return hash.finalizeHex()
  }

  private struct Packer {
    var bytes: [UInt8] = []
    var line = 1

    mutating func append(_ node: PatternNode) {
      switch node.content {
      case .scalar(let text):
        bytes.append(UInt8(ascii: "s"))
        append(node.place)
        append(text)
      case .sequence(let values):
        bytes.append(UInt8(ascii: "q"))
        append(node.place)
        append(values.count)
        for value in values { append(value) }
      case .mapping(let entries):
        bytes.append(UInt8(ascii: "m"))
        append(node.place)
        append(entries.count)
        for entry in entries {
          append(entry.keyPlace)
          append(entry.key)
          append(entry.value)
        }
      }
    }

    private mutating func append(_ place: PatternNode.Place) {
      let step = place.line - line
      append(step >= 0 ? step * 2 : -step * 2 - 1)
      append(place.column)
      line = place.line
    }

    private mutating func append(_ text: String) {
      append(text.utf8.count)
      bytes.append(contentsOf: text.utf8)
    }

    private mutating func append(_ number: Int) {
      var rest = number
      while rest >= 32 {
        bytes.append(UInt8(ascii: "P") + UInt8(rest & 31))
        rest >>= 5
      }
      bytes.append(UInt8(ascii: "0") + UInt8(rest))
    }
  }

  /// Reads by offset; the bytes are passed along because a struct cannot keep a span.
  private struct Unpacker {
    var position = 0
    var line = 1

    mutating func node(_ bytes: Span<UInt8>) -> PatternNode? {
      guard position < bytes.count else { return nil }
      let tag = bytes[position]
      position += 1
      guard let place = place(bytes) else { return nil }
      switch tag {
      case UInt8(ascii: "s"): return string(bytes).map { PatternNode(.scalar($0), at: place) }
      case UInt8(ascii: "q"):
        guard let count = count(bytes) else { return nil }
        var values: [PatternNode] = []
        values.reserveCapacity(count)
        for _ in 0..<count {
          guard let value = node(bytes) else { return nil }
          values.append(value)
        }
        return PatternNode(.sequence(values), at: place)
      case UInt8(ascii: "m"): return entries(bytes, atMost: .max, at: place)
      default: return nil
      }
    }

    /// The first entries of a mapping that stands next.
    mutating func mapping(_ bytes: Span<UInt8>, atMost limit: Int) -> PatternNode? {
      guard position < bytes.count, bytes[position] == UInt8(ascii: "m") else { return nil }
      position += 1
      return place(bytes).flatMap { entries(bytes, atMost: limit, at: $0) }
    }

    private mutating func entries(
      _ bytes: Span<UInt8>,
      atMost limit: Int,
      at place: PatternNode.Place
    ) -> PatternNode? {
      guard let count = count(bytes) else { return nil }
      var entries: [PatternNode.Entry] = []
      entries.reserveCapacity(min(count, limit))
      for _ in 0..<min(count, limit) {
        guard let keyPlace = self.place(bytes), let key = string(bytes), let value = node(bytes)
        else { return nil }
        entries.append(PatternNode.Entry(key: key, keyPlace: keyPlace, value: value))
      }
      return PatternNode(.mapping(entries), at: place)
    }

    private mutating func number(_ bytes: Span<UInt8>) -> Int? {
      var value = 0
      var shift = 0
      while position < bytes.count, shift < 60 {
        let digit = bytes[position]
        position += 1
        switch digit {
        case UInt8(ascii: "0")..<UInt8(ascii: "P"):
          return value | Int(digit - UInt8(ascii: "0")) << shift
        case UInt8(ascii: "P")..<UInt8(ascii: "p"):
          value |= Int(digit - UInt8(ascii: "P")) << shift
        default: return nil
        }
        shift += 5
      }
      return nil
    }

    /// A number of children or bytes; each takes at least one byte of what is left.
    private mutating func count(_ bytes: Span<UInt8>) -> Int? {
      guard let count = number(bytes), count <= bytes.count - position else { return nil }
      return count
    }

    private mutating func place(_ bytes: Span<UInt8>) -> PatternNode.Place? {
      guard let step = number(bytes), let column = number(bytes) else { return nil }
      line += step.isMultiple(of: 2) ? step / 2 : -(step + 1) / 2
      return PatternNode.Place(line: line, column: column)
    }

    private mutating func string(_ bytes: Span<UInt8>) -> String? {
      guard let count = count(bytes) else { return nil }
      let range = position..<position + count
      position = range.upperBound
      guard let text = try? UTF8Span(validating: bytes.extracting(range)) else { return nil }
      return String(copying: text)
    }
  }
}
