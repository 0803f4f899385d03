import BreachModel
import BreachPersons
import Testing

/// What the counts are broken down by, and that they depend on the records alone.
@Suite struct CountTests {
  @Test func profilesHoldTheTypesOfAWholePerson() throws {
    var sheet = Sheet()
    sheet.add(.name("山田 花"), .mail("a"))
    sheet.add(.mail("a"), .value(.cardNumber, "4"))
    sheet.add(.name("佐藤 恵"), .mail("b"), possible: true)
    let outcome = try sheet.count()
    let all = TypeSet([.personName, .emailAddress, .cardNumber])
    let joined = outcome.profiles.filter { $0.types == all }
    #expect(joined.map(\.count) == [PersonCount(low: 1, likely: 1, high: 0)])
    #expect(joined.map(\.certain) == [all])
    let likelySum = outcome.profiles.reduce(0) { $0 + $1.count.likely }
    #expect(likelySum == outcome.count.likely)
    #expect(outcome.profiles.contains { $0.certain.rawValue == 0 })
    #expect(outcome.byType[.cardNumber] == PersonCount(1))
    #expect(outcome.byType[.emailAddress] == PersonCount(low: 2, likely: 2, high: 3))
    #expect(outcome.distinct[.emailAddress] == 2)
    #expect(outcome.distinct[.personName] == 2)
  }

  /// Lines that have a mailbox or a mobile and nothing else are one person's; who has a name may be another.
  @Test(arguments: [Item.mail("a"), .mobile("090")])
  func aContactAloneIsOnePersons(_ contact: Item) throws {
    var lines = Sheet()
    for _ in 0..<3 { lines.add(contact) }
    #expect(try lines.count().count == PersonCount(1))
    lines.add(.mail("b"))
    #expect(try lines.count().count == PersonCount(2))
    lines.add(.name("山田 花"), contact)
    #expect(try lines.count().count == PersonCount(low: 2, likely: 2, high: 3))
    var keyed = Sheet()
    for key in ["1", "2"] { keyed.add(.key(key), contact) }
    #expect(try keyed.count().count == PersonCount(low: 1, likely: 1, high: 2))
  }

  /// Who is a customer anywhere is a customer, in whatever order the records come.
  @Test(arguments: [
    (["employee", "customer"], "customer"), (["customer", "employee"], "customer"),
    (["", "family", "", "partner"], "partner"), (["family", "employee"], "employee"),
    (["applicant", "student", "patient"], "patient"), (["family", "volunteer"], "family"),
    (["volunteer", ""], "volunteer"), (["", ""], "unspecified"),
  ])
  func ofSeveralClassesOneGoesFirst(_ classes: [String], _ meant: String) throws {
    var sheet = Sheet()
    for name in classes { sheet.add(.name("山田 花"), .mail("a"), personClass: name) }
    #expect(try sheet.count().byClass == [meant: PersonCount(1)])
  }

