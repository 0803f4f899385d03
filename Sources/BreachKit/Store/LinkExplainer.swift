internal import BreachBytes
internal import BreachModel
internal import BreachPersons

/// Why records of a store are one person or two, after they were linked again.
struct LinkExplainer {
  private let persons: StorePersons
  private let log: LinkLog
  private let index: PersonIndex

  init(_ persons: StorePersons, _ log: LinkLog, _ index: PersonIndex) {
    self.persons = persons
    self.log = log
    self.index = index
  }

  func entity(_ record: Int) -> Int { Int(index.likely[record]) }

  /// How the records of one entity came together, in source order.
  func links(inEntity first: Int) throws(CommandError) -> [Link] {
    try persons.links(
      log.joined.filter { $0.strength != .tertiary && entity(Int($0.first)) == first }
    ).sorted { ($0.first.number, $0.second.number) < ($1.first.number, $1.second.number) }
  }

  /// The links from one record of an entity to another; empty when there are none.
  func chain(from start: Int, to end: Int) throws(CommandError) -> [Link] {
    var next: [UInt32: [LinkLog.Entry]] = [:]
    let own = entity(start)
    for entry in log.joined where entry.strength != .tertiary && entity(Int(entry.first)) == own {
      next[entry.first, default: []].append(entry)
      next[entry.second, default: []].append(entry)
    }
    var came: [UInt32: LinkLog.Entry] = [:]
    var queue = [UInt32(start)]
    var at = 0
    while at < queue.count {
      let record = queue[at]
      at += 1
      for entry in next[record] ?? [] {
        let other = entry.first == record ? entry.second : entry.first
        guard other != UInt32(start), came[other] == nil else { continue }
        came[other] = entry
        queue.append(other)
      }
    }
    var chain: [LinkLog.Entry] = []
    var record = UInt32(end)
    while record != UInt32(start), let entry = came[record] {
      chain.append(entry)
      record = entry.first == record ? entry.second : entry.first
    }
    return record == UInt32(start) ? try persons.links(chain.reversed()) : []
  }

  /// What kept two entities apart, and what joins them in `low` only.
  func between(_ one: Int, _ other: Int) throws(CommandError) -> (apart: [Link], low: [Link]) {
    let pair = Set([entity(one), entity(other)])
    func isBetween(_ entry: LinkLog.Entry) -> Bool {
      Set([entity(Int(entry.first)), entity(Int(entry.second))]) == pair
    }
    var seen: Set<LinkLog.Entry> = []
    return (
      try persons.links(log.apart.filter { isBetween($0) && seen.insert($0).inserted }),
      try persons.links(log.joined.filter { $0.strength == .tertiary && isBetween($0) })
    )
  }
}

/// Two records that share what a rule asks for, and what they say of each other.
struct Link {
  var first: StoredRecord
  var second: StoredRecord
  var rule: String
  /// Nil for equal rows and decisions, which need no rule.
  var strength: LinkStrength?
  /// Types of which both have a value: the same one, or another.
  var shared: [DataType]
  var different: [DataType]

  /// How little speaks for it: higher is worse.
  var doubt: Int { 2 * different.count - shared.count }

  /// Types whose values tell persons apart.
  fileprivate static let compared: [DataType] = [
    .personName, .personNameKana, .birthDate, .gender, .employer, .address, .phoneNumber,
    .emailAddress, .memberID, .loginID, .cardNumber, .myNumber, .residentCode, .pensionNumber,
    .driversLicense, .passportNumber, .residenceCard, .nationalID,
  ]
}

/// The worst merges of `likely` that are not proven, gathered while records are linked.
///
/// Their records are looked at by portions, so that memory grows with what is asked for, not with the store.
final class WorstLinks {
  private let persons: StorePersons
  private var kept: Foremost<Link>
  private var failure: CommandError?
  /// Merges that were met.
  private(set) var total = 0

  /// Keeps the `most` worst ones, of one doubt the first in source order.
  init(_ persons: StorePersons, most: Int) {
    self.persons = persons
    kept = Foremost(most) {
      ($1.doubt, $0.first.number, $0.second.number) < ($0.doubt, $1.first.number, $1.second.number)
    }
  }

  /// Told of the merges.
  var log: LinkLog {
    LinkLog(.joined(.secondary, most: Self.portion) { [self] in take($0) })
  }

  /// The worst first.
  var worst: [Link] {
    get throws(CommandError) {
      if let failure { throw failure }
      return kept.sorted
    }
  }

  /// Merges whose records are in memory at a time.
  private static let portion = 1 << 15

  private func take(_ entries: [LinkLog.Entry]) {
    total += entries.count
    if failure != nil { return }
    do throws(CommandError) {
      for link in try persons.links(entries) { kept.append(link) }
    } catch {
      failure = error
    }
  }
}

extension StorePersons {
  /// What records say of each other that were joined or kept apart, in the order of `entries`.
  func links(_ entries: [LinkLog.Entry]) throws(CommandError) -> [Link] {
    let numbers = Set(entries.flatMap { [Int($0.first), Int($0.second)] }).sorted()
    var known: [Int: StoredRecord] = [:]
    for record in try records(numbers) { known[record.number] = record }
    return entries.compactMap { entry in
      guard let first = known[Int(entry.first)], let second = known[Int(entry.second)] else {
        return nil
      }
      var (shared, different): ([DataType], [DataType]) = ([], [])
      for type in Link.compared {
        let (left, right) = (first.digests(of: type), second.digests(of: type))
        guard !left.isEmpty, !right.isEmpty else { continue }
        if left.isDisjoint(with: right) { different.append(type) } else { shared.append(type) }
      }
      return Link(
        first: first,
        second: second,
        rule: entry.rule,
        strength: entry.strength,
        shared: shared,
        different: different
      )
    }
  }
}

extension StoredRecord {
  /// The digests that are findings of a type; ids of different tables are not comparable.
  func digests(of type: DataType) -> Set<UInt64> {
    if type == .memberID && shape.idSpace != 0 { return [] }
    return Set(
      zip(shape.kinds, digests).filter { $0.0.type == type && $0.0.rawValue < 128 }.map(\.1)
    )
  }
}
