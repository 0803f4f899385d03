import BreachModel
import Testing

@Suite struct AgeBandTests {
  @Test(arguments: [
    (-1, "unknown"), (0, "0-12"), (12, "0-12"), (13, "13"), (14, "14-15"), (15, "14-15"),
    (16, "16-17"), (17, "16-17"), (18, "18-19"), (19, "18-19"), (20, "20-29"), (29, "20-29"),
    (30, "30-39"), (89, "80-89"), (90, "90-"), (122, "90-"), (123, "unknown"),
  ])
  func aBandBeginsAndEndsWhereLawsDo(_ years: Int, _ code: String) {
    #expect(AgeBand.code(AgeBand.number(years: years)) == code)
  }

  @Test(arguments: [
    (20_101_120, 20_261_120, "16-17"), (20_101_121, 20_261_120, "14-15"),
    (20_080_229, 20_260_228, "16-17"), (20_080_229, 20_260_301, "18-19"),
    (20_261_120, 20_261_120, "0-12"), (20_261_121, 20_261_120, "unknown"),
    (18_900_101, 20_261_120, "unknown"),
  ])
  func aYearIsOverOnTheBirthday(_ birth: Int, _ day: Int, _ code: String) {
    #expect(AgeBand.code(AgeBand.number(born: birth, on: day)) == code)
  }

  @Test func codesInTheirOrderAsTextRise() {
    let codes = (1..<AgeBand.count).map(AgeBand.code) + [AgeBand.unknown]
    #expect(codes == codes.sorted() && Set(codes).count == AgeBand.count)
    #expect(AgeBand.code(AgeBand.count) == AgeBand.unknown)
  }

  @Test func thoseBelowAnAgeAreASum() {
    let bands = [
      "0-12": PersonCount(1), "13": PersonCount(2),
      "14-15": PersonCount(low: 3, likely: 4, high: 5), "16-17": PersonCount(10),
      "18-19": PersonCount(100), "unknown": PersonCount(1_000),
    ]
    #expect(AgeBand.count(below: 16, bands) == PersonCount(low: 6, likely: 7, high: 8))
    #expect(AgeBand.count(below: 18, bands) == PersonCount(low: 16, likely: 17, high: 18))
    #expect(AgeBand.count(below: 13, bands) == PersonCount(1))
  }

  @Test func bandsHaveNames() {
    #expect(Names.age("0-12").ja == "0〜12歳" && Names.age("13").en == "13")
    #expect(Names.age("90-").ja == "90歳以上" && Names.age("unknown").ja == "不明")
    #expect(Names.age("later").en == "later")
  }

  @Test func aDayHasItsDigits() {
    #expect(CivilDate(year: 2026, month: 3, day: 9)?.digits == 20_260_309)
  }
}
