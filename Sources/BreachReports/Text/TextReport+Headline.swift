internal import BreachModel

extension TextReportWriter {
  /// What a reader needs when nothing else is read.
  mutating func writeHeadline() {
    let inputs = result.run.inputs.map(\.path)
    let named = inputs.prefix(3).joined(separator: ", ")
    let rest = inputs.count > 3 ? " " + say(Messages.more(inputs.count - 3)) : ""
    page.line("\(result.tool.name) \(result.tool.version): \(named)\(rest)", style: .bold)
    if let incomplete { page.paragraph(incomplete, style: .alarm) }
    if let nothingFound { page.paragraph(nothingFound) }
    page.gap()
    var labels = [
      Messages.personsLabel, Messages.dutiesLabel, Messages.openLabel, Messages.notReadLabel,
    ].map(say)
    if result.period != nil { labels.append(say(Messages.periodLabel)) }
    let width = (labels.map(DisplayWidth.of).max() ?? 0) + 2
    page.paragraph(
      personsLine,
      indent: 2,
      label: labels[0],
      labelWidth: width,
      style: .bold
    )
    if let periodLine {
      page.paragraph(periodLine, indent: 2, label: labels[4], labelWidth: width)
    }
    writeDutyLines(label: labels[1], width: width)
    page.paragraph(
      questionsLine,
      indent: 2,
      label: labels[2],
      labelWidth: width,
      style: decisions.isEmpty ? .plain : .open
    )
    page.paragraph(
      notReadLine,
      indent: 2,
      label: labels[3],
      labelWidth: width,
      style: isIncomplete ? .alarm : .plain
    )
  }

  private mutating func writeDutyLines(label: String, width: Int) {
    let duties = lawDuties
    let isMet =
      !duties.isEmpty || packs.filter(\.isLaw).flatMap(\.outcomes).contains { $0.outcome == .met }
    page.paragraph(
      dutiesLine,
      indent: 2,
      label: label,
      labelWidth: width,
      style: isMet ? .bold : .plain
    )
    let shown = duties.prefix(8)
    // Words of the law can be long: where they do not fit, they stand whole with the duty below.
    let dates = shown.map { shortened(due($0)) }
    let column = (dates.map(DisplayWidth.of).max() ?? 0) + 2
    for (duty, date) in zip(shown, dates) {
      page.paragraph(
        "\(say(duty.title)) (\(say(duty.authority)))",
        indent: 2 + width,
        label: date + "  ",
        labelWidth: column
      )
    }
    if duties.count > shown.count {
      page.line(say(Messages.moreDuties(duties.count - shown.count)), indent: 2 + width)
    }
  }

  /// As much of `text` as fits beside a duty.
  private func shortened(_ text: String) -> String {
    guard DisplayWidth.of(text) > 26 else { return text }
    var short = ""
    for character in text {
      if DisplayWidth.of(short) + DisplayWidth.of(String(character)) > 25 { break }
      short.append(character)
    }
    return short + "…"
  }
}
