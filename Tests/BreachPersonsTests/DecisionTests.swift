import BreachModel
import BreachPersons
import Testing

/// What people decide stands above names and dates.
@Suite struct DecisionTests {
  /// One person under two names, each with a record of its own that says more; and somebody else.
  private static let sheet: Sheet = {
    var sheet = Sheet()
    sheet.add(.name("佐藤 健一"), .birth("1985-12-01"), .value(.passportNumber, "TK1"))
    sheet.add(.name("佐藤 健一"), .birth("1985-12-01"), .mobile("0901"))
    sheet.add(.name("佐藤 ケン"), .birth("1958-12-01"), .mail("ken"), .value(.passportNumber, "TK2"))
    sheet.add(.name("佐藤 ケン"), .birth("1958-12-01"), .mail("ken"), .mobile("0902"))
    sheet.add(.name("佐藤 良子"), .birth("1987-02-03"), .mobile("0903"))
    return sheet
  }()

  private static func three(_ decisions: [LinkDecision]) throws -> [Int] {
    let count = try sheet.count(decisions: decisions).count
    return [count.high, count.likely, count.low]
  }

  @Test func bothNamesAreOnePersons() throws {
    #expect(try Self.three([]) == [3, 3, 3])
    // Whichever two records stand for them, all records of both are one.
    for pair in [(0, 2), (1, 2), (0, 3), (1, 3)] as [(UInt32, UInt32)] {
      let decision = LinkDecision(first: pair.0, second: pair.1, isSame: true)
      #expect(try Self.three([decision]) == [2, 2, 2])
    }
    let apart = LinkDecision(first: 0, second: 1, isSame: false)
    #expect(try Self.three([apart]) == [4, 4, 4])
  }

  /// Whoever is not the one is not the one under the other name either.
  @Test func whoIsApartIsApartFromAllOfThem() throws {
    var sheet = Sheet()
    sheet.add(.name("佐藤 健一"), .birth("1985-12-01"))
    sheet.add(.name("佐藤 ケン"), .birth("1985-12-01"))
    sheet.add(.name("佐藤 ケン"), .birth("1985-12-01"))
    sheet.add(.name("佐藤 健一"), .birth("1985-12-01"))
    func count(_ decisions: [LinkDecision]) throws -> Int {
      try sheet.count(decisions: decisions).count.likely
    }
    let same = LinkDecision(first: 0, second: 1, isSame: true)
    #expect(try count([]) == 2)
    #expect(try count([same]) == 1)
    // The last of the one name is nobody else's, and the third goes with the second.
    let apart = LinkDecision(first: 1, second: 3, isSame: false)
    #expect(try count([same, apart]) == 2)
    #expect(try count([apart, same]) == 2)
  }
}
