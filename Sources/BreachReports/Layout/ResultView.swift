internal import BreachModel

/// What the reports for people ask of a result, in the language they are written in.
protocol ResultView {
  var result: ScanResult { get }
  var language: ReportLanguage { get }
}

extension ResultView {
  /// The text in the language of the report.
  func say(_ text: LocalizedText) -> String {
    switch language {
    case .ja: text.ja
    case .en: text.en
    }
  }

  /// The name of a data type in the language of the report.
  func name(_ type: DataType) -> String { say(Names.type(type)) }

  /// The names of several data types.
  func names(_ types: TypeSet) -> String { types.types.map(name).joined(separator: " + ") }

  /// `9-14`, or one number where both ends are the same.
  func range(_ count: PersonCount) -> String {
    count.low == count.high
      ? group(count.low) : "\(group(count.low))-\(group(count.high))"
  }

  /// True when something was not read, or the run did not reach its end.
  var isIncomplete: Bool { !result.run.complete || !result.coverage.gaps.isEmpty }

  /// The sentence that no reader of an incomplete result may miss; nil when all was read.
  var incomplete: String? {
    guard isIncomplete else { return nil }
    let gaps = result.coverage.gaps
    return say(
      gaps.isEmpty
        ? Messages.unfinished : Messages.incomplete(gaps: gaps.count, bytes: size(of: gaps))
    )
  }

  /// That nothing was found, with how far that goes; nil when something was.
  var nothingFound: String? {
    guard result.findings.isEmpty else { return nil }
    return say(
      isIncomplete
        ? Messages.nothingFoundInPart
        : Messages.nothingFound(
          files: result.coverage.files,
          bytes: byteText(result.coverage.readBytes)
        )
    )
  }

  /// How large some gaps are together; `or more` where the size of one is not known.
  func size(of gaps: some Sequence<Gap>, exact: Bool = false) -> LocalizedText {
    let bytes = gaps.knownBytes
    let text = exact ? Messages.byteCount(group(bytes)) : byteText(bytes)
    return gaps.contains { $0.bytes == nil } ? Messages.orMore(text) : text
  }

