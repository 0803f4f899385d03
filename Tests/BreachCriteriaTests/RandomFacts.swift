import BreachModel

/// Fact sets that crowd around the thresholds.
extension ScanFacts {
  static func random(_ random: inout SeededGenerator) -> ScanFacts {
    var facts = ScanFacts(
      persons: .zero,
      profiles: [],
      findings: [:],
      byClass: [:],
      byResidence: [:],
      files: 1,
      unread: .init(bytes: 0, couldAdd: 0, basis: ""),
      gaps: 0
    )
    for _ in 0..<Int.random(in: 0...3, using: &random) { facts.addProfile(&random) }
    if Int.random(in: 0..<3, using: &random) == 0 { facts.addFindings(&random) }
    if Int.random(in: 0..<4, using: &random) == 0 { facts.addGap(&random) }
    if Int.random(in: 0..<4, using: &random) == 0 { facts.addText(&random) }
    if Int.random(in: 0..<4, using: &random) == 0 { facts.addHint(&random) }
    return facts
  }

  /// The same facts and some more of them.
  func withMoreEvidence(_ random: inout SeededGenerator) -> ScanFacts {
    var more = self
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      switch Int.random(in: 0..<6, using: &random) {
      case 0: more.addProfile(&random)
      case 1: more.addFindings(&random)
      case 2: more.addGap(&random)
      case 3: more.addText(&random)
      case 4: more.addHint(&random)
      default:
        // What was likely becomes certain.
        for index in more.profiles.indices {
          more.profiles[index].certain = more.profiles[index].types
        }
      }
    }
    return more
  }

  private static let types: [DataType] = [
    .personName, .emailAddress, .address, .cardNumber, .cardExpiry, .bankAccount, .password,
    .passwordHash, .loginID, .creditInformation, .sensitiveMedicalHistory, .sensitiveUnion,
    .memberID, .ipAddress, .myNumber, .nationalID, .driversLicense, .healthInsurance,
    .sensitiveMedicalCare, .birthDate, .phoneNumber, .cardSecurityCode,
  ]

  private mutating func addProfile(_ random: inout SeededGenerator) {
    let size = [1, 1, 2, 40, 990, 999, 1000, 1001, 5000].randomElement(using: &random) ?? 1
    let spread = Bool.random(using: &random) ? 0 : Int.random(in: 0...size / 10, using: &random)
    let count = PersonCount(low: size - spread, likely: size, high: size + spread)
    let chosen = Self.types.filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
    let certain = chosen.filter { _ in Bool.random(using: &random) }
    profiles.append(
      PersonProfile(types: TypeSet(chosen), certain: TypeSet(certain), count: count)
    )
    persons = persons + count
    for type in chosen {
      var found = findings[type] ?? FindingFact(certain: 0, likely: 0, possible: 0, sample: 0)
      if certain.contains(type) { found.certain += size } else { found.likely += size }
      findings[type] = found
      if type == .nationalID { addNumbers(size, isCertain: certain.contains(type), &random) }
    }
  }

  /// Says whose official numbers some are, or leaves it open.
  private mutating func addNumbers(
    _ count: Int,
    isCertain: Bool,
    _ random: inout SeededGenerator
  ) {
    guard let subtype = ["us_ssn", "kr_rrn", "de_idnr", nil].randomElement(using: &random) ?? nil
    else { return }
    var fact = subtypes[subtype] ?? FindingFact(certain: 0, likely: 0, possible: 0, sample: 0)
    if isCertain { fact.certain += count } else { fact.likely += count }
    subtypes[subtype] = fact
  }

  private mutating func addText(_ random: inout SeededGenerator) {
    if Bool.random(using: &random) {
      unexplained.texts += 1
    } else {
      unexplained.columns.append("remarks \(unexplained.columns.count)")
    }
  }

  private mutating func addHint(_ random: inout SeededGenerator) {
    let code = ["DE", "US", "US-CA", "TH", "unknown"].randomElement(using: &random) ?? "DE"
    residenceHints[code] = (residenceHints[code] ?? .zero) + PersonCount(1)
  }

  private mutating func addFindings(_ random: inout SeededGenerator) {
    guard let type = Self.types.randomElement(using: &random) else { return }
    var found = findings[type] ?? FindingFact(certain: 0, likely: 0, possible: 0, sample: 0)
    switch Int.random(in: 0..<3, using: &random) {
    case 0: found.certain += 1
    case 1: found.likely += 1
    default: found.possible += 1
    }
    findings[type] = found
  }

  private mutating func addGap(_ random: inout SeededGenerator) {
    gaps += 1
    unread.bytes += Int.random(in: 0...100, using: &random)
    let more = [0, 1, 10, 600].randomElement(using: &random) ?? 0
    unread.couldAdd =
      Int.random(in: 0..<4, using: &random) == 0 ? nil : unread.couldAdd.map { $0 + more }
  }
}

