internal import BreachModel
internal import BreachPersons
internal import BreachReports

/// What `persons` prints: places, types and rules, never a value.
struct PersonsPage {
  private let language: ReportLanguage
  private let asJSON: Bool

  init(_ language: ReportLanguage, asJSON: Bool) {
    self.language = language
    self.asJSON = asJSON
  }

  private func say(ja: String, en: String) -> String { language == .ja ? ja : en }

  private func page(_ text: [String], _ members: [(String, JSONValue)]) -> String {
    if asJSON {
      let value = JSONValue.object([("schema", .string("breachscope.persons/1"))] + members)
      return String(decoding: JSONWriter.bytes(value), as: UTF8.self)
    }
    return text.map(displaySafe).joined(separator: "\n")
  }

  // MARK: pages

  func list(_ persons: [(number: Int, records: [StoredRecord])], of total: Int) -> String {
    var text = persons.map { person in
      let places = person.records.map(\.place)
      let more =
        places.count > 3
        ? say(ja: " ほか\(places.count - 3)件", en: " and \(places.count - 3) more") : ""
      return "\(personID(person.number))  \(names(types(person.records)))  "
        + places.prefix(3).joined(separator: ", ") + more
    }
    if persons.count < total {
      let rest = total - persons.count
      text.append(
        say(
          ja: "ほか\(rest)人(--limit で増やせます。--id で1人ずつ見られます)",
          en: "and \(count(rest, "more person")) (--limit shows more, --id one of them)"
        )
      )
    }
    return page(
      text,
      [
        ("total", .integer(total)),
        (
          "persons",
          .array(
            persons.map {
              .object([
                ("person", .string(personID($0.number))),
                ("types", .strings(types($0.records).map(\.id))),
                ("records", .array($0.records.map(json))),
              ])
            }
          )
        ),
      ]
    )
  }

  func person(_ number: Int?, _ records: [StoredRecord], _ links: [Link]) -> String {
    let name =
      number.map(personID)
      ?? say(ja: "本人として数えていない記録", en: "records of no person that was counted")
    var text = [
      say(ja: "\(name): 記録\(records.count)件", en: "\(name): \(count(records.count, "record"))")
    ]
    text += records.map { "  \($0.id)  \($0.place)  \(names($0.shape.types.types))" }
    if !links.isEmpty { text.append(say(ja: "名寄せの根拠:", en: "Joined by:")) }
    text += links.map { "  " + line($0) }
    return page(
      text,
      [
        ("person", .string(orNull: number.map(personID))),
        ("records", .array(records.map(json))),
        ("links", .array(links.map { json($0) })),
      ]
    )
  }

  func same(_ chain: [Link]) -> String {
    var text = [say(ja: "同一人物として数えています。", en: "Counted as one person.")]
    text += chain.map { "  " + line($0) }
    return page(text, [("same", .bool(true)), ("links", .array(chain.map { json($0) }))])
  }

  func different(_ apart: [Link], _ low: [Link]) -> String {
    var text = [say(ja: "別人として数えています。", en: "Counted as two persons.")]
    if !low.isEmpty {
      text.append(
        say(ja: "最小の人数でだけ1人とする根拠:", en: "What makes them one in the lowest count only:")
      )
      text += low.map { "  " + line($0) }
    }
    if !apart.isEmpty {
      text.append(
        say(ja: "共通点はあるが、食い違いのため分けたもの:", en: "Shared, but kept apart by a conflict:")
      )
      text += apart.map { "  " + line($0) }
    }
    if low.isEmpty && apart.isEmpty {
      text.append(
        say(ja: "名寄せの規則が求める共通点がありません。", en: "They share nothing that a rule asks for.")
      )
    }
    return page(
      text,
      [
        ("same", .bool(false)),
        ("kept_apart", .array(apart.map { json($0) })),
        ("low_only", .array(low.map { json($0) })),
      ]
    )
  }

