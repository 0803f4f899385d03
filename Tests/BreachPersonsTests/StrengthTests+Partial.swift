import BreachModel
import BreachPersons
import Testing

/// What is written in part, has changed, or has a slip of the pen.
extension StrengthTests {
  static let changedNames: [Case] = [
    .init(
      "family name changed, same given name, birth date and address",
      [.name("山田 花"), .birth("1"), .address("x"), .mail("a")],
      [.name("佐藤 花"), .birth("1"), .address("x"), .mail("b")],
      low: 1,
      likely: 1,
      high: 2
    ),
    .init(
      "family name changed, same given name, birth date and landline",
      [.name("山田 花"), .birth("1"), .landline("x"), .mail("a")],
      [.name("佐藤 花"), .birth("1"), .landline("x"), .mail("b")],
      low: 1,
      likely: 1,
      high: 2
    ),
    .init(
      "same given name and birth date elsewhere: two strangers",
      [.name("山田 花"), .birth("1"), .address("x")],
      [.name("佐藤 花"), .birth("1"), .address("y")],
      low: 2,
      likely: 2,
      high: 2
    ),
    .init(
      "same name, the address with and without its building",
      [.name("山田 花"), .address("x コーポ"), .house("x"), .mail("a")],
      [.name("山田 花"), .address("x"), .mail("b")],
      low: 1,
      likely: 1,
      high: 2
    ),
    .init(
      "same name, one house in two other forms",
      [.name("山田 花"), .address("x コーポ"), .house("x"), .mail("a")],
      [.name("山田 花"), .address("x ハイツ"), .house("x"), .mail("b")],
      low: 1,
      likely: 1,
      high: 2
    ),
    .init(
      "same name in one town, and nothing else of both",
      [.name("山田 花"), .town("x"), .mail("a")],
      [.name("山田 花"), .town("x"), .landline("1")],
      low: 1,
      likely: 1,
      high: 2
    ),
    .init(
      "same name in one town, two mailboxes",
      [.name("山田 花"), .town("x"), .mail("a")],
      [.name("山田 花"), .town("x"), .mail("b")],
      low: 1,
      likely: 2,
      high: 2
    ),
    .init(
      "same name, two towns",
      [.name("山田 花"), .town("x")],
      [.name("山田 花"), .town("y")],
      low: 2,
      likely: 2,
      high: 2
    ),
    .init(
      "same name in one town, two addresses",
      [.name("山田 花"), .address("x"), .value(.postalCode, "1"), .mail("a")],
      [.name("山田 花"), .address("y"), .value(.postalCode, "1"), .mail("b")],
      low: 1,
      likely: 2,
      high: 2
    ),
  ]

  static let slips: [Case] = [
    .init(
      "one letter of the given name is wrong at one mailbox",
      [.name("山田 花子"), .mail("a")],
      [.name("山田 花美"), .mail("a"), .address("x")],
      low: 1,
      likely: 2,
      high: 2
    ),
    .init(
      "the first letter is, and the key is one",
      [.name("山田 花子"), .value(.memberID, "1")],
      [.name("山田 葉子"), .value(.memberID, "1")],
      low: 1,
      likely: 2,
      high: 2
    ),
    .init(
      "both letters: another person",
      [.name("山田 花子"), .mail("a")],
      [.name("山田 太郎"), .mail("a")],
      low: 2,
      likely: 2,
      high: 2
    ),
    .init(
      "the kana tell them apart",
      [.name("山田 花子"), .kana("ヤマダ ハナコ"), .mail("a")],
      [.name("山田 花美"), .kana("ヤマダ ハナミ"), .mail("a")],
      low: 2,
      likely: 2,
      high: 2
    ),
    .init(
      "and so do birth dates",
      [.name("山田 花子"), .birth("1"), .mail("a")],
      [.name("山田 花美"), .birth("2"), .mail("a")],
      low: 2,
      likely: 2,
      high: 2
    ),
  ]

  static let partial: [Case] = [
    .init(
      "same name, the address known to the town only",
      [.name("山田 花"), .address("x"), .value(.postalCode, "1"), .mail("a")],
      [.name("山田 花"), .value(.postalCode, "1"), .value(.employer, "b")],
      low: 1,
      likely: 1,
      high: 2
    ),
    .init(
      "one name cut in two at two places",
      [.name("西野 萌"), .birth("1"), .mail("a")],
      [.value(.personName, "西野萌"), .family("西"), .given("野萌"), .birth("1"), .mail("b")],
      low: 1,
      likely: 1,
      high: 1
    ),
    .init(
      "two readings of one name written alike",
      [.name("山田 花"), .kana("ヤマダ ハナ"), .mobile("1")],
      [.name("山田 花"), .kana("ヤマダ カ"), .mobile("1")],
      low: 1,
      likely: 1,
      high: 1
    ),
  ]

  @Test(arguments: partial) func whatIsKnownInPartJoins(_ test: Case) throws { try check(test) }

  @Test(arguments: slips) func aSlipOfThePenJoinsInLow(_ test: Case) throws { try check(test) }

  @Test(arguments: changedNames) func whatChangesJoinsBesideMore(_ test: Case) throws {
    try check(test)
  }

  /// Tables and values of two or three of one name, and what `low` makes of them; the others keep
  /// them apart.
  @Test(arguments: [
    ([1, 2], [["x"], ["y"]], 1), ([1, 1], [["x"], ["y"]], 2), ([0, 1], [["x"], ["y"]], 1),
    // Two facts differ.
    ([1, 2], [["x", "p"], ["y", "q"]], 2),
    // The third stands where the first does.
    ([1, 2, 1], [["x"], ["y"], ["z"]], 2), ([1, 2, 3], [["x"], ["y"], ["z"]], 1),
    // Four of one name say nothing.
    ([1, 2, 3, 4], [["x"], ["y"], ["z"], ["w"]], 4),
  ])
  func aNameInAnotherListJoinsInLow(_ tables: [UInt32], _ facts: [[String]], _ low: Int) throws {
    var sheet = Sheet()
    for (table, facts) in zip(tables, facts) {
      let items: [Item] = [.name("山田 花"), .address(facts[0])]
      sheet.add(items + facts.dropFirst().map { .landline($0) }, table: table)
    }
    let count = try sheet.count().count
    #expect(count == PersonCount(low: low, likely: tables.count, high: tables.count))
  }

  /// Ids mean something in their own table only.
  @Test func idsOfTwoTablesDoNotDiffer() throws {
    var sheet = Sheet()
    sheet.add(.name("山田 花"), .address("x"), .value(.memberID, "1"), idSpace: 7, table: 1)
    sheet.add(.name("山田 花"), .address("y"), .value(.memberID, "2"), idSpace: 8, table: 2)
    #expect(try sheet.count().count == PersonCount(low: 1, likely: 2, high: 2))
  }
}
