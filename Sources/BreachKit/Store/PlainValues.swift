internal import BreachModel

/// Values in clear by their digests, for as long as a list is made of them; only those that are wanted.
struct PlainValues {
  /// Sorted, each once.
  private let digests: [UInt64]
  private var found: [Bool]
  /// The most usual way in which each is written, and how often; empty when it cannot be used.
  private var texts: [String]
  private var counts: [UInt32]
  /// Other ways of writing, where there are any.
  private var others: [Int: [String: UInt32]] = [:]

  init(_ wanted: some Sequence<UInt64>) {
    var sorted = wanted.sorted()
    var kept = 0
    for index in sorted.indices where index == 0 || sorted[index] != sorted[kept - 1] {
      sorted[kept] = sorted[index]
      kept += 1
    }
    sorted.removeSubrange(kept...)
    digests = sorted
    found = Array(repeating: false, count: kept)
    texts = Array(repeating: "", count: kept)
    counts = Array(repeating: 0, count: kept)
  }

  /// Keeps the finding's value when it is wanted; published test values are nobody's.
  mutating func take(_ finding: Finding) {
    guard let index = index(of: finding.digest.0) else { return }
    found[index] = true
    let isName = finding.type == .personName || finding.type == .personNameKana
    guard finding.confidence.level >= .likely, isName || !finding.isSample else { return }
    let text = Self.oneLine(finding.value.revealed)
    if counts[index] == 0 { texts[index] = text }
    if texts[index] == text {
      counts[index] += 1
    } else {
      others[index, default: [:]][text, default: 0] += 1
    }
  }

  /// True when the value was in the data, usable or not.
  func isFound(_ digest: UInt64) -> Bool { index(of: digest).map { found[$0] } ?? false }

  /// As it is written most often, of equals the longest, then the first by its bytes; nil when it was
  /// not found or cannot be used.
  func text(_ digest: UInt64) -> String? {
    guard let index = index(of: digest), counts[index] > 0 else { return nil }
    guard let others = others[index] else { return texts[index] }
    var best = (text: texts[index], count: counts[index])
    for (text, count) in others {
      let length = (text.utf8.count, best.text.utf8.count)
      if (count, length.0) > (best.count, length.1)
        || (count, length.0) == (best.count, length.1) && text < best.text
      {
        best = (text, count)
      }
    }
    return best.text
  }

  /// A line's end inside a value is a blank; blanks follow nothing and each other nowhere.
  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func index(of digest: UInt64) -> Int? {
    var range = 0..<digests.count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      if digests[middle] == digest { return middle }
      range =
        digests[middle] < digest
        ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return nil
  }
}
