internal import BreachBytes
internal import BreachModel
internal import BreachPersons

/// What is different between an older and a newer store, person by person.
struct Difference {
  /// Somebody who is in one store only, or of whom the stores do not say the same.
  struct Person {
    /// The numbers of the persons in each store; several where the records of both make them one.
    var old: [Int] = []
    var new: [Int] = []
    /// What either store says of them.
    var oldTypes = TypeSet(rawValue: 0)
    var newTypes = TypeSet(rawValue: 0)
    /// Types of which both have values, and not the same ones.
    var altered = TypeSet(rawValue: 0)
    /// As in a record's head word; 0 where nothing tells it.
    fileprivate var age: UInt8 = 0

    /// The band of the age.
    var ageBand: String { AgeBand.code(IdentityChunk.band(ofAge: age)) }

    var gained: TypeSet { TypeSet(newTypes.types.filter { !oldTypes.contains($0) }) }
    var lost: TypeSet { TypeSet(oldTypes.types.filter { !newTypes.contains($0) }) }

    /// Both stores have as many persons, and say the same of them.
    fileprivate var isNone: Bool {
      old.count == new.count && oldTypes == newTypes && altered.isEmpty
    }
  }

  /// Persons who are only in the newer store, in the order of their numbers.
  private(set) var new: [Person] = []
  /// Persons who are only in the older store, in the order of their numbers.
  private(set) var gone: [Person] = []
  /// Persons in both of whom not the same is said, in the order of the older numbers.
  private(set) var changed: [Person] = []
  /// Persons in both of whom the same is said.
  private(set) var unchanged = 0
  /// By type: how many have it for the first time, no longer, or with another value.
  private(set) var more: [DataType: Int] = [:]
  private(set) var fewer: [DataType: Int] = [:]
  private(set) var other: [DataType: Int] = [:]

  init(_ comparison: Comparison) throws(CommandError) {
    var notable = Self.notable(comparison, try Sums(comparison), &unchanged)
    try comparison.forEachPerson { number, isNew, first in
      guard let at = notable.places[Int(comparison.index.likely[first])] else { return }
      if isNew {
        notable.persons[at].new.append(number)
      } else {
        notable.persons[at].old.append(number)
      }
    }
    try Self.look(comparison, &notable)
    for person in notable.persons { sort(person) }
  }

  private mutating func sort(_ person: Person) {
    if person.isNone {
      unchanged += person.old.count
      return
    }
    if person.old.isEmpty {
      new.append(person)
    } else if person.new.isEmpty {
      gone.append(person)
    } else {
      changed.append(person)
    }
    let (old, new) = (max(1, person.old.count), max(1, person.new.count))
    for type in person.gained.types { more[type, default: 0] += new }
    for type in person.lost.types { fewer[type, default: 0] += old }
    for type in person.altered.types { other[type, default: 0] += new }
  }

  // MARK: who is worth a look

  /// By the first record of an entity: how many persons it is in each store, and a sum of its rows.
  private struct Sums {
    let oldRows: Column<UInt64>
    let newRows: Column<UInt64>
    let oldPersons: Column<UInt32>
    let newPersons: Column<UInt32>

    init(_ comparison: Comparison) throws(CommandError) {
      let (room, count) = (comparison.room, comparison.index.count)
      oldRows = room.column(count)
      newRows = room.column(count)
      oldPersons = room.column(count)
      newPersons = room.column(count)
      let (old, new, likely) = (oldRows, newRows, comparison.index.likely)
      try comparison.forEach { number, isNew, record in
        let first = Int(likely[number])
        // A sum, since a row may stand there twice.
        let row = (record.row ^ record.row >> 31) &* 0x9E37_79B9_7F4A_7C15
        if isNew { new[first] &+= row } else { old[first] &+= row }
        if number & 0xFFF == 0 { room.relax() }
      }
      let (oldCounts, newCounts) = (oldPersons, newPersons)
      try comparison.forEachPerson { _, isNew, first in
        if isNew {
          newCounts[Int(likely[first])] += 1
        } else {
          oldCounts[Int(likely[first])] += 1
        }
      }
      if let failure = room.failure {
        throw .usage("the stores could not be compared: \(failure); free some disk space")
      }
    }
  }

  /// Those whose rows are not the same in both.
  private struct Notable {
    /// First records, in order, and where each stands among them.
    var firsts: [Int] = []
    var places: [Int: Int] = [:]
    var persons: [Person] = []
  }

  private static func notable(_ comparison: Comparison, _ sums: Sums, _ unchanged: inout Int)
    -> Notable
  {
    var notable = Notable()
    for first in 0..<comparison.index.count {
      let (old, new) = (sums.oldPersons[first], sums.newPersons[first])
      if old == 0 && new == 0 { continue }
      if old == new && sums.oldRows[first] == sums.newRows[first] {
        unchanged += Int(old)
        continue
      }
      notable.places[first] = notable.firsts.count
      notable.firsts.append(first)
    }
    notable.persons = Array(repeating: Person(), count: notable.firsts.count)
    return notable
  }

  // MARK: what is said of them

  /// Records in memory at a time.
  private static let portion = 1 << 16

  private static func look(_ comparison: Comparison, _ notable: inout Notable)
    throws(CommandError)
  {
    var numbers: [Int] = []
    for (at, first) in notable.firsts.enumerated() {
      numbers += comparison.records(ofEntity: first)
      guard numbers.count >= portion || at == notable.firsts.count - 1 else { continue }
      numbers.sort()
      var values: [Int: [DataType: (old: Set<UInt64>, new: Set<UInt64>)]] = [:]
      for (number, record) in try comparison.records(numbers) {
        guard let place = notable.places[Int(comparison.index.likely[number])] else { continue }
        let isNew = number >= comparison.first.count
        if isNew {
          notable.persons[place].newTypes.formUnion(record.shape.types)
        } else {
          notable.persons[place].oldTypes.formUnion(record.shape.types)
        }
        notable.persons[place].age = IdentityChunk.age(notable.persons[place].age, or: record.age)
        for (type, digest) in record.values {
          if isNew {
            values[place, default: [:]][type, default: ([], [])].new.insert(digest)
          } else {
            values[place, default: [:]][type, default: ([], [])].old.insert(digest)
          }
        }
      }
      for (place, types) in values {
        let person = notable.persons[place]
        let both = person.oldTypes.intersection(person.newTypes)
        for (type, sides) in types where both.contains(type) && sides.old != sides.new {
          notable.persons[place].altered.insert(type)
        }
      }
      numbers = []
    }
  }
}

extension StoredRecord {
  /// The digests of values that were found, each with its type; ids as if they meant something everywhere.
  fileprivate var values: [(type: DataType, digest: UInt64)] {
    var space = shape.idSpace
    return zip(shape.kinds, digests).compactMap { kind, digest in
      guard let type = kind.type else { return nil }
      guard kind == AttributeKind(.memberID) else { return (type, digest) }
      // The first id alone was joined with its space.
      defer { space = 0 }
      return (type, digest ^ space)
    }
  }
}