  /// How many persons, as one sentence.
  var personsLine: String {
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

  /// From when to when the records are; nil when no column tells.
  var periodLine: String? { result.period.map(text) }

  /// `2023-04-01 to 2024-03-31`, or one day.
  func text(_ period: Period) -> String {
    let (from, to) = (period.from.description, period.to.description)
    return from == to ? from : say(Messages.window(from: from, to: to))
  }

  /// Which columns of a leaf, or of one table of it, tell when its records are, and the days in them.
  func dates(_ file: FileResult, ofTable table: String? = nil) -> String {
    let columns = file.dates.filter { table == nil || $0.table == table }
    var texts = columns.prefix(12).map { column in
      let place = table == nil && !column.table.isEmpty ? "\(column.table)." : ""
      return "\(place)\(column.name) \(text(column.period))"
    }
    if columns.count > 12 { texts.append(say(Messages.more(columns.count - 12))) }
    return texts.joined(separator: say(Messages.comma))
  }

  /// How many criteria are met and duties follow, as one sentence.
  var dutiesLine: String {
    guard result.assessment != nil else { return say(Messages.notAssessed) }
    let outcomes = packs.filter(\.isLaw).flatMap(\.outcomes)
    let met = outcomes.filter { $0.outcome == .met }.count
    let open = outcomes.filter { $0.outcome == .undetermined }.count
    let law =
      met > 0 || !lawDuties.isEmpty
      ? Messages.duties(criteria: met, open: open, duties: lawDuties.count)
      : Messages.noDuty(criteria: outcomes.count, open: open)
    guard !measures.isEmpty else { return say(law) }
    return say(law) + (language == .ja ? "。" : "; ") + say(Messages.measures(measures.count))
  }

  /// How many questions are open, as one sentence.
  var questionsLine: String {
    let questions = decisions.count
    return say(questions == 0 ? Messages.noQuestion : Messages.openQuestions(questions))
  }

  /// What was not read, and how many persons it could add.
  var notReadLine: String {
    let coverage = result.coverage
    guard !coverage.gaps.isEmpty else {
      return isIncomplete
        ? say(Messages.unfinishedShort)
        : say(Messages.allRead(files: coverage.files, bytes: byteText(coverage.readBytes)))
    }
    var parts = [
      say(Messages.notRead(gaps: coverage.gaps.count, bytes: size(of: coverage.gaps)))
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

  /// All packs that were applied.
  var packs: [PackAssessment] { result.assessment?.packs ?? [] }

  /// Every question once: one answer serves all packs, each of which says what follows for it.
  var decisions: [Decision] {
    var questions: [Decision] = []
    for decision in packs.flatMap(\.decisions) {
      guard let known = questions.firstIndex(where: { $0.id == decision.id }) else {
        questions.append(decision)
        continue
      }
      questions[known].ifYes.extend(by: decision.ifYes)
      questions[known].ifNo.extend(by: decision.ifNo)
    }
    return questions
  }

  /// All that is to be done: by law, then by guidance and contracts.
  var duties: [Duty] { lawDuties + measures }

  /// What law asks for, by its last day; those without a day last, in the order of the packs.
  var lawDuties: [Duty] { ordered(packs.filter(\.isLaw).flatMap(\.duties)) }

  /// What guidance and contracts ask for, in the same order.
  var measures: [Duty] { ordered(packs.filter { !$0.isLaw }.flatMap(\.duties)) }

  private func ordered(_ all: [Duty]) -> [Duty] {
    let dated = all.enumerated().filter { $0.element.due != nil }.sorted {
      let (left, right) = ($0.element.due ?? "", $1.element.due ?? "")
      return left == right ? $0.offset < $1.offset : ResultEncoder.precedes(left, right)
    }
    return dated.map(\.element) + all.filter { $0.due == nil }
  }

  /// When a duty is due, or the words of the law where it names no day.
  func due(_ duty: Duty) -> String {
    guard let due = duty.due else {
      let words = say(duty.dueText)
      return words.isEmpty ? say(Messages.noDay) : words
    }
    guard let from = duty.from else { return due }
    return say(Messages.window(from: from, to: due))
  }

  /// What is to be told before any pack: statements that contradict each other, and places whose law
  /// nobody has looked at.
  var cautions: [String] {
    guard let assessment = result.assessment else { return [] }
    let places = assessment.uncovered.map { code in
      code == "unknown" ? Messages.placeAbroad : Names.place(code)
    }
    return assessment.warnings.map(say)
      + (places.isEmpty ? [] : [say(Messages.uncovered(Names.list(places)))])
  }

  /// The classes of persons by name: in the order of the report; those of a newer version after.
  var classes: [(name: String, count: PersonCount)] { classItems.map { ($0.name, $0.count) } }

  private var classIDs: [String] {
    let byClass = result.persons?.byClass ?? [:]
    return Names.classes.filter { byClass[$0] != nil }
      + byClass.keys.filter { !Names.classes.contains($0) }.sorted(by: ResultEncoder.precedes)
  }

  /// The classes with the items that their persons have, and how many have each.
  var classItems: [(name: String, count: PersonCount, items: String)] {
    classIDs.compactMap { id in
      (result.persons?.byClass[id]).map { count in
        let types = DataType.allCases.compactMap { type in
          result.persons?.byClassAndType[id]?[type].map { "\(name(type)) \(group($0.likely))" }
        }
        return (
          say(Names.personClass(id)), count, types.joined(separator: say(Messages.comma))
        )
      }
    }
  }

  /// Where persons live, most first.
  var places: [(name: String, count: PersonCount)] {
    (result.persons?.byResidence ?? [:]).sorted {
      $0.value.likely == $1.value.likely
        ? ResultEncoder.precedes($0.key, $1.key) : $0.value.likely > $1.value.likely
    }
    .map { (say(Names.place($0.key)), $0.value) }
  }

  /// How old persons are, in rising order, behind those below the ages that laws name; empty when no
  /// age is known.
  var ages: [(name: String, count: PersonCount)] {
    let bands = result.persons?.byAge ?? [:]
    guard bands.contains(where: { $0.key != AgeBand.unknown }) else { return [] }
    let young = [16, 18].map { ($0, AgeBand.count(below: $0, bands)) }.filter { $0.1 != .zero }
    return young.map { (say(Messages.below(age: $0.0)), $0.1) }
      + bands.sorted { $0.key < $1.key }.map { (say(Names.age($0.key)), $0.value) }
  }

  /// The heading of ages, with the day on which they were reckoned.
  var agesHeading: LocalizedText { Messages.agesHeading(result.persons?.agesOn) }

  /// The leaves with findings: those with the most persons first, then with the most findings.
  var filesWithFindings: [FileResult] {
    func total(_ file: FileResult) -> Int { file.findings.values.reduce(0, +) }
    return result.files.filter { !$0.findings.isEmpty }.sorted { left, right in
      if left.persons != right.persons { return left.persons > right.persons }
      let (leftTotal, rightTotal) = (total(left), total(right))
      if leftTotal != rightTotal { return leftTotal > rightTotal }
      return ResultEncoder.precedes(left.path, right.path)
    }
  }

  /// What a leaf holds, type by type.
  func counts(in file: FileResult) -> String {
    DataType.allCases.compactMap { type in
      file.findings[type].map { "\(name(type)) \(group($0))" }
    }
    .joined(separator: say(Messages.comma))
  }

  /// Everything in one line.
  var summary: String {
    let state =
      isIncomplete
      ? result.coverage.gaps.isEmpty
        ? say(Messages.unfinishedShort)
        : say(
          Messages.quietIncomplete(
            gaps: result.coverage.gaps.count,
            bytes: size(of: result.coverage.gaps)
          )
        )
      : say(Messages.quietComplete)
    let persons = result.persons.map {
      $0.count.low == $0.count.high
        ? group($0.count.likely) : "\(group($0.count.likely)) (\(range($0.count)))"
    }
    let summary = Messages.quiet(
      state: state,
      persons: persons ?? say(Messages.notCounted),
      duties: lawDuties.count,
      firstDue: lawDuties.first?.due,
      questions: decisions.count
    )
    let empty = result.findings.isEmpty ? ", " + say(Messages.noFinding) : ""
    return say(summary) + empty
  }
}

extension LocalizedText {
  /// Adds a sentence that is not there yet.
  fileprivate mutating func extend(by other: LocalizedText) {
    if !ja.contains(other.ja) { ja += other.ja }
    if !en.contains(other.en) { en += " " + other.en }
  }
}
