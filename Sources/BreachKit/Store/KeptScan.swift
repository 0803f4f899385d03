internal import BreachBytes
internal import BreachModel
internal import BreachPersons

/// What a result store is made of, beside the result.
struct KeptScan {
  var evidence: Reading
  /// The leaves whose records count, by their position in the evidence.
  var counted: [Int]
  var index: PersonIndex
  /// Of the patterns that decide how values are read and records linked.
  var readingSHA256: String
  var key: DigestKey
  var decisions: [StoredDecision] = []

  /// Nil when persons were not counted.
  init?(
    _ evidence: Reading,
    _ assembled: Assembled,
    _ key: DigestKey,
    readingSHA256: String
  ) {
    guard let index = assembled.index else { return nil }
    self.evidence = evidence
    counted = assembled.counted
    self.index = index
    self.readingSHA256 = readingSHA256
    self.key = key
  }
}

/// What somebody decided of two records, which are named so that it holds after a merge, too.
struct StoredDecision: Hashable {
  var first: RecordPlace
  var second: RecordPlace
  var isSame: Bool
  var reason: String
}

/// A record by its leaf and its number among the leaf's records that say something of somebody.
///
/// The same content under another path is the same leaf; other content under the same path is not.
struct RecordPlace: Hashable {
  var path: String
  /// Nil when it is not known; then the path alone names the leaf.
  var content: LeafContent?
  /// From 0.
  var number: Int

  private var name: String { content == nil ? path : "" }

  static func == (left: RecordPlace, right: RecordPlace) -> Bool {
    left.number == right.number && left.content == right.content && left.name == right.name
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(number)
    hasher.combine(content)
    hasher.combine(name)
  }
}

extension LeafContent {
  /// As a store keeps it.
  var words: [UInt64] { [UInt64(bytes)] + hashes }

  /// Nil for no words.
  init?(words: [UInt64]) {
    guard let bytes = words.first.flatMap({ Int(exactly: $0) }) else { return nil }
    self.init(bytes: bytes, hashes: Array(words.dropFirst()))
  }
}

/// The numbers that records have when the leaves that hold them are linked together.
struct RecordNumbers {
  /// A leaf as decisions name it.
  private struct Name: Hashable {
    var content: LeafContent?
    var path: String

    init(_ content: LeafContent?, _ path: String) {
      self.content = content
      self.path = content == nil ? path : ""
    }
  }

  private var records: [Name: Range<Int>] = [:]
  private var paths: [(behind: Int, path: String)] = []
  private var count = 0

  /// Numbers the records of the next leaf that counts.
  mutating func add(_ leaf: Scan.Leaf, _ store: BlobStore) {
    let own = leaf.entries.flatMap(\.identities).reduce(0) { $0 + store.count($1) }
    let name = Name(LeafContent(leaf), leaf.path)
    if records[name] == nil { records[name] = count..<count + own }
    count += own
    paths.append((count, leaf.path))
  }

  /// Decisions by number; those about records that are not there are left out.
  ///
  /// - Throws: The first pair that they make both one person and two.
  func agreed(_ decisions: [StoredDecision]) throws(ScanError) -> [LinkDecision] {
    let resolved = decisions.compactMap { decision -> LinkDecision? in
      guard let first = number(decision.first), let second = number(decision.second) else {
        return nil
      }
      return LinkDecision(first: first, second: second, isSame: decision.isSame)
    }
    guard let pair = resolved.contradiction else { return resolved }
    let names = [pair.first, pair.second].map { "R\($0 + 1) ('\(path(of: Int($0)))')" }
    throw ScanError(
      "decisions contradict each other: \(names[0]) and \(names[1]) are to be two persons, "
        + "but others make them one"
    )
  }

  /// The path of the leaf that a record is in.
  private func path(of record: Int) -> String { paths.first { $0.behind > record }?.path ?? "" }

  private func number(_ place: RecordPlace) -> UInt32? {
    guard let range = records[Name(place.content, place.path)],
      (0..<range.count).contains(place.number)
    else { return nil }
    return UInt32(truncatingIfNeeded: range.lowerBound + place.number)
  }
}
