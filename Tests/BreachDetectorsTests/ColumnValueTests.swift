@testable import BreachDetectors
import BreachModel
import Testing

/// What the values of columns say beside their headers and neighbours, and against them.
@Suite struct ColumnValueTests {
  @Test func aWordOfOneCountrysNumberStandsForThatOfAnother() throws {
    let numbers = (0..<12).map { "534-5\($0 % 8 + 1)-58\($0 + 10)" }
    let plan = try Support.plan(Support.table(["name", "citizen_id"], [Support.names, numbers]))
    #expect(Support.types(plan) == ["person_name", "national_id"])
  }

  @Test func emptyWordsAreNoGroupsOfANumber() throws {
    let plan = try Support.plan(
      Support.table(
        ["名前", "TEL1", "TEL2", "TEL3"],
        [Support.names, ["090", "なし", "080"], ["1111", "2222", "なし"], ["なし", "5820", "0585"]]
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
      Support.table(
        ["c1", "c2", "c3", "c4", "c5"],
        [Support.mails] + words[..<2] + [phones, words[2]]
      )
    )
    #expect(!Support.types(none).contains { $0.hasPrefix("address") })
    let streets = (0..<12).map { "\($0 + 3) Kirchgasse" }
    let codes = (0..<12).map { "970\($0 + 10)" }
    let plan = try Support.plan(
      Support.table(
        ["c1", "c2", "c3", "c4"],
        [Support.mails, streets, codes, ["Würzburg", "Dresden"]]
      )
    )
    #expect(
      Support.types(plan)
        == ["email_address", "address/addressPart", "postal_code", "address/addressPart"]
    )
  }
}
