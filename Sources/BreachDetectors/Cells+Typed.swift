internal import BreachBytes
internal import BreachModel

/// Cells of typed columns: checked by the column's check, never searched.
extension Cells {
  /// Checks the records of one table from `first` on, each to its end.
  ///
  /// - Returns: the first that is not done: one of another table, the end, or, where `unread` is not
  ///   empty, a record of which those fields have to be searched before it can be closed.
  mutating func records(
    _ text: Span<UInt8>,
    _ batch: borrowing RecordBatch,
    from first: Int,
    numbered base: Int
  ) -> Int {
    let table = batch.records[first].table
    var index = first
    while index < batch.records.count {
      let record = batch.records[index]
      guard record.table == table, record.fieldCount > 0 else { return index }
      beginRecord()
      for number in Int(record.firstField)..<Int(record.firstField + record.fieldCount) {
        let length = batch.fields[number].length
        guard length > 0 else { continue }
        let column = Int(batch.fields[number].column)
        if column < columns.count {
          if columns[column].isKey {
            addKey(text, batch.fields[number].range, columns[column].keySpace)
          }
          if columns[column].isTyped {
            if clock.isOn {
              if timed(text, batch, number, column, index, base) { continue }
            } else if typed(text, batch, number, column, index, base) {
              continue
            }
          } else if columns[column].isDated {
            takeDate(text, batch.fields[number].range, column)
          } else if columns[column].isRemark {
            takeRemark(text, batch, number, column, index, base)
          }
          if !mayHold(text, batch.fields[number].range, column) { continue }
        } else if length < Self.shortestFind {
          continue
        }
        unread.append(Int32(number))
      }
      if hasParts { joinParts(batch, record, base + index) }
      if !unread.isEmpty { return index }
      close(text, record, hasPlan: true)
      index += 1
    }
    return index
  }

  /// Bytes of the shortest value that a search can find, `a@b.cc`.
  private static var shortestFind: Int { 6 }

  /// False when the search of a cell without a type, or of another than its column's, would find no
  /// candidate.
  @inline(__always)
  private func mayHold(_ text: Span<UInt8>, _ range: Range<Int>, _ column: Int) -> Bool {
    guard range.count >= Self.shortestFind else { return false }
    if searchesAll { return true }
    // Numbers of an order or a time are none, whatever they look like.
    return mayHoldCandidate(text, range, numbers: !columns[column].isNegative)
  }

  /// False when the value is not of its column's type and has to be searched.
  @inline(__always)
  private mutating func typed(
    _ text: Span<UInt8>,
    _ batch: borrowing RecordBatch,
    _ field: Int,
    _ column: Int,
    _ record: Int,
    _ base: Int
  ) -> Bool {
    let (bare, wasMarked) = Value.bare(text, batch.fields[field].range)
    // Most values are in plain form and are looked at where they stand.
    if !wasMarked && !marks.mayFold(bare) {
      return typedValue(text.extracting(bare), batch, field, column, record, base)
    }
    return foldedValue(text, bare, batch, field, column, record, base)
  }

  /// The same, with what it takes.
  @inline(never)
  private mutating func timed(
    _ text: Span<UInt8>,
    _ batch: borrowing RecordBatch,
    _ field: Int,
    _ column: Int,
    _ record: Int,
    _ base: Int
  ) -> Bool {
    let (detector, before) = (columns[column].detector, columnValues[column])
    clock.start(detector)
    let isRead = typed(text, batch, field, column, record, base)
    let isKept = isRead && (columns[column].isPart || columnValues[column] > before)
    clock.stop(detector, bytes: Int(batch.fields[field].length), isKept: isKept)
    return isRead
  }

  @inline(never)
  private mutating func foldedValue(
    _ text: Span<UInt8>,
    _ bare: Range<Int>,
    _ batch: borrowing RecordBatch,
    _ field: Int,
    _ column: Int,
    _ record: Int,
    _ base: Int
  ) -> Bool {
    value.fold(text, bare)
    // The buffer is taken out, so that its bytes can be read while all else here is written.
    var folded = ByteBuffer()
    swap(&folded, &value.folded)
    let isRead = typedValue(folded.span, batch, field, column, record, base)
    swap(&folded, &value.folded)
    return isRead
  }

