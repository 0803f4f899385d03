internal import BreachBytes
internal import BreachDetectors
internal import BreachModel
internal import BreachReaders

/// What a worker is told once, before its first unit.
struct WorkerSetup: Sendable {
  var key: DigestKey
  var types: TypeSet
  var minConfidence: Confidence
  var wantsFindings: Bool
  var wantsParts: Bool
  var values: ValueForm
  var wantsPersons: Bool
  var wantsTimings: Bool
  /// Plain files can have copies; members always can.
  var wantsHashes: Bool
  var encoding: Charset?
  var delimiter: UInt8?
  /// True: the first record is a header; false: there is none; nil: look.
  var hasHeader: Bool?
  var passwords: [String]
  var tables = TableChoice()
  /// False: a mail is read as it stands, as text.
  var opensMail: Bool
  /// The day on which ages are reckoned; nil for none.
  var ageDay: CivilDate?
  /// Pattern files beside the embedded ones.
  var patterns: [(path: String, text: String)]
  var limits: ScanLimits
  /// Test hook: a leaf whose path ends so ends the worker.
  var trapAt: String?

  var message: [UInt8] {
    var writer = WireWriter()
    writer.put(Self.kind)
    writer.put(key.bytes)
    writer.put(types.rawValue)
    writer.put(minConfidence.rawValue)
    writer.put(wantsFindings)
    writer.put(wantsParts)
    writer.put(values.rawValue)
    writer.put(wantsPersons)
    writer.put(wantsTimings)
    writer.put(wantsHashes)
    writer.put(encoding.map { Int($0.rawValue) })
    writer.put(delimiter.map { Int($0) })
    writer.put(hasHeader.map { $0 ? 1 : 0 })
    writer.put(passwords) { $0.put($1) }
    writer.put(tables.counted) { $0.put($1) }
    writer.put(tables.skipped) { $0.put($1) }
    writer.put(opensMail)
    writer.put(ageDay?.dayNumber)
    writer.put(patterns) { writer, file in
      writer.put(file.path)
      writer.put(file.text)
    }
    writer.put(limits.depth)
    writer.put(limits.members)
    writer.put(limits.expandedBytes)
    writer.put(trapAt)
    return writer.bytes
  }

  static let kind: UInt8 = 1

  init(
    key: DigestKey,
    types: TypeSet,
    minConfidence: Confidence,
    wantsFindings: Bool,
    wantsParts: Bool = false,
    values: ValueForm,
    wantsPersons: Bool,
    wantsTimings: Bool,
    wantsHashes: Bool,
    encoding: Charset?,
    delimiter: UInt8?,
    hasHeader: Bool?,
    passwords: [String],
    tables: TableChoice = TableChoice(),
    opensMail: Bool = true,
    ageDay: CivilDate? = nil,
    patterns: [(path: String, text: String)],
    limits: ScanLimits,
    trapAt: String?
  ) {
    self.tables = tables
    self.opensMail = opensMail
    self.ageDay = ageDay
    self.key = key
    self.types = types
    self.minConfidence = minConfidence
    self.wantsFindings = wantsFindings
    self.wantsParts = wantsParts
    self.values = values
    self.wantsPersons = wantsPersons
    self.wantsTimings = wantsTimings
    self.wantsHashes = wantsHashes
    self.encoding = encoding
    self.delimiter = delimiter
    self.hasHeader = hasHeader
    self.passwords = passwords
    self.patterns = patterns
    self.limits = limits
    self.trapAt = trapAt
  }

  /// For one table that is at hand: only its records are wanted.
  init(key: DigestKey, delimiter: UInt8, hasHeader: Bool) {
    self.init(
      key: key,
      types: TypeSet(DataType.allCases),
      minConfidence: Confidence(rawValue: 30),
      wantsFindings: false,
      values: .masked,
      wantsPersons: true,
      wantsTimings: false,
      wantsHashes: false,
      encoding: nil,
      delimiter: delimiter,
      hasHeader: hasHeader,
      passwords: [],
      patterns: [],
      limits: ScanLimits(),
      trapAt: nil
    )
  }

