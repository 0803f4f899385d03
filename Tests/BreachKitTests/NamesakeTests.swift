import BreachModel
import Testing

/// Two of a name who are not one person, and numbers that are somebody's, in files as people export them.
@Suite struct NamesakeTests {
  /// Ten names, and the first four of them once more, with a number of their own each.
  private func rows(_ place: (Int) -> String) -> String {
    (0..<14).map { "\(KeyTests.name($0 % 10)),\(place($0)),090-1234-\(5600 + $0)\n" }.joined()
  }

  private func count(_ files: [String: String]) throws -> PersonCount {
    let persons = try KeyTests().persons(files)
    let (low, likely) = try (#require(persons["low"].int), #require(persons["likely"].int))
    return PersonCount(low: low, likely: likely, high: try #require(persons["high"].int))
  }

  @Test func aPrefectureJoinsNobody() throws {
    let text = "氏名,都道府県,電話番号\n" + rows { _ in "東京都" }
    #expect(try count(["members.csv": text]) == PersonCount(low: 14, likely: 14, high: 14))
  }

  @Test func aTownJoinsThoseWhoseNumbersDifferInLowOnly() throws {
    let text = "氏名,都道府県,市区町村,電話番号\n" + rows { _ in "東京都,新宿区" }
    #expect(try count(["members.csv": text]) == PersonCount(low: 10, likely: 14, high: 14))
    let whole = "氏名,住所,電話番号\n" + rows { _ in "東京都新宿区" }
    #expect(try count(["members.csv": whole]) == PersonCount(low: 10, likely: 14, high: 14))
  }

  @Test func aTownJoinsThoseOfWhomNothingElseDiffers() throws {
    let people = (0..<8).map { KeyTests.name($0) + ",東京都新宿区," }
    let phones = people.enumerated().map { $1 + "03-1234-\(5600 + $0)\n" }.joined()
    let mails = people.enumerated().map { $1 + "u\($0)@example-mail.jp\n" }.joined()
    let files = ["a.csv": "氏名,住所,電話番号\n" + phones, "b.csv": "氏名,住所,メール\n" + mails]
    #expect(try count(files) == PersonCount(low: 8, likely: 8, high: 16))
  }

  /// The parts of one address, whosever the headers say it is: the street tells two namesakes apart.
  @Test(arguments: ["", "customer_", "member_", "shipping_"])
  func partsOfAnAddressAreOneAddress(prefix: String) throws {
    let header =
      ["surname", "given_name", "zip"] + ["prefecture", "city", "address1"].map { prefix + $0 }
    let rows = (0..<12).map { row in
      let name = [
        "Rosenhoff,Brigitte", "Brunnfeld,Anna\(Character(UnicodeScalar(UInt8(97 + row))))",
      ]
      return "\(name[row < 2 ? 0 : 1]),26121,26121,Oldenburg,Bahnhofstr. \(row + 1),"
        + "+49 30 20976\(10 + row)\n"
    }
    let text = (header + ["tel"]).joined(separator: ",") + "\n" + rows.joined()
    let persons = try KeyTests().persons(["customers.csv": text])
    #expect(persons["likely"].int == 12)
    #expect(persons["high"].int == 12)
    #expect(persons["by_type", "address", "high"].int == 12)
  }

  @Test func oneMailboxOfTwoNamesThatNobodyCanCut() throws {
    let text =
      "氏名,メール\n宇佐美元気,u1@example-mail.jp\n宇佐美香里,u1@example-mail.jp\n"
      + (0..<6).map { "\(KeyTests.name($0)),x\($0)@example-mail.jp\n" }.joined()
    let found = try count(["members.csv": text])
    #expect(found.likely == 8)
    #expect(found.high == 8)
  }

  @Test func aMobileAloneIsSomebodysAndALandlineIsNot() throws {
    func numbers(_ number: (Int) -> String) -> String {
      "id,phone\n" + (10..<30).map { "\($0),\(number($0))\n" }.joined()
    }
    let mobiles = numbers { "+44 7700 9001\($0)" }
    #expect(try count(["list.csv": mobiles]) == PersonCount(low: 20, likely: 20, high: 20))
    let landlines = numbers { "+44 20 7946 01\($0)" }
    #expect(try count(["list.csv": landlines]) == PersonCount(low: 0, likely: 0, high: 0))
  }
}
