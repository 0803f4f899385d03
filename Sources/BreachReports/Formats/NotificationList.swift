internal import BreachBytes
package import BreachModel

/// By what a person can be told.
package enum Reach: Sendable, CaseIterable {
  case email, post, phone, none
}

/// What a list says of one person besides the data: why somebody should look before a letter goes out.
package enum PersonDoubt: Sendable, Hashable {
  /// None of the person's values is in the data any more.
  case lost
  /// Some are not.
  case partlyLost
  /// So many of the person's records are the person's likely, not proven.
  case unproven(Int, of: Int)
  /// So many of its records are sample data.
  case sample(Int)
  case severalNames
  case severalAddresses
  /// Weak evidence takes these persons, P000123, for the same one.
  case double([String])
}

/// A person as a list shows it: in clear.
package struct NotifiedPerson: Sendable {
  /// P000123.
  package var id = ""
  package var name = ""
  package var kana = ""
  package var reach = Reach.none
  package var email = ""
  package var phone = ""
  package var postalCode = ""
  package var address = ""
  /// Further names, mailboxes, numbers and addresses, the best first.
  package var others: [String] = []
  package var types = TypeSet(rawValue: 0)
  /// Empty when nothing tells.
  package var personClass = ""
  package var files: [(path: String, records: Int)] = []
  package var doubts: [PersonDoubt] = []

  /// Nobody yet.
  package init() {}
}

/// What a list comes to: no value of anybody.
package struct NotificationSummary: Sendable {
  /// Persons by how they can be reached.
  package var reach: [Reach: Int] = [:]
  /// Persons none of whose values were found again.
  package var lost = 0
  /// Persons with a doubt of any kind.
  package var doubtful = 0
  /// Files that are not as they were, and files that are not there.
  package var changed: [String] = []
  package var missing: [String] = []
  /// Characters that the table's charset does not have, by their numbers, and whose rows have them.
  package var notWritten = ""
  package var notWrittenRows: [String] = []

  /// Nobody yet.
  package init() {}

  package var persons: Int { reach.values.reduce(0, +) }

  /// Label and text of each line.
  private func lines(_ language: ReportLanguage) -> [(String, TableRow.Cell)] {
    func say(_ text: LocalizedText) -> String { language == .ja ? text.ja : text.en }
    var lines: [(String, TableRow.Cell)] = [
      (say(Messages.personsLabel), .number(persons))
    ]
    for way in Reach.allCases { lines.append((say(Messages.reach(way)), .number(reach[way] ?? 0))) }
    if reach[.none, default: 0] > 0 {
      lines.append(("", .text(say(Messages.substituteMeasures))))
    }
    lines.append((say(Messages.lookAt), .number(doubtful)))
    lines.append((say(Messages.lostPersons), .number(lost)))
    for path in changed { lines.append((say(Messages.changedFile), .text(path))) }
    for path in missing { lines.append((say(Messages.missingFile), .text(path))) }
    if !notWritten.isEmpty {
      let rows = notWrittenRows.joined(separator: " ")
      lines.append((say(Messages.notWritten("cp932")), .text("\(notWritten) (\(rows))")))
    }
    return lines
  }

  /// The lines as text, or one line when that is asked for; labels and numbers, no value.
  package func text(_ options: ReportOptions) -> String {
    if options.quiet {
      func say(_ text: LocalizedText) -> String { options.language == .ja ? text.ja : text.en }
      let ways = Reach.allCases.map { "\(say(Messages.reach($0))) \(group(reach[$0] ?? 0))" }
      return say(Messages.personsLabel) + " \(group(persons)): "
        + ways.joined(separator: say(Messages.comma))
    }
    let lines = lines(options.language).map { label, cell -> (String, String) in
      switch cell {
      case .number(let number): (label, number.map(group) ?? "")
      case .text(let text): (label, displaySafe(text))
      }
    }
    let width = lines.map { DisplayWidth.of($0.0) }.max() ?? 0
    return lines.map { label, text in
      "  " + label + String(repeating: " ", count: width - DisplayWidth.of(label)) + "  " + text
    }.joined(separator: "\n")
  }

  fileprivate func rows(_ language: ReportLanguage) -> [[TableRow.Cell]] {
    lines(language).map { [.text($0.0), $0.1] }
  }
}

