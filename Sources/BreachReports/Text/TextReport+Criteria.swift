internal import BreachModel

extension TextReportWriter {
  /// What the law says of it, pack by pack, then the duties and the questions of all packs.
  mutating func writeCriteria() {
    for caution in cautions {
      page.gap()
      page.paragraph(caution, indent: 2, label: say(Messages.warning), style: .alarm)
    }
    for pack in packs { writePack(pack) }
    let left = result.assessment?.notApplied.map(\.id) ?? []
    if !left.isEmpty {
      page.gap()
      page.paragraph(say(Messages.notApplied(left.joined(separator: ", "))), indent: 2)
    }
    write(lawDuties, Messages.dutiesHeading)
    write(measures, Messages.measuresHeading)
    writeQuestions()
    writeAdvice()
  }

  private mutating func writePack(_ pack: PackAssessment) {
    page.heading("\(say(pack.title)) (\(pack.id) \(pack.version))")
    for warning in pack.warnings {
      page.paragraph(say(warning), indent: 2, label: say(Messages.warning), style: .alarm)
    }
    let words = [Outcome.met, .notMet, .undetermined].map { say(Names.outcome($0)) }
    let width = (words.map(DisplayWidth.of).max() ?? 0) + 2
    for outcome in pack.outcomes {
      var note = Names.firmness(outcome).map { " [\(say($0))]" } ?? ""
      if outcome.isUnconfirmed { note += " [\(say(Messages.unconfirmed))]" }
      let style: TextStyle =
        switch outcome.outcome {
        case .met: .alarm
        case .undetermined: .open
        case .notMet: .plain
        }
      page.paragraph(
        "\(outcome.criterion)  \(say(outcome.title))\(note)",
        indent: 2,
        label: say(Names.outcome(outcome.outcome)),
        labelWidth: width,
        style: style
      )
      writeDetail(Messages.because, say(outcome.because), indent: 2 + width)
      writeDetail(Messages.cite, outcome.cite.joined(separator: "; "), indent: 2 + width)
    }
  }

  private mutating func write(_ duties: [Duty], _ heading: LocalizedText) {
    guard !duties.isEmpty else { return }
    page.heading(say(heading))
    for duty in duties {
      page.paragraph("\(say(duty.title)) (\(duty.id))", indent: 2, style: .bold)
      writeDetail(Messages.due, due(duty), indent: 4)
      // With a day, the words tell how it was reckoned; without one they stand above already.
      if duty.due != nil { writeDetail(nil, say(duty.dueText), indent: 4) }
      writeDetail(Messages.authority, say(duty.authority), indent: 4)
      writeDetail(Messages.firedBy, duty.firedBy.joined(separator: say(Messages.comma)), indent: 4)
      writeDetail(Messages.basis, say(Names.basis(duty.basis)), indent: 4)
      writeDetail(Messages.cite, duty.cite.joined(separator: "; "), indent: 4)
    }
  }

  private mutating func writeQuestions() {
    let decisions = decisions
    guard !decisions.isEmpty else { return }
    page.heading(say(Messages.questionsHeading))
    for decision in decisions {
      page.paragraph("\(say(decision.question)) (\(decision.id))", indent: 2, style: .open)
      writeDetail(Messages.ifYes, say(decision.ifYes), indent: 4)
      writeDetail(Messages.ifNo, say(decision.ifNo), indent: 4)
    }
  }

  private mutating func writeAdvice() {
    let advice = packs.flatMap(\.advice)
    guard !advice.isEmpty else { return }
    page.heading(say(Messages.adviceHeading))
    for text in advice { page.paragraph(say(text), indent: 2, label: "- ") }
  }

  /// A labelled text, or nothing when there is no text.
  mutating func writeDetail(_ label: LocalizedText?, _ text: String, indent: Int) {
    guard !text.isEmpty else { return }
    page.paragraph(text, indent: indent, label: label.map(say) ?? "")
  }
}
