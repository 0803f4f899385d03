import BreachModel
import BreachPersons
import Testing

/// Who is counted at all, and the steps from rows to persons.
@Suite struct FunnelTests {
  private func three(_ sheet: Sheet) throws -> [Int] {
    let count = try sheet.count().count
    return [count.low, count.likely, count.high]
  }

  private func alone(_ items: Item..., flags: IdentityFlags = []) throws -> Int {
    var sheet = Sheet()
    sheet.add(items, flags: flags)
    let outcome = try sheet.count()
    #expect(outcome.funnel.persons == outcome.count.likely)
    return outcome.count.likely
  }

  @Test func aMailboxOrMobileAloneIsAPerson() throws {
    #expect(try alone(.mail("a")) == 1)
    #expect(try alone(.mobile("1")) == 1)
    #expect(try alone(.value(.cardNumber, "1")) == 1)
    #expect(try alone(.value(.bankAccount, "1")) == 1)
  }

  @Test func whatNobodyCanBeKnownByIsNoPerson() throws {
    #expect(try alone(.landline("1")) == 0)
    #expect(try alone(.business("0120")) == 0)
    #expect(try alone(.value(.postalCode, "1")) == 0)
    #expect(try alone(.value(.ipAddress, "1")) == 0)
    #expect(try alone(.value(.deviceID, "1")) == 0)
    #expect(try alone(.address("x")) == 0)
    #expect(try alone(.birth("1")) == 0)
    #expect(try alone(.mention(.emailAddress, "a")) == 0)
  }

  @Test func aNameCountsInATableAndInProseOnlyBesideSomething() throws {
    #expect(try alone(.name("山田 花")) == 1)
    #expect(try alone(.name("山田 花"), flags: .freeText) == 0)
    #expect(try alone(.name("山田 花"), .landline("1"), flags: .freeText) == 1)
    #expect(try alone(.name("山田 花"), .address("x"), flags: .freeText) == 1)
    #expect(try alone(.name("山田 花"), .value(.gender, "f"), flags: .freeText) == 0)
    #expect(try alone(.mail("a"), flags: .freeText) == 1)
  }

  @Test func aRoleMailboxIsAnEntityButNobody() throws {
    var sheet = Sheet()
    sheet.add(.role("info"))
    sheet.add(.name("山田 花"), .role("info"))
    let outcome = try sheet.count()
    #expect(outcome.count == PersonCount(1))
    #expect(outcome.funnel.entities == 2)
    #expect(outcome.funnel.organisations == 1)
  }

  @Test func colleaguesAtARoleMailboxStayApart() throws {
    var sheet = Sheet()
    sheet.add(.name("山田 花"), .role("info"))
    sheet.add(.name("佐藤 太"), .role("info"))
    #expect(try three(sheet) == [2, 2, 2])
  }

  @Test func anOrganisationIsTakenAway() throws {
    var sheet = Sheet()
    sheet.add(.value(.companyName, "花屋"), .mail("shop"), flags: .organisation)
    sheet.add(.name("山田 花"), .mail("a"))
    let outcome = try sheet.count()
    #expect(outcome.funnel.organisations == 1)
    #expect(outcome.count == PersonCount(1))
  }

  @Test func aKeyToACompanysRowMakesNobodyTheCompany() throws {
    var sheet = Sheet()
    sheet.add(.value(.companyName, "花屋"), .address("町1"), .key("1"), flags: .organisation)
    sheet.add(.name("山田 花"), .mail("a"), .key("1"))
    // A row without a name is the person's that its key names.
    sheet.add(.address("町2"), .key("2"))
    sheet.add(.name("佐藤 恵"), .mail("b"), .key("2"))
    let outcome = try sheet.count()
    #expect(outcome.funnel.organisations == 1)
    #expect(outcome.funnel.entities == 3)
    #expect(outcome.count == PersonCount(2))
    #expect(outcome.byType[.address]?.likely == 1)
  }

  @Test func samplesAreTakenAwayWhereTheyAreTheMost() throws {
    var sheet = Sheet()
    sheet.add(.name("山田 太郎"), .mail("s"), flags: .sample)
    sheet.add(.name("佐藤 花"), .mail("a"), flags: .sample)
    sheet.add(.name("佐藤 花"), .mail("a"))
    let outcome = try sheet.count()
    #expect(outcome.funnel.sample == 1)
    #expect(outcome.count == PersonCount(1))
  }

  @Test func extraPersonsInRowsAreAdded() throws {
    var sheet = Sheet()
    sheet.add(.name("山田 花"), .mail("a"), row: "1")
    sheet.add(.name("山田 太"), .mobile("2"), flags: .extra, row: "1")
    sheet.add(.name("佐藤 恵"), .mail("b"), row: "2")
    sheet.add(.name("山田 太"), .mobile("2"), flags: .extra, row: "2")
    let outcome = try sheet.count()
    #expect(outcome.count == PersonCount(3))
    #expect(outcome.funnel.rows == 2)
    #expect(outcome.funnel.afterExactDuplicates == 2)
    #expect(outcome.funnel.entities == 2)
    #expect(outcome.funnel.extraInRows == 1)
  }

