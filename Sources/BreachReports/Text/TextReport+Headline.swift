internal import BreachModel

extension TextReportWriter {
  /// What a reader needs when nothing else is read.
  mutating func writeHeadline() {
    let inputs = result.run.inputs.map(\.path)
    let named = inputs.prefix(3).joined(separator: ", ")
    let rest = inputs.count > 3 ? " " + say(Messages.more(inputs.count - 3)) : ""
    page.line("\(result.tool.name) \(result.tool.version): \(named)\(rest)", style: .bold)
    if isIncomplete {
      let text =
        result.coverage.gaps.isEmpty
        ? Messages.unfinished
        : Messages.incomplete(
          gaps: result.coverage.gaps.count,
          bytes: size(of: result.coverage.gaps)
        )
      page.paragraph(say(text), style: .alarm)
    }
    if result.findings.isEmpty {
      let text =
        isIncomplete
        ? Messages.nothingFoundInPart
        : Messages.nothingFound(
          files: result.coverage.files,
          bytes: byteText(result.coverage.readBytes)
        )
      page.paragraph(say(text))
    }
    page.gap()
    let labels = [
      Messages.personsLabel, Messages.dutiesLabel, Messages.openLabel, Messages.notReadLabel,
    ].map(say)
    let width = (labels.map(DisplayWidth.of).max() ?? 0) + 2
    page.paragraph(
      personsLine,
      indent: 2,
      label: labels[0],
      labelWidth: width,
      style: .bold
    )
    writeDutyLines(label: labels[1], width: width)
    let questions = decisions.count
    page.paragraph(
      say(questions == 0 ? Messages.noQuestion : Messages.openQuestions(questions)),
      indent: 2,
      label: labels[2],
      labelWidth: width,
      style: questions == 0 ? .plain : .open
    )
    page.paragraph(
      notReadLine,
      indent: 2,
      label: labels[3],
      labelWidth: width,
      style: isIncomplete ? .alarm : .plain
    )
  }

  private var personsLine: String {
    guard let count = result.persons?.count else { return say(Messages.personsNotCounted) }
    if count.low == count.high { return say(Messages.exactPersons(group(count.likely))) }
    return say(
      Messages.persons(
        low: group(count.low),
        likely: group(count.likely),
        high: group(count.high)
      )
    )
  }

  private mutating func writeDutyLines(label: String, width: Int) {
    guard result.assessment != nil else {
      page.paragraph(say(Messages.notAssessed), indent: 2, label: label, labelWidth: width)
      return
    }
    let outcomes = packs.flatMap(\.outcomes)
    let met = outcomes.filter { $0.outcome == .met }.count
    let duties = duties
    guard met > 0 || !duties.isEmpty else {
      page.paragraph(
        say(Messages.noDuty(criteria: outcomes.count)),
        indent: 2,
        label: label,
        labelWidth: width
      )
      return
    }
    page.paragraph(
      say(Messages.duties(criteria: met, duties: duties.count)),
      indent: 2,
      label: label,
      labelWidth: width,
      style: .bold
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

  private var notReadLine: String {
    let coverage = result.coverage
    guard !coverage.gaps.isEmpty else {
      return isIncomplete
        ? say(Messages.unfinishedShort)
        : say(Messages.allRead(files: coverage.files, bytes: byteText(coverage.readBytes)))
    }
    var parts = [
      say(Messages.notRead(gaps: coverage.gaps.count, bytes: size(of: result.coverage.gaps)))
    ]
    let unknown = coverage.gaps.filter { $0.bytes == nil }.count
    if unknown > 0 { parts.append(say(Messages.bytesOfUnknown(unknown))) }
    if let unread = result.persons?.unread {
      parts.append(
        say(unread.couldAdd.map { Messages.couldAdd(group($0)) } ?? Messages.couldAddUnknown)
      )
    }
    return parts.joined(separator: language == .ja ? "。" : "; ")
  }
}
