internal import BreachModel

extension PackLoader {
  /// Reads the pack's cases; ids in their expectations must exist.
  func readCases(_ values: [PatternValue], into pack: inout Pack) throws(PatternError) {
    for value in values {
      let fields = try value.mapping(keys: ["name", "facts", "incident", "as_of", "expect"])
      let expect = try fields.required("expect").mapping(keys: [
        "outcomes", "confidence", "duties", "decisions", "not_decisions", "advice",
      ])
      var incident = IncidentFacts()
      if let stated = fields.optional("incident") {
        incident = try IncidentFile.read(
          PatternFile(path: file.path, root: stated.node),
          questions: Set(questions.filter { $0.fact == nil }.map(\.id)),
          criteria: criterionIDs
        )
      }
      let name = try fields.string("name")
      guard !pack.cases.contains(where: { $0.name == name }) else {
        throw value.error("the case \"\(name)\" is written twice")
      }
      pack.cases.append(
        PackCase(
          name: name,
          place: value.node.place,
          facts: try facts(fields.optional("facts")),
          incident: incident,
          asOf: try fields.optional("as_of")?.date(),
          outcomes: try words(expect.optional("outcomes"), keys: criterionIDs),
          confidence: try words(expect.optional("confidence"), keys: criterionIDs),
          duties: try expect.optional("duties").map { (value) throws(PatternError) in
            try words(value, keys: Set(pack.duties.map(\.id)))
          },
          decisions: try decisions(expect, "decisions"),
          notDecisions: try decisions(expect, "not_decisions"),
          advice: try expect.strings("advice")
        )
      )
    }
  }

  private func decisions(
    _ expect: PatternFields,
    _ key: String
  ) throws(PatternError) -> [String] {
    var ids: [String] = []
    for element in try expect.list(key) { ids.append(try element.choice(questions.map(\.id))) }
    return ids
  }

  private func words(
    _ value: PatternValue?,
    keys: Set<String>
  ) throws(PatternError) -> [String: String] {
    var words: [String: String] = [:]
    guard let value else { return words }
    for entry in try value.mapping(keys: keys.sorted()).entries {
      words[entry.key] = try PatternValue(entry.value, in: value.path).nonEmptyText()
    }
    return words
  }

  private func facts(_ value: PatternValue?) throws(PatternError) -> ScanFacts {
    var facts = ScanFacts(
      persons: .zero,
      profiles: [],
      findings: [:],
      byClass: [:],
      byResidence: [:],
      files: 1,
      unread: .init(bytes: 0, couldAdd: 0, basis: ""),
      gaps: 0
    )
    guard
      let fields = try value?.mapping(keys: [
        "persons", "profiles", "findings", "residents", "hints", "subtypes", "remarks", "texts",
        "unread", "gaps",
      ])
    else { return facts }
    for element in try fields.list("profiles") {
      let inner = try element.mapping(keys: ["types", "certain", "persons"])
      let types = try typeSet(inner.required("types"))
      let certain = try inner.optional("certain").map { (value) throws(PatternError) in
        try typeSet(value)
      }
      let count = try self.count(inner.required("persons"))
      facts.profiles.append(PersonProfile(types: types, certain: certain ?? types, count: count))
      facts.persons = facts.persons + count
      for type in types.types {
        var found =
          facts.findings[type] ?? FindingFact(certain: 0, likely: 0, possible: 0, sample: 0)
        if (certain ?? types).contains(type) {
          found.certain += count.likely
        } else {
          found.likely += count.likely
        }
        facts.findings[type] = found
      }
    }
    if let persons = fields.optional("persons") { facts.persons = try count(persons) }
    for entry in try fields.optional("findings")?.anyMapping().entries ?? [] {
      let key = PatternNode(.scalar(entry.key), at: entry.keyPlace)
      let inner = try PatternValue(entry.value, in: file.path).mapping(keys: [
        "certain", "likely", "possible", "sample",
      ])
      facts.findings[try PatternValue(key, in: file.path).dataType()] = FindingFact(
        certain: try inner.optionalInt("certain") ?? 0,
        likely: try inner.optionalInt("likely") ?? 0,
        possible: try inner.optionalInt("possible") ?? 0,
        sample: try inner.optionalInt("sample") ?? 0
      )
    }
    for entry in try fields.optional("residents")?.anyMapping().entries ?? [] {
      facts.byResidence[entry.key] = try count(PatternValue(entry.value, in: file.path))
    }
    for entry in try fields.optional("hints")?.anyMapping().entries ?? [] {
      facts.residenceHints[entry.key] = try count(PatternValue(entry.value, in: file.path))
    }
    for entry in try fields.optional("subtypes")?.anyMapping().entries ?? [] {
      facts.subtypes[entry.key] = FindingFact(
        certain: try PatternValue(entry.value, in: file.path).int(),
        likely: 0,
        possible: 0,
        sample: 0
      )
    }
    facts.unexplained.columns = try fields.strings("remarks")
    facts.unexplained.texts = try fields.optionalInt("texts") ?? 0
    if let unread = fields.optional("unread") {
      let inner = try unread.mapping(keys: ["bytes", "could_add"])
      facts.unread = .init(
        bytes: try inner.int("bytes"),
        couldAdd: try inner.optionalInt("could_add"),
        basis: ""
      )
    }
    facts.gaps = try fields.optionalInt("gaps") ?? (facts.unread.bytes > 0 ? 1 : 0)
    return facts
  }

  private func count(_ value: PatternValue) throws(PatternError) -> PersonCount {
    try value.personCount()
  }
}

extension PatternValue {
  /// One number, or `{low:, likely:, high:}`.
  func personCount() throws(PatternError) -> PersonCount {
    guard case .mapping = node.content else {
      guard try int() >= 0 else { throw error("a number of persons is not negative") }
      return PersonCount(try int())
    }
    let fields = try mapping(keys: ["low", "likely", "high"])
    let count = PersonCount(
      low: try fields.int("low"),
      likely: try fields.int("likely"),
      high: try fields.int("high")
    )
    guard 0 <= count.low, count.low <= count.likely, count.likely <= count.high else {
      throw error("low, likely and high are not in order")
    }
    return count
  }
}
