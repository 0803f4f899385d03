import BreachModel
import BreachReports
import Testing

@Suite struct TextReportTests {
  @Test(arguments: ReportLanguage.allCases)
  func anIncompleteRunSaysSoInTheFirstLines(language: ReportLanguage) {
    let word = language == .ja ? "未完了" : "INCOMPLETE"
    var unfinished = SampleResults.empty
    unfinished.run.complete = false
    var gaps = SampleResults.empty
    gaps.coverage.gaps = SampleResults.shop.coverage.gaps
    for result in [SampleResults.shop, unfinished, gaps] {
      let lines = text(result, language).split(separator: "\n").prefix(3)
      #expect(lines.contains { $0.contains(word) })
      #expect(text(result, language, quiet: true).contains(word))
      #expect(!text(result, language).lowercased().contains("clean"))
    }
    #expect(!text(SampleResults.empty, language).contains(word))
  }

  @Test func nothingFoundIsSaidOfWhatWasReadOnly() {
    var result = SampleResults.empty
    result.coverage.files = 1
    result.coverage.readBytes = 12
    let report = text(result, .en)
    #expect(report.contains("Nothing was found in what was read (1 file, 12 bytes)."))
    result.coverage.gaps = SampleResults.shop.coverage.gaps
    #expect(text(result, .en).contains("Nothing was found in the part that was read; the rest"))
  }

  @Test(arguments: ReportLanguage.allCases)
  func quietIsOneLine(language: ReportLanguage) {
    for result in [SampleResults.shop, SampleResults.empty, SampleResults.hostile] {
      let line = text(result, language, quiet: true)
      #expect(line.hasSuffix("\n"))
      #expect(line.split(separator: "\n").count == 1)
    }
  }

  @Test func theHeadlineHoldsNumbersDutiesQuestionsAndGaps() {
    let words = text(SampleResults.shop, .en).split(separator: "\n").prefix(15).flatMap {
      $0.split(separator: " ")
    }
    let head = words.joined(separator: " ")
    for part in [
      "about 1,024 (at least 990, at most 1,060)", "2 criteria of law met, 1 open, 3 duties",
      "2020-04-01 to 2024-03-18", "2026-11-22 to 2026-11-24", "2026-12-21",
      "promptly", "1 question that only people",
      "could add about 40 persons", "34 bytes or more", "1 of them of unknown size",
    ] {
      let isThere = head.contains(part)
      #expect(isThere, "\(part)")
    }
  }

  @Test(arguments: ReportLanguage.allCases)
  func columnsAreAlignedByDisplayWidth(language: ReportLanguage) {
    var table = TextTable([.words("項目"), .numbers("n"), .words("path")])
    table.add(["氏名（カナ）", "1", "x"])
    table.add(["ab", "1,000", "氏"])
    table.add(["e\u{301}ｶﾞ한", "12", "y"])
    let (heading, rows) = table.lines(width: 80)
    #expect(heading == "項目              n  path")
    #expect(
      rows == ["氏名（カナ）      1  x", "ab            1,000  氏", "e\u{301}ｶﾞ한            12  y"]
    )
    for width in [40, 60, 80, 120] {
      for line in table.lines(width: width).rows { #expect(DisplayWidth.of(line) <= width) }
    }
    #expect(table.lines(width: 16).rows.count == 6)
    #expect(table.lines(width: 5).heading == nil)
  }

  @Test func wrappingKeepsWordsAndWidths() {
    let japanese = "最大1,060人は1,000人を超えます。最小は「990人」なので、数を確かめます。"
    for width in 16...60 {
      let lines = TextWrap.lines(japanese, width: width)
      #expect(lines.joined() == japanese)
      #expect(lines.allSatisfy { DisplayWidth.of($0) <= width + 2 })
      #expect(!lines.contains { $0.hasPrefix("。") || $0.hasPrefix("、") || $0.hasSuffix("「") })
    }
    #expect(TextWrap.lines("one two  three", width: 7) == ["one two", "three"])
    #expect(TextWrap.lines("", width: 7) == [""])
    #expect(TextWrap.lines("https://example.com/long", width: 7) == ["https://example.com/long"])
  }

