internal import BreachBytes
internal import BreachModel

/// What the columns beside it say of a column whose header and values alone leave it open.
extension ColumnTyper {
  /// Types that tell that a table's records are persons'.
  private static let personal = TypeSet([
    .personName, .personNameKana, .emailAddress, .phoneNumber, .birthDate, .memberID, .loginID,
    .myNumber, .residentCode, .pensionNumber, .driversLicense, .passportNumber, .residenceCard,
    .healthInsurance, .employmentInsurance, .nationalID, .cardNumber, .iban,
  ])

  static func types(_ plans: [ColumnPlan]) -> TypeSet {
    var types = TypeSet(rawValue: 0)
    for plan in plans { if let type = plan.type { types.insert(type) } }
    return types
  }

  /// Types columns that nothing but their neighbours tells: names beside mailboxes, dates beside
  /// names, numbers of other countries.
  mutating func withNeighbours(
    _ plans: inout [ColumnPlan],
    _ meanings: [Meaning?],
    _ columns: [Column],
    _ batches: [RecordBatch]
  ) {
    if !Self.types(plans).isDisjoint(with: Self.personal) { birthParts(&plans, columns, batches) }
    let open = plans.indices.filter { number in
      plans[number].type == nil && !plans[number].isNegative
        && meanings[number].map(\.isFree) ?? true && columns[number].cells.count >= 3
    }
    // A number whose word mostly means another: PAN, of cards and of taxpayers.
    for number in plans.indices
    where plans[number].type == nil && !plans[number].isNegative
      && meanings[number]?.isAmbiguous == true && meanings[number]?.type != .personName
    {
      formColumn(&plans[number], columns[number], batches, besides: Self.types(plans))
    }
    guard !open.isEmpty else { return }
    addressColumns(&plans, open, columns, batches)
    for number in open
    where plans[number].type == nil
      && isForeignPhone(columns[number], batches, alone: true)
    {
      type(&plans[number], .phoneNumber, 88, [.values, .format])
    }
    // Names on one side, phones, birth dates and genders on the other speak for each other.
    let birth = birthColumn(plans, open, columns, batches)
    let speaks =
      birth != nil
      || open.contains { number in
        isForeignPhone(columns[number], batches, alone: false) || isGender(columns[number], batches)
      }
    nameColumns(&plans, open, columns, batches, isPersonal: speaks)
    for number in open where plans[number].type == nil {
      formColumn(&plans[number], columns[number], batches, besides: Self.types(plans))
    }
    let types = Self.types(plans)
    guard !types.isDisjoint(with: Self.personal) || types.contains(.address) else { return }
    if let birth { type(&plans[birth], .birthDate, 85, [.values, .neighbour]) }
    for number in open where plans[number].type == nil {
      if isForeignPhone(columns[number], batches, alone: false) {
        type(&plans[number], .phoneNumber, 92, [.values, .neighbour])
      } else if isForeignAddress(columns[number], batches) {
        type(&plans[number], .address, 85, [.values, .neighbour])
      } else if isGender(columns[number], batches) {
        type(&plans[number], .gender, 85, [.values, .neighbour])
      }
    }
  }

  /// Types a column whose values have the very form of a number, beside persons or their addresses.
  private mutating func formColumn(
    _ plan: inout ColumnPlan,
    _ column: Column,
    _ batches: [RecordBatch],
    besides types: TypeSet
  ) {
    guard !types.isDisjoint(with: Self.personal) || types.contains(.address),
      let form = form(of: column, batches)
    else { return }
    let detector = set.detectors[form]
    type(&plan, detector.type, UInt8(detector.beside), [.values, .neighbour])
    if detector.subtype != nil { plan.detector = UInt16(form) }
  }

