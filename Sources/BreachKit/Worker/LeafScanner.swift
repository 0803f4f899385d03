internal import BreachBytes
internal import BreachDetectors
internal import BreachModel
internal import BreachReaders

/// Reads one leaf, or one range of it: probe, plan, records, detection.
final class LeafScanner {
  private let setup: WorkerSetup
  private let engine: Engine
  private var typer: ColumnTyper
  /// Nil unless times are wanted.
  private let clock: StageClock?
  private let send: (WorkerReply) -> Void

  /// A table is typed on this many records, or this much text.
  private static let probeRecords = 4_096
  private static let probeBytes = 1 << 20
  /// Batches held back for tables that come later; beyond, they are typed on what there is.
  private static let heldBatches = 32
  private static let progressBytes = 8 << 20
  /// Identity words sent at a time.
  private static let chunkWords = 48 << 10

  init(
    _ setup: WorkerSetup,
    _ engine: Engine,
    _ clock: StageClock?,
    _ send: @escaping (WorkerReply) -> Void
  ) {
    self.setup = setup
    self.engine = engine
    typer = ColumnTyper(engine.set)
    self.clock = clock
    self.send = send
  }

  /// Where a leaf, or a range of one, is read from.
  struct Input {
    /// Path for member-id namespaces: the whole `!/` path.
    var path: String
    var source: any ByteSource
    /// The source's first bytes, for the probe; the source gives them again.
    var head: [UInt8]
    /// Leaf offset of the source's first byte.
    var offset: Int
    /// Bytes there should be, when known.
    var size: Int?
    var charset: Charset
    var bomLength: Int
    /// Nil: decided from the probe.
    var plan: LeafPlan?
    var copyTable: Int?
  }

  /// Scans; what cannot be read becomes a gap of the report.
  func scan(_ input: Input, into report: inout LeafReport) {
    let isFirst = input.offset == 0
    let started = clock.map { _ in OwnProcess.monotonicSeconds }
    engine.begin(leaf: input.path)
    let source = clock.map { _ in TimedSource(input.source) }
    let stream = TextStream(
      source ?? input.source,
      charset: input.charset,
      offset: input.offset,
      skipping: isFirst ? input.bomLength : 0
    )
    if clock != nil { stream.seconds = 0 }
    let format = format(of: input)
    let reader = makeReader(
      format,
      stream,
      catalogue: input.plan?.catalogue ?? [],
      copyTable: input.copyTable
    )
    var pipeline = Pipeline(
      format: format,
      tables: input.plan?.tables ?? [],
      isFirst: isFirst,
      hasHeader: setup.hasHeader
    )
    pipeline.begin(input)
    run(&pipeline, reader, stream) { batch, tables in
      measure(.detect, bytes: batch.text.count) {
        engine.scan(batch, tables: tables, isFirstUnit: isFirst)
      }
      flush(pipeline: tables, format: format, reader: reader, force: false)
    }
    engine.finishLeaf(tables: pipeline.tables)
    flush(pipeline: pipeline.tables, format: format, reader: reader, force: true)
    fill(&report, input, stream, reader, pipeline)
    if let clock, let source, let started, let filled = stream.seconds {
      clock.add(source.seconds, bytes: stream.bytesRead, to: .read)
      clock.add(filled - source.seconds, bytes: stream.bytesRead, to: .decode)
      clock.add(-filled, to: .frame)
      let all = OwnProcess.monotonicSeconds - started
      clock.add(all, bytes: stream.bytesRead, format: format.id)
    }
  }

  private func measure<Result>(
    _ stage: Timings.Stage,
    bytes: Int = 0,
    _ body: () -> Result
  ) -> Result {
    clock?.time(stage, bytes: bytes, body) ?? body()
  }

  /// What a leaf is, without its tables.
  func outline(of input: Input) -> LeafPlan {
    LeafPlan(charset: input.charset, bomLength: input.bomLength, format: format(of: input))
  }

  /// Types the tables of a leaf without detecting anything, for reading it in units.
  ///
  /// A dump is read until each table of `filled` is typed, anything else until its one table is.
  func type(_ plan: inout LeafPlan, of input: Input, filled: Set<Int>) {
    if case .text = plan.format { return }
    let stream = TextStream(
      input.source,
      charset: plan.charset,
      offset: 0,
      skipping: plan.bomLength
    )
    let reader = makeReader(plan.format, stream, catalogue: plan.catalogue)
    var pipeline = Pipeline(
      format: plan.format,
      tables: [],
      isFirst: true,
      hasHeader: setup.hasHeader
    )
    pipeline.begin(input)
    pipeline.wanted = filled
    run(&pipeline, reader, stream) { _, _ in }
    plan.tables = pipeline.tables
    // The key paths of JSON are numbered as they come; units have to number them alike.
    if plan.format == .jsonLines { plan.catalogue = reader.catalogue }
  }

