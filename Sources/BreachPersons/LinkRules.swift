package import BreachModel
package import BreachPatterns

/// How much a rule proves.
package enum LinkStrength: String, Sendable, CaseIterable {
  case primary, secondary, tertiary
}

/// A value that two records may share.
package enum LinkValue: String, Sendable, CaseIterable {
  /// Full name in kanji or letters, or in kana, or in letters that may be these kana.
  case name
  case family, given
  case birthDate = "birth_date"
  /// A person's mailbox, not a role's.
  case email
  case mobile
  /// Any phone but a mobile or a business number.
  case phone
  case address, employer
  /// An address, with or without building and room; outside of Japan number and street.
  case house
  /// An address that ends with a municipality or a town.
  case town
  case postalCode = "postal_code"
  case myNumber = "my_number"
  case residentCode = "resident_code"
  case pensionNumber = "pension_number"
  case driversLicense = "drivers_license"
  case passportNumber = "passport_number"
  case residenceCard = "residence_card"
  case nationalID = "national_id"
  case bankAccount = "bank_account"
  case card = "card_number"
  case memberID = "member_id"
  case loginID = "login_id"
  /// The key of a table's row, in the table itself and wherever it is referred to.
  case rowKey = "row_key"

  /// The digests that carry it, alternatives in order.
  var kinds: [AttributeKind] {
    switch self {
    case .name: [AttributeKind(.personName), AttributeKind(.personNameKana), .reading]
    case .family: [.familyName, .familyKana]
    case .given: [.givenName, .givenKana]
    case .birthDate: [AttributeKind(.birthDate)]
    case .email: [AttributeKind(.emailAddress)]
    case .mobile: [.mobilePhone]
    case .phone: [AttributeKind(.phoneNumber), .phoneTail]
    case .address: [AttributeKind(.address)]
    case .house: [AttributeKind(.address), .house]
    case .town: [.town]
    case .postalCode: [AttributeKind(.postalCode)]
    case .employer: [AttributeKind(.employer), AttributeKind(.companyName)]
    case .myNumber: [AttributeKind(.myNumber)]
    case .residentCode: [AttributeKind(.residentCode)]
    case .pensionNumber: [AttributeKind(.pensionNumber)]
    case .driversLicense: [AttributeKind(.driversLicense)]
    case .passportNumber: [AttributeKind(.passportNumber)]
    case .residenceCard: [AttributeKind(.residenceCard)]
    case .nationalID: [AttributeKind(.nationalID)]
    case .bankAccount: [AttributeKind(.bankAccount)]
    case .card: [AttributeKind(.cardNumber)]
    case .memberID: [AttributeKind(.memberID)]
    case .loginID: [AttributeKind(.loginID)]
    case .rowKey: [.rowKey]
    }
  }
}

/// One rule of `Patterns/linking`.
package struct LinkRule: Sendable {
  package var id: String
  package var strength: LinkStrength
  package var equal: [LinkValue]
  /// Which conflicts do not forbid it.
  package var despite: Despite
  /// Merges only those that both know at most so many facts (address, phone, mailbox, …), which
  /// differ when no rule before has merged them; nil means any.
  package var mostDiffering: Int?
  /// Merges only those that stand in different tables: a list seldom names one person twice, and ids
  /// of two tables are not compared.
  package var isAcrossTables = false
  /// More entities than this sharing the values prove nothing; nil means no limit.
  package var largestGroup: Int?

  /// Asks for something beside a name.
  var asksBesideName: Bool { equal.contains(.name) && equal.count > 1 }

  /// Asks for an identifier and nothing else, and takes it as proof.
  var asksIdentifier: Bool { strength == .primary && equal.count == 1 && equal != [.name] }

  /// How many facts that two both know count as differing.
  func comparable(_ known: UInt32) -> Int {
    (isAcrossTables ? known & ~ShapeFacts.tableFacts : known).nonzeroBitCount
  }

  /// Conflicts that a rule overrules: none, given names that may be one with a slip of the pen, all of
  /// names, or all.
  package enum Despite: String, Sendable, CaseIterable {
    case nothing, slips, names, all
  }
}

/// The rules in force, in file order.
package struct LinkRules: Sendable {
  package var rules: [LinkRule]

  package init(_ library: PatternLibrary) throws(PatternError) {
    rules = []
    for file in try library.files(under: "linking/") {
      let root = try PatternValue(file).mapping(keys: ["schema", "rules"])
      _ = try root.required("schema").choice(["breachscope.linking/1"])
      for item in try root.required("rules").list() {
        let rule = try Self.rule(item)
        guard !rules.contains(where: { $0.id == rule.id }) else {
          throw item.error("a rule called \"\(rule.id)\" is there already")
        }
        rules.append(rule)
      }
    }
  }

  private static func rule(_ item: PatternValue) throws(PatternError) -> LinkRule {
    let fields = try item.mapping(keys: [
      "id", "strength", "equal", "despite", "most_differing", "across", "largest_group",
    ])
    let strength = try fields.required("strength").choice(LinkStrength.allCases.map(\.rawValue))
    let values = try fields.required("equal")
    var equal: [LinkValue] = []
    for value in try values.list() {
      let name = try value.choice(LinkValue.allCases.map(\.rawValue))
      guard let known = LinkValue(rawValue: name) else { continue }
      guard !equal.contains(known) else { throw value.error("\"\(name)\" is listed twice") }
      equal.append(known)
    }
    guard !equal.isEmpty else { throw values.error("a rule needs at least one value") }
    let largest = try fields.optionalInt("largest_group")
    if let largest, largest < 2, let value = fields.optional("largest_group") {
      throw value.error("a group has at least two records")
    }
    var despite = LinkRule.Despite.nothing
    if let value = fields.optional("despite") {
      despite = LinkRule.Despite(rawValue: try value.choice(["slips", "names", "all"])) ?? .nothing
    }
    if let value = fields.optional("across") { _ = try value.choice(["tables"]) }
    return LinkRule(
      id: try fields.string("id"),
      strength: LinkStrength(rawValue: strength) ?? .tertiary,
      equal: equal,
      despite: despite,
      mostDiffering: try fields.optionalInt("most_differing"),
      isAcrossTables: fields.optional("across") != nil,
      largestGroup: largest
    )
  }
}
