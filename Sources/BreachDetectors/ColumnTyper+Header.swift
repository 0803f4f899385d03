internal import BreachBytes
package import BreachModel

/// Where the header of a table stands, if it has one.
extension ColumnTyper {
  /// Position of the header; nil when the first record is data already.
  mutating func headerRow(
    _ rows: [Row],
    _ batches: [RecordBatch]
  ) -> Int? {
    guard !rows.isEmpty else { return nil }
    let widest = rows.prefix(200).map { Int($0.record.fieldCount) }.max() ?? 0
    var best: (position: Int, score: Int)?
    for position in 0..<min(Self.deepestHeader, rows.count) {
      let cells = self.cells(rows[position], batches)
      let filled = cells.filter { !$0.isEmpty }.count
      guard filled > 0, !cells.contains(where: looksLikeData) else {
        // Data begins here: no header can follow. A narrower row is a title, a date of issue.
        if filled * 2 > widest && cells.count >= widest { break }
        continue
      }
      let known = cells.filter { !$0.isEmpty && set.vocabulary.meaning(of: $0) != nil }.count
      let enough = known >= 2 || (known == 1 && filled <= 2)
      if enough && known * 6 >= filled, known > best?.score ?? 0 { best = (position, known) }
    }
    if let best { return best.position }
    return unknownHeader(rows, batches, widest)
  }

  /// True when a word names a type of values.
  package func isHeader(_ word: some Sequence<UInt8>) -> Bool {
    set.vocabulary.meaning(of: word)?.type != nil
  }

  /// `counts.member_id`: small numbers below such a key say how many there are, whatever is counted.
  func meaning(ofPath path: String, _ column: Column, _ batches: [RecordBatch])
    -> Meaning?
  {
    guard set.vocabulary.mayCount(path) else { return set.vocabulary.meaning(ofPath: path) }
    let isCounts = column.cells.allSatisfy { cell in
      let range = batches[cell.batch].fields[cell.field].range
      return range.count <= 9 && range.allSatisfy { isDigit(batches[cell.batch].text[$0]) }
    }
    return isCounts ? Meaning(type: nil, isNegative: true) : set.vocabulary.meaning(ofPath: path)
  }

  /// The plan of lines under a header that are what it says; nil where they are anything else, or where
  /// other labels are among them.
  package mutating func plan(list batches: [RecordBatch], hasHeader: Bool?) -> TablePlan? {
    let plan = plan(delimited: batches, hasHeader: hasHeader)
    guard plan.firstData > 0, let column = plan.columns.first, column.type != nil,
      column.evidence.contains([.header, .values])
    else { return nil }
    for row in rows(of: batches, table: 0).dropFirst(plan.firstData).prefix(200) {
      for cell in cells(row, batches) where set.vocabulary.meaning(of: cell)?.type != nil {
        return nil
      }
    }
    return plan
  }

  /// A form: labels with their values, one or more a row, the labels are known words of many kinds,
  /// and the values are no counts of what the labels name.
  func isForm(_ rows: [Row], _ batches: [RecordBatch]) -> Bool {
    var (known, seen, values, counts) = (0, 0, 0, 0)
    var types: Set<DataType> = []
    var form = FormCells()
    for row in rows.prefix(60) {
      let batch = batches[row.batch]
      form.read(batch.text.span, batch.fields.span, fields(row), set.vocabulary)
      guard form.filled > 1 else { continue }
      seen += 1
      guard form.isOfPairs else { continue }
      known += 1
      for cell in form.cells {
        values += 1
        if isCount(batch.text.span, batch.fields[cell.field].range) { counts += 1 }
        if let type = cell.label?.meaning.type { types.insert(type) }
      }
    }
    return types.count >= 2 && known * 10 >= seen * 6 && counts * 2 <= values
  }

  /// A number of up to six digits, 1,204 and 17%: most values of a form are none.
  private func isCount(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var digits = 0
    for at in range {
      switch text[at] {
      case 0x30...0x39: digits += 1
      case 0x20, 0x25, 0x2C, 0x2E: break
      default: return false
      }
    }
    return digits <= 6
  }

  /// A header in words that no vocabulary knows: text over columns of numbers, dates, addresses or
  /// names.
  private mutating func unknownHeader(
    _ rows: [Row],
    _ batches: [RecordBatch],
    _ widest: Int
  ) -> Int? {
    guard rows.count >= 3 else { return nil }
    let first = cells(rows[0], batches)
    let filled = first.filter { !$0.isEmpty }
    guard first.count == widest, filled.count * 10 >= widest * 8, Set(filled).count == filled.count,
      !first.contains(where: looksLikeData), filled.allSatisfy({ $0.count <= 60 })
    else { return nil }
    for column in first.indices where !first[column].isEmpty {
      let isName = isName(first[column])
      var (shaped, named, seen) = (0, 0, 0)
      for row in rows.dropFirst().prefix(50) {
        let cells = self.cells(row, batches)
        guard column < cells.count, !cells[column].isEmpty else { continue }
        seen += 1
        if looksLikeData(cells[column]) { shaped += 1 }
        if !isName && self.isName(cells[column]) { named += 1 }
      }
      if seen >= 2 && max(shaped, named) * 10 >= seen * 8 { return 0 }
    }
    return nil
  }

  private mutating func isName(_ cell: [UInt8]) -> Bool {
    scratch.value.load(cell, 0..<cell.count)
    return scratch.checks.run(.personName, &scratch.value).result == .pass
  }

  func cells(_ row: Row, _ batches: [RecordBatch]) -> [[UInt8]] {
    fields(row).map { Array(batches[row.batch].text[batches[row.batch].fields[$0].range]) }
  }

  /// Long runs of digits, an address with '@', a date: no header has these.
  private func looksLikeData(_ cell: [UInt8]) -> Bool {
    var buffer = ByteBuffer()
    Folding.append(cell.span, 0..<min(cell.count, 200), to: &buffer)
    let folded = buffer.array
    if folded.contains(0x40) { return true }
    let digits = folded.filter(isDigit).count
    return digits >= 4 && digits * 2 >= folded.count || digits >= 7
  }
}

/// Columns that the probe did not show.
extension ColumnTyper {
  /// Adds columns that the probe did not show, by their key paths alone.
  package func extend(_ table: inout TablePlan, _ names: some Sequence<String>) {
    var late = names.map(plan(lateColumn:))
    if Self.isPersonal(table.columns) { markRemarks(&late, isPaths: true) }
    table.columns += late
  }

  /// Plans a column that the probe did not show, by its name alone.
  package func plan(lateColumn name: String) -> ColumnPlan {
    guard let meaning = set.vocabulary.meaning(ofPath: name) else { return ColumnPlan(name: name) }
    if meaning.isAmbiguous { return ColumnPlan(name: name) }
    guard let type = meaning.type, let number = set.detector(of: meaning) else {
      return ColumnPlan(name: name, isNegative: meaning.isNegative, isDated: meaning.isDated)
    }
    let detector = set.detectors[number]
    return ColumnPlan(
      name: name,
      type: type,
      detector: meaning.detector,
      role: meaning.role,
      group: meaning.group,
      confidence: UInt8(max(0, detector.column - 10)),
      evidence: .header
    )
  }
}
