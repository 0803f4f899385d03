internal import BreachBytes
internal import BreachModel

/// Gathers what one record says of one person.
struct IdentityDraft: Sendable {
  var kinds: [AttributeKind] = []
  var digests: [UInt64] = []
  var types = TypeSet(rawValue: 0)
  var certain = TypeSet(rawValue: 0)
  var residence = 0
  /// Listed sample traits seen.
  var traits = 0
  /// Listed exact sample values among them.
  var samples = 0
  /// Values that identify and are no sample.
  var genuine = 0
  var hasName = false
  var hasCompany = false

  var isEmpty: Bool { kinds.isEmpty }

  /// A member's or user's id stands in the record.
  var hasPersonID: Bool {
    kinds.contains(AttributeKind(.memberID)) || kinds.contains(AttributeKind(.loginID))
  }

  mutating func removeAll() {
    // Most groups of most records hold nothing.
    guard !kinds.isEmpty || residence != 0 || traits != 0 || genuine != 0 || hasName || hasCompany
    else { return }
    kinds.removeAll(keepingCapacity: true)
    digests.removeAll(keepingCapacity: true)
    types = TypeSet(rawValue: 0)
    certain = TypeSet(rawValue: 0)
    residence = 0
    traits = 0
    samples = 0
    genuine = 0
    hasName = false
    hasCompany = false
  }

  mutating func add(_ kind: AttributeKind, _ digest: UInt64) {
    kinds.append(kind)
    digests.append(digest)
  }

  /// Counts a value for or against the record being sample data.
  mutating func weigh(_ type: DataType, _ verdict: Verdict) {
    let isReserved = verdict.evidence.has(.reserved)
    if verdict.isSample || isReserved { traits += 1 }
    if verdict.isSample && type != .personName && type != .personNameKana {
      samples += 1
    } else if IdentityPacker.identifying.contains(type) {
      genuine += 1
    }
  }

  /// At least two listed traits, or a listed exact value and nothing else to identify anybody.
  var isSample: Bool { traits >= 2 || samples > 0 && genuine == 0 }

  /// Notes that the person has a value of this type.
  ///
  /// A published test card says nothing of the person it stands beside; a sample's name is a trait.
  mutating func see(_ type: DataType, _ confidence: Confidence, _ verdict: Verdict) {
    guard confidence.level >= .likely else { return }
    if verdict.isSample && type != .personName && type != .personNameKana { return }
    types.insert(type)
    if confidence.level == .certain { certain.insert(type) }
  }

  /// Adds all that another draft holds, when both speak of one person.
  mutating func absorb(_ other: IdentityDraft) {
    kinds.append(contentsOf: other.kinds)
    digests.append(contentsOf: other.digests)
    types.formUnion(other.types)
    certain.formUnion(other.certain)
    if residence == 0 { residence = other.residence }
    traits += other.traits
    samples += other.samples
    genuine += other.genuine
    hasName = hasName || other.hasName
    hasCompany = hasCompany || other.hasCompany
  }
}

/// Packs drafts into chunks; shapes that recur are kept once.
struct IdentityPacker {
  private(set) var chunk = IdentityChunk()
  private var numbers: [IdentityShape: Int] = [:]
  private var last: (shape: IdentityShape, number: Int)?
  /// Drafts that identify a person, as far as one record can tell.
  private(set) var persons = 0

  mutating func append(
    _ draft: IdentityDraft,
    row: UInt64,
    flags: IdentityFlags,
    personClass: String
  ) {
    guard !draft.isEmpty else { return }
    var flags = flags
    if draft.isSample { flags.insert(.sample) }
    if draft.hasCompany && !draft.hasName { flags.insert(.organisation) }
    let shape = IdentityShape(
      kinds: draft.kinds,
      types: draft.types,
      certain: draft.certain,
      flags: flags,
      personClass: personClass
    )
    if !flags.contains(.organisation) && draft.types.shares(Self.identifying) {
      persons += 1
    }
    chunk.append(
      shape: number(of: shape),
      residence: draft.residence,
      row: row,
      digests: draft.digests
    )
  }

  /// Types that make a record a person's by themselves, or together with others.
  static let identifying = TypeSet([
    .personName, .personNameKana, .phoneNumber, .emailAddress, .myNumber, .memberID, .cardNumber,
    .loginID, .residentCode, .pensionNumber, .driversLicense, .passportNumber, .residenceCard,
    .healthInsurance, .employmentInsurance, .nationalID, .bankAccount,
  ])

  private mutating func number(of shape: IdentityShape) -> Int {
    if let last, last.shape == shape { return last.number }
    let number: Int
    if let known = numbers[shape] {
      number = known
    } else {
      number = chunk.shapes.count
      chunk.shapes.append(shape)
      numbers[shape] = number
    }
    last = (shape, number)
    return number
  }

  /// Takes what was packed and begins a new chunk.
  mutating func take() -> IdentityChunk {
    let full = chunk
    chunk = IdentityChunk()
    numbers.removeAll(keepingCapacity: true)
    last = nil
    return full
  }

  mutating func resetPersons() { persons = 0 }
}
