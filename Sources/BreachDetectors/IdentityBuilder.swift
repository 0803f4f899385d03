internal import BreachBytes
internal import BreachModel

/// Kinds in their order, to be compared at once: the first and the last eight, which may overlap.
struct KindList: BitwiseCopyable {
  let low: UInt64
  let high: UInt64
  let count: Int

  /// All of so many kinds stand in the words.
  static var room: Int { 16 }

  init(_ kinds: Span<UInt8>) {
    count = kinds.count
    guard kinds.count < 8 else {
      (low, high) = (loadWord(kinds, at: 0), loadWord(kinds, at: kinds.count - 8))
      return
    }
    var word: UInt64 = 0
    for index in kinds.indices { word = word << 8 | UInt64(kinds[index]) }
    (low, high) = (word, 0)
  }

  /// The same kinds, when there are no more than `room`.
  @inline(__always)
  static func == (left: KindList, right: KindList) -> Bool {
    left.low == right.low && left.high == right.high && left.count == right.count
  }
}

/// Gathers what one record says of one person.
struct IdentityDraft: ~Copyable {
  /// Digests in the order in which they came, and what each is a digest of.
  private(set) var digests = Buffer<UInt64>(capacity: 16)
  private(set) var kinds = ByteBuffer(capacity: 16)
  var types = TypeSet(rawValue: 0)
  var certain = TypeSet(rawValue: 0)
  var residence = 0
  /// As in `IdentityChunk`.
  private(set) var age = 0
  /// Listed sample traits seen.
  var traits = 0
  /// Types of which a reserved value was seen: two mailboxes at example.com are one trait.
  private var reserved = TypeSet(rawValue: 0)
  /// Listed exact sample values among them.
  var samples = 0
  /// Values that identify and are no sample.
  var genuine = 0
  var hasName = false
  var hasCompany = false
  /// As in `IdentityShape`.
  private(set) var idSpace: UInt64 = 0
  private(set) var keySpaces = Buffer<UInt64>(capacity: 4)

  var isEmpty: Bool { digests.isEmpty }
  var count: Int { digests.count }

  subscript(index: Int) -> (kind: AttributeKind, digest: UInt64) {
    @inline(__always) get { (AttributeKind(rawValue: kinds[index]), digests[index]) }
  }

  /// A digest of this kind stands in the draft.
  func contains(_ kind: AttributeKind) -> Bool {
    for index in 0..<count where kinds[index] == kind.rawValue { return true }
    return false
  }

  /// A digest that is a finding of this type stands in the draft.
  @inline(__always)
  func holds(_ type: DataType) -> Bool {
    for index in 0..<count where self[index].kind.type == type { return true }
    return false
  }

  /// A member's or user's id stands in the record.
  var hasPersonID: Bool {
    contains(AttributeKind(.memberID)) || contains(AttributeKind(.loginID))
  }

  mutating func removeAll() {
    digests.clear()
    kinds.clear()
    types = TypeSet(rawValue: 0)
    certain = TypeSet(rawValue: 0)
    residence = 0
    age = 0
    traits = 0
    reserved = TypeSet(rawValue: 0)
    samples = 0
    genuine = 0
    hasName = false
    hasCompany = false
    idSpace = 0
    keySpaces.clear()
  }

  /// Notes in which space the id has its meaning that comes next.
  @inline(__always)
  mutating func note(idSpace space: UInt64) {
    if idSpace == 0 && !contains(AttributeKind(.memberID)) { idSpace = space }
  }

  @inline(__always)
  mutating func add(_ kind: AttributeKind, _ digest: UInt64) {
    digests.append(digest)
    kinds.append(kind.rawValue)
  }

  /// Adds the key of a table's row.
  mutating func add(key digest: UInt64, in space: UInt64) {
    add(.rowKey, digest ^ space)
    keySpaces.append(space)
  }

  /// Takes a counted value of a typed cell.
  @inline(__always)
  mutating func take(
    _ type: DataType,
    _ digest: UInt64,
    _ verdict: Verdict,
    _ confidence: Confidence
  ) {
    weigh(type, verdict)
    see(type, confidence, verdict)
    if verdict.prefecture > 0 { live(in: verdict.prefecture, isAddress: type == .address) }
    if verdict.age > 0 { note(age: verdict.age, isStated: type == .age) }
    switch type {
    case .personName, .personNameKana: hasName = true
    case .companyName: hasCompany = true
    default: break
    }
    add(verdict.kind ?? AttributeKind(type), digest)
  }

  /// The address tells the residence; the postal code only where there is none, and what hints at
  /// another country only where nothing tells it.
  @inline(never)
  mutating func live(in home: Int, isAddress: Bool) {
    let isSure = residence > 0 && !HomePlace.isSign(residence)
    if HomePlace.isSign(home) {
      if !isSure && (residence == 0 || isAddress && home != HomePlace.abroad) { residence = home }
    } else if !isSure || isAddress {
      residence = home
    }
  }

