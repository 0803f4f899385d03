internal import BreachBytes
internal import BreachDetectors
internal import BreachModel
internal import BreachPatterns

/// What `scan` and `check` have in common, as the user wrote it.
public struct ScanArguments: Sendable {
  /// Paths as text; their bytes are taken from the command line itself.
  public var paths: [String] = []
  /// A file with one path a line.
  public var filesFrom: String?
  /// Report format of standard output.
  public var format: String?
  /// Files to write; the format follows the name.
  public var outputs: [String] = []
  /// `utf-8` or `cp932`, for tables.
  public var csvEncoding: String?
  /// Possible damages are reckoned by the model.
  public var damage = false
  /// Incident facts.
  public var incident: String?
  /// An iCalendar file for the days of the duties.
  public var calendar: String?
  /// Packs to apply; empty for all.
  public var criteria: [String] = []
  /// Judge by the law in force on this day.
  public var asOf: String?
  /// What a pack warns of is an error.
  public var strict = false
  /// Worker processes; nil for one per core.
  public var jobs: Int?
  /// Memory of the process tree, such as `1G`.
  public var memory: String?
  /// Types to look for; empty for all.
  public var types: [String] = []
  /// 0…1; findings below are not counted.
  public var minConfidence: Double?
  /// Globs of files to read.
  public var include: [String] = []
  /// Globs of files and folders to leave out.
  public var exclude: [String] = []
  /// Charset of all text, instead of looking.
  public var encoding: String?
  /// Delimiter of all tables, instead of looking.
  public var delimiter: String?
  /// The first record is, or is not, a header.
  public var header: Bool?
  /// Values in clear in the finding stream.
  public var reveal = false
  /// Globs of tables whose persons count, even the makers of a catalogue.
  public var countTable: [String] = []
  /// Globs of tables whose persons do not count.
  public var skipTable: [String] = []
  /// A file with one password a line.
  public var passwords: String?
  /// A folder with pattern files beside the built-in ones.
  public var patterns: String?
  /// `ja` or `en`.
  public var language: String?
  /// Leave out linking records to persons.
  public var noPersons = false
  /// Say where the time went.
  public var timings = false
  /// Digests of the input, which is read once more for them.
  public var manifest = false
  /// No progress line.
  public var noProgress = false
  /// One line only.
  public var quiet = false
  /// A file with a 16-byte key in hex, for results that are to be compared.
  public var seedKey: String?
  /// List what would be read.
  public var dryRun = false
  /// Containers inside containers.
  public var maxDepth: Int?
  /// Members of one container.
  public var maxMembers: Int?
  /// Bytes that one file may unfold to, such as `64G`.
  public var maxExpanded: String?
  /// Gap reasons that do not change the exit code.
  public var acceptGaps: [String] = []
  /// Colour always or never; nil: by the terminal.
  public var colour: Bool?

  /// Everything at its default.
  public init() {}
}

extension ScanArguments {
  /// The request, or what is wrong with the words.
  ///
  /// `linking`: nothing is read but stores, and no worker takes memory.
  func request(linking: Bool = false) throws(CommandError) -> ScanRequest {
    var request = ScanRequest(paths: linking ? [] : try pathBytes())
    if linking {
      request.jobs = 1
      if let memory { request.memory = try Self.size(memory, "--memory") }
      request.patterns = try patternFiles()
      return request
    }
    guard !request.paths.isEmpty else {
      throw .usage("say what to scan: files, folders, archives, or - for standard input")
    }
    for reason in acceptGaps { try Self.checkGapReason(reason, "--accept-gaps") }
    if !types.isEmpty {
      request.types = TypeSet(rawValue: 0)
      for id in types { request.types.formUnion(try Self.types(id)) }
    }
    if let minConfidence {
      guard (0...1).contains(minConfidence) else {
        throw .usage("--min-confidence takes a number from 0 to 1")
      }
      request.minConfidence = Confidence(hundredths: Int((minConfidence * 100).rounded()))
    }
    if let jobs {
      guard (1...256).contains(jobs) else { throw .usage("--jobs takes a number from 1 to 256") }
      request.jobs = jobs
    }
    if let memory { request.memory = try Self.size(memory, "--memory") }
    if let maxExpanded {
      request.limits.expandedBytes = try Self.size(maxExpanded, "--max-expanded")
    }
    if let maxDepth {
      guard (0...64).contains(maxDepth) else {
        throw .usage("--max-depth takes a number from 0 to 64")
      }
      request.limits.depth = maxDepth
    }
    if let maxMembers {
      guard maxMembers > 0 else { throw .usage("--max-members takes a number above 0") }
      request.limits.members = maxMembers
    }
    request.include = include
    request.exclude = exclude
    if let encoding {
      guard let charset = Charset(id: encoding) else {
        throw .usage(
          "no encoding is called '\(encoding)'; there are "
            + Charset.allCases.map(\.id).joined(separator: ", ")
        )
      }
      request.encoding = charset
    }
    if let delimiter { request.delimiter = try Self.delimiter(delimiter) }
    request.hasHeader = header
    request.wantsPersons = !noPersons
    request.tables = TableChoice(counted: countTable, skipped: skipTable)
    request.values = reveal ? .written : .masked
    if let passwords {
      request.passwords = try Self.text(passwords, "--passwords")
        .split(whereSeparator: \.isNewline).map(String.init)
    }
    request.patterns = try patternFiles()
    if let seedKey {
      guard let key = DigestKey(hex: try Self.text(seedKey, "--seed-key")) else {
        throw .usage("'\(seedKey)' holds no key: 32 hexadecimal digits are expected")
      }
      request.key = key
    }
    request.wantsTimings = timings
    applyTestHooks(&request)
    return request
  }

