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
    joinNumbers(&plans, meanings, columns, batches)
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
    guard !column.cells.isEmpty else { return false }
    var fitting = 0
    for cell in column.cells {
      let batch = batches[cell.batch]
      var buffer = ByteBuffer()
      Folding.append(batch.text.span, batch.fields[cell.field].range, to: &buffer)
      let folded = buffer.array
      // Spreadsheets drop the leading zero.
      if (length.lowerBound - 1...length.upperBound).contains(folded.count),
        folded.allSatisfy(isDigit)
      {
        fitting += 1
      }
    }
    return fitting * 10 >= column.cells.count * 8
  }
}
