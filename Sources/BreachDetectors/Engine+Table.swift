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
    columns.removeAll(keepingCapacity: true)
    for table in tables { columns.append(table.columns.map { CellColumn($0, set) }) }
    for index in batch.records.indices {
      let record = batch.records[index]
      guard record.fieldCount > 0 else {
        scanLoose(batch, Int(record.start)..<Int(record.end), line: record.line)
        continue
      }
      let table = Int(record.table)
      guard table < tables.count else {
        scanFields(batch, record, plan: nil, number: batch.recordBase + index + 1)
        continue
      }
      let position = batch.recordBase + index
      let skipped = isFirstUnit ? tables[table].firstData : 0
      if position < skipped {
        if position < skipped - 1 { scanFields(batch, record, plan: nil, number: nil) }
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
    keyNamespaces = plan.columns.map { column in
      column.keyOf.map { leafNamespace ^ rowHash(Array("key of \($0)".utf8).span, key: rowKey) }
    }
  }

  /// The leaf is over: what waited for an enclosing record stands for itself.
  package func finishLeaf(tables: [TablePlan]) {
    releaseWaiting(personClass: tables.first?.personClass ?? "")
    flushLine()
  }

  private func scanFields(
    _ batch: borrowing RecordBatch,
    _ record: Record,
    plan: TablePlan?,
    number: Int?
  ) {
    cells.beginRecord()
    let fields = Int(record.firstField)..<Int(record.firstField + record.fieldCount)
    unread.removeAll(keepingCapacity: true)
    guard let plan else {
      for index in fields where batch.fields[index].length > 0 {
        scanCell(batch, batch.fields[index], nil, record, number)
      }
      close(batch, record, nil)
      return
    }
    let typedColumns = columns[Int(record.table)]
    for index in fields {
      let field = batch.fields[index]
      let column = Int(field.column)
      guard field.length > 0 else { continue }
      if column < keyNamespaces.count, let space = keyNamespaces[column] {
        cells.value.load(batch.text.span, field.range)
        let digest = cells.digest(of: cells.value.folded[...], .rowKey).0
        cells.drafts[0].add(.rowKey, digest ^ space)
      }
      guard column < typedColumns.count, let typed = typedColumns[column] else {
        unread.append(Int32(index))
        continue
      }
      if !cells.typed(batch, field, typed, record, number) { unread.append(Int32(index)) }
    }
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
    close(batch, record, plan)
  }
}
