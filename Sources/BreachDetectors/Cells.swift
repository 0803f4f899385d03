internal import BreachBytes
internal import BreachModel

/// A column as its cells need it: four words, no references.
struct CellColumn: BitwiseCopyable {
  var type = DataType.personName
  var check = CheckName.filled
  var role = ColumnRole.whole
  /// The value is spread over columns.
  var isPart = false
  /// False for a column that is searched as free text.
  var isTyped = false
  /// Whole names of persons, which have a family and a given name.
  var isName = false
  /// Ids, which mean something inside their table only.
  var isID = false
  /// The values are keys; `keySpace` tells the keys of their table apart.
  var isKey = false
  /// Its header says that it holds nothing personal.
  private(set) var isNegative = false
  /// Delicate words in it are the person's.
  private(set) var isRemark = false
  /// It says when something of a record was.
  private(set) var isDated = false
  private var groupNumber: UInt8 = 0
  private var hundredths: UInt8 = 0
  private var detectorNumber: UInt16 = 0
  var evidence = Evidence(rawValue: 0)
  var keySpace: UInt64 = 0

  var group: Int { Int(groupNumber) }
  var confidence: Int { Int(hundredths) }
  var detector: Int { Int(detectorNumber) }

  init(_ plan: ColumnPlan, _ set: DetectorSet) {
    isNegative = plan.isNegative
    role = plan.role
    isDated = plan.isDated && plan.type == nil
    isRemark = plan.isRemark
    guard let type = plan.type, let detector = plan.detector.map(Int.init) ?? set.detector(of: type)
    else { return }
    self.type = type
    check = set.detectors[detector].check
    detectorNumber = UInt16(detector)
    isPart = plan.role != .whole && plan.role != .dayFirst
    isName = type == .personName
    isID = type == .memberID || type == .loginID
    groupNumber = plan.group.rawValue
    hundredths = plan.confidence
    evidence = plan.evidence
    isTyped = true
  }
}

/// Where a finding stands, for the stream of findings.
struct Place {
  var start: Int
  var length: Int
  var record: Int?
  var line: Int
  var column: Int?
  /// The value without escapes.
  var plain: Range<Int>
}

extension Place {
  /// A cell as it is written in the leaf.
  init(_ field: Field, _ record: Record, _ number: Int?) {
    self.init(
      start: Int(field.rawStart),
      length: Int(field.rawLength),
      record: number,
      line: record.line,
      column: Int(field.column),
      plain: field.range
    )
  }

  /// A hit in a cell: inside an unescaped copy there is no place in the leaf, and the cell's own
  /// stands for it.
  init(of range: Range<Int>, in field: Field, _ record: Record, _ number: Int?) {
    self.init(field, record, number)
    plain = range
    if field.start == field.rawStart { (start, length) = (range.lowerBound, range.count) }
  }
}

/// What checks values, counts findings and gathers who is in a record.
///
/// A value inside the engine: one access check per record in place of one per touched property.
struct Cells: ~Copyable {
  let options: DetectionOptions
  let digester: Digester
  let set: DetectorSet
  var checks: Checks
  var value = Value()
  /// By the raw value of `DataType`.
  var tallies = Buffer<TypeTally>(capacity: 64)
  /// Official numbers by detector: whose they are matters to the laws of countries.
  var nationalIDs = Buffer<TypeTally>(capacity: 64)
  var findings: [Finding] = []
  /// Findings per column of the table at hand.
  var columnValues = Buffer<Int>(capacity: 64)
  /// Values per column that were long enough for their check, and did not pass it.
  var columnFails = Buffer<Int>(capacity: 64)
  /// Days per column of the table at hand.
  var columnDates = Buffer<DayRange>(capacity: 64)
  /// By the raw value of `FieldGroup`.
  var drafts: [12 of IdentityDraft] = InlineArray { _ in IdentityDraft() }
  /// A bit for each draft that the record has touched.
  var touched = 0
  var names: [12 of NameParts] = InlineArray { _ in NameParts() }
  /// Some value of the record is spread over columns.
  var hasParts = false
  /// Some of them are numbers in groups of digits.
  var hasNumbers = false
  /// Distinguishes member ids of different tables.
  var namespace: UInt64 = 0
  /// What the next finding reads where its place does not tell, when plain values are wanted.
  var spelled: String?
  /// What detectors cost, when somebody asks.
  var clock = DetectorClock()
  /// Where the text of the batch at hand holds what has a plainer form.
  var marks = FoldMarks()
  /// There are patterns without an anchor: what holds no candidate has to be searched, too.
  let searchesAll: Bool
  /// The columns of the table at hand.
  var columns = Buffer<CellColumn>(capacity: 64)
  /// Fields of the record at hand that have to be searched: their column has no type, or their value
  /// is not of it.
  var unread = Buffer<Int32>(capacity: 64)
  var packer = IdentityPacker()
  /// Children of a JSON record that wait for the record around them.
  var waiting: [WaitingDraft] = []
  /// Drafts that waited, for the next ones.
  var spare: [WaitingDraft] = []
  /// The packer's number of the class that the table's persons belong to.
  var personClass = 0
  /// The key of row hashes.
  let rowKey: UInt64

