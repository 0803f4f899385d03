internal import BreachModel

extension WireWriter {
  mutating func put(_ gap: Gap) {
    put(gap.path)
    put(gap.reason.rawValue)
    put(gap.bytes)
    put(gap.message)
  }

  mutating func put(_ plan: LeafPlan) {
    put(plan.charset.rawValue)
    put(plan.bomLength)
    switch plan.format {
    case .text: put(UInt8(0))
    case .csv(let dialect):
      put(UInt8(1))
      put(dialect.delimiter)
      put(dialect.quote)
      put(dialect.newline)
    case .json: put(UInt8(2))
    case .jsonLines: put(UInt8(3))
    case .sql(let dialect):
      put(UInt8(4))
      put(dialect.backslashEscapes)
    case .xml(let dialect):
      put(UInt8(5))
      put(dialect.records) { $0.put($1) }
      put(dialect.rows) { $0.put($1) }
    case .html: put(UInt8(6))
    case .form: put(UInt8(7))
    case .entries(let dialect):
      put(UInt8(8))
      put(dialect.rawValue)
    }
    put(plan.tables) { writer, table in
      writer.put(table.name)
      writer.put(table.firstData)
      writer.put(table.personClass)
      writer.put(table.isForm)
      writer.put(table.pairs != nil)
      if let pairs = table.pairs {
        writer.put(pairs.key)
        writer.put(pairs.value)
        writer.put(pairs.owner)
      }
      writer.put(table.reason.rawValue)
      writer.put(table.columns) { writer, column in
        writer.put(column.name)
        writer.put(column.type.map { Int($0.rawValue) })
        writer.put(column.detector.map(Int.init))
        writer.put(column.role.rawValue)
        writer.put(column.group.rawValue)
        writer.put(column.confidence)
        writer.put(Int(column.evidence.rawValue))
        writer.put(column.isNegative)
        writer.put(column.isDated)
        writer.put(column.isRemark)
        writer.put(column.keyOf)
        writer.put(column.atChance)
      }
    }
    put(plan.catalogue) { writer, entry in
      writer.put(entry.name)
      writer.put(entry.columns) { $0.put($1) }
    }
  }

  mutating func put(_ chunk: IdentityChunk) {
    put(shapes: chunk.shapes)
    put(words: chunk.words)
    put(chunk.count)
  }

  mutating func put(shapes: [IdentityShape]) {
    put(shapes) { writer, shape in
      writer.put(shape.kinds.map(\.rawValue))
      writer.put(shape.types.rawValue)
      writer.put(shape.certain.rawValue)
      writer.put(shape.flags.rawValue)
      writer.put(shape.personClass)
      writer.put(shape.idSpace)
      writer.put(shape.keySpaces) { $0.put($1) }
      writer.put(Int(shape.table))
    }
  }

  mutating func put(_ finding: Finding) {
    put(finding.type.rawValue)
    put(Int(finding.detector))
    put(finding.confidence.rawValue)
    put(Int(finding.evidence.rawValue))
    put(finding.isSample)
    put(finding.offset)
    put(finding.length)
    put(finding.record)
    put(finding.line)
    put(finding.column)
    put(finding.digest.0)
    put(finding.digest.1)
    put(finding.value.revealed)
  }

  private mutating func put(_ column: DatedColumn) {
    put(column.table)
    put(column.name)
    put(column.period)
  }

  mutating func put(_ period: Period) {
    put(period.from.dayNumber)
    put(period.to.dayNumber)
  }

  private mutating func put(_ tally: TypeTally) {
    put(tally.possible)
    put(tally.likely)
    put(tally.certain)
    put(tally.sample)
    put(tally.chance)
  }

  mutating func put(_ report: LeafReport) {
    put(report.innerPath)
    put(report.format)
    put(report.encoding)
    put(report.bytes)
    put(report.readBytes)
    put(report.records)
    put(report.lines)
    put(report.persons)
    put(report.place)
    put(report.linesBefore)
    put(report.isNotText)
    put(report.isContainer)
    put(report.contentHash.map { Int(truncatingIfNeeded: $0) })
    let tallies = report.tallies.sorted { $0.key.rawValue < $1.key.rawValue }
    put(tallies) { writer, entry in
      writer.put(entry.key.rawValue)
      writer.put(entry.value)
    }
    put(report.subtypes.sorted { $0.key < $1.key }) { writer, entry in
      writer.put(entry.key)
      writer.put(entry.value)
    }
    put(report.columns) { writer, column in
      writer.put(column.table)
      writer.put(column.name)
      writer.put(column.type.rawValue)
      writer.put(column.values)
      writer.put(column.expectedByChance)
    }
    put(report.tables) { writer, table in
      writer.put(table.name)
      writer.put(table.reason.rawValue)
      writer.put(table.hasPersons)
      writer.put(table.dates) { $0.put($1) }
      writer.put(table.keys) { writer, key in
        writer.put(key.space)
        writer.put(key.stem)
        writer.put(key.subject)
        writer.put(key.isOwn)
        writer.put(key.isGuess)
        writer.put(key.leadsToOwned)
      }
    }
    put(report.remarks) { $0.put($1) }
    put(report.gaps) { $0.put($1) }
    put(report.notes) { $0.put($1) }
  }

