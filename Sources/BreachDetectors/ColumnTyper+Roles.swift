internal import BreachBytes
internal import BreachModel

/// What part of a value a column holds, where its header leaves that open or says it wrongly.
extension ColumnTyper {
  /// Settles names, dates and numbers that may be spread over columns.
  mutating func settleRoles(
    _ plans: inout [ColumnPlan],
    _ meanings: [Meaning?],
    _ columns: [Column],
    _ batches: [RecordBatch]
  ) {
    for number in plans.indices {
      guard let meaning = meanings[number], let type = meaning.type,
        let detector = detector(of: type)
      else { continue }
      switch type {
      case .personName:
        guard
          let role = nameRole(plans, number, meaning, detector, columns[number], batches),
          role != meaning.role || plans[number].type == nil
        else { continue }
        var own = meaning
        own.role = role
        plans[number] = typed(plans[number], own, type, detector, .header)
      case .birthDate where meaning.role != .whole:
        // 生日 is the day in Japan, and the birthday in China.
        let share = share(detector.check, columns[number], batches)
        guard share.seen > 0, share.valid * 10 >= share.seen * 8 else { continue }
        var own = meaning
        own.role = .whole
        plans[number] = typed(plans[number], own, type, detector, [.header, .values])
      case .birthDate where plans[number].type != .birthDate:
        // `birthday` beside a birth's year and month is its day.
        let day = share(detector.check, columns[number], batches, role: .day)
        let hasMonth = plans.contains {
          $0.type == .birthDate && $0.role == .month && $0.group == meaning.group
        }
        guard hasMonth, day.seen > 0, day.valid * 10 >= day.seen * 9 else { continue }
        var own = meaning
        own.role = .day
        plans[number] = typed(plans[number], own, type, detector, .header)
      default: continue
      }
    }
    for number in plans.indices
    where plans[number].role == .whole
      && (plans[number].type == .birthDate || plans[number].type == nil && plans[number].isDated)
    {
      if isDayFirst(columns[number], batches) { plans[number].role = .dayFirst }
    }
    joinNumbers(&plans, meanings, columns, batches)
  }

  /// Some first numbers of the column's dates can be no months, and nearly all second ones can.
  private func isDayFirst(_ column: Column, _ batches: [RecordBatch]) -> Bool {
    var (firstDays, secondDays) = (0, 0)
    for cell in column.cells {
      let batch = batches[cell.batch]
      let text = batch.text.span.extracting(batch.fields[cell.field].range)
      guard let (first, second) = DateCheck.pair(text) else { continue }
      func number(_ range: Range<Int>) -> Int { range.reduce(0) { $0 * 10 + Int(text[$1] & 15) } }
      if number(first) > 12 { firstDays += 1 }
      if number(second) > 12 { secondDays += 1 }
    }
    return firstDays > 20 * secondDays
  }

  /// Nom, Name, Nombre: the whole name, or one part of it where the other stands beside it.
  private mutating func nameRole(
    _ plans: [ColumnPlan],
    _ number: Int,
    _ meaning: Meaning,
    _ detector: Detector,
    _ column: Column,
    _ batches: [RecordBatch]
  ) -> ColumnRole? {
    let plan = plans[number]
    guard plan.type == nil || plan.type == .personName else { return nil }
    var siblings: Set<ColumnRole> = []
    for (other, sibling) in plans.enumerated()
    where other != number && sibling.type == .personName && sibling.group == meaning.group {
      siblings.insert(sibling.role)
    }
    let whole = share(detector.check, column, batches)
    guard whole.seen > 0 else { return nil }
    if meaning.role == .whole {
      guard whole.valid * 2 < whole.seen else { return nil }
      // A word with other meanings needs the other part beside it.
      if meaning.isAmbiguous && siblings.isDisjoint(with: [.family, .given]) { return nil }
      let part = share(detector.check, column, batches, role: .family)
      // `token` and `header` are single words, too; names begin with a capital.
      guard part.valid * 10 >= part.seen * 8,
        !siblings.isDisjoint(with: [.family, .given]) || part.passed * 2 >= part.seen
          || nameShape(column, batches).fits
      else { return nil }
      return siblings.contains(.family) ? .given : .family
    }
    guard siblings.isDisjoint(with: [.family, .given]), whole.valid * 10 >= whole.seen * 9,
      whole.passed * 2 >= whole.seen || isLatin(column, batches)
    else { return nil }
    return .whole
  }

  private func isLatin(_ column: Column, _ batches: [RecordBatch]) -> Bool {
    column.cells.prefix(50).allSatisfy { cell in
      let batch = batches[cell.batch]
      return batch.text[batch.fields[cell.field].range].allSatisfy { $0 < 0xE3 }
    }
  }

  // MARK: catalogues