  init(_ reader: inout WireReader) throws(WireError) {
    guard let key = DigestKey(try reader.data()) else { throw WireError() }
    self.init(
      key: key,
      types: TypeSet(rawValue: try reader.word()),
      minConfidence: Confidence(rawValue: try reader.byte()),
      wantsFindings: try reader.bool(),
      wantsParts: try reader.bool(),
      values: ValueForm(rawValue: try reader.byte()) ?? .masked,
      wantsPersons: try reader.bool(),
      wantsTimings: try reader.bool(),
      wantsHashes: try reader.bool(),
      encoding: try reader.optionalInt().flatMap { Charset(rawValue: UInt8($0)) },
      delimiter: try reader.optionalInt().map { UInt8($0) },
      hasHeader: try reader.optionalInt().map { $0 == 1 },
      passwords: try reader.list { (reader) throws(WireError) in try reader.string() },
      tables: TableChoice(
        counted: try reader.list { (reader) throws(WireError) in try reader.string() },
        skipped: try reader.list { (reader) throws(WireError) in try reader.string() }
      ),
      opensMail: try reader.bool(),
      ageDay: try reader.optionalInt().map { CivilDate(dayNumber: $0) },
      patterns: try reader.list { (reader) throws(WireError) in
        (path: try reader.string(), text: try reader.string())
      },
      limits: ScanLimits(
        depth: try reader.int(),
        members: try reader.int(),
        expandedBytes: try reader.int()
      ),
      trapAt: try reader.optionalString()
    )
  }
}

/// One file of a unit, or a range of one.
struct UnitFile: Sendable {
  /// For labels only; the bytes come through the descriptor.
  var path: String
  var range: Range<Int>
  /// Nil: the worker probes by itself.
  var plan: LeafPlan?
  /// The range begins inside COPY rows of this table.
  var copyTable: Int?
  /// It is a part of a mailbox, and so many messages come before it.
  var messages: Int?
  /// Not a regular file: read forward to its end.
  var isStream: Bool
}

/// Files to be scanned by one worker in one go.
struct UnitTask: Sendable {
  static let kind: UInt8 = 2

  var number: Int
  var files: [UnitFile]
  /// Leaves of the first file that are done already.
  var skip: Int
  /// Stop after this many leaves; nil for all.
  var limit: Int?
  /// Tell of each leaf before it is looked at, small ones too.
  var isCareful: Bool

  var message: [UInt8] {
    var writer = WireWriter()
    writer.put(Self.kind)
    writer.put(number)
    writer.put(skip)
    writer.put(limit)
    writer.put(isCareful)
    writer.put(files) { writer, file in
      writer.put(file.path)
      writer.put(file.range.lowerBound)
      writer.put(file.range.upperBound)
      writer.put(file.isStream)
      writer.put(file.copyTable)
      writer.put(file.messages)
      writer.put(file.plan != nil)
      if let plan = file.plan { writer.put(plan) }
    }
    return writer.bytes
  }

  init(number: Int, files: [UnitFile], skip: Int, limit: Int?, isCareful: Bool) {
    self.number = number
    self.files = files
    self.skip = skip
    self.limit = limit
    self.isCareful = isCareful
  }

  init(_ reader: inout WireReader) throws(WireError) {
    number = try reader.int()
    skip = try reader.int()
    limit = try reader.optionalInt()
    isCareful = try reader.bool()
    files = try reader.list { (reader) throws(WireError) in
      let path = try reader.string()
      let lower = try reader.int()
      let upper = try reader.int()
      guard lower >= 0, lower <= upper else { throw WireError() }
      let isStream = try reader.bool()
      let copyTable = try reader.optionalInt()
      let messages = try reader.optionalInt()
      let plan = try reader.bool() ? try reader.plan() : nil
      return UnitFile(
        path: path,
        range: lower..<upper,
        plan: plan,
        copyTable: copyTable,
        messages: messages,
        isStream: isStream
      )
    }
  }
}

/// Asks where a large file can be cut.
struct PlanTask: Sendable {
  static let kind: UInt8 = 3

  var number: Int
  var path: String
  var size: Int
  var unitSize: Int

  var message: [UInt8] {
    var writer = WireWriter()
    writer.put(Self.kind)
    writer.put(number)
    writer.put(path)
    writer.put(size)
    writer.put(unitSize)
    return writer.bytes
  }

