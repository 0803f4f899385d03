internal import BreachBytes
internal import BreachModel
internal import BreachReports

/// Where words and reports go: results to standard output or files, everything else to standard
/// error.
struct Console {
  var language: ReportLanguage
  var isQuiet: Bool
  var colour: Bool

  /// A console in `language` as the user said it; nil: by BREACHSCOPE_LANG, then by the locale.
  init(language: String?, isQuiet: Bool, colour: Bool?) {
    self.language = Self.language(language)
    self.isQuiet = isQuiet
    if let colour {
      self.colour = colour
    } else if OwnProcess.environment("NO_COLOR").map({ !$0.isEmpty }) ?? false {
      self.colour = false
    } else if OwnProcess.environment("CLICOLOR_FORCE").map({ !["", "0"].contains($0) }) ?? false {
      self.colour = true
    } else {
      self.colour =
        OwnProcess.isTerminal(1) && OwnProcess.environment("TERM") != "dumb"
    }
  }

  private static func language(_ asked: String?) -> ReportLanguage {
    let names = ["BREACHSCOPE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
    let text =
      asked ?? names.lazy.compactMap { OwnProcess.environment($0) }.first { !$0.isEmpty } ?? "en"
    return text.hasPrefix("ja") ? .ja : .en
  }

  /// Does a command's work and gives its exit code; what ends it early is told.
  static func run(
    language: String?,
    isQuiet: Bool = false,
    colour: Bool? = false,
    _ work: (Console) throws(CommandError) -> Int32
  ) -> Int32 {
    let console = Console(language: language, isQuiet: isQuiet, colour: colour)
    do throws(CommandError) { return try work(console) } catch {
      console.fail(error.message)
      return error.code
    }
  }

  /// The same, as the options say that every command has which reads data or stores.
  static func run(
    _ arguments: ScanArguments,
    _ work: (Console) throws(CommandError) -> Int32
  ) -> Int32 {
    run(
      language: arguments.language,
      isQuiet: arguments.quiet,
      colour: arguments.colour,
      work
    )
  }

  /// One line on standard error; control characters are shown, never sent.
  func say(_ text: String) {
    try? writeAll(Array((displaySafe(text) + "\n").utf8), to: 2)
  }

  func say(ja: String, en: String) { say(language == .ja ? ja : en) }

  /// An error that ends the command.
  func fail(_ text: String) { if !text.isEmpty { say("breachscope: \(text)") } }

  var reportOptions: ReportOptions {
    ReportOptions(
      language: language,
      colour: colour,
      width: OwnProcess.terminalWidth(1) ?? 100,
      quiet: isQuiet
    )
  }

  /// Redraws one line of progress, once a scan has taken a second; for terminals only.
  func show(_ progress: ScanProgress) {
    if let linked = progress.linked {
      let percent = Int(linked * 100)
      let text =
        language == .ja ? "本人ごとにまとめています: \(percent) %" : "linking records to persons: \(percent) %"
      try? writeAll(Array("\r\(text)\u{1B}[K".utf8), to: 2)
      return
    }
    guard progress.seconds >= 1 else { return }
    let line = ProgressLine(
      bytes: progress.bytes,
      totalBytes: progress.totalBytes,
      persons: progress.persons,
      seconds: progress.seconds
    )
    let width = (OwnProcess.terminalWidth(2) ?? 80) - 1
    try? writeAll(Array("\r\(line.text(language, width: width))\u{1B}[K".utf8), to: 2)
  }

  static func clearProgress() { try? writeAll(Array("\r\u{1B}[K".utf8), to: 2) }
}

/// A descriptor as the end of a report.
struct DescriptorSink: ByteSink {
  let descriptor: Int32

  mutating func append(_ bytes: [UInt8]) throws(SystemError) {
    try writeAll(bytes, to: descriptor)
  }

  mutating func giveUp() throws(SystemError) { throw .noMemory }
}

/// A file as the end of a report; it appears when it is finished.
struct FileSink: ByteSink {
  let file: OutputFile

  mutating func append(_ bytes: [UInt8]) throws(SystemError) { try file.write(bytes) }

  mutating func giveUp() throws(SystemError) { throw .noMemory }
}