  /// The detector whose form nearly all values have, a value each; nil for none.
  private mutating func form(of column: Column, _ batches: [RecordBatch]) -> Int? {
    for number in set.detectors.indices where set.detectors[number].beside > 0 {
      let check = set.detectors[number].check
      let forms = set.detectors[number].text.flatMap(\.forms)
      var (seen, formed) = (0, 0)
      for cell in column.cells {
        scratch.value.load(batches[cell.batch].text, batches[cell.batch].fields[cell.field].range)
        if scratch.value.saysNothing(set.words) { continue }
        seen += 1
        if isFormed(check, forms) { formed += 1 }
        if seen == 4 && formed == 0 { break }
      }
      if seen >= 5, formed * 100 >= seen * 95, isTold(check, column, batches) { return number }
    }
    return nil
  }

  /// The loaded value has the form of its check, and one of `forms` where there are any.
  private mutating func isFormed(_ check: CheckName, _ forms: [String]) -> Bool {
    let text = scratch.value.folded.array
    let isWritten = forms.contains { form in
      form.utf8.count == text.count
        && zip(form.utf8, text).allSatisfy { $0 == 0x39 ? isDigit($1) : $0 == $1 }
    }
    guard forms.isEmpty || isWritten else { return false }
    let verdict = scratch.checks.run(check, &scratch.value)
    if verdict.result == .pass { return true }
    return verdict.result == .unknown && verdict.evidence == .format && verdict.weight > -10
  }

  /// Nearly every row has a value of its own; of hashes without a scheme, they are of one length, and
  /// none of them the hexadecimal of a random identifier (RFC 9562, version 4).
  private func isTold(_ check: CheckName, _ column: Column, _ batches: [RecordBatch]) -> Bool {
    var distinct: Set<[UInt8]> = []
    var lengths: Set<Int> = []
    var (seen, random) = (0, 0)
    for cell in column.cells.prefix(300) {
      let batch = batches[cell.batch]
      let text = Array(batch.text[batch.fields[cell.field].range])
      if set.words.isEmptyWord(text.span) { continue }
      seen += 1
      distinct.insert(text)
      lengths.insert(text.count)
      if text.count == 32, text[12] == 0x34 { random += 1 }
    }
    guard distinct.count * 10 >= seen * 9 else { return false }
    return check != .passwordHash || lengths.count == 1 && random * 2 < seen
  }

  func type(
    _ plan: inout ColumnPlan,
    _ type: DataType,
    _ confidence: UInt8,
    _ evidence: Evidence,
    role: ColumnRole = .whole
  ) {
    plan.type = type
    plan.role = role
    plan.confidence = confidence
    plan.evidence = evidence
  }

  /// Columns that persons have stand among them.
  static func isPersonal(_ plans: [ColumnPlan]) -> Bool {
    !types(plans).isDisjoint(with: personal)
  }

  /// Columns without a type of which the header says nothing, or that they may hold anything, are
  /// remarks on the person of their record.
  func markRemarks(_ plans: inout [ColumnPlan], isPaths: Bool) {
    for number in plans.indices {
      let plan = plans[number]
      guard plan.type == nil, !plan.isNegative, !plan.isDated, plan.keyOf == nil else { continue }
      let meaning =
        isPaths
        ? set.vocabulary.meaning(ofPath: plan.name) : set.vocabulary.meaning(of: plan.name.utf8)
      plans[number].isRemark = meaning?.isFree ?? true
    }
  }

  /// A third of the values and more are words that name columns: labels of what stands beside them.
  func holdsLabels(_ column: Column, _ batches: [RecordBatch]) -> Bool {
    let labels = column.cells.count { cell in
      let field = batches[cell.batch].fields[cell.field]
      guard field.length <= 64 else { return false }
      return set.vocabulary.meaning(of: batches[cell.batch].text[field.range])?.type != nil
    }
    return labels > 0 && labels * 3 >= column.cells.count
  }

  /// Sensitive words and places are a person's only where a person stands beside them, or the schema
  /// refers to one; a table of machines, prices or stations has none.
  func weighSensitive(_ plans: inout [ColumnPlan], isOfPersons: Bool) {
    if isOfPersons { return }
    let types = Self.types(plans)
    // Ages and genders alone are a statistic.
    let most: UInt8 = types.contains(.gender) || types.contains(.age) ? 55 : 45
    for number in plans.indices {
      guard let type = plans[number].type,
        type.isSensitive || type == .geolocation || type == .gender || type == .age
      else { continue }
      plans[number].confidence = min(plans[number].confidence, most)
    }
  }

