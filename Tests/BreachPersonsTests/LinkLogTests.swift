import BreachPersons
import Testing

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
