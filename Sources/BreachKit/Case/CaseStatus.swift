internal import BreachBytes
internal import BreachModel
internal import BreachReports

/// How a case stands: what was done, what was found, what is due, what is open.
struct CaseStatus {
  /// A duty and whether its day has passed.
  struct Due {
    var duty: Duty
    var isOverdue: Bool
  }

  /// A report that is there, and whether it was made before the result or the facts that are there now.
  struct Report {
    var path: String
    var isOlder: Bool
  }

  let folder: CaseFolder
  private(set) var title = ""
  private(set) var created = ""
  private(set) var closed: String?
  private(set) var steps: [CaseLog.Entry] = []
  /// The first line of the log that does not follow from the one before, from 1.
  private(set) var brokenLine: Int?
  private(set) var lastDigest = ""
  /// The store or result that is told of; nil before there is one.
  private(set) var resultPath: String?
  private(set) var result: ScanResult?
  private(set) var duties: [Due] = []
  private(set) var questions: [Decision] = []
  private(set) var reports: [Report] = []

  init(_ folder: CaseFolder, asOf: String?, patterns: String?) throws(CommandError) {
    self.folder = folder
    readMarker()
    closed = folder.closed
    steps = folder.log.entries().filter { !$0.command.starts(with: ["case", "status"]) }
    brokenLine = folder.log.broken()
    lastDigest = folder.log.last
    let files = Self.files(in: folder)
    resultPath = Self.result(among: files, folder, steps)
    var arguments = ScanArguments()
    arguments.patterns = patterns
    let facts = folder.file("incident.yaml")
    if (try? FileStatus.of(Array(facts.utf8))) != nil { arguments.incident = facts }
    arguments.asOf = asOf
    let judge = try Judge(arguments)
    if let resultPath {
      var result = try StoredResult.read(folder.file(resultPath))
      result.assessment = try judge.assess(result)
      take(result, asOf.flatMap { CivilDate($0) })
    }
    reports = reports(among: files)
  }

  private mutating func readMarker() {
    let bytes = (try? readSmallFile(Array(folder.file(CaseFolder.marker).utf8))) ?? nil
    for line in String(decoding: bytes ?? [], as: UTF8.self).split(separator: "\n") {
      if line.hasPrefix("created: ") { created = String(line.dropFirst(9)) }
      guard line.hasPrefix("title: ") else { continue }
      let text = line.dropFirst(7)
      if case .string(let title)? = try? JSONParser.parse(Array(text.utf8)) {
        self.title = title
      } else {
        title = String(text)
      }
    }
  }

