internal import BreachBytes
package import BreachModel

/// The checks by the name that detector files use; a new algorithm adds a case here.
package enum CheckName: String, Sendable, CaseIterable, BitwiseCopyable {
  case email, phone
  case postalCode = "postal_code"
  case address, card
  case birthDate = "birth_date"
  case myNumber = "my_number"
  case corporateNumber = "corporate_number"
  case personName = "person_name"
  case kanaName = "kana_name"
  /// A company's or organisation's name.
  case organisation
  /// Anything that is not empty and does not say "none".
  case filled
  /// A password hash by its written form.
  case passwordHash = "password_hash"
  /// A number of the length that the detector's pattern asks for.
  case digits

  // money
  case iban
  case account, expiry
  case securityCode = "security_code"

  // documents
  case driversLicense = "drivers_license"
  case residentCode = "resident_code"
  case pensionNumber = "pension_number"
  case employmentInsurance = "employment_insurance"
  case residenceCard = "residence_card"
  case healthInsurance = "health_insurance"
  case passport

  // access
  case secret, token, login, member

  // devices and places
  case ip, mac, device, place

  // short words
  case age, gender

  // delicate values, by the words of `terms`
  case medicalHistory = "medical_history"
  case medicalCare = "medical_care"
  case healthCheck = "health_check"
  case crimeRecord = "crime_record"
  case crimeVictim = "crime_victim"
  case criminalProcedure = "criminal_procedure"
  case socialStatus = "social_status"
  case sexualLife = "sexual_life"
  case disability, creed, race, juvenile, union, origin, delicate

  // official numbers by country
  case usSSN = "us_ssn"
  case usITIN = "us_itin"
  case caSIN = "ca_sin"
  case brCPF = "br_cpf"
  case mxCURP = "mx_curp"
  case clRUT = "cl_rut"
  case arCUIT = "ar_cuit"
  case gbNINO = "uk_nino"
  case gbNHS = "uk_nhs"
  case iePPS = "ie_pps"
  case auTFN = "au_tfn"
  case auMedicare = "au_medicare"
  case nzIRD = "nz_ird"
  case zaID = "za_id"
  case cnRIC = "cn_ric"
  case krRRN = "kr_rrn"
  case krFRN = "kr_frn"
  case twID = "tw_id"
  case hkHKID = "hk_hkid"
  case sgNRIC = "sg_nric"
  case myNRIC = "my_nric"
  case thID = "th_id"
  case idNIK = "id_nik"
  case vnCCCD = "vn_cccd"
  case inAadhaar = "in_aadhaar"
  case inPAN = "in_pan"
  case pkCNIC = "pk_cnic"
  case ilID = "il_id"
  case trTCKN = "tr_tckn"
  case aeID = "ae_id"
  case saID = "sa_id"
  case deIDNr = "de_idnr"
  case deSVNR = "de_svnr"
  case frNIR = "fr_nir"
  case esDNI = "es_dni"
  case itCF = "it_cf"
  case ptNIF = "pt_nif"
  case nlBSN = "nl_bsn"
  case beRRN = "be_rrn"
  case chAHV = "ch_ahv"
  case atSVNR = "at_svnr"
  case grAMKA = "gr_amka"
  case sePNR = "se_pnr"
  case fiHETU = "fi_hetu"
  case noFNR = "no_fnr"
  case dkCPR = "dk_cpr"
  case isKT = "is_kt"
  case plPESEL = "pl_pesel"
  case czRC = "cz_rc"
  case roCNP = "ro_cnp"
  case bgEGN = "bg_egn"
  case hrOIB = "hr_oib"
  case eeIK = "ee_ik"
  case rsJMBG = "rs_jmbg"
  case ruSNILS = "ru_snils"
  case ruINN = "ru_inn"
  case uaRNOKPP = "ua_rnokpp"
  case kzIIN = "kz_iin"
}

