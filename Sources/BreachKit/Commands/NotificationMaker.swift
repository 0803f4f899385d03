internal import BreachBytes
internal import BreachModel
internal import BreachReports

/// Makes the persons of a list from digests and the values that were read.
struct NotificationMaker {
  private let contacts: StoreContacts
  private let values: PlainValues

  init(_ contacts: StoreContacts, _ values: PlainValues) {
    self.contacts = contacts
    self.values = values
  }

  /// Who can be reached by what, and how many there is a doubt about.
  var summary: NotificationSummary {
    var summary = NotificationSummary()
    for number in contacts.persons.indices {
      let person = person(number)
      summary.reach[person.reach, default: 0] += 1
      if person.doubts.contains(.lost) { summary.lost += 1 }
      if !person.doubts.isEmpty { summary.doubtful += 1 }
    }
    return summary
  }

  /// The person of a number, from 0.
  func person(_ number: Int) -> NotifiedPerson {
    let stored = contacts.persons[number]
    let names = contacts(stored, .personName)
    let kana = contacts(stored, .personNameKana)
    let emails = contacts(stored, .emailAddress)
    let phones = contacts(stored, .phoneNumber)
    let addresses = contacts(stored, .address)
    let postal = contacts(stored, .postalCode)
    var person = NotifiedPerson()
    person.id = personID(number + 1)
    person.name = names.first?.text ?? ""
    person.kana = kana.first?.text ?? ""
    person.email = emails.first?.text ?? ""
    person.phone = phones.first?.text ?? ""
    person.address = addresses.first?.text ?? ""
    let ownCode = addresses.first?.postalCode ?? ""
    // One postal code is that of an address that stands elsewhere.
    person.postalCode = ownCode.isEmpty && postal.count == 1 ? postal[0].text : ownCode
    person.others =
      [names, kana, emails, phones].flatMap { $0.dropFirst().map(\.text) }
      + addresses.dropFirst().map {
        $0.postalCode.isEmpty ? $0.text : "〒\($0.postalCode) \($0.text)"
      }
    if let email = emails.first, email.rank == 0 {
      person.reach = .email
    } else if let address = addresses.first, address.rank == 0 {
      person.reach = .post
    } else if let phone = phones.first, phone.rank < 2 {
      person.reach = .phone
    } else if !emails.isEmpty {
      person.reach = .email
    }
    person.types = stored.types
    person.personClass = stored.personClass
    person.files = stored.files.map { (contacts.leaves[$0.leaf].path, $0.records) }
    person.doubts = doubts(stored, names, addresses)
    return person
  }

  private func doubts(
    _ stored: StoreContacts.Person,
    _ names: [Contact],
    _ addresses: [Contact]
  ) -> [PersonDoubt] {
    var doubts: [PersonDoubt] = []
    let lost = stored.values.count { !values.isFound($0.digest) }
    if lost > 0 { doubts.append(lost == stored.values.count ? .lost : .partlyLost) }
    if stored.unproven > 0 { doubts.append(.unproven(stored.unproven, of: stored.records)) }
    if stored.samples > 0 { doubts.append(.sample(stored.samples)) }
    // The same name in Latin letters is no other one.
    let latin = names.count { $0.text.utf8.allSatisfy { $0 < 0x80 } }
    if max(latin, names.count - latin) > 1 { doubts.append(.severalNames) }
    if addresses.count > 1 { doubts.append(.severalAddresses) }
    if !stored.doubles.isEmpty {
      let more = stored.doubles.count > 5 ? ["…"] : []
      doubts.append(.double(stored.doubles.prefix(5).map(personID) + more))
    }
    return doubts
  }

  /// What was found of a person's values of a type, the best first: by its kind, then by how many
  /// records hold it, then as it came.
  private func contacts(_ stored: StoreContacts.Person, _ type: DataType) -> [Contact] {
    var found: [(contact: Contact, records: Int)] = []
    for value in stored.values where value.type == type {
      guard let text = values.text(value.digest) else { continue }
      let code = value.postalCode == 0 ? nil : values.text(value.postalCode)
      let contact = Contact(text, value.type, value.kind, code: code)
      // 髙 and 高 may have come to one writing.
      if found.contains(where: { $0.contact.text == contact.text }) { continue }
      found.append((contact, value.records))
    }
    let order = found.indices.sorted {
      (found[$0].contact.rank, -found[$0].records, $0)
        < (found[$1].contact.rank, -found[$1].records, $1)
    }
    return order.map { found[$0].contact }
  }
}

/// A name, number or address, written so that letters arrive and spreadsheets leave it alone.
struct Contact {
  var text: String
  /// How good it is to reach somebody by: 0 is best, 2 is of no use by itself.
  var rank = 0
  /// Of an address.
  var postalCode = ""

  /// `code`: the postal code beside an address.
  init(_ text: String, _ type: DataType, _ kind: AttributeKind, code: String?) {
    self.text = text
    switch type {
    case .emailAddress: rank = kind == .roleEmail ? 1 : 0
    case .phoneNumber:
      self.text = Self.phone(text)
      rank = kind == .mobilePhone ? 0 : kind == .businessPhone ? 2 : 1
    case .postalCode: self.text = Self.postalCode(text)
    case .address:
      rank = Self.isWhole(text, code) ? 0 : 1
      postalCode = code.map { Self.postalCode($0) } ?? ""
    default: break
    }
  }

  /// In narrow characters; a Japanese number of digits alone in its groups: 090-1234-5678, 03-1234-5678.
  static func phone(_ text: String) -> String {
    let text = narrow(text)
    let digits = Array(text.utf8)
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }), digits.first == 0x30 else {
      return text
    }
    let area: Int
    switch digits.count {
    case 11 where digits[2] == 0x30 && digits[1] >= 0x35: area = 3
    case 10:
      let prefix = digits[1...5].reduce(0) { $0 * 10 + Int($1 - 0x30) }
      guard let length = AreaCodes.length(ofPrefix: prefix) else { return text }
      area = length
    default: return text
    }
    let parts = [digits[..<area], digits[area..<digits.count - 4], digits.suffix(4)]
    return parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-")
  }

  /// In narrow characters, without the mark before it; one of Japan in its groups, and with the zero
  /// that a spreadsheet took from it.
  static func postalCode(_ text: String) -> String {
    let text = narrow(text)
    let bare = text.drop { $0 == "〒" || $0 == " " }
    guard (6...7).contains(bare.utf8.count), let number = Int(bare),
      PostalCodes.prefecture(of: number) != nil
    else { return String(bare) }
    let digits = (bare.utf8.count == 6 ? "0" : "") + bare
    return digits.prefix(3) + "-" + digits.suffix(4)
  }

  /// Full-width letters, digits and signs as those of ASCII.
  private static func narrow(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      let isWide = (0xFF01...0xFF5E).contains(scalar.value)
      let plain = isWide ? Unicode.Scalar(scalar.value - 0xFEE0) : nil
      out.unicodeScalars.append(plain ?? scalar)
    }
    return out
  }

  /// A letter arrives: a house has a number, or, outside of Japan, a name and a postal code.
  private static func isWhole(_ address: String, _ code: String?) -> Bool {
    let scalars = Array(address.unicodeScalars)
    if scalars.contains(where: { $0.properties.numericType == .decimal }) { return true }
    for (number, next) in zip(scalars, scalars.dropFirst())
    where number.properties.numericType != nil && "丁番号の".unicodeScalars.contains(next) {
      return true
    }
    return code != nil && scalars.allSatisfy { $0.value < 0x250 }
  }
}
