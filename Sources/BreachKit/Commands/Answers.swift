internal import BreachBytes
internal import BreachModel
internal import BreachReports

/// Where the answer of a command goes that has formats of its own: standard output or files.
struct Answers {
  /// Nil when only files are wanted.
  private var standard: ReportFormat?
  private var files: [(path: String, format: ReportFormat, file: OutputFile)] = []
  /// Of CSV.
  private let charset: ReportCharset?

  /// Opens the files at once, so that a folder that cannot be written is noticed before the work.
  init(
    format: String?,
    paths: [String],
    allowed: [ReportFormat],
    csvEncoding: String? = nil
  ) throws(CommandError) {
    let names = allowed.map(\.id).joined(separator: ", ")
    charset = try Outputs.charset(csvEncoding)
    var named: ReportFormat?
    if let format {
      named = allowed.first { $0.id == format }
      if named == nil { throw .usage("no such format '\(format)'; there are \(names)") }
    }
    for path in paths {
      guard let format = ReportFormat(fileName: path, asked: named) ?? named,
        allowed.contains(format)
      else {
        throw .usage("'\(path)': the name tells no format of this command; there are \(names)")
      }
      files.append((path, format, try Outputs.open(path)))
    }
    // As `scan` has it: a format that a file has already is meant for the file.
    let isForFile = files.contains { $0.format == named }
    standard = isForFile ? nil : named ?? .text
  }

  /// Writes the answer in each format; the first failure ends the command with code 4.
  func write(_ console: Console, _ render: (ReportFormat, ReportOptions) -> [UInt8])
    throws(CommandError)
  {
    var options = console.reportOptions
    options.tableCharset = charset
    do throws(SystemError) {
      if let standard { try writeAll(render(standard, options), to: 1) }
    } catch {
      // Whoever read the answer has read enough.
      if error == .brokenPipe { throw CommandError(ExitCode.notWritten, "") }
      throw CommandError(ExitCode.notWritten, "the answer cannot be written: \(error)")
    }
    options.colour = false
    options.width = 100
    for (path, format, file) in files {
      do throws(SystemError) {
        try file.write(render(format, options))
        try file.finish()
      } catch {
        throw CommandError(ExitCode.notWritten, "'\(path)' cannot be written: \(error)")
      }
    }
  }
}