  /// Notes the band of the person's age: the first that a date of birth tells, else the first one stated.
  @inline(never)
  mutating func note(age band: Int, isStated: Bool) {
    if age == 0 || !isStated && age & IdentityChunk.statedAge != 0 {
      age = band | (isStated ? IdentityChunk.statedAge : 0)
    }
  }

  /// Counts a value for or against the record being sample data.
  @inline(__always)
  mutating func weigh(_ type: DataType, _ verdict: Verdict) {
    let isReserved = verdict.evidence.has(.reserved)
    if verdict.isSample || isReserved && !reserved.contains(type) { traits += 1 }
    if isReserved { reserved.rawValue |= 1 << UInt64(type.rawValue) }
    if verdict.isSample && type != .personName && type != .personNameKana {
      samples += 1
    } else if IdentityPacker.identifies(type) {
      genuine += 1
    }
  }

  /// At least two listed traits, or a listed exact value and nothing else to identify anybody.
  var isSample: Bool { traits >= 2 || samples > 0 && genuine == 0 }

  /// Notes that the person has a value of this type.
  ///
  /// A published test card says nothing of the person it stands beside; a sample's name is a trait.
  @inline(__always)
  mutating func see(_ type: DataType, _ confidence: Confidence, _ verdict: Verdict) {
    guard confidence.level >= .likely else { return }
    if verdict.isSample && type != .personName && type != .personNameKana { return }
    types.rawValue |= 1 << UInt64(type.rawValue)
    if confidence.level == .certain { certain.rawValue |= 1 << UInt64(type.rawValue) }
  }

  /// Adds all that another draft holds, when both speak of one person.
  mutating func absorb(_ other: borrowing IdentityDraft) {
    for index in 0..<other.count { add(other[index].kind, other[index].digest) }
    for index in 0..<other.keySpaces.count { keySpaces.append(other.keySpaces[index]) }
    types.rawValue |= other.types.rawValue
    certain.rawValue |= other.certain.rawValue
    if other.residence > 0 { live(in: other.residence, isAddress: false) }
    if other.age > 0 {
      note(
        age: other.age & ~IdentityChunk.statedAge,
        isStated: other.age & IdentityChunk.statedAge != 0
      )
    }
    traits += other.traits - (reserved.rawValue & other.reserved.rawValue).nonzeroBitCount
    reserved.rawValue |= other.reserved.rawValue
    samples += other.samples
    genuine += other.genuine
    hasName = hasName || other.hasName
    hasCompany = hasCompany || other.hasCompany
    if idSpace == 0 { idSpace = other.idSpace }
  }
}

/// A draft that waits, for the end of its line or for the record around its own.
final class WaitingDraft {
  var draft = IdentityDraft()
  var row: UInt64 = 0
  var flags = IdentityFlags(rawValue: 0)
  var depth = 0
}

/// Packs drafts into chunks; shapes that recur are kept once.
struct IdentityPacker: ~Copyable {
  private(set) var chunk = IdentityChunk()
  /// The kinds of the chunk's shapes, one behind the other, and what else tells shapes apart.
  private var kinds = ByteBuffer(capacity: 1_024)
  private var keySpaces = Buffer<UInt64>(capacity: 64)
  private var known: [KnownShape] = []
  /// Numbers of shapes by a hash, open addressing; -1 is free.
  private var slots = [Int32](repeating: -1, count: 256)
  /// Classes of persons; the first is the one that nothing tells.
  private var classes = [""]
  /// The class of those that are not counted, once it came up.
  private(set) var makers = -1
  /// Drafts that identify a person, as far as one record can tell.
  private(set) var persons = 0
  /// Where the next draft's record begins, from 1, and where that of the last one did.
  var line = 0
  private var lastLine = 0

  /// The shape of the last draft: most are like the one before.
  private var last = -1
  /// The table that records stand in, as in `IdentityShape`.
  var table: UInt32 = 0

  private struct KnownShape {
    var hash: UInt64
    var list: KindList
    var types: UInt64
    var certain: UInt64
    var flags: UInt8
    var personClass: Int
    var idSpace: UInt64
    var table: UInt32
    var start: Int
    var keyStart: Int
  }

  /// The number by which a class of persons is named to `append`.
  mutating func number(ofClass name: String) -> Int {
    if let known = classes.firstIndex(of: name) { return known }
    classes.append(name)
    if name == TablePlan.makers { makers = classes.count - 1 }
    return classes.count - 1
  }

  mutating func append(
    _ draft: borrowing IdentityDraft,
    row: UInt64,
    flags: IdentityFlags,
    personClass: Int
  ) {
    guard !draft.isEmpty else { return }
    var flags = flags.rawValue
    if draft.isSample { flags |= IdentityFlags.sample.rawValue }
    let isOrganisation = draft.hasCompany && !draft.hasName
    if isOrganisation { flags |= IdentityFlags.organisation.rawValue }
    let isPerson = draft.types.rawValue & identifying.rawValue != 0
    if isPerson && !isOrganisation && personClass != makers { persons += 1 }
    let shape = number(of: draft, flags, personClass)
    let count = draft.count
    // What is further away than the word can say is caught up with by the records behind.
    let skipped = min(0xFFFF, max(0, line - lastLine))
    lastLine += skipped
    chunk.words.append(addingCapacity: 2 + count) { words in
      words.append(
        UInt64(shape) | UInt64(draft.residence & 0xFF) << 32 | UInt64(draft.age & 0xFF) << 40
          | UInt64(skipped) << 48
      )
      words.append(row)
      for index in 0..<count { words.append(draft.digests[index]) }
    }
    chunk.count += 1
  }

