internal import BreachBytes

/// Key paths by number: `card.no`, `users[].name`; the number is the column of a value.
///
/// Keys may be data: e-mail addresses, ids, or simply without end. Such a key counts as `*`, and its
/// text is given as a value. This and the bounds below keep memory apart from the evidence.
package struct JSONPaths: ~Copyable {
  /// What is asked of a node for each value; plain and short, so that asking costs a load.
  private struct Node: BitwiseCopyable {
    /// The first eight bytes of a key that can be compared as it stands, and which of them count;
    /// no bytes count of any other key.
    var head: UInt64 = 0
    var headMask: UInt64 = 0
    var keyStart: Int32
    var keyCount: Int32
    var column: Int32 = -1
    var element: Int32 = -1
    var wild: Int32 = -1
    var isWild = false
    /// Which children began the object lately, and which siblings came behind this one: where to
    /// look first.
    var first = Likely()
    var next = Likely()

    init(keyStart: Int, keyCount: Int, isWild: Bool = false) {
      self.keyStart = Int32(keyStart)
      self.keyCount = Int32(keyCount)
      self.isWild = isWild
    }
  }

  /// Two nodes, the more likely first; -1 for none.
  private struct Likely: BitwiseCopyable {
    var node: Int32 = -1
    var other: Int32 = -1
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

  private var nodes = Buffer<Node>(capacity: 64)
  private var branches = [Branch(path: "")]
  /// The keys of all nodes.
  private var keys: [UInt8] = []
  package private(set) var columns: [String] = []
  private var columnNumbers: [String: Int] = [:]
  package let root = 0

  /// `known` gives columns their numbers beforehand, so that every unit of a leaf agrees.
  package init(_ known: [String]) {
    nodes.append(Node(keyStart: 0, keyCount: 0))
    for path in known { columnNumbers[path] = intern(path) }
  }

  private mutating func intern(_ path: String) -> Int {
    columns.append(path)
    return columns.count - 1
  }

  private mutating func append(_ key: [UInt8], path: String, isWild: Bool = false) -> Int {
    var node = Node(keyStart: keys.count, keyCount: key.count, isWild: isWild)
    // Quotes, backslashes and line ends are what readers stop at.
    if !key.contains(where: { $0 == 0x22 || $0 == 0x5C || $0 == 0x0A }) {
      for byte in key.prefix(8).reversed() {
        node.head = node.head << 8 | UInt64(byte)
        node.headMask = node.headMask << 8 | 0xFF
      }
    }
    nodes.append(node)
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
    let likely = likely(under: parent, after: before)
    if likely.node >= 0 && equal(Int(likely.node), text, range) { return Int(likely.node) }
    if likely.other >= 0 && equal(Int(likely.other), text, range) { return Int(likely.other) }
    let found = search(under: parent, text, range)
    if nodes[found].keyCount == range.count && !nodes[found].isWild {
      let now = Likely(node: Int32(found), other: likely.node)
      if isFirst(before, parent) { nodes[parent].first = now } else { nodes[before].next = now }
    }
    return found
  }

  /// Where there is no room for more nodes, a key may stand for its object.
  @inline(__always)
  private func isFirst(_ before: Int, _ parent: Int) -> Bool { before < 0 || before == parent }

  @inline(__always)
  private func likely(under parent: Int, after before: Int) -> Likely {
    isFirst(before, parent) ? nodes[parent].first : nodes[before].next
  }

  /// The node of the key that begins at `at`, when it is what lately stood there and its quote and a
  /// colon follow at once; else -1.
  @inline(__always)
  package func known(
    under parent: Int,
    after before: Int,
    _ text: Span<UInt8>,
    _ at: Int
  ) -> Int {
    guard text.count - at >= 8 else { return -1 }
    let head = loadWord(text, at: at)
    let likely = likely(under: parent, after: before)
    if likely.node >= 0, stands(Int(likely.node), head, text, at) { return Int(likely.node) }
    if likely.other >= 0, stands(Int(likely.other), head, text, at) { return Int(likely.other) }
    return -1
  }

  /// Bytes of the key of a node, as written.
  @inline(__always)
  package func length(of node: Int) -> Int { Int(nodes[node].keyCount) }

  /// True when `key":` stands at `at`, where `head` is.
  @inline(__always)
  private func stands(_ node: Int, _ head: UInt64, _ text: Span<UInt8>, _ at: Int) -> Bool {
    let mask = nodes[node].headMask
    guard mask != 0, !nodes[node].isWild, head & mask == nodes[node].head else { return false }
    let count = Int(nodes[node].keyCount)
    guard text.count - at > count + 1, text[at + count] == 0x22, text[at + count + 1] == 0x3A
    else { return false }
    return count <= 8 || rest(of: node, text, at)
  }

  /// The bytes of the key behind the eighth stand there, too.
  ///
  /// Inlined, as a call would be given a copy of all that is here.
  @inline(__always)
  private func rest(of node: Int, _ text: Span<UInt8>, _ at: Int) -> Bool {
    let (start, count) = (Int(nodes[node].keyStart), Int(nodes[node].keyCount))
    for index in 8..<count where keys[start + index] != text[at + index] { return false }
    return true
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
      let node = append([], path: path + "[]")
      nodes[parent].element = Int32(node)
    }
    return Int(nodes[parent].element)
  }

  private mutating func wild(under parent: Int) -> Int {
    if nodes[parent].wild < 0 {
      let prefix = branches[parent].path
      if nodes.count >= Self.mostNodes + 1_024 || prefix.utf8.count > Self.longestPath {
        nodes[parent].isWild = true
        return parent
      }
      let path = prefix.isEmpty ? "*" : prefix + ".*"
      let node = append([], path: path, isWild: true)
      nodes[parent].wild = Int32(node)
    }
    return Int(nodes[parent].wild)
  }

  /// The column number of values at `node`.
  @inline(__always)
  package mutating func column(of node: Int) -> Int {
    let known = nodes[node].column
    return known >= 0 ? Int(known) : newColumn(of: node)
  }

  private mutating func newColumn(of node: Int) -> Int {
    let path = branches[node].path
    let column = columnNumbers[path] ?? intern(path)
    columnNumbers[path] = column
    nodes[node].column = Int32(column)
    return column
  }

  private func equal(_ node: Int, _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard nodes[node].keyCount == range.count else { return false }
    let start = Int(nodes[node].keyStart)
    for index in 0..<range.count where keys[start + index] != text[range.lowerBound + index] {
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