  @Test func residencesComeFromTheFirstRecordThatKnows() throws {
    var sheet = Sheet()
    sheet.add(.name("山田 花"), .mail("a"))
    sheet.add(.name("山田 花"), .mail("a"), personClass: "customer", residence: 13)
    sheet.add(.name("山田 花"), .mail("a"), personClass: "employee", residence: 27)
    sheet.add(.mail("b"), residence: 1)
    sheet.add(.mail("c"))
    let outcome = try sheet.count()
    #expect(outcome.byClass == ["customer": PersonCount(1), "unspecified": PersonCount(2)])
    #expect(
      outcome.byClassAndType == [
        "customer": [.personName: PersonCount(1), .emailAddress: PersonCount(1)],
        "unspecified": [.emailAddress: PersonCount(2)],
      ]
    )
    #expect(
      outcome.byResidence == [
        "JP-13": PersonCount(1), "JP-01": PersonCount(1), "unknown": PersonCount(1),
      ]
    )
  }

  /// The first age that a date of birth tells, wherever it stands; else the first one stated.
  @Test func agesComeFromDatesOfBirthFirst() throws {
    let stated = IdentityChunk.statedAge
    let (seventeen, twenties) = (AgeBand.number(years: 17), AgeBand.number(years: 25))
    var sheet = Sheet()
    sheet.add(.mail("a"), age: seventeen | stated)
    sheet.add(.mail("a"), age: twenties)
    sheet.add(.mail("a"), age: AgeBand.number(years: 40))
    sheet.add(.mail("b"), age: seventeen | stated)
    sheet.add(.mail("b"), age: twenties | stated)
    sheet.add(.mail("c"), age: AgeBand.number(years: 12))
    sheet.add(.mail("d"))
    #expect(
      try sheet.count().byAge == [
        "0-12": PersonCount(1), "16-17": PersonCount(low: 1, likely: 1, high: 2),
        "20-29": PersonCount(low: 1, likely: 1, high: 2),
        "40-49": PersonCount(low: 0, likely: 0, high: 1), "unknown": PersonCount(1),
      ]
    )
  }

  /// Whoever counts no person has no age, either.
  @Test func agesOfSamplesAndOrganisationsAreNotCounted() throws {
    var sheet = Sheet()
    sheet.add(.mail("a"), flags: .sample, age: 1)
    sheet.add(.mail("b"), flags: .organisation, age: 1)
    sheet.add(.mail("c"), age: 1)
    #expect(try sheet.count().byAge == ["0-12": PersonCount(1)])
  }

  @Test func distinctValuesAreCountedOverSubkinds() throws {
    var sheet = Sheet()
    sheet.add(.mail("a"), .mobile("1"), .landline("2"))
    sheet.add(.role("a"), .business("1"))
    sheet.add(.mobile("1"))
    let outcome = try sheet.count()
    #expect(outcome.distinct[.phoneNumber] == 3)
    #expect(outcome.distinct[.emailAddress] == 2)
  }

  @Test(arguments: [1, 2, 3]) func chunksChangeNothing(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let sheet = Self.random(4_000, &generator)
    let whole = try sheet.count(chunksOf: 4_000)
    for size in [1, 7, 1_000] {
      let cut = try sheet.count(chunksOf: size)
      #expect(cut.count == whole.count && cut.funnel == whole.funnel)
      #expect(cut.profiles == whole.profiles && cut.byType == whole.byType)
      #expect(cut.byClassAndType == whole.byClassAndType)
      #expect(cut.byClass == whole.byClass && cut.byResidence == whole.byResidence)
      #expect(cut.distinct == whole.distinct)
    }
    #expect(whole.count.low <= whole.count.likely && whole.count.likely <= whole.count.high)
    let funnel = whole.funnel
    #expect(funnel.persons == whole.count.likely)
    #expect(
      funnel.persons
        == funnel.entities - funnel.organisations - funnel.sample + funnel.extraInRows
    )
  }

  @Test(arguments: [4, 5, 6]) func keysChangeNothing(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let sheet = Self.random(4_000, &generator)
    let plain = try sheet.count()
    for key: UInt64 in [1, 0x9E37_79B9_7F4A_7C15, .max] {
      let other = try sheet.count(key: key)
      #expect(other.count == plain.count && other.funnel == plain.funnel)
      #expect(other.profiles == plain.profiles && other.byType == plain.byType)
      #expect(other.byClass == plain.byClass && other.byResidence == plain.byResidence)
      #expect(other.distinct == plain.distinct)
    }
  }

  @Test func theFirstGroupInTheSourceGoesFirst() throws {
    // The nameless mailbox can join either mobile's owner; the owners are two persons.
    var sheet = Sheet()
    sheet.add(.name("山田 花"), .mobile("1"))
    sheet.add(.name("佐藤 恵"), .mobile("2"), personClass: "customer")
    sheet.add(.mobile("2"), .mobile("1"), .mail("a"), personClass: "employee")
    for key: UInt64 in 0..<16 {
      let outcome = try sheet.count(key: key)
      #expect(outcome.count == PersonCount(low: 2, likely: 2, high: 3))
      #expect(outcome.byClass["customer"] == PersonCount(1))
      #expect(outcome.byClass["employee"]?.likely == 1)
    }
  }

  static func random(_ records: Int, _ generator: inout SeededGenerator) -> Sheet {
    var sheet = Sheet()
    func number(_ below: Int) -> Int { Int.random(in: 0..<below, using: &generator) }
    for _ in 0..<records {
      var items: [Item] = []
      if number(4) > 0 { items.append(.name("姓\(number(40)) 名\(number(60))")) }
      if number(3) == 0 { items.append(.kana("セイ\(number(40)) メイ\(number(60))")) }
      if number(2) == 0 { items.append(.mail("m\(number(900))")) }
      if number(3) == 0 { items.append(.mobile("\(number(900))")) }
      if number(4) == 0 { items.append(.landline("\(number(300))")) }
      if number(3) == 0 { items.append(.address("\(number(500))")) }
      if number(5) == 0 { items.append(.birth("\(number(200))")) }
      if number(9) == 0 { items.append(.role("r\(number(9))")) }
      if items.isEmpty { items.append(.mail("alone")) }
      let flags: [IdentityFlags] = [[], [], [], [], .extra, .sample, .organisation, .freeText]
      sheet.add(
        items,
        flags: flags[number(8)],
        row: "row \(number(records))",
        personClass: ["", "customer", "employee"][number(3)],
        residence: number(48)
      )
    }
    return sheet
  }
}