  @Test func anExtraPersonWithARowOfTheirOwnIsNotAdded() throws {
    var sheet = Sheet()
    sheet.add(.name("山田 花"), .mail("a"), row: "1")
    sheet.add(.name("佐藤 恵"), .mail("b"), flags: .extra, row: "1")
    sheet.add(.name("佐藤 恵"), .mail("b"), row: "2")
    let outcome = try sheet.count()
    #expect(outcome.count == PersonCount(2))
    #expect(outcome.funnel.extraInRows == 0)
  }

  @Test func equalRowsAreOne() throws {
    var sheet = Sheet()
    for _ in 0..<3 {
      sheet.add(.name("山田 花"), .address("x"), row: "same")
      sheet.add(.name("山田 太"), .address("x"), flags: .extra, row: "same")
    }
    sheet.add(.name("山田 花"), .address("x"), row: "other")
    let outcome = try sheet.count()
    #expect(outcome.funnel.rows == 4)
    #expect(outcome.funnel.afterExactDuplicates == 2)
    #expect(outcome.count == PersonCount(low: 2, likely: 2, high: 3))
  }

  @Test func aNameAloneJoinsThePersonOfThatName() throws {
    var sheet = Sheet()
    sheet.add(.name("山田 花"))
    sheet.add(.name("山田 花"), .mail("a"))
    #expect(try three(sheet) == [1, 1, 2])
    sheet.add(.name("佐藤 恵"), .value(.gender, "f"), .value(.sensitiveMedicalCare, "x"))
    sheet.add(.name("佐藤 恵"))
    #expect(try three(sheet) == [2, 2, 4])
  }

  @Test func aNameAloneNeverMakesTwoPersonsOne() throws {
    // Two people of one name, only one with a reading; the participant list has both.
    var sheet = Sheet()
    sheet.add(.name("山田 花"), .birth("1"), .mail("a"))
    sheet.add(.name("山田 花"), .kana("ヤマダ ハナ"), .birth("2"), .mail("b"))
    sheet.add(.name("山田 花"), .kana("ヤマダ ハナ"))
    #expect(try three(sheet) == [2, 2, 3])
    // One reading, two ways to write it.
    var other = Sheet()
    other.add(.name("山田 花"), .kana("ヤマダ ハナ"), .mail("a"))
    other.add(.name("山田 華"), .kana("ヤマダ ハナ"))
    #expect(try three(other) == [2, 2, 2])
    // A reading alone fits the first of both and joins only that one.
    other.add(.kana("ヤマダ ハナ"))
    #expect(try three(other) == [2, 2, 3])
  }

  @Test func largeGroupsProveNothing() throws {
    for (size, low) in [(12, 1), (13, 13)] {
      var sheet = Sheet()
      for number in 0..<size {
        sheet.add(.name("山田 花"), .value(.employer, "花屋"), .mail("\(number)"))
      }
      #expect(try three(sheet) == [low, size, size])
    }
  }

  @Test func manyPeopleAtOneMailboxStayApart() throws {
    var sheet = Sheet()
    for number in 0..<100 { sheet.add(.name("山田 子\(number)"), .mail("shared")) }
    #expect(try three(sheet) == [100, 100, 100])
  }

  @Test func nothingCountsAsNothing() throws {
    let outcome = try Sheet().count()
    #expect(outcome.count == .zero)
    #expect(outcome.funnel == Funnel())
    #expect(outcome.profiles.isEmpty && outcome.byType.isEmpty && outcome.distinct.isEmpty)
  }

  @Test func thoseWhoMadeWhatACatalogueListsAreNotCounted() throws {
    var sheet = Sheet()
    sheet.add(.name("山田 花"), personClass: TablePlan.makers)
    sheet.add(.name("佐藤 太"), .value(.companyName, "花屋"), personClass: "customer")
    let outcome = try sheet.count()
    #expect(outcome.count == PersonCount(1))
    #expect(outcome.funnel.rows == 1)
  }

  @Test func aGroupIsMeasuredInEntitiesNotInRecords() throws {
    // Twelve members of a household with two records each, and one whose given name is not known.
    func household(of size: Int) throws -> [Int] {
      var sheet = Sheet()
      for member in 0..<size {
        for _ in 0..<2 { sheet.add(.name("山田 \(member)"), .address("x"), .mail("\(member)")) }
      }
      sheet.add(.family("山田"), .address("x"), .mail("q"))
      return try three(sheet)
    }
    #expect(try household(of: 11) == [11, 12, 12])
    #expect(try household(of: 12) == [13, 13, 13])
  }

  /// An address in a table of its own is its user's; one that nobody refers to is nobody's.
  @Test func whatAKeyNamesIsItsPersons() throws {
    var sheet = Sheet()
    sheet.add(.key("7"), .address("x"), table: 1)
    sheet.add(.key("8"), .address("y"), table: 1)
    sheet.add(.key("8"), .address("z"), table: 1)
    sheet.add(.name("山田 花"), .mail("a"), .key("7"), table: 2)
    let outcome = try sheet.count()
    #expect(outcome.count == PersonCount(1))
    #expect(outcome.byType[.address] == PersonCount(1))
    #expect(outcome.funnel.rows == 1)
    #expect(outcome.funnel.entities == 1)
    #expect(outcome.funnel.organisations == 0)
  }
}
