/// A kind of digest in a record's identity: a data type, or a derived form that links records.
public struct AttributeKind: RawRepresentable, Sendable, Hashable {
  /// The raw value of the data type, or a number of its own.
  public var rawValue: UInt8
  /// The kind with this number.
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// The kind of the values of a type.
  public init(_ type: DataType) { rawValue = type.rawValue }

  /// Family name as written, for households and typos.
  public static var familyName: AttributeKind { AttributeKind(rawValue: 64) }
  /// Given name as written, for conflicts; the lowest twelve bits of its digest tell whether two names
  /// begin or end alike, and so whether one may be a slip of the other.
  public static var givenName: AttributeKind { AttributeKind(rawValue: 65) }
  /// The bits of a given name's digest that stand for its first and its last letter, six each.
  package static var letterBits: UInt64 { 0xFFF }
  /// A value that free text beside a record mentions: counted, never linked.
  public static func mention(_ type: DataType) -> AttributeKind {
    AttributeKind(rawValue: 128 + type.rawValue)
  }
  /// A number in a mobile range; counts as a phone number.
  public static var mobilePhone: AttributeKind { AttributeKind(rawValue: 66) }
  /// A mailbox of a role (info@ …); counts as an email address.
  public static var roleEmail: AttributeKind { AttributeKind(rawValue: 67) }
  /// A business number (0120 …); counts as a phone number.
  public static var businessPhone: AttributeKind { AttributeKind(rawValue: 68) }
  /// Given name in kana.
  public static var givenKana: AttributeKind { AttributeKind(rawValue: 69) }
  /// The key of a table's row: a row of that table, and rows that refer to it, speak of one person.
  public static var rowKey: AttributeKind { AttributeKind(rawValue: 71) }
  /// What a name in Latin letters may be in kana; as good as the name in kana.
  public static var reading: AttributeKind { AttributeKind(rawValue: 72) }
  /// The words of a name in Latin letters: no digest, but two bits of 32 for each, the same under every
  /// key; too few to tell a word.
  ///
  /// Above them, two bits say how many words less one, up to four; 0 where
  /// there are others, or initials.
  public static var latinWords: AttributeKind { AttributeKind(rawValue: 73) }
  /// Where the number of words begins in such a mark.
  package static var latinCountShift: UInt64 { 32 }
  /// The last eight digits of a phone number outside of Japan, with or without its country's code.
  public static var phoneTail: AttributeKind { AttributeKind(rawValue: 74) }
  /// Family name in kana.
  public static var familyKana: AttributeKind { AttributeKind(rawValue: 70) }

  /// The house of an address that says more, as good as an address.
  ///
  /// Without building and room; outside of Japan number and street alone.
  public static var house: AttributeKind { AttributeKind(rawValue: 75) }
  /// An address that ends with a municipality or a town, many people's; counts as an address.
  public static var town: AttributeKind { AttributeKind(rawValue: 76) }
  /// The last letter of a full name in kanji whose given name begins nobody knows where: no digest, but
  /// the bits that a given name's digest has for it; 0 where it is not known.
  public static var givenEnd: AttributeKind { AttributeKind(rawValue: 78) }
  /// A prefecture by itself; counts as an address, and links nobody.
  public static var region: AttributeKind { AttributeKind(rawValue: 77) }

  /// The type that a digest of this kind is a finding of; nil for derived forms.
  public var type: DataType? {
    switch self {
    case .mobilePhone, .businessPhone: .phoneNumber
    case .roleEmail: .emailAddress
    case .town, .region: .address
    default: DataType(rawValue: rawValue & 0x7F)
    }
  }
}

