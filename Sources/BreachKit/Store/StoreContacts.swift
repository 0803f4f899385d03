internal import BreachBytes
internal import BreachModel

/// The persons of a store, with the digests of their names and of what they can be reached by.
///
/// All at once, unlike `StorePersons`: some 300 bytes a person.
struct StoreContacts {
  /// What is wanted of values.
  static let types = TypeSet([
    .personName, .personNameKana, .emailAddress, .phoneNumber, .postalCode, .address,
  ])

  /// One value of a person.
  struct Value {
    var kind: AttributeKind
    var type: DataType
    var digest: UInt64
    /// Of an address: the digest of the postal code beside it; 0 for none.
    var postalCode: UInt64
    /// Records of the person that hold it.
    var records: Int
  }

  struct Person {
    var values: [Value] = []
    var types = TypeSet(rawValue: 0)
    /// Empty when nothing tells.
    var personClass = ""
    /// Records by leaf, in source order.
    var files: [(leaf: Int, records: Int)] = []
    var records = 0
    /// Records that evidence gives to the person that is likely, not proven.
    var unproven = 0
    /// Records of sample data.
    var samples = 0
    /// Numbers of the persons that `low` takes for the same one.
    var doubles: [Int] = []
  }

  /// By number, from 1, less one.
  private(set) var persons: [Person] = []
  /// Of all records, by their numbers.
  let leaves: [Scan.Leaf]

  init(_ store: StoreReader) throws(CommandError) {
    let stored = try StorePersons(store)
    leaves = try store.leaves()
    // By record: the person's number, for the first record of each; 0 for all others.
    var numbers = [UInt32](repeating: 0, count: stored.count)
    var firsts: [Int] = []
    try stored.forEachPerson { number, first in
      numbers[first] = UInt32(number)
      firsts.append(first)
    }
    persons = Array(repeating: Person(), count: firsts.count)
    // By record: whose it is, and whether that is proven.
    var owners = numbers
    var isProven = [Bool](repeating: true, count: stored.count)
    var groups: [Int: [Int]] = [:]
    for record in 0..<stored.count {
      let first = try stored.entity(of: record)
      owners[record] = numbers[first]
      if first != record {
        isProven[record] = try stored.proven(of: record) == stored.proven(of: first)
      } else if numbers[record] > 0 {
        groups[try stored.widest(of: record), default: []].append(Int(numbers[record]))
      }
    }
    for group in groups.values where group.count > 1 {
      for person in group { persons[person - 1].doubles = group.filter { $0 != person } }
    }
    var taken = persons
    try stored.forEach { record in
      guard owners[record.number] > 0 else { return }
      let person = Int(owners[record.number]) - 1
      if !isProven[record.number] { taken[person].unproven += 1 }
      taken[person].add(record)
    }
    persons = taken
  }
}

extension StoreContacts.Person {
  /// Takes what a record says; of sample data the places only.
  fileprivate mutating func add(_ record: StoredRecord) {
    let (shape, digests) = (record.shape, record.digests)
    records += 1
    types.formUnion(shape.types)
    if IncidentFacts.PersonsClass.goes(shape.personClass, before: personClass) {
      personClass = shape.personClass
    }
    if let known = files.firstIndex(where: { $0.leaf == record.leaf }) {
      files[known].records += 1
    } else {
      files.append((record.leaf, 1))
    }
    if shape.flags.contains(.sample) {
      samples += 1
      return
    }
    // A postal code beside two addresses is that of neither.
    let postal = zip(shape.kinds, digests).filter { $0.0 == AttributeKind(.postalCode) }
    let addresses = shape.kinds.count { $0.rawValue < 128 && $0.type == .address }
    var place = 0
    for (kind, digest) in zip(shape.kinds, digests) where kind.rawValue < 128 {
      guard let type = kind.type, StoreContacts.types.contains(type), shape.types.contains(type)
      else { continue }
      var postalCode: UInt64 = 0
      if type == .address {
        if postal.count == addresses { postalCode = postal[place].1 }
        place += 1
      }
      if let known = values.firstIndex(where: { $0.digest == digest && $0.type == type }) {
        values[known].records += 1
        if values[known].postalCode == 0 { values[known].postalCode = postalCode }
      } else {
        values.append(
          .init(kind: kind, type: type, digest: digest, postalCode: postalCode, records: 1)
        )
      }
    }
  }
}
