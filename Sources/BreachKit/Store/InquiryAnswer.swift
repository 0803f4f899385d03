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
    func say(ja: String, en: String) -> String { language == .ja ? ja : en }
    var lines: [String] = []
    if persons.isEmpty {
      lines.append(say(ja: "見つかりません。", en: "Not found."))
    } else if persons.count > 1 {
      lines.append(
        say(
          ja: "\(persons.count)人が該当します。本人確認をしてください。",
          en: "\(persons.count) persons match; find out which of them is asking."
        )
      )
    }
    for person in persons {
      let sure =
        person.isCertain
        ? say(ja: "確実", en: "certain")
        : say(ja: "推定(別々の記録に分かれています)", en: "likely: the values stand in different records")
      let name =
        person.number.map(personID)
        ?? say(ja: "本人として数えていない記録", en: "records of no person that was counted")
      lines.append(
        say(
          ja: "見つかりました: \(name)、記録\(person.records)件、\(sure)",
          en: "Found: \(name), \(person.records) records, \(sure)"
        )
      )
      for item in person.items {
        let name = Names.type(item.type)
        let level =
          item.isCertain ? say(ja: "確実", en: "certain") : say(ja: "推定", en: "likely")
        let shown = item.places.prefix(5).joined(separator: ", ")
        let more = item.places.count - 5
        let rest = more > 0 ? say(ja: " ほか\(more)件", en: " and \(more) more") : ""
        lines.append("  \(say(ja: name.ja, en: name.en)) (\(level)): \(shown)\(rest)")
      }
    }
    if !isComplete {
      lines.append(
        say(
          ja: "注意: 読めなかった部分が\(gaps)件あります。そこに含まれるかは分かりません。",
          en: "Note: \(gaps) parts were not read; whether the person is in them is not known."
        )
      )
    }
    return lines.map(displaySafe).joined(separator: "\n")
  }
}
