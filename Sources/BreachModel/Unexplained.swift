/// Where delicate data or passwords could stand unseen: in free text only labelled values are found.
package struct Unexplained: Sendable, Hashable {
  /// Headers of columns of free text in leaves with persons, each once, in path order.
  package var columns: [String] = []
  /// Leaves of running text or lines in which persons were found.
  package var texts = 0

  package init() {}

  /// What a result's leaves hold of it.
  package init(_ result: ScanResult) {
    for file in result.files where file.persons > 0 {
      for name in file.remarks where !columns.contains(name) { columns.append(name) }
      if file.format == "text" { texts += 1 }
    }
  }

  package var isEmpty: Bool { columns.isEmpty && texts == 0 }
}
