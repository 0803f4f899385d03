internal import BreachModel

/// One row of the initial-investigation sheet: what the guidance asks, and how far it is answered.
struct InvestigationRow {
  /// How far the scan and the stated facts answer a row.
  enum State { case answered, partly, asking }

  /// `F1` … `F13`.
  var number: String
  var title: LocalizedText
  var state: State
  /// What is known, with its reason.
  var known: LocalizedText
  /// What people still have to answer.
  var questions: [Decision]
}

extension ResultView {
  /// The rows F1–F13 in their order; empty when the guidance was not applied.
  ///
  /// A row with an undetermined outcome asks; one that is judged, but has an open question of its
  /// own, is answered in part.
  var investigation: [InvestigationRow] {
    let prefix = "founding.f"
    guard let pack = packs.first(where: { $0.outcomes.contains { $0.criterion.hasPrefix(prefix) } })
    else { return [] }
    return pack.outcomes.compactMap { outcome in
      guard outcome.criterion.hasPrefix(prefix),
        let number = Int(outcome.criterion.dropFirst(prefix.count))
      else { return nil }
      let open = pack.decisions.filter { $0.completes.contains(outcome.criterion) }
      let state: InvestigationRow.State =
        outcome.outcome == .undetermined ? .asking : open.isEmpty ? .answered : .partly
      return InvestigationRow(
        number: "F\(number)",
        title: outcome.title,
        state: state,
        known: outcome.because,
        questions: open
      )
    }
  }
}
