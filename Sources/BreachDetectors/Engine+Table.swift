internal import BreachBytes
package import BreachModel

extension Engine {
  /// Detects in a batch of records.
  ///
  /// - Parameters:
  ///   - batch: what a reader framed.
  ///   - tables: plans by the numbers that records carry.
  ///   - isFirstUnit: the unit begins the leaf, so records before `firstData` are titles and header.
  package func scan(_ batch: borrowing RecordBatch, tables: [TablePlan], isFirstUnit: Bool) {
    if batch.isText {
      scanLines(batch)
      return
    }
    // Columns may have come to a table since the last batch.
    if currentTable >= 0 { readColumns(tables[currentTable]) }
    cells.marks.load(batch.text.span)
    var index = 0
    while index < batch.records.count {
      let record = batch.records[index]
      let table = Int(record.table)
      guard record.fieldCount > 0, table < tables.count else {
        if record.fieldCount > 0 {
          leaveLoose()
          scanUnplanned(batch, record, number: batch.recordBase + index + 1)
        } else {
          scanLoose(batch, Int(record.start)..<Int(record.end), line: record.line)
        }
        index += 1
        continue
      }
      leaveLoose()
      let skipped = isFirstUnit ? tables[table].firstData : 0
      if batch.recordBase + index < skipped {
        if batch.recordBase + index < skipped - 1 { scanUnplanned(batch, record, number: nil) }
        index += 1
        continue
      }
      if table != currentTable { enter(table, tables[table]) }
      let base = batch.recordBase - skipped + 1
      if isForm {
        scanForm(batch, index, number: base + index)
        index += 1
        continue
      }
      index = cells.records(batch.text.span, batch, from: index, numbered: base)
      if !cells.unread.isEmpty {
        scanRest(batch, batch.records[index], number: base + index)
        index += 1
      }
    }
  }

  /// Ids are told apart by their table; keys by the table that they are keys of.
  private func enter(_ table: Int, _ plan: TablePlan) {
    if isForm { flushGroup() }
    storeColumns()
    (currentTable, isForm, pairs) = (table, plan.isForm, plan.pairs)
    textState.lineEnds = 0
    cells.namespace = idSpace(of: plan)
    cells.personClass = cells.packer.number(ofClass: plan.personClass)
    let names = Array(plan.columns.map(\.name).joined(separator: "\n").utf8)
    let columns = UInt32(truncatingIfNeeded: rowHash(names.span, key: 0) >> 48)
    cells.packer.table = columns << 16 | UInt32(truncatingIfNeeded: table + 1) & 0xFFFF
    readColumns(plan)
  }

  private func idSpace(of plan: TablePlan) -> UInt64 {
    leafNamespace ^ rowHash(Array(plan.name.utf8).span, key: rowKey)
  }

  /// What the ids of a column are joined with.
  package func idSpace(of plan: TablePlan, column: Int) -> UInt64 {
    Cells.idSpace(idSpace(of: plan), column)
  }

  /// What the keys of the leaf's columns of one `ColumnPlan.keyOf` are joined with.
  package func keySpace(of key: String) -> UInt64 {
    leafNamespace ^ rowHash(Array("key of \(key)".utf8).span, key: rowKey)
  }

  private func readColumns(_ plan: TablePlan) {
    cells.columns.clear()
    meanings.removeAll(keepingCapacity: true)
    for column in plan.columns {
      var cell = CellColumn(column, set)
      if let key = column.keyOf {
        cell.isKey = true
        cell.keySpace = keySpace(of: key)
      }
      cells.columns.append(cell)
      meanings.append(
        Meaning(
          type: column.type,
          role: column.role,
          group: column.group,
          isNegative: column.isNegative
        )
      )
    }
    cells.makeRoom(columns: plan.columns.count)
  }

  /// The leaf is over: what waited for an enclosing record stands for itself.
  package func finishLeaf(tables: [TablePlan]) {
    cells.personClass = cells.packer.number(ofClass: tables.first?.personClass ?? "")
    cells.releaseWaiting()
    flushGroup()
  }

  /// A record that no plan is known for, a title above a header: every field is searched.
  private func scanUnplanned(_ batch: borrowing RecordBatch, _ record: Record, number: Int?) {
    cells.beginRecord()
    for index in Int(record.firstField)..<Int(record.firstField + record.fieldCount)
    where batch.fields[index].length > 0 {
      scanCell(batch, batch.fields[index], nil, record, number)
    }
    let own = cells.personClass
    cells.personClass = 0
    cells.close(batch.text.span, record, hasPlan: false)
    cells.personClass = own
  }

  /// Searches what of a record has no type, or is not of its column's type, after all that has.
  private func scanRest(
    _ batch: borrowing RecordBatch,
    _ record: Record,
    number: Int
  ) {
    // Taken out: each look at a property of the engine is one at its access marks, too.
    var unread = Buffer<Int32>()
    swap(&unread, &cells.unread)
    for position in 0..<unread.count {
      let field = batch.fields[Int(unread[position])]
      let column = Int(field.column)
      scanCell(batch, field, column < meanings.count ? meanings[column] : nil, record, number)
    }
    unread.clear()
    swap(&unread, &cells.unread)
    cells.close(batch.text.span, record, hasPlan: true)
  }
}