  /// The leaf's format by its first megabyte.
  private func format(of input: Input) -> LeafFormat {
    if let plan = input.plan { return plan.format }
    return measure(.plan, bytes: input.head.count) { sniff(input) }
  }

  private func sniff(_ input: Input) -> LeafFormat {
    if let delimiter = setup.delimiter { return .csv(CSVDialect(delimiter: delimiter)) }
    let isWhole = input.head.count < ContentSniffer.headSize
    // Most text stands for itself.
    if input.charset == .utf8 && input.bomLength == 0 && TextStream.isPlain(input.head.span) {
      return sniff(input.head, isWhole: isWhole)
    }
    let stream = TextStream(
      ReplaySource(input.head, then: EmptySource()),
      charset: input.charset,
      offset: 0,
      skipping: input.bomLength
    )
    var text: [UInt8] = []
    var origins: [OriginMark] = []
    while stream.fill(&text, origins: &origins) {}
    return sniff(text, isWhole: isWhole)
  }

  /// What has no other layout may be a list under a header: 氏名, then a name a line.
  private func sniff(_ text: [UInt8], isWhole: Bool) -> LeafFormat {
    let format = FormatSniffer.sniff(text, isWhole: isWhole)
    guard format == .text, setup.hasHeader != false, let header = ListSniffer.header(of: text),
      typer.isHeader(text[header])
    else { return format }
    let list = LeafFormat.csv(ListSniffer.dialect)
    let head = Array(text.prefix(Self.probeBytes))
    let stream = TextStream(
      ReplaySource(head, then: EmptySource()),
      charset: .utf8,
      offset: 0,
      skipping: 0
    )
    let reader = makeReader(list, stream, catalogue: [])
    var batches: [RecordBatch] = []
    var batch = RecordBatch()
    while reader.next(into: &batch) { batches.append(batch) }
    return typer.plan(list: batches, hasHeader: setup.hasHeader) == nil ? .text : list
  }

  // MARK: batches

  /// What is known of the tables while batches go by.
  struct Pipeline {
    var format: LeafFormat
    var path = ""
    /// What the leaf's first bytes say of keys, which holds for all of it.
    var schema = SQLKeys()
    var tables: [TablePlan]
    var isFirst: Bool
    var hasHeader: Bool?
    /// Planning a leaf ends when these tables, and those that came before, are typed.
    var wanted: Set<Int>?
    var records = 0
    fileprivate var typed: Set<Int> = []
    fileprivate var held: [RecordBatch] = []
    fileprivate var probes: [Int: (records: Int, bytes: Int)] = [:]

    /// Takes what is known before the first record.
    mutating func begin(_ input: Input) {
      path = input.path
      if case .sql = format { schema.add(statementsIn: input.head) }
    }

    init(format: LeafFormat, tables: [TablePlan], isFirst: Bool, hasHeader: Bool?) {
      self.format = format
      self.tables = tables
      self.isFirst = isFirst
      self.hasHeader = hasHeader
      typed = Set(tables.indices)
    }
  }

  private func run(
    _ pipeline: inout Pipeline,
    _ reader: any FormatReader,
    _ stream: TextStream,
    _ process: (borrowing RecordBatch, [TablePlan]) -> Void
  ) {
    var batch = RecordBatch()
    var reported = 0
    while measure(.frame, { reader.next(into: &batch) }) {
      pipeline.records += batch.records.count
      if stream.bytesRead - reported >= Self.progressBytes {
        send(.progress(bytes: stream.bytesRead - reported))
        reported = stream.bytesRead
      }
      if batch.isText || (pipeline.held.isEmpty && isTyped(batch, pipeline)) {
        extend(&pipeline, reader)
        process(batch, pipeline.tables)
        continue
      }
      note(batch, &pipeline)
      pipeline.held.append(batch)
      release(&pipeline, reader, atEnd: false, process)
      if let wanted = pipeline.wanted, pipeline.held.isEmpty,
        wanted.isSubset(of: pipeline.typed)
      {
        return
      }
    }
    release(&pipeline, reader, atEnd: true, process)
    if stream.bytesRead > reported { send(.progress(bytes: stream.bytesRead - reported)) }
  }

