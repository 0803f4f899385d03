package import BreachModel

/// A result as JSON in the promised order of keys; maps are sorted, lists stay as they are.
package enum ResultEncoder {
  /// One member of an object.
  package typealias Member = (key: String, value: JSONValue)

  /// The whole result as one value; for large results `JSONReport` writes file by file.
  package static func value(_ result: ScanResult) -> JSONValue {
    object(members(of: result) + [("files", .array(result.files.map(file)))])
  }

  /// The members of the top level, without `files`.
  package static func members(of result: ScanResult) -> [Member] {
    [
      ("schema", .string(ScanResult.schema)),
      (
        "tool",
        object([
          ("name", .string(result.tool.name)),
          ("version", .string(result.tool.version)),
          ("patterns_sha256", .string(result.tool.patternsSHA256)),
        ])
      ),
      ("run", run(result.run)),
      ("coverage", coverage(result.coverage)),
      ("findings", byType(result.findings, findings)),
      ("persons", result.persons.map(persons) ?? .null),
      ("period", result.period.map(period) ?? .null),
      ("assessment", result.assessment.map(assessment) ?? .null),
    ]
  }

  /// One leaf, as it stands in `files`.
  package static func file(_ file: FileResult) -> JSONValue {
    object([
      ("path", .string(file.path)),
      ("format", .string(file.format)),
      ("encoding", .string(orNull: file.encoding)),
      ("records", .integer(file.records)),
      ("persons", .integer(file.persons)),
      ("findings", byType(file.findings, JSONValue.integer)),
      ("bytes", .integer(file.bytes)),
      (
        "columns",
        .array(
          file.columns.map { column in
            object([
              ("table", .string(column.table)),
              ("name", .string(column.name)),
              ("type", .string(column.type.id)),
              ("values", .integer(column.values)),
              ("expected_by_chance", .number(column.expectedByChance)),
            ])
          }
        )
      ),
      ("remarks", .strings(file.remarks)),
      ("period", file.period.map(period) ?? .null),
      (
        "dates",
        .array(
          file.dates.map { column in
            object(
              [("table", .string(column.table)), ("name", .string(column.name))]
                + periodMembers(column.period)
            )
          }
        )
      ),
      ("also_at", .strings(file.alsoAt)),
    ])
  }

  /// The members of a gap, for the result and for the finding stream.
  package static func gapMembers(_ gap: Gap) -> [Member] {
    [
      ("path", .string(gap.path)),
      ("reason", .string(gap.reason.rawValue)),
      ("bytes", .integer(orNull: gap.bytes)),
      ("message", .string(gap.message)),
    ]
  }

  private static func period(_ period: Period) -> JSONValue { object(periodMembers(period)) }

  private static func periodMembers(_ period: Period) -> [Member] {
    [("from", .string(period.from.description)), ("to", .string(period.to.description))]
  }

  private static func object(_ members: [Member]) -> JSONValue { .object(members) }

  private static func run(_ run: Run) -> JSONValue {
    var members: [Member] = [
      ("started", .string(run.started)),
      ("seconds", .number(run.seconds)),
      ("complete", .bool(run.complete)),
      ("jobs", .integer(run.jobs)),
      (
        "inputs",
        .array(
          run.inputs.map { input in
            object([
              ("path", .string(input.path)),
              ("bytes", .integer(input.bytes)),
              ("sha256", .string(orNull: input.sha256)),
            ])
          }
        )
      ),
    ]
    if let types = run.types { members.append(("types", .strings(types.types.map(\.id)))) }
    return object(members)
  }

  private static func coverage(_ coverage: Coverage) -> JSONValue {
    object([
      ("files", .integer(coverage.files)),
      ("bytes", .integer(coverage.bytes)),
      ("read_bytes", .integer(coverage.readBytes)),
      ("container_bytes", .integer(coverage.containerBytes)),
      ("by_format", byKey(coverage.byFormat, JSONValue.integer)),
      ("not_text", .integer(coverage.notText)),
      ("gaps", .array(coverage.gaps.map { object(gapMembers($0)) })),
      (
        "notes",
        .array(
          coverage.notes.map { note in
            object([
              ("path", .string(note.path)),
              ("kind", .string(note.kind)),
              ("message", .string(note.message)),
            ])
          }
        )
      ),
    ])
  }

  private static func findings(_ found: TypeFindings) -> JSONValue {
    var members: [Member] = [
      ("count", .integer(found.count)),
      ("distinct", .integer(found.distinct)),
      ("files", .integer(found.files)),
      ("sample", .integer(found.sample)),
      ("expected_by_chance", .number(found.expectedByChance)),
      ("certain", .integer(found.certain)),
      ("likely", .integer(found.likely)),
      ("possible", .integer(found.possible)),
    ]
    if !found.subtypes.isEmpty {
      let subtypes = byKey(found.subtypes) { fact in
        object([
          ("certain", .integer(fact.certain)),
          ("likely", .integer(fact.likely)),
          ("possible", .integer(fact.possible)),
          ("sample", .integer(fact.sample)),
        ])
      }
      members.append(("subtypes", subtypes))
    }
    return object(members)
  }

  // MARK: - Persons

  private static func persons(_ persons: PersonsResult) -> JSONValue {
    let funnel = persons.funnel
    return object(
      countMembers(persons.count) + [
        (
          "unread",
          object([
            ("bytes", .integer(persons.unread.bytes)),
            ("could_add", .integer(orNull: persons.unread.couldAdd)),
            ("basis", .string(persons.unread.basis)),
          ])
        ),
        (
          "funnel",
          object([
            ("rows", .integer(funnel.rows)),
            ("after_exact_duplicates", .integer(funnel.afterExactDuplicates)),
            ("entities", .integer(funnel.entities)),
            ("organisations", .integer(funnel.organisations)),
            ("sample", .integer(funnel.sample)),
            ("extra_in_rows", .integer(funnel.extraInRows)),
            ("persons", .integer(funnel.persons)),
          ])
        ),
        ("by_type", byType(persons.byType, count)),
        (
          "by_combination",
          .array(
            persons.byCombination.map {
              object([types("types", $0.types)] + countMembers($0.count))
            }
          )
        ),
        ("by_class", byKey(persons.byClass, count)),
        ("by_class_and_type", byKey(persons.byClassAndType) { byType($0, count) }),
        ("by_table", .array(persons.byTable.map(table))),
        ("by_residence", byKey(persons.byResidence, count)),
        ("residence_hints", byKey(persons.residenceHints, count)),
        ("by_age", byKey(persons.byAge, count)),
        ("ages_on", persons.agesOn.map(period) ?? .null),
        (
          "profiles",
          .array(
            persons.profiles.map {
              object(
                [types("types", $0.types), types("certain", $0.certain)] + countMembers($0.count)
              )
            }
          )
        ),
      ]
    )
  }

  private static func table(_ table: PersonsResult.Table) -> JSONValue {
    object(
      [
        ("path", .string(table.path)), ("table", .string(table.name)),
        ("counted", .bool(table.reason.isCounted)), ("because", .string(table.reason.rawValue)),
      ] + countMembers(table.count)
    )
  }

  private static func types(_ key: String, _ set: TypeSet) -> Member {
    (key, .strings(set.types.map(\.id)))
  }

  private static func count(_ count: PersonCount) -> JSONValue { object(countMembers(count)) }

  private static func countMembers(_ count: PersonCount) -> [Member] {
    [
      ("low", .integer(count.low)),
      ("likely", .integer(count.likely)),
      ("high", .integer(count.high)),
    ]
  }

  // MARK: - Maps

  private static func byType<Value>(
    _ map: [DataType: Value],
    _ encode: (Value) -> JSONValue
  ) -> JSONValue {
    let sorted = map.sorted { $0.key.rawValue < $1.key.rawValue }
    return object(sorted.map { ($0.key.id, encode($0.value)) })
  }

  private static func byKey<Value>(
    _ map: [String: Value],
    _ encode: (Value) -> JSONValue
  ) -> JSONValue {
    object(map.sorted { precedes($0.key, $1.key) }.map { ($0.key, encode($0.value)) })
  }

  /// The order of the bytes, the same on every machine.
  static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}

