import BreachBytes
import BreachDetectors
import BreachModel
import Testing

/// When something of a record was: the forms that programs and people write, and what is no day.
@Suite struct RecordDateTests {
  private static func read(_ text: String, dayFirst: Bool = false) -> Int? {
    let bytes = Array(text.utf8)
    return RecordDate.any(bytes.span, dayFirst: dayFirst)
  }

  @Test(arguments: [
    ("2024-01-02", 2024_01_02), ("2024/01/02", 2024_01_02), ("2024.01.02", 2024_01_02),
    ("2024/1/2", 2024_01_02), ("2024-01-02 10:11:12", 2024_01_02),
    ("2024-01-02T23:59:59Z", 2024_01_02),
    ("2024-01-02T00:30:00.123+09:00", 2024_01_02), ("2024/1/2 9:05", 2024_01_02),
    ("20240102", 2024_01_02), ("2024010212", 2024_01_02), ("202401021011", 2024_01_02),
    ("20240102101112", 2024_01_02), ("1704153600", 2024_01_02), ("1704153599", 2024_01_01),
    ("1704153600000", 2024_01_02), ("1704153600.25", 2024_01_02), ("令和6年1月2日", 2024_01_02),
    ("2024年1月2日", 2024_01_02), ("2024年1月2日 10:11", 2024_01_02), ("2024年1月2日 10時", 2024_01_02),
    ("R6.1.2", 2024_01_02), ("2024/1/2(火) 10:11", 2024_01_02), ("2024/1/2(火)", 2024_01_02),
    ("2 January 2024", 2024_01_02), ("Jan 2, 2024", 2024_01_02),
    ("02/Jan/2024:10:11:12", 2024_01_02),
    ("Tue, 02 Jan 2024 10:11:12 +0900", 2024_01_02), ("02.01.2024", 2024_01_02),
    ("02.01.2024 10:11", 2024_01_02), ("01/02/2024", 2024_01_02), ("31/12/2024", 2024_12_31),
    ("24/01/02", 2024_01_02),
  ])
  func forms(text: String, day: Int) {
    #expect(Self.read(text) == day)
  }

  @Test func dayFirst() {
    #expect(Self.read("03/04/2024", dayFirst: true) == 2024_04_03)
    #expect(Self.read("03/04/2024 10:11", dayFirst: true) == 2024_04_03)
    #expect(Self.read("03/04/2024") == 2024_03_04)
    #expect(Self.read("03/14/2024", dayFirst: true) == 2024_03_14)
  }

  @Test(arguments: ["", "未定", "10:11:12", "12345", "1704153", "なし", "2024", "2024-01", "-", "NULL"])
  func noDay(text: String) {
    #expect(Self.read(text) == nil)
  }

  /// What programs write for none, and what no record can be of.
  @Test(arguments: [
    (1949_12_31, false), (1950_01_01, true), (1969_12_30, true), (1969_12_31, false),
    (1970_01_01, false), (1970_01_02, true), (1980_01_01, false), (2030_12_31, true),
    (2031_01_01, false), (1900_01_01, false), (9999_12_31, false), (0, false), (2024_02_29, true),
    (2023_02_29, false), (2024_13_01, false), (2024_00_10, false),
  ])
  func credible(day: Int, isCredible: Bool) {
    #expect(RecordDate.isCredible(day) == isCredible)
  }

  /// The days of the columns whose header tells, whatever the values of others look like.
  @Test func columns() throws {
    let header = ["氏名", "生年月日", "注文日", "最終ログイン", "有効期限", "備考"]
    let rows = [
      ["高橋 美咲", "1980-01-02", "2023-05-01", "2024/2/29 10:11", "2027-01-01", "2001-01-01"],
      ["渡邊 健太", "1975-03-04", "２０２１年４月３日", "", "2028-01-01", ""],
      ["佐々木 健一", "1991-05-06", "0000-00-00", "1970-01-01 09:00:00", "2029-01-01", ""],
      ["木村 結衣", "2001-07-08", "9999-12-31", "2019/12/31 23:59", "2030-01-01", ""],
    ]
    let plan = try Support.plan([header] + rows)
    let engine = try Support.engine()
    engine.begin(leaf: "a.csv")
    engine.scan(Support.tableBatch([header] + rows), tables: [plan], isFirstUnit: true)
    engine.finishLeaf(tables: [plan])
    let dates = engine.datedColumns(plan, number: 0).map {
      "\($0.name) \($0.period.from) \($0.period.to)"
    }
    #expect(dates == ["注文日 2021-04-03 2023-05-01", "最終ログイン 2019-12-31 2024-02-29"])
  }

  /// Where the days of a column stand before the months, all are read so.
  @Test func dayFirstColumn() throws {
    let header = ["name", "email", "order date"]
    let rows = (1...25).map { ["Anna Schmidt", "anna\($0)@mail.example", "\($0)/2/2024"] }
    let plan = try Support.plan([header] + rows)
    #expect(plan.columns[2].role == .dayFirst)
    let engine = try Support.engine()
    engine.begin(leaf: "a.csv")
    engine.scan(Support.tableBatch([header] + rows), tables: [plan], isFirstUnit: true)
    let dates = engine.datedColumns(plan, number: 0)
    #expect(dates.map(\.period.from.description) == ["2024-02-01"])
    #expect(dates.map(\.period.to.description) == ["2024-02-25"])
  }
}
