internal import BreachBytes
internal import BreachModel

/// Dates of birth in three columns that say no more than year, month and day.
extension ColumnTyper {
  /// Types 生年, 月, 日 side by side, and 年, 月, 日 where the years are as birth years are spread.
  ///
  /// Only in tables of persons that have no date of birth yet: 年, 月, 日 of sales are no birthdays.
  mutating func birthParts(
    _ plans: inout [ColumnPlan],
    _ columns: [Column],
    _ batches: [RecordBatch]
  ) {
    guard plans.count >= 3,
      !plans.contains(where: { $0.type == .birthDate && $0.role != .year })
    else { return }
    for first in 0..<plans.count - 2 {
      let isBirth = plans[first].type == .birthDate
      guard isBirth || isOpen(plans[first]) && isNamed(plans[first], .year),
        let (month, day) = parts(behind: first, plans)
      else { continue }
      let years = numbers(columns[first], batches, 1880...2100)
      guard let years, numbers(columns[month], batches, 1...12) != nil,
        numbers(columns[day], batches, 1...31) != nil, isBirth || areSpread(years)
      else { continue }
      let group = plans[first].group
      for (column, role) in [(first, ColumnRole.year), (month, .month), (day, .day)] {
        type(&plans[column], .birthDate, isBirth ? 95 : 85, [.values, .neighbour], role: role)
        plans[column].group = group
        plans[column].isNegative = false
      }
      return
    }
  }

  /// The month and the day behind a year, in the order of either country.
  private func parts(behind year: Int, _ plans: [ColumnPlan]) -> (month: Int, day: Int)? {
    for (month, day) in [(year + 1, year + 2), (year + 2, year + 1)]
    where isOpen(plans[month]) && isOpen(plans[day]) {
      if isNamed(plans[month], .month), isNamed(plans[day], .day) { return (month, day) }
    }
    return nil
  }

  private func isOpen(_ plan: ColumnPlan) -> Bool { plan.type == nil && !plan.isDated }

  private func isNamed(_ plan: ColumnPlan, _ role: ColumnRole) -> Bool {
    guard let words = set.words.dateParts[role] else { return false }
    let key = VocabularyKey(plan.name.utf8)
    return words.contains(key.bytes.span, 0..<key.bytes.count)
  }

  /// Years that are those of a person's life: more than a generation between them.
  private func areSpread(_ years: [Int]) -> Bool {
    guard years.count >= 3, let first = years.min(), let last = years.max() else { return false }
    return last - first >= 15 && first < 2000 && years.count { $0 < 1995 } * 4 >= years.count
  }

  /// The values as numbers; nil when one in ten or more is none within `range`, or none is there.
  private mutating func numbers(
    _ column: Column,
    _ batches: [RecordBatch],
    _ range: ClosedRange<Int>
  ) -> [Int]? {
    var (seen, numbers) = (0, [Int]())
    for cell in column.cells {
      scratch.value.load(batches[cell.batch].text, batches[cell.batch].fields[cell.field].range)
      if scratch.value.saysNothing(set.words) { continue }
      seen += 1
      let folded = scratch.value.folded.array
      guard folded.count <= 4, folded.allSatisfy(isDigit) else { continue }
      let number = folded.reduce(0) { $0 * 10 + Int($1 & 15) }
      if range.contains(number) { numbers.append(number) }
    }
    return seen > 0 && numbers.count * 10 > seen * 9 ? numbers : nil
  }
}