  /// Types that make a record a person's by themselves, or together with others.
  @inline(__always)
  static func identifies(_ type: DataType) -> Bool {
    switch type {
    case .personName, .personNameKana, .phoneNumber, .emailAddress, .myNumber, .memberID,
      .cardNumber, .loginID, .residentCode, .pensionNumber, .driversLicense, .passportNumber,
      .residenceCard, .healthInsurance, .employmentInsurance, .nationalID, .bankAccount:
      true
    default: false
    }
  }

  /// The types that identify.
  let identifying = TypeSet(DataType.allCases.filter(Self.identifies))

  private mutating func number(
    of draft: borrowing IdentityDraft,
    _ flags: UInt8,
    _ personClass: Int
  ) -> Int {
    let list = KindList(draft.kinds.span)
    if last >= 0, isKnown(last, draft, list, flags, personClass) { return last }
    var hash = list.low &* 0xFF51_AFD7_ED55_8CCD ^ list.high
    hash = (hash ^ hash >> 29 ^ UInt64(draft.count)) &* 0x9E37_79B9_7F4A_7C15
    hash ^= draft.types.rawValue &* 0xBF58_476D_1CE4_E5B9
    hash ^= draft.certain.rawValue &* 0x94D0_49BB_1331_11EB
    hash ^= draft.idSpace &+ UInt64(table)
    hash = (hash ^ UInt64(flags) ^ UInt64(personClass) << 8) &* 0x9E37_79B9_7F4A_7C15
    let mask = slots.count - 1
    var slot = Int(hash >> 40) & mask
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if known[number].hash == hash, isKnown(number, draft, list, flags, personClass) {
        last = number
        return number
      }
      slot = (slot + 1) & mask
    }
    let number = known.count
    slots[slot] = Int32(number)
    add(draft, list, hash, flags, personClass)
    if known.count * 2 > slots.count { rehash() }
    last = number
    return number
  }

  @inline(__always)
  private func isKnown(
    _ number: Int,
    _ draft: borrowing IdentityDraft,
    _ list: KindList,
    _ flags: UInt8,
    _ personClass: Int
  ) -> Bool {
    let shape = known[number]
    guard shape.list == list, shape.types == draft.types.rawValue,
      shape.certain == draft.certain.rawValue, shape.flags == flags,
      shape.personClass == personClass, shape.idSpace == draft.idSpace,
      shape.table == table
    else { return false }
    // Equal kinds have as many keys.
    for index in 0..<draft.keySpaces.count
    where keySpaces[shape.keyStart + index] != draft.keySpaces[index] { return false }
    let count = draft.count
    guard count > KindList.room else { return true }
    for index in 0..<count where kinds[shape.start + index] != draft.kinds[index] { return false }
    return true
  }

  private mutating func add(
    _ draft: borrowing IdentityDraft,
    _ list: KindList,
    _ hash: UInt64,
    _ flags: UInt8,
    _ personClass: Int
  ) {
    known.append(
      KnownShape(
        hash: hash,
        list: list,
        types: draft.types.rawValue,
        certain: draft.certain.rawValue,
        flags: flags,
        personClass: personClass,
        idSpace: draft.idSpace,
        table: table,
        start: kinds.count,
        keyStart: keySpaces.count
      )
    )
    var own: [AttributeKind] = []
    for index in 0..<draft.count {
      kinds.append(draft.kinds[index])
      own.append(draft[index].kind)
    }
    let spaces = (0..<draft.keySpaces.count).map { draft.keySpaces[$0] }
    for space in spaces { keySpaces.append(space) }
    chunk.shapes.append(
      IdentityShape(
        kinds: own,
        types: draft.types,
        certain: draft.certain,
        flags: IdentityFlags(rawValue: flags),
        personClass: classes[personClass],
        idSpace: draft.idSpace,
        keySpaces: spaces,
        table: table
      )
    )
  }

  private mutating func rehash() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    for (number, shape) in known.enumerated() {
      var slot = Int(shape.hash >> 40) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }

  /// Takes what was packed and begins a new chunk.
  mutating func take() -> IdentityChunk {
    let full = chunk
    chunk = IdentityChunk()
    known.removeAll(keepingCapacity: true)
    last = -1
    kinds.clear()
    keySpaces.clear()
    for index in slots.indices { slots[index] = -1 }
    return full
  }

  /// Begins a leaf.
  mutating func begin() {
    persons = 0
    line = 0
    lastLine = 0
  }
}
