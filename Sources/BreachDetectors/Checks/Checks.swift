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
    case .postalCode: return PostalCheck.check(&value)
    case .address: return role == .addressPart ? AddressCheck.part(&value) : AddressCheck.check(&value)
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
      value.normal.append(contentsOf: value.folded)
      return words.isEmptyWord(value.folded)
        ? .fail : Verdict(words.isOrganisation(value.folded) ? .pass : .unknown)
    case .filled:
      if words.isEmptyWord(value.folded) { return .fail }
      value.normal.append(contentsOf: value.folded)
      return Verdict(.unknown)
    case .digits:
      guard NumberChecks.digits(&value) else {
        // Letters belong to many numbers of documents: kept as written, upper case.
        value.normal.removeAll(keepingCapacity: true)
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
    case .year, .month, .day:
      guard NumberChecks.digits(&value), value.normal.count <= 4 else { return .fail }
      return Verdict(.unknown)
    default: return DateCheck.birth(&value)
    }
  }
}
