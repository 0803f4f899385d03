/// A kind of personal (or counted) data that a finding can be of.
///
/// The raw value is the position in a `TypeSet` and never leaves the process; `id` is the promised
/// name in every output.
public enum DataType: UInt8, CaseIterable, Sendable, Hashable, BitwiseCopyable {
  // who
  case personName, personNameKana, birthDate, gender, age, employer
  // how to reach
  case postalCode, address, phoneNumber, emailAddress
  // money
  case cardNumber, cardExpiry, cardSecurityCode, bankAccount, iban, creditInformation
  // official numbers
  case myNumber, residentCode, pensionNumber, driversLicense, passportNumber, residenceCard
  case healthInsurance, employmentInsurance, nationalID
  // access
  case loginID, password, passwordHash, secretAnswer, apiToken
  // sensitive (要配慮個人情報, APPI Art. 2(3) and Cabinet Order Art. 2)
  case sensitiveRace, sensitiveCreed, sensitiveSocialStatus, sensitiveMedicalHistory
  case sensitiveCrimeRecord, sensitiveCrimeVictim, sensitiveDisability, sensitiveHealthCheck
  case sensitiveMedicalCare, sensitiveCriminalProcedure, sensitiveJuvenile
  // delicate, but not 要配慮 in itself
  case sensitiveUnion, sensitiveOrigin, sensitiveSexualLife, sensitiveOther
  // other
  case memberID, ipAddress, macAddress, geolocation, deviceID
  // counted, never personal
  case corporateNumber, companyName

  /// The stable snake_case id of every output.
  public var id: String { Self.ids[Int(rawValue)] }

  /// The type with this id; nil when no type has it.
  public init?(id: String) {
    guard let position = Self.ids.firstIndex(of: id) else { return nil }
    self.init(rawValue: UInt8(position))
  }

  /// False for types that are counted but are not information about a person.
  public var isPersonal: Bool { self != .corporateNumber && self != .companyName }

  /// True for the eleven 要配慮個人情報 ids and the four delicate ones beside them.
  public var isSensitive: Bool {
    rawValue >= Self.sensitiveRace.rawValue && rawValue <= Self.sensitiveOther.rawValue
  }

  private static let ids = [
    "person_name", "person_name_kana", "birth_date", "gender", "age", "employer",
    "postal_code", "address", "phone_number", "email_address",
    "card_number", "card_expiry", "card_security_code", "bank_account", "iban",
    "credit_information",
    "my_number", "resident_code", "pension_number", "drivers_license", "passport_number",
    "residence_card", "health_insurance", "employment_insurance", "national_id",
    "login_id", "password", "password_hash", "secret_answer", "api_token",
    "sensitive.race", "sensitive.creed", "sensitive.social_status", "sensitive.medical_history",
    "sensitive.crime_record", "sensitive.crime_victim", "sensitive.disability",
    "sensitive.health_check", "sensitive.medical_care", "sensitive.criminal_procedure",
    "sensitive.juvenile",
    "sensitive.union", "sensitive.origin", "sensitive.sexual_life", "sensitive.other",
    "member_id", "ip_address", "mac_address", "geolocation", "device_id",
    "corporate_number", "company_name",
  ]
}

/// A set of data types in one machine word.
public struct TypeSet: OptionSet, Sendable, Hashable, BitwiseCopyable {
  /// A bit for each type, at the position of its raw value.
  public var rawValue: UInt64

  /// The set of these bits.
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// The set of one type.
  public init(_ type: DataType) { rawValue = 1 << UInt64(type.rawValue) }

  /// The set of these types.
  public init(_ types: some Sequence<DataType>) {
    rawValue = 0
    for type in types { insert(type) }
  }

  /// Adds a type.
  public mutating func insert(_ type: DataType) { rawValue |= 1 << UInt64(type.rawValue) }

  /// True when the type is a member.
  public func contains(_ type: DataType) -> Bool { rawValue >> UInt64(type.rawValue) & 1 == 1 }

  /// The members in the order of `DataType`.
  public var types: [DataType] { DataType.allCases.filter(contains) }

  /// The types that say something about a person.
  public static let personal = TypeSet(DataType.allCases.filter(\.isPersonal))

  /// The types all of whose values are looked for in running text without a label as well; a test holds
  /// them against the detectors.
  package static let inText = TypeSet([
    .postalCode, .address, .phoneNumber, .emailAddress, .cardNumber, .iban, .ipAddress,
  ])
}
