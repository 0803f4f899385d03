internal import BreachBytes
package import BreachModel

/// Decides from a table's probe what its columns hold: headers, shares of valid values, neighbours.
///
/// Runs once per table, on at most 4,096 records or 1 MiB; the outcome travels with every unit.
package struct ColumnTyper {
  let set: DetectorSet
  /// The checks and the value at hand, on the heap because they cannot be copied.
  let scratch: Holder

  final class Holder {
    var checks: Checks
    var value = Value()

    init(_ words: WordLists) { checks = Checks(words) }
  }

  /// Cells looked at per column.
  private static let cellsPerColumn = 600
  /// A header stands within this many records from the top.
  static let deepestHeader = 12

  package init(_ set: DetectorSet) {
    self.set = set
    scratch = Holder(set.words)
  }

  /// What the probe of one table looks like.
  struct Column {
    var filled = 0
    var cells: [(batch: Int, field: Int, row: Int)] = []
  }

  /// One record of the probe.
  struct Row {
    var batch: Int
    var record: Record
    /// Among all records of the unit.
    var position: Int
  }

  // MARK: tables without named columns

  /// Plans a table whose first records may be titles and a header.
  ///
  /// With `hasHeader` true the first record is the header, with false there is none; nil looks. `path` is that
  /// of a file that is the table; empty for tables beside others.
  package mutating func plan(
    delimited batches: [RecordBatch],
    table: Int = 0,
    hasHeader: Bool? = nil,
    path: String = ""
  ) -> TablePlan {
    let rows = self.rows(of: batches, table: table)
    let isForm = isForm(Array(rows.dropFirst(hasHeader == true ? 1 : 0)), batches)
    let header: Int?
    switch hasHeader {
    case true?: header = rows.isEmpty ? nil : 0
    case false?: header = nil
    case nil: header = isForm ? nil : headerRow(rows, batches)
    }
    let names = header.map { self.names(in: rows[$0], batches) } ?? []
    let first = (header ?? -1) + 1
    let position = header.map { rows[$0].position + 1 } ?? 0
    if isForm {
      return TablePlan(
        name: "",
        columns: names.map { ColumnPlan(name: $0) },
        firstData: position,
        personClass: "",
        isForm: true
      )
    }
    let data = Array(rows.dropFirst(first))
    var plan = self.plan(
      named: names,
      rows: data,
      batches,
      isPersonal: holdsPersons(path: path)
    )
    plan.firstData = position
    takePairs(&plan, data, batches)
    classify(&plan)
    markMakers(&plan)
    return plan
  }

  /// Plans a table whose columns have names: SQL, JSON, XML.
  package mutating func plan(
    table: Int,
    name: String,
    columns: [String],
    _ batches: [RecordBatch],
    isPaths: Bool,
    refersToPersons: Bool = false
  ) -> TablePlan {
    let rows = self.rows(of: batches, table: table)
    let personClass = set.vocabulary.personClass(of: name)
    var plan = self.plan(
      named: columns,
      rows: rows,
      batches,
      isPaths: isPaths,
      isPersonal: !personClass.isEmpty && personClass != "partner",
      refersToPersons: refersToPersons
    )
    plan.name = name
    takePairs(&plan, rows, batches)
    classify(&plan)
    markMakers(&plan)
    return plan
  }

  func detector(of type: DataType) -> Detector? {
    set.detector(of: type).map { set.detectors[$0] }
  }

  // MARK: rows

  func rows(of batches: [RecordBatch], table: Int) -> [Row] {
    var rows: [Row] = []
    for (number, batch) in batches.enumerated() {
      for (index, record) in batch.records.enumerated()
      where record.table == Int32(table) && record.fieldCount > 0 {
        rows.append(Row(batch: number, record: record, position: batch.recordBase + index))
      }
    }
    return rows
  }

  private func names(in row: Row, _ batches: [RecordBatch]) -> [String] {
    fields(row).map { index in
      let field = batches[row.batch].fields[index]
      return Display.safe(String(decoding: batches[row.batch].text[field.range], as: UTF8.self))
        .trimmingBlanks
    }
  }

  func fields(_ row: Row) -> Range<Int> {
    Int(row.record.firstField)..<Int(row.record.firstField + row.record.fieldCount)
  }

  // MARK: columns

  private mutating func plan(
    named names: [String],
    rows: [Row],
    _ batches: [RecordBatch],
    isPaths: Bool = false,
    isPersonal: Bool = false,
    refersToPersons: Bool = false
  ) -> TablePlan {
    var columns = [Column](repeating: Column(), count: names.count)
    let step = max(1, rows.count / Self.cellsPerColumn)
    for (position, row) in rows.enumerated() {
      for index in fields(row) {
        let field = batches[row.batch].fields[index]
        guard field.length > 0 else { continue }
        let column = Int(field.column)
        guard column < 16_384 else { continue }
        while columns.count <= column { columns.append(Column()) }
        columns[column].filled += 1
        if position % step == 0 || columns[column].cells.count < 40 {
          if columns[column].cells.count < 2 * Self.cellsPerColumn {
            columns[column].cells.append((row.batch, index, position))
          }
        }
      }
    }
    var plans: [ColumnPlan] = []
    var meanings: [Meaning?] = []
    for (number, column) in columns.enumerated() {
      let name = number < names.count ? names[number] : ""
      let meaning =
        name.isEmpty
        ? nil
        : isPaths ? meaning(ofPath: name, column, batches) : set.vocabulary.meaning(of: name.utf8)
      meanings.append(meaning)
      plans.append(plan(column, name: name, meaning, batches))
    }
    settleAmbiguous(&plans, meanings, columns, batches, isPersonal: isPersonal)
    settleRoles(&plans, meanings, columns, batches)
    retype(&plans, columns, batches)
    setChanceAside(&plans, columns, batches)
    withNeighbours(&plans, meanings, columns, batches)
    splitGroups(&plans)
    let isOfPersons = refersToPersons || Self.isPersonal(plans) || namesPersons(plans)
    weighSensitive(&plans, isOfPersons: isOfPersons)
    if isOfPersons {
      markRemarks(&plans, isPaths: isPaths)
      for number in plans.indices where plans[number].isRemark && meanings[number] == nil {
        plans[number].isRemark = !holdsLabels(columns[number], batches)
      }
    }
    return TablePlan(name: "", columns: plans, firstData: 0, personClass: "")
  }

  /// Columns of long numbers of which about one in ten passes Luhn hold no cards: what passes does so
  /// by chance.
  private mutating func setChanceAside(
    _ plans: inout [ColumnPlan],
    _ columns: [Column],
    _ batches: [RecordBatch]
  ) {
    guard let cards = detector(of: .cardNumber) else { return }
    for number in plans.indices where plans[number].type == nil && !plans[number].isNegative {
      var long = 0
      for cell in columns[number].cells {
        let field = batches[cell.batch].fields[cell.field]
        guard (12...23).contains(field.length) else { continue }
        let text = batches[cell.batch].text[field.range]
        guard text.allSatisfy({ isDigit($0) || $0 == 0x20 || $0 == 0x2D }) else { continue }
        if text.count(where: isDigit) >= 12 { long += 1 }
      }
      guard long >= 4 else { continue }
      let share = share(cards.check, columns[number], batches)
      if share.passed * 2 < long {
        (plans[number].isNegative, plans[number].atChance) = (true, long)
      }
    }
  }

  /// What a header calls by a wider word: a password kept as a hash, an account given as IBAN, a login
  /// that is a mailbox.
  private static let narrower: [(DataType, DataType)] = [
    (.password, .passwordHash), (.bankAccount, .iban), (.loginID, .emailAddress),
  ]

  /// Gives columns the narrower type that nearly all their values pass for.
  private mutating func retype(
    _ plans: inout [ColumnPlan],
    _ columns: [Column],
    _ batches: [RecordBatch]
  ) {
    for (wide, narrow) in Self.narrower {
      guard let detector = detector(of: narrow), detector.check != .filled else { continue }
      for number in plans.indices where plans[number].type == wide {
        let share = self.share(detector.check, columns[number], batches)
        guard share.seen > 0, share.passed * 10 >= share.seen * 8 else { continue }
        plans[number].type = narrow
        plans[number].confidence = UInt8(detector.column)
      }
    }
  }

  private mutating func plan(
    _ column: Column,
    name: String,
    _ meaning: Meaning?,
    _ batches: [RecordBatch]
  ) -> ColumnPlan {
    var plan = ColumnPlan(name: name)
    guard let meaning else { return byValues(plan, column, batches, onlyStrong: false) }
    plan.isNegative = meaning.isNegative
    plan.isDated = meaning.isDated
    plan.group = meaning.group
    guard let type = meaning.type, let number = number(of: meaning, column, batches),
      set.detectors[number].column > 0
    else { return byValues(plan, column, batches, onlyStrong: !meaning.isFree) }
    let detector = set.detectors[number]
    if detector.subtype != nil { plan.detector = UInt16(number) }
    if meaning.isAmbiguous {
      // Known names speak for themselves; everything else waits for its neighbours.
      guard isTelling(detector.check), meaning.role == .whole else {
        return byValues(plan, column, batches, onlyStrong: true)
      }
      let share = self.share(detector.check, column, batches)
      guard share.seen > 0, share.passed * 10 >= share.seen * 5 else {
        return byValues(plan, column, batches, onlyStrong: share.valid * 2 >= share.seen)
      }
      return typed(plan, meaning, type, detector, [.header, .values])
    }
    let share = self.share(detector.check, column, batches, role: meaning.role)
    guard
      column.cells.isEmpty || share.valid * 10 >= share.seen * 3 || isFree(detector.check)
    else { return byValues(plan, column, batches, onlyStrong: false) }
    let agrees = share.valid * 2 >= share.seen && share.seen > 0
    return typed(plan, meaning, type, detector, agrees ? [.header, .values] : .header)
  }

  /// The detector of a column's word; where the word leaves open which number of its type stands
  /// there, the one that nearly all values pass.
  private mutating func number(
    of meaning: Meaning,
    _ column: Column,
    _ batches: [RecordBatch]
  ) -> Int? {
    guard let type = meaning.type else { return nil }
    let all = set.detectors(of: type)
    if let own = meaning.detector.map(Int.init) {
      // A word of one country's number stands for that of another, too, where the values say so.
      let share = self.share(set.detectors[own].check, column, batches)
      if share.seen < 3 || share.valid * 10 >= share.seen * 3 { return own }
    }
    if meaning.role == .whole, all.count > 1 {
      for number in all where set.detectors[number].subtype != nil {
        let share = self.share(set.detectors[number].check, column, batches)
        if share.seen >= 3, share.passed * 10 >= share.seen * 9 { return number }
      }
    }
    return all.first
  }

  func typed(
    _ plan: ColumnPlan,
    _ meaning: Meaning,
    _ type: DataType,
    _ detector: Detector,
    _ evidence: Evidence
  ) -> ColumnPlan {
    var plan = plan
    plan.type = type
    plan.role = meaning.role
    plan.group = meaning.group
    plan.isNegative = false
    plan.confidence = UInt8(detector.column)
    plan.evidence = evidence
    return plan
  }

  /// A check that a value of another type hardly passes.
  private func isTelling(_ check: CheckName) -> Bool {
    !isFree(check) && check != .address
  }

  /// Columns with an ambiguous header beside columns that are a person's beyond doubt: `name` of
  /// Latin names beside `email`, `state` beside `zip`, `pass` beside `login_id`; or in a table whose
  /// name says that it is one of persons.
  private mutating func settleAmbiguous(
    _ plans: inout [ColumnPlan],
    _ meanings: [Meaning?],
    _ columns: [Column],
    _ batches: [RecordBatch],
    isPersonal: Bool
  ) {
    let personal: TypeSet = TypeSet(
      [
        .nationalID, .pensionNumber, .driversLicense, .passportNumber, .residenceCard,
        .healthInsurance, .employmentInsurance, .emailAddress, .phoneNumber, .birthDate,
        .personNameKana, .personName, .myNumber, .loginID, .postalCode, .address, .cardNumber,
        .gender, .age,
      ] + DataType.allCases.filter(\.isSensitive)
    )
    var seen = TypeSet(rawValue: 0)
    for plan in plans { if let type = plan.type { seen.insert(type) } }
    guard isPersonal || !seen.isDisjoint(with: personal) else { return }
    for number in plans.indices where plans[number].type == nil {
      guard let meaning = meanings[number], meaning.isAmbiguous, let type = meaning.type,
        let own = set.detector(of: meaning)
      else { continue }
      let detector = set.detectors[own]
      if type == .personName, let companies = self.detector(of: .companyName) {
        let share = self.share(companies.check, columns[number], batches)
        if share.seen > 0 && share.passed * 2 >= share.seen {
          plans[number] = typed(
            plans[number],
            meaning,
            .companyName,
            companies,
            [.header, .values]
          )
          continue
        }
      }
      if type == .address && !seen.contains(.address) && !seen.contains(.postalCode) { continue }
      let share = self.share(detector.check, columns[number], batches, role: meaning.role)
      guard share.seen > 0, share.valid * 10 >= share.seen * 6 else { continue }
      if detector.check == .personName && !isVaried(columns[number], batches) { continue }
      var evidence: Evidence = [.header, .neighbour]
      if share.passed > 0 { evidence.insert(.values) }
      plans[number] = typed(plans[number], meaning, type, detector, evidence)
    }
  }

  private func isFree(_ check: CheckName) -> Bool {
    check == .filled || check == .passwordHash || check == .organisation || check == .digits
  }

  mutating func share(
    _ check: CheckName,
    _ column: Column,
    _ batches: [RecordBatch],
    role: ColumnRole = .whole
  ) -> (seen: Int, valid: Int, passed: Int) {
    var (seen, valid, passed) = (0, 0, 0)
    for cell in column.cells {
      let field = batches[cell.batch].fields[cell.field]
      scratch.value.load(batches[cell.batch].text, field.range)
      if scratch.value.saysNothing(set.words) { continue }
      seen += 1
      let verdict = scratch.checks.run(check, &scratch.value, role: role)
      // A company among the names speaks neither for nor against.
      if check == .personName && verdict.kind == AttributeKind(.companyName) {
        seen -= 1
        continue
      }
      if verdict.result != .fail && verdict.weight > -30 { valid += 1 }
      if verdict.result == .pass { passed += 1 }
    }
    return (seen, valid, passed)
  }

  /// Types a column whose header does not: nearly all its values have to pass a telling check.
  private mutating func byValues(
    _ plan: ColumnPlan,
    _ column: Column,
    _ batches: [RecordBatch],
    onlyStrong: Bool
  ) -> ColumnPlan {
    guard column.cells.count >= 1 else { return plan }
    var plan = plan
    for (number, detector) in set.detectors.enumerated() where detector.unnamed > 0 {
      let isStrong = detector.check == .email || detector.check == .card
      if onlyStrong && !isStrong { continue }
      if detector.share >= 90 && !mayHold(detector.check, column, batches) { continue }
      let share = self.share(detector.check, column, batches)
      guard share.seen >= (isStrong ? 1 : 2), share.passed * 100 >= share.seen * detector.share
      else { continue }
      if !isConvincing(detector, share.seen, column, batches) { continue }
      plan.type = detector.type
      plan.detector = detector.subtype == nil ? nil : UInt16(number)
      plan.confidence = UInt8(detector.unnamed)
      plan.evidence = .values
      plan.isNegative = false
      return plan
    }
    return plan
  }

  /// What the check alone does not tell: chance level, separators, the variety of values.
  private mutating func isConvincing(
    _ detector: Detector,
    _ seen: Int,
    _ column: Column,
    _ batches: [RecordBatch]
  ) -> Bool {
    switch detector.check {
    case .email: return true
    case .card, .myNumber, .corporateNumber:
      // One random number in ten passes; five in a row are not chance, one number over and over is.
      return seen >= 5 && isVaried(column, batches)
    case .postalCode where seen >= 5 && isVaried(column, batches): return true
    case .phone, .postalCode:
      let separated = column.cells.prefix(200).filter { cell in
        let field = batches[cell.batch].fields[cell.field]
        var buffer = ByteBuffer()
        let text = batches[cell.batch].text
        Folding.append(text.span, field.range, to: &buffer)
        let folded = buffer.array
        return folded.contains { $0 == 0x2D || $0 == 0x28 || $0 == 0x2B || isLetter($0) }
          || folded.starts(with: [0x30])
            && folded.count >= 10
      }
      return separated.count * 10 >= min(200, column.cells.count) * 5
    case .personName:
      let kana = share(.kanaName, column, batches)
      return kana.valid * 2 < kana.seen && isVaried(column, batches)
    case .kanaName: return isVaried(column, batches)
    case .passwordHash:
      // Bare hexadecimal may be a checksum of anything.
      for cell in column.cells.prefix(20) {
        scratch.value.load(batches[cell.batch].text, batches[cell.batch].fields[cell.field].range)
        let value = scratch.value.folded.array
        if !value.isEmpty && !HashCheck.hasScheme(value.span) { return false }
      }
      return true
    case .address: return true
    default: return seen >= 5 && isVaried(column, batches)
    }
  }

  /// False when none of the first values passes a check that nearly all would have to pass.
  private mutating func mayHold(_ check: CheckName, _ column: Column, _ batches: [RecordBatch])
    -> Bool
  {
    var seen = 0
    for cell in column.cells {
      let field = batches[cell.batch].fields[cell.field]
      scratch.value.load(batches[cell.batch].text, field.range)
      if scratch.value.saysNothing(set.words) { continue }
      if scratch.checks.run(check, &scratch.value).result == .pass { return true }
      seen += 1
      if seen == 4 { return false }
    }
    return seen > 0
  }
}

extension String {
  /// Without blanks at both ends.
  fileprivate var trimmingBlanks: String {
    var scalars = Substring(self).unicodeScalars
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return String(String.UnicodeScalarView(scalars))
  }
}
