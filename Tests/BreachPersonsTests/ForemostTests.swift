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