  private mutating func take(_ result: ScanResult, _ day: CivilDate?) {
    self.result = result
    guard let assessment = result.assessment else { return }
    // As of a day: when it begins, so that what is due on it is not overdue.
    let passed = Set(
      assessment.passed(at: day.map { $0.dayNumber * 86_400 } ?? OwnProcess.wallSeconds)
    )
    let all = assessment.packs.flatMap(\.duties).map {
      Due(duty: $0, isOverdue: passed.contains($0))
    }
    // What has no day comes last.
    duties = all.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      if a.isOverdue != b.isOverdue { return a.isOverdue }
      let (first, second) = (a.duty.due ?? "~", b.duty.due ?? "~")
      return first == second ? left.offset < right.offset : first < second
    }.map(\.element)
    var seen: Set<String> = []
    questions = assessment.packs.flatMap(\.decisions).filter { seen.insert($0.id).inserted }
  }

  // MARK: files

  /// Names in the folder and in `reports/`, with when they were last written.
  private static func files(in folder: CaseFolder) -> [(name: String, modified: Int64)] {
    var files: [(name: String, modified: Int64)] = []
    for inner in ["", "reports/"] {
      let path = Array((folder.path + "/" + inner).utf8)
      guard let open = try? File.open(path, following: true), let entries = try? open.entries()
      else { continue }
      for entry in entries where entry.kind != .directory {
        let name = inner + String(decoding: entry.name, as: UTF8.self)
        let status = try? FileStatus.of(Array(folder.file(name).utf8))
        files.append((name, status?.modified ?? 0))
      }
    }
    return files
  }

  /// The store that was written last, else the result.
  private static func result(
    among files: [(name: String, modified: Int64)],
    _ folder: CaseFolder,
    _ steps: [CaseLog.Entry]
  ) -> String? {
    for ending in [".breach", ".json"] {
      let last = files.filter { $0.name.hasSuffix(ending) }.filter { file in
        ending == ".breach" || isResult(folder.file(file.name))
      }.max { ($0.modified, $0.name) < ($1.modified, $1.name) }
      if let last { return last.name }
    }
    return nil
  }

  private static func isResult(_ path: String) -> Bool {
    guard let file = try? File.open(Array(path.utf8), following: true) else { return false }
    var head: [UInt8] = []
    _ = try? file.read(into: &head, at: 0, upTo: 256)
    return String(decoding: head, as: UTF8.self).contains("\"breachscope.result/")
  }

  private static let own: Set<String> = [
    CaseFolder.marker, "incident.yaml", "decisions.yaml", "log.ndjson",
  ]

  private func reports(among files: [(name: String, modified: Int64)]) -> [Report] {
    let bases = files.filter { $0.name == resultPath || $0.name == "incident.yaml" }
    let newest = bases.map(\.modified).max() ?? 0
    return files.filter { file in
      !Self.own.contains(file.name) && file.name != resultPath && !file.name.hasSuffix(".key")
        && !file.name.hasSuffix(".breach")
    }.map { file in
      // A report of the same run as the store is as new as it, though written a moment before.
      Report(path: file.name, isOlder: file.modified < newest && !isOfTheSameRun(file.name))
    }
  }

  private func isOfTheSameRun(_ name: String) -> Bool {
    guard let resultPath, let step = steps.last(where: { wrote($0, name) }) else { return false }
    let facts = try? FileStatus.of(Array(folder.file("incident.yaml").utf8))
    let own = try? FileStatus.of(Array(folder.file(name).utf8))
    return wrote(step, resultPath) && facts?.modified ?? 0 <= own?.modified ?? 0
      && steps.last { wrote($0, resultPath) }?.time == step.time
  }

  private func wrote(_ step: CaseLog.Entry, _ name: String) -> Bool {
    step.outputs.contains { $0.path == name || $0.path.hasSuffix("/" + name) }
  }

  // MARK: what it says

  var exitCode: Int32 {
    let isWhole = result.map { $0.run.complete && $0.coverage.gaps.isEmpty } ?? true
    return isWhole && brokenLine == nil ? ExitCode.done : ExitCode.incomplete
  }

  var json: String {
    let persons = result?.persons?.count
    let value = JSONValue.object([
      ("schema", .string("breachscope.case_status/1")),
      ("title", .string(title)), ("created", .string(created)),
      ("closed", .string(orNull: closed)),
      (
        "log",
        .object([
          ("intact", .bool(brokenLine == nil)),
          ("broken_line", brokenLine.map { .integer($0) } ?? .null),
          ("last_sha256", .string(lastDigest)),
          (
            "steps",
            .array(
              steps.map {
                .object([
                  ("time", .string($0.time)), ("command", .strings($0.command)),
                  ("exit", .integer($0.exit)),
                ])
              }
            )
          ),
        ])
      ),
      ("result", .string(orNull: resultPath)),
      (
        "persons",
        persons.map {
          .object([
            ("low", .integer($0.low)), ("likely", .integer($0.likely)), ("high", .integer($0.high)),
          ])
        } ?? .null
      ),
      (
        "duties",
        .array(
          duties.map {
            .object([
              ("id", .string($0.duty.id)), ("due", .string(orNull: $0.duty.due)),
              ("overdue", .bool($0.isOverdue)),
            ])
          }
        )
      ),
      ("questions", .strings(questions.map(\.id))),
      (
        "gaps",
        .array(
          (result?.coverage.gaps ?? []).map {
            .object([
              ("path", .string($0.path)), ("reason", .string($0.reason.rawValue)),
              ("bytes", $0.bytes.map { .integer($0) } ?? .null),
            ])
          }
        )
      ),
      (
        "reports",
        .array(
          reports.map { .object([("path", .string($0.path)), ("outdated", .bool($0.isOlder))]) }
        )
      ),
    ])
    return String(decoding: JSONWriter.bytes(value, style: .pretty), as: UTF8.self)
  }
}
