internal import BreachModel

/// Which tables the user wants counted, or left out, whatever they look like.
package struct TableChoice: Sendable, Hashable {
  /// Globs; they go before `skipped`.
  package var counted: [String] = []
  package var skipped: [String] = []

  package init(counted: [String] = [], skipped: [String] = []) {
    self.counted = counted
    self.skipped = skipped
  }

  /// Decides whether the persons of a table of the leaf at `path` count.
  ///
  /// A glob is held against the table's name, with and without its schema, and where a leaf has one
  /// table against the name of its file, with and without what follows the dot.
  func decide(_ plan: inout TablePlan, path: String) {
    if plan.personClass == TablePlan.makers { plan.reason = .makers }
    if counted.isEmpty && skipped.isEmpty { return }
    let names = Self.names(plan.name, path)
    func fits(_ globs: [String]) -> Bool {
      globs.map(Glob.init).contains { glob in names.contains { glob.matches(Array($0.utf8)) } }
    }
    if fits(counted) {
      if plan.personClass == TablePlan.makers { plan.personClass = "" }
      plan.reason = .asked
    } else if fits(skipped) {
      plan.personClass = TablePlan.makers
      plan.reason = .skipped
    }
  }

  private static func names(_ table: String, _ path: String) -> [String] {
    let name = table.isEmpty ? String(path.split(separator: "/").last ?? "") : table
    let pieces = name.split(separator: ".", omittingEmptySubsequences: false)
    guard pieces.count > 1 else { return [name] }
    let short = table.isEmpty ? pieces.dropLast().joined(separator: ".") : String(pieces.last ?? "")
    return [name, short]
  }
}