  /// A list in the last column goes on below itself; a name without a blank stays whole.
  @Test func theLastColumnGoesOnBelowItself() {
    var table = TextTable([.numbers("n"), .words("types")])
    table.add(["12", "氏名 + 住所 + 電話番号 + メールアドレス"])
    table.add(["3", "a-name-that-is-longer-than-a-line.csv"])
    #expect(
      table.lines(width: 30).rows == [
        "12  氏名 + 住所 + 電話番号 +", "    メールアドレス", " 3  a-name-that-is-longer-than-a-line.csv",
      ]
    )
    #expect(table.lines(width: 80).rows.count == 2)
  }

  /// A label that leaves no room stands above its text.
  @Test func aWideLabelStandsAbove() {
    let lines = text(SampleResults.shop, .ja, width: 40).split(separator: "\n")
    let head = lines.prefix { !$0.hasPrefix("項目") }
    #expect(head.allSatisfy { DisplayWidth.of(String($0)) <= 40 })
  }

  @Test(arguments: [20, 40, 60, 80, 120])
  func proseAndTablesStayWithinTheWidth(width: Int) {
    for language in ReportLanguage.allCases {
      let lines = text(SampleResults.shop, language, width: width).split(separator: "\n")
      // Paths, links and names are never cut; at 60 columns and more nothing needs to run over.
      let isPath = { (line: Substring) in line.contains("!/") || line.contains("https://") }
      let isWithin = lines.allSatisfy {
        width < 60 || isPath($0) || DisplayWidth.of(String($0)) <= width
      }
      #expect(isWithin)
    }
  }

  @Test func colourIsOnlyWhereAskedFor() {
    let plain = render(.text, SampleResults.shop)
    let coloured = render(.text, SampleResults.shop, colour: true)
    #expect(!plain.contains(0x1B))
    #expect(coloured.contains(0x1B))
    var stripped: [UInt8] = []
    var isEscape = false
    for byte in coloured {
      if byte == 0x1B { isEscape = true }
      if !isEscape { stripped.append(byte) }
      if byte == UInt8(ascii: "m") { isEscape = false }
    }
    #expect(stripped == plain)
  }

  @Test func longListsAreCappedWithTheExactRest() {
    var result = SampleResults.shop
    result.coverage.gaps = (0..<123).map {
      Gap(path: "gap\($0)", reason: .corrupt, bytes: 1000, message: "")
    }
    result.files = (0..<1_000).map {
      FileResult(
        path: "file\($0)",
        format: "csv",
        encoding: nil,
        bytes: 1,
        records: 1,
        persons: $0,
        findings: $0 < 400 ? [.age: 1] : [:],
        columns: [],
        alsoAt: []
      )
    }
    let report = text(result, .en)
    #expect(report.contains("and 73 more (73,000 bytes)"))
    #expect(report.contains("and 380 more files with findings"))
    #expect(report.contains("600 files without findings"))
    #expect(report.contains("file399\n"))
    #expect(!report.contains("file379\n"))
  }

  @Test(arguments: DataType.allCases)
  func everyTypeHasANameInBothLanguages(type: DataType) {
    let name = Names.type(type)
    #expect(!name.ja.isEmpty && !name.en.isEmpty)
    #expect(DisplayWidth.of(name.ja) <= 26)
    #expect(DisplayWidth.of(name.en) <= 26)
  }

  @Test func placesAndReasonsHaveNames() {
    #expect(Names.place("JP-01") == LocalizedText(ja: "北海道", en: "Hokkaido"))
    #expect(Names.place("JP-47") == LocalizedText(ja: "沖縄県", en: "Okinawa"))
    #expect(Names.place("JP-48").en == "JP-48")
    #expect(Names.place("US-CA") == LocalizedText(ja: "米国カリフォルニア州", en: "California"))
    #expect(Names.place("US-NV").ja == "US-NV")
    #expect(Names.reason(GapReason("later.reason")).en == "later.reason")
  }

  private func text(
    _ result: ScanResult,
    _ language: ReportLanguage,
    width: Int = 80,
    quiet: Bool = false
  ) -> String {
    String(decoding: render(.text, result, language, width: width, quiet: quiet), as: UTF8.self)
  }
}