  private func isTyped(_ batch: borrowing RecordBatch, _ pipeline: Pipeline) -> Bool {
    var last = Int32(-1)
    for index in batch.records.indices where batch.records[index].fieldCount > 0 {
      let table = batch.records[index].table
      if table == last { continue }
      guard pipeline.typed.contains(Int(table)) else { return false }
      last = table
    }
    return true
  }

  private func note(_ batch: borrowing RecordBatch, _ pipeline: inout Pipeline) {
    for index in batch.records.indices where batch.records[index].fieldCount > 0 {
      let record = batch.records[index]
      var probe = pipeline.probes[Int(record.table)] ?? (0, 0)
      probe.records += 1
      probe.bytes += Int(record.end - record.start)
      pipeline.probes[Int(record.table)] = probe
    }
  }

  /// Types tables whose probe is complete and lets their batches go, in order.
  private func release(
    _ pipeline: inout Pipeline,
    _ reader: any FormatReader,
    atEnd: Bool,
    _ process: (borrowing RecordBatch, [TablePlan]) -> Void
  ) {
    while !pipeline.held.isEmpty {
      for table in tables(in: pipeline.held[0]) where !pipeline.typed.contains(table) {
        let probe = pipeline.probes[table] ?? (0, 0)
        let isComplete =
          probe.records >= Self.probeRecords || probe.bytes >= Self.probeBytes
          || pipeline.held.count >= Self.heldBatches || atEnd
        guard isComplete else { return }
        measure(.plan) { type(table, &pipeline, reader) }
      }
      extend(&pipeline, reader)
      process(pipeline.held[0], pipeline.tables)
      pipeline.held.removeFirst()
    }
  }

  private func tables(in batch: RecordBatch) -> [Int] {
    var seen: [Int] = []
    for record in batch.records where record.fieldCount > 0 {
      let table = Int(record.table)
      if seen.last != table && !seen.contains(table) { seen.append(table) }
    }
    return seen
  }

  private func type(
    _ table: Int,
    _ pipeline: inout Pipeline,
    _ reader: any FormatReader
  ) {
    let entry =
      table < reader.catalogue.count
      ? reader.catalogue[table] : CatalogueEntry(name: "", columns: [])
    var keys = SQLKeys()
    if case .sql = pipeline.format {
      keys = reader.keys
      keys.add(pipeline.schema)
    }
    var plan: TablePlan
    switch pipeline.format {
    case .csv:
      plan = typer.plan(
        delimited: pipeline.held,
        hasHeader: pipeline.hasHeader,
        path: pipeline.path
      )
    case .xml where entry.columns.isEmpty, .html where entry.columns.isEmpty:
      // The rows of a spreadsheet, or of a page's table.
      plan = typer.plan(delimited: pipeline.held, table: table, hasHeader: pipeline.hasHeader)
      plan.name = entry.name
    default:
      plan = typer.plan(
        table: table,
        name: entry.name,
        columns: entry.columns,
        pipeline.held,
        isPaths: pipeline.format.hasPaths,
        refersToPersons: tableKeys.refers(entry.name, keys, isOfPersons: isOfPersons)
      )
    }
    while pipeline.tables.count <= table {
      pipeline.tables.append(TablePlan(name: "", columns: [], firstData: 0, personClass: ""))
    }
    pipeline.tables[table] = plan
    if case .sql = pipeline.format {
      tableKeys.mark(&pipeline.tables[table], keys, isOfPersons: isOfPersons)
    } else {
      tableKeys.mark(&pipeline.tables[table], path: pipeline.path)
      typer.classify(&pipeline.tables[table], path: pipeline.path)
    }
    setup.tables.decide(&pipeline.tables[table], path: pipeline.path)
    pipeline.typed.insert(table)
  }

  private var tableKeys: TableKeys { TableKeys(words: engine.set.vocabulary.tableWords) }

  /// Names of columns that persons have: one of a name, an address to write to or a birth date, and not
  /// a company's.
  private func isOfPersons(_ columns: [String]) -> Bool {
    let types = TypeSet(columns.compactMap { typer.plan(lateColumn: $0).type })
    return !types.isDisjoint(with: TypeSet([.personName, .emailAddress, .birthDate]))
      && types.isDisjoint(with: TypeSet([.companyName, .corporateNumber]))
  }

