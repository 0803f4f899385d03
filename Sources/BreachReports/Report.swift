package import BreachModel

/// Where a report goes, piece by piece; the caller notices a full disk by its own error.
package protocol ByteSink {
  /// What can go wrong; `Never` in memory.
  associatedtype Failure: Error

  /// Takes the next bytes; after an error nothing more is written.
  mutating func append(_ bytes: [UInt8]) throws(Failure)
}

/// A report in memory.
package struct MemorySink: ByteSink {
  /// Everything that was written.
  package private(set) var bytes: [UInt8] = []

  /// An empty sink.
  package init() {}

  package mutating func append(_ bytes: [UInt8]) { self.bytes.append(contentsOf: bytes) }

  /// The report as text.
  package var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// The two languages that reports for people come in.
package enum ReportLanguage: String, Sendable, CaseIterable {
  case ja, en
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
  /// Writes the whole report, the same bytes for the same result and options.
  static func render<Sink: ByteSink>(
    _ result: ScanResult,
    options: ReportOptions,
    into sink: inout Sink
  ) throws(Sink.Failure)
}

/// The list of report formats, by their names on the command line.
package enum ReportFormat: String, Sendable, CaseIterable {
  case text, json, ndjson

  /// The name on the command line.
  package var id: String { rawValue }

  /// File name extensions that choose this format, without the dot; the first is the usual one.
  package var fileExtensions: [String] {
    switch self {
    case .text: ["txt"]
    case .json: ["json"]
    case .ndjson: ["ndjson", "jsonl"]
    }
  }

  /// True when findings are written while the scan runs, before there is a result.
  package var streams: Bool { self == .ndjson }

  /// The format for a file by its name; nil when no format has its extension.
  package init?(fileName: String) {
    guard let dot = fileName.lastIndex(of: "."), !fileName[dot...].contains("/") else {
      return nil
    }
    let ending = fileName[fileName.index(after: dot)...].lowercased()
    guard let format = Self.allCases.first(where: { $0.fileExtensions.contains(ending) }) else {
      return nil
    }
    self = format
  }

  /// Writes a result in this format.
  package func render<Sink: ByteSink>(
    _ result: ScanResult,
    options: ReportOptions,
    into sink: inout Sink
  ) throws(Sink.Failure) {
    try report.render(result, options: options, into: &sink)
  }

  private var report: any Report.Type {
    switch self {
    case .text: TextReport.self
    case .json: JSONReport.self
    case .ndjson: NDJSONReport.self
    }
  }
}
