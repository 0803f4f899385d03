internal import BreachModel
internal import BreachReports

/// What `diff` prints: numbers, types and paths, never a value.
struct DifferencePage {
  private let difference: Difference
  private let old: ScanResult
  private let new: ScanResult
  private let files: FileDifference
  private let ages: AgeDifference
  private let paths: (old: String, new: String)
  private let limit: Int

  init(
    _ difference: Difference,
    old: ScanResult,
    new: ScanResult,
    files: FileDifference,
    paths: (old: String, new: String),
    limit: Int
  ) {
    self.difference = difference
    self.old = old
    self.new = new
    self.files = files
    ages = AgeDifference(difference, old: old.persons, new: new.persons)
    self.paths = paths
    self.limit = limit
  }

  /// Both stores have read everything.
  var isComplete: Bool { Self.isComplete(old) && Self.isComplete(new) }

  private static func isComplete(_ result: ScanResult) -> Bool {
    result.run.complete && result.coverage.gaps.isEmpty
  }

  func bytes(_ format: ReportFormat, _ options: ReportOptions) -> [UInt8] {
    switch format {
    case .json: json
    case .html: Array(sheet(options.language).html(options.language).utf8)
    case .markdown: Array(sheet(options.language).markdown.utf8)
    default:
      Array(
        (options.quiet ? line(options.language) : sheet(options.language).text(options)).utf8
      )
    }
  }

  // MARK: what is different

  private typealias Findings = (type: DataType, old: TypeFindings, new: TypeFindings)

  private var findings: [Findings] {
    DataType.allCases.compactMap { type in
      let (before, after) = (
        old.findings[type] ?? TypeFindings(), new.findings[type] ?? TypeFindings()
      )
      let isSame = before.count == after.count && before.distinct == after.distinct
      return isSame ? nil : (type, before, after)
    }
  }

  private var closed: [Gap] { Self.missing(old.coverage.gaps, in: new.coverage.gaps) }
  private var opened: [Gap] { Self.missing(new.coverage.gaps, in: old.coverage.gaps) }

  private static func missing(_ gaps: [Gap], in others: [Gap]) -> [Gap] {
    let known = Set(others)
    return gaps.filter { !known.contains($0) }
  }

  /// Types of which something is different for somebody.
  private var types: [DataType] {
    DataType.allCases.filter {
      difference.more[$0] != nil || difference.fewer[$0] != nil || difference.other[$0] != nil
        || count(old, $0) != count(new, $0)
    }
  }

  private func count(_ result: ScanResult, _ type: DataType) -> PersonCount {
    result.persons?.byType[type] ?? .zero
  }

  /// Nobody is new, gone or changed, and nothing else is either.
  private var isNone: Bool {
    difference.new.isEmpty && difference.gone.isEmpty && difference.changed.isEmpty
      && findings.isEmpty && closed.isEmpty && opened.isEmpty && files.new.isEmpty
      && files.gone.isEmpty && files.changed.isEmpty
      && old.persons?.count == new.persons?.count
  }

  private var newCount: Int { difference.new.reduce(0) { $0 + $1.new.count } }
  private var goneCount: Int { difference.gone.reduce(0) { $0 + $1.old.count } }

  // MARK: JSON

  private var json: [UInt8] {
    let head = JSONValue.object([
      ("schema", .string("breachscope.diff/1")),
      ("equal", .bool(isNone)),
      ("old", side(paths.old, old)),
      ("new", side(paths.new, new)),
      (
        "persons",
        .object([
          ("new", .integer(newCount)),
          ("gone", .integer(goneCount)),
          ("changed", .integer(difference.changed.count)),
          ("unchanged", .integer(difference.unchanged)),
        ])
      ),
      (
        "by_type",
        .object(
          types.map { type in
            (
              type.id,
              JSONValue.object([
                ("old", range(count(old, type))),
                ("new", range(count(new, type))),
                ("more", .integer(difference.more[type] ?? 0)),
                ("fewer", .integer(difference.fewer[type] ?? 0)),
                ("other_values", .integer(difference.other[type] ?? 0)),
              ])
            )
          }
        )
      ),
      (
        "by_age",
        .object([
          ("on", .object([("old", json(ages.days.old)), ("new", json(ages.days.new))])),
          ("below", json(ages.below)), ("bands", json(ages.bands)),
        ])
      ),
      (
        "findings",
        .object(
          findings.map { type, before, after in
            (
              type.id,
              JSONValue.object([
                ("old", .integer(before.count)),
                ("new", .integer(after.count)),
                ("old_distinct", .integer(before.distinct)),
                ("new_distinct", .integer(after.distinct)),
              ])
            )
          }
        )
      ),
      (
        "files",
        .object([
          ("new", .strings(files.new)),
          ("gone", .strings(files.gone)),
          ("changed", .strings(files.changed)),
        ])
      ),
      ("gaps", .object([("closed", json(closed)), ("opened", json(opened))])),
    ])
    // The list is written piece by piece: it may have as many entries as there are persons.
    var bytes = JSONWriter.bytes(head)
    bytes.removeLast()
    bytes += Array(",\"list\":[".utf8)
    var isFirst = true
    let lists = [
      ("new", difference.new), ("gone", difference.gone), ("changed", difference.changed),
    ]
    for (change, persons) in lists {
      for person in persons {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        JSONWriter.append(json(person, change), to: &bytes)
      }
    }
    return bytes + Array("]}\n".utf8)
  }

