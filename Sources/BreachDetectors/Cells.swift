internal import BreachBytes
internal import BreachModel

/// A typed column as its cells need it: a few words, no references.
struct CellColumn {
  var type: DataType
  var check: CheckName
  var detector: Int
  var role: ColumnRole
  var group: Int
  var confidence: Int
  var evidence: Evidence

  /// Nil for columns without a type.
  init?(_ plan: ColumnPlan, _ set: DetectorSet) {
    guard let type = plan.type, let detector = set.detector(of: type) else { return nil }
    self.type = type
    check = set.detectors[detector].check
    self.detector = detector
    role = plan.role
    group = Int(plan.group.rawValue)
    confidence = Int(plan.confidence)
    evidence = plan.evidence
  }
}

/// Where a finding stands, for the stream of findings.
struct Place {
  var start: Int
  var length: Int
  var record: Int?
  var line: Int
  var column: Int?
}

/// What checks values, counts findings and gathers who is in a record.
///
/// A value inside the engine: one access check per cell in place of one per touched property.
struct Cells {
  let options: DetectionOptions
  private let key: DigestKey
  let set: DetectorSet
  var checks: Checks
  var value = Value()
  /// By the raw value of `DataType`.
  var tallies = [TypeTally](repeating: TypeTally(), count: DataType.allCases.count)
  var findings: [Finding] = []
  /// Findings per column of the leaf.
  var columnValues: [Int] = []
  /// By the raw value of `FieldGroup`.
  var drafts: [IdentityDraft]
  var names: [NameParts]
  /// Distinguishes member ids of different tables.
  var namespace: UInt64 = 0
  private var digestBuffer: [UInt8] = []

  init(_ set: DetectorSet, _ options: DetectionOptions) {
    self.set = set
    self.options = options
    key = options.key
    checks = Checks(set.words)
    drafts = FieldGroup.allCases.map { _ in IdentityDraft() }
    names = FieldGroup.allCases.map { _ in NameParts() }
  }

  /// What a check says of the loaded value.
  mutating func check(_ name: CheckName, role: ColumnRole = .whole) -> Verdict {
    checks.run(name, &value, role: role)
  }

  /// Forgets the last record.
  mutating func beginRecord() {
    for index in drafts.indices {
      drafts[index].removeAll()
      names[index].removeAll()
    }
  }

  // MARK: counting one finding

  /// Digest of a normal form or of a derived one.
  ///
  /// The kind goes in first, so equal digits of two types differ.
  mutating func digest(of bytes: ArraySlice<UInt8>, _ kind: AttributeKind) -> (UInt64, UInt64) {
    digestBuffer.removeAll(keepingCapacity: true)
    digestBuffer.append(kind.rawValue)
    digestBuffer.append(contentsOf: bytes)
    return BreachBytes.digest(digestBuffer.span, key: key)
  }

  /// Gives the record the key of a table's row, its own or one that it refers to.
  mutating func addKey(_ batch: borrowing RecordBatch, _ field: Field, _ space: UInt64) {
    value.load(batch.text.span, field.range)
    drafts[0].add(.rowKey, digest(of: value.folded[...], .rowKey).0 ^ space)
  }

  /// Counts the finding whose normal form is in `value`; nil when it is below the wanted confidence
  /// or of an unwanted type.
  mutating func count(
    _ type: DataType,
    detector: Int,
    confidence: Confidence,
    evidence: Evidence,
    isSample: Bool,
    batch: borrowing RecordBatch,
    at place: Place
  ) -> (UInt64, UInt64)? {
    guard options.types.contains(type), confidence.level > .unreported,
      confidence >= options.minConfidence
    else { return nil }
    tallies[Int(type.rawValue)].add(confidence.level, isSample: isSample)
    let digest = digest(of: value.normal[...], AttributeKind(type))
    if options.wantsFindings {
      keep(type, detector, confidence, evidence, isSample, digest, batch, place)
    }
    return digest
  }

  /// The finding for the stream of findings.
  private mutating func keep(
    _ type: DataType,
    _ detector: Int,
    _ confidence: Confidence,
    _ evidence: Evidence,
    _ isSample: Bool,
    _ digest: (UInt64, UInt64),
    _ batch: borrowing RecordBatch,
    _ place: Place
  ) {
    let offset = batch.leafOffset(of: place.start)
    let end = batch.leafOffset(of: place.start + place.length)
    let text = String(
      decoding: batch.text[place.start..<place.start + place.length],
      as: UTF8.self
    )
    findings.append(
      Finding(
        type: type,
        detector: UInt16(detector),
        confidence: confidence,
        evidence: evidence,
        isSample: isSample,
        offset: offset,
        length: end - offset,
        record: place.record,
        line: place.line,
        column: place.column,
        digest: digest,
        value: Sensitive(options.reveals ? text : Masking.mask(text, as: type))
      )
    )
  }

  // MARK: typed cells

