internal import BreachModel
internal import BreachPatterns
internal import BreachReports

/// What `check` forbids, limits and allows.
struct Policy: Sendable {
  var forbid = TypeSet.gravest
  /// Most findings of a type; more than this violates.
  var limits: [DataType: Int] = [:]
  /// Most persons.
  var persons: Int?
  var minConfidence = Confidence(rawValue: 60)
  var acceptGaps: [String] = []
  var allow: [Allowance] = []

  /// Findings that do not count.
  struct Allowance: Sendable {
    var type: DataType?
    var value: Glob?
    var path: Glob?
    var reason: String
    var until: CivilDate?
    /// Where it stands in the policy file, for reports of unused entries.
    var line: Int
  }

  init() {}

  init(_ file: PatternFile) throws(PatternError) {
    let root = try PatternValue(file).mapping(keys: [
      "forbid", "limit", "min_confidence", "accept_gaps", "baseline", "allow",
    ])
    if let baseline = root.optional("baseline") {
      throw baseline.error("baselines are not part of this version; take the line out")
    }
    if let list = root.optional("forbid") {
      forbid = TypeSet(rawValue: 0)
      for item in try list.list() { forbid.formUnion(try Self.types(item)) }
    }
    if let list = try root.optional("limit")?.anyMapping() {
      for entry in list.entries {
        let value = PatternValue(entry.value, in: file.path)
        let most = try value.int()
        if entry.key == "persons" {
          persons = most
        } else if let type = DataType(id: entry.key) {
          limits[type] = most
        } else {
          throw value.error("no type is called '\(entry.key)'")
        }
      }
    }
    if let value = root.optional("min_confidence") {
      let number = try value.double()
      guard (0...1).contains(number) else { throw value.error("a number from 0 to 1 is expected") }
      minConfidence = Confidence(hundredths: Int((number * 100).rounded()))
    }
    for reason in try root.list("accept_gaps") {
      acceptGaps.append(try reason.choice(GapReason.all.map(\.rawValue)))
    }
    for item in try root.optional("allow")?.list() ?? [] {
      let fields = try item.mapping(keys: ["type", "value", "path", "reason", "until"])
      allow.append(
        Allowance(
          type: try fields.optional("type")?.dataType(),
          value: try fields.optionalString("value").map(Glob.init),
          path: try fields.optionalString("path").map(Glob.init),
          reason: try fields.optionalString("reason") ?? "",
          until: try fields.optional("until")?.date(),
          line: item.node.place.line
        )
      )
    }
  }

  private static func types(_ item: PatternValue) throws(PatternError) -> TypeSet {
    let id = try item.text()
    if id.hasSuffix(".*") {
      let types = DataType.allCases.filter { $0.id.hasPrefix(id.dropLast()) }
      if !types.isEmpty { return TypeSet(types) }
    }
    return TypeSet(try item.dataType())
  }
}
