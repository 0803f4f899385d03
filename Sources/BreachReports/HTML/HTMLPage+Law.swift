internal import BreachModel

extension HTMLPage {
  /// The duties with their days, and the next steps.
  mutating func writeDuties() {
    guard !duties.isEmpty else { return }
    section("duties", Messages.dutiesHeading)
    timelineChart()
    write(lawDuties, Messages.dutiesHeading)
    if !measures.isEmpty {
      subheading(Messages.measuresHeading)
      write(measures, Messages.measuresHeading)
    }
    let advice = packs.flatMap(\.advice)
    if !advice.isEmpty {
      subheading(Messages.adviceHeading)
      list(advice.map(say))
    }
    endSection()
  }

  private mutating func write(_ duties: [Duty], _ title: LocalizedText) {
    guard !duties.isEmpty else { return }
    table(
      title,
      [
        (Messages.dutyColumn, false), (Messages.dueColumn, false), (Messages.towardColumn, false),
        (Messages.basisColumn, false), (Messages.criterionColumn, false),
        (Messages.sourceColumn, false),
      ],
      duties.map { duty in
        // With a day, the words tell how it was reckoned.
        let words = duty.due == nil ? [] : [say(duty.dueText)].filter { !$0.isEmpty }
        return [
          .text(say(duty.title)), .days(due(duty), words), .text(say(duty.authority)),
          .text(say(Names.basis(duty.basis))), .name(duty.firedBy.joined(separator: ", ")),
          .name(duty.cite.joined(separator: "; ")),
        ]
      }
    )
  }

  /// The outcomes of all packs, each with its reason and source.
  mutating func writeCriteria() {
    guard !packs.isEmpty else { return }
    section("criteria", Messages.criteriaHeading)
    for pack in packs {
      let title = "\(say(pack.title)) (\(pack.id) \(pack.version))"
      put("<h3>\(Self.escaped(title))</h3>\n")
      for warning in pack.warnings {
        paragraph(say(Messages.warning) + say(warning), style: "alarm")
      }
      table(
        LocalizedText(ja: title, en: title),
        [
          (Messages.criterionColumn, false), (Messages.outcomeColumn, false),
          (Messages.becauseColumn, false), (Messages.sourceColumn, false),
        ],
        pack.outcomes.map { outcome in
          var note = Names.firmness(outcome).map { [say($0)] } ?? []
          if outcome.isUnconfirmed { note.append(say(Messages.unconfirmed)) }
          return [
            .list([say(outcome.title), outcome.criterion] + note),
            .mark(outcome.outcome.rawValue, say(Names.outcome(outcome.outcome))),
            .text(say(outcome.because)), .name(outcome.cite.joined(separator: "; ")),
          ]
        }
      )
    }
    let left = result.assessment?.notApplied.map(\.id) ?? []
    if !left.isEmpty {
      paragraph(say(Messages.notApplied(left.joined(separator: ", "))), style: "note")
    }
    endSection()
  }

  /// What only people can answer.
  mutating func writeQuestions() {
    let decisions = decisions
    guard !decisions.isEmpty else { return }
    section("questions", Messages.questionsHeading)
    table(
      Messages.questionsHeading,
      [
        (Messages.questionSection, false), (Messages.yesColumn, false),
        (Messages.noColumn, false), (Messages.id, false),
      ],
      decisions.map {
        [.text(say($0.question)), .text(say($0.ifYes)), .text(say($0.ifNo)), .name($0.id)]
      }
    )
    endSection()
  }

  /// The initial-investigation sheet, row by row.
  mutating func writeInvestigation() {
    let rows = investigation
    guard !rows.isEmpty else { return }
    section("sheet", Messages.sheetHeading)
    paragraph(say(Messages.sheetNote), style: "soft")
    table(
      Messages.sheetHeading,
      [
        (Messages.id, false), (Messages.itemColumn, false), (Messages.stateColumn, false),
        (Messages.knownColumn, false), (Messages.askColumn, false),
      ],
      rows.map { row in
        let style =
          switch row.state {
          case .answered: "answered"
          case .partly: "partly"
          case .asking: "asking"
          }
        return [
          .text(row.number), .text(say(row.title)), .mark(style, say(Messages.state(row.state))),
          .text(say(row.known)), .list(row.questions.map { say($0.question) }),
        ]
      }
    )
    endSection()
  }
}
