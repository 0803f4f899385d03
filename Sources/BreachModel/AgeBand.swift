/// How old a person is, coarse enough to be no value, as one small number: 0 unknown, from 1 on the
/// bands in rising order.
///
/// Bands end where laws begin: below 13, 14, 16 and 18 years the laws of several countries ask for
/// the guardian or for special care, and 20 is the old age of majority of Japan.
package enum AgeBand {
  /// The first age of each band; the last one has no end.
  private static let starts = [0, 13, 14, 16, 18, 20, 30, 40, 50, 60, 70, 80, 90]

  /// How many numbers there are, that of the unknown among them.
  package static var count: Int { 14 }

  /// The key of what nothing tells.
  package static var unknown: String { "unknown" }

  /// The number of the band that has whole years; 0 for what no living person is.
  package static func number(years: Int) -> Int {
    guard (0...oldest).contains(years) else { return 0 }
    return 1 + (starts.lastIndex { $0 <= years } ?? 0)
  }

  /// Nobody is known to have become older than 122.
  private static let oldest = 122

  /// The number of the band of who was born on one day, on another; 0 when not born yet.
  ///
  /// Days are written `YYYYMMDD`. A year is over on the birthday: who was born on February 29 is a year
  /// older on March 1 of a year without one.
  package static func number(born birth: Int, on day: Int) -> Int {
    birth > day ? 0 : number(years: (day - birth) / 10_000)
  }

  /// `0-12`, `13`, `90-`, or `unknown`; codes in their order as text are bands in rising order.
  package static func code(_ number: Int) -> String {
    guard (1...starts.count).contains(number) else { return unknown }
    let first = starts[number - 1]
    guard number < starts.count else { return "\(first)-" }
    let last = starts[number] - 1
    return first == last ? "\(first)" : "\(first)-\(last)"
  }

  /// The number of persons of a band that are below an age.
  package static func count(below age: Int, _ bands: [String: PersonCount]) -> PersonCount {
    starts.indices.filter { starts[$0] < age }.reduce(.zero) {
      $0 + (bands[code($1 + 1)] ?? .zero)
    }
  }
}

extension CivilDate {
  /// The day as the number `YYYYMMDD`.
  package var digits: Int {
    let (year, month, day) = components
    return year * 10_000 + month * 100 + day
  }
}
