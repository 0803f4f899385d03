internal import BreachModel

extension HTMLPage {
  /// The head of the document: no script, no remote reference, one style known by its digest.
  mutating func writeHead() {
    let inputs = result.run.inputs.prefix(3).map(\.path).joined(separator: ", ")
    let title = "\(say(Messages.pageTitle)): \(inputs)"
    put(
      """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      style-src '\(HTMLStyle.source)'; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <meta name="robots" content="noindex, nofollow">

      """
    )
    // What a reader of the first bytes has to know stands before the long style.
    let mark = isIncomplete ? words(Messages.incompleteMark) : ""
    put("<title>\(mark)\(Self.escaped(title))</title>\n")
    put("<style>\(HTMLStyle.sheet)</style>\n</head>\n")
  }

  /// What a reader needs when nothing else is read.
  mutating func writeFirstScreen() {
    put("<body>\n<a class=\"skip\" href=\"#report\">\(words(Messages.skip))</a>\n<header>\n")
    put("<h1>\(words(Messages.pageTitle))</h1>\n")
    let inputs = result.run.inputs
    let named = inputs.prefix(3).map { "<bdi>\(Self.escaped($0.path))</bdi>" }
    let rest = inputs.count > 3 ? " " + words(Messages.more(inputs.count - 3)) : ""
    put("<p class=\"soft name\">\(words(Messages.scanned)): ")
    put(named.joined(separator: ", ") + rest + "<br>")
    let day = String(result.run.started.prefix(10))
    put(words(Messages.scannedOn(day, version: result.tool.version)) + "</p>\n</header>\n")
    put("<main id=\"report\">\n")
    if let incomplete { paragraph(incomplete, style: "alarm") }
    for caution in cautions { paragraph(say(Messages.warning) + caution, style: "alarm") }
    if let nothingFound { paragraph(nothingFound) }
    if content.isGate { writeVerdict() }
    put("<div class=\"cards\">\n")
    writePersonsCard()
    writeDutyCard()
    writeOpenCard()
    writeUnreadCard()
    put("</div>\n")
  }

  private mutating func beginCard(_ title: LocalizedText, isBad: Bool = false) {
    put("<section class=\"card\(isBad ? " bad" : "")\">\n<h2>\(words(title))</h2>\n")
  }

  private mutating func writePersonsCard() {
    beginCard(Messages.howMany)
    if let persons = result.persons {
      let count = persons.count
      let likely = group(count.likely)
      let isExact = count.low == count.high
      paragraph(say(isExact ? Messages.exactPersons(likely) : Messages.about(likely)), style: "big")
      if !isExact {
        paragraph(say(Messages.confirmedAndMost(group(count.low), group(count.high))))
      }
      let couldAdd = isIncomplete ? persons.unread.couldAdd ?? 0 : 0
      rangeChart(count, couldAdd: couldAdd)
      if !result.coverage.gaps.isEmpty {
        let text = persons.unread.couldAdd.map { Messages.couldAdd(group($0)) }
        paragraph(say(text ?? Messages.couldAddUnknown), style: "soft")
      }
      let facts = [
        (Messages.mainTypes, mainTypes), (Messages.classesHeading, mainClasses),
        (Messages.periodLabel, periodLine ?? ""),
      ]
      list(facts.filter { !$1.isEmpty }.map { "\(say($0)): \($1)" })
    } else {
      paragraph(personsLine, style: "mid")
    }
    endSection()
  }

  /// The types that most persons have, the gravest before all others.
  private var mainTypes: String {
    let counts = (result.persons?.byType ?? [:]).filter { $0.value.high > 0 }.sorted {
      let isGrave = (TypeSet.gravest.contains($0.key), TypeSet.gravest.contains($1.key))
      if isGrave.0 != isGrave.1 { return isGrave.0 }
      return $0.value.likely == $1.value.likely
        ? $0.key.rawValue < $1.key.rawValue : $0.value.likely > $1.value.likely
    }
    let shown = counts.prefix(6).map { "\(name($0.key)) \(group($0.value.likely))" }
    let more = counts.count > 6 ? [say(Messages.more(counts.count - 6))] : []
    return (shown + more).joined(separator: say(Messages.comma))
  }

  private var mainClasses: String {
    classes.map { "\($0.name) \(group($0.count.likely))" }.joined(separator: say(Messages.comma))
  }

