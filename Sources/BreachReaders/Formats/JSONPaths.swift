/// Key paths by number: `card.no`, `users[].name`; the number is the column of a value.
///
/// Keys may be data: e-mail addresses, ids, or simply without end. Such a key counts as `*`, and its
/// text is given as a value. This and the bounds below keep memory apart from the evidence.
package struct JSONPaths {
  private struct Node {
    var key: [UInt8]
    var path: String
    var children: [Int] = []
    /// By key, from some children on.
    var byKey: [[UInt8]: Int] = [:]
    var element = -1
    var wild = -1
    var column = -1
    var isWild = false
    /// Keys come in the same order in most records: where to look first.
    var hint = 0
  }

  private static let mostChildren = 4_096
  private static let mostNodes = 65_536
  private static let longestPath = 1_024
  private static let longestKey = 256
  private static let mostPositions = 1_024

  private var nodes = [Node(key: [], path: "")]
  package private(set) var columns: [String] = []
  private var columnNumbers: [String: Int] = [:]
  package let root = 0

  /// `known` gives columns their numbers beforehand, so that every unit of a leaf agrees.
  package init(_ known: [String]) {
    for path in known { columnNumbers[path] = intern(path) }
  }

  private mutating func intern(_ path: String) -> Int {
    columns.append(path)
    return columns.count - 1
  }

  /// True when the key of this node is data rather than a name.
  package func isWild(_ node: Int) -> Bool { nodes[node].isWild }

  /// The node of `key` under `parent`.
  package mutating func child(of parent: Int, key: Span<UInt8>) -> Int {
    let count = nodes[parent].children.count
    let hint = nodes[parent].hint < count ? nodes[parent].hint : 0
    if hint < count, equal(nodes[parent].children[hint], key) {
      nodes[parent].hint = hint + 1
      return nodes[parent].children[hint]
    }
    guard key.count <= Self.longestKey, !Self.isData(key) else { return wild(under: parent) }
    if count < 16 {
      for index in 0..<count where equal(nodes[parent].children[index], key) {
        nodes[parent].hint = index + 1
        return nodes[parent].children[index]
      }
    }
    var bytes: [UInt8] = []
    for index in key.indices { bytes.append(key[index]) }
    if count >= 16, let index = nodes[parent].byKey[bytes] {
      nodes[parent].hint = index + 1
      return nodes[parent].children[index]
    }
    guard count < Self.mostChildren, nodes.count < Self.mostNodes else {
      return wild(under: parent)
    }
    var text = bytes
    JSONEscape.unescapeWhole(&text)
    let prefix = nodes[parent].path
    let name = String(decoding: text, as: UTF8.self)
    let path = prefix.isEmpty ? name : prefix + "." + name
    guard path.utf8.count <= Self.longestPath else { return wild(under: parent) }
    nodes.append(Node(key: bytes, path: path))
    nodes[parent].children.append(nodes.count - 1)
    nodes[parent].byKey[bytes] = count
    nodes[parent].hint = count + 1
    return nodes.count - 1
  }

  /// The node of the element at `position` of an array whose elements are columns.
  package mutating func child(of parent: Int, position: Int) -> Int {
    guard position < Self.mostPositions else { return element(of: parent) }
    if position < nodes[parent].children.count { return nodes[parent].children[position] }
    while nodes[parent].children.count <= position {
      guard nodes.count < Self.mostNodes else { return element(of: parent) }
      let name = String(nodes[parent].children.count)
      let prefix = nodes[parent].path
      nodes.append(Node(key: Array(name.utf8), path: prefix.isEmpty ? name : prefix + "." + name))
      nodes[parent].children.append(nodes.count - 1)
    }
    return nodes[parent].children[position]
  }

  /// The node of an array's elements.
  package mutating func element(of parent: Int) -> Int {
    if nodes[parent].element < 0 {
      let path = nodes[parent].path
      if nodes.count >= Self.mostNodes + 1_024 || path.utf8.count > Self.longestPath {
        return parent
      }
      nodes.append(Node(key: [], path: path + "[]"))
      nodes[parent].element = nodes.count - 1
    }
    return nodes[parent].element
  }

  private mutating func wild(under parent: Int) -> Int {
    if nodes[parent].wild < 0 {
      let prefix = nodes[parent].path
      if nodes.count >= Self.mostNodes + 1_024 || prefix.utf8.count > Self.longestPath {
        nodes[parent].isWild = true
        return parent
      }
      var node = Node(key: [], path: prefix.isEmpty ? "*" : prefix + ".*")
      node.isWild = true
      nodes.append(node)
      nodes[parent].wild = nodes.count - 1
    }
    return nodes[parent].wild
  }

  /// The column number of values at `node`.
  package mutating func column(of node: Int) -> Int {
    if nodes[node].column < 0 {
      let path = nodes[node].path
      nodes[node].column = columnNumbers[path] ?? intern(path)
      columnNumbers[path] = nodes[node].column
    }
    return nodes[node].column
  }

  private func equal(_ node: Int, _ other: Span<UInt8>) -> Bool {
    guard nodes[node].key.count == other.count else { return false }
    for index in other.indices where nodes[node].key[index] != other[index] { return false }
    return true
  }

  /// Keys that name one thing, not a kind of thing: numbers, addresses, hashes, generated ids.
  private static func isData(_ key: Span<UInt8>) -> Bool {
    var digits = 0
    var isToken = true
    for index in key.indices {
      switch key[index] {
      case 0x30...0x39: digits += 1
      case 0x40: return true
      case 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: break
      default: isToken = false
      }
    }
    if key.isEmpty { return false }
    if digits == key.count { return true }
    // Firebase makes ids of 20 characters that begin with a hyphen.
    if isToken && key.count == 20 && key[0] == 0x2D { return true }
    return isToken && key.count >= 16 && digits >= 4
  }
}