  /// The column's facts are read where they stand each time: kept, they would fill the registers.
  @inline(never)
  private mutating func typedValue(
    _ text: Span<UInt8>,
    _ batch: borrowing RecordBatch,
    _ field: Int,
    _ column: Int,
    _ record: Int,
    _ base: Int
  ) -> Bool {
    if text.isEmpty { return true }
    let verdict = checks.run(columns[column].check, text, &value.normal, role: columns[column].role)
    if verdict.result == .fail { return leave(text, column) }
    touched |= 1 &<< columns[column].group
    if columns[column].isPart || options.wantsFindings {
      if verdict.keepsText {
        value.normal.clear()
        value.normal.append(text)
      }
      if takePart(verdict, column) { return true }
    }
    if verdict.isCompany {
      takeCompany(verdict, batch, field, column, record, base)
      return true
    }
    let confidence = Confidence(hundredths: columns[column].confidence + verdict.weight)
    guard isWanted(columns[column].type, confidence) else { return true }
    if options.wantsFindings {
      keep(columns[column].type, confidence, verdict, batch, field, column, record, base)
    }
    let type = columns[column].type
    tallies[Int(type.rawValue)].add(confidence.level, isSample: verdict.isSample)
    if type == .nationalID {
      nationalIDs[columns[column].detector].add(confidence.level, isSample: verdict.isSample)
    }
    columnValues[column] += 1
    var digest =
      verdict.keepsText
      ? digester.digest(type.rawValue, text)
      : digester.digest(type.rawValue, value.normal.span)
    if columns[column].isID {
      let space = Self.idSpace(namespace, column)
      digest ^= space
      if type == .memberID { drafts[columns[column].group].note(idSpace: space) }
    }
    drafts[columns[column].group].take(type, digest, verdict, confidence)
    if columns[column].isName {
      takeSplit(columns[column].group)
    } else if type == .phoneNumber {
      takeTail(verdict, columns[column].group)
    } else if type == .address, verdict.kind == nil {
      takeHouse(columns[column].group)
    }
    return true
  }

  @inline(__always)
  static func idSpace(_ namespace: UInt64, _ column: Int) -> UInt64 {
    namespace &+ UInt64(column) &* 0x9E37_79B9
  }

  /// The house of the address in `value.normal`, when it says more: digested as an address, for many
  /// say no more.
  @inline(never)
  mutating func takeHouse(_ group: Int) {
    guard let house = AddressCheck.house(of: value.normal.span, checks.words.streets) else {
      return
    }
    let digest = digester.digest(DataType.address.rawValue, value.normal.span.extracting(house))
    drafts[group].add(.house, digest)
  }

  /// Family and given name of the full name that was checked last.
  @inline(never)
  private mutating func takeSplit(_ group: Int) {
    guard let split = checks.name.split else {
      takeLatin(group)
      takeEnd(group)
      return
    }
    let end = value.normal.count
    drafts[group].add(.familyName, digest(ofNormal: 0..<split, .familyName))
    drafts[group].add(.givenName, digest(ofNormal: split..<end, .givenName))
  }

  /// The last letter of the name in `value.normal`, which tells 森美 from 富子 wherever they begin; 0 where
  /// it may be a family name's, so that names of one kind stay records of one shape.
  private mutating func takeEnd(_ group: Int) {
    guard value.normal.count >= 3, value.normal[0] >= 0xE3 else { return }
    var normal = ByteBuffer()
    swap(&normal, &value.normal)
    let letter = checks.name.endsInGiven(normal.span) ? Self.lastLetter(normal.span) : 0
    swap(&normal, &value.normal)
    drafts[group].add(.givenEnd, letter)
  }

  /// The end of a number in `value.normal` that is of another country, or may be.
  @inline(__always)
  private mutating func takeTail(_ verdict: Verdict, _ group: Int) {
    let count = value.normal.count
    if count < 9 { return }
    // 06 79 90 53 69 is a number in Osaka, too, but for its groups.
    let isSure = verdict.kind != nil || verdict.result == .pass && verdict.weight > 0
    if isSure && value.normal[1] == 0x38 && value.normal[2] == 0x31 { return }
    drafts[group].add(.phoneTail, digest(ofNormal: count - 8..<count, .phoneTail))
  }

  /// What the Latin name in `value.normal` tells: its words, and what it may be in kana.
  mutating func takeLatin(_ group: Int) {
    guard !value.normal.isEmpty, value.normal[0] < 0x80 else { return }
    var marks: UInt64 = 0
    var (words, others) = (0, 0)
    var start = 0
    for end in 0...value.normal.count where end == value.normal.count || value.normal[end] == 0x20 {
      // An initial tells nobody apart.
      if end - start > 2 || end - start == 2 && value.normal[end - 1] != 0x2E {
        // Without the key: whether two names share a bit by chance must not depend on it.
        let word = rowHash(value.normal.span.extracting(start..<end), key: 0)
        marks |= 1 << (word & 31) | 1 << (word >> 8 & 31)
        words += 1
      } else if end > start {
        others += 1
      }
      start = end + 1
    }
    let count = others == 0 && 2...4 ~= words ? UInt64(words - 1) : 0
    drafts[group].add(.latinWords, marks | count << AttributeKind.latinCountShift)
    // Taken out, so that it can be read while the check is written.
    var normal = ByteBuffer()
    swap(&normal, &value.normal)
    checks.name.read(normal.span)
    swap(&normal, &value.normal)
    for index in 0..<checks.name.readings.count {
      let digest = digest(ofReading: index)
      drafts[group].add(.reading, digest)
    }
  }