extension IncidentFacts {
  static func random(
    _ random: inout SeededGenerator,
    questions: Set<String>
  ) -> IncidentFacts {
    var incident = IncidentFacts()
    for key in IncidentKey.allCases where Int.random(in: 0..<5, using: &random) < 2 {
      guard let choice = incident.values(for: key).randomElement(using: &random) else { continue }
      incident = choice.incident
    }
    for question in questions.sorted() where Int.random(in: 0..<6, using: &random) == 0 {
      incident.answers[question] = Bool.random(using: &random) ? .yes : .no
    }
    return incident
  }

  /// Every way to make one unknown known.
  func nextSteps(questions: Set<String>) -> [NextStep] {
    var steps: [NextStep] = []
    for key in IncidentKey.allCases where stated(key) == .unknown { steps += values(for: key) }
    for question in questions.sorted() where answers[question] == nil {
      for answer in [Truth.yes, .no] {
        var incident = self
        incident.answers[question] = answer
        steps.append(
          NextStep(
            name: question,
            value: "\(answer)",
            isYes: answer == .yes,
            incident: incident
          )
        )
      }
    }
    return steps
  }

  /// This incident with each value of one key.
  func values(for key: IncidentKey) -> [NextStep] {
    func step(_ value: String, isYes: Bool? = nil, _ change: (inout Self) -> Void) -> NextStep {
      var incident = self
      change(&incident)
      return NextStep(name: key.rawValue, value: value, isYes: isYes, incident: incident)
    }
    func truths(_ path: WritableKeyPath<Self, Truth>) -> [NextStep] {
      [
        step("yes", isYes: true) { $0[keyPath: path] = .yes },
        step("no", isYes: false) { $0[keyPath: path] = .no },
      ]
    }
    switch key {
    case .knownAt:
      return ["2026-11-20", "2026-11-20T09:00:00+09:00"].map { text in
        step(text) { $0.knownAt = Moment(text) }
      }
    case .assessedAt: return [step("2026-11-20") { $0.assessedAt = Moment("2026-11-20") }]
    case .personsNotifiedAt:
      return [step("2026-11-22") { $0.personsNotifiedAt = Moment("2026-11-22") }]
    case .residents:
      return [PersonCount(0), PersonCount(501), PersonCount(low: 480, likely: 500, high: 510)].map {
        count in step("US-CA: \(count.likely)") { $0.residents = ["US-CA": count] }
      }
    case .clientNotifiedAt:
      return ["2026-11-21", "2026-11-24", "2026-11-25"].map { day in
        step(day) { $0.clientNotifiedAt = Moment(day) }
      }
    case .cause: return Cause.allCases.map { word in step(word.rawValue) { $0.cause = word } }
    case .dataScope:
      return DataScope.allCases.map { word in step(word.rawValue) { $0.dataScope = word } }
    case .role: return Role.allCases.map { word in step(word.rawValue) { $0.role = word } }
    case .sector: return Sector.allCases.map { word in step(word.rawValue) { $0.sector = word } }
    case .personsClass:
      return PersonsClass.allCases.map { word in step(word.rawValue) { $0.personsClass = word } }
    case .encryptedAlgorithm:
      return ["AES-256", "RC4", "Serpent", "AESではない"].map { name in
        step(name) { $0.encrypted.algorithm = name }
      }
    case .jurisdictions:
      return [
        step("JP") { $0.jurisdictions = ["JP"] },
        step("KR, DE") { $0.jurisdictions = ["KR", "DE"] },
      ]
    case .wrongfulPurpose: return truths(\.wrongfulPurpose)
    case .recoveredUnread: return truths(\.recoveredUnread)
    case .encryptedAtLeak: return truths(\.encrypted.atLeak)
    case .encryptedKeyLeaked: return truths(\.encrypted.keyLeaked)
    case .pseudonymisedByLaw: return truths(\.pseudonymisedByLaw)
    case .dumpIsWholeIncident: return truths(\.dumpIsWholeIncident)
    case .publiclyViewable: return truths(\.publiclyViewable)
    case .serviceHasPayment: return truths(\.serviceHasPayment)
    case .sourceWasDatabase: return truths(\.sourceWasDatabase)
    }
  }
}