  init(number: Int, path: String, size: Int, unitSize: Int) {
    self.number = number
    self.path = path
    self.size = size
    self.unitSize = unitSize
  }

  init(_ reader: inout WireReader) throws(WireError) {
    number = try reader.int()
    path = try reader.string()
    size = try reader.int()
    unitSize = try reader.int()
    guard size >= 0, unitSize > 0 else { throw WireError() }
  }
}

/// What a worker says.
enum WorkerReply {
  case ready
  /// The setup cannot be used; the text goes to the user.
  case refused(String)
  case leafBegun(file: Int, path: String, bytes: Int?)
  case identities(IdentityChunk)
  case findings([Finding], columns: [String])
  case progress(bytes: Int)
  case leafDone(LeafReport)
  /// All leaves of the unit's next file are done.
  case fileDone
  case unitDone
  /// Where the time since the last such reply went.
  case timings(Timings)
  /// Nil plan: the file is scanned whole.
  case planned(LeafPlan?, [UnitCut])

  /// The reply as a message of its own.
  var message: [UInt8] {
    var writer = WireWriter()
    writer.put(self)
    return writer.bytes
  }

  /// Reads one reply of a message, which may hold several.
  init(_ reader: inout WireReader) throws(WireError) {
    switch try reader.byte() {
    case 10: self = .ready
    case 11: self = .refused(try reader.string())
    case 12:
      self = .leafBegun(
        file: try reader.int(),
        path: try reader.string(),
        bytes: try reader.optionalInt()
      )
    case 13: self = .identities(try reader.chunk())
    case 14:
      let columns = try reader.list { (reader) throws(WireError) in try reader.string() }
      self = .findings(
        try reader.list { (reader) throws(WireError) in try reader.finding() },
        columns: columns
      )
    case 15: self = .progress(bytes: try reader.int())
    case 16: self = .leafDone(try reader.report())
    case 17: self = .fileDone
    case 18: self = .unitDone
    case 19:
      let plan = try reader.bool() ? try reader.plan() : nil
      let cuts = try reader.list { (reader) throws(WireError) -> UnitCut in
        let lower = try reader.int()
        let upper = try reader.int()
        guard lower >= 0, lower <= upper else { throw WireError() }
        return UnitCut(
          range: lower..<upper,
          copyTable: try reader.optionalInt(),
          messages: try reader.optionalInt()
        )
      }
      self = .planned(plan, cuts)
    case 20: self = .timings(try reader.timings())
    default: throw WireError()
    }
  }
}

extension WireWriter {
  mutating func put(_ reply: WorkerReply) {
    switch reply {
    case .ready: put(UInt8(10))
    case .refused(let text):
      put(UInt8(11))
      put(text)
    case .leafBegun(let file, let path, let bytes):
      put(UInt8(12))
      put(file)
      put(path)
      put(bytes)
    case .identities(let chunk):
      put(UInt8(13))
      put(chunk)
    case .findings(let findings, let columns):
      put(UInt8(14))
      put(columns) { $0.put($1) }
      put(findings) { $0.put($1) }
    case .progress(let bytes):
      put(UInt8(15))
      put(bytes)
    case .leafDone(let report):
      put(UInt8(16))
      put(report)
    case .fileDone: put(UInt8(17))
    case .unitDone: put(UInt8(18))
    case .planned(let plan, let cuts):
      put(UInt8(19))
      put(plan != nil)
      if let plan { put(plan) }
      put(cuts) { writer, cut in
        writer.put(cut.range.lowerBound)
        writer.put(cut.range.upperBound)
        writer.put(cut.copyTable)
        writer.put(cut.messages)
      }
    case .timings(let timings):
      put(UInt8(20))
      put(timings)
    }
  }
}

/// Bounds on what one top-level file may unfold to.
package struct ScanLimits: Sendable, Hashable {
  /// Containers inside containers.
  package var depth: Int
  package var members: Int
  package var expandedBytes: Int

  package init(depth: Int = 16, members: Int = 1_000_000, expandedBytes: Int = 64 << 30) {
    self.depth = depth
    self.members = members
    self.expandedBytes = expandedBytes
  }
}
