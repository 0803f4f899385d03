import BreachPersons
import Testing

/// The first few of many, whatever was thrown away on the way.
@Suite struct ForemostTests {
  private struct Card: Equatable {
    var rank: Int
    var number: Int
  }

  /// 3,000 cards of eleven ranks in no order.
  private static let cards: [Card] = {
    var generator = SeededGenerator(seed: 5)
    return (0..<3_000).map { Card(rank: Int.random(in: 0..<11, using: &generator), number: $0) }
  }()

  @Test(arguments: [1, 2, 10, 499, 500, 501, 999, 1_000, 1_001, 2_999, 3_000, 3_001, Int.max])
  func theyAreThoseOfAllSorted(_ most: Int) {
    var foremost = Foremost<Card>(most) { $0.rank < $1.rank }
    for card in Self.cards { foremost.append(card) }
    // Of one rank the first to come is the first.
    let sorted = Self.cards.sorted { ($0.rank, $0.number) < ($1.rank, $1.number) }
    #expect(foremost.sorted == Array(sorted.prefix(most)))
  }

  @Test func fewAreAllThere() {
    var foremost = Foremost<Int>(3, by: <)
    #expect(foremost.sorted.isEmpty)
    foremost.append(7)
    foremost.append(5)
    #expect(foremost.sorted == [5, 7])
    foremost.append(6)
    foremost.append(1)
    #expect(foremost.sorted == [1, 5, 6])
  }
}

/// Merges are told as they happen, in portions, and none twice.
@Suite struct LinkLogTests {
  private static let sheet: Sheet = {
    var sheet = Sheet()
    for number in 0..<5 {
      sheet.add(.name("佐藤 健\(number)"), .mobile("090\(number)"))
      sheet.add(.mobile("090\(number)"), .mail("m\(number)"))
    }
    // Two records with a name, its kana and nothing else.
    for _ in 0..<2 { sheet.add(.name("鈴木 花"), .kana("スズキ ハナ")) }
    return sheet
  }()

  private static let expected = (0..<6).map { (pair: UInt32) in [2 * pair, 2 * pair + 1] }

  @Test(arguments: [1, 2, 4, 5, 6, 7, 100]) func portionsAreWhatHappened(_ most: Int) throws {
    var portions: [[LinkLog.Entry]] = []
    let log = LinkLog(.joined(.secondary, most: most) { portions.append($0) })
    _ = try Self.sheet.count(log: log)
    let all = portions.joined()
    #expect(all.map { [$0.first, $0.second] } == Self.expected)
    #expect(all.map(\.rule) == Array(repeating: "mobile", count: 5) + ["name_only"])
    let left = 6 % most
    let sizes = Array(repeating: most, count: 6 / most) + (left == 0 ? [] : [left])
    #expect(portions.map(\.count) == sizes)
    #expect(log.joined.isEmpty && log.apart.isEmpty)
  }
}
