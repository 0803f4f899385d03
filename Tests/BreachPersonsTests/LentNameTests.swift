import BreachModel
import BreachPersons
import Testing

/// Of one person a record tells the name, another the address: both together are known elsewhere.
@Suite struct LentNameTests {
  private static let user: [Item] = [.key("1"), .name("山田 花"), .mail("a")]
  private static let address: [Item] = [.key("1"), .address("x"), .landline("5")]
  private static let order: [Item] = [.name("山田 花"), .address("x")]

  private func count(_ lists: [Item]...) throws -> PersonCount {
    var sheet = Sheet()
    for (number, items) in lists.enumerated() { sheet.add(items, table: UInt32(number + 1)) }
    let outcome = try sheet.count()
    for size in 1...2 { #expect(try sheet.count(chunksOf: size, key: 7).count == outcome.count) }
    return outcome.count
  }

  @Test func anAddressOfItsOwnIsThatOfItsPerson() throws {
    // One by name and address, which is secondary.
    let one = PersonCount(low: 1, likely: 1, high: 2)
    #expect(try count(Self.user, Self.address, Self.order) == one)
    #expect(try count(Self.order, Self.address, Self.user) == one)
    #expect(try count(Self.address, Self.order, Self.user) == one)
    #expect(try count(Self.user, Self.address, [.name("山田 花"), .landline("5")]) == one)
  }

  @Test func anotherNameOrAddressIsAnotherPerson() throws {
    let two = PersonCount(2)
    #expect(try count(Self.user, Self.address, [.name("佐藤 恵"), .address("x")]) == two)
    #expect(
      try count(Self.user, [.key("2"), .address("x")], [.name("山田 花"), .address("x"), .mail("b")])
        == PersonCount(low: 1, likely: 2, high: 2)
    )
  }

  /// The name of a reading is lent, too, and joins what has it in kana alone.
  @Test func readingsAreLent() throws {
    let user: [Item] = [.key("1"), .latin("yamada hana", kana: ["ヤマダハナ"]), .mail("a")]
    #expect(
      try count(user, Self.address, [.kana("ヤマダハナ"), .address("x")])
        == PersonCount(low: 1, likely: 1, high: 2)
    )
  }

  /// A birth date beside a key is its person's, and with the name as good as a primary rule.
  @Test func datesOfBirthAreTheirPersons() throws {
    #expect(
      try count(Self.user, [.key("1"), .birth("1")], [.name("山田 花"), .birth("1"), .mail("b")])
        == PersonCount(1)
    )
    #expect(
      try count(Self.user, [.key("1"), .birth("1")], [.name("山田 花"), .birth("2"), .mail("b")])
        == PersonCount(2)
    )
  }

  /// Two of different names refer to one row: it is the first one's alone.
  @Test func whoConflictsLendsNothing() throws {
    let other: [Item] = [.key("1"), .name("佐藤 恵"), .mail("b")]
    #expect(
      try count(Self.user, other, Self.address, [.name("佐藤 恵"), .address("x"), .mail("c")])
        == PersonCount(low: 2, likely: 3, high: 3)
    )
  }
}