  /// Names of authors, artists or actors, and nothing else of them: the class says that they are the
  /// makers of things.
  func markMakers(_ plan: inout TablePlan) {
    let named = TypeSet([.personName, .personNameKana])
    let beside = TypeSet([.personName, .personNameKana, .companyName, .gender])
    var types = TypeSet(rawValue: 0)
    for column in plan.columns { if let type = column.type { types.insert(type) } }
    guard types.isSubset(of: beside), !types.isDisjoint(with: named) else { return }
    let table = plan.name.utf8.split(whereSeparator: { $0 == 0x2E }).last.map { Array($0) }
    let isOfMakers = set.vocabulary.isMaker(table ?? [])
    let names = plan.columns.filter { $0.type.map(named.contains) ?? false }
    guard isOfMakers || names.allSatisfy({ set.vocabulary.isMaker(key(of: $0)) }) else { return }
    plan.personClass = TablePlan.makers
  }

  /// The last key of a column's path.
  private func key(of column: ColumnPlan) -> [UInt8] {
    column.name.utf8.split(whereSeparator: { $0 == 0x2E }).last.map { Array($0) } ?? []
  }

  // MARK: several persons of a group

  /// 配偶者氏名, 扶養者1氏名, 扶養者2氏名: each further name of a group is another person's, and so
  /// are the columns whose headers begin like it; of several that do, the one before is meant.
  func splitGroups(_ plans: inout [ColumnPlan]) {
    var free = FieldGroup.further1.rawValue
    for group in FieldGroup.allCases
    where group != .main && group != .employer && group.rawValue < FieldGroup.further1.rawValue {
      let own = plans.indices.filter { plans[$0].group == group && plans[$0].type != nil }
      var names: [(column: Int, group: FieldGroup)] = []
      for type in [DataType.personName, .personNameKana] where names.isEmpty {
        let first = own.first { plans[$0].type == type && plans[$0].role != .middle }
        guard let role = first.map({ plans[$0].role }) else { continue }
        for column in own where plans[column].type == type && plans[column].role == role {
          guard let next = names.isEmpty ? group : FieldGroup(rawValue: free) else { break }
          if !names.isEmpty { free += 1 }
          names.append((column, next))
        }
      }
      guard names.count > 1 else { continue }
      for column in own {
        var best = (shared: -1, group: group)
        for name in names {
          let shared = Self.sharedStart(plans[column].name, plans[name.column].name)
          if shared > best.shared || shared == best.shared && name.column <= column {
            best = (shared, name.group)
          }
        }
        plans[column].group = best.group
      }
    }
  }

  /// Bytes that both begin with.
  private static func sharedStart(_ one: String, _ other: String) -> Int {
    zip(one.utf8, other.utf8).prefix { $0 == $1 }.count
  }

  // MARK: numbers in several columns

  /// 電話番号1, 電話番号2, 電話番号3; zip01, zip02: digits of one number, a group a column.
  private mutating func joinNumbers(
    _ plans: inout [ColumnPlan],
    _ meanings: [Meaning?],
    _ columns: [Column],
    _ batches: [RecordBatch]
  ) {
    var first = 0
    while first < plans.count {
      var end = first
      while end < plans.count, let meaning = meanings[end], let type = meaning.type,
        meaning.role == .whole, type == meanings[first]?.type,
        meaning.group == meanings[first]?.group, end - first < Self.groups(of: type).count,
        isGroup(columns[end], batches, of: Self.groups(of: type)[end - first])
      {
        end += 1
      }
      guard let type = meanings[first]?.type, let detector = detector(of: type),
        end > first, end - first == Self.groups(of: type).count, let meaning = meanings[first]
      else {
        first += 1
        continue
      }
      for number in first..<end {
        var own = meaning
        own.role = number == first ? .numberStart : number == end - 1 ? .numberEnd : .numberPart
        plans[number] = typed(plans[number], own, type, detector, [.header, .values])
      }
      first = end
    }
  }

  /// How many digits each column of a number that is spread over columns may have.
  private static func groups(of type: DataType) -> [ClosedRange<Int>] {
    switch type {
    case .phoneNumber: [2...5, 1...4, 3...4]
    case .postalCode: [3...3, 4...4]
    case .cardNumber: [4...4, 4...4, 4...4, 4...4]
    default: []
    }
  }

  private func isGroup(_ column: Column, _ batches: [RecordBatch], of length: ClosedRange<Int>)
    -> Bool
  {
    var (seen, fitting) = (0, 0)
    var folded = ByteBuffer()
    for cell in column.cells {
      let batch = batches[cell.batch]
      folded.clear()
      Folding.append(batch.text.span, batch.fields[cell.field].range, to: &folded)
      // What says that nothing is there says nothing of the column, either.
      if folded.isEmpty || set.words.isEmptyWord(folded.span) { continue }
      seen += 1
      // Spreadsheets drop the leading zero.
      guard (length.lowerBound - 1...length.upperBound).contains(folded.count) else { continue }
      var isNumber = true
      for index in 0..<folded.count where !isDigit(folded[index]) { isNumber = false }
      if isNumber { fitting += 1 }
    }
    return seen > 0 && fitting * 10 >= seen * 8
  }
}