  mutating func put(_ note: Note) {
    put(note.path)
    put(note.kind)
    put(note.message)
  }
}

extension WireReader {
  mutating func type() throws(WireError) -> DataType {
    guard let type = DataType(rawValue: try byte()) else { throw WireError() }
    return type
  }

  fileprivate mutating func datedColumn() throws(WireError) -> DatedColumn {
    let (table, name) = (try string(), try string())
    return DatedColumn(table: table, name: name, period: try period())
  }

  mutating func period() throws(WireError) -> Period {
    let (from, to) = (try int(), try int())
    // Some thousand years: what any calendar day is far within.
    guard from <= to, -1_000_000 <= from, to <= 1_000_000 else { throw WireError() }
    return Period(from: CivilDate(dayNumber: from), to: CivilDate(dayNumber: to))
  }

  private mutating func tally() throws(WireError) -> TypeTally {
    var tally = TypeTally()
    tally.possible = try number()
    tally.likely = try number()
    tally.certain = try number()
    tally.sample = try number()
    tally.chance = try chance()
    return tally
  }

  mutating func gap() throws(WireError) -> Gap {
    Gap(
      path: try string(),
      reason: GapReason(try string()),
      bytes: try bool() ? try size() : nil,
      message: try string()
    )
  }

  mutating func plan() throws(WireError) -> LeafPlan {
    guard let charset = Charset(rawValue: try byte()) else { throw WireError() }
    let bom = try int()
    let format: LeafFormat
    switch try byte() {
    case 0: format = .text
    case 1:
      format = .csv(
        CSVDialect(delimiter: try byte(), quote: try byte(), newline: try byte())
      )
    case 2: format = .json
    case 3: format = .jsonLines
    case 4: format = .sql(SQLDialect(backslashEscapes: try bool()))
    case 5:
      format = .xml(
        XMLDialect(
          records: try list { (reader) throws(WireError) in try reader.string() },
          rows: try list { (reader) throws(WireError) in try reader.string() }
        )
      )
    case 6: format = .html
    case 7: format = .form
    case 8:
      guard let dialect = EntryDialect(rawValue: try string()) else { throw WireError() }
      format = .entries(dialect)
    default: throw WireError()
    }
    let tables = try list { (reader) throws(WireError) in
      TablePlan(
        name: try reader.string(),
        columns: [],
        firstData: try reader.int(),
        personClass: try reader.string(),
        isForm: try reader.bool()
      ).with(
        pairs: try reader.bool() ? try reader.pairs() : nil
      ).with(
        reason: try reader.tableReason(),
        columns: try reader.list { (reader) throws(WireError) in try reader.column() }
      )
    }
    let catalogue = try list { (reader) throws(WireError) in
      CatalogueEntry(
        name: try reader.string(),
        columns: try reader.list { (reader) throws(WireError) in try reader.string() }
      )
    }
    return LeafPlan(
      charset: charset,
      bomLength: bom,
      format: format,
      tables: tables,
      catalogue: catalogue
    )
  }

  private mutating func pairs() throws(WireError) -> PairPlan {
    PairPlan(key: try int(), value: try int(), owner: try optionalInt())
  }

  private mutating func column() throws(WireError) -> ColumnPlan {
    let name = try string()
    let type = try optionalInt()
    let detector = try optionalInt()
    guard let role = ColumnRole(rawValue: try byte()), let group = FieldGroup(rawValue: try byte())
    else { throw WireError() }
    var plan = ColumnPlan(
      name: name,
      type: type.flatMap { DataType(rawValue: UInt8(truncatingIfNeeded: $0)) },
      detector: detector.map { UInt16(truncatingIfNeeded: $0) },
      role: role,
      group: group,
      confidence: try byte(),
      evidence: Evidence(rawValue: UInt32(truncatingIfNeeded: try int())),
      isNegative: try bool(),
      isDated: try bool()
    )
    plan.isRemark = try bool()
    plan.keyOf = try optionalString()
    plan.atChance = try int()
    return plan
  }

  /// A chunk; its words must be records of its shapes.
  mutating func chunk() throws(WireError) -> IdentityChunk {
    let chunk = try IdentityChunk(shapes: try shapes(), words: try words())
    guard try int() == chunk.count else { throw WireError() }
    return chunk
  }

  mutating func shapes() throws(WireError) -> [IdentityShape] {
    try list { (reader) throws(WireError) in
      IdentityShape(
        kinds: try reader.data().map(AttributeKind.init(rawValue:)),
        types: TypeSet(rawValue: try reader.word()),
        certain: TypeSet(rawValue: try reader.word()),
        flags: IdentityFlags(rawValue: try reader.byte()),
        personClass: try reader.string(),
        idSpace: try reader.word(),
        keySpaces: try reader.list { (reader) throws(WireError) in try reader.word() },
        table: UInt32(truncatingIfNeeded: try reader.int())
      )
    }
  }

