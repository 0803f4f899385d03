internal import BreachModel
internal import BreachReports

/// What a store says of one person, without any value.
struct InquiryAnswer {
  struct Item {
    var type: DataType
    /// It stands in a record that primary evidence gives to the person; else it is likely.
    private(set) var isCertain = false
    private(set) var files: [String] = []
    private(set) var places: [String] = []
    /// Records come in source order, so what was there before is last.
    init(_ type: DataType) { self.type = type }

    mutating func add(_ record: StoredRecord, isCertain: Bool) {
      self.isCertain = self.isCertain || isCertain
      if files.last != record.path { files.append(record.path) }
      if places.last != record.place { places.append(record.place) }
    }
  }

  struct Person {
    /// Nil for what is counted as no person: a company, a role's mailbox, sample data.
    var number: Int?
    /// All values that were asked for stand in one record.
    var isCertain: Bool
    var records: Int
    var items: [Item]
  }

  var persons: [Person] = []
  /// What the store has not read.
  private let gaps: Int
  private let isComplete: Bool

  init(_ result: ScanResult) {
    gaps = result.coverage.gaps.count
    isComplete = result.run.complete && result.coverage.gaps.isEmpty
  }

  /// Found, not found, or not found in what was read.
  var exitCode: Int32 { persons.isEmpty ? isComplete ? 1 : ExitCode.incomplete : ExitCode.done }

  var json: String {
    let persons = persons.map { person -> JSONValue in
      .object([
        ("person", .string(orNull: person.number.map(personID))),
        ("confidence", .string(person.isCertain ? "certain" : "likely")),
        ("records", .integer(person.records)),
        (
          "items",
          .array(
            person.items.map { item in
              .object([
                ("type", .string(item.type.id)),
                ("confidence", .string(item.isCertain ? "certain" : "likely")),
                ("files", .strings(item.files)),
                ("places", .strings(item.places)),
              ])
            }
          )
        ),
      ])
    }
    let answer = JSONValue.object([
      ("schema", .string("breachscope.lookup/1")),
      ("found", .bool(!self.persons.isEmpty)),
      ("complete", .bool(isComplete)),
      ("gaps", .integer(gaps)),
      ("persons", .array(persons)),
    ])
    return String(decoding: JSONWriter.bytes(answer), as: UTF8.self)
  }

  func text(_ language: ReportLanguage) -> String {
    func say(_ text: LocalizedText) -> String { language == .ja ? text.ja : text.en }
    var lines: [String] = []
    if persons.isEmpty {
      lines.append(say(Messages.lookupNothing))
    } else if persons.count > 1 {
      lines.append(say(Messages.lookupSeveral(persons.count)))
    }
    for person in persons {
      lines.append(
        say(
          Messages.lookupFound(
            person.number.map(personID),
            records: person.records,
            isCertain: person.isCertain
          )
        )
      )
      for item in person.items {
        let level = say(item.isCertain ? Messages.lookupCertain : Messages.lookupLikely)
        let shown = item.places.prefix(5).joined(separator: ", ")
        let more = item.places.count - 5
        let rest = more > 0 ? " " + say(Messages.more(more)) : ""
        lines.append("  \(say(Names.type(item.type))) (\(level)): \(shown)\(rest)")
      }
    }
    if !isComplete { lines.append(say(Messages.lookupUnread(gaps))) }
    return lines.map(displaySafe).joined(separator: "\n")
  }
}