// MARK: - Assessment

extension ResultEncoder {
  private static func assessment(_ assessment: Assessment) -> JSONValue {
    object([
      ("packs", .array(assessment.packs.map(pack))),
      (
        "not_applied",
        .array(
          assessment.notApplied.map { left in
            object([
              ("id", .string(left.id)),
              ("title", localized(left.title)),
              ("because", localized(left.because)),
            ])
          }
        )
      ),
      ("uncovered", .strings(assessment.uncovered)),
      ("warnings", .array(assessment.warnings.map(localized))),
      (
        "stated",
        .array(
          assessment.stated.map { fact in
            object([
              ("key", .string(fact.key)), ("value", .string(fact.value)),
              ("words", localized(fact.words)),
            ])
          }
        )
      ),
    ])
  }

  private static func pack(_ pack: PackAssessment) -> JSONValue {
    object([
      ("id", .string(pack.id)),
      ("version", .string(pack.version)),
      ("title", localized(pack.title)),
      ("status", .string(pack.status)),
      ("outcomes", .array(pack.outcomes.map(outcome))),
      ("duties", .array(pack.duties.map(duty))),
      ("decisions", .array(pack.decisions.map(decision))),
      ("advice", .array(pack.advice.map(localized))),
      ("warnings", .array(pack.warnings.map(localized))),
    ])
  }

  private static func outcome(_ outcome: CriterionOutcome) -> JSONValue {
    object([
      ("criterion", .string(outcome.criterion)),
      ("title", localized(outcome.title)),
      ("outcome", .string(outcome.outcome.rawValue)),
      ("confidence", .string(outcome.confidence)),
      ("because", localized(outcome.because)),
      ("cite", .strings(outcome.cite)),
      ("persons", outcome.persons.map(count) ?? .null),
      ("unconfirmed", .bool(outcome.isUnconfirmed)),
    ])
  }

  private static func duty(_ duty: Duty) -> JSONValue {
    object([
      ("id", .string(duty.id)),
      ("title", localized(duty.title)),
      ("authority", localized(duty.authority)),
      ("due", .string(orNull: duty.due)),
      ("from", .string(orNull: duty.from)),
      ("due_text", localized(duty.dueText)),
      ("basis", .string(duty.basis)),
      ("fired_by", .strings(duty.firedBy)),
      ("cite", .strings(duty.cite)),
    ])
  }

  private static func decision(_ decision: Decision) -> JSONValue {
    object([
      ("id", .string(decision.id)),
      ("question", localized(decision.question)),
      ("if_yes", localized(decision.ifYes)),
      ("if_no", localized(decision.ifNo)),
      ("completes", .strings(decision.completes)),
    ])
  }

  private static func localized(_ text: LocalizedText) -> JSONValue {
    object([("ja", .string(text.ja)), ("en", .string(text.en))])
  }
}