  private func side(_ path: String, _ result: ScanResult) -> JSONValue {
    .object([
      ("path", .string(path)),
      ("complete", .bool(Self.isComplete(result))),
      ("persons", range(result.persons?.count ?? .zero)),
    ])
  }

  private func range(_ count: PersonCount) -> JSONValue {
    .object([
      ("low", .integer(count.low)), ("likely", .integer(count.likely)),
      ("high", .integer(count.high)),
    ])
  }

  private func json(_ days: Period?) -> JSONValue {
    guard let days else { return .null }
    return .object([("from", .string("\(days.from)")), ("to", .string("\(days.to)"))])
  }

  private func json(_ ages: [AgeDifference.Row]) -> JSONValue {
    .object(
      ages.map { row in
        (
          row.code,
          JSONValue.object([
            ("old", range(row.old)), ("new", range(row.new)),
            ("more", .integer(row.more)), ("fewer", .integer(row.fewer)),
          ])
        )
      }
    )
  }

  private func json(_ gaps: [Gap]) -> JSONValue {
    .array(
      gaps.map {
        .object([
          ("path", .string($0.path)), ("reason", .string($0.reason.rawValue)),
          ("bytes", .integer(orNull: $0.bytes)),
        ])
      }
    )
  }

  private func json(_ person: Difference.Person, _ change: String) -> JSONValue {
    .object([
      ("change", .string(change)),
      ("old", .strings(person.old.map(personID))),
      ("new", .strings(person.new.map(personID))),
      ("gained", .strings(person.gained.types.map(\.id))),
      ("lost", .strings(person.lost.types.map(\.id))),
      ("other_values", .strings(person.altered.types.map(\.id))),
    ])
  }

  // MARK: for people

  private func line(_ language: ReportLanguage) -> String {
    let sheet = Words(language)
    return sheet.counts(self) + "\n"
  }

  private func sheet(_ language: ReportLanguage) -> Sheet {
    let words = Words(language)
    func say(_ ja: String, _ en: String) -> String { language == .ja ? ja : en }
    var sheet = Sheet(say("変化: ", "What changed: ") + "\(paths.old) → \(paths.new)")
    sheet.line(words.counts(self))
    if isNone {
      sheet.line(
        ages.bands.isEmpty
          ? say("違いはありません。", "There is no difference.")
          : say("違いは年齢の基準日だけです。", "Nothing but the day of the ages is different.")
      )
    }
    for (path, result) in [(paths.old, old), (paths.new, new)] where !Self.isComplete(result) {
      sheet.line(
        say(
          "\(path) には読めなかった部分があります。そこにいる人は比べられていません。",
          "\(path) has parts that were not read; whoever is in them is not compared."
        ),
        isAlarm: true
      )
    }
    typeTable(&sheet, say, words)
    ageTable(&sheet, say, words)
    let names = say("項目", "items")
    personTable(
      &sheet,
      say("新たな本人", "New persons") + " (\(group(newCount)))",
      [.words(say("本人", "person")), .words(names)],
      difference.new,
      words
    ) { [words.persons($0.new), words.types($0.newTypes)] }
    personTable(
      &sheet,
      say("なくなった本人", "Persons that are gone") + " (\(group(goneCount)))",
      [.words(say("本人", "person")), .words(names)],
      difference.gone,
      words
    ) { [words.persons($0.old), words.types($0.oldTypes)] }
    personTable(
      &sheet,
      say("変わった本人", "Persons that changed") + " (\(group(difference.changed.count)))",
      [
        .words(say("前", "before")), .words(say("後", "after")), .words(say("増えた項目", "gained")),
        .words(say("減った項目", "lost")), .words(say("値が違う項目", "other values")),
      ],
      difference.changed,
      words
    ) {
      [
        words.persons($0.old), words.persons($0.new), words.types($0.gained),
        words.types($0.lost), words.types($0.altered),
      ]
    }
    evidenceTables(&sheet, say, words)
    return sheet
  }

  private func typeTable(_ sheet: inout Sheet, _ say: (String, String) -> String, _ words: Words) {
    if types.isEmpty { return }
    sheet.heading(say("項目ごとの人数", "Persons by item"))
    sheet.table(
      [
        .words(say("項目", "item")), .numbers(say("前", "before")), .numbers(say("後", "after")),
        .numbers(say("増", "more")), .numbers(say("減", "fewer")),
        .numbers(say("値が違う", "other values")),
      ],
      types.map { type in
        [
          words.name(type), words.range(count(old, type)), words.range(count(new, type)),
          group(difference.more[type] ?? 0), group(difference.fewer[type] ?? 0),
          group(difference.other[type] ?? 0),
        ]
      }
    )
  }

