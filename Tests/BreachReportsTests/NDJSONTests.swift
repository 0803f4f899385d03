import BreachModel
import BreachReports
import Testing

@Suite struct NDJSONTests {
  @Test func findingLinesAreAsPromised() {
    var bytes: [UInt8] = []
    for row in SampleResults.rows { NDJSONReport.append(row, to: &bytes) }
    GoldenFile.check(bytes, "ndjson/findings.ndjson")
    let first = String(decoding: bytes, as: UTF8.self).prefix { $0 != "\n" }
    #expect(
      first
        == #"{"kind":"finding","type":"email_address","detector":"email","#
        + #""path":"dump.zip!/users.csv","line":3,"field":"メール","offset":123,"length":17,"#
        + #""record":2,"value":"t***@e***.jp","digest":"00112233445566778899aabbccddeeff","#
        + #""confidence":0.98,"level":"certain","evidence":["column:メール","tld"]}"#
    )
  }

  @Test func everyLineIsOneStrictDocument() throws {
    var bytes: [UInt8] = []
    for row in SampleResults.rows { NDJSONReport.append(row, to: &bytes) }
    bytes += render(.ndjson, SampleResults.hostile)
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    #expect(lines.count == 3 + 2 + 1)
    var kinds: [JSONValue?] = []
    for line in lines {
      guard case .object(let object) = try JSONParser.parse(Array(line)) else {
        Issue.record("a line is no object")
        return
      }
      #expect(object.members.first?.key == "kind")
      kinds.append(object["kind"])
      if object["kind"] == .string("summary") { #expect(object["files"] == nil) }
    }
    let expected = ["finding", "finding", "finding", "gap", "gap", "summary"]
    #expect(kinds == expected.map { JSONValue.string($0) })
  }
}