  init(_ set: DetectorSet, _ options: DetectionOptions, searchesAll: Bool) {
    self.searchesAll = searchesAll
    precondition(FieldGroup.allCases.count == FieldGroup.count)
    self.set = set
    self.options = options
    digester = Digester(options.key)
    rowKey = options.key.bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) }
    checks = Checks(set.words, ageDay: options.ageDay)
    for _ in DataType.allCases { tallies.append(TypeTally()) }
    for _ in set.detectors { nationalIDs.append(TypeTally()) }
  }

  /// What a check says of a part of a text, which is loaded for it, timed for a detector if any: one access to
  /// all that this takes.
  mutating func check(
    _ name: CheckName,
    _ text: Span<UInt8>,
    _ range: Range<Int>,
    role: ColumnRole,
    of detector: Int?
  ) -> Verdict {
    let detector = clock.isOn ? detector : nil
    if let detector { clock.start(detector) }
    value.load(text, range)
    let verdict = checks.run(name, &value, role: role)
    if let detector { clock.stop(detector, bytes: range.count, isKept: verdict.result != .fail) }
    return verdict
  }

  /// Forgets the last record.
  mutating func beginRecord() {
    while touched != 0 {
      drafts[touched.trailingZeroBitCount].removeAll()
      touched &= touched &- 1
    }
    forgetParts()
  }

  /// Forgets values that were spread over columns or labels.
  @inline(__always)
  mutating func forgetParts() {
    guard hasParts else { return }
    for index in 0..<FieldGroup.count { names[index].removeAll() }
    (hasParts, hasNumbers) = (false, false)
  }

  // MARK: counting one finding

  /// Digest of a part of the normal form.
  ///
  /// Inlined, as a call would be given a copy of all that is here.
  @inline(__always)
  func digest(ofNormal range: Range<Int>, _ kind: AttributeKind) -> UInt64 {
    let digest = digester.digest(kind.rawValue, value.normal.span.extracting(range))
    guard kind == .givenName else { return digest }
    return digest & ~AttributeKind.letterBits | Self.letters(value.normal.span.extracting(range))
  }

  /// The first and the last letter of a given name, six bits each, the same under every key; too few to
  /// tell a letter.
  private static func letters(_ name: Span<UInt8>) -> UInt64 {
    guard name.count >= 3 else { return 0 }
    return bits(name, 0) << 6 | lastLetter(name)
  }

  static func lastLetter(_ name: Span<UInt8>) -> UInt64 { bits(name, name.count - 3) }

  @inline(__always)
  private static func bits(_ name: Span<UInt8>, _ at: Int) -> UInt64 {
    var mixed: UInt64 = 0
    for index in at..<at + 3 { mixed = (mixed ^ UInt64(name[index])) &* 0x9E37_79B9_7F4A_7C15 }
    return mixed >> 58
  }

  @inline(__always)
  mutating func keyDigest(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    // As a member's id is digested, so that both can be compared.
    let kind = DataType.memberID.rawValue
    let (bare, _) = Value.bare(text, range)
    if !marks.mayFold(bare) { return digester.digest(kind, text.extracting(bare)) }
    value.fold(text, bare)
    return digester.digest(kind, value.folded.span)
  }

  /// Gives the record the key of a table's row, its own or one that it refers to.
  ///
  /// Programs write 0, -1 or NULL where they refer to none: guests have no row in common.
  mutating func addKey(_ text: Span<UInt8>, _ range: Range<Int>, _ space: UInt64) {
    if checks.words.isNoID(text.extracting(range)) { return }
    touched |= 1
    drafts[0].add(key: keyDigest(text, range), in: space)
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
  ) -> UInt64? {
    guard isWanted(type, confidence) else { return nil }
    tallies[Int(type.rawValue)].add(confidence.level, isSample: isSample)
    if type == .nationalID { nationalIDs[detector].add(confidence.level, isSample: isSample) }
    if options.wantsFindings {
      let digest = fullDigest(type, value.normal.span)
      keep(type, detector, confidence, evidence, isSample, digest, batch, place)
    }
    return digester.digest(type.rawValue, value.normal.span)
  }

  @inline(__always)
  func isWanted(_ type: DataType, _ confidence: Confidence) -> Bool {
    options.types.rawValue >> UInt64(type.rawValue) & 1 == 1
      && confidence.level.rawValue > ConfidenceLevel.unreported.rawValue
      && confidence.rawValue >= options.minConfidence.rawValue
  }

  /// Both words of a digest, for those who see it.
  @inline(__always)
  func fullDigest(_ type: DataType, _ normal: Span<UInt8>) -> (UInt64, UInt64) {
    var bytes = [type.rawValue]
    bytes.append(addingCapacity: normal.count) { out in
      for index in normal.indices { out.append(normal[index]) }
    }
    return BreachBytes.digest(bytes.span, key: options.key)
  }

  /// Keeps the finding for the stream of findings.
  mutating func keep(
    _ type: DataType,
    _ detector: Int,
    _ confidence: Confidence,
    _ evidence: Evidence,
    _ isSample: Bool,
    _ digest: (UInt64, UInt64),
    _ batch: borrowing RecordBatch,
    _ place: Place
  ) {
    findings.append(finding(type, detector, confidence, evidence, isSample, digest, batch, place))
  }

  /// The finding at `place`.
  func finding(
    _ type: DataType,
    _ detector: Int,
    _ confidence: Confidence,
    _ evidence: Evidence,
    _ isSample: Bool,
    _ digest: (UInt64, UInt64),
    _ batch: borrowing RecordBatch,
    _ place: Place
  ) -> Finding {
    let offset = batch.leafOffset(of: place.start)
    let end = batch.leafOffset(of: place.start + place.length)
    let text = text(of: place, batch)
    return Finding(
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
      value: Sensitive(options.values == .masked ? Masking.mask(text, as: type) : text)
    )
  }
}