  // MARK: names in Latin letters

  /// Names by the mailboxes beside them; without any, columns of varied capitalised words.
  private mutating func nameColumns(
    _ plans: inout [ColumnPlan],
    _ open: [Int],
    _ columns: [Column],
    _ batches: [RecordBatch],
    isPersonal: Bool
  ) {
    if Self.types(plans).contains(.personName) { return }
    let open = open.filter { plans[$0].type == nil }
    let shapes = open.map { nameShape(columns[$0], batches) }
    var mailboxes: [Int: [UInt8]] = [:]
    if let number = plans.indices.first(where: { plans[$0].type == .emailAddress }) {
      for cell in columns[number].cells {
        mailboxes[cell.row] = mailboxName(letters(cell, batches))
      }
    }
    let isPersonal = isPersonal || !Self.types(plans).isDisjoint(with: Self.personal)
    var whole: (number: Int, confidence: UInt8)?
    var parts: [Int] = []
    for (place, number) in open.enumerated() where plans[number].type == nil {
      let shape = shapes[place]
      guard shape.fits else { continue }
      let agreement = agreement(columns[number], mailboxes, batches)
      let agrees = agreement.seen >= 3 && agreement.agreed * 10 >= agreement.seen * 4
      if shape.isWhole {
        if agrees {
          type(&plans[number], .personName, 92, [.values, .neighbour])
          return
        }
        if whole == nil, isPersonal, shape.distinct * 10 >= shape.seen * 3, shape.seen >= 5 {
          whole = (number, 80)
        }
      } else if agrees {
        parts.append(number)
      } else if isPersonal, mailboxes.isEmpty, shape.seen >= 5,
        shape.distinct * (shape.seen < 10 ? 2 : 5) >= shape.seen
      {
        parts.append(number)
      }
    }
    // Two columns of one word in front of it are the name, and it is a place.
    if let whole, parts.count < 2 || parts[0] > whole.number {
      type(&plans[whole.number], .personName, whole.confidence, [.values, .neighbour])
      return
    }
    if mailboxes.isEmpty, parts.count > 2, parts[1] == parts[0] + 1 {
      parts.removeLast(parts.count - 2)
    }
    // One word a cell: a name in two columns.
    guard parts.count == 2 || parts.count == 1 && !mailboxes.isEmpty else { return }
    if parts.count == 2, mailboxes.isEmpty, parts[1] != parts[0] + 1 { return }
    for (place, number) in parts.enumerated() {
      let role: ColumnRole = place == 0 && parts.count == 2 ? .given : .family
      let confidence: UInt8 = mailboxes.isEmpty ? 75 : 85
      type(&plans[number], .personName, confidence, [.values, .neighbour], role: role)
    }
  }

  struct NameShape {
    var seen = 0
    var distinct = 0
    /// Nearly all values are words of letters that begin with a capital.
    var fits = false
    /// Most have two words or more.
    var isWhole = false
  }

  func nameShape(_ column: Column, _ batches: [RecordBatch]) -> NameShape {
    var shape = NameShape()
    var (fitting, several) = (0, 0)
    var distinct: Set<[UInt8]> = []
    for cell in column.cells.prefix(300) {
      let batch = batches[cell.batch]
      let text = Array(batch.text[batch.fields[cell.field].range])
      if set.words.isEmptyWord(text.span) { continue }
      shape.seen += 1
      distinct.insert(text)
      guard text.count <= 60, !set.words.isOrganisation(text.span), let words = capitalised(text)
      else { continue }
      fitting += 1
      if words > 1 { several += 1 }
    }
    shape.distinct = distinct.count
    shape.fits = shape.seen > 0 && fitting * 10 >= shape.seen * 9
    shape.isWhole = several * 10 >= shape.seen * 8
    return shape
  }