  func uncertain(_ links: [(person: Int?, link: Link)], of total: Int) -> String {
    var text = [
      say(
        ja: "推定で1人とした名寄せ\(total)件(疑わしい順):",
        en: "\(count(total, "merge")) likely, not proven; the worst first:"
      )
    ]
    if total == 0 {
      text = [say(ja: "推定だけの名寄せはありません。", en: "No merge is likely only: all are proven.")]
    }
    text += links.map { "  \($0.person.map(personID) ?? "–")  " + line($0.link) }
    if links.count < total {
      text.append(
        say(
          ja: "ほか\(total - links.count)件(--limit)",
          en: "and \(total - links.count) more (--limit)"
        )
      )
    }
    return page(
      text,
      [
        ("total", .integer(total)),
        ("merges", .array(links.map { json($0.link, person: $0.person) })),
      ]
    )
  }

  func decided(_ number: Int, _ before: PersonCount?, _ after: PersonCount?) -> String {
    let kept = count(number, "decision")
    func range(_ count: PersonCount?) -> String {
      count.map { "\($0.likely) (\($0.low)-\($0.high))" } ?? "–"
    }
    return page(
      [
        say(
          ja: "判断\(number)件を記録しました。本人の数 \(range(before)) → \(range(after))",
          en: "\(kept) kept; persons \(range(before)) -> \(range(after))"
        ),
        say(
          ja: "事案の事実をふまえた判定は `breachscope assess` でやり直してください。",
          en: "Judge again with the facts of the incident: `breachscope assess`.",
        ),
      ],
      [
        ("decisions", .integer(number)),
        ("before", .integer(orNull: before?.likely)),
        ("after", .integer(orNull: after?.likely)),
      ]
    )
  }

  // MARK: parts

  private func types(_ records: [StoredRecord]) -> [DataType] {
    records.reduce(TypeSet(rawValue: 0)) { $0.union($1.shape.types) }.types
  }

  private func names(_ types: [DataType]) -> String {
    types.map { say(ja: Names.type($0).ja, en: Names.type($0).en) }
      .joined(separator: say(ja: "・", en: ", "))
  }

  /// One line: R3 (a.csv:2) – R9 (b.csv:4): rule email (likely); same: …; different: ….
  private func line(_ link: Link) -> String {
    var text = "\(link.first.id) (\(link.first.place)) – \(link.second.id) (\(link.second.place)): "
    text += rule(link)
    if !link.shared.isEmpty { text += say(ja: "。一致: ", en: "; same: ") + names(link.shared) }
    if !link.different.isEmpty {
      text += say(ja: "。相違: ", en: "; different: ") + names(link.different)
    }
    return text
  }

  private func rule(_ link: Link) -> String {
    switch (link.rule, link.strength) {
    case ("equal_rows", _): say(ja: "まったく同じ行", en: "equal rows")
    case ("decision", _): say(ja: "人の判断", en: "a decision")
    case ("contact_only", _): say(ja: "連絡先だけの記録", en: "a contact and nothing else")
    case ("name_only", _): say(ja: "氏名だけの記録", en: "a name and nothing else")
    case (let id, .primary): say(ja: "規則 \(id)(確実)", en: "rule \(id) (certain)")
    case (let id, .secondary): say(ja: "規則 \(id)(推定)", en: "rule \(id) (likely)")
    case (let id, _): say(ja: "規則 \(id)(弱い)", en: "rule \(id) (weak)")
    }
  }

  private func json(_ record: StoredRecord) -> JSONValue {
    .object([
      ("record", .string(record.id)),
      ("path", .string(record.path)),
      ("line", .integer(orNull: record.line)),
      ("types", .strings(record.shape.types.types.map(\.id))),
    ])
  }

  private func json(_ link: Link, person: Int?? = nil) -> JSONValue {
    let of = person.map { [("person", JSONValue.string(orNull: $0.map(personID)))] } ?? []
    return .object(
      of + [
        ("first", json(link.first)),
        ("second", json(link.second)),
        ("rule", .string(link.rule)),
        ("strength", .string(orNull: link.strength?.rawValue)),
        ("same", .strings(link.shared.map(\.id))),
        ("different", .strings(link.different.map(\.id))),
      ]
    )
  }
}
