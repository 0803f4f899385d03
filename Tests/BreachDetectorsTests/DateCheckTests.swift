import BreachDetectors
import BreachModel
import Testing

/// Birth dates in every written form, both sides of every boundary.
@Suite struct DateCheckTests {
  @Test(arguments: [
    "昭和55年1月2日", "昭和５５年１月２日", "昭和五十五年一月二日", "昭和五五年一月二日", "昭55.1.2", "㍼55年1月2日", "㍼55.1.2",
    "S55.1.2", "S55/01/02", "S55-01-02", "s55.1.2", "S.55.1.2", "S 55.1.2", "昭和 55年 1月 2日",
    "昭和55年01月02日生", "昭和55年1月2日生まれ", "3550102", "1980/1/2", "1980/01/02", "1980-01-02", "19800102",
    "1980.1.2", "1980年1月2日", "１９８０年１月２日", "１９８０／０１／０２", "1980年 1月 2日", "一九八〇年一月二日", "80/01/02",
    "80.1.2", "Jan 2, 1980", "January 2, 1980", "Jan. 2 1980", "2 January 1980", "2 Jan 1980",
    "02-Jan-1980", "2nd January 1980", "January 2nd, 1980", "01/02/1980", "1980-01-02T00:00:00",
    "1980-01-02T00:00:00Z", "1980-01-02T00:00:00.000Z", "1980-01-02 00:00:00",
    "1980-01-02 00:00:00.0", "1980-01-02T00:00:00+09:00", "1980/01/02 0:00", "19800102000000",
    "1980-01-01T15:00:00Z", "1980-01-01T15:00:00.000Z", "1980年(昭和55年)1月2日", "昭和55年(1980年)1月2日",
    "1980/01/02(水)", " 1980/01/02　", "=\"1980/01/02\"",
  ])
  func everyFormIsOneDay(text: String) throws {
    let checked = try Support.check(.birthDate, text)
    #expect(checked.verdict.result == .pass)
    #expect(checked.normal == "19800102")
  }

  @Test(arguments: [
    ("平成元年1月8日", "19890108"), ("H01-01-08", "19890108"), ("㍻元年1月8日", "19890108"),
    ("昭和64年1月7日", "19890107"), ("S64.1.7", "19890107"), ("平成31年4月30日", "20190430"),
    ("令和元年5月1日", "20190501"), ("R1.5.1", "20190501"), ("㋿1年5月1日", "20190501"),
    ("令1.5.1", "20190501"), ("21.6.80", "19800621"), ("6/21/80", "19800621"),
    ("大正元年7月30日", "19120730"), ("明治45年7月30日", "19120730"),
    ("T15.12.25", "19261225"), ("昭和元年12月25日", "19261225"), ("2150101", "19260101"),
    ("4310430", "20190430"), ("5010501", "20190501"), ("M23.1.1", "18900101"),
    ("2000/02/29", "20000229"), ("2024-02-29", "20240229"), ("1999/12/31", "19991231"),
    ("01/13/1980", "19800113"), ("13/01/1980", "19800113"), ("05/01/02", "20050102"),
    ("26/01/02", "20260102"), ("27/01/02", "19270102"),
  ])
  func passes(text: String, normal: String) throws {
    let checked = try Support.check(.birthDate, text)
    #expect(checked.verdict.result == .pass)
    #expect(checked.normal == normal)
  }

  /// A day outside of its era: counted on by programs and people, so it is not thrown away.
  @Test(arguments: [
    ("昭和64年1月8日", "19890108"), ("S64.2.1", "19890201"), ("平成元年1月7日", "19890107"),
    ("平成31年5月1日", "20190501"), ("令和元年4月30日", "20190430"), ("大正元年7月29日", "19120729"),
    ("大正15年12月26日", "19261226"), ("昭和元年12月24日", "19261224"),
  ])
  func outsideOfItsEra(text: String, normal: String) throws {
    let checked = try Support.check(.birthDate, text)
    #expect(checked.verdict.result == .unknown)
    #expect(checked.normal == normal)
  }

  @Test(arguments: [
    "1980/13/02", "1980/00/02", "1980/01/32", "1980/01/00", "1980/02/30", "1981/02/29",
    "1900/02/29",
    "1980/04/31", "1980/06/31", "1980/09/31", "1980/11/31", "1889/12/31", "2031/01/01",
    "1780/01/02",
    "昭和65年1月1日", "平成32年1月1日", "大正16年1月1日", "昭和0年1月1日", "昭和55年13月1日", "0550102", "6550102",
    "3650102",
    "1980-01-02 10:30:00", "1980-01-02T09:00:00Z", "1980-01-02T15:00:00", "1700000000",
    "1700000000000", "1980年1月", "1980", "昭和55年", "1980/01", "未登録", "0000-00-00", "9999-12-31",
    "1980/01/02/03", "1980-01-02x", "2.1.1980.5", "Jan 32, 1980", "Foo 2, 1980", "", "    /  /  ",
    "192.168.1.10", "6.21.80", "2.30.80",
  ])
  func fails(text: String) throws {
    #expect(try Support.check(.birthDate, text).verdict.result == .fail)
  }

  @Test(arguments: ["1900-01-01", "1970/01/01"])
  func samples(text: String) throws {
    #expect(try Support.check(.birthDate, text).verdict.isSample)
  }

  @Test func partsOfADate() throws {
    #expect(try Support.check(.birthDate, "1980年", role: .year).verdict.result == .unknown)
    #expect(try Support.check(.birthDate, "12", role: .month).verdict.result == .unknown)
    #expect(try Support.check(.birthDate, "13", role: .month).verdict.result == .fail)
    #expect(try Support.check(.birthDate, "31日", role: .day).verdict.result == .unknown)
    #expect(try Support.check(.birthDate, "32", role: .day).verdict.result == .fail)
    #expect(try Support.check(.birthDate, "1880", role: .year).verdict.result == .fail)
  }

  @Test func theDayComesFirstWhereAColumnShowsIt() throws {
    #expect(try Support.check(.birthDate, "03/04/1980", role: .dayFirst).normal == "19800403")
    #expect(try Support.check(.birthDate, "03/04/1980").normal == "19800304")
    #expect(try Support.check(.birthDate, "25.12.1980", role: .dayFirst).normal == "19801225")
    #expect(try Support.check(.birthDate, "1980-04-03", role: .dayFirst).normal == "19800403")
    func role(_ dates: [String]) throws -> ColumnRole? {
      try Support.plan([["dob", "email"]] + dates.map { [$0, "a@mail.com"] }).columns.first?.role
    }
    #expect(try role(["03/04/1980", "25/12/1981", "01/01/1990"]) == .dayFirst)
    #expect(try role(["03/04/1980", "12/25/1981", "01/01/1990"]) == .whole)
    #expect(try role(["03/04/1980", "12/12/1981", "01/01/1990"]) == .whole)
  }
}
