/// The first and the last day of something, both among it.
package struct Period: Sendable, Hashable {
  package var from: CivilDate
  package var to: CivilDate

  package init(from: CivilDate, to: CivilDate) { (self.from, self.to) = (from, to) }

  /// The shortest period that has both in it.
  package static func + (left: Self, right: Self) -> Self {
    Period(from: min(left.from, right.from), to: max(left.to, right.to))
  }

  /// The shortest period that has all in it; nil of none.
  package init?(_ periods: some Sequence<Period>) {
    var all: Period?
    for period in periods { all = all.map { $0 + period } ?? period }
    guard let all else { return nil }
    self = all
  }
}

/// A column that says when something of its records was (created_at, 注文日), with the days in it.
///
/// Days stand as they are written, without regard to time zones; numbers of seconds count in UTC. What
/// lies before 1950 or after 2030, and the days that programs write for none, are left out.
package struct DatedColumn: Sendable, Hashable {
  /// SQL table, JSON record path, sheet; empty where a leaf has one table.
  package var table: String
  /// The header as written.
  package var name: String
  package var period: Period

  package init(table: String, name: String, period: Period) {
    self.table = table
    self.name = name
    self.period = period
  }
}

extension FileResult {
  /// The days of its records; nil when no column tells.
  package var period: Period? { Period(dates.lazy.map(\.period)) }

  /// The days of one table's records; nil when no column of it tells.
  package func period(ofTable name: String) -> Period? {
    Period(dates.lazy.filter { $0.table == name }.map(\.period))
  }
}

extension ScanResult {
  /// The days of all records of tables that hold data of persons; nil when no column tells.
  package var period: Period? { Period(files.lazy.compactMap(\.period)) }
}
