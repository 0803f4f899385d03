internal import BreachBytes
internal import BreachCriteria
internal import BreachModel
internal import BreachPatterns
internal import BreachReports

/// The reports a command is to write, and the writing.
struct Outputs {
  /// Format of standard output; nil when only files are wanted.
  var standard: ReportFormat?
  private var files: [(path: String, format: ReportFormat, file: OutputFile)] = []
  /// What tables are written in; nil for UTF-8.
  private var charset: ReportCharset?
  /// A result store, and what it must not be mistaken for.
  private var store: (path: String, file: OutputFile)?
  /// Folders for drafts, in the order asked.
  private var folders: [OutputFolder] = []
  private var drafts = DraftLibrary()
  private var damage: DamageModel?
  /// The duties' days, beside the reports.
  private var calendar: (path: String, file: OutputFile)?

  /// Opens the files at once, so that a folder that cannot be written is noticed before the work.
  init(
    format: String?,
    paths: [String],
    calendar: String? = nil,
    csvEncoding: String? = nil,
    keeps: Bool = false
  ) throws(CommandError) {
    charset = try Self.charset(csvEncoding)
    var named: ReportFormat?
    if let format {
      named = ReportFormat(rawValue: format)
      if named == nil { throw CommandError.usage(Self.unknown(format)) }
    }
    for path in paths {
      if path.hasSuffix(".breach") {
        guard keeps, store == nil else {
          throw CommandError.usage(
            keeps
              ? "one result store is enough: '\(path)'"
              : "'\(path)': a result store comes from `scan` or `merge`"
          )
        }
        store = (path, try Self.open(path))
        guard store?.file.isNew == true else {
          throw CommandError.usage("'\(path)' is no file; a result store has to be one")
        }
        continue
      }
      guard let format = ReportFormat(fileName: path, asked: named) ?? named else {
        throw CommandError.usage("'\(path)': \(Self.unknown(path))")
      }
      if format == .filing, ReportFormat(fileName: path) != .filing {
        folders.append(try OutputFolder(path))
        continue
      }
      files.append((path, format, try Self.open(path)))
    }
    if let calendar { self.calendar = (calendar, try Self.open(calendar)) }
    // A format that a file has already is meant for the file.
    let isForFile = files.contains { $0.format == named } || (named == .filing && !folders.isEmpty)
    standard = isForFile ? nil : named ?? .text
  }

  /// What tables are written in, as the user said it; nil for UTF-8.
  static func charset(_ name: String?) throws(CommandError) -> ReportCharset? {
    switch name {
    case nil, "utf-8": nil
    case "cp932": CP932Encoder.charset
    case let name?: throw .usage("--csv-encoding is utf-8 or cp932, not '\(name)'")
    }
  }

  static func open(_ path: String) throws(CommandError) -> OutputFile {
    do throws(SystemError) { return try OutputFile(path: Array(path.utf8)) } catch {
      throw CommandError(ExitCode.notWritten, "'\(path)' cannot be written: \(error)")
    }
  }

  /// What holds values in clear goes to a folder that nobody else can write in.
  static func checkFolder(_ path: String) throws(CommandError) {
    guard OutputFile.isShared(folderOf: Array(path.utf8)) else { return }
    throw .usage(
      "'\(path)' would hold values in clear, and others may write in its folder; choose one of your own"
    )
  }

  private static func unknown(_ name: String) -> String {
    "no such report format '\(name)' in this version; there are \(ReportCommand.formats)"
  }

  /// Every format that is wanted.
  private var formats: [ReportFormat] {
    files.map(\.format) + folders.map { _ in .filing } + [standard].compactMap(\.self)
  }

  /// Drafts are to be written, which takes their templates.
  private var wantsDrafts: Bool { formats.contains(.filing) }

  /// Reads what reports take from pattern files: the templates of drafts, where there are to be any, and the model
  /// of damages, where it is asked for.
  mutating func read(
    damage wantsDamage: Bool,
    _ patterns: () throws(CommandError) -> PatternLibrary
  ) throws(CommandError) {
    guard wantsDrafts || wantsDamage else { return }
    let library = try patterns()
    do throws(PatternError) {
      if wantsDrafts {
        drafts = try DraftLibrary(library.files(under: "drafts/", examples: false))
      }
      if wantsDamage { damage = try library.file(at: DamageModel.path).map(DamageModel.init) }
    } catch {
      throw .usage("\(error)")
    }
  }

  /// The formats that a command cannot write end it.
  func allow(where isAllowed: (ReportFormat) -> Bool, _ message: String) throws(CommandError) {
    if !formats.allSatisfy(isAllowed) { throw .usage(message) }
  }

  var wantsFindings: Bool { formats.contains { $0.streams || $0.showsPlaces } }

  /// Identities of the open output files, so that a scan leaves them alone.
  var identities: [(device: UInt64, inode: UInt64)] {
    let open = files.map(\.file) + [calendar?.file, store?.file].compactMap(\.self)
    // The store that is replaced, and its key, are none of the evidence.
    let former = store.map { [$0.path, KeyFile.path(beside: $0.path)] } ?? []
    return open.compactMap(\.identity)
      + former.compactMap { try? FileStatus.of(Array($0.utf8)) }.map { ($0.device, $0.inode) }
  }

  /// A result store is to be written.
  var wantsStore: Bool { store != nil }

