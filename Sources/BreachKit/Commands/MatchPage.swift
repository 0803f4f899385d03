internal import BreachModel
internal import BreachPersons
internal import BreachReports

/// What `match` prints: places in our own list and in the store, never a value.
struct MatchPage {
  private let matching: Matching
  private let store: ScanResult
  private let list: ScanResult
  private let tables: [Table]
  private let paths: (store: String, lists: [String])
  private let limit: Int

  /// A table of the store with persons of ours.
  private struct Table {
    var path: String
    /// Empty where a leaf has one table, or none.
    var name: String
    var ours: Int
    /// How many persons it has in all; nil where it was not counted by itself.
    var persons: Int?
    /// Its columns with types that our list has, too.
    var columns: [ColumnResult]
    /// The days of its records; nil when no column tells.
    var period: Period?
  }

  init(
    _ matching: Matching,
    store: ScanResult,
    leaves: [Scan.Leaf],
    list: ScanResult,
    paths: (store: String, lists: [String]),
    limit: Int
  ) {
    self.matching = matching
    self.store = store
    self.list = list
    self.paths = paths
    self.limit = limit
    let types = TypeSet(list.files.flatMap(\.columns).filter { !$0.isSetAside }.map(\.type))
    tables = matching.tables.map { table in
      let leaf = leaves[table.place.leaf]
      let reports = leaf.entries.map(\.report.tables).max { $0.count < $1.count } ?? []
      let at = table.place.table - 1
      let name = reports.indices.contains(at) ? reports[at].name : ""
      let file = store.files.first { $0.path == leaf.path }
      let columns = file?.columns ?? []
      let counted = store.persons?.byTable.first { $0.path == leaf.path && $0.name == name }
      return Table(
        path: leaf.path,
        name: name,
        ours: table.count,
        persons: counted?.count.likely,
        columns: table.place.table == 0
          ? []
          : columns.filter { $0.table == name && types.contains($0.type) && !$0.isSetAside },
        period: table.place.table == 0 ? file?.period : file?.period(ofTable: name)
      )
    }
  }

  /// The store and the list were read whole.
  var isComplete: Bool { Self.isComplete(store) && Self.isComplete(list) }

  private static func isComplete(_ result: ScanResult) -> Bool {
    result.run.complete && result.coverage.gaps.isEmpty
  }

  func bytes(_ format: ReportFormat, _ options: ReportOptions) -> [UInt8] {
    switch format {
    case .json: json
    case .csv: csv(options)
    default:
      Array((options.quiet ? headline(options.language) + "\n" : text(options)).utf8)
    }
  }

  private func name(_ level: Matching.Level, _ language: ReportLanguage) -> String {
    switch level {
    case .certain: language == .ja ? "確実" : "certain"
    case .likely: language == .ja ? "推定" : "likely"
    case .weak: language == .ja ? "弱い" : "weak"
    case .none: language == .ja ? "なし" : "none"
    }
  }

  // MARK: JSON

  private var json: [UInt8] {
    let (certain, likely) = (matching.count(.certain), matching.count(.likely))
    let weak = matching.count(.weak)
    let head = JSONValue.object([
      ("schema", .string("breachscope.match/1")),
      ("complete", .bool(isComplete)),
      ("store", .string(paths.store)),
      ("list", .strings(paths.lists)),
      ("persons", .integer(matching.persons.count)),
      (
        "in_store",
        .object([
          ("low", .integer(certain)),
          ("likely", .integer(certain + likely)),
          ("high", .integer(certain + likely + weak)),
        ])
      ),
      ("not_in_store", .integer(matching.count(.none))),
      (
        "tables",
        .array(
          tables.map { table in
            .object([
              ("path", .string(table.path)),
              ("table", .string(table.name)),
              ("ours", .integer(table.ours)),
              ("persons", .integer(orNull: table.persons)),
              ("from", .string(orNull: table.period?.from.description)),
              ("to", .string(orNull: table.period?.to.description)),
              (
                "columns",
                .array(
                  table.columns.map {
                    .object([("name", .string($0.name)), ("type", .string($0.type.id))])
                  }
                )
              ),
            ])
          }
        )
      ),
    ])
    // The list is written piece by piece: it may have as many entries as the list has persons.
    var bytes = JSONWriter.bytes(head)
    bytes.removeLast()
    bytes += Array(",\"matches\":[".utf8)
    for (at, person) in matching.persons.enumerated() {
      if at > 0 { bytes.append(UInt8(ascii: ",")) }
      JSONWriter.append(json(person), to: &bytes)
    }
    return bytes + Array("]}\n".utf8)
  }

  private func json(_ person: Matching.Person) -> JSONValue {
    .object([
      ("level", .string(person.level.rawValue)),
      (
        "rows",
        .array(
          person.records.map {
            .object([("path", .string($0.path)), ("line", .integer(orNull: $0.line))])
          }
        )
      ),
      ("persons", .strings(person.numbers.map(personID))),
      ("items", .strings(person.types.types.map(\.id))),
    ])
  }

  // MARK: CSV

