import BreachModel
import BreachPersons
import Testing

/// Ids of several tables: one person only where the tables agree on the names.
@Suite struct IDSpaceTests {
  /// Two tables that number persons from 1 and know some of their names; of the last person, one knows
  /// the mailbox and the other the mobile.
  private func count(_ one: [String], _ other: [String]) throws -> PersonCount {
    var sheet = Sheet()
    for (table, names) in [one, other].enumerated() {
      let space = UInt64(table + 1) << 40
      for (id, name) in names.enumerated() {
        sheet.add(.value(.memberID, "\(id)"), .name(name), idSpace: space)
      }
      sheet.add(
        .value(.memberID, "last"),
        table == 0 ? .mail("a") : .mobile("1"),
        idSpace: space
      )
    }
    return try sheet.count().count
  }

  private static let names = ["山田 花", "佐藤 太", "鈴木 一", "高橋 実", "田中 学"]

  @Test func tablesThatAgreeOnNamesNumberTheSamePersons() throws {
    #expect(try count(Self.names, Self.names) == PersonCount(6))
    #expect(try count(Array(Self.names.prefix(3)), Array(Self.names.prefix(3))) == PersonCount(4))
  }

  @Test func oneNameOfFiveMayHaveChanged() throws {
    var married = Self.names
    married[4] = "森 学"
    #expect(try count(Self.names, married) == PersonCount(6))
    married[3] = "林 実"
    #expect(try count(Self.names, married).likely == 12)
  }

  @Test func twoNamesProveNothing() throws {
    #expect(try count(Array(Self.names.prefix(2)), Array(Self.names.prefix(2))).likely == 6)
  }

  @Test func tablesThatGiveTheNumbersToOthersStayApart() throws {
    #expect(try count(Self.names, Self.names.reversed()).likely == 12)
  }
}