/// The list of those who are to be notified, for spreadsheets; values are in clear.
package struct NotificationList {
  private let language: ReportLanguage

  /// A list with its words in one language.
  package init(_ language: ReportLanguage) { self.language = language }

  private func say(_ text: LocalizedText) -> String { language == .ja ? text.ja : text.en }

  private static let columns: [(title: LocalizedText, width: Int)] = [
    (Messages.personNumber, 11), (Names.type(.personName), 20),
    (Names.type(.personNameKana), 20), (Messages.reachedBy, 11),
    (Names.type(.emailAddress), 30), (Names.type(.phoneNumber), 16),
    (Names.type(.postalCode), 11), (Names.type(.address), 48), (Messages.furtherContacts, 40),
    (Messages.leakedItems, 48), (Messages.personClass, 14), (Messages.sources, 40),
    (Messages.doubts, 40),
  ]

  private func cells(_ person: NotifiedPerson) -> [String] {
    [
      person.id, person.name, person.kana, say(Messages.reach(person.reach)), person.email,
      person.phone, person.postalCode, person.address, person.others.joined(separator: " | "),
      person.types.types.map { say(Names.type($0)) }.joined(separator: say(Messages.comma)),
      person.personClass.isEmpty ? "" : say(Names.personClass(person.personClass)),
      person.files.map { "\($0.path) (\($0.records))" }.joined(separator: " | "),
      person.doubts.map { say(Messages.doubt($0)) }.joined(separator: " | "),
    ]
  }

  /// One table; `forEach` hands over the persons.
  ///
  /// - Returns: the summary, with what the charset could not write.
  package func csv<Sink: ByteSink>(
    _ summary: NotificationSummary,
    charset: ReportCharset?,
    into sink: inout Sink,
    _ forEach: ((NotifiedPerson) throws(Sink.Failure) -> Void) throws(Sink.Failure) -> Void
  ) throws(Sink.Failure) -> NotificationSummary {
    var summary = summary
    var writer = CSVWriter(charset: charset)
    writer.append(Self.columns.map { say($0.title) })
    try forEach { (person) throws(Sink.Failure) in
      let before = writer.replaced
      writer.append(cells(person).map(\.markedNumber))
      if writer.replaced > before, summary.notWrittenRows.count < 20 {
        summary.notWrittenRows.append(person.id)
      }
      try sink.drain(&writer.bytes)
    }
    try sink.drain(&writer.bytes, above: 0)
    summary.notWritten = writer.missingNames(100)
    return summary
  }

  /// A workbook: the persons, and the summary behind them.
  package func workbook<Sink: ByteSink>(
    _ summary: NotificationSummary,
    into sink: inout Sink,
    _ forEach: ((NotifiedPerson) throws(Sink.Failure) -> Void) throws(Sink.Failure) -> Void
  ) throws(Sink.Failure) {
    guard let zip = ZipWriter() else { fatalError("no memory for a workbook") }
    let titles = [say(Messages.notificationSheet), say(Messages.summarySection)]
    for (name, text) in WorkbookXML.frame(titles) {
      zip.begin(name)
      zip.write(Array(text.utf8))
    }
    zip.begin("xl/worksheets/sheet1.xml")
    var sheet = WorkbookSheet(widths: Self.columns.map(\.width))
    sheet.begin(Self.columns.map { say($0.title) }, isFirst: true)
    try forEach { (person) throws(Sink.Failure) in
      sheet.append(cells(person).map { .text($0) })
      guard sheet.bytes.count > 1 << 16 else { return }
      zip.write(sheet.take())
      try sink.append(zip.take())
    }
    sheet.end(say(Messages.more(sheet.left)))
    zip.write(sheet.take())
    zip.begin("xl/worksheets/sheet2.xml")
    var last = WorkbookSheet(widths: [40, 72])
    last.begin([say(Messages.itemName), say(Messages.number)], isFirst: false)
    for row in summary.rows(language) { last.append(row) }
    last.end("")
    zip.write(last.take())
    guard zip.finish() else { fatalError("a workbook cannot be packed") }
    try sink.append(zip.take())
  }
}

extension String {
  /// With a mark before a number that a spreadsheet would take its zeros from.
  fileprivate var markedNumber: String {
    utf8.first == 0x30 && utf8.allSatisfy { (0x30...0x39).contains($0) } ? "'" + self : self
  }
}
