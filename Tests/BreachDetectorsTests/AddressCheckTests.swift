@testable import BreachDetectors
import BreachModel
import Testing

/// Addresses: places, numbers, ways of writing.
@Suite struct AddressCheckTests {
  @Test(arguments: [
    ("東京都渋谷区神宮前1-2-3", 13), ("大阪府大阪市北区梅田3丁目1番3号", 27), ("北海道札幌市中央区北1条西2丁目", 1),
    ("名古屋市中区栄3-4-5", 23), ("〒150-0002 東京都渋谷区渋谷1-2-3", 13), ("京都府京都市左京区吉田本町1", 26),
    ("神奈川県横浜市西区みなとみらい２－３", 14), ("浦和市高砂1-2-3", 11), ("沖縄県那覇市泉崎1-2-2", 47),
    ("東京都渋谷区神宮前一丁目2番3号 コーポ桜201", 13),
  ])
  func passes(text: String, prefecture: Int) throws {
    let verdict = try Support.check(.address, text).verdict
    #expect(verdict.result == .pass)
    #expect(verdict.prefecture == prefecture)
  }

  /// Where an address in Latin letters lies: by the country's name, by state and zip code, by postcode.
  @Test(arguments: [
    ("12 Market Street, San Francisco, CA 94105", "US-CA"),
    ("12 Market Street, San Francisco, CA 94105-1234", "US-CA"),
    ("1 Main St, Tacoma, WA 98427", "US"), ("1 Main St, Tacoma, WA 9842", "unknown"),
    ("1 Main St, Tacoma, WA 98427-123", "unknown"), ("1 Main St, Tacoma, XX 98427", "unknown"),
    ("1 Main St, Tacoma, U.S.A.", "US"), ("1 Main St, United States", "US"),
    ("10 Downing Street, London SW1A 2AA", "GB"), ("10 Downing Street, Leeds, M1 1AE", "GB"),
    ("80 Wellington St, Ottawa K1A 0B1", "unknown"), ("80 Wellington St, Ottawa, Canada", "CA"),
    ("Lindenweg 5, 10115 Berlin, Deutschland", "DE"), ("Lindenweg 5, 10115 Berlin", "unknown"),
    ("1-2-3 Jingumae, Shibuya-ku, Tokyo 150-0001", "none"),
    ("1 Teheran-ro, Seoul, South Korea", "KR"),
    ("1 Teheran-ro, Seoul, Republic of Korea", "KR"),
    ("7 " + String(repeating: "a", count: 120) + " street, usa", "unknown"),
  ])
  func homesAbroad(text: String, code: String) throws {
    let home = try Support.check(.address, text).verdict.prefecture
    #expect((home == 0 ? "none" : HomePlace.code(home)) == code)
  }

  /// One address, however it is written.
  @Test(arguments: [
    ("東京都渋谷区神宮前1丁目2番3号", "東京都渋谷区神宮前1-2-3"), ("東京都渋谷区神宮前１－２－３", "東京都渋谷区神宮前1-2-3"),
    ("東京都渋谷区神宮前一丁目2番3号", "東京都渋谷区神宮前1-2-3"), ("東京都渋谷区神宮前十二丁目2番地3", "東京都渋谷区神宮前12-2-3"),
    ("東京都 渋谷区 神宮前 1-2-3", "東京都渋谷区神宮前1-2-3"), ("東京都渋谷区神宮前1−2−3", "東京都渋谷区神宮前1-2-3"),
    ("名古屋市中区栄3-4-5", "愛知県名古屋市中区栄3-4-5"), ("千葉県鎌ヶ谷市新鎌ヶ谷1-1", "千葉県鎌ケ谷市新鎌ケ谷1-1"),
    ("東京都渋谷区神宮前1-2-3 201", "東京都渋谷区神宮前1-2-3-201"),
    ("東京都渋谷区神宮前1-2-3コーポ桜201号室", "東京都渋谷区神宮前1-2-3コーポ桜201"),
    ("〒150-0001東京都渋谷区神宮前1-2-3", "東京都渋谷区神宮前1-2-3"),
  ])
  func sameNormalForm(text: String, other: String) throws {
    #expect(try Support.check(.address, text).normal == Support.check(.address, other).normal)
  }