  /// The number of words, of which all but particles (von, de la) begin with a capital; nil when
  /// there is anything but letters, apostrophes and hyphens, or a word that no name has.
  private func capitalised(_ text: [UInt8]) -> Int? {
    var words = 0
    for word in text.split(whereSeparator: { $0 == 0x20 || $0 == 0x2C }) {
      guard let first = word.first, words < 5 else { return nil }
      for byte in word
      where
        !(isLetter(byte) || byte == 0x27 || byte == 0x2D || byte == 0x2E
        || (0x80..<0xE3).contains(byte))
      {
        return nil
      }
      let lower = word.map(lowercased)
      if set.words.latinStopWords.contains(lower.span) { return nil }
      let isCapital = (0x41...0x5A).contains(first) || first >= 0xC3
      if !isCapital && word.count > 4 { return nil }
      if isCapital { words += 1 }
    }
    return words > 0 ? words : nil
  }

  /// How often a word of the column stands in the mailbox of its row.
  private func agreement(
    _ column: Column,
    _ mailboxes: [Int: [UInt8]],
    _ batches: [RecordBatch]
  ) -> (seen: Int, agreed: Int) {
    var (seen, agreed) = (0, 0)
    for cell in column.cells.prefix(200) {
      guard let mailbox = mailboxes[cell.row] else { continue }
      seen += 1
      let words = letters(cell, batches).split(separator: 0x20)
      if words.contains(where: { $0.count >= 3 && mailbox.contains(sequence: $0) }) { agreed += 1 }
    }
    return (seen, agreed)
  }

  /// The cell in lower-case letters without accents, all else but '@' as blanks.
  private func letters(_ cell: (batch: Int, field: Int, row: Int), _ batches: [RecordBatch])
    -> [UInt8]
  {
    let batch = batches[cell.batch]
    var out: [UInt8] = []
    for part in batch.text[batch.fields[cell.field].range].split(
      omittingEmptySubsequences: false,
      whereSeparator: { $0 < 0x80 && !isLetter($0) && $0 != 0x40 && $0 != 0x27 }
    ) {
      if !out.isEmpty { out.append(0x20) }
      out += VocabularyKey.of(part)
    }
    return out
  }

  private func mailboxName(_ mailbox: [UInt8]) -> [UInt8] {
    mailbox.prefix { $0 != 0x40 }.filter { $0 != 0x20 }
  }

  // MARK: dates, phones, addresses, genders

  /// The first column of dates whose years are spread as birth years are, where none is known.
  private mutating func birthColumn(
    _ plans: [ColumnPlan],
    _ open: [Int],
    _ columns: [Column],
    _ batches: [RecordBatch]
  ) -> Int? {
    if plans.contains(where: { $0.type == .birthDate }) { return nil }
    for number in open where plans[number].type == nil {
      var years: [Int] = []
      var seen = 0
      for cell in columns[number].cells {
        scratch.value.load(batches[cell.batch].text, batches[cell.batch].fields[cell.field].range)
        if scratch.value.saysNothing(set.words) { continue }
        seen += 1
        let folded = scratch.value.folded.array
        if let date = DateCheck.parse(folded.span), DateCheck.plausible(date) {
          years.append(date.year)
        }
      }
      guard seen >= 5, years.count * 100 >= seen * 95 else { continue }
      years.sort()
      // Registrations lie in the last decades; births spread over more than one generation.
      let old = years.count { $0 < 1995 }
      guard let first = years.first, let last = years.last, last - first >= 20,
        old * 4 >= years.count
      else { continue }
      return number
    }
    return nil
  }

