internal import BreachModel

extension PackLoader {
  /// A condition: the name of a predicate defined above, or a mapping with one operator.
  ///
  /// Outcomes may be read only where all of them are settled: by duties, notes and advice.
  func condition(
    _ value: PatternValue,
    mayReadOutcomes: Bool = false
  ) throws(PatternError) -> Condition {
    if case .scalar(let name) = value.node.content {
      guard let predicate = predicates[name] else {
        throw value.error("there is no predicate \"\(name)\" above")
      }
      return predicate
    }
    let fields = try value.anyMapping()
    let operators = [
      "all", "any", "steps", "not", "likely", "found", "persons", "stated", "unstated", "within",
      "unexplained", "ask", "outcome",
    ]
    guard let name = operators.first(where: { fields.optional($0) != nil }),
      let operand = fields.optional(name)
    else { throw value.error("expected one of: \(operators.joined(separator: ", "))") }
    func parts() throws(PatternError) -> [Condition] {
      _ = try value.mapping(keys: [name])
      var parts: [Condition] = []
      for element in try operand.list() {
        parts.append(try condition(element, mayReadOutcomes: mayReadOutcomes))
      }
      guard !parts.isEmpty else { throw operand.error("\"\(name)\" needs at least one part") }
      return parts
    }
    func part() throws(PatternError) -> Condition {
      _ = try value.mapping(keys: [name])
      return try condition(operand, mayReadOutcomes: mayReadOutcomes)
    }
    switch name {
    case "all": return .all(try parts())
    case "any": return .any(try parts())
    case "steps": return .steps(try parts())
    case "not": return .not(try part())
    case "likely": return .likely(try part())
    case "found": return .found(try found(value))
    case "persons": return .persons(try persons(operand))
    case "stated": return .stated(try stated(value))
    case "unstated":
      let key = try key(operand)
      guard questions.contains(where: { $0.id == key.rawValue }) else {
        throw operand.error("the pack defines no question \"\(key.rawValue)\"")
      }
      return .unstated(key)
    case "within": return .within(try within(operand))
    case "unexplained":
      let fields = try operand.mapping(keys: ["as", "ask"])
      return .unexplained(
        Condition.Unexplained(
          label: try fields.localized("as"),
          question: try questionID(fields.required("ask"))
        )
      )
    case "ask":
      let fields = try value.mapping(keys: ["ask", "presume"])
      return .ask(
        Condition.Ask(question: try questionID(operand), presume: try presumption(fields))
      )
    default:
      guard mayReadOutcomes else {
        throw operand.error(
          "outcomes are not settled here; only duties, notes and advice read them"
        )
      }
      return try outcome(value)
    }
  }

  func key(_ value: PatternValue) throws(PatternError) -> IncidentKey {
    guard let key = IncidentKey(rawValue: try value.text()) else {
      throw value.error("the incident file has no key \"\(try value.text())\"")
    }
    return key
  }

  /// One type id, subtype of an official number (`us_ssn`) or name of a set, or a list of them.
  func typeGroup(_ value: PatternValue) throws(PatternError) -> Condition.TypeGroup {
    var group = Condition.TypeGroup(types: TypeSet([]))
    var anyNumber = false
    for element in try value.listOrOne() {
      let name = try element.text()
      if let named = types[name] {
        group.types.formUnion(named.types)
        group.subtypes.formUnion(named.subtypes)
        if named.types.contains(.nationalID), named.subtypes.isEmpty { anyNumber = true }
      } else if subtypes.contains(name) {
        group.types.insert(.nationalID)
        group.subtypes.insert(name)
      } else {
        let type = try element.dataType()
        group.types.insert(type)
        if type == .nationalID { anyNumber = true }
      }
    }
    if anyNumber { group.subtypes = [] }
    return group
  }

  /// Types without regard to subtypes.
  func typeSet(_ value: PatternValue) throws(PatternError) -> TypeSet {
    let group = try typeGroup(value)
    guard group.subtypes.isEmpty else {
      throw value.error("subtypes of official numbers are told apart by \"found\" alone")
    }
    return group.types
  }

  /// `[a, b]` is one group; `[[a, b], c]` asks for a or b, and c, in one person.
  func groups(_ value: PatternValue) throws(PatternError) -> [Condition.TypeGroup] {
    let elements = try value.listOrOne()
    let isGrouped = elements.contains {
      if case .sequence = $0.node.content { true } else { false }
    }
    guard isGrouped else { return [try typeGroup(value)] }
    var groups: [Condition.TypeGroup] = []
    for element in elements { groups.append(try typeGroup(element)) }
    return groups
  }

