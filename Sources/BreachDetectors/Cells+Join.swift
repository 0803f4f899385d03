internal import BreachBytes
internal import BreachModel

/// Parts of a name and of other values spread over columns, until the record is over.
struct NameParts: ~Copyable {
  var family = ByteBuffer()
  var given = ByteBuffer()
  var familyKana = ByteBuffer()
  var givenKana = ByteBuffer()
  var address = ByteBuffer()
  var year = ByteBuffer()
  var month = ByteBuffer()
  var day = ByteBuffer()
  var isUsed = false
  /// The last cell of the address was a house's number alone.
  private var endsInNumber = false

  /// Adds what one cell holds of a value.
  mutating func add(_ normal: Span<UInt8>, _ type: DataType, _ role: ColumnRole) {
    isUsed = true
    switch (type, role) {
    case (.personName, .family): family.append(normal)
    case (.personName, _): given.append(normal)
    case (.personNameKana, .family): familyKana.append(normal)
    case (.personNameKana, _): givenKana.append(normal)
    case (.birthDate, .year): year.append(normal)
    case (.birthDate, .month): month.append(normal)
    case (.birthDate, _): day.append(normal)
    default:
      addAddress(normal)
    }
  }

  private mutating func addAddress(_ normal: Span<UInt8>) {
    guard !normal.isEmpty else { return }
    let isNumber = Self.isHouseNumber(normal)
    if let last = address.lastByte {
      if address[0] < 0xE3, normal[0] < 0xE3, !isNumber, !endsInNumber {
        // Tacoma | 2883 Harbor View Ln: parts in Latin letters stay parts.
        address.append(0x2C)
        address.append(0x20)
      } else if isDigit(last), isDigit(normal[0]) {
        // 神南1丁目 | 2-3: numbers of two cells stay two numbers.
        address.append(0x2D)
      } else if isLetter(last) || isLetter(normal[0]) {
        address.append(0x20)
      }
    }
    address.append(normal)
    endsInNumber = isNumber
  }

  /// A number by itself: 12, 12b.
  private static func isHouseNumber(_ text: Span<UInt8>) -> Bool {
    guard text.count <= 6, isDigit(text[0]) else { return false }
    for index in 0..<text.count - 1 where !isDigit(text[index]) { return false }
    return text[text.count - 1] < 0x80
  }

  mutating func removeAll() {
    guard isUsed else { return }
    family.clear()
    given.clear()
    familyKana.clear()
    givenKana.clear()
    address.clear()
    year.clear()
    month.clear()
    day.clear()
    isUsed = false
  }
}

extension Cells {
  // MARK: values spread over columns

  mutating func joinParts(
    _ batch: borrowing RecordBatch,
    _ record: Record,
    _ number: Int?
  ) {
    if hasNumbers { joinNumbers(batch, record, number) }
    for group in 0..<FieldGroup.count where names[group].isUsed {
      for type in [DataType.personName, .personNameKana, .address, .birthDate] {
        guard let verdict = joined(type, group) else { continue }
        if verdict.prefecture > 0 { drafts[group].live(in: verdict.prefecture, isAddress: true) }
        if verdict.age > 0 { drafts[group].note(age: verdict.age, isStated: false) }
        // A prefecture or a country alone is hardly an address.
        let weight = type != .address ? 0 : verdict.result == .fail ? -40 : verdict.weight
        join(type, group, verdict, batch, record, number, weight: weight)
      }
    }
  }

  /// Puts the value of a type that the record's parts make together into `value.normal`; nil when
  /// there are no parts of it, or they make none.
  mutating func joined(_ type: DataType, _ group: Int) -> Verdict? {
    guard names[group].isUsed else { return nil }
    // Taken out, so that it can be read while all else is written.
    var parts = NameParts()
    swap(&parts, &names[group])
    let verdict = joined(type, parts)
    swap(&parts, &names[group])
    return verdict
  }

  private mutating func joined(_ type: DataType, _ parts: borrowing NameParts) -> Verdict? {
    switch type {
    case .personName:
      if parts.family.isEmpty && parts.given.isEmpty { return nil }
      if isLatin(parts.family) || isLatin(parts.given) {
        NameCheck.joinLatin(parts.family.span, parts.given.span, &value.normal)
      } else {
        load(parts.family.span, parts.given.span)
      }
    case .personNameKana:
      if parts.familyKana.isEmpty && parts.givenKana.isEmpty { return nil }
      load(parts.familyKana.span, parts.givenKana.span)
    case .address:
      if parts.address.isEmpty { return nil }
      let verdict = checks.address.check(parts.address.span, &value.normal, checks.words)
      if verdict.result == .fail {
        value.normal.clear()
        value.normal.append(parts.address.span)
        let isTown = AddressCheck.isTown(value.normal.span, checks.words.streets)
        return Verdict(.fail, kind: isTown ? .town : nil)
      }
      return verdict
    case .birthDate:
      if parts.year.isEmpty || parts.month.isEmpty || parts.day.isEmpty { return nil }
      var date = ByteBuffer(capacity: 32)
      date.append(parts.year.span)
      date.append(0x2F)
      date.append(parts.month.span)
      date.append(0x2F)
      date.append(parts.day.span)
      let verdict = DateCheck.birth(date.span, &value.normal, checks.words)
      return verdict.result == .fail ? nil : Checks.aged(verdict, value.normal.span, checks.ageDay)
    default: return nil
    }
    return Verdict(.unknown, isSample: checks.words.samplePersons.contains(value.normal.span))
  }

