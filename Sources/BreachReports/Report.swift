/// Where a report goes, piece by piece; the caller notices a full disk by its own error.
package protocol ByteSink {
  /// What can go wrong; `Never` in memory.
  associatedtype Failure: Error

  /// Takes the next bytes; after an error nothing more is written.
  mutating func append(_ bytes: [UInt8]) throws(Failure)

  /// Ends a report that there is not memory enough to make; never returns where nothing can be thrown.
  mutating func giveUp() throws(Failure)
}

/// A report in memory.
package struct MemorySink: ByteSink {
  /// Everything that was written.
  package private(set) var bytes: [UInt8] = []

  /// An empty sink.
  package init() {}

  package mutating func append(_ bytes: [UInt8]) { self.bytes.append(contentsOf: bytes) }

  package mutating func giveUp() { fatalError("no memory for a report") }

  /// The report as text.
  package var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// The two languages that reports for people come in.
package enum ReportLanguage: String, Sendable, CaseIterable {
  case ja, en
}

/// A charset that tables can be written in instead of UTF-8.
package struct ReportCharset: Sendable {
  /// As the user says it.
  package var name: String
  /// The bytes of a character; nil when the charset does not have it.
  package var encode: @Sendable (Unicode.Scalar) -> [UInt8]?

  /// A charset by its name and table.
  package init(name: String, encode: @escaping @Sendable (Unicode.Scalar) -> [UInt8]?) {
    self.name = name
    self.encode = encode
  }
}

/// How a report for people looks; machine formats never change with it.
package struct ReportOptions: Sendable {
  /// Of headings and sentences; names in the data stay as they are.
  package var language: ReportLanguage
  /// Terminal colours; only where the output is a terminal or the user asked.
  package var colour: Bool
  /// Columns of the terminal; a full-width character takes two.
  package var width: Int
  /// One line.
  package var quiet: Bool
  /// Of tables; nil means UTF-8 with a byte order mark.
  package var tableCharset: ReportCharset?

  /// English, without colour, 80 columns, in full, unless said otherwise.
  package init(
    language: ReportLanguage = .en,
    colour: Bool = false,
    width: Int = 80,
    quiet: Bool = false
  ) {
    self.language = language
    self.colour = colour
    self.width = width
    self.quiet = quiet
  }
}

/// One way to write a result; a new one is a file under `Formats` and a line in `ReportFormat`.
package protocol Report {
  /// Endings of file names that this report may have, without the dot; the first is the usual one.
  static var fileExtensions: [String] { get }

  /// True when the words of the report are in the language of the reader.
  static var isSpoken: Bool { get }

  /// True when the report lists places, which come from the rows of a scan.
  static var showsPlaces: Bool { get }

  /// True when findings are written while the scan runs, before there is a result.
  static var streams: Bool { get }

  /// Writes the whole report, the same bytes for the same content and options.
  static func render<Sink: ByteSink>(
    _ content: ReportContent,
    options: ReportOptions,
    into sink: inout Sink
  ) throws(Sink.Failure)
}

extension Report {
  package static var isSpoken: Bool { false }

  package static var showsPlaces: Bool { false }

  package static var streams: Bool { false }
}

/// The list of report formats, by their names on the command line.
package enum ReportFormat: String, Sendable, CaseIterable {
  case text, json, ndjson
  case markdown = "md"
  case html, xlsx, csv, sarif, junit, github, gitlab, filing

  /// Who writes the format.
  private var report: any Report.Type {
    switch self {
    case .text: TextReport.self
    case .json: JSONReport.self
    case .ndjson: NDJSONReport.self
    case .markdown: MarkdownReport.self
    case .html: HTMLReport.self
    case .xlsx: XLSXReport.self
    case .csv: CSVReport.self
    case .sarif: SARIFReport.self
    case .junit: JUnitReport.self
    case .github: GitHubReport.self
    case .gitlab: GitLabReport.self
    case .filing: FilingReport.self
    }
  }

  /// The name on the command line.
  package var id: String { rawValue }

  /// Endings of file names that this format may have, without the dot; the first is the usual one.
  package var fileExtensions: [String] { report.fileExtensions }

  /// True when the words of the report are in the language of the reader.
  package var isSpoken: Bool { report.isSpoken }

  /// True when the format lists places, which come from the rows of a scan.
  package var showsPlaces: Bool { report.showsPlaces }

  /// True when findings are written while the scan runs, before there is a result.
  package var streams: Bool { report.streams }

  /// The format for a file by its name, the longest ending first.
  ///
  /// `asked` is taken when the file may have its ending; nil when no format has the ending.
  package init?(fileName: String, asked: ReportFormat? = nil) {
    let name = fileName.lowercased()
    func length(_ format: ReportFormat) -> Int {
      format.fileExtensions.filter { name.hasSuffix("." + $0) }.map(\.utf8.count).max() ?? 0
    }
    let longest = Self.allCases.map(length).max() ?? 0
    guard longest > 0 else { return nil }
    if let asked, length(asked) > 0 {
      self = asked
    } else if let format = Self.allCases.first(where: { length($0) == longest }) {
      self = format
    } else {
      return nil
    }
  }

  /// Writes a report in this format.
  package func render<Sink: ByteSink>(
    _ content: ReportContent,
    options: ReportOptions,
    into sink: inout Sink
  ) throws(Sink.Failure) {
    try report.render(content, options: options, into: &sink)
  }
}
