internal import BreachModel

/// Classes of persons by number; 0 is the one that nothing tells.
struct ClassNames {
  private(set) var names = [""]

  mutating func number(of name: String) -> UInt8 {
    if let known = names.firstIndex(of: name) { return UInt8(known) }
    names.append(name)
    return UInt8(truncatingIfNeeded: names.count - 1)
  }
}

/// What one entity's records say together.
struct Entity {
  var types = TypeSet(rawValue: 0)
  var certain = TypeSet(rawValue: 0)
  private var records: UInt32 = 0
  private var samples: UInt32 = 0
  var onlyExtra = true
  var isPerson = false
  var residence: UInt8 = 0
  var personClass: UInt8 = 0

  @inline(__always)
  mutating func add(_ facts: ShapeFacts, _ residence: UInt8, _ personClass: UInt8) {
    types.rawValue |= facts.shape.types.rawValue
    certain.rawValue |= facts.shape.certain.rawValue
    records += 1
    if facts.isSample { samples += 1 }
    if !facts.isExtra { onlyExtra = false }
    if facts.isPerson { isPerson = true }
    if self.residence == 0 { self.residence = residence }
    if self.personClass == 0 { self.personClass = personClass }
  }

  /// Most of its records are samples.
  var isSample: Bool { samples * 2 > records }
}
