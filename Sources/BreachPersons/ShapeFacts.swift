internal import BreachModel

/// What a shape says of all its records, worked out once; plain numbers, since loops copy it.
struct ShapeFacts: Sendable {
  let types: TypeSet
  let certain: TypeSet
  let personClass: UInt8
  /// Stands for somebody: a person, an organisation, a role's mailbox.
  let isCounted: Bool
  /// Says more of whom its key names, an address, a phone; stands for nobody by itself.
  let isAttached: Bool
  let isPerson: Bool
  let isExtra: Bool
  let isSample: Bool
  /// A bit for each kind of fact that two persons differ in: address, phone, mailbox, ...
  let known: UInt32
  /// A full name and nothing else that could identify.
  let isNameOnly: Bool
  /// Numbers that mean something in their tables, and nothing else.
  let isIDOnly: Bool
  /// A mailbox or a mobile and nothing else that tells who it is.
  let isContactOnly: Bool
  /// The number of the table in its leaf, from 1; 0 for what stands beside the tables.
  let table: UInt32
  /// Tables with the same columns have the same, in whatever files they stand.
  let layout: UInt32
  /// Position of the digest, or -1.
  let birth: Int
  let given: Int
  let givenKana: Int
  let name: Int
  let latinWords: Int
  /// Position of the first official number, or -1, and which kind it is: from 1; 0 without one.
  let official: Int
  let officialKind: UInt32
  /// Words of a record: head, row, digests.
  let width: Int

  init(_ shape: IdentityShape, _ personClass: UInt8) {
    types = shape.types
    certain = shape.certain
    self.personClass = personClass
    isExtra = shape.flags.contains(.extra)
    isSample = shape.flags.contains(.sample)
    let person = Self.isPerson(shape)
    isPerson = person
    isCounted =
      person
      || shape.personClass != TablePlan.makers
        && (shape.flags.contains(.organisation) || shape.kinds.contains(.roleEmail))
    isAttached =
      !isCounted && shape.personClass != TablePlan.makers && shape.kinds.contains(.rowKey)
    isNameOnly =
      person
      && shape.kinds.contains { Self.fullNameKinds.contains($0) }
      && !shape.kinds.contains { kind in !Self.besideName.contains(kind) && kind.rawValue < 128 }
    isIDOnly = shape.kinds.allSatisfy { $0 == .rowKey || $0 == AttributeKind(.memberID) }
    let telling = shape.kinds.filter {
      Self.identifying.contains($0) || Self.nameKinds.contains($0) || Self.singlesOut.contains($0)
        || Self.besideContact.contains($0)
    }
    isContactOnly = person && telling.count == 1 && Self.contacts.contains(telling[0])
    let place = shape.flags.contains(.freeText) ? 0 : shape.table
    (table, layout) = (place & 0xFFFF, place >> 16)
    known = Self.comparable.indices.reduce(0) { known, index in
      shape.types.contains(Self.comparable[index]) ? known | 1 << UInt32(index) : known
    }
    func position(_ kind: AttributeKind) -> Int { shape.kinds.firstIndex(of: kind) ?? -1 }
    birth = position(AttributeKind(.birthDate))
    given = max(position(.givenName), position(.givenEnd))
    givenKana = position(.givenKana)
    name = position(AttributeKind(.personName))
    latinWords = position(.latinWords)
    let number = Self.officialKinds.firstIndex { shape.kinds.contains($0) }
    official = number.map { position(Self.officialKinds[$0]) } ?? -1
    officialKind = number.map { UInt32($0 + 1) } ?? 0
    width = 2 + shape.kinds.count
  }

  /// Takes part in linking.
  var isLinked: Bool { isCounted || isAttached }

  /// Bits of `known` that mean something inside one table only.
  static let tableFacts: UInt32 = comparable.indices.reduce(0) { bits, index in
    [.memberID, .loginID].contains(comparable[index]) ? bits | 1 << UInt32(index) : bits
  }

  /// Of these a person hardly has two; at most 32.
  private static let comparable: [DataType] = [
    .address, .phoneNumber, .emailAddress, .birthDate, .employer, .memberID, .loginID, .cardNumber,
    .bankAccount,
  ]

  /// Numbers of which a person has one; at most fifteen, in the order of their weight.
  private static let officialKinds: [AttributeKind] = [
    .myNumber, .residentCode, .pensionNumber, .driversLicense, .passportNumber, .residenceCard,
    .nationalID,
  ].map { AttributeKind($0) }

  private static let fullNameKinds: Set<AttributeKind> = [
    AttributeKind(.personName), AttributeKind(.personNameKana),
  ]

  /// What tells nobody apart from another person of the same name.
  private static let besideName: Set<AttributeKind> = nameKinds.union(
    ([.gender, .age, .creditInformation] + DataType.allCases.filter(\.isSensitive)).map {
      AttributeKind($0)
    }
  )

  static let nameKinds: Set<AttributeKind> = [
    AttributeKind(.personName), AttributeKind(.personNameKana), .familyName, .givenName,
    .familyKana, .givenKana, .reading, .latinWords, .givenEnd,
  ]

  /// Values that make a record a person's wherever they stand.
  private static let identifying: Set<AttributeKind> = Set(
    [
      .emailAddress, .memberID, .loginID, .cardNumber, .bankAccount, .myNumber, .residentCode,
      .pensionNumber, .driversLicense, .passportNumber, .residenceCard, .healthInsurance,
      .employmentInsurance, .nationalID,
    ].map { AttributeKind($0) } + [.mobilePhone]
  )

  /// A name counts in a table; in prose only beside something that singles the person out.
  private static func isPerson(_ shape: IdentityShape) -> Bool {
    if shape.flags.contains(.organisation) || shape.personClass == TablePlan.makers { return false }
    if shape.kinds.contains(where: identifying.contains) { return true }
    guard shape.kinds.contains(where: nameKinds.contains) else { return false }
    return !shape.flags.contains(.freeText) || shape.kinds.contains(where: singlesOut.contains)
  }

  /// Two records that have one of these in common and nothing else say the same.
  static let contacts = [AttributeKind(.emailAddress), .mobilePhone]

  private static let besideContact: Set<AttributeKind> = [
    .rowKey, .house, .businessPhone, .phoneTail, AttributeKind(.employer),
    AttributeKind(.companyName), AttributeKind(.postalCode),
  ]

  private static let singlesOut: Set<AttributeKind> = [
    AttributeKind(.address), .town, .region, AttributeKind(.phoneNumber), AttributeKind(.birthDate),
    .roleEmail,
  ]
}

extension IdentityShape {
  /// Positions of the digests of any of `wanted`, with the kind of which each may be equal to others.
  func positions(of wanted: [AttributeKind]) -> [(position: Int, meant: AttributeKind)] {
    kinds.enumerated().compactMap { position, kind in
      guard wanted.contains(kind) else { return nil }
      return switch kind {
      case .reading: (position, AttributeKind(.personNameKana))
      case .house: (position, AttributeKind(.address))
      default: (position, kind)
      }
    }
  }
}
