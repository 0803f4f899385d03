import BreachPersons
import Testing

/// Equal digests are brought together exactly, whatever their bits look like.
@Suite struct BucketTests {
  /// Digests of `count` records with up to `values` different ones, of which `mask` is kept.
  private func digests(_ count: Int, _ values: Int, _ mask: UInt64) -> [UInt64] {
    var generator = SeededGenerator(seed: UInt64(count) + 1)
    return (0..<count).map { _ in
      Sheet.digest("\(Int.random(in: 0..<values, using: &generator))", 1) & mask
    }
  }

  /// Few bits put all digests into one bucket or one place of its table; zero is a digest, too.
  static let masks: [UInt64] = [.max, 0xFFFF, 0xFFFF << 48, 1 << 63, 0]

  @Test(arguments: [0, 1, 2, 31, 32, 33, 2_048, 20_000], masks)
  func groupsAreThoseOfADictionary(_ count: Int, _ mask: UInt64) {
    var buckets = DigestBuckets()
    for values in [1, 50, 1 << 20] {
      let digests = digests(count, values, mask)
      var keys = SharedKeys()
      keys.reset(count, &buckets)
      for (record, digest) in digests.enumerated() {
        keys.append(digest, UInt32(record) * 2)
        if record % 1_000 == 7 { keys.flush(&buckets) }
      }
      keys.flush(&buckets)
      let grouped = Dictionary(grouping: digests.indices) { digests[$0] }.values
      let expected = grouped.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
      var found: [[UInt32]] = []
      keys.forEachGroup(&buckets) { found.append($0) }
      #expect(found == expected.map { $0.map { UInt32($0) * 2 } })
      buckets.reset(sets: 1, largest: count, count: count)
      buckets.add(
        digests.enumerated().map { number, digest in
          .init(digest: digest, number: UInt32(number), record: UInt32(number) * 3)
        }
      )
      var repeats = 0
      var seen: Set<UInt64> = []
      let distinct = buckets.forEachRepeat { first, later, isSecond in
        repeats += 1
        let digest = digests[Int(later.number)]
        #expect(first.number == digests.firstIndex(of: digest).map { UInt32($0) })
        #expect(first.number < later.number && later.record == later.number * 3)
        #expect(seen.insert(digest).inserted == isSecond)
      }
      #expect(distinct == grouped.count && repeats == count - distinct)
    }
  }

  @Test func formerKeysAreForgotten() {
    var buckets = DigestBuckets()
    var keys = SharedKeys()
    keys.reset(3, &buckets)
    for record: UInt32 in 0..<3 { keys.append(7, record) }
    keys.flush(&buckets)
    keys.reset(1, &buckets)
    keys.append(7, 9)
    keys.flush(&buckets)
    keys.forEachGroup(&buckets) { _ in Issue.record("one key alone made a group") }
  }
}
