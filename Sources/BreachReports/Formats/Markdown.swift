internal import BreachModel

/// The report for a ticket or a wiki: Markdown as GitHub, GitLab and most trackers read it.
///
/// Names from the evidence stand in code spans of list items, where they can neither mention
/// anybody, link, nor break a table.
package enum MarkdownReport: Report {
  package static let fileExtensions = ["md", "markdown"]
  package static let isSpoken = true

  package static func render<Sink: ByteSink>(
    _ content: ReportContent,
    options: ReportOptions,
    into sink: inout Sink
  ) throws(Sink.Failure) {
    var writer = MarkdownWriter(result: content.result, language: options.language)
    writer.writeHeadline()
    if content.isGate { writer.writeVerdict(content.issues) }
    writer.writeParts(content.damage)
    try sink.append(Array(writer.text.utf8))
  }
}

struct MarkdownWriter: ResultView {
  let result: ScanResult
  let language: ReportLanguage
  private(set) var text = ""

  init(result: ScanResult, language: ReportLanguage) {
    self.result = result
    self.language = language
  }

  mutating func writeHeadline() {
    let inputs = result.run.inputs.prefix(3).map { code($0.path) }.joined(separator: ", ")
    text += "# \(plain("\(result.tool.name) \(result.tool.version)")): \(inputs)\n"
    if let incomplete { text += "\n> **\(plain(incomplete))**\n" }
    if let nothingFound { text += "\n\(plain(nothingFound))\n" }
    text += "\n"
    for (label, line) in [
      (Messages.personsLabel, personsLine), (Messages.periodLabel, periodLine ?? ""),
      (Messages.dutiesLabel, dutiesLine), (Messages.openLabel, questionsLine),
      (Messages.notReadLabel, notReadLine),
    ] where !line.isEmpty { item("**\(say(label))**: \(plain(line))") }
  }

  /// What a policy does not allow, the worst first.
  mutating func writeVerdict(_ issues: (list: [Issue], omitted: Int)) {
    heading(Messages.violationsHeading)
    let violations = issues.list.filter { $0.severity != .note }
    if violations.isEmpty { item(plain(say(Messages.noViolation))) }
    for issue in violations.prefix(50) {
      let line = issue.line.map { ":\($0)" } ?? ""
      let place = issue.path.isEmpty ? "" : "\(code(issue.path + line)): "
      item(place + plain(say(issue.words)))
    }
    let rest = max(0, violations.count - 50) + issues.omitted
    if rest > 0 { item(plain(say(Messages.issuesOmitted(rest)))) }
  }

  mutating func writeParts(_ damage: DamageEstimate?) {
    for caution in cautions { text += "\n> **\(plain(say(Messages.warning) + caution))**\n" }
    write(lawDuties, Messages.dutiesHeading)
    write(measures, Messages.measuresHeading)
    writeTypes()
    writePersons()
    writeHarm()
    if let damage { write(damage) }
    writeNotFound()
    for pack in packs { writePack(pack) }
    writeQuestions()
    writeInvestigation()
    writeFiles()
    writeCoverage()
    heading(Messages.limitsHeading)
    if result.persons != nil { item(plain(say(Messages.rangeMeaning))) }
    for limit in [Messages.textLimits, Messages.machineLimits, Messages.notLegalAdvice] {
      item(plain(say(limit)))
    }
  }

  private mutating func write(_ duties: [Duty], _ title: LocalizedText) {
    guard !duties.isEmpty else { return }
    heading(title)
    table(
      [Messages.dueColumn, Messages.dutyColumn, Messages.towardColumn],
      numbers: 0,
      duties.map { [due($0), "\(say($0.title)) (\($0.id))", say($0.authority)] }
    )
  }

  private mutating func write(_ damage: DamageEstimate) {
    heading(damage.title)
    item("**\(plain(range(damage)))**")
    table(damageColumns, numbers: 4, damageRows(damage))
    for note in damageNotes(damage) { item(plain(note)) }
  }