  private func isLatin(_ part: borrowing ByteBuffer) -> Bool { !part.isEmpty && part[0] < 0x80 }

  /// Numbers whose groups of digits stand in columns side by side.
  private mutating func joinNumbers(
    _ batch: borrowing RecordBatch,
    _ record: Record,
    _ number: Int?
  ) {
    let fields = Int(record.firstField)..<Int(record.firstField + record.fieldCount)
    var first = -1
    var digits = ByteBuffer(capacity: 32)
    for index in fields {
      let field = batch.fields[index]
      let column = Int(field.column)
      guard field.length > 0, column < columns.count, columns[column].isTyped else { continue }
      switch columns[column].role {
      case .numberStart:
        first = index
        digits.clear()
      case .numberPart, .numberEnd: if first >= 0 { digits.append(0x2D) }
      default: continue
      }
      guard first >= 0 else { continue }
      Folding.append(batch.text.span, Value.bare(batch.text.span, field.range).0, to: &digits)
      guard columns[column].role == .numberEnd else { continue }
      let own = columns[Int(batch.fields[first].column)]
      let verdict = checks.run(own.check, digits.span, &value.normal, role: .whole)
      if verdict.result != .fail {
        if options.values == .plain { spelled = Self.text(digits.span) }
        count(verdict, own, batch, record, number, at: first)
        spelled = nil
        let confidence = Confidence(hundredths: own.confidence + verdict.weight)
        if options.wantsParts, isWanted(own.type, confidence) {
          keepParts(
            own.type,
            own.detector,
            confidence,
            batch,
            record,
            number,
            from: first + 1,
            to: index + 1
          ) { $0.role == .numberPart || $0.role == .numberEnd }
        }
      }
      first = -1
    }
  }

  /// Keeps a finding for each further part of a value, under its own digest.
  private mutating func keepParts(
    _ type: DataType,
    _ detector: Int,
    _ confidence: Confidence,
    _ batch: borrowing RecordBatch,
    _ record: Record,
    _ number: Int?,
    from first: Int,
    to end: Int = .max,
    where isPart: (CellColumn) -> Bool
  ) {
    for index in first..<min(end, Int(record.firstField + record.fieldCount)) {
      let field = batch.fields[index]
      let column = Int(field.column)
      guard field.length > 0, column < columns.count, columns[column].isTyped,
        isPart(columns[column])
      else { continue }
      let text = batch.text.span.extracting(field.range)
      if checks.words.isEmptyWord(text) { continue }
      let digest = fullDigest(type, text)
      let evidence = columns[column].evidence
      let place = Place(field, record, number)
      keep(type, detector, confidence, evidence, false, digest, batch, place)
    }
  }

  /// Counts the value in `value.normal` at the field that it begins in.
  private mutating func count(
    _ verdict: Verdict,
    _ own: CellColumn,
    _ batch: borrowing RecordBatch,
    _ record: Record,
    _ number: Int?,
    at index: Int
  ) {
    let field = batch.fields[index]
    let confidence = Confidence(hundredths: own.confidence + verdict.weight)
    guard
      let digest = count(
        own.type,
        detector: own.detector,
        confidence: confidence,
        evidence: own.evidence | verdict.evidence,
        isSample: verdict.isSample,
        batch: batch,
        at: Place(field, record, number)
      )
    else { return }
    columnValues[Int(field.column)] += 1
    touched |= 1 << own.group
    drafts[own.group].take(own.type, digest, verdict, confidence)
  }

  private mutating func load(_ first: Span<UInt8>, _ second: Span<UInt8>) {
    value.normal.clear()
    value.normal.append(first)
    value.normal.append(second)
  }

  /// Counts the joined value in `value.normal` once, at its first part.
  private mutating func join(
    _ type: DataType,
    _ group: Int,
    _ verdict: Verdict,
    _ batch: borrowing RecordBatch,
    _ record: Record,
    _ number: Int?,
    weight: Int = 0
  ) {
    guard let detector = set.detector(of: type) else { return }
    let seen = Verdict(.unknown, isSample: verdict.isSample)
    for index in Int(record.firstField)..<Int(record.firstField + record.fieldCount) {
      let field = batch.fields[index]
      let column = Int(field.column)
      guard field.length > 0, column < columns.count else { continue }
      let own = columns[column]
      guard own.isTyped, own.isPart, own.type == type, own.group == group else { continue }
      // A cell that says there is none, or that it was taken out, is no part.
      if field.length <= 32, checks.words.isEmptyWord(batch.text.span.extracting(field.range)) {
        continue
      }
      let confidence = Confidence(hundredths: own.confidence + weight)
      if options.values == .plain { spelled = spelledParts(type, group, batch, record) }
      defer { spelled = nil }
      guard
        let digest = count(
          type,
          detector: detector,
          confidence: confidence,
          evidence: own.evidence,
          isSample: verdict.isSample,
          batch: batch,
          at: Place(field, record, number)
        )
      else { return }
      columnValues[column] += 1
      if type == .personName || type == .personNameKana { drafts[group].hasName = true }
      drafts[group].weigh(type, seen)
      drafts[group].see(type, confidence, seen)
      drafts[group].add(verdict.kind ?? AttributeKind(type), digest)
      if type == .personName { takeLatin(group) }
      if type == .address, verdict.kind == nil { takeHouse(group) }
      if options.wantsParts {
        keepParts(type, detector, confidence, batch, record, number, from: index + 1) {
          $0.isPart && $0.type == type && $0.group == group
        }
      }
      return
    }
  }
}