  /// The key that lies beside the store already, which must be the one that was asked for; nil when
  /// there is none.
  func key(asked: DigestKey?) throws(CommandError) -> DigestKey? {
    guard let store else { return nil }
    try CaseFolder.refuseClosed(store.path)
    let path = KeyFile.path(beside: store.path)
    guard let key = try KeyFile.read(path) else { return nil }
    if let asked, asked != key {
      throw .usage("'\(path)' holds another key; move it away, or name another store")
    }
    return key
  }

  /// The folder of the first file, where overflow of memory goes; nil without one.
  var directory: [UInt8]? {
    let first = store?.path ?? files.first { $0.file.isNew }?.path
    guard let path = first else { return nil }
    guard let slash = path.utf8.lastIndex(of: 0x2F) else { return [0x2E] }
    return slash == path.startIndex ? [0x2F] : Array(path.utf8[..<slash])
  }

  /// What the reports of a scan are made of; values are kept only as they were masked.
  func content(_ output: Scan.Output, keepsValues: Bool, accepted: [String]) -> ReportContent {
    var content = ReportContent(output.result)
    content.accepted = Set(accepted)
    content.isRevealed = !keepsValues
    if formats.contains(where: \.showsPlaces) {
      var found = IssueList()
      output.forEachFinding(places: true) { found.add($0, keepsValue: keepsValues) }
      content.found = found
    }
    return content
  }

  /// Writes every report; the first failure ends the command with code 4.
  ///
  /// `verdict` stands for the text report where a command has words of its own.
  func write(
    _ output: Scan.Output,
    _ content: ReportContent,
    verdict: String? = nil,
    _ console: Console
  ) throws(CommandError) {
    var content = content
    content.drafts = drafts
    content.damage = damage?.estimate(output.result)
    let report = Rendering(output: output, content: content, verdict: verdict)
    do throws(SystemError) {
      if let standard {
        var sink = DescriptorSink(descriptor: 1)
        var options = console.reportOptions
        options.tableCharset = charset
        try report.write(standard, options, into: &sink)
      }
    } catch {
      // Whoever read our report has read enough: nothing to tell anybody.
      if error == .brokenPipe { throw CommandError(ExitCode.notWritten, "") }
      throw CommandError(ExitCode.notWritten, "the report cannot be written: \(error)")
    }
    if let loss = output.loss { throw CommandError(ExitCode.notWritten, Self.incomplete(loss)) }
    for (path, format, file) in files {
      do throws(SystemError) {
        var sink = FileSink(file: file)
        var options = console.reportOptions
        options.colour = false
        options.width = 100
        options.tableCharset = charset
        try report.write(format, options, into: &sink)
        if let loss = output.loss { throw loss }
        try file.finish()
      } catch {
        throw CommandError(ExitCode.notWritten, "'\(path)' cannot be written: \(error)")
      }
    }
    for folder in folders {
      try folder.write(FilingReport.files(content, options: console.reportOptions))
    }
    try writeStore(output)
    try writeCalendar(output, console)
  }

  /// The key first: a store without its key is of no use.
  func writeStore(_ output: Scan.Output) throws(CommandError) {
    guard let store, let kept = output.kept else { return }
    do {
      try StoreWriter.write(kept, output.result, to: store.file.unfinishedPath, output.room)
      let path = KeyFile.path(beside: store.path)
      if try KeyFile.read(path) != kept.key { try KeyFile.write(kept.key, to: path) }
      try store.file.finish()
    } catch let error as CommandError {
      throw error
    } catch {
      throw CommandError(ExitCode.notWritten, "'\(store.path)' cannot be written: \(error)")
    }
  }

  /// The calendar last: nobody should find dates whose report could not be written.
  private func writeCalendar(_ output: Scan.Output, _ console: Console) throws(CommandError) {
    guard let calendar else { return }
    do throws(SystemError) {
      var sink = FileSink(file: calendar.file)
      try CalendarReport.render(
        ReportContent(output.result),
        options: console.reportOptions,
        into: &sink
      )
      try calendar.file.finish()
    } catch {
      throw CommandError(ExitCode.notWritten, "'\(calendar.path)' cannot be written: \(error)")
    }
  }

  private static func incomplete(_ loss: SystemError) -> String {
    "findings were lost on the way to the report: \(loss); free some disk space and scan again"
  }
}

/// One command's reports, whatever their format.
private struct Rendering {
  var output: Scan.Output
  var content: ReportContent
  var verdict: String?

  func write<Sink: ByteSink>(
    _ format: ReportFormat,
    _ options: ReportOptions,
    into sink: inout Sink
  ) throws(Sink.Failure) {
    if format == .text, let verdict {
      try sink.append(Array(verdict.utf8))
      return
    }
    guard format == .ndjson else {
      try format.render(content, options: options, into: &sink)
      return
    }
    var bytes: [UInt8] = []
    try output.forEachFinding { (row) throws(Sink.Failure) in
      NDJSONReport.append(row, revealed: content.isRevealed, to: &bytes)
      if bytes.count > 64 << 10 {
        try sink.append(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    for gap in output.result.coverage.gaps { NDJSONReport.append(gap, to: &bytes) }
    NDJSONReport.appendSummary(of: output.result, to: &bytes)
    try sink.append(bytes)
  }
}

/// Why a command ends early, with its exit code.
struct CommandError: Error {
  var code: Int32
  var message: String

  init(_ code: Int32, _ message: String) {
    self.code = code
    self.message = message
  }

  static func usage(_ message: String) -> CommandError { CommandError(ExitCode.usage, message) }
}
