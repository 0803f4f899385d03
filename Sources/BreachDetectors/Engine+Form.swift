internal import BreachBytes
internal import BreachModel

/// Tables of labels and values: what the lines of a form are in text, records are here.
extension Engine {
  /// A record of a form: its values are held until the form is over.
  ///
  /// An empty line or record ends a form, and so does a label that it has already.
  func scanForm(_ batch: borrowing RecordBatch, _ index: Int, number: Int) {
    if let pairs {
      scanPair(batch, batch.records[index], pairs, number: number)
      return
    }
    let record = batch.records[index]
    let fields = Int(record.firstField)..<Int(record.firstField + record.fieldCount)
    // Taken out: read while all else here is written.
    var form = FormCells()
    swap(&form, &formCells)
    form.read(batch.text.span, batch.fields.span, fields, set.vocabulary)
    let isNew = isBehindGap(batch, index) || form.filled == 0
    let labels = form.labels.map { labelHash(batch, batch.fields[$0].range) }
    let isFull = textState.group.lines == HitGroup.longest
    if isNew || isFull || labels.contains(where: textState.group.labels.contains) { flushGroup() }
    textState.group.labels.formUnion(labels)
    let held = textState.group.hits.count
    for cell in form.cells { scanFormCell(batch, cell, record, number) }
    if textState.group.hits.count > held {
      let text = batch.text.span.extracting(Int(record.start)..<Int(record.end))
      textState.group.add(row: rowHash(text, key: rowKey))
    }
    swap(&form, &formCells)
  }

  /// A record of one label and one value: those of one owner, or up to a label that comes again, are a
  /// form.
  private func scanPair(
    _ batch: borrowing RecordBatch,
    _ record: Record,
    _ pairs: PairPlan,
    number: Int
  ) {
    var (key, value, owner) = (-1, -1, -1)
    let fields = Int(record.firstField)..<Int(record.firstField + record.fieldCount)
    for index in fields where batch.fields[index].length > 0 {
      switch Int(batch.fields[index].column) {
      case pairs.key: key = index
      case pairs.value: value = index
      case pairs.owner: owner = index
      default: break
      }
    }
    let label = key < 0 ? 0 : labelHash(batch, batch.fields[key].range)
    let own =
      owner < 0 ? 0 : rowHash(batch.text.span.extracting(batch.fields[owner].range), key: rowKey)
    let isNext =
      pairs.owner == nil ? textState.group.labels.contains(label) : own != textState.group.owner
    if isNext || textState.group.lines == HitGroup.longest { flushGroup() }
    let isFirst = textState.group.lines == 0
    textState.group.owner = own
    textState.group.labels.insert(label)
    textState.group.add(
      row: rowHash(batch.text.span.extracting(Int(record.start)..<Int(record.end)), key: rowKey)
    )
    if isFirst {
      if owner >= 0, let column = pairs.owner, column < meanings.count, cells.columns[column].isKey
      {
        textState.group.rowKey =
          (
            cells.keyDigest(batch.text.span, batch.fields[owner].range),
            cells.columns[column].keySpace
          )
      }
      // What other columns say of whose values they are stands in each row.
      for index in fields where index != key && index != value && batch.fields[index].length > 0 {
        let column = Int(batch.fields[index].column)
        guard column < meanings.count, meanings[column].type != nil else { continue }
        let cell = FormCells.Cell(field: index, label: (index, meanings[column]))
        scanFormCell(batch, cell, record, number)
      }
    }
    guard value >= 0 else { return }
    var cell = FormCells.Cell(field: value, label: nil)
    if key >= 0 {
      vocabularyKey.load(batch.text.span, batch.fields[key].range)
      if let meaning = set.vocabulary.meaning(of: vocabularyKey) { cell.label = (key, meaning) }
    }
    scanFormCell(batch, cell, record, number)
  }

  /// The value behind a label of some type is taken for a cell of its column; all else is searched.
  private func scanFormCell(
    _ batch: borrowing RecordBatch,
    _ cell: FormCells.Cell,
    _ record: Record,
    _ number: Int
  ) {
    let field = batch.fields[cell.field]
    let meaning = cell.label?.meaning
    let label = cell.label.map { batch.fields[$0.field].range }
    if let meaning, let type = meaning.type {
      let reading = LabelReading(meaning: meaning, range: label)
      let end = field.range.upperBound
      let value = MarkedValue(start: field.range.lowerBound, isItem: true)
      if !takesOther(batch, reading, meaning, value, end) {
        valueEnds.removeAll(keepingCapacity: true)
        valueEnds.append(end)
        proposeMarked(batch, value, reading, meaning, type)
      }
      if let found = hit {
        hit = nil
        if found.confidence.level > .unreported {
          restoreNormalForm(of: found, batch)
          take(found, inForm: batch, field, record, number)
          return
        }
      }
    }
    search(batch, TextContext(body: field.range, bounds: field.range, meaning: meaning)) {
      (engine, batch, found) in
      var found = found
      // What stands behind the label is of its type, if only in part.
      if found.label == nil, found.type == meaning?.type { found.label = label }
      engine.take(found, inForm: batch, field, record, number)
    }
  }

  private func take(
    _ hit: TextHit,
    inForm batch: borrowing RecordBatch,
    _ field: Field,
    _ record: Record,
    _ number: Int
  ) {
    let label = hit.label.map { labelHash(batch, $0) } ?? 0
    hold(hit, batch, label, Place(of: hit.range, in: field, record, number))
  }

  /// An empty line stands before the record; in markup there are none between records.
  private func isBehindGap(_ batch: borrowing RecordBatch, _ index: Int) -> Bool {
    let text = batch.text.span
    let record = batch.records[index]
    let from = index > 0 ? Int(batch.records[index - 1].end) : 0
    var ends = index > 0 ? 0 : textState.lineEnds
    let between = lineEnds(text, from..<max(from, Int(record.start)))
    if between.isAll { ends += between.count }
    if index == batch.records.count - 1 {
      textState.lineEnds = lineEnds(text, Int(record.end)..<text.count).count
    }
    return ends > 1
  }

  /// How many line ends the range begins with, and whether nothing else is in it.
  private func lineEnds(_ text: Span<UInt8>, _ range: Range<Int>) -> (count: Int, isAll: Bool) {
    var (feeds, returns) = (0, 0)
    for at in range {
      switch text[at] {
      case 0x0A: feeds += 1
      case 0x0D: returns += 1
      default: return (max(feeds, returns), false)
      }
    }
    return (max(feeds, returns), true)
  }
}
