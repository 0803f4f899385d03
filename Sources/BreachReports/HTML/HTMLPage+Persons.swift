internal import BreachModel

extension HTMLPage {
  /// How many persons, with which items, who and where they are, and what may happen to them.
  mutating func writePersons() {
    writeExtent()
    writeTypes()
    writeHarm()
    if let damage = content.damage { write(damage) }
    writeNotFound()
  }

  private mutating func write(_ damage: DamageEstimate) {
    section("damage", damage.title)
    paragraph(range(damage), style: "big")
    table(
      damage.title,
      damageColumns.enumerated().map { ($1, $0 > 0) },
      damageRows(damage).map { row in
        [.text(row[0])] + row.dropFirst().map { .amount($0) }
      }
    )
    list(damageNotes(damage))
    endSection()
  }

  private var countColumns: [Column] {
    [(Messages.personsColumn, true), (Messages.range, true)]
  }

  private mutating func writeExtent() {
    guard let persons = result.persons else { return }
    section("extent", Messages.extentHeading)
    let count = persons.count
    var rows: [[Cell]] = [
      [.text(say(Messages.confirmed)), .number(count.low), .text(say(Messages.lowMeaning))],
      [.text(say(Messages.best)), .number(count.likely), .text(say(Messages.likelyMeaning))],
      [.text(say(Messages.most)), .number(count.high), .text(say(Messages.highMeaning))],
    ]
    if !result.coverage.gaps.isEmpty {
      let unread = persons.unread
      rows.append([
        .text(say(Messages.unreadCouldAdd)), .amount(unread.couldAdd.map(group) ?? "?"),
        .text(basis(unread)),
      ])
    }
    table(
      Messages.extentHeading,
      [(Messages.measure, false), (Messages.personsColumn, true), (Messages.meaning, false)],
      rows
    )
    if persons.count == .zero, persons.funnel.rows == 0 {
      paragraph(say(Messages.noPerson))
    } else {
      subheading(Messages.funnelHeading)
      let funnel = persons.funnel
      let steps = [
        (Messages.rows, funnel.rows), (Messages.withoutDuplicates, funnel.afterExactDuplicates),
        (Messages.entities, funnel.entities), (Messages.personsLabel, funnel.persons),
      ]
      funnelChart(steps.map { (say($0.0), $0.1) })
      table(
        Messages.funnelHeading,
        [(Messages.stepColumn, false), (Messages.number, true)],
        steps.dropLast().map { [.text(say($0.0)), .number($0.1)] } + [
          [.text(say(Messages.organisations)), .number(funnel.organisations)],
          [.text(say(Messages.samplePersons)), .number(funnel.sample)],
          [.text(say(Messages.extraInRows)), .number(funnel.extraInRows)],
          [.text(say(Messages.personsLabel)), .number(funnel.persons)],
        ]
      )
    }
    writeClasses()
    counts(Messages.countryHeading, Messages.countryColumn, countries)
    counts(Messages.abroadHeading, Messages.countryColumn, abroad)
    counts(Messages.prefectureHeading, Messages.place, places)
    counts(agesHeading, Messages.ageColumn, ages)
    subheading(Messages.periodHeading)
    paragraph(say(Messages.periodUnknown))
    endSection()
  }

  /// Class by class: how many, and which items of theirs.
  private mutating func writeClasses() {
    let classes = classItems
    guard !classes.isEmpty else { return }
    subheading(Messages.classesHeading)
    table(
      Messages.classesHeading,
      [(Messages.personClass, false)] + countColumns + [(Messages.itemsAndPersons, false)],
      classes.prefix(Self.most).map { [.text($0.name)] + cells($0.count) + [.text($0.items)] }
    )
    more(classes.count - Self.most)
  }

  private mutating func counts(
    _ heading: LocalizedText,
    _ title: LocalizedText,
    _ counts: [(name: String, count: PersonCount)]
  ) {
    guard !counts.isEmpty else { return }
    subheading(heading)
    table(
      heading,
      [(title, false)] + countColumns,
      counts.prefix(Self.most).map { [.text($0.name)] + cells($0.count) }
    )
    more(counts.count - Self.most)
  }

  private mutating func writeTypes() {
    guard !result.findings.isEmpty else { return }
    section("types", Messages.typesHeading)
    typesChart()
    table(
      Messages.typesHeading,
      [(Messages.type, false)] + countColumns + [
        (Messages.findings, true), (Messages.distinct, true), (Messages.sample, true),
        (Messages.byChance, true),
      ],
      DataType.allCases.compactMap { type in
        result.findings[type].map { found in
          [.text(name(type))] + cells(result.persons?.byType[type]) + [
            .number(found.count), .number(found.distinct), .number(found.sample),
            .amount(chanceText(found.expectedByChance)),
          ]
        }
      }
    )
    let combinations = result.persons?.byCombination ?? []
    if !combinations.isEmpty {
      subheading(Messages.combinationsHeading)
      table(
        Messages.combinationsHeading,
        [(Messages.types, false)] + countColumns,
        combinations.prefix(25).map { [.text(names($0.types))] + cells($0.count) }
      )
      more(combinations.count - 25)
    }
    endSection()
  }

  private mutating func writeHarm() {
    let harms = harms
    guard !harms.isEmpty else { return }
    section("harm", Messages.harmHeading)
    table(
      Messages.harmHeading,
      [(Messages.together, false)] + countColumns + [
        (Messages.harmColumn, false), (Messages.tellColumn, false),
      ],
      harms.map { entry in
        let texts = Messages.harm(entry.harm)
        return [.text(combination(entry.harm))] + cells(entry.count) + [
          .text(say(texts.what)), .text(say(texts.tell)),
        ]
      }
    )
    endSection()
  }

  private mutating func writeNotFound() {
    section("not-found", Messages.notFoundHeading)
    paragraph(say(isIncomplete ? Messages.notFoundInPart : Messages.notFoundWhole))
    table(
      Messages.notFoundHeading,
      [(Messages.types, false), (Messages.howSearched, false)],
      searches.filter { !$0.types.isEmpty }.map { types, how in
        [.text(types.map(name).joined(separator: say(Messages.comma))), .text(say(how))]
      }
    )
    paragraph(say(Messages.textLimits), style: "note")
    endSection()
  }
}
