package import BreachModel

/// The finding stream: one JSON object a line, findings and gaps first, the summary last.
///
/// Findings are no part of a result, so a scan writes their lines while it runs and ends with
/// `gap` and `summary` lines; a report of a stored result has only those.
package enum NDJSONReport: Report {
  package static let fileExtensions = ["ndjson", "jsonl"]
  package static let streams = true

  package static func render<Sink: ByteSink>(
    _ content: ReportContent,
    options: ReportOptions,
    into sink: inout Sink
  ) throws(Sink.Failure) {
    let result = content.result
    var bytes: [UInt8] = []
    for gap in result.coverage.gaps { append(gap, to: &bytes) }
    appendSummary(of: result, to: &bytes)
    try sink.append(bytes)
  }

  /// Appends the line of one finding.
  ///
  /// `subtype`, `place`, `sample` and `revealed` (the value stands in clear) stand only where there is
  /// something to say; all other keys stand always, `null` where the format has no such place.
  package static func append(
    _ row: FindingRow,
    revealed: Bool = false,
    to bytes: inout [UInt8]
  ) {
    bytes.append(contentsOf: #"{"kind":"finding","type":"#.utf8)
    JSONWriter.append(row.type.id, to: &bytes)
    if let subtype = row.subtype { append("subtype", subtype, to: &bytes) }
    append("detector", row.detector, to: &bytes)
    append("path", row.path, to: &bytes)
    append("line", row.line, to: &bytes)
    append("field", row.field, to: &bytes)
    append("offset", row.offset, to: &bytes)
    append("length", row.length, to: &bytes)
    if let place = row.place { append("place", place, to: &bytes) }
    append("record", row.record, to: &bytes)
    append("value", row.value, to: &bytes)
    if revealed { bytes.append(contentsOf: #","revealed":true"#.utf8) }
    append("digest", row.digest, to: &bytes)
    bytes.append(contentsOf: #","confidence":"#.utf8)
    JSONWriter.append(Double(row.confidence.rawValue) / 100, to: &bytes)
    append("level", row.confidence.level.id, to: &bytes)
    bytes.append(contentsOf: #","evidence":"#.utf8)
    JSONWriter.append(.strings(row.evidence), to: &bytes)
    if row.sample { bytes.append(contentsOf: #","sample":true"#.utf8) }
    bytes.append(contentsOf: "}\n".utf8)
  }

  /// Appends the line of something that was not read.
  package static func append(_ gap: Gap, to bytes: inout [UInt8]) {
    JSONWriter.append(
      .object([("kind", .string("gap"))] + ResultEncoder.gapMembers(gap)),
      to: &bytes
    )
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Appends the last line: the result without its files.
  package static func appendSummary(of result: ScanResult, to bytes: inout [UInt8]) {
    JSONWriter.append(
      .object([("kind", .string("summary"))] + ResultEncoder.members(of: result)),
      to: &bytes
    )
    bytes.append(UInt8(ascii: "\n"))
  }

  private static func append(_ key: String, _ text: String?, to bytes: inout [UInt8]) {
    appendKey(key, to: &bytes)
    if let text {
      JSONWriter.append(text, to: &bytes)
    } else {
      bytes.append(contentsOf: "null".utf8)
    }
  }

  private static func append(_ key: String, _ number: Int?, to bytes: inout [UInt8]) {
    appendKey(key, to: &bytes)
    bytes.append(contentsOf: (number.map { String($0) } ?? "null").utf8)
  }

  private static func appendKey(_ key: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: ","))
    JSONWriter.append(key, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
  }
}
