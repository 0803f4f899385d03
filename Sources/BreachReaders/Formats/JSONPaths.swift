internal import BreachBytes

/// Key paths by number: `card.no`, `users[].name`; the number is the column of a value.
///
/// Keys may be data: e-mail addresses, ids, or simply without end. Such a key counts as `*`, and its
/// text is given as a value. This and the bounds below keep memory apart from the evidence.
package struct JSONPaths {
  /// What is asked of a node for each value; plain, so that asking costs a load.
  private struct Node {
    var keyStart = 0
    var keyCount = 0
    var column = -1
    var element = -1
    var wild = -1
    var isWild = false
    /// Which children began the object lately, and which siblings came behind this one: where to
    /// look first.
    var first = (-1, -1)
    var next = (-1, -1)
  }

  /// What only a new key needs.
  private struct Branch {
    var path: String
    var children: [Int] = []
    /// By key, from some children on.
    var byKey: [[UInt8]: Int] = [:]
  }

  private static let mostChildren = 4_096
  private static let mostNodes = 65_536
  private static let longestPath = 1_024
  private static let longestKey = 256
  private static let mostPositions = 1_024

  private var nodes = [Node()]
  private var branches = [Branch(path: "")]
  /// The keys of all nodes.
  private var keys: [UInt8] = []
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

  private mutating func append(_ key: [UInt8], path: String, isWild: Bool = false) -> Int {
    nodes.append(Node(keyStart: keys.count, keyCount: key.count, isWild: isWild))
    branches.append(Branch(path: path))
    keys += key
    return nodes.count - 1
  }

  /// True when the key of this node is data rather than a name.
  package func isWild(_ node: Int) -> Bool { nodes[node].isWild }

  /// How the names of columns at the node and below it begin.
  package func path(of node: Int) -> String { branches[node].path }

  /// How many nodes there are.
  package var count: Int { nodes.count }

  /// The node of the key in `range`, under `parent`; `before` is the node of the key before it in
  /// the same object, else -1.
  ///
  /// Keys come in the same order in most records, so what followed lately is tried first.
  package mutating func child(
    of parent: Int,
    after before: Int,
    key text: Span<UInt8>,
    _ range: Range<Int>
  ) -> Int {
    // Where there is no room for more nodes, a key may stand for its object.
    let isFirst = before < 0 || before == parent
    let likely = isFirst ? nodes[parent].first : nodes[before].next
    if likely.0 >= 0 && equal(likely.0, text, range) { return likely.0 }
    if likely.1 >= 0 && equal(likely.1, text, range) { return likely.1 }
    let found = search(under: parent, text, range)
    if nodes[found].keyCount == range.count && !nodes[found].isWild {
      if isFirst {
        nodes[parent].first = (found, likely.0)
      } else {
        nodes[before].next = (found, likely.0)
      }
    }
    return found
  }

  private mutating func search(
    under parent: Int,
    _ text: Span<UInt8>,
    _ range: Range<Int>
  ) -> Int {
    let key = text.extracting(range)
    guard key.count <= Self.longestKey, !Self.isData(key) else { return wild(under: parent) }
    let count = branches[parent].children.count
    if count < 16 {
      for child in branches[parent].children where equal(child, text, range) { return child }
    }
    var bytes: [UInt8] = []
    for index in key.indices { bytes.append(key[index]) }
    if count >= 16, let index = branches[parent].byKey[bytes] {
      return branches[parent].children[index]
    }
    guard count < Self.mostChildren, nodes.count < Self.mostNodes else {
      return wild(under: parent)
    }
    var plain: [UInt8] = []
    JSONEscape.unescape(text, range, into: &plain)
    let prefix = branches[parent].path
    let name = String(decoding: plain, as: UTF8.self)
    let path = prefix.isEmpty ? name : prefix + "." + name
    guard path.utf8.count <= Self.longestPath else { return wild(under: parent) }
    let node = append(bytes, path: path)
    branches[parent].children.append(node)
    branches[parent].byKey[bytes] = count
    return node
  }

  /// The node of the element at `position` of an array whose elements are columns.
  package mutating func child(of parent: Int, position: Int) -> Int {
    guard position < Self.mostPositions else { return element(of: parent) }
    if position < branches[parent].children.count { return branches[parent].children[position] }
    while branches[parent].children.count <= position {
      guard nodes.count < Self.mostNodes else { return element(of: parent) }
      let name = String(branches[parent].children.count)
      let prefix = branches[parent].path
      let path = prefix.isEmpty ? name : prefix + "." + name
      branches[parent].children.append(append(Array(name.utf8), path: path))
    }
    return branches[parent].children[position]
  }

  /// The node of an array's elements.
  package mutating func element(of parent: Int) -> Int {
    if nodes[parent].element < 0 {
      let path = branches[parent].path
      if nodes.count >= Self.mostNodes + 1_024 || path.utf8.count > Self.longestPath {
        return parent
      }
      nodes[parent].element = append([], path: path + "[]")
    }
    return nodes[parent].element
  }

  private mutating func wild(under parent: Int) -> Int {
    if nodes[parent].wild < 0 {
      let prefix = branches[parent].path
      if nodes.count >= Self.mostNodes + 1_024 || prefix.utf8.count > Self.longestPath {
        nodes[parent].isWild = true
        return parent
      }
      let path = prefix.isEmpty ? "*" : prefix + ".*"
      nodes[parent].wild = append([], path: path, isWild: true)
    }
    return nodes[parent].wild
  }

  /// The column number of values at `node`.
  @inline(__always)
  package mutating func column(of node: Int) -> Int {
    let known = nodes[node].column
    return known >= 0 ? known : newColumn(of: node)
  }

  private mutating func newColumn(of node: Int) -> Int {
    let path = branches[node].path
    let column = columnNumbers[path] ?? intern(path)
    columnNumbers[path] = column
    nodes[node].column = column
    return column
  }

  private func equal(_ node: Int, _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let own = nodes[node]
    guard own.keyCount == range.count else { return false }
    for index in 0..<range.count
    where keys[own.keyStart + index] != text[range.lowerBound + index] {
      return false
    }
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