  private func ageTable(_ sheet: inout Sheet, _ say: (String, String) -> String, _ words: Words) {
    let rows = ages.below + ages.bands
    if rows.isEmpty { return }
    sheet.heading(words.say(ages.heading))
    sheet.table(
      [
        .words(words.say(Messages.ageColumn)), .numbers(say("前", "before")),
        .numbers(say("後", "after")), .numbers(say("新たな本人", "new persons")),
        .numbers(say("なくなった本人", "gone")),
      ],
      rows.map {
        [
          words.say($0.name), words.range($0.old), words.range($0.new), group($0.more),
          group($0.fewer),
        ]
      }
    )
  }

  private func personTable(
    _ sheet: inout Sheet,
    _ title: String,
    _ columns: [TextTable.Column],
    _ persons: [Difference.Person],
    _ words: Words,
    _ row: (Difference.Person) -> [String]
  ) {
    if persons.isEmpty { return }
    sheet.heading(title)
    sheet.table(columns, persons.prefix(limit).map(row))
    if persons.count > limit { sheet.line(words.more(persons.count - limit)) }
  }

  private func evidenceTables(
    _ sheet: inout Sheet,
    _ say: (String, String) -> String,
    _ words: Words
  ) {
    if !findings.isEmpty {
      sheet.heading(say("検出数", "Findings"))
      sheet.table(
        [
          .words(say("項目", "item")), .numbers(say("前", "before")), .numbers(say("後", "after")),
          .numbers(say("異なる値(前)", "distinct before")),
          .numbers(say("異なる値(後)", "distinct after")),
        ],
        findings.map {
          [
            words.name($0.type), group($0.old.count), group($0.new.count),
            group($0.old.distinct), group($0.new.distinct),
          ]
        }
      )
    }
    let changes = [
      (say("新規", "new"), files.new), (say("消滅", "gone"), files.gone),
      (say("変更", "changed"), files.changed),
    ]
    let rows = changes.flatMap { change, paths in paths.map { [change, $0] } }
    if !rows.isEmpty {
      sheet.heading(say("ファイル", "Files"))
      sheet.table(
        [.words(say("変化", "change")), .words(say("パス", "path"))],
        Array(rows.prefix(limit))
      )
      if rows.count > limit { sheet.line(words.more(rows.count - limit)) }
    }
    let gaps =
      closed.map { [say("解消", "closed"), $0.path, $0.reason.rawValue] }
      + opened.map { [say("新規", "new"), $0.path, $0.reason.rawValue] }
    if !gaps.isEmpty {
      sheet.heading(say("読めなかった部分", "What was not read"))
      sheet.table(
        [
          .words(say("変化", "change")), .words(say("パス", "path")),
          .words(say("理由", "reason")),
        ],
        Array(gaps.prefix(limit))
      )
      if gaps.count > limit { sheet.line(words.more(gaps.count - limit)) }
    }
  }

  /// Numbers and lists in a language.
  private struct Words {
    let language: ReportLanguage

    init(_ language: ReportLanguage) { self.language = language }

    func counts(_ page: DifferencePage) -> String {
      let (before, after) = (range(page.old.persons?.count), range(page.new.persons?.count))
      let (new, gone) = (group(page.newCount), group(page.goneCount))
      let changed = group(page.difference.changed.count)
      let unchanged = group(page.difference.unchanged)
      return language == .ja
        ? "本人 \(before) → \(after)。新たに\(new)人、なくなった\(gone)人、"
          + "内容が変わった\(changed)人、変わらない\(unchanged)人"
        : "persons \(before) → \(after): \(new) new, \(gone) gone, \(changed) changed, "
          + "\(unchanged) unchanged"
    }

    func range(_ count: PersonCount?) -> String {
      guard let count else { return "–" }
      return count.low == count.high
        ? group(count.likely)
        : "\(group(count.likely)) (\(group(count.low))-\(group(count.high)))"
    }

    func say(_ text: LocalizedText) -> String { language == .ja ? text.ja : text.en }

    func name(_ type: DataType) -> String { say(Names.type(type)) }

    func types(_ types: TypeSet) -> String {
      types.isEmpty ? "–" : types.types.map(name).joined(separator: language == .ja ? "、" : ", ")
    }

    func persons(_ numbers: [Int]) -> String {
      numbers.isEmpty ? "–" : numbers.map(personID).joined(separator: ", ")
    }

    func more(_ count: Int) -> String {
      language == .ja
        ? "ほか\(group(count))件(--limit で増やせます。JSON にはすべてあります)"
        : "and \(group(count)) more (--limit shows more, JSON has all)"
    }
  }
}