  /// False when the value is not of its column's type and has to be searched.
  mutating func typed(
    _ batch: borrowing RecordBatch,
    _ field: Field,
    _ column: CellColumn,
    _ record: Record,
    _ number: Int?
  ) -> Bool {
    let (type, check) = (column.type, column.check)
    value.load(batch.text.span, field.range)
    if value.folded.isEmpty { return true }
    let verdict = checks.run(check, &value, role: column.role)
    if verdict.result == .fail {
      return check == .filled || check == .organisation || checks.words.isEmptyWord(value.folded)
    }
    let group = column.group
    switch column.role {
    case .whole, .middle, .numberPart: break
    case .family, .given:
      keepPart(type, column.role, group, field)
      let kind: AttributeKind =
        switch (type, column.role) {
        case (.personNameKana, .family): .familyKana
        case (.personNameKana, _): .givenKana
        case (_, .family): .familyName
        default: .givenName
        }
      drafts[group].add(kind, digest(of: value.normal[...], kind).0)
      return true
    case .addressPart:
      keepPart(type, column.role, group, field)
      if verdict.prefecture > 0 { drafts[group].residence = verdict.prefecture }
      return true
    case .year, .month, .day:
      keepPart(type, column.role, group, field)
      return true
    }
    add(
      type,
      verdict: verdict,
      column: column,
      batch: batch,
      at: Place(
        start: Int(field.rawStart),
        length: Int(field.rawLength),
        record: number,
        line: record.line,
        column: Int(field.column)
      )
    )
    return true
  }

  private mutating func keepPart(_ type: DataType, _ role: ColumnRole, _ group: Int, _ field: Field)
  {
    names[group].isUsed = true
    switch (type, role) {
    case (.personName, .family): names[group].family.append(contentsOf: value.normal)
    case (.personName, _): names[group].given.append(contentsOf: value.normal)
    case (.personNameKana, .family): names[group].familyKana.append(contentsOf: value.normal)
    case (.personNameKana, _): names[group].givenKana.append(contentsOf: value.normal)
    case (.birthDate, .year): names[group].year.append(contentsOf: value.normal)
    case (.birthDate, .month): names[group].month.append(contentsOf: value.normal)
    case (.birthDate, _): names[group].day.append(contentsOf: value.normal)
    default:
      // 神南1丁目 | 2-3: numbers of two cells stay two numbers.
      if let last = names[group].address.last, isDigit(last), let first = value.normal.first,
        isDigit(first)
      {
        names[group].address.append(0x2D)
      }
      names[group].address.append(contentsOf: value.normal)
    }
  }

  /// Counts a checked value and gives it to its group's draft.
  private mutating func add(
    _ type: DataType,
    verdict: Verdict,
    column: CellColumn,
    batch: borrowing RecordBatch,
    at place: Place
  ) {
    let group = column.group
    let confidence = Confidence(hundredths: column.confidence + verdict.weight)
    if verdict.kind == AttributeKind(.companyName) {
      if let digest = count(
        .companyName,
        detector: column.detector,
        confidence: confidence,
        evidence: column.evidence,
        isSample: false,
        batch: batch,
        at: place
      ) {
        drafts[group].add(AttributeKind(.companyName), digest.0)
      }
      drafts[group].hasCompany = true
      return
    }
    guard
      let digest = count(
        type,
        detector: column.detector,
        confidence: confidence,
        evidence: column.evidence | verdict.evidence,
        isSample: verdict.isSample,
        batch: batch,
        at: place
      )
    else { return }
    if let columnNumber = place.column { tallyColumn(columnNumber) }
    drafts[group].weigh(type, verdict)
    // The address tells the residence; the postal code only where there is none.
    if verdict.prefecture > 0 && (drafts[group].residence == 0 || type == .address) {
      drafts[group].residence = verdict.prefecture
    }
    drafts[group].see(type, confidence, verdict)
    switch type {
    case .personName:
      drafts[group].hasName = true
      drafts[group].add(AttributeKind(type), digest.0)
      if let split = checks.name.split {
        drafts[group].add(.familyName, self.digest(of: value.normal[..<split], .familyName).0)
        drafts[group].add(.givenName, self.digest(of: value.normal[split...], .givenName).0)
      }
    case .personNameKana:
      drafts[group].hasName = true
      drafts[group].add(AttributeKind(type), digest.0)
    case .memberID, .loginID:
      drafts[group].add(
        AttributeKind(type),
        digest.0 ^ (namespace &+ UInt64(place.column ?? 0) &* 0x9E37_79B9)
      )
    case .companyName:
      drafts[group].hasCompany = true
      drafts[group].add(AttributeKind(type), digest.0)
    default:
      drafts[group].add(verdict.kind ?? AttributeKind(type), digest.0)
    }
  }

  mutating func tallyColumn(_ column: Int) {
    while columnValues.count <= column { columnValues.append(0) }
    columnValues[column] += 1
  }
}