  private func within(_ value: PatternValue) throws(PatternError) -> Condition.Within {
    let fields = try value.mapping(keys: ["stated", "of", "days", "as"])
    var keys: [IncidentKey] = []
    for name in ["stated", "of"] {
      let key = try key(fields.required(name))
      guard case .moment = key.kind, questions.contains(where: { $0.id == key.rawValue }) else {
        throw value.error("\"\(key.rawValue)\" is no time that the pack asks for")
      }
      keys.append(key)
    }
    let days = try fields.int("days")
    guard days >= 1 else { throw value.error("a period has at least one day") }
    return Condition.Within(
      key: keys[0],
      of: keys[1],
      days: days,
      label: try fields.localized("as")
    )
  }

  private func questionID(_ value: PatternValue) throws(PatternError) -> String {
    let id = try value.text()
    guard questions.contains(where: { $0.id == id }) else {
      throw value.error("the pack defines no question \"\(id)\"")
    }
    return id
  }

  private func presumption(_ fields: PatternFields) throws(PatternError) -> Truth {
    guard let value = fields.optional("presume") else { return .unknown }
    return try value.bool() ? .yes : .no
  }

  private func found(_ value: PatternValue) throws(PatternError) -> Condition.Found {
    let fields = try value.mapping(keys: ["found", "as", "ask", "decides", "alone", "lists"])
    let level: ConfidenceLevel? =
      switch try fields.optional("decides")?.choice(["certain", "likely", "possible", "never"]) {
      case "never": nil
      case "likely": .likely
      case "possible": .possible
      default: .certain
      }
    return Condition.Found(
      groups: try groups(fields.required("found")),
      label: try fields.localized("as"),
      decides: level,
      alone: try fields.bool("alone", otherwise: false),
      lists: try fields.bool("lists", otherwise: false),
      question: try questionID(fields.required("ask"))
    )
  }

  private func persons(_ value: PatternValue) throws(PatternError) -> Condition.Persons {
    let fields = try value.mapping(keys: [
      "more_than", "at_least", "having", "residents", "refine", "ask",
    ])
    let atLeast = fields.optional("at_least")
    let limit = if let atLeast { atLeast } else { try fields.required("more_than") }
    let number = try limit.int() - (atLeast == nil ? 0 : 1)
    guard number >= 0 else { throw limit.error("such a number of persons is always there") }
    let refine = try fields.optional("refine").map { (value) throws(PatternError) in
      try questionID(value)
    }
    let ask = try fields.optional("ask").map { (value) throws(PatternError) in
      try questionID(value)
    }
    guard refine == nil || ask == nil else {
      throw value.error("either the maximum decides (refine), or people do (ask)")
    }
    return Condition.Persons(
      moreThan: number,
      isAtLeast: atLeast != nil,
      having: try fields.optional("having").map { (value) throws(PatternError) in
        try groups(value).map { (group) throws(PatternError) in
          guard group.subtypes.isEmpty else {
            throw value.error("subtypes of official numbers are told apart by \"found\" alone")
          }
          return group.types
        }
      } ?? [],
      residents: try fields.strings("residents"),
      refine: refine,
      ask: ask
    )
  }

  private func stated(_ value: PatternValue) throws(PatternError) -> Condition.Stated {
    let fields = try value.mapping(keys: [
      "stated", "is", "in", "not_in", "beside", "presume", "ask",
    ])
    let key = try key(fields.required("stated"))
    let allowed: [String]? =
      switch key.kind {
      case .yesNo: ["yes", "no"]
      case .choice(let words): words
      case .moment: ["stated"]
      case .text, .codes, .counts: nil
      }
    var values: [String] = []
    for name in ["is", "in"] {
      for element in try fields.optional(name)?.listOrOne() ?? [] {
        let value =
          if let allowed { try element.choice(allowed) } else { try element.nonEmptyText() }
        values.append(value)
      }
    }
    guard !values.isEmpty else { throw value.error("missing key \"is\" or \"in\"") }
    let question = try fields.optional("ask").map { (value) throws(PatternError) in
      try questionID(value)
    }
    guard questions.contains(where: { $0.id == question ?? key.rawValue }) else {
      throw value.error("the pack defines no question \"\(key.rawValue)\"")
    }
    return Condition.Stated(
      key: key,
      values: values,
      excluded: try fields.strings("not_in"),
      beside: try fields.strings("beside"),
      presume: try presumption(fields),
      question: question ?? key.rawValue
    )
  }

  private func outcome(_ value: PatternValue) throws(PatternError) -> Condition {
    let fields = try value.mapping(keys: ["outcome", "is"])
    let criterion = try fields.required("outcome").choice(["any"] + criterionIDs.sorted())
    let word = try fields.required("is").choice(["met", "not_met", "undetermined"])
    return .outcome(
      criterion: criterion == "any" ? nil : criterion,
      is: Outcome(rawValue: word) ?? .undetermined
    )
  }
}