  /// The house in an address that says more, in normal form; nil when it says no more.
  @Test(arguments: [
    ("東京都千代田区外神田9-26-39県営住宅432", "東京都千代田区外神田9-26-39"), ("東京都渋谷区渋谷1-2-3-405", "東京都渋谷区渋谷1-2-3"),
    ("北海道札幌市中央区北1条西3-5コーポ7", "北海道札幌市中央区北1条西3-5"), ("東京都渋谷区渋谷1-2-3", nil),
    ("長野県上田市山田123コーポ2", nil), ("104 orchard close, swansea, sa4 6bq", "104 orchard close"),
    ("wales, swansea, 104 orchard close", "104 orchard close"),
    ("37073 göttingen, am mühlbach 72", "am mühlbach 72"),
    ("wa, tacoma, 2883 harbor view ln", "2883 harbor view ln"),
    ("79098 freiburg im breisgau, lindenstraße 146", "lindenstraße 146"),
    ("79098 freiburg im breisgau, am mühlbach 72", "am mühlbach 72"),
    ("1200 camino real viejo, apt 5, santa fe", "1200 camino real viejo"),
    ("1200 elm st, the old mill 5, springfield", "1200 elm st"),
    ("am mühlbach 72, 37073 göttingen", "am mühlbach 72"), ("104 orchard close", nil),
    ("wales, swansea", nil), ("123 4567", nil),
  ])
  func house(normal: String, expected: String?) throws {
    let text = Array(normal.utf8)
    let streets = try Support.required().words.streets
    let house = AddressCheck.house(of: text.span, streets)
    #expect(house.map { String(decoding: text[$0], as: UTF8.self) } == expected)
  }

  /// An address without a house is many people's.
  @Test(arguments: [
    ("東京都", AttributeKind.region), ("東京都渋谷区", .town), ("渋谷区", .town), ("東京都渋谷区神宮前", .town),
    ("東京都渋谷区神宮前1-2-3", nil), ("札幌市北1条西3-5", nil), ("Portland, OR 97201, USA", .town),
    ("26121 Oldenburg", .town), ("12 High Street, Leeds", nil),
    ("The Old Rectory, Church Lane, Little Snoring", nil), ("Am Mühlbach 96, 79098 Freiburg", nil),
    ("12345 Broadway, New York", nil),
  ])
  func addressesWithoutAHouse(text: String, expected: AttributeKind?) throws {
    #expect(try Support.check(.address, text).verdict.kind == expected)
  }

  @Test func differentNumbersStayDifferent() throws {
    #expect(
      try Support.check(.address, "東京都渋谷区神宮前1-23").normal
        != Support.check(.address, "東京都渋谷区神宮前12-3").normal
    )
  }

  /// Without numbers, without a municipality, or abroad: perhaps.
  @Test(arguments: ["東京都渋谷区神宮前", "大阪府", "一番町の桜荘", "123 Main Street Springfield", "桜ヶ丘マンション"])
  func unknown(text: String) throws {
    #expect(try Support.check(.address, text).verdict.result == .unknown)
  }

  /// House number, words, and a code beside its place, in the orders of many countries.
  @Test(arguments: [
    "1208 Elm Street, Springfield, IL 62704", "77 Lakeview Dr Apt 4B, Boise, ID 83702-1234",
    "12 High Street, Leeds, LS4 4BY", "Flat 3, 44 Beech Grove, London SW1A 1AA",
    "Kirchgasse 99, 97070 Würzburg", "Zum Alten Forst 102, 34117 Kassel",
    "Ringweg 7a, D-80331 München",
    "12 rue de la Paix, 75002 Paris", "72 impasse du Moulin, 63000 Clermont-Ferrand",
    "Calle Mayor 106, 2º B, 28013 Madrid", "Via Garibaldi 12, 20121 Milano MI",
    "Damrak 14, 1012 LG Amsterdam", "Damrak 14-2, 1012LG Amsterdam",
    "Rua Augusta, 1500, São Paulo - SP, 01304-001",
    "Blk 123 Ang Mo Kio Ave 3, #05-12, Singapore 560123", "9 Collins Street, Melbourne VIC 3000",
    "Sveavägen 44, 111 34 Stockholm", "ul. Długa 5/7, 00-238 Warszawa", "Meir 3, 2000 Antwerpen",
    "97070 Würzburg, Kirchgasse 99", "44 Station Road, Hexham, Northumberland",
  ])
  func foreign(text: String) throws {
    #expect(try Support.check(.address, text).verdict.result == .pass)
  }

  /// Numbers and capitals that are no address.
  @Test(arguments: [
    "Kirchgasse 99", "Springfield, IL 62704", "Stanhope, 2 May 1997", "Ellsworth, October 3, 1998",
    "Model 12, Black, 34117", "Error 404, retry in 5000 ms", "Calle Mayor, 3.21.69, Madrid",
    "Chapter 12, Section 4", "Windows Server 2019 Standard, 16 Cores", "Order 77, 2 of 3",
    "Room 12, Building 4, 2026-01-05",
  ])
  func noForeign(text: String) throws {
    #expect(try Support.check(.address, text).verdict.result != .pass)
  }

  @Test(arguments: ["taro1@example.com", "hello", "12345", "https://example.com/?a=1", ""])
  func fails(text: String) throws {
    #expect(try Support.check(.address, text).verdict.result == .fail)
  }

  @Test func parts() throws {
    #expect(try Support.check(.address, "東京都", role: .addressPart).verdict.prefecture == 13)
    #expect(try Support.check(.address, "1丁目2番3号", role: .addressPart).normal == "1-2-3")
  }
}
