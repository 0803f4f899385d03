import BreachModel
import BreachReports
import Testing

/// What every format has to keep, whatever it looks like.
@Suite struct ReportContractTests {
  static let contents: [(name: String, content: ReportContent)] = [
    ("shop", ReportContent(SampleResults.shop)), ("empty", ReportContent(SampleResults.empty)),
    ("hostile", SampleResults.hostileContent),
  ]

  @Test(arguments: ReportFormat.allCases, ["shop", "empty", "hostile"])
  func sameBytesAndNothingThatControlsATerminal(format: ReportFormat, name: String) throws {
    let content = try #require(Self.contents.first { $0.name == name }?.content)
    for language in ReportLanguage.allCases {
      let bytes = render(format, content, language)
      #expect(bytes == render(format, content, language))
      var text = try #require(String(validating: try shown(format, bytes), as: UTF8.self))
      if format == .csv {
        // The ends of rows are the only carriage returns.
        text = text.split(separator: "\r\n", omittingEmptySubsequences: false)
          .joined(separator: "\n")
      }
      let isSafe = text.unicodeScalars.allSatisfy { $0 == "\n" || !Display.needsEscape($0) }
      #expect(isSafe)
      let lines = text.split(separator: "\n")
      if format == .github {
        let ours = ["::error ", "::warning ", "::notice ", "breachscope: "]
        #expect(lines.allSatisfy { line in ours.contains { line.hasPrefix($0) } })
      } else {
        #expect(!lines.contains { $0.hasPrefix("::") || $0.hasPrefix("##vso") })
      }
    }
  }

  @Test(arguments: ReportFormat.allCases)
  func machineFormatsDoNotChangeWithTheLanguage(format: ReportFormat) {
    let isSame =
      render(format, SampleResults.shop, .ja) == render(format, SampleResults.shop, .en)
    #expect(isSame == !format.isSpoken)
  }

  @Test(arguments: ReportFormat.allCases, ReportLanguage.allCases)
  func goldens(format: ReportFormat, language: ReportLanguage) throws {
    for (name, content) in Self.contents {
      let suffix = format.isSpoken ? ".\(language.rawValue)" : ""
      // How well a workbook is packed differs from library to library; what is in it does not.
      let packed = format == .xlsx ? ".txt" : ""
      GoldenFile.check(
        try shown(format, render(format, content, language)),
        "\(format.id)/\(name)\(suffix).\(format.fileExtensions[0])\(packed)"
      )
    }
  }

  /// No incomplete result can be taken for a clean one by whoever sees its beginning only.
  @Test(arguments: ReportFormat.allCases, ReportLanguage.allCases)
  func anIncompleteResultSaysSoAtOnce(format: ReportFormat, language: ReportLanguage) throws {
    let marks: [ReportFormat: [String]] = [
      .text: ["INCOMPLETE", "未完了"], .markdown: ["INCOMPLETE", "未完了"],
      .html: ["INCOMPLETE", "未完了"], .xlsx: ["INCOMPLETE", "未完了"],
      .csv: ["INCOMPLETE", "未完了"], .json: ["\"complete\": false"],
      .ndjson: ["\"complete\":false", "\"kind\":\"gap\""],
      .sarif: ["\"executionSuccessful\": false"], .junit: ["INCOMPLETE"],
      .github: ["::error title=breachscope::INCOMPLETE"],
      .gitlab: ["not_read", "unfinished"], .filing: ["INCOMPLETE", "未完了"],
    ]
    var unfinished = SampleResults.empty
    unfinished.run.complete = false
    var gaps = unfinished
    gaps.coverage.gaps = SampleResults.shop.coverage.gaps
    for (result, isMarked) in [
      (SampleResults.shop, true), (unfinished, true), (gaps, true), (SampleResults.empty, false),
    ] {
      var bytes = render(format, result, language)
      // A spreadsheet opens on the first sheet of a workbook.
      if format == .xlsx { bytes = try #require(try unpacked(bytes).dropFirst(5).first).bytes }
      let screen = String(decoding: bytes.prefix(format == .xlsx ? 2_000 : 1_200), as: UTF8.self)
      #expect((marks[format] ?? []).contains { screen.contains($0) } == isMarked)
      #expect(!screen.lowercased().contains("clean"))
    }
  }

  @Test(arguments: ReportFormat.allCases.filter(\.showsPlaces))
  func aFloodIsCappedTheWorstFirstAndTheRestCounted(format: ReportFormat) throws {
    let content = ReportContent(SampleResults.flood)
    let (list, omitted) = content.issues
    #expect(list.count == IssueList.most && omitted == 7)
    #expect(list[0].rule == "my_number" && list[0].severity == .error)
    #expect(list[1].path == "file0.csv" && list[1].severity == .warning)
    let text = String(decoding: try shown(format, render(format, content)), as: UTF8.self)
    let left: [ReportFormat: String] = [.github: "24,996", .html: "24,007"]
    #expect(text.contains("\(left[format] ?? "7") more issues not listed here"))
    #expect(text.contains("file25003.csv"))
    // Tables list all files, whatever was found in them.
    #expect(format == .csv || format == .xlsx || !text.contains("file9999.csv"))
  }

  /// A list that is cut on the way holds what one that is cut at the end holds.
  @Test func cuttingEarlyLosesNothingWorse() {
    var list = IssueList(most: 3)
    for number in 0..<40 {
      var row = SampleResults.rows[0]
      row.path = "file\(number % 10)\(number / 10)"
      row.type = number % 13 == 12 ? .myNumber : .emailAddress
      row.sample = number % 2 == 1
      list.add(row, keepsValue: false)
    }
    list.finish()
    #expect(list.issues.map(\.path) == ["file21", "file83", "file00"])
    #expect(list.issues.map(\.severity) == [.error, .error, .warning])
    #expect(list.omitted == 37)
  }

  @Test func rowsOfOneFieldAreOneIssue() {
    var list = IssueList()
    var row = SampleResults.rows[0]
    list.add(row, keepsValue: true)
    row.line = 9
    row.sample = true
    row.value = "x***@e***.jp"
    list.add(row, keepsValue: true)
    row.field = "備考"
    list.add(row, keepsValue: false)
    row.type = .cardNumber
    row.sample = false
    row.confidence = Confidence(rawValue: 59)
    list.add(row, keepsValue: false)
    list.finish()
    let issues = list.issues
    #expect(issues.map(\.rule) == ["email_address", "card_number", "email_address"])
    #expect(issues.map(\.severity) == [.warning, .note, .note])
    #expect(issues.map(\.count) == [2, 1, 1])
    #expect(issues.map(\.sample) == [1, 0, 1])
    #expect(issues.map(\.line) == [3, 9, 9])
    #expect(issues.map(\.example) == ["t***@e***.jp", nil, nil])
    list.keep { $0 == .cardNumber ? LocalizedText(ja: "禁止", en: "forbidden") : nil }
    #expect(
      list.issues.map(\.message) == ["1 finding of Card number in the field “備考” (forbidden)"]
    )
    #expect(list.issues.map(\.words.ja) == ["クレジットカード番号 1件、項目「備考」（禁止）"])
    #expect(list.issues.map(\.severity) == [.error])
  }