  private mutating func writeTypes() {
    guard !result.findings.isEmpty else { return }
    heading(Messages.typesHeading)
    table(
      [
        Messages.type, Messages.personsColumn, Messages.range, Messages.findings,
        Messages.distinct, Messages.sample, Messages.byChance,
      ],
      numbers: 6,
      DataType.allCases.compactMap { type in
        result.findings[type].map { found in
          let persons = result.persons?.byType[type]
          return [
            name(type), persons.map { group($0.likely) } ?? "-", persons.map(range) ?? "-",
            group(found.count), group(found.distinct), group(found.sample),
            chanceText(found.expectedByChance),
          ]
        }
      }
    )
  }

  private mutating func writePersons() {
    let combinations = result.persons?.byCombination ?? []
    writeCounts(
      Messages.combinationsHeading,
      Messages.types,
      combinations.map { (names($0.types), $0.count) }
    )
    let classes = classItems
    if !classes.isEmpty {
      heading(Messages.classesHeading)
      table(
        [
          Messages.personClass, Messages.itemsAndPersons, Messages.personsColumn, Messages.range,
        ],
        numbers: 2,
        classes.prefix(10).map { [$0.name, $0.items, group($0.count.likely), range($0.count)] }
      )
      more(classes.count - 10)
    }
    writeCounts(Messages.residenceHeading, Messages.place, places)
    writeCounts(agesHeading, Messages.ageColumn, ages, most: .max)
  }

  private mutating func writeCounts(
    _ title: LocalizedText,
    _ column: LocalizedText,
    _ rows: [(name: String, count: PersonCount)],
    most: Int = 10
  ) {
    guard !rows.isEmpty else { return }
    heading(title)
    table(
      [column, Messages.personsColumn, Messages.range],
      numbers: 2,
      rows.prefix(most).map { [$0.name, group($0.count.likely), range($0.count)] }
    )
    more(rows.count - most)
  }

  private mutating func writeHarm() {
    let harms = harms
    guard !harms.isEmpty else { return }
    heading(Messages.harmHeading)
    table(
      [
        Messages.together, Messages.harmColumn, Messages.tellColumn, Messages.personsColumn,
        Messages.range,
      ],
      numbers: 2,
      harms.map { entry in
        let texts = Messages.harm(entry.harm)
        return [
          combination(entry.harm), say(texts.what), say(texts.tell), group(entry.count.likely),
          range(entry.count),
        ]
      }
    )
  }

  private mutating func writeNotFound() {
    heading(Messages.notFoundHeading)
    item(plain(say(isIncomplete ? Messages.notFoundInPart : Messages.notFoundWhole)))
    for (types, how) in searches where !types.isEmpty {
      item(plain(types.map(name).joined(separator: say(Messages.comma))))
      detail(say(how))
    }
  }

  private mutating func writeInvestigation() {
    let rows = investigation
    guard !rows.isEmpty else { return }
    heading(Messages.sheetHeading)
    for row in rows {
      let box = row.state == .answered ? "[x]" : "[ ]"
      let state = "\(row.number) \(say(row.title)): \(say(Messages.state(row.state)))"
      item("\(box) \(plain(state))")
      for text in [say(row.known)] + row.questions.map({ say($0.question) }) where !text.isEmpty {
        detail(text)
      }
    }
  }

  private mutating func writePack(_ pack: PackAssessment) {
    text += "\n## \(plain("\(say(pack.title)) (\(pack.id) \(pack.version))"))\n\n"
    for warning in pack.warnings {
      item("**\(plain(say(Messages.warning) + say(warning)))**")
    }
    for outcome in pack.outcomes {
      var note = Names.firmness(outcome).map { " [\(say($0))]" } ?? ""
      if outcome.isUnconfirmed { note += " [\(say(Messages.unconfirmed))]" }
      item(
        "**\(plain(say(Names.outcome(outcome.outcome))))** "
          + plain("\(outcome.criterion) \(say(outcome.title))\(note)")
      )
      detail(say(Messages.because) + say(outcome.because))
      if !outcome.cite.isEmpty {
        detail(say(Messages.cite) + outcome.cite.joined(separator: "; "))
      }
    }
    for advice in pack.advice { item(plain(say(advice))) }
  }