  /// Key paths that come after the probe are typed by their names.
  private func extend(_ pipeline: inout Pipeline, _ reader: any FormatReader) {
    guard pipeline.format.hasPaths, pipeline.typed.contains(0), !pipeline.tables.isEmpty,
      let names = reader.catalogue.first?.columns, names.count > pipeline.tables[0].columns.count
    else { return }
    typer.extend(&pipeline.tables[0], names[pipeline.tables[0].columns.count...])
  }

  // MARK: what goes to the supervisor

  private func flush(
    pipeline tables: [TablePlan],
    format: LeafFormat,
    reader: any FormatReader,
    force: Bool
  ) {
    if engine.packedIdentities >= Self.chunkWords || (force && engine.packedIdentities > 0) {
      send(.identities(engine.takeIdentities()))
    }
    if engine.findings.count >= 2_048 || (force && !engine.findings.isEmpty) {
      var findings = engine.takeFindings()
      // Who wants to read values wants those by which persons are reached.
      if setup.values == .plain { findings.removeAll { !StoreContacts.types.contains($0.type) } }
      send(.findings(findings, columns: columnNames(tables, format)))
    }
  }

  /// Column names by number, for the finding stream.
  private func columnNames(_ tables: [TablePlan], _ format: LeafFormat) -> [String] {
    guard tables.count == 1 else { return [] }
    return tables[0].columns.map(\.name)
  }

  private func fill(
    _ report: inout LeafReport,
    _ input: Input,
    _ stream: TextStream,
    _ reader: any FormatReader,
    _ pipeline: Pipeline
  ) {
    report.format = pipeline.format.id
    report.encoding = input.charset.id
    report.readBytes = stream.bytesRead
    report.bytes = max(input.size ?? 0, stream.bytesRead)
    report.lines = reader.lines
    let skipped = pipeline.isFirst ? pipeline.tables.first?.firstData ?? 0 : 0
    report.records = pipeline.format == .text ? reader.lines : max(0, pipeline.records - skipped)
    report.persons = engine.persons
    report.tallies = engine.tally
    report.subtypes = engine.subtypes
    for (number, table) in pipeline.tables.enumerated() {
      for column in table.columns
      where column.type == nil && !column.name.isEmpty && engine.holdsRemarks(column.name) {
        report.remarks.append(column.name)
      }
      report.columns += engine.columnResults(table, number: number, isFirst: pipeline.isFirst)
      report.tables.append(
        TableReport(
          name: table.name,
          reason: table.reason,
          hasPersons: table.columns.contains { $0.type.map(\.isPersonal) ?? false },
          dates: engine.datedColumns(table, number: number),
          keys: tableKeys.columns(of: table, pipeline.format, path: pipeline.path, engine)
        )
      )
    }
    if let failure = stream.failure {
      let missing = max(0, report.bytes - report.readBytes)
      report.gaps.append(failure.gap(path: "", bytes: input.size == nil ? nil : missing))
    } else if let size = input.size, stream.bytesRead < size {
      report.gaps.append(
        Gap(
          path: "",
          reason: .changed,
          bytes: size - stream.bytesRead,
          message: "the file became shorter while it was read; scan it again"
        )
      )
    }
    report.gaps += engine.gaps
    for remark in reader.remarks {
      report.notes.append(Note(path: "", kind: "format", message: remark))
    }
    if stream.mendedLines > 0 {
      report.notes.append(
        Note(
          path: "",
          kind: "encoding.mixed",
          message: "\(stream.mendedLines) lines are in another encoding than the rest"
        )
      )
    }
    if stream.invalid > 0 {
      report.notes.append(
        Note(
          path: "",
          kind: "encoding.invalid",
          message: "\(stream.invalid) byte sequences are not valid in \(input.charset.id)"
        )
      )
    }
  }
}

extension ReadFailure {
  /// The gap that a failure leaves.
  func gap(path: String, bytes: Int?) -> Gap {
    switch self {
    case .system(let error):
      Gap(
        path: path,
        reason: error.isPermission ? .permission : .readError,
        bytes: bytes,
        message: "reading failed: \(error); check the disk or the share and scan again"
      )
    case .corrupt(let words) where words.contains("too many filters"):
      Gap(
        path: path,
        reason: .depthLimit,
        bytes: bytes,
        message: "compressed too many times over (\(Display.safe(words))); unpack it first"
      )
    case .corrupt(let words):
      Gap(
        path: path,
        reason: .corrupt,
        bytes: bytes,
        message: "the container is damaged or cut off (\(Display.safe(words)))"
      )
    case .needsPassword:
      Gap(
        path: path,
        reason: .needsPassword,
        bytes: bytes,
        message: "encrypted; give its password with --passwords FILE"
      )
    }
  }
}