  /// The digest that the name in kana has.
  private func digest(ofReading index: Int) -> UInt64 {
    let kana = checks.name.readings.bytes.span.extracting(checks.name.readings[index])
    return digester.digest(DataType.personNameKana.rawValue, kana)
  }

  /// A value that its column's check does not pass; false when it has to be searched.
  @inline(never)
  private mutating func leave(_ text: Span<UInt8>, _ column: Int) -> Bool {
    if isNothing(text, columns[column].check) { return true }
    var characters = 0
    for index in text.indices where isAlphanumeric(text[index]) { characters += 1 }
    if characters >= Self.shortestNumber { columnFails[column] += 1 }
    return false
  }

  /// Letters and digits of the shortest number that has a check.
  private static var shortestNumber: Int { 8 }

  /// A value that says there is none, and one of a column whose check only asks for that.
  @inline(__always)
  private func isNothing(_ text: Span<UInt8>, _ check: CheckName) -> Bool {
    switch check {
    case .filled, .organisation: true
    default: checks.words.isEmptyWord(text)
    }
  }

  /// A company's name in a column of persons' names.
  @inline(never)
  private mutating func takeCompany(
    _ verdict: Verdict,
    _ batch: borrowing RecordBatch,
    _ field: Int,
    _ column: Int,
    _ record: Int,
    _ base: Int
  ) {
    let group = columns[column].group
    drafts[group].hasCompany = true
    let confidence = Confidence(hundredths: columns[column].confidence + verdict.weight)
    guard isWanted(.companyName, confidence) else { return }
    let kind = AttributeKind(.companyName)
    tallies[Int(kind.rawValue)].add(confidence.level, isSample: false)
    if options.wantsFindings {
      keep(.companyName, confidence, Verdict(verdict.result), batch, field, column, record, base)
    }
    drafts[group].add(kind, digest(ofNormal: 0..<value.normal.count, kind))
  }

  /// The finding of a typed cell, for the stream of findings.
  @inline(never)
  private mutating func keep(
    _ type: DataType,
    _ confidence: Confidence,
    _ verdict: Verdict,
    _ batch: borrowing RecordBatch,
    _ field: Int,
    _ column: Int,
    _ record: Int,
    _ base: Int
  ) {
    let place = Place(
      start: Int(batch.fields[field].rawStart),
      length: Int(batch.fields[field].rawLength),
      record: base + record,
      line: batch.records[record].line,
      column: column,
      plain: batch.fields[field].range
    )
    let digest = fullDigest(type, value.normal.span)
    let evidence = columns[column].evidence | verdict.evidence
    let detector = columns[column].detector
    keep(type, detector, confidence, evidence, verdict.isSample, digest, batch, place)
  }

  /// Keeps a value that is spread over columns until the record is over; false for other roles.
  @inline(never)
  private mutating func takePart(_ verdict: Verdict, _ column: Int) -> Bool {
    let (type, role, group) = (columns[column].type, columns[column].role, columns[column].group)
    switch role {
    case .whole, .middle, .dayFirst: return false
    // Read from the record when it is over.
    case .numberStart, .numberPart, .numberEnd: (hasParts, hasNumbers) = (true, true)
    case .family, .given:
      keepPart(type, role, group)
      // Latin names of another order are compared by their words.
      if let kind = AttributeKind(part: role, of: type),
        kind != .givenName || value.normal.isEmpty || value.normal[0] >= 0x80
      {
        drafts[group].add(kind, digest(ofNormal: 0..<value.normal.count, kind))
      }
    case .addressPart:
      keepPart(type, role, group)
      if verdict.prefecture > 0 { drafts[group].live(in: verdict.prefecture, isAddress: true) }
    case .year, .month, .day: keepPart(type, role, group)
    }
    return true
  }

  @inline(__always)
  mutating func keepPart(_ type: DataType, _ role: ColumnRole, _ group: Int) {
    hasParts = true
    // Taken out, so that it can be read while the parts are written.
    var normal = ByteBuffer()
    swap(&normal, &value.normal)
    names[group].add(normal.span, type, role)
    swap(&normal, &value.normal)
  }

  /// Makes sure that the findings of so many columns can be counted.
  mutating func makeRoom(columns count: Int) {
    while columnValues.count < count {
      columnValues.append(0)
      columnFails.append(0)
      columnDates.append(DayRange())
    }
  }
}

extension AttributeKind {
  /// What the part of a name tells by itself; nil for parts of anything else.
  init?(part role: ColumnRole, of type: DataType) {
    switch (type, role) {
    case (.personNameKana, .family): self = .familyKana
    case (.personNameKana, .given): self = .givenKana
    case (.personName, .family): self = .familyName
    case (.personName, .given): self = .givenName
    default: return nil
    }
  }
}