/// Escape sequences of JSON strings (RFC 8259 §7).
package enum JSONEscape {
  /// Appends the unescaped form of a range of `text` to `text`; a lone surrogate becomes U+FFFD.
  package static func unescape(_ text: inout [UInt8], _ start: Int, _ length: Int) {
    var at = start
    let end = start + length
    while at < end {
      let byte = text[at]
      guard byte == 0x5C, at + 1 < end else {
        text.append(byte)
        at += 1
        continue
      }
      let mark = text[at + 1]
      at += 2
      switch mark {
      case 0x62: text.append(0x08)
      case 0x66: text.append(0x0C)
      case 0x6E: text.append(0x0A)
      case 0x72: text.append(0x0D)
      case 0x74: text.append(0x09)
      case 0x75:
        guard let unit = hex(text, at, end) else {
          text.append(0x5C)
          text.append(0x75)
          continue
        }
        at += 4
        var scalar = unit
        if (0xD800..<0xDC00).contains(unit), at + 1 < end, text[at] == 0x5C, text[at + 1] == 0x75,
          let low = hex(text, at + 2, end), (0xDC00..<0xE000).contains(low)
        {
          scalar = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
          at += 6
        }
        append(scalar, to: &text)
      default: text.append(mark)
      }
    }
  }

  /// Unescapes all of `text` in place.
  package static func unescapeWhole(_ text: inout [UInt8]) {
    guard text.contains(0x5C) else { return }
    let count = text.count
    unescape(&text, 0, count)
    text.removeFirst(count)
  }

  private static func hex(_ text: [UInt8], _ at: Int, _ end: Int) -> UInt32? {
    guard at + 4 <= end else { return nil }
    var value: UInt32 = 0
    for index in at..<at + 4 {
      let digit: UInt8
      switch text[index] {
      case 0x30...0x39: digit = text[index] - 0x30
      case 0x41...0x46: digit = text[index] - 0x37
      case 0x61...0x66: digit = text[index] - 0x57
      default: return nil
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  private static func append(_ scalar: UInt32, to text: inout [UInt8]) {
    let valid = Unicode.Scalar(scalar) ?? "\u{FFFD}"
    for unit in UTF8.encode(valid) ?? UTF8.encodedReplacementCharacter { text.append(unit) }
  }
}
