internal import BreachBytes
internal import BreachCriteria
internal import BreachModel
internal import BreachReports

/// `breachscope case new|status|close`: one folder for one incident.
public enum CaseCommand {
  /// Makes a case; returns the exit code.
  public static func create(_ path: String, title: String?, language: String?) -> Int32 {
    perform(language) { (console) throws(CommandError) in
      var folder = path
      while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
      let bytes = Array(folder.utf8)
      if (try? FileStatus.of(bytes)) != nil {
        guard let there = try? File.open(bytes, following: true),
          (try? there.entries())?.isEmpty == true
        else { throw .usage("'\(path)' is there already and not an empty folder") }
      }
      let stage = bytes + Array(".\(OwnProcess.id).tmp".utf8)
      defer { Folder.removeAll(stage) }
      do throws(SystemError) {
        try fill(stage, title ?? String(folder.split(separator: "/").last ?? "case"), console)
        try Folder.move(stage, to: bytes)
      } catch {
        throw CommandError(ExitCode.notWritten, "'\(path)' cannot be written: \(error)")
      }
      Program.print(next(folder, console.language))
      return ExitCode.done
    }
  }

  private static func fill(_ stage: [UInt8], _ title: String, _ console: Console)
    throws(SystemError)
  {
    try Folder.makeNew(stage)
    try Folder.makeNew(stage + Array("/reports".utf8))
    func write(_ name: String, _ text: String) throws(SystemError) {
      let file = try OutputFile(path: stage + Array("/\(name)".utf8))
      try file.write(Array(text.utf8))
      try file.finish()
    }
    var quoted: [UInt8] = []
    JSONWriter.append(title, to: &quoted)
    let isJapanese = console.language == .ja
    try write(
      CaseFolder.marker,
      "schema: \(CaseFolder.schema)\n"
        + "created: \(Moment.text(secondsSince1970: OwnProcess.wallSeconds))\n"
        + "title: \(String(decoding: quoted, as: UTF8.self))\n"
    )
    try write("incident.yaml", IncidentFile.template(language: isJapanese ? .ja : .en))
    try write(
      "decisions.yaml",
      isJapanese
        ? """
        # 人が決めたこと。`breachscope persons case.breach --decisions decisions.yaml` に渡します。
        # - same: [P000001, P000002]      # 同一人物
        #   reason: 本人に確認した
        # - different: [P000003, R17]     # 別人
        #   reason: 住所が違う
        decisions: []

        """
        : """
        # What people decided; given to `breachscope persons case.breach --decisions decisions.yaml`.
        # - same: [P000001, P000002]      # one person
        #   reason: asked them
        # - different: [P000003, R17]     # two persons
        #   reason: other addresses
        decisions: []

        """
    )
    try write("log.ndjson", "")
    try KeyFile.write(.random(), to: String(decoding: stage, as: UTF8.self) + "/case.key")
  }

  /// What to type next.
  private static func next(_ folder: String, _ language: ReportLanguage) -> String {
    let commands = """
        breachscope scan DATA --incident \(folder)/incident.yaml -o \(folder)/case.breach -o \(folder)/reports/report.html
        breachscope incident ask \(folder)/case.breach --incident \(folder)/incident.yaml
        breachscope report \(folder)/case.breach -o \(folder)/reports/report.xlsx
        breachscope report \(folder)/case.breach --format filing -o \(folder)/filing
        breachscope notify --data DATA --store \(folder)/case.breach -o \(folder)/notify.xlsx
        breachscope lookup \(folder)/case.breach --by email
        breachscope case status \(folder)
        breachscope case close \(folder)
      """
    return language == .ja
      ? "\(folder): 事案のフォルダーを作りました。次に（DATA は調べるデータ）:\n\(commands)"
      : "\(folder): the case is there. Next (DATA is what is to be scanned):\n\(commands)"
  }

  /// Destroys the key of a case; returns the exit code.
  public static func close(_ path: String, isConfirmed: Bool, language: String?) -> Int32 {
    perform(language) { (console) throws(CommandError) in
      let folder = try open(path)
      if let time = folder.closed { throw .usage("'\(path)' was closed on \(time.prefix(10))") }
      if !isConfirmed {
        guard OwnProcess.isTerminal(0) else {
          throw .usage("closing destroys the key for good; confirm it with --yes")
        }
        console.say(
          ja: "\(path): 鍵を破棄すると、照会・比較・統合・通知一覧はできなくなります。よろしければ yes と入力してください:",
          en: "\(path): without its key nothing can be looked up, compared, put together or "
            + "notified any more. Type yes to destroy it:"
        )
        guard readLine() == "yes" else { throw .usage("not closed") }
      }
      for name in keys(in: folder) {
        do throws(SystemError) { try Folder.destroy(Array(folder.file(name).utf8)) } catch {
          throw CommandError(
            ExitCode.notWritten,
            "'\(folder.file(name))' cannot be destroyed: \(error)"
          )
        }
      }
      Program.print(
        console.language == .ja
          ? "\(path): 鍵を上書きして消し、事案を閉じました。case status と report は引き続き使えます。\n"
            + "ほかの場所にある鍵の写しやバックアップ、記憶装置が別の場所に残した写しには及びません。それらは別に消してください。"
          : "\(path): the key was overwritten and removed; the case is closed. `case status` and `report` "
            + "still work.\nCopies and backups of the key elsewhere, and what a disk or file system keeps "
            + "of it, are not reached: destroy them yourself."
      )
      return ExitCode.done
    }
  }

  private static func keys(in folder: CaseFolder) -> [String] {
    guard let there = try? File.open(Array(folder.path.utf8), following: true),
      let entries = try? there.entries()
    else { return [] }
    return entries.map { String(decoding: $0.name, as: UTF8.self) }.filter { $0.hasSuffix(".key") }
  }

  /// Says how a case stands; returns the exit code.
  public static func status(
    _ path: String,
    asOf: String?,
    format: String?,
    patterns: String?,
    language: String?
  ) -> Int32 {
    perform(language) { (console) throws(CommandError) in
      guard ["text", "json", nil].contains(format) else {
        throw .usage("--format of `case status` is text or json")
      }
      let status = try CaseStatus(try open(path), asOf: asOf, patterns: patterns)
      Program.print(format == "json" ? status.json : status.text(console.language))
      return status.exitCode
    }
  }

  private static func open(_ path: String) throws(CommandError) -> CaseFolder {
    guard let folder = CaseFolder(path) else {
      throw .usage("'\(path)' is no case; `case new DIR` makes one")
    }
    return folder
  }

  private static func perform(
    _ language: String?,
    _ body: (Console) throws(CommandError) -> Int32
  ) -> Int32 {
    Console.run(language: language) { (console) throws(CommandError) in
      OwnProcess.ignoreWriteSignals()
      return try body(console)
    }
  }
}