  /// Hooks that only tests set: the unit size, a leaf that ends its worker, the workers' program.
  private func applyTestHooks(_ request: inout ScanRequest) {
    if let size = OwnProcess.environment("BREACHSCOPE_TEST_UNIT_SIZE").flatMap({ Int($0) }),
      size > 0
    {
      request.unitSize = size
    }
    request.trapAt = OwnProcess.environment("BREACHSCOPE_TEST_TRAP_AT")
    if let program = OwnProcess.environment("BREACHSCOPE_TEST_PROGRAM") {
      request.program = program
    }
  }

  private func pathBytes() throws(CommandError) -> [[UInt8]] {
    // In order: two names that are not UTF-8 can look alike as text.
    var raw = OwnProcess.rawArguments[...]
    var bytes = paths.map { path in
      guard let at = raw.firstIndex(where: { String(decoding: $0, as: UTF8.self) == path }) else {
        return Array(path.utf8)
      }
      defer { raw = raw[(at + 1)...] }
      return raw[at]
    }
    if let filesFrom {
      let list = try Self.file(filesFrom, "--files-from")
      bytes.append(
        contentsOf: list.split(separator: 0x0A).map { Array($0.last == 0x0D ? $0.dropLast() : $0) }
      )
    }
    return bytes
  }

  private static func types(_ id: String) throws(CommandError) -> TypeSet {
    if id.hasSuffix(".*") {
      let matching = DataType.allCases.filter { $0.id.hasPrefix(id.dropLast()) }
      if !matching.isEmpty { return TypeSet(matching) }
    } else if let type = DataType(id: id) {
      return TypeSet(type)
    }
    throw .usage("no type is called '\(id)'; `breachscope patterns list` names them all")
  }

  /// A reason that no gap has would accept nothing, and look as if it did.
  static func checkGapReason(_ id: String, _ place: String) throws(CommandError) {
    let known = GapReason.all.map(\.rawValue)
    guard known.contains(id) else {
      throw .usage(
        "\(place): no gap has the reason '\(id)'; there are \(known.joined(separator: ", "))"
      )
    }
  }

  private static func delimiter(_ text: String) throws(CommandError) -> UInt8 {
    switch text {
    case "tab", "\\t", "\t": return 0x09
    case let one where one.utf8.count == 1: return Array(one.utf8)[0]
    default: throw .usage("--delimiter takes one character, or `tab`")
    }
  }

  /// Bytes of `512M`, `1G`, `1073741824`.
  static func size(_ text: String, _ option: String) throws(CommandError) -> Int {
    let units: [Character: Int] = ["k": 10, "m": 20, "g": 30, "t": 40]
    var digits = text.lowercased()
    if digits.hasSuffix("ib") {
      digits.removeLast(2)
    } else if digits.hasSuffix("b") {
      digits.removeLast()
    }
    var shift = 0
    if let last = digits.last, let unit = units[last] {
      shift = unit
      digits.removeLast()
    }
    guard let number = Int(digits), number > 0, number < (1 << 42) >> shift else {
      throw .usage("\(option) takes a size such as 512M or 2G")
    }
    return number << shift
  }

  private static func file(_ path: String, _ option: String) throws(CommandError) -> [UInt8] {
    let bytes: [UInt8]?
    do throws(SystemError) { bytes = try readSmallFile(Array(path.utf8)) } catch {
      throw .usage("\(option): '\(path)' cannot be read: \(error)")
    }
    guard let bytes else { throw .usage("\(option): '\(path)' is too large") }
    return bytes
  }

  static func text(_ path: String, _ option: String) throws(CommandError) -> String {
    String(decoding: try file(path, option), as: UTF8.self)
  }

  /// The patterns in force: the program's own and those of `--patterns`.
  func patternLibrary() throws(CommandError) -> PatternLibrary {
    let files = try patternFiles()
    do throws(PatternError) { return try PatternLibrary(adding: files) } catch {
      throw .usage("\(error)")
    }
  }

  /// The YAML files under `--patterns`.
  func patternFiles() throws(CommandError) -> [(path: String, text: String)] {
    guard let patterns else { return [] }
    var walker = Walker(include: ["*.yaml", "*.yml"], exclude: [], own: [])
    guard walker.add(Array(patterns.utf8)) else {
      throw .usage("--patterns: there is no folder '\(patterns)'")
    }
    walker.sort()
    var files: [(path: String, text: String)] = []
    let prefix = patterns.hasSuffix("/") ? patterns : patterns + "/"
    for file in walker.files {
      let path = file.text.hasPrefix(prefix) ? String(file.text.dropFirst(prefix.count)) : file.text
      files.append((path, try Self.text(file.text, "--patterns")))
    }
    return files
  }
}

extension DigestKey {
  /// Nil unless 32 hexadecimal digits are given; blanks around them do not matter.
  init?(hex: String) {
    let digits = hex.unicodeScalars.filter { !$0.properties.isWhitespace }.map {
      Character($0).hexDigitValue
    }
    guard digits.count == 32 else { return nil }
    var bytes: [UInt8] = []
    for index in 0..<16 {
      guard let high = digits[2 * index], let low = digits[2 * index + 1] else { return nil }
      bytes.append(UInt8(high << 4 | low))
    }
    self.init(bytes)
  }
}
