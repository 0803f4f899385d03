package import BreachModel

/// Why a document is no result that this version reads.
package enum ResultReadError: Error, Sendable, Hashable, CustomStringConvertible {
  /// No JSON document at all, or one beyond the limits.
  case notJSON(JSONError)
  /// The `schema` that the document names; empty when it names none.
  case wrongSchema(String)
  /// The path of the member from the top, as `persons.unread.bytes` or `files[3].path`.
  case missing(String)
  /// A member holds another kind of value.
  case wrongKind(at: String, expected: String, found: String)
  /// A value outside the list that this version knows (a data type, an outcome).
  case unknown(at: String, String)

  package var description: String {
    switch self {
    case .notJSON(let error):
      "not a JSON document: \(error)"
    case .wrongSchema(""):
      "not a result: there is no \"schema\""
    case .wrongSchema(let found):
      "schema \"\(displaySafe(found))\" is not read by this version; it reads "
        + "\"\(ScanResult.schema)\""
    case .missing(let path):
      "\(displaySafe(path)) is missing"
    case .wrongKind(let path, let expected, let found):
      "\(displaySafe(path)) should be \(expected), and is \(found)"
    case .unknown(let path, let found):
      "\(displaySafe(path)): \"\(displaySafe(found))\" is not known to this version"
    }
  }
}

extension ScanResult {
  /// Reads a result back from the bytes of a JSON report.
  package init(json bytes: [UInt8]) throws(ResultReadError) {
    let value: JSONValue
    do {
      value = try JSONParser.parse(bytes)
    } catch {
      throw .notJSON(error)
    }
    try self.init(json: value)
  }

  /// Reads a result back without loss; members that this version does not know are passed over.
  package init(json: JSONValue) throws(ResultReadError) {
    let root = JSONPlace(json, path: "")
    guard case .object(let object) = json, case .string(let schema)? = object["schema"] else {
      throw .wrongSchema("")
    }
    guard schema == Self.schema else { throw .wrongSchema(schema) }
    let tool = try root.member("tool")
    self.init(
      tool: Tool(
        name: try tool.member("name").string(),
        version: try tool.member("version").string(),
        patternsSHA256: try tool.member("patterns_sha256").string()
      ),
      run: try Run(root.member("run")),
      coverage: try Coverage(root.member("coverage")),
      findings: try root.member("findings").byType(TypeFindings.init(_:)),
      persons: try root.member("persons").orNull(PersonsResult.init(_:)),
      assessment: try root.member("assessment").orNull(Assessment.init(_:)),
      files: try root.member("files").array(FileResult.init(_:))
    )
  }
}

extension Run {
  fileprivate init(_ place: JSONPlace) throws(ResultReadError) {
    self.init(
      started: try place.member("started").string(),
      seconds: try place.member("seconds").double(),
      complete: try place.member("complete").bool(),
      jobs: try place.member("jobs").integer(),
      inputs: try place.member("inputs").array { (input) throws(ResultReadError) in
        Input(
          path: try input.member("path").string(),
          bytes: try input.member("bytes").integer(),
          sha256: try input.member("sha256").orNull { (hex) throws(ResultReadError) in
            try hex.string()
          }
        )
      }
    )
    types = try place.later("types")?.types()
  }
}

extension Coverage {
  fileprivate init(_ place: JSONPlace) throws(ResultReadError) {
    self.init()
    files = try place.member("files").integer()
    bytes = try place.member("bytes").integer()
    readBytes = try place.member("read_bytes").integer()
    containerBytes = try place.member("container_bytes").integer()
    byFormat = try place.member("by_format").byKey { (count) throws(ResultReadError) in
      try count.integer()
    }
    notText = try place.member("not_text").integer()
    gaps = try place.member("gaps").array { (gap) throws(ResultReadError) in
      Gap(
        path: try gap.member("path").string(),
        reason: GapReason(try gap.member("reason").string()),
        bytes: try gap.member("bytes").orNull { (bytes) throws(ResultReadError) in
          try bytes.integer()
        },
        message: try gap.member("message").string()
      )
    }
    notes = try place.member("notes").array { (note) throws(ResultReadError) in
      Note(
        path: try note.member("path").string(),
        kind: try note.member("kind").string(),
        message: try note.member("message").string()
      )
    }
  }
}

