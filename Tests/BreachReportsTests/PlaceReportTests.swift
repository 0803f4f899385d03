import BreachModel
import BreachReports
import Testing

/// What the formats for code hosts and spreadsheets have each to themselves.
@Suite struct PlaceReportTests {
  @Test func sarifHasWhatCodeScanningAsksFor() throws {
    for content in ReportContractTests.contents.map(\.content) {
      let document = try JSONParser.parse(render(.sarif, content))
      #expect(document["version"] == .string("2.1.0"))
      let runs = document["runs"].list
      #expect(runs.count == 1)
      let run = try #require(runs.first)
      let rules = run["tool"]["driver"]["rules"].list.map { $0["id"].text }
      #expect(Set(rules).count == rules.count)
      let results = run["results"].list
      #expect(results.count == content.issues.list.count)
      for result in results {
        #expect(rules[result["ruleIndex"].int] == result["ruleId"].text)
        #expect(["error", "warning", "note"].contains(result["level"].text))
        #expect(!result["message"]["text"].text.isEmpty)
        #expect(result["locations"].list.count == 1)
        let uri = result["locations"].list[0]["physicalLocation"]["artifactLocation"]["uri"].text
        let special = Array("<>\"\\^`{|}:#?".utf8)
        let isRelative =
          !uri.isEmpty && !uri.hasPrefix("/")
          && uri.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !special.contains($0) }
        #expect(isRelative)
        #expect(result["partialFingerprints"]["primaryLocationLineHash"].text.utf8.count == 32)
      }
      let prints = results.map { $0["partialFingerprints"]["breachscope/v1"].text }
      #expect(Set(prints).count == prints.count)
    }
  }

  @Test func copiesOfAFileAreNamedWithEachOfItsResults() throws {
    var result = SampleResults.shop
    result.coverage.gaps = []
    result.run.complete = true
    result.files[0].path = "a.csv"
    result.files[0].alsoAt = ["./b c.csv", "/x.zip!/a.csv"] + (3...120).map { "copy\($0)" }
    let document = try JSONParser.parse(render(.sarif, result))
    for found in try #require(document["runs"].list.first)["results"].list {
      let uri = found["locations"].list[0]["physicalLocation"]["artifactLocation"]["uri"].text
      let related = found["relatedLocations"].list
      #expect(related.count == (uri == "a.csv" ? 100 : 0))
      guard uri == "a.csv" else { continue }
      let places = related.map { $0["physicalLocation"]["artifactLocation"] }
      #expect(places.prefix(3).map { $0["uri"].text } == ["b%20c.csv", "x.zip", "copy3"])
      #expect(places.prefix(3).map { $0["uriBaseId"].text } == ["", "ROOT", ""])
      #expect(related[1]["message"]["text"].text == "also at: /x.zip!/a.csv")
      #expect(related.map { $0["id"].int } == Array(1...100))
    }
  }

  static let paths: [(String, String, Int?)] = [
    ("./a b/会員.csv", "a%20b/%E4%BC%9A%E5%93%A1.csv", 4),
    ("/srv/x#1?.csv", "srv/x%231%3F.csv", 4),
    ("dump.zip!/in.tar!/a.csv", "dump.zip", nil), ("!/a", "%21/a", 4),
    ("a%ff:b", "a%25ff%3Ab", 4), ("././a", "a", 4),
  ]

  @Test(arguments: paths)
  func pathsAreRelativeURIsOfTheFileThatIsThere(path: String, uri: String, line: Int?) throws {
    var row = SampleResults.rows[0]
    row.path = path
    row.line = 4
    var found = IssueList()
    found.add(row, keepsValue: false)
    let document = try JSONParser.parse(
      render(.sarif, ReportContent(SampleResults.empty, found: found))
    )
    let result = try #require(document["runs"].list.first?["results"].list.first)
    let place = result["locations"].list[0]
    let artifact = place["physicalLocation"]["artifactLocation"]
    #expect(artifact["uri"].text == uri)
    #expect((artifact["uriBaseId"] == .string("ROOT")) == path.hasPrefix("/"))
    // A line of a member is no line of the archive.
    #expect(
      place["physicalLocation"]["region"]["startLine"] == (line.map { .integer($0) } ?? .null)
    )
  }

  @Test func everyRowOfACSVHasItsCellsAndNoFormula() {
    var row = SampleResults.rows[0]
    var found = IssueList()
    for field in ["=cmd|calc!A1", "+1", "-1", "@x", "＝1", "a\"b,c", "\t=1", "d\r\ne", "ok"] {
      row.field = field
      found.add(row, keepsValue: true)
    }
    let shop = ReportContent(SampleResults.shop, found: found)
    for content in [shop, SampleResults.hostileContent] {
      let bytes = render(.csv, content)
      #expect(bytes.prefix(3) == [0xEF, 0xBB, 0xBF])
      let table = CSVTable(String(decoding: bytes.dropFirst(3), as: UTF8.self))
      #expect(table.rows.count > 20)
      #expect(table.rows.allSatisfy { $0.count == 17 })
      let starts = table.rows.joined().compactMap(\.unicodeScalars.first)
      #expect(!starts.contains { "=+-@＝＋－＠\t\r\n".unicodeScalars.contains($0) })
      #expect(table.rows.count == Set(table.rows).count)
      if content.result == SampleResults.shop {
        // In the order of the names as they are.
        #expect(
          table.rows.filter { $0[0] == "finding" }.map { $0[10] } == [
            "\\x09=1", "'+1", "'-1", "'=cmd|calc!A1", "'@x", "a\"b,c", "d\\x0d\\x0ae", "ok", "'＝1",
          ]
        )
      }
    }
  }

  @Test func annotationsKeepToTheLimitsOfAStep() {
    var list = IssueList()
    for number in 0..<60 {
      var row = SampleResults.rows[0]
      row.path = "f\(number),x:y%.csv"
      row.type = [.emailAddress, .cardNumber, .companyName][number % 3]
      list.add(row, keepsValue: false)
    }
    let text = String(
      decoding: render(.github, ReportContent(SampleResults.empty, found: list)),
      as: UTF8.self
    )
    let lines = text.split(separator: "\n")
    for level in ["::error ", "::warning ", "::notice "] {
      #expect(lines.filter { $0.hasPrefix(level) }.count == 10)
    }
    #expect(lines.count == 31)
    #expect(
      lines[0] == "::error file=f1%2Cx%3Ay%25.csv,line=3,title=card_number::"
        + "1 finding of Card number in the field “メール”"
    )
    #expect(lines[30].hasSuffix("; 30 more issues not listed here"))
  }

  @Test func codeQualityEntriesAreWhatGitLabReads() throws {
    let entries = try JSONParser.parse(render(.gitlab, SampleResults.hostileContent)).list
    #expect(entries.count == 6)
    for entry in entries {
      #expect(["info", "minor", "major", "critical", "blocker"].contains(entry["severity"].text))
      #expect(!entry["location"]["path"].text.hasPrefix("/"))
      #expect(entry["location"]["lines"]["begin"].int >= 1)
      #expect(!entry["description"].text.isEmpty && !entry["check_name"].text.isEmpty)
    }
    #expect(Set(entries.map { $0["fingerprint"].text }).count == entries.count)
    #expect(render(.gitlab, SampleResults.empty) == Array("[]\n".utf8))
  }

  @Test func aMarkdownNameIsNothingButAName() throws {
    var result = SampleResults.shop
    result.files[0].path = "a``b` @team <img> |x| #1"
    result.persons?.byClass["@all|_x_"] = PersonCount(1)
    let text = String(decoding: render(.markdown, result), as: UTF8.self)
    #expect(text.contains("- ``` a``b` @team <img> |x| #1 ```: "))
    #expect(text.contains("| &#64;all\\|\\_x\\_ |  | 1 | 1 |"))
    #expect(text.contains("施行規則7条4号; https://laws.e-gov.go.jp/law/428M60020000003\n"))
  }
}

