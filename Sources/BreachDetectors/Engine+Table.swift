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
    for index in batch.records.indices {
      let record = batch.records[index]
      guard record.fieldCount > 0 else {
        scanLoose(batch, Int(record.start)..<Int(record.end), line: record.line)
        continue
      }
      let table = Int(record.table)
      guard table < tables.count else {
        scanUnplanned(batch, record, number: batch.recordBase + index + 1)
        continue
      }
      let position = batch.recordBase + index
      let skipped = isFirstUnit ? tables[table].firstData : 0
      if position < skipped {
        if position < skipped - 1 { scanUnplanned(batch, record, number: nil) }
        continue
      }
      if table != currentTable { enter(table, tables[table]) }
      scanFields(batch, record, plan: tables[table], number: position - skipped + 1)
    }
  }

  /// Ids are told apart by their table; keys by the table that they are keys of.
  private func enter(_ table: Int, _ plan: TablePlan) {
    currentTable = table
    cells.namespace = leafNamespace ^ rowHash(Array(plan.name.utf8).span, key: rowKey)
    personClass = packer.number(ofClass: plan.personClass)
    readColumns(plan)
  }

  private func readColumns(_ plan: TablePlan) {
    columns.removeAll(keepingCapacity: true)
    for column in plan.columns {
      var cell = CellColumn(column, set)
      if let key = column.keyOf {
        cell.keySpace = leafNamespace ^ rowHash(Array("key of \(key)".utf8).span, key: rowKey)
      }
      columns.append(cell)
    }
  }

  /// The leaf is over: what waited for an enclosing record stands for itself.
  package func finishLeaf(tables: [TablePlan]) {
    personClass = packer.number(ofClass: tables.first?.personClass ?? "")
    releaseWaiting()
    flushLine()
  }

  /// A record that no plan is known for, a title above a header: every field is searched.
  private func scanUnplanned(_ batch: borrowing RecordBatch, _ record: Record, number: Int?) {
    cells.beginRecord()
    for index in Int(record.firstField)..<Int(record.firstField + record.fieldCount)
    where batch.fields[index].length > 0 {
      scanCell(batch, batch.fields[index], nil, record, number)
    }
    let own = personClass
    personClass = 0
    close(batch, record, hasPlan: false)
    personClass = own
  }

  private func scanFields(
    _ batch: borrowing RecordBatch,
    _ record: Record,
    plan: TablePlan,
    number: Int?
  ) {
    cells.beginRecord()
    if !unread.isEmpty { unread.removeAll(keepingCapacity: true) }
    cells.typedFields(batch.text.span, batch, record, columns, number, unread: &unread)
    cells.joinParts(batch, record, plan, number)
    // What has no type, or is not of its column's type, after all that has.
    for position in unread.indices {
      let field = batch.fields[Int(unread[position])]
      let column = Int(field.column)
      scanCell(
        batch,
        field,
        column < plan.columns.count ? plan.columns[column] : nil,
        record,
        number
      )
    }
    close(batch, record, hasPlan: true)
  }
}
