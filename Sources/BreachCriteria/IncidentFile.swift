package import BreachModel

/// Reads an incident file; unknown keys, wrong words and impossible dates are errors with a place.
package enum IncidentFile {
  private static let keys = [
    "known_at", "assessed_at", "cause", "wrongful_purpose", "data_scope", "role",
    "client_notified_at", "persons_notified_at", "recovered_unread", "encrypted",
    "pseudonymised_by_law",
    "dump_is_whole_incident", "publicly_viewable", "service_has_payment", "source_was_database",
    "sector", "persons_class", "jurisdictions",
    "residents", "answers",
  ]

  /// The facts of a file; a key left out, left empty, or said to be `unknown` is unknown.
  ///
  /// - Parameters:
  ///   - file: The file as read; an empty mapping states nothing.
  ///   - questions: Decision ids that `answers:` may name; nil accepts any.
  ///   - criteria: Criterion ids that `known_at:` may name; nil accepts any.
  /// - Returns: The facts.
  /// - Throws: The first mistake, with its line and column.
  package static func read(
    _ file: PatternFile,
    questions: Set<String>? = nil,
    criteria: Set<String>? = nil
  ) throws(PatternError) -> IncidentFacts {
    var facts = IncidentFacts()
    let root = PatternValue(file)
    let fields = try root.mapping(keys: keys)
    if let value = fields.optional("known_at") { try readKnown(value, criteria, into: &facts) }
    facts.assessedAt = try moment(fields.optional("assessed_at"))
    facts.cause = try word(fields.optional("cause"))
    facts.wrongfulPurpose = try truth(fields.optional("wrongful_purpose"))
    facts.dataScope = try word(fields.optional("data_scope"))
    facts.role = try word(fields.optional("role"))
    facts.clientNotifiedAt = try moment(fields.optional("client_notified_at"))
    facts.personsNotifiedAt = try moment(fields.optional("persons_notified_at"))
    facts.recoveredUnread = try truth(fields.optional("recovered_unread"))
    if let value = fields.optional("encrypted"), !isUnknown(value) {
      let inner = try value.mapping(keys: ["at_leak", "algorithm", "key_leaked"])
      facts.encrypted.atLeak = try truth(inner.optional("at_leak"))
      if let algorithm = inner.optional("algorithm"), !isUnknown(algorithm) {
        facts.encrypted.algorithm = try algorithm.text()
      }
      facts.encrypted.keyLeaked = try truth(inner.optional("key_leaked"))
    }
    facts.pseudonymisedByLaw = try truth(fields.optional("pseudonymised_by_law"))
    facts.dumpIsWholeIncident = try truth(fields.optional("dump_is_whole_incident"))
    facts.publiclyViewable = try truth(fields.optional("publicly_viewable"))
    facts.serviceHasPayment = try truth(fields.optional("service_has_payment"))
    facts.sourceWasDatabase = try truth(fields.optional("source_was_database"))
    facts.sector = try word(fields.optional("sector"))
    facts.personsClass = try word(fields.optional("persons_class"))
    if let value = fields.optional("jurisdictions"), !isUnknown(value) {
      facts.jurisdictions = try codes(value)
    }
    if let value = fields.optional("residents"), !isUnknown(value) {
      for entry in try value.anyMapping().entries {
        guard isCode(entry.key) else {
          throw PatternError(
            path: value.path,
            place: entry.keyPlace,
            message: "\"\(entry.key)\" is not an ISO 3166 code such as JP or US-CA"
          )
        }
        let count = PatternValue(entry.value, in: value.path)
        if !isUnknown(count) { facts.residents[entry.key] = try count.personCount() }
      }
    }
    if let value = fields.optional("answers"), !isUnknown(value) {
      try readAnswers(value, questions, into: &facts)
    }
    try checkOrder(facts, fields)
    return facts
  }

  /// Where a key stands in a file, for what is said of its value; nil when it does not.
  package static func place(of key: IncidentKey, in file: PatternFile) -> PatternNode.Place? {
    var node = file.root
    for part in key.rawValue.split(separator: ".") {
      guard case .mapping(let entries) = node.content,
        let entry = entries.first(where: { $0.key == part })
      else { return nil }
      node = entry.value
    }
    return node.place
  }

  private static func readKnown(
    _ value: PatternValue,
    _ criteria: Set<String>?,
    into facts: inout IncidentFacts
  ) throws(PatternError) {
    guard case .mapping = value.node.content else {
      facts.knownAt = try moment(value)
      return
    }
    for entry in try value.anyMapping().entries {
      let time = try moment(PatternValue(entry.value, in: value.path))
      if entry.key == "default" {
        facts.knownAt = time
        continue
      }
      guard criteria?.contains(entry.key) ?? true else {
        throw PatternError(
          path: value.path,
          place: entry.keyPlace,
          message: "\"\(entry.key)\" is neither a criterion nor \"default\""
        )
      }
      facts.knownAtByCriterion[entry.key] = time
    }
  }

  /// Nobody can judge, or tell others of, what is not yet known.
  private static func checkOrder(
    _ facts: IncidentFacts,
    _ fields: PatternFields
  ) throws(PatternError) {
    let times = [facts.knownAt].compactMap(\.self) + Array(facts.knownAtByCriterion.values)
    guard let known = times.map(\.day).min() else { return }
    for key in [IncidentKey.assessedAt, .clientNotifiedAt, .personsNotifiedAt] {
      guard case .moment(let moment) = facts.stated(key), moment.day + 1 < known,
        let value = fields.optional(key.rawValue)
      else { continue }
      throw value.error("\(moment) lies before the event became known (\(known))")
    }
  }

  private static func isUnknown(_ value: PatternValue) -> Bool {
    switch value.node.content {
    case .scalar(let text): text.isEmpty || text == "unknown"
    default: false
    }
  }

  private static func truth(_ value: PatternValue?) throws(PatternError) -> Truth {
    guard let value, !isUnknown(value) else { return .unknown }
    switch try value.text() {
    case "yes", "true": return .yes
    case "no", "false": return .no
    case let text: throw value.error("\"\(text)\" is not one of: yes, no, unknown")
    }
  }

  private static func word<Word: RawRepresentable & CaseIterable>(
    _ value: PatternValue?
  ) throws(PatternError) -> Word? where Word.RawValue == String {
    guard let value, !isUnknown(value) else { return nil }
    let text = try value.text()
    if let word = Word(rawValue: text) { return word }
    let allowed = Word.allCases.map(\.rawValue).joined(separator: ", ")
    throw value.error("\"\(text)\" is not one of: \(allowed), unknown")
  }

  private static func moment(_ value: PatternValue?) throws(PatternError) -> Moment? {
    guard let value, !isUnknown(value) else { return nil }
    let text = try value.text()
    guard let moment = Moment(text) else {
      throw value.error(
        "\"\(text)\" is not a day that exists (YYYY-MM-DD), nor a time with its offset"
          + " (2026-11-20T18:00:00+09:00)"
      )
    }
    return moment
  }

  private static func codes(_ value: PatternValue) throws(PatternError) -> [String] {
    var codes: [String] = []
    for element in try value.list() {
      let text = try element.text()
      guard isCode(text) else {
        throw element.error("\"\(text)\" is not an ISO 3166 code such as JP or US-CA")
      }
      codes.append(text)
    }
    return codes
  }

  private static func isCode(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard let country = parts.first, parts.count <= 2, country.count == 2 else { return false }
    func isUpper(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
    func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    guard country.allSatisfy(isUpper) else { return false }
    guard parts.count == 2 else { return true }
    return (1...3).contains(parts[1].count) && parts[1].allSatisfy { isUpper($0) || isDigit($0) }
  }

  /// Answers by the ids of questions.
  ///
  /// A question about a key of this file may be answered here, too,
  /// in the words of that key.
  private static func readAnswers(
    _ value: PatternValue,
    _ questions: Set<String>?,
    into facts: inout IncidentFacts
  ) throws(PatternError) {
    for entry in try value.anyMapping().entries {
      func fail(_ message: String) -> PatternError {
        PatternError(path: value.path, place: entry.keyPlace, message: message)
      }
      if let key = IncidentKey(rawValue: entry.key) {
        let read = try read(PatternFile(path: value.path, root: node(of: key, entry.value)))
        guard facts.stated(key) == .unknown || facts.stated(key) == read.stated(key) else {
          throw fail("\"\(entry.key)\" is stated above as something else")
        }
        facts = facts.adding(read, key)
        continue
      }
      guard questions?.contains(entry.key) ?? true else {
        throw fail("no pack asks a question \"\(entry.key)\"")
      }
      facts.answers[entry.key] = try truth(PatternValue(entry.value, in: value.path))
    }
  }

  /// The root of a file that states one key.
  static func node(of key: IncidentKey, _ value: PatternNode) -> PatternNode {
    key.rawValue.split(separator: ".").reversed().reduce(value) { inner, part in
      PatternNode(
        .mapping([.init(key: String(part), keyPlace: value.place, value: inner)]),
        at: value.place
      )
    }
  }
}
