internal import BreachModel
internal import BreachPatterns

/// What people decided about persons of a store: `same` and `different` pairs with reasons.
struct DecisionFile {
  struct Entry {
    /// A person (P000123) or a record (R17), and where it stands in the file.
    var first: PatternValue
    var second: PatternValue
    var isSame: Bool
    var reason: String
  }

  var entries: [Entry] = []

  init(_ file: PatternFile) throws(PatternError) {
    let root = try PatternValue(file).mapping(keys: ["decisions"])
    for item in try root.required("decisions").list() {
      let fields = try item.mapping(keys: ["same", "different", "reason"])
      let same = fields.optional("same")
      guard let pair = same ?? fields.optional("different"),
        same == nil || fields.optional("different") == nil
      else {
        throw item.error("a decision is `same: [A, B]` or `different: [A, B]`")
      }
      let ids = try pair.list()
      guard ids.count == 2 else { throw pair.error("two persons or records are expected") }
      entries.append(
        Entry(
          first: ids[0],
          second: ids[1],
          isSame: same != nil,
          reason: try fields.optionalString("reason") ?? ""
        )
      )
    }
  }
}