  /// A row for each row of the list that somebody was counted from.
  private func csv(_ options: ReportOptions) -> [UInt8] {
    let language = options.language
    func say(_ ja: String, _ en: String) -> String { language == .ja ? ja : en }
    var writer = CSVWriter(charset: options.tableCharset)
    writer.append([
      say("ファイル", "file"), say("行", "line"), say("照合", "match"), say("本人", "persons"),
      say("漏えい項目", "items"),
    ])
    for person in matching.persons {
      for record in person.records {
        writer.append([
          record.path, record.line.map { String($0) } ?? "", name(person.level, language),
          person.numbers.map(personID).joined(separator: " "), items(person, language),
        ])
      }
    }
    return writer.bytes
  }

  private func items(_ person: Matching.Person, _ language: ReportLanguage) -> String {
    person.types.types.map { language == .ja ? Names.type($0).ja : Names.type($0).en }
      .joined(separator: language == .ja ? "、" : ", ")
  }

  // MARK: for people

  private func headline(_ language: ReportLanguage) -> String {
    let (certain, likely) = (matching.count(.certain), matching.count(.likely))
    let (weak, none) = (matching.count(.weak), matching.count(.none))
    let found = group(certain + likely)
    let range = "\(group(certain))-\(group(certain + likely + weak))"
    return language == .ja
      ? "リストの本人\(group(matching.persons.count))人のうち\(found)人 (\(range)) が含まれています: "
        + "確実\(group(certain))人、推定\(group(likely))人、弱い一致\(group(weak))人、"
        + "なし\(group(none))人"
      : "of \(group(matching.persons.count)) persons in the list \(found) (\(range)) are in the "
        + "store: \(group(certain)) certain, \(group(likely)) likely, "
        + "\(group(weak)) weak; \(group(none)) are not"
  }

  private func text(_ options: ReportOptions) -> String {
    let language = options.language
    func say(_ ja: String, _ en: String) -> String { language == .ja ? ja : en }
    let lists = paths.lists.joined(separator: ", ")
    var sheet = Sheet(say("照合: ", "Match: ") + "\(lists) → \(paths.store)")
    sheet.line(headline(language))
    for (path, result) in [(paths.store, store), (lists, list)] where !Self.isComplete(result) {
      sheet.line(
        say(
          "\(path) には読めなかった部分があります。そこにいる人は照合されていません。",
          "\(path) has parts that were not read; whoever is in them is not matched."
        ),
        isAlarm: true
      )
    }
    tableParts(&sheet, say)
    let found = matching.persons.filter { $0.level != .none }
    if !found.isEmpty {
      sheet.heading(say("含まれている本人", "Who is in it"))
      sheet.table(
        [
          .words(say("リストの行", "rows of the list")), .words(say("照合", "match")),
          .words(say("本人", "person")), .words(say("漏えい項目", "items")),
        ],
        found.prefix(limit).map { person in
          [
            places(person, say), name(person.level, language),
            person.numbers.isEmpty ? "–" : person.numbers.map(personID).joined(separator: ", "),
            items(person, language),
          ]
        }
      )
      if found.count > limit {
        sheet.line(
          say(
            "ほか\(group(found.count - limit))人(--limit で増やせます。JSON と CSV にはすべてあります)",
            "and \(group(found.count - limit)) more (--limit shows more, JSON and CSV have all)"
          )
        )
      }
    }
    return sheet.text(options)
  }

  private func places(_ person: Matching.Person, _ say: (String, String) -> String) -> String {
    let more = person.records.count - 3
    let rest = more > 0 ? say(" ほか\(group(more))行", " and \(group(more)) more") : ""
    return person.records.prefix(3).map(\.place).joined(separator: ", ") + rest
  }

  private func tableParts(_ sheet: inout Sheet, _ say: (String, String) -> String) {
    if tables.isEmpty { return }
    sheet.heading(say("どの表に含まれているか", "Where they are"))
    sheet.table(
      [
        .words(say("表", "table")), .numbers(say("リストの本人", "of the list")),
        .numbers(say("表の本人", "persons of the table")), .numbers(say("割合", "share")),
        .words(say("記録の期間", "days of its records")),
        .words(say("共通する列", "columns in common")),
      ],
      tables.prefix(limit).map { table in
        let names = table.columns.map(\.name).joined(separator: ", ")
        return [
          table.name.isEmpty ? table.path : "\(table.path) \(table.name)", group(table.ours),
          table.persons.map(group) ?? "–", share(table),
          table.period.map { "\($0.from)…\($0.to)" } ?? "–", names.isEmpty ? "–" : names,
        ]
      }
    )
    sheet.line(
      say(
        "リストの本人のほとんどがいて、ほかの人が少ない表が、データの出どころの手がかりです。",
        "The table that has nearly all of them, and few others, points to where the data is from."
      )
    )
  }

  /// Of the persons of a table, how many percent are of the list.
  private func share(_ table: Table) -> String {
    guard let all = table.persons, all > 0 else { return "–" }
    return "\(min(100, (table.ours * 100 + all / 2) / all)) %"
  }
}