/// Runs checks; one per worker.
package struct Checks: ~Copyable {
  package let words: WordLists
  package var name: NameCheck
  let address = AddressCheck()
  /// The day on which ages are reckoned, `YYYYMMDD`; 0 for none.
  let ageDay: Int

  package init(_ words: WordLists, ageDay: CivilDate? = nil) {
    self.words = words
    self.ageDay = ageDay?.digits ?? 0
    name = NameCheck(lists: words)
  }

  /// What `check` says of a loaded value; the normal form is left in `value.normal`.
  package mutating func run(_ check: CheckName, _ value: inout Value, role: ColumnRole = .whole)
    -> Verdict
  {
    var folded = ByteBuffer()
    swap(&folded, &value.folded)
    defer { swap(&folded, &value.folded) }
    let verdict = run(check, folded.span, &value.normal, role: role)
    if verdict.keepsText {
      value.normal.clear()
      value.normal.append(folded.span)
    }
    return verdict
  }

  /// What `check` says of a folded text; the normal form is left in `normal`, but for texts that
  /// are their own (`keepsText`).
  @inline(__always)
  mutating func run(
    _ check: CheckName,
    _ text: Span<UInt8>,
    _ normal: inout ByteBuffer,
    role: ColumnRole
  ) -> Verdict {
    guard !text.isEmpty else { return .fail }
    if role.rawValue >= ColumnRole.numberStart.rawValue { return Self.digitGroup(text, &normal) }
    switch check {
    case .email: return EmailCheck.check(text, &normal, words)
    case .phone: return PhoneCheck.check(text, &normal, words)
    case .postalCode: return PostalCheck.check(text, &normal, words)
    case .address:
      return role == .addressPart
        ? address.part(text, &normal, words) : address.check(text, &normal, words)
    case .card: return NumberChecks.card(text, &normal, words)
    case .birthDate:
      switch role {
      case .year, .month, .day: return Self.datePart(text, &normal, role)
      case .dayFirst:
        return Self.aged(DateCheck.birthDayFirst(text, &normal, words), normal.span, ageDay)
      default: return Self.aged(DateCheck.birth(text, &normal, words), normal.span, ageDay)
      }
    case .myNumber: return NumberChecks.myNumber(text, &normal)
    case .corporateNumber: return NumberChecks.corporateNumber(text, &normal)
    case .personName:
      switch role {
      case .family, .given, .middle: return name.part(text, &normal, isFamily: role == .family)
      default: return name.full(text, &normal)
      }
    case .kanaName: return name.kana(text, &normal)
    case .organisation:
      normal.clear()
      for index in text.indices where text[index] != 0x20 { normal.append(lowercased(text[index])) }
      if words.isEmptyWord(text) || isNumber(text) { return .fail }
      return Verdict(words.isOrganisation(text) ? .pass : .unknown)
    case .passwordHash:
      return words.isEmptyWord(text) ? .fail : HashCheck.check(text)
    case .filled: return words.isEmptyWord(text) ? .fail : .plain(.unknown)
    case .digits: return Self.documentNumber(text, &normal)
    default: return other(check, text, &normal)
    }
  }

  /// The verdict on the date of birth in `normal`, with the age that it tells on `ageDay`.
  @inline(never)
  static func aged(_ verdict: Verdict, _ normal: Span<UInt8>, _ ageDay: Int) -> Verdict {
    if ageDay == 0 || verdict.result == .fail { return verdict }
    var birth = 0
    for index in normal.indices { birth = birth * 10 + Int(normal[index] - 0x30) }
    return verdict.aged(AgeBand.number(born: birth, on: ageDay))
  }

  /// The checks that few values are put to.
  ///
  /// Mutating, as all that is here would be copied for the call otherwise.
  private mutating func other(_ check: CheckName, _ text: Span<UInt8>, _ normal: inout ByteBuffer)
    -> Verdict
  {
    switch check {
    case .iban: return AccountChecks.iban(text, &normal, words)
    case .account: return AccountChecks.account(text, &normal, words)
    case .expiry: return PlainChecks.expiry(text)
    case .securityCode: return PlainChecks.securityCode(text)
    case .driversLicense, .residentCode, .pensionNumber, .employmentInsurance, .residenceCard,
      .healthInsurance, .passport:
      return DocumentChecks.check(check, text, &normal)
    case .secret: return SecretChecks.secret(text, words)
    case .token: return SecretChecks.token(text, words)
    case .login: return PlainChecks.login(text, words)
    case .member: return PlainChecks.member(text, words)
    case .ip: return NetworkChecks.address(text, &normal)
    case .mac: return NetworkChecks.hardware(text, &normal)
    case .device: return NetworkChecks.device(text, &normal, words)
    case .place: return NetworkChecks.place(text, &normal)
    case .age: return PlainChecks.age(text)
    case .gender: return PlainChecks.gender(text, words)
    default:
      if let terms = words.terms[check] { return TermCheck.check(text, terms, words) }
      return NationalNumbers.check(check, text, &normal)
    }
  }

  /// A number of a document: digits, or letters and digits as written, without blanks and hyphens.
  private static func documentNumber(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Verdict {
    if NumberChecks.digits(text, &normal) { return normal.count >= 4 ? Verdict(.unknown) : .fail }
    normal.clear()
    var hasDigit = false
    for index in text.indices where text[index] != 0x20 && text[index] != 0x2D {
      guard isAlphanumeric(text[index]) else { return .fail }
      hasDigit = hasDigit || isDigit(text[index])
      normal.append(text[index])
    }
    return normal.count >= 4 && hasDigit ? Verdict(.unknown) : .fail
  }

  /// A group of the digits of a number that is spread over columns.
  private static func digitGroup(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Verdict {
    guard text.count <= 6 else { return .fail }
    for index in text.indices where !isDigit(text[index]) { return .fail }
    normal.clear()
    normal.append(text)
    return Verdict(.unknown)
  }

  /// The year, month or day of a date that is spread over columns; 年, 月 and 日 may stand behind.
  private static func datePart(
    _ text: Span<UInt8>,
    _ normal: inout ByteBuffer,
    _ role: ColumnRole
  ) -> Verdict {
    normal.clear()
    var number = 0
    for index in text.indices {
      guard isDigit(text[index]) else { break }
      if normal.count < 5 { number = number * 10 + Int(text[index] - 0x30) }
      normal.append(text[index])
    }
    let rest = text.count - normal.count
    guard rest == 0 || rest == 3 && text[normal.count] >= 0xE5 else { return .fail }
    let valid =
      switch role {
      case .year: (1890...2030).contains(number)
      case .month: (1...12).contains(number)
      default: (1...31).contains(number)
      }
    return valid ? Verdict(.unknown) : .fail
  }
}