  private mutating func writeQuestions() {
    guard !decisions.isEmpty else { return }
    heading(Messages.questionsHeading)
    for decision in decisions {
      item("[ ] " + plain("\(say(decision.question)) (\(decision.id))"))
      detail(say(Messages.ifYes) + say(decision.ifYes))
      detail(say(Messages.ifNo) + say(decision.ifNo))
    }
  }

  private mutating func writeFiles() {
    let files = filesWithFindings
    guard !files.isEmpty else { return }
    heading(Messages.filesHeading)
    for file in files.prefix(20) {
      let charset = file.encoding.map { " \($0)" } ?? ""
      let facts = Messages.fileFacts(
        persons: file.persons,
        records: file.records,
        format: file.format + charset
      )
      item("\(code(file.path)): \(plain(say(facts)))")
      detail(say(Messages.foundHere) + counts(in: file))
      if !file.dates.isEmpty { detail(say(Messages.dates) + dates(file)) }
    }
    if files.count > 20 { item(plain(say(Messages.moreFiles(files.count - 20)))) }
  }

  private mutating func writeCoverage() {
    let coverage = result.coverage
    heading(Messages.gapsHeading)
    let accounted = Messages.accounted(
      files: coverage.files,
      bytes: coverage.bytes,
      read: coverage.readBytes,
      notText: coverage.notText
    )
    item(plain(say(accounted)))
    for gap in coverage.gaps.prefix(50) {
      let size = say(gap.bytes.map { Messages.byteCount(group($0)) } ?? Messages.unknownSize)
      let why = say(Names.reason(gap.reason)) + say(Messages.comma) + size
      item("\(code(gap.path)): **\(plain(why))**")
      let told = say(told(gap))
      if !told.isEmpty { detail(told) }
    }
    let rest = coverage.gaps.dropFirst(50)
    if !rest.isEmpty {
      item(plain(say(Messages.moreGaps(rest.count, bytes: size(of: rest, exact: true)))))
    }
  }

  // MARK: - Pieces

  private mutating func heading(_ title: LocalizedText) { text += "\n## \(say(title))\n\n" }

  private mutating func item(_ line: String) { text += "- \(line)\n" }

  private mutating func detail(_ line: String) { text += "  - \(plain(line))\n" }

  private mutating func more(_ number: Int) {
    if number > 0 { text += "\n\(plain(say(Messages.more(number))))\n" }
  }

  /// A table whose last `numbers` columns keep to the right.
  private mutating func table(_ titles: [LocalizedText], numbers: Int, _ rows: [[String]]) {
    let words = titles.count - numbers
    text += "| \(titles.map { plain(say($0)) }.joined(separator: " | ")) |\n"
    text += "|" + titles.indices.map { $0 < words ? "---|" : "---:|" }.joined() + "\n"
    for row in rows { text += "| \(row.map(plain).joined(separator: " | ")) |\n" }
  }

  private func plain(_ text: String) -> String { MarkdownText.plain(text) }

  private func code(_ name: String) -> String { MarkdownText.code(name) }
}

/// Texts as they may stand in Markdown.
enum MarkdownText {
  /// Text that Markdown takes for nothing but text; addresses of pages stay what they are.
  static func plain(_ text: String) -> String {
    displaySafe(text).split(separator: " ", omittingEmptySubsequences: false)
      .map { isAddress($0) ? String($0) : escaped($0) }.joined(separator: " ")
  }

  private static func isAddress(_ word: Substring) -> Bool {
    let plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._/:;?=%#"
    return word.hasPrefix("https://") && word.allSatisfy(plain.contains)
  }

  private static func escaped(_ text: Substring) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "|", "~": out += "\\\(scalar)"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "&": out += "&amp;"
      case "@": out += "&#64;"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// A name as a code span, behind as many backticks as it takes.
  static func code(_ name: String) -> String {
    let name = displaySafe(name)
    var longest = 0
    var run = 0
    for scalar in name.unicodeScalars {
      run = scalar == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let pad = longest > 0 || name.isEmpty || name.hasPrefix(" ") ? " " : ""
    return fence + pad + name + pad + fence
  }
}