/// What is particular about a record.
public struct IdentityFlags: OptionSet, Sendable, Hashable {
  /// A bit for each flag.
  public var rawValue: UInt8
  /// The flags of these bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A company, shop or department, not a person.
  public static var organisation: IdentityFlags { IdentityFlags(rawValue: 1 << 0) }
  /// Published test values or a sample person.
  public static var sample: IdentityFlags { IdentityFlags(rawValue: 1 << 1) }
  /// A further person in the same row.
  public static var extra: IdentityFlags { IdentityFlags(rawValue: 1 << 2) }
  /// From free text, where lines are not records by themselves.
  public static var freeText: IdentityFlags { IdentityFlags(rawValue: 1 << 3) }
}

/// The part of an identity that most records of a table share.
package struct IdentityShape: Sendable, Hashable {
  /// In column order; one digest follows for each.
  package var kinds: [AttributeKind]
  package var types: TypeSet
  package var certain: TypeSet
  package var flags: IdentityFlags
  /// customer, employee, …; empty when nothing tells.
  package var personClass: String
  /// What the digest of the first member's id was joined with by XOR, to mean something in its column
  /// only; 0 for none.
  package var idSpace: UInt64
  /// What the digests of its row keys, one after the other, were joined with in the same way.
  package var keySpaces: [UInt64]
  /// Which table of the leaf its records stand in, in the lower half, from 1, and sixteen bits of its
  /// columns' names, the same under every key, in the upper; 0 outside of tables.
  package var table: UInt32

  package init(
    kinds: [AttributeKind],
    types: TypeSet,
    certain: TypeSet,
    flags: IdentityFlags,
    personClass: String,
    idSpace: UInt64 = 0,
    keySpaces: [UInt64] = [],
    table: UInt32 = 0
  ) {
    self.kinds = kinds
    self.types = types
    self.certain = certain
    self.flags = flags
    self.personClass = personClass
    self.idSpace = idSpace
    self.keySpaces = keySpaces
    self.table = table
  }
}

/// Many record identities, packed: for each a head word, the row's hash, then one digest per kind.
///
/// Head word: shape number in the low 32 bits, residence (`HomePlace`) in the next 8, age in the next 8
/// (`AgeBand`, with `statedAge` where no date of birth told it), and in the last 16 by how many lines the record stands behind the one before it.
/// Digests are the first 64 bits of SipHash-2-4-128: among 10⁸ values of a type two collide with a
/// probability of 3 in 10,000.
package struct IdentityChunk: Sendable {
  package var shapes: [IdentityShape]
  package var words: [UInt64]
  package var count: Int

  package init() {
    shapes = []
    words = []
    count = 0
  }

  /// Added to the band of an age that is as old as its record.
  package static var statedAge: Int { 0x10 }

  package mutating func append(
    shape: Int,
    residence: Int,
    age: Int = 0,
    row: UInt64,
    digests: [UInt64]
  ) {
    words.append(UInt64(shape) | UInt64(residence) << 32 | UInt64(age) << 40)
    words.append(row)
    words.append(contentsOf: digests)
    count += 1
  }

  package mutating func removeAll() {
    shapes.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
    count = 0
  }
}

/// A column that holds keys of rows of persons: of its own table's, or of another's.
package struct KeyColumn: Sendable, Hashable {
  /// What its digests are joined with, as in `IdentityShape`.
  package var space: UInt64
  /// The word for the rows (`customer`), and the kind of person that it names (`user`).
  package var stem: String
  package var subject: String
  /// It may be the key of its own table's rows.
  package var isOwn: Bool
  /// Names alone say so, and no schema: it means something only where another table bears it out.
  package var isGuess: Bool
  /// It leads to what is one person's, `address_id`: many who have the same key are not one.
  package var leadsToOwned: Bool

  package init(
    space: UInt64,
    stem: String,
    subject: String,
    isOwn: Bool,
    isGuess: Bool,
    leadsToOwned: Bool = false
  ) {
    (self.space, self.stem, self.subject) = (space, stem, subject)
    (self.isOwn, self.isGuess, self.leadsToOwned) = (isOwn, isGuess, leadsToOwned)
  }
}
