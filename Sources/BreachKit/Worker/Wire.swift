internal import BreachModel

/// Writes the messages between supervisor and worker: little-endian, length before content.
struct WireWriter {
  private(set) var bytes: [UInt8] = []
  /// Goes beside the bytes, as it is.
  private(set) var words: [UInt64] = []

  /// Bytes of the message so far, words included.
  var size: Int { bytes.count + words.count * 8 }

  /// Starts the next message in the room of the last.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    words = []
  }

  /// Puts words beside the bytes, and their number among them.
  mutating func put(words list: [UInt64]) {
    put(list.count)
    if words.isEmpty { words = list } else { words.append(contentsOf: list) }
  }

  mutating func put(_ value: Int) {
    var rest = UInt64(bitPattern: Int64(value))
    for _ in 0..<8 {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  mutating func put(_ value: UInt64) { put(Int(truncatingIfNeeded: value)) }
  mutating func put(_ value: Bool) { bytes.append(value ? 1 : 0) }
  mutating func put(_ value: UInt8) { bytes.append(value) }
  mutating func put(_ value: Double) { put(value.bitPattern) }

  mutating func put(_ value: [UInt8]) {
    put(value.count)
    bytes.append(contentsOf: value)
  }

  mutating func put(_ value: String) { put(Array(value.utf8)) }

  mutating func put(_ value: Int?) {
    put(value != nil)
    if let value { put(value) }
  }

  mutating func put(_ value: String?) {
    put(value != nil)
    if let value { put(value) }
  }

  mutating func put<Element>(_ list: [Element], _ each: (inout WireWriter, Element) -> Void) {
    put(list.count)
    for element in list { each(&self, element) }
  }
}

/// A message that does not read as it was written: the peer is broken.
struct WireError: Error {}

/// Reads what `WireWriter` wrote; lengths are checked, since a worker's word is not trusted.
struct WireReader {
  private let bytes: [UInt8]
  private let beside: [UInt64]
  private var at = 0
  /// Words taken so far.
  private var taken = 0
  /// The sum of all numbers that `number` gave.
  private(set) var counted = 0
  /// More than can be counted one by one.
  static let mostCounted = 1 << 56

  init(_ bytes: [UInt8], words: [UInt64] = []) {
    self.bytes = bytes
    beside = words
  }

  var isAtEnd: Bool { at == bytes.count }

  mutating func int() throws(WireError) -> Int {
    guard at + 8 <= bytes.count else { throw WireError() }
    var value: UInt64 = 0
    for index in 0..<8 { value |= UInt64(bytes[at + index]) << UInt64(8 * index) }
    at += 8
    return Int(Int64(bitPattern: value))
  }

  mutating func word() throws(WireError) -> UInt64 { UInt64(bitPattern: Int64(try int())) }
  mutating func double() throws(WireError) -> Double { Double(bitPattern: try word()) }

  /// A number of bytes or lines, which may be as large as a file claims but never below zero.
  mutating func size() throws(WireError) -> Int {
    let value = try int()
    guard value >= 0 else { throw WireError() }
    return value
  }

  /// How many there are of something that was counted one by one.
  ///
  /// All of them together stay far below the largest number, so that no sum overflows.
  mutating func number() throws(WireError) -> Int {
    let value = try size()
    guard value <= Self.mostCounted - counted else { throw WireError() }
    counted += value
    return value
  }

  /// How many findings chance would give: a number that sums can be made of.
  mutating func chance() throws(WireError) -> Double {
    let value = try double()
    guard value >= 0, value < 1e18 else { throw WireError() }
    return value
  }

  mutating func byte() throws(WireError) -> UInt8 {
    guard at < bytes.count else { throw WireError() }
    at += 1
    return bytes[at - 1]
  }

  /// The words that `put(words:)` put beside; a message's only ones are given as they came.
  mutating func words() throws(WireError) -> [UInt64] {
    let count = try int()
    guard count >= 0, count <= beside.count - taken else { throw WireError() }
    taken += count
    return count == beside.count ? beside : Array(beside[taken - count..<taken])
  }

  mutating func bool() throws(WireError) -> Bool { try byte() != 0 }

  mutating func count() throws(WireError) -> Int {
    let count = try int()
    guard count >= 0, count <= bytes.count else { throw WireError() }
    return count
  }

  mutating func data() throws(WireError) -> [UInt8] {
    let length = try count()
    guard at + length <= bytes.count else { throw WireError() }
    at += length
    return Array(bytes[at - length..<at])
  }

  mutating func string() throws(WireError) -> String { String(decoding: try data(), as: UTF8.self) }

  mutating func optionalInt() throws(WireError) -> Int? { try bool() ? try int() : nil }
  mutating func optionalString() throws(WireError) -> String? { try bool() ? try string() : nil }

  mutating func list<Element>(_ each: (inout WireReader) throws(WireError) -> Element)
    throws(WireError) -> [Element]
  {
    let length = try count()
    var list: [Element] = []
    list.reserveCapacity(min(length, 4_096))
    for _ in 0..<length { list.append(try each(&self)) }
    return list
  }
}
