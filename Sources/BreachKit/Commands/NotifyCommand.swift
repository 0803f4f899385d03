internal import BreachBytes
internal import BreachDetectors
internal import BreachModel
internal import BreachPatterns
internal import BreachReports

/// What `notify` is asked for beside the data.
public struct NotifyArguments: Sendable {
  /// Which persons are listed.
  public enum Only: String, Sendable, CaseIterable {
    case reachable, unreachable
  }

  /// The store that the persons are counted in.
  public var store: String
  /// The list: `.xlsx` or `.csv`.
  public var output: String
  /// Nil for all.
  public var only: Only?

  /// All persons of a store.
  public init(store: String, output: String) {
    self.store = store
    self.output = output
  }
}

/// `breachscope notify`: whom to tell, by what, and who cannot be told.
///
/// The store has digests only. The data is read once more with its key; the values whose digests are
/// those of a person's records are the person's.
public enum NotifyCommand {
  /// Runs the command; returns the exit code.
  public static func run(_ asked: NotifyArguments, _ arguments: ScanArguments) -> Int32 {
    Console.run(arguments) { (console) throws(CommandError) in
      try list(asked, arguments, console)
    }
  }

  private static func list(
    _ asked: NotifyArguments,
    _ arguments: ScanArguments,
    _ console: Console
  ) throws(CommandError) -> Int32 {
    let charset = try Outputs.charset(arguments.csvEncoding)
    let isTable = asked.output.lowercased().hasSuffix(".csv")
    guard isTable || asked.output.lowercased().hasSuffix(".xlsx") else {
      throw .usage("--output names a .xlsx or .csv file, not '\(asked.output)'")
    }
    let store = try StoreReader(asked.store)
    var request = try self.request(asked, arguments, store)
    try Outputs.checkFolder(asked.output)
    let file = try Outputs.open(asked.output)
    guard file.isNew, let identity = file.identity else {
      throw .usage("'\(asked.output)' is no file; the list holds values in clear and has to be one")
    }
    request.ownFiles += [(identity.device, identity.inode)]
    console.say(
      ja: "注意: 氏名と連絡先を伏せずに書き出します。ファイルの扱いに注意してください。",
      en: "warning: the list holds names and contacts in clear; guard the file"
    )
    let contacts = try StoreContacts(store)
    let values = PlainValueBox(contacts.persons.lazy.flatMap(\.values).map(\.digest))
    let output = try ScanCommand.perform(request, arguments, console) { findings in
      for finding in findings { values.values.take(finding) }
    }
    if let signal = output.stoppedBy {
      console.fail("stopped; no list was written")
      return 128 + signal
    }
    let maker = NotificationMaker(contacts, values.values)
    var summary = maker.summary
    (summary.changed, summary.missing) = contacts.compared(with: output.leaves)
    let list = NotificationList(console.language)
    do throws(SystemError) {
      var sink = FileSink(file: file)
      func forEach(_ body: (NotifiedPerson) throws(SystemError) -> Void) throws(SystemError) {
        for number in contacts.persons.indices {
          let person = maker.person(number)
          if let only = asked.only, (person.reach == .none) != (only == .unreachable) { continue }
          try body(person)
        }
      }
      if isTable {
        summary = try list.csv(summary, charset: charset, into: &sink, forEach)
      } else {
        try list.workbook(summary, into: &sink, forEach)
      }
      try file.finish()
    } catch {
      throw CommandError(ExitCode.notWritten, "'\(asked.output)' cannot be written: \(error)")
    }
    Program.print(summary.text(console.reportOptions))
    let isWhole = summary.changed.isEmpty && summary.missing.isEmpty && summary.lost == 0
    if !isWhole {
      console.say(
        ja: "注意: 調査後にデータが変わったか、一部がありません。元のデータで作り直してください。",
        en: "note: the data is not what was scanned; make the list again from what was"
      )
    }
    let code = ScanCommand.exitCode(output, accepted: [])
    return code == ExitCode.done && !isWhole ? ExitCode.incomplete : code
  }

  /// The data is read as the scan did, with the key and the patterns of the store.
  private static func request(
    _ asked: NotifyArguments,
    _ arguments: ScanArguments,
    _ store: StoreReader
  ) throws(CommandError) -> ScanRequest {
    let key = try store.key(arguments.seedKey)
    guard !arguments.paths.isEmpty else {
      throw .usage("--data names the files and folders that were scanned")
    }
    var request = try arguments.request()
    request.key = key
    try store.requirePatterns(try arguments.patternLibrary())
    request.wantsFindings = true
    request.values = .plain
    request.wantsPersons = false
    // For the digests of files.
    request.wantsStore = true
    for path in [asked.store, arguments.seedKey ?? KeyFile.path(beside: asked.store)] {
      guard let status = try? FileStatus.of(Array(path.utf8)) else { continue }
      request.ownFiles.append((status.device, status.inode))
    }
    return request
  }
}

/// The values that a scan hands over piece by piece.
private final class PlainValueBox {
  var values: PlainValues
  init(_ wanted: some Sequence<UInt64>) { values = PlainValues(wanted) }
}

extension StoreContacts {
  /// The files of persons that have other content now, and those that are not there; what was moved is
  /// as it was.
  fileprivate func compared(with now: [Scan.Leaf]) -> (changed: [String], missing: [String]) {
    struct Content: Hashable {
      var bytes: Int
      var hashes: [UInt64?]

      init(_ leaf: Scan.Leaf) {
        bytes = leaf.entries.reduce(0) { $0 + $1.report.readBytes }
        hashes = leaf.entries.map(\.report.contentHash)
      }
    }
    let contents = Set(now.map(Content.init))
    let paths = Set(now.map(\.path))
    var (changed, missing): ([String], [String]) = ([], [])
    let wanted = Set(persons.flatMap { $0.files.map(\.leaf) })
    for number in wanted.sorted() where !contents.contains(Content(leaves[number])) {
      let leaf = leaves[number]
      if paths.contains(leaf.path) { changed.append(leaf.path) } else { missing.append(leaf.path) }
    }
    return (changed, missing)
  }
}