extension TypeFindings {
  fileprivate init(_ place: JSONPlace) throws(ResultReadError) {
    self.init()
    count = try place.member("count").integer()
    distinct = try place.member("distinct").integer()
    files = try place.member("files").integer()
    sample = try place.member("sample").integer()
    expectedByChance = try place.member("expected_by_chance").double()
    certain = try place.member("certain").integer()
    likely = try place.member("likely").integer()
    possible = try place.member("possible").integer()
    subtypes =
      try place.later("subtypes")?.byKey { (fact) throws(ResultReadError) in
        FindingFact(
          certain: try fact.member("certain").integer(),
          likely: try fact.member("likely").integer(),
          possible: try fact.member("possible").integer(),
          sample: try fact.member("sample").integer()
        )
      } ?? [:]
  }
}

extension PersonCount {
  init(_ place: JSONPlace) throws(ResultReadError) {
    self.init(
      low: try place.member("low").integer(),
      likely: try place.member("likely").integer(),
      high: try place.member("high").integer()
    )
  }
}

extension PersonsResult {
  fileprivate init(_ place: JSONPlace) throws(ResultReadError) {
    let unread = try place.member("unread")
    self.init(
      count: try PersonCount(place),
      unread: Unread(
        bytes: try unread.member("bytes").integer(),
        couldAdd: try unread.member("could_add").orNull { (count) throws(ResultReadError) in
          try count.integer()
        },
        basis: try unread.member("basis").string()
      ),
      funnel: try Funnel(place.member("funnel")),
      byType: try place.member("by_type").byType(PersonCount.init(_:)),
      byCombination: try place.member("by_combination").array { (entry) throws(ResultReadError) in
        Combination(types: try entry.member("types").types(), count: try PersonCount(entry))
      },
      byClass: try place.member("by_class").byKey(PersonCount.init(_:)),
      byClassAndType: try place.later("by_class_and_type")?.byKey {
        (types) throws(ResultReadError) in try types.byType(PersonCount.init(_:))
      } ?? [:],
      byResidence: try place.member("by_residence").byKey(PersonCount.init(_:)),
      residenceHints: try place.later("residence_hints")?.byKey(PersonCount.init(_:)) ?? [:],
      profiles: try place.member("profiles").array { (entry) throws(ResultReadError) in
        PersonProfile(
          types: try entry.member("types").types(),
          certain: try entry.member("certain").types(),
          count: try PersonCount(entry)
        )
      }
    )
    byAge = try place.later("by_age")?.byKey(PersonCount.init(_:)) ?? [:]
    agesOn = try place.later("ages_on")?.orNull(Period.init(_:))
    byTable = try place.later("by_table")?.array(Table.init(_:)) ?? []
  }
}

extension PersonsResult.Table {
  fileprivate init(_ place: JSONPlace) throws(ResultReadError) {
    self.init(
      path: try place.member("path").string(),
      name: try place.member("table").string(),
      reason: TableReason(rawValue: try place.member("because").string()) ?? .persons,
      count: try PersonCount(place)
    )
  }
}

extension Funnel {
  fileprivate init(_ place: JSONPlace) throws(ResultReadError) {
    self.init()
    rows = try place.member("rows").integer()
    afterExactDuplicates = try place.member("after_exact_duplicates").integer()
    entities = try place.member("entities").integer()
    organisations = try place.member("organisations").integer()
    sample = try place.member("sample").integer()
    extraInRows = try place.member("extra_in_rows").integer()
    persons = try place.member("persons").integer()
  }
}

extension DatedColumn {
  fileprivate init(_ place: JSONPlace) throws(ResultReadError) {
    self.init(
      table: try place.member("table").string(),
      name: try place.member("name").string(),
      period: try Period(place)
    )
  }
}

extension Period {
  fileprivate init(_ place: JSONPlace) throws(ResultReadError) {
    self.init(from: try place.member("from").day(), to: try place.member("to").day())
  }
}

extension FileResult {
  fileprivate init(_ place: JSONPlace) throws(ResultReadError) {
    self.init(
      path: try place.member("path").string(),
      format: try place.member("format").string(),
      encoding: try place.member("encoding").orNull { (name) throws(ResultReadError) in
        try name.string()
      },
      bytes: try place.member("bytes").integer(),
      records: try place.member("records").integer(),
      persons: try place.member("persons").integer(),
      findings: try place.member("findings").byType { (count) throws(ResultReadError) in
        try count.integer()
      },
      columns: try place.member("columns").array { (column) throws(ResultReadError) in
        ColumnResult(
          table: try column.member("table").string(),
          name: try column.member("name").string(),
          type: try column.member("type").type(),
          values: try column.member("values").integer(),
          expectedByChance: try column.later("expected_by_chance")?.double() ?? 0
        )
      },
      remarks: try place.later("remarks")?.strings() ?? [],
      dates: try place.later("dates")?.array(DatedColumn.init(_:)) ?? [],
      alsoAt: try place.member("also_at").strings()
    )
  }
}