/// A strict reader of RFC 4180 with CRLF.
private struct CSVTable {
  var rows: [[String]] = []

  init(_ text: String) {
    var row: [String] = []
    var cell = ""
    var isQuoted = false
    var scalars = text.unicodeScalars.makeIterator()
    var next = scalars.next()
    while let scalar = next {
      next = scalars.next()
      switch scalar {
      case "\"" where isQuoted && next == "\"":
        cell += "\""
        next = scalars.next()
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        row.append(cell)
        cell = ""
      case "\r" where !isQuoted && next == "\n":
        next = scalars.next()
        rows.append(row + [cell])
        row = []
        cell = ""
      default: cell.unicodeScalars.append(scalar)
      }
    }
    if !cell.isEmpty || !row.isEmpty { rows.append(row + [cell, "unfinished"]) }
  }
}

extension JSONValue {
  /// A member; null when there is none.
  fileprivate subscript(key: String) -> JSONValue {
    if case .object(let object) = self { return object[key] ?? .null }
    return .null
  }

  fileprivate var list: [JSONValue] {
    if case .array(let elements) = self { return elements }
    return []
  }

  fileprivate var text: String {
    if case .string(let text) = self { return text }
    return ""
  }

  fileprivate var int: Int {
    if case .integer(let number) = self { return number }
    return -1
  }
}
