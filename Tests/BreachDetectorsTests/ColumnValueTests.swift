@testable import BreachDetectors
import BreachModel
import Testing

/// What the values of columns say beside their headers and neighbours, and against them.
@Suite struct ColumnValueTests {
  private static let names = [
    "高橋 美咲", "渡邊 健太", "佐々木 健一", "木村 結衣", "斎藤 陽子", "中村 大輔", "伊藤 直樹", "小林 恵", "加藤 誠", "吉田 真由美",
    "松本 翔太", "井上 和子",
  ]
  private static let mails = (0..<12).map { "user\($0)@mail.jp" }

  private func table(_ header: [String], _ columns: [[String]]) -> [[String]] {
    [header] + (0..<12).map { row in columns.map { $0[row % $0.count] } }
  }

  @Test func aWordOfOneCountrysNumberStandsForThatOfAnother() throws {
    let numbers = (0..<12).map { "534-5\($0 % 8 + 1)-58\($0 + 10)" }
    let plan = try Support.plan(table(["name", "citizen_id"], [Self.names, numbers]))
    #expect(Support.types(plan) == ["person_name", "national_id"])
  }

  @Test func emptyWordsAreNoGroupsOfANumber() throws {
    let plan = try Support.plan(
      table(
        ["名前", "TEL1", "TEL2", "TEL3"],
        [Self.names, ["090", "なし", "080"], ["1111", "2222", "なし"], ["なし", "5820", "0585"]]
      )
    )
    #expect(
      Support.types(plan) == [
        "person_name", "phone_number/numberStart", "phone_number/numberPart",
        "phone_number/numberEnd",
      ]
    )
  }

  /// Words of any kind around one column of numbers are no address.
  @Test func anAddressInColumnsHasAStreet() throws {
    let words = [["Asian", "Hispanic"], ["Muslim", "Catholic"], ["Filipino", "Vietnamese"]]
    let phones = (0..<12).map { "99\($0 + 10) 96\($0 + 20)" }
    let none = try Support.plan(
      table(["c1", "c2", "c3", "c4", "c5"], [Self.mails] + words[..<2] + [phones, words[2]])
    )
    #expect(!Support.types(none).contains { $0.hasPrefix("address") })
    let streets = (0..<12).map { "\($0 + 3) Kirchgasse" }
    let codes = (0..<12).map { "970\($0 + 10)" }
    let plan = try Support.plan(
      table(["c1", "c2", "c3", "c4"], [Self.mails, streets, codes, ["Würzburg", "Dresden"]])
    )
    #expect(
      Support.types(plan)
        == ["email_address", "address/addressPart", "postal_code", "address/addressPart"]
    )
  }
}
