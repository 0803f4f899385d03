internal import BreachModel

/// What packs share: types, questions, and predicates that rest on them alone.
struct PackCommon: Sendable {
  private(set) var types: [String: Condition.TypeGroup] = [:]
  private(set) var questions: [Pack.Question] = []
  private(set) var predicates: [String: Condition] = [:]

  /// Nothing is shared where there is no such file.
  init(_ file: PatternFile?, subtypes: Set<String>) throws(PatternError) {
    guard let file else { return }
    let fields = try PatternValue(file).mapping(keys: [
      "schema", "types", "questions", "predicates",
    ])
    let schema = try fields.required("schema")
    guard try schema.text() == "breachscope.criteria-common/1" else {
      throw schema.error("expected the schema breachscope.criteria-common/1")
    }
    var loader = PackLoader(file: file, common: self, subtypes: subtypes, holidays: [:])
    for entry in try fields.optional("types")?.anyMapping().entries ?? [] {
      loader.types[entry.key] = try loader.typeGroup(PatternValue(entry.value, in: file.path))
    }
    for value in try fields.list("questions") {
      loader.questions.append(try loader.question(value))
    }
    for entry in try fields.optional("predicates")?.anyMapping().entries ?? [] {
      let value = PatternValue(entry.value, in: file.path)
      loader.predicates[entry.key] = try loader.condition(value)
    }
    (types, questions, predicates) = (loader.types, loader.questions, loader.predicates)
  }
}
