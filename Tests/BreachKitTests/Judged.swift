import BreachModel
import Foundation
import Testing

/// What the program says of a dump and an incident file.
struct Judged {
  private let assessment: JSON
  let persons: [Int]
  let findings: JSON
  let code: Int32

  /// Scans a dump, or several, with an incident file.
  init(
    _ files: [(name: String, data: Data)],
    _ incident: String,
    _ options: [String] = []
  ) throws {
    let report = try withFolder { folder in
      try folder.write("incident.yaml", incident)
      for file in files { try folder.write("dump/" + file.name, file.data) }
      return try Program.scan(["dump", "--incident", "incident.yaml"] + options, in: folder)
    }
    self.init(report.json, report.code)
  }

  init(_ csv: String, _ incident: String, _ options: [String] = []) throws {
    try self.init([("list.csv", Data(csv.utf8))], incident, options)
  }

  init(_ result: JSON, _ code: Int32) {
    assessment = result["assessment"]
    persons = ["low", "likely", "high"].compactMap { result["persons", $0].int }
    findings = result["findings"]
    self.code = code
  }

  /// Places whose law no pack states.
  var uncovered: [String] { assessment["uncovered"].list.compactMap(\.string) }

  /// The packs that were applied.
  var packs: [String] { assessment["packs"].list.compactMap { $0["id"].string } }

  private func outcome(_ criterion: String) -> JSON? {
    assessment["packs"].list.flatMap { $0["outcomes"].list }
      .first { $0["criterion"].string == criterion }
  }

  /// `met`, `not_met`, `undetermined`; nil when no pack judged it.
  func callAsFunction(_ criterion: String) -> String? { outcome(criterion)?["outcome"].string }

  func confidence(_ criterion: String) -> String? { outcome(criterion)?["confidence"].string }

  /// The number that decided.
  func counted(_ criterion: String) -> [Int] {
    let persons = outcome(criterion)?["persons"] ?? JSON(value: .null)
    return ["low", "likely", "high"].compactMap { persons[$0].int }
  }

  func because(_ criterion: String) -> String { outcome(criterion)?["because", "en"].string ?? "" }

  func cites(_ criterion: String) -> [String] {
    outcome(criterion)?["cite"].list.compactMap(\.string) ?? []
  }

  /// Duty id → `none`, a day, an instant or `first..last`, of the packs whose id begins so.
  func duties(_ prefix: String) -> [String: String] {
    var found: [String: String] = [:]
    for pack in assessment["packs"].list where pack["id"].string?.hasPrefix(prefix) == true {
      for duty in pack["duties"].list {
        let due = duty["due"].string ?? "none"
        found[duty["id"].string ?? ""] = duty["from"].string.map { "\($0)..\(due)" } ?? due
      }
    }
    return found
  }

  /// The open questions of the packs whose id begins so.
  func asked(_ prefix: String) -> [String] {
    assessment["packs"].list.filter { $0["id"].string?.hasPrefix(prefix) == true }
      .flatMap { $0["decisions"].list }.compactMap { $0["id"].string }
  }

  func advice(_ pack: String) -> String {
    assessment["packs"].list.filter { $0["id"].string == pack }.flatMap { $0["advice"].list }
      .compactMap { $0["en"].string }.joined(separator: "\n")
  }

  /// The four numbers of Rule 7 in order, `+` met, `-` not met, `?` undetermined.
  var rule7: String {
    ["i", "ii", "iii", "iv"].map { number in
      switch self("appi.7." + number) {
      case "met": "+"
      case "not_met": "-"
      case "undetermined": "?"
      default: " "
      }
    }
    .joined()
  }
}
