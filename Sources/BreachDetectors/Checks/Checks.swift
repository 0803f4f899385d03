internal import BreachBytes
package import BreachModel

/// The checks by the name that detector files use; a new algorithm adds a case here.
package enum CheckName: String, Sendable, CaseIterable {
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
}

/// Runs checks; one per worker.
package struct Checks {
  package let words: WordLists
  package var name: NameCheck

  package init(_ words: WordLists) {
    self.words = words
    name = NameCheck(lists: words)
  }

  /// What `check` says of a loaded value; the normal form is left in `value.normal`.
  package mutating func run(_ check: CheckName, _ value: inout Value, role: ColumnRole = .whole)
    -> Verdict
  {
    guard !value.folded.isEmpty else { return .fail }
    switch check {
    case .email: return EmailCheck.check(&value, words)
    case .phone: return PhoneCheck.check(&value, words)
    case .postalCode: return PostalCheck.check(&value, words)
    case .address:
      return role == .addressPart ? AddressCheck.part(&value) : AddressCheck.check(&value)
    case .card: return NumberChecks.card(&value, words)
    case .birthDate: return birthDate(&value, role)
    case .myNumber: return NumberChecks.myNumber(&value)
    case .corporateNumber: return NumberChecks.corporateNumber(&value)
    case .personName:
      switch role {
      case .family, .given, .middle: return name.part(&value, isFamily: role == .family)
      default: return name.full(&value)
      }
    case .kanaName: return name.kana(&value)
    case .organisation:
      value.clearNormal()
      for byte in value.folded where byte != 0x20 { value.normal.append(lowercased(byte)) }
      return words.isEmptyWord(value.folded)
        ? .fail : Verdict(words.isOrganisation(value.folded) ? .pass : .unknown)
    case .passwordHash:
      if words.isEmptyWord(value.folded) { return .fail }
      return HashCheck.check(&value)
    case .filled:
      if words.isEmptyWord(value.folded) { return .fail }
      value.clearNormal()
      value.normal.append(contentsOf: value.folded)
      return Verdict(.unknown)
    case .digits:
      guard NumberChecks.digits(&value) else {
        // Letters belong to many numbers of documents: kept as written, upper case.
        value.clearNormal()
        for byte in value.folded where byte != 0x20 && byte != 0x2D {
          guard isAlphanumeric(byte) else { return .fail }
          value.normal.append(byte)
        }
        return value.normal.count >= 4 && value.normal.contains(where: isDigit)
          ? Verdict(.unknown) : .fail
      }
      return value.normal.count >= 4 ? Verdict(.unknown) : .fail
    }
  }

  private func birthDate(_ value: inout Value, _ role: ColumnRole) -> Verdict {
    switch role {
    case .year, .month, .day: return datePart(&value, role)
    default: return DateCheck.birth(&value, words)
    }
  }

  /// The year, month or day of a date that is spread over columns; 年, 月 and 日 may stand behind.
  private func datePart(_ value: inout Value, _ role: ColumnRole) -> Verdict {
    value.clearNormal()
    for byte in value.folded {
      guard isDigit(byte) else { break }
      value.normal.append(byte)
    }
    let rest = value.folded.count - value.normal.count
    guard rest == 0 || rest == 3 && value.folded[value.normal.count] >= 0xE5 else { return .fail }
    var number = 0
    for byte in value.normal.prefix(5) { number = number * 10 + Int(byte - 0x30) }
    let valid =
      switch role {
      case .year: (1890...2030).contains(number)
      case .month: (1...12).contains(number)
      default: (1...31).contains(number)
      }
    return valid ? Verdict(.unknown) : .fail
  }
}
