internal import BreachModel

extension TextReportWriter {
  /// What was found, and how many persons have it.
  mutating func writeTypes() {
    guard !result.findings.isEmpty else { return }
    page.heading(say(Messages.typesHeading))
    var table = TextTable([
      .words(say(Messages.type)), .numbers(say(Messages.personsColumn)),
      .numbers(say(Messages.range)), .numbers(say(Messages.findings)),
      .numbers(say(Messages.distinct)), .numbers(say(Messages.sample)),
      .numbers(say(Messages.byChance)),
    ])
    for type in DataType.allCases {
      guard let found = result.findings[type] else { continue }
      let persons = result.persons?.byType[type]
      table.add([
        name(type), persons.map { group($0.likely) } ?? "-", persons.map(range) ?? "-",
        group(found.count), group(found.distinct), group(found.sample),
        chanceText(found.expectedByChance),
      ])
    }
    page.table(table)
  }

  /// How rows became persons, and who they are.
  mutating func writePersons() {
    guard let persons = result.persons else { return }
    if persons.count == .zero, persons.funnel.rows == 0 {
      page.gap()
      page.paragraph(say(Messages.noPerson))
      return
    }
    writeFunnel(persons.funnel)
    writeTables(persons.byTable)
    writeCombinations(persons.byCombination)
    writeCounts(
      heading: say(Messages.classesHeading),
      title: say(Messages.personClass),
      classes
    )
    let places = places
    writeCounts(
      heading: say(Messages.residenceHeading),
      title: say(Messages.place),
      Array(places.prefix(10)),
      more: places.count - 10
    )
    writeCounts(heading: say(agesHeading), title: say(Messages.ageColumn), ages)
  }

  private mutating func writeFunnel(_ funnel: Funnel) {
    page.heading(say(Messages.funnelHeading))
    var table = TextTable([.words(""), .numbers("")])
    let steps: [(LocalizedText, Int)] = [
      (Messages.rows, funnel.rows), (Messages.withoutDuplicates, funnel.afterExactDuplicates),
      (Messages.entities, funnel.entities), (Messages.organisations, funnel.organisations),
      (Messages.samplePersons, funnel.sample), (Messages.extraInRows, funnel.extraInRows),
      (Messages.personsLabel, funnel.persons),
    ]
    for (name, number) in steps { table.add([say(name), group(number)]) }
    page.table(table, headed: false)
  }

  /// Tables whose persons are not counted, and those that are because the user said so.
  private mutating func writeTables(_ tables: [PersonsResult.Table]) {
    let told = tables.filter { $0.reason != .persons }
    guard !told.isEmpty else { return }
    page.heading(say(Messages.countedTablesHeading))
    for table in told.prefix(10) {
      let name = table.name.isEmpty ? table.path : "\(table.path): \(table.name)"
      page.line("\(displaySafe(name)): \(say(Names.reason(table.reason)))", indent: 2)
    }
    writeMore(told.count - 10)
  }

  private mutating func writeCombinations(_ combinations: [PersonsResult.Combination]) {
    guard !combinations.isEmpty else { return }
    page.heading(say(Messages.combinationsHeading))
    var table = TextTable([
      .numbers(say(Messages.personsColumn)), .numbers(say(Messages.range)),
      .words(say(Messages.types)),
    ])
    for combination in combinations.prefix(10) {
      table.add([
        group(combination.count.likely), range(combination.count), names(combination.types),
      ])
    }
    page.table(table)
    writeMore(combinations.count - 10)
  }

  private mutating func writeCounts(
    heading: String,
    title: String,
    _ counts: [(name: String, count: PersonCount)],
    more: Int = 0
  ) {
    guard !counts.isEmpty else { return }
    page.heading(heading)
    var table = TextTable([
      .words(title), .numbers(say(Messages.personsColumn)), .numbers(say(Messages.range)),
    ])
    for (name, count) in counts {
      table.add([displaySafe(name), group(count.likely), range(count)])
    }
    page.table(table)
    writeMore(more)
  }

  /// The range of possible damages and all that it was reckoned from.
  mutating func writeDamage(_ damage: DamageEstimate) {
    page.heading(say(damage.title))
    page.line(range(damage), indent: 2, style: .bold)
    var table = TextTable(
      damageColumns.prefix(1).map { .words(say($0)) }
        + damageColumns.dropFirst().map { .numbers(say($0)) }
    )
    for row in damageRows(damage) { table.add(row) }
    page.table(table)
    for note in damageNotes(damage) { page.paragraph(note, indent: 2) }
  }

  /// How many were left out of a list, when any.
  mutating func writeMore(_ number: Int) {
    if number > 0 { page.line(say(Messages.more(number)), indent: 2) }
  }
}