  @Test func fingerprintsAreStable() {
    var issue = Issue(.found(.emailAddress), .warning, path: "./a/b.csv", field: "メール")
    let first = issue.fingerprint
    #expect(first == "a4253c264b81409dfe4dbde258c43d4f")
    issue.line = 7
    issue.count = 12
    issue.example = "t***"
    issue.severity = .error
    issue.path = "a/b.csv"
    #expect(issue.fingerprint == first)
    issue.field = nil
    #expect(issue.fingerprint != first)
  }

  @Test func theFormatOfAFileIsItsEnding() {
    #expect(ReportFormat(fileName: "out/report.JSON") == .json)
    #expect(ReportFormat(fileName: "a.jsonl") == .ndjson)
    #expect(ReportFormat(fileName: "a.b/report") == nil)
    #expect(ReportFormat(fileName: "case.unknown") == nil)
    #expect(ReportFormat(fileName: "a.sarif.json") == .sarif)
    #expect(ReportFormat(fileName: "a.xml") == .junit)
    #expect(ReportFormat(fileName: "gl-code-quality-report.json", asked: .gitlab) == .gitlab)
    #expect(ReportFormat(fileName: "a.json", asked: .text) == .json)
    #expect(ReportFormat(fileName: "a.md", asked: .csv) == .markdown)
    #expect(ReportFormat.allCases.filter(\.streams) == [.ndjson])
    #expect(
      ReportFormat.allCases.filter(\.isSpoken) == [.text, .markdown, .html, .xlsx, .csv, .filing]
    )
    for format in ReportFormat.allCases {
      #expect(ReportFormat(fileName: "a." + format.fileExtensions[0]) == format)
    }
  }

  @Test(arguments: ReportFormat.allCases)
  func aFullDiskIsNoticed(format: ReportFormat) {
    for var content in [ReportContent(SampleResults.shop), ReportContent(SampleResults.flood)] {
      content.drafts = builtInDrafts
      var sink = FullSink()
      #expect(throws: FullSink.Full.self) {
        try format.render(content, options: ReportOptions(), into: &sink)
      }
      sink = FullSink(room: 1)
      if format.showsPlaces, format != .github, content.found == nil,
        content.result.files.count > 1_000
      {
        #expect(throws: FullSink.Full.self) {
          try format.render(content, options: ReportOptions(), into: &sink)
        }
      }
    }
  }

  /// A sink on a disk with room for some writes.
  struct FullSink: ByteSink {
    struct Full: Error {}

    var room = 0

    mutating func append(_ bytes: [UInt8]) throws(Full) {
      guard room > 0 else { throw Full() }
      room -= 1
    }

    mutating func giveUp() throws(Full) { throw Full() }
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
  render(format, ReportContent(result), language, width: width, colour: colour, quiet: quiet)
}

/// A report with all its content as bytes.
func render(
  _ format: ReportFormat,
  _ content: ReportContent,
  _ language: ReportLanguage = .en,
  width: Int = 80,
  colour: Bool = false,
  quiet: Bool = false
) -> [UInt8] {
  var sink = MemorySink()
  var content = content
  if format == .filing { content.drafts = builtInDrafts }
  format.render(
    content,
    options: ReportOptions(language: language, colour: colour, width: width, quiet: quiet),
    into: &sink
  )
  return sink.bytes
}