  /// Numbers with a plus and a country code; beside a person also those that are grouped as phones
  /// are, or begin with the zero of a trunk call.
  private func isForeignPhone(_ column: Column, _ batches: [RecordBatch], alone: Bool) -> Bool {
    var (seen, fitting) = (0, 0)
    var distinct: Set<[UInt8]> = []
    for cell in column.cells.prefix(300) {
      var buffer = ByteBuffer()
      let batch = batches[cell.batch]
      Folding.append(batch.text.span, batch.fields[cell.field].range, to: &buffer)
      let text = buffer.array
      if text.isEmpty || set.words.isEmptyWord(text.span) { continue }
      seen += 1
      guard looksLikePhone(text, alone: alone) else { continue }
      fitting += 1
      distinct.insert(text)
    }
    return seen >= (alone ? 3 : 5) && fitting * 10 >= seen * 9 && distinct.count * 10 >= fitting * 6
  }

  private func looksLikePhone(_ text: [UInt8], alone: Bool) -> Bool {
    var (digits, groups, length, last) = (0, 0, 0, UInt8(0))
    var isGrouped = true
    for byte in text {
      if isDigit(byte) {
        digits += 1
        if !isDigit(last) {
          if groups > 0 && !(2...5).contains(length) { isGrouped = false }
          groups += 1
          length = 0
        }
        length += 1
      } else {
        switch byte {
        case 0x20, 0x28, 0x29, 0x2B, 0x2D...0x2F: break
        default: return false
        }
      }
      last = byte
    }
    guard (7...15).contains(digits), let first = text.first else { return false }
    if first == 0x2B { return digits >= 8 }
    if alone { return false }
    // 14155550123: North America, where no area code and no office code begins with 0 or 1.
    if groups == 1, first == 0x31 { return digits == 11 && text[1] >= 0x32 && text[4] >= 0x32 }
    // 123-45-6789 is a number of another sort.
    if digits == 9, groups == 3, text.count == 11, text[3] == 0x2D, text[6] == 0x2D { return false }
    if let date = DateCheck.parse(text.span), DateCheck.plausible(date) { return false }
    if first == 0x28 { return groups >= 2 }
    if first == 0x30 { return digits >= 9 && digits <= 12 && text.count > 1 && text[1] != 0x30 }
    return isGrouped && (3...4).contains(length) && (2...5).contains(groups)
      && (7...12).contains(digits) && !text.contains(0x2E)
  }

  /// A house number and the word for a street, in most of the cells.
  private func isForeignAddress(_ column: Column, _ batches: [RecordBatch]) -> Bool {
    var (seen, fitting) = (0, 0)
    for cell in column.cells.prefix(200) {
      let batch = batches[cell.batch]
      let text = Array(batch.text[batch.fields[cell.field].range])
      if set.words.isEmptyWord(text.span) { continue }
      seen += 1
      guard text.contains(where: isDigit), text.contains(0x20) else { continue }
      if set.words.streets.occur(in: text.span)
        || ForeignAddress.passes(text.span, set.words.streets)
      {
        fitting += 1
      }
    }
    return seen >= 5 && fitting * 10 >= seen * 6
  }

  /// Words for the sexes, two or three of them over and over.
  func isGender(_ column: Column, _ batches: [RecordBatch]) -> Bool {
    var distinct: Set<[UInt8]> = []
    for cell in column.cells.prefix(300) {
      let batch = batches[cell.batch]
      distinct.insert(batch.text[batch.fields[cell.field].range].map(lowercased))
      if distinct.count > 4 { return false }
    }
    let known = distinct.count { set.vocabulary.genders.contains($0) }
    return known >= 2 && distinct.count - known <= 1
  }

  /// A column of few repeated words is a category, not names.
  func isVaried(_ column: Column, _ batches: [RecordBatch]) -> Bool {
    var distinct: Set<[UInt8]> = []
    for cell in column.cells.prefix(300) {
      distinct.insert(Array(batches[cell.batch].text[batches[cell.batch].fields[cell.field].range]))
    }
    let looked = min(300, column.cells.count)
    return looked < 10 || distinct.count * 5 >= looked
  }
}

extension Array<UInt8> {
  fileprivate func contains(sequence part: ArraySlice<UInt8>) -> Bool {
    guard let first = part.first, count >= part.count else { return false }
    for start in 0...count - part.count
    where self[start] == first && self[start..<start + part.count].elementsEqual(part) {
      return true
    }
    return false
  }
}
