internal import BreachModel

/// Classes of persons by number; 0 is the one that nothing tells, and of two the lower goes first.
struct ClassNames {
  private(set) var names = [""] + IncidentFacts.PersonsClass.order.map(\.rawValue)

  mutating func number(of name: String) -> UInt8 {
    if let known = names.firstIndex(of: name) { return UInt8(known) }
    names.append(name)
    return UInt8(truncatingIfNeeded: names.count - 1)
  }
}

/// What one entity's records say together.
struct Entity: BitwiseCopyable {
  var types: TypeSet
  var certain: TypeSet
  /// The shape of its first record.
  let shape: UInt32
  /// Its first record.
  var first: UInt32 = 0
  /// Those that stand for somebody.
  private var records: UInt32
  private var samples: UInt32
  var onlyExtra: Bool
  var isPerson: Bool
  var residence: UInt8
  var age: UInt8
  var personClass: UInt8

  @inline(__always)
  init(_ shape: UInt32, _ facts: ShapeFacts, _ residence: UInt8, _ age: UInt8) {
    self.shape = shape
    types = facts.types
    certain = facts.certain
    records = facts.isCounted ? 1 : 0
    samples = facts.isCounted && facts.isSample ? 1 : 0
    onlyExtra = facts.isExtra || !facts.isCounted
    isPerson = facts.isPerson
    self.residence = residence
    self.age = age
    personClass = facts.personClass
  }

  @inline(__always)
  mutating func add(_ facts: ShapeFacts, _ residence: UInt8, _ age: UInt8) {
    types.rawValue |= facts.types.rawValue
    certain.rawValue |= facts.certain.rawValue
    if facts.isCounted {
      records += 1
      if facts.isSample { samples += 1 }
      if !facts.isExtra { onlyExtra = false }
      if facts.isPerson { isPerson = true }
    }
    // What tells a home goes before what hints at one.
    if residence != 0,
      self.residence == 0
        || HomePlace.isSign(Int(self.residence)) && !HomePlace.isSign(Int(residence))
    {
      self.residence = residence
    }
    self.age = IdentityChunk.age(self.age, or: age)
    // 0 is none.
    if facts.personClass &- 1 < personClass &- 1 { personClass = facts.personClass }
  }

  /// The band of the age.
  var ageBand: Int { IdentityChunk.band(ofAge: age) }

  /// Some record stands for somebody; else keys refer to a row that nobody has.
  var isCounted: Bool { records > 0 }

  /// Most of its records are samples.
  var isSample: Bool { samples * 2 > records }
}

extension IdentityChunk {
  /// Of two ages that records of one person tell, 0 where one tells none, that which counts: the first,
  /// but a date of birth goes before what was once stated.
  @inline(__always)
  package static func age(_ first: UInt8, or second: UInt8) -> UInt8 {
    let stated = UInt8(statedAge)
    if second == 0 || first != 0 && (first & stated == 0 || second & stated != 0) { return first }
    return second
  }

  /// The number of the band (`AgeBand`) of an age in a head word.
  package static func band(ofAge age: UInt8) -> Int { Int(age & ~UInt8(statedAge)) }
}
