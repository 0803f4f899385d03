package import BreachModel

extension Pack {
  /// Judges each case of the pack; one line for each expectation that was not fulfilled.
  package func failedCases() -> [PatternError] {
    cases.flatMap { test in
      mismatches(of: test).map {
        PatternError(path: path, place: test.place, message: "case \"\(test.name)\": \($0)")
      }
    }
  }

  /// How many cases the pack carries.
  package var caseCount: Int { cases.count }

  private func mismatches(of test: PackCase) -> [String] {
    let result = assess(test.facts, incident: test.incident, asOf: test.asOf)
    var lines: [String] = []
    let judged = Set(result.outcomes.map(\.criterion))
    for id in test.outcomes.keys.sorted() where !judged.contains(id) {
      lines.append("\(id) is not judged, expected \(test.outcomes[id] ?? "")")
    }
    for outcome in result.outcomes {
      if let expected = test.outcomes[outcome.criterion], expected != outcome.outcome.rawValue {
        lines.append(
          "\(outcome.criterion) is \(outcome.outcome.rawValue), expected \(expected)"
            + " (\(outcome.because.en))"
        )
      }
      if let expected = test.confidence[outcome.criterion], expected != outcome.confidence {
        lines.append("\(outcome.criterion) is \(outcome.confidence), expected \(expected)")
      }
    }
    if let expected = test.duties {
      let actual = Dictionary(
        uniqueKeysWithValues: result.duties.map { ($0.id, Self.words($0)) }
      )
      for id in Set(expected.keys).union(actual.keys).sorted() where expected[id] != actual[id] {
        lines.append("\(id) is \(actual[id] ?? "absent"), expected \(expected[id] ?? "absent")")
      }
    }
    let asked = result.decisions.map(\.id)
    for id in test.decisions where !asked.contains(id) { lines.append("\(id) is not asked") }
    for id in test.notDecisions where asked.contains(id) {
      lines.append("\(id) is asked though it changes nothing")
    }
    for part in test.advice
    where !result.advice.contains(where: { $0.ja.contains(part) || $0.en.contains(part) }) {
      lines.append("no advice says \"\(part)\"")
    }
    return lines
  }

  private static func words(_ duty: Duty) -> String {
    guard let due = duty.due else { return "none" }
    return duty.from.map { "\($0)..\(due)" } ?? due
  }
}
