/// Key paths by number: `card.no`, `users[].name`; the number is the column of a value.
package struct JSONPaths {
  private struct Node {
    var key: [UInt8]
    var path: String
    var children: [Int] = []
    var element = -1
    var column = -1
    /// Keys come in the same order in most records: where to look first.
    var hint = 0
  }

  private var nodes = [Node(key: [], path: "")]
  package private(set) var columns: [String] = []
  package let root = 0

  /// `known` gives columns their numbers beforehand, so that every unit of a leaf agrees.
  package init(_ known: [String]) {
    for path in known { columnNumbers[path] = intern(path) }
  }

  private var columnNumbers: [String: Int] = [:]

  private mutating func intern(_ path: String) -> Int {
    columns.append(path)
    return columns.count - 1
  }

  /// The node of `key` under `parent`.
  package mutating func child(of parent: Int, key: Span<UInt8>) -> Int {
    let count = nodes[parent].children.count
    var probe = nodes[parent].hint
    for _ in 0..<count {
      if probe >= count { probe = 0 }
      let child = nodes[parent].children[probe]
      probe += 1
      if Self.equal(nodes[child].key, key) {
        nodes[parent].hint = probe
        return child
      }
    }
    var bytes: [UInt8] = []
    for index in key.indices { bytes.append(key[index]) }
    var text = bytes
    JSONEscape.unescapeWhole(&text)
    let prefix = nodes[parent].path
    let name = String(decoding: text, as: UTF8.self)
    nodes.append(Node(key: bytes, path: prefix.isEmpty ? name : prefix + "." + name))
    nodes[parent].children.append(nodes.count - 1)
    nodes[parent].hint = count + 1
    return nodes.count - 1
  }

  /// The node of an array's elements.
  package mutating func element(of parent: Int) -> Int {
    if nodes[parent].element < 0 {
      nodes.append(Node(key: [], path: nodes[parent].path + "[]"))
      nodes[parent].element = nodes.count - 1
    }
    return nodes[parent].element
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

  private static func equal(_ key: [UInt8], _ other: Span<UInt8>) -> Bool {
    guard key.count == other.count else { return false }
    for index in key.indices where key[index] != other[index] { return false }
    return true
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
          text.append(contentsOf: [0x5C, 0x75])
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
    text.append(contentsOf: UTF8.encode(valid).map(Array.init) ?? [0xEF, 0xBF, 0xBD])
  }
}
