internal import BreachModel

/// What may happen to persons of whom certain items leaked together: the secondary damage that
/// notices warn of.
enum Harm: CaseIterable {
  case cardFraud, bankFraud, accountTakeover, impersonation, forgedPapers, falseInvoices, phishing
  case exposure

  /// One type out of each set has to be there.
  var needs: [TypeSet] {
    let name = TypeSet([.personName, .personNameKana])
    return switch self {
    case .cardFraud: [TypeSet(.cardNumber)]
    case .bankFraud: [name, TypeSet([.bankAccount, .iban])]
    case .accountTakeover:
      [
        TypeSet([.loginID, .emailAddress, .memberID]),
        TypeSet([.password, .passwordHash, .secretAnswer]),
      ]
    case .impersonation: [name, TypeSet(.address), TypeSet(.birthDate)]
    case .forgedPapers:
      [
        name,
        TypeSet([
          .myNumber, .driversLicense, .passportNumber, .residenceCard, .healthInsurance,
          .pensionNumber, .nationalID,
        ]),
      ]
    case .falseInvoices: [name, TypeSet([.address, .phoneNumber])]
    case .phishing: [TypeSet(.emailAddress)]
    case .exposure: [TypeSet(DataType.allCases.filter(\.isSensitive))]
    }
  }

  /// How many persons it may happen to; the sum over the profiles that hold the items.
  func count(_ persons: PersonsResult) -> PersonCount {
    persons.profiles.filter { profile in
      needs.allSatisfy { !$0.isDisjoint(with: profile.types) }
    }.reduce(.zero) { $0 + $1.count }.ordered
  }
}

extension ResultView {
  /// The secondary damage that somebody may suffer, in the order of the list.
  var harms: [(harm: Harm, count: PersonCount)] {
    guard let persons = result.persons else { return [] }
    return Harm.allCases.map { ($0, $0.count(persons)) }.filter { $0.1.high > 0 }
  }

  /// `name + (address or phone number)`: what has to leak together.
  func combination(_ harm: Harm) -> String {
    harm.needs.map { set in
      let found = set.types.filter { result.findings[$0] != nil }
      let names = (found.isEmpty ? set.types : found).map(name)
      let text = names.joined(separator: say(Messages.or))
      return harm.needs.count > 1 && names.count > 1 ? say(Messages.inBrackets(text)) : text
    }.joined(separator: " + ")
  }

  /// The personal types without any finding, as they were searched: anywhere in text, only in
  /// columns, under keys and behind labels, or not at all because the user asked for others.
  var notFound: (anywhere: [DataType], named: [DataType], ignored: [DataType]) {
    let absent = DataType.allCases.filter { $0.isPersonal && result.findings[$0] == nil }
    let asked = result.run.types ?? .personal
    let types = absent.filter(asked.contains)
    return (
      types.filter(TypeSet.inText.contains), types.filter { !TypeSet.inText.contains($0) },
      absent.filter { !asked.contains($0) }
    )
  }

  /// What was not found, with how it was searched.
  var searches: [(types: [DataType], how: LocalizedText)] {
    let (anywhere, named, ignored) = notFound
    return [
      (anywhere, Messages.searchedAnywhere), (named, Messages.searchedNamed),
      (ignored, Messages.notSearched),
    ]
  }

  /// Persons by the country they live in, as far as addresses tell; most first.
  var countries: [(name: String, count: PersonCount)] {
    var counts: [String: PersonCount] = [:]
    for (code, count) in result.persons?.byResidence ?? [:] {
      let country = code.prefix { $0 != "-" }
      counts[String(country), default: .zero] = counts[String(country), default: .zero] + count
    }
    return named(counts)
  }

  /// Of those whose residence is unknown, who may live abroad; most first.
  var abroad: [(name: String, count: PersonCount)] {
    named(result.persons?.residenceHints ?? [:])
  }

  private func named(_ counts: [String: PersonCount]) -> [(name: String, count: PersonCount)] {
    counts.sorted {
      $0.value.likely == $1.value.likely
        ? ResultEncoder.precedes($0.key, $1.key) : $0.value.likely > $1.value.likely
    }.map { (say(Names.place($0.key)), $0.value) }
  }
}
