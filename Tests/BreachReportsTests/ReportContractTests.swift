import BreachModel
import BreachReports
import Testing

/// What every format has to keep, whatever it looks like.
@Suite struct ReportContractTests {
  static let results: [(String, ScanResult)] = [
    ("shop", SampleResults.shop), ("empty", SampleResults.empty),
    ("hostile", SampleResults.hostile),
  ]

  @Test(arguments: ReportFormat.allCases, ["shop", "empty", "hostile"])
  func sameBytesAndNothingThatControlsATerminal(format: ReportFormat, name: String) throws {
    let result = try #require(Self.results.first { $0.0 == name }?.1)
    for language in ReportLanguage.allCases {
      let bytes = render(format, result, language)
      #expect(bytes == render(format, result, language))
      let text = try #require(String(validating: bytes, as: UTF8.self))
      let isSafe = text.unicodeScalars.allSatisfy { $0 == "\n" || !Display.needsEscape($0) }
      #expect(isSafe)
      let begins = text.split(separator: "\n").contains {
        $0.hasPrefix("::") || $0.hasPrefix("##vso")
      }
      #expect(!begins)
    }
  }

  @Test(arguments: ReportFormat.allCases)
  func machineFormatsDoNotChangeWithTheLanguage(format: ReportFormat) {
    let isSame =
      render(format, SampleResults.shop, .ja) == render(format, SampleResults.shop, .en)
    #expect(isSame == (format != .text))
  }

  @Test(arguments: ReportFormat.allCases, ReportLanguage.allCases)
  func goldens(format: ReportFormat, language: ReportLanguage) {
    for (name, result) in Self.results where name != "hostile" {
      let suffix = format == .text ? ".\(language.rawValue)" : ""
      GoldenFile.check(
        render(format, result, language),
        "\(format.id)/\(name)\(suffix).\(format.fileExtensions[0])"
      )
    }
  }

  @Test func theFormatOfAFileIsItsEnding() {
    #expect(ReportFormat(fileName: "out/report.JSON") == .json)
    #expect(ReportFormat(fileName: "a.jsonl") == .ndjson)
    #expect(ReportFormat(fileName: "a.b/report") == nil)
    #expect(ReportFormat(fileName: "case.unknown") == nil)
    #expect(ReportFormat.allCases.filter(\.streams) == [.ndjson])
  }

  @Test(arguments: ReportFormat.allCases)
  func aFullDiskIsNoticed(format: ReportFormat) {
    var sink = FullSink()
    #expect(throws: FullSink.Full.self) {
      try format.render(SampleResults.shop, options: ReportOptions(), into: &sink)
    }
  }

  /// A sink on a disk without room.
  struct FullSink: ByteSink {
    struct Full: Error {}

    mutating func append(_ bytes: [UInt8]) throws(Full) { throw Full() }
  }
}

/// A report as bytes.
func render(
  _ format: ReportFormat,
  _ result: ScanResult,
  _ language: ReportLanguage = .en,
  width: Int = 80,
  colour: Bool = false,
  quiet: Bool = false
) -> [UInt8] {
  var sink = MemorySink()
  format.render(
    result,
    options: ReportOptions(language: language, colour: colour, width: width, quiet: quiet),
    into: &sink
  )
  return sink.bytes
}