  mutating func finding() throws(WireError) -> Finding {
    Finding(
      type: try type(),
      detector: UInt16(truncatingIfNeeded: try int()),
      confidence: Confidence(rawValue: try byte()),
      evidence: Evidence(rawValue: UInt32(truncatingIfNeeded: try int())),
      isSample: try bool(),
      offset: try int(),
      length: try int(),
      record: try optionalInt(),
      line: try int(),
      column: try optionalInt(),
      digest: (try word(), try word()),
      value: Sensitive(try string())
    )
  }

  mutating func report() throws(WireError) -> LeafReport {
    var report = LeafReport()
    report.innerPath = try string()
    report.format = try string()
    report.encoding = try optionalString()
    report.bytes = try size()
    report.readBytes = try size()
    report.records = try number()
    report.lines = try size()
    report.persons = try number()
    report.place = try optionalString()
    report.linesBefore = try optionalInt().map { max(0, $0) }
    report.isNotText = try bool()
    report.isContainer = try bool()
    report.contentHash = try optionalInt().map { UInt64(bitPattern: Int64($0)) }
    for _ in 0..<(try count()) {
      let type = try type()
      report.tallies[type] = try tally()
    }
    for _ in 0..<(try count()) {
      let subtype = try string()
      report.subtypes[subtype] = try tally()
    }
    report.columns = try list { (reader) throws(WireError) in
      ColumnResult(
        table: try reader.string(),
        name: try reader.string(),
        type: try reader.type(),
        values: try reader.number(),
        expectedByChance: try reader.chance()
      )
    }
    report.tables = try list { (reader) throws(WireError) in
      TableReport(
        name: try reader.string(),
        reason: try reader.tableReason(),
        hasPersons: try reader.bool(),
        dates: try reader.list { (reader) throws(WireError) in try reader.datedColumn() },
        keys: try reader.list { (reader) throws(WireError) in
          KeyColumn(
            space: try reader.word(),
            stem: try reader.string(),
            subject: try reader.string(),
            isOwn: try reader.bool(),
            isGuess: try reader.bool(),
            leadsToOwned: try reader.bool()
          )
        }
      )
    }
    report.remarks = try list { (reader) throws(WireError) in try reader.string() }
    report.gaps = try list { (reader) throws(WireError) in try reader.gap() }
    report.notes = try list { (reader) throws(WireError) in try reader.note() }
    return report
  }

  fileprivate mutating func tableReason() throws(WireError) -> TableReason {
    guard let reason = TableReason(rawValue: try string()) else { throw WireError() }
    return reason
  }

  mutating func note() throws(WireError) -> Note {
    Note(path: try string(), kind: try string(), message: try string())
  }
}

extension IdentityChunk {
  /// Words that must be records of the shapes.
  init(shapes: [IdentityShape], words: [UInt64]) throws(WireError) {
    self.init()
    let widths = shapes.map { 2 + $0.kinds.count }
    var at = 0
    while at < words.count {
      let shape = Int(words[at] & 0xFFFF_FFFF)
      guard shape < widths.count else { throw WireError() }
      at += widths[shape]
      count += 1
    }
    guard at == words.count else { throw WireError() }
    (self.shapes, self.words) = (shapes, words)
  }
}

extension TablePlan {
  fileprivate func with(pairs: PairPlan?) -> TablePlan {
    var plan = self
    plan.pairs = pairs
    return plan
  }

  fileprivate func with(reason: TableReason, columns: [ColumnPlan]) -> TablePlan {
    var plan = self
    plan.reason = reason
    plan.columns = columns
    return plan
  }
}

extension WireWriter {
  mutating func put(_ timings: Timings) {
    put(Array(timings.stages)) { writer, entry in
      writer.put(entry.key.rawValue)
      writer.put(entry.value.seconds)
      writer.put(entry.value.bytes)
    }
    put(Array(timings.formats)) { writer, entry in
      writer.put(entry.key)
      writer.put(entry.value.seconds)
      writer.put(entry.value.bytes)
    }
    put(Array(timings.detectors)) { writer, entry in
      writer.put(entry.key)
      writer.put(entry.value.time.seconds)
      writer.put(entry.value.time.bytes)
      writer.put(entry.value.checked)
      writer.put(entry.value.kept)
    }
  }
}

extension WireReader {
  mutating func timings() throws(WireError) -> Timings {
    var timings = Timings()
    for _ in 0..<(try count()) {
      guard let stage = Timings.Stage(rawValue: try byte()) else { throw WireError() }
      timings.add(try double(), bytes: try int(), to: stage)
    }
    for _ in 0..<(try count()) {
      let format = try string()
      timings.add(try double(), bytes: try int(), format: format)
    }
    for _ in 0..<(try count()) {
      let detector = try string()
      let time = Timings.Entry(seconds: try double(), bytes: try int())
      let checks = Timings.Checks(time: time, checked: try int(), kept: try int())
      timings.add(checks, detector: detector)
    }
    return timings
  }
}
