internal import BreachBytes
internal import BreachModel

/// Tables of keys and values: `user_id, meta_key, meta_value`.
extension ColumnTyper {
  /// Rows that are looked at, and those of them in which some word has to be known at all.
  private static let rowsLookedAt = 600
  private static let firstRows = 32

  /// Makes the table one of keys and values where a column says what the cells of another are.
  mutating func takePairs(_ plan: inout TablePlan, _ rows: [Row], _ batches: [RecordBatch]) {
    guard plan.columns.count <= 12, rows.count >= 4,
      holdsWords(rows.prefix(Self.firstRows), batches),
      let pairs = pairs(Array(rows.prefix(Self.rowsLookedAt)), batches)
    else { return }
    (plan.isForm, plan.pairs) = (true, pairs)
    for column in [pairs.key, pairs.value] where column < plan.columns.count {
      plan.columns[column].type = nil
    }
  }

  /// Two cells or more are words for what is kept of persons: most tables hold none, and need no more.
  private func holdsWords(_ rows: some Sequence<Row>, _ batches: [RecordBatch]) -> Bool {
    var count = 0
    for row in rows {
      for cell in cells(row, batches) where !cell.isEmpty && cell.count <= 60 {
        if set.vocabulary.meaning(of: cell)?.type != nil { count += 1 }
        if count == 2 { return true }
      }
    }
    return false
  }

  private mutating func pairs(_ rows: [Row], _ batches: [RecordBatch]) -> PairPlan? {
    let cells = rows.map { self.cells($0, batches) }
    let columns = rows.map { row in fields(row).map { Int(batches[row.batch].fields[$0].column) } }
    var table: [[Int: [UInt8]]] = []
    for (row, numbers) in zip(cells, columns) {
      table.append(Dictionary(zip(numbers, row)) { first, _ in first })
    }
    let width = (columns.lazy.compactMap { $0.max() }.max() ?? 0) + 1
    guard width >= 2, width <= 12 else { return nil }
    for key in 0..<width {
      guard let meanings = meanings(key, table) else { continue }
      for value in [key + 1] + Array(0..<width)
      where value != key && value < width && agrees(meanings, value, table) {
        return PairPlan(key: key, value: value, owner: owner(besides: [key, value], width, table))
      }
    }
    return nil
  }

  /// What the words of a column of keys mean, row by row; nil for a column that is none.
  private func meanings(_ column: Int, _ table: [[Int: [UInt8]]]) -> [Meaning?]? {
    var known: [[UInt8]: Meaning?] = [:]
    var meanings: [Meaning?] = []
    var (filled, meant) = (0, 0)
    for row in table {
      guard let cell = row[column], !cell.isEmpty, cell.count <= 60 else {
        meanings.append(nil)
        continue
      }
      filled += 1
      let meaning = known[cell] ?? set.vocabulary.meaning(of: cell)
      known[cell] = meaning
      if meaning?.type != nil { meant += 1 }
      meanings.append(meaning)
    }
    // Keys come again with each of those whose values they name.
    guard filled * 10 >= table.count * 9, known.count * 3 <= filled * 2, meant * 5 >= filled else {
      return nil
    }
    var types = TypeSet(rawValue: 0)
    for meaning in meanings { if let type = meaning?.type { types.insert(type) } }
    return types.types.count >= 2 ? meanings : nil
  }

  /// The cells of a column are what the keys say, of two types and more beyond doubt.
  private mutating func agrees(
    _ meanings: [Meaning?],
    _ column: Int,
    _ table: [[Int: [UInt8]]]
  ) -> Bool {
    var (seen, valid) = (0, 0)
    var passed = TypeSet(rawValue: 0)
    for (meaning, row) in zip(meanings, table) {
      guard let meaning, let type = meaning.type, let number = set.detector(of: meaning),
        let cell = row[column], !cell.isEmpty
      else { continue }
      scratch.value.load(cell, 0..<cell.count)
      if scratch.value.saysNothing(set.words) { continue }
      seen += 1
      let check = set.detectors[number].check
      let verdict = scratch.checks.run(check, &scratch.value, role: meaning.role)
      if verdict.result != .fail { valid += 1 }
      // What any word passes speaks for nothing.
      if verdict.result == .pass
        || verdict.evidence.contains(.format) && verdict.weight > -10
        || type == .personName && meaning.role != .whole && verdict.result != .fail
      {
        passed.insert(type)
      }
    }
    return seen >= 4 && valid * 10 >= seen * 8 && passed.types.count >= 2
  }

  /// The first other column whose values stay the same from row to row, and change.
  private func owner(besides taken: [Int], _ width: Int, _ table: [[Int: [UInt8]]]) -> Int? {
    for column in 0..<width where !taken.contains(column) {
      var changes = 0
      for (one, next) in zip(table, table.dropFirst()) where one[column] != next[column] {
        changes += 1
      }
      let filled = table.count { $0[column]?.isEmpty == false }
      if filled == table.count, changes > 0, changes * 4 <= (table.count - 1) * 3 { return column }
    }
    return nil
  }
}