  private mutating func writeDutyCard() {
    beginCard(Messages.whichDuty)
    let duties = lawDuties
    let dated = duties.filter { $0.due != nil }
    if let first = dated.first {
      put("<p class=\"mid\">\(Self.days("\(say(first.title)): \(due(first))"))</p>\n")
    } else {
      paragraph(dutiesLine, style: "mid")
    }
    if !dated.isEmpty { paragraph(dutiesLine, style: "soft") }
    let open = duties.filter { $0.due == nil }
    var lines = dated.dropFirst().prefix(3).map { "\(due($0)): \(say($0.title))" }
    if dated.isEmpty {
      // Without a day the words of the law are all there is.
      lines = open.prefix(4).map { "\(say($0.title)): \(due($0))" }
      if open.count > 4 { lines.append(say(Messages.more(open.count - 4))) }
    } else if !open.isEmpty {
      let names = open.prefix(4).map { say($0.title) }
      let more = open.count > 4 ? [say(Messages.more(open.count - 4))] : []
      lines.append(
        say(Messages.dutiesWithoutDay(open.count)) + ": "
          + (names + more).joined(separator: say(Messages.comma))
      )
    }
    let named = measures.prefix(4).map { say($0.title) }
    if !named.isEmpty {
      let more = measures.count > 4 ? [say(Messages.more(measures.count - 4))] : []
      let texts = (named + more).joined(separator: say(Messages.comma))
      lines.append(say(Messages.measures(measures.count)) + ": " + texts)
    }
    list(lines)
    endSection()
  }

  private mutating func writeOpenCard() {
    beginCard(Messages.whatIsOpen)
    let questions = decisions
    paragraph(questionsLine, style: "mid")
    list(questions.prefix(3).map { say($0.question) })
    if questions.count > 3 {
      let rest = Self.escaped(say(Messages.more(questions.count - 3)))
      put("<p class=\"soft\"><a href=\"#questions\">\(rest)</a></p>\n")
    }
    endSection()
  }

  private mutating func writeUnreadCard() {
    beginCard(Messages.whatWasNotRead, isBad: isIncomplete)
    let gaps = result.coverage.gaps
    paragraph(notReadLine, style: "mid")
    var bytes: [GapReason: Int] = [:]
    for gap in gaps { bytes[gap.reason, default: 0] += 1 }
    let reasons = bytes.sorted {
      $0.value == $1.value
        ? ResultEncoder.precedes($0.key.rawValue, $1.key.rawValue) : $0.value > $1.value
    }
    list(reasons.prefix(4).map { "\(say(Names.reason($0.key))): \(group($0.value))" })
    if !gaps.isEmpty {
      put("<p class=\"soft\"><a href=\"#unread\">\(words(Messages.gapsHeading))</a></p>\n")
    }
    endSection()
  }

  /// What a policy does not allow, the worst first.
  private mutating func writeVerdict() {
    let (issues, omitted) = content.issues
    section("verdict", Messages.violationsHeading)
    let violations = issues.filter { $0.severity != .note }
    if violations.isEmpty { paragraph(say(Messages.noViolation)) }
    put(violations.isEmpty ? "" : "<ul>\n")
    for issue in violations.prefix(50) {
      let line = issue.line.map { ":\($0)" } ?? ""
      let place = issue.path.isEmpty ? "" : "<bdi>\(Self.escaped(issue.path + line))</bdi>: "
      put("<li class=\"name\">\(place)\(words(issue.words))</li>\n")
    }
    put(violations.isEmpty ? "" : "</ul>\n")
    let rest = max(0, violations.count - 50) + omitted
    if rest > 0 { paragraph(say(Messages.issuesOmitted(rest)), style: "note") }
    endSection()
  }

  /// Links to the sections that are there.
  mutating func writeContents() {
    var links: [(String, LocalizedText)] = []
    if !duties.isEmpty { links.append(("duties", Messages.dutiesHeading)) }
    if !decisions.isEmpty { links.append(("questions", Messages.questionsHeading)) }
    if result.persons != nil { links.append(("extent", Messages.extentHeading)) }
    if !result.findings.isEmpty { links.append(("types", Messages.typesHeading)) }
    if !harms.isEmpty { links.append(("harm", Messages.harmHeading)) }
    links.append(("not-found", Messages.notFoundHeading))
    if !packs.isEmpty { links.append(("criteria", Messages.criteriaHeading)) }
    if !result.files.isEmpty { links.append(("files", Messages.filesHeading)) }
    links.append(("unread", Messages.gapsHeading))
    if !result.findings.isEmpty { links.append(("examples", Messages.examplesHeading)) }
    if !investigation.isEmpty { links.append(("sheet", Messages.sheetHeading)) }
    links.append(("method", Messages.methodHeading))
    put("<nav aria-label=\"\(words(Messages.contents))\">\n<ul>\n")
    for (id, title) in links { put("<li><a href=\"#\(id)\">\(words(title))</a></li>\n") }
    put("</ul>\n</nav>\n")
  }
}
