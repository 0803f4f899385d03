@testable import BreachDetectors
import BreachModel
import Testing

/// Values whose parts stand in columns of their own, such as dates of birth under year, month and day.
@Suite struct SpreadValueTests {
  private func roles(_ header: String, _ rows: [String]) throws -> [String] {
    let plan = try Support.plan(([header] + rows).map { $0.split(separator: ",").map(String.init) })
    return plan.columns.filter { $0.type == .birthDate }.map { "\($0.name):\($0.role)" }
  }

  private let people = ["高橋 美咲,1985,3,12", "渡邊 健太,1990,11,2", "木村 結衣,1972,1,30"]

  @Test(arguments: [
    ("氏名,生年,月,日", ["生年:year", "月:month", "日:day"]),
    ("氏名,年,月,日", ["年:year", "月:month", "日:day"]),
    ("氏名,西暦,月,日", ["西暦:year", "月:month", "日:day"]),
    ("name,year,month,day", ["year:year", "month:month", "day:day"]),
    ("name,Year,Mon,DD", ["Year:year", "Mon:month", "DD:day"]),
    // Not side by side, not complete, another word.
    ("氏名,年,月,売上", []), ("氏名,年,回,日", []), ("氏名,契約年,月,日", []),
  ])
  func bareHeaders(_ header: String, _ found: [String]) throws {
    #expect(try roles(header, people) == found)
  }

  /// One year alone tells when it is called one of birth, and only then.
  @Test func yearOfBirth() throws {
    let one = ["高橋 美咲,2015,3,12"]
    #expect(try roles("氏名,生年,月,日", one) == ["生年:year", "月:month", "日:day"])
    #expect(try roles("氏名,年,月,日", one) == [])
  }

  /// Sales, visits and joinings lie in few years; months have no number 13.
  @Test(arguments: [
    ["高橋 美咲,2019,3,12", "渡邊 健太,2023,11,2", "木村 結衣,2024,1,30"],
    ["高橋 美咲,1985,13,12", "渡邊 健太,1990,14,2", "木村 結衣,1972,15,30"],
    ["高橋 美咲,1985,3,32", "渡邊 健太,1990,11,40", "木村 結衣,1972,1,50"],
  ])
  func otherDates(_ rows: [String]) throws {
    #expect(try roles("氏名,年,月,日", rows) == [])
  }

  /// Where nobody stands beside them, and where a date of birth stands already.
  @Test func otherTables() throws {
    let sales = ["12,1985,3,12", "15,1990,11,2", "20,1972,1,30"]
    #expect(try roles("件数,年,月,日", sales) == [])
    let both = ["高橋 美咲,1985/3/12,1985,3,12", "木村 結衣,1972/1/30,1972,1,30"]
    #expect(try roles("氏名,生年月日,年,月,日", both + both) == ["生年月日:whole"])
  }

  /// Rows without a number say nothing of columns that hold a number in groups.
  @Test(arguments: [
    ("NULL", ["TEL1:numberStart", "TEL2:numberPart", "TEL3:numberEnd"]), ("abc", []),
  ])
  func groupsWithGaps(_ gap: String, _ found: [String]) throws {
    let rows = ["高橋 美咲,090,1111,2200", "木村 結衣,\(gap),\(gap),\(gap)", "渡邊 健太,080,1111,2201"]
    let table = (["氏名,TEL1,TEL2,TEL3"] + rows).map { $0.split(separator: ",").map(String.init) }
    let plan = try Support.plan(table)
    #expect(
      plan.columns.filter { $0.role != .whole }.map { "\($0.name):\($0.role)" } == found
    )
  }
}
