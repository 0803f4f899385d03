/// A table for a terminal: columns aligned by display width, nothing ever cut off.
package struct TextTable {
  /// A heading and the side that its cells keep to.
  package struct Column {
    package var title: String
    package var right: Bool

    /// A column of words.
    package static func words(_ title: String) -> Column { Column(title: title, right: false) }

    /// A column of numbers.
    package static func numbers(_ title: String) -> Column { Column(title: title, right: true) }
  }

  let columns: [Column]
  private(set) var rows: [[String]] = []

  /// A table without rows.
  package init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row with one cell for each column.
  package mutating func add(_ cells: [String]) {
    precondition(cells.count == columns.count)
    rows.append(cells)
  }

  /// The lines of the table, the heading first.
  ///
  /// Where it is too wide, columns move together, then the first column of words gets lines of its
  /// own, and at last every cell. A last column of words goes on below itself.
  package func lines(width: Int) -> (heading: String?, rows: [String]) {
    var widths = columns.map { DisplayWidth.of($0.title) }
    for row in rows {
      for (position, cell) in row.enumerated() {
        widths[position] = max(widths[position], DisplayWidth.of(cell))
      }
    }
    for gap in [2, 1] where fits(0, widths, gap: gap, indent: 2, width) {
      return (
        line(columns.map(\.title), widths, gap: gap),
        rows.flatMap { wrapped($0, widths, gap: gap, within: width - 2) }
      )
    }
    if columns[0].right == false, fits(1, widths, gap: 2, indent: 4, width) {
      return (
        "  " + line(columns.map(\.title), widths, from: 1, gap: 2),
        rows.flatMap { row in
          [row[0]] + wrapped(row, widths, from: 1, gap: 2, within: width - 4).map { "  " + $0 }
        }
      )
    }
    return (nil, rows.flatMap(stacked))
  }

  private func fits(_ first: Int, _ widths: [Int], gap: Int, indent: Int, _ width: Int) -> Bool {
    // A last column of words is the place of lists, which go on below.
    let end = columns.last?.right == false ? columns.count - 1 : columns.count
    guard first < end else { return false }
    return indent + widths[first..<end].reduce(-gap) { $0 + $1 + gap } <= width
  }

  /// The lines of a row: more than one where its last words find no room in the first.
  private func wrapped(
    _ cells: [String],
    _ widths: [Int],
    from first: Int = 0,
    gap: Int,
    within width: Int
  ) -> [String] {
    guard columns.last?.right == false, let last = cells.last else {
      return [line(cells, widths, from: first, gap: gap)]
    }
    let lead = line(cells.dropLast() + [""], widths, from: first, gap: gap)
    let margin = DisplayWidth.of(lead)
    let parts = TextWrap.lines(last, width: max(16, width - margin))
    return parts.enumerated().map { number, part in
      (number == 0 ? lead : String(repeating: " ", count: margin)) + part
    }
  }

  private func line(_ cells: [String], _ widths: [Int], from first: Int = 0, gap: Int) -> String {
    var line = ""
    for position in first..<cells.count {
      if position > first { line += String(repeating: " ", count: gap) }
      let isLastWord = position == cells.count - 1 && !columns[position].right
      line +=
        isLastWord
        ? cells[position]
        : DisplayWidth.pad(
          cells[position],
          to: widths[position],
          right: columns[position].right
        )
    }
    return line
  }

  /// A row as its words, and below them each number with its heading.
  private func stacked(_ row: [String]) -> [String] {
    let cells = zip(columns, row)
    let words = cells.filter { !$0.0.right }.map(\.1)
    return words
      + cells.filter { $0.0.right }.map { cell in
        cell.0.title.isEmpty ? "  \(cell.1)" : "  \(cell.0.title): \(cell.1)"
      }
  }
}
