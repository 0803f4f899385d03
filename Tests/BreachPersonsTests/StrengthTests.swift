import BreachModel
import BreachPersons
import Testing

/// Which evidence makes two records one person, at which of the three strengths.
@Suite struct StrengthTests {
  /// Two or more records and what they must count as.
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var records: [[Item]]
    var low: Int
    var likely: Int
    var high: Int

    init(_ name: String, _ records: [Item]..., low: Int, likely: Int, high: Int) {
      testDescription = name
      self.records = records
      self.low = low
      self.likely = likely
      self.high = high
    }
  }

  func check(_ test: Case) throws {
    for records in [test.records, test.records.reversed()] {
      var sheet = Sheet()
      for items in records { sheet.add(items) }
      let expected = PersonCount(low: test.low, likely: test.likely, high: test.high)
      #expect(try sheet.count().count == expected)
    }
  }

  @Test(arguments: primary) func primaryJoinsInAllThreeCounts(_ test: Case) throws {
    try check(test)
  }

  @Test(arguments: secondary) func secondaryJoinsInLikelyAndLow(_ test: Case) throws {
    try check(test)
  }

  @Test(arguments: tertiary) func tertiaryJoinsInLowOnly(_ test: Case) throws { try check(test) }

  @Test(arguments: conflicts) func conflictsKeepRecordsApart(_ test: Case) throws {
    try check(test)
  }

  /// Two words of two bits each may be among those of another name by chance.
  @Test func namesOfAsManyWordsAreTwoWhateverBitsTheyShare() throws {
    let marks = Sheet.words(of: "anna müller")
    let other = (0..<10_000).lazy.map { "p\($0) müller" }.first {
      Sheet.words(of: $0) & ~marks == 0
    }
    let name = try #require(other)
    try check(
      .init(
        "a name whose bits are all another's",
        [.latin("anna müller"), .mail("a")],
        [.latin(name), .mail("a")],
        low: 2,
        likely: 2,
        high: 2
      )
    )
    try check(
      .init(
        "more words are a name said more fully",
        [.latin("anna müller"), .mail("a")],
        [.latin("anna maria müller"), .mail("a")],
        low: 1,
        likely: 1,
        high: 2
      )
    )
  }

  static let primary: [Case] = [
    .init(
      "same name and birth date",
      [.name("山田 花"), .birth("19800101"), .mail("a")],
      [.name("山田 花"), .birth("19800101"), .mail("b")],
      low: 1,
      likely: 1,
      high: 1
    ),
    .init(
      "same name and mailbox",
      [.name("山田 花"), .mail("a")],
      [.name("山田 花"), .mail("a"), .address("x")],
      low: 1,
      likely: 1,
      high: 1
    ),
    .init(
      "same name and mobile",
      [.name("山田 花"), .mobile("1")],
      [.name("山田 花"), .mobile("1"), .mail("b")],
      low: 1,
      likely: 1,
      high: 1
    ),
    .init(
      "same id",
      [.value(.memberID, "7"), .mail("a")],
      [.value(.memberID, "7"), .mail("b")],
      low: 1,
      likely: 1,
      high: 1
    ),
    .init(
      "another id",
      [.value(.memberID, "7")],
      [.value(.memberID, "8")],
      low: 2,
      likely: 2,
      high: 2
    ),
    .init(
      "same login",
      [.value(.loginID, "hana")],
      [.value(.loginID, "hana"), .mail("b")],
      low: 1,
      likely: 1,
      high: 1
    ),
    .init(
      "same official number against all conflicts",
      [.name("山田 花"), .birth("19800101"), .value(.myNumber, "1")],
      [.name("佐藤 太"), .birth("19910303"), .value(.myNumber, "1")],
      low: 1,
      likely: 1,
      high: 1
    ),
    .init(
      "same passport",
      [.name("A B"), .value(.passportNumber, "1")],
      [.name("C D"), .value(.passportNumber, "1")],
      low: 1,
      likely: 1,
      high: 1
    ),
    .init(
      "kana against Latin letters that may be these kana, and birth date",
      [.name("山田 花"), .kana("ヤマダ ハナ"), .birth("1")],
      [.latin("hana yamada", kana: ["ヤマダハナ", "ヤマダハアナ"]), .birth("1"), .mail("b")],
      low: 1,
      likely: 1,
      high: 1
    ),
    .init(
      "chain of different values",
      [.name("山田 花"), .birth("1"), .mail("a")],
      [.name("山田 花"), .mail("a"), .mobile("2")],
      [.name("山田 花"), .mobile("2"), .address("z")],
      low: 1,
      likely: 1,
      high: 1
    ),
  ]

  static let secondary: [Case] = [
    .init(
      "same name and account, another number of the employee",
      [.name("山田 花"), .value(.bankAccount, "1"), .value(.memberID, "3")],
      [.name("山田 花"), .value(.bankAccount, "1"), .value(.memberID, "4")],
      low: 1,
      likely: 1,
      high: 2
    ),
    .init(
      "same name and card",
      [.name("山田 花"), .value(.cardNumber, "1"), .mail("a")],
      [.name("山田 花"), .value(.cardNumber, "1"), .mail("b")],
      low: 1,
      likely: 1,
      high: 2
    ),
    .init(
      "the couple's account and card",
      [.name("山田 花"), .value(.bankAccount, "1"), .value(.cardNumber, "1")],
      [.name("山田 太"), .value(.bankAccount, "1"), .value(.cardNumber, "1")],
      low: 2,
      likely: 2,
      high: 2
    ),
    .init(
      "same mailbox, one without a name",
      [.name("山田 花"), .mail("a")],
      [.mail("a")],
      low: 1,
      likely: 1,
      high: 2
    ),
    .init(
      "same mobile, none with a name",
      [.mobile("1"), .value(.memberID, "3")],
      [.mobile("1"), .value(.loginID, "4")],
      low: 1,
      likely: 1,
      high: 2
    ),
    .init(
      "same name and address",
      [.name("山田 花"), .address("x")],
      [.name("山田 花"), .address("x"), .mail("q")],
      low: 1,
      likely: 1,
      high: 2
    ),
    .init(
      "same name and landline",
      [.name("山田 花"), .landline("1")],
      [.name("山田 花"), .landline("1"), .mail("q")],
      low: 1,
      likely: 1,
      high: 2
    ),
    .init(
      "same name alone",
      [.name("山田 花"), .address("x")],
      [.name("山田 花"), .address("y")],
      low: 2,
      likely: 2,
      high: 2
    ),
    .init(
      "same name in another country, the phone with and without its code",
      [.latin("anna müller"), .value(.phoneNumber, "+49301234567"), .tail("01234567")],
      [.latin("anna müller"), .value(.phoneNumber, "0301234567"), .tail("01234567"), .mail("q")],
      low: 1,
      likely: 1,
      high: 2
    ),
    .init(
      "Latin name with a second given name at one mailbox",
      [.latin("anna müller"), .mail("a")],
      [.latin("anna maria müller"), .mail("a")],
      low: 1,
      likely: 1,
      high: 2
    ),
    .init(
      "kana alone against kanji with kana, same address",
      [.name("山田 花"), .kana("ヤマダ ハナ"), .address("x")],
      [.kana("ヤマダ ハナ"), .address("x"), .mail("q")],
      low: 1,
      likely: 1,
      high: 2
    ),
    .init(
      "kanji against kana alone, same mailbox",
      [.name("山田 花"), .mail("a")],
      [.kana("ヤマダ ハナ"), .mail("a")],
      low: 1,
      likely: 1,
      high: 2
    ),
  ]

  static let tertiary: [Case] = [
    .init(
      "same name, an address here and a mailbox there",
      [.name("山田 花"), .address("x")],
      [.name("山田 花"), .mail("a")],
      low: 1,
      likely: 2,
      high: 2
    ),
    .init(
      "given name mistyped, same address and birth date",
      [.name("山田 花子"), .birth("1"), .address("x"), .mail("a")],
      [.name("山田 花美"), .birth("1"), .address("x"), .mail("b")],
      low: 1,
      likely: 2,
      high: 2
    ),
    .init(
      "given name mistyped, same mailbox and birth date",
      [.name("山田 花子"), .birth("1"), .mail("a")],
      [.name("佐藤 花美"), .birth("1"), .mail("a")],
      low: 1,
      likely: 2,
      high: 2
    ),
    .init(
      "given name mistyped, same mailbox and mobile",
      [.name("山田 花子"), .mobile("1"), .mail("a")],
      [.name("佐藤 花美"), .mobile("1"), .mail("a")],
      low: 1,
      likely: 2,
      high: 2
    ),
    .init(
      "another official number: twins",
      [.name("山田 花子"), .birth("1"), .address("x"), .value(.myNumber, "1")],
      [.name("山田 花美"), .birth("1"), .address("x"), .value(.myNumber, "2")],
      low: 2,
      likely: 2,
      high: 2
    ),
    .init(
      "same family name and address",
      [.name("山田 花"), .address("x"), .mail("a")],
      [.family("山田"), .address("x"), .mail("b")],
      low: 1,
      likely: 2,
      high: 2
    ),
    .init(
      "same family name and landline",
      [.name("山田 花"), .landline("1"), .mail("a")],
      [.family("山田"), .landline("1"), .mail("b")],
      low: 1,
      likely: 2,
      high: 2
    ),
    .init(
      "same address, another family",
      [.name("山田 花"), .address("x"), .mail("a")],
      [.family("佐藤"), .address("x"), .mail("b")],
      low: 2,
      likely: 2,
      high: 2
    ),
    .init(
      "same landline without a family name",
      [.name("花"), .landline("1"), .mail("a")],
      [.landline("1"), .mail("b")],
      low: 2,
      likely: 2,
      high: 2
    ),
    .init(
      "same name and employer",
      [.name("山田 花"), .value(.employer, "花屋"), .mail("a")],
      [.name("山田 花"), .value(.employer, "花屋"), .mail("b")],
      low: 1,
      likely: 2,
      high: 2
    ),
    .init(
      "same name, another employer",
      [.name("山田 花"), .value(.employer, "花屋"), .mail("a")],
      [.name("山田 花"), .value(.employer, "本屋"), .mail("b")],
      low: 2,
      likely: 2,
      high: 2
    ),
  ]

  static let conflicts: [Case] = [
    .init(
      "household in Latin letters at one mailbox",
      [.latin("anna müller"), .mail("a")],
      [.latin("peter müller"), .mail("a")],
      low: 2,
      likely: 2,
      high: 2
    ),
    .init(
      "household at one mailbox, names that nobody can cut end otherwise",
      [.unsplit("川端森美"), .mail("a")],
      [.unsplit("川端富子"), .mail("a")],
      low: 1,
      likely: 2,
      high: 2
    ),
    .init(
      "the same, one name is cut",
      [.unsplit("川端森美"), .mail("a")],
      [.name("川端 富子"), .mail("a")],
      low: 2,
      likely: 2,
      high: 2
    ),
    .init(
      "names that nobody can cut and that end alike may be one person's, married",
      [.unsplit("川端森美"), .mail("a")],
      [.unsplit("宇佐美森美"), .mail("a")],
      low: 1,
      likely: 1,
      high: 2
    ),
    .init(
      "Latin letters that may be other kana only",
      [.kana("ヤマダ ハナ"), .birth("1"), .mail("a"), .address("x")],
      [.latin("hana yamano", kana: ["ヤマノハナ"]), .birth("1"), .mail("b"), .address("y")],
      low: 2,
      likely: 2,
      high: 2
    ),
    .init(
      "another birth date",
      [.name("山田 花"), .mail("a"), .birth("1")],
      [.name("山田 花"), .mail("a"), .birth("2")],
      low: 2,
      likely: 2,
      high: 2
    ),
    .init(
      "another given name at one mailbox",
      [.name("山田 花"), .mail("a")],
      [.name("山田 太"), .mail("a")],
      low: 2,
      likely: 2,
      high: 2
    ),
    .init(
      "another official number of the same kind",
      [.name("山田 花"), .mail("a"), .value(.driversLicense, "1")],
      [.name("山田 花"), .mail("a"), .value(.driversLicense, "2")],
      low: 2,
      likely: 2,
      high: 2
    ),
    .init(
      "official numbers of two kinds are no conflict",
      [.name("山田 花"), .mail("a"), .value(.driversLicense, "1")],
      [.name("山田 花"), .mail("a"), .value(.passportNumber, "2")],
      low: 1,
      likely: 1,
      high: 1
    ),
    .init(
      "household: one landline and address, two given names",
      [.name("山田 花"), .landline("1"), .address("x")],
      [.name("山田 太"), .landline("1"), .address("x")],
      low: 2,
      likely: 2,
      high: 2
    ),
    .init(
      "household in kana",
      [.kana("ヤマダ ハナ"), .landline("1"), .address("x")],
      [.kana("ヤマダ タロウ"), .landline("1"), .address("x")],
      low: 2,
      likely: 2,
      high: 2
    ),
    .init(
      "one reading, two ways to write the given name",
      [.name("山田 花"), .kana("ヤマダ ハナ"), .mobile("1")],
      [.name("山田 華"), .kana("ヤマダ ハナ"), .mobile("1")],
      low: 2,
      likely: 2,
      high: 2
    ),
    .init(
      "one way to write it, two readings",
      [.name("山田 花"), .kana("ヤマダ ハナ"), .mobile("1")],
      [.name("山田 花"), .kana("ヤマダ カ"), .mobile("1")],
      low: 1,
      likely: 1,
      high: 1
    ),
    .init(
      "two people of one name",
      [.name("山田 花"), .birth("1"), .address("x")],
      [.name("山田 花"), .birth("2"), .address("x")],
      low: 2,
      likely: 2,
      high: 2
    ),
    .init(
      "what a cluster learned forbids, too",
      [.name("山田 花"), .birth("1"), .mail("a")],
      [.mail("a"), .mobile("9")],
      [.name("山田 太"), .birth("2"), .mobile("9")],
      low: 2,
      likely: 2,
      high: 3
    ),
  ]
}
